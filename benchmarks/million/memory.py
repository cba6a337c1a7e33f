"""What a crawl and an import keep in memory: of many articles, and of a thousand.

python -m benchmarks.million.memory --articles 60000 --folder /tmp/growth
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from benchmarks.processes import PROGRAM, WITH_NEWS, Cost, crawl, run
from benchmarks.speed.listing_server import serving_listing
from benchmarks.speed.sample_pages import EDITION, listings, write_pages

_FEW, _ON_A_PAGE = 1000, 10


def crawl_pages(folder: Path, articles: int) -> Cost:
    """What a first crawl of so many articles costs; it ends with 1, for what is cut has no page of its own."""
    with serving_listing(articles // _ON_A_PAGE) as base:
        return run(folder, *WITH_NEWS, *crawl(EDITION, base, folder / "crawl.db"))


def import_pages(folder: Path, articles: int) -> Cost:
    """What an import of so many articles from a folder of listing pages costs."""
    pages = write_pages(folder / "pages", listings(articles // _ON_A_PAGE))
    return run(folder, PROGRAM, "import", "--db", str(folder / "import.db"), str(pages))


def main() -> None:
    """Print a table: megabytes resident at the most, and seconds of the processor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60_000)
    parser.add_argument("--folder", type=Path, default=Path("data/benchmark"), help="Needs 2 GB.")
    parser.add_argument("--only", choices=("crawl", "import"))
    chosen = parser.parse_args()
    print("| what | articles | resident MB | over the few | seconds of the processor |")
    print("| --- | --- | --- | --- | --- |")
    for name, measure in (("crawl", crawl_pages), ("import", import_pages)):
        if chosen.only not in (None, name):
            continue
        few = 0.0
        for articles in (_FEW, chosen.articles):
            folder = chosen.folder / f"{name}-{articles}"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            cost = measure(folder, articles)
            few = few or cost.memory
            share = f"{cost.memory / few:.2f} ×"
            print(f"| {name} | {articles:,} | {cost.memory:.0f} | {share} | {cost.processor:.0f} |", flush=True)


if __name__ == "__main__":
    main()
