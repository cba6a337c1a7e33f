"""What was edited since the last run: the REST interface tells in one request, where it is not switched off."""

from __future__ import annotations

import json
from collections.abc import Iterator, Set
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from nejat_crawler.archive import now
from nejat_crawler.archive.crawl_state import frontier
from nejat_crawler.editions import Edition
from nejat_crawler.extraction.rest_api import PAGE_SIZE, header_number, interface, modified_times

if TYPE_CHECKING:
    from spiders.nejat import NejatSpider

# WordPress reads a time without an offset on the site's clock, and plugins have changed what it makes of one with an
# offset. No clock is further from UTC than this: what is answered too much is told by the article's own mark.
_CLOCKS = timedelta(hours=14)


class Edits:
    """Asks before the walk begins, so that what is edited meanwhile is asked for again by the next run."""

    def __init__(self, spider: NejatSpider, edition: Edition) -> None:
        self._spider = spider
        self._edition = edition
        self._mark = frontier.read_mark(spider.run.archive.db, edition.code, frontier.MODIFIED)
        self._modified: dict[int, str] = {}
        self.total: int | None = None
        """How many posts there are, where the interface says so: it does not with the mark of an earlier run."""
        self.answered = False
        """Whether the interface has answered with posts."""
        self._told = False
        """Whether what was edited has been asked for."""

    def first_page(self) -> Request:
        """The request for the first hundred."""
        return self._ask(1)

    def _ask(self, page: int) -> Request:
        query: dict[str, Any] = {"_fields": "id,modified_gmt", "per_page": PAGE_SIZE, "orderby": "modified"}
        if since := self._since():
            query["modified_after"] = since.removesuffix("Z")
        if page > 1:
            query["page"] = page
        url = f"{interface(self._edition.code)}?{urlencode(query, safe=',:')}"
        return Request(
            self._spider.options.mirror.request_url(url) or url,
            self.parse,
            cb_kwargs={"page": page},
            errback=self.failed,
            priority=20,
            dont_filter=True,
        )

    def _since(self) -> str | None:
        if self._mark is None:
            return None
        since = datetime.fromisoformat(self._mark) - _CLOCKS
        return since.strftime("%Y-%m-%dT%H:%M:%SZ")

    def parse(self, response: Response, page: int) -> Iterator[Request]:
        """Times of modification, and then the listing."""
        try:
            modified = modified_times(json.loads(response.body))
        except (ValueError, RecursionError):
            self._spider.edits_read(self._edition)
            return
        self.answered = True
        unseen = modified.keys() - self._modified.keys()
        self._modified |= modified
        pages = header_number(response.headers.get("X-WP-TotalPages")) or 1
        if self._mark is None:
            self.total = header_number(response.headers.get("X-WP-Total"))
            self._write_mark()  # at once: should this run be killed, the next knows what was edited since
        # The newest edits come first; an interface that knows no `modified_after` answers with all posts.
        since = self._since()
        if since and unseen and page < pages and min(modified.values()) > since:
            yield self._ask(page + 1)
        else:
            self._spider.edits_read(self._edition)

    def failed(self, _: Failure) -> None:
        """Go on without: the interface is switched off, or cannot be reached."""
        self._spider.edits_read(self._edition)

    def modified_at(self, post_id: int) -> str | None:
        """When a post was last edited, in UTC; None where the interface has not said."""
        return self._modified.get(post_id)

    def ask_for_unread(self, read: Set[int]) -> None:
        """Ask for the own page of what was edited, but for the posts that the walk has `read` as a whole since."""
        code, archive = self._edition.code, self._spider.run.archive
        self._told = True
        unread = frontier.unread_edits(archive.db, code, self._modified, self._mark)
        if self._mark is None:  # what is not archived is the walk's to find
            unread &= frontier.archived_posts(archive.db, code, unread)
        with archive.writing() as db:
            for post_id in self._modified.keys() - (unread - read):
                frontier.note_modified(db, code, post_id, self._modified[post_id])
        for post_id in sorted(unread - read, reverse=True):
            self._spider.own_pages.ask(code, post_id, "edit", modified_at=self._modified[post_id])

    def set_mark(self) -> None:
        """Let the next run begin where this one ended; not while something edited is unread."""
        if self._told and self._edition.code not in self._spider.own_pages.unread_edits:
            self._write_mark()

    def _write_mark(self) -> None:
        # A post dated ahead would hide the edits of all others until its time has come.
        newest = min(max(self._modified.values(), default=""), now())
        if newest > (self._mark or ""):
            with self._spider.run.archive.writing() as db:
                frontier.set_mark(db, self._edition.code, frontier.MODIFIED, newest)
