"""What servers answered -> WARC files of bounded size, each readable to its last whole record at any moment."""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO, FileIO
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

_VERSION = "WARC/1.1"
_LEVEL = 4  # of 1 to 9: 9 takes four times as long, and makes pages 4 % smaller
_MOST_FILES = 100_000


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer; the heads are the bytes of HTTP, with the empty line at their end."""

    url: str
    time: str
    """When the answer was there, in UTC: `2026-11-21T08:00:00Z`."""
    request: bytes = field(repr=False)
    head: bytes = field(repr=False)
    payload: bytes = field(repr=False)
    """The body as it was sent: compressed, but no longer in chunks."""
    ip_address: str = ""

    @property
    def digest(self) -> str:
        """SHA-1 of the payload, as WARC files write it."""
        return f"sha1:{base64.b32encode(hashlib.sha1(self.payload, usedforsecurity=False).digest()).decode()}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: so many bytes of a file, compressed by themselves."""

    file: str
    offset: int
    length: int


class RecordWriter:
    """Writes the web archive of one run, to files of its own: none of an earlier run is ever opened."""

    def __init__(self, folder: Path, name: str, info: Mapping[str, str], largest: int) -> None:
        """`name` is that of the files, `info` what each says of itself; the next begins behind `largest` bytes."""
        self.bytes = 0
        """Of all files together."""
        self.files: list[str] = []
        self._folder, self._name, self._info, self._largest = folder, name, info, largest
        self._builder = WARCWriter(None, gzip=False, warc_version=_VERSION)
        self._file: FileIO | None = None
        self._info_id = ""

    def write(self, exchange: Exchange, repeats: tuple[str, str] | None) -> Place:
        """Append request and answer; raises OSError, and leaves no part of them then.

        `repeats`: address and time of an earlier answer with the same payload, which is not written again.
        """
        if self._file is None or self._file.tell() >= self._largest:
            self._open_next()
        return self._append(*self._records(exchange, repeats))

    def close(self) -> None:
        """Close the file; what it holds is on the disk then."""
        if self._file is not None:
            file, self._file = self._file, None
            with file:
                os.fsync(file.fileno())

    def _open_next(self) -> None:
        self.close()
        self._folder.mkdir(parents=True, exist_ok=True)
        for number in range(len(self.files) + 1, _MOST_FILES):
            path = self._folder / f"{self._name}{f'_{number:03}' if number > 1 else ''}.warc.gz"
            try:
                self._file = path.open("xb", buffering=0)
            except FileExistsError:  # of another archive in this folder
                continue
            self.files.append(path.name)
            record = self._builder.create_warcinfo_record(path.name, self._info)
            self._info_id = record.rec_headers.get_header("WARC-Record-ID")
            try:
                self._append(record)
            except OSError:  # a full disk
                self.close()
                path.unlink()
                raise
            return
        raise FileExistsError(f"there are {_MOST_FILES} files {self._name} in {self._folder}")

    def _records(self, exchange: Exchange, repeats: tuple[str, str] | None) -> Iterator[Any]:
        fields = {"WARC-Date": exchange.time, "WARC-Warcinfo-ID": self._info_id}
        answered = fields | ({"WARC-IP-Address": exchange.ip_address} if exchange.ip_address else {})
        head = _Head(exchange.head)
        if repeats:
            answer = self._builder.create_revisit_record(exchange.url, exchange.digest, *repeats, head, answered)
        else:
            answer = self._record("response", exchange.url, head, exchange.payload, answered)
        yield answer
        asked = fields | {"WARC-Concurrent-To": answer.rec_headers.get_header("WARC-Record-ID")}
        yield self._record("request", exchange.url, _Head(exchange.request), b"", asked)

    def _record(self, kind: str, url: str, head: _Head, payload: bytes, fields: dict[str, str]) -> Any:
        return self._builder.create_warc_record(
            url, kind, BytesIO(payload), len(payload), warc_headers_dict=fields, http_headers=head
        )

    def _append(self, *records: Any) -> Place:
        """Append records in one write; gives the place of the first."""
        file = self._file
        if file is None:
            raise ValueError("no file is open")
        packed = [self._pack(record) for record in records]
        start = file.tell()
        try:
            _write_all(file, b"".join(packed))
        except OSError:
            file.truncate(start)
            file.seek(start)
            raise
        self.bytes += file.tell() - start
        return Place(self.files[-1], start, len(packed[0]))

    def _pack(self, record: Any) -> bytes:
        self._builder.out = BytesIO()
        self._builder.write_record(record)
        return gzip.compress(self._builder.out.getvalue(), _LEVEL, mtime=0)


class _Head(StatusAndHeaders):  # type: ignore[misc]  # warcio brings no types
    """The head of a message as it was sent: warcio would write `%C3%A9` for a byte that is not ASCII."""

    def __init__(self, sent: bytes) -> None:
        super().__init__("", [])
        self._sent = sent

    def __bool__(self) -> bool:
        return True

    def compute_headers_buffer(self, header_filter: object = None) -> None:  # noqa: ARG002 (warcio's)
        """Take the bytes as they are."""
        self.headers_buff = self._sent


def _write_all(file: FileIO, data: bytes) -> None:
    """Write `data`; a disk that is nearly full takes a part of it, and says so with the next."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) or 0 :]


def message_head(first_line: bytes, fields: Sequence[tuple[bytes, bytes]]) -> bytes:
    """The head of a message of HTTP."""
    return b"\r\n".join([first_line, *(b"%b: %b" % each for each in fields), b"", b""])
