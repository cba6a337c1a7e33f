"""Processes for readers' SQL, as the site uses them: a few, each ended and replaced when it takes too much."""

from __future__ import annotations

import asyncio
import contextlib
import marshal
import math
import os
import queue
import select
import sqlite3
import struct
import subprocess
import sys
import threading
import time
from concurrent.futures import Future
from pathlib import Path
from typing import Any, NamedTuple

import nejat_crawler
from nejat_crawler.website.readers_sql import reader_process

_PROGRAM = f"import sys; sys.path += sys.argv[1:]; from {reader_process.__name__} import main; main()"
#: The program that runs: this user may have no way into its folder any more, or another lies there meanwhile.
_SELF = "/proc/self/exe" if Path("/proc/self/exe").exists() else None
_PACKAGE = Path(nejat_crawler.__file__).resolve().parents[1]
_LENGTH = struct.Struct(">I")
_GRACE = 0.5  # seconds: SQLite's own interruption comes first, where it comes
_LEAST = 2  # seconds for what may take milliseconds: on a busy machine it is not begun before
_LONGEST_FIRST = 0.15  # seconds of computing, after which it runs only when nothing else wants the processor
_LOOK = 0.1  # seconds between two looks at that
_LONGEST_START = 30  # seconds, on a busy machine
_LONGEST_IDLE = 60  # seconds, after which a process gives its memory back
_LONGEST_WAIT = 5  # seconds for a process that is free
_MOST_WAITING = 64


class BusyError(Exception):
    """No process was free in time, or could be started."""


class InterruptedSqlError(Exception):
    """The statement took longer than it may."""


class TooLongAnswerError(sqlite3.OperationalError):
    """The rows are more bytes than an answer may have; `rows` of them would not be."""

    def __init__(self, rows: int) -> None:
        super().__init__("The answer is larger than is allowed: ask for fewer rows, or for fewer columns")
        self.rows = rows


class Statement(NamedTuple):
    """What a process is asked."""

    sql: str
    parameters: Any
    seconds: float
    most_rows: int
    """0: all of them."""
    most_bytes: int


class Rows(NamedTuple):
    """What it answers."""

    columns: list[str]
    rows: list[tuple[Any, ...]]
    more: bool


class _Process:
    """A running reader_process.py."""

    def __init__(self, address: str, politeness: int) -> None:
        command = [
            sys.executable,
            "-I",
            "-S",
            "-B",
            "-c",
            _PROGRAM,
            str(_PACKAGE),
            *filter(None, sys.path),
        ]
        self._last = math.inf
        self._running = subprocess.Popen(  # noqa: S603
            command, executable=_SELF, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        try:
            self._send((address, politeness))
            self._receive(_LONGEST_START)  # it has begun
        except (OSError, EOFError) as error:
            self.end()
            raise BusyError from error

    def ask(self, statement: Statement) -> tuple[bool, tuple[Any, ...]]:
        """Whether it has had its time, and the answer; raises TimeoutError, EOFError where a limit has ended it."""
        self._last = self._computed() + _LONGEST_FIRST
        self._send(tuple(statement))
        spent, answer = self._receive(max(statement.seconds + _GRACE, _LEAST))
        return spent or self._last == math.inf, answer

    def end(self) -> None:
        """End it, whatever it is doing."""
        self._running.kill()
        self._running.communicate()

    def _computed(self) -> float:
        """The seconds that it has computed."""
        return time.clock_gettime(-8 * self._running.pid - 6)  # as `clock_getcpuclockid` has it

    def _give_way(self) -> None:
        """Once a statement has had its first moment: no priority is low enough for what may compute all day.

        Of two processes on two cores one page of ours waited at each of its steps, by whatever `nice`.
        """
        if self._computed() > self._last:
            self._last = math.inf  # nor does it come back from there
            with contextlib.suppress(OSError, AttributeError):  # who may not, and systems that know nothing like it
                os.sched_setscheduler(self._running.pid, os.SCHED_IDLE, os.sched_param(0))

    def _send(self, message: object) -> None:
        if self._running.stdin:
            reader_process.send(self._running.stdin, message)

    def _receive(self, seconds: float) -> Any:
        deadline = time.monotonic() + seconds
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size, deadline))
        return marshal.loads(self._read(length, deadline + _LONGEST_WAIT))  # noqa: S302  # of our own program

    def _read(self, size: int, deadline: float) -> bytes:
        if not self._running.stdout:
            raise EOFError
        handle = self._running.stdout.fileno()
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        found = bytearray()
        while len(found) < size:
            while not poll.poll(min(_LOOK, max(0, deadline - time.monotonic())) * 1000):
                if time.monotonic() >= deadline:
                    raise TimeoutError
                self._give_way()
            data = os.read(handle, min(size - len(found), 2**20))
            if not data:
                raise EOFError
            found += data
        return bytes(found)


class ProcessPool:
    """`size` processes that read the database at `address`, started as they are needed; who asks waits his turn."""

    def __init__(self, address: str, size: int, politeness: int = 0) -> None:
        self._address, self._size, self._politeness = address, size, politeness
        self._jobs: queue.SimpleQueue[tuple[Future[Rows], Statement, float]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads = 0

    def begin(self) -> None:
        """Start another process, unless there are as many as there may be: on a busy machine that takes seconds."""
        with self._lock:
            if self._threads < self._size:
                self._threads += 1
                # a daemon: it does not keep the site from ending, and its process ends with the site
                threading.Thread(target=self._work, daemon=True, name="readers' SQL").start()

    async def run(self, statement: Statement) -> Rows:
        """The rows of a statement; raises InterruptedSqlError, BusyError, sqlite3.OperationalError."""
        if self._jobs.qsize() >= _MOST_WAITING:
            raise BusyError
        future: Future[Rows] = Future()
        with self._lock:
            self._jobs.put((future, statement, time.monotonic() + _LONGEST_WAIT))
        self.begin()
        return await asyncio.wrap_future(future)

    def _work(self) -> None:
        process: _Process | None = None
        while True:
            begun = process is not None
            with contextlib.suppress(OSError, BusyError):  # there is no room for another process: who asks is told
                process = process or _Process(self._address, self._politeness)
            try:
                future, statement, latest = self._jobs.get(timeout=_LONGEST_IDLE)
            except queue.Empty:
                with self._lock:
                    if not self._jobs.empty():
                        continue
                    self._threads -= 1
                break
            if not future.set_running_or_notify_cancel():
                continue
            if not process or (begun and time.monotonic() > latest):
                future.set_exception(BusyError())
                continue
            spent = True
            try:
                spent, answer = process.ask(statement)
                future.set_result(_read_answer(answer))
            except TimeoutError:
                future.set_exception(InterruptedSqlError())
            except (EOFError, BrokenPipeError):
                future.set_exception(_too_much())
            except Exception as error:  # whatever it is, whoever waits must hear of it
                future.set_exception(error)
            if spent:
                process.end()
                process = None
        if process:
            process.end()


def _too_much() -> sqlite3.OperationalError:
    return sqlite3.OperationalError("The query takes more memory than is allowed")


def _read_answer(answer: tuple[Any, ...]) -> Rows:
    kind, *found = answer
    if kind == "rows":
        return Rows(*found)
    if kind == "interrupted":
        raise InterruptedSqlError
    if kind == "too long":
        raise TooLongAnswerError(*found)
    raise _too_much() if kind == "memory" else sqlite3.OperationalError(*found)
