"""What it costs to store articles, and what grows with their number."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.extractors import articles
from benchmarks.processes import PROGRAM, WITH_NEWS, run
from benchmarks.site_archive import write_archive
from benchmarks.speed.row import Row
from benchmarks.speed.sample_pages import listings
from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading.open_file import open_for_search
from nejat_crawler.archive.schema import register_functions
from nejat_crawler.extraction.page import read_page
from nejat_crawler.items import Article

_PAGES = 100
#: Articles of the two archives whose costs are compared.
_SMALL, _LARGE = 2_000, 16_000


def _articles() -> list[Article]:
    return [article for url, html in listings(_PAGES) for article in articles(read_page(html, url), url)]


def _store(path: Path, found: list[Article]) -> float:
    """Seconds of the processor for storing articles, ten a commit, as a crawl does, without the filing of words."""
    with Archive.open(path) as archive:
        begun = time.process_time()
        for place, article in enumerate(found, start=1):
            archive.save(article, lasting=place % 10 == 0)
        return time.process_time() - begun


def _copy(path: Path, stored: Path) -> float:
    """Seconds of the processor for the rows of an archive in another one by `executemany`."""
    with closing(sqlite3.connect(stored)) as source, Archive.open(path) as copy:
        register_functions(copy.db)
        begun = time.process_time()
        with copy.db.conn as connection:
            # the lists first, as we do: each article is then indexed once
            for table in ("article_categories", "article_tags", "images", "articles", "links"):
                rows = source.execute(f"SELECT * FROM {table}").fetchall()
                if rows:
                    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        return time.process_time() - begun


def _store_against_executemany(folder: Path) -> float:
    ours, theirs = [], []
    for turn in range(3):
        stored = folder / f"ours-{turn}.db"
        ours.append(_store(stored, _articles()))
        theirs.append(_copy(folder / f"theirs-{turn}.db", stored))
    return min(theirs) / min(ours)


def _size_against_export(folder: Path) -> float:
    path = _archives()[1][1]
    exported = run(folder, PROGRAM, "export", "jsonl", "--db", str(path))
    return path.stat().st_size / exported.size


@cache
def _archives() -> tuple[TemporaryDirectory[str], list[Path]]:
    """An empty archive, a small one and a large one, made once for all rows; the folder goes with the process."""
    folder = TemporaryDirectory(prefix="nejat-bench-")
    paths = [Path(folder.name) / f"{count}.db" for count in (0, _SMALL, _LARGE)]
    for path in paths:
        write_archive(path, int(path.stem))
    return folder, paths


def _growth(*command: str) -> Callable[[Path], float]:
    """How a command's time grows beyond the number of articles; its start, on an empty archive, is left out."""

    def measure_growth(folder: Path) -> float:
        _, paths = _archives()
        costs = [run(folder, *WITH_NEWS, PROGRAM, *command, "--db", str(path), times=2).processor for path in paths]
        return (costs[2] - costs[0]) / (costs[1] - costs[0]) / (_LARGE / _SMALL)

    return measure_growth


def _search_growth(_: Path) -> float:
    """How the time for questions about common words grows, beyond the number of articles."""
    seconds = []
    for path in _archives()[1][1:]:
        with closing(open_for_search(path)) as connection:
            sql = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rank LIMIT 20"
            common = "SELECT term FROM temp.vocabulary ORDER BY doc DESC LIMIT 50"
            words = [row[0] for row in connection.execute(common)]
            begun = time.process_time()
            for word in words:
                connection.execute(sql, [f'"{word}"']).fetchall()
            seconds.append(time.process_time() - begun)
    return seconds[1] / seconds[0] / (_LARGE / _SMALL)


_GROWN = f"{_LARGE:,} articles"
_LINEAR = f"{_SMALL:,}, linear"

STORAGE = (
    Row("storing, rows a second", "`executemany` into the same schema", 0.6, None, _store_against_executemany),
    Row("archive file", "its own JSONL export", None, 2.0, _size_against_export),
    Row(f"growth of an export, {_GROWN}", _LINEAR, None, 1.1, _growth("export", "jsonl")),
    Row(f"growth of a check, {_GROWN}", _LINEAR, None, 1.1, _growth("check")),
    Row(f"growth of a search, {_GROWN}", _LINEAR, None, 1.1, _search_growth),
)
