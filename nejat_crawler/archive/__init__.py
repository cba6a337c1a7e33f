"""The archive: one SQLite file, and all the SQL there is."""

from nejat_crawler.archive.archive import DEFAULT_PATH, Archive, now
from nejat_crawler.archive.errors import ArchiveBusyError, ArchiveError

__all__ = ["DEFAULT_PATH", "Archive", "ArchiveBusyError", "ArchiveError", "now"]
