"""The states of an article that were met, and what became of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class State:
    """An article as it was met from `seen_from` to `seen_until` (UTC)."""

    version: int
    title: str
    categories: list[str]
    body: str | None
    source: str
    seen_from: str
    seen_until: str


@dataclass(frozen=True, slots=True)
class StatusChange:
    """When an article was proved to be gone, or met again, and what told."""

    changed_at: str
    status: str
    why: str


@dataclass(frozen=True, slots=True)
class History:
    """The states of an article, the oldest first; the last is the present one."""

    id: str
    status: str
    first_seen: str
    last_seen: str
    states: list[State]
    status_changes: list[StatusChange]

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self)


def read_history(db: Database, article_id: str) -> History | None:
    """The history of an article; None if there is no such article."""
    row = next(iter(db.query("SELECT * FROM articles WHERE id = ?", [article_id])), None)
    if row is None:
        return None
    states = [
        State(
            earlier["version"],
            earlier["title"],
            json.loads(earlier["categories"]),
            earlier["body"],
            earlier["source"],
            earlier["seen_from"],
            earlier["seen_until"],
        )
        for earlier in db.query("SELECT * FROM article_versions WHERE article_id = ? ORDER BY version", [article_id])
    ]
    present = State(
        row["versions"],
        row["title"],
        names(db, "article_categories", article_id),
        row["body"] if row["body"] is not None else row["excerpt"],
        row["source"],
        row["changed_at"] or row["first_seen"],
        row["last_seen"],
    )
    changes = db.query(
        "SELECT changed_at, status, why FROM status_changes WHERE article_id = ? ORDER BY changed_at", [article_id]
    )
    return History(
        article_id,
        row["status"],
        row["first_seen"],
        row["last_seen"],
        [*states, present],
        [StatusChange(**change) for change in changes],
    )


def names(db: Database, table: str, article_id: str) -> list[str]:
    """Categories or tags of an article in their order."""
    sql = f"SELECT name FROM {table} WHERE article_id = ? ORDER BY position"
    return [row["name"] for row in db.query(sql, [article_id])]
