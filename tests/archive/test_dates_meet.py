"""Which of two dates an article keeps: every kind of date against every other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nejat_crawler.items import Article
from tests.archive.test_captures_meet import API, LISTING, PAGE, SAVED, UNDATED, save
from tests.support.commands import rows

COLUMNS = ("published", "published_at", "published_text", "year", "undated")
FIRST = ("2024-05-01", "2024-05-01T10:30:00+03:30", "May 1, 2024", 2024, None)
DAY_ONLY = ("2024-05-01", None, "May 1, 2024", 2024, None)


def dated(
    capture: Article, day: str, moment: str | None = None, printed: str | None = None, **fields: Any
) -> Article:
    return replace(capture, published=day, published_at=moment, published_text=printed, **fields)


LATER = ("2025-06-09", "2025-06-09T08:00:00+03:30", "June 9, 2025")
PRINTED_ONLY = dated(LISTING, "2024-05-01", None, "May 1, 2024")
PAGE_ONLY = dated(PAGE, "2024-05-01", None, "May 1, 2024")
CASES: dict[str, tuple[Sequence[Article], tuple[Any, ...]]] = {
    "another time on the listing": (
        (PAGE, dated(LISTING, "2024-05-01", "2024-05-01T00:00:00+03:30", "1 May")), FIRST,
    ),
    "another time on the own page": (
        (LISTING, dated(PAGE, "2024-05-01", "2024-05-01T11:00:00+03:30", "1 May")),
        ("2024-05-01", "2024-05-01T11:00:00+03:30", "1 May", 2024, None),
    ),
    "another time on the own page again": (
        (PAGE, dated(PAGE, "2024-05-01", "2024-05-01T11:00:00+03:30", "1 May")),
        ("2024-05-01", "2024-05-01T11:00:00+03:30", "1 May", 2024, None),
    ),
    "another time on the listing again": (
        (LISTING, dated(LISTING, "2024-05-01", "2024-05-01T11:00:00+03:30", "1 May")),
        ("2024-05-01", "2024-05-01T11:00:00+03:30", "1 May", 2024, None),
    ),
    "the same moment as feeds write it": (
        (PAGE, dated(PAGE, "2024-05-01", "Wed, 01 May 2024 07:00:00 +0000", "1 May")), FIRST,
    ),
    "another moment as feeds write it": (
        (PAGE, dated(PAGE, "2025-06-09", "Mon, 09 Jun 2025 08:00:00 +0330", "June 9, 2025")),
        ("2025-06-09", "Mon, 09 Jun 2025 08:00:00 +0330", "June 9, 2025", 2025, None),
    ),
    "a time without an offset": ((LISTING, dated(PAGE, "2025-06-09", "2025-06-09T08:00:00", "June 9, 2025")), FIRST),
    "no time at all": ((LISTING, dated(PAGE, "2025-06-09", "soon", "June 9, 2025")), FIRST),
    "a listing's time against an own page's": ((PAGE, dated(LISTING, *LATER)), (*LATER, 2025, None)),
    "a listing's time against an own page's day": ((PAGE_ONLY, dated(LISTING, *LATER)), DAY_ONLY),
    "an own page's time against an own page's day": ((PAGE_ONLY, dated(PAGE, *LATER)), (*LATER, 2025, None)),
    "a time against a listing's day": (
        (PRINTED_ONLY, dated(LISTING, *LATER, theme="jannah")), (*LATER, 2025, None),
    ),
    "a printed day against a listing's": (
        (PRINTED_ONLY, dated(LISTING, "2025-06-09", None, "June 9, 2025")),
        ("2025-06-09", None, "June 9, 2025", 2025, None),
    ),
    "an own page's day against a listing's": (
        (PRINTED_ONLY, dated(PAGE, "2025-06-09", None, "June 9, 2025")),
        ("2025-06-09", None, "June 9, 2025", 2025, None),
    ),
    "another theme's day against a listing's": (
        (PRINTED_ONLY, dated(LISTING, "2025-06-09", None, "June 9, 2025", theme="jannah")), DAY_ONLY,
    ),
    "another print of the same day": ((PRINTED_ONLY, dated(PAGE, "2024-05-01", None, "1 May")), DAY_ONLY),
    "an import's day": ((PRINTED_ONLY, dated(SAVED, *LATER)), DAY_ONLY),
    "an import's time of the same day": (
        (PRINTED_ONLY, dated(SAVED, "2024-05-01", "2024-05-01T10:30:00+03:30", "1 May")), FIRST,
    ),
    "an import's day where none is known": ((UNDATED, dated(SAVED, *LATER)), (*LATER, 2025, None)),
    "another reason for none": (
        (UNDATED, replace(UNDATED, undated="impossible day")), (None, None, None, None, "impossible day"),
    ),
    "no reason for none": (
        (UNDATED, replace(UNDATED, undated=None)), (None, None, None, None, "no date printed"),
    ),
    "a reason against a day": ((LISTING, replace(UNDATED, source="api", theme="rest")), FIRST),
    "a day by the interface after none": ((UNDATED, API), (*FIRST[:2], None, 2024, None)),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_day_the_time_and_the_print_come_from_one_capture(
    db: Path, case: tuple[Sequence[Article], tuple[Any, ...]]
) -> None:
    captures, wanted = case
    save(db, *captures)
    [row] = rows(db, f"SELECT {', '.join(COLUMNS)}, versions FROM articles")
    assert tuple(row.values()) == (*wanted, 1)
