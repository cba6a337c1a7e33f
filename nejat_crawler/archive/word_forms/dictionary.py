"""Which word a dictionary form belongs to: simplemma's dictionaries, in the letters of the search index."""

from __future__ import annotations

import hashlib
import sys
from array import array
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from itertools import count, islice
from pathlib import Path
from tempfile import NamedTemporaryFile

from platformdirs import user_cache_path

from nejat_crawler import folding
from nejat_crawler.archive.word_forms import persian_verbs
from nejat_crawler.folding import fold_for_search

_LINE = "\n"
_A_BATCH = 10_000
_A_BLOCK = 64  # entries: such a piece is looked through by C
_END = _LINE.encode()
_BEHIND_ALL = b"\xff"  # no letter begins so in UTF-8

Lemmas = Mapping[str, str]
"""Dictionary words by form."""


class _Dictionary(Lemmas):
    """A dictionary in one piece of memory: the 260,000 entries of the Arabic one took 53 MB as a `dict`."""

    def __init__(self, starts: array[int], text: bytes) -> None:
        """`text` is lines `form TAB lemma`, in order, before, between and behind them a line end.

        `starts` is where the line end before each block of them stands, and that behind the last.
        """
        self._starts = starts
        self._text = text
        self._blocks = [text[start : text.index(_END, start + 1)] for start in starts[:-1]]
        """The first entry of each block."""

    def __getitem__(self, form: str) -> str:
        key = b"\n%b\t" % form.encode()
        block = bisect(self._blocks, key + _BEHIND_ALL)
        at = self._text.find(key, self._starts[block - 1], self._starts[block]) if block else -1
        if at < 0:
            raise KeyError(form)
        at += len(key)
        return self._text[at : self._text.index(_END, at)].decode()

    def __iter__(self) -> Iterator[str]:
        return (line.partition(b"\t")[0].decode() for line in self._text.split(_END)[1:-1])

    def __len__(self) -> int:
        return self._text.count(_END) - 1


_in_use: dict[str, Lemmas] = {}


def lemmas_by_form(language: str) -> Lemmas:
    """Folded dictionary words by folded form, for one of simplemma's languages.

    Made in a second, and kept in the user's folder of caches for the processes that come.
    Of forms that fold alike one that has another word comes first (أنهار of نهر, not انهار), then one that begins
    with it (vite of vit, not of vidë). In Persian, where endings make other words, one that is a word itself does:
    ماهی, a fish, is no form of ماه, a moon, nor کتاب one of کاتب.
    Names are left out: Hasani is no form of Hasan.
    """
    if language not in _in_use:
        _in_use[language] = _kept_or_made(language)
    return _in_use[language]


def _kept_or_made(language: str) -> _Dictionary:
    path = _path(language)
    with suppress(OSError, ValueError):
        return _read_kept(path)
    starts, text = _put_together(_entries(language))
    with suppress(OSError):  # no home, no room: it is made again the next time
        _keep(path, [len(starts).to_bytes(8, sys.byteorder), starts.tobytes(), text])
    return _Dictionary(starts, text)


def lemmas_at_hand(language: str) -> Lemmas:
    """The same where it is in use or kept (some ms to read), else nothing: a reader does not wait for it."""
    return lemmas_by_form(language) if language in _in_use or _path(language).is_file() else {}


def _path(language: str) -> Path:
    return user_cache_path("nejat-crawler") / "word-forms" / f"{language}-{_made_by()}"


@cache
def _made_by() -> str:
    """Other for another version of simplemma, other rules and other letters of the index, and on other machines."""
    made_by = hashlib.sha256(f"{version('simplemma')} {sys.byteorder}".encode())
    for path in (__file__, persian_verbs.__file__, folding.__file__):
        made_by.update(Path(path).read_bytes())
    return made_by.hexdigest()[:16]


def _read_kept(path: Path) -> _Dictionary:
    """A dictionary that was kept; raises ValueError where the file is not whole, OSError where there is none."""
    kept = path.read_bytes()
    starts = array("I")
    end = 8 + starts.itemsize * int.from_bytes(kept[:8], sys.byteorder)
    starts.frombytes(kept[8:end])
    if not starts or starts[-1] + 1 != len(kept) - end:
        raise ValueError
    return _Dictionary(starts, kept[end:])


def _keep(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file that other processes see when it is whole; those of other versions go."""
    if not path.is_absolute():  # `~/.cache`, as it stands, for a user that the machine does not know
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            file.writelines(pieces)
            file.flush()
            Path(file.name).replace(path)
        except OSError:
            Path(file.name).unlink()
            raise
    for other in path.parent.glob(f"{path.name.split('-')[0]}-*"):
        if other != path:
            other.unlink(missing_ok=True)


def _put_together(entries: Iterable[bytes]) -> tuple[array[int], bytes]:
    """From `form TAB rank TAB lemma` in order, of which the first of a form counts."""
    starts, text = array("I"), bytearray(_END)
    known, count = b"", 0
    for entry in entries:
        form, _, lemma = entry.split(b"\t")
        if form != known:
            known = form
            if count % _A_BLOCK == 0:
                starts.append(len(text) - 1)
            count += 1
            text += b"%b\t%b\n" % (form, lemma)
    starts.append(len(text) - 1)
    return starts, bytes(text)


def _entries(language: str) -> list[bytes]:
    """`form TAB rank TAB lemma` of a whole dictionary, in order."""
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
            if is_persian:
                lemma = persian_verbs.word_of(form, lemma)
            rank = 2 * ((form == lemma) != is_persian) + (not is_persian and not form.startswith(lemma))
            entries.append(f"{form}\t{rank}{place:07}\t{lemma}".encode())
    entries.sort()
    return entries


def with_lemmas(stems: set[str], lemmas: Lemmas) -> set[str]:
    """Return folded stems and the dictionary words that they are forms of."""
    return stems | {word for word in map(lemmas.get, stems) if word is not None}
