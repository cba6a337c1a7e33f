"""Sets of articles as bits, and marks in texts: whatever is in them."""

from __future__ import annotations

import time
import tracemalloc
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from datasette.utils import MultiParams  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from nejat_crawler.archive.reading.full_text.kinds import KINDS
from nejat_crawler.archive.reading.full_text.search_query import read_query
from nejat_crawler.archive.reading.open_file import open_for_search
from nejat_crawler.folding import fold_for_search
from nejat_crawler.website.search.bitset import gather, members, newer, older
from nejat_crawler.website.search.highlight import excerpt, highlight
from nejat_crawler.website.search.search_request import STATUSES, SearchRequest
from nejat_crawler.website.search.searcher import Searcher, SearchResult
from tests.support.served import article, make_archive

PLACES = st.sets(st.integers(0, 300))
WORDS = st.text(st.sampled_from("abcçëiısSßأآاإیيىکكۀهةلاﻻء\u200c\u064e'’- \0ıİΣς"), max_size=40)


@given(PLACES, st.integers(0, 300))
def test_a_set_of_bits_holds_what_was_put_in(places: set[int], near: int) -> None:
    bits = gather([*places, -1], 301)
    assert bits.bit_count() == len(places)
    assert list(members(bits)) == sorted(places)
    assert list(members(bits, backwards=True)) == sorted(places, reverse=True)
    assert list(older(bits, near)) == sorted(place for place in places if place > near)
    assert list(newer(bits, near)) == sorted((place for place in places if place < near), reverse=True)


@given(st.sets(st.integers(0, 99_999), max_size=20))
def test_a_large_set_is_read_from_either_end(places: set[int]) -> None:
    for more in ((), range(40_000, 45_000)):
        held = {*places, *more}
        bits = gather(held, 100_000)
        assert list(members(bits)) == sorted(places | {*more})
        assert list(members(bits, backwards=True)) == sorted(held, reverse=True)


def test_some_of_a_million_articles_are_a_set_in_the_memory_of_their_bits() -> None:
    tracemalloc.start()
    try:
        bits = gather([7, 999_999], 1_000_000)
        found = next(members(bits)), next(members(bits, backwards=True))
        [_, most] = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == (7, 999_999)
    assert most < 5 * 1_000_000 / 8  # a digit for each would take eight times as much


@given(WORDS, WORDS)
def test_marks_change_no_character_and_are_what_was_looked_for(typed: str, text: str) -> None:
    terms = read_query(typed).terms
    pieces = highlight(text, terms)
    assert "".join(piece for piece, _ in pieces) == text
    forms = {"".join(filter(str.isalnum, form)) for term in terms for form in term.forms}
    bare = {form.replace("ء", "") for form in forms}
    for piece, looked_for in pieces:
        found = "".join(filter(str.isalnum, fold_for_search(piece)))
        assert not looked_for or found in forms or found.replace("ء", "") in bare or "ء" in "".join(forms)
    shown = "".join(piece for piece, _ in excerpt(text, terms))
    assert shown == text


@given(st.sampled_from(["cameria", "كتاب", "dont", "مسئول", "می‌رود", "الا"]), st.integers(0, 400))
def test_every_spelling_of_a_word_is_marked_where_it_stands(typed: str, before: int) -> None:
    written = {"cameria": "Çamëria", "dont": "don’t", "كتاب": "کِتاب", "مسئول": "مسؤول", "الا": "اﻻ"}.get(typed, typed)
    text = "x " * before + f"‘{written}’ " + "y " * 300
    terms = read_query(typed).terms
    assert [piece for piece, looked_for in highlight(text, terms) if looked_for] == [written]
    assert [piece for piece, looked_for in excerpt(text, terms) if looked_for] == [written]


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("لم", "عِلم و لَم", ["لَم"]),  # a vowel begins no word
        ("کتاب", "كِتابُها، كِتابٌ", ["كِتابٌ"]),  # and ends none
        ("cafe", "cafe\u0301s, cafe\u0301", ["cafe\u0301"]),
        ("می می‌رود", "او می‌رود", ["می‌رود"]),  # the longer of two words that begin alike
        ('"a b"', "a\u200c\u200cb", ["a\u200c\u200cb"]),
    ],
)
def test_what_is_marked_is_a_whole_word(typed: str, text: str, marked: list[str]) -> None:
    assert [piece for piece, looked_for in highlight(text, read_query(typed).terms) if looked_for] == marked


@pytest.mark.parametrize("gap", ["\u200c", "ـ", " ", "\u064e", "’", "\u200c ـ"])
def test_a_long_row_of_what_is_no_letter_is_marked_at_once(gap: str) -> None:
    text = f"a{gap * 200_000}x "
    started = time.process_time()
    assert "".join(piece for piece, _ in highlight(text, read_query('"a b" ab a*').terms)) == text
    assert time.process_time() - started < 2


SAID = ["rope", "snow", "gate", "rope snow", "rope gate gate", ""]
WEIGHTS = "10.0, 1.0, 1.0, 0.5, 0.5, 2.0, 0.5"
NAMES = ["News", "Snow rope", "Notes", "a&b=c+d", '"x" <y>', "اخبار"]
COLUMNS = {"edition": "edition", "category": "article_categories.name", "status": "status", "year": "year"}


def some_archive(path: Path, random: Random) -> Path:
    """Articles in no order, with gaps, without dates, with equal ones, with no, several and equal categories."""
    rows: list[dict[str, Any]] = []
    for docid in random.sample(range(1, 200), 70):
        published = random.choice([None, "1999-12-31", "2020-12-31", "2021-01-01", "2021-01-01T10:00", "2023-05-01"])
        fields = {"edition": random.choice(["en", "fa", "ar", "sq"]), "status": random.choice([*STATUSES])}
        rows.append(
            article(docid, **fields, published=published, title=random.choice(SAID), body=random.choice(SAID))
        )
    names = [
        {"article_id": row["id"], "position": position, "name": random.choice(NAMES)}
        for row in rows
        for position in range(random.randrange(4))
    ]
    return make_archive(path, {"articles": rows, "article_categories": names})


def asked_in_sql(wanted: SearchRequest, but: str = "") -> tuple[str, list[Any]]:
    """What follows FROM for a search, without the filter `but`."""
    values: list[Any] = []
    sql = "articles JOIN articles_fts ON articles_fts.rowid = docid WHERE true"
    if expression := read_query(wanted.typed).expression:
        columns = " ".join(column for kind in wanted.places for column in KINDS[kind].columns)
        sql, values = f"{sql} AND articles_fts MATCH ?", [f"{{{columns}}} : ({expression})"]
    for by, chosen in (("edition", wanted.editions), ("status", wanted.statuses)):
        if chosen and by != but:
            sql, values = f"{sql} AND {by} IN ({', '.join('?' * len(chosen))})", [*values, *chosen]
    if wanted.categories and but != "category":
        places = ", ".join("?" * len(wanted.categories))
        sql += f" AND id IN (SELECT article_id FROM article_categories WHERE name IN ({places}))"
        values += wanted.categories
    for sign, day in ((">=", wanted.since and wanted.since.first), ("<=", wanted.until and wanted.until.last)):
        if day is not None and but != "year":
            sql, values = f"{sql} AND substr(published, 1, 10) {sign} ?", [*values, day]
    return sql, values


def some_address(random: Random) -> str:
    pairs = [("q", random.choice(["", "rope", "rope snow", "snow OR gate", "gate -rope", "title:rope", "ro*", "zz"]))]
    for name, values in {
        "edition": ["en", "fa", "ar,sq"], "category": [*NAMES, "unknown"], "status": ["live", "gone"],
        "from": ["2020", "1400", "2021-01-01"], "to": ["2021", "1402", "2023/05"],
        "kind": ["title", "text", "category,title", "category"],
        "sort": ["rank", "newest", "oldest"], "page": ["2", "3", "999"], "size": ["1", "7"],
    }.items():  # fmt: skip
        times = random.choice([0, 0, 1, 3] if name in ("kind", "edition", "category", "status") else [0, 0, 1])
        pairs += [(name, random.choice(values)) for _ in range(times)]
    return urlencode(pairs)


@pytest.mark.parametrize("seed", range(3))
def test_a_search_finds_sorts_and_counts_as_sql_does(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    path = some_archive(tmp_path / "some.db", random)
    searcher = Searcher(path)
    with closing(open_for_search(path)) as connection:

        def select(sql: str, values: list[Any]) -> list[Any]:
            return list(connection.execute(f"SELECT {sql}", values))

        def find(address: str) -> SearchResult:
            return searcher.find(
                connection, SearchRequest.read(MultiParams(parse_qs(address, keep_blank_values=True)))
            )

        for _ in range(100):
            found = find(some_address(random))
            wanted, (sql, values) = found.request, asked_in_sql(found.request)
            order = {
                "newest": "published IS NULL, published DESC, id",
                "oldest": "published IS NOT NULL, published, id DESC",
                "rank": f"bm25(articles_fts, {WEIGHTS}), published IS NULL, published DESC, id",
            }[wanted.sort]
            ordered = [row[0] for row in select(f"id FROM {sql} ORDER BY {order}", values)]
            start = (wanted.page - 1) * wanted.size
            assert [hit.row["id"] for hit in found.hits] == ordered[start : start + wanted.size], wanted
            assert found.total == len(ordered)
            assert bool(found.hits) == bool(found.total)
            for by, column in COLUMNS.items():
                sql, values = asked_in_sql(wanted, but=by)
                joined = "article_categories JOIN " if by == "category" else ""
                on = " AND article_id = id" if by == "category" else ""
                counts = select(
                    f"{column}, count(DISTINCT docid) FROM {joined}{sql}{on} GROUP BY 1 HAVING {column} IS NOT NULL",
                    values,
                )
                shown = {choice.value: choice.count for choice in found.choices[by] if choice.count}
                assert shown == {str(value): count for value, count in counts}, (wanted, by)
            choice = random.choice([choice for row in found.choices.values() for choice in row] or [None])
            if choice and not choice.selected and not wanted.narrowed:
                assert find(choice.address).total == choice.count, choice
