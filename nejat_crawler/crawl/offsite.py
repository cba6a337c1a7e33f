"""The offsite filter: no request leaves the site, redirects and retries included."""

from __future__ import annotations

from typing import Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request


class StayOnSite:
    """Downloader middleware: no request leaves the hosts of the spider, redirects and retries included.

    Scrapy's own OffsiteMiddleware lets a request through that has `dont_filter`, as every retry has.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Ask the spider for its `hosts`: names, or `name:port` of a mirror."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise IgnoreRequest for an address elsewhere."""
        if request.url.startswith("data:"):
            return  # asks nobody
        hosts: frozenset[str] = getattr(self._crawler.spider, "hosts", frozenset())
        if urlsplit(request.url).netloc.lower() not in hosts:
            asked = request.meta.get("redirect_urls", ())
            led = f", and {asked[0]} leads there" if asked else ""
            raise IgnoreRequest(f"{request.url} is not on the site{led}")
