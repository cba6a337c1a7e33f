"""What reading web archives costs on one machine: `nejat import` beside `nejat scale` with 1, 2 and 4 tasks.

    python -m benchmarks.scale --captures 200000 --folder DIR    # --only "import,1 task" for these two

The shards are written once, with the project's own writer of WARC files: listings of ten articles in four years.
Each command is a process of its own; the processor's time is that of it and of all that it starts.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from benchmarks.processes import PROGRAM, Cost, run
from benchmarks.speed.sample_pages import listings
from nejat_crawler.warc_records.record_writer import Exchange, RecordWriter, message_head

_YEARS = (2017, 2019, 2021, 2023)
_EACH_YEAR = 2  # files
_IN_A_LISTING = 10
_HEAD = message_head(b"HTTP/1.1 200 OK", [(b"Content-Type", b"text/html; charset=UTF-8")])
_ASKED = message_head(b"GET / HTTP/1.1", [(b"Host", b"www.nejatngo.org")])


def write_shards(folder: Path, captures: int) -> Path:
    """Web archives with so many captures of articles: the same listings of ten in four years, some edited."""
    if folder.is_dir():
        return folder
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    for year in _YEARS:
        writers = [RecordWriter(part, f"{year}-{n}", {"software": "a benchmark"}, 1 << 40) for n in range(_EACH_YEAR)]
        for place, (url, html) in enumerate(listings(captures // _IN_A_LISTING // len(_YEARS))):
            if place % 10 == year % 10:
                html = html.replace(" the ", " that ", 3)
            day, second = divmod(place, 86_400)
            time = f"{year}-03-{day + 1:02}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"
            writers[place % _EACH_YEAR].write(Exchange(url, time, _ASKED, _HEAD, html.encode()), None)
        for writer in writers:
            writer.close()
    return part.rename(folder)


def main() -> None:
    """Write the shards, run each command, print a row of the table for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--captures", type=int, default=200_000)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    shards = write_shards(given.folder / "warc", given.captures)
    packed = sum(file.stat().st_size for file in shards.iterdir())
    files = len(list(shards.iterdir()))
    print(
        f"{given.captures:,} captures of articles in {files} files, {packed / 1e6:,.0f} MB; {os.cpu_count()} cores\n"
    )
    print("| what | seconds | of the processor | captures a second of it | MB resident | load |")
    print("| --- | --- | --- | --- | --- | --- |")

    def scale(tasks: int, *more: object) -> list[object]:
        folder = given.folder / f"read-{tasks}"
        return ["scale", "--workers", tasks, "--tasks", tasks, "--folder", folder, *more, shards]

    commands: dict[str, list[object]] = {
        "`nejat import`": ["import", "--db", given.folder / "import.db", shards],
        **{f"reading, {tasks} task{'s' * (tasks > 1)}": scale(tasks, "--no-merge") for tasks in (1, 2, 4)},
        "merging": scale(1, "--db", given.folder / "m.db"),
    }
    for what, command in commands.items():
        if not given.only or any(part in what for part in given.only.split(",")):
            cost = run(given.folder, PROGRAM, *map(str, command))
            print(_row(what, cost, given.captures), flush=True)
    for path in given.folder.glob("*.db"):
        with closing(sqlite3.connect(path)) as archive:
            [(articles, states)] = archive.execute("SELECT count(*), sum(versions) FROM articles").fetchall()
        print(f"\n{path.name}: {articles:,} articles, {states:,} states, {path.stat().st_size:,} bytes")


def _row(what: str, cost: Cost, captures: int) -> str:
    load = f"{os.getloadavg()[1]:.1f}"
    speed = f"{captures / cost.processor:,.0f}"
    return f"| {what} | {cost.seconds:,.0f} | {cost.processor:,.0f} | {speed} | {cost.memory:.0f} | {load} |"


if __name__ == "__main__":
    main()
