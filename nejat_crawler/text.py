"""Text as it is kept (`clean`) and as it is searched (`fold_for_search`)."""

from __future__ import annotations

import re

from nejat_crawler.folding import search_forms

_SPACE = re.compile(r"[^\S\n]+")
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
    lines = "\n".join(_SPACE.sub(" ", line).strip() for line in text.splitlines())
    return _NEWLINES.sub("\n\n", lines).strip("\n")


_QUERY_PIECE = re.compile(r'"([^"]*)"?|([^\s"]+)')
_MOST_PIECES = 64  # words and phrases that a query is read for


def _clause(typed: str) -> str:
    """One word or phrase as FTS5 reads it; empty if there is nothing in it to look for."""
    forms = search_forms(typed)
    return "(" + " OR ".join(f'"{form}"' for form in forms) + ")" if forms else ""


def match_expression(query: str | None) -> str:
    """Return what is typed into a search box as an FTS5 expression over folded text.

    All words must be found; `"several words"` in quotation marks stand next to each other. Every other
    character is taken literally, so no input is a syntax error. Without a letter or digit it finds nothing.

    >>> match_expression('Çamëria "two words')
    '("cameria") AND ("two words")'
    """
    pieces = dict.fromkeys(phrase or word for phrase, word in _QUERY_PIECE.findall(query or ""))
    clauses = [clause for clause in map(_clause, list(pieces)[:_MOST_PIECES]) if clause]
    return " AND ".join(clauses) or '""'
