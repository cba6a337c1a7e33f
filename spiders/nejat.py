"""The live crawl: what was edited, the listing, articles' own pages, and what the site says it has."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response, TextResponse
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from nejat_crawler.archive import Archive, ArchiveError, now
from nejat_crawler.archive.absences import suspects
from nejat_crawler.archive.coverage import read_coverage
from nejat_crawler.archive.newsletters import is_read, unread_issues
from nejat_crawler.archive.walks import archived_posts, incomplete_posts, newest_post, oldest_seen
from nejat_crawler.editions import Edition
from nejat_crawler.encoding import decode
from nejat_crawler.items import Article, Capture, Newsletter
from nejat_crawler.newsletters import NotANewsletterError, read_newsletter
from nejat_crawler.newsletters.pdf import UnreadablePdfError, read_pdf
from nejat_crawler.newsletters.posts import find_pdf, is_newsletter_post
from nejat_crawler.pages import Entry, Page, read_page
from nejat_crawler.run import Run
from nejat_crawler.themes import Theme
from nejat_crawler.urls import HOSTS, MEDIA_HOSTS, THE_SITE
from spiders.arguments import Arguments
from spiders.edits import Edits
from spiders.listing_walk import ListingWalk, Visit
from spiders.own_pages import Errand, OwnPages
from spiders.rest_walk import RestWalk, failure_sentence
from spiders.survey import Survey

#: Articles whose absence is looked into by one run: should a listing suddenly end early, the site is not asked for
#: forty thousand pages.
_SUSPECTS = 200
#: So many articles may vanish between two walks without a word.
_FEW_MISSED = 20


class NejatSpider(Spider):
    """For each edition in turn: edits by the REST interface, the listing, own pages where they are needed."""

    name = "nejat"
    command = "crawl"

    def __init__(self, *, archive: Archive | None = None, name: str | None = None, **arguments: str) -> None:
        super().__init__(name)
        self.archive = archive
        self.arguments = arguments
        self.options = Arguments.parse(**arguments)
        self.command = "crawl" if self.options.walk else "survey"
        self.on_site = self.options.mirror == THE_SITE
        self.editions = [edition.code for edition in self.options.editions]
        self.own_pages = OwnPages(self)
        self._edits: dict[str, Edits] = {}
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
        """What each edition begins with; what goes by the REST interface waits for the end of the listings."""
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            self.crawler.signals.connect(self._settle, signal=signal)
        self.crawler.signals.connect(self._idle, signal=signals.spider_idle)
        if self.options.newsletters:
            self.crawler.signals.connect(self._ask_for_issue, signal=signals.item_scraped)
        walks = self.options.walk and self.options.via != "api"
        if self.options.walk and self.options.via != "listing":
            self._rest = list(self.options.editions)
        for edition in self.options.editions if not self.run.archive_failed else ():
            if walks:
                self._edits[edition.code] = Edits(self, edition)
                yield self._edits[edition.code].first_page()
            elif self.options.survey:
                yield self._survey(edition)

    # --- the way of an edition ------------------------------------------------------------------------------

    def edits_read(self, edition: Edition) -> None:
        """Once it is known what was edited, walk the listing."""
        self.ask(ListingWalk(self, edition).first_page())

    def listing_read(self, walk: ListingWalk) -> None:
        """Once the listing is read, ask for the own pages of what it does not tell."""
        edition = walk.edition.code
        if not self.can_ask():
            return
        self._edits[edition].ask_for_unread(walk.read)
        db = self.run.archive.db
        for post_id in suspects(db, edition)[:_SUSPECTS]:
            self.own_pages.ask(edition, post_id, "suspect")
        for post_id in incomplete_posts(db, edition):
            self.own_pages.ask(edition, post_id, "unfinished")
        for post_id in oldest_seen(db, edition, self.options.recheck):
            self.own_pages.ask(edition, post_id, "recheck")
        for url in unread_issues(db, edition) if self.options.newsletters else ():
            self._ask_for_file(url, edition)
        total = self._edits[edition].total
        short = total is not None and walk.complete and read_coverage(db, edition).known < total
        if self.options.survey or short:
            # Posts that were taken away above the walk have moved others to pages that it had read.
            self.ask(self._survey(walk.edition, fill=short))

    def _survey(self, edition: Edition, *, fill: bool = False) -> Request:
        return Survey(self, edition, lambda: self._surveyed(edition, fill=fill)).first_request()

    def _surveyed(self, edition: Edition, *, fill: bool) -> None:
        coverage = read_coverage(self.run.archive.db, edition.code)
        newest = newest_post(self.run.archive.db, edition.code)
        for post_id in coverage.missing if self.options.walk else ():
            # What is newer than all that the walk has met was published while it was under way.
            if fill or self.options.fill_gaps or post_id > newest:
                self.own_pages.ask(edition.code, post_id, "gap")

    def note_missed(self, edition: Edition, missed: int) -> None:
        """Say if a walk did not meet so many articles that something else than deleting must have happened."""
        archived = read_coverage(self.run.archive.db, edition.code).archived
        if missed > max(_FEW_MISSED, archived // 10):
            self.run.report(
                f"{edition.code}: drift: the listing does not show {missed} of {archived} archived articles;"
                f" a run asks for {_SUSPECTS} of their own pages"
            )

    def _settle(self, item: object, response: Response | None) -> None:
        """An item has gone its way: the page that it came from may be done with."""
        if response is None or response.request is None:
            return
        visit, errand = (response.cb_kwargs.get(name) for name in ("visit", "errand"))
        try:
            if isinstance(visit, Visit):
                visit.walk.settle(visit, item)
            if isinstance(errand, Errand):
                self.own_pages.settle(errand, item)
        except ArchiveError as error:
            self.run.lose_archive(str(error))

    def _idle(self) -> None:
        """Nothing else is under way: walk the REST interface of each edition, then leave the marks of this run."""
        editions, self._rest = self._rest, []
        options = self.options
        for edition in editions if self.can_ask() else ():
            walk = RestWalk(self, edition, options.mirror, since=options.since, max_pages=options.max_pages)
            self.ask(walk.first_page())
        if editions:
            raise DontCloseSpider
        try:
            for edits in self._edits.values() if self.can_ask() else ():
                edits.set_mark()
        except ArchiveError as error:
            self.run.lose_archive(str(error))

    # --- newsletters ----------------------------------------------------------------------------------------

    def _ask_for_issue(self, item: object) -> None:
        """Ask for the file of the issue that an article announces, unless it is archived."""
        if not isinstance(item, Article) or not is_newsletter_post(item):
            return
        url = find_pdf(item)
        if url is not None and not is_read(self.run.archive.db, url):
            self._ask_for_file(url, item.edition)

    def _ask_for_file(self, url: str, edition: str) -> None:
        mirror = self.options.mirror
        target = url if mirror == THE_SITE else mirror.request_url(url)  # a mirror has no host for media beside it
        if target:
            cb_kwargs = {"edition": edition, "url": url}
            self.ask(Request(target, self.parse_issue, cb_kwargs=cb_kwargs, errback=self.issue_failed))

    async def parse_issue(self, response: Response, edition: str, url: str) -> AsyncIterator[Newsletter]:
        """An issue of the newsletter, from its PDF."""
        try:
            text = await asyncio.to_thread(read_pdf, response.body)
            yield read_newsletter(text, url, now(), edition)
        except (UnreadablePdfError, NotANewsletterError) as error:
            self.run.report(f"{url} cannot be read: {error}")

    def issue_failed(self, failure: Failure) -> None:
        """Say that an issue could not be had."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        self.run.report(failure_sentence(failure, request.cb_kwargs["url"]))

    # --- what the walks share -------------------------------------------------------------------------------

    @property
    def run(self) -> Run:
        """The run that this crawl belongs to."""
        return Run.of(self.crawler)

    def can_ask(self) -> bool:
        """Whether the crawl goes on: not after Ctrl-C, nor once the archive cannot be written."""
        engine = self.crawler.engine
        return bool(engine and engine.spider) and not self.run.is_over

    def ask(self, request: Request) -> None:
        """Hand a request to the engine, from wherever it becomes known that it is needed."""
        if self.can_ask() and self.crawler.engine:
            self.crawler.engine.crawl(request)

    def is_empty(self, edition: Edition) -> bool:
        """Whether the site says that an edition has no posts at all."""
        return self._edits[edition.code].total == 0

    def archived(self, edition: Edition, posts: set[int]) -> set[int]:
        """Those of the posts that are in the archive."""
        return archived_posts(self.run.archive.db, edition.code, posts)

    def site_url(self, response: Response) -> str:
        """The site's own address of what was asked of a mirror."""
        return self.options.mirror.site_url(response.url)

    def read(self, response: Response) -> Page | None:
        """What a page shows; None for what is no text."""
        if not isinstance(response, TextResponse):
            return None
        declared = (response.headers.get("Content-Type") or b"").decode("latin-1")
        markup = self.options.mirror.site_markup(decode(response.body, declared))
        return read_page(markup, self.site_url(response))

    def capture(self, entry: Entry, theme: Theme, response: Response, **fields: Any) -> Capture:
        """An article as a page shows it."""
        return Capture(
            edition=entry.address.edition,
            source="article" if fields.get("own_page") else "listing",
            theme=theme.name,
            found_at=self.site_url(response),
            captured_at=now(),
            status="live",
            post_id=entry.address.post_id,
            **fields,
        )
