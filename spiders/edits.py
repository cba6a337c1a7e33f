"""What was edited since the last run: the REST interface tells in one request, where it is not switched off."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from datetime import UTC, datetime, timedelta
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from nejat_crawler.archive import ArchiveError, now
from nejat_crawler.archive.crawl_state import frontier
from nejat_crawler.editions import Edition
from nejat_crawler.extraction.rest_api import (
    MOST_PAGES,
    PAGE_SIZE,
    header_number,
    interface,
    read_list,
)
from nejat_crawler.extraction.rest_api.rest_values import modified_times
from nejat_crawler.urls import PostAddress
from spiders.own_pages import OwnPages
from spiders.session import Session, failed_request, is_switched_off, status_of

# WordPress reads a time without an offset on the site's clock, and plugins have changed what it makes of one with an
# offset. No clock is further from UTC than this: what is answered too much, an article's own `modified_at` tells.
_CLOCKS = timedelta(hours=14)

#: No article is looked at twice in one night, however often the crawl runs.
_SHORTEST_TURN = timedelta(hours=20)

#: Of what one answer tells and nobody believes.
_MOST_SAID = 3

#: What WordPress answers where a page below the last is asked for: `rest_post_invalid_page_number`.
_NO_SUCH_PAGE = 400


class Edits:
    """Asks before the walk begins, so that what is edited meanwhile is asked for again by the next run."""

    def __init__(self, session: Session, edition: Edition, own_pages: OwnPages, done: Callable[[], None]) -> None:
        self._session = session
        self._edition = edition.code
        self._own_pages = own_pages
        self._done = done
        """Is called once it is known what was edited, or that the interface does not tell."""
        self._watermark = frontier.read_watermark(session.archive.db, edition.code, frontier.MODIFIED)
        self._modified: dict[int, str] = {}
        self._asked_for = False
        """Whether what was edited has been asked for."""
        self._refused = False
        """Whether anything that was told of edits is not believed: then all is asked for again by the next run."""
        self.unheard = False
        """Whether the interface has not told, or not all."""
        self._unheard_before = frontier.read_watermark(session.archive.db, edition.code, frontier.UNHEARD)

    def request(self, page: int = 1) -> Request:
        """The request for a hundred, of which the first were edited last."""
        query: dict[str, Any] = {"_fields": "id,modified_gmt", "per_page": PAGE_SIZE, "orderby": "modified"}
        if since := self._since():
            query["modified_after"] = since.removesuffix("Z")
        if page > 1:
            query["page"] = page
        return self._session.rest_request(self._edition, query, self.parse, self.failed, priority=20, page=page)

    def _since(self) -> str | None:
        if self._watermark is None:
            return None
        since = datetime.fromisoformat(self._watermark) - _CLOCKS
        return since.strftime("%Y-%m-%dT%H:%M:%SZ")

    def parse(self, response: Response, page: int) -> Iterator[Request]:
        """The request for the next hundred, as long as they were edited since the last run."""
        try:
            posts = read_list(response.body)
            modified, refused = modified_times(posts)
        except ValueError as error:
            self._end_unheard("unreadable", f"{interface(self._edition)} answered with {error}")
            return
        for sentence in refused[:_MOST_SAID]:
            self._session.run.add_error(f"{interface(self._edition)} answered that {sentence}: it is passed over")
        self._refused = self._refused or bool(refused)
        self._session.rest_answers.add(self._edition)
        if untold := len(posts) - len(modified):
            self._session.run.add_notice(f"{self._edition}: of {untold} posts the REST interface tells no last edit")
        self._session.modified |= {PostAddress(self._edition, post): moment for post, moment in modified.items()}
        unseen = modified.keys() - self._modified.keys()
        self._modified |= modified
        pages = header_number(response.headers.get("X-WP-TotalPages"))
        more = page < pages if pages is not None else len(modified) >= PAGE_SIZE
        total = header_number(response.headers.get("X-WP-Total"))
        if self._watermark is None:  # else the interface counts only what was edited since
            if total is not None:
                self._session.totals[self._edition] = total
            self._write_watermark()  # at once: should this run be killed, the next knows what was edited since
        # The newest edits come first; an interface that knows no `modified_after` answers with all posts.
        since = self._since()
        if since and unseen and more and min(modified.values()) > since:
            if page >= MOST_PAGES:
                self._end_unheard("endless", f"{interface(self._edition)} has no end after {page} pages")
                return
            yield self.request(page + 1)
        else:
            self._end_heard()

    def failed(self, failure: Failure) -> None:
        """Go on without: the interface is switched off, or cannot be reached."""
        status, url = status_of(failure), interface(self._edition)
        if not self._session.can_ask():  # the run was ended, which says enough
            self.unheard = True
            self._done()
        elif status == _NO_SUCH_PAGE and failed_request(failure).cb_kwargs["page"] > 1:
            self._end_heard()  # of an answer without X-WP-TotalPages, this tells the last page
        else:
            answered = is_switched_off(failure) or "Forbidden by robots.txt" in failure.getErrorMessage()
            self._end_unheard("off" if answered else "unreachable", self._session.failure_sentence(failure, url))

    def _end_heard(self) -> None:
        if self._unheard_before:
            self._record_unheard("")
            self._session.run.add_notice(f"{self._edition}: the REST interface tells again what was edited")
        self._done()

    def _end_unheard(self, state: str, why: str) -> None:
        """Not to know what was edited is not to know of no edits: say so when it begins, and when it changes."""
        self.unheard = True
        if state != self._unheard_before:
            self._record_unheard(state)
            run = self._session.run
            # a site may switch the interface off, and who asks for a rotation of his own has provided for it
            say = run.add_notice if state == "off" or self._session.options.recheck else run.add_error
            say(
                f"{self._edition}: it is not known what was edited: {why}; as long as that lasts, each run looks"
                " again at a thirtieth of the articles, those first that were met longest ago"
            )
        self._done()

    def _record_unheard(self, state: str) -> None:
        with self._session.archive.writing() as db:
            frontier.set_watermark(db, self._edition, frontier.UNHEARD, state)

    def rotation(self) -> list[int]:
        """The articles to look at again in this run, because nobody has told what was edited; else none."""
        if not self.unheard or self._session.options.recheck:
            return []
        before = (datetime.now(UTC) - _SHORTEST_TURN).strftime("%Y-%m-%dT%H:%M:%SZ")
        return frontier.rotation(self._session.archive.db, self._edition, before)

    def ask_for_unread(self, read: Set[int]) -> None:
        """Ask for the own page of what was edited, but for the posts that the walk has `read` as a whole since."""
        edition, archive = self._edition, self._session.archive
        self._asked_for = True
        unread = frontier.unread_edits(archive.db, edition, self._modified, self._watermark)
        if self._watermark is None:  # what is not archived is the walk's to find
            unread &= frontier.archived_posts(archive.db, edition, unread)
        with archive.writing() as db:
            for post_id in self._modified.keys() - (unread - read):
                frontier.record_modified(db, edition, post_id, self._modified[post_id])
        for post_id in sorted(unread - read, reverse=True):
            self._own_pages.ask(edition, post_id, "edit", modified_at=self._modified[post_id])

    def set_watermark(self) -> None:
        """Let the next run begin where this one ended; not while something edited is unread."""
        unread = not self._asked_for or self.unheard or self._refused or self._edition in self._own_pages.unread_edits
        try:
            if not unread and self._session.can_ask():
                self._write_watermark()
        except ArchiveError as error:
            self._session.run.fail_archive(str(error))

    def _write_watermark(self) -> None:
        # A post dated ahead would hide the edits of all others until its time has come.
        newest = min(max(self._modified.values(), default=""), now())
        if newest > (self._watermark or ""):
            with self._session.archive.writing() as db:
                frontier.set_watermark(db, self._edition, frontier.MODIFIED, newest)
