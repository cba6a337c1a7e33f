"""What is shown of a document that was found: its row, where the words stand in it, and those passages."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from nejat_crawler.archive.reading.full_text.documents import read_documents, read_earlier, read_lists
from nejat_crawler.archive.reading.full_text.kinds import EARLIER, FILTERS, STORY
from nejat_crawler.archive.reading.full_text.matches import count_matches
from nejat_crawler.archive.reading.word_search import WordSearch
from nejat_crawler.website.search.highlight import Piece, excerpt, highlight

_highlight = lru_cache(maxsize=1024)(highlight)  # the same authors, categories and tags stand at many hits
_MOST_OF_A_KIND = 3  # captions or tags of an article that are shown


@dataclass(frozen=True, slots=True)
class Passage:
    """Something beside title and text in which the words stand."""

    kind: str
    pieces: list[Piece]
    until: str = ""
    """The day when an earlier text was seen last."""
    gone: bool = False
    """Whether it is no longer in the present one."""

    @property
    def name(self) -> str:
        """What it is, for readers."""
        if self.kind == EARLIER:
            return f"was in the text until {self.until}" if self.gone else f"earlier text, until {self.until}"
        return self.kind


@dataclass(slots=True)
class Hit:
    """A document that was found; its title and an excerpt of its text in pieces, marked and not."""

    row: dict[str, Any]
    title: list[Piece]
    excerpt: list[Piece]
    passages: list[Passage] = field(default_factory=list)
    found_in: list[str] = field(default_factory=list)
    """The kinds in which the words stand."""

    @property
    def kind(self) -> str:
        """`article`, or `story`."""
        return STORY if self.row["docid"] < 0 else "article"

    @property
    def path(self) -> str:
        """Of its page."""
        if self.kind == STORY:
            return f"/nejat/newsletters/{self.row['newsletter_id']}#story-{self.row['position']}"
        return f"/nejat/articles/{self.row['id']}"


def read_hits(
    connection: sqlite3.Connection, docids: Sequence[int], search: WordSearch, kinds: Sequence[str]
) -> list[Hit]:
    """The documents with some docids, in their order, with what a search has found in KINDS of them."""
    listed = read_lists(connection, docids) if search.query.terms else {}
    rows = read_documents(connection, docids, texts=True)
    return [_hit(connection, row, listed.get(row["docid"], ()), search, kinds) for row in rows]


def _hit(
    connection: sqlite3.Connection,
    row: dict[str, Any],
    listed: Iterable[tuple[str, str]],
    search: WordSearch,
    kinds: Sequence[str],
) -> Hit:
    query = search.by_edition.get(row["edition"], search.query)
    terms = {
        kind: [term for term in query.terms if term.column in ("", filter_)] for kind, filter_ in FILTERS.items()
    }
    hit = Hit(row, highlight(row["title"], terms["title"]), excerpt(row.pop("text") or "", terms["text"]))
    if not query.terms:
        return hit
    if hit.kind == STORY:
        hit.found_in = [STORY]
        return hit
    found = {"title": [hit.title], "text": [hit.excerpt]}
    for kind, text in listed:
        found.setdefault(kind, []).append(_highlight(text, tuple(terms[kind])))
    found = {kind: [pieces for pieces in many if _is_marked(pieces)] for kind, many in found.items()}
    hit.found_in = [kind for kind in kinds if found.get(kind)]
    for kind in hit.found_in:
        if kind not in ("title", "text"):
            hit.passages += [Passage(kind, pieces) for pieces in found[kind][:_MOST_OF_A_KIND]]
    if EARLIER in kinds and (earlier := read_earlier(connection, row["docid"], query.expression)):
        hit.found_in.append(EARLIER)
        pieces = excerpt(earlier["body"] or "", terms["text"])
        if not _is_marked(pieces):
            pieces = highlight(earlier["title"], terms["title"])
        present = count_matches(connection, query.expression, row["docid"])
        hit.passages.append(Passage(EARLIER, pieces, earlier["seen_until"][:10], gone=not present))
    return hit


def _is_marked(pieces: list[Piece]) -> bool:
    return any(looked_for for _, looked_for in pieces)
