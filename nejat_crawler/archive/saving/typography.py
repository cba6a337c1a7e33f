"""When two texts say the same: neither white space nor what WordPress makes of quotes and dashes is an edit."""

from __future__ import annotations

import re

from nejat_crawler.archive.saving.outcomes import Row
from nejat_crawler.folding import fold_for_search
from nejat_crawler.items import Article

# `wptexturize` turns the typed marks into printed ones, by the language: „…“, «…»; another theme, an AMP page or the
# REST interface may leave them as they were typed.
_MARKS = str.maketrans(
    {
        **dict.fromkeys("’‘‚‛′", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("–—―‐‑−", "-"),
        "…": "...",
    }
)
_PAIRED = re.compile(r"''|``")
_DASHES = re.compile(r"--+")
_TIMES = re.compile(r"(?<=\d)×")
# How excerpts end: ` …`, `...`, `[…]`.
_ENDING = re.compile(r"\s*(?:\[\s*)?(?:…|\.{3})(?:\s*\])?\s*$")


def same_text(one: str | None, other: str | None) -> bool:
    """Whether two texts are the same but for white space, and for how an excerpt marks that more follows."""
    texts = [" ".join((text or "").split()) for text in (one, other)]
    return texts[0] == texts[1] or _ENDING.sub("…", texts[0]) == _ENDING.sub("…", texts[1])


def fold_typography(text: str | None) -> str:
    """`text` with white space folded, and printed marks as they are typed.

    >>> fold_typography("5×3 — the “hut” …")
    '5x3 - the "hut" ...'
    """
    folded = " ".join((text or "").split()).translate(_MARKS)
    return _TIMES.sub("x", _DASHES.sub("-", _PAIRED.sub('"', folded)))


def same_words(one: str | None, other: str | None) -> bool:
    """Whether two texts are the same but for typography."""
    return same_text(one, other) or fold_typography(one) == fold_typography(other)


def same_letters(one: str | None, other: str | None) -> bool:
    """Whether two texts are the same to a search: the REST interface has in ASCII what pages print in Persian digits.

    >>> same_letters("سال ۱۴۰۲", "سال 1402")
    True
    """
    return " ".join(fold_for_search(one).split()) == " ".join(fold_for_search(other).split())


def without_ending(text: str | None) -> tuple[str, bool]:
    """`text`, folded, without the mark at its end by which excerpts say that more follows; whether it bears one.

    >>> without_ending("They went down […]")
    ('They went down', True)
    """
    folded = fold_typography(text)
    cut = _ENDING.sub("", folded)
    return cut, cut != folded


def is_cut_from(text: str | None, whole: str | None) -> bool:
    """Whether `text` ends where excerpts end, and is a beginning of `whole`, or the same with another such ending."""
    if not _ENDING.search(fold_typography((text or "").rstrip()[-20:])):
        return False  # seen by the end alone: few texts need to be folded as a whole
    beginning = without_ending(text)[0]
    return without_ending(whole)[0].startswith(beginning) and not same_words(text, whole)


def is_beginning(excerpt: str | None, longer: str | None) -> bool:
    """Whether an excerpt says nothing, or the beginning of what a longer one says; None says nothing either.

    >>> is_beginning("They went …", "They went down […]"), is_beginning("They went up …", "They went down […]")
    (True, False)
    """
    beginning, whole = without_ending(excerpt)[0], without_ending(longer)[0]
    return len(beginning) < len(whole) and whole.startswith(beginning)


#: An excerpt that somebody has written for it has more of its words in common with the text.
_FEW_IN_COMMON = 0.3
_WORD = re.compile(r"\w+")


def shows_other_text(row: Row, article: Article) -> bool:
    """Whether a capture of the site says something else than is archived; layouts, themes and excerpts do not."""
    if article.status != "live" or row["status"] == "unseen":
        return False
    if article.title and not _alike(article.title, row["title"]):
        return True
    text, archived = article.body or article.excerpt, row["body"] or row["excerpt"]
    if not text or not archived or _alike(text, archived):
        return False
    if article.body and (article.own_page or 2 * len(text) > len(archived)):
        return True
    words = {*_WORD.findall(text)}
    return len(words & {*_WORD.findall(archived)}) < _FEW_IN_COMMON * len(words)


def _alike(one: str, other: str) -> bool:
    if same_words(one, other) or is_cut_from(one, other) or is_cut_from(other, one):
        return True
    beginning, whole = sorted((without_ending(text)[0] for text in (one, other)), key=len)
    return bool(beginning) and whole.startswith(beginning)
