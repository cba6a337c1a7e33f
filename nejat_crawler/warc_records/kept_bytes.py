"""The bytes of a record whose place is known."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from nejat_crawler.items import KeptAnswer
from nejat_crawler.warc_records.framing import LONGEST_BLOCK, WarcRecord, read_record_at
from nejat_crawler.warc_records.http_answer import AnswerError, HttpAnswer, read_body, split_answer
from nejat_crawler.warc_records.unpacking import UNPACK_ERRORS


class MissingRecordError(ValueError):
    """A record cannot be read; the message says why in a sentence."""


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """What a server has sent."""

    head: bytes
    """Status line and fields, with the empty line at their end; none where the record holds a file alone."""
    content_type: str
    body: bytes = field(repr=False)
    """Unpacked."""


def read_kept(folders: Sequence[Path], kept: KeptAnswer) -> SentAnswer:
    """What a record holds, in the first of `folders` that has its file; raises MissingRecordError."""
    try:
        with _open(folders, kept.file) as file:
            record = read_record_at(file, kept.offset)
    except (OSError, zipfile.BadZipFile, *UNPACK_ERRORS) as error:
        raise MissingRecordError(f"{kept.file} cannot be read: {error}") from error
    where = f"the record at byte {kept.offset:,} of {kept.file}"
    if record is None or not record.is_whole:
        raise MissingRecordError(f"{where} is not there, or damaged")
    said = record.fields.get("warc-payload-digest", "").strip()
    if kept.digest and said.lower() != kept.digest.lower():
        raise MissingRecordError(f"{where} is another one than was captured")
    return _sent(record, where)


def read_opening(folders: Sequence[Path], name: str) -> bytes:
    """What a WARC file says of itself in its first record; empty where that says nothing."""
    with _open(folders, name) as file:
        record = read_record_at(file, 0)
    return record.block if record and record.fields.get("warc-type") == "warcinfo" else b""


def _sent(record: WarcRecord, where: str) -> SentAnswer:
    said = record.fields.get("content-type", "")
    answer = split_answer(record.block) or HttpAnswer(200, {"content-type": said}, record.block)
    try:
        body = read_body(answer, LONGEST_BLOCK)
    except AnswerError as error:
        raise MissingRecordError(f"{where} holds an answer {error}") from error
    head = record.block[: len(record.block) - len(answer.body)]
    return SentAnswer(head, answer.fields.get("content-type", ""), body)


@contextmanager
def _open(folders: Sequence[Path], name: str) -> Iterator[IO[bytes]]:
    """A WARC file, alone or in a WACZ; an archive from elsewhere may name anything."""
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise MissingRecordError(f"{name} is no name of a WARC file")
    for path in (folder / name for folder in folders):
        packed = next((parent for parent in path.parents if parent.is_file()), None)
        if path.is_file():
            with path.open("rb") as file:
                yield file
            return
        if packed:
            with zipfile.ZipFile(packed) as zipped, zipped.open(str(path.relative_to(packed))) as file:
                yield file
            return
    raise MissingRecordError(f"{name} is not in {' or '.join(map(str, folders))}")
