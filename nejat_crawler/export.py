"""Articles as files for analysts: a row of FORMATS each."""

from __future__ import annotations

import csv
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from nejat_crawler.archive.reading import FIELDS

Rows = Iterable[dict[str, Any]]


class ExportError(Exception):
    """The export cannot be written; the message is one sentence for the user."""


def write_jsonl(rows: Rows, file: TextIO) -> None:
    """One JSON object a line."""
    for row in rows:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_csv(rows: Rows, file: TextIO) -> None:
    """RFC 4180 with a header; the values of a list are joined by `|` (of images the file, of links the address)."""
    writer = csv.writer(file)
    writer.writerow(FIELDS)
    writer.writerows([_cell(row[field]) for field in FIELDS] for row in rows)


def _cell(value: Any) -> str | int | None:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list):
        names = (
            item if isinstance(item, str) else item.get("src") or item.get("url") or item.get("alt") for item in value
        )
        return "|".join(str(name) for name in names)
    return value  # type: ignore[no-any-return]


FORMATS: dict[str, Callable[[Rows, TextIO], None]] = {"csv": write_csv, "jsonl": write_jsonl}


@contextmanager
def open_output(path: Path | None, *, force: bool) -> Iterator[TextIO]:
    """Standard output, or a file that appears under its name only when it is whole.

    Raises ExportError if the file exists (without `force`) or cannot be written.
    """
    if path is None:
        # newline="": the csv module ends its own lines, and a body's \n stays one
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        try:
            yield sys.stdout
            sys.stdout.flush()
        except BrokenPipeError:  # | head has seen enough
            raise
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left is not tried again at exit
            raise ExportError(f"cannot write to standard output: {error.strerror}") from error
        return
    path = path.resolve()
    if path.exists() and not path.is_file():
        raise ExportError(f"{path} is no regular file: leave -o away and redirect standard output to it")
    if path.exists() and not force:
        raise ExportError(f"{path} exists already: use --force to replace it")
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise ExportError(f"cannot write to {path.parent}: {error.strerror}") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            yield file
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)  # mkstemp lets nobody else read
        Path(temporary).replace(path)
    except BaseException as error:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise ExportError(f"cannot write {path}: {error.strerror}") from error
        raise
