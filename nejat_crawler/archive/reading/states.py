"""The states of an article that were met, what differs between them, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from nejat_crawler.archive.reading.article_details import read_names, read_row
from nejat_crawler.archive.reading.detail_differences import Differing, compare_details
from nejat_crawler.archive.reading.query_rows import Connection, read_dicts, read_json
from nejat_crawler.archive.reading.state_details import COLUMNS, Look, earlier_looks, read_present, year_of
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
    taken_back: bool
    """Whether it was made by `nejat history --undo`, and not by the site."""
    looks: list[Look]
    """What else it had: pictures, links, tags, author and so on, the last time last; what is not known is missing."""


@dataclass(frozen=True, slots=True)
class StatusChange:
    """When an article was proved to be gone, or met again, and what told."""

    changed_at: str
    status: str
    why: str


@dataclass(frozen=True, slots=True)
class Change:
    """What differs from one state of an article to the next; by an edit, or where `state` is read anew by none.

    Or what was changed of `state` while its title, categories and text stayed.
    """

    state: State
    """The later state."""
    last_seen: str
    """When the earlier state was last met (UTC)."""
    title: list[Passage]
    """Empty if the title stayed."""
    categories: tuple[list[str], list[str]] | None
    body: list[Passage]
    details: list[Differing]
    changed_at: str = ""
    """When the details of `state` alone were changed (UTC); empty where it is another state."""
    reread: bool = False
    """Whether a later extractor has read these details otherwise."""
    taken_back: bool = False
    """Whether `nejat history --undo` has changed them, and not the site."""


@dataclass(frozen=True, slots=True)
class History:
    """The states of an article, the oldest first; the last is the present one."""

    id: str
    status: str
    first_seen: str
    last_seen: str
    states: list[State]
    status_changes: list[StatusChange]
    undone_at: list[str]
    """When changes of crawls were taken back (UTC), of whatever articles."""

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {name: value for name, value in asdict(self).items() if name != "undone_at"}

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
            for state in read:
                yield from self._within(state)

    def _within(self, state: State) -> Iterator[Change]:
        """What was changed of the details of a state, the oldest first."""
        for before, after in pairwise(state.looks):
            differing = compare_details(before.details, after.details, same_text=True)
            if differing:
                undone = before.until in self.undone_at
                yield Change(state, "", [], None, [], differing, before.until, before.reread, undone)


def _compare(old: State, new: State, shown: State) -> Change:
    """What differs between two states, under the number and times of `shown`."""
    renamed = old.categories != new.categories
    return Change(
        shown,
        old.seen_until,
        compare_words(old.title, new.title, around=99),
        (old.categories, new.categories) if renamed else None,
        compare_words(old.body or "", new.body or ""),
        compare_details(old.looks[-1].details, shown.looks[0].details, same_text=old.body == new.body),
    )


def read_history(connection: Connection, article_id: str, *, changed_only: bool = False) -> History | None:
    """The history of an article; None if there is no such article.

    `changed_only`: the details of a present state, of which nothing was ever replaced, are not looked up.
    """
    row = read_row(connection, article_id)
    if row is None:
        return None
    sql = """
        SELECT version, title, categories, body, source, seen_from, seen_until, reextracted_at, replaced
        FROM article_versions
        WHERE article_id = ? ORDER BY version
    """
    versions = read_dicts(connection, sql, article_id)
    replaced = [*(version.pop("replaced") for version in versions), row["replaced"]]
    changed = bool(versions or row["replaced"])
    looks = earlier_looks(read_present(connection, row) if changed or not changed_only else {}, replaced)
    sql = "SELECT started_at FROM runs WHERE command = 'undo' ORDER BY started_at"
    undone_at = [undone["started_at"] for undone in read_dicts(connection, sql)] if changed else []
    states = [
        State(
            **{**earlier, "categories": parse_names(earlier["categories"])},
            taken_back=earlier["seen_from"] in undone_at,
            looks=seen,
        )
        for earlier, seen in zip(versions, looks, strict=False)
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
        row["changed_at"] in undone_at,
        looks[-1],
    )
    sql = "SELECT changed_at, status, why FROM status_changes WHERE article_id = ? ORDER BY changed_at"
    return History(
        article_id,
        row["status"],
        row["first_seen"],
        row["last_seen"],
        [*states, present],
        [StatusChange(**change) for change in read_dicts(connection, sql, article_id)],
        undone_at,
    )


def read_version_row(connection: Connection, article_id: str, version: int) -> dict[str, Any] | None:
    """The row of an earlier state, with the details that it had; None if there is none."""
    sql = "SELECT * FROM article_versions WHERE article_id = ? AND version >= ? ORDER BY version"
    rows = read_dicts(connection, sql, article_id, version)
    present = read_row(connection, article_id)
    if present is None or not rows or rows[0]["version"] != version:
        return None
    looks = earlier_looks(read_present(connection, present), [row["replaced"] for row in (*rows, present)])[0]
    found = {name: looks[-1].details.get(name) for name in (*COLUMNS, "tags")} | rows[0]
    names = parse_names(rows[0]["categories"])
    return found | {"categories": names, "category": next(iter(names), None), "year": year_of(found["published"])}


def parse_names(text: str) -> list[str]:
    """The names of a JSON list; what is no such list stands as it is: a file may come from anywhere."""
    names = read_json(text)
    return [str(name) for name in names] if isinstance(names, list) else [str(text)]
