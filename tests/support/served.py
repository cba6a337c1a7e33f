"""A small archive of invented articles, and the site on it as a process of its own."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from email.message import Message
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from sqlite_utils import Database

from benchmarks import serving as served_by_command
from nejat_crawler.archive import schema
from nejat_crawler.archive.word_forms.form_table import record_word_forms
from tests.support import processes

Row = Mapping[str, Any]

SEEN = "2026-11-01T08:00:00Z"


def article(docid: int, **fields: Any) -> dict[str, Any]:
    """A row of `articles`; what is not given is plain and English."""
    edition = fields.get("edition", "en")
    row: dict[str, Any] = {
        "id": f"{edition}-{docid}",
        "edition": edition,
        "post_id": docid,
        "url": f"https://www.nejatngo.org/{edition}/posts/{docid}",
        "title": f"Title {docid}",
        "category": "News",
        "published": "2023-05-01",
        "language": edition,
        "body": "A body.",
        "status": "live",
        "first_seen": SEEN,
        "last_seen": SEEN,
        "source": "listing",
        "theme": "soledad",
        "found_at": f"https://www.nejatngo.org/{edition}/page/2",
        "docid": docid,
    }
    row |= fields
    row["year"] = int(row["published"][:4]) if row["published"] else None
    return row


def make_archive(path: Path, tables: Mapping[str, Iterable[Row]]) -> Path:
    """Write `tables` into a new archive at `path`."""
    db = Database(path)
    schema.blank_archive().conn.backup(db.conn)
    db.enable_wal()
    schema.register_functions(db)
    with db.atomic():
        for table, rows in tables.items():
            # rows of different columns in one insert get NULL instead of defaults
            for _, alike in groupby(rows, key=tuple):
                db.table(table).insert_all(map(dict, alike))
    record_word_forms(db)
    db.close()
    return path


class Answer:
    """What the site answered."""

    def __init__(self, status: int, headers: Message, body: bytes) -> None:
        self.status = status
        self.headers = {name.lower(): value for name, value in headers.items()}
        self.text = body.decode()

    def json(self) -> Any:
        return json.loads(self.text)


class Site:
    """The served site at `address`."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")

    def get(self, path: str, **parameters: str | int) -> Answer:
        query = f"?{urlencode(parameters)}" if parameters else ""
        return self.ask(Request(f"{self.address}{path}{query}"))

    def ask(self, request: Request) -> Answer:
        try:
            with urlopen(request, timeout=60) as response:
                return Answer(response.status, response.headers, response.read())
        except HTTPError as error:
            return Answer(error.code, error.headers, error.read())

    def found(self, typed: str, **parameters: str | int) -> list[str]:
        """Ids of the articles that the ordinary search box finds."""
        answer = self.get("/nejat/articles.json", _search=typed, _shape="array", _col="title", **parameters)
        assert answer.status == 200, answer.text
        return [row["id"] for row in answer.json()]


@contextmanager
def serving(archive: Path, workers: int = 1) -> Iterator[Site]:
    """Serve `archive` as `nejat serve` does, on a free port, without the plugins that may be installed."""
    if workers > 1:  # which are no children of a process that was forked
        with served_by_command.serving(archive, workers) as address:
            yield Site(address)
        return
    process = processes.Running(_serve, archive)
    try:
        yield Site(process.line(" at http://").split(" at ")[1].split()[0])
    finally:
        process.send(signal.SIGTERM)
        process.end(10)


def _serve(archive: Path) -> None:
    from nejat_crawler.website.serve import serve

    serve(archive, port=0)
