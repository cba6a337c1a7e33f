"""The walk of one edition through its REST interface: a hundred posts an answer, from the newest to the oldest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Set
from datetime import date, timedelta

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from nejat_crawler.editions import Edition
from nejat_crawler.extraction.rest_api import (
    EMBEDDED,
    MOST_PAGES,
    PAGE_SIZE,
    NoPostsError,
    header_number,
    interface,
    read_answer,
)
from nejat_crawler.items import Capture
from spiders.session import Session, failed_request, kept_answer, kept_records, record_capture

#: So many pages more than the posts that it counts are read.
_MORE_PAGES = 20
#: So often a page is read once more, because the number of posts has changed.
_MOST_AGAIN = 2


class RestWalk:
    """Asks for one page after the other, and again for those that posts may have moved to meanwhile."""

    def __init__(self, session: Session, edition: Edition, done: Callable[[Set[int]], None]) -> None:
        self._session = session
        self._edition = edition.code
        self._since = session.options.since
        self._max_pages = session.options.max_pages
        self._done = done
        """Is told which posts have been read, once the walk is over."""
        self._posts: set[int] = set()
        self._total: int | None = None
        self._again: set[int] = set()
        """Pages to be read once more."""
        self._times_again: Counter[int] = Counter()

    def request(self, page: int = 1, *, again: bool = False) -> Request:
        """The request for a page; the walk begins with the first."""
        query = {"page": page, "per_page": PAGE_SIZE, "orderby": "date", "order": "desc", "_embed": EMBEDDED}
        if self._since and self._since > date.min:
            query["after"] = f"{self._since - timedelta(days=1)}T23:59:59"  # what comes after, on the site's clock
        return self._session.rest_request(self._edition, query, self.parse, self.failed, page=page, again=again)

    def parse(self, response: Response, page: int, again: bool) -> Iterator[Capture | Request]:
        """Captures of an answer's posts, and the request for the next page."""
        url = f"{interface(self._edition)}?page={page}"
        try:
            answer = read_answer(response.body, self._edition, self._session.mirror.site_markup)
        except NoPostsError as error:
            self._end(page, f"{url} answered with {error} instead of posts")
            return
        for problem in answer.problems:
            self._session.run.add_error(f"{url}: {problem}")
        unseen = set(answer.records) - self._posts
        kept = kept_records(kept_answer(response))
        yield from (
            record_capture(self._edition, post, answer.records[post], kept=kept)
            for post in answer.records
            if post in unseen
        )
        self._posts |= unseen
        self._record_total(header_number(response.headers.get("X-WP-Total")), page)
        if again:
            yield from self._finish()
            return
        if page == 1 and not (answer.records or answer.problems or self._since):
            self._end(page, f"{url} answered without any posts")
        elif self._max_pages and page >= self._max_pages:
            self._done(self._posts)
        elif page >= min(MOST_PAGES, (self._total or 10**6) // PAGE_SIZE + _MORE_PAGES):
            self._end(page, f"it has no end after {page} pages")
        elif page < self._page_count(response, page, len(answer.records) + len(answer.problems)):
            if unseen or answer.problems:
                yield self.request(page + 1)
            else:
                self._end(page, f"{url} repeats earlier pages")
        else:
            yield from self._finish()

    def failed(self, failure: Failure) -> Iterator[Request]:
        """Say what could not be read, or go on where the pages have become fewer under the walk."""
        page: int = failed_request(failure).cb_kwargs["page"]
        if page > 1 and isinstance(failure.value, HttpError):
            answered = failure.value.response
            if answered.status == 400 and b"rest_post_invalid_page_number" in answered.body:
                self._again.add(page - 1)
                yield from self._finish()
                return
        self._end(page, self._session.failure_sentence(failure, interface(self._edition)))

    def _page_count(self, response: Response, page: int, posts: int) -> int:
        pages = header_number(response.headers.get("X-WP-TotalPages"))
        if pages is not None:
            return pages
        return page + 1 if posts >= PAGE_SIZE else page

    def _record_total(self, total: int | None, page: int) -> None:
        """A post published meanwhile stands on page 1; one taken away moved another to the page before.

        Two caches behind one name count 120 and 121 in turn: no page is read for ever.
        """
        if total is not None and self._total is not None and total != self._total:
            again = 1 if total > self._total else max(1, page - 1)
            self._times_again[again] += 1
            if self._times_again[again] <= _MOST_AGAIN:
                self._again.add(again)
            elif self._times_again[again] == _MOST_AGAIN + 1:
                self._session.run.add_error(
                    f"the REST interface of {self._edition} counts its posts otherwise with each answer,"
                    f" {self._total} and {total}: whether the walk has met them all is not known"
                )
        self._total = self._total if total is None else total

    def _finish(self) -> Iterator[Request]:
        if self._again:
            yield self.request(self._again.pop(), again=True)
            return
        found = len(self._posts)
        if self._total is not None and found < self._total:
            self._session.run.add_error(
                f"the REST interface of {self._edition} has {self._total} posts by its own count, and showed {found}"
            )
        self._done(self._posts)

    def _end(self, page: int, why: str) -> None:
        if not self._posts:
            self._session.run.add_error(
                f"the REST interface of {self._edition} cannot be read, it may be switched off: {why}"
            )
        else:
            self._session.run.add_error(f"the REST walk of {self._edition} ends at page {page}: {why}")
        self._done(self._posts)
