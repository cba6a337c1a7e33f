"""How a WARC file is packed, and the bytes of one of its members as they were before."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from nejat_crawler.warc_records.unpacking import GZIP, UNPACK_ERRORS, ZSTD, Plain, Unpacker, Zstd, gzip_unpacker

_CHUNK = 1 << 14
_RECORD = rb"WARC/\d{1,2}\.\d{1,3}[ \t]{0,8}\r?\n"
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_NEXT = re.compile(_RECORD + rb"[A-Za-z-]{1,40}:")
_ENDING = re.compile(rb"\r?\n\r?\n\Z")
_RECORD_HEAD = re.compile(_RECORD)
_RECORD_END = re.compile(rb"[\r\n]*(?:" + _RECORD + rb"|\0|\Z)")
_LONGEST_NEXT = 128
#: Of a zstd frame that holds no data; with the first of these a file brings the dictionary of its other frames.
_DICTIONARY = b"\x5d\x2a\x4d\x18"
_LONGEST_DICTIONARY = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Packing:
    """How the file is compressed; `begin` is where its first member does."""

    magic: bytes
    unpacker: Callable[[], Unpacker]
    begin: int = 0

    def begins(self, data: bytes) -> bool:
        """Whether a member begins here."""
        return data.startswith(self.magic) or (self.magic == ZSTD and data[1:4] == _DICTIONARY[1:])

    def next_member(self, file: IO[bytes], start: int) -> int | None:
        """Where the first member from `start` on begins that holds a record; the file stands there then."""
        if not self.magic:
            return None
        overlap = len(self.magic) - 1
        file.seek(start)
        data = b""
        while chunk := file.read(1 << 20):
            data += chunk
            place = -1
            while (place := data.find(self.magic, place + 1)) >= 0:
                member = Member(file, self, start + place, b"", seek=True)
                if member.fill(5) and member.take(5) == b"WARC/":
                    file.seek(start + place)
                    return start + place
            start, data = start + len(data) - overlap, data[-overlap:]
            file.seek(start + len(data))
        return None


def packing_of(file: IO[bytes]) -> Packing:
    """How `file` is compressed: record by record, as a whole, or not at all; it is read from its beginning then."""
    file.seek(0)
    head = file.read(8)
    if head.startswith(_DICTIONARY) and len(head) == 8:
        size = struct.unpack("<I", head[4:])[0]
        dictionary = file.read(min(size, _LONGEST_DICTIONARY))
        if dictionary.startswith(ZSTD):
            dictionary = b"".join(Zstd().pieces(dictionary))
        packing = Packing(ZSTD, lambda: Zstd(dictionary), 8 + size)
    else:
        kinds: dict[bytes, Callable[[], Unpacker]] = {GZIP: gzip_unpacker, ZSTD: Zstd}
        magic = next((magic for magic in kinds if head.startswith(magic)), b"")
        packing = Packing(magic, kinds.get(magic, Plain))
    file.seek(packing.begin)
    return packing


class Member:
    """One compressed member, or all of a file that is not compressed; read forwards.

    `position` is that of the next byte; `problem` says why the member ends before its end, then `end` is not known.
    """

    def __init__(self, file: IO[bytes], packing: Packing, start: int, ahead: bytes, *, seek: bool = False) -> None:
        """`ahead`: its first bytes, which have been read already; the file stands behind them."""
        self._file, self._packing, self.start = file, packing, start
        if seek:
            file.seek(start)
        self._open(ahead, 0)

    def _open(self, ahead: bytes, position: int) -> None:
        self.position, self.problem, self.end, self.ahead = position, "", self.start, b""
        self._buffer = bytearray()
        self._pieces = self._read(ahead)

    def _read(self, data: bytes) -> Iterator[bytes]:
        unpacker = self._packing.unpacker()
        while True:
            try:
                data = data or self._file.read(_CHUNK)
                if not data:
                    self.problem = "a record in whose middle the file ends" if self._packing.magic else ""
                    return
                yield from unpacker.pieces(data)
            except (*UNPACK_ERRORS, OSError, EOFError, zipfile.BadZipFile):
                self.problem = "a record that cannot be unpacked"
                return
            if unpacker.eof:
                self.ahead = unpacker.unused
                self.end = self._file.tell() - len(self.ahead)
                return
            data = b""

    def fill(self, length: int) -> bool:
        """Whether `length` bytes are left."""
        while len(self._buffer) < length:
            piece = next(self._pieces, None)
            if piece is None:
                return False
            self._buffer += piece
        return True

    def take(self, length: int) -> bytes:
        """The next `length` bytes, or those that are left."""
        self.fill(length)
        with memoryview(self._buffer) as view:  # a slice of the buffer would be a further copy, of 32 MiB at the most
            taken = bytes(view[:length])
        del self._buffer[:length]
        self.position += len(taken)
        return taken

    def skip(self, length: int) -> int:
        """Pass over `length` bytes; gives how many there were."""
        left = length
        while left and (taken := len(self.take(min(left, _CHUNK)))):
            left -= taken
        return length - left

    def place_since(self, begin: int) -> tuple[int, int]:
        """Where the record that began at `begin` stands in the file, and how many bytes of it are its."""
        if self._packing.magic and not begin and self.end > self.start and not self._buffer.strip(b"\r\n"):
            return self.start, self.end - self.start  # alone in its member
        return self.start + begin, self.position - begin

    def skip_line_ends(self) -> bool:
        """Pass over empty lines; gives whether there is more behind them."""
        while self.fill(1):
            if self._buffer[0] not in b"\r\n":
                return True
            self.take(1)
        return False

    def is_at_record(self) -> bool:
        """Whether a record begins here."""
        self.fill(_LONGEST_NEXT)
        return bool(_RECORD_HEAD.match(self._buffer))

    def is_more_than_zeros(self) -> bool:
        """Whether something follows; a disk or a tape fills its last block up with zeros, which are passed over."""
        while self.fill(1):
            if self._buffer.strip(b"\0\r\n"):
                return True
            self.take(len(self._buffer))
        return False

    def take_head(self, most: int) -> bytes:
        """The next bytes to the first empty line, with it; b"" where there is none among `most`."""
        searched = 0
        while not (match := _HEAD_END.search(self._buffer, max(0, searched - 3))):
            searched = len(self._buffer)
            if searched > most or not self.fill(searched + 1):
                return b""
        return self.take(match.end())

    def is_at_record_end(self) -> bool:
        """Whether nothing but line ends stands before the next record, or before a sound end."""
        self.fill(_LONGEST_NEXT)
        return bool(_RECORD_END.match(self._buffer[:_LONGEST_NEXT])) and not (
            self.problem and len(self._buffer) < _LONGEST_NEXT
        )

    def go_back(self, position: int, taken: bytes | None) -> None:
        """Go on reading at `position`; `taken` is what has been read since, where that is still at hand."""
        if taken is not None:
            self._buffer[:0] = taken
            self.position = position
            return
        at = 0 if self._packing.magic else position
        self._file.seek(self.start + at)
        self._open(b"", at)
        self.skip(position - at)

    def take_to_next(self, most: int) -> tuple[bytes, bool, bool]:
        """What stands before the next record, whether it ends as a record does, and whether there is a next one.

        Used where the length that a record tells is not to be believed; gives `most` bytes at the most.
        """
        kept = bytearray()
        while not (match := _NEXT.search(self._buffer)):
            kept += self.take(max(0, len(self._buffer) - _LONGEST_NEXT))[: max(0, most - len(kept))]
            if not self.fill(_LONGEST_NEXT + 1):
                break
        match = match or _NEXT.search(self._buffer)
        kept += self.take(match.start() if match else len(self._buffer))[: max(0, most - len(kept))]
        ending = _ENDING.search(kept, max(0, len(kept) - 4))
        is_ended = bool(ending) and (bool(match) or not self.problem)
        return bytes(kept[: ending.start()] if ending else kept), is_ended, bool(match)
