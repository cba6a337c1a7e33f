"""Files that are no archive for this version of the program, or not the one that was meant."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from nejat_crawler.archive import Archive
from nejat_crawler.sample_site import SampleSite, Server, serve
from tests.support.commands import FAST, articles, crawl, rows, run


@pytest.fixture
def newer(sample: Path, db: Path) -> Path:
    """An archive that a later version has migrated."""
    shutil.copy(sample, db)
    with Archive.open(db) as archive, archive.writing() as database:
        database.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)",
            ["nejat_crawler", "add_ropes", "2091-01-01"],
        )
    return db


@pytest.fixture
def damaged(sample: Path, db: Path) -> Path:
    """An archive of which a page in the middle is lost; where, SQLite does not see until it reads it."""
    shutil.copy(sample, db)
    with db.open("r+b") as file:
        file.seek(db.stat().st_size // 4096 // 2 * 4096)
        file.write(b"\0" * 4096)
    return db


def commands(db: Path, folder: Path) -> list[tuple[str | Path, ...]]:
    page = folder / "page.txt"
    page.write_text("A lamp\n\nIt burned.\n")
    return [
        ("nejat", "crawl", "--db", db, "--base-url", "http://127.0.0.1:9"),
        ("scrapy", "crawl", "nejat", "-s", f"NEJAT_DB={db}", "-a", "base_url=http://127.0.0.1:9", *FAST, "--nolog"),
        ("nejat", "import", page, "--db", db),
        ("nejat", "check", "--db", db),
        ("nejat", "export", "jsonl", "--db", db, "-o", folder / "out.jsonl"),
        ("nejat", "serve", "--db", db, "--port", "0"),
        ("nejat", "publish", folder / "site", "--db", db),
    ]


def test_an_archive_of_a_newer_version_is_refused_and_left_as_it_is(newer: Path, tmp_path: Path) -> None:
    before = newer.read_bytes()
    for command in commands(newer, tmp_path):
        result = run(*command)
        assert (result.code, result.out) == (1, ""), command
        assert f"the archive {newer} was written by a newer version of nejat-crawler (add_ropes" in result.err, (
            command
        )
        assert (len(result.err.splitlines()), "Traceback" in result.err) == (1, False), command
    assert newer.read_bytes() == before
    assert not (tmp_path / "out.jsonl").exists()


def test_a_damaged_archive_is_told_so_and_left_as_it_is(damaged: Path, tmp_path: Path) -> None:
    before = damaged.read_bytes()
    for command in commands(damaged, tmp_path):
        result = run(*command)
        assert result.code == 1, command
        assert f"the archive {damaged} is damaged (" in result.out + result.err, command
        assert "Traceback" not in result.err, command
        assert "no errors" not in result.out, command
    assert damaged.read_bytes() == before
    assert not (tmp_path / "out.jsonl").exists()


def test_a_new_archive_is_named_where_it_lies_and_an_old_one_too(tmp_path: Path, server: Server) -> None:
    db = tmp_path / "data" / "nejat.db"
    command = ("nejat", "crawl", "--quiet", "--base-url", server.base_url, "--edition", "en", "--delay", "0")
    first = run(*command, cwd=tmp_path)
    assert (first.code, first.out.splitlines()[-1]) == (0, f"a new archive at {db}")
    again = run(*(option for option in command if option != "--quiet"), cwd=tmp_path)
    assert (again.code, again.out.splitlines()[-1]) == (0, f"archive: {db}")


def test_an_archive_that_was_filled_from_another_server_is_said(db: Path, server: Server) -> None:
    assert crawl(db, server.base_url, edition="en").code == 0
    with serve(SampleSite(editions=("en",), limit=12)) as other:
        result = crawl(db, f"{other.base_url}/", "--quiet", edition="en")
        sentence = f"the last crawl into this archive read {server.base_url}, this one reads {other.base_url}"
        assert sentence in result.out
        assert sentence not in crawl(db, other.base_url, edition="en").out


def test_an_extractor_that_has_changed_since_the_last_crawl_is_said_once(db: Path, server: Server) -> None:
    crawls = [crawl(db, server.base_url, edition="en") for _ in range(2)]
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE runs SET counts = json_set(counts, '$.extractor', 'of before')")
    crawls += [crawl(db, server.base_url, "--quiet", edition="en") for _ in range(2)]
    said = "has come to read pages otherwise"
    assert [(each.code, said in each.out) for each in crawls] == [(0, False), (0, False), (0, True), (0, False)]


def test_who_is_turned_away_is_told_by_whom(db: Path, server: Server) -> None:
    with Archive.open(db):
        holder = db.with_name("nejat.db.lock").read_text()
        for _ in range(2):  # the first must not take away what the second reads
            result = run("nejat", "crawl", "--db", db, "--base-url", server.base_url)
            assert (result.code, result.out) == (75, "")
            assert result.err.splitlines() == [
                f"The lock is held by {holder}",
                f"Error: another run is writing to {db}",
            ]
    assert holder.startswith("process ")
    assert crawl(db, server.base_url, edition="en").code == 0


def test_a_night_without_news_is_silent_and_one_with_news_is_not(db: Path, site: SampleSite, server: Server) -> None:
    mirror = server.base_url
    nejat = ("nejat", "crawl", "--quiet", "--db", db, "--base-url", mirror, "--edition", "en", "--delay", "0")
    given = ("-s", f"NEJAT_DB={db}", "-a", f"base_url={mirror}", "-a", "edition=en", *FAST)
    scrapy = ("scrapy", "crawl", "nejat", "--quiet", *given)
    assert "12 new" in run(*nejat).out
    for result in (run(*nejat), run(*scrapy)):
        assert (result.code, result.out, result.err) == (0, "", "")
    site.publish("en", title="A lamp", paragraphs=["It burned."])
    assert "en: 1 new" in run(*nejat).out
    site.publish("en", title="A rope", paragraphs=["It held."])
    assert "en: 1 new" in run(*scrapy).out
    site.publish("en", title="A pole", paragraphs=["It bent."])
    named = f"archive: {db}"
    assert run(*scrapy).out.splitlines()[-1] == named
    site.fail("/en/$", status=404)
    for result in (run(*nejat), run(*scrapy)):
        assert result.out.splitlines()[-1] == named
        assert (result.code, "errors: " in result.out, "answered 404" in result.err) == (1, True, True)
    assert len(articles(db)) == 15


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (("shell", "-c", "response.status"), "200"),
        (("shell", "-c", "[fetch(response.urljoin('/en/page/2')), response.url]"), "/en/page/2']"),
        (("fetch",), "</html>"),
        (("parse", "--nolinks", "--nocolour"), "'own_page': False"),
        (("parse", "--nolinks", "--nocolour", "--pipelines"), "'post_id'"),
    ],
    ids=["shell", "fetch in a shell", "fetch", "parse", "parse with pipelines"],
)
def test_the_tools_of_scrapy_work_and_leave_the_archive_alone(
    db: Path, server: Server, command: tuple[str, ...], shown: str
) -> None:
    assert crawl(db, server.base_url, edition="en").code == 0
    before = rows(db, "SELECT * FROM runs")
    name, *options = command
    result = run("scrapy", name, "--nolog", *options, "-s", f"NEJAT_DB={db}", *FAST, f"{server.base_url}/en/")
    assert (result.code, shown in result.out) == (0, True), result
    assert rows(db, "SELECT * FROM runs") == before
