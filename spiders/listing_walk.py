"""The walk of one edition's listing: from its newest page to what is archived, and on where others were cut short.

A run begins with a new walk at the first page. It ends at a page that holds nothing new or changed (a first or a
`full=1` walk only at the listing's end), and goes on where earlier walks were cut short. Each is on record from its
beginning to its end, so that a killed run leaves a gap that the next one knows of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from selectolax.lexbor import LexborHTMLParser
from twisted.python.failure import Failure

from nejat_crawler.archive import now, walks
from nejat_crawler.archive.absences import note_missed
from nejat_crawler.archive.walks import OpenWalk
from nejat_crawler.dates import resolve_date
from nejat_crawler.editions import Edition
from nejat_crawler.items import Article, Capture
from nejat_crawler.pages import Entry, Page
from nejat_crawler.printed_dates import printed_date
from nejat_crawler.themes import Theme
from nejat_crawler.urls import SITE
from spiders.rest_walk import failure_sentence

if TYPE_CHECKING:
    from spiders.nejat import NejatSpider

#: A listing that brings nothing unseen for so many pages repeats itself for ever.
_BARREN_PAGES = 5
#: So many pages in a row that cannot be read end the walk.
_LOST_PAGES = 3
#: What tells nothing new of an article.
_STALE_NEWS = frozenset({"same", "completed", "kept", "refused"})
_PAGE_NUMBER = re.compile(r"/page/(\d{1,9})(?=[/?#]|$)")


@dataclass(slots=True)
class Visit:
    """One reading of a listing page, until all of its articles are stored."""

    walk: ListingWalk
    url: str
    number: int
    again: bool = False
    """Whether an earlier run has read this page: what lies below it is wanted."""
    page: Page | None = None
    posts: set[int] = field(default_factory=set)
    unwanted: set[int] = field(default_factory=set)
    """Those that were published before `since`."""
    cut: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Posts whose text the page shows in part, with the parts that it shows."""
    handed: int = 0
    stored: int = 0
    fresh: bool = False
    over: bool = False
    """Whether every article of it was published before `since`."""
    exhausted: bool = False


class ListingWalk:
    """Walks the listing of an edition for one run."""

    def __init__(self, spider: NejatSpider, edition: Edition) -> None:
        self.edition = edition
        self._spider = spider
        self._options = spider.options
        self._pages = 0
        self._barren = 0
        self._lost = 0
        self._addresses: set[str] = set()
        self._posts: set[int] = set()
        self._older: str | None = None
        """The link at the foot of the last page; None below the last page of the listing."""
        self._number = 0
        self._horizon: str | None = None
        """When the run began that was cut short before it had read all that was new: only what was archived before
        ends the walk, for the page on which that run ended may hold nothing new any more."""
        self.complete = False
        """Whether the whole listing was read, without a hole."""
        self.read: set[int] = set()
        """Posts that the listing has shown as a whole."""
        self._walk, self._waiting = self._plan()

    def _plan(self) -> tuple[OpenWalk, list[OpenWalk]]:
        """The walk that begins at the first page, and those that go on after it, from the top of the listing down."""
        options, code = self._options, self.edition.code
        with self._spider.run.archive.writing() as db:
            begun = walks.open_walks(db, code)
            # Those to the end, and holes, go on where they were cut short; any other is walked again from the top.
            waiting = [walk for walk in begun if walk.page_number and (walk.whole or walk.until_posts)]
            waiting.sort(key=lambda walk: (walk.page_number, not walk.whole))
            whole = any(walk.whole for walk in begun if not walk.page_number)
            if options.full:
                whole = whole or not any(walk.whole and walk.left_by is None for walk in waiting)
            elif not any(walk.whole for walk in waiting):
                whole = whole or walks.read_mark(db, code, "walked_at") is None
            if whole:
                waiting = []
            ended = [walk for walk in begun if walk not in waiting]
            for walk in ended:
                walks.end_walk(db, walk)  # the new walk begins above it
            self._horizon = min((walk.begun_at for walk in ended), default=None)
            begun_at = self._horizon or now()
            return walks.begin_walk(db, code, begun_at, whole=whole), list(filter(self._is_wanted, waiting))

    def _is_wanted(self, walk: OpenWalk) -> bool:
        """Whether a walk that an argument ended may go on: not where this run ends at the same day."""
        name, _, day = (walk.left_by or "").partition("=")
        return name != "since" or not self._options.since or self._options.since.isoformat() < day

    def first_page(self) -> Request:
        """The request that the walk begins with."""
        return self._visit(SITE + self.edition.listing, 1)

    # --- a page ---------------------------------------------------------------------------------------------

    def parse(self, response: Response, visit: Visit) -> Iterator[Capture]:
        """Captures of a listing page's articles; where to go next is known once they are stored."""
        self._spider.run.go_on()
        page = self._spider.read(response)
        if (page is None or not page.entries) and visit.number == 1 and self._spider.is_empty(self.edition):
            self._end_listing()
            return
        if page is None or not page.entries or page.theme is None:
            self._lose(visit, f"{visit.url} shows no articles")
            return
        for problem in page.problems:
            self._spider.run.report(f"{visit.url}: {problem}")
        visit.page = page
        visit.posts = {entry.address.post_id for entry in page.entries}
        visit.over = all(self._is_before_since(entry, page.theme) for entry in page.entries)
        if visit.again and not self._spider.archived(self.edition, visit.posts) and visit.number > 1:
            self._step_back(visit)  # ten articles or more were taken away: what stood below may stand above
            return
        if self._lost:
            self._leave_hole(visit)
        for entry in page.entries:
            if self._is_before_since(entry, page.theme):
                self._spider.run.drop("published before since")
                visit.unwanted.add(entry.address.post_id)
                continue
            if not entry.whole and entry.address.post_id not in self._posts:
                visit.cut[entry.address.post_id] = () if entry.teaser else (entry.html,)
            if entry.whole:
                self.read.add(entry.address.post_id)
            visit.handed += 1
            # A teaser is archived at once: should the own page fail, the title and the date are kept.
            yield self._spider.capture(
                entry, page.theme, response, html=(entry.html,), teaser=not entry.whole, sighting=self._walk.whole
            )
        visit.exhausted = True
        if visit.stored == visit.handed:
            self._go_on(visit, page)

    def settle(self, visit: Visit, item: object) -> None:
        """Note that an article of a page has been stored, dropped or refused."""
        visit.stored += 1
        outcome = item.outcome if isinstance(item, Article) else ""
        visit.fresh = visit.fresh or outcome not in _STALE_NEWS
        if isinstance(item, Article) and item.post_id in visit.cut and outcome not in _STALE_NEWS:
            self._spider.own_pages.ask(item.edition, item.post_id, "text", visit.cut.pop(item.post_id))
        if visit.exhausted and visit.stored == visit.handed and visit.page:
            self._go_on(visit, visit.page)

    def _is_before_since(self, entry: Entry, theme: Theme) -> bool:
        if self._options.since is None:
            return False
        machine, printed = printed_date(LexborHTMLParser(entry.html), theme)
        published = resolve_date(machine, printed, entry.address.edition).published
        return published is not None and published < self._options.since.isoformat()

    # --- where to go next -----------------------------------------------------------------------------------

    def _go_on(self, visit: Visit, page: Page) -> None:
        """Note how far the walk has come, and ask for the next page, if there is need to."""
        if not self._spider.can_ask():
            return  # Ctrl-C: the page stays the last but one on record, and is read again
        left_out = visit.unwanted - self._spider.archived(self.edition, visit.unwanted)
        with self._spider.run.archive.writing() as db:
            walks.advance_walk(db, self._walk, visit.url, visit.number)
            walks.know_posts(db, self.edition.code, "listing", visit.posts - left_out, now(), self._walk)
        unseen = visit.posts - self._posts
        self._posts |= visit.posts
        self._barren = 0 if unseen else self._barren + 1
        self._older, self._number = page.older or None, visit.number

        if self._barren >= _BARREN_PAGES:
            self._fail(visit, f"the last {_BARREN_PAGES} pages repeat earlier ones")
        elif self._is_at_its_end(visit):
            self._next_walk()
        elif page.older and self._options.max_pages and self._pages >= self._options.max_pages:
            self._leave(f"max_pages={self._options.max_pages}")
        elif page.older and visit.over and self._options.since:
            self._leave(f"since={self._options.since}")
        elif page.older:
            target = self._spider.options.mirror.request_url(page.older)
            if target is None or target in self._addresses:
                self._fail(visit, f"its link to {page.older} leads off the site, or to a page read before")
            else:
                self._ask(self._visit(page.older, _number(page.older) or visit.number + 1))
        elif page.source_end < 0:
            self._fail(visit, f"{visit.url} breaks off before the link to older articles")
        else:
            self._end_listing()

    def _is_at_its_end(self, visit: Visit) -> bool:
        """Whether what lies below a page is archived."""
        if self._walk.whole:
            return False
        if self._walk.until_posts:
            return bool(visit.posts & self._walk.until_posts)
        if visit.fresh or self._horizon is None:
            return not visit.fresh
        db = self._spider.run.archive.db
        return walks.settled_before(db, self.edition.code, visit.posts, self._horizon)

    def _next_walk(self) -> None:
        """Go on with the next walk that was cut short, if there is one."""
        with self._spider.run.archive.writing() as db:
            walks.end_walk(db, self._walk)
            while self._waiting and self._waiting[0].until_posts & self._posts:
                walks.end_walk(db, self._waiting.pop(0))  # the hole has been read on the way down
        if not self._waiting:
            self._finish()
            return
        self._walk = self._waiting.pop(0)
        if self._walk.page_number <= self._number and self._older:
            self._ask(self._visit(self._older, _number(self._older) or self._number + 1))
        else:
            self._ask(self._visit(self._walk.page_url or "", self._walk.page_number, again=True))

    def _end_listing(self) -> None:
        """The last page of the listing: all walks that waited below are at their end, too."""
        walk, moment = self._walk, now()
        with self._spider.run.archive.writing() as db:
            for ended in (walk, *self._waiting):
                walks.end_walk(db, ended)
            if walk.whole or any(waiting.whole for waiting in self._waiting):
                walks.set_mark(db, walk.edition, "walked_at", moment)
            missed = note_missed(db, walk, moment) if walk.whole and not walk.holed else 0
        self._spider.note_missed(self.edition, missed)
        self.complete = not walk.holed and not self._options.since
        self._finish()

    def _leave(self, argument: str) -> None:
        """End the walk because an argument of the run says so; what lies below stays on record."""
        with self._spider.run.archive.writing() as db:
            walks.leave_walk(db, self._walk, argument)
        self._finish()

    def _finish(self) -> None:
        self._spider.listing_read(self)

    def _step_back(self, visit: Visit) -> None:
        """Go on one page above the one where a walk was cut short: the listing has moved up."""
        self._addresses.discard(self._options.mirror.request_url(visit.url) or visit.url)
        self._ask(self._visit(_with_number(visit.url, visit.number - 1), visit.number - 1, again=True))

    # --- what cannot be read --------------------------------------------------------------------------------

    def failed(self, failure: Failure) -> None:
        """Say which page could not be read, and try the next."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        visit: Visit = request.cb_kwargs["visit"]
        missing = isinstance(failure.value, HttpError) and failure.value.response.status in (404, 410)
        if missing and visit.again and visit.number > 1:
            self._step_back(visit)  # so much was taken away that the listing no longer reaches down to this page
            return
        self._lose(visit, failure_sentence(failure, visit.url), over=missing)

    def _lose(self, visit: Visit, why: str, *, over: bool = False) -> None:
        """A page cannot be read: go on below it, where its number tells how."""
        below = _with_number(visit.url, visit.number + 1)
        self._lost += 1
        if over or self._lost >= _LOST_PAGES or not below or not self._spider.can_ask():
            self._fail(visit, why)
            return
        self._spider.run.report(f"page {visit.number} of the listing of {self.edition.code} is left out: {why}")
        self._number = visit.number
        self._ask(self._visit(below, visit.number + 1))

    def _leave_hole(self, visit: Visit) -> None:
        """Below pages that could not be read a new walk begins; the old one waits above them for the next run."""
        self._lost = 0
        old = self._walk
        with self._spider.run.archive.writing() as db:
            self._walk = walks.begin_walk(db, old.edition, old.begun_at, whole=old.whole, holed=True)
            walks.make_hole(db, old, SITE + self.edition.listing, visit.posts)

    def _fail(self, visit: Visit, why: str) -> None:
        """End the walk; it stays on record, and the next run goes on with it."""
        self._spider.run.report(f"the walk of {self.edition.code} ends at page {visit.number}: {why}")
        self._finish()

    # --- requests -------------------------------------------------------------------------------------------

    def _ask(self, request: Request) -> None:
        self._spider.ask(request)

    def _visit(self, url: str, number: int, *, again: bool = False) -> Request:
        target = self._options.mirror.request_url(url) or url
        self._addresses.add(target)
        self._pages += 1
        return Request(
            target,
            self.parse,
            cb_kwargs={"visit": Visit(self, url, number, again)},
            errback=self.failed,
            priority=10,  # fewer pages move under the walk if listings go first
            dont_filter=True,
        )


def _number(url: str) -> int | None:
    """The number of a listing page: 137 of `/en/page/137?amp=1`."""
    found = _PAGE_NUMBER.search(url)
    return int(found[1]) if found else None


def _with_number(url: str, number: int) -> str:
    """The address of another page of the same listing; empty where none can be told."""
    if _PAGE_NUMBER.search(url):
        return _PAGE_NUMBER.sub(f"/page/{number}", url, count=1)
    return f"{url}page/{number}" if url.endswith("/") else ""
