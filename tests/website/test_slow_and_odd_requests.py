"""Who sends half a request, takes half an answer, or asks for an odd address does not keep others from reading."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from uvicorn import config

from nejat_crawler.website.app import http_protocol, quiet_log
from nejat_crawler.website.rendering.body_html import render_body
from nejat_crawler.website.serve import build_datasette
from tests.support.served import Site, article, make_archive, serving


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    deep = "<ul><li>" * 30_000 + "the end" + "</li></ul>" * 30_000
    rows = [article(n, body="A rope.", body_html="<p>" + "A rope. " * 25_000) for n in range(1, 40)]
    rows.append(article(50, body="the end", body_html=deep))
    with serving(make_archive(tmp_path_factory.mktemp("odd") / "nejat.db", {"articles": rows})) as served:
        yield served


def _connected(site: Site, sent: bytes = b"", most_read: int = 0) -> socket.socket:
    where = urlsplit(site.address)
    opened = socket.socket()
    if most_read:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, most_read)
    opened.settimeout(20)
    opened.connect((where.hostname, where.port))
    opened.sendall(sent)
    return opened


def _status(site: Site, target: str, method: str = "GET", headers: dict[str, str] | None = None) -> int:
    connection = HTTPConnection(urlsplit(site.address).netloc, timeout=20)
    connection.putrequest(method, target, skip_host=bool(headers and "Host" in headers))
    for name, value in (headers or {}).items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


_ODD = ["%00", "%ff", "%ED%B2%80", "-1", "99999999999999999999", "1e999", "%0d%0aX:1", "x" * 3000, "[", "'", ""]
_PARAMETERS = [
    "_next",
    "_size",
    "_sort",
    "_sort_desc",
    "_facet",
    "_facet_size",
    "_facet_date",
    "_facet_array",
    "_search",
    "_through",
    "_where",
    "_json",
    "_json_infinity",
    "_shape",
    "_col",
    "_nocol",
    "_labels",
    "_timelimit",
    "_ttl",
    "_trace",
    "_stream",
    "_searchmode",
    "_extra",
    "year__gt",
    "year__exact",
    "title__like",
    "body__in",
    "docid__date",
    "nothing__isnull",
]
_PAGES = [
    "/nejat.csv",
    "/nejat.csv?_facet=year",
    "/static/site.css/x",
    "/static/%00",
    "/-/static/app.css/x",
    "/nejat/%00",
    "/nejat/articles/%ff",
    "/nejat/articles/en-1/x",
    "/nejat/tags/%00",
    "/nejat/timeline/9999-99",
    "/nejat/timeline/0000",
    "/nejat/search?q=%00%ff",
    "/nejat/search?page=99999999999999999999",
    "/nejat/search?from=x&to=-1&size=1e9",
    "/nejat/search.csv?q=%ED%B2%80",
    "/sitemap-9999.xml",
    "/nejat/articles.blob",
    "/nejat.db",
    "/nejat/new.atom?page=-1",
    "/nejat/pictures?page=x",
    "/%2e%2e/%2e%2e",
    "/nejat/articles/en-1.blob?_blob_column=nothing",
    "/nejat/articles~/x",
    "/nejat/~ff",
    "/nejat?sql=%00",
    "/-/mcp/x",
    "*",
    "//",
    "/nejat.csv?sql=select+1&_stream=on&_next=x",
    "/nejat.json?sql=select+:a&a=%ff",
    "/nejat//articles",
    "/nejat.blob?sql=select+1&_blob_column=1&_blob_hash=x",
]
_HEADERS = {"Cookie": "\xff=;;=", "If-None-Match": "W/", "Upgrade": "websocket", "Range": "bytes=9-1"}


@pytest.mark.parametrize("page", ["/nejat/articles.json", "/nejat/articles", "/nejat/article_tags.csv"])
def test_odd_parameters_are_no_crash(site: Site, page: str) -> None:
    asked = [f"{page}?{name}={value}&_size=1&_nofacet=1" for name in _PARAMETERS for value in _ODD]
    connection = HTTPConnection(urlsplit(site.address).netloc, timeout=20)
    found = {}
    for address in asked[:: 2 if page.endswith("json") else 7]:
        connection.request("GET", address)
        answer = connection.getresponse()
        answer.read()
        found[address] = answer.status
    assert {address for address, status in found.items() if status >= 500} == set()


def test_odd_addresses_methods_and_headers_are_no_crash(site: Site) -> None:
    found = {page[:60]: _status(site, page) for page in (*_PAGES, "/x" * 900, f"/static/{'x' * 5000}")}
    found |= {method: _status(site, "/", method) for method in ("PUT", "DELETE", "TRACE", "OPTIONS", "BREW", "POST")}
    for host in ("", "a b", '"><script>', "[::1", "x" * 5000, "a:99999999"):
        found[f"Host: {host[:20]}"] = _status(site, "/nejat/articles?_size=1", headers={"Host": host})
    for name, value in _HEADERS.items():
        found[name] = _status(site, "/nejat/about", headers={name: value, "Connection": "upgrade"})
    assert {address: status for address, status in found.items() if status >= 500} == {}


def test_a_text_of_lists_in_lists_is_shown_whole_and_soon(site: Site) -> None:
    began = time.monotonic()
    assert "the end" in site.get("/nejat/articles/en-50").text
    assert time.monotonic() - began < 19  # 2 on a machine of its own; in quadratic time for minutes


def test_what_lies_too_deep_keeps_its_words_and_a_long_row_of_paragraphs_its_tags() -> None:
    assert "word" in render_body("<blockquote>" * 500 + "word", {})
    assert render_body("<p>a" * 300, {}).count("<p>") == 300
    nested = "<ul><li>" * 20 + "x" + "</li></ul>" * 20
    assert render_body(nested, {}) == nested


def test_a_thousand_requests_that_never_end_leave_room_for_others(site: Site) -> None:
    with ExitStack() as held:
        for _ in range(700):
            held.enter_context(_connected(site, b"GET /robots.txt HTTP/1.1\r\nHost: a\r\n"))
        assert _status(site, "/robots.txt") == 200


def test_readers_who_do_not_read_keep_nobody_from_reading(site: Site) -> None:
    request = b"GET /nejat/articles.json?_size=max&_x=%d HTTP/1.1\r\nHost: a\r\n\r\n"
    with ExitStack() as held:
        for number in range(40):
            held.enter_context(_connected(site, request % number, 4096))
        for _ in range(3):
            assert _status(site, "/robots.txt") == 200
            time.sleep(0.5)


def test_a_message_that_is_broken_off_or_too_long_is_not_read_on(site: Site) -> None:
    head = b"POST /-/mcp HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    for _ in range(20):
        _connected(site, head % 400 + b"{").close()
    with _connected(site, head % 3_000_000 + b"x" * 1_200_000) as long:
        assert long.recv(100).startswith(b"HTTP/1.1 413 ")


def test_plain_datasette_speaks_the_same_protocol(tmp_path: Path) -> None:
    datasette = build_datasette(make_archive(tmp_path / "nejat.db", {"articles": [article(1)]}))
    asyncio.run(datasette.invoke_startup())
    loaded = config.Config(datasette.app(), http="auto")
    loaded.load()
    assert loaded.http_protocol_class is http_protocol.LenientProtocol


def test_the_same_line_is_logged_some_times_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    quiet_log.quieten()
    for number in range(100):
        logging.getLogger("asyncio").error("socket.accept() out of system resource", extra={"number": number})
    assert 0 < len(caplog.records) < 10


@pytest.mark.parametrize(
    "coverage",
    [
        '{"en": 7}',
        '{"en": {"known": "x", "missing": 5, "sources": ["a"]}}',
        '{"en": {"known": [], "missing": "a", "sources": {"feed": 1}}}',
        '[["en"]]',
        "null",
        "[" * 100_000,
        "no JSON",
    ],
)
def test_what_an_archive_from_elsewhere_says_of_its_runs_is_no_crash(tmp_path: Path, coverage: str) -> None:
    good = {"command": "crawl", "arguments": "{}", "started_at": "2026-11-01T08:00:00Z", "coverage": "{}"}
    odd = good | {"arguments": '{"edition": 7}', "coverage": coverage, "outcome": "finished"}
    rows = [article(1), article(2, edition="xx")]
    path = make_archive(tmp_path / "nejat.db", {"articles": rows, "runs": [good, odd]})

    async def ask() -> list[int]:
        client = build_datasette(path).client
        return [(await client.get(page)).status_code for page in ("/", "/nejat/runs", "/nejat/articles/xx-2.bib")]

    assert asyncio.run(ask()) == [200, 200, 200]
