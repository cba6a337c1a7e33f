"""The lines of docs/scale.md fetch the site's records out of an index and files of Common Crawl's form."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb
import pytest

from spiders.warc.archived_pages import ArchivedPage, WebArchives
from tests.support.commands import ROOT
from tests.support.warc_files import PAGE, http, members, record

[LINES] = re.findall(
    r"^```python\n(.*?)^```$", (ROOT / "docs" / "scale.md").read_text("utf-8"), re.DOTALL | re.MULTILINE
)
_SITE, _OTHER = "https://www.nejatngo.org/en/posts", "https://example.org"


@contextmanager
def ranges(folder: Path, *, known: bool) -> Iterator[str]:
    """A server of the files in a folder; one that does not know ranges sends the whole file."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = (folder / self.path.lstrip("/")).read_bytes()
            begin, end = map(int, self.headers["Range"].removeprefix("bytes=").split("-"))
            self.send_response(206 if known else 200)
            self.end_headers()
            self.wfile.write(data[begin : end + 1] if known else data)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # as the base class has it
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def crawled(tmp_path: Path) -> Path:
    """Two files of a crawl with records of many hosts, and the index of where each stands."""
    rows = []
    for number in (1, 2):
        file, place = f"crawl-data/{number}.warc.gz", 0
        (tmp_path / "crawl-data").mkdir(exist_ok=True)
        for post, (url, status, kind) in enumerate(
            [
                (_OTHER, 200, "text/html"),
                (_SITE, 200, "text/html"),
                (_SITE, 404, "text/html"),
                (_SITE, 200, "image/png"),
            ]
        ):
            packed = members([record(http(PAGE, status=f"HTTP/1.1 {status} X"), url=f"{url}/{number}{post}")])
            with (tmp_path / file).open("ab") as out:
                out.write(packed)
            host = url.split("/")[2]
            rows.append((host.removeprefix("www."), status, kind, file, place, len(packed)))
            place += len(packed)
    index = tmp_path / "crawl=CC-MAIN-2024-10" / "subset=warc"
    index.mkdir(parents=True)
    names = ["url_host_registered_domain", "fetch_status", "content_mime_detected"]
    names += ["warc_filename", "warc_record_offset", "warc_record_length"]
    columns = ", ".join(f"col{place} AS {name}" for place, name in enumerate(names))
    values = ", ".join(map(str, rows))
    duckdb.sql(f"COPY (SELECT {columns} FROM (VALUES {values})) TO '{index / 'a.parquet'}'")
    return tmp_path


def fetch(crawled: Path, server: str) -> None:
    lines = re.sub(r"^INDEX = .*$", f'INDEX = "{crawled}/crawl=*/subset=warc/*.parquet"', LINES, flags=re.MULTILINE)
    exec(re.sub(r"^SERVER = .*$", f'SERVER = "{server}"', lines, flags=re.MULTILINE), {})


def test_the_records_of_the_site_become_a_web_archive(crawled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(crawled)
    with ranges(crawled, known=True) as server:
        fetch(crawled, server)
    found = [*WebArchives().read(crawled / "commoncrawl.warc.gz")]
    assert [page.url for page in found if isinstance(page, ArchivedPage)] == [f"{_SITE}/11", f"{_SITE}/21"]
    assert len(found) == 2


def test_a_server_that_does_not_know_ranges_is_not_believed(crawled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(crawled)
    with ranges(crawled, known=False) as server, pytest.raises(SystemExit, match="200 with"):
        fetch(crawled, server)
