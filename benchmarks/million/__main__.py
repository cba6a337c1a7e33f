"""Print what storing, searching, checking, exporting and the front page cost of 10,000 and of a million articles.

    python -m benchmarks.million --folder /tmp/growth        # needs 4 GB; the first time half an hour to fill them

All is time of the processor. A growth of 1 is that of the number of articles; what is made whole at each size (a
check, an export, a nightly run) is counted without what it takes on an empty archive.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.exports import Cost
from benchmarks.million.filling import fill
from benchmarks.speed.process_rows import SCRAPY
from benchmarks.speed.row import PROGRAM, run
from benchmarks.speed.sample_pages import EDITION
from nejat_crawler.sample_site import SampleSite, serve

SIZES = (10_000, 100_000, 1_000_000)
_WITH_NEWS = (
    "sh",
    "-c",
    '"$0" "$@" || test $? -eq 1',
)  # 1: a crawl of the sample site, or a check, has something to say
_PACE = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0", "-s", "NEJAT_WARC=0", "-s", "LOG_LEVEL=ERROR")


@dataclass(frozen=True, slots=True)
class Figure:
    """What is measured: of one article, question or page (`each`), or of the whole archive."""

    what: str
    each: bool
    most: float | None
    """The growth that is asked for at the most, over that of the number of articles."""
    absolute: bool = False
    """Whether `most` limits how the figure itself grows, whatever the number of articles."""


FIGURES = (
    Figure("storing", each=True, most=1.1),
    Figure("meeting again", each=True, most=1.1),
    Figure("opening", each=False, most=1.1),
    Figure("closing", each=False, most=1.1),
    Figure("search", each=False, most=1.1),
    Figure("search, 95 of 100", each=False, most=2, absolute=True),
    Figure("front page", each=False, most=1.1),
    Figure("index in memory", each=False, most=1.1),
    Figure("words in memory", each=False, most=1.1),
    Figure("check", each=False, most=1.1),
    Figure("export jsonl", each=False, most=1.1),
    Figure("export csv", each=False, most=1.1),
    Figure("a crawl without news", each=False, most=1.1),
)


def measure(path: Path, folder: Path) -> Iterator[tuple[str, float, float]]:
    """Name, seconds and, of whole processes, megabytes for each of FIGURES; the archive grows by a few articles."""
    nothing = folder / "0.db"
    for command in (("check", "--offline"), ("export", "jsonl"), ("export", "csv")):
        costs = [run(folder, *_WITH_NEWS, PROGRAM, *command, "--db", str(db)) for db in (nothing, path)]
        name = command[0] if command[0] == "check" else " ".join(command)
        yield name, costs[1].processor - costs[0].processor, costs[1].memory
    for part in ("reading", "storing"):
        module = [sys.executable, "-m", "benchmarks.million.in_process", part, str(path)]
        found = json.loads(subprocess.run(module, check=True, capture_output=True, text=True).stdout)
        memory = found.pop("memory")
        for name, seconds in found.items():
            yield name, seconds, memory
    costs = [_night(db, folder) for db in (nothing, path)]
    yield "a crawl without news", costs[1].processor - costs[0].processor, costs[1].memory


def _night(db: Path, folder: Path) -> Cost:
    """What a crawl costs that finds nothing new, once others have archived what the sample site has."""
    os.environ["NEJAT_LOG_LEVEL"] = "ERROR"
    with serve(SampleSite((EDITION,))) as server:
        where = ["-a", f"edition={EDITION}", "-a", f"base_url={server.base_url}", "-s", f"NEJAT_DB={db}"]
        command = (*_WITH_NEWS, SCRAPY, "crawl", "nejat", *where, *_PACE)
        for _ in range(2):
            run(folder, *command)
        return run(folder, *command, times=2)


def _shown(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def _cells(figure: Figure, seconds: list[float], memory: float, times: float) -> Iterator[str]:
    yield figure.what
    yield from map(_shown, seconds)
    grown = seconds[-1] / seconds[0]
    growth = grown if figure.each or figure.absolute else grown / times
    yield f"{growth:.2f} × {'in all' if figure.absolute else 'linear'}"
    yield f"≤ {figure.most:g} ×"
    yield "met" if figure.most is not None and growth <= figure.most else "MISSED"
    yield f"{memory:.0f}"


def main() -> None:
    """Fill what archives are missing, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("data/benchmark"))
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, list[float]] = {}
    memory: dict[str, float] = {}
    for size in (0, *chosen.sizes):
        path = chosen.folder / f"{size}.db"
        fill(path, size)
        for name, seconds, megabytes in measure(path, chosen.folder) if size else ():
            print(f"{size:,}: {name} {_shown(seconds)}, {megabytes:.0f} MB", file=sys.stderr, flush=True)
            found.setdefault(name, []).append(seconds)
            memory[name] = megabytes
    print(f"{platform.machine()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}\n")
    heads = ("what", *(f"{size:,}" for size in chosen.sizes), "growth", "goal", "", "resident MB")
    print(f"| {' | '.join(heads)} |\n|{' --- |' * len(heads)}")
    for figure in FIGURES:
        times = chosen.sizes[-1] / chosen.sizes[0]
        print(f"| {' | '.join(_cells(figure, found[figure.what], memory[figure.what], times))} |")


if __name__ == "__main__":
    main()
