"""Text as it is kept: characters as published, white space folded."""

from __future__ import annotations

import re

_NEWLINES = re.compile(r"\n{3,}")


def clean_line(text: str) -> str:
    r"""Return `text` with runs of white space folded to one space; every other character as published.

    >>> clean_line("  a\u00a0 b\n")
    'a b'
    """
    return " ".join(text.split())


def clean(text: str) -> str:
    r"""Return `text` with each line folded and blank lines between paragraphs reduced to one.

    >>> clean("a  b \n\n\n\nc")
    'a b\n\nc'
    """
    folded = "\n".join([" ".join(line.split()) for line in text.splitlines()])
    if "\n\n\n" in folded:  # a search for as many as there are tries each character
        folded = _NEWLINES.sub("\n\n", folded)
    return folded.strip("\n")
