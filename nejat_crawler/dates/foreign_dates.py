"""A printed date in a language whose months nobody has listed: of an edition that was added by its row alone."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateparser.date import DateDataParser


@cache
def _dateparser(language: str) -> DateDataParser:
    """Built once a language: a parser costs more than a thousand dates.

    Imported only here: none of the site's own editions needs it, and it costs half a second.
    """
    from dateparser.date import DateDataParser

    settings = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True}
    return DateDataParser(languages=[language], settings=settings)


_HOUR = re.compile(r"\d{1,2}\s?[:h]\s?\d\d(?!\d)(?::\d\d)?")  # `18h36`


def read_foreign_date(folded: str, printed: str, language: str) -> date | str:
    """The day that `printed` names in a language, or the reason why none; never a relative, half or second one.

    `folded` is the same with digits as they are counted. The year is not checked.
    """
    # "05/04/2013" may be April or May: only a month in letters is unambiguous.
    if not re.search(r"[^\W\d_]{3}", printed):
        return "no month name"
    try:
        found = _dateparser(language).get_date_data(printed).date_obj
    except ValueError:
        return f"nobody has listed the months of the language {language}"
    if found is None:
        return "not a date"
    # It takes what it does not know for noise: just a day and a year may stand there, the year last ("mai 2021, 5
    # minutes" has no day) or before all else.
    numbers = [int(number) for number in re.findall(r"\d+", _HOUR.sub(" ", folded))]
    if numbers != [found.day, found.year] and not (numbers == [found.year, found.day] and folded[:1].isdecimal()):
        return "no single day and year"
    return found.date()
