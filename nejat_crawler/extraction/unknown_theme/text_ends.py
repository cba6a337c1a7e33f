"""Where a text's element ends in the source of an unknown theme, whatever end tags its author left too many or out.

A theme has as many end tags as start tags; those that are too many or too few are a text's.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from nejat_crawler.extraction.markup import Tag, has_words, tag_index
from nejat_crawler.extraction.nodes import ASIDES
from nejat_crawler.extraction.visible_text.plugin_boxes import box_of_plugin

VOID = frozenset(
    {"img", "br", "hr", "input", "meta", "link", "source", "wbr", "col", "embed", "area", "track", "param"}
)
#: What paragraphs, quotations, lists and pictures of a text are, as WordPress saves them.
TEXT_TAGS = frozenset({"p", "ul", "ol", "blockquote", "h2", "h3", "h4", "h5", "figure", "table", "pre", "dl"})
HEADINGS = frozenset({"h2", "h3", "h4", "h5"})
_IN_LINE = frozenset({"a", "b", "strong", "i", "em", "span", "u", "font", "small", "sup", "center"})
_INFO = (".*meta", ".*info", ".*date", ".*byline", ".*author", ".*tags", ".*tag", ".postmetadata")

_CHROME_NAMES = ASIDES | {"form", "dialog"}
_CHROME = re.compile(
    r"(?:wp-block-)?comments?(?:-(?!on|off|open|closed).*)?|respond|sidebar|widget(?:-area)?|must-log-in|logged-in-as|"
    r"(?:.*[-_])?(?:cookies?|consent|gdpr|login|newsletter|subscribe|related)(?:[-_].*)?|"
    r"(?:.*[-_])?author[-_](?:box|bio|info)(?:[-_].*)?|author-description"
)
#: What themes print below a text, beside what the row of the theme names.
_BELOW = re.compile(
    r"wp-block-(?:post|query|comments?)(?:-.*)?|wp-block-template-part|taxonomy-.*|(?:.*[-_])?"
    r"(?:navigation|nav|categories|category|cat-links|byline|posted-(?:by|on|in)|share|sharing|shared|social|footer|tags|meta|pagination|utility|breadcrumbs?)(?:[-_].*)?"
)
_WHOLE_PAGE = frozenset({"body", "html", "main", "article"})
# Neither says how far a theme's own boxes reach: they close by themselves.
CLOSED_BY_OTHERS = frozenset({"p", "li", "td", "th", "tr", "dd", "dt", "option", "html"}) | VOID


def ends_of(found: Iterable[Tag]) -> dict[int, Tag]:
    """The end tag of each element that has one, by where its start tag begins; other names are passed over."""
    opened: dict[str, list[int]] = {}
    ends: dict[int, Tag] = {}
    for tag in found:
        if not tag.closing:
            opened.setdefault(tag.name, []).append(tag.start)
        elif opened.get(tag.name):
            ends[opened[tag.name].pop()] = tag
    return ends


def is_info(tag: Tag) -> bool:
    """Whether a tag's class says that it holds a date, an author or tags, and no text."""
    return any(map(tag.matches, _INFO))


def is_chrome(tag: Tag) -> bool:
    """Whether a tag begins what is no text in any theme: a menu, a form, comments, a notice of cookies."""
    return tag.name in _CHROME_NAMES or (tag.name not in _WHOLE_PAGE and _is_named(tag, _CHROME))


def _is_named(tag: Tag, pattern: re.Pattern[str]) -> bool:
    return any(map(pattern.fullmatch, _names(tag)))


def _names(tag: Tag) -> Iterator[str]:
    """The words of a tag's class and id, without those that name terms: an article may have `category-newsletter`."""
    for name in (*tag.classes, *tag.attribute("id").split()):
        if not name.startswith(("category-", "tag-", "post-", "menu-")):
            yield name


class TaggedSource:
    """A page's or an entry's source with its tags, the ends of its elements, and how many of each name there are."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.tags: Sequence[Tag] = tuple(tag_index(html))
        self.ends = ends_of(self.tags)
        self._starts = [tag.start for tag in self.tags]
        self._places: dict[tuple[str, bool], list[int]] = {}
        for tag in self.tags:
            self._places.setdefault((tag.name, tag.closing), []).append(tag.start)

    def within(self, start: int, end: int) -> Sequence[Tag]:
        """The tags that begin between two places."""
        return self.tags[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def end(self, opening: Tag) -> int:
        """Where an element's content ends; the end of the source, if it has no end tag."""
        return self.ends[opening.start].start if opening.start in self.ends else len(self.html)

    def excess(self, name: str, start: int, end: int) -> int:
        """How many more end tags than start tags of a name begin between two places."""
        return self._count((name, True), start, end) - self._count((name, False), start, end)

    def _count(self, kind: tuple[str, bool], start: int, end: int) -> int:
        places = self._places.get(kind, [])
        return bisect_left(places, end) - bisect_left(places, start)

    def first(self, name: str, start: int, end: int) -> int | None:
        """Where the first start tag of a name between two places begins."""
        places = self._places.get((name, False), [])
        number = bisect_left(places, start)
        return places[number] if number < len(places) and places[number] < end else None

    def lower_ends(self, name: str, start: int, end: int) -> Iterator[Tag]:
        """The end tags between two places that close more than was opened there: each one deeper out."""
        depth = lowest = 0
        for tag in self.within(start, end):
            if tag.name == name:
                depth += -1 if tag.closing else 1
                if depth < lowest:
                    lowest = depth
                    yield tag


@dataclass(frozen=True, slots=True)
class TextEnd:
    """Where a text ends; so many end tags of its element's name are missing there."""

    end: int
    missing: int = 0


def text_end(
    source: TaggedSource, opening: Tag, outer: Tag | None, markers: tuple[str, ...], entries: Sequence[int] = ()
) -> TextEnd:
    """Where the text ends that begins with a tag.

    `outer` is the nearest element of another name round it, `markers` tell what follows a text in the theme, and
    `entries` are the places where those of a listing begin.
    """
    name, close = opening.name, source.ends.get(opening.start)
    start, bound = (outer.end, source.end(outer)) if outer is not None else (0, len(source.html))
    strays = max(0, source.excess(outer.name, 0, len(source.html))) if outer is not None else 0
    if not strays and close is not None and close.start <= bound and source.excess(name, start, bound) == 0:
        return TextEnd(close.start)
    if outer is not None and outer.start in source.ends:  # its own end tag may be a stray one, too
        possible = source.lower_ends(outer.name, outer.end, len(source.html))
        bound = [tag.start for tag in islice(possible, strays + 1)][-1]
    own = entries[bisect_right(entries, opening.start) - 1] if entries and entries[0] <= opening.start else start
    behind = bisect_right(entries, close.start if close is not None else opening.start)
    if entries and behind < len(entries) and entries[behind] <= bound:
        bound = entries[behind]
        excess = source.excess(name, own, bound)
    else:
        before = source.excess(name, max(start, entries[0]), own) if entries and own > start else 0
        excess = source.excess(name, start, bound) - before
    if close is not None and close.start <= bound and excess >= 0:
        return TextEnd(_behind_strays(source, opening, excess, bound, markers) if excess else close.start)
    inside = source.within(opening.end, bound)
    below = next((tag.start for tag in inside if _is_below(tag, markers) or leads_to_post(source, tag)), bound)
    if close is not None and close.start < below:
        return TextEnd(close.start)
    end = _own_end(source, opening, -excess, below)
    return TextEnd(end, max(0, source.excess(name, opening.end, end) - excess))


def leads_to_post(source: TaggedSource, tag: Tag) -> bool:
    """Whether a tag begins a heading with a link to a post of the site, as excerpts of other posts have."""
    if tag.closing or tag.name not in HEADINGS:
        return False
    return _POST_LINK.search(source.html, tag.end, min(source.end(tag), tag.end + 2000)) is not None


_POST_LINK = re.compile(r"""href=["']?[^"'>\s]{0,300}/posts/[0-9]""")


def _is_below(tag: Tag, markers: tuple[str, ...]) -> bool:
    if tag.closing or tag.name in _WHOLE_PAGE:
        return False
    if is_chrome(tag) or _is_named(tag, _BELOW) or any(map(tag.matches, markers)):
        return True
    return bool(box_of_plugin(tag.name, tag.attribute("class"), tag.attribute("id")))


def _behind_strays(source: TaggedSource, opening: Tag, excess: int, bound: int, markers: tuple[str, ...]) -> int:
    """The last of the end tags that may be the text's own with text before it, and nothing else."""
    end = last = -1
    for number, tag in enumerate(source.lower_ends(opening.name, opening.end, bound)):
        if number == 0:
            end = tag.start
        else:
            until = _goes_on(source, last, tag.start, markers)
            if until is None:
                break
            end = until or end
            if 0 < until < tag.start:
                break
        if number >= excess or _is_named_end(source.html, tag, opening):
            break
        last = tag.end
    return end


def _own_end(source: TaggedSource, opening: Tag, unclosed: int, below: int) -> int:
    """The last end tag above what follows a text that closes its element, so many others being left open in it."""
    depth, end = 1, below
    for tag in source.within(opening.end, below):
        if tag.name == opening.name:
            depth += -1 if tag.closing else 1
            if tag.closing and depth == unclosed:
                end = tag.start
    return end


def _is_named_end(html: str, close: Tag, opening: Tag) -> bool:
    """Whether a comment behind an end tag says which element it closes: `</div><!-- .entry-content -->`."""
    named = re.match(r"\s*<!--([^>]{0,80})-->", html[close.end : close.end + 120])
    return named is not None and not set(_names(opening)).isdisjoint(re.findall(r"[\w-]+", named[1]))


def _goes_on(source: TaggedSource, start: int, end: int, markers: tuple[str, ...]) -> int | None:
    """How far a text goes on between two end tags: None if something else begins there, 0 if nothing is said."""
    html = source.html
    below = next((tag.start for tag in source.within(start, end) if _is_below(tag, markers)), end)
    place = start
    for tag in source.within(start, below):
        if tag.start < place or tag.closing or tag.name in VOID:
            continue
        if has_words(html[place : tag.start]):
            return below
        place = min(source.end(tag), below)
        if has_words(html[tag.end : place]):
            return below if _is_of_text(source, tag, place) else None
    if has_words(html[place:below]):
        return below
    return None if below < end else 0


def _is_of_text(source: TaggedSource, tag: Tag, end: int) -> bool:
    """Whether an element may stand in a text: a paragraph, or a box that has some and no heading with a link."""
    if is_info(tag):
        return False
    if tag.name in TEXT_TAGS or tag.name in _IN_LINE:
        return True
    inside = [inner for inner in source.within(tag.end, end) if not inner.closing]
    headings = [inner for inner in inside if inner.name in ("h2", "h3", "h4")]
    linked = any("<a" in source.html[inner.end : min(source.end(inner), inner.end + 500)] for inner in headings)
    return tag.name in ("div", "section") and not linked and any(inner.name in TEXT_TAGS for inner in inside)
