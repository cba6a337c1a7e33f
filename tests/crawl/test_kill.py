from __future__ import annotations

import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from nejat_crawler.sample_site import SampleSite, serve
from nejat_crawler.warc_records.framing import Damage, WarcRecord, read_records
from nejat_crawler.warc_records.member import packing_of
from tests.support import crash
from tests.support.commands import FAST, articles, crawl, rows, run
from tests.support.processes import Running
from tests.support.soak import check_whole

#: Where a process kills itself: n-th call of the function.
POINTS = ("record", "spider", "pipeline", "write", "checkpoint", "clock")


def killed_crawl(db: Path, base_url: str, point: str, number: float, editions: str = "en,sq") -> int | None:
    """A crawl that ends with SIGKILL at the `number`-th time at `point`, or after `number` seconds of the clock."""
    arguments = ["-a", f"base_url={base_url}", "-a", f"edition={editions}", "-s", f"NEJAT_DB={db}", *FAST]
    process = Running(crash.main, point, int(number), arguments)
    if point == "clock":
        time.sleep(number)
        process.send(signal.SIGKILL)
    return process.end().code


def check_records(db: Path) -> list[str]:
    """What is wrong with the web archive beside `db`; a file may end in the middle of a record that nobody names."""
    places: set[tuple[str, int, int]] = set()
    files = sorted((db.parent / "warc").glob("*.warc.gz"))
    for path in files:
        with path.open("rb") as file:
            found = [*read_records(file, packing_of(file))]
        whole = [one for one in found if isinstance(one, WarcRecord) and one.is_whole]
        places |= {(path.name, one.offset, one.length) for one in whole}
        if any(isinstance(one, Damage) for one in found[:-1]):
            return [f"{path.name} is damaged before its end: {found}"]
    named = rows(db, "SELECT file, offset, length FROM captures")
    return [f"{row} is no whole record" for row in named if tuple(row.values()) not in places]


def told(db: Path, *but_for: str) -> dict[str, Any]:
    """An archive without its times and without what tells one way of finding from another."""
    times = {"first_seen", "last_seen", "changed_at", *but_for}
    return {
        name: {field: value for field, value in article.items() if field not in times}
        for name, article in articles(db).items()
    }


@pytest.mark.parametrize("kills", [5, pytest.param(60, marks=pytest.mark.soak)])
def test_a_killed_crawl_goes_on_to_the_archive_of_an_undisturbed_one(tmp_path: Path, kills: int) -> None:
    with serve(SampleSite(editions=("en", "sq"), limit=30)) as server:
        assert crawl(tmp_path / "undisturbed.db", server.base_url, edition="en,sq").code == 0
        undisturbed = told(tmp_path / "undisturbed.db")

    def differs(seed: int) -> str | None:
        dice = random.Random(seed)
        point = POINTS[seed % len(POINTS)]
        number = dice.uniform(0.6, 3.5) if point == "clock" else dice.randint(1, 60 if point == "write" else 25)
        db = tmp_path / f"{seed}" / "nejat.db"
        with serve(SampleSite(editions=("en", "sq"), limit=30)) as server:
            code = killed_crawl(db, server.base_url, point, number)
            archived = (
                {row["post_id"] for row in rows(db, "SELECT post_id FROM articles WHERE body IS NOT NULL")}
                if (db.exists() and rows(db, "SELECT 1 FROM sqlite_master WHERE name = 'walks'"))
                else set()
            )
            server.forget()
            result = crawl(db, server.base_url, edition="en,sq")
            damaged = check_records(db)
            again = [path for path in (request.path for request in server.requests) if "/posts/" in path]
        check_whole(db)
        if point == "record":
            run("nejat", "import", db.parent / "warc", "--db", db.with_name("again.db"))
            if told(db.with_name("again.db"), "source", "status") != told(db, "source", "status"):
                damaged.append("an import of the web archive gives other articles")
        if damaged:
            return f"{seed}: killed at {point} {number}: {damaged}"
        if result.code != 0 or told(db) != undisturbed:
            return f"{seed}: killed at {point} {number} with {code}: {result}"
        if [path for path in again if int(path.split("/")[3]) in archived]:
            return f"{seed}: asked again for what was archived: {again}"
        return None

    with ThreadPoolExecutor(2) as pool:
        assert [found for found in pool.map(differs, range(kills)) if found] == []
