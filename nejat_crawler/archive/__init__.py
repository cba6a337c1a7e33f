"""The archive: one SQLite file, and all the SQL there is."""

from nejat_crawler.archive.archive import DEFAULT_PATH, IN_MEMORY, Archive
from nejat_crawler.archive.errors import ArchiveBusyError, ArchiveDamagedError, ArchiveError
from nejat_crawler.archive.lock import now

__all__ = ["DEFAULT_PATH", "IN_MEMORY", "Archive", "ArchiveBusyError", "ArchiveDamagedError", "ArchiveError", "now"]
