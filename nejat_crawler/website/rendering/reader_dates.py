"""Dates for readers: the day on both calendars, and the time."""

from __future__ import annotations

import re
from datetime import date

from persiantools.jdatetime import JalaliDate

from nejat_crawler.editions import EDITIONS

_TIMESTAMP = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\dZ$")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def long_date(text: str | None) -> str:
    """`28 October 2023` for `2023-10-28`; what is no date stays as it is."""
    day = _day(text)
    return f"{day.day} {day:%B} {day.year}" if day else text or ""


def long_month(text: str) -> str:
    """`October 2023` for `2023-10`; a year stays as it is."""
    day = _day(f"{text}-01")
    return f"{day:%B} {day.year}" if day else text


def clock(text: str | None) -> str:
    """`2026-05-01 08:00 UTC` for `2026-05-01T08:00:00Z`; what is no such timestamp stays as it is."""
    return _TIMESTAMP.sub(r"\1 \2 UTC", text or "")


def persian_date(text: str | None, edition: str) -> str:
    """The day on the Persian calendar, in Persian (`۶ آبان ۱۴۰۲`), for editions that print it; else empty."""
    day = _day(text)
    if day is None or edition not in EDITIONS or EDITIONS[edition].calendar != "jalali" or day.year < 1000:
        return ""
    jalali = JalaliDate(day)  # type: ignore[no-untyped-call]  # the package says that it is typed; this is not
    return str(jalali.strftime("%d %B %Y", locale="fa")).removeprefix("۰")
