"""What the full-text index finds, and what it holds.

All take an expression as `search_query` makes it, and raise sqlite3.OperationalError where the time that the caller
has set runs out.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from nejat_crawler.archive.search_index import VERSION_BITS

# a word in the title counts ten times one in the body; of captions, authors, categories, tags; parts of compounds
_WEIGHTS = "10.0, 1.0, 1.0, 0.5, 0.5, 2.0, 0.5"
_ARTICLE_OF_VERSION = f"rowid >> {VERSION_BITS}"

# one value instead of 40,000 rows: 5 ms, not 25
_LIST = "SELECT json_group_array(rowid) FROM articles_fts WHERE articles_fts MATCH ?"
_LIST_EARLIER = f"SELECT json_group_array({_ARTICLE_OF_VERSION}) FROM versions_fts WHERE versions_fts MATCH ?"
_ALL_EARLIER = "SELECT DISTINCT docid FROM article_versions JOIN articles ON id = article_id"
_COUNT = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
_WEIGH = f"SELECT rowid, bm25(articles_fts, {_WEIGHTS}) FROM articles_fts WHERE articles_fts MATCH ?"
_WEIGH_EARLIER = f"""
    SELECT {_ARTICLE_OF_VERSION}, bm25(versions_fts, {_WEIGHTS}) FROM versions_fts WHERE versions_fts MATCH ?
"""
# `+`: the matches are gone through, not the documents
_AMONG = " AND +rowid IN (SELECT value FROM json_each(?))"
_AMONG_EARLIER = f" AND +({_ARTICLE_OF_VERSION}) IN (SELECT value FROM json_each(?))"
_SIMILAR = """
    SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? AND rowid > 0 AND rowid != ?
    ORDER BY bm25(articles_fts, 4.0, 1.0) LIMIT ?
"""
_TEXTS = """
    WITH matching AS (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?1 LIMIT ?2),
    found AS (
        SELECT docid FROM (
            SELECT docid, edition FROM articles WHERE docid IN matching UNION ALL
            SELECT docid, edition FROM newsletter_stories JOIN newsletters ON newsletters.id = newsletter_id
            WHERE docid IN matching
        ) ORDER BY edition != ?3 LIMIT ?4
    )
    SELECT edition, title, coalesce(body, excerpt, ''), coalesce(author, ''), coalesce(byline, ''),
        coalesce((SELECT group_concat(coalesce(caption, '') || char(10) || alt, char(10)) FROM images
            WHERE article_id = articles.id), ''),
        coalesce((SELECT group_concat(name, char(10)) FROM article_tags WHERE article_id = articles.id), '')
    FROM articles WHERE docid IN found
    UNION ALL
    SELECT edition, newsletter_stories.title, text, coalesce(source, ''), '', '', ''
    FROM newsletter_stories JOIN newsletters ON newsletters.id = newsletter_id WHERE docid IN found
"""
_EDITION = """
    SELECT edition FROM articles WHERE docid IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? LIMIT ?)
    GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1
"""
_MOST_MATCHING = 100  # documents of any edition, among which those of one are looked for


def list_matches(connection: sqlite3.Connection, expression: str, *, earlier: bool = False) -> list[int]:
    """The docids of the documents that match; with `earlier`, of an article for each earlier version that does."""
    sql = _LIST_EARLIER if earlier else _LIST
    found: list[int] = json.loads(connection.execute(sql, [expression]).fetchone()[0])
    return found


def list_edited(connection: sqlite3.Connection) -> list[int]:
    """The docids of the articles that have earlier versions."""
    return [row[0] for row in connection.execute(_ALL_EARLIER)]


def count_matches(connection: sqlite3.Connection, expression: str, docid: int | None = None) -> int:
    """The number of documents that match, or of those with a docid."""
    sql, values = (_COUNT, [expression]) if docid is None else (f"{_COUNT} AND rowid = ?", [expression, docid])
    return int(connection.execute(sql, values).fetchone()[0])


def weigh_matches(
    connection: sqlite3.Connection, expression: str, *, earlier: bool = False, among: Sequence[int] | None = None
) -> list[tuple[int, float]]:
    """The docid of each match, as of `list_matches`, and its weight: the less, the better.

    With `among`, only of some documents: to weigh one takes longer than to find it.
    """
    sql, values = _WEIGH_EARLIER if earlier else _WEIGH, [expression]
    if among is not None:
        sql += _AMONG_EARLIER if earlier else _AMONG
        values.append(json.dumps(among))
    return connection.execute(sql, values).fetchall()


def find_similar(connection: sqlite3.Connection, words: Sequence[str], docid: int, limit: int) -> list[int]:
    """The docids of the articles that hold most of some folded words, the best first; not the article `docid`."""
    expression = " OR ".join(f'"{word}"' for word in words)
    return [row[0] for row in connection.execute(_SIMILAR, [expression, docid, limit])]


def texts_with(connection: sqlite3.Connection, word: str, limit: int, edition: str = "") -> Iterator[tuple[str, ...]]:
    """Edition, title, text, authors, captions and tags of some documents that hold a folded word.

    Of those of an edition first, where there are any among the first hundred.
    """
    matching = _MOST_MATCHING if edition else limit
    return connection.execute(_TEXTS, [f'"{word}"', matching, edition, limit])


def edition_of(connection: sqlite3.Connection, word: str) -> str:
    """The edition that most of some articles are of that hold a folded word or phrase; empty for none."""
    row = connection.execute(_EDITION, [f'"{word}"', _MOST_MATCHING]).fetchone()
    return str(row[0]) if row else ""


def read_vocabulary(connection: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """Every word of the index, and the number of articles that hold it."""
    return connection.execute("SELECT term, doc FROM temp.vocabulary")


def read_index_rows(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Docid, id, edition, day, year and status of every document; of a story its day, or its issue's first."""
    sql = """
        SELECT docid, id, edition, published, year, status FROM articles UNION ALL
        SELECT docid, newsletter_id || '/' || position, edition, coalesce(date, period_start),
            CAST(substr(coalesce(date, period_start), 1, 4) AS INTEGER), NULL
        FROM newsletter_stories JOIN newsletters ON newsletters.id = newsletter_id
    """
    return connection.execute(sql).fetchall()


def read_categories(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Every article's id with each of its categories."""
    return connection.execute("SELECT article_id, name FROM article_categories")
