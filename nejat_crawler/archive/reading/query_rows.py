"""Rows of a query as dictionaries, and what a column holds as JSON."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from sqlite_utils import Database  # most of a second, which each process for readers' SQL would take

Connection: TypeAlias = "sqlite3.Connection | Database"
"""An open archive: as Datasette lends it to a page of the site, or that of an `Archive`."""
Rows = list[dict[str, Any]]


def read_dicts(connection: Connection, sql: str, *values: object) -> Rows:
    """The rows of a query, columns by name."""
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def read_json(text: Any) -> Any:
    """What a column holds as JSON; None for whatever else it holds: a file may come from anywhere."""
    try:
        found = json.loads(text)
        if not isinstance(text, str) or "\\u" in text:  # which can name halves of characters, that nothing can print
            found = json.loads(json.dumps(found, ensure_ascii=False).encode(errors="replace"))
    except (ValueError, TypeError, RecursionError):
        return None
    return found


def read_object(text: Any) -> dict[str, Any]:
    """The object that a column holds as JSON; empty for whatever else it holds."""
    found = read_json(text)
    return found if isinstance(found, dict) else {}
