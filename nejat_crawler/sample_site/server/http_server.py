"""Serves the sample site over real HTTP on loopback, and keeps a log of what was asked."""

from __future__ import annotations

import os
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from nejat_crawler.sample_site.content.posts import REAL, at_home
from nejat_crawler.sample_site.faults import Strike
from nejat_crawler.sample_site.response import Response
from nejat_crawler.sample_site.sample_site import SampleSite
from nejat_crawler.sample_site.server.addresses import respond


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it was answered."""

    method: str
    path_with_query: str
    status: int
    user_agent: str
    at: float
    """When it came, on the clock of `time.monotonic`."""

    @property
    def path(self) -> str:
        """The path without the query."""
        return self.path_with_query.partition("?")[0]


class Server(ThreadingHTTPServer):
    """A running sample site: `requests` holds what was asked, in order."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, site: SampleSite, port: int = 0) -> None:
        self.site = site
        self.requests: list[Request] = []
        self.stopped = threading.Event()
        self.connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)
        self.base_url = f"http://127.0.0.1:{self.server_port}"

    def forget(self) -> None:
        """Clear the log."""
        self.requests.clear()

    def stop(self) -> None:
        """Stop serving; waiting answers and open connections are given up."""
        self.stopped.set()
        self.shutdown()
        self.server_close()
        for connection in tuple(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over a client that hung up; report anything else on stderr."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 60
    # Head and body leave in one packet: two small writes would wait for each other's acknowledgement.
    wbufsize = 65536

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.connection)

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        with suppress(OSError):
            super().finish()

    def log_message(self, *_: object) -> None:
        """Keep stderr quiet: the log is `Server.requests`."""

    def version_string(self) -> str:
        return "sample-site"

    def do_GET(self) -> None:
        """Answer, after the faults that strike this address."""
        came = time.monotonic()
        faults = self.server.site.faults_at(self.path)
        response = self._healthy(self.path)
        for fault in faults:
            if fault.answer:
                blogs, stopped = self.server.site.blogs, self.server.stopped
                response = fault.answer(Strike(self.path, fault, self._healthy, blogs, self._home, stopped))
        agent = self.headers.get("User-Agent", "")
        self.server.requests.append(Request(self.command, self.path, response.status, agent, came))
        seconds = sum(fault.seconds for fault in faults if fault.answer is None)
        if seconds and self.server.stopped.wait(seconds):
            self.close_connection = True
            return
        self._send(response)

    do_HEAD = do_GET  # noqa: N815 (the name is http.server's)

    @property
    def _home(self) -> str:
        return REAL if self.server.site.links == "site" else self.server.base_url

    def _healthy(self, target: str) -> Response:
        return respond(self.server.site, target, dict(self.headers.items()))

    def _send(self, response: Response) -> None:
        home = self._home
        body = at_home(response.body, home).encode() if isinstance(response.body, str) else response.body
        self.send_response(response.status)
        if response.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", response.content_type)
            if isinstance(body, bytes):
                self.send_header("Content-Length", str(len(body)))
        for name, value in response.headers.items():
            # A redirect stays on this server even where the links lead to the real site.
            own = self.server.base_url if name == "Location" else home
            self.send_header(name, at_home(value, own))
        self.end_headers()
        if self.command == "HEAD" or response.status == HTTPStatus.NOT_MODIFIED:
            return
        if isinstance(body, bytes):
            self.wfile.write(body)
        else:
            self._send_pieces(body)

    def _send_pieces(self, pieces: Iterator[bytes]) -> None:
        self.close_connection = True
        try:
            for piece in pieces:
                self.wfile.write(piece)
                self.wfile.flush()
        except ConnectionResetError:
            # What has not been sent is thrown away, and the client told so; closing the socket alone would not do it,
            # as long as the files on it are open.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())
            raise


@contextmanager
def serve(site: SampleSite, port: int = 0) -> Iterator[Server]:
    """Serve `site` in a thread until the block ends; port 0 takes a free one."""
    server = Server(site, port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(timeout=5)
