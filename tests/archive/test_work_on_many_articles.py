"""What does not grow with the number of articles, or grows no faster than it: counted, never timed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from benchmarks.filled_archives import fill
from benchmarks.invented_articles import invented_articles
from nejat_crawler.archive import Archive
from nejat_crawler.archive.crawl_state.coverage import read_coverage, record_source, record_unavailable
from nejat_crawler.archive.crawl_state.frontier import WALKED, incomplete_posts, set_watermark
from nejat_crawler.archive.crawl_state.statistics import shares
from nejat_crawler.archive.crawl_state.walks import record_known_posts
from nejat_crawler.archive.index_segments import join_segments
from nejat_crawler.archive.reading.articles import read_articles
from nejat_crawler.archive.reading.corpus_version import corpus_version
from nejat_crawler.archive.search_index import match_row_numbers
from nejat_crawler.items import Article

_FEW, _MANY = 30, 300
_SEEN = "2026-01-01T00:00:00Z"


def article(number: int, **fields: Any) -> Article:
    values: dict[str, Any] = {
        "edition": "en",
        "source": "listing",
        "theme": "soledad",
        "found_at": "https://www.nejatngo.org/en/",
        "captured_at": _SEEN,
        "status": "live",
        "title": f"The hut {number}",
        "post_id": number,
        "url": f"https://www.nejatngo.org/en/posts/{number}",
        "categories": ["Huts"],
        "published": f"2024-05-{number % 28 + 1:02}",
        "body": f"The hut number {number} opens in June, and closes when the snow comes.",
        "images": [],
    }
    return Article(**values | fields)


def filled(count: int, archive: Archive) -> Archive:
    """An archive of so many articles that a listing has shown, the first of them without its text."""
    archive.save(article(1, body=None, excerpt="The hut …", whole=False))
    for number in range(2, count + 1):
        archive.save(article(number))
    with archive.writing() as db:
        record_known_posts(db, "en", "listing", range(1, count + 1), _SEEN)
        set_watermark(db, "en", WALKED, _SEEN)
    return archive


@pytest.fixture(scope="module")
def sizes() -> tuple[Archive, Archive]:
    """An archive of few articles, and one of ten times as many."""
    return filled(_FEW, Archive.open_in_memory()), filled(_MANY, Archive.open_in_memory())


def steps(db: Database, work: Callable[[Database], object]) -> int:
    """How many of its steps SQLite takes for some work."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    db.conn.set_progress_handler(count, 1)
    try:
        work(db)
    finally:
        db.conn.set_progress_handler(None, 1)
    return taken


def rows(db: Database, work: Callable[[Database], object]) -> int:
    """How many rows SQLite hands to Python for some work."""
    taken = 0

    def count(_: sqlite3.Cursor, row: tuple[Any, ...]) -> tuple[Any, ...]:
        nonlocal taken
        taken += 1
        return row

    db.conn.row_factory = count
    try:
        work(db)
    finally:
        db.conn.row_factory = None
    return taken


def plans(db: Database, work: Callable[[Database], object]) -> list[str]:
    """How SQLite goes through the tables for some work."""
    statements: list[str] = []
    db.conn.set_trace_callback(statements.append)
    work(db)
    db.conn.set_trace_callback(None)
    return [row[3] for each in statements for row in db.execute(f"EXPLAIN QUERY PLAN {each}").fetchall()]


def test_the_texts_that_are_still_to_be_read_are_found_without_a_look_at_the_others(
    sizes: tuple[Archive, Archive],
) -> None:
    few, many = (steps(archive.db, lambda db: incomplete_posts(db, "en")) for archive in sizes)
    assert [incomplete_posts(archive.db, "en") for archive in sizes] == [[1], [1]]
    assert few == many


def test_no_row_of_an_article_is_held_to_compare_it_with_what_the_site_has(sizes: tuple[Archive, Archive]) -> None:
    few, many = (rows(archive.db, lambda db: read_coverage(db, "en")) for archive in sizes)
    assert few == many
    few, many = (steps(archive.db, lambda db: read_coverage(db, "en")) for archive in sizes)
    assert many < 1.1 * few * _MANY / _FEW
    # of all articles indexes are read, and the rows of none: those lie among the texts
    through = [plan for plan in plans(sizes[1].db, lambda db: read_coverage(db, "en")) if "(edition=?" in plan]
    assert through
    assert not [plan for plan in through if "SEARCH articles" in plan and "COVERING INDEX" not in plan]


def test_what_is_missing_and_what_is_too_many_is_told_of_all_sources() -> None:
    with Archive.open_in_memory() as archive:
        for number in range(1, 7):
            archive.save(article(number))
        archive.save(article(1, edition="fa"))
        archive.db.execute("UPDATE articles SET status = 'gone' WHERE post_id IN (2, 6) AND edition = 'en'")
        with archive.writing() as db:
            record_known_posts(db, "en", "listing", [1, 2, 3, 20], _SEEN)
            record_source(db, "en", "sitemap", "complete", _SEEN, {1, 3, 4, 21, 22})
            record_source(db, "en", "feed", "partial", _SEEN, {1, 5, 22, 23})
            for post in (3, 22):
                record_unavailable(db, "en", post, 404)
        # that its listing was read to its end is not known: of what the sitemap does not show nothing else tells
        found = read_coverage(archive.db, "en")
        assert (found.archived, found.gone, found.known, found.unavailable) == (4, 2, 8, 1)
        assert (found.missing, found.surplus) == ([20, 21, 23], [5])
        assert {name: (source.state, source.posts) for name, source in found.sources.items()} == {
            "listing": ("partial", 4), "sitemap": ("complete", 5), "feed": ("partial", 4)
        }  # fmt: skip
        with archive.writing() as db:
            set_watermark(db, "en", WALKED, _SEEN)
        assert read_coverage(archive.db, "en").surplus == [5]
        empty = read_coverage(archive.db, "sq")
        assert (empty.known, empty.archived, empty.missing, empty.surplus) == (None, 0, [], [])


def test_the_newest_articles_and_the_others_are_looked_at_once(sizes: tuple[Archive, Archive]) -> None:
    recent, older = shares(sizes[1].db, "en", 50)
    assert (recent["articles"], older["articles"]) == (50, _MANY - 50)
    assert (recent["text"], older["text"]) == (50, _MANY - 50)
    recent, older = shares(sizes[0].db, "en", 50)
    assert (recent["articles"], older["articles"]) == (_FEW, 0)
    few, many = (steps(archive.db, lambda db: shares(db, "en", 20)) for archive in sizes)
    assert many < 1.1 * few * _MANY / _FEW


def test_an_archive_that_a_run_has_left_is_opened_without_a_look_at_each_article(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Database] = []

    def look(database: Database) -> None:
        looked.append(database)
        match_row_numbers(database)

    monkeypatch.setattr("nejat_crawler.archive.schema.match_row_numbers", look)
    with Archive.open(db) as archive:
        archive.save(article(1))
    looked.clear()
    with Archive.open(db):
        assert not looked
    with sqlite3.connect(db) as connection:  # something else may give rows other numbers
        connection.execute("PRAGMA user_version = 0")
    connection.close()
    with Archive.open(db):
        assert looked


def test_the_pieces_of_the_index_are_counted_from_one_to_the_next(sizes: tuple[Archive, Archive]) -> None:
    for archive in sizes:
        join_segments(archive.db)
    few, many = (steps(archive.db, join_segments) for archive in sizes)
    assert many == few


def test_a_new_article_of_a_crawl_is_not_compared_with_the_others_of_its_day() -> None:
    taken = []
    for count in (3, 100):
        with Archive.open_in_memory() as archive:
            for number in range(1, count + 1):
                archive.save(article(number, published="2024-05-01"))
            new = article(1000, published="2024-05-01")
            taken.append(steps(archive.db, lambda _, new=new, to=archive: to.save(new)))  # type: ignore[misc]
    assert taken[0] == taken[1]


def test_an_archive_that_the_benchmark_has_filled_is_as_one_that_saved_its_articles(tmp_path: Path) -> None:
    fill(tmp_path / "filled.db", 40)
    with Archive.open(tmp_path / "saved.db") as archive:
        for each in invented_articles(0, 40, 40):
            archive.save(each)
    held = []
    for name in ("filled.db", "saved.db"):
        with Archive.open_readonly(tmp_path / name) as archive:
            archive.require_undamaged()
            words = archive.db.execute("SELECT * FROM word_forms").fetchall()
            held.append([list(read_articles(archive.db)), words, corpus_version(archive.db)])
    assert held[0] == held[1]
    assert len(held[0][0]) == 40
