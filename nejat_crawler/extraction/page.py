"""What a page is, and its articles cut out of it: plain functions from a page's source."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice

from selectolax.lexbor import LexborHTMLParser

from nejat_crawler.extraction import page_head, themes
from nejat_crawler.extraction.bounds import run_bounded
from nejat_crawler.extraction.decoding import NotACaptureError
from nejat_crawler.extraction.entry import (
    EntryCut,
    cut_entry,
    excerpt_length,
    find_part,
    is_teaser,
    link_to_rest,
    may_link_to_rest,
    missing_text,
    plain_words,
    trails_off,
)
from nejat_crawler.extraction.entry_spans import Span, entry_address, entry_spans, source_end
from nejat_crawler.extraction.markup import cut_out, tag_index
from nejat_crawler.extraction.nodes import classes, markup_of, select
from nejat_crawler.extraction.placeholders.mail_addresses import reveal_addresses
from nejat_crawler.extraction.themes.generic import GENERIC
from nejat_crawler.extraction.themes.theme import Theme
from nejat_crawler.extraction.unknown_theme.rewrite import rewrite
from nejat_crawler.extraction.visible_text.content import read_content
from nejat_crawler.extraction.visible_text.style_sheets import mark_by_sheets
from nejat_crawler.urls import SITE, PostAddress, absolute, edition_of, is_foreign, post_address


@dataclass(frozen=True, slots=True)
class Entry:
    """An article on a page: its address and the source between its own tags."""

    address: PostAddress
    html: str
    cut: EntryCut
    """The same in two: header and content."""
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
    """A page of the site. `theme` is null, and `entries` empty, where it has none of THEMES."""

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

    def posts_of(self, edition: str) -> set[int]:
        """The posts of an edition that the page shows."""
        return {entry.address.post_id for entry in self.entries if entry.address.edition == edition}


def read_page(html: str, url: str | None = None) -> Page:
    """The page's theme, and one entry an article.

    `url` is where it was found; a saved page may have none. Raises TooCostlyError; and NotACaptureError for a page
    that says that it is one of another host, or of another edition than that at `url`.
    """
    page = run_bounded(_read_page, html, url, sources=(html,))
    if page.theme:
        page.theme = themes.BY_NAME[page.theme.name]  # one row is one object, though a page may come from a process
    return page


def _read_page(html: str, url: str | None) -> Page:
    html = reveal_addresses(html)
    tree = LexborHTMLParser(html)
    theme = themes.theme_of(tree)
    if theme is None:
        return Page(None)
    canonical = _href(tree, "link[rel=canonical]", url)
    told = canonical or (page_head.saved_from(tree, html) if url is None else None)
    if told and is_foreign(told):
        raise NotACaptureError("a page of another host")
    editions = {edition_of(canonical), edition_of(url)} - {None}
    if len(editions) > 1:
        raise NotACaptureError("a page of another edition")
    shortlink = _href(tree, "link[rel=shortlink]", url)
    if shortlink is None and post_address(told):
        canonical = told
    page_url = canonical or url or SITE
    own = post_address(canonical) or post_address(shortlink) or post_address(url)
    body_classes = classes(tree.body) if tree.body else []
    is_single = any(name == "single" or "postid-" in name for name in body_classes)
    own_page = is_single or (own is not None and post_address(page_url) is not None)
    older = None if own_page or not theme.older else _href(tree, theme.older, page_url)
    html = mark_by_sheets(html, tree)
    if theme is GENERIC:
        html = rewrite(html, page_url, own, own_page=own_page)
    if own_page:
        asked = post_address(url) or post_address(canonical)
        return _read_article(html, theme, own, asked, page_url, page_head.published_at(tree))
    page = Page(theme, older=older, source_end=source_end(html))
    listings = [theme.listing_entry]
    if theme.first_page_entry and "paged" not in body_classes:
        listings.insert(0, (theme.first_page_entry,))
    above = 0
    for markers in listings:
        above = len(page.entries)
        # a box in a slider has no marker behind its text: that of an entry below it is not its own
        ends = theme.listing_end if markers is theme.listing_entry else ()
        for span in entry_spans(html, markers, ends):
            # a page cut off before its own entries still has the slider's, which are another page's
            if markers is not theme.listing_entry or not span.tag.matches(theme.first_page_entry or "."):
                _take(page, theme, html, span, page_url)
    # a slider may repeat what stands below it, and an entry of Soledad's timeline has a box like a slider's in it
    below = {entry.address for entry in page.entries[above:]}
    page.entries = [entry for n, entry in enumerate(page.entries) if n >= above or entry.address not in below]
    _cut_alike(page)
    # Of an answer over HTTP its length tells; a saved page has nothing but its last tag.
    if url is None and page.source_end < 0 and not page.problems:
        page.problems.append("the rest of the page is cut off")
    return page


#: So many of a page's texts do not trail off by chance, if no fewer end otherwise.
_FEWEST_TRAILING = 3


def _cut_alike(page: Page) -> None:
    """Take for excerpts what a listing shows of texts that all end after the same number of words, or with `...`."""
    words = [None if entry.teaser else plain_words(entry.cut.content) for entry in page.entries]
    length = excerpt_length(words)
    trailing = [not entry.teaser and trails_off(entry.cut.content) for entry in page.entries]
    few = sum(trailing) < max(_FEWEST_TRAILING, sum(not entry.teaser for entry in page.entries) / 2)
    if length is not None or not few:
        page.entries = [
            replace(entry, teaser=entry.teaser or (trails and not few) or (number is not None and number == length))
            for entry, number, trails in zip(page.entries, words, trailing, strict=True)
        ]


def _read_article(
    html: str,
    theme: Theme,
    own: PostAddress | None,
    asked: PostAddress | None,
    page_url: str,
    published_at: str | None,
) -> Page:
    """An article's own page: only its first entry is the article, what follows is chrome."""
    page = Page(theme, is_article=True, published_at=published_at, source_end=source_end(html))
    # where the theme numbers its articles, one without the number is a banner or another article
    numbered = [marker for marker in theme.article_entry if marker.endswith("-ID")] if own else []
    number = str(own.post_id if own else 0)
    markers = tuple(marker.replace("ID", number) for marker in numbered or theme.article_entry)
    span = next(entry_spans(html, markers, theme.article_end), None)
    if span is not None:
        _take(page, theme, html, span, page_url, own, asked)
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
) -> None:
    """Add the entry in a span of the source to the page, or say why it cannot be."""
    tag = span.tag
    if any(name.startswith("type-") and name != "type-post" for name in tag.classes):
        return  # type-page: "About us" is an article element too
    entry_html = cut_out(html, (span.start, span.end))
    address = own.post if own else entry_address(tag, entry_html, page_url)
    if address is None and tag.name != "article" and "<a" not in entry_html:
        return  # a timeline's days stand in boxes like its entries
    if address is None:
        page.problems.append(f"an article without an address ({tag.attribute('id') or 'no id'})")
        return
    if not span.closed and page.source_end < span.start:
        page.problems.append(f"{address.edition}-{address.post_id} is cut off")
        return
    if page.is_article and (header := _header(html, span.start, theme)):
        entry_html = cut_out(html, (span.start, tag.end), *header, (tag.end, span.end))
    cut = cut_entry(entry_html, theme, own_page=page.is_article)
    if page.is_article and (missing := missing_text(entry_html, cut, theme)):
        page.problems.append(f"{address.edition}-{address.post_id} {missing}")
        return
    part, part_count = find_part(entry_html, theme, address, page_url)
    if asked and asked.page > part:
        part, part_count = asked.page, max(part_count, asked.page)
    more = "" if page.is_article else link_to_rest(cut.content, address, page_url)
    if more:
        entry_html = entry_html.replace(more, f'<a class="more-link"{more[2:]}')
        cut = cut_entry(entry_html, theme, own_page=False)
    elif not page.is_article and may_link_to_rest(cut.content, address):
        more = link_to_rest(markup_of(read_content(cut.content, theme.content_chrome)), address, page_url)
    teaser = not page.is_article and (bool(more) or is_teaser(cut, entry_html, theme))
    page.entries.append(Entry(address, entry_html, cut, teaser, part, part_count))


def _header(html: str, start: int, theme: Theme) -> list[tuple[int, int]]:
    """Where on an article's own page its header stands, and what follows up to its own element at `start`.

    What stands before another article's end is not its own: a script may have loaded that above it.
    """
    index = tag_index(html)
    ends = index.named("article") if html.find("</article", 0, start) >= 0 else ()
    after = max((tag.start for tag in ends if tag.closing and tag.start < start), default=0)
    headers = (tag.start for marker in theme.article_header for tag in index.bearing(marker))
    return [(first, start) for first in islice((header for header in headers if after <= header < start), 1)]


def _href(tree: LexborHTMLParser, selector: str, url: str | None) -> str | None:
    """The address that the first of the selected links leads to, outside of what authors write.

    Where a text never ends (`<table><td>` without its end tags), all that follows stands in it: the last counts.
    """
    nodes = select(tree, selector)
    node = next((node for node in nodes if not themes.stands_in_text(node)), nodes[-1] if nodes else None)
    href = node.attributes.get("href") if node else None
    return absolute(href, url or SITE) if href else None
