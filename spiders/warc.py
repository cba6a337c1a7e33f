"""Web archives: the responses in a WARC file, compressed or not, one after the other."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

#: Of one response; a WARC file itself may have any size.
_LONGEST_RESPONSE = 64 * 1024 * 1024

_GZIP = b"\x1f\x8b"
_REVISIT = "revisit"


class BrokenWarcError(ValueError):
    """A WARC file ends in the middle, or is damaged; what stood before has been read."""


@dataclass(frozen=True, slots=True)
class WarcResponse:
    """What a server answered with status 200."""

    url: str
    captured_at: str
    """UTC with seconds, as the archive writes it."""
    content_type: str
    body: bytes


def _open(path: Path) -> IO[bytes]:
    """The file as it was before it was compressed: record by record, as the standard has it, or as a whole."""
    with path.open("rb") as file:
        is_compressed = file.read(2) == _GZIP
    return cast("IO[bytes]", gzip.open(path) if is_compressed else path.open("rb"))


def is_warc(path: Path) -> bool:
    """Whether a file begins as a WARC does."""
    try:
        with _open(path) as file:
            return file.read(5) == b"WARC/"
    except (OSError, EOFError, zlib.error):
        return False


def read_warc(path: Path) -> Iterator[WarcResponse | str]:
    """The responses in a WARC file, or why a record holds none, in order; raises BrokenWarcError at its damage."""
    with _open(path) as file:
        try:
            for record in ArchiveIterator(file):
                if record.rec_type == "response":
                    yield _read_response(record)
                elif record.rec_type == _REVISIT:
                    yield "a WARC record that repeats an earlier one"
        # warcio trips over a file that ends within a record's head: None has no attribute 'startswith'
        except (ArchiveLoadFailed, AttributeError, EOFError, OSError, ValueError, zlib.error) as error:
            raise BrokenWarcError(str(error).strip().partition("\n")[0] or type(error).__name__) from error


def _read_response(record: object) -> WarcResponse | str:
    headers, http = record.rec_headers, record.http_headers  # type: ignore[attr-defined]  # warcio has no types
    if http is None or http.get_statuscode() != "200":
        return "a WARC record of an answer other than 200"
    body = record.content_stream().read(_LONGEST_RESPONSE + 1)  # type: ignore[attr-defined]
    if len(body) > _LONGEST_RESPONSE:
        return f"a WARC record larger than {_LONGEST_RESPONSE // 2**20} MiB"
    if record.raw_stream.limit > 0:  # type: ignore[attr-defined]
        raise BrokenWarcError("it ends in the middle of a record")
    return WarcResponse(
        url=(headers.get_header("WARC-Target-URI") or "").strip("<>"),
        captured_at=_in_utc(headers.get_header("WARC-Date") or ""),
        content_type=http.get_header("Content-Type") or "",
        body=body,
    )


def _in_utc(printed: str) -> str:
    """`2019-05-04T03:02:01.123Z` -> `2019-05-04T03:02:01Z`; now, where a record does not say."""
    try:
        moment = datetime.fromisoformat(printed)
    except ValueError:
        moment = datetime.now(UTC)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
