"""Albanian: the article at a noun's end, its cases and plurals."""

from __future__ import annotations

import re

from nejat_crawler.archive.word_forms.albanian_words import places_by_form, words_of
from nejat_crawler.archive.word_forms.dictionary import Lemmas

_SHORTEST = 3
_ENDING = re.compile("(?:itjet|eve|ave|ove|uve|es|et|en|em|at|as|it|in|is|ut|un|us|ve|te|se|ne|re|sh|e|a|i|u|o)$")
_SHORT_ENDING = re.compile("(?:[aei]|e[nst]|a[st]|i[nt]|[ae]ve)$")
_VOWEL = re.compile("[aeiouy]$")
_ARTICLES = frozenset(("", "a", "e", "i"))
_DOUBLE = re.compile("ll|rr")
_VERBS = (  # in oj and ej: what ends a person, and what the key of the verb ends in
    (
        re.compile(
            "(?<=...)(?:o(?:j|n|jne|jme|ni|va|ve|i|ja|je|nte|nim|nit|nin|hem|hesh|het|hemi|heni|hen|hej|hesha|heshin)|"
            "ua(?:m|t|n|r|ri|rit|rin|ra|rat|rve|ka|kan|kam))$"
        ),
        "oj-",
    ),
    (
        re.compile(
            "(?<=...)(?:e(?:j|n|jne|jme|ni|va|u|nte|nin|hem|het|hen|hej|heshin)|ye(?:m|t|n|r|ri|rit|rin|ra|rat|rve))$"
        ),
        "ej-",
    ),
)
_HER = re.compile("(?<=[aeou][rs])j(?:a|es|en)$")  # anëtarja, anëtare
_LOST_E = re.compile("e(?=[rlnmz]$)")  # letër, letra


def _stems(word: str) -> set[str]:
    """Return the stems of a folded word.

    A stem of three letters ends in `-`: it meets other words with an ending (nënë, nëna), not the bare word (male is
    no form of mal).
    """
    found = set()
    for start in range(max(_SHORTEST, len(word) - 5), len(word)):
        stem, is_short = word[:start], start == _SHORTEST
        if (_SHORT_ENDING if is_short else _ENDING).fullmatch(word, start) and not (is_short and _VOWEL.search(stem)):
            found.add(stem + "-" if is_short else stem)
    if len(word) > _SHORTEST + 1 and _LOST_E.search(word):
        found.add(_LOST_E.sub("", word))
    found.update(ending.sub(instead, word) for ending, instead in _VERBS if ending.search(word))
    if _HER.search(word):
        found.add(_HER.sub("", word))
    return found


def albanian_keys(word: str, lemmas: Lemmas) -> set[str]:
    """Return the keys of a folded word."""
    if place := places_by_form().get(word):
        return {place}
    known = lemmas.get(word, word)
    if word.startswith(known) and not _DOUBLE.sub("-", word).startswith(_DOUBLE.sub("-", known)):
        known = word  # ll and rr are letters of their own: mall, longing, is no form of mal, a mountain
    stems = {known, *_stems(word), *_stems(known)}
    if word.endswith("i") and lemmas.get(word) == word:
        stems.discard(word[:-1])  # parti, a party, has no article
    return words_of(word) | {stem for stem in stems if not _is_short_of_article(stem, word)}


def _is_short_of_article(stem: str, word: str) -> bool:
    """Whether only an article tells a folded word from its short stem: Guri, a name, is no form of gur, a stone."""
    return len(stem) <= _SHORTEST and stem[-1] not in "aeio" and word.removeprefix(stem) in _ARTICLES
