"""One article cut out of a page: what of it is frame and what is body, how much of the text it shows, its date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.markup import Tag, tags
from nejat_crawler.text import clean_line
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
    whole = (*theme.content, *(theme.article_content if own_page else ()))
    cut_short = () if own_page else (*theme.teaser, *theme.article_content)
    opening = _first_fitting(entry_html, (*whole, *cut_short))
    if opening is None:
        return Cut(entry_html, "", is_teaser=not own_page)
    is_teaser = not any(opening.fits(mark) for mark in whole)
    ends = theme.article_end if own_page else theme.listing_end
    end = None if is_teaser else _content_end(entry_html, opening, ends)
    if end is not None:
        return Cut(entry_html[: opening.start] + entry_html[end:], entry_html[opening.end : end], is_teaser)
    tree = LexborHTMLParser(f"<body>{entry_html[opening.start :]}")
    element = tree.body.child if tree.body else None
    if element is None:
        return Cut(entry_html, "", is_teaser)
    content = element.inner_html or ""
    element.decompose()
    rest = (tree.body.inner_html or "") if tree.body else ""
    return Cut(entry_html[: opening.start] + rest, content, is_teaser)


def _first_fitting(html: str, marks: tuple[str, ...]) -> Tag | None:
    """The first tag with the first of `marks` that any tag has."""
    found: dict[str, Tag] = {}
    for tag in tags(html):
        if not tag.closing:
            for mark in marks:
                if mark not in found and tag.fits(mark):
                    found[mark] = tag
    return next((found[mark] for mark in marks if mark in found), None)


def _content_end(html: str, opening: Tag, marks: tuple[str, ...]) -> int | None:
    """Where the body ends: before the mark that follows it, the last of its kind, for the body may quote it.

    Where the body's element closes with nothing said between it and a mark, it closes rightly, and not by a stray
    end tag: Jannah 5 prints a lone quotation mark there. What follows does not count: a footer may stand twice.
    """
    last: dict[str, int] = {}
    depth, close = 1, None
    for tag in tags(html, opening.end):
        if tag.name == opening.name and close is None:
            depth += -1 if tag.closing else 1
            close = tag.start if depth == 0 else None
        found = () if tag.closing else [mark for mark in marks if tag.fits(mark)]
        if (
            found
            and close is not None
            and close > max(last.values(), default=0)
            and not _says(html[close : tag.start])
        ):
            return min((start for mark, start in last.items() if mark not in found), default=close)
        last |= dict.fromkeys(found, tag.start)
    return min(last.values(), default=None)


def _says(html: str) -> bool:
    return any(map(str.isalnum, _MARKUP.sub("", html)))


_MARKUP = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)

# WordPress ends an automatic excerpt with [&hellip;]
_TEASER_END = re.compile(r"\[(?:…|&hellip;|&#8230;|\.\.\.)\](?:\s|<[^>]*>)*\Z")


def is_teaser(entry_html: str, theme: Theme) -> bool:
    """Whether a listing's entry shows only the opening of the text."""
    cut = cut_content(entry_html, theme, own_page=False)
    if cut.is_teaser or _TEASER_END.search(cut.content.rstrip()[-400:]):
        return True
    return LexborHTMLParser(entry_html).css_first(theme.more) is not None


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


def select(frame: LexborHTMLParser, selectors: tuple[str, ...]) -> LexborNode | None:
    """What the first selector finds that finds anything; one with commas would take the first in the page."""
    return next((node for selector in selectors if (node := frame.css_first(selector)) is not None), None)


def printed_date(frame: LexborHTMLParser, theme: Theme) -> tuple[str | None, str | None]:
    """The machine-readable date of an entry, and the date as it is printed."""
    node = select(frame, theme.date)
    return (node.attributes.get("datetime"), clean_line(node.text())) if node else (None, None)
