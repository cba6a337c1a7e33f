"""Two designs of the Persian edition: the archives of 2025-26, and the timeline of telex messages.

Both show excerpts. The day on top of an archive is the day of the visit: only a date that stands with an
entry's title is the entry's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from nejat_crawler.dates.month_names import JALALI_MONTHS
from nejat_crawler.extraction.text_captures import printed_labels
from nejat_crawler.extraction.text_captures.excerpts.excerpt_lines import is_foot
from nejat_crawler.extraction.text_captures.home_listing import TITLE_LIMIT
from nejat_crawler.extraction.text_captures.layout import TextCut
from nejat_crawler.extraction.text_captures.records import write_record
from nejat_crawler.extraction.text_captures.text_lines import shown_line
from nejat_crawler.folding import fold_for_search

_NUMBER = "[0-9۰-۹]"
_JALALI_DATE = re.compile(rf"{_NUMBER}{{1,2}} (?P<month>[^\W\d]+) {_NUMBER}{{4}}")
_TODAY = re.compile(
    rf"[^\W\d]+(?:[\s\u200c][^\W\d]+)? ?[,،] ?{_NUMBER}{{1,2}} (?P<month>[^\W\d]+) ?[,،]? ?{_NUMBER}{{4}}"
)
_MONTH_HEADER = re.compile(rf"(?P<month>[^\W\d]+) ?- ?(?P<year>{_NUMBER}{{4}}) ?-?")
_DAY_HEADER = re.compile(rf"(?P<day>{_NUMBER}{{1,2}}) (?P<month>[^\W\d]+)")
_CUT_EXCERPT = re.compile(r"\[(?:…|\.\.\.)\]$")
_LEAST_EXCERPT = 40  # characters; an entry of the timeline whose excerpt is shorter is not told from its title


def _shown(lines: list[str]) -> list[str]:
    return [line for raw in lines if (line := shown_line(raw))]


def _is_month(word: str) -> bool:
    return fold_for_search(word) in JALALI_MONTHS


def _date_with(above: list[str], title: str) -> str | None:
    """The date that stands with `title` in the lines above its second printing, `""` if it stands there alone."""
    joined = " ".join(above)
    if joined == title:
        return ""
    if joined.startswith(title):
        rest = joined[len(title) :]
    elif joined.endswith(title):
        rest = joined[: -len(title)]
    else:
        return None
    rest = rest.strip(" -–|،,")
    match = _JALALI_DATE.fullmatch(rest)
    return rest if match and _is_month(match["month"]) else None


def cut_archive(lines: list[str]) -> TextCut | None:
    """The archives of 2025-26: each entry's title with its date, the title again, an excerpt ending `[…]`."""
    shown = _shown(lines)
    found: list[tuple[int, int, str]] = []  # where an entry begins, where its title stands again, its date
    end = 0
    for place, title in enumerate(shown):
        if len(title) > TITLE_LIMIT or place == end:
            continue
        for above in (1, 2):
            begin = place - above
            date = _date_with(shown[begin:place], title) if begin >= end else None
            if date:
                found.append((begin, place, date))
                end = place + 1
                break
    dated_page = bool(shown) and _is_today(shown[0])
    if not found or (len(found) < 2 and not dated_page):
        return None
    entries: list[str] = []
    unsure: list[str] = []
    cut_off = None
    for number, (_, place, date) in enumerate(found):
        following = found[number + 1][0] if number + 1 < len(found) else len(shown)
        text = shown[place + 1 : following]
        if number + 1 == len(found) and place + len(text) + 1 == len(shown) and len(text) < 2:
            cut_off = "\n".join([shown[place], *text])  # nothing says that the excerpt is whole
            break
        excerpt, left = _excerpt_of(text, is_last=number + 1 == len(found))
        entries.append(write_record(excerpt, title=shown[place], published=date))
        unsure += ["\n".join(left)] if left else []
    return TextCut(tuple(entries), cut_off, tuple(unsure))


def _excerpt_of(text: list[str], *, is_last: bool) -> tuple[list[str], list[str]]:
    """The excerpt below an entry's title, and what is left above the next entry and the foot of the page.

    A short text stands whole, without `[…]`: then nothing but the alt texts of placeholder pictures stands below it.
    """
    above = list(takewhile(lambda line: not is_foot(line) and not _JALALI_DATE.fullmatch(line), text))
    above = [line for line in above if line.casefold() != "blank"]
    if above and _CUT_EXCERPT.search(above[0]):
        return above[:1], above[1:]
    # Below the last entry a short line may be of the foot.
    least = _LEAST_EXCERPT if is_last else 1
    if len(above) == 1 and len(above[0]) >= least and not _JALALI_DATE.search(above[0]):
        return above, []
    return [], above


def _is_today(line: str) -> bool:
    match = _TODAY.fullmatch(line)
    return match is not None and _is_month(match["month"])


def cut_telex(lines: list[str]) -> TextCut | None:
    """The timeline: under a month and a day, of each message its category with an alt text, title and excerpt."""
    shown = _shown(lines)
    entries: list[str] = []
    unsure: list[str] = []
    cut_off = None
    groups = list(_days(shown))
    for day, group, is_last in groups:
        chunks = _messages(group)
        if is_last and chunks:
            cut_off = "\n".join(chunks.pop())  # nothing says that its excerpt is whole
        for chunk in chunks:
            if _is_message(chunk):
                entries.append(write_record(chunk[2:], title=chunk[1], published=day))
            else:
                unsure.append("\n".join(chunk))
    return TextCut(tuple(entries), cut_off, tuple(unsure)) if groups else None


def _days(shown: list[str]) -> Iterator[tuple[str, list[str], bool]]:
    """Each day with its lines, and whether the capture ends with them; the month's header gives the year."""
    month = year = ""
    for place, line in enumerate(shown):
        if (header := _MONTH_HEADER.fullmatch(line)) and _is_month(header["month"]):
            month, year = header["month"], header["year"]
        elif day := _day_of(line, month):
            begin = place + 1
            end = next((at for at in range(begin, len(shown)) if _ends_day(shown[at], month)), len(shown))
            if end > begin:
                yield f"{day} {month} {year}", shown[begin:end], end == len(shown)


def _day_of(line: str, month: str) -> str | None:
    """The day in a day's header of that month."""
    dated = _DAY_HEADER.fullmatch(line)
    return dated["day"] if dated and fold_for_search(dated["month"]) == fold_for_search(month) else None


def _ends_day(line: str, month: str) -> bool:
    if (
        line in printed_labels.FOOT
        or printed_labels.MENU_LINE.fullmatch(line)
        or printed_labels.PAGER.fullmatch(line)
        or line.startswith("©")
    ):
        return True
    header = _MONTH_HEADER.fullmatch(line)
    return bool(header and _is_month(header["month"])) or _day_of(line, month) is not None


def _messages(group: list[str]) -> list[list[str]]:
    """The lines of one day, parted into messages: by the ellipses that end excerpts, else by threes."""
    marks = printed_labels.ELLIPSIS
    ends = [at for at, line in enumerate(group, start=1) if len(line) >= _LEAST_EXCERPT and marks.fullmatch(line)]
    if not ends or (len(group) % 3 == 0 and ends[-1] < len(group)):
        ends = [*range(3, len(group), 3)] if len(group) % 3 == 0 else []
    starts = [0, *(end for end in ends if end < len(group))]
    return [group[begin:end] for begin, end in zip(starts, [*starts[1:], len(group)], strict=True)]


def _is_message(chunk: list[str]) -> bool:
    if len(chunk) != 3:
        return False
    _, title, excerpt = chunk
    return len(title) <= TITLE_LIMIT and len(excerpt) >= _LEAST_EXCERPT and len(excerpt) > len(title)
