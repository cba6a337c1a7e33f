"""Machines whose locale is not UTF-8: `sq_AL` is ISO-8859-1 in glibc, and cron's may be nothing at all."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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


# `nejat` begins anew in some locales: this does so, too, then imports once what several commands need, and forks.
# It reads a line a command, in hexadecimal: where its output goes, where its errors, and its words as a system has
# them.
PROGRAM = """
import os, sys
from nejat_crawler.cli import main
main(["--version"], standalone_mode=False)
sys.stdout.flush()
for name in ("export", "history"):
    main.get_command(None, name)
for line in sys.stdin.buffer:
    out, err, *words = (os.fsdecode(bytes.fromhex(word)) for word in line.decode("ascii").split())
    if not (child := os.fork()):
        for number, path in ((0, os.devnull), (1, out), (2, err)):
            os.dup2(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
        sys.argv = ["nejat", *words]
        sys.exit(main(prog_name="nejat"))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Machine:
    """`nejat …` in processes that have only this locale."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        assert process.stdin
        assert process.stdout
        self._asked, self._answers = process.stdin, process.stdout
        self._said = (folder / "out", folder / "err")
        assert self._answers.readline().startswith(b"nejat, version")

    def nejat(self, *command: str | Path) -> Result:
        line = " ".join(os.fsencode(word).hex() for word in (*self._said, *command))
        self._asked.write(f"{line}\n".encode())
        self._asked.flush()
        code = int(self._answers.readline())
        # What is shown may be in any of these encodings; its ASCII is what the tests look at.
        return Result(code, *(path.read_bytes().decode("utf-8", "replace") for path in self._said))


@contextmanager
def machine(locale: dict[str, str], folder: Path) -> Iterator[Machine]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHONIO"))}
    command = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(command, env=kept | locale, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield Machine(process, folder)


@pytest.fixture(scope="module")
def odd(locale: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    with machine(locale, tmp_path_factory.mktemp("odd")) as begun:
        yield begun


def test_titles_are_printed_as_far_as_the_locale_can_show_them(archive: Path, odd: Machine, tmp_path: Path) -> None:
    (tmp_path / "old.jsonl").write_text("")
    history: tuple[str | Path, ...] = ("history", "fa-7", "--db", archive)
    for command in (history, ("diff", tmp_path / "old.jsonl", archive)):
        result = odd.nejat(*command)
        assert (result.code, result.err) == (0, ""), command
        assert "fa-7" in result.out


def test_json_is_json_in_every_locale(archive: Path, odd: Machine) -> None:
    result = odd.nejat("history", "--json", "fa-7", "--db", archive)
    assert (result.code, json.loads(result.out)["states"][0]["title"]) == (0, TITLE)


def test_a_query_in_utf8_finds_what_it_means(archive: Path, odd: Machine) -> None:
    result = odd.nejat("export", "jsonl", "--query", "نردبان", "--db", archive)
    assert (result.code, result.err) == (0, "")
    assert json.loads(result.out)["title"] == TITLE


FORMATS = ("csv", "jsonl", "bibtex")


@pytest.fixture(scope="module")
def everywhere(archive: Path) -> dict[str, bytes]:
    """The exports of a machine whose locale is UTF-8."""
    with machine({"LC_ALL": "C.UTF-8"}, archive.parent) as usual:
        for name in FORMATS:
            assert usual.nejat("export", name, "--db", archive, "-o", archive.with_suffix(f".{name}")).code == 0
    return {name: archive.with_suffix(f".{name}").read_bytes() for name in FORMATS}


def test_files_are_written_as_everywhere_and_under_the_name_that_was_typed(
    archive: Path, everywhere: dict[str, bytes], odd: Machine, tmp_path: Path
) -> None:
    folder = tmp_path / "صادرات"
    folder.mkdir()
    copy = folder / "بایگانی.db"
    shutil.copy(archive, copy)
    for name, written in everywhere.items():
        there = folder / f"فهرست.{name}"
        result = odd.nejat("export", name, "--db", copy, "-o", there)
        assert (result.code, result.err) == (0, "")
        assert there.read_bytes() == written
    names = {path.name.removesuffix("-shm").removesuffix("-wal") for path in folder.iterdir()}
    assert names == {"بایگانی.db", *(f"فهرست.{name}" for name in FORMATS)}
    page = folder / "برگه.txt"
    page.write_text("nothing that is a capture\n")
    result = odd.nejat("import", page, "--db", copy)
    assert (result.code, "Traceback" in result.err) == (1, False)
    assert articles(copy)["fa-7"]["title"] == TITLE
