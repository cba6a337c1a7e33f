"""The head of an issue: the months it is for, its volume, the numbers it bears."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from nejat_crawler.extraction.newsletters import wording
from nejat_crawler.extraction.newsletters.announcements import TITLE
from nejat_crawler.extraction.newsletters.line_kinds import (
    HEADLINE_LENGTH,
    MONTH,
    PUBLICATION,
    iso_date,
    month_number,
)

PERIOD = re.compile(
    rf"\b(?P<m1>{MONTH})(?:,? (?P<y1>\d{{4}}))?(?: ?(?:[-–—/&]|and|to) ?(?P<m2>{MONTH}))?,? (?P<y2>\d{{4}})\b|"
    rf"{wording.PERIOD_PATTERN}",
    re.IGNORECASE,
)
_VOLUME = re.compile(rf"\bvol(?:ume|\.)? ?(\d{{1,4}}|[ivxlc]{{1,9}})\b|\b{wording.VOLUME_PATTERN}", re.IGNORECASE)
_ROMAN = re.compile(r"(?:x[lc]|l?x{0,3})(?:i[xv]|v?i{0,3})", re.IGNORECASE)
NUMBERS = re.compile(
    r"\b(?:(?:issue )?(?:numbers?|nos?\.?)|issues?) ?[:#]? ?(\d{1,5}(?: ?(?:[,&/–-]|and) ?\d{1,5})*)\b|"
    rf"\b{wording.NUMBERS_PATTERN}",
    re.IGNORECASE,
)
HEADER_LINES = 12
#: An issue bears the numbers of a year at most: `No. 92, 2023` names one.
_MOST_NUMBERS = 12


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the first lines say of the issue; `lines` are those that say it."""

    lines: frozenset[str]
    period: str | None
    first_day: str | None
    last_day: str | None
    volume: int | None
    numbers: list[int]


def read_masthead(opening: Sequence[str], title: str) -> Masthead:
    """Read the lines above the contents or the first story; `title` is the newsletter's."""
    lines = [line for line in opening[:HEADER_LINES] if _is_header(line, title)]
    period = next((found for line in lines if (found := PERIOD.search(line))), None)
    first_day, last_day = _days(period) if period else (None, None)
    return Masthead(
        lines=frozenset(lines),
        period=period[0] if period else None,
        first_day=first_day,
        last_day=last_day,
        volume=next((_volume(found) for line in lines if (found := _VOLUME.search(line))), None),
        numbers=next((_numbers(found[1] or found[2]) for line in lines if (found := NUMBERS.search(line))), []),
    )


def _volume(found: re.Match[str]) -> int | None:
    if not found[1]:
        return wording.read_volume(found[2])
    return int(found[1]) if found[1].isdecimal() else _roman(found[1])


def _roman(numeral: str) -> int | None:
    """3 for `III`; None for letters that are no numeral, or one beyond 99."""
    if not _ROMAN.fullmatch(numeral):
        return None
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in numeral.lower()]
    return sum(-one if one < other else one for one, other in pairwise([*values, 0]))


def _is_header(line: str, title: str) -> bool:
    if len(line) > HEADLINE_LENGTH // 2:
        return False
    named = line == title or TITLE.fullmatch(line) or PUBLICATION.fullmatch(line) or PERIOD.fullmatch(line)
    numbered = _VOLUME.search(line) or NUMBERS.search(line)
    return bool(named or _VOLUME.match(line) or NUMBERS.match(line) or (PERIOD.match(line) and numbered))


def _numbers(printed: str) -> list[int]:
    """Give the numbers that an issue bears: `19, 20` is two, `19-22` is four."""
    found = [int(number) for number in re.findall(r"\d+", printed)]
    numbers = [number for number in found if 0 <= number - found[0] < _MOST_NUMBERS]
    return list(range(numbers[0], numbers[-1] + 1)) if re.search("[–-]", printed) else numbers


def _days(period: re.Match[str]) -> tuple[str | None, str | None]:
    """Give the first and the last day of `July - August 2023`, and of `December - January 2023`."""
    if not period["m1"]:
        return wording.first_and_last_day(period)
    first, last_year = month_number(period["m1"]), int(period["y2"])
    last = month_number(period["m2"]) if period["m2"] else first
    first_year = int(period["y1"]) if period["y1"] else last_year - (first > last)
    begin, last_begin = iso_date(first_year, first, 1), iso_date(last_year, last, 1)
    if not begin or not last_begin or begin > last_begin:
        return None, None
    return begin, iso_date(last_year, last, monthrange(last_year, last)[1])
