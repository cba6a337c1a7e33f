"""What a crawl and an import keep in memory: of many articles, and of a thousand.

python -m benchmarks.million.memory --articles 60000 --folder /tmp/growth
"""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.exports import Cost
from benchmarks.speed.process_rows import SCRAPY
from benchmarks.speed.row import PROGRAM, run
from benchmarks.speed.sample_pages import EDITION, listings

_FEW, _ON_A_PAGE = 1000, 10
_PAGE = re.compile(rf"/{EDITION}/(?:page/(\d+)/?)?")
_LINKED = re.compile(rf"(?<=/{EDITION}/page/)\d+")
_OLDER = re.compile(r'<div class="older">.*?</div>', re.DOTALL)
_PACE = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=0", "-s", "LOG_LEVEL=ERROR")


def _moved(number: re.Match[str], by: int) -> str:
    return str(int(number[0]) + by)


def _answer(own: Connection, pages: int) -> None:
    """Serve a listing of so many pages until the process is ended; tells its port first."""
    made = enumerate(listings(pages), 1)
    last: dict[int, bytes] = {}

    def page(number: int) -> bytes | None:
        """A page is made when it is asked for, and kept until the next is: a crawl goes down page by page."""
        while number not in last and number <= pages:
            place, (url, html) = next(made)
            html = _LINKED.sub(partial(_moved, by=place - int(url.rpartition("/")[2])), html)
            last.clear()
            last[place] = (_OLDER.sub("", html) if place == pages else html).encode()
        return last.get(number)

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


@contextmanager
def _served(pages: int) -> Iterator[str]:
    """The address of a server with a long listing, in a process of its own."""
    ours, own = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=_answer, args=(own, pages), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.kill()


def crawl(folder: Path, articles: int) -> Cost:
    """What a first crawl of so many articles costs; it ends with 1, for what is cut has no page of its own."""
    with _served(articles // _ON_A_PAGE) as base:
        arguments = ["-a", f"edition={EDITION}", "-a", f"base_url={base}", "-s", f"NEJAT_DB={folder}/crawl.db"]
        command = [SCRAPY, "crawl", "nejat", *arguments, *_PACE]
        return run(folder, "sh", "-c", '"$0" "$@" || test $? -eq 1', *command)


def import_pages(folder: Path, articles: int) -> Cost:
    """What an import of so many articles from a folder of listing pages costs."""
    pages = folder / "pages"
    pages.mkdir()
    for number, (_, html) in enumerate(listings(articles // _ON_A_PAGE)):
        (pages / f"{number:06}.html").write_text(html, "utf-8")
    return run(folder, PROGRAM, "import", "--db", str(folder / "import.db"), str(pages))


def main() -> None:
    """Print a table: megabytes resident at the most, and seconds of the processor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60_000)
    parser.add_argument("--folder", type=Path, default=Path("data/benchmark"), help="Needs 2 GB.")
    parser.add_argument("--only", choices=("crawl", "import"))
    chosen = parser.parse_args()
    print(
        "| what | articles | resident MB | over the few | seconds of the processor |\n| --- | --- | --- | --- | --- |"
    )
    for name, measure in (("crawl", crawl), ("import", import_pages)):
        if chosen.only not in (None, name):
            continue
        few = 0.0
        for articles in (_FEW, chosen.articles):
            folder = chosen.folder / f"{name}-{articles}"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            cost = measure(folder, articles)
            few = few or cost.memory
            cells = (
                name,
                f"{articles:,}",
                f"{cost.memory:.0f}",
                f"{cost.memory / few:.2f} ×",
                f"{cost.processor:.0f}",
            )
            print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
