"""The characters of a page and where they stand -> its words, each with its characters as they are seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from nejat_crawler.extraction.newsletters.pdf.geometry import Word

#: Gaps within a word are narrower, in ems.
_WORD_GAP = 0.15
_ALEFS = frozenset("اأإآٱ")


class Character(NamedTuple):
    """A character, or the letters of a ligature; `place` is its number in the order of the file."""

    baseline: float
    origin: float
    left: float
    right: float
    place: int
    size: float
    bold: bool
    text: str


def _is_rtl(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def join_words(characters: list[Character]) -> Iterator[Word]:
    """Put the characters of a page together to words: those of one baseline that no space and no gap parts."""
    characters.sort(key=lambda character: -character.baseline)
    line: list[Character] = []
    for character in characters:
        if line and line[0].baseline - character.baseline > 0.2 * max(line[0].size, character.size):
            yield from _split(line)
            line = []
        line.append(character)
    yield from _split(line)


def _split(line: list[Character]) -> Iterator[Word]:
    # Marks and joiners stand at the place of their letter: there the order of the text decides, which runs
    # against the eye's in Persian and Arabic.
    back = -1 if any(_is_rtl(character.text) for character in line) else 1
    line.sort(key=lambda character: (round(character.left, 1), back * character.place))
    word: list[Character] = []
    for character in _with_ligatures(line):
        if word and (character.text.isspace() or _begins_word(word[-1], character)):
            yield _word(word)
            word = []
        if character.text.isspace():
            continue
        if word and _is_shadow(word[-1], character):
            continue
        word.append(character)
    if word:
        yield _word(word)


def _with_ligatures(line: list[Character]) -> list[Character]:
    """Put lam before alef, as they are read, where one glyph is both: files hold them in either order."""
    for place, (one, other) in enumerate(pairwise(line)):
        if one.text == "ل" and other.text in _ALEFS and abs(one.origin - other.origin) < 0.1:
            line[place], line[place + 1] = other, one
    return line


def _is_shadow(before: Character, character: Character) -> bool:
    """Whether a letter is drawn twice, a little aside; `ff` in one glyph is two letters."""
    if character.text != before.text or character.left - before.left >= 0.1 * character.size:
        return False
    return abs(character.place - before.place) > 1


def _begins_word(before: Character, character: Character) -> bool:
    size = max(before.size, character.size)
    return character.left - before.right > _WORD_GAP * size or min(before.size, character.size) < 0.6 * size


def _word(word: list[Character]) -> Word:
    # Several letters of one glyph come in reading order, and are turned as the rest of the line is.
    text = "".join(one.text[::-1] if _is_rtl(one.text) else one.text for one in word)
    left, right = min(one.left for one in word), max(one.right for one in word)
    left, right, y, size = (round(n, 2) for n in (left, right, word[0].baseline, max(one.size for one in word)))
    return Word(left, right, y, size, all(one.bold for one in word), text, min(one.place for one in word))
