"""What a search found, for machines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nejat_crawler.website.search.highlight import Piece
from nejat_crawler.website.search.period import Period
from nejat_crawler.website.search.searcher import SearchResult

#: Of an article, in a CSV file of all that was found.
COLUMNS = ("id", "edition", "published", "title", "category", "language", "status", "url", "changed_at")


def plain(pieces: list[Piece]) -> str:
    """The text of marked pieces."""
    return "".join(text for text, _ in pieces)


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
        "other_forms": found.other_forms,
        "from": _days(request.since),
        "to": _days(request.until),
        "sort": request.sort,
        "total": found.total,
        "page": request.page,
        "pages": found.pages,
        **(link("next_url", following) if request.page < found.pages else nothing_follows),
        "results": [
            {
                **{name: value for name, value in hit.row.items() if name != "docid"},
                **link("page", f"/nejat/articles/{hit.row['id']}"),
                "snippet": plain(hit.excerpt),
                **({"found_by": "its number, id or address"} if hit.row["docid"] in found.named else {}),
                "marked": [text for text, looked_for in [*hit.title, *hit.excerpt] if looked_for],
            }
            for hit in found.hits
        ],
        "counts": {name: {choice.value: choice.count for choice in row} for name, row in found.choices.items()},
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
