"""The query language: what is typed, read as an expression of the full-text index; nothing typed is an error.

The search page with its JSON, CSV, feed and MCP tool, the tables' search box and `nejat export --query` all read it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from nejat_crawler.folding import search_forms

OtherForms = Callable[[str], Sequence[str]]
"""From a word as typed to folded words."""
MOST_TYPED = 1000
"""Characters that are read."""
_MOST_TERMS = 48
_DEEPEST = 12
_COLUMNS = {"title": "{title}", "body": "{body compound_parts}"}
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_PIECE = re.compile(
    r"""(?P<minus>(?<!\S)-(?=[^\s-]))
      | (?:(?P<column>title|body)\s*:\s*(?=[^\s)]))
      | "(?P<phrase>[^"]*)(?:"(?P<open>\*)?)?
      | (?P<sign>[()])
      | (?P<word>[^\s"()]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase to be found, by any of its folded `forms`; `open` at its end for `*`."""

    typed: str
    forms: tuple[str, ...]
    open: bool = False
    others: tuple[str, ...] = ()
    """Folded words of the archive that are other forms of it: plural, case, article, person."""
    column: str = ""
    """The only column in which it is to be found."""
    span: tuple[int, int] = field(default=(0, 0), compare=False)
    """Where it stands in what was typed, with its quotation marks."""

    @property
    def expression(self) -> str:
        """As FTS5 reads it."""
        star = " *" if self.open else ""
        return (
            "(" + " OR ".join([*(f'"{form}"{star}' for form in self.forms), *map('"{}"'.format, self.others)]) + ")"
        )


@dataclass(slots=True)
class Query:
    """A read query: `expression` is empty if there is nothing to look for, and `problem` says why."""

    typed: str
    expression: str = ""
    terms: list[Term] = field(default_factory=list)
    """What must be found, for marking it: nothing that is to be left out."""
    problem: str = ""


@dataclass(slots=True)
class _Found:
    """A part of the expression, with the terms that it looks for."""

    expression: str
    terms: list[Term]
    negated: bool = False


class _Reader:
    """Reads `OR` over `AND` (or nothing) over `NOT`, in brackets; what fits nowhere is passed over."""

    def __init__(self, typed: str, other_forms: OtherForms) -> None:
        self._other_forms = other_forms
        self._left_out = 0  # depth of what is not to be found: -mother leaves no mothers out
        self._pieces = [
            (match.lastgroup or "", match[0], match)
            for match in _PIECE.finditer(typed.translate(_QUOTES).replace("\0", " "))
        ]
        self._at = 0
        self._terms = 0

    def read(self) -> _Found | None:
        parts = []
        while self._at < len(self._pieces):
            if found := self._alternatives(0):
                parts.append(found)
            self._at += 1  # a bracket that closes nothing
        return _all_of(parts)

    def _next(self) -> str:
        return self._pieces[self._at][1] if self._at < len(self._pieces) else ""

    def _alternatives(self, depth: int) -> _Found | None:
        found = []
        while True:
            if part := self._together(depth):
                found.append(part)
            if self._next() != "OR":
                break
            self._at += 1
        wanted = [part for part in found if not part.negated]
        if len(wanted) < 2:
            return wanted[0] if wanted else (found[0] if found else None)
        expression = "(" + " OR ".join(part.expression for part in wanted) + ")"
        return _Found(expression, list(chain.from_iterable(part.terms for part in wanted)))

    def _together(self, depth: int) -> _Found | None:
        parts = []
        while self._next() not in {"", ")", "OR"}:
            if part := self._one(depth):
                parts.append(part)
        return _all_of(parts)

    def _one(self, depth: int) -> _Found | None:
        kind, piece, match = self._pieces[self._at]
        self._at += 1
        if piece == "AND":
            return None
        if kind == "minus" or piece == "NOT":
            self._left_out += 1
            found = self._operand(depth)
            self._left_out -= 1
            return found and _Found(found.expression, found.terms, negated=not found.negated)
        if kind == "column":
            found = self._operand(depth)
            if not found or found.negated:
                return found
            column = _COLUMNS[match["column"].lower()]
            terms = [replace(term, column=column) for term in found.terms]
            return _Found(f"({column} : {found.expression})", terms)
        if piece == "(":
            if depth >= _DEEPEST:
                return None
            found = self._alternatives(depth + 1)
            if self._next() == ")":
                self._at += 1
            return found
        return self._term(match) if piece != ")" else None

    def _operand(self, depth: int) -> _Found | None:
        fits = depth < _DEEPEST and self._next() not in {"", ")", "OR", "AND"}
        return self._one(depth + 1) if fits else None

    def _term(self, match: re.Match[str]) -> _Found | None:
        typed = match["phrase"] if match["phrase"] is not None else match["word"]
        is_open = bool(match["open"]) or (match["word"] is not None and typed.endswith("*"))
        forms = tuple(search_forms(typed))
        self._terms += 1
        if not forms or self._terms > _MOST_TERMS:
            return None
        is_word = match["word"] is not None and not is_open and not self._left_out
        others = tuple(form for form in self._other_forms(typed) if form not in forms) if is_word else ()
        term = Term(typed.rstrip("*"), forms, is_open, others, span=match.span())
        return _Found(term.expression, [term])


def _all_of(parts: list[_Found]) -> _Found | None:
    """`parts` together: those wanted, without those not wanted, each once."""
    parts = list({(part.expression, part.negated): part for part in parts}.values())
    wanted = [part for part in parts if not part.negated]
    unwanted = " OR ".join(part.expression for part in parts if part.negated)
    if not wanted:
        return _Found(f"({unwanted})", [], negated=True) if unwanted else None
    expression = " AND ".join(part.expression for part in wanted)
    if unwanted:
        expression = f"({expression}) NOT ({unwanted})"
    if len(parts) > 1:
        expression = f"({expression})"
    return _Found(expression, list(chain.from_iterable(part.terms for part in wanted)))


def _only_as_typed(_: str) -> Sequence[str]:
    return ()


def read_query(typed: str, other_forms: OtherForms = _only_as_typed) -> Query:
    """Read what is typed: words that must all be found, `"phrases"`, `AND OR NOT`, `-word`, `word*`, `title:word`.

    `other_forms` gives further folded words that a word is to be found by; not asked for phrases, `word*` and what
    is to be left out.

    >>> read_query('rope "two words" NOT snow').expression
    '((("rope") AND ("two words")) NOT (("snow")))'
    """
    shown = typed.replace("\0", " ").strip()
    found = _Reader(shown[:MOST_TYPED], other_forms).read()
    if found and not found.negated:
        return Query(
            shown,
            found.expression,
            list({(term.forms, term.open, term.others): term for term in found.terms}.values()),
        )
    if found:
        return Query(shown, problem="Only words to leave out are given: say also what to look for.")
    if shown:
        return Query(shown, problem="There is no letter or digit in this to look for.")
    return Query(shown)
