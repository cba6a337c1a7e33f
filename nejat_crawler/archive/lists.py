"""The lists of an article: categories, tags, images, links."""

from __future__ import annotations

from dataclasses import asdict

from sqlite_utils import Database

from nejat_crawler.archive.outcomes import Row
from nejat_crawler.items import Article


def names(db: Database, table: str, article_id: str) -> list[str]:
    sql = f"SELECT name FROM {table} WHERE article_id = ? ORDER BY position"
    return [row["name"] for row in db.query(sql, [article_id])]


def save_lists(db: Database, article_id: str, article: Article, *, replace_all: bool) -> bool:
    """Replace the lists that differ, or fill in the missing ones; whether that wrote anything."""
    lists: dict[str, list[Row] | None] = {
        "article_categories": _named(article.categories),
        "article_tags": _named(article.tags),
        "images": [{**asdict(image), "lead": int(image.lead)} for image in article.images]
        if article.images is not None
        else None,
        "links": [asdict(link) for link in article.links] if article.body is not None else None,
    }
    wrote = False
    for table, items in lists.items():
        if not items and not replace_all:
            continue
        columns = list(items[0]) if items else []
        sql = f"SELECT {', '.join(columns) or '1'} FROM {table} WHERE article_id = ? ORDER BY position"
        held = list(db.query(sql, [article_id]))
        if items is None or held == items or (held and not replace_all):
            continue
        db.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])
        rows = [
            {"article_id": article_id, "position": position, **item} for position, item in enumerate(items, start=1)
        ]
        db.table(table).insert_all(rows)
        wrote = True
        if table == "links":
            db.execute(
                "UPDATE links SET target = (SELECT id FROM articles WHERE url = target_url) "
                "WHERE article_id = ? AND target_url IS NOT NULL",
                [article_id],
            )
    return wrote


def _named(names: list[str] | None) -> list[Row] | None:
    return None if names is None else [{"name": name} for name in names]


def aim_links(db: Database, article_id: str, url: str | None) -> None:
    """Links and stories that were archived before the article they lead to."""
    if url:
        db.execute("UPDATE links SET target = ? WHERE target_url = ? AND target IS NULL", [article_id, url])
        db.execute(
            "UPDATE newsletter_stories SET article_id = ? WHERE url = ? AND article_id IS NULL", [article_id, url]
        )
