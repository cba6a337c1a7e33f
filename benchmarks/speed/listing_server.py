"""A server with one long listing: the pages of the sample site, again and again with other numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from urllib.parse import urlsplit

from benchmarks.speed.sample_pages import EDITION, listings

_PAGE = re.compile(rf"/{EDITION}/(?:page/(\d+)/?)?")
_LINKED = re.compile(rf"(?<=/{EDITION}/page/)\d+")
_OLDER = re.compile(r'<div class="older">.*?</div>', re.DOTALL)
_CUT = "more-link"  # of a text whose rest stands on a page of its own


@contextmanager
def serving_listing(pages: int, *, whole: bool = False) -> Iterator[str]:
    """The address of a server with so many pages, in a process of its own.

    A page is made when it is asked for, and kept until the next is: a crawl goes down page by page. With `whole` all
    are made first, and show whole texts only.
    """
    ours, own = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_answer, args=(own, pages, whole), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.kill()


def _answer(own: Connection, count: int, whole: bool) -> None:
    """Serve the listing until the process is ended; tells its port first."""
    pages = _pages(count, whole)
    made = dict(pages) if whole else {}

    def page(number: int) -> bytes | None:
        while number not in made and number <= count:
            made.clear()
            made.update([next(pages)])
        return made.get(number)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = _PAGE.fullmatch(urlsplit(self.path).path)
            body = page(int(asked[1] or 1)) if asked else None
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    own.send(server.server_port)
    server.serve_forever()


def _pages(count: int, whole: bool) -> Iterator[tuple[int, bytes]]:
    found = (page for page in listings(2 * count) if _CUT not in page[1]) if whole else listings(count)
    for number, (url, html) in enumerate(islice(found, count), 1):
        by = number - int(url.rpartition("/")[2])  # a page of the sample site stands at many places of the listing
        linked = _LINKED.sub(partial(_moved, by=by), html)
        yield number, (_OLDER.sub("", linked) if number == count else linked).encode()


def _moved(number: re.Match[str], by: int) -> str:
    return str(int(number[0]) + by)
