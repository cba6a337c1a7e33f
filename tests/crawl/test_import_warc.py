from __future__ import annotations

import gzip
import zipfile
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from nejat_crawler.sample_site import SampleSite, Server
from nejat_crawler.urls import SITE
from tests.support.commands import articles, fold, rows, run
from tests.support.warc_files import http, members, record


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


def own_page(server: Server, post_id: int, day: str, **more: str) -> bytes:
    """A record of an article's own page as the sample site shows it now."""
    body = fetch(server, f"/en/posts/{post_id}")
    return record(http(body), url=f"{SITE}/en/posts/{post_id}", date=f"{day}T03:02:01Z", **more)


def test_captures_of_three_days_are_three_versions_whatever_the_order_and_nothing_the_second_time(
    db: Path, tmp_path: Path, site: SampleSite, server: Server
) -> None:
    post = site.public_posts("en")[1].post_id
    whole = f"{SITE}/en/posts/{post}"
    days = {}
    for day, text in (
        ("2019-05-04", "The first valley."),
        ("2020-06-07", "The second."),
        ("2021-07-08", "The third."),
    ):
        site.edit("en", post, paragraphs=[text])
        days[day] = own_page(server, post, day)
    days["2021-07-08"] += days["2021-07-08"].replace(
        whole.encode(), f"http://nejatngo.org:80/en/posts/{post}?x=1".encode(), 1
    )
    (tmp_path / "a.warc.gz").write_bytes(members([days["2020-06-07"]]))
    (tmp_path / "b.warc").write_bytes(days["2021-07-08"])
    with zipfile.ZipFile(tmp_path / "c.wacz", "w") as packed:
        packed.writestr("archive/data.warc.gz", members([days["2019-05-04"]]))
        packed.writestr("datapackage.json", "{}")
    first = run("nejat", "import", tmp_path, "--db", db)
    assert first.code == 0, first
    held = [*rows(db, "SELECT * FROM article_versions ORDER BY version"), *rows(db, "SELECT * FROM articles")]
    assert [state["body"] for state in held] == ["The first valley.", "The second.", "The third."]
    assert [state["seen_from"][:4] for state in held[:2]] == ["2019", "2020"]
    assert (held[2]["versions"], held[2]["status"], held[2]["first_seen"][:4]) == (3, "unseen", "2019")
    second = run("nejat", "import", tmp_path / "c.wacz", tmp_path / "b.warc", tmp_path / "a.warc.gz", "--db", db)
    assert second.code == 0, second
    assert [*rows(db, "SELECT * FROM article_versions ORDER BY version"), *rows(db, "SELECT * FROM articles")] == held


def test_what_is_lost_of_a_web_archive_is_said_once_a_reason(
    db: Path, tmp_path: Path, site: SampleSite, server: Server
) -> None:
    one, two, three, four = (post.post_id for post in site.public_posts("en")[:4])
    made = [
        own_page(server, one, "2019-05-04"),
        own_page(server, two, "2019-05-04").replace(b"WARC-Type", b"WARC-Truncated: length\r\nWARC-Type"),
        own_page(server, three, "2019-05-04").replace(b"WARC-Type", b"WARC-Truncated: length\r\nWARC-Type"),
        own_page(server, four, "2019-05-04", kind="resource", media="application/http"),
        record(http(b"<html>another</html>"), url="https://example.org/en/posts/1"),
    ]
    path = tmp_path / "site.warc.gz"
    path.write_bytes(members(made) + gzip.compress(made[0])[:-30])
    result = run("nejat", "import", path, "--db", db)
    assert result.code == 1
    assert {f"en-{number}" for number in (one, four)} == articles(db).keys()
    said = result.err.splitlines()
    assert len(said) == 2
    assert "an answer that was cut off when it was captured (length): 2, the first" in said[0]
    assert f"{SITE}/en/posts/{two}" in said[0]
    assert "a record in whose middle the file ends: 1, the first at byte" in said[1]
    assert "passed over: a WARC record of another host (1)" in result.out


def test_files_that_are_no_sound_web_archives_are_said(db: Path, tmp_path: Path) -> None:
    files = {
        "old.arc": b"filedesc://old.arc 0.0.0.0 20050101000000 text/plain 76\n1 0 Hut\n",
        "empty.warc": record(b"", kind="warcinfo"),
        "torn.wacz": b"PK\x03\x04 and then nothing",
        "none.warc.gz": b"\x1f\x8b\x08 and then nothing",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    result = run("nejat", "import", *(tmp_path / name for name in files), "--db", db)
    assert result.code == 1
    said = result.err
    assert "old.arc is an ARC file" in said
    assert "empty.warc holds no articles of the site" in said
    assert "torn.wacz cannot be read: it is no zip file, or one that breaks off" in said
    assert "none.warc.gz" in said
    assert "Traceback" not in said
