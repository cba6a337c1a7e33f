"""How long a page may be: its bytes are few to fetch, but hostile markup of some megabytes takes minutes to read."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Request, Response


class PageLength:
    """Downloader middleware: a page longer than NEJAT_LONGEST_PAGE bytes is not read."""

    def __init__(self, longest_page: int) -> None:
        self._longest_page = longest_page

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read NEJAT_LONGEST_PAGE."""
        return cls(crawler.settings.getint("NEJAT_LONGEST_PAGE"))

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002 (Scrapy names it)
        """Raise IgnoreRequest for a page that is too long."""
        if isinstance(response, HtmlResponse) and len(response.body) > self._longest_page:
            raise IgnoreRequest(f"the page is longer than NEJAT_LONGEST_PAGE ({self._longest_page} bytes)")
        return response
