"""English: what a dictionary does not list because it is regular."""

from __future__ import annotations

import re

from nejat_crawler.archive.word_forms.dictionary import Lemmas, with_lemmas

_ENDINGS = (
    (re.compile("ies$"), "y"),
    (re.compile("ves$"), "fe"),
    (re.compile("ves$"), "f"),
    (re.compile("(?<=[sxz])es$|(?<=[cs]h)es$"), ""),
    (re.compile("(?<=[^su])s$"), ""),
)
_SHORTEST = 3
_DOUBLED = re.compile("([bdglmnprt])\\1$")
_COMPARED = re.compile("([bdgmnt])\\1er$")
_NO_VERB = frozenset({"evening", "morning", "during", "ceiling"})


def _singulars(word: str) -> set[str]:
    """Return the singular that a folded plural may have."""
    found = {ending.sub(instead, word) for ending, instead in _ENDINGS}
    return {stem for stem in found if stem != word and len(stem) >= _SHORTEST}


def _verbs(word: str) -> set[str]:
    """Return the verbs that a folded word in `ing` may come from: dictionaries list writing beside to write."""
    if not word.endswith("ing") or len(word) < _SHORTEST + 3 or word in _NO_VERB:
        return set()
    stem = word.removesuffix("ing")
    return {stem, stem + "e", _DOUBLED.sub(r"\1", stem)}


def english_keys(word: str, lemmas: Lemmas) -> set[str]:
    """Return the keys of a folded word."""
    stems = _singulars(word)
    listed = lemmas.get(word)
    if listed is None:
        return with_lemmas(stems, lemmas)
    if _COMPARED.search(word) and lemmas.get(f"{word[:-1]}st") == word[:-3]:
        return {word[:-3]}  # bigger, as biggest
    # wives is listed for the verb to wive alone; but news, a word of its own, is no plural of new
    further = _verbs(word) if listed == word else stems
    return {listed, *(stem for stem in further if lemmas.get(stem) == stem)}
