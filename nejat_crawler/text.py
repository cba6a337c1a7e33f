"""Text as it is kept (`clean`) and as it is searched (`fold_for_search`)."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"[^\S\n]+")
_NEWLINES = re.compile(r"\n{3,}")


def clean_line(text: str) -> str:
    r"""Return `text` with runs of white space folded to one space; every other character as published.

    >>> clean_line("  a\u00a0 b\n")
    'a b'
    """
    return " ".join(text.split())


def clean(text: str) -> str:
    r"""Return `text` with each line folded and blank lines between paragraphs reduced to one.

    >>> clean("a  b \n\n\n\nc")
    'a b\n\nc'
    """
    lines = "\n".join(_SPACE.sub(" ", line).strip() for line in text.splitlines())
    return _NEWLINES.sub("\n\n", lines).strip("\n")


_JOINER = "\u200c"  # zero-width non-joiner: ties the parts of a Persian word, typed or left out at will
_ZERO_WIDTH_SPACE = "\u200b"

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


class _Folding(dict[int, str]):
    """What each character met so far folds to: a body has few different ones."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        if category in _DROPPED_CATEGORIES:
            folded = ""
        elif category == "Nd":
            folded = str(unicodedata.decimal(character))
        else:
            folded = _LETTERS.get(character, character)
        self[code] = folded
        return folded


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
    text = unicodedata.normalize("NFKD", text.translate(_BEFORE)).casefold()
    return unicodedata.normalize("NFKD", text).translate(_FOLDING)


_MOST_PARTS = 6  # parts of one word whose combinations are indexed; Persian words have two or three


def _runs(parts: list[str]) -> list[str]:
    """`parts`, then what the neighbours among them are when written together, the whole word left out."""
    count = min(len(parts), _MOST_PARTS)
    lengths = range(2, count)
    return parts + ["".join(parts[at : at + length]) for length in lengths for at in range(count - length + 1)]


def compound_parts(text: str | None) -> str:
    """Return the parts of words that a zero-width non-joiner ties together, folded.

    The index holds خانواده‌ها as one word (it is also typed خانوادهها), and its parts
    beside it, so that خانواده finds it too; of کتاب‌خانه‌ها also کتابخانه and خانهها.
    """
    if not text or _JOINER not in text:
        return ""
    words = (word.split(_JOINER) for word in text.split() if _JOINER in word)
    parts = (_runs([part for part in word if part]) for word in words)
    return fold_for_search(" ".join(run for runs in parts if len(runs) > 1 for run in runs))


_QUERY_PIECE = re.compile(r'"([^"]*)"?|([^\s"]+)')
_MOST_PIECES = 64  # words and phrases that a query is read for
_NOT_QUOTABLE = str.maketrans({'"': " ", "\0": " "})  # folding makes '"' of '＂'; FTS5 stops reading at a NUL


def _clause(typed: str) -> str:
    """One word or phrase as FTS5 reads it; empty if there is nothing in it to look for."""
    forms = [typed, typed.replace(_JOINER, " ")]  # می‌رود is also typed می رود
    folded = dict.fromkeys(" ".join(fold_for_search(form).translate(_NOT_QUOTABLE).split()) for form in forms)
    usable = [form for form in folded if any(map(str.isalnum, form))]
    return "(" + " OR ".join(f'"{form}"' for form in usable) + ")" if usable else ""


def match_expression(query: str | None) -> str:
    """Return what is typed into a search box as an FTS5 expression over folded text.

    All words must be found; `"several words"` in quotation marks stand next to each other. Every other
    character is taken literally, so no input is a syntax error. Without a letter or digit it finds nothing.

    >>> match_expression('Çamëria "two words')
    '("cameria") AND ("two words")'
    """
    pieces = dict.fromkeys(phrase or word for phrase, word in _QUERY_PIECE.findall(query or ""))
    clauses = [clause for clause in map(_clause, list(pieces)[:_MOST_PIECES]) if clause]
    return " AND ".join(clauses) or '""'
