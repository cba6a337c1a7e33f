"""The live walk: an edition's listing from its first page to its last."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response, TextResponse
from scrapy.settings import BaseSettings
from selectolax.lexbor import LexborHTMLParser
from twisted.python.failure import Failure

from nejat_crawler.archive import Archive, now
from nejat_crawler.archive.newsletters import is_read
from nejat_crawler.dates import resolve_date
from nejat_crawler.editions import Edition
from nejat_crawler.encoding import decode
from nejat_crawler.entries import printed_date
from nejat_crawler.items import Article, Capture, Newsletter
from nejat_crawler.newsletters import NotANewsletterError, read_newsletter
from nejat_crawler.newsletters.pdf import UnreadablePdfError, read_pdf
from nejat_crawler.newsletters.posts import find_pdf, is_newsletter_post
from nejat_crawler.pages import Entry, Page, read_page
from nejat_crawler.run import Run
from nejat_crawler.themes import Theme
from nejat_crawler.urls import HOSTS, MEDIA_HOSTS, SITE, THE_SITE, PostAddress
from spiders.arguments import Arguments
from spiders.rest_walk import RestWalk, failure_sentence

#: A listing that brings nothing unseen for so many pages repeats itself for ever.
_BARREN_PAGES = 5


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
        self._rest: list[Edition] = []
        mirror = self.options.mirror
        self.hosts = frozenset({urlsplit(mirror.base_url).netloc.lower()} | (HOSTS if mirror == THE_SITE else set()))
        if self.options.newsletters and mirror == THE_SITE:
            self.hosts |= MEDIA_HOSTS

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Let the user agent carry the contact of NEJAT_CONTACT."""
        super().update_settings(settings)
        if contact := settings.get("NEJAT_CONTACT"):
            agent = str(settings["USER_AGENT"]).removesuffix(")")
            settings.set("USER_AGENT", f"{agent}; contact: {contact})", priority="cmdline")

    async def start(self) -> AsyncIterator[Request]:
        """The first page of each edition's listing; what goes by the REST interface waits for the end of those."""
        if self.options.newsletters:
            self.crawler.signals.connect(self._ask_for_issue, signal=signals.item_scraped)
        if self.options.via != "listing":
            self._rest = list(self.options.editions)
            self.crawler.signals.connect(self._begin_rest, signal=signals.spider_idle)
        for edition in self.options.editions if self.options.via != "api" else ():
            if request := self._next_page(_Walk(edition), SITE + edition.listing):
                yield request

    def _begin_rest(self) -> None:
        """Walk the REST interface of each edition once nothing else is under way."""
        editions, self._rest = self._rest, []
        options = self.options
        for edition in editions if self.crawler.engine else ():
            walk = RestWalk(self, edition, options.mirror, since=options.since, max_pages=options.max_pages)
            self.crawler.engine.crawl(walk.first_page())
        if editions:
            raise DontCloseSpider

    def parse_listing(self, response: Response, walk: _Walk) -> Iterator[Capture | Request]:
        """Captures of a listing page's articles, the requests that complete them, and the next older page."""
        self._run.go_on()
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
        elif not page.older and page.source_end < 0:
            self._gap(walk, f"{self._site_url(response)} breaks off before the link to older articles")
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
        sentence = failure_sentence(failure, url)
        walk = request.cb_kwargs.get("walk")
        if walk is not None:
            self._gap(walk, sentence)
        else:
            self._run.report(sentence)

    # --- newsletters ----------------------------------------------------------------------------------------

    def _ask_for_issue(self, item: object) -> None:
        """Ask for the file of the issue that an article announces, unless it is archived."""
        if not isinstance(item, Article) or not is_newsletter_post(item):
            return
        url = find_pdf(item)
        if url is None or self.crawler.engine is None or is_read(self._run.archive.db, url):
            return
        mirror = self.options.mirror
        target = url if mirror == THE_SITE else mirror.request_url(url)  # a mirror has no host for media beside it
        if target:
            cb_kwargs = {"edition": item.edition, "url": url}
            request = Request(target, self.parse_issue, cb_kwargs=cb_kwargs, errback=self.request_failed)
            self.crawler.engine.crawl(request)

    async def parse_issue(self, response: Response, edition: str, url: str) -> AsyncIterator[Newsletter]:
        """An issue of the newsletter, from its PDF."""
        try:
            text = await asyncio.to_thread(read_pdf, response.body)
            yield read_newsletter(text, url, now(), edition)
        except (UnreadablePdfError, NotANewsletterError) as error:
            self._run.report(f"{url} cannot be read: {error}")

    # --- one page -------------------------------------------------------------------------------------------

    @property
    def _run(self) -> Run:
        return Run.of(self.crawler)

    def _site_url(self, response: Response) -> str:
        return self.options.mirror.site_url(response.url)

    def _read(self, response: Response) -> Page | None:
        if not isinstance(response, TextResponse):
            return None
        declared = (response.headers.get("Content-Type") or b"").decode("latin-1")
        markup = self.options.mirror.site_markup(decode(response.body, declared))
        return read_page(markup, self._site_url(response))

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
