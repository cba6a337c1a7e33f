"""What whole processes cost: imports, crawls, and what the programs take to start."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.processes import PACE, PROGRAM, SCRAPY, NotMeasuredError, crawl, run
from benchmarks.speed.extraction_rows import trafilatura_extraction
from benchmarks.speed.listing_server import serving_listing
from benchmarks.speed.row import Row
from benchmarks.speed.sample_pages import EDITION, listings, own_pages, write_pages
from nejat_crawler.sample_site import SampleSite, serve

_PAGES, _ARTICLES = 100, 1000
_CRAWLED = 300  # pages
_LISTING = f"/{EDITION}/"
_BARE = f"""
import scrapy

class Bare(scrapy.Spider):
    name = "bare"

    async def start(self):
        yield scrapy.Request(self.base + "{_LISTING}")

    def parse(self, response, number=1):
        if number < {_CRAWLED}:
            yield response.follow(f"{_LISTING}page/{{number + 1}}", cb_kwargs={{"number": number + 1}})
"""
_THEIRS = """
import logging, pathlib, sys, trafilatura
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    trafilatura.bare_extraction(path.read_text("utf-8"), with_metadata=True, include_comments=False)
"""


def _import_against_trafilatura(folder: Path) -> float:
    trafilatura_extraction()
    pages = write_pages(folder / "pages", listings(_PAGES))
    own = write_pages(folder / "own", own_pages(_ARTICLES))
    ours = run(folder, PROGRAM, "import", "--db", str(folder / "new.db"), str(pages))
    return run(folder, sys.executable, "-c", _THEIRS, str(own)).processor / ours.processor


def _import_again(folder: Path) -> float:
    db = folder / "archive.db"
    command = (PROGRAM, "import", "--db", str(db), str(write_pages(folder / "pages", listings(_PAGES))))
    first = run(folder, *command)
    before = db.read_bytes()
    again = run(folder, *command, times=3)
    if db.read_bytes() != before:
        raise NotMeasuredError("the second import has written to the archive")
    return again.processor / first.processor


def _import_memory(folder: Path) -> float:
    small, large = (write_pages(folder / str(count), listings(count)) for count in (_PAGES, 10 * _PAGES))
    costs = [
        run(folder, PROGRAM, "import", "--db", str(folder / "archive.db"), str(pages)) for pages in (small, large)
    ]
    return costs[1].memory / costs[0].memory


@contextmanager
def _crawled(folder: Path) -> Iterator[list[str]]:
    """The command that crawls a sample site of one edition, without a pause, and that has done so three times."""
    with serve(SampleSite((EDITION,))) as server:
        command = crawl(EDITION, server.base_url, folder / "archive.db")
        for _ in range(3):
            run(folder, *command)
        yield command


def _night_without_news(folder: Path) -> float:
    with _crawled(folder) as command:
        night = run(folder, *command, times=3)
    return night.processor / run(folder, SCRAPY, "version", times=3).processor


def _requests_without_news(folder: Path) -> float:
    with _crawled(folder) as command:
        run(folder, *command)
    with closing(sqlite3.connect(folder / "archive.db")) as connection:
        [requests] = connection.execute("SELECT requests FROM runs ORDER BY id DESC").fetchone()
    return float(requests)


def _crawl_that_keeps_answers(folder: Path) -> float:
    """A whole crawl of a new archive, which keeps what the server answers, over one that does not."""
    with _crawled(folder) as command:
        costs = []
        for keeps in ("0", "1"):
            new = [f"NEJAT_DB={folder / keeps}.db" if part.startswith("NEJAT_DB=") else part for part in command]
            once = ["sh", "-c", 'rm -rf "$0"* ; exec "$@"', str(folder / keeps), *new, "-s", f"NEJAT_WARC={keeps}"]
            costs.append(run(folder, *once, times=3).processor)
    return costs[1] / costs[0]


def _against_bare_spider(folder: Path) -> float:
    (folder / "bare.py").write_text(_BARE)
    with serving_listing(_CRAWLED, whole=True) as base:
        bare = [SCRAPY, "runspider", str(folder / "bare.py"), "-a", f"base={base}", *PACE]
        ours, theirs = [], []
        for turn in range(3):
            ours.append(run(folder, *crawl(EDITION, base, folder / f"{turn}.db")).seconds)
            theirs.append(run(folder, *bare).seconds)
    return min(ours) / min(theirs)


def _help_against_python(folder: Path) -> float:
    python = run(folder, sys.executable, "-c", "pass", times=5).processor
    return run(folder, PROGRAM, "--help", times=5).processor / python


PROCESSES = (
    Row(
        "`nejat import`, whole process, new articles from listings",
        "trafilatura alone on their own pages",
        5,
        None,
        _import_against_trafilatura,
    ),
    Row("the same import again, and no write", "the first time", None, 0.15, _import_again),
    Row("memory of an import of 10,000 articles", "of 1,000", None, 1.2, _import_memory),
    Row("a crawl with nothing new", "`scrapy version` as a process", None, 2.5, _night_without_news),
    Row("the requests of such a crawl", "one edition", None, 3, _requests_without_news, unit=""),
    Row("a crawl without a pause that keeps the answers", "one that does not", None, 1.15, _crawl_that_keeps_answers),
    Row(
        f"a crawl without a pause, {_CRAWLED} pages, by the clock",
        "a Scrapy spider that fetches them and stores nothing",
        None,
        1.4,
        _against_bare_spider,
    ),
    Row("`nejat --help`", "`python -c pass`", None, 3.5, _help_against_python),
)
