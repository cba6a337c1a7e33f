"""Print what an article costs, row by row: the goal, the figure, and whether it is met.

    make bench                                   # or python -m benchmarks.speed [PART-OF-A-ROW'S-NAME …]

Each row but the last three is a ratio of two things measured in one run, by the time of the processor, for other work
on the machine then changes both alike. What cannot be measured here is said, with the reason.
"""

from __future__ import annotations

import argparse
import platform
import sqlite3
import tempfile
import time
from pathlib import Path

from benchmarks.processes import NotMeasuredError
from benchmarks.speed.extraction_rows import EXTRACTION
from benchmarks.speed.process_rows import PROCESSES
from benchmarks.speed.row import Row
from benchmarks.speed.site_rows import SITE
from benchmarks.speed.storage_rows import STORAGE

ROWS: tuple[Row, ...] = (*EXTRACTION, *PROCESSES, *STORAGE, *SITE)
NAMES = [row.what for row in ROWS]


def main(parts: list[str]) -> None:
    """Measure the rows whose name has any of `parts` in it; all of them, where none is given."""
    print(f"{platform.machine()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}\n")
    print("| what | measured against | goal | figure | |\n| --- | --- | --- | --- | --- |")
    begun = time.monotonic()
    for row in ROWS:
        if parts and not any(part in row.what for part in parts):
            continue
        with tempfile.TemporaryDirectory(prefix="nejat-bench-") as folder:
            try:
                figure = row.measure(Path(folder))
                shown, verdict = f"{figure:.2f}{row.unit}", "met" if row.is_met(figure) else "MISSED"
            except NotMeasuredError as error:
                shown, verdict = "–", f"not measured: {error}"
        print(f"| {row.what} | {row.against} | {row.goal} | {shown} | {verdict} |", flush=True)
    print(f"\n{(time.monotonic() - begun) / 60:.1f} minutes")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("part", nargs="*", help="measure only rows with this in their name: " + "; ".join(NAMES))
    main(parser.parse_args().part)
