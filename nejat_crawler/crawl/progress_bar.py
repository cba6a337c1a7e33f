"""A progress bar for people at a terminal, a line now and then for whoever reads cron's mail."""

from __future__ import annotations

import sys
import time
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from nejat_crawler.items import Article

_PAUSE = 300  # seconds


class Progress:
    """Extension that counts articles on stderr: a bar on a terminal, elsewhere a line every five minutes.

    A nightly run is over before its first line.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("NEJAT_PROGRESS"):
            raise NotConfigured
        from tqdm import tqdm  # only for who sees it

        expected = crawler.settings.getint("NEJAT_EXPECTED")
        self._bar = tqdm(total=expected or None, unit=" articles", disable=None, file=sys.stderr, dynamic_ncols=True)
        self._number = 0
        self._last_line_at = time.monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Count what reaches the archive."""
        progress = cls(crawler)
        crawler.signals.connect(progress._scraped, signal=signals.item_scraped)
        crawler.signals.connect(progress._bar.close, signal=signals.spider_closed)
        return progress

    def _scraped(self, item: object) -> None:
        if isinstance(item, Article):
            self._bar.set_description(item.edition, refresh=False)
            self._bar.update()
            self._number += 1
            if self._bar.disable and time.monotonic() - self._last_line_at >= _PAUSE:
                self._last_line_at = time.monotonic()
                print(f"{item.edition}: {self._number} articles read, now at {item.found_at}", file=sys.stderr)
