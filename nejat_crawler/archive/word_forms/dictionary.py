"""Which word a dictionary form belongs to: simplemma's dictionaries, in the letters of the search index."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from nejat_crawler.folding import fold_for_search

_LINE = "\n"

Lemmas = Mapping[str, tuple[str, ...]]
"""Dictionary words by form."""


@cache
def lemmas_by_form(language: str) -> Lemmas:
    """Folded dictionary words by folded form, for one of simplemma's languages; some 30 to 60 MB, read once.

    A form that is a dictionary word itself has itself alone: the dictionary also takes کتاب for a form of کاتب.
    Names are left out: Hasani is no form of Hasan.
    """
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory  # 0.1 s

    entries = DefaultDictionaryFactory().get_dictionary(language)
    words = [(form, lemma) for form, lemma in entries.items() if not lemma[:1].isupper()]
    # Folded in two calls, not in 600,000: a tenth of the time.
    forms = fold_for_search(_LINE.join(form for form, _ in words)).split(_LINE)
    lemmas = fold_for_search(_LINE.join(lemma for _, lemma in words)).split(_LINE)
    found: dict[str, tuple[str, ...]] = {}
    for form, lemma in zip(forms, lemmas, strict=True):
        known = found.get(form, ())
        if lemma not in known and form not in known:
            found[form] = (lemma,) if lemma == form else (*known, lemma)
    return found


def with_lemmas(stems: set[str], lemmas: Lemmas) -> set[str]:
    """Return folded stems and the dictionary words that they are forms of."""
    return stems | {lemma for stem in stems for lemma in lemmas.get(stem, ())}
