"""The element that holds an article's text where no row names the design, and its source with the text sealed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from nejat_crawler.extraction.markup import Tag
from nejat_crawler.extraction.themes.theme import Theme
from nejat_crawler.extraction.unknown_theme.cards import bears_other, is_own, without_cards
from nejat_crawler.extraction.unknown_theme.seals import holds_any, sealed, without_place
from nejat_crawler.extraction.unknown_theme.text_columns import densest, is_apart
from nejat_crawler.extraction.unknown_theme.text_ends import (
    CLOSED_BY_OTHERS,
    TEXT_TAGS,
    VOID,
    Source,
    is_info,
    text_end,
)
from nejat_crawler.urls import PostAddress, absolute, post_address


def seal_own(html: str, theme: Theme, post: PostAddress | None, *, by_density: bool) -> str:
    """An own page, or its entry, with the article's text sealed; as it is where no element is known to hold that.

    Where no class says which it is, the element with most text counts: `by_density` in all of the source.
    """
    source = Source(without_place(html))
    others = _others(source, post)
    opening = _marked(source, theme, others)
    if opening is None:
        # in the page, none but the element with the post's own number is sure to go round the text
        own = None if by_density or post is None else next((tag for tag in source.tags if is_own(tag, post)), None)
        if own is not None or by_density:
            start = own.start if own is not None else 0
            opening = densest(source, source.within(start, len(source.html)), others)
        opening = None if opening is own else opening
    return _seal_in(source, opening, _marks_below(theme, theme.article_end), post)


def seal_teaser(html: str, theme: Theme) -> str:
    """A listing's entry with its teaser sealed, or where it has none, the empty element for a whole text."""
    source = Source(without_place(html))
    inside = [tag for tag in source.tags if tag.start and not tag.closing]
    marks = (*theme.teaser, *theme.article_content, *theme.content)
    opening = next((tag for mark in marks for tag in inside if tag.fits(mark)), None)
    return _seal_in(source, opening, _marks_below(theme, theme.listing_end), None, kind="teaser")


def _seal_in(
    source: Source, opening: Tag | None, below: tuple[str, ...], post: PostAddress | None, kind: str = "text"
) -> str:
    html = source.html
    if opening is None:
        return html
    start = opening.end
    if not opening.fits(".entry-content"):
        opening, start = below_heading(source, opening)
    outer = next((outer for tag, outer in _with_outer(source) if tag is opening), None)
    found = text_end(source, opening, outer, below)
    end = max(start, found.end)
    text = html[start:end] if post is None else without_cards(html[start:end], post, in_text=True)
    return f"{html[:start]}{sealed(text, kind)}{f'</{opening.name}>' * found.missing}{html[end:]}"


def seal_listing(html: str, theme: Theme) -> str:
    """A listing with each text and teaser sealed whose element says that it is one."""
    source = Source(without_place(html))
    html = source.html
    mark = next((m for m in theme.listing_entry if any(t.fits(m) for t in source.tags if not t.closing)), None)
    entries = [tag.start for tag in source.tags if mark and not tag.closing and tag.fits(mark)]
    texts = [tag for tag in source.tags if not tag.closing and any(map(tag.fits, theme.content))]
    starts, own = [tag.start for tag in texts], set(entries)
    below = _marks_below(theme, theme.listing_end)
    pieces, after = [], 0
    for tag, outer in _with_outer(source):
        if tag.start < after or tag.start in own:
            continue
        kind = "text" if any(map(tag.fits, theme.content)) else "teaser"
        if kind == "teaser":
            if not any(map(tag.fits, (*theme.teaser, *theme.article_content))) or _is_column(source, tag):
                continue
            number = bisect_right(starts, tag.start)
            if number < len(texts) and starts[number] < source.end(tag) and not _quotes(source, tag, texts[number]):
                continue
        found = text_end(source, tag, outer, below, entries)
        pieces += [html[after : tag.end], sealed(html[tag.end : found.end], kind), f"</{tag.name}>" * found.missing]
        after = found.end
    return "".join((*pieces, html[after:]))


def _is_column(source: Source, tag: Tag) -> bool:
    """Whether an element on a listing holds an entry's heading, too."""
    levels = [source.first(name, tag.end, source.end(tag)) for name in ("h1", "h2", "h3", "h4")]
    heading = min((place for place in levels if place is not None), default=None)
    if heading is None:
        return False
    (opening,) = source.within(heading, heading + 1)
    article = source.first("article", tag.end, heading)
    linked = source.first("a", heading, min(source.end(opening), heading + _LONGEST_HEADING)) is not None
    return article is None and (linked or is_heading(opening))


def _quotes(source: Source, outer: Tag, inner: Tag) -> bool:
    """Whether an element stands in an article that another one quotes."""
    article = source.first("article", outer.end, inner.start)
    if article is None:
        return False
    (quoted,) = source.within(article, article + 1)
    return source.end(quoted) > inner.start and source.first("h1", quoted.end, source.end(quoted)) is None


_PLAIN = re.compile(r"[a-z]*[.#][\w-]+")


def _marks_below(theme: Theme, ends: tuple[str, ...]) -> tuple[str, ...]:
    """What follows a text: the marks of its end, and what of the frame belongs to nobody, where a tag tells it."""
    return (*ends, *(selector for selector in theme.frame_chrome if _PLAIN.fullmatch(selector)))


def _with_outer(source: Source) -> Iterator[tuple[Tag, Tag | None]]:
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


def _others(source: Source, post: PostAddress | None) -> dict[int, bool]:
    """Article elements that are another's, by where they begin; true for those that lead to no post of the site.

    A design's cards lead to posts of the site, what an author quotes leads elsewhere or nowhere.
    """
    found: dict[int, bool] = {}
    for tag in source.tags if post is not None else ():
        if post is None or tag.closing or not (tag.name == "article" or bears_other(tag, post)):
            continue
        end = source.end(tag)
        if is_own(tag, post) or source.first("h1", tag.end, end) is not None:
            continue
        headings = (source.first(name, tag.end, end) for name in ("h2", "h3", "h4", "h5"))
        heading = min((place for place in headings if place is not None), default=None)
        if heading is not None and source.first("article", tag.end, heading) is not None:
            continue  # the heading is that of an article which this one quotes
        leads = set() if heading is None else set(_targets(source, tag.end, heading, post))
        if leads - {post, None}:
            found[tag.start] = False
        elif bears_other(tag, post) or None in leads:
            found[tag.start] = True
    return found


def _targets(source: Source, start: int, heading: int, post: PostAddress) -> Iterator[PostAddress | None]:
    """Where the links in a heading and directly above it lead; None: to another site."""
    (opening,) = source.within(heading, heading + 1)
    for link in source.within(max(start, heading - _ABOVE), min(source.end(opening), heading + _LONGEST_HEADING)):
        if link.name == "a" and not link.closing and (href := link.attribute("href")):
            url = absolute(href, post.url)
            address = post_address(url)
            if address is not None:
                yield address.post
            elif url.split("/")[2:3] != post.url.split("/")[2:3]:
                yield None


#: Characters above a heading in which a link may stand that goes round it or round the picture beside it.
_ABOVE = 1000
_LONGEST_HEADING = 5000


#: Of a mark; a page has two or three, one with ten thousand is to end as well.
_MOST_CANDIDATES = 20


def _marked(source: Source, theme: Theme, others: dict[int, bool]) -> Tag | None:
    """The element whose class says that it holds the text: the first mark's first with any, else an empty one."""
    contents = theme.content
    marks = (*contents, *theme.article_content)
    fitting: dict[str, list[Tag]] = {mark: [] for mark in marks}
    passed = 0
    for tag in source.tags:
        if tag.closing or tag.start < passed:
            continue
        if tag.start in source.ends and (tag.start in others or is_apart(source, tag)):
            passed = source.ends[tag.start].end
            continue
        for mark in marks:
            if tag.fits(mark):
                fitting[mark] += [tag] * (len(fitting[mark]) < _MOST_CANDIDATES)
                break
    texts = [tag for mark in contents for tag in fitting[mark]]
    found = []
    for tag in (tag for tags in fitting.values() for tag in tags if not _holds_heading(source, tag)):
        inner = [text for text in texts if tag.start < text.start < source.end(tag)]
        if all(_quotes(source, tag, text) for text in inner):
            found.append(tag)
    found = [
        tag
        for tag in found
        if not any(o.start < tag.start < source.end(o) and _quotes(source, o, tag) for o in found)
    ]
    return next((tag for tag in found if holds_any(source.html[tag.end : source.end(tag)])), next(iter(found), None))


def _holds_heading(source: Source, tag: Tag) -> bool:
    """Whether an element is the column that has the heading in it, too."""
    return not tag.fits(".entry-content") and source.first("h1", tag.end, source.end(tag)) is not None


_HEADING = re.compile(r"(?:^|[\s_-])(?:entry|post|article|blog)[_-](?:[\w-]+[_-])?title(?:\s|$)")


def is_heading(tag: Tag) -> bool:
    """Whether a tag begins a heading that its class says is a post's: `entry-title`, `fusion-post-title`."""
    named = tag.name in ("h1", "h2", "h3", "h4") and _HEADING.search(tag.attribute("class"))
    return not tag.closing and bool(named)


def below_heading(source: Source, opening: Tag) -> tuple[Tag, int]:
    """Where a text begins in an element that holds the article's heading, too: its element, and the place in it.

    Avada's listings have a box of the text's own below the heading; Bridge has the heading, a byline and the
    paragraphs side by side.
    """
    inside = source.within(opening.end, source.ends[opening.start].start if opening.start in source.ends else 0)
    heading = next((number for number, tag in enumerate(inside) if is_heading(tag)), None)
    if heading is None or any(tag.name in ("p", "article") for tag in inside[:heading]):
        return opening, opening.end
    below = inside[heading:]
    below = below[
        next((number for number, tag in enumerate(below) if tag.closing and tag.name == below[0].name), 0) :
    ]
    inner = densest(source, [opening, *below], {})
    if inner is not None and inner is not opening:
        return inner, inner.end
    depth = 0
    for tag in below[1:]:
        if depth == 0 and tag.name in TEXT_TAGS and not tag.closing and not is_info(tag):
            return opening, tag.start
        if tag.name not in VOID:
            depth += -1 if tag.closing else 1
    return opening, opening.end
