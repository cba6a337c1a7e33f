"""A WARC file -> its records, one after the other; damage is said, and reading goes on behind it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import IO

from nejat_crawler.warc_records.http_answer import head_fields, told_length
from nejat_crawler.warc_records.member import Member, Packing, packing_of

#: Of the content of one record; a WARC file itself may have any size.
LONGEST_BLOCK = 32 * 1024 * 1024

_LONGEST_HEAD = 1024 * 1024
_LONGEST_MAGIC = 4  # zstd's, that of a dictionary's frame, and more than gzip's
_ENDS = "a record in whose middle the file ends"


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """The fields of a record's head, by their names in small letters, and its content."""

    fields: dict[str, str]
    block: bytes = field(repr=False)
    """Its first LONGEST_BLOCK bytes, and one more where it is longer."""
    problem: str = ""
    """What is wrong with it, "a record whose Content-Length is wrong"."""
    is_whole: bool = True
    """Whether `block` is what the writer meant, for all that is known."""
    offset: int = 0
    """In the file, or where that is compressed as a whole, in what it holds; `length` too."""
    length: int = 0


@dataclass(frozen=True, slots=True)
class Damage:
    """Something in the file that is no record; `what` says why."""

    what: str
    place: int
    """In the file, or where that is compressed as a whole, in what it holds."""


def read_records(file: IO[bytes], packing: Packing) -> Iterator[WarcRecord | Damage]:
    """The records of a file, and what of it is none, in order."""
    start: int | None = packing.begin
    ahead = b""
    while start is not None:
        member = Member(file, packing, start, ahead)
        yield from _records_in(member)
        if member.problem:
            start, ahead = packing.next_member(file, start + 1), b""
            continue
        start, ahead = member.end, member.ahead
        if len(ahead) < _LONGEST_MAGIC:  # the next member may begin in the last two bytes that were read
            ahead += file.read(1 << 16)
        if not ahead:
            return
        if not packing.begins(ahead):
            if not ahead.strip(b"\0\r\n"):  # a disk or a tape fills its last block up
                ahead = _behind_zeros(file)
                if not ahead:
                    return
            yield Damage("a place that is no record", start)
            start, ahead = packing.next_member(file, start + 1), b""


def _behind_zeros(file: IO[bytes]) -> bytes:
    while data := file.read(1 << 16):
        if data.strip(b"\0"):
            return data
    return b""


def _records_in(member: Member) -> Iterator[WarcRecord | Damage]:
    begin = 0
    while member.skip_line_ends():
        begin = member.position
        if not member.is_at_record():
            if member.is_more_than_zeros():
                yield Damage("a place that is no record", member.start + begin)
                member.take_to_next(0)
            continue
        fields = _fields(member.take_head(_LONGEST_HEAD))
        if not fields:  # its head has no end
            member.take(1)
            if member.take_to_next(0)[2]:
                yield Damage("a place that is no record", member.start + begin)
            else:
                member.problem = member.problem or _ENDS
            continue
        at = member.position
        length = told_length(fields)
        block = member.take(min(max(length, 0), LONGEST_BLOCK + 1))
        size = len(block) + member.skip(max(length, 0) - len(block))
        if size == length and member.is_at_record_end():
            yield _with_digest(WarcRecord(fields, block, "", True, *member.place_since(begin)))
            continue
        member.go_back(at, block if size == len(block) else None)
        block, is_ended, is_next = member.take_to_next(LONGEST_BLOCK + 1)
        if is_ended:
            # Some writers count characters instead of bytes, or the packed length of what they unpacked.
            problem = "a record whose Content-Length is wrong"
            yield _with_digest(WarcRecord(fields, block, problem, True, *member.place_since(begin)))
        elif is_next:
            yield Damage("a record that breaks off before the next one", member.start + begin)
        else:
            member.problem = member.problem or _ENDS
    if member.problem:
        yield Damage(member.problem, member.start + begin)


def _fields(head: bytes) -> dict[str, str]:
    """The named fields, the first of each name; empty where `head` is not a record's."""
    if not re.match(rb"WARC/\d", head):
        return {}
    found: dict[str, str] = {}
    for name, value in head_fields(head):
        found.setdefault(name, value)
    return found


def _with_digest(record: WarcRecord) -> WarcRecord:
    """The record, and whether it is whole, where it bears a digest of its block that can be checked."""
    name, _, said = record.fields.get("warc-block-digest", "").strip().partition(":")
    name = name.lower().replace("-", "")
    if name not in ("sha1", "sha256", "sha512", "md5") or not said or len(record.block) > LONGEST_BLOCK:
        return record
    digest = hashlib.new(name, record.block, usedforsecurity=False)
    forms = {digest.hexdigest(), base64.b32encode(digest.digest()).decode().rstrip("=").lower()}
    if said.rstrip("=").lower() in forms:
        return record
    problem = record.problem or "a record whose digest is not that of its content"
    return replace(record, problem=problem, is_whole=False)


def read_record_at(file: IO[bytes], offset: int) -> WarcRecord | None:
    """The record that begins at `offset`; None where none does."""
    packing = packing_of(file)
    file.seek(offset)
    begins = not packing.magic or packing.begins(file.read(8))
    member = Member(file, packing, offset if begins else packing.begin, b"", seek=True)
    if not begins:  # it is compressed as a whole
        member.skip(offset - packing.begin)
    found = next(_records_in(member), None) if member.is_at_record() else None
    return found if isinstance(found, WarcRecord) else None
