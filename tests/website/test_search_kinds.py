"""A search finds whatever is shown: captions, authors, categories, tags, newsletter stories, earlier texts."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from nejat_crawler.archive import Archive
from nejat_crawler.cli import main
from nejat_crawler.items import Article, Image
from tests.support.served import SEEN, Site, article, make_archive, serving

ROWS = [
    article(1, title="The weir", body="Water and reeds. A ferryman stood there.", published="2020-03-01"),
    article(2, title="A long day", body="The weir was closed; lanterns hung.", published="2021-03-01",
            author="Ferryman", byline="Nils Ferryman-Holt", versions=2, changed_at="2024-02-01T00:00:00Z"),
    article(3, edition="fa", title="پل", body="آب زیاد بود", published="2022-03-21", author="نویسنده"),
    article(4, edition="ar", title="الجسر", body="كان الماء عاليا", published="2022-05-01"),
    article(5, edition="sq", title="Ura", body="Uji ishte i lartë.", published=None),
]  # fmt: skip
IMAGES = [
    {"article_id": "en-1", "position": 1, "src": "a.png", "alt": "Two barges", "caption": "An otter on the bank"},
    {"article_id": "en-1", "position": 2, "src": "b.png", "alt": "Night herons", "caption": None},
    {"article_id": "fa-3", "position": 1, "src": "c.png", "alt": "", "caption": "قایق‌های چوبی کنار خانواده‌ها"},
    {"article_id": "ar-4", "position": 1, "src": "d.png", "alt": "", "caption": "وصلت القوارب إلى الضفة"},
    {"article_id": "sq-5", "position": 1, "src": "e.png", "alt": "varka të vjetra", "caption": None},
]
TAGS = [
    {"article_id": "en-2", "position": 1, "name": "River traffic"},
    {"article_id": "en-2", "position": 2, "name": "Lock keepers"},
]
CATEGORIES = [{"article_id": "en-2", "position": 1, "name": "Waterways"}]
VERSIONS = [
    {"article_id": "en-2", "version": 1, "title": "A long day", "categories": '["Waterways"]', "source": "listing",
     "body": "The weir was closed; the smuggler ran.", "seen_from": SEEN, "seen_until": "2024-01-31T09:00:00Z"},
]  # fmt: skip
ISSUE = {
    "id": "en-n1", "edition": "en", "title": "River News", "period": "June 2021", "period_start": "2021-06-01",
    "period_end": "2021-06-30", "volume": None, "numbers": "[7]", "found_at": "river.pdf", "captured_at": SEEN,
}  # fmt: skip
STORIES = [
    {"newsletter_id": "en-n1", "position": 1, "title": "The weir opens", "source": "Ada Pike", "date": "2021-06-05",
     "text": "Barges pass the sluices again.", "url": None},
    {"newsletter_id": "en-n1", "position": 2, "title": "Letters", "source": None, "date": None,
     "text": "Readers ask for the otter.", "url": None},
]  # fmt: skip
TABLES = {
    "articles": ROWS, "images": IMAGES, "article_tags": TAGS, "article_categories": CATEGORIES,
    "article_versions": VERSIONS, "newsletters": [ISSUE], "newsletter_stories": STORIES,
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("kinds") / "nejat.db", TABLES)


@pytest.fixture(scope="module")
def site(archive: Path) -> Iterator[Site]:
    with serving(archive) as served:
        yield served


def ids(site: Site, typed: str, **parameters: str) -> list[str]:
    answer = site.get("/nejat/search.json", q=typed, **parameters)
    assert answer.status == 200, answer.text
    return [row["id"] for row in answer.json()["results"]]


@pytest.mark.parametrize(
    ("typed", "kind", "found"),
    [
        ("otter", "", {"en-1": ["caption"], "en-n1/2": ["story"]}),
        ("otters", "", {"en-1": ["caption"], "en-n1/2": ["story"]}),
        ("otter", "caption", {"en-1": ["caption"]}),
        ("barge", "", {"en-1": ["caption"], "en-n1/1": ["story"]}),
        ("ferryman", "", {"en-1": ["text"], "en-2": ["author"]}),
        ("ferryman", "author", {"en-2": ["author"]}),
        ("author:ferryman", "", {"en-2": ["author"]}),
        ("pike", "", {"en-n1/1": ["story"]}),
        ("pike sluice", "", {"en-n1/1": ["story"]}),
        ("waterway", "", {"en-2": ["category"]}),
        ("category:waterways lantern", "", {"en-2": ["text", "category"]}),
        ("tag:traffic", "", {"en-2": ["tag"]}),
        ("lock NEAR keepers", "", {"en-2": ["tag"]}),
        ('"river traffic"', "tag", {"en-2": ["tag"]}),
        ('"traffic lock"', "", {}),
        ('"bank night"', "", {}),
        ("reeds otter", "", {"en-1": ["text", "caption"]}),
        ("reeds otter", "text", {}),
        ("weir", "title,story", {"en-1": ["title"], "en-n1/1": ["story"]}),
        ("weir NOT otter", "", {"en-2": ["text"], "en-n1/1": ["story"]}),
        ("smuggler", "", {}),
        ("smugglers", "earlier", {"en-2": ["earlier"]}),
        ("smuggler", "all", {"en-2": ["earlier"]}),
        ("قایق", "", {"fa-3": ["caption"]}),
        ("خانواده", "caption", {"fa-3": ["caption"]}),
        ("نويسنده", "", {"fa-3": ["author"]}),
        ("القارب", "", {"ar-4": ["caption"]}),
        ("قوارب", "caption", {"ar-4": ["caption"]}),
        ("varkat", "", {"sq-5": ["caption"]}),
    ],
)  # fmt: skip
def test_words_are_found_wherever_they_are_shown_and_the_place_is_named(
    site: Site, typed: str, kind: str, found: dict[str, list[str]]
) -> None:
    asked = {"kind": kind} if kind else {}
    answer = site.get("/nejat/search.json", q=typed, **asked).json()
    assert {row["id"]: row["found_in"] for row in answer["results"]} == found
    assert answer["total"] == len(found)
    rows = csv.DictReader(io.StringIO(site.get("/nejat/search.csv", q=typed, **asked).text))
    assert {row["id"]: row["found_in"].split("|") for row in rows} == found
    for name, number in answer["counts"]["kind"].items():
        assert len(ids(site, typed, kind=name)) == number


def test_stories_keep_to_the_filters(site: Site) -> None:
    assert ids(site, "weir", sort="oldest") == ["en-1", "en-2", "en-n1/1"]
    assert ids(site, "otter", **{"from": "2021-06", "to": "2021-06"}) == ["en-n1/2"]
    assert ids(site, "otter", edition="fa") == []
    assert ids(site, "weir", category="Waterways") == ["en-2"]
    years = site.get("/nejat/search.json", q="otter").json()["counts"]["year"]
    assert years == {"2020": 1, "2021": 1}
    assert len(ids(site, "")) == len(ROWS)
    assert ids(site, "", kind="story") == ["en-n1/1", "en-n1/2"]
    assert ids(site, "", kind="earlier") == ["en-2"]


def test_an_unknown_kind_is_said(site: Site) -> None:
    answer = site.get("/nejat/search.json", q="weir", kind="video")
    assert answer.status == 400
    assert "kind=video is not known: title, text, caption" in answer.json()["problem"]


def test_the_page_names_kinds_and_leads_to_them(site: Site) -> None:
    page = BeautifulSoup(site.get("/nejat/search", q="otter").text, "html.parser")
    shown = page.get_text(" ", strip=True)
    assert "1 article and 1 newsletter story" in shown
    assert "Caption: An otter on the bank" in " ".join(page.select("p.passage")[0].get_text(" ").split())
    paths = ["/nejat/articles/en-1", "/nejat/newsletters/en-n1#story-2"]
    assert sorted(str(link["href"]) for link in page.select("article.entry h2 a")) == paths
    kinds = {link.get_text(): link["href"] for link in page.select("section.facet a") if "kind=" in link["href"]}
    assert set(kinds) == {"captions", "newsletter stories"}
    assert 'id="story-2"' in site.get("/nejat/newsletters/en-n1").text


def test_where_nothing_is_found_an_earlier_text_that_has_it_is_named(site: Site) -> None:
    page = BeautifulSoup(site.get("/nejat/search", q="smuggler").text, "html.parser")
    [link] = [link for link in page.select(".note a") if link.get_text() == "in earlier texts"]
    assert "kind=earlier" in link["href"]
    found = BeautifulSoup(site.get("/nejat/search", q="smuggler", kind="earlier").text, "html.parser")
    assert "Was in the text until 2024-01-31" in found.select("p.passage")[0].get_text()
    also = site.get("/nejat/search.json", q="weir", kind="earlier").json()["results"][0]["passages"][0]
    assert (also["kind"], also["until"], also["gone"]) == ("earlier", "2024-01-31", False)


def test_the_terminal_asks_for_kinds_and_names_them(archive: Path) -> None:
    def search(*arguments: str) -> str:
        done = CliRunner().invoke(main, ["search", "--db", str(archive), *arguments])
        assert done.exit_code == 0, done.stderr
        return done.stdout

    assert "   caption: An otter on the bank" in search("otter")
    assert "   newsletter story: River News, June 2021" in search("otter", "--kind", "story")
    assert "   was in the text until 2024-01-31: The weir was closed; the smuggler ran." in search(
        "smuggler", "--kind", "earlier"
    )
    assert [row["id"] for row in json.loads(search("pike", "--json"))["results"]] == ["en-n1/1"]
    listed = CliRunner().invoke(main, ["export", "csv", "--db", str(archive), "--query", "tag:traffic"])
    assert [row["id"] for row in csv.DictReader(io.StringIO(listed.stdout))] == ["en-2"]


def test_the_index_follows_what_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "nejat.db"

    def post(**fields: object) -> Article:
        shown = {
            "edition": "en", "source": "article", "theme": "x", "found_at": "f", "captured_at": SEEN,
            "status": "live", "title": "The weir", "post_id": 1, "language": "en",
            "url": "https://www.nejatngo.org/en/posts/1",
            "body": "Water and reeds.", "own_page": True, "categories": ["Waterways"], "tags": ["Otters"],
            "images": [Image(src="a.png", alt="", caption="A heron", lead=False)],
        }  # fmt: skip
        return Article(**{**shown, **fields})  # type: ignore[arg-type]

    with Archive.open(path) as archive:

        def found(word: str, index: str = "articles_fts") -> int:
            sql = f"SELECT count(*) FROM {index} WHERE {index} MATCH ?"
            return int(archive.db.execute(sql, [word]).fetchone()[0])

        archive.save(post())
        assert [found(word) for word in ("heron", "otters", "waterways")] == [1, 1, 1]
        archive.save(post(body="Water and stones.", tags=["Barges"], captured_at="2024-05-01T00:00:00Z"))
        assert [found(word) for word in ("reeds", "otters", "stones", "barges")] == [0, 0, 1, 1]
        assert found("reeds", "versions_fts") == 1
        with archive.writing() as db:
            db.execute("DELETE FROM articles")
        assert [found("water"), found("water", "versions_fts")] == [0, 0]
        for index in ("articles_fts", "versions_fts"):
            archive.db.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")


def test_a_copy_of_a_part_has_the_index_of_that_part(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "part.db"
    arguments = ["export", "sqlite", "--db", str(archive), "--edition", "en", "-o", str(target)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    with closing(sqlite3.connect(target)) as copy:
        rows = copy.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'otter OR varka'").fetchall()
        assert sorted(rows) == [(-2,), (1,)]
        assert copy.execute("SELECT count(*) FROM versions_fts").fetchone() == (1,)
    with Archive.open(target) as copied:
        copied.require_undamaged()


def test_where_everything_is_asked_for_no_kind_is_chosen(site: Site) -> None:
    asked = site.get("/nejat/search.json", q="weir", kind="all").json()
    assert asked["counts"]["kind"] == {"title": 1, "text": 1, "story": 1, "earlier": 1}
    page = BeautifulSoup(site.get("/nejat/search", q="weir", kind="all").text, "html.parser")
    kinds = {link.get_text(): str(link["href"]) for link in page.select("#facets .facet")[0].select("a")}
    assert not page.select("#facets .facet")[0].select(".selected")
    assert kinds["titles"] == "/nejat/search?q=weir&kind=title"
    assert kinds["earlier texts"] == "/nejat/search?q=weir&kind=earlier"
