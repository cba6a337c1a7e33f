"""The pages of a listing as a walk reads them: one reading of a page, and what it may turn out to be."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urldefrag

from selectolax.lexbor import LexborHTMLParser

from nejat_crawler.dates import read_date
from nejat_crawler.extraction.bounds import TooCostlyError, run_bounded
from nejat_crawler.extraction.page import Entry, Page
from nejat_crawler.extraction.publication_date import printed_date
from nejat_crawler.extraction.themes.theme import Theme
from spiders.own_pages import ShownPart

_FULL_PAGE = 10


@dataclass(slots=True)
class Visit:
    """One reading of a listing page, until all of its articles are stored."""

    url: str
    number: int
    again: bool = False
    """Whether an earlier run has read this page: what lies below it is wanted."""
    by_number: bool = False
    """Whether no link led here: the listing may have ended above."""
    page: Page | None = None
    """What the page shows, once all of its captures have been yielded."""
    posts: set[int] = field(default_factory=set)
    """Those of the walk's own edition: a box may show another's, which say nothing of this listing."""
    unwanted: set[int] = field(default_factory=set)
    """Those that were published before `since`."""
    cut: dict[int, tuple[ShownPart, ...]] = field(default_factory=dict)
    """Posts whose text the page shows in part or not at all, with the parts that it shows."""
    waiting: int = 0
    """Captures that are not yet stored, dropped or refused."""
    fresh: bool = False
    """Whether anything of it is new or changed."""

    @property
    def older(self) -> str | None:
        """The page's link to the next older one; a "load more" button with href="#" is none."""
        older = self.page.older if self.page else None
        return older if older and urldefrag(older).url != urldefrag(self.url).url else None


def is_before(entry: Entry, theme: Theme, day: date) -> bool:
    """Whether an article was published before a day; not where its date cannot be told."""
    try:
        machine, printed = run_bounded(_printed_date, entry.html, theme, sources=(entry.html,))
    except TooCostlyError:
        return False  # the step that reads its text says so
    published = read_date(machine, printed, entry.address.edition, theme.day_order).published
    return published is not None and published < day.isoformat()


def _printed_date(html: str, theme: Theme) -> tuple[str | None, str | None]:
    return printed_date(LexborHTMLParser(html), theme)


def is_empty_listing(page: Page | None) -> bool:
    """Whether a page is one of the site's, read to its end, and shows no articles: no login page, no half of one."""
    if page is None or page.theme is None or page.is_article:
        return False
    return not (page.entries or page.problems) and page.source_end >= 0


def is_full(first_page: Set[int]) -> bool:
    """Whether so many stand on a first page that it is odd if it is the last as well: WordPress shows ten."""
    return len(first_page) >= _FULL_PAGE
