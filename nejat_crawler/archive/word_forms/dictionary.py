"""Which word a dictionary form belongs to: simplemma's dictionaries, in the letters of the search index."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import islice

from nejat_crawler.folding import fold_for_search

_LINE = "\n"
_A_BATCH = 10_000

Lemmas = Mapping[str, str]
"""Dictionary words by form."""


@cache
def lemmas_by_form(language: str) -> Lemmas:
    """Folded dictionary words by folded form, for one of simplemma's languages; read once, in half a second.

    A form that is a dictionary word itself has itself: the dictionary also takes کتاب for a form of کاتب.
    Names are left out: Hasani is no form of Hasan.
    """
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory  # 0.1 s

    entries = DefaultDictionaryFactory().get_dictionary(language)
    pairs = (pair for pair in entries.items() if not pair[1][:1].isupper())
    found: dict[str, str] = {}
    one_of_each: dict[str, str] = {}
    # Folded in some calls, not in 600,000: a tenth of the time; not in one, which takes 200 MB for Arabic.
    while batch := list(islice(pairs, _A_BATCH)):
        forms, lemmas = (fold_for_search(_LINE.join(column)).split(_LINE) for column in zip(*batch, strict=True))
        for form, lemma in zip(forms, lemmas, strict=True):
            if form == lemma or found.get(form) != form:
                found[form] = one_of_each.setdefault(lemma, lemma)
    return found


def with_lemmas(stems: set[str], lemmas: Lemmas) -> set[str]:
    """Return folded stems and the dictionary words that they are forms of."""
    return stems | {lemmas[stem] for stem in stems if stem in lemmas}
