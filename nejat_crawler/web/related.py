"""What stands near an article: before and after it, in its categories, linked with it, of the same words."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from math import log
from typing import Any

from nejat_crawler.text import fold_for_search
from nejat_crawler.web.holdings import Holdings
from nejat_crawler.web.search import Searcher, read_rows

_SIMILAR = 5
_IN_CATEGORY = 2  # on each side
_FARTHEST = 4000  # articles looked at for neighbours of the same category
_MOST_WORDS = 12
_MOST_MATCHES = 1500  # articles that the words may find together: 4 microseconds each to weigh
_READ = 6000  # characters of the text whose words count
_WORD = re.compile(r"[^\W\d_]{4,}")


def neighbours(connection: sqlite3.Connection, searcher: Searcher, row: dict[str, Any]) -> dict[str, list[Any]]:
    """Lists of rows: `older`, `newer` (one at most), `category`, `similar`."""
    holdings = searcher.holdings(connection)
    docid = row["docid"]
    if docid >= len(holdings.ids) or holdings.ids[docid] != row["id"]:
        return {"older": [], "newer": [], "category": [], "similar": []}  # so new that it is not counted yet
    found = {
        "older": list(islice(_same_edition(holdings, docid, 1), 1)),
        "newer": list(islice(_same_edition(holdings, docid, -1), 1)),
        "category": [
            *list(islice(_same_category(holdings, docid, -1), _IN_CATEGORY))[::-1],
            *islice(_same_category(holdings, docid, 1), _IN_CATEGORY),
        ],
        "similar": _similar(connection, searcher, holdings, row),
    }
    if not row["published"]:
        found |= {"older": [], "newer": [], "category": []}
    rows = {near["docid"]: near for near in read_rows(connection, list({n for many in found.values() for n in many}))}
    return {name: [rows[near] for near in many if near in rows] for name, many in found.items()}


def _walk(holdings: Holdings, docid: int, step: int) -> Iterator[int]:
    place = holdings.newest[docid] + step
    while 0 <= place < len(holdings.by_date):
        yield holdings.by_date[place]
        place += step


def _same_edition(holdings: Holdings, docid: int, step: int) -> Iterator[int]:
    edition = holdings.kinds[holdings.kind[docid]].edition
    return (near for near in _walk(holdings, docid, step) if holdings.kinds[holdings.kind[near]].edition == edition)


def _same_category(holdings: Holdings, docid: int, step: int) -> Iterator[int]:
    kind = holdings.kinds[holdings.kind[docid]]
    wanted = set(kind.categories)
    for near in islice(_walk(holdings, docid, step), _FARTHEST):
        other = holdings.kinds[holdings.kind[near]]
        if other.edition == kind.edition and wanted.intersection(other.categories):
            yield near


def _similar(
    connection: sqlite3.Connection, searcher: Searcher, holdings: Holdings, row: dict[str, Any]
) -> list[int]:
    """Articles that share the rarest words of this one."""
    held = searcher.vocabulary.counts(connection, holdings.version, len(holdings.by_date))
    text = f"{row['title']} {row['title']} {(row['body'] or row['excerpt'] or '')[:_READ]}"
    total = max(len(holdings.by_date), 2)
    weights = {
        word: number * log(total / held[word])
        for word, number in Counter(_WORD.findall(fold_for_search(text))).items()
        if 1 < held.get(word, 0) < total / 2
    }
    words: list[str] = []
    matches = 0
    for word in sorted(weights, key=lambda word: (-weights[word], word)):
        if matches + held[word] <= _MOST_MATCHES:
            words.append(word)
            matches += held[word]
        if len(words) == _MOST_WORDS:
            break
    if not words:
        return []
    sql = """
        SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? AND rowid != ?
        ORDER BY bm25(articles_fts, 4.0, 1.0, 0.0) LIMIT ?
    """
    expression = " OR ".join(f'"{word}"' for word in words)
    return [found[0] for found in connection.execute(sql, [expression, row["docid"], _SIMILAR])]
