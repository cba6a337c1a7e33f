"""The archive: one SQLite file, and all the SQL there is; imported when asked for, as sqlite-utils takes a second."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nejat_crawler.archive.archive import IN_MEMORY, Archive
    from nejat_crawler.archive.errors import ArchiveBusyError, ArchiveDamagedError, ArchiveError
    from nejat_crawler.archive.lock import now

__all__ = ["DEFAULT_PATH", "IN_MEMORY", "Archive", "ArchiveBusyError", "ArchiveDamagedError", "ArchiveError", "now"]

DEFAULT_PATH = Path("data/nejat.db")


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    place = {"now": "lock"}.get(name, "errors" if name.endswith("Error") else "archive")
    if place == "archive":
        import_module(f"{__name__}.lean_import")
    return getattr(import_module(f"{__name__}.{place}"), name)
