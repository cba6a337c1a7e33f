"""Compressed bytes -> what they hold, a bounded piece at a time: gzip, deflate, zstd, brotli."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd as zstd
else:
    from backports import zstd as zstd

GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"
_ZSTD_DICTIONARY = b"\x37\xa4\x30\xec"
#: What the decompressors raise at broken data.
UNPACK_ERRORS = (zlib.error, zstd.ZstdError, brotli.error)

_PIECE = 1 << 16


class Unpacker(Protocol):
    """A decompressor of one stream; `unused` is what stands behind its end."""

    eof: bool
    unused: bytes

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """What `data`, the next bytes of the stream, adds, in pieces of 64 KiB at the most."""
        ...


class Plain:
    """No compression at all: has no end of its own."""

    eof = False
    unused = b""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """`data` itself."""
        yield data


class _Zlib:
    def __init__(self, wbits: int) -> None:
        self._stream = zlib.decompressobj(wbits)
        self.eof = False
        self.unused = b""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while True:
            piece = self._stream.decompress(data, _PIECE)
            data = self._stream.unconsumed_tail
            self.eof, self.unused = self._stream.eof, self._stream.unused_data
            if piece:
                yield piece
            # All that went in may be taken while some of what comes out still waits.
            if self.eof or not (data or len(piece) == _PIECE):
                return


class Zstd:
    """A frame; `dictionary` is the one that the file brings for all of its frames."""

    def __init__(self, dictionary: bytes = b"") -> None:
        is_raw = not dictionary.startswith(_ZSTD_DICTIONARY)
        self._stream = zstd.ZstdDecompressor(zstd.ZstdDict(dictionary, is_raw=is_raw) if dictionary else None)
        self.eof = False
        self.unused = b""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """What the frame holds."""
        while True:
            piece = self._stream.decompress(data, _PIECE)
            data = b""
            self.eof = self._stream.eof
            self.unused = self._stream.unused_data if self.eof else b""
            if piece:
                yield piece
            if self.eof or self._stream.needs_input:
                return


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self.eof = False
        self.unused = b""

    def pieces(self, data: bytes) -> Iterator[bytes]:
        while True:
            piece = self._stream.process(data, output_buffer_limit=_PIECE)
            data = b""
            self.eof = self._stream.is_finished()
            if piece:
                yield piece
            if self.eof or not piece:
                return


def gzip_unpacker() -> Unpacker:
    """Of one member."""
    return _Zlib(31)


#: By the name in `Content-Encoding`; of `deflate` servers send both kinds, with zlib's head and without.
UNPACKERS: dict[str, tuple[Callable[[], Unpacker], ...]] = {
    "gzip": (gzip_unpacker,),
    "x-gzip": (gzip_unpacker,),
    "deflate": (lambda: _Zlib(15), lambda: _Zlib(-15)),
    "zstd": (Zstd,),
    "br": (_Brotli,),
}
