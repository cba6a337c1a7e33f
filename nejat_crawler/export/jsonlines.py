"""Articles as JSON: an object a line, or one list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from nejat_crawler.archive.reading.articles import EARLIER, REEXTRACTED, read_rows
from nejat_crawler.export.export_job import Job


def write_jsonl(job: Job, file: BinaryIO) -> None:
    """One object of the contract a line; with `versions` its earlier states are a list in the field `earlier`."""
    for text in _objects(job):
        file.write(text)
        file.write(b"\n")


def write_json(job: Job, file: BinaryIO) -> None:
    """A list of the same objects, one a line."""
    write_list(file, _objects(job))


def write_list(file: BinaryIO, items: Iterable[bytes]) -> None:
    """Write a list of JSON texts, one a line."""
    before = b"[\n"
    for item in items:
        file.write(before)
        file.write(item)
        before = b",\n"
    file.write(b"[]\n" if before == b"[\n" else b"\n]\n")


def _objects(job: Job) -> Iterator[bytes]:
    fields = (*job.fields, REEXTRACTED, EARLIER) if job.versions else job.fields
    return (text for (text,) in job.watch(read_rows(job.db, "json", job.selection, fields)))
