"""What was found, highlighted in the text as it was published: the index holds folded words, readers want theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from nejat_crawler.archive.reading.full_text.search_terms import Term
from nejat_crawler.folding import fold_for_search

Piece = tuple[str, bool]
"""Some text, and whether it was looked for."""

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c-\u200f\u202a-\u202e\u00ad\ufeff"
_QUOTES = "'’‘ʼʻʾʿ`´"
_PARTS = "\u200c\u200b¬"  # a compound: the index holds its parts, too
_NOTHING = "\0"  # stands for what the index leaves out of a word where it may end all the same,
_WITHIN = "\1"  # and for what is left out and ends none: vowels, tatweel
_SKIPPED = "[\0\1]*+"  # taken at once: a line of tatweel would be tried at each of its signs
_SCRIPTS = ((0x41, 0x250), (0x600, 0x700), (0x750, 0x780), (0x1E00, 0x1F00), (0xFB00, 0xFE00), (0xFE70, 0xFF60))
_HAMZA = {"ا": "[اأئ]", "و": "[وؤئ]", "ی": "[یئأؤ]", "ء": "[ءأؤئ]"}  # several ways to index these: see folding
_COMMON = "يىكة\u200c’"  # replaced one after another in a tenth of the time
_LONGEST_FORM = 80
_WIDTH = 280  # characters of an excerpt
_BEFORE = 70  # of them before the first highlight
_MOST_HIGHLIGHTS = 400


@cache
def _foldings() -> tuple[dict[str, str], dict[str, str]]:
    """Characters by the one letter that the index has for them, and ligatures by their two: لا has ﻻ and others."""
    letters = dict.fromkeys(re.findall(f"[{_MARKS}]", "".join(map(chr, range(0x10000)))), _WITHIN)
    letters |= dict.fromkeys(_QUOTES + _PARTS, _NOTHING)
    ligatures: dict[str, str] = {}
    for start, end in _SCRIPTS:
        for character in map(chr, range(start, end)):
            folded = fold_for_search(character)
            if len(folded) == 1 and folded != character.lower() and character not in "أؤئ":
                letters.setdefault(character, folded)
            elif len(folded) == 2 and " " not in folded:
                ligatures[folded] = ligatures.get(folded, "") + character
    return letters, ligatures


@cache
def _folded() -> re.Pattern[str]:
    return re.compile("[" + "".join(map(re.escape, sorted(set(_foldings()[0]) - set(_COMMON)))) + "]")


def _fold_in_place(text: str) -> str:
    """`text` with each character as the index has it, at the same place as before."""
    letters, _ = _foldings()
    if not text.isascii():
        for character in _COMMON:
            text = text.replace(character, letters[character])
    return _folded().sub(lambda match: letters[match[0]], text).lower()


@lru_cache(maxsize=512)
def _form_pattern(form: str, is_open: bool) -> str:
    words = re.findall(r"[^\W_]+", form[:_LONGEST_FORM])
    # A row of gaps can be taken in one way only: tried at each of its signs, 20,000 joiners took 4 seconds.
    pattern = r"[\W_]++".join(map(_word_pattern, words))
    return pattern and pattern + (f"(?:{_WITHIN}|[^\\W_])*+" if is_open else f"{_WITHIN}*+")


def _word_pattern(word: str) -> str:
    _, ligatures = _foldings()
    pieces, at = [], 0
    while at < len(word):
        pair = word[at : at + 2]
        if pair in ligatures:
            pieces.append(f"(?:{_SKIPPED.join(map(_letter, pair))}|[{ligatures[pair]}])")
        else:
            pieces.append(_letter(word[at]))
        at += len(pair) if pair in ligatures else 1
    return _SKIPPED.join(pieces)


def _letter(letter: str) -> str:
    return _HAMZA.get(letter, re.escape(letter))


@lru_cache(maxsize=256)
def _pattern(terms: tuple[Term, ...]) -> re.Pattern[str]:
    forms = [(form, term.open, number) for number, term in enumerate(terms) for form in term.forms]
    forms.sort(key=lambda form: len(form[0]), reverse=True)
    others = [(form, False, number) for number, term in enumerate(terms) for form in term.others]
    forms += sorted(others, key=lambda form: len(form[0]), reverse=True)
    patterns = [(_form_pattern(form, is_open), number) for form, is_open, number in forms]
    groups = [f"{pattern}(?P<t{number}_{at}>)" for at, (pattern, number) in enumerate(patterns) if pattern]
    # Beginning with letters, it is tried at these letters only: a fifth of the time. The empty groups say which term.
    return re.compile(rf"(?:{'|'.join(groups)})(?!{_WITHIN}*+[^\W_])")


def _cut(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], start
    for first, last in spans:
        if first >= start and last <= end:
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
    return [piece for piece in [*pieces, (text[at:end], False)] if piece[0]]


def _find(text: str, terms: tuple[Term, ...]) -> Iterator[tuple[int, int, str]]:
    """Start, end and term of what `terms` look for in `text`."""
    if not terms:
        return
    folded, search = _fold_in_place(text), _pattern(terms).search
    at = count = 0
    while count < _MOST_HIGHLIGHTS and (match := search(folded, at)):
        start, end = match.span()
        before = start
        while before and folded[before - 1] == _WITHIN:
            before -= 1
        if before and folded[before - 1].isalnum():  # within a word
            at = start + 1
            continue
        at, count = end, count + 1
        yield start, end, (match.lastgroup or "").partition("_")[0]


def highlight(text: str, terms: Iterable[Term]) -> list[Piece]:
    """The whole of `text` in pieces, those that `terms` look for highlighted."""
    return _cut(text, 0, len(text), [(start, end) for start, end, _ in _find(text, tuple(terms))])


def excerpt(text: str, terms: Iterable[Term]) -> list[Piece]:
    """Some 280 characters of `text` where most of `terms` stand together; its opening where none does."""
    found = list(_find(text, tuple(terms)))
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
    within: Counter[str] = Counter()
    different = end = 0  # the passage holds found[at:end]
    for at, (start, _, term) in enumerate(found):
        end = max(end, at)  # one longer than a passage is in none
        while end < len(found) and found[end][1] <= start + _WIDTH - _BEFORE:
            different += not within[found[end][2]]
            within[found[end][2]] += 1
            end += 1
        if (different, end - at) > best_score:
            best, best_score = start, (different, end - at)
        if end > at:
            within[term] -= 1
            different -= not within[term]
    return best
