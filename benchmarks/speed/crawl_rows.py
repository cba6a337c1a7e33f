"""What a crawl costs beside a spider that fetches the same pages and does nothing with them."""

from __future__ import annotations

from pathlib import Path

from benchmarks.speed.listing_server import PACE, serving_listing
from benchmarks.speed.process_rows import SCRAPY
from benchmarks.speed.row import Row, run
from benchmarks.speed.sample_pages import EDITION

_PAGES = 300
_LISTING = f"/{EDITION}/"
_BARE = f"""
import scrapy

class Bare(scrapy.Spider):
    name = "bare"

    async def start(self):
        yield scrapy.Request(self.base + "{_LISTING}")

    def parse(self, response, number=1):
        if number < {_PAGES}:
            yield response.follow(f"{_LISTING}page/{{number + 1}}", cb_kwargs={{"number": number + 1}})
"""


def _against_bare_spider(folder: Path) -> float:
    (folder / "bare.py").write_text(_BARE)
    with serving_listing(_PAGES, whole=True) as base:
        ours, theirs = [], []
        for turn in range(3):
            arguments = ["-a", f"edition={EDITION}", "-a", f"base_url={base}", "-s", f"NEJAT_DB={folder}/{turn}.db"]
            ours.append(run(folder, SCRAPY, "crawl", "nejat", *arguments, *PACE).seconds)
            bare = ["runspider", str(folder / "bare.py"), "-a", f"base={base}"]
            theirs.append(run(folder, SCRAPY, *bare, *PACE).seconds)
    return min(ours) / min(theirs)


CRAWLS = (
    Row(
        f"a crawl without a pause, {_PAGES} pages, by the clock",
        "a Scrapy spider that fetches them and stores nothing",
        None,
        1.4,
        _against_bare_spider,
    ),
)
