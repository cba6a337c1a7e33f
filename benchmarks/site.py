"""How fast the site answers on a large archive: `python -m benchmarks.site ARCHIVE` prints a table.

The archive is one that `python -m benchmarks.site_archive ARCHIVE` has written, or a real one.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from benchmarks.serving import serving, time_page
from nejat_crawler.archive.reading.open_file import open_for_search

_GATHERING = 15  # seconds: after the first pages words and version are gathered beside them, no part of this

Make = Callable[[], str]


def _makers(path: Path, chance: random.Random) -> dict[str, Make]:
    """For each kind of page a maker of addresses: articles and words as they come, common and rare."""
    with closing(open_for_search(path)) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM articles")]
        rows = connection.execute(
            "SELECT term, doc FROM temp.vocabulary WHERE doc > 1 AND length(term) > 2"
        ).fetchall()
        categories = [row[0] for row in connection.execute("SELECT DISTINCT name FROM article_categories")]
    words, weights = [str(row[0]) for row in rows], [int(row[1]) for row in rows]

    def word() -> str:  # half of the words that people look for are common ones
        return chance.choices(words, weights)[0] if chance.random() < 0.5 else chance.choice(words)

    def search(**filters: str) -> str:
        typed = (word(), f"{word()} {word()}", f"{word()} OR {word()}")[chance.randrange(3)]
        return f"/nejat/search?{urlencode({'q': typed, **filters})}"

    return {
        "front page": lambda: "/",
        "search": search,
        "search, filtered": lambda: search(
            edition=chance.choice(["en", "fa"]), **{"from": str(chance.randrange(2003, 2020)), "to": "2024"}
        ),
        "facets of everything": lambda: "/nejat/search?" + urlencode({"category": chance.choice(categories)}),
        "article": lambda: f"/nejat/articles/{chance.choice(ids)}",
        "month": lambda: f"/nejat/timeline/{chance.randrange(2004, 2026)}-{chance.randrange(1, 13):02}",
        "table of Datasette": lambda: (
            "/nejat/articles?"
            + urlencode({"year": chance.randrange(2004, 2026), "category": chance.choice(categories)})
        ),
    }


def _ask(address: str, paths: list[str]) -> list[float]:
    """Milliseconds that each page took, one after another."""
    connection = HTTPConnection(address.removeprefix("http://"), timeout=60)
    return [time_page(connection, path) for path in paths]


def measure(
    path: Path, requests: int, workers: int, clients: tuple[int, ...] = (1, 16)
) -> dict[str, list[tuple[float, float]]]:
    """For each kind of page, median and 95th percentile in milliseconds for each number of clients."""
    found: dict[str, list[tuple[float, float]]] = {}
    with serving(path, workers) as address:
        for word in ("rope", "lake"):  # once the words are known, the next search has the commonest of them gathered
            with ThreadPoolExecutor(4 * workers) as pool:  # so that each process is asked
                list(pool.map(partial(_ask, address), [["/", f"/nejat/search?q={word}"]] * 8 * workers))
            time.sleep(_GATHERING * workers)
        for kind, make in _makers(path, random.Random(15193)).items():
            _ask(address, [make() for _ in range(10)])
            for count in clients:
                paths = [[make() for _ in range(max(10, requests // count))] for _ in range(count)]
                with ThreadPoolExecutor(count) as pool:
                    taken = [ms for many in pool.map(lambda some: _ask(address, some), paths) for ms in many]
                cuts = quantiles(taken, n=20)
                found.setdefault(kind, []).append((cuts[9], cuts[18]))
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--workers", type=int, default=1)
    chosen = parser.parse_args()
    print("| page | 1 client: median, p95 (ms) | 16 clients: median, p95 (ms) |\n|---|---|---|")
    for kind, figures in measure(chosen.archive, chosen.requests, chosen.workers).items():
        print(f"| {kind} | " + " | ".join(f"{median:.0f}, {slow:.0f}" for median, slow in figures) + " |")
