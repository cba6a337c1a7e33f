"""One article cut out of a page: what of it is header and what is content, how much of the text it shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.markup import MOST_REMEMBERED, Tag, TagIndex, has_words, tag_index, tags
from nejat_crawler.extraction.nodes import classes, may_hold, parse_once, select
from nejat_crawler.extraction.themes.theme import Theme
from nejat_crawler.urls import PostAddress, absolute, post_address


@dataclass(frozen=True, slots=True)
class EntryCut:
    """An entry's source in two: what stands round the body, and the body."""

    header: str
    content: str
    is_teaser: bool
    """Whether the content stands where the theme puts a teaser, or nowhere."""


def cut_entry(entry_html: str, theme: Theme, *, own_page: bool) -> EntryCut:
    """Part an entry into its header (title, date, categories …) and its content.

    Nothing that an author writes into a body can then pass for the article's title or date. The content
    runs from behind its opening tag to the marker that follows it, however its own tags are balanced. The
    last cuts are remembered: what the reader of a page has cut is not cut again by the step that strips it.
    """
    cut = _remembered_cut if len(entry_html) <= MOST_REMEMBERED else _cut
    return cut(entry_html, theme, own_page)


def _cut(entry_html: str, theme: Theme, own_page: bool) -> EntryCut:
    found = tag_index(entry_html)
    whole = (*theme.content, *(theme.article_content if own_page else ()))
    cut_short = () if own_page else (*theme.teaser, *theme.article_content)
    opening = _first_matching(found, whole)
    is_teaser = False
    if opening is None:
        opening = _first_matching(found, cut_short)
        is_teaser = True
    if opening is None:
        return EntryCut(entry_html, "", is_teaser=not own_page)
    ends = theme.article_end if own_page else theme.listing_end
    end = None if is_teaser else _content_end(entry_html, found, opening, ends)
    if end is not None:
        return EntryCut(entry_html[: opening.start] + entry_html[end:], entry_html[opening.end : end], is_teaser)
    tree = LexborHTMLParser(f"<body>{entry_html[opening.start :]}")
    element = tree.body.child if tree.body else None
    if element is None:
        return EntryCut(entry_html, "", is_teaser)
    content = element.inner_html or ""
    element.decompose()
    rest = (tree.body.inner_html or "") if tree.body else ""
    return EntryCut(entry_html[: opening.start] + rest, content, is_teaser)


_remembered_cut = lru_cache(maxsize=64)(_cut)


def _first_matching(found: TagIndex, markers: tuple[str, ...]) -> Tag | None:
    """The first tag with the first of `markers` that any tag has; the entry's own tag is not in it."""
    return next((tag for marker in markers for tag in found.bearing(marker) if tag.start), None)


def _content_end(html: str, found: TagIndex, opening: Tag, markers: tuple[str, ...]) -> int | None:
    """Where the body ends: before the marker that follows it, the last of its kind, for the body may quote it.

    Where the body's element closes with nothing said between it and a marker, it closes rightly, and not by a stray
    end tag: Jannah 5 prints a lone quotation mark there. What follows does not count: a footer may stand twice.
    """
    last: dict[str, int] = {}
    borne: dict[int, list[str]] = {}
    for marker in markers:
        for tag in found.bearing(marker):
            if tag.start >= opening.end:
                borne.setdefault(tag.start, []).append(marker)
    if not borne:
        return None
    depth, close = 1, None
    steps = found.steps(opening.name, opening.end, max(borne))
    for start in sorted({*steps, *borne}):
        if start in steps and close is None:
            depth += steps[start]
            close = start if depth == 0 else None
        ending = borne.get(start, ())
        if (
            ending
            and close is not None
            and close > max(last.values(), default=0)
            and not has_words(html[close:start])
        ):
            return min((place for marker, place in last.items() if marker not in ending), default=close)
        last |= dict.fromkeys(ending, start)
    return min(last.values(), default=None)


_LABEL = "|".join(
    rf"<{name}\b[^>]*+>(?:[^<]|<(?!/?(?:a|p|div|li|{name})\b)[^>]*+>){{1,60}}+</{name}>"
    for name in ("a", "span", "button")
)
# What may stand behind the last words of an excerpt: end tags, arrows, a link or a label.
_BEHIND = rf"(?:[\s»›→←]|&(?:nbsp|#160|raquo|rarr|larr);|{_LABEL}|<[^>]*+>)*+\Z"
_ELLIPSES = ("…", "...", "&hellip;", "&#8230;", "&#x2026;")
_ELLIPSIS = f"(?:{'|'.join(map(re.escape, _ELLIPSES))})"
# WordPress ends an automatic excerpt with [&hellip;], themes with ` …` or `...`.
_TEASER_END = re.compile(rf"\[{_ELLIPSIS}\]{_BEHIND}")
_TRAILS_OFF = re.compile(rf"{_ELLIPSIS}\)?{_BEHIND}")
# One bare paragraph that breaks off, as themes cut a text that they show in the body's place.
_SHORT = re.compile(
    r"\s*<p>[^<]{1,3000}(?:…|&hellip;|&#8230;|\.\.\.)\s*(?:<a\b[^>]*>.{0,200}</a>\s*)?</p>\s*", re.DOTALL
)
_LAST_CHARACTERS = 1000


_PLAIN = re.compile(r"\s*(?:<p>)?([^<]++)(?:</p>)?\s*")
#: Excerpts have at least so many words, and stand on a page with others that have as many.
_FEWEST_WORDS, _FEWEST_EXCERPTS = 10, 3


def plain_words(content: str) -> int | None:
    """How many words a content has, where they are one bare paragraph."""
    plain = _PLAIN.fullmatch(content)
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


def is_teaser(cut: EntryCut, entry_html: str, theme: Theme) -> bool:
    """Whether a listing's entry shows only the opening of the text."""
    if cut.is_teaser or ends_as_teaser(cut.content) or _SHORT.fullmatch(cut.content):
        return True
    return bool(_select(entry_html, theme.more))


def _select(entry_html: str, selector: str) -> list[LexborNode]:
    """The selected elements of an entry, which is parsed only where there may be one."""
    return select(parse_once(entry_html), selector) if may_hold(entry_html, selector) else []


def ends_as_teaser(content: str) -> bool:
    """Whether a content ends with WordPress's own sign of an excerpt."""
    return _TEASER_END.search(content.rstrip()[-_LAST_CHARACTERS:]) is not None


def trails_off(content: str) -> bool:
    """Whether a content ends as an excerpt may, and a text may, too: `...`."""
    end = content[-_LAST_CHARACTERS:]
    return any(sign in end for sign in _ELLIPSES) and _TRAILS_OFF.search(end) is not None


#: What may stand behind the last link of a text: end tags, white space, an arrow.
_LAST = re.compile(r"(?:[^<\w]|&\w{1,9};|</?[^<>]*>)*\Z")


#: What may stand in the address of a post; all else does something with it.
_LEADS_ON = re.compile(r"(?:(?:p|amp|noamp|fbclid|utm_\w{1,20})(?:=[^&]*+)?+&?+)*+")


def link_to_rest(content: str, post: PostAddress, page_url: str) -> str:
    """The start tag of the link to the post itself that a listing's text ends with, whatever its class; else "".

    Notes at the foot of a text lead to places of it, buttons of plugins (`?share=x`) do something with it.
    """
    start = max(content.rfind("<a ", -_LAST_CHARACTERS), content.rfind("<a\n", -_LAST_CHARACTERS))
    end = content.find("</a>", start) if start >= 0 else -1
    if end < 0 or not has_words(content[start:end]) or not _LAST.match(content, end):
        return ""
    link = next(tags(content[start:end]), None)
    url = absolute(link.attribute("href"), page_url) if link else ""
    address = post_address(url)
    place = url.partition("#")[2]
    leads_on = _LEADS_ON.fullmatch(url.partition("#")[0].partition("?")[2])
    is_own = address == post and (not place or place.startswith("more-"))
    return content[start : start + link.end] if link and is_own and leads_on else ""


def may_link_to_rest(content: str, post: PostAddress) -> bool:
    """Whether a text on a listing has a link to the post itself in it, perhaps before the boxes of plugins."""
    return f"/posts/{post.post_id}" in content or f"?p={post.post_id}" in content


def missing_text(entry_html: str, cut: EntryCut, theme: Theme) -> str | None:
    """Why an article's own page does not show its text; None where it does.

    A post without a text or a title has the element for it all the same.
    """
    if _first_matching(tag_index(entry_html), (*theme.content, *theme.article_content)) is None:
        return "has no place for its text on its own page"
    heading = ", ".join(theme.title)
    if not select(parse_once(cut.header), heading) and not _select(entry_html, heading):
        return "has no heading on its own page"
    if any(
        any(tag_index(cut.content).bearing(marker))
        for marker in theme.deferred
        if marker.rpartition(".")[2] in cut.content
    ):
        return "has its text fetched by a script, which its own page does not hold"
    return None


def find_part(entry_html: str, theme: Theme, post: PostAddress, page_url: str) -> tuple[int, int]:
    """Which part of a post split by `<!--nextpage-->` an entry shows, and of how many parts."""
    current = 1
    numbers = [1]
    for node in _select(entry_html, theme.part_links):
        if number := _part_number(node, post, page_url):
            numbers.append(number)
            if "current" in classes(node):
                current = number
    if len(numbers) == 1 and (beginning := f"/posts/{post.post_id}/") in entry_html:  # links of whatever class
        numbered = rf"{beginning}([0-9]{{1,3}})/?[\"'][^<>]{{0,300}}>(?:<span[^<>]{{0,300}}>)?\s*\1\b"
        numbers += map(int, re.findall(numbered, entry_html))
    return current, max(numbers)


def _part_number(node: LexborNode, address: PostAddress, page_url: str) -> int | None:
    href = node.attributes.get("href")
    if href:
        target = post_address(absolute(href, page_url))
        return target.page if target and target.post == address.post else None
    text = node.text(strip=True)
    return int(text) if re.fullmatch("[0-9]{1,4}", text) else None
