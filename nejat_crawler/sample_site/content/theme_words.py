"""What the theme and WordPress print themselves, per edition: words, months, dates, counts."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from persiantools.jdatetime import JalaliDate

from nejat_crawler.editions import EDITIONS

_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


#: The words of each edition's theme, by the names of `data/theme.json`; `{}` stands for what varies, and the three of
#: `comments` are for none, one and several.
LABELS: dict[str, Any] = {
    edition: SimpleNamespace(**words)
    for edition, words in json.loads((Path(__file__).parent / "data" / "theme.json").read_text("utf-8")).items()
}


@lru_cache(maxsize=4096)
def print_date(edition: str, moment: datetime) -> str:
    """Print the day of `moment` as the edition does: `October 28, 2023`, `۶ آبان ۱۴۰۲`."""
    is_jalali = EDITIONS[edition].calendar == "jalali"
    day: Any = JalaliDate(moment.date()) if is_jalali else moment  # type: ignore[no-untyped-call]
    printed = _persian if is_jalali else str
    months = LABELS[edition].months.split()
    return str(LABELS[edition].date.format(day=printed(day.day), month=months[day.month - 1], year=printed(day.year)))


def print_comments(edition: str, count: int) -> str:
    """Print the number of comments as the theme does; the Persian 0 is a Latin one, as `0 نظر`."""
    none, one, several = LABELS[edition].comments
    if count < 2:
        return str(one if count else none)
    return str(several.format(_persian(count) if edition == "fa" else count))


def _persian(number: int) -> str:
    return str(number).translate(_PERSIAN_DIGITS)
