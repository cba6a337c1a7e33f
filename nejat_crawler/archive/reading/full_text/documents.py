"""The documents that a search finds: articles, and stories of newsletters, whose docids are below 0."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nejat_crawler.archive.reading.browse import read_summaries
from nejat_crawler.archive.reading.query_rows import Connection, Rows, read_dicts
from nejat_crawler.archive.search_index import VERSION_BITS
from nejat_crawler.editions import EDITIONS

_STORIES = """
    SELECT stories.docid, newsletter_id || '/' || position AS id, edition, url, stories.title,
        stories.date AS published, NULL AS category, NULL AS status, 0 AS protected, NULL AS changed_at,
        captured_at AS first_seen,
        newsletter_id, position, newsletters.title AS issue, period, article_id, text
    FROM newsletter_stories AS stories JOIN newsletters ON newsletters.id = newsletter_id
    WHERE stories.docid IN ({places})
"""
#: Of some articles, what stands beside title and text: docid, kind, text.
_LISTS = """
    WITH found AS (SELECT docid, id, author, byline FROM articles WHERE docid IN ({places}))
    SELECT docid, 'caption', caption FROM images JOIN found ON id = article_id WHERE caption != '' UNION
    SELECT docid, 'caption', alt FROM images JOIN found ON id = article_id WHERE alt != '' UNION
    SELECT docid, 'author', author FROM found WHERE author != '' UNION
    SELECT docid, 'author', byline FROM found WHERE byline != '' UNION
    SELECT docid, 'category', name FROM article_categories JOIN found ON id = article_id UNION
    SELECT docid, 'tag', name FROM article_tags JOIN found ON id = article_id
"""


def read_documents(connection: Connection, docids: Sequence[int], *, texts: bool = False) -> Rows:
    """What lists show of some documents, in the order asked for; with `texts`, what there is of their `text`.

    A story has the columns of an article, and `newsletter_id`, `issue`, `period`, `position`, `article_id`.
    """
    more = ("coalesce(body, excerpt) AS text",) if texts else ()
    rows = read_summaries(connection, [docid for docid in docids if docid > 0], *more)
    if stories := [docid for docid in docids if docid < 0]:
        for row in read_dicts(connection, _STORIES.format(places=", ".join("?" * len(stories))), *stories):
            edition = EDITIONS.get(row["edition"])
            rows.append({**row, "language": edition.language if edition else ""})
    by_docid = {row["docid"]: row for row in rows}
    return [by_docid[docid] for docid in docids if docid in by_docid]


def read_lists(connection: Connection, docids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """The captions, authors, categories and tags of some articles by docid: each with its kind."""
    found: dict[int, list[tuple[str, str]]] = {}
    for docid, kind, text in connection.execute(_LISTS.format(places=", ".join("?" * len(docids))), docids):
        found.setdefault(docid, []).append((kind, text))
    return found


def read_earlier(connection: Connection, docid: int, expression: str) -> dict[str, Any] | None:
    """The last earlier version of an article that matches; None for none."""
    sql = f"""
        SELECT version, article_versions.title, article_versions.body, seen_until FROM article_versions
        JOIN articles ON id = article_id
        WHERE docid = ? AND version = (
            SELECT max(rowid) & {(1 << VERSION_BITS) - 1} FROM versions_fts
            WHERE versions_fts MATCH ? AND rowid BETWEEN ? AND ?
        )
    """
    first, last = docid << VERSION_BITS, (docid + 1 << VERSION_BITS) - 1
    return next(iter(read_dicts(connection, sql, docid, expression, first, last)), None)
