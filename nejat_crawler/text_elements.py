"""The element that holds an article's text where no row names the design, and the text sealed in its place.

A sealed text is a comment to whatever reads the page: no end tag in it closes a box of the design, and no heading,
date or article element that it quotes can pass for the article's own.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator

from nejat_crawler.belonging import CONTENT_PLACE
from nejat_crawler.cards import bears_other, is_own, without_cards
from nejat_crawler.markup import Tag
from nejat_crawler.text_columns import densest, is_apart
from nejat_crawler.text_ends import CLOSED_BY_OTHERS, TEXT_TAGS, VOID, Source, is_info, says, text_end
from nejat_crawler.themes import Theme
from nejat_crawler.urls import PostAddress, absolute, post_address

_OPEN, _CLOSE = f"<{CONTENT_PLACE}>", f"</{CONTENT_PLACE}>"
_SEAL = f"{_OPEN}<!--nejat:{{}}-->{_CLOSE}"
_SEALED = re.compile(_SEAL.replace("{}", "([A-Za-z0-9+/=]*+)"))


def _sealed(text: str) -> str:
    return _SEAL.format(b64encode(text.encode("utf-8", "surrogatepass")).decode("ascii"))


def unseal(html: str) -> str:
    """A source with its sealed texts open, the first in an element that says where it stands."""
    opened = _SEALED.sub(lambda seal: f"{_OPEN}{_text(seal)}{_CLOSE}", html, count=1)
    return _SEALED.sub(_text, opened)


def _text(seal: re.Match[str]) -> str:
    return b64decode(seal[1]).decode("utf-8", "surrogatepass")


def is_sealed(html: str) -> bool:
    """Whether a source has a sealed text."""
    return _SEALED.search(html) is not None


def part_at_text(html: str) -> tuple[str, str] | None:
    """An entry with its text open in two: what stands round it, and the text; None if there is none."""
    start, end = html.find(_OPEN), html.rfind(_CLOSE)
    if not 0 <= start < end:
        return None
    return f"{html[:start]}{_OPEN}{html[end:]}", html[start + len(_OPEN) : end]


def seal_own(html: str, theme: Theme, post: PostAddress | None, *, by_density: bool) -> str:
    """An own page, or its entry, with the article's text sealed; as it is where no element is known to hold that.

    With `by_density`, the element with most text counts where no class says which it is.
    """
    source = Source(_without_place(html))
    others = _others(source, post)
    opening = _marked(source, (*theme.content, *theme.article_content), others)
    if opening is None and by_density:
        opening = densest(source, source.tags, others)
    return _seal_in(source, opening, _marks_below(theme, theme.article_end), post)


def seal_teaser(html: str, theme: Theme) -> str:
    """A listing's entry with its teaser sealed, or where it has none, the empty element for a whole text."""
    source = Source(_without_place(html))
    inside = [tag for tag in source.tags if tag.start and not tag.closing]
    marks = (*theme.teaser, *theme.article_content, *theme.content)
    opening = next((tag for mark in marks for tag in inside if tag.fits(mark)), None)
    return _seal_in(source, opening, _marks_below(theme, theme.listing_end), None)


def _seal_in(source: Source, opening: Tag | None, below: tuple[str, ...], post: PostAddress | None) -> str:
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
    return f"{html[:start]}{_sealed(text)}{f'</{opening.name}>' * found.missing}{html[end:]}"


def seal_listing(html: str, theme: Theme) -> str:
    """A listing with each text sealed that stands in an element for whole texts."""
    source = Source(_without_place(html))
    html = source.html
    mark = next((m for m in theme.listing_entry if any(t.fits(m) for t in source.tags if not t.closing)), None)
    entries = [tag.start for tag in source.tags if mark and not tag.closing and tag.fits(mark)]
    below = _marks_below(theme, theme.listing_end)
    pieces, after = [], 0
    for tag, outer in _with_outer(source):
        if tag.start >= after and any(map(tag.fits, theme.content)) and says(html[tag.end : source.end(tag)]):
            found = text_end(source, tag, outer, below, entries)
            pieces += [html[after : tag.end], _sealed(html[tag.end : found.end]), f"</{tag.name}>" * found.missing]
            after = found.end
    return "".join((*pieces, html[after:]))


def _without_place(html: str) -> str:
    """A source in which no author has written the name of our own element."""
    return html.replace(CONTENT_PLACE, "x-text")


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


def _marked(source: Source, marks: tuple[str, ...], others: dict[int, bool]) -> Tag | None:
    """The element whose class says that it holds the text: the first mark's first with any, else an empty one."""
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
                fitting[mark].append(tag)
                break
    found = [tag for tags in fitting.values() for tag in tags if not _holds_heading(source, tag)]
    return next((tag for tag in found if _holds_text(source, tag)), next(iter(found), None))


def _holds_heading(source: Source, tag: Tag) -> bool:
    """Whether an element is the column that has the heading in it, too."""
    return not tag.fits(".entry-content") and source.first("h1", tag.end, source.end(tag)) is not None


def _holds_text(source: Source, tag: Tag) -> bool:
    inner = source.html[tag.end : source.end(tag)]
    return says(inner) or "<img" in inner or "<form" in inner


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
    if heading is None or any(tag.name == "p" for tag in inside[:heading]):
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
