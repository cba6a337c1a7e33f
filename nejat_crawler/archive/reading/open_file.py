"""The file of an archive: how it is opened for reading, and whether it has changed since."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from nejat_crawler.archive.errors import ArchiveError
from nejat_crawler.archive.schema import MIGRATIONS, register_functions

_LONGEST_VALUE = 64 * 2**20  # bytes: hex(zeroblob(400000000)) would take one reader's query to 800 MB


def connect(path: Path, *, readonly: bool = False) -> Database:
    """Open the file with the functions that its triggers call, making it where it may be written."""
    address = readonly_address(path) if readonly else path.resolve().as_uri()
    db = Database(sqlite3.connect(address, uri=True, timeout=30, check_same_thread=False))
    register_functions(db)
    db.execute("PRAGMA foreign_keys = ON")
    return db


def open_database(path: Path) -> Database:
    """Open an existing archive for reading; raises ArchiveError if there is none, or one of an older version."""
    if not path.exists():
        raise ArchiveError(f"there is no archive at {path}: make one with `nejat crawl` or `nejat import`")
    with clear_errors(path):
        db = connect(path, readonly=True)
        require_archive_tables(db, path)
        if MIGRATIONS.pending(db):
            raise ArchiveError(
                f"{path} is no Nejat archive, or one of an older version: crawl or import into it first"
            )
    return db


def open_for_search(path: str | Path, *, immutable: bool = False) -> sqlite3.Connection:
    """Open an archive with a table `vocabulary` of the words of its index; nothing can be written.

    Raises sqlite3.Error for what is no archive.
    """
    address = readonly_address(Path(path), immutable=immutable)
    connection = sqlite3.connect(address, uri=True, check_same_thread=False)
    try:
        connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab ('main', 'articles_fts', 'row')")
        connection.execute("PRAGMA query_only = 1")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def check_search(path: Path) -> None:
    """Raise sqlite3.Error where the articles or their index cannot be read."""
    with contextlib.closing(open_for_search(path)) as connection:
        connection.execute("SELECT docid FROM articles LIMIT 1")
        connection.execute("SELECT rowid FROM articles_fts LIMIT 1")


def path_of(connection: sqlite3.Connection) -> str:
    """Where the file lies that a connection was opened on."""
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


def readonly_address(path: Path, *, immutable: bool = False) -> str:
    """The file's address for SQLite: also of one called `1402#2.db`, or in a folder where nothing can be written.

    There nobody writes, and SQLite cannot make the file that readers share (`-shm`).
    """
    path = path.resolve()
    log = path.with_name(path.name + "-wal")
    pending = log.exists() and log.stat().st_size > 0
    frozen = not pending and not os.access(path.parent, os.W_OK)
    return f"{path.as_uri()}?{'mode=ro&immutable=1' if immutable or frozen else 'mode=ro'}"


def file_version(path: Path) -> tuple[int, ...]:
    """Changes with every write: of the file, or of what is to be written into it; empty where there is no file."""
    found: list[int] = []
    for file in (path, path.with_name(path.name + "-wal")):
        with contextlib.suppress(OSError):  # a `-wal` may go while it is looked at
            state = file.stat()
            # reading alone makes an empty `-wal`, and may take it away again
            found += [state.st_mtime_ns, state.st_size] if state.st_size else []
    return tuple(found)


def require_archive_tables(db: Database, path: Path) -> None:
    """Raise ArchiveError for a database of something else; an empty one may become an archive."""
    names = db.table_names()
    if names and "articles_fts" not in names and "_sqlite_migrations" not in names:
        raise ArchiveError(f"{path} is a database of something else, not a Nejat archive")


@contextlib.contextmanager
def clear_errors(path: Path) -> Iterator[None]:
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
