"""Text as the search index holds it: letters that are one to a reader are one to the index."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

VERSION = 1000 + int(unicodedata.unidata_version.partition(".")[0])
"""To be raised by 1,000 with every change of what `fold_for_search` and `compound_parts` return: indexes are then
made anew. What goes out of an index is folded again, and has to be what came in; a newer Unicode has more letters."""

_JOINER = "\u200c"  # zero-width non-joiner: ties the parts of a Persian word, typed or left out at will


_ZERO_WIDTH_SPACE = "\u200b"


# Word's optional hyphen (Ctrl and `-`), which converters of old texts leave as `¬`, and a space of no width: between
# two letters of the Arabic script they stand for the joiner, anywhere else they part.
_HALF_SPACES = f"¬{_ZERO_WIDTH_SPACE}"


_ARABIC = "\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff"
_ARABIC += "\ufe70-\ufefc"  # letters and their marks, no digits


_HALF_SPACE = re.compile(f"(?<=[{_ARABIC}])[{_HALF_SPACES}{_JOINER}]+(?=[{_ARABIC}])")


def _tied(text: str) -> str:
    """`text` with the joiner for whatever else ties two parts of a word."""
    return _HALF_SPACE.sub(_JOINER, text) if any(sign in text for sign in _HALF_SPACES) else text


# NFKD turns these presentation forms of a lone mark into a space and the mark, which would cut the word in two.
_LONE_MARKS = dict.fromkeys([*range(0xFC5E, 0xFC64), *range(0xFE70, 0xFE80)])


_BEFORE = {**_LONE_MARKS, ord(_ZERO_WIDTH_SPACE): " "}


# Letters that one keyboard types for another's, after NFKD has taken marks and presentation forms away.
_LETTERS = {
    "ك": "ک",
    "ڪ": "ک",
    "ي": "ی",
    "ى": "ی",
    "ې": "ی",
    "ۍ": "ی",
    "ے": "ی",
    "ة": "ه",
    "ہ": "ه",
    "ۃ": "ه",
    "ھ": "ه",
    "ە": "ه",
    "ٱ": "ا",
    "ـ": "",  # tatweel stretches a word and says nothing
    "ı": "i",
    "ł": "l",
    "đ": "d",
    "ø": "o",
    "æ": "ae",
    "œ": "oe",
    "ʻ": "'",  # romanised ayn and hamza, else part of the word: Masʿud is typed Mas'ud
    "ʼ": "'",
    "ʾ": "'",
    "ʿ": "'",
}


_DROPPED_CATEGORIES = frozenset({"Mn", "Cf"})  # marks; joiners, direction marks, soft hyphens


#: Letters that one character may become, where a text would grow by more than `_MOST_GROWTH`: U+FDFA is 18.
_FEW_LETTERS = 4


_MOST_GROWTH = 4


_MOST_REPLACED = 100  # letters; a text of Latin and Persian has some fifty that change


class _Folding(dict[int, str]):
    """What each character met so far folds to: a body has few different ones.

    By character, and not by text: NFKD sorts marks in a time that grows with the square of their number, and a letter
    with 320 kB of them takes 20 s; here marks are dropped, so that their order is of no matter.
    """

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code).translate(_BEFORE)).casefold()
        self[code] = folded = "".join(map(_fold_letter, unicodedata.normalize("NFKD", decomposed)))
        return folded


def _fold_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in _DROPPED_CATEGORIES:
        return ""
    return str(unicodedata.decimal(letter)) if category == "Nd" else _LETTERS.get(letter, letter)


_FOLDING = _Folding()


def fold_for_search(text: str | None) -> str:
    """Return the form in which words are indexed and looked up, the same for both.

    Case, diacritics, Persian and Arabic letter variants, presentation forms, digits and zero-width
    joiners do not tell two words apart; nothing else is changed.

    >>> fold_for_search("Çamëria ۱۴۰۲")
    'cameria 1402'
    """
    if not text:
        return ""
    if text.isascii():
        return text.lower()
    text = _tied(text)
    others = [(letter, plain) for letter in set(text) if (plain := _FOLDING[ord(letter)]) != letter]
    if any(len(plain) > _FEW_LETTERS for _, plain in others):  # a page of U+FDFA alone, a phrase in a character
        grown = len(text) + sum(text.count(letter) * (len(plain) - 1) for letter, plain in others)
        if grown > _MOST_GROWTH * len(text) + 1000:
            others = [(letter, plain if len(plain) <= _FEW_LETTERS else "") for letter, plain in others]
    if len(others) > _MOST_REPLACED:
        return text.translate({ord(letter): plain for letter, plain in others})
    # A third of the time of `translate`. One after the other is as good as all at once: what a letter becomes is
    # none of those that are replaced.
    for letter, plain in others:
        text = text.replace(letter, plain)
    return text


_MOST_PARTS = 6  # parts of one word whose combinations are indexed; Persian words have two or three


def _runs(parts: list[str]) -> list[str]:
    """`parts`, then what the neighbours among them are when written together, the whole word left out."""
    count = min(len(parts), _MOST_PARTS)
    lengths = range(2, count)
    return parts + ["".join(parts[at : at + length]) for length in lengths for at in range(count - length + 1)]


# Inside a word, after folding: don't is also typed dont, O’Brien also OBrien. SQLite cuts a word at each of them.
_APOSTROPHES = "'’‘`´′＇ʼʻʾʿ"


_APOSTROPHE = re.compile(f"(?<=[^\\W\\d_])[{_APOSTROPHES}](?=[^\\W\\d_])")


# Hamza inside a word stands on whichever letter the writer was taught: مسئول and مسؤول, هیئت and هیأت.
_HAMZA = re.compile("(?<=\\w)(?:[ئؤأ]|[يیوا]\u0654)")


# It is typed as alef or ye, too: هیات, هییت and هیئت, مساله, مسئله and مسأله; before waw as waw: مسوول and مسئول.
_AS_LETTERS = (
    (re.compile("(?<=\\w)(?:[ئأ]|[يیا]\u0654)"), "ای"),
    (re.compile("(?<=\\w)(?:[ئؤ]|[يیو]\u0654)(?=و)"), "یو"),
)


_ODD = re.compile(f"[{_JOINER}{_APOSTROPHES}ئؤأ\u0654]")


def _on_the_line(word: str) -> str:
    """`word` with hamza written without the letter that bears it."""
    return _HAMZA.sub("ء", word)


def _as_letters(word: str) -> list[str]:
    """`word` with the letters that are typed for a hamza in it, but for what folding makes of it anyhow."""
    forms = [hamza.sub(letter, word) for hamza, letters in _AS_LETTERS for letter in letters if hamza.search(word)]
    same = fold_for_search(word)
    return [form for form in dict.fromkeys(forms) if fold_for_search(form) != same]


def compound_parts(text: str | None) -> str:
    """Return the further forms under which words are to be found, folded.

    The index holds خانواده‌ها as one word (it is also typed خانوادهها), and its parts beside it, so that
    خانواده finds it too; of کتاب‌خانه‌ها also کتابخانه and خانهها. An apostrophe parts a word: the whole
    (dont of don't) stands here. So does a word with hamza, written without the letter that bears it, and with what
    is typed for it.
    """
    if not text:
        return ""
    text = _tied(text)
    # Not one expression for the whole word: on a "word" of five megabytes it would try each of its beginnings.
    odd = [word for word in text.split() if _ODD.search(word)] if _ODD.search(text) else []
    forms = ((_further_forms if len(word) < _LONG_WORD else _work_out_forms)(word) for word in odd)
    return fold_for_search(" ".join(filter(None, forms)))


def _work_out_forms(word: str) -> str:
    found = _runs([part for part in word.split(_JOINER) if part]) if _JOINER in word else []
    parts = dict.fromkeys((word, *found))
    if len(found) < 2:
        found = []
    if (joined := _APOSTROPHE.sub("", word)) != word:
        found.append(joined)
    for part in parts:
        if (bare := _on_the_line(part)) != part:
            found += [bare, *_as_letters(part)]
    return " ".join(found)


_LONG_WORD = 50  # characters
_further_forms = lru_cache(maxsize=20_000)(_work_out_forms)  # texts write the same compounds again and again


_NOT_QUOTABLE = str.maketrans({'"': " ", "\0": " "})  # folding makes '"' of '＂'; FTS5 stops reading at a NUL


_ALEF_OR_YE = re.compile(r"(?<=\w\w)(?:ئ|[یي]\u0654)(?=(?:ت|له)(?!\w))")


_EZAFE = re.compile(f"ه{_JOINER}[یي](?!\\w)")


_MARKED_EZAFE = re.compile("ۀ|ه\u0654")


def search_forms(typed: str) -> list[str]:
    """Return the folded forms under which the index may hold a word or phrase; empty without a letter or digit.

    >>> search_forms("don’t")
    ['don’t', 'dont']
    """
    typed = _tied(typed)
    forms = [typed]
    for variant in (
        typed.replace(_JOINER, " "),  # می‌رود is also typed می رود
        _APOSTROPHE.sub("", typed),
        _on_the_line(typed),
        _EZAFE.sub("ه", typed),  # خانه‌ی is also typed خانهٔ
        _MARKED_EZAFE.sub(f"ه{_JOINER}ی", typed),
        _ALEF_OR_YE.sub("ا", typed),  # هیئت is also written هیات, and مسئله مساله
    ):
        if variant not in forms:
            forms.append(variant)
    folded = dict.fromkeys(" ".join(fold_for_search(form).translate(_NOT_QUOTABLE).split()) for form in forms)
    return [form for form in folded if any(map(str.isalnum, form))]
