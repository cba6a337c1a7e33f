"""A web archive knows the day of each capture: its states come into their order, whatever the order of import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from nejat_crawler.archive import Archive
from nejat_crawler.items import Article, Image
from tests.support.commands import rows

TEXTS = {
    year: f"The ferry to the island left at {hour} when the lamp on the quay was lit, in any weather."
    for year, hour in ((2017, "five"), (2019, "six"), (2021, "seven"), (2023, "eight"))
}
CAPTURE = Article(
    edition="en",
    source="warc",
    theme="soledad",
    found_at="https://www.nejatngo.org/en/posts/88",
    captured_at="",
    status="unseen",
    title="The ferry",
    post_id=88,
    url="https://www.nejatngo.org/en/posts/88",
    categories=["Harbour"],
    tags=["ferry"],
    published="2017-01-02",
    language="en",
    own_page=True,
    images=[Image("https://dld.nejatngo.org/en/a.jpg", "The quay")],
)


def capture(year: int, text: str | None = None, **fields: Any) -> Article:
    body = TEXTS[year] if text is None else text
    changed = {"body": body, "body_html": f"<p>{body}</p>", "captured_at": f"{year}-05-04T00:00:00Z", **fields}
    return replace(CAPTURE, **changed)


def crawled(year: int, **fields: Any) -> Article:
    return capture(year, source="article", status="live", **fields)


def save(db: Path, captures: Sequence[Article]) -> tuple[list[str], list[dict[str, Any]]]:
    """The outcomes, and all that the archive holds of it."""
    with Archive.open(db) as archive:
        outcomes = [str(archive.save(one)) for one in captures]
    tables = ("articles", "article_versions", "article_categories", "images")
    return outcomes, [row for table in tables for row in rows(db, f"SELECT * FROM {table} ORDER BY 1, 2")]


def history(db: Path) -> list[tuple[str, str, str]]:
    """Text, first and last day of each state, the oldest first."""
    earlier = rows(db, "SELECT body, seen_from, seen_until FROM article_versions ORDER BY version")
    [now] = rows(
        db, "SELECT body, coalesce(changed_at, first_seen) AS seen_from, last_seen AS seen_until FROM articles"
    )
    return [(row["body"], row["seen_from"][:4], row["seen_until"][:4]) for row in (*earlier, now)]


YEARS = (2017, 2019, 2021)
IN_ORDER = [(TEXTS[year], str(year), str(year)) for year in YEARS]


@pytest.mark.parametrize("order", list(permutations(YEARS)), ids=str)
def test_three_captures_are_three_states_in_any_order_and_nothing_the_second_time(
    tmp_path: Path, order: Sequence[int]
) -> None:
    db = tmp_path / "a.db"
    _, expected = save(tmp_path / "in-order.db", [capture(year) for year in YEARS])
    _, held = save(db, [capture(year) for year in order])
    assert history(db) == IN_ORDER
    assert held == expected
    assert save(db, [capture(year) for year in (*order, *YEARS)]) == (["same"] * 6, held)


def test_captures_of_one_state_stretch_it(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    save(
        db,
        [capture(2021), capture(2019, TEXTS[2021]), capture(2017), capture(2017, captured_at="2018-01-01T00:00:00Z")],
    )
    assert history(db) == [(TEXTS[2017], "2017", "2018"), (TEXTS[2021], "2019", "2021")]
    assert rows(db, "SELECT versions, first_seen FROM articles") == [
        {"versions": 2, "first_seen": "2017-05-04T00:00:00Z"}
    ]


def test_a_text_that_came_back_is_a_state_twice(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    captures = [capture(2017), capture(2021, TEXTS[2017]), capture(2019)]
    save(db, captures)
    assert history(db) == [
        (TEXTS[2017], "2017", "2017"),
        (TEXTS[2019], "2019", "2019"),
        (TEXTS[2017], "2021", "2021"),
    ]
    assert save(db, captures)[0] == ["same"] * 3


def test_what_is_older_than_a_crawl_is_an_earlier_state_and_no_edit(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    outcomes, _ = save(db, [crawled(2023), capture(2019), capture(2017)])
    assert outcomes == ["new", "completed", "completed"]
    assert [state[0] for state in history(db)] == [TEXTS[2017], TEXTS[2019], TEXTS[2023]]
    [row] = rows(db, "SELECT status, source, body, last_seen FROM articles")
    assert row == {"status": "live", "source": "article", "body": TEXTS[2023], "last_seen": "2023-05-04T00:00:00Z"}


def test_the_same_text_before_a_crawl_shows_that_it_stood_there_longer(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    save(db, [crawled(2023), capture(2019, TEXTS[2023], theme="penciamp", categories=None)])
    assert history(db) == [(TEXTS[2023], "2019", "2023")]


def test_what_a_crawl_watched_is_known_better_than_a_capture_within_that_time(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    captures = [crawled(2019), crawled(2023, text=TEXTS[2019])]
    outcomes, _ = save(db, [*captures, capture(2021)])
    assert outcomes[-1] == "kept"
    assert history(db) == [(TEXTS[2019], "2019", "2023")]


def test_digits_that_the_interface_answers_otherwise_are_no_earlier_state(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    text = "کشتی ساعت 18 رفت و 20 نفر در آن بودند، با چراغ و نان."
    digits = text.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    save(db, [capture(2023, text, source="api", theme="rest", status="live"), capture(2019, digits)])
    assert history(db) == [(text, "2019", "2023")]


def test_an_excerpt_of_an_earlier_day_is_no_state(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    excerpt = capture(2017, own_page=False, body=None, body_html=None, excerpt=TEXTS[2017][:30] + " …", whole=False)
    cut = capture(2019, " ".join(TEXTS[2021].split()[:8]) + " …", own_page=False)
    save(db, [capture(2021), excerpt, cut])
    assert history(db) == [(TEXTS[2021], "2017", "2021")]


def test_a_capture_without_text_or_title_is_no_earlier_state(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    save(db, [capture(2021), capture(2019, ""), capture(2017, title="")])
    assert [state[0] for state in history(db)] == [TEXTS[2021]]


def test_the_site_that_shows_it_again_later_makes_it_live_with_its_history(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    save(db, [capture(2019), capture(2017), crawled(2023)])
    assert [state[0] for state in history(db)] == [TEXTS[2017], TEXTS[2019], TEXTS[2023]]
    assert rows(db, "SELECT status, versions FROM articles") == [{"status": "live", "versions": 3}]


@pytest.mark.parametrize("phone_first", [True, False])
def test_a_page_for_phones_and_one_for_desktops_of_one_day_show_one_state(tmp_path: Path, phone_first: bool) -> None:
    db = tmp_path / "a.db"
    days = ("2019-05-04T10:00:00Z", "2019-05-04T10:00:07Z")
    phone = capture(2019, TEXTS[2019] + " Share this.", theme="penciamp", captured_at=days[not phone_first])
    desktop = capture(2019, captured_at=days[phone_first])
    save(db, sorted((phone, desktop), key=lambda one: one.captured_at))
    assert history(db) == [(TEXTS[2019], "2019", "2019")]


def test_a_part_that_a_listing_and_its_own_page_show_with_other_pictures_comes_to_rest(tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    own = capture(2019, whole=False, part_count=2)
    listing = replace(own, own_page=False, images=[])
    assert save(db, [own, listing, own, listing])[0] == ["new", "same", "same", "same"]
