"""A log that nobody can fill from outside: the same line some times a minute, long addresses cut."""

from __future__ import annotations

import logging
import time

_MOST_ALIKE = 5
_SECONDS = 60
_MOST_KINDS = 200
_LONGEST_ADDRESS = 500  # characters; an address may have half a million


class _Seldom(logging.Filter):
    """Lets a line through some times a minute, then says with the next how many were like it."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[str, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether `record` is logged."""
        kind, now = str(record.msg)[:100], time.monotonic()
        began, count = self._seen.pop(kind, (now, 0))
        if now - began >= _SECONDS:
            if count > _MOST_ALIKE:
                record.msg = f"{record.msg} [{count - _MOST_ALIKE} lines like this were left out]"
            began, count = now, 0
        self._seen[kind] = began, count + 1
        if len(self._seen) > _MOST_KINDS:
            del self._seen[next(iter(self._seen))]
        return count < _MOST_ALIKE


class _Shortened(logging.Filter):
    """Cuts what uvicorn logs of a request: who, method, address, version, status."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Log `record`, its address cut."""
        if isinstance(record.args, tuple):
            record.args = tuple(part[:_LONGEST_ADDRESS] if isinstance(part, str) else part for part in record.args)
        return True


_FILTERS: dict[str, logging.Filter] = {
    "uvicorn.error": _Seldom(),
    "asyncio": _Seldom(),
    "uvicorn.access": _Shortened(),
}


def quieten() -> None:
    """Let the log grow by some lines a minute, whoever sends what."""
    for name, kept in _FILTERS.items():
        logging.getLogger(name).addFilter(kept)  # which does so once
