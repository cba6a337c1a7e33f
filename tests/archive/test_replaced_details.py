"""Pictures, links, tags, author, date and markup that others replace are kept, told, and given back by an undo."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading.states import read_history
from nejat_crawler.archive.undo import Undone
from nejat_crawler.cli.check_commands import format_history
from nejat_crawler.items import Article, Image, Link
from tests.archive.test_captures_meet import TEXT, WARC, teaser
from tests.archive.test_nothing_gets_worse import BELL, FILES, IMAGES, LAMP, LEAD, LINKS, RICH
from tests.support.commands import articles, rows, run
from tests.support.served import serving

SPAM: dict[str, Any] = {
    "title": "Cheap watches",
    "body": "Cheap watches! Nothing of the hut is left.",
    "body_html": "<p>Cheap watches!</p>",
    "images": [Image(f"{FILES}/watch.png", "a watch")],
    "links": [Link("https://evil.example/", "watches")],
    "tags": ["watches"],
    "author": "admin",
    "published": "2026-02-02",
    "published_at": "2026-02-02T00:00:00+03:30",
    "published_text": "February 2, 2026",
}
FIRST = replace(RICH, author="Radio Room")
FIELDS = (
    *("title", "body", "images", "links", "tags", "author", "byline", "published", "published_at", "published_text"),
    *("categories", "category", "source", "theme", "protected", "excerpt"),
)


def night(day: int, capture: Article, **fields: Any) -> Article:
    """What is met on a day of January 2026."""
    return replace(capture, captured_at=f"2026-01-{day:02}T03:00:00Z", **fields)


def crawl(db: Path, *captures: Article) -> list[int]:
    """Each capture as a crawl of its own; the numbers of the runs."""
    numbers: list[int] = []
    with Archive.open(db) as archive:
        for capture in captures:
            day = capture.captured_at[:10]
            numbers.append(archive.start_run("crawl", {}, f"{day}T02:59:00Z"))
            archive.save(capture)
            archive.finish_run(numbers[-1], {"finished_at": f"{day}T03:01:00Z", "outcome": "finished"})
    return numbers


def undo(db: Path, number: int) -> Undone:
    with Archive.open(db) as archive:
        return archive.undo_run(number)


def whole(db: Path) -> dict[str, Any]:
    """All of the article that was published, markup and provenance too."""
    [row] = rows(db, "SELECT body_html, found_at, own_page, year, undated FROM articles WHERE id = 'en-7'")
    article = articles(db)["en-7"]
    return {**{name: article[name] for name in FIELDS}, **row}


def told(db: Path) -> str:
    with Archive.open_readonly(db) as archive:
        history = read_history(archive.db, "en-7")
    assert history
    return "\n".join(format_history(history))


def test_an_undo_gives_back_all_that_it_was_and_an_undo_of_the_undo_all_that_it_took(db: Path) -> None:
    _, spoilt = crawl(db, night(1, FIRST), night(2, replace(FIRST, **SPAM)))
    broken = whole(db)
    crawl(db, night(1, replace(FIRST, post_id=8, url=None)))
    before = {**broken, **{name: articles(db)["en-8"][name] for name in FIELDS}}
    undone = undo(db, spoilt)
    assert (undone.restored, undone.lacking) == (["en-7"], {})
    assert whole(db) == {**before, "body_html": RICH.body_html, "year": 2024}
    [last] = rows(db, "SELECT max(id) AS id FROM runs")
    assert undo(db, last["id"]).restored == ["en-7"]
    assert whole(db) == broken
    assert [row["versions"] for row in rows(db, "SELECT versions FROM articles WHERE id = 'en-7'")] == [4]


def test_what_an_edit_replaces_is_kept_with_the_version_and_told(db: Path) -> None:
    edited = replace(FIRST, body=f"{TEXT}\n\nLater.", images=[LEAD, LAMP], tags=["rope"], author="Hut Office")
    crawl(db, night(1, FIRST), night(2, edited))
    [version] = rows(db, "SELECT replaced FROM article_versions")
    [step] = json.loads(version["replaced"])
    assert [image["src"] for image in step["images"]] == [image.src for image in IMAGES]
    assert (step["tags"], step["author"], "links" in step) == (["rope", "hut"], "Radio Room", False)
    lines = told(db)
    assert "   pictures: [-The bell (bell)-]" in lines
    assert "   tags: [-hut-]" in lines
    assert "   posted by: [-Radio Room-] {+Hut Office+}" in lines
    assert "links:" not in lines


DETAILS: dict[str, tuple[dict[str, Any], str]] = {
    "a tag": ({"tags": ["rope", "lamp"]}, "tags: [-hut-] {+lamp+}"),
    "an author": ({"author": "admin"}, "posted by: [-Radio Room-] {+admin+}"),
    "a day": (
        {"published": "2024-06-09", "published_at": "2024-06-09T08:00:00+03:30", "published_text": "June 9, 2024"},
        "date: [-2024-05-01-] {+2024-06-09+}",
    ),
    "a time": (
        {"published_at": "2024-05-01T11:45:00+03:30"},
        "time: [-2024-05-01T10:30:00+03:30-] {+2024-05-01T11:45:00+03:30+}",
    ),
    "comments that are gone": ({"comment_count": 2}, "comments: [-5-] {+2+}"),
    "a caption": (
        {"images": [LEAD, replace(LAMP, caption="A lamp"), BELL]},
        "pictures: [-A lamp at dusk (lamp)-] {+A lamp (lamp)+}",
    ),
    "pictures that the site says it took away": (
        {"images": [LEAD, LAMP], "modified_at": "2026-01-02T02:00:00Z"},
        "pictures: [-The bell (bell)-]",
    ),
    "another link": (
        {"links": [LINKS[0], Link("https://example.com/", "ropes")]},
        "links: [-ropes (https://example.org/)-] {+ropes (https://example.com/)+}",
    ),
    "markup alone": (
        {"body_html": "<p><b>The wardens</b></p>", "modified_at": "2026-01-02T02:00:00Z"},
        "markup: another",
    ),
}


@pytest.mark.parametrize("case", DETAILS.values(), ids=DETAILS)
def test_a_change_of_details_alone_leaves_a_trace_and_can_be_taken_back(
    db: Path, case: tuple[dict[str, Any], str]
) -> None:
    fields, line = case
    crawl(db, night(1, FIRST))
    before = whole(db)
    [changed] = crawl(db, night(2, FIRST, **fields))
    after = whole(db)
    assert after != before or "comment_count" in fields
    assert "1. changed, with the same text, met 2026-01-02T03:00:00Z" in told(db)
    assert line in told(db)
    assert rows(db, "SELECT versions, changed_at FROM articles") == [{"versions": 1, "changed_at": None}]
    assert undo(db, changed).restored == ["en-7"]
    assert whole(db) == before
    assert undo(db, changed).restored == []
    [last] = rows(db, "SELECT max(id) AS id FROM runs")
    assert undo(db, last["id"]).restored == ["en-7"]
    assert whole(db) == after


def test_what_is_filled_in_or_bears_another_number_each_night_leaves_none(db: Path) -> None:
    listed = replace(FIRST, source="listing", own_page=False, tags=None, images=[LEAD], author=None)
    numbered = [replace(image, src=f"{image.src}?v=2") for image in IMAGES]
    links = [LINKS[0], Link("https://example.org/?session=7", "ropes")]
    crawl(db, night(1, listed), night(2, FIRST), night(3, FIRST, images=numbered, links=links, comment_count=9))
    assert rows(db, "SELECT replaced FROM articles") == [{"replaced": None}]


def test_what_goes_to_and_fro_is_kept_a_few_times_and_the_last_can_be_taken_back(db: Path) -> None:
    names = [replace(FIRST, author=("Radio Room", "admin")[day % 2]) for day in range(20)]
    numbers = crawl(db, *(night(day, name) for day, name in enumerate(names, start=1)))
    [row] = rows(db, "SELECT replaced, author FROM articles")
    assert (len(json.loads(row["replaced"])), row["author"]) == (3, "admin")
    undo(db, numbers[-1])
    assert articles(db)["en-7"]["author"] == "Radio Room"


def test_an_excerpt_in_other_words_leaves_a_trace_and_a_longer_one_none(db: Path) -> None:
    listed = teaser(None, links=[], author="Radio Room")
    shown = ("They went …", "They went down …", "Nobody went …")
    crawl(db, *(night(day, listed, excerpt=excerpt) for day, excerpt in enumerate(shown, start=1)))
    assert told(db).count("excerpt: [-They went down …-] {+Nobody went …+}") == 1
    [row] = rows(db, "SELECT replaced FROM articles")
    assert len(json.loads(row["replaced"])) == 1
    crawl(db, night(4, FIRST))
    assert told(db).count("excerpt:") == 1


def test_an_operator_may_accept_that_tags_pictures_and_links_are_gone(db: Path) -> None:
    bare = replace(FIRST, tags=[], images=[LEAD], links=[], body_html="<p>Bare</p>")
    [_, number] = crawl(db, night(1, FIRST), night(2, bare, accepted=True))
    article = whole(db)
    assert (article["tags"], article["links"], len(article["images"])) == ([], [], 1)
    assert article["body_html"] == "<p>Bare</p>"
    assert undo(db, number).restored == ["en-7"]
    assert len(whole(db)["links"]) == 2


WRONG = (
    *("", "[", "7", "null", "[]", "[7]", '[{"images": 7, "tags": [7], "links": [{"url": []}]}]'),
    '[{"comment_count": "x", "author": {}, "published": 7}, {"until": 7, "images": [{"caption": 7, "src": 7}]}]',
)


@pytest.mark.parametrize("held", WRONG)
def test_what_somebody_else_has_written_there_breaks_no_page(db: Path, held: str) -> None:
    crawl(db, night(1, FIRST), night(2, FIRST, body=f"{TEXT} Later."))
    with Archive.open(db) as archive, archive.writing() as database:
        database.execute("UPDATE articles SET replaced = ?", [held])
        database.execute("UPDATE article_versions SET replaced = ?", [held])
    assert "Later." in told(db)
    crawl(db, night(3, FIRST, body=f"{TEXT} Later.", tags=["other"]), night(4, FIRST))
    assert "Later." in told(db)


NO_VALUES = (
    f'[{{"comment_count": {10**30}, "published": "spring", "images": [{{"lead": {10**30}}}], "links": [{{}}]}}]',
    '[{"author": "\\ud800", "body_html": "\\udcff", "tags": ["\\ud800", null], "images": [{"src": "\\ud83d"}]}]',
    '[{"theme": null, "found_at": null, "own_page": null, "protected": null, "published": "20240", "links": [1]}]',
)


@pytest.mark.parametrize("held", NO_VALUES)
def test_what_no_column_can_hold_breaks_neither_an_undo_nor_a_page(db: Path, held: str) -> None:
    _, number = crawl(db, night(1, FIRST), night(2, FIRST, **SPAM))
    with Archive.open(db) as archive, archive.writing() as database:
        database.execute("UPDATE article_versions SET replaced = ?, categories = ?", [held, '["\\ud800", 7]'])
    assert json.loads(run("nejat", "show", "en-7", "--version", "1", "--json", "--db", db).out)["body"] == TEXT
    told(db).encode()
    assert undo(db, number).restored == ["en-7"]
    assert (articles(db)["en-7"]["body"], articles(db)["en-7"]["categories"]) == (TEXT, ["?", "7"])


def test_an_earlier_state_is_shown_with_its_own_year_and_category(db: Path) -> None:
    crawl(db, night(1, FIRST), night(2, FIRST, **SPAM, categories=["Watches"]))
    shown = json.loads(run("nejat", "show", "en-7", "--version", "1", "--json", "--db", db).out)
    names = ("published", "year", "category", "categories")
    assert [shown[name] for name in names] == ["2024-05-01", 2024, "Huts", ["Huts", "Ropes"]]
    with Archive.open(db) as archive, archive.writing() as database:
        database.execute("UPDATE article_versions SET replaced = NULL")  # as in an archive of before
    assert run("nejat", "show", "en-7", "--version", "1", "--db", db).out.startswith("en-7  date not known  ")


def test_runs_are_taken_back_one_after_the_other_and_the_history_says_who_did_it(db: Path) -> None:
    edited = replace(FIRST, body=f"{TEXT}\n\nLater.", tags=["second"])
    numbers = crawl(db, night(1, FIRST), night(2, edited), night(3, replace(edited, tags=["third"], author="admin")))
    crawl(db, night(1, FIRST, post_id=8, url=None))
    for number in numbers[:0:-1]:
        assert undo(db, number).restored == ["en-7"]
    archived = articles(db)
    assert {name: archived["en-7"][name] for name in FIELDS} == {name: archived["en-8"][name] for name in FIELDS}
    lines = told(db)
    assert lines.count("2. changed, with the same text, met 2026-01-03") == 1
    assert lines.count("changes taken back: no edit by the site, met") == 1
    assert lines.count("3. changes taken back at") == 1


def test_details_that_were_changed_since_stay(db: Path) -> None:
    spoilt = replace(FIRST, **SPAM)
    numbers = crawl(db, night(1, FIRST), night(2, spoilt), night(3, spoilt, author="Hut Office"))
    assert undo(db, numbers[1]).restored == ["en-7"]
    article = articles(db)["en-7"]
    assert (article["title"], article["tags"], article["author"]) == (FIRST.title, FIRST.tags, "Hut Office")
    other = db.with_name("other.db")
    numbers = crawl(other, night(1, FIRST), night(2, FIRST, tags=["a"]), night(3, FIRST, tags=["b"]))
    assert undo(other, numbers[1]).changed_since == ["en-7"]


def test_details_that_a_run_changed_come_back_though_the_text_was_edited_since(db: Path) -> None:
    spoilt = replace(FIRST, tags=["watches"], author="admin")
    edited = replace(spoilt, body=f"{TEXT}\n\nLater.")
    numbers = crawl(db, night(1, FIRST), night(2, spoilt), night(3, edited))
    assert undo(db, numbers[1]).restored == ["en-7"]
    article = articles(db)["en-7"]
    assert (article["tags"], article["author"], article["body"]) == (FIRST.tags, "Radio Room", edited.body)


def test_an_archive_of_before_says_what_it_cannot_give_back(db: Path) -> None:
    crawl(db, night(1, FIRST))
    edited = replace(FIRST, **SPAM)
    [number] = crawl(db, night(2, edited))
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.executescript("DROP INDEX articles_replaced; DROP INDEX runs_undone")
        for table in ("articles", "article_versions"):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN replaced")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'keep_what_is_replaced'")
    crawl(db, night(3, edited))
    spoilt = whole(db)
    assert "tags:" not in told(db)
    result = run("nejat", "history", "--undo", str(number), "--db", db)
    assert (
        "not restored, for the archive has not kept it: posted by, date, tags, pictures, links, markup" in result.out
    )
    article = articles(db)["en-7"]
    assert (article["body"], article["images"], article["tags"]) == (TEXT, [], ["watches"])
    [last] = rows(db, "SELECT max(id) AS id FROM runs")
    assert undo(db, last["id"]).lacking == {}
    assert whole(db) == spoilt


def test_an_earlier_state_from_a_web_archive_has_its_own_details_and_leaves_those_round_it(db: Path) -> None:
    older = replace(
        WARC,
        captured_at="2025-06-01T00:00:00Z",
        body=f"{TEXT} Once.",
        author="Hut",
        tags=["old"],
        images=[LAMP],
        links=[],
    )
    middle = replace(older, captured_at="2025-09-01T00:00:00Z", body=f"{TEXT} Twice.", tags=None, author=None)
    crawl(db, night(1, FIRST))
    now = whole(db)
    with Archive.open(db) as archive:
        assert [archive.save(one) for one in (older, replace(middle, images=[BELL]))] == ["completed"] * 2
        history = read_history(archive.db, "en-7")
    assert history
    first, second, last = (state.looks[-1].details for state in history.states)
    assert (first["tags"], first["author"], [image["src"] for image in first["images"]]) == (
        ["old"],
        "Hut",
        [LAMP.src],
    )
    assert (second["tags"], second["author"]) == (["old"], "Hut")  # which the second does not show
    assert [image["src"] for image in second["images"]] == [BELL.src]
    assert (last["tags"], len(last["images"])) == (FIRST.tags, 3)
    assert whole(db) == now


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0), (2, 1, 0)])
def test_web_archives_tell_the_same_details_in_any_order(db: Path, order: Sequence[int]) -> None:
    shown = [
        replace(WARC, captured_at=f"202{year}-01-01T00:00:00Z", body=f"{TEXT} {year}", body_html=f"<p>{year}</p>",
            tags=[f"tag {year}"], author=f"author {year}", images=[LAMP] * year, links=LINKS[:year], own_page=True)
        for year in range(3)
    ]  # fmt: skip
    with Archive.open(db) as archive:
        for number in order:
            archive.save(shown[number])
        history = read_history(archive.db, "en-7")
    assert history
    found = [state.looks[-1].details for state in history.states]
    assert [
        (one["tags"], one["author"], len(one["images"]), len(one["links"]), one["body_html"]) for one in found
    ] == [([f"tag {year}"], f"author {year}", year, min(year, 2), f"<p>{year}</p>") for year in range(3)]


def test_a_refused_run_takes_back_details_too_and_an_unchanged_capture_writes_nothing(db: Path) -> None:
    crawl(db, night(1, FIRST))
    before = whole(db)
    with Archive.open(db) as archive:
        archive.remember_states()
        archive.save(night(2, FIRST, tags=["watches"], author="admin"))
        assert archive.forget_states() == 1
    assert whole(db) == before
    assert rows(db, "SELECT replaced FROM articles") == [{"replaced": None}]


def test_the_terminal_the_site_and_exports_tell_of_it(db: Path) -> None:
    crawl(db, night(1, FIRST), night(2, FIRST, body=f"{TEXT} Later.", tags=["lamp"]))
    crawl(db, night(3, FIRST, body=f"{TEXT} Later.", tags=["lamp"], images=[*IMAGES, Image(None, "<b>", "a rope")]))
    with serving(db) as site:
        versions = BeautifulSoup(site.get("/nejat/articles/en-7").text, "html.parser").select(".history details")
        assert site.get("/nejat/article_versions/en-7,1").status == 200
    assert [version.get_text().split(":")[0] for version in versions] == ["Version 2"] * 2
    assert "changed with the same text" in versions[0].get_text()
    assert [word.get_text() for word in versions[0].select("ins bdi")] == ["a rope"]
    assert [word.get_text() for word in versions[1].select("del bdi")] == ["rope", "hut"]

    states = json.loads(run("nejat", "history", "en-7", "--json", "--db", db).out)["states"]
    assert [[len(look["details"]["images"]) for look in state["looks"]] for state in states] == [[3], [3, 4]]
    shown = json.loads(run("nejat", "show", "en-7", "--version", "1", "--json", "--db", db).out)
    assert (shown["tags"], shown["author"], shown["body"]) == (["rope", "hut"], "Radio Room", TEXT)
    exported = json.loads(run("nejat", "export", "jsonl", "--versions", "--db", db).out)
    assert exported["earlier"][0]["replaced"][-1]["tags"] == ["rope", "hut"]
