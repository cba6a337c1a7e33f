from __future__ import annotations

import signal
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from scrapy.http import Response

from nejat_crawler.crawl.downloading.retry import retry_after
from nejat_crawler.sample_site import SampleSite, Server, serve
from tests.support import processes
from tests.support.commands import FAST, SMALL, articles, rows
from tests.support.faults.kinds import KINDS
from tests.support.faults.matrix import PLACES, ROWS, make_healthy, try_case

#: Of each sort of fault one, and every place twice: what `make soak` tries altogether is in docs/faults.md.
SHORT = {
    ("503, Retry-After: 2, once", "middle page"),
    ("shorter than announced", "article page"),
    ("gzip bomb", "first page"),
    ("redirect loop", "article page"),
    ("captcha, status 200", "middle page"),
    ("UTF-8 said to be ISO-8859-1", "first page"),
}


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the sample site, crawled while nothing was wrong."""
    return make_healthy(tmp_path_factory.mktemp("healthy"))


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        pytest.param(fault, place, marks=() if (fault, place) in SHORT else pytest.mark.soak)
        for fault in ROWS
        for place in PLACES
    ],
)
def test_a_fault_costs_its_page_and_nothing_else(fault: str, place: str, healthy: Path, tmp_path: Path) -> None:
    outcome = try_case(ROWS[fault], place, healthy, tmp_path)
    assert outcome.broken == [], outcome.struck.err


def test_every_kind_of_fault_stands_in_the_matrix() -> None:
    assert {row.kind for row in ROWS.values()} == set(KINDS)


def crawl(db: Path, base_url: str, *options: str, **arguments: str) -> processes.Ended:
    """`scrapy crawl nejat` without the second that its imports take."""
    pairs = [part for name, value in arguments.items() for part in ("-a", f"{name}={value}")]
    return processes.crawl("-a", f"base_url={base_url}", *pairs, "-s", f"NEJAT_DB={db}", *FAST, *options)


def moments(server: Server) -> list[tuple[str, float]]:
    """What was asked for, and when, from the first request on."""
    return [(request.path, request.at - server.requests[0].at) for request in server.requests]


def test_while_the_site_asks_for_quiet_nothing_at_all_is_asked_for(db: Path) -> None:
    site = SampleSite(("en", "sq"), limit=SMALL)
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1, seconds=2)
    # the server's clock is an hour fast: what counts is how long it asks for
    headers = {"Retry-After": format_datetime(until, usegmt=True), "Date": format_datetime(until, usegmt=True)}
    headers["Date"] = format_datetime(until - timedelta(seconds=3), usegmt=True)
    site.fail("/en/$", status=429, times=1, headers=headers)
    with serve(site) as server:
        result = crawl(db, server.base_url, edition="en,sq")
        asked = moments(server)
    assert result.code == 0, result
    refused = next(at for path, at in asked if path == "/en/")
    assert all(at <= refused or at - refused >= 3.0 for _, at in asked), asked
    assert len(articles(db)) == 2 * SMALL


def test_a_site_that_asks_for_too_long_a_quiet_is_told_so(db: Path, site: SampleSite, server: Server) -> None:
    site.fail("/en/page/2", status=503, headers={"Retry-After": "3600"})
    begun = time.monotonic()
    result = crawl(db, server.base_url, edition="en")
    assert time.monotonic() - begun < 60
    assert result.code == 1
    sentence = "it answered 503 and asks for 3600 seconds of quiet, which is longer than NEJAT_LONGEST_WAIT (600)"
    assert f"https://www.nejatngo.org/en/page/2 could not be read: {sentence}" in result.err
    assert [request.path for request in server.requests].count("/en/page/2") == 1


def test_an_interrupted_wait_ends_at_once(db: Path, site: SampleSite, server: Server) -> None:
    site.fail("/en/page/2", status=503, headers={"Retry-After": "500"})
    options = ["-a", f"base_url={server.base_url}", "-a", "edition=en", "-s", f"NEJAT_DB={db}", *FAST]
    process = processes.start("scrapy", "crawl", "nejat", *options)
    deadline = time.monotonic() + 60
    while "/en/page/2" not in {request.path for request in server.requests} and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    begun = time.monotonic()
    process.send(signal.SIGINT)
    ended = process.end(60)
    assert time.monotonic() - begun < 20
    assert ended.code == 1
    assert "Interrupted: what was archived stays" in ended.err
    assert "Traceback" not in ended.err
    assert len(articles(db)) >= 10
    assert rows(db, "SELECT outcome FROM runs") == [{"outcome": "shutdown"}]


def test_a_dead_site_is_left_alone(db: Path) -> None:
    site = SampleSite(limit=1)
    site.fail("^/(en|fa|ar|sq)/", status=500)
    with serve(site) as server:
        result = crawl(db, server.base_url, "-s", "NEJAT_MOST_FAILURES=3", "-s", "RETRY_TIMES=1", edition="all")
        asked = [request.path for request in server.requests]
    assert result.code == 1
    assert "the last 3 requests all failed: the run ends early, and the site is left alone" in result.err
    assert len(asked) == 1 + 3 * 2, asked
    assert rows(db, "SELECT outcome FROM runs") == [{"outcome": "unreachable"}]


@pytest.mark.parametrize(
    ("kind", "details", "why"),
    [
        ("status", {"status": 503}, "it answered 503"),
        ("drip", {}, "no whole answer came within 1 seconds, 2 times"),
    ],
)
def test_where_robots_txt_cannot_be_read_nothing_is_asked_for(
    db: Path, site: SampleSite, server: Server, kind: str, details: dict[str, int], why: str
) -> None:
    site.fault(KINDS[kind], "^/robots.txt$", **details)
    result = crawl(db, server.base_url, "-s", "RETRY_TIMES=1", "-s", "DOWNLOAD_TIMEOUT=1", edition="en")
    assert result.code == 1
    host = server.base_url.removeprefix("http://")
    assert f"Error: robots.txt of {host} could not be read ({why}), which forbids all: the run ends" in result.err
    assert "Traceback" not in result.err
    assert {request.path for request in server.requests} == {"/robots.txt"}


def test_where_there_is_no_robots_txt_all_is_allowed(db: Path, site: SampleSite, server: Server) -> None:
    site.fail("^/robots.txt$", status=404)
    assert crawl(db, server.base_url, edition="en", max_pages="1").code == 0
    assert articles(db)


def test_another_encoding_than_is_declared_is_no_edit(db: Path) -> None:
    site = SampleSite(("fa",), limit=SMALL)
    with serve(site) as server:
        assert crawl(db, server.base_url, edition="fa").code == 0
        before = {name: article["body"] for name, article in articles(db).items()}
        # the header says UTF-8; Persian letters that windows-1256 lacks become numbers
        site.fault(KINDS["recoded"], "^/fa/", encoding="windows-1256")
        result = crawl(db, server.base_url, edition="fa", full="1")
    assert result.code == 0, result
    assert {name: (article["body"], article["versions"]) for name, article in articles(db).items()} == {
        name: (body, 1) for name, body in before.items()
    }


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Sat, 21 Nov 2026 10:00:30 GMT", 30.0),
        ("Sat, 21 Nov 2026 09:00:00 GMT", 0.0),
        ("Sat, 21 Nov 2026 10:00:30 -0000", 30.0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        ("9" * 5000, None),
        ("Sat, 99 Nov 99999 10:00:30 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_day(asked: str, seconds: float | None) -> None:
    headers = {"Retry-After": asked, "Date": "Sat, 21 Nov 2026 10:00:00 GMT"}
    assert retry_after(Response("http://127.0.0.1/", status=503, headers=headers)) == seconds
