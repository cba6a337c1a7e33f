"""Articles out of the archive, as the contract describes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

#: Fields of an exported article, in order; docs/article.md says what each means.
FIELDS = (
    "id", "edition", "post_id", "url", "title", "category", "categories", "tags",
    "published", "published_at", "published_text", "author", "byline", "language",
    "body", "excerpt", "images", "links", "comment_count", "protected",
    "status", "first_seen", "last_seen", "changed_at", "versions", "source", "theme",
)  # fmt: skip

# A list is gathered in the order of its positions by SQLite, so that one query streams whole articles.
_LISTS = {
    "categories": ("article_categories", "name"),
    "tags": ("article_tags", "name"),
    "images": (
        "images",
        "json_object('src', src, 'alt', alt, 'caption', caption, 'lead', json(iif(lead, 'true', 'false')))",
    ),
    "links": ("links", "json_object('url', url, 'text', text, 'target', target)"),
}


def read_articles(
    db: Database,
    editions: list[str] | None = None,
    category: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Iterator[dict[str, Any]]:
    """Every article by the contract, in a fixed order (edition, date, id); memory does not grow with the archive.

    `category` matches any of an article's categories; `since` and `until` are days, both included.
    """
    columns = [_list_column(field) if field in _LISTS else field for field in FIELDS]
    conditions, values = ["1"], []
    if editions:
        conditions.append(f"edition IN ({', '.join('?' * len(editions))})")
        values += editions
    if category is not None:
        conditions.append("id IN (SELECT article_id FROM article_categories WHERE name = ?)")
        values.append(category)
    for operator, day in ((">=", since), ("<=", until)):
        if day is not None:
            conditions.append(f"published {operator} ?")
            values.append(day)
    sql = f"""
        SELECT {", ".join(columns)} FROM articles WHERE {" AND ".join(conditions)}
        ORDER BY edition, published, post_id, id
    """
    for row in db.query(sql, values):
        for field in _LISTS:
            row[field] = json.loads(row[field])
        row["protected"] = bool(row["protected"])
        yield row


def _list_column(field: str) -> str:
    table, value = _LISTS[field]
    ordered = f"SELECT * FROM {table} WHERE article_id = articles.id ORDER BY position"
    is_json = value.startswith("json")
    return f"(SELECT json_group_array({f'json({value})' if is_json else value}) FROM ({ordered})) AS {field}"
