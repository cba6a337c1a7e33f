"""The socket at which the processes of a site wait for readers, of whom each takes as many as the others."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from multiprocessing import get_context, reduction
from typing import Any

_LONGEST_WAIT = 0.05  # seconds in which a process with fewer readers is to take the next
_PAUSE = 0.001


class _Readers:
    """How many readers each process has, in memory that all of them share."""

    def __init__(self, processes: int) -> None:
        started = get_context("spawn")
        self._held = started.RawArray("i", 2 * processes)
        """The id of each process, or 0, followed by the number of its readers."""
        self._taking_place = started.Lock()
        self._place: int | None = None

    def count(self, change: int) -> None:
        """Note that this process has more readers, or fewer."""
        if self._place is None:
            self._place = self._take_place()
        self._held[self._place + 1] += change

    def is_ahead(self) -> bool:
        """Whether another process has fewer readers than this one."""
        held = self._held[:]
        mine = held[self._place + 1] if self._place is not None else 0
        return any(number < mine for process, number in zip(held[::2], held[1::2], strict=True) if process)

    def _take_place(self) -> int:
        """The place of no process, or of one that has ended: this one was started instead."""
        with self._taking_place:
            place = next(place for place in range(0, len(self._held), 2) if not _runs(self._held[place]))
            self._held[place : place + 2] = [os.getpid(), 0]
            return place


def _runs(process: int) -> bool:
    if process:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, 0)
            return True
    return False


class _Connection(socket.socket):
    """A connection that is counted until it is closed."""

    def __init__(self, readers: _Readers, taken: socket.socket) -> None:
        super().__init__(taken.family, taken.type, taken.proto, taken.detach())
        self._readers = readers
        self._counted = True

    def close(self) -> None:
        """Close it."""
        super().close()
        if self._counted:
            self._counted = False
            self._readers.count(-1)


class Listener(socket.socket):
    """Keeps many connections waiting in the kernel, and takes one when no other process has fewer readers.

    The first process to look would have all who come at once. Of sixteen who stay, one had ten, twelve or all: their
    pages, made one after another, took twice as long.
    """

    def __init__(self, readers: _Readers | None, family: int, kind: int, protocol: int, descriptor: int) -> None:
        super().__init__(family, kind, protocol, descriptor)
        self._readers = readers
        self._left_since = 0.0

    def listen(self, backlog: int = 0) -> None:
        """Wait for connections; `backlog`, which is how many asyncio takes at once, is not for the kernel."""
        super().listen(max(backlog, socket.SOMAXCONN))
        if self._readers:
            self._readers.count(0)

    def accept(self) -> tuple[socket.socket, Any]:
        """Take a connection; raises BlockingIOError where there is none, or one for another process."""
        if not self._readers:
            return super().accept()
        now = time.monotonic()
        if self._readers.is_ahead():
            self._left_since = self._left_since or now
            if now - self._left_since < _LONGEST_WAIT:
                time.sleep(_PAUSE)  # asyncio asks again at once while the connection waits
                raise BlockingIOError
        self._left_since = 0.0
        taken, address = super().accept()
        self._readers.count(1)
        return _Connection(self._readers, taken), address


def _received(readers: _Readers | None, family: int, kind: int, protocol: int, descriptor: Any) -> Listener:
    return Listener(readers, family, kind, protocol, descriptor.detach())


def _reduced(listener: Listener) -> tuple[Any, ...]:
    """What another process makes it of."""
    descriptor = reduction.DupFd(listener.fileno())
    return _received, (listener._readers, listener.family, listener.type, listener.proto, descriptor)


reduction.register(Listener, _reduced)


def listen(host: str, port: int, processes: int) -> Listener:
    """A socket at which so many processes may wait; raises OSError, OverflowError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.create_server((host, port), family=family)
    readers = _Readers(processes) if processes > 1 else None  # what is shared needs a process that looks after it
    listener = Listener(readers, made.family, made.type, made.proto, made.detach())
    # asyncio does it only for sockets that name their protocol: else each answer waits 40 ms for the client's ACK
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
