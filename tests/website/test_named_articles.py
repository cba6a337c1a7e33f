"""An article is found by its number, its id, and any address of it: in the search box and by the commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from nejat_crawler.cli import main
from tests.support.served import SEEN, Site, article, make_archive, serving

_TEXT_ID = "en-t0123456789ab"
ROWS = [
    article(15166, title="A kettle"),
    article(402, edition="fa", title="کتری"),
    article(900, id="en-402", post_id=402, title="A second kettle"),
    article(7, title="Of 15166 lamps", body="There were 15166 lamps."),
    article(8, id="en-t00000000000a", post_id=None, url="https://www.nejatngo.org/en/an-old-page/", title="Old page"),
]
CAPTURES = [{"text_id": _TEXT_ID, "article_id": "en-15166", "found_at": "a.txt", "captured_at": SEEN}]
NAMES = [
    "https://www.nejatngo.org/en/posts/15166",
    "http://nejatngo.org/en/posts/15166/",
    "www.nejatngo.org/en/posts/15166",
    "nejatngo.org/en/posts/15166?amp=1",
    "https://www.nejatngo.org/en/posts/amp/15166",
    "https://www.nejatngo.org/en/posts/15166/2#comments",
    "https://www.nejatngo.org/en/?p=15166",
    "/en/posts/15166",
    "?p=15166",
    "/?p=15166",
    "en-15166",
    "EN-15166",
    "en/15166",
    "\u200e en-15166\u200f.",
    "<https://www.nejatngo.org/en/posts/15166>",
    "https://archive.example/nejat/articles/en-15166",
    "/nejat/articles/en-15166",
    "http://127.0.0.1:8001/some/prefix/nejat/articles/en-15166.txt?x=1#history",
    "https://web.archive.org/web/20150101000000/https://www.nejatngo.org/en/posts/15166",
    "https://m.nejatngo.org/en/posts/15166",
    "m.nejatngo.org/en/?p=15166",
    "https://www.nejatngo.org/?p=15166",
    "https://www.nejatngo.org/en/posts/15166/%d9%86%d8%a7%d9%85%d9%87-%D8%A7%D9%88",
    "https://www.nejatngo.org/en/posts/15166/نامه#comments",
    "https://www.nejatngo.org/en/posts/15166/feed/",
    "https://www.nejatngo.org/en/wp-json/wp/v2/posts/15166",
    "en/posts/15166/2/",
    "posts/15166",
    "https://web.archive.org/web/2015/https:/www.nejatngo.org/en/posts/15166",
    "https://search.example/url?q=https%3A%2F%2Fwww.nejatngo.org%2Fen%2Fposts%2F15166&sa=D",
    _TEXT_ID,
]
NO_NAMES = [
    "https://www.nejatngo.org/en/posts/15166abc",
    "https://www.nejatngo.org/en/posts/type/video/page/15166",
    "https://www.nejatngo.org/en/category/15166",
    "https://www.nejatngo.org/en/blog/telex?p=15166",
    "https://www.nejatngo.org/fa/posts/15166",
    "https://www.nejatngo.example/en/posts/15166",
    "https://www.nejatngo.org/?p=",
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("named") / "nejat.db", {"articles": ROWS, "text_captures": CAPTURES})


@pytest.fixture(scope="module")
def site(archive: Path) -> Iterator[Site]:
    with serving(archive) as served:
        yield served


def asked(site: Site, typed: str, **parameters: str) -> dict[str, Any]:
    answer: dict[str, Any] = site.get("/nejat/search.json", q=typed, **parameters).json()
    return answer


def ids(site: Site, typed: str, **parameters: str) -> list[str]:
    return [row["id"] for row in asked(site, typed, **parameters)["results"]]


def history(archive: Path, name: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["history", "--json", "--db", str(archive), "--", name])
    return done.exit_code, done.stdout and json.loads(done.stdout)["id"], done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_whatever_it_is_called_the_article_is_found(site: Site, archive: Path, name: str) -> None:
    assert ids(site, name) == ["en-15166"]
    assert history(archive, name)[:2] == (0, "en-15166")


@pytest.mark.parametrize("address", NO_NAMES)
def test_an_address_of_something_else_finds_no_article(site: Site, address: str) -> None:
    answer = asked(site, address)
    assert (answer["total"], answer["problem"]) == (0, "No article with this address is archived.")


@pytest.mark.parametrize("number", ["15166", "۱۵۱۶۶", "#15166", "0015166"])
def test_a_number_finds_its_article_before_those_that_hold_it(site: Site, archive: Path, number: str) -> None:
    assert ids(site, number)[0] == "en-15166"
    assert history(archive, number)[:2] == (0, "en-15166")
    if number.isdigit() and not number.startswith("00"):
        assert ids(site, number) == ["en-15166", "en-7"]
        assert [row.get("found_by") for row in asked(site, number)["results"]] == ["its number, id or address", None]
        page = BeautifulSoup(site.get("/nejat/search", q=number).text, "html.parser")
        assert "The article with this number or address" in page.select(".entries")[0].get_text()


def test_a_number_of_several_editions_finds_all_and_the_command_asks_which(site: Site, archive: Path) -> None:
    assert set(ids(site, "402")) == {"en-402", "fa-402"}
    assert ids(site, "402", edition="fa") == ["fa-402"]
    code, _, said = history(archive, "402")
    assert code == 2
    assert "en-402, fa-402" in said
    shown = CliRunner().invoke(main, ["show", "--db", str(archive), "402"])
    assert (shown.exit_code, "en-402, fa-402" in shown.stderr) == (2, True)


def test_an_address_that_has_no_number_is_looked_up_as_it_is(site: Site) -> None:
    for address in ("https://www.nejatngo.org/en/an-old-page", "https://www.nejatngo.org/en/an-old-page/#top"):
        assert ids(site, address) == ["en-t00000000000a"]


def test_an_address_that_is_not_archived_is_said_to_be_none(site: Site, archive: Path) -> None:
    found = asked(site, "https://www.nejatngo.org/en/posts/99")
    assert (found["total"], found["problem"]) == (0, "No article with this address is archived.")
    assert history(archive, "https://www.nejatngo.org/en/posts/99")[0] == 1


def test_an_id_that_no_article_has_is_said_to_be_none(site: Site) -> None:
    found = asked(site, "en-99")
    assert (found["total"], found["problem"]) == (0, None)
    assert found["notes"] == ["No article has the id en-99: it was looked for as a word."]
    assert asked(site, "en-15166")["notes"] == asked(site, "99")["notes"] == []


def test_export_takes_the_same_names(archive: Path) -> None:
    for name in ("https://www.nejatngo.org/en/posts/15166", "en-15166"):
        done = CliRunner().invoke(main, ["export", "jsonl", "--query", name, "--db", str(archive)])
        assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["en-15166"]


def test_a_page_is_reached_by_the_number_alone(site: Site) -> None:
    assert "A kettle" in site.get("/nejat/articles/15166").text
    assert site.get("/nejat/articles/402").status == 404
