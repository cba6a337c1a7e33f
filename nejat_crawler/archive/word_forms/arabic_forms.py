"""Arabic: the article, what is written before a word as a letter, and pronouns and endings behind it."""

from __future__ import annotations

import re

from nejat_crawler.archive.word_forms.dictionary import Lemmas, with_lemmas
from nejat_crawler.archive.word_forms.names import is_another_name

_ARTICLE = re.compile("^[وف]?(?:[بک]?ال|لل)(?=...)")
_LETTER = re.compile("^(?:[وف][بلکس]?|[بلک])(?=...)")
_PRONOUN = "(?:هما|کما|هم|هن|کم|کن|ها|نا|ه|ک|ی)"
_BEHIND = (  # what is taken off, letters that must be left, what stands there instead
    (re.compile(f"ات{_PRONOUN}?$"), 3, "ه"),
    (re.compile(f"ات{_PRONOUN}?$"), 4, ""),
    (re.compile(f"ت(?:ی|{_PRONOUN}|ان|ین|ا)$"), 3, "ه"),
    (re.compile("(?:ون|ین|ان|وا)$"), 4, ""),
    (re.compile("(?<=ا)[یوء]?(?:هما|کما|هم|هن|کم|کن|ها|نا|ه|ک|ی)$"), 3, "ء"),  # أبناء, أبنائهم
    (re.compile("[یوا](?:هما|کما|هم|هن|کم|کن|ها|نا|ه|ک)$"), 4, ""),
    (re.compile("(?:هما|کما|هم|هن|کم|کن|ها|نا)$"), 3, ""),
    (re.compile("(?:یین|یون|یه|یات)$"), 4, "ی"),
    (re.compile("ه$"), 5, ""),
)
_HIS = re.compile("ه$")
_SHORTEST = 3


def _without_article(word: str) -> set[str]:
    """Return a folded word without the article and what stands before it."""
    return {word[match.end() :]} if (match := _ARTICLE.match(word)) else set()


def _without_letters(word: str) -> set[str]:
    """Return a folded word without a single letter before it: only for one that no dictionary has as it is (وزير)."""
    found = {word[match.end() :]} if (match := _LETTER.match(word)) else set()
    if word[:1] in "وف" and len(word) > _SHORTEST:
        found.add(word[1:])
    return found


def _without_endings(word: str) -> set[str]:
    """Return what is left of a folded word without its endings."""
    found = set()
    for ending, least, instead in _BEHIND:
        stem = ending.sub(instead, word)
        if stem != word and len(stem) >= least + len(instead):
            found.add(stem)
    return found


def _without_his(word: str) -> set[str]:
    """Return a folded word without its last ه: it may be a feminine ending, so not where a dictionary has it."""
    return {word[:-1]} if len(word) > _SHORTEST and _HIS.search(word) else set()


def arabic_keys(word: str, lemmas: Lemmas) -> set[str]:
    """Return the keys of a folded word."""
    bare_words = _without_article(word) or {word}
    if word not in lemmas:
        bare_words |= _without_letters(word)
    found = set(bare_words)
    for bare in bare_words:
        stems = _without_endings(bare)
        if lemmas.get(bare) != bare:
            stems |= _without_his(bare)
        found |= {key for key in with_lemmas({bare, *stems}, lemmas) if not is_another_name(bare, key)}
    return found
