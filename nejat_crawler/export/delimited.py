"""Articles as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from nejat_crawler.archive.reading.articles import OF_A_STATE, read_rows
from nejat_crawler.export.export_job import Job

#: A spreadsheet takes a cell that begins so for a formula, and may run it; the wide forms are the same to some.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_LONGEST_CELL = 32_767  # of UTF-16, where 𝒜 and 😀 count for two; Excel spills what is longer into the rows below


def write_csv(job: Job, file: BinaryIO) -> None:
    """RFC 4180 with a header; with `versions` each earlier state is a row of its own, numbered in `version`."""
    header = [*job.fields, *(OF_A_STATE if job.versions else ())]
    rows = job.watch(read_rows(job.db, "cells", job.selection, job.fields, versions=job.versions))
    if job.excel:
        file.write("\ufeff".encode())
        guard = _Guard()
        write_rows(header, (tuple(map(guard.cell, row)) for row in rows), file)
        if guard.cut:
            cells = "1 cell was" if guard.cut == 1 else f"{guard.cut} cells were"
            job.notes.append(f"{cells} cut at {_LONGEST_CELL} characters, the most that Excel takes")
    else:
        write_rows(header, rows, file)


def write_rows(header: Sequence[str], rows: Iterable[Sequence[Any]], file: BinaryIO) -> int:
    """Write texts (UTF-8, or str) in quotation marks, numbers bare, nulls as nothing; returns the number of rows.

    The csv module looks at every character of a body to decide on the marks, which takes three times as long.
    """
    count = 0
    file.write((",".join(header) + "\r\n").encode())
    for row in rows:
        cells = [
            b'"' + value.replace(b'"', b'""') + b'"' if type(value) is bytes else _rarer_cell(value) for value in row
        ]
        file.write(b",".join(cells) + b"\r\n")
        count += 1
    return count


def _rarer_cell(value: str | int | None) -> bytes:
    if value is None:
        return b""
    return ('"' + value.replace('"', '""') + '"' if isinstance(value, str) else str(value)).encode()


class _Guard:
    """Makes cells safe for a spreadsheet, and counts those that it had to cut."""

    def __init__(self) -> None:
        self.cut = 0

    def cell(self, value: bytes | int | None) -> str | int | None:
        if not isinstance(value, bytes):
            return value
        text = value.decode()
        if text.startswith(_FORMULA_STARTS):
            text = "'" + text
        units = text.encode("utf-16-le") if len(text) > _LONGEST_CELL // 2 else b""
        if len(units) > 2 * _LONGEST_CELL:
            self.cut += 1
            # half a pair at the end is left out
            text = units[: 2 * (_LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"
        return text
