"""What a query is made of: words and phrases, and how they stand together in an expression of FTS5."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase to be found, by any of its folded `forms`; `open` at its end for `*`."""

    typed: str
    forms: tuple[str, ...]
    open: bool = False
    others: tuple[str, ...] = ()
    """Folded words of the archive that are other forms of it: plural, case, article, person."""
    fixed: bool = False
    """Whether no other words can stand in its place in brackets, as within `"two words"~10`."""
    column: str = ""
    """The only column in which it is to be found."""
    span: tuple[int, int] = field(default=(0, 0), compare=False)
    """Where it stands in what was typed, with its quotation marks."""

    @property
    def expression(self) -> str:
        """As FTS5 reads it."""
        return "(" + " OR ".join(self.phrases) + ")"

    @property
    def phrases(self) -> tuple[str, ...]:
        """The phrases of FTS5 that it is found by."""
        star = " *" if self.open else ""
        return *(f'"{form}"{star}' for form in self.forms), *map('"{}"'.format, self.others)


Clauses = tuple[tuple[str, ...], ...]
"""Phrases of FTS5 of which, from each clause, any one is to be found."""


@dataclass(slots=True)
class Query:
    """A read query: `expression` is empty if there is nothing to look for, and `problem` says why."""

    typed: str
    expression: str = ""
    terms: list[Term] = field(default_factory=list)
    """What must be found, for marking it: nothing that is to be left out."""
    problem: str = ""
    notes: list[str] = field(default_factory=list)
    """Sentences: what of it was read otherwise than typed."""
    clauses: Clauses = ()
    """All that it says, where that is no more than clauses."""


@dataclass(slots=True)
class Found:
    """A part of the expression, with the terms that it looks for."""

    expression: str
    terms: list[Term]
    negated: bool = False
    clauses: Clauses = ()
    """All that the part says, where that is no more than clauses."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """All that the part says, where that is any one of some phrases: these can be looked for near others."""
        return self.clauses[0] if len(self.clauses) == 1 else ()


def all_phrases(parts: Sequence[Found]) -> bool:
    """Whether each of `parts` is any one of some phrases."""
    return all(part.phrases for part in parts)


def all_of(parts: list[Found]) -> Found | None:
    """`parts` together: those wanted, without those not wanted, each once."""
    parts = list({(part.expression, part.negated): part for part in parts}.values())
    wanted = [part for part in parts if not part.negated]
    if len(parts) == len(wanted) == 1:
        return wanted[0]
    unwanted = " OR ".join(part.expression for part in parts if part.negated)
    if not wanted:
        return Found(f"({unwanted})", [], negated=True) if unwanted else None
    expression = " AND ".join(part.expression for part in wanted)
    if unwanted:
        expression = f"({expression}) NOT ({unwanted})"
    if len(parts) > 1:
        expression = f"({expression})"
    clauses = chain.from_iterable(part.clauses for part in parts) if all(part.clauses for part in parts) else ()
    return Found(expression, list(chain.from_iterable(part.terms for part in wanted)), clauses=tuple(clauses))
