"""What a page is, and its articles cut out of it: plain functions from a page's source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser

from nejat_crawler.extraction import page_head, themes
from nejat_crawler.extraction.entry import excerpt_length, find_part, is_teaser, missing_text, plain_words
from nejat_crawler.extraction.markup import Span, Tag, all_tags
from nejat_crawler.extraction.themes.theme import Theme
from nejat_crawler.extraction.unknown_theme.article_element import holds_article, text_markers, without_asides
from nejat_crawler.extraction.unknown_theme.cards import without_cards
from nejat_crawler.extraction.unknown_theme.page_context import surroundings
from nejat_crawler.extraction.unknown_theme.seals import is_sealed, unseal
from nejat_crawler.extraction.unknown_theme.text_elements import seal_listing, seal_own
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
    published_at: str | None = None
    """On an article's own page, the date that its head gives to machines."""
    source_end: int = 0
    """Where the page's source ends, or -1: it has been cut off."""
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
    shortlink = _href(tree, "link[rel=shortlink]", url)
    if canonical is None and shortlink is None and url is None:
        canonical = page_head.saved_from(tree, html)
    page_url = canonical or url or SITE
    own = post_address(canonical) or post_address(shortlink) or post_address(url)
    classes = (tree.body.attributes.get("class") or "").split() if tree.body else []
    if "single" in classes or "postid-" in " ".join(classes) or (own is not None and post_address(page_url)):
        return _read_article(html, theme, own, post_address(url) or post_address(canonical), page_url, tree)
    older = _href(tree, theme.older, page_url) if theme.older else None
    page = Page(theme, older=older, source_end=_source_end(html))
    if theme.by_address:
        html = seal_listing(html, theme)
    listings = [theme.listing_entry]
    if theme.first_page_entry and "paged" not in classes:
        listings.insert(0, (theme.first_page_entry,))
    above = 0
    for marks in listings:
        above = len(page.entries)
        # a box in a slider has no mark behind its text: that of an entry below it is not its own
        spans = list(_entry_spans(html, marks, theme.listing_end if marks is theme.listing_entry else ()))
        for span in without_asides(html, spans) if theme.by_address else spans:
            # a page cut off before its own entries still has the slider's, which are another page's
            if marks is not theme.listing_entry or not span[0].fits(theme.first_page_entry or "."):
                _take(page, theme, html, span, page_url)
    # a slider may repeat what stands below it, and an entry of Soledad's timeline has a box like a slider's in it
    below = {entry.address for entry in page.entries[above:]}
    page.entries = [entry for n, entry in enumerate(page.entries) if n >= above or entry.address not in below]
    _cut_alike(page, theme)
    # Of an answer over HTTP its length tells; a saved page has nothing but its last tag.
    if url is None and page.source_end < 0 and not page.problems:
        page.problems.append("the rest of the page is cut off")
    return page


def _cut_alike(page: Page, theme: Theme) -> None:
    """Take for excerpts what a listing shows of texts that all end after the same number of words."""
    words = [None if entry.teaser else plain_words(entry.html, theme) for entry in page.entries]
    length = excerpt_length(words)
    if length is not None:
        page.entries = [
            replace(entry, teaser=entry.teaser or number == length)
            for entry, number in zip(page.entries, words, strict=True)
        ]


def _read_article(
    html: str, theme: Theme, own: PostAddress | None, asked: PostAddress | None, page_url: str, tree: LexborHTMLParser
) -> Page:
    """An article's own page: only its first entry is the article, what follows is chrome."""
    page = Page(theme, is_article=True, published_at=page_head.published_at(tree), source_end=_source_end(html))
    # where the design numbers its articles, one without the number is a banner or another article
    numbered = [mark for mark in theme.article_entry if mark.endswith("-ID")] if own else []
    marks = tuple(mark.replace("ID", str(own.post_id if own else 0)) for mark in numbered or theme.article_entry)
    if theme.by_address:
        html = seal_own(html, theme, own, by_density=False)
        tree = LexborHTMLParser(html)
    if theme.by_address and own is not None:
        marks = (f".post-{own.post_id}", f"#post-{own.post_id}", *marks)
    tried = [(mark,) for mark in marks] if theme.by_address else [marks]
    spans = (span for some in tried for span in _entry_spans(html, some, theme.article_end))
    span = next((span for span in spans if not theme.by_address or holds_article(html, span, own)), None)
    if span is not None:
        _take(page, theme, html, span, page_url, own, asked, tree)
    else:
        page.problems.append(
            f"{f'{own.edition}-{own.post_id}' if own else 'the article'} stands nowhere on its own page"
        )
    return page


def _take(
    page: Page,
    theme: Theme,
    html: str,
    span: Span,
    page_url: str,
    own: PostAddress | None = None,
    asked: PostAddress | None = None,
    tree: LexborHTMLParser | None = None,
) -> None:
    """Add the entry in a span of the source to the page, or say why it cannot be."""
    tag, start, end, closed = span
    if any(name.startswith("type-") and name != "type-post" for name in tag.classes):
        return  # type-page: "About us" is an article element too
    entry_html = html[start:end]
    if theme.by_address and own is not None:
        if not is_sealed(entry_html):
            entry_html = seal_own(entry_html, theme, own, by_density=True)
        entry_html = without_cards(entry_html, own)
    address = own.post if own else _entry_address(tag, entry_html, page_url)
    if address is None and tag.name != "article" and "<a" not in entry_html:
        return  # a timeline's days stand in boxes like its entries
    if address is None:
        page.problems.append(f"an article without an address ({tag.attribute('id') or 'no id'})")
        return
    if not closed and page.source_end < start:
        page.problems.append(f"{address.edition}-{address.post_id} is cut off")
        return
    if theme.by_address and tree is not None:
        around = surroundings(tree, LexborHTMLParser(f"<body>{entry_html}"), address, text_markers(theme))
        inside = tag.end - start
        entry_html = entry_html[:inside] + around + entry_html[inside:]
    if theme.by_address:
        entry_html = unseal(entry_html)
    elif page.is_article and (header := _header(html, start, theme)):
        entry_html = entry_html[: tag.end - start] + header + entry_html[tag.end - start :]
    if page.is_article and (missing := missing_text(entry_html, theme)):
        page.problems.append(f"{address.edition}-{address.post_id} {missing}")
        return
    part, part_count = find_part(entry_html, theme, address, page_url)
    if asked and asked.page > part:
        part, part_count = asked.page, max(part_count, asked.page)
    teaser = not page.is_article and is_teaser(entry_html, theme)
    page.entries.append(Entry(address, entry_html, teaser, part, part_count))


def _header(html: str, start: int, theme: Theme) -> str:
    """What stands on an article's own page between its header and its own element at `start`, both outside of it."""
    before = [tag for tag in all_tags(html) if tag.start < start and not tag.closing]
    for mark in theme.article_header:
        header = next((tag for tag in before if tag.fits(mark)), None)
        if header is not None:
            return html[header.start : start]
    return ""


def _source_end(html: str) -> int:
    return max(html.rfind("</html"), html.rfind("</HTML"))


def _href(tree: LexborHTMLParser, selector: str, url: str | None) -> str | None:
    """The address that the first of the selected links leads to, outside of what authors write.

    Where a text never ends (`<table><td>` without its end tags), all that follows stands in it: the last counts.
    """
    nodes = tree.css(selector)
    node = next((node for node in nodes if not themes.stands_in_text(node)), nodes[-1] if nodes else None)
    href = node.attributes.get("href") if node else None
    return absolute(href, url or SITE) if href else None


def _entry_spans(html: str, marks: tuple[str, ...], content_end: tuple[str, ...]) -> Iterator[Span]:
    """Each article's opening tag, its start and end in the source, and whether its end tag was seen.

    An article element that begins inside another's body is no entry; where such a quoted element
    is never closed, the mark after the outer body says that the next one is an entry again.
    """
    found = all_tags(html)
    mark = next((mark for mark in marks if any(tag.fits(mark) for tag in found if not tag.closing)), None)
    if mark is None:
        return
    opening: Tag | None = None
    close = depth = outside = first_close = 0
    body_over = ended = False
    for tag in found:
        ends_body = not tag.closing and any(tag.fits(end) for end in content_end)
        if not tag.closing and tag.fits(mark) and (depth == 0 or body_over or tag.name != "article"):
            if opening is not None:
                end = close if body_over else first_close
                yield opening, opening.start, end or tag.start, bool(end)
            opening, close, first_close, depth, outside, body_over, ended = tag, 0, 0, 1, 0, False, False
        elif opening is not None and tag.name == opening.name:
            body_over = body_over or ends_body
            if not tag.closing:
                # one that begins behind the entry's end is a box of the page's own, not a part of it
                depth, outside = (depth + 1, outside) if depth else (0, outside + 1)
            elif outside:
                outside -= 1
            elif not ended:
                # an end tag before the body is over may be a stray one: the entry's own is still to come
                depth = max(0, depth - 1)
                if depth == 0:
                    close, ended = tag.end, body_over
                    first_close = first_close or close
        else:
            body_over = body_over or ends_body
    if opening is not None:
        end = close if body_over else first_close
        yield opening, opening.start, end or len(html), bool(end)


def _entry_address(tag: Tag, entry_html: str, page_url: str) -> PostAddress | None:
    """The address of a listing's entry: that of its own link, which bears the id of its element."""
    number = re.search(r"\bpost-(\d{1,12})\b", f"{tag.attribute('id')} {tag.attribute('class')}")
    post_id = int(number[1]) if number else None
    for link in all_tags(entry_html):
        if link.name == "a" and not link.closing:
            address = post_address(absolute(link.attribute("href"), page_url))
            if address and post_id in (None, address.post_id):
                return address.post
    return None
