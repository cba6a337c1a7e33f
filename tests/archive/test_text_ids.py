"""The id of a text capture never changes, and short texts are told apart by their words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from nejat_crawler.archive import Archive
from nejat_crawler.items import Article
from tests.archive.test_identity import CAPTURED, CRAWLED
from tests.support.commands import articles

EXCERPT = replace(CAPTURED, published=None, body=None, excerpt="Snow  on the\npass")


def ids(db: Path, *captures: Article) -> list[str]:
    with Archive.open(db) as archive:
        for capture in captures:
            archive.save(capture)
    return sorted(articles(db))


@pytest.mark.parametrize(("capture", "known"), [(CAPTURED, "en-tbef94339ae08"), (EXCERPT, "en-td71e30c2d90e")])
def test_a_text_capture_has_the_id_that_it_always_had(db: Path, capture: Article, known: str) -> None:
    assert ids(db, capture) == [known]
    assert re.fullmatch("en-t[0-9a-f]{12}", known)


@pytest.mark.parametrize(
    "other",
    [
        replace(CAPTURED, body=f"{(CAPTURED.body or '')[:200]}Another ending, of another day."),
        replace(CAPTURED, body=(CAPTURED.body or "").replace(" ", "\n")),
        replace(CAPTURED, tags=["Rope"], author="A warden", found_at="b.txt"),
    ],
    ids=["what follows the opening", "white space", "other fields"],
)
def test_the_id_of_a_text_capture_is_of_its_opening(db: Path, other: Article) -> None:
    assert ids(db, CAPTURED, other) == ["en-tbef94339ae08"]


@pytest.mark.parametrize(
    "other",
    [
        replace(CAPTURED, body=f"{(CAPTURED.body or '')[:150]}otherwise."),
        replace(CAPTURED, title="Daily digest"),
        replace(CAPTURED, published="2024-05-02"),
        replace(CAPTURED, edition="sq"),
    ],
    ids=["opening", "title", "day", "edition"],
)
def test_another_opening_title_day_or_edition_is_another_id(db: Path, other: Article) -> None:
    assert len(ids(db, CAPTURED, other)) == 2


ONE, TWO = "Snow fell on the upper pass", "Rain filled a kettle of ours"


@pytest.mark.parametrize(
    ("crawled", "captured"),
    [
        (ONE, ONE),
        (ONE, "On the upper pass snow fell"),
        ("Snow fell there", "Snow fell here"),
        (ONE, f"{ONE}. It will be cleared by the youth group on Sunday."),
        (f"{ONE}. It will be cleared by the youth group on Sunday.", ONE),
        ("One two three four five six seven", "seven six five four three two one"),
        ("", TWO),
    ],
)
def test_a_short_text_joins_one_that_has_half_of_its_words(db: Path, crawled: str, captured: str) -> None:
    assert ids(db, replace(CRAWLED, body=crawled), replace(CAPTURED, body=captured)) == ["en-7"]


@pytest.mark.parametrize(
    ("crawled", "captured"),
    [
        (ONE, TWO),
        (ONE, f"{TWO}. It was boiled by the cook on Sunday, and drunk by Monday."),
        ("Snow fell", "Rain came"),
        ("One two three four five six seven eight", "eight seven six five four three two one"),
    ],
)
def test_a_short_text_with_other_words_stays_by_itself(db: Path, crawled: str, captured: str) -> None:
    assert len(ids(db, replace(CRAWLED, body=crawled), replace(CAPTURED, body=captured))) == 2
