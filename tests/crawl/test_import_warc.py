from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from nejat_crawler.sample_site import SampleSite, Server
from nejat_crawler.urls import SITE
from tests.support.commands import articles, fold, rows, run


def add(
    writer: WARCWriter, url: str, body: bytes, day: str, *, status: str = "200 OK", kind: str = "text/html"
) -> None:
    headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
    dated = {"WARC-Date": f"{day}T03:02:01Z"}
    writer.write_record(
        writer.create_warc_record(
            url, "response", payload=BytesIO(body), http_headers=headers, warc_headers_dict=dated
        )
    )


def fetch(server: Server, path: str) -> bytes:
    """A page of the sample site as the real site would have answered it."""
    with urlopen(server.base_url + path) as response:
        body: bytes = response.read()
    return body.replace(server.base_url.encode(), SITE.encode())


@pytest.fixture(params=["gz", "plain", "gz as a whole"])
def warc(request: pytest.FixtureRequest, tmp_path: Path, server: Server) -> Path:
    path = tmp_path / ("site.warc" if request.param == "plain" else "site.warc.gz")
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=request.param == "gz")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "a test"}))
        for number in ("", "page/2"):
            add(writer, f"{SITE}/en/{number}", fetch(server, f"/en/{number}"), "2019-05-04")
        add(writer, f"{SITE}/en/gone", b"<html>no</html>", "2019-05-04", status="404 Not Found")
        add(writer, f"{SITE}/en/a.png", b"\x89PNG", "2019-05-04", kind="image/png")
        writer.write_record(
            writer.create_revisit_record(f"{SITE}/en/", "sha1:AAAA", f"{SITE}/en/", "2019-05-04T03:02:01Z")
        )
    if request.param == "gz as a whole":
        path.write_bytes(gzip.compress(path.read_bytes()))
    return path


def test_the_articles_of_a_web_archive_come_out_exactly(db: Path, warc: Path, site: SampleSite) -> None:
    result = run("nejat", "import", warc, "--db", db)
    assert result.code == 0, result
    assert "passed over: a WARC record of an answer other than 200 (1)" in result.out
    assert "passed over: a WARC record that repeats an earlier one (1)" in result.out
    archived = articles(db)
    truth = {article["id"]: article for article in site.truth()}
    assert archived.keys() == truth.keys()
    for name, article in truth.items():
        found = archived[name]
        assert (found["title"], found["published"]) == (article["title"], article["published"])
        if not article["truncated"]:
            assert fold(found["body"]) == fold(article["body"])
        assert (found["source"], found["status"], found["first_seen"]) == ("warc", "unseen", "2019-05-04T03:02:01Z")


def test_a_later_web_archive_shows_what_an_article_has_become(
    db: Path, tmp_path: Path, site: SampleSite, server: Server
) -> None:
    whole = [article["post_id"] for article in site.truth() if not article["truncated"]]
    post = next(post for post in site.public_posts("en")[1:10] if post.post_id in whole)
    for day in ("2019-05-04", "2021-06-07"):
        with (tmp_path / f"{day}.warc.gz").open("wb") as file:
            add(WARCWriter(file), f"{SITE}/en/", fetch(server, "/en/"), day)
        site.edit("en", post.post_id, paragraphs=["It was the other valley."])
    assert run("nejat", "import", tmp_path, "--db", db).code == 0
    article = articles(db)[f"en-{post.post_id}"]
    assert (article["body"], article["versions"]) == ("It was the other valley.", 2)
    assert (article["first_seen"], article["last_seen"]) == ("2019-05-04T03:02:01Z", "2021-06-07T03:02:01Z")
    [earlier] = rows(db, "SELECT * FROM article_versions")
    assert earlier["seen_until"] == "2019-05-04T03:02:01Z"


def test_a_web_archive_that_breaks_off_is_read_up_to_there(db: Path, warc: Path) -> None:
    whole = warc.read_bytes()
    warc.write_bytes(whole[: len(whole) * 19 // 20])
    result = run("nejat", "import", warc, "--db", db)
    assert result.code == 1
    assert len(result.err.splitlines()) == 1
    assert articles(db)
