"""The archive: one SQLite file. Nothing outside this package writes SQL into it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from sqlite_utils import Database

from nejat_crawler.archive.errors import ArchiveDamagedError, ArchiveError
from nejat_crawler.archive.lock import now, take_lock
from nejat_crawler.archive.saving.outcomes import Outcome
from nejat_crawler.archive.schema import MIGRATIONS, register_functions, unknown_migrations
from nejat_crawler.items import Article, Newsletter

DEFAULT_PATH = Path("data/nejat.db")
IN_MEMORY = ":memory:"


class Archive:
    """An open archive; use as a context manager, or call `close`."""

    def __init__(self, db: Database, path: Path, lock: IO[str] | None = None, *, is_new: bool = False) -> None:
        self.db = db
        self.path = path
        self.is_new = is_new
        """Whether the file held nothing before it was opened."""
        self._lock = lock

    @property
    def writable(self) -> bool:
        """Whether it was opened for writing."""
        return self._lock is not None

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open an archive for writing, making or migrating it as needed; no other run can then open it so.

        Raises ArchiveBusyError, or ArchiveError for a file that is read-only, damaged, of a newer version or no
        archive; it stays as it is.
        """
        _check_writable(path)
        lock = take_lock(path)
        try:
            with _clear_errors(path):
                db = _connect(f"file:{_quote(path)}")  # the lock has made its folder
                _check_schema(db, path)
                _check_pages(db, path)
                is_new = not db.table_names()
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = NORMAL")
                if MIGRATIONS.pending(db):
                    MIGRATIONS.apply(db)
        except BaseException:
            lock.close()
            raise
        return cls(db, path, lock, is_new=is_new)

    @classmethod
    def open_in_memory(cls) -> Self:
        """An empty archive that no file holds and nobody reads."""
        db = _connect(IN_MEMORY)
        MIGRATIONS.apply(db)
        return cls(db, Path(IN_MEMORY))

    @classmethod
    def open_readonly(cls, path: Path) -> Self:
        """Open an existing archive for reading; raises ArchiveError if there is none, or one of another version."""
        if not path.exists():
            raise ArchiveError(f"there is no archive at {path}: make one with `nejat crawl` or `nejat import`")
        with _clear_errors(path):
            db = _connect(_readonly_address(path))
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

    def require_undamaged(self) -> None:
        """Raise ArchiveError if pages of the file are damaged: it is read as a whole, a second for some 100 MB."""
        with _clear_errors(self.path):
            _check_pages(self.db, self.path)

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


def _connect(uri: str) -> Database:
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


def _check_schema(db: Database, path: Path) -> None:
    names = db.table_names()
    if names and "articles_fts" not in names and "_sqlite_migrations" not in names:
        raise ArchiveError(f"{path} is a database of something else, not a Nejat archive")
    if newer := unknown_migrations(db):
        raise ArchiveError(
            f"the archive {path} was written by a newer version of nejat-crawler ({', '.join(newer)} is not known"
            " here): update the program; nothing was written"
        )


def _check_pages(db: Database, path: Path) -> None:
    """Read the whole file: SQLite looks at a damaged page only when it comes upon it, and a crawl may never do so."""
    found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise ArchiveDamagedError(_damaged(path, " ".join(found.removeprefix("*** in database main ***").split())))


def _damaged(path: Path, why: object) -> str:
    return f"the archive {path} is damaged ({why}): put a copy in its place, or recover it with sqlite3's .recover"


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
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT:
            raise ArchiveDamagedError(_damaged(path, error)) from error
        raise ArchiveError(f"{path} is no archive: {error}") from error
    except OSError as error:
        raise ArchiveError(f"the archive {path} cannot be used: {error.strerror}") from error
