"""HTTP as old links and scripts speak it, and as long as somebody speaks it: who says or takes nothing is let go.

An address may hold letters that nobody has percent-encoded. A request has seconds to arrive in, a reader has to take
what he has asked for, and where there are too many of either, those go first that have been slow for longest.
"""

from __future__ import annotations

import asyncio
import re
import resource
import socket
import struct
from typing import ClassVar

import h11
from uvicorn import config
from uvicorn.protocols.http.h11_impl import H11Protocol

from nejat_crawler.website.app.security import HEADERS

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_LONGEST_REQUEST = 512 * 1024  # bytes of a request's head: 10,000 typed characters may take 12 bytes each
_LONGEST_ARRIVAL = 10  # seconds in which a request comes in whole
_STALLED = 20  # seconds between two looks at what a slow reader has taken
_LEAST_TAKEN = 16 * 1024  # bytes meanwhile
_MOST_SLOW = 24  # readers who have not taken yet what was made for them …
_MOST_BUFFERED = 64 * 2**20  # … and bytes of it
_IN_KERNEL = (
    256 * 1024
)  # bytes of an answer that the kernel keeps; by itself it takes 4 MB for each who does not read
_MOST_OPEN = 500  # connections; half of the files that the process may open, where that is less


def _most_open() -> int:
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return _MOST_OPEN if soft == resource.RLIM_INFINITY else min(_MOST_OPEN, soft // 2)


class LenientProtocol(H11Protocol):
    """uvicorn's HTTP, which refuses `/nejat/search?q=برف` as curl sends it; and says so without security headers."""

    _arriving: ClassVar[dict[LenientProtocol, asyncio.TimerHandle]] = {}
    """Whose request is not whole, those first that have been so for longest."""
    _slow: ClassVar[dict[LenientProtocol, asyncio.TimerHandle]] = {}
    """Who has not taken what was written to him."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin; where there are too many, one that is asking for nothing goes."""
        super().connection_made(transport)
        self.conn = h11.Connection(h11.SERVER, _LONGEST_REQUEST)
        if opened := transport.get_extra_info("socket"):
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _IN_KERNEL)
        self._watch_arrival()
        if len(self.connections) > _most_open():
            next(iter(self._arriving), self).let_go()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._forget()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what has come in, its first line percent-encoded where a new request begins."""
        if self.conn.their_state is h11.IDLE:
            first, end, rest = data.partition(b"\n")
            data = _BEYOND_ASCII.sub(lambda letter: b"%%%02X" % letter[0][0], first) + end + rest
        super().data_received(data)
        self._watch_arrival()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._watch_arrival()

    def pause_writing(self) -> None:
        """Begin to watch a reader who takes less than is made for him."""
        super().pause_writing()
        self._watch_reading()
        while len(self._slow) > _MOST_SLOW or sum(map(LenientProtocol._waiting, self._slow)) > _MOST_BUFFERED:
            slowest = next(iter(self._slow))
            if slowest is self:
                break  # a single answer is as long as it is
            slowest.let_go()

    def resume_writing(self) -> None:
        """End watching."""
        if timer := self._slow.pop(self, None):
            timer.cancel()
        super().resume_writing()

    def let_go(self) -> None:
        """Close the connection without a word, and forget what was to be sent."""
        self._forget()
        if opened := self.transport.get_extra_info("socket"):  # else the kernel keeps what it has not sent, too
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP."""
        headers = [*HEADERS.items(), (b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
        for event in (
            h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
            h11.Data(data=f"{msg}\n".encode()),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _should_upgrade(self) -> bool:
        return False  # to what nobody speaks here; uvicorn would log two lines of advice

    def _watch_arrival(self) -> None:
        waiting = self.conn.their_state in {h11.IDLE, h11.SEND_BODY} and not self.transport.is_closing()
        if waiting and self not in self._arriving:
            self._arriving[self] = self.loop.call_later(_LONGEST_ARRIVAL, self.let_go)
        elif not waiting and (timer := self._arriving.pop(self, None)):
            timer.cancel()

    def _watch_reading(self) -> None:
        before = self._waiting()

        def look() -> None:
            if before - self._waiting() < _LEAST_TAKEN:
                self.let_go()
            else:
                self._watch_reading()

        self._slow[self] = self.loop.call_later(_STALLED, look)

    def _waiting(self) -> int:
        return self.transport.get_write_buffer_size()

    def _forget(self) -> None:
        for watched in (self._arriving, self._slow):
            if timer := watched.pop(self, None):
                timer.cancel()


def adopt_protocol() -> None:
    """Let uvicorn speak it where plain `datasette` starts that, too."""
    config.HTTP_PROTOCOLS["auto"] = f"{__name__}:{LenientProtocol.__name__}"
