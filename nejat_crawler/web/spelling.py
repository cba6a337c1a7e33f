"""How a name sounds: one key for the spellings that transliteration and keyboards give it."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

# In this order. What stays of the Latin letters is consonants, and three sorts of vowels: A, I, U.
_LATIN = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"tch|tsch|ch", "C"),
        (r"dj|dzh|zh|gj|xh", "j"),
        (r"sch|sh", "S"),
        (r"qu(?=[aei])|k[uw](?=[aei])", "kv"),
        (r"kh|x", "K"),
        (r"gh|q", "G"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"c", "k"),
        (r"w", "v"),
        (r"(?<=[aeo])h$", ""),
        (r"ou|oo|u|o", "U"),
        (r"[ae][iy](?![aeiou])|ee|ie|ij|iy|[iy]", "I"),
        (r"[ae]+", "A"),
        (r"(.)\1+", r"\1"),
    )
)
_ARABIC = str.maketrans("صثذط", "سسزت")  # the same in a Persian's mouth
_LEAST_LETTERS = {True: 4, False: 5}  # of a Latin word, of another: short words sound like many

# Nearer still: hushed or not, k for q; and a syllable that begins as the next one does, often swallowed.
_BLURRED = str.maketrans("SKGz", "skks")
_SWALLOWED = re.compile(r"([^AIU])[AIU]\1")
_LEAST_BLURRED = 6


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """The key of a folded word: the same for spellings that sound alike.

    >>> sound("heyrani") == sound("heirani")
    True
    """
    if not word.isascii():
        return word.translate(_ARABIC)
    for pattern, key in _LATIN:
        word = pattern.sub(key, word)
    return word


def blurred(key: str) -> str:
    """A coarser key, shared by more spellings, for words long enough to bear it; else empty."""
    key = _SWALLOWED.sub(r"\1", key.translate(_BLURRED))
    return "".join(letter for letter in key if letter not in "AIU") if len(key) >= _LEAST_BLURRED else ""


def alike(one: str, other: str) -> bool:
    """Whether two folded words may be spellings of one name: the same key, or one vowel inside it apart.

    >>> alike("sullari", "sulollari"), alike("hassan", "hassani")
    (True, False)
    """
    if one.isascii() != other.isascii() or min(len(one), len(other)) < _LEAST_LETTERS[one.isascii()]:
        return False
    keys = sound(one), sound(other)
    if keys[0] == keys[1]:
        return True
    if not one.isascii() or not blurred(keys[0]) or blurred(keys[0]) != blurred(keys[1]):
        return False
    short = [_SWALLOWED.sub(r"\1", key.translate(_BLURRED)) for key in keys]
    if (short[0][0], short[0][-1]) != (short[1][0], short[1][-1]):
        return False  # an ending makes another name: Hassan, Hassani
    return Levenshtein.distance(*short, score_cutoff=1) <= 1
