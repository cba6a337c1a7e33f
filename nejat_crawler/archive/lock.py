"""The lock of the one process that writes to an archive, and the archive's clock."""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from nejat_crawler.archive.errors import ArchiveBusyError, ArchiveError

_LEFT = ", left at "
_HOLDER = "process "  # what a lock begins with, unless it is empty or was written to a full disk


def now() -> str:
    """The current moment in UTC as the archive writes it: `2026-11-21T08:00:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


#: Of a state that a run has left: how long it is believed that nothing but a run could have damaged it.
_LOOK_AGAIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock that ends with the process, however it ends; SQLite's own locks are not held between writes."""

    file: IO[str]
    path: Path
    looked_at: str
    """When the archive was last looked at as a whole, if it has stayed as a run left it then, and that is not long
    ago; else empty."""

    def release(self, looked_at: str = "") -> None:
        """Let other runs in. `looked_at`: when the archive was read as a whole, if nothing has gone wrong since."""
        with contextlib.suppress(OSError):  # a full disk, or no file any more: the next run looks
            if looked_at:
                os.write(self.file.fileno(), f"{_LEFT}{looked_at} {_state(self.path)}".encode())
        self.file.close()


def take_lock(path: Path) -> Lock:
    """The lock of an archive; the file beside it says who holds it, and how the last run left the archive.

    Raises ArchiveBusyError, which says who, or ArchiveError.
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
        holder = _read(lock).partition(_LEFT)[0]
        lock.close()
        raise ArchiveBusyError(f"another run is writing to {path}", holder) from error
    looked_at, _, state = _read(lock).partition(_LEFT)[2].partition(" ")
    with contextlib.suppress(OSError):  # a full disk: the lock holds all the same, without a name
        os.ftruncate(lock.fileno(), 0)
        os.write(lock.fileno(), f"{_HOLDER}{os.getpid()} since {now()}".encode())
    oldest = (datetime.now(UTC) - _LOOK_AGAIN).isoformat()
    known = state == _state(path) and oldest < looked_at <= now()
    return Lock(lock, path, looked_at if known else "")


def _state(path: Path) -> str:
    """Which file an archive is, how long, and when it was last changed, by a clock that no program sets back."""
    with contextlib.suppress(OSError):
        found = path.stat()
        return f"{found.st_dev} {found.st_ino} {found.st_size} {found.st_ctime_ns}"
    return "none"


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


def lock_problem(path: Path) -> str:
    """Why no run can take the lock of an archive: something else stands in its place. Empty where nothing does."""
    path = path.resolve()
    place = path.with_name(path.name + ".lock")
    try:
        handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except (FileNotFoundError, PermissionError):  # none yet; or whoever asks may not write here, and need not
        return ""
    except OSError as error:
        return f"no run can begin: {place}: {error.strerror}"
    try:
        if stat.S_ISREG(os.fstat(handle).st_mode) and _is_holder(os.pread(handle, 100, 0)):
            return ""
    finally:
        os.close(handle)
    return f"no run can begin: {place} is not the lock of an archive: move it away"


def _read(lock: IO[str]) -> str:
    lock.seek(0)
    return lock.read(200).strip()


def _is_holder(text: bytes) -> bool:
    begun = _HOLDER.encode()
    return text.startswith(begun) or begun.startswith(text)
