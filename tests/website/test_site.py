"""The published site, over HTTP."""

from __future__ import annotations

import asyncio
import csv
import io
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import Any
from urllib.request import Request

import pytest
from bs4 import BeautifulSoup, Tag

from nejat_crawler.archive import ArchiveError
from nejat_crawler.archive.reading.corpus_version import CachedVersion
from nejat_crawler.website import serve
from nejat_crawler.website.datasette_settings import CONFIG_DIR
from nejat_crawler.website.lean_datasette import Datasette
from nejat_crawler.website.search import article_index
from tests.support.commands import run
from tests.support.served import SEEN, Site, article, make_archive, serving

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)"> & <b>bold</b>'

ARTICLES = [
    article(1, title="A walk by the river", published="2023-10-28", byline="Ada Gull", body="One.\nTwo.\n\nThree."),
    article(2, title=HOSTILE, body=HOSTILE, category=HOSTILE, published="2024-02-01", author=HOSTILE),
    article(
        3, edition="fa", title="باران در باغ", category="یادداشت", published="2024-03-01",
        body="باران می‌بارد.\n\nباغ خیس است.",
    ),
    article(4, edition="ar", title="المطر في الحديقة", published="2022-01-05", body="نزل المطر."),
    article(5, edition="sq", title="Shi në kopsht", published="2021-04-13", body="Bie shi."),
    article(6, title="Behind a door", published="2020-01-01", body=None, protected=1),
    article(7, title="Only a teaser", published="2019-01-01", body=None, excerpt="It begins so …"),
    article(8, title="No longer there", published="2018-01-01", status="gone"),
    article(
        9, title="", published=None, url=None, undated="none printed", source="text", found_at="capture.txt",
        status="unseen",
    ),
    article(10, title="Odd addresses", published="1917-01-01", url="javascript:alert(1)", body="\n"),
]  # fmt: skip
TABLES: dict[str, list[dict[str, Any]]] = {
    "articles": ARTICLES,
    "article_categories": [
        {"article_id": "en-1", "position": 1, "name": "Walks"},
        {"article_id": "en-1", "position": 2, "name": "Rivers; and 'lakes'"},
    ],
    "article_tags": [
        {"article_id": "en-1", "position": 1, "name": "water"},
        *({"article_id": "en-10", "position": number, "name": f"tag {number}"} for number in range(30)),
    ],
    "images": [
        {"article_id": "en-1", "position": 1, "src": "https://dld.example/river.jpg", "alt": "A river",
         "caption": "At dusk", "lead": 1},
        {"article_id": "en-1", "position": 2, "src": None, "alt": "Seen in a text capture"},
        {"article_id": "en-1", "position": 3, "src": "javascript:alert(3)", "alt": HOSTILE},
    ],
    "links": [
        {"article_id": "en-1", "position": 1, "url": "https://elsewhere.example/", "text": "elsewhere"},
        {"article_id": "en-1", "position": 2, "url": "https://www.nejatngo.org/fa/posts/3", "text": "rain",
         "target": "fa-3"},
    ],
    "newsletters": [
        {"id": "en-19", "edition": "en", "title": "Newsletter 19", "period": "May 2014", "period_start": "2014-05-01",
         "volume": 3, "numbers": "[19]", "found_at": "issue.pdf", "captured_at": SEEN},
    ],
    "newsletter_stories": [
        {"newsletter_id": "en-19", "position": 1, "title": "By the river", "source": "A paper", "date": "2014-04-30",
         "text": "It flowed.", "url": "https://www.nejatngo.org/en/posts/1", "article_id": "en-1"},
        {"newsletter_id": "en-19", "position": 2, "title": "Unknown", "source": None, "date": None, "text": HOSTILE,
         "url": "javascript:alert(4)", "article_id": None},
        {"newsletter_id": "en-19", "position": 3, "title": "", "text": ""},
    ],
    "newsletter_posts": [
        {"article_id": "en-10", "number": 19, "pdf_url": "https://x.example/19.pdf", "newsletter_id": "en-19"}
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # a name that is not the database's, with characters that mean something in an address
    return make_archive(tmp_path_factory.mktemp("site") / "1402 #2?%41.db", TABLES)


@pytest.fixture(scope="module")
def site(archive: Path) -> Iterator[Site]:
    with serving(archive) as served:
        yield served


def page(site: Site, path: str, **parameters: str) -> BeautifulSoup:
    answer = site.get(path, **parameters)
    assert answer.status == 200, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def only(soup: BeautifulSoup | Tag, selector: str) -> Tag:
    found = soup.select(selector)
    assert len(found) == 1, f"{selector}: {len(found)}"
    return found[0]


def test_front_page_counts_the_editions_and_shows_the_newest(site: Site) -> None:
    soup = page(site, "/")
    counts = {row.th.get_text(): row.td.get_text() for row in soup.select(".counts tbody tr") if row.th and row.td}
    assert counts == {"English": "7", "Persian": "1", "Arabic": "1", "Albanian": "1"}
    assert only(soup, "input[name=q]")
    assert soup.select(".entry h2")[0].get_text() == "باران در باغ"


def test_list_is_newest_first_with_titles_in_their_own_direction(site: Site) -> None:
    entries = page(site, "/nejat/articles").select(".entry")
    dates = [entry.time.get_text() for entry in entries if entry.time]
    assert dates == [*sorted((date for date in dates if date != "no date"), reverse=True), "no date"]
    assert len(dates) == len(ARTICLES)
    assert [(entry["lang"], entry["dir"]) for entry in entries][:3] == [("fa", "rtl"), ("en", "ltr"), ("en", "ltr")]
    first = entries[0]
    assert only(first, "h2 a")["href"] == "/nejat/articles/fa-3"
    assert "باران می‌بارد" in only(first, ".teaser").get_text()
    assert "یادداشت" in only(first, ".facts").get_text()
    assert "Persian" in only(first, ".facts").get_text()


def test_list_can_be_narrowed_by_facets(site: Site) -> None:
    soup = page(site, "/nejat/articles")
    facets = [heading.get_text().strip() for heading in soup.select("aside h2")]
    assert facets == ["edition", "category", "year"]
    persian = next(link for link in soup.select("aside a") if link.get_text().strip() == "Persian")
    narrowed = page(site, str(persian["href"]).removeprefix(site.address))
    assert [link.get_text() for link in narrowed.select(".entry h2 a")] == ["باران در باغ"]
    assert only(narrowed, "form.search input[name=edition]")["value"] == "fa"  # the next search stays within it
    away = only(narrowed, ".chips a")["href"]
    assert len(page(site, str(away).removeprefix(site.address)).select(".entry")) == len(ARTICLES)


def test_filter_form_adds_a_filter(site: Site) -> None:
    soup = page(site, "/nejat/articles", _filter_column="year", _filter_op="exact", _filter_value="2021")
    assert [link.get_text() for link in soup.select(".entry h2 a")] == ["Shi në kopsht"]


def test_persian_article_is_marked_as_persian(site: Site) -> None:
    soup = page(site, "/nejat/articles/fa-3")
    shown = only(soup, "article")
    assert (shown["lang"], shown["dir"]) == ("fa", "rtl")
    assert [part.get_text() for part in shown.select(".body p")] == ["باران می‌بارد.", "باغ خیس است."]


def test_article_shows_what_the_archive_knows(site: Site) -> None:
    soup = page(site, "/nejat/articles/en-1")
    assert only(soup, "h1").get_text() == "A walk by the river"
    assert only(soup, "article time")["datetime"] == "2023-10-28"
    assert "by Ada Gull" in only(soup, "article .facts").get_text()
    assert [link.get_text() for link in soup.select(".chips a")] == ["Walks", "Rivers; and 'lakes'", "water"]
    assert [str(part) for part in soup.select(".body p")] == ["<p>One.<br/>Two.</p>", "<p>Three.</p>"]
    assert [link["href"] for link in soup.select(".images a")] == ["https://dld.example/river.jpg"]
    assert "At dusk" in only(soup, ".images").get_text()
    assert [link["href"] for link in soup.select(".linked a")] == [
        "https://elsewhere.example/",
        "/nejat/articles/fa-3",
    ]
    original = only(soup, ".details a[href^='https://www.nejatngo.org']")
    assert original["href"] == "https://www.nejatngo.org/en/posts/1"


def test_many_tags_do_not_push_the_text_away(site: Site) -> None:
    soup = page(site, "/nejat/articles/en-10")
    assert len(soup.select(".chips a")) == 30
    assert len(soup.select("details:not([open]) .chips a")) == 6
    assert "6 more tags" in soup.get_text()


def test_one_odd_year_makes_no_picture_of_empty_rows(site: Site) -> None:
    years = [text.get_text() for text in page(site, "/nejat/timeline").select("svg text[x='0']")]
    assert years == ["2024", "2023", "2022", "2021", "2020", "2019", "2018", "…", "1917"]


def test_categories_lead_to_their_articles(site: Site) -> None:
    soup = page(site, "/nejat/articles/en-1")
    linked = str(soup.select(".chips a")[1]["href"])
    assert "A walk by the river" in page(site, linked).get_text()


def test_nothing_is_loaded_or_run_that_a_page_brings(site: Site) -> None:
    for path in ("/nejat/articles/en-1", "/nejat/articles/en-2", "/nejat/articles", "/", "/nejat/newsletters/en-19"):
        answer = site.get(path)
        soup = BeautifulSoup(answer.text, "html.parser")
        assert not soup.select("script, img, iframe, object, embed, video, audio, [style], style")
        assert not [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
        assert not soup.select("a[href^='javascript']")
    assert HOSTILE in page(site, "/nejat/articles/en-2").get_text()
    assert page(site, "/nejat/articles/en-10").select(".details td")[0].get_text() == "address not known"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("en-6", "behind a password"),
        ("en-7", "Only this teaser"),
        ("en-8", "Taken down"),
        ("en-9", "not been met on the site"),
        ("en-10", "has no text"),
    ],
)
def test_what_is_missing_is_said(site: Site, path: str, said: str) -> None:
    assert said in " ".join(note.get_text() for note in page(site, f"/nejat/articles/{path}").select(".note"))
    assert not page(site, "/nejat/articles/en-1").select(".note")


def test_newsletter_shows_its_stories(site: Site) -> None:
    soup = page(site, "/nejat/newsletters/en-19")
    assert [title.get_text() for title in soup.select(".entry h2")] == ["By the river", "Unknown", "(untitled)"]
    assert {entry["lang"] for entry in soup.select(".entry")} == {"en"}
    assert "3 stories" in only(soup, "h1 + .facts").get_text()
    assert [link["href"] for link in soup.select("h1 ~ p a")] == ["/nejat/articles/en-10", "https://x.example/19.pdf"]
    assert only(soup, ".entry h2 a")["href"] == "/nejat/articles/en-1"


def test_it_stays_a_datasette(site: Site) -> None:
    rows = list(csv.DictReader(io.StringIO(site.get("/nejat/articles.csv", _stream="on").text)))
    assert {row["id"] for row in rows} == {row["id"] for row in ARTICLES}
    assert site.get("/nejat/articles/fa-3.json", _shape="array").json()[0]["title"] == "باران در باغ"
    counted = site.get("/nejat.json", sql="select count(*) from articles", _shape="arrays").json()
    assert counted["rows"] == [[len(ARTICLES)]]
    names = {link.get_text() for link in page(site, "/nejat").select(".tables dt a")}
    assert {"articles", "images", "links", "newsletters", "runs"} <= names
    assert not names & {"articles_fts", "articles_fts_data", "article_pages", "text_captures", "_sqlite_migrations"}
    for path in ("/nejat/images", "/nejat/runs", "/nejat/article_tags", "/nejat/newsletters", "/-/settings.json"):
        assert site.get(path).status == 200


def test_no_row_is_lost_between_pages(tmp_path: Path) -> None:
    # ids in an order of their own, many on one day
    numbers = [7, 30, 4, 100, 21, 1, 13, 2, 55, 9, 88, 40, 3]
    rows = [
        article(
            n, post_id=number, id=f"en-{number}", published=f"2023-05-0{1 + number % 2}" if number != 55 else None
        )
        for n, number in enumerate(numbers, 1)
    ]
    with serving(make_archive(tmp_path / "ties.db", {"articles": rows})) as site:
        for order in ({}, {"_sort": "published"}, {"_sort_desc": "year"}, {"_sort": "category"}, {"_search": "body"}):
            ids: list[str] = []
            after = ""
            while after is not None:
                answer = site.get("/nejat/articles.json", _size=2, _next=after, _shape="arrays", **order).json()
                ids += [row[0] for row in answer["rows"]]
                after = answer["next"]
            assert sorted(ids) == sorted(row["id"] for row in rows), order
        first = site.get("/nejat/articles.json", _size="max", _shape="array").json()
        expected = sorted(rows, key=lambda row: row["id"])
        expected.sort(key=lambda row: row["published"] or "", reverse=True)
        assert [row["id"] for row in first] == [row["id"] for row in expected]


HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
}


@pytest.mark.parametrize(
    "path",
    ["/", "/nejat", "/nejat/articles", "/nejat/articles.json", "/nejat/articles.csv", "/nejat/articles/fa-3",
     "/nejat/articles/none", "/nowhere", "/static/site.css", "/nejat/articles/", "/nejat?sql=nonsense",
     "/-/static/app.css", "/nejat?sql=select+1", "/nejat?sql=select+nonsense", "/nejat/images",
     "/nejat/images/en-1,1",
     "/nejat/newsletters/en-19", "/nejat/search", "/nejat/search.csv", "/nejat/new.atom", "/robots.txt", "//nejat",
     "/-/versions", "/-/metadata", "/nejat.db", "/static/none"],
)  # fmt: skip
def test_every_answer_has_the_security_headers(site: Site, path: str) -> None:
    headers = site.get(path).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "script-src" not in policy
    assert "unsafe" not in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nejat/articles/none", 404),
        ("/nejat/articles/" + "x" * 5000, 404),
        ("/nejat/articles/en-1.xyz", 404),  # Datasette answers with the article's row
        ("/nejat/articles/en-1.JSON", 404),
        ("/nejat/nothing/x", 404),
        ("/nejat/images/en-1", 404),  # a row has two keys
        ("/nejat/timeline/20", 404),
        ("/nejat/timeline/2023-10?page=7", 404),
        ("/nejat/new?page=7", 404),
        ("/nejat/pictures?page=99999999999999999999", 404),
        ("/nejat/new?page=x", 200),
        ("/nejat/articles?_sort=nope", 400),
        ("/nejat/articles?_size=x", 400),
        ("/nejat/articles?_through=1", 400),
        ("/nejat/articles?_facet=%7B%22table%22%3A1%7D", 400),
        ("/nejat/images?_where=%00", 400),
        ("/nejat/articles.json?_facet_date=%00", 400),
        ("/nejat/articles?" + "_facet=year&" * 50, 400),  # a second each
        ("/nejat/search?q=a&q=b&page=-3&size=x&from=99999&sort=nope", 200),
        ("/nejat?sql=select+*+from+pragma_database_list", 400),  # where the file lies
        ("/nejat?sql=select+sleep(1)", 400),
        ("/nejat.json?sql=select+length(hex(zeroblob(400000000)))", 400),
        ("/nejat.db", 403),
        ("/-/versions", 200),
        ("/-/versions.json", 200),
        ("/-/databases.json", 404),
        ("/-/threads", 404),
        ("/-/actor.json", 404),
        ("/-/plugins", 200),
        ("/-/config", 404),
        ("/-/messages", 404),
        ("/-/permissions", 404),
        ("/-/allow-debug", 404),
        ("/-/patterns", 404),
        ("/-/logout", 404),
        ("/-/settings", 200),
        ("/-/metadata.json", 200),
        ("/static/../metadata.yaml", 404),
    ],
    ids=lambda value: str(value)[:40],
)
def test_any_address_gets_a_sensible_answer(site: Site, path: str, status: int) -> None:
    answer = site.get(path)
    assert answer.status == status
    assert len(answer.text) < 20_000
    if status >= 400 and answer.headers["content-type"].startswith("text/html") and "/static/" not in path:
        soup = BeautifulSoup(answer.text, "html.parser")
        assert soup.select("form[role=search] input[name=q], textarea[name=sql]")
        assert not soup.select("script, [style]")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "FOO"])
def test_only_reading_is_answered(site: Site, method: str) -> None:
    for path in ("/", "/nejat", "/nejat/articles", "/nejat/articles/en-1", "/static/site.css", "/-/messages"):
        answer = site.ask(Request(site.address + path, method=method))
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD"), path
        assert "content-security-policy" in answer.headers


def spoken(site: Site, line: str) -> str:
    """What the site answers to a first line that no well-behaved client would send."""
    host, port = site.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(f"{line}\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


def test_letters_that_nobody_encoded_are_understood(site: Site) -> None:
    answer = spoken(site, "GET /nejat/search.json?q=باران HTTP/1.1")
    assert answer.startswith("HTTP/1.1 200 ")
    assert '"id": "fa-3"' in answer
    assert spoken(site, "HEAD /nejat/articles/باران HTTP/1.1").startswith("HTTP/1.1 302 ")
    refused = spoken(site, "no request at all")
    assert refused.startswith("HTTP/1.1 400 ")
    assert "content-security-policy" in refused


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "//"])
def test_no_address_leads_to_another_host(site: Site, path: str) -> None:
    lines = spoken(site, f"GET {path} HTTP/1.1").splitlines()
    assert {line for line in lines if line.startswith("location")} <= {"location: /evil.example/", "location: /"}
    assert lines[0].startswith("HTTP/1.1 301 ")


def test_what_a_reader_has_is_not_sent_again(site: Site) -> None:
    for path in ("/nejat/new.atom", "/nejat/articles/en-1", "/"):
        tag = site.get(path).headers["etag"]
        again = site.ask(Request(site.address + path, headers={"If-None-Match": f'"old", {tag}'}))
        assert (again.status, again.text, again.headers["etag"]) == (304, "", tag)
        assert site.ask(Request(site.address + path, headers={"If-None-Match": '"old"'})).status == 200
    sheet = str(only(page(site, "/"), "link[rel=stylesheet]")["href"])
    assert "?" in sheet  # another sheet has another address
    assert site.get(sheet).headers["cache-control"] == "max-age=3600"


@pytest.mark.parametrize(
    "sql",
    [
        "delete from articles",
        "insert into runs (command) values ('x')",
        "with x as (select 1) insert into runs (command) select 1",
        "pragma journal_mode = delete",
        "vacuum into 'copy.db'",
        "attach 'other.db' as other",
    ],
)
def test_sql_that_writes_is_refused(site: Site, sql: str) -> None:
    assert site.get("/nejat.json", sql=sql).status == 400


def test_nothing_can_be_written(site: Site, archive: Path) -> None:
    before = archive.read_bytes()
    assert site.ask(Request(f"{site.address}/nejat/articles/en-1", method="DELETE")).status == 405
    assert site.get("/nejat.db").status == 403
    with sqlite3.connect(archive) as connection:
        assert connection.execute("select count(*) from articles").fetchone() == (len(ARTICLES),)
    assert archive.read_bytes() == before


def test_what_a_crawl_writes_is_seen_at_once(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "live.db", {"articles": ARTICLES[:1]})
    with serving(archive) as site:
        assert site.found("river") == ["en-1"]
        writer = sqlite3.connect(archive)
        writer.create_function("fold_for_search", 1, lambda text: text.lower() if text else "")
        writer.create_function("compound_parts", 1, lambda _text: "")
        writer.execute("update articles set title = 'A walk by the lake' where id = 'en-1'")
        assert site.found("river") == ["en-1"]  # an open transaction neither shows nor blocks
        writer.commit()
        assert site.found("river") == []
        assert site.found("lake") == ["en-1"]
        writer.close()


def test_plain_datasette_on_the_folder_serves_the_same(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "nejat.db", TABLES)

    async def ask() -> None:
        datasette = Datasette([str(archive)], config_dir=CONFIG_DIR)
        await datasette.invoke_startup()
        found = await datasette.client.get("/nejat/articles.json?_search=باغ&_shape=array")
        assert [row["id"] for row in found.json()] == ["fa-3"]
        assert "default-src 'none'" in found.headers["content-security-policy"]
        with pytest.raises(sqlite3.OperationalError, match="read-only"):
            await datasette.get_database("nejat").execute_write("delete from articles")

    asyncio.run(ask())


def _command_line(pid: int) -> bytes:
    """Of a process; empty when it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _workers(parent: int) -> set[int]:
    started = map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split())
    return {pid for pid in started if b"spawn_main" in _command_line(pid)}


def _wait_for(happens: Callable[[], bool]) -> None:
    ends = time.monotonic() + 60
    while not happens():
        assert time.monotonic() < ends
        time.sleep(0.1)


def _serve_with_two(archive: Path, *, alone: bool = False) -> subprocess.Popen[str]:
    program = "from nejat_crawler.cli import main; main()"
    command = [sys.executable, "-c", program, "serve", "--db", str(archive), "--port=0", "--workers=2"]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=alone)


def test_ctrl_c_ends_processes_that_are_still_beginning_without_a_word(archive: Path) -> None:
    with _serve_with_two(archive, alone=True) as process:
        assert process.stderr
        assert "Ctrl-C stops" in process.stderr.readline()
        _wait_for(lambda: len(_workers(process.pid)) == 2)
        time.sleep(0.3)  # they import what they need
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
        assert process.stderr.read() == ""
        assert process.wait(20) == 0


def _is_socket(opened: Path) -> bool:
    try:
        return "socket:" in str(opened.readlink())
    except FileNotFoundError:  # closed since it was listed
        return False


def _fewest_readers(site: Site, processes: set[int]) -> int:
    """Of forty readers who come at once, how many are answered by the process that answers the fewest."""

    def open_sockets() -> list[int]:
        return [sum(map(_is_socket, Path(f"/proc/{process}/fd").iterdir())) for process in processes]

    before = open_sockets()
    with ExitStack() as opened:
        for _ in range(40):
            reader = opened.enter_context(socket.create_connection(("127.0.0.1", int(site.address.split(":")[2]))))
            reader.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(1)
        return min(after - number for after, number in zip(open_sockets(), before, strict=True))


@pytest.mark.skipif(sys.platform != "linux", reason="the processes of another are read where Linux tells them")
def test_a_site_of_one_process_starts_none_to_look_after_what_several_share() -> None:
    script = (
        "import os; from nejat_crawler.website.listener import listen; shared = listen('127.0.0.1', 0, 1);"
        "print(open(f'/proc/self/task/{os.getpid()}/children').read())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_several_processes_serve_and_end_with_the_one_that_started_them(archive: Path) -> None:
    with _serve_with_two(archive) as process:
        try:
            assert process.stderr
            site = Site(process.stderr.readline().split(" at ")[1].split()[0])
            assert "River" in site.get("/nejat/search", q="river").text
            first = _workers(process.pid)
            assert len(first) == 2
            _wait_for(lambda: _fewest_readers(site, first) >= 18)  # once both have begun
            os.kill(min(first), signal.SIGKILL)
            _wait_for(lambda: len(_workers(process.pid) - first) == 1)  # another takes its place
            assert site.get("/nejat/search", q="river").status == 200
            left = _workers(process.pid)
            _wait_for(lambda: _fewest_readers(site, left) >= 18)  # as the first two did
        finally:
            process.kill()
        _wait_for(lambda: not any(map(_command_line, left)))


def test_empty_archive_is_served(tmp_path: Path) -> None:
    with serving(make_archive(tmp_path / "empty.db", {})) as site:
        assert "the archive is empty" in page(site, "/").get_text()
        assert "Nothing found" in page(site, "/nejat/articles").get_text()


def test_what_cannot_be_served_is_refused_in_a_sentence(tmp_path: Path, archive: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("create table articles (id)")
    text = tmp_path / "text.db"
    text.write_text("no database at all " * 99)
    with pytest.raises(serve.ServeError, match="no archive at"):
        serve.serve(tmp_path / "none.db")
    for path in (text, other, tmp_path):
        with pytest.raises(serve.ServeError, match="is not an archive") as refused:
            serve.serve(path)
        assert "\n" not in str(refused.value)
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(serve.ServeError, match="Cannot listen"):
        serve.serve(archive, port=taken.getsockname()[1])
    with pytest.raises(serve.ServeError, match="Cannot listen"):
        serve.serve(archive, port=99999)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return make_archive(tmp_path / "small.db", {"articles": [article(1, body="The heron stood.")]})


async def _asked_in_no_time(datasette: Any) -> list[str]:
    await datasette.client.get("/nejat/search?q=stood")  # reads what the archive holds
    answers = []
    for limit in (0, 3000):
        datasette._settings["sql_time_limit_ms"] = limit
        answers.append((await datasette.client.get("/nejat/search?q=heron")).text)
    return answers


def test_a_feed_at_its_own_address_is_no_shorter(tmp_path: Path) -> None:
    rows = [article(n, body="heron") for n in range(1, 61)]
    datasette = serve.build_datasette(make_archive(tmp_path / "feed.db", {"articles": rows}))

    async def entries(address: str) -> tuple[int, str]:
        feed = BeautifulSoup((await datasette.client.get(address)).text, "xml")
        own = str(only(feed, 'link[rel="self"]')["href"])
        return len(feed.select("entry")), own[own.index("/nejat/") :]

    count, own = asyncio.run(entries("/nejat/search.atom?q=heron"))
    assert count == 50
    assert asyncio.run(entries(own)) == (50, own)


def test_that_a_search_took_too_long_is_not_said_again(small: Path) -> None:
    busy, quiet = asyncio.run(_asked_in_no_time(serve.build_datasette(small)))
    assert "takes too long" in busy
    assert "1 article<" in quiet


def test_the_list_of_all_articles_is_read_to_its_end_however_long_that_takes(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = article_index._load

    def slow(connection: sqlite3.Connection, version: tuple[int, ...]) -> article_index.ArticleIndex:
        connection.create_function("rest", 0, partial(time.sleep, 0.01))
        numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 60000)"
        connection.execute(f"{numbers} SELECT rest() FROM n WHERE i % 1000 = 0").fetchall()
        return load(connection, version)

    monkeypatch.setattr(article_index, "_load", slow)
    datasette = serve.build_datasette(small)
    datasette._settings["sql_time_limit_ms"] = 300
    assert "1 article<" in asyncio.run(datasette.client.get("/nejat/search?q=heron")).text


def test_other_spellings_are_offered_once_they_are_gathered(tmp_path: Path) -> None:
    names = ["said Gholamreza there.", "said Qolamreza there."]
    rows = [article(n, body=names[n - 1] if n < 3 else "x") for n in range(1, 3101)]
    with serving(make_archive(tmp_path / "large.db", {"articles": rows})) as site:
        until = time.monotonic() + 10
        site.get("/nejat/search")
        while "Also written" not in site.get("/nejat/search", q="Gholamreza").text:
            assert time.monotonic() < until
            time.sleep(0.1)


def test_a_category_of_half_a_million_letters_is_cut(site: Site) -> None:
    answer = site.get("/nejat/search", category="x" * 200_000)
    assert answer.status == 200
    assert len(answer.text) < 200_000


def test_a_version_that_was_known_stays_where_the_archive_cannot_be_read(small: Path) -> None:
    cached = CachedVersion(small, pause=0)
    known = cached.get()
    small.write_bytes(b"no archive")
    assert cached.get() == cached.get_soon() == known
    small.unlink()
    assert cached.get() == cached.get_soon() == known
    assert not cached.is_current()
    with pytest.raises(ArchiveError):
        CachedVersion(small).get()


def test_an_archive_of_an_older_version_is_not_served(small: Path) -> None:
    with closing(sqlite3.connect(small)) as connection, connection:
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'cover_what_tables_show'")
    ended = run("nejat", "serve", "--db", small, "--port", "0", timeout=20)
    assert ended.code == 1
    assert "one of an older version: crawl or import into it first" in ended.err


def test_a_reader_who_does_not_read_on_does_not_keep_it_from_ending(tmp_path: Path) -> None:
    rows = [article(n, url="u" * 9000) for n in range(1, 1500)]
    archive = make_archive(tmp_path / "wide.db", {"articles": rows})
    # the site is waited for ten seconds at its end, while the reader is still there
    with socket.socket() as reader, serving(archive) as site:
        host, port = site.address.removeprefix("http://").split(":")
        reader.connect((host, int(port)))
        reader.sendall(b"GET /nejat/search.csv HTTP/1.1\r\nHost: x\r\n\r\n")
        assert reader.recv(1)
