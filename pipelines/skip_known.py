"""Skip a capture that this run has met before: a sticky post stands on page 1 and again in its place."""

from __future__ import annotations

from scrapy.exceptions import DropItem

from nejat_crawler.crawl.run_report import MET_BEFORE
from nejat_crawler.items import Capture, Newsletter


class SkipKnown:
    """Remembers 16 bytes a capture for the length of a run: of 2 ** 64 captures two would share them by chance."""

    def __init__(self) -> None:
        self._seen: set[bytes] = set()

    def process_item(self, item: Capture | Newsletter) -> Capture | Newsletter:
        """Raise DropItem for a capture met before."""
        if isinstance(item, Capture):
            key = item.digest[:16]
            if key in self._seen:
                raise DropItem(MET_BEFORE, log_level="DEBUG")
            self._seen.add(key)
        return item
