"""The lock of the one process that writes to an archive, and the archive's clock."""

from __future__ import annotations

import contextlib
import fcntl
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from nejat_crawler.archive.errors import ArchiveBusyError, ArchiveError


def now() -> str:
    """The current moment in UTC as the archive writes it: `2026-11-21T08:00:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def take_lock(path: Path) -> IO[str]:
    """A lock that ends with the process, however it ends; SQLite's own locks are not held between writes.

    The file beside the archive says who holds it. Raises ArchiveBusyError, which says so too, or ArchiveError.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_name(path.name + ".lock").open("a+")  # "w" would take away what the holder has written
    except OSError as error:
        raise ArchiveError(f"cannot write beside {path}: {error.strerror}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = _read_holder(lock)
        lock.close()
        raise ArchiveBusyError(f"another run is writing to {path}", holder) from error
    with contextlib.suppress(OSError):  # a full disk: the lock holds all the same, without a name
        os.ftruncate(lock.fileno(), 0)
        os.write(lock.fileno(), f"process {os.getpid()} since {now()}".encode())
    return lock


def _read_holder(lock: IO[str]) -> str:
    lock.seek(0)
    return lock.read(100).strip()
