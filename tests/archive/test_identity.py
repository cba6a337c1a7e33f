"""Which article a text capture shows: the same, in whatever order captures and crawls come."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nejat_crawler.archive import Archive
from nejat_crawler.items import Article
from tests.support.commands import articles, rows

ROPE = (
    "The society has bought a rope of eighty metres for the northern face. It replaces the one that the marten of "
    "the upper hut gnawed through in March, and it was carried up by two members of the youth group, who were "
    "thanked with a kettle of soup and a night beside the stove. "
)
LAMP = (
    "A lamp burns above the bridge again. The electrician of Kiefernthal climbed the mast on Sunday, although it "
    "snowed, and would take nothing for his work but an apple. Whoever comes down late finds the first step now. "
)
CRAWLED = Article(
    "en", "listing", "soledad", "https://www.nejatngo.org/en/", "2026-11-21T08:00:00Z", "live", "Weekly digest",
    post_id=7, url="https://www.nejatngo.org/en/posts/7", categories=["News"], published="2024-05-01", language="en",
    body=f"{ROPE}Nobody fell.",
)  # fmt: skip
CAPTURED = replace(CRAWLED, source="text", theme="a", found_at="a.txt", status="unseen", post_id=None, url=None)

ROPE_POST, LAMP_POST = CRAWLED, replace(CRAWLED, post_id=8, url=None, body=f"{LAMP}It is bright.")
ROPE_AGAIN = replace(CRAWLED, post_id=9, url=None, body=f"{ROPE}Nobody fell, as we wrote.")
ROPE_TEXT, LAMP_TEXT = CAPTURED, replace(CAPTURED, body=f"{LAMP}It is bright.")
ROPE_TYPO = replace(CAPTURED, body=f"Correction. {ROPE}Nobody fell.")
ROPE_LONGER = replace(CAPTURED, body=f"{ROPE}Nobody fell. The stove is to be repaired in the summer.")
ALL = (ROPE_POST, LAMP_POST, ROPE_AGAIN, ROPE_TEXT, LAMP_TEXT, ROPE_TYPO, ROPE_LONGER)


def state(captures: tuple[Article, ...]) -> object:
    """What an archive holds of these captures."""
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "nejat.db"
        with Archive.open(db) as archive:
            for capture in captures:
                archive.save(capture)
        joined = rows(db, "SELECT text_id, article_id FROM text_captures ORDER BY text_id")
        return [{key: article["body"] for key, article in sorted(articles(db).items())}, joined]


def states(captures: tuple[Article, ...]) -> Callable[..., object]:
    """What an archive holds of the captures of these numbers, in their order; each order is tried once."""
    return cache(lambda *numbers: state(tuple(captures[number] for number in numbers)))


STATES = states(ALL)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(range(len(ALL))), min_size=2, max_size=5, unique=True))
def test_the_order_of_imports_and_crawls_does_not_matter(order: list[int]) -> None:
    assert STATES(*order) == STATES(*sorted(order))


@pytest.mark.parametrize("second", [ROPE_AGAIN, LAMP_POST], ids=["same text", "other text"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_capture_with_two_possible_posts_stays_by_itself(db: Path, second: Article, place: int) -> None:
    order = [ROPE_POST, second]
    order.insert(place, ROPE_TEXT)
    with Archive.open(db) as archive:
        for article in order:
            archive.save(article)
    found = articles(db)
    assert len(found) == 3
    assert {one["body"] for one in found.values() if one["post_id"] is None} == {ROPE_TEXT.body}


@pytest.mark.parametrize("place", [0, 1, 2])
def test_all_captures_of_a_post_join_it(db: Path, place: int) -> None:
    order = [ROPE_TEXT, ROPE_TYPO]
    order.insert(place, ROPE_POST)
    with Archive.open(db) as archive:
        for article in order:
            archive.save(article)
    assert set(articles(db)) == {"en-7"}
    assert {row["article_id"] for row in rows(db, "SELECT article_id FROM text_captures")} == {"en-7"}


def test_a_capture_of_another_text_stays_by_itself(db: Path) -> None:
    with Archive.open(db) as archive:
        assert [archive.save(article) for article in (ROPE_POST, LAMP_TEXT)] == ["new", "new"]


@pytest.mark.parametrize("order", [(ROPE_TEXT, ROPE_LONGER), (ROPE_LONGER, ROPE_TEXT)], ids=["longer", "shorter"])
def test_another_ending_is_kept_as_a_version(db: Path, order: tuple[Article, ...]) -> None:
    with Archive.open(db) as archive:
        for article in (*order, *order):
            archive.save(article)
    [found] = articles(db).values()
    assert (found["body"], found["versions"]) == (ROPE_LONGER.body, 2)
    assert [row["body"] for row in rows(db, "SELECT body FROM article_versions")] == [ROPE_TEXT.body]


def test_a_capture_completes_a_post_of_which_only_the_teaser_was_seen(db: Path) -> None:
    teaser = replace(ROPE_POST, body=None, excerpt="The society has bought a rope of eighty metres […]")
    with Archive.open(db) as archive:
        assert [archive.save(article) for article in (teaser, ROPE_TEXT)] == ["new", "completed"]
    assert articles(db)["en-7"]["body"] == ROPE_TEXT.body


EXCERPT = replace(CAPTURED, published=None, body=None, excerpt=f"{ROPE[:190]}…", theme="penci-amp-archive-text-en")
ELSEWHERE = replace(ROPE_POST, post_id=11, title="Rope bought", published="2024-06-01")
SAME_TITLE = replace(LAMP_POST, post_id=12, published="2024-06-01")
TEASER = replace(ROPE_POST, body=None, excerpt="A rope.")


@pytest.mark.parametrize(
    "order", [(ROPE_POST, EXCERPT), (EXCERPT, ROPE_POST)], ids=["crawled first", "excerpt first"]
)
def test_an_excerpt_without_a_date_joins_the_only_article_of_its_title(db: Path, order: tuple[Article, ...]) -> None:
    with Archive.open(db) as archive:
        for article in (*order, EXCERPT):
            archive.save(article)
    [(name, found)] = articles(db).items()
    assert (name, found["body"], found["published"], found["excerpt"]) == ("en-7", ROPE_POST.body, "2024-05-01", None)
    assert rows(db, "SELECT article_id FROM text_captures") == [{"article_id": "en-7"}]


def test_it_waits_for_the_text_of_an_article_of_which_a_teaser_was_seen(db: Path) -> None:
    with Archive.open(db) as archive:
        assert [archive.save(article) for article in (TEASER, EXCERPT)] == ["new", "new"]
        archive.save(replace(ROPE_POST, source="article", own_page=True))
    assert set(articles(db)) == {"en-7"}


def test_a_title_is_known_by_its_words(db: Path) -> None:
    with Archive.open(db) as archive:
        archive.save(replace(ROPE_POST, title="The warden’s “rope”"))
        assert archive.save(replace(EXCERPT, title='The Warden\'s "Rope"')) == "joined"


@pytest.mark.parametrize(
    "other",
    [
        replace(ROPE_POST, title="Weekly digest – 213"),
        replace(LAMP_POST),
        replace(ROPE_POST, edition="sq", language="sq"),
    ],
    ids=["other title", "other text", "other edition"],
)
@pytest.mark.parametrize("excerpt_first", [True, False])
def test_an_excerpt_that_fits_no_article_stays_by_itself(db: Path, other: Article, excerpt_first: bool) -> None:
    with Archive.open(db) as archive:
        for article in sorted((other, EXCERPT), key=lambda one: (one is EXCERPT) != excerpt_first):
            archive.save(article)
    assert len(articles(db)) == 2


@pytest.mark.parametrize("place", [0, 1, 2])
def test_two_articles_of_its_title_leave_it_by_itself(db: Path, place: int) -> None:
    order = [ROPE_POST, SAME_TITLE]
    order.insert(place, EXCERPT)
    with Archive.open(db) as archive:
        for article in order:
            archive.save(article)
    assert len(articles(db)) == 3
    [excerpt] = [found for found in articles(db).values() if found["post_id"] is None]
    assert (excerpt["excerpt"], excerpt["body"]) == (EXCERPT.excerpt, None)


UNDATED = (ROPE_POST, ROPE_TEXT, EXCERPT, SAME_TITLE, ELSEWHERE, LAMP_TEXT)
UNDATED_STATES = states(UNDATED)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(range(len(UNDATED))), min_size=2, max_size=5, unique=True))
def test_nor_does_the_order_matter_where_one_is_an_excerpt_without_a_date(order: list[int]) -> None:
    assert UNDATED_STATES(*order) == UNDATED_STATES(*sorted(order))


def test_a_crawl_finds_what_an_archive_of_an_earlier_version_left_apart(db: Path) -> None:
    with Archive.open(db) as archive:
        archive.save(EXCERPT)
        archive.save(replace(ROPE_POST, title="Weekly"))
        archive.db.execute("UPDATE articles SET title = 'Weekly digest'")
        assert archive.save(ROPE_POST) == "same"
    assert set(articles(db)) == {"en-7"}


def test_saving_it_again_leaves_the_archive_as_it_is(db: Path) -> None:
    order = (ROPE_POST, SAME_TITLE, EXCERPT, ROPE_TEXT)
    with Archive.open(db) as archive:
        for article in order:
            archive.save(article)
    before = rows(db, "SELECT * FROM text_captures ORDER BY text_id"), articles(db)
    with Archive.open(db) as archive:
        assert {archive.save(replace(article, updates_last_seen=False)) for article in order} == {"same"}
    assert (rows(db, "SELECT * FROM text_captures ORDER BY text_id"), articles(db)) == before
