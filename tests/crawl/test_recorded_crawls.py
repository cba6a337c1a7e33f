"""What servers answered is kept as WARC files, from which the same articles can be had again."""

from __future__ import annotations

import gzip
import sqlite3
import time
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from tests.support.commands import articles, crawl, rows, run
from tests.support.hut_site import HutSite, serving

SECRETS = {"Set-Cookie": "wordpress_logged_in=s3cr3t; path=/"}


def records(path: Path) -> list[tuple[str, str, Any, bytes]]:
    """Kind, address, record and content of each record of a file, whose digests are those that it tells."""
    with path.open("rb") as file:
        return [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record, record.raw_stream.read())
            for record in ArchiveIterator(file, check_digests="raise")
        ]


def of_the_site(db: Path) -> dict[str, dict[str, Any]]:
    """The articles without what tells a crawl from an import.

    When an article was last met is left out, too: a night that meets it again as it was writes nothing, but its
    record tells the import.
    """
    return {
        name: {field: value for field, value in one.items() if field not in ("source", "status", "last_seen")}
        for name, one in articles(db).items()
    }


def dump(db: Path) -> list[str]:
    with closing(sqlite3.connect(db)) as connection:
        return [line for line in connection.iterdump() if '"runs"' not in line]


def test_a_crawl_keeps_what_was_sent_and_the_same_articles_come_out_of_it(db: Path, tmp_path: Path) -> None:
    robots = "User-agent: *\nDisallow: /private/"
    with serving(HutSite(13, packs=True, robots=robots, headers=lambda _: SECRETS)) as site:
        site.posts[3].parts, site.broken = 3, {"/en/posts/1010/3": "503"}
        assert crawl(db, site.base_url, edition="en").code == 1
        site.broken, site.posts[7].paragraphs[1] = {}, "It has two stoves."
        site.posts[7].modified = "2024-01-01T08:00:00"
        time.sleep(1)  # records tell the second in which a page was sent
        night = crawl(db, site.base_url, edition="en", survey="1")
        assert (night.code, "web archive: 0." in night.out) == (0, True), night
        page, base = site.answer("/en/")[1].encode(), site.base_url
    first, second = sorted((tmp_path / "warc").glob("*.warc.gz"))

    kinds = [kind for kind, *_ in records(first)]
    assert (kinds[0], {*kinds[1::2]}, {*kinds[2::2]}) == ("warcinfo", {"response", "revisit"}, {"request"})
    info = records(first)[0][3].decode()
    assert f"base-url: {base}\r\n" in info
    assert '"DOWNLOAD_DELAY": "0"' in info
    answers = [record for kind, _, record, _ in records(first) if kind in ("response", "revisit")]
    statuses = [record.http_headers.get_statuscode() for record in answers]
    assert statuses.count("503") == 4  # asked again three times
    assert b"s3cr3t" not in b"".join(gzip.decompress(file.read_bytes()) for file in (first, second))
    sent = {url: (record, content) for kind, url, record, content in records(second) if kind == "response"}
    record, content = sent[f"{base}/en/"]
    assert (record.http_headers["Content-Encoding"], gzip.decompress(content)) == ("gzip", page)
    assert {f"{base}/en/wp-sitemap.xml"} <= sent.keys()
    [(_, _, repeat, _)] = [each for each in records(second) if each[:2] == ("revisit", f"{base}/robots.txt")]
    assert repeat.rec_headers["WARC-Refers-To-Target-URI"] == f"{base}/robots.txt"

    for capture in rows(db, "SELECT * FROM captures"):
        with (tmp_path / "warc" / capture["file"]).open("rb") as file:
            file.seek(capture["offset"])
            [found] = ArchiveIterator(BytesIO(file.read(capture["length"])))
        fields = ("WARC-Target-URI", "WARC-Date", "WARC-Payload-Digest")
        assert [capture[name] for name in ("url", "time", "digest")] == [found.rec_headers[name] for name in fields]
        assert str(capture["status"]) == found.http_headers.get_statuscode()
        assert (found.rec_type == "revisit") == (capture["repeats"] is not None)
    states = rows(db, "SELECT capture_id FROM articles UNION ALL SELECT capture_id FROM article_versions")
    assert [state for state in states if state["capture_id"] is None] == []

    assert run("nejat", "import", tmp_path / "warc", "--db", tmp_path / "again.db").code == 0
    again, met = articles(tmp_path / "again.db"), articles(db)
    assert of_the_site(tmp_path / "again.db") == of_the_site(db)
    assert all(again[name]["last_seen"] >= one["last_seen"] for name, one in met.items())
    sql = "SELECT title, body, seen_from FROM article_versions"
    [edited] = rows(db, sql)
    assert rows(tmp_path / "again.db", sql) == [edited]
    for archive in (db, tmp_path / "again.db"):
        assert run("nejat", "import", tmp_path / "warc", "--db", archive).code == 0
        before = dump(archive)
        assert run("nejat", "import", tmp_path / "warc", "--db", archive).code == 0
        assert dump(archive) == before
        anew = run("nejat", "reextract", "--db", archive)
        assert (anew.code, anew.out) == (
            0,
            "0 states would be read otherwise; --write archives that; 14 are read as before\n",
        )

    [first_page, _] = rows(db, "SELECT * FROM captures WHERE url = ? ORDER BY id", f"{base}/en/")
    shown = run("nejat", "show", "1013", "--db", db)
    assert f"record at byte {first_page['offset']} of {first.name}" in shown.out
    raw = run("nejat", "show", "1013", "--raw", "--db", tmp_path / "again.db")
    assert (raw.out.splitlines()[0], "Hut 1013" in raw.out) == ("HTTP/1.0 200 OK", True)
    assert "web archives: 2 files, 0.0 MB in" in run("nejat", "check", "--offline", "--db", db).out
    second.unlink()
    gone = run("nejat", "show", "1006", "--raw", "--db", db)
    assert (gone.code, f"{second.name} is not in" in gone.err) == (1, True), gone


def test_without_web_archives_nothing_is_kept_until_a_page_shows_the_same_again(db: Path, tmp_path: Path) -> None:
    with serving(HutSite(3)) as site:
        assert crawl(db, site.base_url, "-s", "NEJAT_WARC=0", edition="en").code == 0
        assert not (tmp_path / "warc").exists()
        assert rows(db, "SELECT 1 FROM captures UNION SELECT 1 FROM articles WHERE capture_id NOT NULL") == []
        assert "no record is kept" in run("nejat", "show", "1001", "--db", db).out
        quiet = crawl(db, site.base_url, "--quiet", edition="en", full="1")
        assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
    assert rows(db, "SELECT count(*) AS n FROM articles WHERE capture_id IS NULL OR versions > 1") == [{"n": 0}]
