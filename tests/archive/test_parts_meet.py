"""What a capture that shows a part of a text does to the whole, and which teasers make the whole out of date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from nejat_crawler.items import Article
from tests.archive.test_captures_meet import (
    API,
    LISTING,
    PAGE,
    SAVED,
    TEXT,
    WARC,
    WORDS,
    cut,
    edited,
    excerpt,
    save,
    teaser,
)
from tests.support.commands import rows

HALF = len(WORDS) // 2
TEXT_CAPTURE = replace(LISTING, source="text", theme="a", status="unseen", found_at="a.txt", body_html=None)


def last(number: int) -> str:
    """The last words of the text: no beginning of it."""
    return " ".join(WORDS[-number:])


#: Captures, the outcomes after the first, and the text that is archived then.
CASES: dict[str, tuple[Sequence[Article], Sequence[str], str | None]] = {
    "a teaser with another category": (
        (LISTING, teaser(cut(30)), teaser(cut(30), categories=["News"])), ("same", "stale"), TEXT,
    ),
    "a teaser with another title": (
        (LISTING, teaser(cut(30)), teaser(cut(30), title="Two ropes")), ("same", "stale"), TEXT,
    ),
    "a teaser with a title that is cut": (
        (LISTING, teaser(cut(30)), teaser(cut(30), title="Ropes over…")), ("same", "same"), TEXT,
    ),
    "a teaser without a text": ((LISTING, teaser(cut(30)), teaser("")), ("same", "same"), TEXT),
    "a teaser of words of its own, before the text": (
        (teaser("It rained …"), PAGE, teaser("It rained …"), teaser("It snowed …")),
        ("completed", "same", "stale"),
        TEXT,
    ),
    "the same, by the interface": (
        (teaser("It rained …"), API, teaser("It rained …"), teaser("It snowed …")),
        ("completed", "same", "stale"),
        TEXT,
    ),
    "a teaser of words of its own, not read yet": (
        (LISTING, teaser("It rained …"), teaser("It rained …")), ("stale", "stale"), TEXT,
    ),
    "a teaser of words of its own, then all of the text on a listing": (
        (LISTING, teaser("It rained …"), LISTING, teaser("It rained …")), ("stale", "same", "same"), TEXT,
    ),
    "a teaser of words of its own, then all of the text by the interface": (
        (LISTING, teaser("It rained …"), API, teaser("It rained …")), ("stale", "completed", "same"), TEXT,
    ),
    "a teaser of words of its own, then all of the text in an import": (
        (LISTING, teaser("It rained …"), SAVED, teaser("It rained …")), ("stale", "same", "stale"), TEXT,
    ),
    "half of the words": ((LISTING, replace(LISTING, body=last(HALF))), ("changed",), last(HALF)),
    "less than half of the words": ((LISTING, replace(LISTING, body=last(HALF - 1))), ("stale",), TEXT),
    "less than half, in a later web archive": (
        (WARC, replace(WARC, body=last(HALF - 1), captured_at="2026-06-01T00:00:00Z")), ("changed",), last(HALF - 1),
    ),
    "another, longer text that breaks off": (
        (LISTING, replace(LISTING, body=f"Correction. {TEXT} …")), ("changed",), f"Correction. {TEXT} …",
    ),
    "another, shorter text that breaks off": (
        (LISTING, replace(LISTING, body=f"Correction. {cut(40)}")), ("stale",), TEXT,
    ),
    "a password": ((LISTING, replace(LISTING, body=None, body_html=None, protected=True)), ("completed",), TEXT),
    "an empty text": ((LISTING, replace(LISTING, body="")), ("refused",), TEXT),
    "an empty text as before": ((replace(LISTING, body=""), replace(LISTING, body="")), ("same",), ""),
    "a beginning of a text capture": ((TEXT_CAPTURE, replace(LISTING, body=cut(40, ""))), ("changed",), cut(40, "")),
    "a cut beginning of a text capture": ((TEXT_CAPTURE, replace(LISTING, body=cut(40))), ("stale",), TEXT),
    "a teaser in an import": ((SAVED, replace(SAVED, body=None, excerpt=cut(10), whole=False)), ("same",), TEXT),
    "an excerpt that names a moment does not have the edit": (
        (
            LISTING,
            excerpt(modified_at="2026-01-05T00:00:00Z"),
            replace(API, title="Two ropes", modified_at="2026-01-05T00:00:00Z"),
        ),
        ("stale", "changed"),
        TEXT,
    ),
    "two excerpts": ((teaser(cut(10)), excerpt(12)), ("completed",), None),
    "the whole after an excerpt": ((teaser(cut(10)), LISTING), ("completed",), TEXT),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_part_never_replaces_the_whole(db: Path, case: tuple[Sequence[Article], Sequence[str], str | None]) -> None:
    captures, outcomes, body = case
    assert save(db, *captures) == ["new", *outcomes]
    [row] = rows(db, "SELECT body, versions FROM articles")
    assert row == {"body": body, "versions": 1 + outcomes.count("changed")}


def test_what_an_excerpt_shows_stays_an_excerpt(db: Path) -> None:
    save(db, teaser(cut(10)), excerpt(12))
    assert rows(db, "SELECT excerpt FROM articles") == [{"excerpt": cut(12)}]


@pytest.mark.parametrize(
    ("second", "byline"),
    [
        (excerpt(byline="By a cook"), "By a warden"),
        (replace(LISTING, byline="By a cook"), "By a warden"),
        (edited(LISTING, byline="By a cook"), "By a cook"),
    ],
    ids=["an excerpt", "the same text", "another text"],
)
def test_the_line_that_names_an_author_belongs_to_its_text(db: Path, second: Article, byline: str) -> None:
    save(db, replace(LISTING, byline="By a warden"), second)
    assert rows(db, "SELECT byline FROM articles") == [{"byline": byline}]


def test_a_title_that_is_lost_with_another_text_is_not_believed(db: Path) -> None:
    untitled = replace(LISTING, title="", body=f"Another text. {TEXT}")
    assert save(db, untitled, edited(LISTING), replace(LISTING, title="")) == ["new", "changed", "stale"]


def test_what_is_kept_to_compare_with_is_what_an_archive_of_before_holds(db: Path) -> None:
    save(db, LISTING, teaser(cut(30)), replace(API, title="Two ropes"), replace(PAGE, body=""))
    assert rows(db, "SELECT digest, read_digest FROM teasers") == [
        {"digest": "4d41eab6b275f0a0", "read_digest": "4d41eab6b275f0a0"}
    ]
    assert rows(db, "SELECT kind, digest, agrees, version FROM other_sources") == [
        {"kind": "api", "digest": "df833c9e0ae21495 7f9502635cce7544 a1aae98eb5c7a9ca", "agrees": 0, "version": 1}
    ]
    assert rows(db, "SELECT source, digest FROM refusals") == [{"source": "article", "digest": "cb8a654ca1563233"}]
