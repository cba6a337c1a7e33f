"""Chrome that no label tells: what a listing repeats below and above the date of each of its articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nejat_crawler.extraction.text_captures import printed_labels
from nejat_crawler.extraction.text_captures.text_lines import is_share_bar, shown_line

#: `October 28, 2023 0 Kommentare`: an end of an article only where chrome stands right below.
_COUNTED = re.compile(rf"(?P<published>{printed_labels.DATE}) (?P<comments>[0-9۰-۹٠-٩]{{1,6}}) [^\W\d]{{2,20}}")
_LONGEST = 80  # characters; longer lines are text
_MOST_LINES = 6
_SENTENCE_ENDS = tuple('.!?؟…:”"»')
_LEAST_ENTRIES = 3  # two articles may end with the same words


@dataclass(frozen=True, slots=True)
class Repeats:
    """Lines that repeat, from the date outwards: `below` begins with the share bar, whatever it is called."""

    below: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    bare: bool = False
    """Whether articles end with their date and comments, and no share bar."""


def date_line(line: str) -> re.Match[str] | None:
    """The date below an article, with its comments in the words of any language."""
    return printed_labels.DATE_LINE.fullmatch(line) or _COUNTED.fullmatch(line)


def learn(lines: Sequence[str]) -> Repeats:
    """Learn from the lines of a listing, folded, what it prints around the dates of all its articles."""
    shown = [line for line in lines if line]
    dated = [place for place, line in enumerate(shown) if date_line(line)]
    bars = Counter(shown[place + 1] for place in dated if place + 1 < len(shown) and _may_repeat(shown[place + 1]))
    known = [bar for bar in bars if is_share_bar(bar)]
    bar, count = next(((bar, bars[bar]) for bar in known), None) or max(
        bars.items(), key=lambda item: item[1], default=("", 0)
    )
    if count < 2 or (bar not in known and count < min(_LEAST_ENTRIES, len(dated))):
        counted = [
            match for line in shown if (match := printed_labels.DATE_LINE.fullmatch(line)) and match["comments"]
        ]
        return Repeats(bare=not known and len(counted) >= _LEAST_ENTRIES)
    ends = [place for place in dated if shown[place + 1 : place + 2] == [bar]]
    tails = [shown[place + 1 : place + 1 + _MOST_LINES] for place in ends]
    heads = [shown[max(place - _MOST_LINES, 0) : place][::-1] for place in ends]
    # Below the bar stands the next article's category, which may be the same for all: not below the last article.
    below = _common(tails) if len(ends) > 1 else (bar,)
    above = _common(heads) if len(ends) >= _LEAST_ENTRIES else ()
    is_text = next((place for place, line in enumerate(above) if line.endswith(_SENTENCE_ENDS)), len(above))
    above = above[:is_text]
    return Repeats(below, above)


def _common(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The lines that all of `rows` begin with."""
    same: list[str] = []
    for column in zip(*rows, strict=False):
        if len(set(column)) > 1 or not _may_repeat(column[0]):
            break
        same.append(column[0])
    return tuple(same)


def _may_repeat(line: str) -> bool:
    if (
        line in printed_labels.FOOT
        or printed_labels.MENU_LINE.fullmatch(line)
        or printed_labels.DATE_ALONE.search(line)
    ):
        return False
    return len(line) <= _LONGEST and not printed_labels.BYLINE.match(line)


def without_repeats(entry: Sequence[str], repeats: Repeats) -> list[str]:
    """The lines of an article that ends with its date, without what repeats above that."""
    kept = list(entry)
    for line in repeats.above:
        place = len(kept) - 2
        while place >= 0 and not shown_line(kept[place]):
            place -= 1
        if place < 0 or shown_line(kept[place]) != line:
            break
        del kept[place]
    return kept
