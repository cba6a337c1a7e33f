"""What can be wrong with an archive, a sentence each."""

from __future__ import annotations


class ArchiveError(Exception):
    """The archive cannot be opened or written; the message is one sentence for the user."""


class ArchiveDamagedError(ArchiveError):
    """Pages of the file do not hold what SQLite has written."""


class ArchiveBusyError(ArchiveError):
    """Another run writes to the archive; `holder` is `process 4711 since 2026-11-27T03:00:00Z`, or empty."""

    def __init__(self, sentence: str, holder: str = "") -> None:
        super().__init__(sentence)
        self.holder = holder
