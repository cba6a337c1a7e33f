"""Articles as references: BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from nejat_crawler import citations
from nejat_crawler.archive.reading.articles import read_rows
from nejat_crawler.archive.reading.corpus_version import corpus_version
from nejat_crawler.export.export_job import Job
from nejat_crawler.export.jsonlines import write_list

_FIELDS = (
    "id", "edition", "url", "title", "author", "byline", "published", "language",
    "categories", "tags", "status", "last_seen",
)  # fmt: skip


def write_bibtex(job: Job, file: BinaryIO) -> None:
    """An entry an article."""
    for number, arguments in enumerate(_cited(job)):
        file.write(("\n" * bool(number) + citations.bibtex(*arguments)).encode())


def write_ris(job: Job, file: BinaryIO) -> None:
    """A record an article."""
    for arguments in _cited(job):
        file.write((citations.ris(*arguments) + "\r\n").encode())


def write_csl(job: Job, file: BinaryIO) -> None:
    """A list with an item an article, one a line."""
    items = (citations.csl(*arguments) for arguments in _cited(job))
    write_list(file, (json.dumps(item, ensure_ascii=False).encode() for item in items))


def _cited(job: Job) -> Iterator[tuple[dict[str, Any], str, str | None]]:
    """Each article, the version of the whole corpus, and the day on which the page was last seen."""
    version = corpus_version(job.db)
    for (text,) in job.watch(read_rows(job.db, "json", job.selection, _FIELDS)):
        article = json.loads(text)
        yield article, version, citations.day_of_access(article)
