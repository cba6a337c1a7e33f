"""HTTP as old links and scripts speak it: an address may hold letters that nobody has percent-encoded."""

from __future__ import annotations

import re

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from nejat_crawler.website.app.security import HEADERS

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


class LenientProtocol(H11Protocol):
    """uvicorn's HTTP, which refuses `/nejat/search?q=برف` as curl sends it; and says so without security headers."""

    def data_received(self, data: bytes) -> None:
        """Take what has come in, its first line percent-encoded where a new request begins."""
        if self.conn.their_state is h11.IDLE:
            first, end, rest = data.partition(b"\n")
            data = _BEYOND_ASCII.sub(lambda letter: b"%%%02X" % letter[0][0], first) + end + rest
        super().data_received(data)

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
