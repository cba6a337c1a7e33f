"""An archive from elsewhere is data: what it defines is never run, and what does not fit together is told."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from nejat_crawler.archive import Archive, ArchiveBusyError, ArchiveDamagedError, ArchiveError
from tests.support.commands import run
from tests.support.served import article, make_archive

HOSTILE = {
    "a trigger": "CREATE TRIGGER spy AFTER UPDATE ON articles BEGIN DELETE FROM runs; END",
    "a trigger of ours that does more": "DROP TRIGGER articles_fts_delete; CREATE TRIGGER articles_fts_delete AFTER"
    " DELETE ON articles BEGIN DELETE FROM articles_fts WHERE rowid = old.docid; DELETE FROM runs; END",
    "a trigger of ours that is missing": "DROP TRIGGER articles_fts_update",
    "a view": "CREATE VIEW lamps AS SELECT fold_for_search(hex(zeroblob(9999999)))",
    "a view in a table's place": "ALTER TABLE runs RENAME TO kept; CREATE VIEW runs AS SELECT * FROM kept",
    "a generated column": "ALTER TABLE images ADD COLUMN huge AS (hex(zeroblob(99999999)))",
    "a table that computes": "CREATE TABLE lamps (a, b AS (hex(zeroblob(99999999))))",
    "an index that computes": "CREATE INDEX lamps ON articles (hex(zeroblob(99999)))",
    "an index that refuses": "CREATE UNIQUE INDEX lamps ON articles (title)",
    "a virtual table": "CREATE VIRTUAL TABLE lamps USING fts5 (a)",
    "a value that is computed": "ALTER TABLE notes ADD COLUMN lamps CHECK (length(hex(zeroblob(99999))))",
}
TORN = {
    "an index without some of its words": "DELETE FROM articles_fts_data WHERE id > 10",
    "an index that is rubbish": "UPDATE articles_fts_data SET block = zeroblob(length(block)) WHERE id > 10",
    "an index of an article that is none": "INSERT INTO articles_fts_docsize VALUES (99, x'00')",
    "an index without an article": "DELETE FROM articles_fts_docsize",
    "a text that is none": "INSERT INTO runs (command, arguments, started_at) VALUES (cast(x'ff' AS TEXT), 1, 1)",
    "a blob among texts": "INSERT INTO runs (command, arguments, started_at) VALUES (x'00', '1', '1')",
    "a text among numbers": "INSERT INTO runs (command, arguments, started_at, pages) VALUES ('a', 'b', 'c', 'many')",
    "a key that is nothing": "INSERT INTO newsletters (edition, title, numbers, found_at, captured_at)"
    " VALUES ('en', 'a', '[]', 'b', 'c')",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_archive(tmp_path / "nejat.db", {"articles": [article(1, title="A lamp"), article(2, title="A rope")]})


def change(path: Path, script: str) -> bytes:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"CREATE TABLE notes (id INTEGER PRIMARY KEY); {script}")
        connection.execute("PRAGMA journal_mode = DELETE")
    return path.read_bytes()


@pytest.mark.parametrize("script", HOSTILE.values(), ids=HOSTILE)
def test_an_archive_that_defines_what_sqlite_would_run_is_refused_and_left_as_it_is(path: Path, script: str) -> None:
    before = change(path, script)
    for opened in (Archive.open, Archive.open_readonly):
        with pytest.raises(ArchiveError, match="defines what no version of nejat-crawler has"):
            opened(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("script", TORN.values(), ids=TORN)
def test_an_index_that_was_tampered_with_is_damage(path: Path, script: str) -> None:
    change(path, script)
    with pytest.raises(ArchiveDamagedError, match="is damaged"):
        Archive.open(path)
    with Archive.open_readonly(path) as archive, pytest.raises(ArchiveDamagedError, match="is damaged"):
        archive.require_undamaged()


def test_a_table_that_somebody_has_added_stays_and_is_named_where_it_is_not_copied(
    path: Path, tmp_path: Path
) -> None:
    change(path, "ALTER TABLE notes ADD COLUMN text; CREATE INDEX notes_text ON notes (text)")
    with Archive.open(path):
        pass
    copied = run("nejat", "export", "sqlite", "--db", path, "-o", tmp_path / "copy.db")
    assert (copied.code, copied.err) == (0, "not in the copy: notes, which somebody has added to the archive\n")


@pytest.mark.parametrize(("column", "value"), [("edition", "../../up"), ("edition", "/tmp"), ("id", "../../en-1")])
def test_the_name_of_a_text_never_leads_out_of_its_folder(
    path: Path, tmp_path: Path, column: str, value: str
) -> None:
    with Archive.open(path) as archive, archive.writing() as db:
        db.execute(f"UPDATE articles SET {column} = ? WHERE docid = 1", [value])
    before = {file.name for file in tmp_path.iterdir()}
    result = run("nejat", "export", "text", "--db", path, "-o", tmp_path / "texts")
    assert (result.code, repr(value) in result.err, len(result.err.splitlines())) == (1, True, 1)
    assert {file.name for file in tmp_path.iterdir()} <= before | {"nejat.db-shm", "nejat.db-wal"}


def test_an_archive_has_one_lock_by_whichever_name(path: Path, tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "other.db"
    link.symlink_to(path)
    with Archive.open(link), pytest.raises(ArchiveBusyError) as refused:
        Archive.open(path)
    assert re.fullmatch(rf"process {os.getpid()} since \S+Z", refused.value.holder)
    assert [file.name for file in (tmp_path / "links").iterdir()] == ["other.db"]
    (tmp_path / "second.db").hardlink_to(path)
    with pytest.raises(ArchiveError, match="has another name"):
        Archive.open(path)


def test_what_is_no_lock_is_not_written_over(path: Path, tmp_path: Path) -> None:
    lock = tmp_path / "nejat.db.lock"
    precious = tmp_path / "letter.txt"
    precious.write_text("Dear warden")
    lock.symlink_to(precious)
    with pytest.raises(ArchiveError, match="cannot write beside"):
        Archive.open(path)
    lock.unlink()
    lock.hardlink_to(precious)
    with pytest.raises(ArchiveError, match="is not the lock of an archive"):
        Archive.open(path)
    lock.unlink()
    os.mkfifo(lock)
    with pytest.raises(ArchiveError, match="is not the lock of an archive"):
        Archive.open(path)
    assert precious.read_text() == "Dear warden"
