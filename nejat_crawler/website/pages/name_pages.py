"""A list of names, pasted or uploaded: articles by edition and year for each, as page, CSV and JSON."""

from __future__ import annotations

import csv
import io
import sqlite3
import time
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from datasette.utils import MultiParams  # type: ignore[import-untyped]

from nejat_crawler.editions import EDITIONS
from nejat_crawler.website.responses import NO_CACHE, TooLongError, as_json, as_text, ask, html
from nejat_crawler.website.search.name_list import (
    MOST_NAMES,
    NOT_COUNTED,
    NameCount,
    as_query,
    count_names,
    decode_list,
    read_names,
    table,
)
from nejat_crawler.website.search.search_request import SearchRequest
from nejat_crawler.website.search.searcher import Searcher

_LARGEST = 300_000  # bytes of a list
_SECONDS = 20.0  # for a list
_OF_SEARCHES = ("q", "sort", "page", "size")  # what a list has no use for
_AT_ONCE = 1.0  # seconds for which a thread and its time limit are held
_GATHERING = (
    "Other spellings are not counted: the words of the archive are still being gathered. Ask again in a minute."
)


class _ListError(Exception):
    """Why a list cannot be read."""


async def names(datasette: Any, request: Any) -> Any:
    """`/nejat/names`, with `.json` or `.csv`: an empty form, or the counts of a list (`names=`, or sent by POST)."""
    kind = request.url_vars.get("format") or "html"
    problems: list[str] = []
    pairs: list[tuple[str, str]] = parse_qsl(request.query_string, keep_blank_values=True)
    try:
        if request.method == "POST":
            pairs += await _read_sent(request)
    except _ListError as error:
        problems.append(str(error))
    text = "\n".join(value for name, value in pairs if name in ("names", "file"))
    wanted = SearchRequest.read(MultiParams([pair for pair in pairs if pair[0] not in ("names", "file")] or {}))
    asked = bool(problems or pairs or kind != "html")
    listed, wrong = read_names(text)
    of_searches = dict.fromkeys(name for name, value in pairs if name in _OF_SEARCHES and value.strip())
    unused = [f"{name} is no parameter of a list of names" for name in of_searches]
    problems += [*wanted.problems, *wanted.unknown, *unused, *(wrong if asked and not problems else [])]
    counts: list[NameCount] = []
    notes: list[str] = []
    if asked and not problems:
        counts, notes = await _count(datasette, listed, wanted)
        request.scope[NO_CACHE] = True
    status = 400 if problems and kind != "html" else 200
    if kind == "json":
        rows = [row.as_json() for row in counts]
        return as_json({"problem": "; ".join(problems) or None, "notes": notes, "names": rows}, status=status)
    columns, rows = table(counts)
    if kind == "csv":
        if problems:
            return as_text("".join(f"{problem}\n" for problem in problems), status=status)
        return as_text(_as_csv(columns, rows), "text/csv", "names.csv")
    request.scope[NO_CACHE] = True  # what is sent is no part of the address
    context = {"counts": counts, "problems": problems, "notes": notes, "text": "\n".join(listed), "most": MOST_NAMES,
               "search_request": wanted, "editions": EDITIONS}  # fmt: skip
    return html(datasette, "names.html", context)


async def _count(datasette: Any, listed: list[str], wanted: SearchRequest) -> tuple[list[NameCount], list[str]]:
    """The counts of each name, and sentences on what was not counted; `_SECONDS` at most."""
    counts: list[NameCount] = []
    until = time.monotonic() + _SECONDS
    is_gathered = wanted.exact

    def count(connection: sqlite3.Connection, searcher: Searcher) -> tuple[list[NameCount], bool]:
        rest = listed[len(counts) :]
        found = list(count_names(connection, searcher, rest, wanted, _AT_ONCE))
        return found, searcher.suggestions.is_of(searcher.index(connection).version)

    gathered = True
    while len(counts) < len(listed) and time.monotonic() < until:
        try:
            found, is_gathered = await ask(datasette, count)
            gathered = gathered and is_gathered
            counts += found
        except TooLongError:  # then one by one: which is it?
            counts += await _count_one(datasette, listed[len(counts)], wanted)
    notes = [] if gathered or wanted.exact else [_GATHERING]
    if left := listed[len(counts) :]:
        counts += [NameCount(name, as_query(name), problem=NOT_COUNTED) for name in left]
        notes.append(
            f"{len(left)} of {len(listed)} names are not counted: one list may take {_SECONDS:.0f} seconds. Send them"
            " as a list of their own, or use `nejat search --list`."
        )
    return counts, notes


async def _count_one(datasette: Any, name: str, wanted: SearchRequest) -> list[NameCount]:
    try:
        return await ask(
            datasette, lambda connection, searcher: list(count_names(connection, searcher, [name], wanted, 0))
        )
    except TooLongError:
        return [NameCount(name, as_query(name), problem="not counted: this takes too long to look for")]


def _as_csv(columns: list[str], rows: list[dict[str, Any]]) -> str:
    lines = io.StringIO()
    writer = csv.DictWriter(lines, columns)
    writer.writeheader()
    writer.writerows(rows)
    return lines.getvalue()


async def _read_sent(request: Any) -> list[tuple[str, str]]:
    """The fields of a form that was sent, an uploaded `file` among them, or a text as `names`; raises _ListError."""
    body = b""
    more = True
    while more:
        message = await request.receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > _LARGEST:
            raise _ListError(f"The list is larger than {_LARGEST // 1000} KB.")
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/x-www-form-urlencoded"):
        return parse_qsl(_decoded(body), keep_blank_values=True, encoding="utf-8")
    if not kind.startswith("multipart/form-data"):
        return [("names", _decoded(body))]
    form = BytesParser(policy=HTTP).parsebytes(b"content-type: " + kind.encode("latin-1") + b"\r\n\r\n" + body)
    found = []
    for part in form.iter_parts():
        value = part.get_payload(decode=True)
        name = part.get_param("name", header="content-disposition")
        if isinstance(value, bytes) and isinstance(name, str):
            found.append((name, _decoded(value)))
    return found


def _decoded(content: bytes) -> str:
    """The text of what was sent; raises _ListError for what is none."""
    try:
        return decode_list(content)
    except UnicodeDecodeError as error:
        raise _ListError("The list is no UTF-8 text: save it as UTF-8 first.") from error
