"""The walk of one edition's listing: from its newest page to what is archived, and on where others were cut short.

A run begins with a new walk at the first page. It ends at a page that holds nothing new or changed (a first or
`full=1` walk only at the listing's end), and goes on where earlier walks were cut short. A page without a link to
older articles is no end yet ("load more" has no address): the walk goes on by number until the end is proved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from nejat_crawler.archive import now
from nejat_crawler.archive.crawl_state.frontier import archived_posts
from nejat_crawler.archive.crawl_state.removals import NO_MORE
from nejat_crawler.archive.crawl_state.walk_plan import WalkPlan
from nejat_crawler.archive.crawl_state.walks import leave_walk
from nejat_crawler.editions import Edition
from nejat_crawler.extraction.page import Page
from nejat_crawler.items import Article, Capture
from nejat_crawler.urls import SITE, page_number_of, with_page_number
from spiders.own_pages import ShownPart
from spiders.session import Session, failed_request, kept_answer, status_of
from spiders.visits import Visit, is_before, is_empty_listing, is_full
from spiders.wanted_texts import WantedTexts

#: A listing that brings nothing unseen for so many pages repeats itself for ever.
_REPEATED_PAGES = 5
#: So many pages in a row that no link led to and that bring nothing unseen lie below the listing's end.
_REPEATED_BELOW = 2
_MOST_PAGES = 20_000  # twenty times as many as the site has
_UNREADABLE_PAGES = 3  # so many in a row end the walk
_STALE_NEWS = frozenset({"same", "completed", "kept", "refused"})  # what tells nothing new of an article


class ListingWalk:
    """Walks the listing of an edition for one run."""

    def __init__(self, session: Session, edition: Edition, texts: WantedTexts, done: Callable[[], None]) -> None:
        self._session = session
        self._options = options = session.options
        self._edition = edition.code
        self._first_url = SITE + edition.listing
        self._texts = texts
        self._done = done
        """Is called once the walk is over."""
        with session.archive.writing() as db:
            self._plan = WalkPlan(db, edition.code, now(), full=options.full, since=str(options.since or ""))
        self._pages = self._repeated = self._unreadable = 0
        self._addresses: set[str] = set()
        self.met: set[int] = set()
        self._first: set[int] = set()
        self.complete: bool | None = None
        """Whether the whole listing was read, without a gap; None as long as its end is not reached."""
        self.lone = False
        """Whether all of the listing stood on its first page, and that page is full."""
        self.skipped: set[int] = set()
        """Posts that stood on the first page the last time, and that the walk has not met down to its end."""
        self.leaps = False
        """Whether news fill more than the first page, and the REST interface has not told them."""
        self.read: set[int] = set()
        """Posts that the listing has shown as a whole."""

    def first_page(self) -> Request:
        """The request that the walk begins with."""
        return self._request(self._first_url, 1)

    def parse(self, response: Response, visit: Visit) -> Iterator[Capture]:
        """Captures of a listing page's articles; where to go next is known once they are stored."""
        run, archive, page = self._session.run, self._session.archive, self._session.read(response)
        run.should_continue()
        if page is None or page.theme is None or page.is_article or not page.posts_of(self._edition):
            if self._shows_the_end(visit, page):
                self._end_listing()
            else:
                instead = self._session.what_stands_there(response, page, self._edition)
                self._leave_out(visit, f"{visit.url} shows no articles{instead}")
            return
        for problem in page.problems:
            run.add_error(f"{visit.url}: {problem}")
        visit.posts, since = page.posts_of(self._edition), self._options.since
        wanted = [entry for entry in page.entries if not (since and is_before(entry, page.theme, since))]
        visit.unwanted = visit.posts - {entry.address.post_id for entry in wanted}
        if visit.again and visit.number > 1 and not archived_posts(archive.db, self._edition, visit.posts):
            self._step_back(visit)  # ten articles or more were taken away: what stood below may stand above
            return
        if self._unreadable:
            self._unreadable = 0
            with archive.writing() as db:
                self._plan.split_at_gap(db, self._first_url, visit.posts)
        run.count_skipped("published before since", len(page.entries) - len(wanted))
        visit.waiting = len(wanted)
        for entry in wanted:
            if not entry.whole and entry.address.post_id in visit.posts - self.met:
                part = ShownPart(entry.html, kept_answer(response))
                visit.cut[entry.address.post_id] = () if entry.teaser else (part,)
            # A teaser is archived at once: should its text not be had, the title and the date are kept.
            shown = {"html": (entry.html,), "teaser": not entry.whole, "updates_last_seen": self._plan.current.whole}
            yield self._session.capture(entry, page.theme, response, **shown)
        visit.page = page
        if not visit.waiting:
            self._continue(visit, page)

    def settle(self, visit: Visit, item: object) -> None:
        """Record that an article of a page has been stored, dropped or refused."""
        visit.waiting -= 1
        outcome = item.outcome if isinstance(item, Article) else ""
        visit.fresh = visit.fresh or outcome not in _STALE_NEWS
        if isinstance(item, Article) and item.edition == self._edition:
            if visit.number == 1 and not visit.again:
                self._texts.count_shown(item)
            if item.whole and item.post_id and outcome != "stale":
                self.read.add(item.post_id)
            if (item.post_id in visit.cut or item.open_end) and item.post_id and outcome not in _STALE_NEWS:
                self._texts.want(item.post_id, "text", visit.cut.pop(item.post_id, ()))
        if visit.page and not visit.waiting:
            self._continue(visit, visit.page)

    # --- where to go next -----------------------------------------------------------------------------------

    def _continue(self, visit: Visit, page: Page) -> None:
        """Record how far the walk has come, and ask for the next page, if there is need to."""
        if not self._session.can_ask():
            return  # Ctrl-C: the page stays the last but one on record, and is read again
        with self._session.archive.writing() as db:
            left_out = visit.unwanted - archived_posts(db, self._edition, visit.unwanted)
            self._plan.advance(db, visit.url, visit.number, visit.posts - left_out, now())
            at_its_end = self._plan.is_at_its_end(db, visit.posts, fresh=visit.fresh)
        self._repeated = self._repeated + 1 if visit.posts <= self.met else 0
        self.met |= visit.posts
        if visit.number == 1 and not visit.again:
            self._first = visit.posts
            self._texts.record_listing()
        if self._repeated >= _REPEATED_PAGES:
            self._fail(visit, f"the last {_REPEATED_PAGES} pages repeat earlier ones")
        elif visit.older is None and page.source_end < 0:  # of what was cut away, nobody knows whether it is new
            self._fail(visit, f"{visit.url} breaks off before the link to older articles")
        elif at_its_end:
            self._next_walk(visit)
        elif visit.older is None and self._is_the_last(visit):
            self._end_listing()
        elif self._pages >= _MOST_PAGES:
            self._fail(visit, f"it has no end after {_MOST_PAGES:,} pages")
        elif argument := self._options.ends_walk(self._pages, too_old=visit.unwanted == visit.posts):
            with self._session.archive.writing() as db:
                leave_walk(db, self._plan.current, argument)
            self._done()
        else:
            self._ask_below(visit)

    def _is_the_last(self, visit: Visit) -> bool:
        """Whether nothing lies below a page that has no link to older articles.

        It does not if the walk has met as many posts as the REST interface counts: more, and it does not count all.
        """
        if visit.by_number and self._repeated >= _REPEATED_BELOW:
            return True
        whole = not self._plan.current.has_gap and self._options.since is None
        return whole and len(self.met) == self._session.totals.get(self._edition)

    def _shows_the_end(self, visit: Visit, page: Page | None) -> bool:
        """Whether a page without articles is no failure: an edition has none, or its listing ended above."""
        empty = visit.number == 1 and self._session.totals.get(self._edition) == 0
        return empty or (visit.by_number and not self._unreadable and is_empty_listing(page))

    def _ask_below(self, visit: Visit) -> None:
        """Ask for the page below one, by its link, or where it has none by number."""
        below = visit.older or with_page_number(visit.url, visit.number + 1)
        target = self._session.mirror.request_url(below)
        if not below:
            self._fail(visit, "it has no link to older articles, and no number in its address")
        elif target is None or target in self._addresses:
            self._fail(visit, f"its link to {below} leads off the site, or to a page read before")
        else:
            number = page_number_of(below) or visit.number + 1
            self._session.ask(self._request(below, number, by_number=visit.older is None))

    def _next_walk(self, visit: Visit) -> None:
        """Go on with the next walk that was cut short, if there is one."""
        self._compare_first_pages()
        with self._session.archive.writing() as db:
            walk = None if self.skipped else self._plan.next_walk(db, self.met, self._first)
        if walk is None:
            self._done()
        elif walk.page_number <= visit.number:
            self._ask_below(visit)
        else:
            self._session.ask(self._request(walk.page_url or "", walk.page_number, again=True))

    def _compare_first_pages(self) -> None:
        if self._edition not in self._session.rest_answers:  # else that has told what is new
            self.skipped, self.leaps = self._plan.skipped(self.met), self._plan.leaps(self._first)

    def close(self) -> None:
        """End the walk all the same: what it has skipped is gone, or nothing new lies between."""
        with self._session.archive.writing() as db:
            if self.complete is None:
                self._plan.next_walk(db, self.met, self._first)
                return
            missing = self._plan.end_all(db, now(), self._first)
        self._session.run.add_disappearance(self._session.archive.db, self._edition, missing)

    def _end_listing(self) -> None:
        """Nothing lies below: that is proved."""
        self.complete = not self._plan.current.has_gap and not self._options.since
        self.lone = is_full(self._first) and self.met <= self._first
        self._compare_first_pages()
        if not self.skipped:
            self.close()
        self._done()

    def _step_back(self, visit: Visit) -> None:
        """Go on one page above the one where a walk was cut short: the listing has moved up."""
        self._addresses.discard(self._session.mirror.request_url(visit.url) or visit.url)
        above = with_page_number(visit.url, visit.number - 1) if page_number_of(visit.url) else ""
        if above:
            self._session.ask(self._request(above, visit.number - 1, again=True))
        else:
            self._fail(visit, "it is there no more, and its address has no number")

    # --- what cannot be read --------------------------------------------------------------------------------

    def failed(self, failure: Failure) -> None:
        """Say which page could not be read, and try the next; below the listing's end there is none."""
        visit: Visit = failed_request(failure).cb_kwargs["visit"]
        missing = status_of(failure) in NO_MORE
        if missing and visit.by_number and not self._unreadable:
            self._end_listing()
        elif missing and visit.again and visit.number > 1:
            self._step_back(visit)  # so much was taken away that the listing no longer reaches down to this page
        else:
            self._leave_out(visit, self._session.failure_sentence(failure, visit.url), over=missing)

    def _leave_out(self, visit: Visit, why: str, *, over: bool = False) -> None:
        """A page cannot be read: go on below it, where its number tells how."""
        below = with_page_number(visit.url, visit.number + 1)
        self._unreadable += 1
        if over or self._unreadable >= _UNREADABLE_PAGES or not below or not self._session.can_ask():
            self._fail(visit, why)
            return
        self._session.run.add_error(f"page {visit.number} of the listing of {self._edition} is left out: {why}")
        self._session.ask(self._request(below, visit.number + 1, by_number=True))

    def _fail(self, visit: Visit, why: str) -> None:
        """End the walk; it stays on record, and the next run goes on with it."""
        self._session.run.add_error(f"the walk of {self._edition} ends at page {visit.number}: {why}")
        self._done()

    def _request(self, url: str, number: int, *, again: bool = False, by_number: bool = False) -> Request:
        self._addresses.add(self._session.mirror.request_url(url) or url)
        self._pages += 1
        visit = Visit(url, number, again, by_number)
        settle = partial(self.settle, visit)
        # With a priority: fewer pages move under the walk if listings go first.
        return self._session.request(url, self.parse, self.failed, settle=settle, priority=10, visit=visit)
