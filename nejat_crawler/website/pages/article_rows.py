"""An article's page: everything that the archive knows of it, gathered in one visit."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import Any

from nejat_crawler.website.pages.article_changes import Change, changes
from nejat_crawler.website.search.searcher import Searcher
from nejat_crawler.website.search.similar import neighbours

Rows = list[dict[str, Any]]

_LISTS = {
    "categories": "SELECT name FROM article_categories WHERE article_id = ? ORDER BY position",
    "tags": "SELECT name FROM article_tags WHERE article_id = ? ORDER BY position",
    "images": "SELECT src, alt, caption, lead FROM images WHERE article_id = ? ORDER BY position",
    "links": """
        SELECT links.url, links.text, links.target, links.target_url, articles.title AS target_title
        FROM links LEFT JOIN articles ON articles.id = links.target
        WHERE links.article_id = ? ORDER BY links.position
    """,
    "linked_from": """
        SELECT DISTINCT articles.id, articles.title, articles.published, articles.language
        FROM links JOIN articles ON articles.id = links.article_id
        WHERE links.target = ? ORDER BY articles.published DESC LIMIT 12
    """,
    "newsletters": """
        SELECT DISTINCT newsletters.id, newsletters.title, newsletters.period FROM newsletters
        JOIN newsletter_stories ON newsletter_stories.newsletter_id = newsletters.id
        WHERE newsletter_stories.article_id = ?
    """,
    "same_issue": """
        SELECT DISTINCT articles.id, articles.title, articles.published, articles.language
        FROM newsletter_stories AS this JOIN newsletter_stories AS other ON other.newsletter_id = this.newsletter_id
        JOIN articles ON articles.id = other.article_id
        WHERE this.article_id = ? AND articles.id != this.article_id ORDER BY other.position LIMIT 12
    """,
    "announces": """
        SELECT newsletter_posts.number, newsletter_posts.pdf_url, newsletters.id, newsletters.title
        FROM newsletter_posts LEFT JOIN newsletters ON newsletters.id = newsletter_posts.newsletter_id
        WHERE newsletter_posts.article_id = ?
    """,
    "statuses": "SELECT changed_at, status, why FROM status_changes WHERE article_id = ? ORDER BY changed_at DESC",
    "versions": "SELECT * FROM article_versions WHERE article_id = ? ORDER BY version",
}


@dataclass(slots=True)
class Shown:
    """An article with all that belongs to it; `lists` by the names above, `near` by those of `neighbours`."""

    row: dict[str, Any]
    lists: dict[str, Rows]
    near: dict[str, Rows]
    changes: list[Change] = field(default_factory=list)

    def named(self) -> dict[str, Any]:
        """The row with the names of its categories and tags."""
        return {**self.row, **{kind: [name["name"] for name in self.lists[kind]] for kind in ("categories", "tags")}}

    def local_addresses(self, page: str) -> dict[str, str]:
        """For each address in the text that leads to an archived article, its page: `page` and the id."""
        return {link["url"]: page + link["target"] for link in self.lists["links"] if link["target"]}


def rows_of(connection: sqlite3.Connection, sql: str, *values: object) -> Rows:
    """Rows as dictionaries."""
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def find_article(connection: sqlite3.Connection, article_id: str) -> dict[str, Any] | None:
    """The row of an article."""
    return next(iter(rows_of(connection, "SELECT * FROM articles WHERE id = ?", article_id)), None)


def find_named(connection: sqlite3.Connection, article_id: str) -> dict[str, Any] | None:
    """The row of an article with the names of its categories and tags."""
    row = find_article(connection, article_id)
    if row is None:
        return None
    kinds = ("categories", "tags")
    return {
        **row,
        **{kind: [name["name"] for name in rows_of(connection, _LISTS[kind], article_id)] for kind in kinds},
    }


def read_article(connection: sqlite3.Connection, searcher: Searcher, article_id: str) -> Shown | None:
    """Everything about an article, or None."""
    row = find_article(connection, article_id)
    if row is None:
        return None
    lists = {name: rows_of(connection, sql, article_id) for name, sql in _LISTS.items()}
    names = [category["name"] for category in lists["categories"]]
    shown = Shown(row, lists, neighbours(connection, searcher, row))
    if lists["versions"]:
        shown.changes = changes(lists["versions"], row, names)
    return shown
