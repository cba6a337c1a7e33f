"""One article cut out of a page: what of it is frame and what is body, how much of the text it shows, its date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.belonging import CONTENT_PLACE
from nejat_crawler.markup import Tag, all_tags, tags
from nejat_crawler.themes import Theme
from nejat_crawler.urls import PostAddress, absolute, post_address


@dataclass(frozen=True, slots=True)
class Cut:
    """An entry's source in two: what stands round the body, and the body."""

    frame: str
    content: str
    is_teaser: bool
    """Whether the content stands where the design puts a teaser, or nowhere."""


def cut_content(entry_html: str, theme: Theme, *, own_page: bool) -> Cut:
    """Part an entry into its frame (title, date, categories …) and its content.

    Nothing that an author writes into a body can then pass for the article's title or date. The content
    runs from behind its opening tag to the mark that follows it, however its own tags are balanced.
    """
    found = all_tags(entry_html)
    whole = (*theme.content, *(theme.article_content if own_page else ()))
    cut_short = () if own_page else (*theme.teaser, *theme.article_content)
    opening = _first_fitting(found, whole)
    is_teaser = False
    if theme.by_address and (opening is None or not _holds(entry_html, found, opening, own_page=own_page)):
        opening = (_densest(entry_html, found) if own_page else _first_fitting(found, cut_short)) or opening
        is_teaser = not own_page and opening is not None and not any(opening.fits(mark) for mark in whole)
    elif opening is None:
        opening = _first_fitting(found, cut_short)
        is_teaser = True
    if opening is None:
        return Cut(entry_html, "", is_teaser=not own_page)
    start = opening.end
    if theme.by_address and not opening.fits(".entry-content"):
        opening, start = _below_heading(entry_html, found, opening)
    ends = theme.article_end if own_page else theme.listing_end
    end = None if is_teaser and not theme.by_address else _content_end(entry_html, found, opening, ends, theme)
    if end is not None:
        return _cut(entry_html, opening, (start, end), theme, is_teaser=is_teaser)
    tree = LexborHTMLParser(f"<body>{entry_html[opening.start :]}")
    element = tree.body.child if tree.body else None
    if element is None:
        return Cut(entry_html, "", is_teaser)
    content = element.inner_html or ""
    element.decompose()
    rest = (tree.body.inner_html or "") if tree.body else ""
    return Cut(entry_html[: opening.start] + rest, content, is_teaser)


def _cut(html: str, opening: Tag, between: tuple[int, int], theme: Theme, *, is_teaser: bool) -> Cut:
    """Part an entry at two places; a body of many blocks stands where the design may put a teaser, too."""
    start, end = between
    content = html[start:end]
    place = f"<{CONTENT_PLACE}></{CONTENT_PLACE}>" if theme.by_address else ""
    frame = html[: opening.start if start == opening.end else start] + place + html[end:]
    if is_teaser and theme.by_address and _is_rich(content) and not _TEASER_END.search(content.rstrip()[-400:]):
        is_teaser = False
    return Cut(frame, content, is_teaser)


def _is_rich(content: str) -> bool:
    """Whether a text has what WordPress puts into no excerpt: several paragraphs, pictures, lists, headings."""
    names = [tag.name for tag in tags(content) if not tag.closing]
    return names.count("p") >= 3 or bool({"img", "ul", "ol", "table", "figure", "h2", "h3"} & set(names))


def _holds(html: str, found: Sequence[Tag], opening: Tag, *, own_page: bool) -> bool:
    """Whether an element holds a text: it is not empty, and not the column that has the heading in it too."""
    end = _balanced_close(found, opening)
    inner = html[opening.end : end if end is not None else len(html)]
    if own_page and any(tag.name == "h1" for tag in tags(inner)) and not opening.fits(".entry-content"):
        return False
    return _says(inner) or "<img" in inner or "<form" in inner


def _below_heading(html: str, found: Sequence[Tag], opening: Tag) -> tuple[Tag, int]:
    """Where a text begins in an element that holds the article's heading, too: its element, and the place in it.

    Avada's listings have a box of the text's own below the heading; Bridge has the heading, a byline and the
    paragraphs side by side.
    """
    close = _balanced_close(found, opening)
    inside = [tag for tag in found if opening.end <= tag.start < (close or 0)]
    heading = next((number for number, tag in enumerate(inside) if is_heading(tag)), None)
    if heading is None or any(tag.name == "p" for tag in inside[:heading]):
        return opening, opening.end
    below = inside[heading:]
    below = below[
        next((number for number, tag in enumerate(below) if tag.closing and tag.name == below[0].name), 0) :
    ]
    densest = _densest(html, [opening, *below])
    if densest is not None and densest is not opening:
        return densest, densest.end
    depth = 0
    for tag in below[1:]:
        if depth == 0 and tag.name in _TEXT_TAGS and not tag.closing and not any(map(tag.fits, _INFO)):
            return opening, tag.start
        if tag.name not in _VOID:
            depth += -1 if tag.closing else 1
    return opening, opening.end


_HEADING = re.compile(r"(?:^|[\s_-])(?:entry|post|article|blog)[_-](?:[\w-]+[_-])?title(?:\s|$)")
_INFO = (".*meta", ".*info", ".*date", ".*byline", ".*author", ".postmetadata")


def is_heading(tag: Tag) -> bool:
    """Whether a tag begins a heading that its class says is a post's: `entry-title`, `fusion-post-title`."""
    named = tag.name in ("h1", "h2", "h3", "h4") and _HEADING.search(tag.attribute("class"))
    return not tag.closing and bool(named)


_TEXT_TAGS = frozenset({"p", "ul", "ol", "blockquote", "h2", "h3", "h4", "figure", "table"})


def _densest(html: str, found: Sequence[Tag]) -> Tag | None:
    """The element with the longest text in paragraphs of its own; comments have theirs each in another."""
    stack: list[Tag] = []
    weights: dict[int, tuple[int, Tag]] = {}
    for number, tag in enumerate(found):
        if tag.name in _VOID:
            continue
        if tag.closing:
            while any(outer.name == tag.name for outer in stack) and stack.pop().name != tag.name:
                pass
        else:
            if tag.name in ("p", "blockquote") and stack and stack[-1].start:
                close = _balanced_close(found[number:], tag)
                text = _MARKUP.sub("", html[tag.end : close if close is not None else tag.end])
                weight = weights.get(stack[-1].start, (0, stack[-1]))[0]
                weights[stack[-1].start] = (weight + len(text), stack[-1])
            stack.append(tag)
    return max(weights.values(), key=lambda pair: pair[0])[1] if weights else None


_VOID = frozenset(
    {"img", "br", "hr", "input", "meta", "link", "source", "wbr", "col", "embed", "area", "track", "param"}
)


def _balanced_close(found: Sequence[Tag], opening: Tag) -> int | None:
    """Where an element's own end tag begins, if the tags between are balanced."""
    depth = 0
    for tag in found:
        if tag.start >= opening.start and tag.name == opening.name:
            depth += -1 if tag.closing else 1
            if depth == 0:
                return tag.start
    return None


def _first_fitting(found: Sequence[Tag], marks: tuple[str, ...]) -> Tag | None:
    """The first tag with the first of `marks` that any tag has; the entry's own tag is not in it."""
    fitting: dict[str, Tag] = {}
    for tag in found:
        if not tag.closing and tag.start:
            for mark in marks:
                if mark not in fitting and tag.fits(mark):
                    fitting[mark] = tag
    return next((fitting[mark] for mark in marks if mark in fitting), None)


def _content_end(html: str, found: Sequence[Tag], opening: Tag, marks: tuple[str, ...], theme: Theme) -> int | None:
    """Where the body ends: before the mark that follows it, the last of its kind, for the body may quote it.

    Where the body's element closes with nothing said between it and a mark, it closes rightly, and not by a stray
    end tag: Jannah 5 prints a lone quotation mark there. What follows does not count: a footer may stand twice.
    Nor is there a stray one where the entry has as many end tags as it needs.
    """
    if theme.by_address and _is_balanced(found, opening.name):
        return _balanced_close(found, opening)
    last: dict[str, int] = {}
    depth, close = 1, None
    for tag in found:
        if tag.start < opening.end:
            continue
        if tag.name == opening.name and close is None:
            depth += -1 if tag.closing else 1
            close = tag.start if depth == 0 else None
        fitting = () if tag.closing else [mark for mark in marks if tag.fits(mark)]
        if (
            fitting
            and close is not None
            and close > max(last.values(), default=0)
            and not _says(html[close : tag.start])
        ):
            return min((start for mark, start in last.items() if mark not in fitting), default=close)
        last |= dict.fromkeys(fitting, tag.start)
    return min(last.values(), default=None)


def _is_balanced(found: Sequence[Tag], name: str) -> bool:
    depth = 0
    for tag in found:
        if tag.name == name:
            depth += -1 if tag.closing else 1
            if depth < 0:
                return False
    return depth == 0


def _says(html: str) -> bool:
    return any(map(str.isalnum, _MARKUP.sub("", html)))


_MARKUP = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)

# WordPress ends an automatic excerpt with [&hellip;]
_TEASER_END = re.compile(r"\[(?:…|&hellip;|&#8230;|\.\.\.)\](?:\s|<[^>]*>)*\Z")
# One bare paragraph that breaks off, as designs cut a text that they show in the body's place.
_SHORT = re.compile(
    r"\s*<p>[^<]{1,3000}(?:…|&hellip;|&#8230;|\.\.\.)\s*(?:<a\b[^>]*>.{0,200}</a>\s*)?</p>\s*", re.DOTALL
)


_PLAIN = re.compile(r"\s*(?:<p>)?([^<]+)(?:</p>)?\s*")
#: Excerpts have at least so many words, and stand on a page with others that have as many.
_FEWEST_WORDS, _FEWEST_EXCERPTS = 10, 3


def plain_words(entry_html: str, theme: Theme) -> int | None:
    """How many words a listing's entry shows, where they are one bare paragraph."""
    plain = _PLAIN.fullmatch(cut_content(entry_html, theme, own_page=False).content)
    return len(plain[1].split()) if plain else None


def excerpt_length(words: Iterable[int | None]) -> int | None:
    """The number of words after which a page cuts its texts without a sign: the most, if several texts have as many.

    >>> excerpt_length([55, 55, None, 21, 55])
    55
    >>> excerpt_length([55, 54, 21, 21, 21]) is None
    True
    """
    counts = Counter(number for number in words if number)
    most = max(counts, default=0)
    return most if most >= _FEWEST_WORDS and counts[most] >= _FEWEST_EXCERPTS else None


def is_teaser(entry_html: str, theme: Theme) -> bool:
    """Whether a listing's entry shows only the opening of the text."""
    cut = cut_content(entry_html, theme, own_page=False)
    if cut.is_teaser or _TEASER_END.search(cut.content.rstrip()[-400:]):
        return True
    if _SHORT.fullmatch(cut.content):
        return True
    return LexborHTMLParser(entry_html).css_first(theme.more) is not None


def missing_text(entry_html: str, theme: Theme) -> str | None:
    """Why an article's own page does not show its text, in a design whose parts are known; None where it does.

    A post without a text has the element for it all the same.
    """
    if theme.by_address:
        return None
    if _first_fitting(all_tags(entry_html), (*theme.content, *theme.article_content)) is None:
        return "has no place for its text on its own page"
    content = all_tags(cut_content(entry_html, theme, own_page=True).content) if theme.deferred else ()
    if any(tag.fits(mark) for tag in content for mark in theme.deferred):
        return "has its text fetched by a script, which its own page does not hold"
    return None


def find_part(entry_html: str, theme: Theme, address: PostAddress, page_url: str) -> tuple[int, int]:
    """Which part of a post split by `<!--nextpage-->` an entry shows, and of how many parts."""
    current = 1
    numbers = [1]
    for node in LexborHTMLParser(entry_html).css(theme.part_links):
        if number := _part_number(node, address, page_url):
            numbers.append(number)
            if "current" in (node.attributes.get("class") or "").split():
                current = number
    return current, max(numbers)


def _part_number(node: LexborNode, address: PostAddress, page_url: str) -> int | None:
    href = node.attributes.get("href")
    if href:
        target = post_address(absolute(href, page_url))
        return target.page if target and target.post == address.post else None
    text = node.text(strip=True)
    return int(text) if re.fullmatch("[0-9]{1,4}", text) else None
