"""A printed or machine-readable date -> the day on the site's clock, or none with a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from nejat_crawler.dates.foreign_dates import read_foreign_date
from nejat_crawler.dates.month_names import GREGORIAN_MONTHS, JALALI_MONTHS
from nejat_crawler.editions import EDITIONS
from nejat_crawler.folding import fold_for_search

#: The site was founded in 2003; its oldest imported texts are a little older.
FIRST_YEAR = 2000

#: Day boundaries of all editions: their timestamps carry +03:30, and +04:30 while Iran had summer time.
SITE_CLOCK = ZoneInfo("Asia/Tehran")


#: In which order a theme prints day, month and year, where it prints them in digits.
DayOrder = Literal["dmy", "mdy", "ymd"]


@dataclass(frozen=True, slots=True)
class ResolvedDate:
    """`published` is YYYY-MM-DD or null; `published_at` a timestamp with offset; `reason` why there is no day."""

    published: str | None
    published_at: str | None = None
    reason: str | None = None


#: "29 تير 1403 الموافق 19 يوليو 2024": what follows is the same day in the other calendar.
_CORRESPONDING_TO = fold_for_search("الموافق")

_TWO_WORD_MONTH = re.compile(
    rf"({fold_for_search('كانون')}|{fold_for_search('تشرين')})[\s_-]+(?:{fold_for_search('ال')})?"
    rf"(?:({fold_for_search('أول')}|{fold_for_search('ثاني')}|{fold_for_search('آخر')})|({fold_for_search('ثان')}))(?!\w)"
)
# "28 Oct 2023 22:00:00 +0000" is a time in another zone: its day may not be that of the site's clock.
_CLOCK = re.compile(r"\d:\d\d(?::\d\d)? ?[+-]\d")
# "October 28, 2023 at 6:36 pm" is the site's own clock.
_TIME_OF_DAY = re.compile(r"\b\d{1,2}:\d\d(?::\d\d)?\b")
_IN_DIGITS = re.compile(r"(?:[^\W\d]+[,،]?\s+)?(\d{1,4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?")
_ISO_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")

_SIDE_BY_SIDE = re.compile(r"(?<!N)DM+Y|M+DY|YM+D$")
# "28th of October", "5 آبان‌ماه 1390", "5 tetor të vitit 2021"
_BETWEEN = frozenset(fold_for_search("st nd rd th of م ام ماه سال عام لعام سنة من të viti vitit").split())
# "Vol 5 March 2013" is an issue of March, "Views: 5 May 2013" a month with a count before it
_NUMBERING = frozenset(
    {
        *("#", "№"),
        *fold_for_search(
            "no nos nr number num vol volume issue part page pages chapter episode comments views hits shares "
            "العدد عدد رقم الجزء المجلد صفحة تعليقات شماره جلد دوره صفحه قسمت نظرات بازدید دیدگاه numri vëllimi faqe "
            "pjesa komente"
        ).split(),
    }
)
# Folded, and with or without the joiner: "به‌روزرسانی", "به روز شده", "بروزرسانی".
_UPDATE = re.compile(
    r"updat|modif|\bedited\b|\brevised\b|perditesu|ndryshu|"
    + "|".join(fold_for_search(word) for word in ("تحديث", "تعديل", "ویرایش", "بروزرسانی", "بروز رسانی", "بروز شد"))
    + f"|{fold_for_search('به')} ?{fold_for_search('روز')} ?({fold_for_search('رسانی')}|{fold_for_search('شد')}"
    + f"|{fold_for_search('آوری')})"
)


def read_date(machine: str | None, printed: str | None, edition: str, order: DayOrder | None = None) -> ResolvedDate:
    """The day of an article: from its machine-readable date, else from the printed one in the edition's calendar.

    `order` is that of a day in digits, where the theme of the page tells it: "05/04/2013" may be April or May.
    Never a guess: an impossible day, a year before 2000 or after the next, a relative ("3 days ago") or an
    ambiguous form gives null with a reason.
    """
    timestamp = _timestamp(machine) if machine else None
    if timestamp is None and not (printed or "").strip():
        printed = machine  # some plugin's "12 خرداد ۱۴۰۲" in the head
    day_or_reason = _printed_day(printed, edition, order)
    if machine and timestamp:
        day = _on_site_clock(timestamp, day_or_reason)
        if _in_range(day):
            return ResolvedDate(day.isoformat(), machine.strip() if timestamp.tzinfo else None)
    # wp-parsidate writes datetime="1402-03-12T10:00:00+03:30", a post without a date 1970: the print may be right
    if isinstance(day_or_reason, date):
        return ResolvedDate(day_or_reason.isoformat())
    return ResolvedDate(None, None, "year out of range" if timestamp else day_or_reason)


def says_update(text: str) -> bool:
    """Whether words beside a date say that it is the day of a change: "Last updated: March 3, 2023"."""
    return bool(_UPDATE.search(fold_for_search(text)))


def _printed_day(printed: str | None, edition: str, order: DayOrder | None) -> date | str:
    """The day that is printed, or the reason why none."""
    if not printed or not printed.strip():
        return "no date"
    if len(printed) > 80 or _CLOCK.search(printed):
        return "not a date"
    if says_update(printed):
        return "the day of a change"
    return _read_printed(printed.strip(), edition, order, datetime.now(UTC).year)


def _timestamp(machine: str) -> datetime | None:
    """ISO 8601, or RFC 822 as feeds have it."""
    try:
        return datetime.fromisoformat(machine.strip())
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(machine.strip())
    except (ValueError, IndexError, TypeError):
        return None


def _on_site_clock(timestamp: datetime, printed: date | str) -> date:
    """The local day: an offset says it; a time in UTC (feeds, AMP pages) is turned to the site's clock first.

    But not where the page prints the day as it is in UTC: that site's own clock is on UTC.
    """
    offset = timestamp.utcoffset()
    if offset == timedelta(0) and FIRST_YEAR <= timestamp.year < 9999 and printed != timestamp.date():
        return timestamp.astimezone(SITE_CLOCK).date()
    return timestamp.date()


def _in_range(day: date) -> bool:
    return FIRST_YEAR <= day.year <= datetime.now(UTC).year + 1


@lru_cache(maxsize=4096)
def _read_printed(printed: str, edition: str, order: DayOrder | None, _this_year: int) -> date | str:
    """The day that `printed` names, or the reason why none; the year is a cache key, so that a range moves on."""
    folded = fold_for_search(printed)
    if edition == "ar":
        folded = _TWO_WORD_MONTH.sub(_join_month, folded)
    if _CORRESPONDING_TO in folded:
        found = {_read_folded(part, printed, edition, order) for part in folded.split(_CORRESPONDING_TO)}
        days = {day for day in found if isinstance(day, date)}
        return days.pop() if len(days) == 1 else "no single day and year"
    return _read_folded(folded, printed, edition, order)


def _join_month(match: re.Match[str]) -> str:
    """Write a month of two words as one, as the tables have it: with the article, which some leave out."""
    second = match[2] or fold_for_search("ثاني")
    return f"{match[1]}_{fold_for_search('ال')}{second}"


def _read_folded(folded: str, printed: str, edition: str, order: DayOrder | None) -> date | str:
    folded = _TIME_OF_DAY.sub(" ", folded)
    tokens = re.findall(r"[^\W\d]+|\d+|[#№]", folded)
    calendar = EDITIONS[edition].calendar
    if iso := _ISO_DAY.fullmatch(folded.strip()):
        year, month, day_number = (int(part) for part in iso.groups())
        return _jalali(year, month, day_number) if year < 1900 else _gregorian(year, month, day_number)
    if order and (numbers := _IN_DIGITS.fullmatch(folded.strip(" -–|,،"))):
        return _in_order(numbers, order)
    if calendar == "jalali" and (month_number := _only_month(tokens, JALALI_MONTHS)):
        return _day_and_year(tokens, JALALI_MONTHS, month_number, jalali=True)
    if months := GREGORIAN_MONTHS.get(edition):
        if month_number := _only_month(tokens, months):
            return _day_and_year(tokens, months, month_number, jalali=False)
        # a theme that nobody has translated prints WordPress's own months
        if month_number := _only_month(tokens, GREGORIAN_MONTHS["en"]):
            return _day_and_year(tokens, GREGORIAN_MONTHS["en"], month_number, jalali=False)
        return "no month name"
    found = read_foreign_date(folded, printed, EDITIONS[edition].language)
    return _checked(found) if isinstance(found, date) else found


def _in_order(numbers: re.Match[str], order: DayOrder) -> date | str:
    """A day in digits, in the order that the theme prints; a year of two digits may be of any century."""
    parts = dict(zip(order, numbers.group(1, 3, 4), strict=True))
    if any(len(parts[part]) != 4 if part == "y" else len(parts[part]) > 2 for part in order):
        return "not a date in the theme's order"
    year, month, day = (int(parts[part]) for part in "ymd")
    return _jalali(year, month, day) if year < 1900 else _gregorian(year, month, day)


def _only_month(tokens: list[str], months: dict[str, int]) -> int | None:
    """The month that the words name, if they name just one (نيسان (أبريل) names April twice)."""
    named = {months[token] for token in tokens if token in months}
    return named.pop() if len(named) == 1 else None


def _day_and_year(tokens: list[str], months: dict[str, int], month: int, *, jalali: bool) -> date | str:
    """The day of a month that is named once: day, month and year side by side ("May 2023 4 min read" has no day)."""
    numbers = [int(token) for token in tokens if token.isdigit() and len(token) <= 4]
    years = [number for number in numbers if number >= 1000]
    days = [number for number in numbers if 1 <= number <= 31]
    order = "".join(_part_of_date(token, months) for token in tokens)
    if len(years) != 1 or len(days) != 1 or len(numbers) != 2 or not _SIDE_BY_SIDE.search(order):
        return "no single day and year"
    return _jalali(years[0], month, days[0]) if jalali else _gregorian(years[0], month, days[0])


def _part_of_date(token: str, months: dict[str, int]) -> str:
    """A letter for `_SIDE_BY_SIDE`: month, day, year, a word that numbers what follows, any other word."""
    if token.isdigit():
        return "D" if len(token) <= 2 else "Y"
    if token in months:
        return "M"
    return "" if token in _BETWEEN else "N" if token in _NUMBERING else "w"


def _jalali(year: int, month: int, day: int) -> date | str:
    try:
        return _checked(JalaliDate(year, month, day).to_gregorian())  # type: ignore[no-untyped-call]
    except ValueError:
        return "impossible day"


def _gregorian(year: int, month: int, day: int) -> date | str:
    try:
        return _checked(date(year, month, day))
    except ValueError:
        return "impossible day"


def _checked(day: date) -> date | str:
    return day if _in_range(day) else "year out of range"
