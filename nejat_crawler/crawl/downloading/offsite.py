"""The offsite filter: no request leaves the site, redirects and retries included."""

from __future__ import annotations

from typing import Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request


class OffSiteError(IgnoreRequest):
    """An address is not on the site, though a redirect may lead there."""


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
        """Raise OffSiteError for an address elsewhere; a spider without hosts (`scrapy shell`) may ask anybody."""
        if request.url.startswith("data:"):
            return  # asks nobody
        hosts: frozenset[str] | None = getattr(self._crawler.spider, "hosts", None)
        if hosts is not None and urlsplit(request.url).netloc.lower() not in hosts:
            asked = request.meta.get("redirect_urls", ())
            led = f", and {asked[0]} leads there" if asked else ""
            raise OffSiteError(f"{request.url} is not on the site{led}")
