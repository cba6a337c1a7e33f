"""An import of files that are all known says and does what any import does, though Scrapy does not begin."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from nejat_crawler.archive import Archive
from tests.support.commands import Result, run
from tests.support.soledad_pages import body, single


@pytest.fixture
def saved(db: Path, tmp_path: Path) -> Path:
    """A folder of pages that have been imported."""
    folder = tmp_path / "saved"
    folder.mkdir()
    for number in (2, 3):
        (folder / f"{number}.html").write_text(single(number, body(number)))
    assert import_(db, folder).code == 0
    return folder


def import_(db: Path, *paths: Path) -> Result:
    return run("nejat", "import", *paths, "--db", db)


def test_no_file_is_known_in_an_archive_that_cannot_be_imported_into(db: Path, saved: Path, tmp_path: Path) -> None:
    assert import_(db, saved).out.startswith("en: 2 same\nno errors\n")
    with Archive.open(db):
        busy = import_(db, saved)
    assert (busy.code, busy.out) == (75, "")
    assert f"another run is writing to {db}" in busy.err
    read_only, damaged = tmp_path / "read-only.db", tmp_path / "damaged.db"
    shutil.copy(db, read_only)
    read_only.chmod(0o444)
    pages = bytearray(db.read_bytes())
    with Archive.open_readonly(db) as archive:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = 'newsletter_stories'"  # no import of pages reads it
        root = archive.db.execute(sql).fetchone()[0]
    pages[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    damaged.write_bytes(pages)
    for other, sentence in ((read_only, "is read-only"), (damaged, "is damaged")):
        result = import_(other, saved)
        assert (result.code, result.out, sentence in result.err) == (1, "", True), result


def test_a_folder_that_cannot_be_read_is_said_once(db: Path, saved: Path) -> None:
    here = Path.cwd()
    try:
        os.chdir(saved)
        for _ in range(20):  # longer than any path that the system takes, whoever asks
            Path("a" * 250).mkdir()
            os.chdir("a" * 250)
    finally:
        os.chdir(here)
    result = import_(db, saved)
    assert result.code == 1
    assert "en: 2 same\nerrors: 1\n" in result.out
    [line] = result.err.splitlines()
    assert line.startswith("Error: ")
    assert line.endswith(" cannot be read: File name too long")
