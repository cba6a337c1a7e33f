"""The live crawl: what was edited, the listing, articles' own pages, and what the site says it has."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Set

from scrapy import Request, Spider, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.settings import BaseSettings

from nejat_crawler.archive import Archive
from nejat_crawler.archive.crawl_state import frontier
from nejat_crawler.archive.crawl_state.coverage import read_coverage
from nejat_crawler.archive.crawl_state.removals import missing_from_listing, still_there
from nejat_crawler.archive.saving.save_newsletter import unread_issues
from nejat_crawler.crawl.arguments import Arguments
from nejat_crawler.editions import Edition
from nejat_crawler.items import Capture
from nejat_crawler.urls import THE_SITE
from spiders.edits import Edits
from spiders.issue_files import IssueFiles
from spiders.listing_walk import ListingWalk
from spiders.own_pages import OwnPages
from spiders.rest_walk import RestWalk
from spiders.session import Session
from spiders.survey import Survey
from spiders.wanted_texts import WantedTexts

#: Posts that a survey names and the archive has not, of which a run asks for, unasked and with `fill_gaps`: a sitemap
#: that lies names 400,000.
MOST_GAPS, MOST_FILLED = 200, 2_000


class NejatSpider(Spider):
    """Crawls the editions one after the other, then their REST interfaces, where they are wanted."""

    name = "nejat"

    def __init__(self, *, archive: Archive | None = None, name: str | None = None, **arguments: str) -> None:
        super().__init__(name)
        self.archive = archive
        self.arguments = arguments
        self.options = Arguments.parse(**arguments)
        self.command = "crawl" if self.options.walk else "survey"
        self.on_site = self.options.mirror == THE_SITE
        self.editions = [edition.code for edition in self.options.editions]
        self.hosts = self.options.hosts
        self._crawls: list[EditionCrawl] = []
        self._rest_waits = self.options.walks_rest

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Let the user agent carry the contact of NEJAT_CONTACT."""
        super().update_settings(settings)
        if contact := settings.get("NEJAT_CONTACT"):
            agent = str(settings["USER_AGENT"]).removesuffix(")")
            settings.set("USER_AGENT", f"{agent}; contact: {contact})", priority="cmdline")

    async def start(self) -> AsyncIterator[Request]:
        """What each edition begins with; what goes by the REST interface waits for the end of the listings."""
        session = Session(self.crawler, self.options)
        own_pages, issues = OwnPages(session), IssueFiles(session)
        self.crawler.signals.connect(self._idle, signal=signals.spider_idle)
        if self.options.newsletters:
            self.crawler.signals.connect(issues.announced, signal=signals.item_scraped)
        if not session.run.archive_failed:
            self._crawls = [EditionCrawl(session, edition, own_pages, issues) for edition in self.options.editions]
        for request in filter(None, [crawl.first_request() for crawl in self._crawls]):
            yield request

    def parse(self, response: Response) -> Iterator[Capture]:
        """What a single page shows, a capture an article, for `scrapy parse`; walks have callbacks of their own."""
        session = Session(self.crawler, self.options)
        page = session.read(response)
        if page is None or page.theme is None:
            return
        own = {"own_page": True, "published_at": page.published_at} if page.is_article else {}
        for entry in page.entries:
            yield session.capture(entry, page.theme, response, html=(entry.html,), teaser=not entry.whole, **own)

    def _idle(self) -> None:
        """Nothing else is under way: walk the REST interfaces, then leave the watermarks of this run."""
        if self._rest_waits:
            self._rest_waits = False
            for crawl in self._crawls:
                crawl.walk_rest()
            raise DontCloseSpider
        for crawl in self._crawls:
            crawl.end()


class EditionCrawl:
    """The order of work for one edition: edits, listing, own pages, REST interface, survey."""

    def __init__(self, session: Session, edition: Edition, own_pages: OwnPages, issues: IssueFiles) -> None:
        self._session = session
        self._edition = edition
        self._own_pages = own_pages
        self._issues = issues
        self._walk: ListingWalk | None = None
        self.edits = Edits(session, edition, own_pages, self._edits_read)
        self._texts = WantedTexts(session, edition, own_pages)
        self._fill_gaps = session.options.fill_gaps
        self._survey = session.options.survey

    def first_request(self) -> Request | None:
        """What was edited, or for a survey alone its first source; None where there is only REST to walk."""
        options = self._session.options
        if options.walks_listing:
            return self.edits.request()
        return self._survey_request() if self._survey and not options.walks_rest else None

    def _edits_read(self) -> None:
        """Once it is known what was edited, walk the listing."""
        if not self._session.can_ask():
            return  # a walk that is begun stands in the archive, with the time of a clock that may be wrong
        walk = ListingWalk(self._session, self._edition, self._texts, lambda: self._listing_read(walk))
        self._session.ask(walk.first_page())

    def _listing_read(self, walk: ListingWalk) -> None:
        """Once the listing is read, ask for what it does not tell."""
        session, edition, db = self._session, self._edition.code, self._session.archive.db
        if not session.can_ask():
            return
        self._walk = walk
        self.edits.ask_for_unread(walk.read)
        for post_id in walk.skipped:
            self._own_pages.ask(edition, post_id, "missing")
        for post_id in missing_from_listing(db, edition):
            self._own_pages.ask(edition, post_id, "missing")
        for post_id in frontier.incomplete_posts(db, edition):
            self._texts.want(post_id, "unfinished")
        # of a site that does not answer at all, the walk has met nothing
        rotation = self.edits.rotation() if walk.met else []
        for post_id in [*frontier.oldest_seen(db, edition, session.options.recheck), *rotation]:
            self._own_pages.ask(edition, post_id, "recheck")
        for url in unread_issues(db, edition) if session.options.newsletters else ():
            self._issues.ask(url, edition)
        self._texts.listing_read()
        total = session.totals.get(edition)
        # Posts that were taken away above the walk have moved others to pages that it had read; a front page that
        # shows its articles and no further ones is no listing.
        short = total is not None and walk.complete and (read_coverage(db, edition).known or 0) < total
        if short or (total is None and walk.lone) or walk.skipped or walk.leaps:
            self._survey = self._fill_gaps = True
        if not session.options.walks_rest:
            self._all_read()

    def walk_rest(self) -> None:
        """Once all listings are read, walk the REST interface."""
        self._session.ask(RestWalk(self._session, self._edition, self._rest_read).request())

    def _rest_read(self, posts: Set[int]) -> None:
        """Once the REST interface is read, ask for what the listing has cut and the interface left out."""
        self._texts.rest_read(posts)
        self._all_read()

    def _all_read(self) -> None:
        if self._survey:
            self._session.ask(self._survey_request())

    def _survey_request(self) -> Request:
        met = self._walk.met if self._walk else set()
        return Survey(self._session, self._edition, met, self._surveyed).request()

    def _surveyed(self) -> None:
        """Once it is known which posts there are, ask for those that are missing."""
        db, edition = self._session.archive.db, self._edition.code
        newest = frontier.newest_post(db, edition)
        missing = read_coverage(db, edition).missing if self._session.options.walk else []
        # What is newer than all that the walk has met was published while it was under way.
        wanted = [post for post in reversed(missing) if self._fill_gaps or 0 < newest < post]
        most = MOST_FILLED if self._session.options.fill_gaps else MOST_GAPS
        for post_id in wanted[:most]:
            self._texts.want(post_id, "gap")
        if len(wanted) > most:
            self._session.run.add_error(
                f"{edition}: the site names {len(wanted)} posts that are not archived; a run asks for the newest"
                f" {most} of them, the next for more"
            )
        self._texts.surveyed()

    def end(self) -> None:
        """Once nothing is under way: leave the watermarks, and say if pages of the listing did not meet."""
        self.edits.set_watermark()
        session, edition, walk = self._session, self._edition.code, self._walk
        if walk is None or not walk.skipped or not session.can_ask():
            return
        left = still_there(session.archive.db, edition, walk.skipped, session.run.run_id)
        apart = (
            f"{edition}: the pages of the listing do not meet: {len(left)} of the posts that stood on its first page"
            " the last time are not shown, as where a cache serves pages of different moments"
        )
        if left and not read_coverage(session.archive.db, edition).is_proved:
            session.run.add_error(
                f"{apart}; what was published between may be missing, for neither sitemap nor REST interface names"
                " every post; the next run reads on"
            )
            return
        if left:
            session.run.add_notice(f"{apart}; the sitemap or the REST interface has told what is new")
        walk.close()
