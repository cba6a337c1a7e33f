"""What the states of an article had beside title, categories and text: read off what took the place of it.

A version keeps of its pictures, links, tags, author, date and markup what the next state replaced (`replaced`), and
before that what was replaced while its title, categories and text stayed. What is not named there is as it is after.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nejat_crawler.archive.reading.article_details import read_names
from nejat_crawler.archive.reading.query_rows import Connection, read_dicts, read_json

#: Details that are columns of an article.
COLUMNS = (
    "author",
    "byline",
    "published",
    "published_at",
    "published_text",
    "undated",
    "comment_count",
    "protected",
    "excerpt",
    "body_html",
    "theme",
    "found_at",
    "own_page",
)
#: Details that are lists, and the tables of these.
TABLES = {"tags": "article_tags", "images": "images", "links": "links"}
#: The columns of their rows.
LISTED = {"tags": ("name",), "images": ("src", "alt", "caption", "lead"), "links": ("url", "text", "target_url")}

_NUMBERS = ("comment_count", "protected", "own_page", "lead")
_LARGEST = 2**63 - 1  # that SQLite holds
#: Details that an article always has: where a step has null for one, it is not known.
_ALWAYS = (*LISTED, "protected", "theme", "found_at", "own_page")
#: What rows of the lists have where a step has null.
_EMPTY = {"alt": "", "lead": 0, "url": "", "text": ""}

#: Details by name: what is not known is missing. Tags are names, pictures and links rows of their tables.
Details = dict[str, Any]
#: What was replaced at once: Details, and with them UNTIL and perhaps REREAD.
Step = dict[str, Any]

UNTIL = "until"  # when it was replaced (UTC), where title, categories and text stayed
REREAD = "reextracted"  # true where a later extractor has read it otherwise


@dataclass(frozen=True, slots=True)
class Look:
    """Details that a state had at one time."""

    details: Details
    until: str = ""
    """When others took their place; empty for the last that it had."""
    reread: bool = False
    """Whether a later extractor read those others, and the site did not change them."""


def read_steps(text: Any) -> list[Step] | None:
    """What a column `replaced` holds, the oldest first; None where nothing is known.

    What is no such list counts as nothing: a file may come from anywhere.
    """
    found = read_json(text)
    return [_step(step) for step in found if isinstance(step, dict)] if isinstance(found, list) else None


def _step(held: dict[str, Any]) -> Step:
    """What is of the type that the archive gives it."""
    found: Step = {name: _value(name, held[name]) for name in COLUMNS if name in held}
    for name, columns in LISTED.items():
        if name in held:
            found[name] = _rows(held[name], columns)
    until = _value(UNTIL, held.get(UNTIL))
    return found | ({UNTIL: until} if until else {}) | ({REREAD: True} if held.get(REREAD) is True else {})


def _rows(held: Any, columns: Sequence[str]) -> list[Any] | None:
    if not isinstance(held, list):
        return None
    if columns == ("name",):
        return [name for item in held if (name := _value("name", item)) is not None]
    rows = [{name: _value(name, item.get(name)) for name in columns} for item in held if isinstance(item, dict)]
    return [{name: _EMPTY.get(name) if value is None else value for name, value in row.items()} for row in rows]


def _value(name: str, held: Any) -> str | int | None:
    """What a column of the archive can hold of it; None for what is of another type."""
    if name in _NUMBERS:
        return held if isinstance(held, int) and abs(held) <= _LARGEST else None
    if held is None or (name == "published" and year_of(held) is None):
        return None
    return str(held)


def year_of(day: Any) -> int | None:
    """The year of an ISO date; None for what is none: a file may come from anywhere."""
    try:
        return date.fromisoformat(day).year
    except (ValueError, TypeError):
        return None


def read_present(connection: Connection, row: Mapping[str, Any]) -> Details:
    """All details of an article as it is."""
    found: Details = {name: row[name] for name in COLUMNS}
    found["tags"] = read_names(connection, TABLES["tags"], row["id"])
    for name in ("images", "links"):
        sql = f"SELECT {', '.join(LISTED[name])} FROM {name} WHERE article_id = ? ORDER BY position"
        found[name] = read_dicts(connection, sql, row["id"])
    return found


def earlier_looks(present: Details, replaced: Sequence[Any]) -> list[list[Look]]:
    """What each state of an article looked like, one after the other, from the columns `replaced` of all its states.

    The last state is the present one. Where an archive of before has kept nothing, nothing is known of a state.
    """
    states: list[list[Look]] = []
    details = present
    for number, text in enumerate(reversed(replaced)):
        steps = read_steps(text)
        if number:
            details = _before(details, steps.pop()) if steps else {}
        looks = [Look(details)]
        for step in reversed(steps or []):
            details = _before(details, step)
            looks.append(Look(details, step.get(UNTIL, ""), REREAD in step))
        states.append(looks[::-1])
    return states[::-1]


def _before(details: Details, step: Step) -> Details:
    """The details that stood before a step."""
    found = {**details, **{name: value for name, value in step.items() if name not in (UNTIL, REREAD)}}
    return {name: value for name, value in found.items() if name not in _ALWAYS or value is not None}


# `uploads/rope-585x390.png?ver=3` -> `rope`, as also a CDN has it that makes a `rope.png.webp` of it.
_FILE_NAME = re.compile(r"([^/?#]*?)(?:-\d{2,5}x\d{2,5}|-scaled)?(?:\.\w{2,5})*(?:[?#].*)?$", re.DOTALL)


def file_name(src: str | None) -> str:
    """What a picture's file is called, in whatever size, at whatever address."""
    found = _FILE_NAME.search(src or "")
    return found[1] if found else ""


def differing(before: Details, after: Details) -> Details:
    """What `before` has otherwise than `after`, so that it can be told from that again; null where it is not known.

    A number of comments only where it was higher: that it grows is no news.
    """
    names = [name for name in before if name not in after or before[name] != after[name]]
    found = {name: before[name] for name in names} | {name: None for name in after if name not in before}
    return without_fewer_comments(found, after.get("comment_count"))


def without_fewer_comments(replaced: Details, number: int | None) -> Details:
    """The replaced details without a number of comments that is not higher than the present `number`."""
    fewer = (replaced.get("comment_count") or 0) <= (number or 0)
    return {name: value for name, value in replaced.items() if name != "comment_count" or not fewer}
