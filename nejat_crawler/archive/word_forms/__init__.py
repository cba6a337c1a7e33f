"""Forms of one word: plural, case, article, prefix, person.

Two words are forms of each other where they share a key. A key is a dictionary word, or what rules leave of a form
that no dictionary lists; all are in the letters of the search index.
"""

from __future__ import annotations

from nejat_crawler.archive.word_forms.albanian_forms import albanian_keys
from nejat_crawler.archive.word_forms.albanian_words import places_by_form
from nejat_crawler.archive.word_forms.arabic_forms import arabic_keys
from nejat_crawler.archive.word_forms.dictionary import Lemmas
from nejat_crawler.archive.word_forms.english_forms import english_keys, is_of_people
from nejat_crawler.archive.word_forms.names import is_another_name
from nejat_crawler.archive.word_forms.persian_forms import persian_keys

_KEYS = {"en": english_keys, "fa": persian_keys, "ar": arabic_keys, "sq": albanian_keys}

LANGUAGES = tuple(_KEYS)
"""The languages whose forms are known: an edition in another one is searched as typed, which its search page says."""

_LONGEST = 40


def keys(word: str, language: str, lemmas: Lemmas) -> set[str]:
    """Return the keys of a folded word in one of LANGUAGES, the word itself among them; `lemmas` as far as known."""
    if not 2 <= len(word) <= _LONGEST or not word.isalpha():
        return {word}
    return {word, *(key for key in _KEYS[language](word, lemmas) if not is_another_name(word, key))}


def has_forms_as_name(word: str, language: str) -> bool:
    """Whether a folded word has forms though it is written with a capital: Iranians, Shqipërisë; no persons."""
    return is_of_people(word) if language == "en" else word in places_by_form()
