"""The archive: one SQLite file, and all the SQL there is."""

from nejat_crawler.archive.archive import DEFAULT_PATH, Archive, ArchiveBusyError, ArchiveError, now

__all__ = ["DEFAULT_PATH", "Archive", "ArchiveBusyError", "ArchiveError", "now"]
