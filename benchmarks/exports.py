"""How fast and in how much memory a large archive is exported, beside sqlite3's own output of the same columns.

    python -m benchmarks.exports --articles 1000000 --folder /tmp/exports

The archive is generated once in the folder (1.5 to 2 KB of text an article, in four languages). Each command is a
process of its own that writes to a file in the folder; its memory is what getrusage says of it.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading.articles import FIELDS, ORDER, Shape, column
from nejat_crawler.export import FORMATS

_OPENINGS = {
    "en": "The ridge was closed and nobody came down before the wind, which “turned” at night",
    "fa": "یال بسته بود و پیش از باد کسی پایین نیامد؛ شب می‌وزید و کوه‌ها خاموش بودند",
    "ar": "كانت القمة مغلقة ولم ينزل أحد قبل الريح التي تغيرت في الليل",
    "sq": "Kreshta ishte e mbyllur dhe askush nuk zbriti para erës që ndërroi natën",
}
_BATCH = 10_000


# A process starts with the memory of the one that it was forked from: so a small one starts each command.
_LAUNCHER = """
import contextlib, ctypes, json, os, resource, subprocess, sys, time
ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: what it starts and leaves behind is counted, too
begun = time.perf_counter()
code = subprocess.call(sys.argv[1:])
with contextlib.suppress(ChildProcessError):
    while True:
        os.wait()
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
cost = [code, time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss]
print(json.dumps(cost), file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of the processor, bytes written, megabytes resident at the most."""

    seconds: float
    processor: float
    size: int
    memory: float


def make_archive(path: Path, articles: int) -> None:
    """Write an archive of invented articles; the index of words, which no export of everything reads, stays empty."""
    rng = random.Random(1)
    texts = {
        edition: [" ".join(rng.choices(opening.split(), k=60)) + rng.choice([".", ' "he said".']) for _ in range(200)]
        for edition, opening in _OPENINGS.items()
    }
    with Archive.open(path) as archive:
        connection = archive.db.conn
        with without_index_triggers(connection):
            for start in range(1, articles + 1, _BATCH):
                numbers = range(start, min(start + _BATCH, articles + 1))
                with connection:
                    _insert(archive, numbers, texts, rng)


@contextmanager
def without_index_triggers(connection: sqlite3.Connection) -> Iterator[None]:
    """Let what is written to an archive be left out of its index of words."""
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_fts_%'"
    triggers = connection.execute(sql).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, trigger in triggers:
        connection.execute(trigger)
    connection.commit()


def _insert(archive: Archive, numbers: range, texts: dict[str, list[str]], rng: random.Random) -> None:
    connection = archive.db.conn
    columns = (
        "id, edition, post_id, url, title, category, published, published_at, published_text, year, author, language,"
        " body, comment_count, status, first_seen, last_seen, source, theme, found_at, docid"
    )
    marks = ", ".join("?" * len(columns.split(",")))
    connection.executemany(f"INSERT INTO articles ({columns}) VALUES ({marks})", _articles(numbers, texts, rng))
    ids = [f"{_edition(number)}-{number}" for number in numbers]
    connection.executemany("INSERT INTO article_categories VALUES (?, 1, 'Walks')", [(key,) for key in ids])
    connection.executemany("INSERT INTO article_categories VALUES (?, 2, 'Huts; old')", [(key,) for key in ids[::3]])
    connection.executemany(
        "INSERT INTO images VALUES (?, 1, 'https://dld.example/ridge.jpg', 'A ridge', 'At dusk', 1)",
        [(key,) for key in ids],
    )
    connection.executemany(
        "INSERT INTO links VALUES (?, 1, 'https://elsewhere.example/', 'elsewhere', NULL, NULL)",
        [(key,) for key in ids[::2]],
    )


def _edition(number: int) -> str:
    return list(_OPENINGS)[number % len(_OPENINGS)]


def _articles(numbers: range, texts: dict[str, list[str]], rng: random.Random) -> Iterator[tuple[object, ...]]:
    for number in numbers:
        edition = _edition(number)
        day = f"{2005 + number * 20 // 2_000_000}-{1 + number % 12:02}-{1 + number % 28:02}"
        url = f"https://www.nejatngo.org/{edition}/posts/{number}"
        body = "\n\n".join(rng.choices(texts[edition], k=4))
        yield (
            f"{edition}-{number}", edition, number, url, texts[edition][number % 200][:60], "Walks", day,
            f"{day}T08:00:00+00:00", day, int(day[:4]), "Editor", edition, body, 0, "live",
            "2026-11-21T08:00:00Z", "2026-11-21T08:00:00Z", "listing", "soledad", url, number,
        )  # fmt: skip


def measure(command: list[str], output: Path) -> Cost:
    """Run a command with its standard output in a file; raises CalledProcessError."""
    with output.open("wb") as file:
        launch = [sys.executable, "-ISc", _LAUNCHER, *command]
        said = subprocess.run(launch, stdout=file, stderr=subprocess.PIPE, text=True, check=True).stderr
    code, seconds, processor, memory = json.loads(said.splitlines()[-1])
    if code:
        raise subprocess.CalledProcessError(code, command, stderr=said)
    size = output.stat().st_size
    output.unlink()
    return Cost(seconds, processor, size, memory / (1024 if sys.platform == "linux" else 1024**2))


def commands(db: Path) -> Iterator[tuple[str, str | None, list[str]]]:
    """Each name, the one to compare with, and the command."""
    program = str(Path(sys.executable).with_name("nejat"))
    shapes: dict[str, Shape] = {"json": "json", "csv": "cells"}
    for mode, name in (("json", "jsonl"), ("csv", "csv")):
        columns = ", ".join(f"{column(field, shapes[mode])} AS {field}" for field in FIELDS)
        statement = f"SELECT {columns} FROM articles {ORDER}"
        theirs = f"sqlite3 .mode {mode}"
        yield theirs, None, ["sqlite3", "-readonly", "-header", "-cmd", f".mode {mode}", str(db), statement]
        yield name, theirs, [program, "export", name, "--db", str(db)]
    for name, row in FORMATS.items():
        if row.stream and name not in {"jsonl", "csv"}:
            yield name, None, [program, "export", name, "--db", str(db)]


def main() -> None:
    """Print a table: seconds, megabytes a second, megabytes resident, and the speed beside sqlite3's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path("data/benchmark"), help="Needs 6 GB.")
    parser.add_argument("--only", default="", help="These formats, with commas.")
    arguments = parser.parse_args()
    if not shutil.which("sqlite3"):
        sys.exit("sqlite3 is not installed: there is nothing to compare with")
    arguments.folder.mkdir(parents=True, exist_ok=True)
    db = arguments.folder / f"{arguments.articles}.db"
    if not db.exists():
        make_archive(db, arguments.articles)
    print(f"{arguments.articles:,} articles, {db.stat().st_size / 1e6:,.0f} MB\n")
    heads = ["output", "seconds", "of the processor", "MB written", "resident MB", "x sqlite3", "of the processor"]
    print(f"| {' | '.join(heads)} |\n|{' --- |' * len(heads)}")
    costs: dict[str, Cost] = {}
    for name, other, command in commands(db):
        if arguments.only and name not in arguments.only.split(",") and not name.startswith("sqlite3"):
            continue
        # the file was just written or read: as much of it as fits is in memory for all of them
        cost = costs[name] = measure(command, arguments.folder / "output")
        beside = [costs[other].seconds / cost.seconds, costs[other].processor / cost.processor] if other else []
        cells = [f"{cost.seconds:.1f}", f"{cost.processor:.1f}", f"{cost.size / 1e6:,.0f}", f"{cost.memory:.0f}"]
        shares = [f"{share:.2f}" for share in beside] or ["–", "–"]
        print(f"| {' | '.join([name, *cells, *shares])} |", flush=True)


if __name__ == "__main__":
    main()
