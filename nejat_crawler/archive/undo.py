"""Take back what was changed: by a run that is over as new states, by one under way so that no trace is left."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Literal

from sqlite_utils import Database

from nejat_crawler.archive.reading.article_details import read_names, read_row
from nejat_crawler.archive.reading.state_details import (
    COLUMNS,
    LISTED,
    TABLES,
    Details,
    earlier_looks,
    read_present,
    year_of,
)
from nejat_crawler.archive.reading.states import parse_names
from nejat_crawler.archive.saving.article_lists import write_list
from nejat_crawler.archive.saving.outcomes import Row
from nejat_crawler.archive.version_rows import KEPT, save_version, with_step
from nejat_crawler.extraction.body import find_byline


@dataclass(slots=True)
class Undone:
    """Ids of articles: those that are `restored`, and those that were `changed_since`, which stay as they are."""

    restored: list[str] = field(default_factory=list)
    changed_since: list[str] = field(default_factory=list)
    lacking: dict[str, list[str]] = field(default_factory=dict)
    """Of restored articles, which details of before the archive has not kept, and cannot restore."""


@dataclass(frozen=True, slots=True)
class _Before:
    """What an article was before a run."""

    version: Row | None
    """The row of its state; None where the run has changed details of it alone."""
    details: Details
    """What is to be restored of its details, as far as it is known."""
    later: set[str]
    """The details that were changed since, and stay as they are."""


def undo_changes(db: Database, begun_at: str, ended_at: str, undone_at: str) -> Undone:
    """Make each article that was changed between two moments what it was before; runs in a transaction.

    What is taken back is kept as a version, or, where title, categories and text are the same, as replaced details.
    """
    undone = Undone()
    sql = "SELECT id FROM articles WHERE changed_at >= ? UNION SELECT id FROM articles WHERE replaced IS NOT NULL"
    for (article_id,) in db.execute(f"{sql} ORDER BY id", [begun_at]).fetchall():
        row = read_row(db, article_id) or {}
        before = _state_before(db, row, begun_at, ended_at)
        if before == "changed since":
            undone.changed_since.append(article_id)
        elif before and (lacking := _restore(db, row, before, undone_at)) is not None:
            undone.restored.append(article_id)
            undone.lacking |= {article_id: lacking} if lacking else {}
    return undone


def _state_before(db: Database, row: Row, begun_at: str, ended_at: str) -> _Before | Literal["changed since"] | None:
    """What an article was before a run; None where the run has not changed it.

    What was changed since and is again as the run has left it, by another undo, counts as not changed.
    """
    sql = "SELECT * FROM article_versions WHERE article_id = ? ORDER BY version"
    names = json.dumps(read_names(db, "article_categories", row["id"]), ensure_ascii=False)
    present = {**row, "categories": names, "seen_from": row["changed_at"] or row["first_seen"]}
    states: list[Row] = [*db.query(sql, [row["id"]]), present]
    place = sum(state["seen_from"] < begun_at for state in states) - 1
    if place < 0:  # the run has met it first
        return None
    left = sum(state["seen_from"] <= ended_at for state in states) - 1
    if left > place and any(states[left][name] != present[name] for name in ("title", "body", "categories")):
        return "changed since"
    looks = earlier_looks(read_present(db, row), [state["replaced"] for state in states])
    known = next(look.details for look in looks[place] if not look.until or look.until >= begun_at)
    by_run = next(look.details for look in looks[left] if not look.until or look.until > ended_at)
    now = looks[-1][-1].details
    later = {name for name in by_run if by_run[name] != now[name]}
    if left > place:
        return _Before(states[place], {name: known[name] for name in known.keys() - later}, later)
    changed = {name for name in known if name in by_run and known[name] != by_run[name]} - {*_NOT_ALONE}
    if changed <= later:
        return "changed since" if changed else None
    return _Before(None, {name: known[name] for name in changed - later}, later)


#: Where a text was read is no change for itself.
_NOT_ALONE = ("theme", "found_at", "own_page", "undated")


def _restore(db: Database, row: Row, before: _Before, undone_at: str) -> list[str] | None:
    """Make an article what it was; None if it is nothing else, else the details that are not known of that."""
    article_id, version = row["id"], before.version
    present, categories = read_present(db, row), read_names(db, "article_categories", article_id)
    changes: Row = {name: before.details[name] for name in COLUMNS if name in before.details}
    lists = {name: before.details[name] for name in LISTED if name in before.details}
    names = categories
    if version:
        names = parse_names(version["categories"])
        changes |= {name: version[name] for name in KEPT}
        changes |= {"category": next(iter(names), None)}
        if version["body"] != row["body"]:  # what belongs to the other text does not to this one
            byline = find_byline(version["body"]) if version["body"] else None
            changes = {"body_html": None, "byline": byline, **changes}
            lists = {name: [] for name in ("images", "links") if name not in before.later} | lists
    if "published" in changes:
        changes["year"] = year_of(changes["published"])
    lists = {name: rows for name, rows in lists.items() if rows != present[name]}
    restated = (row["title"], row["body"], categories) != (
        changes.get("title", row["title"]),
        changes.get("body", row["body"]),
        names,
    )
    replaced = {name: row[name] for name in COLUMNS if name in changes and changes[name] != row[name]}
    replaced |= {name: present[name] for name in lists}
    if not restated and not replaced:
        return None
    if restated:
        save_version(db, row, categories, replaced)
        changes |= {"versions": row["versions"] + 1, "changed_at": undone_at, "replaced": None}
        changes |= {"reextracted_at": None}
        write_list(db, "article_categories", article_id, names)
    else:
        changes["replaced"] = with_step(row["replaced"], replaced, undone_at)
    changes["modified_at"] = None  # what was edited on the site in that time is to be read again
    assignments = ", ".join(f"{name} = :{name}" for name in changes)
    db.execute(f"UPDATE articles SET {assignments} WHERE id = :id", {**changes, "id": article_id})
    for name, items in lists.items():
        write_list(db, TABLES[name], article_id, items)
    for table in ("teasers", "other_sources", "refusals"):  # what was shown of the state that is taken back
        db.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])
    return [name for name in _TOLD if version and name not in before.details.keys() | before.later]


#: Details that an undo says it lacks.
_TOLD = ("body_html", "images", "links", "tags", "author", "published")


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
    """Keep each article from now on, in temporary tables as it was before its state or its details are changed."""
    copies = ["INSERT INTO before_articles SELECT * FROM main.articles WHERE id = {id};"]
    db.execute("CREATE TEMP TABLE before_articles AS SELECT * FROM main.articles WHERE 0")
    db.execute("CREATE UNIQUE INDEX temp.before_articles_id ON before_articles (id)")
    for table in _LISTS:
        db.execute(f"CREATE TEMP TABLE before_{table} AS SELECT * FROM main.{table} WHERE 0")
        copies.append(f"INSERT INTO before_{table} SELECT * FROM main.{table} WHERE article_id = {{id}};")
    for name, event, article_id in (
        ("state", "INSERT ON main.article_versions", "new.article_id"),
        ("details", "UPDATE OF published, replaced ON main.articles", "old.id"),  # which adds no state
    ):
        known = f"EXISTS (SELECT 1 FROM before_articles WHERE id = {article_id})"
        copy = " ".join(copies).format(id=article_id)
        db.execute(f"CREATE TEMP TRIGGER remember_{name} BEFORE {event} WHEN NOT {known} BEGIN {copy} END")


def forget_states(db: Database) -> int:
    """Make each article whose state or details this connection has changed what it was before; returns how many."""
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
