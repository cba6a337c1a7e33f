"""The file of an archive: how it is opened for reading, and whether it has changed since."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from nejat_crawler.archive.definitions import foreign_definitions
from nejat_crawler.archive.errors import ArchiveDamagedError, ArchiveError
from nejat_crawler.archive.schema import MIGRATIONS, register_functions, unknown_migrations

#: What SQLite keeps beside a file in WAL mode while it is open, and `leave_shared_files` for the time between.
SHARED = ("-wal", "-shm")
_VOCABULARIES = {"vocabulary": "articles_fts", "earlier_vocabulary": "versions_fts"}
_LONGEST_VALUE = 64 * 2**20  # bytes: hex(zeroblob(400000000)) would take one reader's query to 800 MB


def connect(path: Path | None, *, readonly: bool = False) -> Database:
    """Open the file with the functions that its triggers call, making it where it may be written; none: in memory."""
    address = ":memory:"
    if path is not None:
        address = readonly_address(path) if readonly else path.resolve().as_uri()
    db = Database(sqlite3.connect(address, uri=True, timeout=30, check_same_thread=False))
    register_functions(db)
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA recursive_triggers = ON")  # what a row replaces goes out of the index, too
    if readonly:
        _read_only(db.conn)
    return db


def _read_only(connection: sqlite3.Connection) -> None:
    """What the file defines may call no function of ours, and nothing is written."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")


def open_database(path: Path) -> Database:
    """Open an existing archive for reading; raises ArchiveError if there is none, or one of an older version."""
    if not path.exists():
        raise ArchiveError(f"there is no archive at {path}: make one with `nejat crawl` or `nejat import`")
    with clear_errors(path):
        try:
            db = connect(path, readonly=True)
            db.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()  # SQLite opens what it needs only now
        except sqlite3.OperationalError:
            _require_shared_files(path)
            raise
        require_archive_tables(db, path)
        if MIGRATIONS.pending(db):
            raise ArchiveError(
                f"{path} is no Nejat archive, or one of an older version: crawl or import into it first"
            )
    return db


def _require_shared_files(path: Path) -> None:
    """Raise ArchiveError where SQLite lacks what it shares among readers, and this user may not make it."""
    real = path.resolve()
    names = [real.name + ending for ending in SHARED]
    missing = [name for name in names if not real.with_name(name).exists()]
    if missing and os.access(real, os.R_OK) and not os.access(real.parent, os.W_OK):
        raise ArchiveError(
            f"the archive {path} cannot be read by a user who may not write to its folder while"
            f" {' and '.join(missing)} is missing there, for a crawl might begin at any time: let its owner run"
            " `nejat check` once"
        )


def open_for_search(path: str | Path, *, immutable: bool = False) -> sqlite3.Connection:
    """Open an archive with tables of the words of its indexes; nothing can be written.

    Raises sqlite3.Error for what is no archive.
    """
    address = readonly_address(Path(path), immutable=immutable)
    connection = sqlite3.connect(address, uri=True, check_same_thread=False)
    try:
        for words, index in _VOCABULARIES.items():
            connection.execute(f"CREATE VIRTUAL TABLE temp.{words} USING fts5vocab ('main', '{index}', 'row')")
        _read_only(connection)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def check_search(path: Path) -> None:
    """Raise sqlite3.Error where the articles or their index cannot be read."""
    with contextlib.closing(open_for_search(path)) as connection:
        connection.execute("SELECT docid FROM articles LIMIT 1")
        connection.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'a' LIMIT 1")


def path_of(connection: sqlite3.Connection) -> str:
    """Where the file lies that a connection was opened on."""
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


def readonly_address(path: Path, *, immutable: bool = False) -> str:
    """The file's address for SQLite, also of one called `1402#2.db`; as never changing where nobody can write."""
    path = path.resolve()
    return f"{path.as_uri()}?{'mode=ro&immutable=1' if immutable or _is_frozen(path) else 'mode=ro'}"


def _is_frozen(path: Path) -> bool:
    """Whether nobody writes to the archive at `path`: its disk is read-only, or its mode or its folder's says so.

    That this user may not write proves nothing: its owner's crawl may begin in a minute. `Archive.open` obeys the
    modes, root's too. With the files that SQLite shares among readers there is no need to know.
    """
    if any(path.with_name(path.name + ending).exists() for ending in SHARED):
        return False
    modes = (path.stat().st_mode, path.parent.stat().st_mode)
    return not all(mode & 0o222 for mode in modes) or bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def leave_shared_files(path: Path) -> None:
    """Leave beside an archive that was closed what a user needs who may only read; SQLite takes it away.

    Where they lie, a reader that cannot write shares the file with the next writer, whenever that comes.
    """
    path = path.resolve()
    with contextlib.suppress(OSError):  # a full disk, or the folder is gone: `open_database` says what is missing
        state = path.stat()
        for ending in SHARED:
            name = path.with_name(path.name + ending)
            handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, state.st_mode & 0o777)
            try:
                if os.fstat(handle).st_uid != state.st_uid and os.geteuid() == 0:
                    os.fchown(handle, state.st_uid, state.st_gid)
                os.fchmod(handle, state.st_mode & 0o777)
            finally:
                os.close(handle)


def file_version(path: Path) -> tuple[int, ...]:
    """Changes with every write: of the file, or of what is to be written into it; empty where there is no file."""
    found: list[int] = []
    path = path.resolve() if path.is_symlink() else path  # the `-wal` lies beside the file, not beside a link to it
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
    if newer := ", ".join(map(str, unknown_migrations(db))):
        raise ArchiveError(
            f"the archive {path} was written by a newer version of nejat-crawler ({newer} is not known"
            " here): update the program; nothing was written"
        )
    if names and (foreign := foreign_definitions(db)):
        more = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
        raise ArchiveError(
            f"the archive {path} defines what no version of nejat-crawler has ({foreign[0]}{more}), which SQLite"
            " would run: it is not used; an export of it made elsewhere (jsonl) can be read"
        )


def damaged(path: Path, why: object) -> str:
    """What is said of an archive that is damaged."""
    return f"the archive {path} is damaged ({why}): put a copy in its place, or recover it with sqlite3's .recover"


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
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT:
            raise ArchiveDamagedError(damaged(path, error)) from error
        raise ArchiveError(f"{path} is no archive: {error}") from error
    except OSError as error:
        raise ArchiveError(f"the archive {path} cannot be used: {error.strerror}") from error
