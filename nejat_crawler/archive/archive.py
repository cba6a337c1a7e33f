"""The archive: one SQLite file, open for reading or for writing."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlite_utils import Database

from nejat_crawler.archive.errors import ArchiveError
from nejat_crawler.archive.index_segments import join_segments
from nejat_crawler.archive.lock import Lock, now, take_lock
from nejat_crawler.archive.reading.damage import require_undamaged
from nejat_crawler.archive.reading.open_file import (
    clear_errors,
    connect,
    leave_shared_files,
    open_database,
    require_archive_tables,
)
from nejat_crawler.archive.saving.outcomes import Outcome
from nejat_crawler.archive.schema import bring_up_to_date
from nejat_crawler.archive.transactions import Transactions
from nejat_crawler.items import Article, Newsletter
from nejat_crawler.redaction import redact

if TYPE_CHECKING:
    from nejat_crawler.archive.undo import Undone  # which brings the extraction along

IN_MEMORY = ":memory:"


class Archive:
    """An open archive; use as a context manager, or call `close`."""

    def __init__(self, db: Database, path: Path, lock: Lock | None = None, *, is_new: bool = False) -> None:
        self.db = db
        self.path = path
        self.is_new = is_new
        """Whether the file held nothing before it was opened."""
        self.transactions = Transactions(db, path)
        self._lock = lock
        self._looked_at = lock.looked_at or now() if lock else ""
        """When the file was last read as a whole; empty once something went wrong in it."""

    @property
    def writable(self) -> bool:
        """Whether it was opened for writing."""
        return self._lock is not None

    @property
    def warc_folder(self) -> Path:
        """Where the web archives of all crawls lie: beside the archive."""
        return self.path.resolve().parent / "warc"

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open an archive for writing, making or migrating it as needed; no other run can then open it so.

        It is read as a whole, to see whether it is damaged, unless it is as a run has left it and that was done less
        than a week ago.

        Raises ArchiveBusyError, or ArchiveError for a file that is read-only, damaged, of a newer version or no
        archive; it stays as it is.
        """
        _check_writable(path)
        lock = take_lock(path)
        try:
            with clear_errors(path):
                db = connect(path)  # the lock has made its folder
                require_archive_tables(db, path)
                if not lock.looked_at:
                    require_undamaged(db, path)
                is_new = not db.table_names()
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = NORMAL")
                bring_up_to_date(db, left_by_a_run=bool(lock.looked_at))
        except BaseException:
            lock.release()
            raise
        return cls(db, path, lock, is_new=is_new)

    @classmethod
    def open_in_memory(cls) -> Self:
        """An empty archive that no file holds and nobody reads."""
        db = connect(None)
        bring_up_to_date(db)
        return cls(db, Path(IN_MEMORY))

    @classmethod
    def open_readonly(cls, path: Path) -> Self:
        """Open an existing archive for reading; raises ArchiveError if there is none, or one of another version."""
        return cls(open_database(path), path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._looked_at = "" if error else self._looked_at
        self.close()
        if isinstance(error, sqlite3.DatabaseError):  # met while it was read: told with its name
            with clear_errors(self.path):
                raise error

    def close(self) -> None:
        """File the words of what was written, put its index in order, close the file, and let other runs in."""
        lock, self._lock = self._lock, None
        try:
            if lock:
                self.transactions.commit()
                self._file_words()
                self._give_back_empty_pages()
        except BaseException:
            self._looked_at = ""
            raise
        finally:
            self.db.close()
            if lock:
                leave_shared_files(self.path)
                lock.release("" if self.transactions.failed else self._looked_at)

    def _give_back_empty_pages(self) -> None:
        # In a page that holds nothing no check would see what a bad disk does.
        with contextlib.suppress(sqlite3.OperationalError):  # a full disk: they are given back by the next run
            if self.db.execute("PRAGMA freelist_count").fetchone()[0]:
                self.db.conn.executescript("PRAGMA incremental_vacuum")  # a step a page: `execute` takes one

    def _file_words(self) -> None:
        # A full disk, a file that is gone: what was archived stands, and the words are filed by the next run. Damage
        # ("malformed") is no OperationalError, and said.
        with clear_errors(self.path), contextlib.suppress(sqlite3.OperationalError):
            if self.db.execute("SELECT 1 FROM words_due LIMIT 1").fetchone():
                from nejat_crawler.archive.word_forms.form_table import record_word_forms

                record_word_forms(self.db)
            join_segments(self.db)

    def require_undamaged(self) -> None:
        """Raise ArchiveError if pages of the file are damaged: it is read as a whole, a second for some 100 MB."""
        with clear_errors(self.path):
            require_undamaged(self.db, self.path)

    def writing(self, *, lasting: bool = True) -> AbstractContextManager[Database]:
        """One transaction for the functions of this package that take a database; raises ArchiveError.

        If it is not `lasting`, it is committed with what is written next, or by `transactions.commit`, or at the end.
        """
        return self.transactions.writing(lasting=lasting)

    def save(self, article: Article, *, lasting: bool = True) -> Outcome:
        """Bring what a capture shows into the archive, all of it or nothing; the archive never gets worse by it."""
        # The published site reads only, and goes without what writing needs (selectors, dateparser).
        from nejat_crawler.archive.saving.save_article import save_article

        article.found_at = redact(article.found_at)
        with self.writing(lasting=lasting) as db:
            return save_article(db, article)

    def save_newsletter(self, newsletter: Newsletter) -> Outcome:
        """Bring an issue of the newsletter with its stories into the archive."""
        from nejat_crawler.archive.saving.save_newsletter import save_newsletter

        with self.writing() as db:
            return save_newsletter(db, replace(newsletter, found_at=redact(newsletter.found_at)))

    def remember_states(self) -> None:
        """Keep what articles were before they are changed from now on, until the archive is closed."""
        from nejat_crawler.archive.undo import remember_states

        with self.writing() as db:
            remember_states(db)

    def forget_states(self) -> int:
        """Take back all states since `remember_states` as if they had never been; returns of how many articles."""
        from nejat_crawler.archive.undo import forget_states

        with self.writing() as db:
            return forget_states(db)

    def undo_run(self, run_id: int) -> Undone:
        """Take back the changes of a crawl, recorded as a run of its own; raises ArchiveError for any other run."""
        from nejat_crawler.archive.undo import undo_changes

        run = next(iter(self.db.query("SELECT * FROM runs WHERE id = ?", [run_id])), None)
        if run is None or run["command"] not in ("crawl", "undo"):
            kind = f"run {run_id} is one of `nejat {run['command']}`" if run else f"there is no run {run_id}"
            raise ArchiveError(f"{kind} in {self.path}: the changes of a crawl can be taken back")
        sql = "SELECT min(started_at) AS at FROM runs WHERE id > ?"
        later = next(iter(self.db.query(sql, [run_id])))["at"]
        started_at = now()
        with self.writing() as db:
            undone = undo_changes(db, run["started_at"], run["finished_at"] or later or started_at, started_at)
        if undone.restored:
            record = self.start_run("undo", {"run": str(run_id)}, started_at)
            counts = {"restored": undone.restored, "changed_since": undone.changed_since}
            self.finish_run(record, {"outcome": "finished", "counts": counts, "changed": len(undone.restored)})
        return undone

    def start_run(self, command: str, arguments: dict[str, str], started_at: str) -> int:
        """Record that a run has begun; returns its id."""
        with self.writing() as db:
            told = json.dumps(redact(arguments), ensure_ascii=False)
            row = {"command": command, "arguments": told, "started_at": started_at}
            return int(str(db.table("runs").insert(row).last_pk))

    def finish_run(self, run_id: int, columns: Mapping[str, object]) -> None:
        """Record how a run ended: columns of `runs` by name, lists and mappings as JSON."""
        with self.writing() as db:
            row = {
                name: json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
                for name, value in redact(dict(columns)).items()
            }
            db.table("runs").update(run_id, {"finished_at": now(), **row})


def _check_writable(path: Path) -> None:
    if path.is_dir():
        raise ArchiveError(f"{path} is a folder; name a file for the archive")
    # The permission bits decide even for root, who may write everywhere: who takes them away means it.
    if not path.exists():
        return
    if not (os.access(path, os.W_OK) and path.stat().st_mode & 0o222):
        raise ArchiveError(f"the archive {path} is read-only")
    if not path.resolve().parent.stat().st_mode & 0o222:
        raise ArchiveError(f"the archive {path} is in a folder that is read-only")
    if path.stat().st_nlink > 1:  # each name has a lock and a `-wal` of its own; and a copy shall not change
        raise ArchiveError(
            f"the archive {path} has another name (a hard link), which would be written to as well: copy it instead"
        )
