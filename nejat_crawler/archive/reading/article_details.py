"""Everything that belongs to one article."""

from __future__ import annotations

from typing import Any

from nejat_crawler.archive.reading.query_rows import Connection, Rows, read_dicts

#: What `read_details` reads; `same_issue` are the other articles of a newsletter.
_DETAILS = {
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
}


def read_row(connection: Connection, article_id: str) -> dict[str, Any] | None:
    """The row of an article; None if there is no such article."""
    return next(iter(read_dicts(connection, "SELECT * FROM articles WHERE id = ?", article_id)), None)


def read_named_row(connection: Connection, article_id: str) -> dict[str, Any] | None:
    """The row of an article with the names of its `categories` and `tags`; None if there is no such article."""
    row = read_row(connection, article_id)
    tables = {"categories": "article_categories", "tags": "article_tags"}
    return row and {**row, **{kind: read_names(connection, table, article_id) for kind, table in tables.items()}}


def read_names(connection: Connection, table: str, article_id: str) -> list[str]:
    """Categories or tags of an article in their order."""
    sql = f"SELECT name FROM {table} WHERE article_id = ? ORDER BY position"
    return [row["name"] for row in read_dicts(connection, sql, article_id)]


def read_details(connection: Connection, article_id: str) -> dict[str, Rows]:
    """Lists of rows: `images`, `links`, `linked_from`, `newsletters`, `same_issue`, `announces`."""
    return {name: read_dicts(connection, sql, article_id) for name, sql in _DETAILS.items()}
