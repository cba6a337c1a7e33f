"""A list of names: counts by edition and year, on the page, as CSV and JSON; bounded, and honest about it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from nejat_crawler.cli import main
from tests.support.served import Answer, Site, article, make_archive, serving

ROWS = [
    article(1, body="We met Tavrakani there.", published="2010-02-01"),
    article(2, body="We met Tawrakani there.", published="2010-03-01"),
    article(3, edition="sq", body="Aty ishte Tavrakani.", published="2012-03-01"),
    article(4, edition="fa", body="آن‌جا غلام رضا بود", published=None),
    article(5, body="Anna of the hut, and Bora Singer.", published="2012-05-01"),
    article(6, body="Bora came. A Singer, Anna, sang of lanterns.", published="2013-05-01"),
    article(7, body="One lantern.", published="2014-05-01"),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("names") / "nejat.db", {"articles": ROWS})


@pytest.fixture(scope="module")
def site(archive: Path) -> Iterator[Site]:
    with serving(archive) as served:
        yield served


def send(site: Site, ending: str, content: bytes, kind: str, **headers: str) -> Answer:
    path = f"{site.address}/nejat/names{ending}"
    return site.ask(Request(path, data=content, headers={"content-type": kind, **headers}))


def pasted(site: Site, *names: str, ending: str = ".json", **fields: str) -> Answer:
    content = urlencode({"names": "\r\n".join(names), **fields}).encode()
    return send(site, ending, content, "application/x-www-form-urlencoded")


def counted(site: Site, *names: str, **fields: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pasted(site, *names, **fields).json()["names"]
    return rows


def test_a_name_is_counted_by_edition_and_year_with_its_spellings_and_forms(site: Site) -> None:
    name, lantern, nobody = counted(site, "Tavrakani", "lantern", "Nobody")
    assert name == {
        "name": "Tavrakani",
        "query": "Tavrakani",
        "total": 3,
        "editions": {"en": 2, "fa": 0, "ar": 0, "sq": 1},
        "years": {"2010": 2, "2012": 1},
        "by_edition": {"en": {"2010": 2}, "sq": {"2012": 1}},
        "undated": 0,
        "spellings": ["tawrakani"],
        "forms": [],
        "problem": None,
    }
    assert (lantern["total"], lantern["forms"]) == (2, ["lanterns"])
    assert (nobody["total"], nobody["years"]) == (0, {})


def test_a_number_leads_to_the_articles_that_were_counted(site: Site) -> None:
    for fields in ({}, {"exact": "1"}, {"edition": "en", "from": "2010"}):
        shown = pasted(site, "Tavrakani", "lantern", "Bora Singer", "Nobody", ending="", **fields).text
        links = BeautifulSoup(shown, "html.parser").select("tbody td.number a")
        assert len(links) == 3
        for link in links:
            found = site.get(str(link["href"]).replace("/search?", "/search.json?")).json()
            assert found["total"] == int(link.get_text()), link["href"]


def test_exactly_as_typed_counts_neither_spellings_nor_forms(site: Site) -> None:
    name, lantern = counted(site, "Tavrakani", "lantern", exact="1")
    assert [name["total"], name["spellings"], lantern["total"], lantern["forms"]] == [2, [], 1, []]


def test_words_of_a_name_stand_together_and_a_line_may_be_a_query(site: Site) -> None:
    rows = counted(site, "Bora Singer", "Bora AND Singer", '"Singer Bora"~1', "غلام رضا", "Bora -Singer", "!!")
    assert [row["total"] for row in rows] == [1, 2, 1, 1, 0, None]
    assert rows[3]["undated"] == 1
    assert rows[5]["problem"] == "There is no letter or digit in this to look for."


def test_filters_hold_for_lists(site: Site) -> None:
    assert [row["total"] for row in counted(site, "Tavrakani", edition="sq")] == [1]
    assert [row["total"] for row in counted(site, "Tavrakani", **{"from": "1390", "to": "1391"})] == [1]
    refused = pasted(site, "Tavrakani", edition="xx")
    assert (refused.status, refused.json()["problem"]) == (400, "edition=xx is not known: en, fa, ar, sq are")
    assert pasted(site, "Tavrakani", ending=".csv", sort="up").status == 400
    for name, value in (("q", "Anna"), ("sort", "newest"), ("page", "2"), ("size", "10"), ("foo", "1")):
        refused = pasted(site, "Tavrakani", **{name: value})
        assert (refused.status, f"{name} is no parameter of a" in refused.json()["problem"]) == (400, True)


def test_the_same_list_pasted_uploaded_sent_or_asked_for_gives_the_same(site: Site, archive: Path) -> None:
    names = ["Tavrakani", "غلام رضا", "Tavrakani", "", "Anna"]
    text = "\ufeff" + "\r\n".join(names) + "\r\n"
    wanted = [("Tavrakani", 3), ("غلام رضا", 1), ("Anna", 2)]
    form = (
        b'--x\r\ncontent-disposition: form-data; name="names"\r\n\r\n\r\n'
        b'--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\ncontent-type: text/plain\r\n\r\n'
        + text.encode()
        + b"\r\n--x--\r\n"
    )
    utf16 = form.replace(text.encode(), text.lstrip("\ufeff").encode("utf-16"))
    answers = [
        pasted(site, *names),
        send(site, ".json", form, "multipart/form-data; boundary=x"),
        send(site, ".json", utf16, "multipart/form-data; boundary=x"),
        send(site, ".json", text.encode(), "text/plain", cookie="other=1"),
        site.get("/nejat/names.json", names="\n".join(names)),
    ]
    for answer in answers:
        assert [(row["name"], row["total"]) for row in answer.json()["names"]] == wanted
    path = archive.with_suffix(".txt")
    path.write_text(text, "utf-8")
    done = CliRunner().invoke(main, ["search", "--list", str(path), "--json", "--db", str(archive)])
    assert [(row["name"], row["total"]) for row in json.loads(done.stdout)["names"]] == wanted
    table = pasted(site, *names, ending=".csv").text
    printed = CliRunner().invoke(main, ["search", "--list", str(path), "--csv", "--db", str(archive)])
    assert printed.stdout.splitlines() == table.splitlines()


def test_the_table_is_a_row_a_name_with_editions_and_years_beside_each_other(site: Site) -> None:
    rows = list(csv.DictReader(io.StringIO(pasted(site, "Tavrakani", "!!", "Nobody", ending=".csv").text)))
    assert [row["name"] for row in rows] == ["Tavrakani", "!!", "Nobody"]
    assert [rows[0][name] for name in ("total", "en", "sq", "2010", "2011", "2012")] == ["3", "2", "1", "2", "0", "1"]
    assert rows[0]["spellings"] == "tawrakani"
    assert [rows[1]["total"], rows[2]["total"], rows[1]["2010"]] == ["", "0", ""]  # not counted is not none
    page = BeautifulSoup(pasted(site, "Tavrakani", ending="").text, "html.parser")
    assert page.select("tbody th a")[0]["href"] == "/nejat/search?q=Tavrakani"
    assert "2010: 2, 2012: 1" in page.select("tbody")[0].get_text()
    assert page.select("textarea")[0].get_text().strip() == "Tavrakani"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The list holds no name"),
        ("\n".join(f"Name {number}" for number in range(501)).encode(), "The list holds 501 names: 500 are counted"),
        (b"x" * 1001, "A line is longer than 1000 characters"),
        (b"x\n" * 160_000, "larger than 300 KB"),
        ("قلم".encode("cp1256"), "no UTF-8 text"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(site: Site, content: bytes, said: str) -> None:
    for ending in (".json", ".csv"):
        answer = send(site, ending, content, "text/plain")
        assert (answer.status, said in answer.text) == (400, True)
    page = send(site, "", content, "text/plain")
    assert (page.status, said in page.text) == (200, True)


def test_five_hundred_names_are_counted_at_once(site: Site) -> None:
    rows = counted(site, *(f"Tavrakani{number}" for number in range(499)), "Anna")
    assert len(rows) == 500
    assert rows[-1]["total"] == 2


def test_only_lists_may_be_sent_and_only_by_pages_of_this_site(site: Site) -> None:
    assert send(site, "", b"Anna", "text/plain", origin="https://other.example").status == 403
    assert site.ask(Request(f"{site.address}/nejat/search", data=b"q=x")).status == 405
    assert site.ask(Request(f"{site.address}/nejat/names", data=b"x", method="DELETE")).status == 405


def test_an_empty_form_is_no_mistake(site: Site) -> None:
    page = BeautifulSoup(site.get("/nejat/names").text, "html.parser")
    assert page.select("form.names textarea, form.names input[type=file]")
    assert not page.select(".note, tbody")
    assert site.get("/nejat/names.json").status == 400
