"""The archive: one SQLite file. Nothing outside this package writes SQL into it."""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from sqlite_utils import Database

from nejat_crawler.archive.errors import ArchiveBusyError, ArchiveError
from nejat_crawler.archive.saving.outcomes import Outcome
from nejat_crawler.archive.schema import MIGRATIONS, register_functions
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
            with _clear_errors(path):
                db = _connect(path, f"file:{_quote(path)}")
                _check_schema(db, path)
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
        if not path.exists():
            raise ArchiveError(f"there is no archive at {path}: make one with `nejat crawl` or `nejat import`")
        with _clear_errors(path):
            db = _connect(path, _readonly_address(path))
            _check_schema(db, path)
            if MIGRATIONS.pending(db):
                raise ArchiveError(
                    f"{path} is no Nejat archive, or one of an older version: crawl or import into it first"
                )
        return cls(db, path)

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
        with _clear_errors(self.path):
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


def _quote(path: Path) -> str:
    return str(path.resolve()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _readonly_address(path: Path) -> str:
    """Where nothing can be written, nobody writes, and SQLite cannot make the file that readers share (`-shm`)."""
    log = path.with_name(path.name + "-wal")
    pending = log.exists() and log.stat().st_size > 0
    frozen = not pending and not os.access(path.resolve().parent, os.W_OK)
    return f"file:{_quote(path)}?mode=ro{'&immutable=1' if frozen else ''}"


def _connect(path: Path, uri: str) -> Database:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(uri, uri=True, timeout=30, check_same_thread=False)
    db = Database(connection)
    register_functions(db)
    db.execute("PRAGMA foreign_keys = ON")
    return db


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


def _check_schema(db: Database, path: Path) -> None:
    names = db.table_names()
    if names and "articles_fts" not in names and "_sqlite_migrations" not in names:
        raise ArchiveError(f"{path} is a database of something else, not a Nejat archive")


@contextmanager
def _clear_errors(path: Path) -> Iterator[None]:
    """SQLite's errors as one sentence that names the file."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.OperationalError as error:
        raise ArchiveError(f"the archive {path} cannot be used: {error}") from error
    except sqlite3.DatabaseError as error:
        raise ArchiveError(f"{path} is no archive: {error}") from error
    except OSError as error:
        raise ArchiveError(f"the archive {path} cannot be used: {error.strerror}") from error
