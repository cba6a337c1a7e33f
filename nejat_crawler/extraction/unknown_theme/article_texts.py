"""A page's source with its texts encoded in their places: an own page's one, or those of a listing's entries."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from nejat_crawler.extraction.markup import Tag
from nejat_crawler.extraction.themes.wordpress import WORDPRESS
from nejat_crawler.extraction.unknown_theme.encoded_text import encode_text, without_text_elements
from nejat_crawler.extraction.unknown_theme.other_posts import has_own_number, without_other_posts
from nejat_crawler.extraction.unknown_theme.text_columns import densest_element
from nejat_crawler.extraction.unknown_theme.text_elements import (
    LONGEST_HEADING,
    below_heading,
    is_heading,
    marked_text,
    others_in,
    quotes,
)
from nejat_crawler.extraction.unknown_theme.text_ends import (
    CLOSED_BY_OTHERS,
    TaggedSource,
    text_end,
)
from nejat_crawler.urls import PostAddress


def encode_article(html: str, post: PostAddress | None, *, by_density: bool) -> str:
    """An own page, or its entry, with the article's text encoded; as it is where no element is known to hold that.

    Where no class says which it is, the element with most text counts: `by_density` in all of the source.
    """
    source = TaggedSource(without_text_elements(html))
    others = others_in(source, post)
    opening = marked_text(source, others)
    if opening is None:
        # in the page, none but the element with the post's own number is sure to go round the text
        numbered = (tag for tag in source.tags if post is not None and has_own_number(tag, post))
        own = None if by_density else next(numbered, None)
        if own is not None or by_density:
            start = own.start if own is not None else 0
            opening = densest_element(source, source.within(start, len(source.html)), others)
        opening = None if opening is own else opening
    return _encode_in(source, opening, _markers_below(WORDPRESS.article_end), post)


def encode_teaser(html: str) -> str:
    """A listing's entry with its teaser encoded, or where it has none, the empty element for a whole text."""
    source = TaggedSource(without_text_elements(html))
    inside = [tag for tag in source.tags if tag.start and not tag.closing]
    markers = (*WORDPRESS.teaser, *WORDPRESS.article_content, *WORDPRESS.content)
    opening = next((tag for marker in markers for tag in inside if tag.matches(marker)), None)
    return _encode_in(source, opening, _markers_below(WORDPRESS.listing_end), None, kind="teaser")


def _encode_in(
    source: TaggedSource, opening: Tag | None, below: tuple[str, ...], post: PostAddress | None, kind: str = "text"
) -> str:
    html = source.html
    if opening is None:
        return html
    start = opening.end
    if not opening.matches(".entry-content"):
        opening, start = below_heading(source, opening)
    outer = next((outer for tag, outer in _with_outer(source) if tag is opening), None)
    found = text_end(source, opening, outer, below)
    end = max(start, found.end)
    text = html[start:end] if post is None else without_other_posts(html[start:end], post, in_text=True)
    return f"{html[:start]}{encode_text(text, kind)}{f'</{opening.name}>' * found.missing}{html[end:]}"


def encode_listing(html: str) -> str:
    """A listing with each text and teaser encoded whose element says that it is one."""
    source = TaggedSource(without_text_elements(html))
    html = source.html
    marker = next(
        (m for m in WORDPRESS.listing_entry if any(t.matches(m) for t in source.tags if not t.closing)), None
    )
    entries = [tag.start for tag in source.tags if marker and not tag.closing and tag.matches(marker)]
    texts = [tag for tag in source.tags if not tag.closing and any(map(tag.matches, WORDPRESS.content))]
    starts, own = [tag.start for tag in texts], set(entries)
    below = _markers_below(WORDPRESS.listing_end)
    pieces, after = [], 0
    for tag, outer in _with_outer(source):
        if tag.start < after or tag.start in own:
            continue
        kind = "text" if any(map(tag.matches, WORDPRESS.content)) else "teaser"
        if kind == "teaser":
            if not any(map(tag.matches, (*WORDPRESS.teaser, *WORDPRESS.article_content))) or _is_column(source, tag):
                continue
            number = bisect_right(starts, tag.start)
            if number < len(texts) and starts[number] < source.end(tag) and not quotes(source, tag, texts[number]):
                continue
        found = text_end(source, tag, outer, below, entries)
        pieces += [html[after : tag.end], encode_text(html[tag.end : found.end], kind)]
        pieces.append(f"</{tag.name}>" * found.missing)
        after = found.end
    return "".join((*pieces, html[after:]))


def _is_column(source: TaggedSource, tag: Tag) -> bool:
    """Whether an element on a listing holds an entry's heading, too."""
    levels = [source.first(name, tag.end, source.end(tag)) for name in ("h1", "h2", "h3", "h4")]
    heading = min((place for place in levels if place is not None), default=None)
    if heading is None:
        return False
    (opening,) = source.within(heading, heading + 1)
    article = source.first("article", tag.end, heading)
    linked = source.first("a", heading, min(source.end(opening), heading + LONGEST_HEADING)) is not None
    return article is None and (linked or is_heading(opening))


_PLAIN = re.compile(r"[a-z]*[.#][\w-]+")


def _markers_below(ends: tuple[str, ...]) -> tuple[str, ...]:
    """What follows a text: the markers of its end, and what of the header belongs to nobody, where a tag tells it."""
    return (*ends, *(selector for selector in WORDPRESS.header_chrome if _PLAIN.fullmatch(selector)))


def _with_outer(source: TaggedSource) -> Iterator[tuple[Tag, Tag | None]]:
    """The start tags, each with the nearest element of another name round it that has an end."""
    stack: list[tuple[Tag, Tag | None]] = []
    for tag in source.tags:
        if tag.closing:
            continue
        while stack and source.end(stack[-1][0]) < tag.start:
            stack.pop()
        outer = None
        if stack:
            outer = stack[-1][0] if stack[-1][0].name != tag.name else stack[-1][1]
        yield tag, outer
        if tag.start in source.ends and tag.name not in CLOSED_BY_OTHERS:
            stack.append((tag, outer))
