"""What the full-text index finds, and what it holds.

All take an expression as `search_query` makes it, and raise sqlite3.OperationalError where the time that the caller
has set runs out.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

_WEIGHTS = "10.0, 1.0, 0.5"  # a word in the title counts ten times one in the body

# one value instead of 40,000 rows: 5 ms, not 25
_LIST = "SELECT json_group_array(rowid) FROM articles_fts WHERE articles_fts MATCH ?"
_COUNT = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
_WEIGH = f"SELECT rowid, bm25(articles_fts, {_WEIGHTS}) FROM articles_fts WHERE articles_fts MATCH ?"
_SIMILAR = """
    SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? AND rowid != ?
    ORDER BY bm25(articles_fts, 4.0, 1.0, 0.0) LIMIT ?
"""
_TEXTS = """
    SELECT coalesce(body, excerpt, ''), title FROM articles
    WHERE docid IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? LIMIT ?)
"""


def list_matches(connection: sqlite3.Connection, expression: str) -> list[int]:
    """The docids of the articles that match."""
    found: list[int] = json.loads(connection.execute(_LIST, [expression]).fetchone()[0])
    return found


def count_matches(connection: sqlite3.Connection, expression: str) -> int:
    """The number of articles that match."""
    return int(connection.execute(_COUNT, [expression]).fetchone()[0])


def weigh_matches(connection: sqlite3.Connection, expression: str) -> list[tuple[int, float]]:
    """The docid of each article that matches, and its weight: the less, the better."""
    return connection.execute(_WEIGH, [expression]).fetchall()


def find_similar(connection: sqlite3.Connection, words: Sequence[str], docid: int, limit: int) -> list[int]:
    """The docids of the articles that hold most of some folded words, the best first; not the article `docid`."""
    expression = " OR ".join(f'"{word}"' for word in words)
    return [row[0] for row in connection.execute(_SIMILAR, [expression, docid, limit])]


def texts_with(connection: sqlite3.Connection, word: str, limit: int) -> Iterator[tuple[str, str]]:
    """Text and title of some articles that hold a folded word."""
    return connection.execute(_TEXTS, [f'"{word}"', limit])


def read_vocabulary(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """Every word of the index, and the number of articles that hold it."""
    return connection.execute("SELECT term, doc FROM temp.vocabulary")


def read_index_rows(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Docid, id, edition, day, year and status of every article."""
    return connection.execute("SELECT docid, id, edition, published, year, status FROM articles").fetchall()


def read_categories(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Every article's id with each of its categories."""
    return connection.execute("SELECT article_id, name FROM article_categories")
