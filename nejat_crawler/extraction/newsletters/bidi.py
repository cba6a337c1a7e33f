"""Characters in the order in which they are seen -> the order in which they are read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby

_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("«", "»"))
_POINTS = ".,:;!?،؛؟"
_RTL = frozenset({"R", "AL"})
_NUMBERS = frozenset({"EN", "AN"})


def is_rtl(text: str) -> bool:
    """Whether most letters of `text` run from right to left."""
    classes = [unicodedata.bidirectional(character) for character in text]
    return sum(name in _RTL for name in classes) > sum(name == "L" for name in classes)


def shows_shapes(words: Iterable[str]) -> bool:
    """Whether words, as they are seen, have brackets by their looks: `)` at the right end, where they open."""
    votes = 0
    for word in words:
        bare = word.strip(_POINTS)
        if len(bare) > 1 and any(unicodedata.bidirectional(letter) in _RTL for letter in bare):
            ends = [(bare[-1], opening, closing) for opening, closing in _PAIRS]
            ends += [(bare[0], closing, opening) for opening, closing in _PAIRS]
            votes += sum((mark == turned) - (mark == meant) for mark, meant, turned in ends)
    return votes > 0


def to_reading_order(seen: str, *, rtl: bool, shapes: bool = False) -> str:
    """Turn a line as it is seen from left to right into the line as it is read; `rtl` is the page's way.

    `shapes` says that brackets stand in it by their looks, which decides where a single one of a pair does not.

    >>> to_reading_order("CBA", rtl=True)
    'CBA'
    >>> to_reading_order("12 ב א", rtl=True)
    'א ב 12'
    """
    classes = [unicodedata.bidirectional(character) for character in seen]
    if not _RTL & set(classes):
        return seen
    directions = _directions(classes, rtl=rtl)
    if rtl:
        _set_first_number(seen, classes, directions)
    directed = zip(seen, directions, strict=True)
    runs = [(is_back, "".join(pair[0] for pair in run)) for is_back, run in groupby(directed, lambda pair: pair[1])]
    ordered = [run[::-1] if is_back else run for is_back, run in runs]
    return _set_brackets("".join(reversed(ordered) if rtl else ordered), shapes=shapes)


def _directions(classes: list[str], *, rtl: bool) -> list[bool]:
    """Say of each character whether it runs from right to left; what is neutral goes with its neighbours."""
    strong = [
        (place, "back" if name in (*_RTL, "NSM", "BN") else "number" if name in _NUMBERS else "on")
        for place, name in enumerate(classes)
        if name in (*_RTL, *_NUMBERS, "L", "NSM", "BN")
    ]
    directions = [rtl] * len(classes)
    before, kind_before = -1, ""
    for place, own in strong:
        kind = "on" if own == "number" and kind_before == "on" else own  # `ABC 12` is one run
        directions[place] = kind == "back"
        between = classes[before + 1 : place]
        if kind == kind_before == "back":
            inner = True
        elif "back" in (kind, kind_before) or not kind_before:
            inner = rtl
        elif kind == kind_before == "number":
            # `2023/10/28` and `3.5` are one number; `19, 20` and `19-20` are two, and behind a Persian or Arabic
            # letter the second stands to the left of the first (UAX 9, W2 and W4).
            inner = rtl and bool(between) and between != ["CS"]
        else:
            inner = False
        directions[before + 1 : place] = [inner] * len(between)
        before, kind_before = place, kind
    return directions


_FIRST_NUMBER = re.compile(r"\d{1,20}(?:[+-]\d{1,20})*[%٪]?\s*\Z")


def _set_first_number(seen: str, classes: list[str], directions: list[bool]) -> None:
    """Set how the number runs that a line begins with: whether a letter stands before it, another line knows.

    Without one, `19-20` and `50%` run from left to right, as in English (UAX 9, W4 and W5); a range counts up.
    """
    begin = max((place for place, name in enumerate(classes) if name in (*_RTL, "L")), default=-1) + 1
    match = _FIRST_NUMBER.search(seen, begin)
    if match and "AN" not in classes[match.start() :]:
        values = [int(value) for value in re.findall(r"\d+", match[0])]
        if len(values) != 2 or values[0] < values[1]:
            number = match[0].rstrip()
            directions[match.start() : match.start() + len(number)] = [False] * len(number)


def _set_brackets(line: str, *, shapes: bool) -> str:
    """Turn brackets the way they are read: a font may hold them as they look, `)` for the one that opens.

    The other half of a single one may stand in another line.
    """
    for opening, closing in _PAIRS:
        count = line.count(opening) + line.count(closing)
        if count and count % 2 == 0:
            parts = line.replace(closing, opening).split(opening)
            line = "".join(part + mark for part, mark in zip(parts, [opening, closing] * (count // 2), strict=False))
            line += parts[-1]
        elif count and shapes:
            line = line.translate({ord(opening): closing, ord(closing): opening})
    return line
