"""The table of contents of a newsletter: its rows, and which of them a headline belongs to.

A row and its headline differ by a few words (`letter of the chairman` stands for `Open letter of the
chairman to the mayor`), so they are compared by words, and matched in order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nejat_crawler.extraction.newsletters import wording
from nejat_crawler.extraction.newsletters.line_kinds import HEADLINE_LENGTH, classify
from nejat_crawler.text import clean_line

LABEL = re.compile(rf"(?:inside|in) this issue ?:?|(?:table of )?contents ?:?|{wording.LABEL_PATTERN}", re.IGNORECASE)
#: Likeness from which a headline may belong to a row.
ALIKE = 0.5
#: Likeness from which a line is a row's headline although nothing under it says so.
NEARLY_THE_SAME = 0.75
_MOST_ROWS = 100
_SMALL_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "its", "of", "on", "or", "s", "that", "the", "to"}
)


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A line of the table of contents; `page` is None where none is printed."""

    title: str
    page: int | None


def read_contents(raw: Sequence[str], start: int) -> tuple[list[ContentsRow], int]:
    """Read the rows from line `start` on; gives them, and the index of the first line behind them."""
    rows: list[ContentsRow] = []
    after, torn = start, ""
    for place in range(start, len(raw)):
        title, page = _split_page(raw[place])
        if page is not None:
            rows.append(ContentsRow(f"{torn} {title}".strip(), page))
            after, torn = place + 1, ""
        elif title:
            if rows and not torn and after == place and title[0].islower():
                rows[-1] = ContentsRow(f"{rows[-1].title} {title}", rows[-1].page)
                after = place + 1
                continue
            # A long title runs over two lines, and the page stands on the second.
            if torn or place + 1 == len(raw) or _split_page(raw[place + 1])[1] is None:
                break
            torn = title
        if len(rows) == _MOST_ROWS:
            break
    return (rows, after) if rows else _read_unnumbered(raw, start)


def _read_unnumbered(raw: Sequence[str], start: int) -> tuple[list[ContentsRow], int]:
    """Read rows without page numbers: the block under the label, or single lines down to the first story."""
    while start < len(raw) and not clean_line(raw[start]):
        start += 1
    is_block = start + 1 < len(raw) and bool(clean_line(raw[start + 1]))
    end = min(len(raw), start + 2 * _MOST_ROWS)
    rows: list[ContentsRow] = []
    last = start
    for place in range(start, end):
        title = clean_line(raw[place]).lstrip("•–- ")
        if not title and is_block:
            return rows, place
        if not title:
            continue
        if closeness(title, rows) > NEARLY_THE_SAME:
            return rows, place
        if classify(title) != "text" or len(title) > HEADLINE_LENGTH:
            # The last line above the first story's source is its headline.
            return (rows[:-1], last) if rows and not is_block else (rows, place)
        rows.append(ContentsRow(title, None))
        last = place
    return rows, end


def _split_page(line: str) -> tuple[str, int | None]:
    """Part `Title<tab>4` or `Title ..... 4`; a number behind a single space is the title's own."""
    printed = line.rstrip()
    title = re.sub(r"\d{1,4}$", "", printed)  # of any script
    digits = printed[len(title) :]
    if 0 < len(digits) <= 3 and title.endswith(("\t", "  ", "..", ". ", "…")) and title.strip(" .…\t"):
        return clean_line(title.rstrip(" .…\t")).lstrip("•–- "), int(digits)
    return clean_line(line).lstrip("•–- "), None


def likeness(one: str, other: str) -> float:
    """From 0 to 1: the share of words that two titles have in common; `and` and `of` do not count."""
    return _likeness(_words(one), _words(other))


def closeness(title: str, rows: Sequence[ContentsRow]) -> float:
    """Likeness of `title` to the row that is most like it."""
    return max((likeness(title, row.title) for row in rows), default=0.0)


def assign(titles: Sequence[str], rows: Sequence[ContentsRow]) -> list[int | None]:
    """Give each title the index of its row: the assignment in order whose titles are most alike.

    A title `""` is unknown: it takes the row that only it is left for.
    """
    printed = [_words(row.title) for row in rows]
    alike = [[_likeness(words, row) for row in printed] for words in map(_words, titles)]
    # best[at][number]: the sum that the titles from `at` on reach with the rows from `number` on.
    best = [[0.0] * (len(rows) + 1) for _ in range(len(titles) + 1)]
    for at in reversed(range(len(titles))):
        for number in reversed(range(len(rows))):
            matched = alike[at][number] + best[at + 1][number + 1] if alike[at][number] >= ALIKE else 0.0
            best[at][number] = max(matched, best[at + 1][number], best[at][number + 1])
    assigned: list[int | None] = []
    number = 0
    for at in range(len(titles)):
        while best[at][number] > best[at + 1][number] and best[at][number] == best[at][number + 1]:
            number += 1
        is_matched = best[at][number] > best[at + 1][number]
        assigned.append(number if is_matched else None)
        number += is_matched
    _fill_gaps(titles, assigned, len(rows))
    return assigned


def _fill_gaps(titles: Sequence[str], assigned: list[int | None], row_count: int) -> None:
    gap: list[int] = []
    next_row = 0
    for at, row in enumerate([*assigned, row_count]):
        if row is None:
            gap.append(at)
            continue
        free = range(next_row, row)
        # Behind the last match rows may be left over: the text may break off before their stories.
        if len(free) == len(gap) or (at == len(titles) and len(free) > len(gap)):
            for place, number in zip(gap, free, strict=False):
                assigned[place] = None if titles[place] else number
        gap, next_row = [], row + 1


def _words(title: str) -> frozenset[str]:
    words = frozenset(re.findall(r"\w+", title.lower()))
    return words - _SMALL_WORDS or words


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
