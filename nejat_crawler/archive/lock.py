"""The lock of the one process that writes to an archive, and the archive's clock."""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from nejat_crawler.archive.errors import ArchiveBusyError, ArchiveError

_HOLDER = "process "  # what a lock begins with, unless it is empty or was written to a full disk


def now() -> str:
    """The current moment in UTC as the archive writes it: `2026-11-21T08:00:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def take_lock(path: Path) -> IO[str]:
    """A lock that ends with the process, however it ends; SQLite's own locks are not held between writes.

    The file beside the archive says who holds it. Raises ArchiveBusyError, which says so too, or ArchiveError.
    """
    try:
        path = path.resolve()  # one archive has one lock, by whichever link it is named
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = _open_lock(path.with_name(path.name + ".lock"))
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        raise ArchiveError(f"cannot write beside {path}: {getattr(error, 'strerror', None) or error}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = _read_holder(lock)
        lock.close()
        raise ArchiveBusyError(f"another run is writing to {path}", holder) from error
    with contextlib.suppress(OSError):  # a full disk: the lock holds all the same, without a name
        os.ftruncate(lock.fileno(), 0)
        os.write(lock.fileno(), f"{_HOLDER}{os.getpid()} since {now()}".encode())
    return lock


def _open_lock(path: Path) -> IO[str]:
    """The file for the lock; raises ArchiveError for what is none: it would be written over."""
    # not "w": that would take away what the holder has written; nor to wait for the other end of a named pipe
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o644)
    try:
        # what leads to nowhere else, and holds what a holder writes
        known = stat.S_ISREG(os.fstat(handle).st_mode) and _is_holder(os.pread(handle, 100, 0))
        if not known:
            raise ArchiveError(f"{path} is not the lock of an archive: move it away")
        return os.fdopen(handle, "r+", encoding="utf-8", errors="replace")
    except BaseException:
        os.close(handle)
        raise


def _read_holder(lock: IO[str]) -> str:
    lock.seek(0)
    return lock.read(100).strip()


def _is_holder(text: bytes) -> bool:
    begun = _HOLDER.encode()
    return text.startswith(begun) or begun.startswith(text)
