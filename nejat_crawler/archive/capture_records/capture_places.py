"""Where the records stand from which articles were read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from nejat_crawler.archive.reading.query_rows import Connection, Rows, read_dicts
from nejat_crawler.items import KeptAnswer

_COLUMNS = ", ".join(field.name for field in fields(KeptAnswer))


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """A capture, and the record that holds its body: another one, where a server has sent the same again."""

    kept: KeptAnswer
    holder: KeptAnswer


def read_capture(connection: Connection, capture_id: int | None) -> StoredAnswer | None:
    """The capture of a number; None where there is none."""
    rows = read_dicts(connection, "SELECT * FROM captures WHERE id = ?", capture_id)
    for row in rows:
        kept = _kept(row)
        repeated = read_captures(connection, [row["repeats"]]) if row["repeats"] else ()
        return StoredAnswer(kept, repeated[0] if repeated else kept)
    return None


def read_captures(connection: Connection, ids: Iterable[int | None]) -> tuple[KeptAnswer, ...]:
    """The captures of these numbers, in their order."""
    sql = f"SELECT {_COLUMNS} FROM captures WHERE id = ?"
    return tuple(_kept(row) for each in ids for row in read_dicts(connection, sql, each))


def find_payload(connection: Connection, digest: str) -> Rows:
    """The first captures whose records hold a body with this digest."""
    sql = "SELECT * FROM captures WHERE digest = ? AND repeats IS NULL ORDER BY id LIMIT 9"
    return read_dicts(connection, sql, digest)


def named_files(connection: Connection) -> set[str]:
    """The WARC files that captures stand in."""
    return {row["file"] for row in read_dicts(connection, "SELECT DISTINCT file FROM captures")}


def _kept(row: dict[str, Any]) -> KeptAnswer:
    """The capture of a row; a file may come from anywhere, and hold a word where a number belongs."""
    texts: dict[str, Any] = {name: str(row[name]) for name in ("url", "time", "digest", "file")}
    numbers: dict[str, Any] = {
        name: row[name] if isinstance(row[name], int) else -1 for name in ("status", "offset", "length")
    }
    return KeptAnswer(**texts, **numbers)
