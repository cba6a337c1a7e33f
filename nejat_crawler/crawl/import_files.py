"""The files of an import: which there are in a folder, what they hold, and whether all have been imported."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from nejat_crawler.archive import Archive
from nejat_crawler.archive.crawl_state.imported_files import ImportedFiles, file_digest
from nejat_crawler.crawl.run_report import RunReport
from nejat_crawler.extraction.decoding import NotACaptureError

MAX_BYTES = 64 * 1024 * 1024


class NamedPaths:
    """The files and folders that the user has named: a shell may name thousands."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._order = {path: place for place, path in reversed([*enumerate(paths)])}

    def found_at(self, file: Path) -> str:
        """The file's place in the first that it is in, `captures/2021/a.txt`: where that lies concerns nobody."""
        around = [path for path in (file, *file.parents) if path in self._order]
        named = min(around, key=self._order.__getitem__, default=file)
        return str(file.relative_to(named.parent))


def files_below(folder: Path, run: RunReport) -> Iterator[Path]:
    """The regular files below a folder in a fixed order; hidden files are left out, links and the like counted."""

    def unreadable(error: OSError) -> None:
        run.add_error(f"{error.filename} cannot be read: {error.strerror}")

    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(parent, name)
            if name.startswith("."):
                continue
            if file.is_symlink() or not file.is_file():
                run.count_skipped("a link, or no regular file")
            else:
                yield file


def read_bytes(file: Path) -> bytes:
    """The content of a file; raises NotACaptureError for one that is empty, too large or none at all."""
    if not file.is_file():
        raise NotACaptureError("no regular file")
    if file.stat().st_size > MAX_BYTES:
        raise NotACaptureError(f"larger than {MAX_BYTES // 2**20} MiB")
    data = file.read_bytes()
    if not data.strip():
        raise NotACaptureError("empty")
    return data


def report_known(archive: Archive, paths: Sequence[Path], edition: str | None) -> RunReport | None:
    """The report of an import that has nothing to read, as all its files are known; None where it has to begin."""
    report, imported, named = RunReport(), ImportedFiles(archive.db), NamedPaths(paths)
    for path in paths:
        files = files_below(path, report) if path.is_dir() else iter([path])
        known = imported.known
        for file in files:
            try:
                digest = file_digest(read_bytes(file), named.found_at(file), edition)
            except (NotACaptureError, OSError):
                return None
            articles = imported.known_articles(digest)
            if not articles:
                return None
            for article in articles:
                report.count(article.partition("-")[0], "same")
        if imported.known == known:
            return None
    report.finish_reason = "finished"
    return None if report.errors else report
