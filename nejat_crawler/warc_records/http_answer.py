"""The content of a WARC record -> what the server answered: its status, its fields, and its body as it was meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from nejat_crawler.warc_records.unpacking import GZIP, UNPACK_ERRORS, UNPACKERS, ZSTD, Unpacker

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)[^\r\n]*\r?\n")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(r"([^\s:]+)[ \t]*:[ \t]*(.*)")
_CHUNK = re.compile(rb"(?:\r?\n)?([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<[!?a-zA-Z]|%PDF)")
_DEEPEST = 5
#: How far from its end a page may say `</html>`: caches leave their comments behind it.
_TAIL = 4096


class AnswerError(ValueError):
    """The body cannot be had whole; the message completes "an answer …"."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """`fields` by their names in small letters; several of one name are joined with commas."""

    status: int
    fields: dict[str, str]
    body: bytes = field(repr=False)
    """As it was sent: in chunks, compressed."""


def head_fields(head: bytes) -> Iterator[tuple[str, str]]:
    """The named fields in a head, by their names in small letters; one may go on in lines that are set in."""
    for line in re.sub(r"\r?\n[ \t]+", " ", head.decode("utf-8", "replace")).splitlines():
        if found := _FIELD.fullmatch(line.strip()):
            yield found[1].lower(), found[2]


def told_length(fields: Mapping[str, str]) -> int:
    """What `Content-Length` tells; -1 where it does not."""
    said = fields.get("content-length", "").strip()
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 20 else -1


def is_markup(body: bytes) -> bool:
    """Whether it begins as a page or a PDF does."""
    return bool(_MARKUP.match(body))


def split_answer(block: bytes) -> HttpAnswer | None:
    """The parts of an answer over HTTP, of any version; None where `block` is none."""
    block = block.lstrip(b"\r\n")
    answer = None
    # Before the answer may stand others: 103 Early Hints, 200 Connection established.
    while match := _STATUS.match(block):
        end = _HEAD_END.search(block, match.end() - 2)
        head, block = (block[match.end() : end.start()], block[end.end() :]) if end else (block[match.end() :], b"")
        fields: dict[str, str] = {}
        for name, value in head_fields(head):
            fields[name] = f"{fields[name]}, {value}" if name in fields else value
        answer = HttpAnswer(int(match[1]), fields, block)
    return answer


def read_body(answer: HttpAnswer, most: int) -> bytes:
    """The body as it was before it was sent; raises AnswerError where some of it is missing, or it is too large.

    Writers of WARCs keep the bytes of the wire, or what they made of them, with the fields of either: what the bytes
    are counts for more.
    """
    body = _without_chunks(answer.body)
    packed = body
    named = [name.strip().lower() for name in answer.fields.get("content-encoding", "").split(",")]
    for name in reversed(named):
        for unpacker in UNPACKERS.get(name, ()):
            if (unpacked := _unpack(body, unpacker, most)) is not None:
                body = unpacked
                break
    for _ in range(_DEEPEST):
        name = "gzip" if body.startswith(GZIP) else "zstd" if body.startswith(ZSTD) else ""
        if not name:
            break
        unpacked = _unpack(body, UNPACKERS[name][0], most)
        if unpacked is None:
            raise AnswerError("that cannot be unpacked")
        body = unpacked
    if len(body) > most:
        raise AnswerError(f"larger than {most // 2**20} MiB")
    if body is packed and any(named) and named != ["identity"] and body and not _MARKUP.match(body):
        raise AnswerError(f"in an encoding that cannot be read ({', '.join(named)[:60]})")
    _check_length(answer, packed, body)
    return body


def _check_length(answer: HttpAnswer, packed: bytes, body: bytes) -> None:
    """Raise AnswerError where fewer bytes came than the server announced, and the page does not end either."""
    is_short = len(packed) < told_length(answer.fields)
    if is_short and b"</html" not in body[-_TAIL:].lower() and b"%%EOF" not in body[-_TAIL:]:
        raise AnswerError("that breaks off")


def _without_chunks(body: bytes) -> bytes:
    """The body without the sizes of its chunks, if it has them, whatever the fields say; or AnswerError."""
    parts: list[bytes] = []
    place = 0
    while match := _CHUNK.match(body, place):
        size = int(match[1], 16)
        if not size:
            return b"".join(parts)
        place = match.end() + size
        if place + 2 > len(body) or body[place : place + 1] not in b"\r\n":
            break
        parts.append(body[match.end() : place])
    if parts or (place > len(body) and not _MARKUP.match(body)):
        raise AnswerError("that breaks off")
    return body


def _unpack(body: bytes, unpacker: Callable[[], Unpacker], most: int) -> bytes | None:
    """What was compressed, all its members; None where it is none; AnswerError where it is not whole or too large."""
    whole = bytearray()
    data = body
    while True:
        stream = unpacker()
        try:
            for piece in stream.pieces(data):
                whole += piece
                if len(whole) > most:
                    raise AnswerError(f"larger than {most // 2**20} MiB")
        except UNPACK_ERRORS:
            if whole and not _MARKUP.match(body):
                raise AnswerError("that cannot be unpacked") from None
            return None
        if not stream.eof:
            if whole and not _MARKUP.match(body):
                raise AnswerError("that breaks off")
            return None
        data = stream.unused
        if not data or data[:3] != body[:3]:  # behind the last member may stand anything
            return bytes(whole)
