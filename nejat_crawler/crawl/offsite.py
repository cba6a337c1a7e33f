"""What makes a crawl a good guest beyond Scrapy's own settings."""

from __future__ import annotations

import logging
from typing import Self
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Request
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

logger = logging.getLogger(__name__)


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


class CrawlDelay:
    """Extension: the Crawl-delay of robots.txt becomes the shortest delay of the crawl; Scrapy ignores it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._user_agent: str = crawler.settings["USER_AGENT"]
        self._longest: float = crawler.settings.getfloat("AUTOTHROTTLE_MAX_DELAY")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen for a parsed robots.txt."""
        extension = cls(crawler)
        crawler.signals.connect(extension._parsed, signal=signals.robots_parsed)
        return extension

    def _parsed(self, robotparser: RobotParser, request: Request) -> None:
        if not isinstance(robotparser, ProtegoRobotParser) or self._crawler.engine is None:
            return
        delay = robotparser.rp.crawl_delay(self._user_agent)
        if not delay or delay < 0:
            return
        if delay > self._longest:
            logger.warning("robots.txt asks for %s seconds between requests; %s are kept", delay, self._longest)
        delay = min(float(delay), self._longest)
        if throttle := self._crawler.get_extension(AutoThrottle):
            throttle.mindelay = max(throttle.mindelay, delay)
        for name, slot in self._crawler.engine.downloader.slots.items():
            if name in (urlsplit(request.url).hostname, urlsplit(request.url).netloc):
                slot.delay = max(slot.delay, delay)
                slot.jitter = 0.0  # jitter would undercut what robots.txt asks for
