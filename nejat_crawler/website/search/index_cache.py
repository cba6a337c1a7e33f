"""What was read of a whole archive is kept while the archive does not change."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar


class Versioned(Protocol):
    """Something that is true of one state of the archive."""

    version: tuple[int, ...]
    """That of `file_version`; empty if nothing was read yet."""


Index = TypeVar("Index", bound=Versioned)


class IndexCache(Generic[Index]):
    """An index of the archive, to be read again after it was written to; threads may share it.

    It is read again at most every `pause` times as long as reading takes: a crawl writes several times a second.
    """

    def __init__(self, empty: Index, pause: int) -> None:
        self.index = empty
        self.lock = threading.Lock()
        """Held by whoever reads the archive."""
        self._pause = pause
        self._read_at = 0.0
        self._took = 0.0

    def is_due(self, version: tuple[int, ...]) -> bool:
        """Whether the archive, whose state is now `version`, is to be read again."""
        return version != self.index.version and time.monotonic() - self._read_at >= self._pause * self._took

    def fill(self, read: Callable[[], Index]) -> None:
        """Replace the index by what `read` returns."""
        started = time.monotonic()
        self.index = read()
        gc.freeze()  # lists of 60,000 that the collector would walk in the middle of a request
        self._read_at = time.monotonic()
        self._took = self._read_at - started
