"""A progress bar for people at a terminal."""

from __future__ import annotations

import sys
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from tqdm import tqdm

from nejat_crawler.items import Article


class Progress:
    """Extension that counts articles on stderr; silent where stderr is no terminal (cron, a pipe)."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("NEJAT_PROGRESS"):
            raise NotConfigured
        expected = crawler.settings.getint("NEJAT_EXPECTED")
        self._bar = tqdm(total=expected or None, unit=" articles", disable=None, file=sys.stderr, dynamic_ncols=True)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Count what reaches the archive."""
        progress = cls(crawler)
        crawler.signals.connect(progress._scraped, signal=signals.item_scraped)
        crawler.signals.connect(progress._closed, signal=signals.spider_closed)
        return progress

    def _scraped(self, item: object) -> None:
        if isinstance(item, Article):
            self._bar.set_description(item.edition, refresh=False)
            self._bar.update()

    def _closed(self) -> None:
        self._bar.close()
