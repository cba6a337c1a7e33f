"""What was found, marked in the text as it was published: the index holds folded words, readers want theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from nejat_crawler.text import fold_for_search
from nejat_crawler.web.query import Term

Piece = tuple[str, bool]
"""Some text, and whether it was looked for."""

_INVISIBLE = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c-\u200f\u202a-\u202e\u00ad\ufeff"
_BETWEEN = f"[{_INVISIBLE}'’‘ʼʻʾʿ`´]*"
_SCRIPTS = ((0x41, 0x250), (0x600, 0x700), (0x750, 0x780), (0x1E00, 0x1F00), (0xFB00, 0xFE00), (0xFE70, 0xFF60))
_LONGEST_FORM = 80
_WIDTH = 280  # characters of an excerpt
_BEFORE = 70  # of them before the first mark
_MOST_MARKS = 400


@cache
def _unfolded() -> dict[str, set[str]]:
    """What folds to a letter, or to two: `c` of C, ç, Ć and so on, `لا` of ﻻ."""
    found: dict[str, set[str]] = {}
    for start, end in _SCRIPTS:
        for character in map(chr, range(start, end)):
            folded = fold_for_search(character)
            if 0 < len(folded) < 3 and " " not in folded:
                found.setdefault(folded, set()).add(character)
    found.setdefault("ء", set()).update("ئؤأ")  # as search_forms writes hamza
    return found


@lru_cache(maxsize=512)
def _form_pattern(form: str, is_open: bool) -> str:
    unfolded = _unfolded()
    pattern, at = "", 0
    form = form[:_LONGEST_FORM]
    while at < len(form):
        letter = form[at]
        if not letter.isalnum():
            pattern += r"[\W_]+" if pattern and at + 1 < len(form) else ""
            while at < len(form) and not form[at].isalnum():
                at += 1
            continue
        pattern += _class(unfolded.get(letter, set()) | {letter, letter.upper()[:1]}) + _BETWEEN
        at += 1
    for pair, ligatures in unfolded.items():
        if len(pair) == 2 and pair in form:
            apart = "".join(
                _class(unfolded.get(letter, set()) | {letter, letter.upper()[:1]}) + _BETWEEN for letter in pair
            )
            pattern = pattern.replace(apart, f"(?:{apart}|{_class(ligatures)}{_BETWEEN})")
    return pattern + (r"[^\W_]*" if is_open else "")


def _class(letters: Iterable[str]) -> str:
    return "[" + "".join(map(re.escape, sorted(letters))) + "]"


@lru_cache(maxsize=256)
def _pattern(terms: tuple[Term, ...]) -> re.Pattern[str]:
    groups = []
    for number, term in enumerate(terms):
        forms = (_form_pattern(form, term.open) for form in sorted(term.forms, key=len, reverse=True))
        groups.append(f"(?P<t{number}>" + "|".join(filter(None, forms)) + ")")
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(groups)})(?![^\W_])")


def _cut(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], start
    for first, last in spans:
        if first >= start and last <= end:
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
    return [piece for piece in [*pieces, (text[at:end], False)] if piece[0]]


def mark(text: str, terms: Iterable[Term]) -> list[Piece]:
    """The whole of `text` in pieces, those that `terms` look for marked."""
    wanted = tuple(terms)
    spans = [match.span() for match in _pattern(wanted).finditer(text)] if wanted else []
    return _cut(text, 0, len(text), spans)


def excerpt(text: str, terms: Iterable[Term]) -> list[Piece]:
    """Some 280 characters of `text` where most of `terms` stand together; its opening where none does."""
    wanted = tuple(terms)
    found: list[tuple[int, int, str]] = []
    for match in _pattern(wanted).finditer(text) if wanted else ():
        found.append((*match.span(), match.lastgroup or ""))
        if len(found) == _MOST_MARKS:
            break
    start = max(0, _densest(found) - _BEFORE) if found else 0
    end = min(len(text), start + _WIDTH)
    if start:
        start = (text.find(" ", start, start + _BEFORE) + 1) or start
    if end < len(text):
        end = max(text.rfind(" ", start + _WIDTH // 2, end), 0) or end
    pieces = _cut(text, start, end, [(first, last) for first, last, _ in found])
    if start:
        pieces.insert(0, ("… ", False))
    if end < len(text):
        pieces.append((" …", False))
    return pieces


def _densest(found: list[tuple[int, int, str]]) -> int:
    """Where the passage starts that holds most different terms, and of those most of them."""
    best, best_score = found[0][0], (0, 0)
    for at, (start, _, _) in enumerate(found):
        within = [name for first, last, name in found[at : at + 40] if last <= start + _WIDTH - _BEFORE]
        score = (len(set(within)), len(within))
        if score > best_score:
            best, best_score = start, score
    return best
