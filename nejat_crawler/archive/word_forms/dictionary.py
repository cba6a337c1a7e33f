"""Which word a dictionary form belongs to: simplemma's dictionaries, in the letters of the search index."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from nejat_crawler.folding import fold_for_search

_LINE = "\n"

Lemmas = Mapping[str, str]
"""Dictionary words by form."""


@cache
def lemmas_by_form(language: str) -> Lemmas:
    """Folded dictionary words by folded form, for one of simplemma's languages; read once, in half a second.

    Of forms that fold alike one that has another word comes first (أنهار of نهر, not انهار), then one that begins
    with it (vite of vit, not of vidë). In Persian, where endings make other words, one that is a word itself does:
    ماهی, a fish, is no form of ماه, a moon, nor کتاب one of کاتب.
    Names are left out: Hasani is no form of Hasan.
    """
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory  # 0.1 s

    entries = DefaultDictionaryFactory().get_dictionary(language)
    words = [pair for pair in entries.items() if not pair[1][:1].isupper()]
    # Folded in two calls, not in 600,000: a tenth of the time.
    forms, lemmas = (fold_for_search(_LINE.join(column)).split(_LINE) for column in zip(*words, strict=True))
    found: dict[str, str] = {}
    ranks: dict[str, tuple[bool, bool]] = {}
    is_persian = language == "fa"
    for form, lemma in zip(forms, lemmas, strict=True):
        rank = (form == lemma) != is_persian, not is_persian and not form.startswith(lemma)
        if form not in ranks or rank <= ranks[form]:
            found[form], ranks[form] = lemma, rank
    return found


def with_lemmas(stems: set[str], lemmas: Lemmas) -> set[str]:
    """Return folded stems and the dictionary words that they are forms of."""
    return stems | {lemmas[stem] for stem in stems if stem in lemmas}
