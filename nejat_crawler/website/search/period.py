"""A year, month or day that is asked for, on the Gregorian or the Persian calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from persiantools.jdatetime import JalaliDate

from nejat_crawler.folding import fold_for_search

_PERSIAN = range(1300, 1600)
_GREGORIAN = range(1600, 10_000)
_PARTS = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_MONTHS = (
    *("Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar"),
    *("Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"),
)


@dataclass(frozen=True, slots=True)
class Period:
    """From the day `first` to the day `last` (`2023-03-21`), as it was `typed`."""

    typed: str
    first: str
    last: str

    @property
    def gregorian(self) -> str:
        """`21 March 2023 to 19 March 2024`, or a single day."""
        return _span(self, lambda day: f"{day.day} {day:%B} {day.year}")

    @property
    def persian(self) -> str:
        """`1 Farvardin 1402 to 29 Esfand 1402`, or a single day; empty before the years that the calendar counts."""
        try:
            return _span(self, _persian)
        except ValueError:
            return ""


def describe_days(since: Period | None, until: Period | None) -> str:
    """The days that are let through, on both calendars; empty where all are.

    >>> describe_days(read_period("1402"), None), describe_days(read_period("2015-05-03"), read_period("2015-05-03"))
    ('from 21 March 2023 (1 Farvardin 1402)', '3 May 2015 (13 Ordibehesht 1394)')
    """
    if since and until and since.last == until.last:
        return _on_both(since)
    first = f"from {_on_both(Period(since.typed, since.first, since.first))}" if since else ""
    last = f"to {_on_both(Period(until.typed, until.last, until.last))}" if until else ""
    return f"{first} {last}".strip()


def _on_both(period: Period) -> str:
    return f"{period.gregorian} ({period.persian})" if period.persian else period.gregorian


def _span(period: Period, name: Callable[[date], str]) -> str:
    first, last = (name(date.fromisoformat(day)) for day in (period.first, period.last))
    return first if first == last else f"{first} to {last}"


def _persian(day: date) -> str:
    persian = JalaliDate(day)  # type: ignore[no-untyped-call]  # the package says that it is typed; this is not
    return f"{persian.day} {_MONTHS[persian.month - 1]} {persian.year}"


def read_period(typed: str) -> Period | None:
    """The period that `2015`, `2015-05` or `2015-05-03` names; a year below 1600 is one of the Persian calendar.

    Digits may be Persian or Arabic, `/` or `.` may stand for the hyphen. None for what names no days.

    >>> read_period("1402").last, read_period("۱۴۰۲/۱۲/۲۹").first, read_period("2015-02-30")
    ('2024-03-19', '2024-03-19', None)
    """
    shown = " ".join(typed.split())
    match = _PARTS.fullmatch(fold_for_search(shown))
    if not match:
        return None
    year, *rest = (int(part) for part in match.groups() if part)
    day = rest[1] if len(rest) > 1 else None
    first = _first_of(year, rest[0] if rest else 1, [day or 1])
    last = _first_of(year, rest[0] if rest else 12, [day] if day is not None else [31, 30, 29, 28])
    return Period(shown, first.isoformat(), last.isoformat()) if first and last else None


def _first_of(year: int, month: int, days: list[int]) -> date | None:
    """The first of `days` that the month has."""
    for day in days:
        with suppress(ValueError):
            if year in _PERSIAN:
                found: date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
                return found
            if year in _GREGORIAN:
                return date(year, month, day)
    return None
