from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from nejat_crawler.archive import Archive, ArchiveBusyError, ArchiveError
from nejat_crawler.items import Article, Image, Link, Newsletter, Story
from tests.support.commands import articles, rows

CRAWLED = Article(
    edition="en",
    source="listing",
    theme="soledad",
    found_at="https://www.nejatngo.org/en/",
    captured_at="2026-01-01T00:00:00Z",
    status="live",
    title="The rope",
    post_id=7,
    url="https://www.nejatngo.org/en/posts/7",
    categories=["Equipment"],
    published="2024-05-01",
    published_at="2024-05-01T10:00:00+03:30",
    published_text="May 1, 2024",
    language="en",
    body="One.\n\nTwo.",
    images=[Image("https://www.nejatngo.org/a.png", "a rope", lead=True)],
    comment_count=0,
)
TEASER = replace(CRAWLED, body=None, excerpt="One.", whole=True)
LATER = "2026-02-01T00:00:00Z"
TEXT = replace(
    CRAWLED, source="text", theme="a", status="unseen", post_id=None, url=None, published_at=None, found_at="a.txt",
    images=[Image(None, "a rope", lead=True)],
)  # fmt: skip
OWN_PAGE = replace(CRAWLED, source="article", own_page=True, tags=["ropes"])


def save(db: Path, *saved: Article) -> list[str]:
    with Archive.open(db) as archive:
        return [archive.save(article) for article in saved]


def test_a_new_article_is_kept_with_all_its_fields(db: Path) -> None:
    assert save(db, OWN_PAGE) == ["new"]
    article = articles(db)["en-7"]
    assert article == article | {
        "url": "https://www.nejatngo.org/en/posts/7",
        "category": "Equipment",
        "categories": ["Equipment"],
        "tags": ["ropes"],
        "published": "2024-05-01",
        "body": "One.\n\nTwo.",
        "images": [{"src": "https://www.nejatngo.org/a.png", "alt": "a rope", "caption": None, "lead": True}],
        "status": "live",
        "versions": 1,
        "protected": False,
        "changed_at": None,
    }


def test_the_same_capture_again_writes_nothing(db: Path) -> None:
    save(db, CRAWLED)
    with Archive.open(db) as archive:
        before = archive.db.conn.total_changes
        assert archive.save(CRAWLED) == "same"
        assert archive.db.conn.total_changes == before


@pytest.mark.parametrize(
    "change", [{"title": "The new rope"}, {"body": "One.\n\nThree."}, {"categories": ["Equipment", "News"]}], ids=str
)
def test_an_edit_keeps_what_was_there_as_a_version(db: Path, change: dict[str, object]) -> None:
    assert save(db, CRAWLED, replace(CRAWLED, captured_at=LATER, **change)) == ["new", "changed"]  # type: ignore[arg-type]
    article = articles(db)["en-7"]
    assert {name: article[name] for name in change} == change
    assert (article["versions"], article["changed_at"], article["last_seen"]) == (2, LATER, LATER)
    [version] = rows(db, "SELECT * FROM article_versions")
    assert (version["title"], version["body"], version["categories"]) == ("The rope", "One.\n\nTwo.", '["Equipment"]')
    assert (version["seen_from"], version["seen_until"]) == (CRAWLED.captured_at, CRAWLED.captured_at)


@pytest.mark.parametrize(
    ("change", "outcome"),
    [({"body": ""}, "refused"), ({"title": ""}, "stale"), ({"title": "", "body": ""}, "refused")],
    ids=str,
)
def test_an_extraction_that_yields_less_replaces_nothing(db: Path, change: dict[str, str], outcome: str) -> None:
    assert save(db, CRAWLED, replace(CRAWLED, **change)) == ["new", outcome]  # type: ignore[arg-type]
    assert (articles(db)["en-7"]["title"], articles(db)["en-7"]["body"]) == ("The rope", "One.\n\nTwo.")
    assert rows(db, "SELECT * FROM article_versions") == []


def test_a_post_that_gets_a_password_keeps_its_archived_text(db: Path) -> None:
    save(db, CRAWLED, replace(CRAWLED, title="Protected: The rope", body="", protected=True))
    article = articles(db)["en-7"]
    assert (article["protected"], article["title"], article["body"]) == (True, "Protected: The rope", "One.\n\nTwo.")


@pytest.mark.parametrize("order", list(permutations([TEASER, CRAWLED, OWN_PAGE, TEXT])), ids=str)
def test_the_order_of_captures_does_not_matter(db: Path, order: tuple[Article, ...]) -> None:
    save(db, *order)
    article = articles(db)["en-7"]
    assert len(articles(db)) == 1
    assert (article["body"], article["excerpt"], article["tags"]) == ("One.\n\nTwo.", None, ["ropes"])
    assert (article["versions"], article["source"], article["status"]) == (1, "article", "live")
    assert article["images"][0]["src"] == "https://www.nejatngo.org/a.png"


def test_a_teaser_with_new_categories_is_one_edit(db: Path) -> None:
    later = replace(TEASER, categories=["Equipment", "News"], captured_at=LATER)
    assert save(db, CRAWLED, later, later) == ["new", "changed", "same"]
    article = articles(db)["en-7"]
    assert (article["category"], article["categories"], article["versions"]) == (
        "Equipment",
        ["Equipment", "News"],
        2,
    )
    assert article["body"] == "One.\n\nTwo."


def test_a_capture_without_a_date_does_not_undate(db: Path) -> None:
    undated = replace(OWN_PAGE, published=None, published_at=None, published_text=None, undated="no date")
    save(db, CRAWLED, undated)
    assert articles(db)["en-7"]["published"] == "2024-05-01"
    assert rows(db, "SELECT year, undated FROM articles") == [{"year": 2024, "undated": None}]


def test_a_teaser_alone_is_no_body(db: Path) -> None:
    save(db, TEASER)
    assert (articles(db)["en-7"]["body"], articles(db)["en-7"]["excerpt"]) == (None, "One.")


def test_a_text_capture_with_two_possible_articles_stays_alone(db: Path) -> None:
    other = replace(CRAWLED, post_id=8, url="https://www.nejatngo.org/en/posts/8", body="Another text.")
    save(db, CRAWLED, other, TEXT)
    assert len(articles(db)) == 3


def test_untitled_text_captures_of_one_day_stay_apart(db: Path) -> None:
    save(db, replace(CRAWLED, title=""), replace(TEXT, title=""), replace(TEXT, title="", body="Something else."))
    assert len(articles(db)) == 3


def test_an_import_never_replaces_what_the_site_shows(db: Path) -> None:
    imported = replace(OWN_PAGE, status="unseen", source="html", body="An older text.", title="An older title")
    assert save(db, CRAWLED, imported) == ["new", "kept"]
    assert (articles(db)["en-7"]["title"], articles(db)["en-7"]["body"]) == ("The rope", "One.\n\nTwo.")


@pytest.mark.parametrize("order", list(permutations([1, 2, 3])), ids=str)
def test_the_parts_of_a_split_post_join_in_any_order(db: Path, order: tuple[int, ...]) -> None:
    lead = Image("https://www.nejatngo.org/a.png", "a rope", lead=True)
    parts = {
        number: replace(
            OWN_PAGE, whole=False, first_part=number, part_count=3, body=f"Part {number}.",
            images=[lead, Image(f"https://www.nejatngo.org/{number}.png", "")],
        )
        for number in order
    }  # fmt: skip
    save(db, *(parts[number] for number in order[:2]))
    assert articles(db)["en-7"]["body"] is None
    save(db, parts[order[2]])
    article = articles(db)["en-7"]
    assert article["body"] == "Part 1.\n\nPart 2.\n\nPart 3."
    assert [image["src"][-5:] for image in article["images"]] == [
        "a.png"[-5:],
        "1.png"[-5:],
        "2.png"[-5:],
        "3.png"[-5:],
    ]
    assert article["versions"] == 1


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param([], id="a style that shows no featured image"),
        pytest.param(
            [Image("https://www.nejatngo.org/a.png", "", lead=True)], id="one that shows it in a background"
        ),
        pytest.param([Image("https://www.nejatngo.org/a-585x390.png", "", lead=True)], id="one that shows a copy"),
    ],
)
def test_a_page_that_shows_less_of_the_featured_image_takes_nothing_away(db: Path, shown: list[Image]) -> None:
    edited = replace(OWN_PAGE, body="One.\n\nThree.", images=[*shown, Image("https://www.nejatngo.org/b.png", "")])
    assert save(db, OWN_PAGE, replace(edited, captured_at=LATER)) == ["new", "changed"]
    lead, other = articles(db)["en-7"]["images"]
    assert (lead["src"], lead["alt"], lead["lead"]) == ("https://www.nejatngo.org/a.png", "a rope", True)
    assert (other["src"], other["lead"]) == ("https://www.nejatngo.org/b.png", False)


def test_another_featured_image_is_another(db: Path) -> None:
    other = Image("https://www.nejatngo.org/b.png", "a lamp", lead=True)
    save(db, OWN_PAGE, replace(OWN_PAGE, captured_at=LATER, images=[other]))
    assert [image["src"] for image in articles(db)["en-7"]["images"]] == [other.src]


def test_a_page_that_hides_the_file_of_an_image_takes_it_from_nobody(db: Path) -> None:
    lamp, bell = Image("https://www.nejatngo.org/a.png", "a lamp"), Image("https://www.nejatngo.org/b.png", "a bell")
    hidden = [replace(image, src=None) for image in (bell, lamp)]
    rope = Image(None, "a rope")
    save(db, replace(OWN_PAGE, images=[lamp, bell]))
    save(db, replace(OWN_PAGE, captured_at=LATER, images=[*hidden, rope], body=f"{OWN_PAGE.body} And more."))
    images = [(image["alt"], image["src"]) for image in articles(db)["en-7"]["images"]]
    assert images == [("a bell", bell.src), ("a lamp", lamp.src), ("a rope", None)]


def test_links_lead_to_articles_whichever_came_first(db: Path) -> None:
    link = Link("http://nejatngo.org/en/?p=7", "the rope", "https://www.nejatngo.org/en/posts/7")
    before = replace(CRAWLED, post_id=6, url="https://www.nejatngo.org/en/posts/6", title="Before", links=[link])
    after = replace(before, post_id=8, url="https://www.nejatngo.org/en/posts/8", title="After")
    save(db, before, CRAWLED, after)
    assert [articles(db)[name]["links"][0]["target"] for name in ("en-6", "en-8")] == ["en-7", "en-7"]


def test_a_newsletter_is_saved_once_and_its_stories_lead_to_articles(db: Path) -> None:
    story = Story("The rope", "Ridge Editors", "2024-05-01", "One.", "http://nejatngo.org/en/posts/7")
    issue = Newsletter("en", "n.txt", LATER, "Ridge News", "May 2024", "2024-05-01", "2024-05-31", 4, [19], [story])
    with Archive.open(db) as archive:
        assert [archive.save_newsletter(issue), archive.save_newsletter(issue)] == ["new", "same"]
        archive.save(CRAWLED)
        assert archive.save_newsletter(replace(issue, stories=[replace(story, text="Two.")])) == "changed"
    [saved] = rows(db, "SELECT * FROM newsletter_stories")
    assert (saved["article_id"], saved["text"]) == ("en-7", "Two.")
    [before] = rows(db, "SELECT * FROM newsletter_versions")
    assert (before["version"], json.loads(before["stories"])[0]["text"]) == (1, "One.")


def test_an_issue_bears_the_earliest_moment_at_which_it_was_captured(db: Path) -> None:
    issue = Newsletter("en", "https://www.nejatngo.org/n.pdf", LATER, "Ridge News", None, None, None, 4, [19], [])
    earlier = replace(issue, found_at="https://www.nejatngo.org/2019.pdf", captured_at="2019-05-04T03:02:01Z")
    with Archive.open(db) as archive:
        for copy in (issue, earlier, issue):
            archive.save_newsletter(copy)
    assert rows(db, "SELECT found_at, captured_at FROM newsletters") == [
        {"found_at": earlier.found_at, "captured_at": earlier.captured_at}
    ]


def test_the_index_stays_in_step(db: Path) -> None:
    save(db, CRAWLED, replace(CRAWLED, post_id=8, url=None, title="ÇAMËRIA", body="کتاب‌خانه"))
    save(db, replace(CRAWLED, body="Avalanche."))
    with Archive.open(db) as archive:
        archive.db.conn.execute("DELETE FROM articles WHERE id = 'en-8'")
        archive.db.conn.commit()
        archive.db.conn.execute("VACUUM")
        archive.db.conn.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
    search = "SELECT id FROM articles JOIN articles_fts ON articles_fts.rowid = docid WHERE articles_fts MATCH ?"
    assert [rows(db, search, word) for word in ("two", "avalanche", "cameria")] == [[], [{"id": "en-7"}], []]


def test_a_second_writer_is_turned_away_and_a_reader_is_not(db: Path) -> None:
    with Archive.open(db) as archive:
        archive.save(CRAWLED)
        with pytest.raises(ArchiveBusyError, match="another run is writing"):
            Archive.open(db)
        assert len(articles(db)) == 1
    Archive.open(db).close()


def test_what_is_no_archive_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("not a database, but long enough to be read as one" * 100)
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE birds (name)")
    (tmp_path / "read-only.db").touch(0o444)
    (tmp_path / "folder").mkdir()
    for name, sentence in {
        "text.db": "is no archive",
        "other.db": "something else",
        "read-only.db": "read-only",
        "folder": "is a folder",
    }.items():
        content = (tmp_path / name).read_bytes() if (tmp_path / name).is_file() else b""
        with pytest.raises(ArchiveError, match=sentence):
            Archive.open(tmp_path / name)
        assert content == ((tmp_path / name).read_bytes() if (tmp_path / name).is_file() else b"")
    with pytest.raises(ArchiveError, match="there is no archive"):
        Archive.open_readonly(tmp_path / "missing.db")
