"""The archive: one SQLite file, open for reading or for writing."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from sqlite_utils import Database

from nejat_crawler.archive.errors import ArchiveBusyError, ArchiveError
from nejat_crawler.archive.reading.open_file import clear_errors, connect, open_database, require_archive_tables
from nejat_crawler.archive.saving.outcomes import Outcome
from nejat_crawler.archive.schema import MIGRATIONS
from nejat_crawler.items import Article, Newsletter

DEFAULT_PATH = Path("data/nejat.db")


def now() -> str:
    """The current moment in UTC as the archive writes it: `2026-11-21T08:00:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Archive:
    """An open archive; use as a context manager, or call `close`."""

    def __init__(self, db: Database, path: Path, lock: IO[str] | None = None) -> None:
        self.db = db
        self.path = path
        self._lock = lock

    @property
    def writable(self) -> bool:
        """Whether it was opened for writing."""
        return self._lock is not None

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open an archive for writing, making or migrating it as needed; no other run can then open it so.

        Raises ArchiveBusyError, or ArchiveError for a file that is read-only or no archive.
        """
        _check_writable(path)
        lock = _take_lock(path)
        try:
            with clear_errors(path):
                db = connect(path)
                require_archive_tables(db, path)
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = NORMAL")
                if MIGRATIONS.pending(db):
                    MIGRATIONS.apply(db)
        except BaseException:
            lock.close()
            raise
        return cls(db, path, lock)

    @classmethod
    def open_readonly(cls, path: Path) -> Self:
        """Open an existing archive for reading; raises ArchiveError if there is none."""
        return cls(open_database(path), path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, and let other runs in."""
        self.db.close()
        if self._lock:
            self._lock.close()

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """One transaction for the functions of this package that take a database; raises ArchiveError.

        It begins as a writer: one that begins as a reader is refused at once, not after thirty seconds, where
        another program has written in between.
        """
        with clear_errors(self.path):
            self.db.conn.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
            except BaseException:
                self.db.conn.rollback()
                raise
            self.db.conn.commit()

    def save(self, article: Article) -> Outcome:
        """Bring what a capture shows into the archive, in one transaction; the archive never gets worse by it."""
        # The published site reads only, and goes without what writing needs (selectors, dateparser).
        from nejat_crawler.archive.saving.save_article import save_article

        with self.writing() as db:
            return save_article(db, article)

    def save_newsletter(self, newsletter: Newsletter) -> Outcome:
        """Bring an issue of the newsletter with its stories into the archive."""
        from nejat_crawler.archive.saving.save_newsletter import save_newsletter

        with self.writing() as db:
            return save_newsletter(db, newsletter)

    def start_run(self, command: str, arguments: dict[str, str], started_at: str) -> int:
        """Record that a run has begun; returns its id."""
        with self.writing() as db:
            row = {
                "command": command,
                "arguments": json.dumps(arguments, ensure_ascii=False),
                "started_at": started_at,
            }
            return int(str(db.table("runs").insert(row).last_pk))

    def finish_run(self, run_id: int, columns: Mapping[str, object]) -> None:
        """Record how a run ended: columns of `runs` by name, lists and mappings as JSON."""
        with self.writing() as db:
            row = {
                name: json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
                for name, value in columns.items()
            }
            db.table("runs").update(run_id, {"finished_at": now(), **row})


def _check_writable(path: Path) -> None:
    if path.is_dir():
        raise ArchiveError(f"{path} is a folder; name a file for the archive")
    # The permission bits decide even for root, who may write everywhere: who takes them away means it.
    if path.exists() and not (os.access(path, os.W_OK) and path.stat().st_mode & 0o222):
        raise ArchiveError(f"the archive {path} is read-only")


def _take_lock(path: Path) -> IO[str]:
    """A lock that ends with the process, however it ends; SQLite's own locks are not held between writes."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_name(path.name + ".lock").open("w")
    except OSError as error:
        raise ArchiveError(f"cannot write beside {path}: {error.strerror}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise ArchiveBusyError(f"another run is writing to {path}") from error
    return lock
