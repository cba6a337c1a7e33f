"""The archive as files for analysts: a row of FORMATS each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from nejat_crawler.archive.reading.articles import snapshot
from nejat_crawler.archive.reading.copies import CopyError, copy_archive
from nejat_crawler.export import delimited, jsonlines, package, plain_text, references
from nejat_crawler.export.export_job import Job
from nejat_crawler.export.output import ExportError, open_folder, open_output, open_path


def _write_parquet(job: Job, file: BinaryIO) -> None:
    from nejat_crawler.export import parquet  # pyarrow is an extra, and takes half a second

    parquet.write_parquet(job, file)


def _write_copy(job: Job, path: Path) -> None:
    try:
        path.unlink()  # SQLite makes its own file
        if left_out := copy_archive(job.db, job.selection, path):
            job.notes.append(f"not in the copy: {', '.join(left_out)}, which somebody has added to the archive")
    except CopyError as error:
        raise ExportError(f"the copy cannot be written: {error}") from error


@dataclass(frozen=True, slots=True)
class Format:
    """How articles are written: to a stream, as a file that must be one, or as a folder."""

    name: str
    about: str
    options: frozenset[str]
    """What can be asked of it: `fields`, `with_html`, `versions`, `excel`."""
    stream: Callable[[Job, BinaryIO], None] | None = None
    file: Callable[[Job, Path], None] | None = None
    folder: Callable[[Job, Path], None] | None = None
    sentinel: str = ""
    """A file that every such folder holds."""
    binary: bool = False

    def write(self, job: Job, path: Path | None, *, force: bool) -> None:
        """Write to `path`, or a stream to standard output; raises ExportError and ArchiveError."""
        if self.stream:
            with open_output(path, force=force) as file, snapshot(job.db):
                self.stream(job, file)
        elif path is None:
            raise ExportError(f"{self.name} cannot be written to standard output: name a place with -o")
        elif self.file:
            with open_path(path, force=force) as temporary:
                self.file(job, temporary)
        elif self.folder:
            with open_folder(path, force=force, sentinel=self.sentinel) as folder, snapshot(job.db):
                self.folder(job, folder)


_TABULAR = frozenset({"fields", "with_html", "versions"})
_PLAIN: frozenset[str] = frozenset()

#: The formats by name.
FORMATS = {
    row.name: row
    for row in (
        Format("jsonl", "the contract of docs/article.md, one object a line", _TABULAR, jsonlines.write_jsonl),
        Format("json", "the same as one list", _TABULAR, jsonlines.write_json),
        Format("csv", "a table; lists joined by |", _TABULAR | {"excel"}, delimited.write_csv),
        Format("parquet", "typed columns (needs the extra parquet)", _TABULAR, _write_parquet, binary=True),
        Format("bibtex", "references for BibTeX and biblatex", _PLAIN, references.write_bibtex),
        Format("ris", "references for Zotero, EndNote, Mendeley", _PLAIN, references.write_ris),
        Format("csl-json", "references for Zotero, pandoc, citeproc", _PLAIN, references.write_csl),
        Format(
            "text",
            "a folder with a text file an article",
            _PLAIN,
            folder=plain_text.write_text,
            sentinel=plain_text.INDEX,
        ),
        Format("sqlite", "a copy of the archive, filtered, earlier states included", _PLAIN, file=_write_copy),
    )
}

#: What `--package` writes.
PACKAGE = Format(
    "package", "a Frictionless data package", _TABULAR, folder=package.write_package, sentinel=package.DESCRIPTOR
)
