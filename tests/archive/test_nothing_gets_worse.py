"""What a later page leaves out of an article that nobody has edited stays archived; what is refused is said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nejat_crawler.archive import Archive
from nejat_crawler.items import Article, Image, Link, Newsletter, Story
from tests.archive.test_captures_meet import API, PAGE, SAVED, TEXT, WARC, save
from tests.support.commands import articles, rows

HOST = "https://www.nejatngo.org/en"
FILES = f"{HOST}/wp-content/uploads"
LEAD = Image(f"{FILES}/gorge.png", "the gorge", lead=True)
LAMP = Image(f"{FILES}/lamp.png", "a lamp", "A lamp at dusk")
BELL = Image(f"{FILES}/bell.png", "a bell", "The bell")
IMAGES = [LEAD, LAMP, BELL]
LINKS = [Link(f"{HOST}/posts/3", "the hut", f"{HOST}/posts/3"), Link("https://example.org/", "ropes")]
SHOWN: dict[str, Any] = {"images": IMAGES, "links": LINKS, "tags": ["rope", "hut"], "comment_count": 5}
RICH = replace(PAGE, **SHOWN)
OTHER = replace(RICH, theme="generic")
ASKS: dict[str, Any] = {"title": f"Protected: {PAGE.title}", "protected": True, "body": "", "body_html": ""}
LATER = "2026-01-01T12:00:00Z"


def bare(capture: Article, **fields: Any) -> Article:
    """As a theme shows it that has the text alone."""
    return replace(capture, **({"tags": [], "images": [], "links": [], "comment_count": None} | fields))


def hidden(image: Image) -> Image:
    return replace(image, src=None, alt="", caption=None)


PLACEHOLDER = f"{HOST}/wp-content/plugins/lazy/blank.svg"
KEPT: dict[str, tuple[Sequence[Article], Sequence[str]]] = {
    "a theme without tags": ((RICH, replace(OTHER, tags=[])), ("new", "same")),
    "tags that an option hides": ((RICH, replace(RICH, tags=[])), ("new", "same")),
    "a theme of texts alone": ((RICH, *[bare(OTHER)] * 2, RICH), ("new", "refused", "same", "same")),
    "the same theme, without pictures": ((RICH, replace(RICH, images=[])), ("new", "refused")),
    "the interface without what it embeds": (
        (RICH, replace(API, **SHOWN | {"images": [LAMP, BELL]})),
        ("new", "refused"),
    ),
    "pictures without their words": (
        (RICH, replace(RICH, images=[replace(image, alt="", caption=None) for image in IMAGES])),
        ("new", "same"),
    ),
    "pictures without files and words": ((RICH, replace(RICH, images=[*map(hidden, IMAGES)])), ("new", "refused")),
    "one placeholder for each picture": (
        (RICH, replace(RICH, images=[replace(image, src=PLACEHOLDER) for image in IMAGES])),
        ("new", "refused"),
    ),
    "smaller pictures": (
        (RICH, replace(RICH, images=[LEAD, replace(LAMP, src=f"{FILES}/lamp-300x200.png"), BELL])),
        ("new", "same"),
    ),
    "the picture above the text as one of the text": (
        (RICH, replace(OTHER, images=[replace(LEAD, lead=False), LAMP, BELL])),
        ("new", "same"),
    ),
    "links that do not lead to posts any more": (
        (RICH, replace(RICH, links=[Link(f"{HOST}/the-hut/", "the hut"), LINKS[1]])),
        ("new", "refused"),
    ),
    "a listing without links": ((RICH, bare(RICH, source="listing", own_page=False, tags=None)), ("new", "refused")),
    "a later web archive": (
        (replace(WARC, **SHOWN), bare(replace(WARC, captured_at="2026-05-01T00:00:00Z"))),
        ("new", "same"),
    ),
    "a better page, imported": ((replace(SAVED, **SHOWN), bare(replace(SAVED, own_page=True))), ("new", "completed")),
}  # fmt: skip


@pytest.mark.parametrize("case", KEPT.values(), ids=KEPT)
def test_a_page_that_shows_less_of_what_was_not_edited_takes_nothing(
    db: Path, case: tuple[Sequence[Article], Sequence[str]]
) -> None:
    captures, outcomes = case
    save(db, captures[0])
    first = articles(db)["en-7"]
    assert save(db, *captures)[1:] == list(outcomes)[1:]
    article = articles(db)["en-7"]
    names = ("images", "links", "tags", "categories", "comment_count", "body", "versions")
    assert {name: article[name] for name in names} == {name: first[name] for name in names}


def test_a_post_that_asks_for_a_password_keeps_the_pictures_and_links_of_the_text_that_it_had(db: Path) -> None:
    save(db, RICH, replace(RICH, **ASKS, images=[LEAD], links=[]))
    article = articles(db)["en-7"]
    assert (article["protected"], article["body"], article["versions"]) == (True, TEXT, 2)
    assert [image["src"] for image in article["images"]] == [image.src for image in IMAGES]
    assert [link["url"] for link in article["links"]] == [link.url for link in LINKS]


def test_an_empty_page_neither_frees_a_post_of_its_password_nor_takes_its_title(db: Path) -> None:
    asking = replace(RICH, **ASKS, images=[LEAD], links=[])
    assert save(db, asking, replace(asking, protected=False), replace(asking, title="")) == ["new", "same", "refused"]
    article = articles(db)["en-7"]
    assert (article["protected"], article["title"], article["versions"]) == (True, ASKS["title"], 1)
    save(db, replace(RICH, captured_at="2026-02-01T00:00:00Z"))
    assert articles(db)["en-7"]["protected"] is False


def test_what_the_site_says_it_has_edited_may_be_gone(db: Path) -> None:
    save(db, RICH, bare(RICH, modified_at=LATER))
    article = articles(db)["en-7"]
    assert (article["tags"], article["links"], article["versions"]) == ([], [], 1)
    assert [image["src"] for image in article["images"]] == [LEAD.src]  # which some styles never show
    save(db, bare(replace(API, captured_at="2026-02-01T00:00:00Z", modified_at="2026-01-31T00:00:00Z")))
    assert articles(db)["en-7"]["images"] == []


def test_a_picture_that_an_editor_takes_away_is_gone_from_the_top_of_a_listing_too(db: Path) -> None:
    listed = replace(RICH, source="listing", own_page=False, tags=None, updates_last_seen=False)
    shown = replace(listed, images=[LEAD, BELL])
    assert save(db, listed, shown, replace(shown, modified_at="2026-01-02T12:00:00Z")) == ["new", "same", "completed"]
    assert [image["src"] for image in articles(db)["en-7"]["images"]] == [LEAD.src, BELL.src]


def test_more_pictures_and_files_at_other_addresses_are_taken(db: Path) -> None:
    moved = [replace(image, src=f"https://cdn.example/x7/{str(image.src)[-8:]}.webp?v=3") for image in (LAMP, BELL)]
    rope = Image(f"{FILES}/rope.png", "a rope")
    save(db, replace(RICH, images=[LAMP, BELL]), replace(RICH, images=[*moved, rope]))
    assert [image["src"] for image in articles(db)["en-7"]["images"]] == [image.src for image in (*moved, rope)]


def test_an_excerpt_gives_way_to_no_beginning_of_itself(db: Path) -> None:
    listed = replace(RICH, source="listing", own_page=False, body=None, body_html=None, tags=None, whole=False)
    for shown, wanted in (
        ("They went down …", "They went down …"),
        ("They went …", "They went down …"),
        ("", "They went down …"),
        ("They went down to the valley …", "They went down to the valley …"),
        ("Nobody went …", "Nobody went …"),
    ):
        save(db, replace(listed, excerpt=shown, links=[]))
        assert articles(db)["en-7"]["excerpt"] == wanted


FIRST, SECOND, THIRD = TEXT.split("\n\n")
PARTS: dict[str, Article] = {
    "no text of one part": replace(RICH, body=f"{FIRST}\n\n{THIRD}", part_count=3, empty_parts=True),
    "the first part as all there is": replace(RICH, body=FIRST),
    "a part without text": replace(RICH, body="", whole=False, first_part=2, part_count=3),
}


@pytest.mark.parametrize("shown", PARTS.values(), ids=PARTS)
def test_of_a_post_that_is_split_no_part_goes_by_a_page_that_does_not_show_it(db: Path, shown: Article) -> None:
    parts = [
        replace(RICH, body=text, whole=False, first_part=number, part_count=3)
        for number, text in enumerate((FIRST, SECOND, THIRD), start=1)
    ]
    assert save(db, *parts, shown, shown)[3:] == ["refused", "kept"]
    article = articles(db)["en-7"]
    assert (article["body"], article["versions"]) == (TEXT, 1)
    edited = replace(shown, modified_at="2026-01-31T00:00:00Z", captured_at="2026-02-01T00:00:00Z")
    if shown.whole:
        assert save(db, edited) == ["changed"]
        assert rows(db, "SELECT body FROM article_versions") == [{"body": TEXT}]


def test_the_line_that_names_an_author_goes_with_its_text_and_stays_with_the_part_that_has_it(db: Path) -> None:
    line = "By Mazda Parsi"
    named = replace(RICH, body=f"{line}\n\n{TEXT}", byline="Mazda Parsi")
    save(db, named, replace(RICH, byline=None))
    assert rows(db, "SELECT byline, versions FROM articles") == [{"byline": None, "versions": 2}]
    parts = [
        replace(RICH, post_id=8, body=text, whole=False, first_part=number, part_count=2, byline=None)
        for number, text in enumerate((f"{line}\n\n{FIRST}", SECOND), start=1)
    ]
    save(db, *parts)
    assert rows(db, "SELECT byline FROM articles WHERE post_id = 8") == [{"byline": "Mazda Parsi"}]


ISSUE = Newsletter(
    edition="en",
    found_at=f"{FILES}/newsletter-121.pdf",
    captured_at="2026-01-01T00:00:00Z",
    title="Nejat Newsletter",
    period="March 2024",
    period_start="2024-03-01",
    period_end="2024-03-31",
    volume=None,
    numbers=[121],
    stories=[
        Story("Two ropes", "Radio Hut", "2024-03-02", TEXT, f"{HOST}/posts/7", "Two ropes", 3),
        Story("A lamp", None, None, "The lamp above the bridge was lit again.", None, None, None),
    ],
)


def test_a_text_of_an_issue_without_its_links_and_contents_takes_none_from_its_stories(db: Path) -> None:
    plain = [Story(story.title, None, None, story.text) for story in ISSUE.stories]
    more = [*plain, Story("A bell", None, None, "The bell was rung.")]
    with Archive.open(db) as archive:
        archive.save(RICH)
        issues = [ISSUE, replace(ISSUE, stories=plain), replace(ISSUE, stories=more)]
        assert [archive.save_newsletter(issue) for issue in issues] == ["new", "same", "completed"]
    stories = rows(db, "SELECT source, date, url, toc_title, toc_page, article_id FROM newsletter_stories")
    assert [*stories[0].values()] == ["Radio Hut", "2024-03-02", RICH.url, "Two ropes", 3, "en-7"]
    assert len(stories) == 3


def test_a_post_that_announces_another_issue_than_before_is_no_longer_that_of_the_first(db: Path) -> None:
    post = replace(RICH, title="Nejat Newsletter No. 121", links=[Link(ISSUE.found_at, "PDF")])
    other = replace(
        post,
        title="Nejat Newsletter No. 122",
        links=[Link(f"{FILES}/newsletter-122.pdf", "PDF")],
        captured_at="2026-02-01T00:00:00Z",
    )
    with Archive.open(db) as archive:
        archive.save_newsletter(ISSUE)
        archive.save(post)
        sql = "SELECT number, newsletter_id IS NOT NULL FROM newsletter_posts"
        assert archive.db.execute(sql).fetchall() == [(121, 1)]
        archive.save(other)
        assert archive.db.execute(sql).fetchall() == [(122, 0)]
        archive.save(replace(post, captured_at="2026-02-02T00:00:00Z"))
        assert archive.db.execute(sql).fetchall() == [(121, 1)]
