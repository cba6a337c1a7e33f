"""When two texts say the same: neither white space nor what WordPress makes of quotes and dashes is an edit."""

from __future__ import annotations

import re

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
