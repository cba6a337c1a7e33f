"""What becomes of an article when captures of several kinds, layouts and days meet in its row."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading.states import State, read_history
from nejat_crawler.items import Article
from nejat_crawler.sample_site import SampleSite, Server, serve
from nejat_crawler.sample_site.server import rest_answers as sample_rest
from tests.support.commands import articles, crawl, rows, run

TEXT = (
    "The wardens of the upper hut stretched two ropes over the gorge before the wind turned, and sent word to the "
    "valley.\n\nNobody had done it in the year 1952. The cook, who had counted the kettles twice, boiled soup for "
    "thirty guests and a dog.\n\nThey came down at dusk, and the lamp above the bridge was lit again."
)
WORDS = TEXT.split()
LISTING = Article(
    edition="en",
    source="listing",
    theme="soledad",
    found_at="https://www.nejatngo.org/en/",
    captured_at="2026-01-01T00:00:00Z",
    status="live",
    title="Ropes over the gorge",
    post_id=7,
    url="https://www.nejatngo.org/en/posts/7",
    categories=["Huts", "Ropes"],
    published="2024-05-01",
    published_at="2024-05-01T10:30:00+03:30",
    published_text="May 1, 2024",
    language="en",
    body=TEXT,
    body_html="<p>The wardens</p>",
)
PAGE = replace(LISTING, source="article", own_page=True, found_at=str(LISTING.url), tags=["rope"])
API = replace(PAGE, source="api", theme="rest", published_text=None, found_at="https://www.nejatngo.org/en/wp-json/7")
SAVED = replace(LISTING, source="html", status="unseen", found_at="saved.html")
WARC = replace(SAVED, source="warc")

DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def cut(number: int, ending: str = " …") -> str:
    """The first words of the text, as a layout cuts it."""
    return " ".join(WORDS[:number]) + ending


def excerpt(number: int = 30, ending: str = " …", **fields: Any) -> Article:
    """A listing's excerpt that extraction takes for the whole text."""
    return replace(LISTING, body=cut(number, ending), body_html="<p>The</p>", **fields)


def teaser(text: str | None, **fields: Any) -> Article:
    """A listing that is known to cut the text; `None`: it shows no text at all."""
    return replace(LISTING, body=None, body_html=None, excerpt=text, whole=False, images=None, **fields)


def persian(capture: Article, **fields: Any) -> Article:
    """As a page shows it whose digits a plugin has translated."""
    return replace(capture, body=(capture.body or "").translate(DIGITS), **fields)


def save(db: Path, *captures: Article) -> list[str]:
    """The outcomes; each capture is a day later than the one before."""
    with Archive.open(db) as archive:
        return save_all(archive, captures)


def save_all(archive: Archive, captures: Sequence[Article]) -> list[str]:
    """As `save`, into an open archive."""
    outcomes: list[str] = []
    for day, capture in enumerate(captures, start=1):
        moment = max(capture.captured_at, f"2026-01-{day:02}T00:00:00Z")
        outcomes.append(archive.save(replace(capture, captured_at=moment)))
    return outcomes


Fresh = Callable[[Sequence[Article]], tuple[list[str], list[State]]]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fresh]:
    """Save captures as those of a post that the archive has not met; returns the outcomes, and the states."""
    numbers = count(1)
    with Archive.open(tmp_path_factory.mktemp("many") / "nejat.db") as archive:

        def go(captures: Sequence[Article]) -> tuple[list[str], list[State]]:
            number = next(numbers)
            outcomes = save_all(archive, [replace(capture, post_id=number, url=None) for capture in captures])
            history = read_history(archive.db, f"en-{number}")
            assert history is not None
            return outcomes, history.states

        yield go


def edited(capture: Article, **fields: Any) -> Article:
    """Another text under a text that no excerpt fits."""
    return replace(capture, body=f"Correction. {capture.body}", **fields)


CASES: dict[str, tuple[Sequence[Article], Sequence[str], dict[str, Any]]] = {
    # an excerpt never becomes or replaces a text
    "an excerpt": ((LISTING, excerpt()), ("new", "stale"), {}),
    "an excerpt, night after night": (
        (LISTING, excerpt(), PAGE, excerpt()),
        ("new", "stale", "completed", "same"),
        {},
    ),
    "an excerpt over an own page": ((PAGE, excerpt(ending="...")), ("new", "stale"), {"own_page": 1}),
    "an excerpt over the interface": ((API, excerpt(ending=" […]")), ("new", "stale"), {}),
    "an excerpt without a mark": ((LISTING, excerpt(20, "")), ("new", "stale"), {}),
    "a written excerpt": ((LISTING, replace(LISTING, body="How two ropes came to the hut.")), ("new", "stale"), {}),
    "an excerpt in other quotes": (
        (replace(LISTING, body=f"“Hut’s” {TEXT}"), replace(LISTING, body=f'"Hut\'s" {cut(40)}')),
        ("new", "stale"),
        {"body": f"“Hut’s” {TEXT}"},
    ),
    "an excerpt of the title": ((LISTING, replace(LISTING, title="Ropes over…")), ("new", "stale"), {}),
    "a listing without the title": ((LISTING, replace(LISTING, title="")), ("new", "stale"), {}),
    "a listing with the first category": ((LISTING, replace(LISTING, categories=["Huts"])), ("new", "stale"), {}),
    "an imported excerpt": ((SAVED, replace(WARC, body=cut(30))), ("new", "kept"), {"source": "html"}),
    "a later web archive of excerpts": (
        (WARC, replace(WARC, body=cut(30), captured_at="2026-06-01T00:00:00Z")),
        ("new", "kept"),
        {},
    ),
    "an import that cuts what the site shows": ((LISTING, replace(SAVED, body=cut(30))), ("new", "kept"), {}),
    "the site cuts what was imported": ((SAVED, excerpt()), ("new", "stale"), {"status": "live"}),
    "an own page that shows an excerpt": ((LISTING, replace(PAGE, body=cut(30))), ("new", "refused"), {}),
    "the same again": ((LISTING, *[replace(PAGE, body=cut(30))] * 2), ("new", "refused", "kept"), {}),
    "the interface answers an excerpt": ((LISTING, replace(API, body=cut(30))), ("new", "refused"), {}),
    "a known excerpt, taken for the text": ((teaser(cut(20)), excerpt()), ("new", "completed"), {"body": None}),
    "an own page that is shorter": (
        (LISTING, replace(LISTING, body=cut(20, "")), replace(PAGE, body=cut(20, ""))),
        ("new", "stale", "changed"),
        {"body": cut(20, ""), "versions": 2},
    ),
    "a longer text on the listing": (
        (LISTING, replace(LISTING, body=f"{TEXT}\n\nAnother day.")),
        ("new", "changed"),
        {"body": f"{TEXT}\n\nAnother day.", "versions": 2},
    ),
    # a teaser is up to date when it fits
    "another layout": ((LISTING, teaser(cut(30)), teaser(cut(55, "..."))), ("new", "same", "same"), {}),
    "a layout without text": ((LISTING, teaser(cut(30)), teaser(None), teaser(cut(30))), ("new", *["same"] * 3), {}),
    "categories in other order": (
        (
            LISTING,
            teaser(cut(30)),
            teaser(cut(30), categories=["Ropes", "Huts"]),
            teaser(cut(9), categories=["Huts"]),
        ),
        ("new", "same", "same", "same"),
        {},
    ),
    "another title where no text is shown": (
        (LISTING, teaser(None), teaser(None, title="Two ropes")),
        ("new", "same", "stale"),
        {},
    ),
    "another category where no text is shown": ((LISTING, teaser(None, categories=["News"])), ("new", "stale"), {}),
    "another beginning": ((LISTING, teaser(cut(30)), teaser("It rained …")), ("new", "same", "stale"), {}),
    "a written excerpt, read": (
        (LISTING, teaser("Of two ropes."), PAGE, teaser("Of two ropes."), teaser("Of a rope.")),
        ("new", "stale", "completed", "same", "stale"),
        {},
    ),
    "a layout with the first category, before the text": (
        (teaser(cut(30)), teaser(cut(30), categories=["Huts"]), PAGE),
        ("new", "same", "completed"),
        {},
    ),
    # healing
    "an archived excerpt, own page": ((excerpt(), PAGE), ("new", "completed"), {"own_page": 1}),
    "an archived excerpt, interface": ((excerpt(20, "[…]"), API), ("new", "completed"), {"source": "api"}),
    "an archived excerpt, listing": (
        (excerpt(20), excerpt(40, "..."), LISTING),
        ("new", "completed", "completed"),
        {},
    ),
    "an archived title that was cut": (
        (replace(LISTING, title="Ropes over…"), PAGE),
        ("new", "completed"),
        {"own_page": 1},
    ),
    # like is compared with like
    "two kinds that differ": (
        (persian(LISTING), API, persian(LISTING), API, persian(PAGE), API),
        ("new", "disagrees", "same", "same", "completed", "same"),
        {"body": persian(LISTING).body},
    ),
    "the interface first": (
        (API, persian(LISTING), API, persian(LISTING)),
        ("new", "disagrees", "same", "same"),
        {"source": "api"},
    ),
    "an edit that both show": (
        (persian(LISTING), API, edited(persian(LISTING)), edited(API), edited(persian(LISTING))),
        ("new", "disagrees", "changed", "same", "same"),
        {"body": f"Correction. {persian(LISTING).body}", "versions": 2},
    ),
    "an edit that both show, the interface first": (
        (persian(LISTING), API, edited(API), edited(persian(LISTING)), edited(API)),
        ("new", "disagrees", "changed", "same", "same"),
        {"body": f"Correction. {TEXT}", "versions": 2, "source": "api"},
    ),
    "an edit that the interface dates": (
        (LISTING, replace(API, title="Two ropes", modified_at="2026-01-01T12:00:00Z")),
        ("new", "changed"),
        {"title": "Two ropes", "versions": 2},
    ),
    "an edit before the page was read": (
        (LISTING, replace(API, title="Two ropes", modified_at="2025-12-31T12:00:00Z")),
        ("new", "disagrees"),
        {},
    ),
    "an edit of a listing that agreed": (
        (LISTING, API, replace(LISTING, title="Two ropes"), replace(API, title="Two ropes")),
        ("new", "completed", "changed", "completed"),
        {"title": "Two ropes", "versions": 2, "source": "api"},
    ),
    "an edit that one does not show yet": (
        (LISTING, API, edited(API), *[LISTING] * 2, edited(LISTING)),
        ("new", "completed", "changed", "disagrees", "same", "same"),
        {"body": f"Correction. {TEXT}", "versions": 2},
    ),
    "tags that differ with the rest": (
        (persian(PAGE), *[replace(API, tags=["Rope"])] * 2),
        ("new", "disagrees", "same"),
        {"body": persian(PAGE).body, "tags": ["rope"]},
    ),
    "they come to agree, and part again": (
        (persian(LISTING), API, LISTING, API, persian(LISTING)),
        ("new", "disagrees", "changed", "completed", "changed"),
        {"versions": 3, "body": persian(LISTING).body},
    ),
    # typography is no edit
    "other quotes in a category": (
        (replace(LISTING, categories=["Cook’s"]), replace(LISTING, categories=["Cook's"])),
        ("new", "same"),
        {"category": "Cook’s"},
    ),
    "other marks in another design": (
        (
            replace(LISTING, title="“Ropes” – 5×3 …", body=f"{TEXT} It’s…"),
            *[replace(PAGE, theme="generic", title='"Ropes" - 5x3 ...', body=f"{TEXT} It's...", tags=None)] * 2,
            replace(LISTING, title="“Ropes” – 5×3 …", body=f"{TEXT} It’s…"),
        ),
        ("new", "same", "same", "same"),
        {"title": "“Ropes” – 5×3 …", "body": f"{TEXT} It’s…"},
    ),
    "other marks in the same design": (
        (LISTING, replace(LISTING, title="Ropes over the ‘gorge’"), replace(LISTING, title="Ropes over the 'gorge'")),
        ("new", "changed", "changed"),
        {"title": "Ropes over the 'gorge'", "versions": 3},
    ),
    # a title that its editor takes away
    "no title": ((LISTING, *[replace(PAGE, title="")] * 2), ("new", "changed", "same"), {"title": "", "versions": 2}),
    "no title by the interface": (
        (API, *[replace(API, title="")] * 2),
        ("new", "changed", "same"),
        {"title": "", "versions": 2},
    ),
    "neither title nor text": (
        (LISTING, *[replace(PAGE, title="", body="")] * 2, PAGE, replace(PAGE, title="", body="")),
        ("new", "refused", "kept", "completed", "refused"),
        {},
    ),
    "no text": ((PAGE, *[replace(PAGE, body="")] * 2), ("new", "refused", "kept"), {}),
    "untitled as it was": (
        (replace(LISTING, title=""), LISTING, replace(LISTING, title="")),
        ("new", "changed", "changed"),
        {"title": "", "versions": 3},
    ),
    "an import without a title": (
        (replace(WARC, theme="amp"), replace(WARC, own_page=True, title="")),
        ("new", "completed"),
        {"own_page": 1},
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_captures_in_turn(db: Path, case: tuple[Sequence[Article], Sequence[str], dict[str, Any]]) -> None:
    captures, outcomes, wanted = case
    assert save(db, *captures) == list(outcomes)
    [row] = rows(db, "SELECT * FROM articles")
    for names in ("categories", "tags"):
        row[names] = [one["name"] for one in rows(db, f"SELECT name FROM article_{names} ORDER BY position")]
    held = {"title": LISTING.title, "body": TEXT, "versions": 1, "category": "Huts"}
    if "category" not in wanted:
        held["categories"] = ["Huts", "Ropes"]
    wanted = held | wanted
    assert {name: row[name] for name in wanted} == wanted
    assert len(rows(db, "SELECT * FROM article_versions")) == row["versions"] - 1


ENDINGS = st.sampled_from([" …", "…", "...", " [...]", "[…]", " [ … ]"])
LENGTHS = st.integers(min_value=1, max_value=len(WORDS) - 1)
KNOWN = st.builds(lambda number, ending: teaser(cut(number, ending)), LENGTHS, ENDINGS | st.just(""))
TAKEN = st.builds(excerpt, LENGTHS, ENDINGS)
SHOWN = st.one_of(KNOWN, TAKEN, st.just(teaser(None)), st.sampled_from([LISTING, PAGE]))


@settings(max_examples=100, deadline=None)
@given(st.lists(SHOWN, max_size=6), st.lists(SHOWN, max_size=4), st.sampled_from([LISTING, PAGE, API]))
def test_no_layout_makes_a_version_of_what_was_not_edited(
    fresh: Fresh, before: list[Article], after: list[Article], whole: Article
) -> None:
    outcomes, states = fresh([*before, whole, *after])
    assert set(outcomes[1:]) <= {"same", "stale", "completed"}
    assert [(state.title, state.body, state.categories) for state in states] == [
        (LISTING.title, TEXT, LISTING.categories)
    ]


PERSIAN = [
    *[persian(capture) for capture in (LISTING, PAGE, replace(PAGE, theme="generic"))],
    *[persian(excerpt(number)) for number in (20, 30)],
    *[API, replace(API, modified_at="2025-12-31T12:00:00Z")],
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PERSIAN), max_size=9))
def test_two_kinds_that_differ_for_good_are_said_once(fresh: Fresh, captures: list[Article]) -> None:
    first = [persian(LISTING), API][len(captures) % 2]
    outcomes, states = fresh([first, *captures])
    assert outcomes.count("disagrees") <= 1
    assert "changed" not in outcomes
    assert [state.body for state in states] == [first.body]


PRINTED = replace(LISTING, published="2024-05-31", published_at=None, published_text="May 31, 2024")
DAY_ONLY = replace(PAGE, published="2024-04-30", published_at=None, published_text=None)
REDATED = replace(
    PAGE, published="2024-06-09", published_at="2024-06-09T08:00:00+03:30", published_text="June 9, 2024"
)
FIRST = ("2024-05-01", "2024-05-01T10:30:00+03:30", "May 1, 2024", 2024, None)
UNDATED = replace(LISTING, published=None, published_at=None, published_text=None, undated="no date printed")
DATES: dict[str, tuple[Sequence[Article], tuple[Any, ...]]] = {
    "the day of the last edit": ((LISTING, PRINTED, replace(PRINTED, theme="generic")), FIRST),
    "the day of the last edit on the own page": ((PAGE, replace(PRINTED, source="article", own_page=True)), FIRST),
    "a day of JSON-LD": ((LISTING, DAY_ONLY), FIRST),
    "the same moment in UTC": ((PAGE, replace(PAGE, theme="amp", published_at="2024-05-01T07:00:00Z")), FIRST),
    "no date": ((LISTING, UNDATED), FIRST),
    "a date at last": ((UNDATED, LISTING), FIRST),
    "no date at all": ((UNDATED,), (None, None, None, None, "no date printed")),
    "the time to a printed day": ((replace(LISTING, published_at=None), API), FIRST),
    "a printed form to a time": ((API, LISTING), FIRST),
    "a listing against an own page": (
        (replace(PAGE, published_at=None), PRINTED),
        ("2024-05-01", None, "May 1, 2024", 2024, None),
    ),
    "another design's day": (
        (replace(LISTING, published_at=None), replace(PRINTED, theme="generic")),
        ("2024-05-01", None, "May 1, 2024", 2024, None),
    ),
    "a new day": ((LISTING, REDATED), ("2024-06-09", "2024-06-09T08:00:00+03:30", "June 9, 2024", 2024, None)),
    "a new day by the interface": (
        (LISTING, replace(API, published="2023-06-09", published_at="2023-06-09T08:00:00+03:30")),
        ("2023-06-09", "2023-06-09T08:00:00+03:30", None, 2023, None),
    ),
    "an import": ((LISTING, replace(REDATED, source="html", status="unseen")), FIRST),
    "an import that knows the time": (
        (replace(LISTING, published_at=None, published_text=None), replace(PAGE, source="html", status="unseen")),
        FIRST,
    ),
}


@pytest.mark.parametrize("case", DATES.values(), ids=DATES.keys())
def test_dates_that_are_known_stay_and_agree(db: Path, case: tuple[Sequence[Article], tuple[Any, ...]]) -> None:
    captures, wanted = case
    save(db, *captures)
    [row] = rows(db, "SELECT published, published_at, published_text, year, undated, versions FROM articles")
    assert tuple(row.values()) == (*wanted, 1)


def test_an_archive_of_before_opens_and_takes_captures(db: Path) -> None:
    save(db, LISTING)
    with closing(sqlite3.connect(db)) as connection:
        connection.executescript("DROP TABLE other_sources; DROP TABLE refusals")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'keep_what_is_not_taken'")
        connection.commit()
    assert save(db, persian(API), persian(API), replace(PAGE, body="")) == ["disagrees", "same", "refused"]
    assert articles(db)["en-7"]["body"] == TEXT


# --- on the sample site -------------------------------------------------------------------------------------------


def test_digits_that_a_plugin_translates_are_said_once_and_make_no_version(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = SampleSite(editions=("en",), limit=6)
    print_post: Callable[..., dict[str, Any]] = sample_rest._post

    def translated(blog: Any, shown: Any, *, embed: bool) -> dict[str, Any]:
        post = print_post(blog, shown, embed=embed)
        if not shown.protected and "content" in post:
            post["content"] = {**post["content"], "rendered": f"<p>In ۱۹۵۲.</p>{post['content']['rendered']}"}
        return post

    monkeypatch.setattr(sample_rest, "_post", translated)
    with serve(site) as server:
        first = crawl(db, server.base_url, edition="en", via="both")
        assert (first.code, "disagrees with the listing" in first.err) == (1, True)
        for _ in range(2):
            again = crawl(db, server.base_url, edition="en", via="both", full="1")
            assert (again.code, "disagree" in again.out + again.err) == (0, False), again
    assert rows(db, "SELECT * FROM article_versions") == []
    posts = [post for post in site.public_posts("en") if not post.protected]
    assert len(rows(db, "SELECT * FROM other_sources WHERE NOT agrees")) == len(posts) > 1


def test_an_interface_that_was_read_first_does_not_change_by_the_listing(
    db: Path, site: SampleSite, server: Server
) -> None:
    assert crawl(db, server.base_url, edition="en", via="api").code == 0
    post = next(post for post in site.public_posts("en") if not post.protected)
    site.blogs["en"].put(replace(post, title="A filter was here"))
    first = crawl(db, server.base_url, edition="en", full="1")
    assert (first.code, f"{post.id} disagrees with the REST interface" in first.err) == (1, True)
    assert crawl(db, server.base_url, edition="en", full="1").code == 0
    assert articles(db)[post.id]["title"] == post.title
    told = json.loads(run("nejat", "export", "jsonl", "--db", db).out.splitlines()[0])
    assert told["versions"] == 1
