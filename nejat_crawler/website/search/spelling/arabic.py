"""Whether two words in Arabic letters may be spellings of one name."""

from __future__ import annotations

import re
from collections.abc import Container

from rapidfuzz.distance import OSA

# One letter for another, and و twice or once, ء or not, in names. Not ص or ث for س, nor غ for ق: منصوب and منسوب,
# سورية and ثورية, استقلال and استغلال are words.
_SAME_LETTERS = str.maketrans("طذ", "تز")
_ONCE = re.compile(r"(?<!^)وو|لله$|ء")
_FINAL_S = re.compile("ث$")  # کیومرث
_LEAST_SAME = 5  # letters: حیات and حیاط are words
_LEAST_ARABIC = 4
_LEAST_BARE = 3
_LEAST_WEAK = 6
_LEAST_ENDING = 8
_WEAK = str.maketrans("", "", "ای")


def _letters(word: str) -> str:
    """The letters of a folded word, without those that are written or not."""
    word = _ONCE.sub(lambda match: match[0][1:], word)  # داوود, عبدالله, علماء
    return _FINAL_S.sub("س", word.translate(_SAME_LETTERS)) if len(word) >= _LEAST_SAME else word


def arabic_keys(word: str) -> set[str]:
    """Under what a folded word is to be filed, so that words which may be alike meet under one key at least."""
    letters = _letters(word)
    if not letters:
        return set()
    found = {letters[:-1] + "ا" if letters[-1] in "یه" else letters}
    return found | {"*" + letters.translate(_WEAK)} if len(letters) >= _LEAST_WEAK else found


def arabic_alike(one: str, other: str, held: Container[str] = ()) -> bool:
    """Whether two folded words may be spellings of one name in an archive that holds the words `held`.

    >>> arabic_alike("طهماسب", "تهماسب"), arabic_alike("مرتضی", "مرتضا"), arabic_alike("کریمی", "کریما", {"کریم"})
    (True, True, False)
    """
    if {one, other} == {stem := one.removesuffix("ء"), f"{stem}ء"}:
        return len(stem) >= _LEAST_BARE and stem[-1] == "ا"  # ضیا, ضیاء; but جا and جاء, بد and بدء are words
    if min(len(one), len(other)) < _LEAST_ARABIC or (one[:-1] == other[:-1] and one[:-1] in held):
        return False
    shorter, longer = sorted((_letters(one), _letters(other)), key=len)
    if len(shorter) == len(longer):
        return shorter == longer or _end_alike(one, other) or _one_moved(shorter, longer)
    if len(shorter) < _LEAST_WEAK or len(longer) > len(shorter) + 1:
        return False
    places = [at for at, letter in enumerate(longer) if letter == "ا" and longer[:at] + longer[at + 1 :] == shorter]
    # اسماعیل, اسمعیل; جبرائیل, جبرئیل; عبدالرحمان, عبدالرحمن; but انتقال and انتقل, گذاشتند and گذشتند are words
    last = len(longer) - 2 if len(shorter) >= _LEAST_ENDING else 0
    within = [at for at in places if 0 < at < len(longer) - 1]
    return any(at == last or longer[at + 1] in "عه" or longer[at + 1 : at + 3] == "یی" for at in within)


def _end_alike(one: str, other: str) -> bool:
    """Whether nothing differs but an ending that is spoken alike: مرتضی, مرتضا; تیرانا, تیرانه."""
    if one[:-1] != other[:-1]:
        return False
    ends = {one[-1], other[-1]}
    # longer, it is another word: امریکا, امریکی
    return (ends == {"ا", "ی"} and len(one) < _LEAST_WEAK) or (ends == {"ا", "ه"} and len(one) >= _LEAST_SAME)


def _one_moved(one: str, other: str) -> bool:
    """Whether nothing differs but the place of a ی within: آمریکا, آمیرکا."""
    if len(one) < _LEAST_WEAK or (one[0], one[-1]) != (other[0], other[-1]):
        return False
    return OSA.distance(one, other) == 1 and one.replace("ی", "") == other.replace("ی", "")
