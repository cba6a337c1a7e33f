"""Print what storing, searching, checking, exporting and the front page cost of 10,000 and of a million articles.

    python -m benchmarks.million --folder /tmp/growth        # needs 4 GB; the first time half an hour to fill them

All is time of the processor. A growth of 1 is that of the number of articles; a check and an export are counted
without what they take on an empty archive.
"""

from __future__ import annotations

import argparse
import json
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.filled_archives import fill
from benchmarks.processes import PROGRAM, WITH_NEWS, Cost, crawl, run
from benchmarks.speed.sample_pages import EDITION
from nejat_crawler.sample_site import SampleSite, serve

SIZES = (10_000, 100_000, 1_000_000)
_LARGE = 100_000  # articles: what takes longer is measured once


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


def measure(folder: Path, sizes: Sequence[int]) -> Iterator[tuple[int, str, float, float]]:
    """Size, name, seconds and resident megabytes of what was measured; each archive grows by some articles.

    What is compared is measured one after the other, for what else the machine does changes.
    """
    nothing = folder / "0.db"
    paths = {size: folder / f"{size}.db" for size in sizes}
    for command in (("check", "--offline"), ("export", "jsonl"), ("export", "csv")):
        name = "check" if "check" in command else " ".join(command)
        program = (*(WITH_NEWS if name == "check" else ()), PROGRAM, *command, "--db")
        start = run(folder, *program, str(nothing), times=3).processor
        for size, path in paths.items():
            cost = run(folder, *program, str(path), times=3 if size < _LARGE else 1)
            yield size, name, cost.processor - start, cost.memory
    for part, together in (*(("reading", [size]) for size in sizes), ("storing", sizes)):
        module = [sys.executable, "-m", "benchmarks.million.in_process", part]
        module += [str(paths[size]) for size in together]
        found, memory = json.loads(subprocess.run(module, check=True, capture_output=True, text=True).stdout)
        for size, costs in zip(together, found, strict=True):
            for name, seconds in costs.items():
                yield size, name, seconds, memory
    for size, path in paths.items():
        cost = _night(path, folder)
        yield size, "a crawl without news", cost.processor, cost.memory


def _night(db: Path, folder: Path) -> Cost:
    """What a crawl costs that finds nothing new, once others have archived what the sample site has."""
    with serve(SampleSite((EDITION,))) as server:
        command = [*WITH_NEWS, *crawl(EDITION, server.base_url, db), "-s", "NEJAT_WARC=0"]
        for _ in range(2):
            run(folder, *command)
        return run(folder, *command, times=2)


def _shown(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def _cells(figure: Figure, seconds: list[float], memory: list[float], times: float) -> Iterator[str]:
    yield figure.what
    yield from map(_shown, seconds)
    grown = seconds[-1] / seconds[0]
    growth = grown if figure.each or figure.absolute else grown / times
    yield f"{growth:.2f} × {'in all' if figure.absolute else 'linear'}"
    yield f"≤ {figure.most:g} ×"
    yield "met" if figure.most is not None and growth <= figure.most else "MISSED"
    yield f"{memory[0]:.0f} → {memory[-1]:.0f}"


def main() -> None:
    """Fill what archives are missing, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path("data/benchmark"))
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for size in (0, *chosen.sizes):
        fill(chosen.folder / f"{size}.db", size)
    found: dict[str, list[float]] = {}
    memory: dict[str, list[float]] = {}
    for size, name, seconds, megabytes in measure(chosen.folder, chosen.sizes):
        print(f"{size:,}: {name} {_shown(seconds)}, {megabytes:.0f} MB", file=sys.stderr, flush=True)
        found.setdefault(name, []).append(seconds)
        memory.setdefault(name, []).append(megabytes)
    print(f"{platform.machine()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}\n")
    heads = ("what", *(f"{size:,}" for size in chosen.sizes), "growth", "goal", "", "resident MB")
    print(f"| {' | '.join(heads)} |\n|{' --- |' * len(heads)}")
    for figure in FIGURES:
        times = chosen.sizes[-1] / chosen.sizes[0]
        print(f"| {' | '.join(_cells(figure, found[figure.what], memory[figure.what], times))} |")


if __name__ == "__main__":
    main()
