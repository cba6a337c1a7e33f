"""What the archive holds, in memory: enough of each article to sort, filter and count what a search finds.

SQLite would look every found article up in a table of long rows: for a word that is in half of 60,000 articles
that takes a second, here a few milliseconds.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nejat_crawler.archive.reading.full_text.matches import read_categories, read_index_rows
from nejat_crawler.archive.reading.open_file import file_version
from nejat_crawler.website.search.bitset import gather
from nejat_crawler.website.search.index_cache import IndexCache

EDITION, CATEGORY, YEAR, STATUS = "edition", "category", "year", "status"
"""What articles are narrowed down and counted by."""


@dataclass(slots=True)
class ArticleIndex:
    """All documents in the order of their dates, newest first and undated last: the `position` of a document.

    Documents are articles, and stories of newsletters. Sets of them are bitsets of positions.
    """

    version: tuple[int, ...] = ()
    docids: list[int] = field(default_factory=list)
    """The docid at each position."""
    positions: list[int] = field(default_factory=list)
    """The position of each docid, from the end for one below 0; -1 where there is none, as for 0 and gaps."""
    ids: list[str] = field(default_factory=list)
    """The id at each docid of an article, empty for none."""
    everything: int = 0
    """The set of all articles."""
    stories: int = 0
    """The set of all stories of newsletters."""
    sets: dict[str, dict[Any, int]] = field(default_factory=dict)
    """The set of documents for each EDITION, CATEGORY, YEAR and STATUS."""
    months: dict[str, Counter[str]] = field(default_factory=dict)
    """Articles by month (`2023-05`) and edition."""
    undated: int = 0
    days: list[str] = field(default_factory=list)
    """The days of the documents that have one, the oldest first."""

    def within(self, first: str, last: str) -> int:
        """The set of documents from one day to another, both included; no undated ones."""
        latest = len(self.days) - bisect_right(self.days, last)
        earliest = len(self.days) - bisect_left(self.days, first)
        return (1 << earliest) - (1 << latest) if earliest > latest else 0

    def set_of(self, docids: Sequence[int]) -> int:
        """The set of some docids; those that are not known yet are left out."""
        return gather(self.positions_of(docids), len(self.docids)) if docids else 0

    def positions_of(self, docids: Sequence[int]) -> Iterator[int]:
        """The positions of some documents, -1 for one that is not known yet."""
        first, last = len(self.ids) - len(self.positions), len(self.ids) - 1
        if docids and (max(docids) > last or min(docids) < first):
            docids = [docid if first <= docid <= last else 0 for docid in docids]
        return map(self.positions.__getitem__, docids)

    def counts(self, by: str, within: int) -> dict[Any, int]:
        """How many of the set `within` there are of each EDITION, CATEGORY, YEAR or STATUS; none of 0."""
        counted = {value: (bitset & within).bit_count() for value, bitset in self.sets[by].items()}
        return {value: number for value, number in counted.items() if number}


def _load(connection: sqlite3.Connection, version: tuple[int, ...]) -> ArticleIndex:
    rows = read_index_rows(connection)
    rows.sort(key=lambda row: row[1])
    rows.sort(key=lambda row: row[3] or "", reverse=True)
    docids = [row[0] for row in rows]
    size = max([0, *docids]) + 1
    found = ArticleIndex(version, docids, [-1] * (size - min([0, *docids])), [""] * size)
    found.stories = gather((position for position, row in enumerate(rows) if row[0] < 0), len(rows))
    found.everything = (1 << len(rows)) - 1 & ~found.stories
    within: dict[str, dict[Any, list[int]]] = {EDITION: {}, CATEGORY: {}, YEAR: {}, STATUS: {}}
    at: dict[str, int] = {}
    for position, (docid, name, edition, published, year, status) in enumerate(rows):
        found.positions[docid], at[name] = position, position
        if docid > 0:
            found.ids[docid] = name
        for by, value in ((EDITION, edition), (YEAR, year), (STATUS, status)):
            if value is not None:
                within[by].setdefault(value, []).append(position)
        if published:
            found.days.append(published[:10])
        if published and docid > 0:
            found.months.setdefault(published[:7], Counter())[edition] += 1
        found.undated += not published and docid > 0
    found.days.reverse()
    for article, category in read_categories(connection):
        if article in at:  # written since the articles were read
            within[CATEGORY].setdefault(category, []).append(at[article])
    for by, values in within.items():
        found.sets[by] = {value: gather(positions, len(rows)) for value, positions in values.items()}
    return found


class ArticleIndexCache:
    """The index of one archive."""

    def __init__(self) -> None:
        self._cache = IndexCache(ArticleIndex(), pause=20)

    def is_of(self, version: tuple[int, ...]) -> bool:
        """Whether the archive was read last in the state that `file_version` calls so."""
        return bool(version) and version == self._cache.index.version

    def read(self, connection: sqlite3.Connection, path: Path) -> ArticleIndex:
        """The index of the archive at `path`; called in the threads that query it."""
        version = file_version(path)
        with self._cache.lock:
            if self._cache.is_due(version):
                self._cache.fill(lambda: _load(connection, version))
            return self._cache.index
