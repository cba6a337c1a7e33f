"""What the theme and WordPress print themselves, per edition: words, months, dates, counts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from persiantools.jdatetime import JalaliDate

from nejat_crawler.editions import EDITIONS

_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one edition's theme; `{}` stands for what varies."""

    locale: str
    months: str
    """Their names, parted by spaces."""
    date: str
    comments: tuple[str, str, str]
    """For none, one and several; `{}` is the number."""
    older: str
    newer: str
    recent: str
    related: str
    protected: str
    password: str
    password_field: str
    enter: str
    no_excerpt: str
    more: str
    pages: str
    home: str
    about: str
    contact: str
    editions: str
    category: str
    tag: str
    author: str
    by: str
    written_by: str
    previous: str
    following: str
    reply: str
    top: str
    feed: str
    page: str
    missing: str


def _read_labels() -> dict[str, Labels]:
    rows = json.loads(Path(__file__).with_name("data").joinpath("theme.json").read_text("utf-8"))
    return {edition: Labels(**words) for edition, words in rows.items()}


#: By edition, as `data/theme.json` has them.
LABELS = _read_labels()


@lru_cache(maxsize=4096)
def print_date(edition: str, moment: datetime) -> str:
    """Print the day of `moment` as the edition does: `October 28, 2023`, `۶ آبان ۱۴۰۲`."""
    labels = LABELS[edition]
    day = moment.date()
    if EDITIONS[edition].calendar == "jalali":
        jalali = JalaliDate(day)  # type: ignore[no-untyped-call]
        return labels.date.format(
            day=_persian(jalali.day), month=labels.months.split()[jalali.month - 1], year=_persian(jalali.year)
        )
    return labels.date.format(day=day.day, month=labels.months.split()[day.month - 1], year=day.year)


def print_comments(edition: str, count: int) -> str:
    """Print the number of comments as the theme does; the Persian 0 is a Latin one, as `0 نظر`."""
    none, one, several = LABELS[edition].comments
    if count < 2:
        return one if count else none
    return several.format(_persian(count) if edition == "fa" else count)


def _persian(number: int) -> str:
    return str(number).translate(_PERSIAN_DIGITS)
