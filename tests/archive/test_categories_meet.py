"""What it means that a capture shows other categories: an edit, the rest of a list, or less of it than is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from nejat_crawler.items import Article
from tests.archive.test_captures_meet import API, LISTING, PAGE, SAVED, TEXT, WARC, cut, save, teaser
from tests.support.commands import rows

TEXT_CAPTURE = replace(
    LISTING, source="text", theme="a", post_id=None, url=None, status="unseen", found_at="a.txt", body_html=None
)
JANNAH = {"theme": "jannah"}


def named(capture: Article, *names: str, **fields: str) -> Article:
    return replace(capture, categories=list(names), **fields)  # type: ignore[arg-type]


#: Captures, the outcome of the second, the categories then, and the number of versions.
CASES: dict[str, tuple[Sequence[Article], str, Sequence[str], int]] = {
    "another order, another theme": (
        (LISTING, named(LISTING, "Ropes", "Huts", **JANNAH)), "same", ["Huts", "Ropes"], 1,
    ),
    "another order, another theme's own page": (
        (LISTING, named(PAGE, "Ropes", "Huts", **JANNAH)), "completed", ["Huts", "Ropes"], 1,
    ),
    "another order": ((LISTING, named(LISTING, "Ropes", "Huts")), "changed", ["Ropes", "Huts"], 2),
    "another name, another theme": (
        (LISTING, named(LISTING, "Huts", "Kettles", **JANNAH)), "changed", ["Huts", "Kettles"], 2,
    ),
    "more, another theme": (
        (named(LISTING, "Huts"), replace(LISTING, theme="jannah")), "completed", ["Huts", "Ropes"], 1,
    ),
    "more, another theme's own page": (
        (named(LISTING, "Huts"), replace(PAGE, theme="jannah")), "completed", ["Huts", "Ropes"], 1,
    ),
    "more": ((named(LISTING, "Huts"), LISTING), "changed", ["Huts", "Ropes"], 2),
    "more on the own page": ((named(LISTING, "Huts"), PAGE), "changed", ["Huts", "Ropes"], 2),
    "more with all of the text": ((named(teaser(cut(20)), "Huts"), PAGE), "completed", ["Huts", "Ropes"], 1),
    "fewer, another theme": ((LISTING, named(LISTING, "Huts", **JANNAH)), "stale", ["Huts", "Ropes"], 1),
    "fewer, another theme's own page": (
        (LISTING, named(PAGE, "Huts", **JANNAH)), "completed", ["Huts", "Ropes"], 1,
    ),
    "fewer on the own page": ((LISTING, named(PAGE, "Huts")), "changed", ["Huts"], 2),
    "fewer on the own page again": ((PAGE, named(PAGE, "Huts")), "changed", ["Huts"], 2),
    "fewer by the interface": ((LISTING, named(API, "Huts")), "disagrees", ["Huts", "Ropes"], 1),
    "more by the interface": ((named(LISTING, "Huts"), API), "disagrees", ["Huts"], 1),
    "fewer by the interface again": ((API, named(API, "Huts")), "changed", ["Huts"], 2),
    "some after none": ((named(LISTING), LISTING), "completed", ["Huts", "Ropes"], 1),
    "some after not known": ((replace(LISTING, categories=None), LISTING), "completed", ["Huts", "Ropes"], 1),
    "none after some": ((LISTING, named(PAGE)), "completed", ["Huts", "Ropes"], 1),
    "all after a text capture": ((named(TEXT_CAPTURE, "Huts"), LISTING), "completed", ["Huts", "Ropes"], 1),
    "others after a text capture": ((named(TEXT_CAPTURE, "Kettles"), LISTING), "completed", ["Huts", "Ropes"], 1),
    "more in an import": ((named(SAVED, "Huts"), WARC), "same", ["Huts"], 1),
    "some after none in an import": ((named(SAVED), SAVED), "completed", ["Huts", "Ropes"], 1),
    "an import's after none of the site": ((named(LISTING), SAVED), "completed", ["Huts", "Ropes"], 1),
    "an import's against the site's": ((LISTING, named(SAVED, "Kettles")), "same", ["Huts", "Ropes"], 1),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_categories_that_two_captures_show(db: Path, case: tuple[Sequence[Article], str, Sequence[str], int]) -> None:
    captures, outcome, categories, versions = case
    assert save(db, *captures) == ["new", outcome]
    [row] = rows(db, "SELECT id, title, body, category, versions FROM articles")
    assert row == {
        "id": "en-7", "title": LISTING.title, "body": TEXT, "category": categories[0], "versions": versions,
    }  # fmt: skip
    assert [one["name"] for one in rows(db, "SELECT name FROM article_categories ORDER BY position")] == categories
    assert len(rows(db, "SELECT * FROM article_versions")) == versions - 1


def test_of_two_imports_of_one_kind_the_first_stays(db: Path) -> None:
    other = replace(SAVED, found_at="other.html", title="Two ropes", body=f"{TEXT} And a third.", author="A warden")
    assert save(db, SAVED, other, SAVED) == ["new", "kept", "same"]
    [row] = rows(db, "SELECT title, body, found_at, author, versions FROM articles")
    assert tuple(row.values()) == (SAVED.title, TEXT, SAVED.found_at, "A warden", 1)
