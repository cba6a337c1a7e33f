"""The query language: what is typed, read as an expression of the full-text index; nothing typed is an error.

The search page with its JSON, CSV, feed and MCP tool, the tables' search box and `nejat export --query` all read it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice, product

from nejat_crawler.archive.reading.full_text.kinds import FILTERS, KINDS
from nejat_crawler.archive.reading.full_text.search_terms import Found, Query, Term, all_of, all_phrases
from nejat_crawler.folding import search_forms

OtherForms = Callable[[str], Sequence[str]]
"""From a word as typed to folded words."""
MOST_TYPED = 1000
"""Characters that are read."""
_MOST_TERMS = 48
_DEEPEST = 12
_TEXTS = f"{{{' '.join(column for kind in KINDS.values() for column in kind.columns if column != 'compound_parts')}}}"
_NEAR_WORDS = 10
_FURTHEST = 99_999  # words between two; FTS5 refuses more than it can count
_MOST_NEAR = 256  # pairs of forms that are looked for near each other
_INFIX = re.compile(r"NEAR(?:/(\d+))?")
OPERATORS = frozenset({"AND", "OR", "NOT", "NEAR"})
_SPACED = re.compile(r"\S+")
_HALF_SPACE = "\u200c"  # of می‌رود, کوه‌ها and خانه‌ی, for which many type a space
_ROUND_WORDS = re.compile(r"^\W+|\W+$")
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_PIECE = re.compile(
    r"""(?P<minus>(?<!\S)-(?=[^\s-]))
      | (?:(?P<column>COLUMNS)\s*:\s*(?=[^\s)]))
      | (?P<near>(?-i:NEAR)\((?P<inside>[^()]*?)(?:[,،]\s*(?P<apart>\d+))?\s*\))
      | "(?P<phrase>[^"]*)(?:"(?:(?P<open>\*)|~(?P<slop>\d+))?)?
      | (?P<sign>[()])
      | (?P<word>(?:ن?م[یي]\ (?=[ء-ی])(?!ن?م[یي](?![ء-ی])))?
          [^\s"()]+(?:(?<=[ء-ی])\ (?:ها(?:ی(?:ی|[متش]|[متش]ان)?)?|[متش]ان|اش|ا?ی|تر(?:ین)?)(?![^\s"()]))?)
    """.replace("COLUMNS", "|".join(FILTERS)),
    re.VERBOSE | re.IGNORECASE,
)


@lru_cache(maxsize=256)  # a query is read once for each language
def _search_forms(typed: str) -> tuple[str, ...]:
    return tuple(search_forms(typed))


class _Reader:
    """Reads `OR` over `AND` (or nothing) over `NOT`, in brackets; what fits nowhere is passed over."""

    def __init__(self, typed: str, other_forms: OtherForms) -> None:
        self._other_forms = other_forms
        self._left_out = 0  # depth of what is not to be found: -mother leaves no mothers out
        self._pieces = [
            (match.lastgroup or "", match[0], match)
            for match in _PIECE.finditer(typed.translate(QUOTES).replace("\0", " "))
        ]
        self._at = 0
        self._terms = 0
        self.notes: list[str] = []

    def read(self) -> Found | None:
        parts = []
        while self._at < len(self._pieces):
            if found := self._alternatives(0):
                parts.append(found)
            self._at += 1  # a bracket that closes nothing
        return all_of(parts)

    def _next(self) -> str:
        return self._pieces[self._at][1] if self._at < len(self._pieces) else ""

    def _alternatives(self, depth: int) -> Found | None:
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
        phrases = tuple(chain.from_iterable(part.phrases for part in wanted)) if all_phrases(wanted) else ()
        terms = list(chain.from_iterable(part.terms for part in wanted))
        return Found(expression, terms, clauses=(phrases,) if phrases else ())

    def _together(self, depth: int) -> Found | None:
        parts = []
        while self._next() not in {"", ")", "OR"}:
            if part := self._one(depth):
                parts.append(self._near(part, depth))
        return all_of(parts)

    def _near(self, part: Found, depth: int) -> Found:
        """`part`, with what is to stand near it: `a NEAR b`, `a NEAR/5 b NEAR/5 c`."""
        near, apart = [part], list[int]()
        while infix := _INFIX.fullmatch(self._next()):
            self._at += 1
            if other := self._operand(depth):
                near.append(other)
                apart.append(int(infix[1] or _NEAR_WORDS))
        return self._all_near(near, min(apart)) if len(near) > 1 else part

    def _all_near(self, parts: list[Found], apart: int) -> Found:
        if not all_phrases(parts):
            self._note("NEAR takes words, phrases and alternatives of them (a OR b): AND was read in its place.")
            return all_of(parts) or parts[0]
        most = max(2, int(_MOST_NEAR ** (1 / len(parts))))
        if any(len(part.phrases) > most for part in parts):
            self._note(
                "These words have too many forms to look for each of them near the others: some were left out."
            )
        apart = min(apart, _FURTHEST)
        together = product(*(part.phrases[:most] for part in parts))
        expression = " OR ".join(f"NEAR({' '.join(phrases)}, {apart})" for phrases in islice(together, _MOST_NEAR))
        # the column of parts of compounds holds them without what stands between
        return Found(f"({_TEXTS} : ({expression}))", list(chain.from_iterable(part.terms for part in parts)))

    def _note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    def _group(self, match: re.Match[str]) -> Found | None:
        """`"two words"~10`, or `NEAR(two words, 10)`."""
        is_phrase = match["slop"] is not None
        inside = "phrase" if is_phrase else "inside"
        parts = []
        for piece in (_SPACED if is_phrase else _PIECE).finditer(match[inside]):
            if not is_phrase and (piece.lastgroup not in ("word", "phrase", "open") or piece[0] in OPERATORS):
                self._note("Within NEAR( ) stand words and phrases only: the rest was passed over.")
                continue
            at = match.start(inside)
            span = at + piece.start(), at + piece.end()
            part = self._word(piece[0], span, exact=True) if is_phrase else self._term(piece, span)
            if part:
                parts.append(replace(part, terms=[replace(term, fixed=True) for term in part.terms]))
        apart = int(match["slop"] or match["apart"] or _NEAR_WORDS)
        return self._all_near(parts, apart) if len(parts) > 1 else all_of(parts)

    def _one(self, depth: int) -> Found | None:
        kind, piece, match = self._pieces[self._at]
        self._at += 1
        if piece == "AND":
            return None
        if kind == "minus" or piece == "NOT":
            self._left_out += 1
            found = self._operand(depth)
            self._left_out -= 1
            return found and Found(found.expression, found.terms, negated=not found.negated)
        if kind == "column":
            found = self._operand(depth)
            if not found or found.negated:
                return found
            column = FILTERS[match["column"].lower()]
            terms = [replace(term, column=column) for term in found.terms]
            return Found(f"({column} : {found.expression})", terms)
        if piece == "(":
            if depth >= _DEEPEST:
                return None
            found = self._alternatives(depth + 1)
            if self._next() == ")":
                self._at += 1
            return found
        if kind in ("slop", "near"):
            return self._group(match)
        return self._term(match, match.span()) if piece != ")" else None

    def _operand(self, depth: int) -> Found | None:
        fits = depth < _DEEPEST and self._next() not in {"", ")", "OR", "AND"}
        return self._one(depth + 1) if fits else None

    def _term(self, match: re.Match[str], span: tuple[int, int]) -> Found | None:
        if match["word"] is not None:
            return self._word(match["word"].replace(" ", _HALF_SPACE), span)
        return self._looked_for(match["phrase"], span, is_open=bool(match["open"]))

    def _word(self, typed: str, span: tuple[int, int], *, exact: bool = False) -> Found | None:
        is_open = typed.endswith("*")
        others = () if exact or is_open or self._left_out else self._other_forms(typed)
        return self._looked_for(typed, span, is_open=is_open, others=others)

    def _looked_for(
        self, typed: str, span: tuple[int, int], *, is_open: bool, others: Sequence[str] = ()
    ) -> Found | None:
        forms = _search_forms(typed)
        self._terms += 1
        if forms and self._terms > _MOST_TERMS:
            self._note(f"Only the first {_MOST_TERMS} words were read.")
        if not forms or self._terms > _MOST_TERMS:
            return None
        bare = {_ROUND_WORDS.sub("", form) for form in forms}  # `rope,` is no other word than `rope`
        further = tuple(form for form in others if form not in forms and form not in bare)
        term = Term(typed.rstrip("*"), forms, is_open, further, span=span)
        return Found(term.expression, [term], clauses=(term.phrases,))


def _only_as_typed(_: str) -> Sequence[str]:
    return ()


def read_query(typed: str, other_forms: OtherForms = _only_as_typed) -> Query:
    """Read what is typed: words that must all be found, `"phrases"`, `AND OR NOT`, `-word`, `word*`, `title:word`.

    What may stand before the colon is in FILTERS: `title`, `text` or `body`, `caption`, `author`, `category`, `tag`.

    Words near each other, in any order: `"two words"~10`, `two NEAR words`, `two NEAR/5 words`, `NEAR(two words, 5)`.

    `other_forms` gives further folded words that a word is to be found by; not asked for phrases, `word*` and what
    is to be left out.

    >>> read_query('rope "two words" NOT snow').expression
    '((("rope") AND ("two words")) NOT (("snow")))'
    """
    shown = typed.replace("\0", " ").strip()
    reader = _Reader(shown[:MOST_TYPED], other_forms)
    found = reader.read()
    if len(typed) >= MOST_TYPED:
        reader.notes.append(f"Only the first {MOST_TYPED:,} characters were read.")
    if found and not found.negated:
        return Query(
            shown,
            found.expression,
            list({(term.forms, term.open, term.others): term for term in found.terms}.values()),
            notes=reader.notes,
            clauses=found.clauses,
        )
    if found:
        return Query(shown, problem="Only words to leave out are given: say also what to look for.")
    if shown:
        return Query(shown, problem="There is no letter or digit in this to look for.")
    return Query(shown)
