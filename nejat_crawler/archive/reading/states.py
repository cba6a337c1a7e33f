"""The states of an article that were met, what differs between them, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from nejat_crawler.archive.reading.article_details import read_names, read_row
from nejat_crawler.archive.reading.query_rows import Connection, read_dicts
from nejat_crawler.word_diff import Passage, compare_words


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
    reextracted_at: str | None
    """When a later extractor read it anew: what the version before it says is the same state of the site."""


@dataclass(frozen=True, slots=True)
class StatusChange:
    """When an article was proved to be gone, or met again, and what told."""

    changed_at: str
    status: str
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """What differs from one state of an article to the next; by an edit, or where `state` is read anew by none."""

    state: State
    """The later state."""
    last_seen: str
    """When the earlier state was last met (UTC)."""
    title: list[Passage]
    """Empty if the title stayed."""
    categories: tuple[list[str], list[str]] | None
    body: list[Passage]


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

    def changes(self) -> Iterator[Change]:
        """From each state to the next, the oldest first."""
        readings: list[list[State]] = []
        for state in self.states:
            if state.reextracted_at and readings:
                readings[-1].append(state)
            else:
                readings.append([state])
        for number, read in enumerate(readings):
            if number:  # an edit is what differs in the best readings of two states
                yield _compare(readings[number - 1][-1], read[-1], read[0])
            yield from (_compare(former, anew, anew) for former, anew in pairwise(read))


def _compare(old: State, new: State, shown: State) -> Change:
    """What differs between two states, under the number and times of `shown`."""
    renamed = old.categories != new.categories
    return Change(
        shown,
        old.seen_until,
        compare_words(old.title, new.title, around=99),
        (old.categories, new.categories) if renamed else None,
        compare_words(old.body or "", new.body or ""),
    )


def read_history(connection: Connection, article_id: str) -> History | None:
    """The history of an article; None if there is no such article."""
    row = read_row(connection, article_id)
    if row is None:
        return None
    sql = """
        SELECT version, title, categories, body, source, seen_from, seen_until, reextracted_at
        FROM article_versions
        WHERE article_id = ? ORDER BY version
    """
    states = [
        State(**{**earlier, "categories": _parse_names(earlier["categories"])})
        for earlier in read_dicts(connection, sql, article_id)
    ]
    present = State(
        row["versions"],
        row["title"],
        read_names(connection, "article_categories", article_id),
        row["body"] if row["body"] is not None else row["excerpt"],
        row["source"],
        row["changed_at"] or row["first_seen"],
        row["last_seen"],
        row["reextracted_at"],
    )
    sql = "SELECT changed_at, status, why FROM status_changes WHERE article_id = ? ORDER BY changed_at"
    return History(
        article_id,
        row["status"],
        row["first_seen"],
        row["last_seen"],
        [*states, present],
        [StatusChange(**change) for change in read_dicts(connection, sql, article_id)],
    )


def read_version_row(connection: Connection, article_id: str, version: int) -> dict[str, Any] | None:
    """The row of an earlier state; None if there is no such version."""
    sql = "SELECT * FROM article_versions WHERE article_id = ? AND version = ?"
    return next(iter(read_dicts(connection, sql, article_id, version)), None)


def _parse_names(text: str) -> list[str]:
    """The names of a JSON list; what is no such list stands as it is: a file may come from anywhere."""
    try:
        names = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        names = None
    return [str(name) for name in names] if isinstance(names, list) else [str(text)]
