"""The delay that robots.txt asks for, which Scrapy passes over."""

from __future__ import annotations

import logging
from typing import Self
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Request
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

logger = logging.getLogger(__name__)


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
