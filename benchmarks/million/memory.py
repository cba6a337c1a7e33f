"""What a crawl and an import keep in memory: of many articles, and of a thousand.

python -m benchmarks.million.memory --articles 60000 --folder /tmp/growth
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from benchmarks.exports import Cost
from benchmarks.speed.listing_server import PACE, serving_listing
from benchmarks.speed.process_rows import SCRAPY
from benchmarks.speed.row import PROGRAM, run
from benchmarks.speed.sample_pages import EDITION, listings

_FEW, _ON_A_PAGE = 1000, 10


def crawl(folder: Path, articles: int) -> Cost:
    """What a first crawl of so many articles costs; it ends with 1, for what is cut has no page of its own."""
    with serving_listing(articles // _ON_A_PAGE) as base:
        arguments = ["-a", f"edition={EDITION}", "-a", f"base_url={base}", "-s", f"NEJAT_DB={folder}/crawl.db"]
        command = [SCRAPY, "crawl", "nejat", *arguments, *PACE]
        return run(folder, "sh", "-c", '"$0" "$@" || test $? -eq 1', *command)


def import_pages(folder: Path, articles: int) -> Cost:
    """What an import of so many articles from a folder of listing pages costs."""
    pages = folder / "pages"
    pages.mkdir()
    for number, (_, html) in enumerate(listings(articles // _ON_A_PAGE)):
        (pages / f"{number:06}.html").write_text(html, "utf-8")
    return run(folder, PROGRAM, "import", "--db", str(folder / "import.db"), str(pages))


def main() -> None:
    """Print a table: megabytes resident at the most, and seconds of the processor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60_000)
    parser.add_argument("--folder", type=Path, default=Path("data/benchmark"), help="Needs 2 GB.")
    parser.add_argument("--only", choices=("crawl", "import"))
    chosen = parser.parse_args()
    print(
        "| what | articles | resident MB | over the few | seconds of the processor |\n| --- | --- | --- | --- | --- |"
    )
    for name, measure in (("crawl", crawl), ("import", import_pages)):
        if chosen.only not in (None, name):
            continue
        few = 0.0
        for articles in (_FEW, chosen.articles):
            folder = chosen.folder / f"{name}-{articles}"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            cost = measure(folder, articles)
            few = few or cost.memory
            cells = (
                name,
                f"{articles:,}",
                f"{cost.memory:.0f}",
                f"{cost.memory / few:.2f} ×",
                f"{cost.processor:.0f}",
            )
            print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
