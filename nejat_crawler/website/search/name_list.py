"""A list of names: how many articles hold each, by edition and year, and what was counted as the name."""

from __future__ import annotations

import codecs
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from nejat_crawler.archive.reading.full_text.search_query import MOST_TYPED
from nejat_crawler.archive.reading.word_search import WordSearch, read_word_search
from nejat_crawler.editions import EDITIONS
from nejat_crawler.website.search.article_index import EDITION, YEAR, ArticleIndex
from nejat_crawler.website.search.facets import filters, passed
from nejat_crawler.website.search.ranking import find_all
from nejat_crawler.website.search.search_request import SearchRequest
from nejat_crawler.website.search.searcher import Searcher
from nejat_crawler.website.search.spelling.suggestions import Spelling, with_all

MOST_NAMES = 500
NOT_COUNTED = "not counted: the time for one list was over"
_SIGNS = frozenset('"“”„‟«»＂()*:')
_OPERATORS = frozenset({"AND", "OR", "NOT", "NEAR"})


@dataclass(slots=True)
class NameCount:
    """What was found for a line of a list; the numbers are None where nothing was counted, and `problem` says why."""

    name: str
    query: str
    """The name as the search box takes it."""
    widened: str = ""
    """The same with the spellings that were counted; empty for none."""
    spellings: list[str] = field(default_factory=list)
    """Other spellings that were counted with it."""
    forms: list[str] = field(default_factory=list)
    """Other forms of its words that were counted with it."""
    total: int | None = None
    editions: dict[str, int | None] = field(default_factory=lambda: dict.fromkeys(EDITIONS))
    years: dict[int, int] = field(default_factory=dict)
    by_edition: dict[str, dict[int, int]] = field(default_factory=dict)
    """Articles of each year in each edition."""
    undated: int | None = None
    problem: str = ""

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "name": self.name, "query": self.query, "total": self.total, "editions": self.editions,
            "years": self.years, "by_edition": self.by_edition, "undated": self.undated,
            "spellings": self.spellings, "forms": self.forms, "problem": self.problem or None,
        }  # fmt: skip


def decode_list(content: bytes) -> str:
    """The text of a list: UTF-8, or UTF-16 as Windows marks it; raises UnicodeDecodeError for what is neither."""
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = content.decode("utf-16" if marked else "utf-8-sig")
    if (at := text.find("\0")) >= 0:  # UTF-16 without its mark, which would be read as single letters
        raise UnicodeDecodeError("utf-8", content, at, at + 1, "a list holds no zeros")
    return text


def read_names(text: str) -> tuple[list[str], list[str]]:
    """The names of a list, a line each, and a sentence for each thing that is wrong with it; each name once."""
    lines = [" ".join(line.replace("\0", " ").split()) for line in text.lstrip("\ufeff").splitlines()]
    names = list(dict.fromkeys(line for line in lines if line))
    problems = []
    if not names:
        problems.append("The list holds no name: write one on each line.")
    if len(names) > MOST_NAMES:
        problems.append(f"The list holds {len(names):,} names: {MOST_NAMES} are counted at once.")
    problems += [
        f"A line is longer than {MOST_TYPED} characters: {name[:40]}…" for name in names if len(name) > MOST_TYPED
    ]
    return names, problems


def as_query(name: str) -> str:
    """What is looked for: the words of a name next to each other; a line in the query language stays as it is."""
    words = name.split()
    plain = len(words) > 1 and not _SIGNS & set(name) and not _OPERATORS & set(words)
    return f'"{name}"' if plain and not any(word.startswith("-") for word in words) else name


def count_names(
    connection: sqlite3.Connection,
    searcher: Searcher,
    names: Iterable[str],
    request: SearchRequest,
    seconds: float,
) -> Iterator[NameCount]:
    """The counts of `names` one after another, within the filters of `request`; ends after some `seconds`.

    With `exact`, neither spellings nor forms are counted. The caller's time limit for queries holds for all of them.
    """
    until = time.monotonic() + seconds
    index = searcher.index(connection)
    let_through = filters(index, request)
    for name in names:
        yield _count(connection, searcher, index, let_through, name, request)
        if time.monotonic() > until:
            return


def _count(
    connection: sqlite3.Connection,
    searcher: Searcher,
    index: ArticleIndex,
    let_through: Mapping[str, int],
    name: str,
    request: SearchRequest,
) -> NameCount:
    exact, kinds = request.exact, request.places
    counted = NameCount(name, as_query(name))
    search = read_word_search(connection, counted.query, exact=exact)
    if search.query.problem:
        counted.problem = search.query.problem
        return counted
    state = (connection, index.version, len(index.docids))
    spellings = searcher.suggestions.spellings(*state, search.query) if not exact and search.query.expression else ()
    if spellings:
        search = _widened(connection, search, spellings)
        counted.widened = search.query.typed
        counted.spellings = [spelling.word for spelling in spellings]
    counted.forms = searcher.suggestions.as_written(*state, search).other_forms
    found = find_all(connection, index, search, kinds) if search.query.expression else 0
    kept = passed(found | index.set_of(search.named), dict(let_through))
    counted.total = kept.bit_count()
    held = index.counts(EDITION, kept)
    counted.editions = {code: held.get(code, 0) for code in EDITIONS}
    counted.years = dict(sorted(index.counts(YEAR, kept).items()))
    counted.by_edition = {
        code: dict(sorted(index.counts(YEAR, kept & index.sets[EDITION][code]).items()))
        for code in EDITIONS
        if held.get(code)
    }
    counted.undated = (kept & ~reduce(or_, index.sets[YEAR].values(), 0)).bit_count()
    return counted


def _widened(connection: sqlite3.Connection, search: WordSearch, spellings: Sequence[Spelling]) -> WordSearch:
    widened = read_word_search(connection, with_all(search.query, spellings))
    return widened if widened.query.expression else search


def table(counts: Sequence[NameCount]) -> tuple[list[str], list[dict[str, Any]]]:
    """Columns and rows of a list that was counted: a row a name, editions and years beside each other."""
    all_years = sorted({year for row in counts for year in row.years})
    years = range(all_years[0], all_years[-1] + 1) if all_years else range(0)
    columns = ["name", "total", *EDITIONS, "undated", *map(str, years), "query", "spellings", "forms", "problem"]
    rows = [
        {
            "name": row.name, "total": row.total, **row.editions, "undated": row.undated,
            **{str(year): None if row.total is None else row.years.get(year, 0) for year in years},
            "query": row.query, "spellings": "|".join(row.spellings), "forms": "|".join(row.forms),
            "problem": row.problem,
        }
        for row in counts
    ]  # fmt: skip
    return columns, rows
