"""Rows of earlier states, and what is kept of replaced details: pictures, links, tags, author, date, markup."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from nejat_crawler.archive.capture_records.capture_rows import CAPTURE_COLUMNS
from nejat_crawler.archive.reading.state_details import (
    COLUMNS,
    REREAD,
    UNTIL,
    Details,
    Step,
    read_steps,
    without_fewer_comments,
)

#: What a version keeps of an article's row, beside what is named otherwise there.
KEPT = ("title", "body", "source", *CAPTURE_COLUMNS)

#: A detail that goes to and fro between two values, as two sources name two authors, is kept so often in a state.
_TO_AND_FRO = 5


def save_version(db: Database, row: dict[str, Any], categories: Sequence[str], details: Details | None) -> None:
    """Keep what an article is, before it becomes something else.

    `details`: what else of it is replaced by that; None where nothing is known of it.
    """
    known = None if details is None else write_steps([*(read_steps(row["replaced"]) or []), details])
    version = {
        "article_id": row["id"],
        "version": row["versions"],
        "categories": json.dumps(categories, ensure_ascii=False),
        "seen_from": row["changed_at"] or row["first_seen"],
        "seen_until": row["last_seen"],
        "replaced": known,
        **{name: row[name] for name in KEPT},
    }
    db.table("article_versions").insert(version)


def write_steps(steps: Sequence[Step]) -> str:
    """What stands in a column `replaced`."""
    return json.dumps(steps, ensure_ascii=False, separators=(",", ":"))


def with_step(text: str | None, details: Details, until: str, *, reread: bool = False) -> str:
    """The column `replaced` of a state in which `details` are replaced, while title, categories and text stay."""
    steps = [*(read_steps(text) or []), {UNTIL: until, **({REREAD: True} if reread else {}), **details}]
    for name in details:
        held = [step for step in steps if name in step]
        values = [step[name] for step in held[-_TO_AND_FRO:]]
        if len(values) == _TO_AND_FRO and values[0::2] == [values[0]] * 3 and values[1] == values[3]:
            for step in held[-3:-1]:  # the first and the last time are kept
                del step[name]
    return write_steps([step for step in steps if step.keys() - {UNTIL, REREAD}])


def replaced_columns(row: dict[str, Any], changes: dict[str, Any]) -> Details:
    """The details of a row that other values take the place of."""
    found = {name: row[name] for name in COLUMNS if name in changes}
    return without_fewer_comments(found, changes.get("comment_count"))


def lasting_columns(replaced: Details, *, taken: bool, retold: bool) -> Details:
    """Of replaced columns, what is kept where title, categories and text stay.

    No markup of the same text on another page (`taken`), and an excerpt only where it is `retold` in other words.
    """
    passing = {"theme", "found_at", "own_page", "undated"}
    passing |= {"body_html"} if taken else set()
    passing |= set() if retold else {"excerpt"}
    return {name: value for name, value in replaced.items() if value is not None and name not in passing}
