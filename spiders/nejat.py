"""The live walk: an edition's listing from its first page to its last."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http import Response, TextResponse
from scrapy.settings import BaseSettings
from scrapy.spidermiddlewares.httperror import HttpError
from selectolax.lexbor import LexborHTMLParser
from twisted.python.failure import Failure

from nejat_crawler.archive import Archive, now
from nejat_crawler.dates import resolve_date
from nejat_crawler.editions import Edition, choose
from nejat_crawler.entries import printed_date
from nejat_crawler.items import Capture
from nejat_crawler.pages import Entry, Page, read_page
from nejat_crawler.run import Run
from nejat_crawler.themes import Theme
from nejat_crawler.urls import HOSTS, SITE, THE_SITE, Mirror, PostAddress

#: A listing that brings nothing unseen for so many pages repeats itself for ever.
_BARREN_PAGES = 5


@dataclass(frozen=True, slots=True)
class Arguments:
    """What `-a NAME=VALUE` may say."""

    editions: list[Edition]
    mirror: Mirror
    full: bool
    since: date | None
    max_pages: int | None

    @classmethod
    def parse(
        cls,
        edition: str = "all",
        base_url: str = SITE,
        full: str = "0",
        since: str = "",
        max_pages: str = "",
        **unknown: str,
    ) -> Arguments:
        """Read the arguments; raises ValueError with a sentence for the user."""
        try:
            first_day = date.fromisoformat(since) if since else None
        except ValueError:
            raise ValueError(f"since must be a day such as 2024-01-01, not {since!r}") from None
        if max_pages and not (max_pages.isdecimal() and int(max_pages)):
            raise ValueError(f"max_pages must be a whole number from 1, not {max_pages!r}")
        if full not in ("0", "1"):
            raise ValueError(f"full must be 0 or 1, not {full!r}")
        if unknown:
            known = "edition, base_url, full, since, max_pages"
            raise ValueError(f"unknown argument {', '.join(unknown)}: choose from {known}")
        return cls(
            choose(edition), Mirror.parse(base_url), full == "1", first_day, int(max_pages) if max_pages else None
        )


@dataclass(slots=True)
class _Walk:
    """How far the walk of one edition has come."""

    edition: Edition
    pages: int = 0
    barren: int = 0
    """Pages in a row that brought no post unseen in this walk."""
    addresses: set[str] = field(default_factory=set)
    posts: set[int] = field(default_factory=set)


class NejatSpider(Spider):
    """Walks listings from the newest page, and asks for an article's own page only where a listing cuts its text."""

    name = "nejat"
    command = "crawl"

    def __init__(self, *, archive: Archive | None = None, name: str | None = None, **arguments: str) -> None:
        super().__init__(name)
        self.archive = archive
        self.arguments = arguments
        self.options = Arguments.parse(**arguments)
        mirror = self.options.mirror
        self.hosts = frozenset({urlsplit(mirror.base_url).netloc.lower()} | (HOSTS if mirror == THE_SITE else set()))

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Let the user agent carry the contact of NEJAT_CONTACT."""
        super().update_settings(settings)
        if contact := settings.get("NEJAT_CONTACT"):
            agent = str(settings["USER_AGENT"]).removesuffix(")")
            settings.set("USER_AGENT", f"{agent}; contact: {contact})", priority="cmdline")

    async def start(self) -> AsyncIterator[Request]:
        """The first page of each edition's listing."""
        for edition in self.options.editions:
            if request := self._next_page(_Walk(edition), SITE + edition.listing):
                yield request

    def parse_listing(self, response: Response, walk: _Walk) -> Iterator[Capture | Request]:
        """Captures of a listing page's articles, the requests that complete them, and the next older page."""
        page = self._read(response)
        if page is None or not page.entries or page.theme is None:
            self._gap(walk, f"{self._site_url(response)} shows no articles")
            return
        for problem in page.problems:
            self._run.report(f"{self._site_url(response)}: {problem}")
        yield from self._take(page, page.theme, response, walk)

        new_posts = {entry.address.post_id for entry in page.entries} - walk.posts
        walk.posts |= new_posts
        walk.barren = 0 if new_posts else walk.barren + 1
        if walk.barren >= _BARREN_PAGES:
            self._gap(walk, f"the last {_BARREN_PAGES} pages repeat earlier ones")
        elif page.older and not self._is_over(page, page.theme, walk):
            request = self._next_page(walk, page.older)
            if request is None:
                self._gap(walk, f"its link to {page.older} leads off the site, or to a page read before")
            else:
                yield request

    def parse_article(
        self, response: Response, address: PostAddress, parts: tuple[str, ...]
    ) -> Iterator[Capture | Request]:
        """An article's own page: the rest of a text that the listing shows in part."""
        page = self._read(response)
        entry = next((entry for entry in page.entries if entry.address == address), None) if page else None
        if page is None or page.theme is None or entry is None or not page.is_article or entry.part != len(parts) + 1:
            self._run.report(f"{self._site_url(response)} does not show the expected part of {address.url}")
            return
        parts = (*parts, entry.html)
        if len(parts) < entry.part_count:
            yield self._request_part(address, parts)
        else:
            fields = {"html": parts, "part_count": len(parts), "published_at": page.published_at}
            yield self._capture(entry, page.theme, response, own_page=True, **fields)

    def request_failed(self, failure: Failure) -> None:
        """Say what could not be read, and what is missing because of it."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        url = self.options.mirror.site_url(request.url)
        if isinstance(failure.value, HttpError):
            sentence = f"{url} answered {failure.value.response.status}"
        else:
            sentence = f"{url} could not be read: {failure.getErrorMessage() or type(failure.value).__name__}"
        walk = request.cb_kwargs.get("walk")
        if walk is not None:
            self._gap(walk, sentence)
        else:
            self._run.report(sentence)

    # --- one page -------------------------------------------------------------------------------------------

    @property
    def _run(self) -> Run:
        return Run.of(self.crawler)

    def _site_url(self, response: Response) -> str:
        return self.options.mirror.site_url(response.url)

    def _read(self, response: Response) -> Page | None:
        if not isinstance(response, TextResponse):
            return None
        return read_page(self.options.mirror.site_markup(response.text), self._site_url(response))

    def _take(self, page: Page, theme: Theme, response: Response, walk: _Walk) -> Iterator[Capture | Request]:
        for entry in page.entries:
            if self._is_before_since(entry, theme):
                self._run.drop("published before since")
                continue
            # A teaser is archived at once: should the own page fail, the title and the date are kept.
            yield self._capture(entry, theme, response, html=(entry.html,), teaser=not entry.whole)
            if not entry.whole and entry.address.post_id not in walk.posts:
                yield self._request_part(entry.address, () if entry.teaser else (entry.html,))

    def _capture(self, entry: Entry, theme: Theme, response: Response, **fields: Any) -> Capture:
        return Capture(
            edition=entry.address.edition,
            source="article" if fields.get("own_page") else "listing",
            theme=theme.name,
            found_at=self._site_url(response),
            captured_at=now(),
            status="live",
            post_id=entry.address.post_id,
            **fields,
        )

    # --- where to go next -----------------------------------------------------------------------------------

    def _next_page(self, walk: _Walk, url: str) -> Request | None:
        target = self.options.mirror.request_url(url)
        if target is None or target in walk.addresses:
            return None
        walk.addresses.add(target)
        walk.pages += 1
        return Request(
            target,
            self.parse_listing,
            cb_kwargs={"walk": walk},
            errback=self.request_failed,
            priority=10,  # fewer pages move under the walk if listings go first
            dont_filter=True,
        )

    def _request_part(self, address: PostAddress, parts: tuple[str, ...]) -> Request:
        url = address.url if not parts else f"{address.url}/{len(parts) + 1}"
        target = self.options.mirror.request_url(url) or url
        cb_kwargs = {"address": address, "parts": parts}
        return Request(target, self.parse_article, cb_kwargs=cb_kwargs, errback=self.request_failed)

    def _is_over(self, page: Page, theme: Theme, walk: _Walk) -> bool:
        if self.options.max_pages and walk.pages >= self.options.max_pages:
            return True
        return all(self._is_before_since(entry, theme) for entry in page.entries)

    def _is_before_since(self, entry: Entry, theme: Theme) -> bool:
        if self.options.since is None:
            return False
        machine, printed = printed_date(LexborHTMLParser(entry.html), theme)
        published = resolve_date(machine, printed, entry.address.edition).published
        return published is not None and published < self.options.since.isoformat()

    def _gap(self, walk: _Walk, why: str) -> None:
        self._run.report(f"the walk of {walk.edition.code} ends at page {walk.pages}: {why}")
