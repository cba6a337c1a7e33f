"""`nejat check` as a health check: a sentence for each thing that is wrong, no all-clear that nobody gave."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from nejat_crawler.archive import Archive
from nejat_crawler.sample_site import SampleSite, Server, serve
from tests.support.commands import SMALL, Result, crawl, run


@pytest.fixture(scope="module")
def up() -> Iterator[Server]:
    with serve(SampleSite(editions=("en",), limit=SMALL)) as server:
        yield server


@pytest.fixture(scope="module")
def whole(up: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that was crawled a moment ago."""
    path = tmp_path_factory.mktemp("health") / "nejat.db"
    assert crawl(path, up.base_url, edition="en").code == 0
    return path


@pytest.fixture
def archive(whole: Path, db: Path) -> Path:
    shutil.copy(whole, db)
    return db


def change(db: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute(sql, values)


def check(db: Path, *options: str) -> tuple[Result, Any]:
    """What `nejat check` says to people, and what to machines."""
    ask: tuple[str | Path, ...] = ("nejat", "check", "--delay", "0", "--db", db, *options)
    return run(*ask), json.loads(run(*ask, "--json").out)


def test_all_is_well_when_the_site_has_said_what_it_has(archive: Path) -> None:
    said, told = check(archive)
    assert (said.code, said.out.splitlines()[-1], said.err) == (0, "nothing is missing", "")
    assert said.out.splitlines()[0] == f"archive: {archive}"
    assert (told["ok"], told["problems"], told["health"]["archive"]) == (True, [], str(archive))
    assert told["health"]["days_since"] < 1
    assert told["health"]["free_megabytes"] > 0
    assert told["asked_at"]


def test_where_nobody_was_asked_nothing_is_said_to_be_complete(archive: Path) -> None:
    said, told = check(archive, "--offline")
    assert (said.code, told["asked_at"]) == (0, None)
    assert said.out.splitlines()[-1] == "nothing is known to be missing; the site was not asked"


def test_sources_that_all_are_switched_off_prove_nothing(db: Path, site: SampleSite, server: Server) -> None:
    assert crawl(db, server.base_url, edition="en", max_pages="1").code == 0
    site.fail("sitemap|wp-json|feed", status=404)
    said, told = check(db)
    assert said.out.splitlines()[-1] == "nothing is known to be missing; no source names every post of en"
    assert {source["state"] for name, source in told["editions"]["en"]["sources"].items() if name != "listing"} == {
        "off"
    }


def test_one_source_that_does_not_answer_is_named(archive: Path) -> None:
    with serve(SampleSite(editions=("en",), limit=SMALL)) as server:
        server.site.fail("wp-json", status=503)
        change(archive, "UPDATE runs SET arguments = json_set(arguments, '$.base_url', ?)", server.base_url)
        said, told = check(archive)
    assert said.code == 1
    assert "! no answer from rest: what the site has now is not known" in said.out
    assert told["editions"]["en"]["silent"] == ["rest"]


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("UPDATE runs SET outcome = 'unreachable'", "ended as unreachable"),
        ("UPDATE runs SET outcome = NULL", "was killed"),
        ("UPDATE runs SET outcome = 'failed'", "no crawl into this archive has ended well yet"),
        ("UPDATE runs SET started_at = '2024-02-01T03:00:00Z'", "the last good crawl was"),
        ("DELETE FROM runs", "nothing was ever crawled into this archive: what the site has is not known"),
        ("UPDATE runs SET started_at = '2091-02-01T03:00:00Z'", "runs were begun (2091-02-01T03:00:00Z) after now"),
        ("UPDATE articles SET last_seen = '2091-02-01T03:00:00Z'", "12 articles were last seen (2091-"),
        ("UPDATE articles SET published_at = '2091-02-01T03:00:00+03:30' WHERE post_id = (SELECT max(post_id)"
         " FROM articles)", "articles were published (2091-"),
        ("UPDATE marks SET value = '2091-02-01T03:00:00' WHERE name = 'modified_at'", "articles were edited (2091-"),
    ],
    ids=["unreachable", "killed", "never well", "long ago", "never", "runs", "seen", "published", "edited"],
)  # fmt: skip
def test_what_is_wrong_is_a_sentence_and_exit_code_1(archive: Path, sql: str, sentence: str) -> None:
    change(archive, sql)
    said, told = check(archive, "--offline")
    assert (said.code, sentence in said.out) == (1, True), said.out
    assert any(sentence in problem for problem in told["problems"])
    assert not told["ok"]
    assert "nothing is missing" not in said.out
    assert "nothing is known to be missing" not in said.out


def test_how_old_a_crawl_and_how_full_a_disk_may_be_can_be_said(archive: Path) -> None:
    change(archive, "UPDATE runs SET started_at = '2024-02-01T03:00:00Z'")
    assert run("nejat", "check", "--offline", "--max-age", "99999", "--db", archive).code == 0
    said, told = check(archive, "--offline", "--max-age", "99999", "--min-free", "999999999")
    assert (said.code, len(told["problems"])) == (1, 1)
    assert "MB are free on the disk of the archive, less than 999,999,999" in said.out


def test_what_stands_in_the_place_of_the_lock_keeps_every_run_away_and_is_said(archive: Path) -> None:
    lock = archive.with_name(f"{archive.name}.lock")
    lock.unlink(missing_ok=True)
    lock.mkdir()
    said, told = check(archive, "--offline")
    assert (said.code, told["problems"]) == (
        1, [f"no run can begin: {lock} is not the lock of an archive: move it away"],
    )  # fmt: skip


def test_a_crawl_that_is_under_way_was_not_killed(archive: Path) -> None:
    with Archive.open(archive) as writer:
        writer.start_run("crawl", {"edition": "en"}, "2026-01-01T00:00:00Z")
        said = run("nejat", "check", "--offline", "--db", archive)
    assert "was killed" not in said.out
    assert "The report is not kept: another run is writing" in said.err
    assert "(process " in said.err


def test_an_edition_that_was_never_crawled_is_not_called_complete(archive: Path) -> None:
    said = run("nejat", "check", "--offline", "--edition", "fa", "--db", archive)
    assert (said.code, "fa: nothing of this edition is archived or known" in said.out) == (1, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_output_that_cannot_be_written_is_a_sentence_and_one_that_nobody_wants_is_none(archive: Path) -> None:
    program = Path(sys.executable).with_name("nejat")
    check: list[str | Path] = [program, "check", "--offline", "--json", "--db", archive]
    for command, where, code, said in (
        (check, "/dev/full", 1, "No space left on device"),
        (check, "&-", 0, ""),
        ([program, "--version"], "/dev/full", 1, "No space left on device"),
    ):
        shell: list[str | Path] = ["sh", "-c", f'exec "$0" "$@" >{where}', *command]
        ended = subprocess.run(shell, capture_output=True, text=True, check=False)
        assert (ended.returncode, said in ended.stderr, "Traceback" in ended.stderr) == (code, True, False), ended
