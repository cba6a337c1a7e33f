"""How fast and in how much memory a large archive is exported, beside sqlite3's own output of the same columns.

    python -m benchmarks.exports --articles 1000000 --folder /tmp/exports

The archive is generated once in the folder: 1 to 2 KB of text an article, in four languages.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.filled_archives import fill
from benchmarks.processes import PROGRAM, Cost, run
from nejat_crawler.archive.reading.articles import FIELDS, ORDER, Shape, column
from nejat_crawler.export import FORMATS

#: Pairs of paragraphs of a text: 1 to 2 KB.
_LENGTH = range(4, 8)


def commands(db: Path) -> Iterator[tuple[str, str | None, list[str]]]:
    """Each name, the one to compare with, and the command."""
    shapes: dict[str, Shape] = {"json": "json", "csv": "cells"}
    for mode, name in (("json", "jsonl"), ("csv", "csv")):
        columns = ", ".join(f"{column(field, shapes[mode])} AS {field}" for field in FIELDS)
        statement = f"SELECT {columns} FROM articles {ORDER}"
        theirs = f"sqlite3 .mode {mode}"
        yield theirs, None, ["sqlite3", "-readonly", "-header", "-cmd", f".mode {mode}", str(db), statement]
        yield name, theirs, [PROGRAM, "export", name, "--db", str(db)]
    for name, row in FORMATS.items():
        if row.stream and name not in {"jsonl", "csv"}:
            yield name, None, [PROGRAM, "export", name, "--db", str(db)]


def main() -> None:
    """Print a table: seconds, megabytes a second, megabytes resident, and the speed beside sqlite3's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path("data/benchmark"), help="Needs 12 GB.")
    parser.add_argument("--only", default="", help="These formats, with commas.")
    arguments = parser.parse_args()
    if not shutil.which("sqlite3"):
        sys.exit("sqlite3 is not installed: there is nothing to compare with")
    arguments.folder.mkdir(parents=True, exist_ok=True)
    db = arguments.folder / f"exports-{arguments.articles}.db"
    fill(db, arguments.articles, _LENGTH)
    print(f"{arguments.articles:,} articles, {db.stat().st_size / 1e6:,.0f} MB\n")
    heads = ["output", "seconds", "of the processor", "MB written", "resident MB", "x sqlite3", "of the processor"]
    print(f"| {' | '.join(heads)} |\n|{' --- |' * len(heads)}")
    costs: dict[str, Cost] = {}
    for name, other, command in commands(db):
        if arguments.only and name not in arguments.only.split(",") and not name.startswith("sqlite3"):
            continue
        # the file was just written or read: as much of it as fits is in memory for all of them
        cost = costs[name] = run(arguments.folder, *command)
        beside = [costs[other].seconds / cost.seconds, costs[other].processor / cost.processor] if other else []
        cells = [f"{cost.seconds:.1f}", f"{cost.processor:.1f}", f"{cost.size / 1e6:,.0f}", f"{cost.memory:.0f}"]
        shares = [f"{share:.2f}" for share in beside] or ["–", "–"]
        print(f"| {' | '.join([name, *cells, *shares])} |", flush=True)


if __name__ == "__main__":
    main()
