"""Which documents hold the commonest words of a large archive: to list 30,000 of them takes ten milliseconds."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from heapq import nlargest
from itertools import chain
from operator import or_
from pathlib import Path

from nejat_crawler.archive.reading.full_text.matches import list_matches
from nejat_crawler.archive.reading.full_text.search_terms import Clauses
from nejat_crawler.archive.reading.open_file import file_version, open_for_search
from nejat_crawler.website.search.article_index import ArticleIndex
from nejat_crawler.website.search.index_cache import IndexCache

_LEAST = 3000  # documents that hold a word: fewer are listed soon enough
_MOST_WORDS = 300  # of 8 KB and eight milliseconds each in an archive of 60,000 articles
# In these letters FTS5 finds a word wherever Python does; one without any is no condition to it, and not none.
_KNOWN = re.compile("[\0-\u024f\u0600-\u06ff]*")

CommonWords = Mapping[str, int]
"""Sets of documents by phrase, as FTS5 reads it."""


def find_with(
    connection: sqlite3.Connection, index: ArticleIndex, common: CommonWords, clauses: Clauses
) -> int | None:
    """The set of documents that a query finds; None where none of its words is so common that it is to be told so."""
    kept = [clause for clause in clauses if not common.keys().isdisjoint(clause)]
    others = [clause for clause in clauses if common.keys().isdisjoint(clause)]
    if not kept or not all(map(_KNOWN.fullmatch, chain.from_iterable(others))):
        return None

    def find(expression: str) -> int:
        return index.set_of(list_matches(connection, expression))

    condition = " AND ".join(f"({' OR '.join(clause)})" for clause in others)
    found = find(condition) if condition else -1  # the set of everything
    for clause in kept:
        holding = reduce(or_, (common[phrase] for phrase in clause if phrase in common))
        seldom = [phrase for phrase in clause if phrase not in common]
        if seldom and found & ~holding:
            expression = " OR ".join(seldom)
            if condition and all(map(_KNOWN.fullmatch, seldom)):  # the forms of a verb are in half of all documents
                expression = f"({condition}) AND ({expression})"
            holding |= find(expression)
        found &= holding
    return found


@dataclass(slots=True)
class _Gathered:
    """The common words of one state of an archive."""

    version: tuple[int, ...] = ()
    sets: CommonWords = field(default_factory=dict)


class CommonWordsCache:
    """The common words of one archive, gathered beside the searches."""

    def __init__(self) -> None:
        self._cache = IndexCache(_Gathered(), pause=20)

    def read(self, path: Path, index: ArticleIndex, counts: Mapping[str, int]) -> CommonWords:
        """Those of the archive at `path`; none until they are known, or where it was written to after `index` was.

        `counts` are the numbers of documents with each word.
        """
        if file_version(path) != index.version:
            return {}
        known = self._cache.index
        if known.version == index.version:
            return known.sets
        if counts and self._cache.is_due(index.version) and self._cache.lock.acquire(blocking=False):
            common = ((count, word) for word, count in counts.items() if count >= _LEAST)
            words = [word for _, word in nlargest(_MOST_WORDS, common)]
            threading.Thread(target=self._gather, args=(path, index, words), daemon=True).start()
        return {}

    def _gather(self, path: Path, index: ArticleIndex, words: Sequence[str]) -> None:
        try:
            # a connection of its own: those of the searches have a time limit
            with contextlib.suppress(sqlite3.Error), contextlib.closing(open_for_search(path)) as connection:
                self._cache.fill(lambda: _load(connection, path, index, words))
        finally:
            self._cache.lock.release()


def _load(connection: sqlite3.Connection, path: Path, index: ArticleIndex, words: Sequence[str]) -> _Gathered:
    found = {}
    for word in words:
        if file_version(path) != index.version:  # a crawl writes all the time
            return _Gathered()
        began = time.thread_time()
        found[f'"{word}"'] = index.set_of(list_matches(connection, f'"{word}"'))
        time.sleep(time.thread_time() - began)  # whoever searches meanwhile has half of the time
    return _Gathered(index.version, found)
