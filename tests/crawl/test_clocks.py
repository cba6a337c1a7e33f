"""The clock of this machine against the server's: days apart, nothing is archived."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from nejat_crawler.archive import now
from tests.support.commands import articles, crawl, rows, run
from tests.support.hut_site import HutSite, serving

Headers = Callable[[str], dict[str, str]]


def clock(off: timedelta, age: timedelta | None = None, only: str = "") -> Headers:
    """Headers of a server whose clock is off, or of a cache that says since when it keeps an answer."""

    def headers(path: str) -> dict[str, str]:
        if only and path != only:
            return {}
        told = {"Date": format_datetime(datetime.now(UTC) + off, usegmt=True)}
        return told if age is None else {**told, "Age": str(int(age.total_seconds()))}

    return headers


@pytest.mark.parametrize("days", [3650, 2, -2, -3650])
def test_a_clock_that_is_days_off_ends_the_run_before_anything_is_archived(db: Path, days: int) -> None:
    with serving(HutSite(12)) as site:
        assert crawl(db, site.base_url, edition="en", max_pages="1").code == 0
        # the clock of the next run may be years behind that of this one
        with closing(sqlite3.connect(db)) as connection, connection:
            connection.execute("UPDATE captures SET time = '2098' || substr(time, 5)")
        before = [rows(db, f"SELECT * FROM {table}") for table in ("articles", "marks", "walks", "captures")]
        site.publish(13)
        site.headers = clock(timedelta(days=days))
        result = crawl(db, site.base_url, edition="en")
        assert (result.code, result.err.count("Error:")) == (1, 1), result.err
        assert f"is {abs(days):,}.0 days {'behind' if days > 0 else 'ahead of'} the server's" in result.err
        assert before == [rows(db, f"SELECT * FROM {table}") for table in ("articles", "marks", "walks", "captures")]
        [*_, last] = rows(db, "SELECT * FROM runs")
        assert last["outcome"] == "clock"
        assert last["started_at"] <= last["finished_at"] <= now()
        if days > 0:
            checked = run("nejat", "check", "--delay", "0", "--db", db)
            assert (checked.code, "the clock of this machine" in checked.out) == (1, True)
            believed = crawl(db, site.base_url, "-s", "NEJAT_COMPARE_CLOCKS=0", edition="en")
            assert (believed.code, len(articles(db))) == (0, 13)


@pytest.mark.parametrize(
    ("headers", "notice"),
    [
        (clock(timedelta(minutes=-20)), ""),
        (clock(timedelta(hours=5)), "the clock of this machine is 5.0 hours behind the server's"),
        (clock(timedelta(days=-30), timedelta(days=30)), ""),
        (clock(timedelta(days=-30), only="/robots.txt"), ""),
        (clock(timedelta(days=-30), only="/en/"), ""),
        (lambda _: {"Date": "soon", "Age": "old"}, ""),
    ],
)
def test_minutes_hours_and_answers_of_a_cache_are_no_wrong_clock(db: Path, headers: Headers, notice: str) -> None:
    with serving(HutSite(3, rest="off", headers=headers)) as site:
        result = crawl(db, site.base_url, edition="en")
    assert (result.code, len(articles(db))) == (0, 3), result.err
    assert ("clock" in result.out) == bool(notice)
    assert notice in result.out
