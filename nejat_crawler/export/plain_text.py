"""Articles as a folder of plain text, for corpus tools such as AntConc."""

from __future__ import annotations

import json
import re
from pathlib import Path

from nejat_crawler.archive.reading.articles import read_rows
from nejat_crawler.export.delimited import write_rows
from nejat_crawler.export.export_job import Job, RowStream
from nejat_crawler.export.output import ExportError

INDEX = "index.csv"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
_COLUMNS = ("id", "edition", "url", "title", "category", "published", "author", "byline", "language", "status")


def write_text(job: Job, folder: Path) -> None:
    """A file an article, `fa/fa-6849.txt`: title, blank line, body; and `index.csv`, what is known of each.

    A folder an edition: a concordance of several languages is none. Without a body the title stands alone.
    """

    def write_files() -> RowStream:
        for (text,) in job.watch(read_rows(job.db, "json", job.selection, (*_COLUMNS, "body"))):
            article = json.loads(text)
            for part in (article["edition"], article["id"]):
                if not _NAME.fullmatch(part):  # ours never are: an archive from elsewhere may lead out of the folder
                    raise ExportError(f"the archive holds {part!r} for an edition or id, which names no file")
            name = f"{article['edition']}/{article['id']}.txt"
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            parts = [part for part in (article["title"], article["body"]) if part]
            path.write_bytes(("\n\n".join(parts) + "\n").encode())
            yield (name, *(article[column] for column in _COLUMNS))

    with (folder / INDEX).open("wb") as index:
        write_rows(["file", *_COLUMNS], write_files(), index)
