"""What Persian and Arabic issues print where an English one says `by`, `Number`, `Inside this issue`; as patterns.

Letters that one keyboard types for another's are alike here, and a zero-width non-joiner may stand for a space.
"""

from __future__ import annotations

import re

from nejat_crawler.dates import read_date
from nejat_crawler.dates.month_names import GREGORIAN_MONTHS, JALALI_MONTHS
from nejat_crawler.editions import EDITIONS
from nejat_crawler.folding import fold_for_search

_GAP = r"[\s\u200c]"
_ALIKE = {"ا": "[اأإآٱ]", "ی": "[یيىئ]", "ک": "[كک]", "ه": "[هةۀ]", "و": "[وؤ]", " ": _GAP + "+", "~": _GAP + "*"}


def spelt(pattern: str) -> str:
    """Give `pattern` for every spelling of its letters; ` ` is some white space or joiner, `~` may be none."""
    return "".join(_ALIKE.get(character, character) for character in pattern)


_NAMES = {name.replace("_", " ") for names in (JALALI_MONTHS, *GREGORIAN_MONTHS.values()) for name in names}
#: A month of the Persian or of the Gregorian calendar.
MONTH_PATTERN = spelt(rf"(?:{'|'.join(sorted(_NAMES, key=len, reverse=True))})(?!\w)(?:~ماه(?!\w))?")
_MONTH_WORD = re.compile(spelt(r"~ماه(?!\w)"))  # `دی ماه ۱۴۰۱`
_ORDINALS = {
    fold_for_search(name): number
    for row in (
        "اول دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم یازدهم دوازدهم",
        "الاولی الثانیه الثالثه الرابعه الخامسه السادسه السابعه الثامنه التاسعه العاشره",
        "الاول الثانی الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر",
    )
    for number, name in enumerate(row.split(), start=1)
}
TITLE_PATTERN = spelt(
    r"(?P<fa>(?:ماهنامه |دوماهنامه |دو ماهنامه )?(?:خبرنامه|نشریه|ماهنامه)(?: .{0,40})?نجات.{0,60}|"
    r"خبرنامه~(?:شماره.{0,40})?)|"
    r"(?P<ar>(?:ال)?(?:نشره|رساله|مجله)(?: .{0,40})?نجا[تة].{0,60})"
)
PUBLICATION_PATTERN = spelt(
    r"(?:(?:دو)?~?ماهنامه|نشریه|خبرنامه|نشره|مجله|تصدر).{0,60}(?:انجمن نجات|جمعیه نجا[تة])(?:.{0,40})|"
    r"تصدرها .{0,20}جمعیه نجا[تة].{0,40}"
)
LABEL_PATTERN = spelt(
    r"(?:آنچه )?در این (?:شماره|خبرنامه)(?:~می~(?:خوانید|خوانیم))?~:?|در این شماره .{0,10}خوانید~:?|"
    r"فهرست(?: مطالب| عناوین)?~:?|عناوین این شماره~:?|"
    r"(?:اقرا(?:وا)? )?فی هذا العدد~:?|(?:ال)?محتویات(?: العدد)?~:?|(?:ال)?فهرس~:?"
)
PERIOD_PATTERN = (
    rf"\b(?P<r1>{MONTH_PATTERN})(?: (?P<ry1>\d{{4}}))?"
    rf"(?: ?(?:[-–—/و]|{spelt('تا|الی')}) ?(?P<r2>{MONTH_PATTERN}))?[,،]? (?P<ry2>\d{{4}})"
)
VOLUME_PATTERN = spelt(r"(?:سال|دوره|جلد|السنه|المجلد) (\d{1,3}|" + "|".join(_ORDINALS) + r")(?!\w)")
NUMBERS_PATTERN = spelt(
    r"(?:شماره(?:~های?)?|العددان|العدد|الاعداد|عدد)~:?~(\d{1,5}(?:~(?:[,،&–-]|و)~\d{1,5})*)(?!\w)"
)
_DAY = spelt(
    r"(?:[^\W\d]+(?: [^\W\d]+)?[,،]?~)?\d{1,2} MONTH(?:~[/(]~MONTH~\)?)?[,،]?~\d{4}"
    r"(?: (?:م|ه~\.?~ش\.?|شمسی|میلادی))?"
).replace("MONTH", MONTH_PATTERN)
DATE_PATTERN = (
    rf"{_DAY}(?:{spelt(' الموافق(?: لـ?| ل)?~')}{_DAY})?|"
    r"[۱1][۳۴34][۰-۹0-9]{2}[/-][۰-۹0-9]{1,2}[/-][۰-۹0-9]{1,2}"
)
SOURCE_PATTERN = spelt(
    r"(?:به~قلم|نوشته(?:~ی)?|نویسنده|گزارش از|منبع|بقلم|المصدر|کتبه|کتبته|"
    r"الکاتب|نقلا عن)~:?~(?P<rname>\S.{0,59}(?<![.،,;:؛]))"
)
READ_MORE_PATTERN = spelt(
    r"ادامه(?:~ٔ|~ی)?(?: مطلب| خبر)?|متن کامل|بیشتر بخوانید|لینک(?: مطلب| خبر)?|(?:اقرا )?المزید|الرابط|للمزید"
)
_ON_PAGE = r"(?:صفحه|ص|الصفحه) ?\d{1,3}"
CONTINUED_ON_PATTERN = spelt(rf"(?:ادامه|دنباله)(?: مطلب)? در {_ON_PAGE}|(?:ال)?(?:تتمه|بقیه) (?:فی|علی) {_ON_PAGE}")
CONTINUED_FROM_PATTERN = spelt(rf"(?:ادامه|دنباله)(?: مطلب)? از {_ON_PAGE}|(?:ال)?(?:تتمه|بقیه) (?:من) {_ON_PAGE}")
PAGE_PATTERN = spelt(r"(?:صفحه|الصفحه|ص) ?\d{1,3}")
ADDRESS_BOX_PATTERN = spelt(r"(?:نشانی|آدرس|العنوان)(?: .{0,12})?~:?")
LARGE_TITLE_PATTERN = spelt(r".{0,40}(?:خبرنامه|ماهنامه|نشره).{0,60}")
ABOUT_BOX_END_PATTERN = spelt(r"(?:انجمن نجات|جمعیه نجا[تة])~[،,] .+")
ABOUT_BOX_PATTERN = spelt(r"درباره(?:~ی)? (?:ما|انجمن نجات)~:?|(?:عن|حول) جمعیه نجا[تة]~:?|من نحن~:?")
_PERSIAN = re.compile(spelt(r"[پچژگ]|\b(?:که|این|است|از|به|را|در)\b"))
_ARABIC = re.compile(spelt(r"ة|\b(?:ال|(?:فی|من|علی|عن)\b)"))


def edition_in_arabic_script(text: str, named: str) -> str:
    """Whether a text of Arabic letters is Persian (`fa`) or Arabic (`ar`); `named` if that is a third one."""
    if named not in ("fa", "ar") and named in EDITIONS and EDITIONS[named].direction == "rtl":
        return named
    return "fa" if len(_PERSIAN.findall(text)) > len(_ARABIC.findall(text)) else "ar"


def read_day(printed: str) -> str | None:
    """ISO date of what DATE_PATTERN matches."""
    bare = _MONTH_WORD.sub("", printed)
    for edition in ("fa", "ar"):
        if day := read_date(None, bare, edition).published:
            return day
    return None


def read_volume(printed: str) -> int | None:
    """The number that VOLUME_PATTERN has found, in digits or as an ordinal."""
    return int(printed) if printed.isdecimal() else _ORDINALS.get(fold_for_search(printed))


def first_and_last_day(period: re.Match[str]) -> tuple[str | None, str | None]:
    """Give the first and the last day of what PERIOD_PATTERN matches, in the calendar of its months."""
    last = period["r2"] or period["r1"]
    year = int(period["ry2"])
    end = next((day for number in (31, 30, 29, 28) if (day := read_day(f"{number} {last} {year}"))), None)
    begin = read_day(f"1 {period['r1']} {period['ry1'] or year}")
    if begin and end and begin > end and not period["ry1"]:
        begin = read_day(f"1 {period['r1']} {year - 1}")
    return (begin, end) if begin and end and begin <= end else (None, None)
