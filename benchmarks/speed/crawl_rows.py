"""What a crawl costs beside a spider that fetches the same pages and does nothing with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.speed.process_rows import SCRAPY
from benchmarks.speed.row import Row, run
from benchmarks.speed.sample_pages import EDITION, listings

_PAGES = 300
_LISTING = f"/{EDITION}/"
_NUMBER = re.compile(rf"(?<=/{EDITION}/page/)\d+")
_CUT = "more-link"  # of a text whose rest stands on a page of its own
_OLDER = re.compile(r'<div class="older">.*?</div>', re.DOTALL)
_PACE = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0", "-s", "LOG_LEVEL=ERROR")
_BARE = f"""
import scrapy

class Bare(scrapy.Spider):
    name = "bare"

    async def start(self):
        yield scrapy.Request(self.base + "{_LISTING}")

    def parse(self, response, number=1):
        if number < {_PAGES}:
            yield response.follow(f"{_LISTING}page/{{number + 1}}", cb_kwargs={{"number": number + 1}})
"""


def _moved(number: re.Match[str], by: int) -> str:
    return str(int(number[0]) + by)


def _answer(own: Connection) -> None:
    """Serve the listing until the process is ended; tells its port first."""
    answers = {}
    whole = (page for page in listings(2 * _PAGES) if _CUT not in page[1])
    for number, (url, html) in enumerate(islice(whole, _PAGES), 1):
        moved = number - int(url.rpartition("/")[2])  # a page of the sample site stands at many places of the listing
        linked = _NUMBER.sub(partial(_moved, by=moved), html)
        if number == _PAGES:
            linked = _OLDER.sub("", linked)
        answers[f"{_LISTING}page/{number}" if number > 1 else _LISTING] = linked.encode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = answers.get(urlsplit(self.path).path)
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


@contextmanager
def _served() -> Iterator[str]:
    """The address of a server with a long listing, in a process of its own."""
    ours, own = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_answer, args=(own,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.kill()


def _against_bare_spider(folder: Path) -> float:
    (folder / "bare.py").write_text(_BARE)
    with _served() as base:
        ours, theirs = [], []
        for turn in range(3):
            arguments = ["-a", f"edition={EDITION}", "-a", f"base_url={base}", "-s", f"NEJAT_DB={folder}/{turn}.db"]
            ours.append(run(folder, SCRAPY, "crawl", "nejat", *arguments, *_PACE).seconds)
            bare = ["runspider", str(folder / "bare.py"), "-a", f"base={base}"]
            theirs.append(run(folder, SCRAPY, *bare, *_PACE).seconds)
    return min(ours) / min(theirs)


CRAWLS = (
    Row(
        f"a crawl without a pause, {_PAGES} pages, by the clock",
        "a Scrapy spider that fetches them and stores nothing",
        None,
        1.4,
        _against_bare_spider,
    ),
)
