"""The places in a text where forms of words stand: its letters are folded one by one, and keep their places."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from itertools import pairwise

from nejat_crawler.archive.reading.full_text.search_terms import Term
from nejat_crawler.folding import fold_for_search

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c-\u200f\u202a-\u202e\u00ad\ufeff"
_QUOTES = "'’‘ʼʻʾʿ`´"
_PARTS = "\u200c\u200b¬"  # a compound: the index holds its parts, too
_NOTHING = "\0"  # stands for what the index leaves out of a word where it may end all the same,
_WITHIN = "\1"  # and for what is left out and ends none: vowels, tatweel
_SKIPPED = "[\0\1]*+"  # taken at once: a line of tatweel would be tried at each of its signs
_SCRIPTS = ((0x41, 0x250), (0x600, 0x700), (0x750, 0x780), (0x1E00, 0x1F00), (0xFB00, 0xFE00), (0xFE70, 0xFF60))
_HAMZA = {"ا": "[اأئ]", "و": "[وؤئ]", "ی": "[یئأؤ]", "ء": "[ءأؤئ]"}  # several ways to index these: see folding
_BEARERS = "أؤئ"
_HAMZA_LETTERS, _HAMZA_LETTER = "أؤئاوء", "ی"  # each but the last for the last: alike to whom a hamza stands in
_ALIKE = str.maketrans(dict.fromkeys(_HAMZA_LETTERS, _HAMZA_LETTER))
_MARK = re.compile(f"[{_NOTHING}{_WITHIN}]")
_ENDING = re.compile(f"{_WITHIN}*+")
_FEW_PLACES = 30  # of a form in a text
_COMMON_IN_ASCII = "'`"
_COMMON = "يىكة\u200c’آإëç\u064b\u064e\u064f\u0650\u0651\u0652"  # replaced one after another in a tenth of the time
_LONGEST_FORM = 80
_Place = tuple[int, int, int, int]
"""Its start, the number of the form that stands there, its end, and the form's term."""
_Source = Callable[[int], _Place | None]
"""What returns the first place from a position on."""


@cache
def _foldings() -> tuple[dict[str, str], dict[str, str]]:
    """Characters by the one letter that the index has for them, and ligatures by their two: لا has ﻻ and others."""
    letters = dict.fromkeys(re.findall(f"[{_MARKS}]", "".join(map(chr, range(0x10000)))), _WITHIN)
    letters |= dict.fromkeys(_QUOTES + _PARTS, _NOTHING)
    ligatures: dict[str, str] = {}
    for start, end in _SCRIPTS:
        for character in map(chr, range(start, end)):
            folded = fold_for_search(character)
            if len(folded) == 1 and folded != character.lower() and character not in _BEARERS:
                letters.setdefault(character, folded)
            elif len(folded) == 2 and " " not in folded:
                ligatures[folded] = ligatures.get(folded, "") + character
    return letters, ligatures


@cache
def _ligatures() -> re.Pattern[str]:
    return re.compile("[" + "".join(map(re.escape, "".join(_foldings()[1].values()))) + "]")


@cache
def _folded() -> re.Pattern[str]:
    return re.compile("[" + "".join(map(re.escape, sorted(set(_foldings()[0]) - set(_COMMON)))) + "]")


def _fold_in_place(text: str) -> str:
    """`text` with each character as the index has it, at the same place as before."""
    letters, _ = _foldings()
    if text.isascii():
        for character in _COMMON_IN_ASCII:
            text = text.replace(character, letters[character])
        return text.lower()
    for character in _COMMON:
        text = text.replace(character, letters[character])
    return _folded().sub(lambda match: letters[match[0]], text).lower()


def _words(form: str) -> list[str]:
    return re.findall(r"[^\W_]+", form[:_LONGEST_FORM])


@lru_cache(maxsize=512)
def _form_pattern(form: str, is_open: bool) -> str:
    words = _words(form)
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


@lru_cache(maxsize=512)
def _expression(form: str, is_open: bool) -> re.Pattern[str]:
    return re.compile(rf"{_form_pattern(form, is_open)}(?!{_WITHIN}*+[^\W_])")


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of a word that is looked for."""

    form: str
    open: bool
    term: int
    word: str
    """The longest of its words, without which it stands nowhere."""
    alike: str
    """`word` with one letter for all those that hamza is written with."""
    compared: bool
    """Whether it is one whole word, so that it can be compared letter by letter."""
    ligatures: bool
    """Whether one sign may stand for two letters of it."""


@lru_cache(maxsize=256)
def _forms(terms: tuple[Term, ...]) -> list[_Form]:
    """What is looked for, in the order of what is taken where several begin at one place."""
    forms = [(form, term.open, number) for number, term in enumerate(terms) for form in term.forms]
    forms.sort(key=lambda form: len(form[0]), reverse=True)
    others = [(form, False, number) for number, term in enumerate(terms) for form in term.others]
    forms += sorted(others, key=lambda form: len(form[0]), reverse=True)
    _, ligatures = _foldings()
    found = []
    for form, is_open, number in forms:
        if words := _words(form):
            word = max(words, key=len)
            compared = len(words) == 1 and not is_open
            may_be_ligated = any(one + other in ligatures for one, other in pairwise(word))
            found.append(_Form(form, is_open, number, word, word.translate(_ALIKE), compared, may_be_ligated))
    return found


class _Text:
    """A text in which forms of words are looked for: most of the hundred of a verb do not stand in it."""

    def __init__(self, text: str) -> None:
        self._folded = _fold_in_place(text)
        self._bare = self._folded.replace(_NOTHING, "").replace(_WITHIN, "")
        self._has_hamza = any(letter in self._bare for letter in _BEARERS)
        self._alike = self._bare
        if self._has_hamza:
            for letter in _HAMZA_LETTERS:
                self._alike = self._alike.replace(letter, _HAMZA_LETTER)

    def sources(self, forms: list[_Form]) -> Iterator[_Source]:
        """What finds the places of forms: of those that stand here a few times, by comparing letters; else by search.

        Both find the same, but to compile the expression of a form takes half a millisecond.
        """
        alike, has_hamza = self._alike, self._has_hamza
        compared: list[_Place] = []
        for number, form in enumerate(forms):
            word = form.alike if has_hamza else form.word
            ligated = form.ligatures and self._has_ligatures
            if word not in alike and not ligated:
                continue
            if form.compared and not ligated and alike.count(word) <= _FEW_PLACES:
                compared += [(start, number, end, form.term) for start, end in self._compare(form.word, word)]
            else:
                yield partial(self._search, _expression(form.form, form.open), number, form.term)
        if compared:
            compared.sort()
            yield partial(_next_of, iter(compared))

    @cached_property
    def _has_ligatures(self) -> bool:
        return not self._bare.isascii() and bool(_ligatures().search(self._bare))

    @cached_property
    def _shifts(self) -> list[int]:
        """For each mark that `_bare` lacks, how many characters of that stand before it."""
        if len(self._bare) == len(self._folded):
            return []
        return [match.start() - number for number, match in enumerate(_MARK.finditer(self._folded))]

    def _search(self, expression: re.Pattern[str], number: int, term: int, at: int) -> _Place | None:
        while match := expression.search(self._folded, at):
            if self._begins(match.start()):
                return match.start(), number, match.end(), term
            at = match.start() + 1
        return None

    def _compare(self, word: str, alike: str) -> Iterator[tuple[int, int]]:
        folded, shifts, further = self._folded, self._shifts, len(word) - 1
        at = self._alike.find(alike)
        while at >= 0:
            end = at + further + bisect_right(shifts, at + further) + 1
            if folded.startswith(_WITHIN, end):
                end = _ENDING.match(folded, end).end()  # type: ignore[union-attr]  # it matches nothing, too
            if not folded[end : end + 1].isalnum():
                start = at + bisect_right(shifts, at)
                if self._begins(start) and self._are_same(word, at):
                    yield start, end
            at = self._alike.find(alike, at + 1)

    def _begins(self, start: int) -> bool:
        """Whether no letter stands before `start`."""
        while start and self._folded[start - 1] == _WITHIN:
            start -= 1
        return not start or not self._folded[start - 1].isalnum()

    def _are_same(self, word: str, at: int) -> bool:
        written = self._bare[at : at + len(word)]
        return word == written or all(
            one == other or other in _HAMZA.get(one, "") for one, other in zip(word, written, strict=True)
        )


def _next_of(places: Iterator[_Place], at: int) -> _Place | None:
    return next((place for place in places if place[0] >= at), None)


def find_places(text: str, terms: tuple[Term, ...]) -> Iterator[tuple[int, int, int]]:
    """Start, end and number of the term of what `terms` look for in `text`, the first first; none within another."""
    if not terms:
        return
    nearest = [(place, source) for source in _Text(text).sources(_forms(terms)) if (place := source(0))]
    while nearest:
        (start, _, end, term), _ = min(nearest) if len(nearest) > 1 else nearest[0]
        yield start, end, term
        nearest = [
            (following, source)
            for place, source in nearest
            if (following := place if place[0] >= end else source(end))
        ]
