"""The process in which readers' SQL is run: a program that answers one statement after another, until it is ended.

Questions come on standard input, answers go to standard output, each as its length in four bytes and what `marshal`
makes of it: the values of SQLite and nothing else, so that neither side can be made to run what the other sends.
It begins before it is asked, and gives way to others only then: to begin takes 70 ms of computing, as long as nothing
that it imports brings sqlite-utils along.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import resource
import signal
import sqlite3
import struct
import sys
import time
from pathlib import Path
from typing import IO, Any

from nejat_crawler.website.readers_sql.permitted import add_functions, restrict

_MEMORY = 320 * 2**20  # bytes of address space, beside those of Python and of what is imported
_TEMPORARY = 512 * 2**20  # bytes of a file that is sorted in
_SPENT = 256 * 2**10  # kB: after a statement that took so much, another process takes its place
_LONGEST_ROWS = 8 * 2**20  # bytes of the first two rows; of 32 MB the site makes an answer for seconds
_LENGTH = struct.Struct(">I")
_STEPS = 1000  # of SQLite's machine between two looks at the clock, 80 µs


def send(stream: IO[bytes], message: Any) -> None:
    """Write `message` to `stream`."""
    data = marshal.dumps(message)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def _receive(stream: IO[bytes]) -> Any:
    """The next message of `stream`, None at its end."""
    head = stream.read(_LENGTH.size)
    return marshal.loads(stream.read(_LENGTH.unpack(head)[0])) if len(head) == _LENGTH.size else None  # noqa: S302  # our own


def _limit_process() -> None:
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    for what, most in (
        (resource.RLIMIT_AS, taken + _MEMORY),
        (resource.RLIMIT_FSIZE, _TEMPORARY),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def _most_held() -> int:
    """The kB that this process has held at most; `getrusage` would count those of the site, which started it."""
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])


def _limit_cpu(seconds: float) -> None:
    """End this process after `seconds` more of computing, should nobody be left to end it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 2
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _open(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True)
    connection.text_factory = lambda data: str(data, "utf-8", "replace")
    add_functions(connection)
    restrict(connection)
    return connection


def _fetch(cursor: sqlite3.Cursor, most_rows: int, most_bytes: int) -> tuple[list[tuple[Any, ...]], bool, bool]:
    """The rows, whether there are more than `most_rows`, and whether they were more than `most_bytes`.

    The first two come if they are no longer than `_LONGEST_ROWS`: one row, and the next, from which a page knows that
    it is not the last.
    """
    rows: list[tuple[Any, ...]] = []
    size = 0
    for row in cursor:
        if most_rows and len(rows) >= most_rows:
            return rows, True, False
        size += sum(map(_bytes, row))
        if size > (most_bytes if len(rows) >= 2 else _LONGEST_ROWS):
            return rows, False, True
        rows.append(row)
    return rows, False, False


def _bytes(value: object) -> int:
    """About so many bytes a value takes while it is sent on."""
    if isinstance(value, str):
        return 16 + (len(value) if value.isascii() else 2 * len(value))
    return 16 + (len(value) if isinstance(value, bytes) else 8)


def _answer(connection: sqlite3.Connection, question: tuple[Any, ...]) -> tuple[Any, ...]:
    """`("rows", names of columns, rows, whether there are more)`, or what was wrong, and about how many rows fit."""
    sql, parameters, seconds, most_rows, most_bytes = question
    deadline = time.monotonic() + seconds
    _limit_cpu(seconds)
    connection.set_progress_handler(lambda: time.monotonic() >= deadline, _STEPS)
    try:
        with contextlib.closing(connection.execute(sql, parameters)) as cursor:
            rows, more, too_long = _fetch(cursor, most_rows, most_bytes)
            if too_long:
                return "too long", len(rows)
            return "rows", [column[0] for column in cursor.description or ()], rows, more
    except MemoryError:
        return ("memory",)
    except sqlite3.Error as error:
        match str(error):
            case "interrupted":
                return ("interrupted",)
            case "not authorized":
                return "error", "not authorized: the archive is readonly, and tells nothing of the machine"
            case told:
                return ("memory",) if "out of memory" in told else ("error", told)
    except (ValueError, OverflowError, UnicodeError, RecursionError, SystemError) as error:
        return "error", str(error)
    finally:
        connection.set_progress_handler(None, _STEPS)


def main() -> None:
    """Answer what is asked; where the archive cannot be opened, say so each time."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all: whoever asks ends this process
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    address, politeness = _receive(questions)
    _limit_process()
    os.nice(politeness)
    send(answers, "begun")
    connection: sqlite3.Connection | None = None
    while (question := _receive(questions)) is not None:
        try:
            connection = connection or _open(address)
            answer = _answer(connection, question)
        except sqlite3.Error as error:
            answer = "error", str(error)
        spent = answer[0] == "memory" or _most_held() > _SPENT
        try:
            send(answers, (spent, answer))
        except MemoryError:
            send(answers, (True, ("memory",)))
