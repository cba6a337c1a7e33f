"""What the archive holds, in memory: enough of each article to sort, filter and count what a search finds.

SQLite would look every found article up in a table of long rows: for a word that is in half of 60,000 articles
that takes a second, here a few milliseconds.
"""

from __future__ import annotations

import gc
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple


class Kind(NamedTuple):
    """What articles are counted by."""

    edition: str
    categories: tuple[str, ...]
    year: int | None
    status: str


@dataclass(slots=True)
class Holdings:
    """All articles by their `docid`, which is the place in the lists; 0 and gaps stand for nothing."""

    version: tuple[int, ...] = ()
    ids: list[str] = field(default_factory=list)
    newest: list[int] = field(default_factory=list)
    """Place in the order of dates, newest first; undated articles last."""
    kind: list[int] = field(default_factory=list)
    """Place in `kinds`."""
    kinds: list[Kind] = field(default_factory=list)
    by_date: list[int] = field(default_factory=list)
    """All docids, newest first."""
    months: dict[str, Counter[str]] = field(default_factory=dict)
    """Articles by month (`2023-05`) and edition."""
    undated: int = 0
    counted: Counter[Kind] = field(default_factory=Counter)
    """Articles of each kind."""

    def count(self, docids: Iterable[int]) -> Counter[Kind]:
        """How many of `docids` are of each kind."""
        return Counter({self.kinds[at]: number for at, number in Counter(map(self.kind.__getitem__, docids)).items()})


def _load(connection: sqlite3.Connection, version: tuple[int, ...]) -> Holdings:
    found = Holdings(version)
    categories: dict[str, list[str]] = {}
    for article, name in connection.execute("SELECT article_id, name FROM article_categories ORDER BY 1, position"):
        categories.setdefault(article, []).append(name)
    rows = connection.execute(
        "SELECT docid, id, edition, published, year, status FROM articles ORDER BY docid"
    ).fetchall()
    size = rows[-1][0] + 1 if rows else 1
    found.ids, found.newest, found.kind = [""] * size, [0] * size, [0] * size
    places: dict[Kind, int] = {}
    for docid, name, edition, published, year, status in rows:
        kind = Kind(edition, tuple(categories.get(name, ())), year, status)
        found.ids[docid] = name
        found.kind[docid] = places.setdefault(kind, len(places))
        if published:
            found.months.setdefault(published[:7], Counter())[edition] += 1
        else:
            found.undated += 1
    found.kinds = list(places)
    rows.sort(key=lambda row: row[1])
    rows.sort(key=lambda row: row[3] or "", reverse=True)
    found.by_date = [row[0] for row in rows]
    for place, docid in enumerate(found.by_date):
        found.newest[docid] = place
    found.counted = found.count(found.by_date)
    return found


class Shelf:
    """The holdings of one archive, read again after it was written to."""

    _PATIENCE = 20  # times as long as reading takes, before it is done again for an archive that is being written to

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held = Holdings()
        self._read_at = 0.0
        self._took = 0.0

    def is_current(self, path: Path) -> bool:
        """Whether nothing was written since the archive was read."""
        return bool(self._held.version) and self._held.version == version_of(path)

    def read(self, connection: sqlite3.Connection, path: Path) -> Holdings:
        """The holdings of the archive at `path`; called in the threads that query it."""
        version = version_of(path)
        with self._lock:
            waited = time.monotonic() - self._read_at
            if version != self._held.version and waited >= self._PATIENCE * self._took:
                started = time.monotonic()
                self._held = _load(connection, version)
                gc.freeze()  # lists of 60,000 that the collector would walk in the middle of a request
                self._read_at = time.monotonic()
                self._took = self._read_at - started
            return self._held


def version_of(path: Path) -> tuple[int, ...]:
    """Changes with every write: of the file, or of what is to be written into it."""
    found: list[int] = []
    for part in (path, path.with_name(path.name + "-wal")):
        try:
            state = part.stat()
        except FileNotFoundError:
            continue
        found += [state.st_mtime_ns, state.st_size]
    return tuple(found)
