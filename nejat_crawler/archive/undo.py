"""Take back what was changed: by a run that is over as new states, by one under way so that no trace is left."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from sqlite_utils import Database

from nejat_crawler.archive.capture_records.capture_rows import CAPTURE_COLUMNS
from nejat_crawler.archive.reading.article_details import read_names, read_row
from nejat_crawler.archive.saving.merge import save_version
from nejat_crawler.archive.saving.outcomes import Row
from nejat_crawler.extraction.body import find_byline


@dataclass(slots=True)
class Undone:
    """Ids of articles: those that are `restored`, and those that were `changed_since`, which stay as they are."""

    restored: list[str] = field(default_factory=list)
    changed_since: list[str] = field(default_factory=list)


def undo_changes(db: Database, begun_at: str, ended_at: str, undone_at: str) -> Undone:
    """Restore title, categories and text of each article that was changed between two moments; runs in a transaction.

    The state that is taken back is kept as a version. Earlier pictures, links and markup are not kept by versions:
    they come with the next page that shows the article.
    """
    undone = Undone()
    sql = "SELECT id, changed_at FROM articles WHERE changed_at >= ? ORDER BY id"
    for article in db.query(sql, [begun_at]):
        sql = "SELECT * FROM article_versions WHERE article_id = ? ORDER BY version"
        versions = list(db.query(sql, [article["id"]]))
        before = [version for version in versions if version["seen_from"] < begun_at]
        began = [*(version["seen_from"] for version in versions), article["changed_at"]]
        if not before or not any(begun_at <= moment <= ended_at for moment in began):
            continue
        if article["changed_at"] > ended_at:
            undone.changed_since.append(article["id"])
        elif _restore(db, article["id"], before[-1], undone_at):
            undone.restored.append(article["id"])
    return undone


def _restore(db: Database, article_id: str, version: Row, undone_at: str) -> bool:
    """Make an article what it was in a version; whether it was something else."""
    row, categories = read_row(db, article_id) or {}, read_names(db, "article_categories", article_id)
    names = json.loads(version["categories"])
    if (row["title"], row["body"], categories) == (version["title"], version["body"], names):
        return False
    save_version(db, row, categories)
    changes: Row = {
        "title": version["title"],
        "category": next(iter(names), None),
        "versions": row["versions"] + 1,
        "changed_at": undone_at,
        **{name: version[name] for name in CAPTURE_COLUMNS},
        "reextracted_at": None,
        # what was edited on the site in that time is to be read again
        "modified_at": None,
    }
    if row["body"] != version["body"]:
        byline = find_byline(version["body"]) if version["body"] else None
        changes |= {"body": version["body"], "body_html": None, "byline": byline, "source": version["source"]}
        for table in ("images", "links"):
            db.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])
    assignments = ", ".join(f"{name} = :{name}" for name in changes)
    db.execute(f"UPDATE articles SET {assignments} WHERE id = :id", {**changes, "id": article_id})
    db.execute("DELETE FROM article_categories WHERE article_id = ?", [article_id])
    rows = [{"article_id": article_id, "position": n, "name": name} for n, name in enumerate(names, start=1)]
    db.table("article_categories").insert_all(rows)
    for table in ("teasers", "other_sources", "refusals"):  # what was shown of the state that is taken back
        db.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])
    return True


#: What belongs to an article, and changes with its text.
_LISTS = (
    "article_categories",
    "article_tags",
    "images",
    "links",
    "article_pages",
    "teasers",
    "other_sources",
    "refusals",
)


def remember_states(db: Database) -> None:
    """Keep each article from now on, in temporary tables as it was before its state or day is changed."""
    copies = ["INSERT INTO before_articles SELECT * FROM main.articles WHERE id = {id};"]
    db.execute("CREATE TEMP TABLE before_articles AS SELECT * FROM main.articles WHERE 0")
    db.execute("CREATE UNIQUE INDEX temp.before_articles_id ON before_articles (id)")
    for table in _LISTS:
        db.execute(f"CREATE TEMP TABLE before_{table} AS SELECT * FROM main.{table} WHERE 0")
        copies.append(f"INSERT INTO before_{table} SELECT * FROM main.{table} WHERE article_id = {{id}};")
    for name, event, article_id in (
        ("state", "INSERT ON main.article_versions", "new.article_id"),
        ("day", "UPDATE OF published ON main.articles", "old.id"),  # which adds no state
    ):
        known = f"EXISTS (SELECT 1 FROM before_articles WHERE id = {article_id})"
        copy = " ".join(copies).format(id=article_id)
        db.execute(f"CREATE TEMP TRIGGER remember_{name} BEFORE {event} WHEN NOT {known} BEGIN {copy} END")


def forget_states(db: Database) -> int:
    """Make each article whose state or day this connection has changed what it was before; returns how many."""
    ids = "SELECT id FROM temp.before_articles INTERSECT SELECT id FROM articles"
    names = ", ".join(column.name for column in db.table("articles").columns)
    old = "temp.before_articles AS old WHERE old.id ="
    restored = db.execute(
        f"UPDATE articles SET ({names}) = (SELECT {names} FROM {old} articles.id) WHERE id IN ({ids})"
    ).rowcount
    db.execute(
        f"""
        DELETE FROM article_versions
        WHERE article_id IN ({ids}) AND version >= (SELECT versions FROM {old} article_versions.article_id)
        """
    )
    for table in _LISTS:
        db.execute(f"DELETE FROM {table} WHERE article_id IN ({ids})")
        db.execute(f"INSERT INTO {table} SELECT * FROM temp.before_{table} WHERE article_id IN ({ids})")
    return restored
