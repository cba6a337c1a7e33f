"""Skip a capture that this run has met before: a sticky post stands on page 1 and again in its place."""

from __future__ import annotations

import hashlib

from scrapy.exceptions import DropItem

from nejat_crawler.items import Capture, Newsletter


def digest(capture: Capture) -> bytes:
    """What tells two captures of a run apart."""
    numbers = (capture.post_id, capture.first_part, capture.rereads)
    parts = (capture.edition, *map(str, numbers), *capture.html, capture.text)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()


class SkipKnown:
    """Remembers 32 bytes a capture for the length of a run."""

    def __init__(self) -> None:
        self._seen: set[bytes] = set()

    def process_item(self, item: Capture | Newsletter) -> Capture | Newsletter:
        """Raise DropItem for a capture met before."""
        if isinstance(item, Capture):
            key = digest(item)
            if key in self._seen:
                raise DropItem("met before in this run", log_level="DEBUG")
            self._seen.add(key)
        return item
