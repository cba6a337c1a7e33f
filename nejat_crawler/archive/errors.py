"""What can be wrong with an archive, a sentence each."""

from __future__ import annotations


class ArchiveError(Exception):
    """The archive cannot be opened or written; the message is one sentence for the user."""


class ArchiveBusyError(ArchiveError):
    """Another run writes to the archive."""
