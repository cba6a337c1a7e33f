"""Machines whose locale is not UTF-8: `sq_AL` is ISO-8859-1 in glibc, and cron's may be nothing at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nejat_crawler.archive import Archive
from nejat_crawler.items import Article
from tests.support.commands import Result, articles

TITLE = "نردبان کوه‌نورد"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("locales") / "nejat.db"
    found_at, captured_at = "https://www.nejatngo.org/fa/", "2026-11-01T08:00:00Z"
    article = Article(
        "fa", "listing", "soledad", found_at, captured_at, "live", TITLE, post_id=7, body="از پله بالا رفت."
    )
    with Archive.open(path) as opened:
        opened.save(article)
        opened.save(article)
    return path


@pytest.fixture(scope="module", params=["ISO-8859-1", "CP1256", "C", "ASCII", "PYTHONIOENCODING"])
def locale(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of such a machine."""
    if request.param == "C":
        return {"LC_ALL": "C"}
    if request.param == "ASCII":
        return {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    if request.param == "PYTHONIOENCODING":
        return {"PYTHONIOENCODING": "latin-1"}
    localedef = shutil.which("localedef")
    folder = tmp_path_factory.mktemp("locale")
    if localedef:
        subprocess.run([localedef, "-c", "-i", "sq_AL", "-f", request.param, folder / "sq_AL"], check=False)
    if not (folder / "sq_AL").is_dir():
        pytest.skip(f"no locale in {request.param} can be made here: localedef and its sources are missing")
    return {"LOCPATH": str(folder), "LC_ALL": "sq_AL"}


def nejat(locale: dict[str, str], *command: str | Path) -> Result:
    """`nejat …` in a process that has only this locale."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHONIO"))}
    program = Path(sys.executable).with_name("nejat")
    done = subprocess.run([program, *command], env=kept | locale, capture_output=True, check=False, timeout=60)
    # What is shown may be in any of these encodings; its ASCII is what the tests look at.
    return Result(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def test_titles_are_printed_as_far_as_the_locale_can_show_them(
    archive: Path, locale: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "old.jsonl").write_text("")
    history: tuple[str | Path, ...] = ("history", "fa-7", "--db", archive)
    for command in (history, ("diff", tmp_path / "old.jsonl", archive)):
        result = nejat(locale, *command)
        assert (result.code, result.err) == (0, ""), command
        assert "fa-7" in result.out


def test_json_is_json_in_every_locale(archive: Path, locale: dict[str, str]) -> None:
    result = nejat(locale, "history", "--json", "fa-7", "--db", archive)
    assert (result.code, json.loads(result.out)["states"][0]["title"]) == (0, TITLE)


def test_a_query_in_utf8_finds_what_it_means(archive: Path, locale: dict[str, str]) -> None:
    result = nejat(locale, "export", "jsonl", "--query", "نردبان", "--db", archive)
    assert (result.code, result.err) == (0, "")
    assert json.loads(result.out)["title"] == TITLE


FORMATS = ("csv", "jsonl", "bibtex")


@pytest.fixture(scope="module")
def everywhere(archive: Path) -> dict[str, bytes]:
    """The exports of a machine whose locale is UTF-8."""
    for name in FORMATS:
        assert (
            nejat({"LC_ALL": "C.UTF-8"}, "export", name, "--db", archive, "-o", archive.with_suffix(f".{name}")).code
            == 0
        )
    return {name: archive.with_suffix(f".{name}").read_bytes() for name in FORMATS}


def test_files_are_written_as_everywhere_and_under_the_name_that_was_typed(
    archive: Path, everywhere: dict[str, bytes], locale: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "صادرات"
    folder.mkdir()
    copy = folder / "بایگانی.db"
    shutil.copy(archive, copy)
    for name, written in everywhere.items():
        there = folder / f"فهرست.{name}"
        result = nejat(locale, "export", name, "--db", copy, "-o", there)
        assert (result.code, result.err) == (0, "")
        assert there.read_bytes() == written
    names = {path.name.removesuffix("-shm").removesuffix("-wal") for path in folder.iterdir()}
    assert names == {"بایگانی.db", *(f"فهرست.{name}" for name in FORMATS)}
    page = folder / "برگه.txt"
    page.write_text("nothing that is a capture\n")
    result = nejat(locale, "import", page, "--db", copy)
    assert (result.code, "Traceback" in result.err) == (1, False)
    assert articles(copy)["fa-7"]["title"] == TITLE
