"""The search page: what it ranks, marks, counts and offers, and that nothing typed breaks it."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nejat_crawler.cli import main
from tests.support.served import SEEN, Site, article, make_archive, serving

ROWS = [
    article(1, title="Of other things", body="The heron stood. " + "Reeds and water. " * 40, published="2020-03-01"),
    article(2, title="The heron", body="It stood there. " + "Reeds and water. " * 5, published="2019-03-01"),
    article(3, title="Nothing", body="Reeds, a Lantern and don’t.", published="2021-03-01", category="Notes"),
    article(4, edition="fa", title="مرغ", body="او heron را می‌دید. " + "خانواده‌ها آمدند. مسؤول رسید."),
    article(5, title="Gone heron", body="x", published="2018-01-01", status="gone", category="Notes"),
    article(6, edition="sq", title="Çamëria", body="Lejleku heron në Çamëri.", published=None),
    article(7, title="A long walk", body="wall " * 300 + "The green lantern hung over the heron. " + "wall " * 300),
]
CATEGORIES = [
    {"article_id": row["id"], "position": 1, "name": row["category"]} for row in ROWS if row["category"]
] + [{"article_id": "en-2", "position": 2, "name": "Notes"}]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tables = {"articles": ROWS, "article_categories": CATEGORIES}
    return make_archive(tmp_path_factory.mktemp("page") / "search.db", tables)


@pytest.fixture(scope="module")
def site(archive: Path) -> Iterator[Site]:
    with serving(archive) as served:
        yield served


def ids(site: Site, typed: str, **parameters: str | int) -> list[str]:
    answer = site.get("/nejat/search.json", q=typed, **parameters)
    assert answer.status == 200
    return [row["id"] for row in answer.json()["results"]]


def soup(site: Site, typed: str, **parameters: str | int) -> BeautifulSoup:
    return BeautifulSoup(site.get("/nejat/search", q=typed, **parameters).text, "html.parser")


def test_best_match_has_the_word_in_its_title(site: Site) -> None:
    found = ids(site, "HERON")
    assert set(found[:2]) == {"en-2", "en-5"}
    assert set(found[2:]) == {"en-1", "fa-4", "sq-6", "en-7"}
    assert ids(site, "HERON", sort="newest") == ["en-7", "fa-4", "en-1", "en-2", "en-5", "sq-6"]
    assert ids(site, "HERON", sort="oldest") == ids(site, "HERON", sort="newest")[::-1]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("green lantern", {"en-7"}),
        ('"lantern green"', set()),
        ('"green lantern"', {"en-7"}),
        ("«green lantern»", {"en-7"}),
        ("“green lantern", {"en-7"}),
        ("lantern OR reeds", {"en-1", "en-2", "en-3", "en-7"}),
        ("heron NOT reeds", {"en-5", "fa-4", "sq-6", "en-7"}),
        ("heron -reeds -x", {"fa-4", "sq-6", "en-7"}),
        ("(lantern OR x) AND heron", {"en-5", "en-7"}),
        ("lant*", {"en-3", "en-7"}),
        ("title:heron", {"en-2", "en-5"}),
        ("body:heron NOT title:long", {"en-1", "fa-4", "sq-6"}),
        ("dont", {"en-3"}),
        ("مسئول", {"fa-4"}),
        ("AND lantern OR", {"en-3", "en-7"}),
        ("((lantern", {"en-3", "en-7"}),
        ("and", {"en-1", "en-2", "en-3"}),
        ("NOT heron", set()),
        ("", {row["id"] for row in ROWS}),
    ],
)
def test_a_query_says_what_is_wanted(site: Site, typed: str, found: set[str]) -> None:
    assert set(ids(site, typed)) == found


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("cameria", ["Çamëria"]),
        ("dont", ["don’t"]),
        ("میدید", ["می‌دید"]),
        ("خانواده", ["خانواده"]),
        ("مسئول", ["مسؤول"]),
        ('"green lantern"', ["green lantern"]),
        ("lant* NOT green", ["Lantern"]),
    ],
)
def test_what_was_found_is_marked_as_it_was_published(site: Site, typed: str, marked: list[str]) -> None:
    assert [mark.get_text() for mark in soup(site, typed).select(".entry mark")] == marked


def test_excerpt_shows_where_the_words_stand_together(site: Site) -> None:
    teaser = soup(site, "lantern heron").select(".teaser")[0].get_text()
    assert "The green lantern hung over the heron." in teaser
    assert len(teaser) < 320


def test_filters_count_what_the_others_leave(site: Site) -> None:
    page = soup(site, "heron", category="Notes")
    assert {link.get_text() for link in page.select(".entry h2 a")} == {"The heron", "Gone heron"}
    counts = {row.a.get_text(): row.span.get_text() for row in page.select(".facet li") if row.a and row.span}
    assert counts["English"] == "2"
    assert counts["Notes"] == "2"
    assert counts["News"] == "5"
    assert counts["taken down"] == "1"
    narrower = next(link for link in page.select(".facet a") if link.get_text() == "taken down")
    answer = site.get(str(narrower["href"]))
    shown = BeautifulSoup(answer.text, "html.parser").select(".entry h2 a")
    assert [link.get_text() for link in shown] == ["Gone heron"]
    away = page.select(".chips a")[0]["href"]
    assert "6 articles" in site.get(str(away)).text


def test_years_may_be_persian(site: Site) -> None:
    assert ids(site, "heron", **{"from": "2019", "to": "2020"}) == ["en-2", "en-1"]
    assert ids(site, "heron", **{"from": "۱۳۹۸", "to": "1398"}) == ["en-1"]
    assert ids(site, "heron", **{"from": "1397", "to": "1397"}) == ["en-2"]


def test_pages_hold_everything_once(site: Site) -> None:
    found: list[str] = []
    for number in range(1, 5):
        found += ids(site, "heron", size=2, page=number) if number < 4 else []
    assert found == ids(site, "heron")
    first = site.get("/nejat/search.json", q="heron", size=2).json()
    assert (first["total"], first["pages"]) == (6, 3)
    assert "page=2" in first["next_url"]
    assert [link["href"] for link in soup(site, "heron", size=2).select("a[rel=next]")] == [
        "/nejat/search?q=heron&page=2&size=2"
    ]
    assert ids(site, "heron", page=999, size=2) == found[-2:]
    beyond = site.get("/nejat/search.json", q="heron", size=2, page=999).json()
    assert (beyond["page"], beyond["notes"]) == (3, ["There is no page 999: the last, page 3, is shown."])
    assert "There is no page 999" in soup(site, "heron", size=2, page=999).get_text()
    assert first["notes"] == []


def test_results_as_csv_and_atom(site: Site) -> None:
    rows = list(csv.DictReader(io.StringIO(site.get("/nejat/search.csv", q="heron", size=2).text)))
    assert [row["id"] for row in rows] == ids(site, "heron")
    feed = ElementTree.fromstring(site.get("/nejat/search.atom", q="heron").text)
    atom = "{http://www.w3.org/2005/Atom}"
    titles = [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")]
    assert titles[:2] == ["A long walk", "مرغ"]
    assert len(titles) == 6
    moments = [entry.findtext(f"{atom}updated") for entry in feed.iter(f"{atom}entry")]
    assert moments[0] == "2023-05-01T00:00:00Z"
    assert moments[-1] == SEEN  # of an article without a date: when the archive first saw it


def test_an_empty_answer_says_so(site: Site) -> None:
    assert "Nothing found" in soup(site, "zzzz").get_text()
    assert "say also what to look for" in soup(site, "NOT heron").get_text()
    assert "no letter or digit" in soup(site, "!!!").get_text()
    meant = soup(site, "lantren").select(".variants a")
    assert [link.get_text() for link in meant] == ["lantern"]
    assert meant[0]["href"] == "/nejat/search?q=lantern"


SIGNS = st.sampled_from(
    [*"\"'()*:-^+{}\\<>&%;,«»“”؟،", " ", " AND ", " OR ", " NOT ", "title:", "body:", "\0", "\u200c", "\u202e",
     "heron", "می‌دید", "Ç", "😀", "*", "\n", "a", "1402"]
)  # fmt: skip
TYPED = st.one_of(
    st.text(max_size=40),
    st.lists(SIGNS, max_size=24).map("".join),
    st.builds(lambda text, times: text * times, st.lists(SIGNS, min_size=1, max_size=4).map("".join),
              st.integers(1, 700)),
)  # fmt: skip
ODD = st.sampled_from(["", "0", "-1", "9" * 5000, "en", "fa", "live", "Notes", "2019", "x", "\0", "newest", "rank"])
#: The same ones each time need not be many; `make soak` draws others.
MOST_TYPED = 400 if settings().derandomize else 2000


def test_nothing_typed_breaks_it(site: Site) -> None:
    connection = HTTPConnection(site.address.removeprefix("http://"), timeout=20)
    slowest = 0.0

    @settings(max_examples=MOST_TYPED, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(
        TYPED, st.dictionaries(st.sampled_from(["edition", "from", "to", "sort", "page", "size", "category"]), ODD)
    )
    @example("x" * 10_000, {})
    @example("😀" * 10_000, {})
    @example("(" * 10_000, {})
    @example("NOT " * 2500, {})
    @example("title:" * 1600, {})
    @example("a OR " * 2000, {})
    @example("a* " * 3000, {})
    @example("-" * 10_000, {})
    @example('"a" ' * 2500, {})
    def ask(typed: str, others: dict[str, str]) -> None:
        nonlocal slowest
        query = urlencode({"q": typed.encode("utf-8", "replace").decode(), **others})
        kind = ("", ".json", ".csv", ".atom")[len(typed) % 4]
        started = time.monotonic()
        connection.request("GET", f"/nejat/search{kind}?{query}")
        answer = connection.getresponse()
        text = answer.read().decode()
        slowest = max(slowest, time.monotonic() - started)
        # a program is told of what makes no sense; a reader's page goes on
        assert answer.status in ((200, 400) if kind and others else (200,)), (typed, text)
        if kind == ".atom":
            ElementTree.fromstring(text)

    ask()
    assert slowest < 3


def test_raw_bytes_that_are_no_text_are_answered(site: Site) -> None:
    assert site.get("/nejat/search?q=%ff%fe%d9&from=%ff&edition=%00").status == 200
    assert site.get(f"/nejat/search?{quote('q')}=%ED%A0%80").status == 200


def test_an_absurd_word_is_not_too_slow_to_look_for_other_spellings(tmp_path: Path) -> None:
    rows = [article(n, body=f"Qorban{'ab' * n} said so.") for n in range(1, 30)]
    with serving(make_archive(tmp_path / "long.db", {"articles": rows})) as site:
        assert site.get("/nejat/search", q="qorban" + "ba" * 400).status == 200


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("lantern OR Çamëri", 3),
        ("heron NOT reeds", 4),
        ("heron -reeds", 4),
        ("title:heron", 2),
        ('body:lant* "green lantern"', 1),
        ("(lantern OR reeds) heron", 3),
        ("-heron", 0),
        ("!!!", 0),
        ("AND OR", 0),
    ],
)
def test_a_query_means_the_same_everywhere(site: Site, archive: Path, typed: str, count: int) -> None:
    done = CliRunner().invoke(main, ["export", "jsonl", "--query", typed, "--db", str(archive)])
    exported = {json.loads(line)["id"] for line in done.stdout.splitlines()}
    feed = ElementTree.fromstring(site.get("/nejat/search.atom", q=typed).text)
    sql = "select id from articles where docid in (select rowid from articles_fts(escape_fts(:typed)))"
    found = {
        "export": exported,
        "page": set(ids(site, typed)),
        "CSV": {row["id"] for row in csv.DictReader(io.StringIO(site.get("/nejat/search.csv", q=typed).text))},
        "feed": {name.text.rpartition("/")[2] for name in feed.iterfind("{*}entry/{*}id") if name.text},
        "table": set(site.found(typed)),
        "SQL": {row["id"] for row in site.get("/nejat.json", sql=sql, typed=typed, _shape="array").json()},
    }
    assert found == dict.fromkeys(found, exported)
    assert (done.exit_code, len(exported)) == (0, count)
    assert ("the export is empty" in done.stderr) == (count == 0)


def test_a_search_of_one_column_and_a_column_in_the_query_both_hold(site: Site) -> None:
    def found(**typed: str) -> set[str]:
        return {row["id"] for row in site.get("/nejat/articles.json", _shape="array", **typed).json()}

    assert found(_search_title="heron OR walk") == {"en-2", "en-5", "en-7"}
    assert found(_search_title="title:heron") == {"en-2", "en-5"}
    assert found(_search_title="body:heron") == set()
