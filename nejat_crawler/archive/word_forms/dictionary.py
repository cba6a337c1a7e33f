"""Which word a dictionary form belongs to: simplemma's dictionaries, in the letters of the search index."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import count, islice

from nejat_crawler.folding import fold_for_search

_LINE = "\n"
_A_BATCH = 10_000

Lemmas = Mapping[str, str]
"""Dictionary words by form."""


class _Dictionary(Lemmas):
    """A dictionary in one piece of memory: the 260,000 entries of the Arabic one took 53 MB as a `dict`."""

    def __init__(self, entries: list[bytes]) -> None:
        """Take `form TAB rank TAB lemma` in order; the first of a form counts."""
        text = bytearray()
        self._starts = array("I", [0])
        known = b""
        for entry in entries:
            form, _, lemma = entry.split(b"\t")
            if form != known:
                known = form
                text += b"%b\t%b" % (form, lemma)
                self._starts.append(len(text))
        self._text = bytes(text)

    def __getitem__(self, form: str) -> str:
        key = form.encode() + b"\t"
        size = len(key)
        at = bisect_left(self._starts, key, hi=len(self), key=lambda start: self._text[start : start + size])
        line = self._text[self._starts[at] : self._starts[at + 1]] if at < len(self) else b""
        if not line.startswith(key):
            raise KeyError(form)
        return line[size:].decode()

    def __iter__(self) -> Iterator[str]:
        for start in self._starts[:-1]:
            yield self._text[start : self._text.index(b"\t", start)].decode()

    def __len__(self) -> int:
        return len(self._starts) - 1


@cache
def lemmas_by_form(language: str) -> Lemmas:
    """Folded dictionary words by folded form, for one of simplemma's languages; read once, in a second.

    Of forms that fold alike one that has another word comes first (أنهار of نهر, not انهار), then one that begins
    with it (vite of vit, not of vidë). In Persian, where endings make other words, one that is a word itself does:
    ماهی, a fish, is no form of ماه, a moon, nor کتاب one of کاتب.
    Names are left out: Hasani is no form of Hasan.
    """
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory  # 0.1 s

    listed = DefaultDictionaryFactory().get_dictionary(language)
    pairs = (pair for pair in listed.items() if not pair[1][:1].isupper())
    is_persian = language == "fa"
    places = count(len(listed), -1)  # of entries as good as each other, the last
    entries = []
    # Folded in some calls, not in 600,000: a tenth of the time; not in one, which takes 200 MB.
    while batch := list(islice(pairs, _A_BATCH)):
        forms, lemmas = (fold_for_search(_LINE.join(column)).split(_LINE) for column in zip(*batch, strict=True))
        for form, lemma, place in zip(forms, lemmas, places, strict=False):
            rank = 2 * ((form == lemma) != is_persian) + (not is_persian and not form.startswith(lemma))
            entries.append(f"{form}\t{rank}{place:07}\t{lemma}".encode())
    entries.sort()
    return _Dictionary(entries)


def with_lemmas(stems: set[str], lemmas: Lemmas) -> set[str]:
    """Return folded stems and the dictionary words that they are forms of."""
    return stems | {lemmas[stem] for stem in stems if stem in lemmas}
