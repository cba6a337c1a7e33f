"""Serves the sample site over real HTTP on loopback, and keeps a log of what was asked."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from nejat_crawler.sample_site.posts import REAL, at_home
from nejat_crawler.sample_site.routes import Response, respond
from nejat_crawler.sample_site.site import SampleSite


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it was answered."""

    method: str
    path_with_query: str
    status: int
    user_agent: str

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
        faults = self.server.site.faults_at(self.path)
        failure = next((fault for fault in faults if fault.status is not None), None)
        if failure and failure.status is not None:
            response = Response("<html><body>Error</body></html>", failure.status, headers=failure.headers)
        else:
            response = respond(self.server.site, self.path, dict(self.headers.items()))
        agent = self.headers.get("User-Agent", "")
        self.server.requests.append(Request(self.command, self.path, response.status, agent))
        seconds = sum(fault.seconds for fault in faults)
        if seconds and self.server.stopped.wait(seconds):
            self.close_connection = True
            return
        self._send(response)

    do_HEAD = do_GET  # noqa: N815 (the name is http.server's)

    def _send(self, response: Response) -> None:
        home = REAL if self.server.site.links == "site" else self.server.base_url
        body = response.body if isinstance(response.body, bytes) else at_home(response.body, home).encode()
        self.send_response(response.status)
        if response.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", response.content_type)
            self.send_header("Content-Length", str(len(body)))
        for name, value in response.headers.items():
            # A redirect stays on this server even where the links lead to the real site.
            own = self.server.base_url if name == "Location" else home
            self.send_header(name, at_home(value, own))
        self.end_headers()
        if self.command != "HEAD" and response.status != HTTPStatus.NOT_MODIFIED:
            self.wfile.write(body)


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
