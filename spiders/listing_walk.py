"""The walk of one edition's listing: from its newest page to what is archived, and on where others were cut short.

A run begins with a new walk at the first page. It ends at a page that holds nothing new or changed (a first or a
`full=1` walk only at the listing's end), and goes on where earlier walks were cut short. A page without a link to
older articles is no end yet, for a "load more" button has no address: the walk goes on by number until the end is
proved.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from nejat_crawler.archive.crawl_state.removals import NO_MORE
from nejat_crawler.editions import Edition
from nejat_crawler.extraction.page import Page
from nejat_crawler.items import Article, Capture
from nejat_crawler.urls import SITE, page_number_of, with_page_number
from spiders.open_walks import OpenWalks
from spiders.rest_walk import failure_sentence
from spiders.visits import Visit, is_before, is_empty_listing

if TYPE_CHECKING:
    from spiders.nejat import NejatSpider

#: A listing that brings nothing unseen for so many pages repeats itself for ever.
_BARREN_PAGES = 5
#: So many pages in a row that no link led to and that bring nothing unseen lie below the listing's end.
_BARREN_BELOW = 2
#: So many pages in a row that cannot be read end the walk.
_LOST_PAGES = 3
#: Articles on a first page from which on it is odd that it is the last as well: WordPress shows so many.
_FULL_PAGE = 10
#: What tells nothing new of an article.
_STALE_NEWS = frozenset({"same", "completed", "kept", "refused"})


class ListingWalk:
    """Walks the listing of an edition for one run."""

    def __init__(self, spider: NejatSpider, edition: Edition) -> None:
        self.edition = edition
        self._spider = spider
        self._options = spider.options
        self._texts = spider.texts[edition.code]
        self._walks = OpenWalks(spider.run.archive, edition, spider.options)
        self._pages = 0
        self._barren = 0
        self._lost = 0
        self._addresses: set[str] = set()
        self._met: set[int] = set()
        self._first: set[int] = set()
        self.complete = False
        """Whether the whole listing was read, without a hole."""
        self.lone = False
        """Whether all of the listing stood on its first page, and that page is full."""
        self.read: set[int] = set()
        """Posts that the listing has shown as a whole."""

    def first_page(self) -> Request:
        """The request that the walk begins with."""
        return self._visit(SITE + self.edition.listing, 1)

    def parse(self, response: Response, visit: Visit) -> Iterator[Capture]:
        """Captures of a listing page's articles; where to go next is known once they are stored."""
        self._spider.run.go_on()
        page = self._spider.read(response)
        if page is None or not page.entries or page.theme is None or page.is_article:
            if self._shows_the_end(visit, page):
                self._end_listing()
            else:
                self._lose(visit, f"{visit.url} shows no articles")
            return
        for problem in page.problems:
            self._spider.run.report(f"{visit.url}: {problem}")
        visit.page = page
        visit.posts = {entry.address.post_id for entry in page.entries}
        since = self._options.since
        visit.unwanted = {
            entry.address.post_id for entry in page.entries if since and is_before(entry, page.theme, since)
        }
        visit.over = visit.unwanted == visit.posts
        if visit.again and not self._spider.archived(self.edition, visit.posts) and visit.number > 1:
            self._step_back(visit)  # ten articles or more were taken away: what stood below may stand above
            return
        if self._lost:
            self._lost = 0
            self._walks.leave_hole(visit.posts)
        for entry in page.entries:
            if entry.address.post_id in visit.unwanted:
                self._spider.run.drop("published before since")
                continue
            if not entry.whole and entry.address.post_id not in self._met:
                visit.cut[entry.address.post_id] = () if entry.teaser else (entry.html,)
            visit.handed += 1
            sighting = self._walks.current.whole
            # A teaser is archived at once: should its text not be had, the title and the date are kept.
            yield self._spider.capture(
                entry, page.theme, response, html=(entry.html,), teaser=not entry.whole, sighting=sighting
            )
        visit.exhausted = True
        if visit.stored == visit.handed:
            self._go_on(visit, page)

    def settle(self, visit: Visit, item: object) -> None:
        """Note that an article of a page has been stored, dropped or refused."""
        visit.stored += 1
        outcome = item.outcome if isinstance(item, Article) else ""
        visit.fresh = visit.fresh or outcome not in _STALE_NEWS
        if isinstance(item, Article):
            visit.note_shown(item)
            if item.whole and item.post_id and outcome != "stale":
                self.read.add(item.post_id)
            if item.post_id in visit.cut and outcome not in _STALE_NEWS:
                self._texts.want(item.post_id, "text", visit.cut.pop(item.post_id))
        if visit.exhausted and visit.stored == visit.handed and visit.page:
            self._go_on(visit, visit.page)

    # --- where to go next -----------------------------------------------------------------------------------

    def _go_on(self, visit: Visit, page: Page) -> None:
        """Note how far the walk has come, and ask for the next page, if there is need to."""
        if not self._spider.can_ask():
            return  # Ctrl-C: the page stays the last but one on record, and is read again
        self._walks.advance(visit)
        self._barren = self._barren + 1 if visit.posts <= self._met else 0
        self._met |= visit.posts
        if visit.number == 1 and not visit.again:
            self._first = visit.posts
            self._texts.note_listing(visit.shows)

        if self._barren >= _BARREN_PAGES:
            self._fail(visit, f"the last {_BARREN_PAGES} pages repeat earlier ones")
        elif self._walks.is_at_its_end(visit):
            self._next_walk(visit)
        elif visit.older is None and page.source_end < 0:
            self._fail(visit, f"{visit.url} breaks off before the link to older articles")
        elif visit.older is None and self._is_the_last(visit):
            self._end_listing()
        elif self._options.max_pages and self._pages >= self._options.max_pages:
            self._leave(f"max_pages={self._options.max_pages}")
        elif visit.over and self._options.since:
            self._leave(f"since={self._options.since}")
        else:
            self._ask_below(visit)

    def _is_the_last(self, visit: Visit) -> bool:
        """Whether nothing lies below a page that has no link to older articles.

        It does not if the walk has met as many posts as the REST interface counts: more, and it does not count all.
        """
        if visit.by_number and self._barren >= _BARREN_BELOW:
            return True
        whole = not self._walks.current.holed and self._options.since is None
        return whole and len(self._met) == self._spider.total(self.edition)

    def _shows_the_end(self, visit: Visit, page: Page | None) -> bool:
        """Whether a page without articles is no failure: an edition has none, or its listing ended above."""
        empty = visit.number == 1 and self._spider.total(self.edition) == 0
        return empty or (visit.by_number and not self._lost and is_empty_listing(page))

    def _ask_below(self, visit: Visit) -> None:
        """Ask for the page below one, by its link, or where it has none by number."""
        below = visit.older or with_page_number(visit.url, visit.number + 1)
        target = self._options.mirror.request_url(below)
        if not below:
            self._fail(visit, "it has no link to older articles, and no number in its address")
        elif target is None or target in self._addresses:
            self._fail(visit, f"its link to {below} leads off the site, or to a page read before")
        else:
            number = page_number_of(below) or visit.number + 1
            self._spider.ask(self._visit(below, number, by_number=visit.older is None))

    def _next_walk(self, visit: Visit) -> None:
        """Go on with the next walk that was cut short, if there is one."""
        walk = self._walks.next_walk(self._met)
        if walk is None:
            self._spider.listing_read(self)
        elif walk.page_number <= visit.number:
            self._ask_below(visit)
        else:
            self._spider.ask(self._visit(walk.page_url or "", walk.page_number, again=True))

    def _end_listing(self) -> None:
        """Nothing lies below: that is proved."""
        self.complete = not self._walks.current.holed and not self._options.since
        self.lone = len(self._first) >= _FULL_PAGE and self._met <= self._first
        self._spider.note_missed(self.edition, self._walks.end_all())
        self._spider.listing_read(self)

    def _leave(self, argument: str) -> None:
        self._walks.leave(argument)
        self._spider.listing_read(self)

    def _step_back(self, visit: Visit) -> None:
        """Go on one page above the one where a walk was cut short: the listing has moved up."""
        self._addresses.discard(self._options.mirror.request_url(visit.url) or visit.url)
        above = with_page_number(visit.url, visit.number - 1) if page_number_of(visit.url) else ""
        if above:
            self._spider.ask(self._visit(above, visit.number - 1, again=True))
        else:
            self._fail(visit, "it is there no more, and its address has no number")

    # --- what cannot be read --------------------------------------------------------------------------------

    def failed(self, failure: Failure) -> None:
        """Say which page could not be read, and try the next; below the listing's end there is none."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        visit: Visit = request.cb_kwargs["visit"]
        missing = isinstance(failure.value, HttpError) and failure.value.response.status in NO_MORE
        if missing and visit.by_number and not self._lost:
            self._end_listing()
        elif missing and visit.again and visit.number > 1:
            self._step_back(visit)  # so much was taken away that the listing no longer reaches down to this page
        else:
            self._lose(visit, failure_sentence(failure, visit.url), over=missing)

    def _lose(self, visit: Visit, why: str, *, over: bool = False) -> None:
        """A page cannot be read: go on below it, where its number tells how."""
        below = with_page_number(visit.url, visit.number + 1)
        self._lost += 1
        if over or self._lost >= _LOST_PAGES or not below or not self._spider.can_ask():
            self._fail(visit, why)
            return
        self._spider.run.report(f"page {visit.number} of the listing of {self.edition.code} is left out: {why}")
        self._spider.ask(self._visit(below, visit.number + 1, by_number=True))

    def _fail(self, visit: Visit, why: str) -> None:
        """End the walk; it stays on record, and the next run goes on with it."""
        self._spider.run.report(f"the walk of {self.edition.code} ends at page {visit.number}: {why}")
        self._spider.listing_read(self)

    def _visit(self, url: str, number: int, *, again: bool = False, by_number: bool = False) -> Request:
        target = self._options.mirror.request_url(url) or url
        self._addresses.add(target)
        self._pages += 1
        return Request(
            target,
            self.parse,
            cb_kwargs={"visit": Visit(self, url, number, again, by_number)},
            errback=self.failed,
            priority=10,  # fewer pages move under the walk if listings go first
            dont_filter=True,
        )
