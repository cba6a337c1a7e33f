"""What a page is, and its articles cut out of it: plain functions from a page's source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler import themes
from nejat_crawler.markup import Tag, tags
from nejat_crawler.text import clean_line
from nejat_crawler.themes import Theme
from nejat_crawler.urls import SITE, PostAddress, absolute, post_address


@dataclass(frozen=True, slots=True)
class Entry:
    """An article on a page: its address and the source between its own tags."""

    address: PostAddress
    html: str
    teaser: bool
    """Whether a listing shows only the opening of the text."""
    part: int
    """Which part of a post split by `<!--nextpage-->` stands here, of `part_count`."""
    part_count: int

    @property
    def whole(self) -> bool:
        """Whether the entry shows the article's whole text."""
        return not self.teaser and self.part_count == 1


@dataclass(slots=True)
class Page:
    """A page of the site. `theme` is null, and `entries` empty, where no design was recognised."""

    theme: Theme | None
    is_article: bool = False
    entries: list[Entry] = field(default_factory=list)
    older: str | None = None
    """Absolute address of the listing's next older page."""
    problems: list[str] = field(default_factory=list)
    """Articles that the page has but that could not be cut, a sentence each."""


def read_page(html: str, url: str | None = None) -> Page:
    """Recognise a page and cut it into one entry an article.

    `url` is where it was found; a saved page may have none.
    """
    tree = LexborHTMLParser(html)
    theme = themes.recognise(tree)
    if theme is None:
        return Page(None)
    canonical = _href(tree, "link[rel=canonical]", url)
    page_url = canonical or url or SITE
    address = post_address(canonical) or post_address(_href(tree, "link[rel=shortlink]", url)) or post_address(url)
    body_classes = (tree.body.attributes.get("class") or "").split() if tree.body else []
    is_article = "single" in body_classes or (address is not None and post_address(page_url) is not None)
    page = Page(theme, is_article)
    own_part = post_address(url) or post_address(canonical)
    for number, (start, end, closed) in enumerate(_entry_spans(html, theme)):
        if is_article and number:
            break  # what follows on an article's own page is chrome
        tag = next(tags(html, start))
        if any(name.startswith("type-") and name != "type-post" for name in tag.classes):
            continue  # type-page: "About us" is an article element too
        entry_html = html[start:end]
        entry_address = address.post if is_article and address else _entry_address(tag, entry_html, page_url)
        if entry_address is None:
            page.problems.append(f"an article without an address ({tag.attribute('id') or 'no id'})")
            continue
        if not closed and "</html" not in html[start:].lower():
            page.problems.append(f"{entry_address.edition}-{entry_address.post_id} is cut off")
            continue
        teaser, part, part_count = _extent(entry_html, theme, entry_address, page_url)
        if is_article and own_part and own_part.page > part:
            part, part_count = own_part.page, max(part_count, own_part.page)
        page.entries.append(Entry(entry_address, entry_html, teaser and not is_article, part, part_count))
    if not is_article:
        page.older = _href(tree, theme.older, page_url or None)
    return page


def _href(tree: LexborHTMLParser, selector: str, url: str | None) -> str | None:
    node = tree.css_first(selector)
    href = node.attributes.get("href") if node else None
    return absolute(href, url or "") if href else None


def _entry_spans(html: str, theme: Theme) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each article in the source, and whether its end tag was seen.

    An article element that begins inside another's body is no entry; where such a quoted element
    is never closed, the mark after the outer body says that the next one is an entry again.
    """
    start: int | None = None
    close = 0
    depth = 0
    body_over = False
    name = theme.entry.partition(".")[0].partition("#")[0]
    for tag in tags(html):
        if tag.name == name and not tag.closing:
            if tag.fits(theme.entry) and (depth == 0 or body_over):
                if start is not None:
                    yield start, close or tag.start, bool(close)
                start, close, depth, body_over = tag.start, 0, 1, False
            else:
                depth += 1
        elif tag.name == name and depth:
            depth -= 1
            if depth == 0:
                close = tag.end
        elif start is not None and depth and any(tag.fits(mark) for mark in theme.content_end):
            body_over = True
    if start is not None:
        yield start, close or len(html), bool(close)


def _entry_address(tag: Tag, entry_html: str, page_url: str) -> PostAddress | None:
    """The address of a listing's entry: that of its own link, which bears the id of its element."""
    number = re.search(r"\bpost-(\d{1,12})\b", f"{tag.attribute('id')} {tag.attribute('class')}")
    post_id = int(number[1]) if number else None
    for link in tags(entry_html):
        if link.name == "a" and not link.closing:
            address = post_address(absolute(link.attribute("href"), page_url))
            if address and post_id in (None, address.post_id):
                return address.post
    return None


def _extent(entry_html: str, theme: Theme, address: PostAddress, page_url: str) -> tuple[bool, int, int]:
    """Whether an entry is a teaser, which part of the post it shows, and of how many parts."""
    tree = LexborHTMLParser(entry_html)
    numbers = [1]
    current = 1
    for node in tree.css(theme.part_links):
        number = _part_number(node, address, page_url)
        if number:
            numbers.append(number)
            if "current" in (node.attributes.get("class") or ""):
                current = number
    content = split_content(entry_html, theme)[1]
    teaser = tree.css_first(theme.more) is not None or _TEASER_END.search(content.rstrip()[-400:]) is not None
    return teaser, current, max(numbers)


# WordPress ends an automatic excerpt with [&hellip;]
_TEASER_END = re.compile(r"\[(?:…|&hellip;|&#8230;|\.\.\.)\](?:\s|<[^>]*>)*\Z")


def _part_number(node: LexborNode, address: PostAddress, page_url: str) -> int | None:
    href = node.attributes.get("href")
    if href:
        target = post_address(absolute(href, page_url))
        return target.page if target and target.post_id == address.post_id else None
    text = node.text(strip=True)
    return int(text) if text.isdigit() and len(text) <= 4 else None


def printed_date(frame: LexborHTMLParser, theme: Theme) -> tuple[str | None, str | None]:
    """The machine-readable date of an entry, and the date as it is printed."""
    node = frame.css_first(theme.date)
    return (node.attributes.get("datetime"), clean_line(node.text())) if node else (None, None)


def split_content(entry_html: str, theme: Theme) -> tuple[str, str]:
    """An entry's source parted into its frame (title, date, categories …) and its content.

    Nothing that an author writes into a body can then pass for the article's title or date. The content
    runs from behind its opening tag to the mark that follows it, however its own tags are balanced.
    """
    opening = next((tag for tag in tags(entry_html) if not tag.closing and tag.fits(theme.content)), None)
    if opening is None:
        return entry_html, ""
    ends = [
        tag.start
        for tag in tags(entry_html, opening.end)
        if not tag.closing and any(tag.fits(mark) for mark in theme.content_end)
    ]
    if ends:
        return entry_html[: opening.start] + entry_html[ends[-1] :], entry_html[opening.end : ends[-1]]
    element = LexborHTMLParser(entry_html[opening.start :]).css_first(opening.name)
    frame = LexborHTMLParser(entry_html)
    if content := frame.css_first(f"{opening.name}{theme.content}"):
        content.decompose()
    return frame.html or "", (element.inner_html or "") if element else ""
