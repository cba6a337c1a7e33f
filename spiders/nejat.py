"""The live crawl: what was edited, the listing, articles' own pages, and what the site says it has."""

from __future__ import annotations

from collections.abc import AsyncIterator, Set
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response, TextResponse
from scrapy.settings import BaseSettings

from nejat_crawler.archive import Archive, ArchiveError, now
from nejat_crawler.archive.crawl_state.coverage import read_coverage
from nejat_crawler.archive.crawl_state.frontier import archived_posts, incomplete_posts, newest_post, oldest_seen
from nejat_crawler.archive.crawl_state.removals import suspects
from nejat_crawler.archive.saving.save_newsletter import unread_issues
from nejat_crawler.crawl.run import Run
from nejat_crawler.editions import Edition
from nejat_crawler.extraction.decoding import decode
from nejat_crawler.extraction.page import Entry, Page, read_page
from nejat_crawler.extraction.themes.theme import Theme
from nejat_crawler.items import Capture
from nejat_crawler.urls import HOSTS, MEDIA_HOSTS, THE_SITE
from spiders.arguments import Arguments
from spiders.edits import Edits
from spiders.issue_files import Issues
from spiders.listing_walk import ListingWalk
from spiders.own_pages import Errand, OwnPages
from spiders.rest_walk import RestWalk
from spiders.survey import Survey
from spiders.visits import Visit
from spiders.wanted_texts import WantedTexts

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
        self.texts: dict[str, WantedTexts] = {}
        self._issues = Issues(self)
        self._edits: dict[str, Edits] = {}
        self._rest: list[Edition] = []
        """Editions whose REST interface is to be walked once the listings are read."""
        self._unsure: set[str] = set()
        """Editions of which the listing does not show all: a survey tells what is missing."""
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
            self.crawler.signals.connect(self._issues.announced, signal=signals.item_scraped)
        walks = self.options.walk and self.options.via != "api"
        if self.options.walk and self.options.via != "listing":
            self._rest = list(self.options.editions)
        for edition in self.options.editions if not self.run.archive_failed else ():
            edits = Edits(self, edition) if walks else None
            self.texts[edition.code] = WantedTexts(self, edition, edits)
            if edits:
                self._edits[edition.code] = edits
                yield edits.first_page()
            elif self.options.survey and not self._rest:
                yield self._survey(edition)

    # --- the way of an edition ------------------------------------------------------------------------------

    def edits_read(self, edition: Edition) -> None:
        """Once it is known what was edited, walk the listing."""
        self.ask(ListingWalk(self, edition).first_page())

    def listing_read(self, walk: ListingWalk) -> None:
        """Once the listing is read, ask for what it does not tell."""
        edition = walk.edition.code
        if not self.can_ask():
            return
        self._edits[edition].ask_for_unread(walk.read)
        db = self.run.archive.db
        for post_id in suspects(db, edition)[:_SUSPECTS]:
            self.own_pages.ask(edition, post_id, "suspect")
        for post_id in incomplete_posts(db, edition):
            self.texts[edition].want(post_id, "unfinished")
        for post_id in oldest_seen(db, edition, self.options.recheck):
            self.own_pages.ask(edition, post_id, "recheck")
        for url in unread_issues(db, edition) if self.options.newsletters else ():
            self._issues.ask(url, edition)
        self.texts[edition].listing_read()
        total = self._edits[edition].total
        # Posts that were taken away above the walk have moved others to pages that it had read; a front page that
        # shows its articles and no further ones is no listing.
        short = total is not None and walk.complete and read_coverage(db, edition).known < total
        if short or (total is None and walk.lone):
            self._unsure.add(edition)
        if walk.edition not in self._rest:
            self._all_read(walk.edition)

    def _rest_read(self, edition: Edition, posts: Set[int]) -> None:
        """Once the REST interface is read, ask for what the listing has cut and the interface left out."""
        self.texts[edition.code].rest_read(posts)
        self._all_read(edition)

    def _all_read(self, edition: Edition) -> None:
        if self.options.survey or edition.code in self._unsure:
            self.ask(self._survey(edition))

    def _survey(self, edition: Edition) -> Request:
        return Survey(self, edition, lambda: self._surveyed(edition)).first_request()

    def _surveyed(self, edition: Edition) -> None:
        coverage = read_coverage(self.run.archive.db, edition.code)
        newest = newest_post(self.run.archive.db, edition.code)
        fill = self.options.fill_gaps or edition.code in self._unsure
        for post_id in coverage.missing if self.options.walk else ():
            # What is newer than all that the walk has met was published while it was under way.
            if fill or 0 < newest < post_id:
                self.texts[edition.code].want(post_id, "gap")
        self.texts[edition.code].surveyed()

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
        for edition in editions if self.can_ask() else ():
            self.ask(RestWalk(self, edition, self.options, partial(self._rest_read, edition)).first_page())
        if editions:
            raise DontCloseSpider
        try:
            for edits in self._edits.values() if self.can_ask() else ():
                edits.set_mark()
        except ArchiveError as error:
            self.run.lose_archive(str(error))

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

    def total(self, edition: Edition) -> int | None:
        """How many posts an edition has, where the REST interface has said so in this run."""
        return self._edits[edition.code].total

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
        edition, own_page = entry.address.edition, bool(fields.get("own_page"))
        # Of an edit an excerpt shows nothing, or not all: the archive shall not think that it has been read.
        edits = self._edits.get(edition) if own_page or entry.whole else None
        return Capture(
            edition=edition,
            source="article" if own_page else "listing",
            theme=theme.name,
            found_at=self.site_url(response),
            captured_at=now(),
            status="live",
            post_id=entry.address.post_id,
            modified_at=edits.modified_at(entry.address.post_id) if edits else None,
            **fields,
        )
