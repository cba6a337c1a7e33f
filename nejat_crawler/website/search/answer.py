"""What a search found, for machines."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from nejat_crawler.archive.reading.full_text.documents import read_documents
from nejat_crawler.archive.reading.full_text.kinds import STORY
from nejat_crawler.website.search.highlight import Piece
from nejat_crawler.website.search.hits import Passage
from nejat_crawler.website.search.period import Period
from nejat_crawler.website.search.searcher import SearchResult

#: Of a document, in a CSV file of all that was found; `found_in` has kinds with `|` between them.
COLUMNS = (
    *("id", "edition", "published", "title", "category", "language", "status", "url", "changed_at"),
    *("kind", "found_in"),
)


def count_documents(total: int, stories: int) -> str:
    """`12 articles and 1 newsletter story`."""
    articles = total - stories
    counted = [f"{articles:,} article{'' if articles == 1 else 's'}"] if articles or not stories else []
    counted += [f"{stories:,} newsletter stor{'y' if stories == 1 else 'ies'}"] if stories else []
    return " and ".join(counted)


def plain(pieces: list[Piece]) -> str:
    """The text of marked pieces."""
    return "".join(text for text, _ in pieces)


Listed = Sequence[tuple[int, list[str]]]
"""Docids, each with the kinds of places in which the words stand."""


def as_rows(connection: sqlite3.Connection, listed: Listed) -> list[dict[str, Any]]:
    """The rows of documents for a CSV file, with COLUMNS and more."""
    found_in = dict(listed)
    return [
        {**row, "kind": STORY if row["docid"] < 0 else "article", "found_in": "|".join(found_in[row["docid"]])}
        for row in read_documents(connection, [*found_in])
    ]


def describe(found: SearchResult, absolute: Callable[[str], str] | None = None) -> dict[str, Any]:
    """The answer as JSON; with `absolute`, which makes addresses of paths, it leads to the pages of a site."""

    def link(name: str, path: str) -> dict[str, str | None]:
        return {name: absolute(path)} if absolute else {}

    request = found.request
    following = f"/nejat/search.json?{request.address(page=request.page + 1)}"
    nothing_follows: dict[str, str | None] = {"next_url": None} if absolute else {}
    answer: dict[str, Any] = {
        "query": request.typed,
        "problem": "; ".join(found.problems) or None,
        "notes": found.notes,
        "exact": request.exact,
        "kinds": request.places,
        "other_forms": found.other_forms,
        "from": _days(request.since),
        "to": _days(request.until),
        "sort": request.sort,
        "total": found.total,
        "stories": found.stories,
        "page": request.page,
        "pages": found.pages,
        **(link("next_url", following) if request.page < found.pages else nothing_follows),
        "results": [
            {
                **{name: value for name, value in hit.row.items() if name != "docid"},
                "kind": hit.kind,
                "found_in": hit.found_in,
                **link("page", hit.path),
                "snippet": plain(hit.excerpt),
                **({"found_by": "its number, id or address"} if hit.row["docid"] in found.named else {}),
                "passages": [_passage(passage) for passage in hit.passages],
                "marked": [text for text, looked_for in [*hit.title, *hit.excerpt] if looked_for],
            }
            for hit in found.hits
        ],
        "counts": {name: {choice.value: choice.count for choice in row} for name, row in found.choices.items()}
        | ({"category": found.categories} if found.choices else {}),
    }
    if not found.total:
        answer["tried"] = {
            "words": [
                {"typed": each.typed, "articles": each.count, "forms": each.other_forms} for each in found.words
            ],
            "spellings": {each.word: each.count for each in found.did_you_mean or found.spellings},
            "without": [
                {
                    "filter": choice.value,
                    "total": choice.count,
                    **link("url", f"/nejat/search.json?{choice.address}"),
                }
                for choice in found.looser
            ],
        }
    return answer


def _passage(passage: Passage) -> dict[str, Any]:
    earlier = {"until": passage.until, "gone": passage.gone} if passage.until else {}
    return {"kind": passage.kind, "text": plain(passage.pieces), **earlier}


def _days(period: Period | None) -> dict[str, str] | None:
    """A period as it was typed, its days, and both calendars."""
    if period is None:
        return None
    return {
        "typed": period.typed,
        "first": period.first,
        "last": period.last,
        "gregorian": period.gregorian,
        "persian": period.persian,
    }
