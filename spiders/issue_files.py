"""The newsletter's issues: the files of those that articles announce."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from nejat_crawler.archive.saving.save_newsletter import is_read
from nejat_crawler.extraction.newsletters.announcements import find_pdf, is_newsletter_post
from nejat_crawler.items import Article, Newsletter
from nejat_crawler.urls import THE_SITE
from spiders.session import Session, failed_request
from spiders.warc.archived_items import read_issue, tell_errors


class IssueFiles:
    """Asks for each issue that is not archived."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def announced(self, item: object) -> None:
        """Ask for the file of the issue that an article announces, unless it is archived."""
        if not isinstance(item, Article) or not is_newsletter_post(item):
            return
        url = find_pdf(item)
        if url is None:
            self._session.run.count_skipped("a newsletter's post without a link to a PDF file")
        elif not is_read(self._session.archive.db, url):
            self.ask(url, item.edition)

    def ask(self, url: str, edition: str) -> None:
        """Ask for the file of an issue."""
        mirror = self._session.mirror
        target = url if mirror == THE_SITE else mirror.request_url(url)  # a mirror has no host for media beside it
        if target is None:
            self._session.run.count_skipped("a newsletter's file on another host than the mirror's")
        else:
            cb_kwargs = {"edition": edition, "url": url}
            self._session.ask(Request(target, self.parse, cb_kwargs=cb_kwargs, errback=self.failed))

    async def parse(self, response: Response, edition: str, url: str) -> AsyncIterator[Newsletter]:
        """An issue of the newsletter, from its PDF."""
        with tell_errors(url, self._session.run, named=True):
            yield await asyncio.to_thread(read_issue, url, response.body, edition)

    def failed(self, failure: Failure) -> None:
        """Say that an issue could not be had."""
        self._session.run.add_error(self._session.failure_sentence(failure, failed_request(failure).cb_kwargs["url"]))
