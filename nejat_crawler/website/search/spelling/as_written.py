"""Folded words as the texts of an edition write them: with half-spaces and hamza, in the edition's own letters."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from nejat_crawler.archive.reading.full_text.matches import texts_with
from nejat_crawler.editions import EDITIONS
from nejat_crawler.folding import fold_for_search

_SAMPLED = 3  # documents that are looked into for a word
_FEW = 12  # words; of more, one document is looked into for each
_MOST_KNOWN = 20_000  # words of an edition that are kept
_JOINER = "\u200c"
_TOKEN = re.compile(r"[^\W_]+(?:[\u200b-\u200d\u0300-\u036f\u064b-\u065f\u0670\u00ad¬'’ʼ]+[^\W_]+)*[\u064b-\u065f]*")
_HALF_SPACE = re.compile("[¬\u200b]+|(?<=ه)(?=ها)")  # خانوادهها is written so in haste alone
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640\u00ad]")  # vowels and tatweel, which few texts write
_LETTERS = {
    "fa": dict(zip("كيىې", "کییی", strict=True)),
    "ar": dict(zip("کیھہ", "كيهه", strict=True)),
}

Written = dict[str, dict[str, str]]
"""By edition, words as they are written by folded words."""


def as_written(connection: sqlite3.Connection, known: Written, words: Sequence[str], edition: str = "") -> list[str]:
    """Folded words or phrases as texts of an edition write them, or as any do; `known` is filled on the way.

    A word that texts write with nothing but capitals beside it stays small, as it is typed.
    """
    sampled = _SAMPLED if len(words) <= _FEW else 1
    return [" ".join(_written(connection, known, part, edition, sampled) for part in word.split()) for word in words]


def _written(connection: sqlite3.Connection, known: Written, word: str, edition: str, sampled: int) -> str:
    language = EDITIONS[edition].language if edition in EDITIONS else ""
    if language == "en" or not word.isalnum():
        return word
    words = known.setdefault(edition, {})
    if word not in words:
        if len(words) > _MOST_KNOWN:
            words.clear()
        for of, *texts in texts_with(connection, word, sampled, edition):
            letters = _LETTERS.get(language or EDITIONS[of].language if of in EDITIONS else "", {})
            _keep(words, texts, letters)
        words.setdefault(word, _in_letters(word, _LETTERS.get(language, {})))
    found = words[word]
    return word if found.lower() == word else found


def _in_letters(text: str, letters: dict[str, str]) -> str:
    for letter, own in letters.items():  # one after another: `translate` takes a hundred times as long
        text = text.replace(letter, own)
    return text


def _keep(words: dict[str, str], texts: Sequence[str], letters: dict[str, str]) -> None:
    """Keep how the words of some texts are written, and each of their parts: with half-spaces rather than without.

    A word to a line, so that all are folded at once.
    """
    lines = _in_letters("\n".join(dict.fromkeys(_TOKEN.findall("\n".join(texts)))), letters)
    lines = _HALF_SPACE.sub(_JOINER, _MARKS.sub("", lines))
    parts = [token for token in lines.split("\n") if not token.isascii()]
    parts += [part for token in parts if _JOINER in token for part in token.split(_JOINER)]
    for folded, part in zip(fold_for_search("\n".join(parts)).split("\n"), parts, strict=bool(parts)):
        if folded not in words or (_JOINER in part and _JOINER not in words[folded]):
            words[folded] = part
