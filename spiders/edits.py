"""What was edited since the last run: the REST interface tells in one request, where it is not switched off."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Set
from datetime import datetime, timedelta
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from nejat_crawler.archive import ArchiveError, now
from nejat_crawler.archive.crawl_state import frontier
from nejat_crawler.editions import Edition
from nejat_crawler.extraction.rest_api import PAGE_SIZE, header_number, modified_times
from nejat_crawler.urls import PostAddress
from spiders.own_pages import OwnPages
from spiders.session import Session

# WordPress reads a time without an offset on the site's clock, and plugins have changed what it makes of one with an
# offset. No clock is further from UTC than this: what is answered too much, an article's own `modified_at` tells.
_CLOCKS = timedelta(hours=14)


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

    def first_page(self) -> Request:
        """The request for the first hundred."""
        return self._request(1)

    def _request(self, page: int) -> Request:
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
            modified = modified_times(json.loads(response.body))
        except (ValueError, RecursionError):
            self._done()
            return
        self._session.rest_answers.add(self._edition)
        self._session.modified |= {PostAddress(self._edition, post): moment for post, moment in modified.items()}
        unseen = modified.keys() - self._modified.keys()
        self._modified |= modified
        pages = header_number(response.headers.get("X-WP-TotalPages")) or 1
        total = header_number(response.headers.get("X-WP-Total"))
        if self._watermark is None:  # else the interface counts only what was edited since
            if total is not None:
                self._session.totals[self._edition] = total
            self._write_watermark()  # at once: should this run be killed, the next knows what was edited since
        # The newest edits come first; an interface that knows no `modified_after` answers with all posts.
        since = self._since()
        if since and unseen and page < pages and min(modified.values()) > since:
            yield self._request(page + 1)
        else:
            self._done()

    def failed(self, _: Failure) -> None:
        """Go on without: the interface is switched off, or cannot be reached."""
        self._done()

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
        unread = not self._asked_for or self._edition in self._own_pages.unread_edits
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
