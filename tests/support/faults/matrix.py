"""The fault matrix: each fault of the sample site's server at each kind of page, and what a crawl makes of it.

`python -m tests.support.faults.matrix` prints the table of docs/faults.md; exits with 1 where a promise is broken.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import click

from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading.articles import read_articles
from nejat_crawler.sample_site import SampleSite, serve
from nejat_crawler.sample_site.content.blocks import More, Paragraph
from tests.support.faults.kinds import KINDS
from tests.support.processes import Ended, crawl

POSTS = 25  # three listing pages
CUT = 16199
"""The post whose own page is struck: a listing shows the opening of its text."""
LONGEST = 60.0
"""Seconds that a crawl may take on a busy machine, in which some answers never end."""
MOST_MEMORY = 400.0
"""Megabytes that it may hold."""

#: Tries are few and waits short, but for the order of magnitude of what is awaited.
_SETTINGS = {
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "False",
    "RETRY_TIMES": "2",
    "NEJAT_BACKOFF": "0.05",
    "NEJAT_LONGEST_WAIT": "5",
}

#: Where a fault strikes, alone and from there on, and the listing pages that are lost by it.
PLACES: dict[str, tuple[str, str, frozenset[int]]] = {
    "first page": (r"^/en/$", r"^/en/($|page/|posts/)", frozenset({1})),
    "middle page": (r"^/en/page/2$", r"^/en/(page|posts)/", frozenset({2})),
    "article page": (rf"^/en/posts/{CUT}$", rf"^/en/posts/{CUT}$", frozenset()),
}

Effect = Literal["lost", "mended", "harmless"]


@dataclass(frozen=True, slots=True)
class Row:
    """A fault, and what it may do: cost the page, be mended by another try, or nothing."""

    kind: str
    effect: Effect = "lost"
    details: dict[str, Any] = field(default_factory=dict)
    spreads: bool = False
    """Whether it strikes from that page on."""
    timeout: float = 30.0
    quiet: float = 0.0
    """Seconds after the first strike in which nothing may be asked for."""


def _status(status: int, wait: str | None = None) -> dict[str, Any]:
    return {"status": status, "headers": {"Retry-After": wait} if wait else {}}


#: What stands there instead of the site.
_INSTEAD = {
    "challenge": "<title>Just a moment...</title><script>window._cf_chl_opt={cvId: '3'}</script>",
    "maintenance": "<title>Maintenance</title>Briefly unavailable for scheduled maintenance.",
    "suspended": "<h1>Account suspended</h1>",
    "parked": "<title>ridge.example is for sale</title><p>Make an offer.</p>",
    "database": "<h1>Error establishing a database connection</h1>",
    "critical": '<!DOCTYPE html><html><body id="error-page"><div class="wp-die-message">There has been a critical'
    " error on this website.</div></body></html>",
}
_LAST_MONTH = format_datetime(datetime.now(UTC) - timedelta(days=30), usegmt=True)


def _instead(name: str, status: int = 200) -> dict[str, Any]:
    return {"status": status, "page": _INSTEAD[name]}


ROWS: dict[str, Row] = {
    "500": Row("status", details=_status(500)),
    "500, once": Row("status", "mended", _status(500)),
    "503": Row("status", details=_status(503)),
    "503, Retry-After: 2, once": Row("status", "mended", _status(503, "2"), quiet=2.0),
    "429, Retry-After: 2, once": Row("status", "mended", _status(429, "2"), quiet=2.0),
    "429, Retry-After: 3600": Row("status", details=_status(429, "3600")),
    "no answer, once": Row("slow", "mended", {"seconds": 30.0}, timeout=3.0),
    "a byte now and then": Row("drip", timeout=3.0),
    "endless answer": Row("flood"),
    "a page of 16 MB": Row("long"),
    "connection reset": Row("reset"),
    "connection reset, once": Row("reset", "mended"),
    "reset in the middle": Row("reset midway"),
    "shorter than announced": Row("truncated"),
    "shorter than announced, once": Row("truncated", "mended"),
    "chunks without an end": Row("unended chunks"),
    "gzip bomb": Row("bomb", details={"encoding": "gzip"}),
    "deflate bomb": Row("bomb", details={"encoding": "deflate"}),
    "brotli bomb": Row("bomb", details={"encoding": "br"}),
    "zstd bomb": Row("bomb", details={"encoding": "zstd"}),
    "gzip cut short": Row("broken gzip"),
    "gzip that is none": Row("not gzip"),
    "redirect loop": Row("redirect loop"),
    "redirect off the site": Row("redirect", details={"headers": {"Location": "http://127.0.0.1:9/en/"}}),
    "repeats itself for ever": Row("repeats", spreads=True),
    "login page, status 200": Row("login"),
    "captcha, status 200": Row("captcha"),
    "challenge, status 403": Row("status", details=_instead("challenge", 403)),
    "challenge, status 200": Row("status", details=_instead("challenge")),
    "ban": Row("status", details=_status(403)),
    "notice of maintenance": Row("status", details=_instead("maintenance", 503)),
    "account suspended": Row("status", details=_instead("suspended")),
    "domain for sale": Row("status", details=_instead("parked")),
    "no database, status 200": Row("status", details=_instead("database")),
    "half, and a critical error": Row("struck", details=_instead("critical")),
    "Date of last month": Row("headed", "harmless", {"headers": {"Date": _LAST_MONTH}}),
    "empty, status 200": Row("empty"),
    "empty, once": Row("empty", "mended"),
    "not found, status 200": Row("missing"),
    "another theme from here on": Row("other theme", "harmless", spreads=True),
    "UTF-8 said to be ISO-8859-1": Row("claims", "harmless", {"encoding": "iso-8859-1"}),
    "UTF-8 said to be windows-1252": Row("claims", "harmless", {"encoding": "windows-1252"}),
    "UTF-16 said to be UTF-8": Row("recoded", "harmless", {"encoding": "utf-16"}),
}


@dataclass(slots=True)
class Outcome:
    """What became of a case: the crawl that was struck, the one after the fault was healed, and broken promises."""

    struck: Ended
    healed: Ended
    strikes: int
    kept: int
    """Articles that the struck crawl left as good as the site has them."""
    posts: int
    broken: list[str]

    @property
    def cell(self) -> str:
        """The case in a table."""
        if self.broken:
            return f"**{'; '.join(self.broken)}**"
        what = f"exit {self.struck.code}, {self.kept} of {self.posts}"
        return (
            f"{what}, {self.struck.seconds:.1f} s, {self.struck.megabytes:.0f} MB"
            if self.strikes
            else "not asked for"
        )


def try_case(row: Row, place: str, healthy: Path, folder: Path) -> Outcome:
    """Strike a full crawl over a copy of the archive `healthy`, heal the site, and crawl again."""
    db = Path(shutil.copy(healthy, folder / "nejat.db"))
    before = _articles(db)
    site, edited = edited_site()
    truth = {article["id"]: article for article in site.truth()}
    alone, onwards, lost_pages = PLACES[place]
    with serve(site) as server:
        times = 1 if row.effect == "mended" else None
        fault = site.fault(KINDS[row.kind], onwards if row.spreads else alone, times, **row.details)
        struck = _crawl(db, server.base_url, row.timeout)
        requests = list(server.requests)
        found = _articles(db)
        site.heal()
        healed = _crawl(db, server.base_url, 30.0)

    lost = set()
    if row.effect == "lost" and fault.strikes:
        pages = {2, 3} if row.spreads and lost_pages else lost_pages  # each shows the first page's articles
        lost = {post.id for page in pages for post in site.blogs["en"].home_page(page)} | {f"en-{CUT}"}
        if row.spreads:  # an edit that leaves less than half of a text is believed of the own page alone: struck, too
            lost |= edited
    broken = _broken_by_fault(row, place, struck, fault.strikes)
    for name, article in found.items():
        stale = _same(article, before.get(name, {}))
        if not _same(article, truth[name]) and not (name in lost and stale):
            broken.append(f"{name} was not brought up to date" if stale else f"{name} is worse")
    broken += [f"{name} is missing" for name in truth if name not in found and name not in lost]
    broken += [f"{name} was lost" for name in before if name not in found]
    broken += [f"{name} has {found[name]['versions']} versions" for name in found
               if found[name]["versions"] > (2 if name in edited else 1)]  # fmt: skip
    if row.quiet and fault.strikes:
        place_of = next(i for i, request in enumerate(requests) if request.status == row.details["status"])
        if (pause := requests[place_of + 1].at - requests[place_of].at) < row.quiet:
            broken.append(f"asked again after {pause:.1f} s")
    broken += _broken_after(healed, _articles(db), truth)
    kept = sum(name in found and _same(found[name], article) for name, article in truth.items())
    return Outcome(struck, healed, fault.strikes, kept, len(truth), broken)


def _broken_by_fault(row: Row, place: str, struck: Ended, strikes: int) -> list[str]:
    broken: list[str] = []
    wanted = 1 if row.effect == "lost" and strikes else 0
    if not strikes and place != "article page":
        broken.append("the page was never asked for")
    if struck.code != wanted:
        broken.append(f"exit {struck.code} instead of {wanted}")
    address = {"first page": "/en/", "middle page": "/en/page/2", "article page": f"/en/posts/{CUT}"}[place]
    if row.spreads:
        address = "/en/"  # which page shows it, is the walk's to say
    if wanted and not any(address in sentence for sentence in struck.errors):
        broken.append("no sentence names the address")
    if "Traceback" in struck.err:
        broken.append("a traceback")
    if struck.seconds > LONGEST:
        broken.append(f"took {struck.seconds:.0f} s")
    if struck.megabytes > MOST_MEMORY:
        broken.append(f"took {struck.megabytes:.0f} MB")
    return broken


def _broken_after(healed: Ended, found: dict[str, Any], truth: dict[str, Any]) -> Iterator[str]:
    if healed.code != 0:
        yield f"exit {healed.code} after healing"
    if wrong := [name for name in truth if not _same(found.get(name, {}), truth[name])]:
        yield f"{len(wrong)} wrong after healing"


def edited_site() -> tuple[SampleSite, set[str]]:
    """The site after an evening's work: a new post, an edit on every page, and one in a text that a listing cuts."""
    site = SampleSite(("en",), limit=POSTS)
    posts = site.public_posts("en")
    for number in (0, 14, 22):
        site.edit(
            "en", posts[number].post_id, title=f"Told again, {number}", paragraphs=["It was – all in all – so."]
        )
    site.edit("en", CUT, blocks=[Paragraph("Snow came late."), More(), Paragraph("It stayed “long”.")])
    new = site.publish("en", title="A lamp for the upper hut", paragraphs=["It burns all night.", "It is red."])
    return site, {f"en-{CUT}", new.id, *(posts[number].id for number in (0, 14, 22))}


def make_healthy(folder: Path) -> Path:
    """An archive of the site before that evening."""
    db = folder / "healthy.db"
    with serve(SampleSite(("en",), limit=POSTS)) as server:
        ended = _crawl(db, server.base_url, 30.0)
    if ended.code != 0:
        raise RuntimeError(ended.err)
    return db


def _crawl(db: Path, base_url: str, timeout: float) -> Ended:
    settings = {**_SETTINGS, "NEJAT_DB": str(db), "DOWNLOAD_TIMEOUT": str(timeout)}
    options = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    return crawl("-a", "edition=en", "-a", "full=1", "-a", f"base_url={base_url}", *options)


def _articles(db: Path) -> dict[str, dict[str, Any]]:
    with Archive.open_readonly(db) as archive:
        return {article["id"]: article for article in read_articles(archive.db)}


def _same(article: dict[str, Any], truth: dict[str, Any]) -> bool:
    names = ("title", "published", "published_at", "categories", "protected")
    same = all(article.get(name) == truth.get(name) for name in names)
    return same and " ".join((article.get("body") or "").split()) == " ".join((truth.get("body") or "").split())


@cache
def _width(column: int) -> int:
    return [max(map(len, ROWS)), 36, 36, 36][column]


def _print_row(cells: list[str]) -> None:
    click.echo("| " + " | ".join(cell.ljust(_width(column)) for column, cell in enumerate(cells)) + " |")


@click.command()
@click.option("--only", default="", help="Rows whose name holds this.")
def main(only: str) -> None:
    """Print the fault matrix."""
    failed = False
    with TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:
        healthy = make_healthy(Path(name))

        def run(row: Row, place: str) -> Outcome:
            with TemporaryDirectory() as folder:
                return try_case(row, place, healthy, Path(folder))

        rows = {fault: row for fault, row in ROWS.items() if only in fault}
        cases = {fault: [pool.submit(run, row, place) for place in PLACES] for fault, row in rows.items()}
        _print_row(["fault", *PLACES])
        _print_row(["-" * _width(column) for column in range(1 + len(PLACES))])
        for fault, futures in cases.items():
            outcomes = [future.result() for future in futures]
            failed = failed or any(outcome.broken for outcome in outcomes)
            _print_row([fault, *(outcome.cell for outcome in outcomes)])
    sys.exit(failed)


if __name__ == "__main__":
    main()
