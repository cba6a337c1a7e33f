"""What an archive keeps of paths and addresses: no folders, no passwords; names of files in any encoding."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from nejat_crawler.archive import Archive
from nejat_crawler.archive.crawl_state.coverage import record_source
from tests.support.commands import rows, run
from tests.support.served import SEEN, article, make_archive, serving

PAGE = Path(__file__).parents[1] / "pages" / "en-soledad-standard-grid" / "page.html"


def everything(db: Path) -> str:
    """All that a reader of the archive can ask for."""
    tables = ("articles", "runs", "text_captures", "newsletters", "known_posts", "walks", "marks", "sources")
    return json.dumps([rows(db, f"SELECT * FROM {table}") for table in tables])


def test_an_import_keeps_names_of_files_and_none_of_the_folders_that_they_lie_in(tmp_path: Path) -> None:
    folder = tmp_path / "my pages" / "2021"
    folder.mkdir(parents=True)
    names = (b"caf\xe9.html", b"two\nlines.html", "کوه.html".encode())
    for name in names:
        (folder / os.fsdecode(name)).write_bytes(PAGE.read_bytes())
    (folder / "torn.pdf").write_bytes(b"%PDF-1.4 torn")
    db = tmp_path / "archive" / "nejat.db"
    single = folder / os.fsdecode(names[1])
    result = run("nejat", "import", single, tmp_path / "my pages", "--db", db)
    assert "torn.pdf cannot be read" in result.err
    assert "line" in rows(db, "SELECT DISTINCT found_at FROM articles")[0]["found_at"]
    record = rows(db, "SELECT outcome, finished_at, arguments, errors FROM runs")[0]
    assert (record["outcome"], bool(record["finished_at"])) == ("failed", True)
    assert json.loads(record["arguments"])["paths"] == "two\nlines.html\nmy pages"
    assert "torn.pdf cannot be read" in record["errors"]
    assert str(tmp_path) not in everything(db)
    for name in (names[0], names[2]):
        other = tmp_path / f"{len(name)}.db"
        done = run("nejat", "import", tmp_path / "my pages", "--db", other)
        assert done.code == 1
        found = {row["found_at"] for row in rows(other, "SELECT found_at FROM articles")}
        assert found == {"my pages/2021/caf\\xe9.html"}


def test_a_password_in_an_address_is_refused_and_repeated_nowhere(tmp_path: Path) -> None:
    db = tmp_path / "nejat.db"
    for address in ("http://warden:s3cret@127.0.0.1", "http://warden:s3/cret@127.0.0.1:1", "http://s3cret@[::1"):
        for command in (
            ("nejat", "crawl", "--base-url", address),
            ("scrapy", "crawl", "nejat", "-a", f"base_url={address}"),
        ):
            place = ("--db", str(db)) if command[0] == "nejat" else ("-s", f"NEJAT_DB={db}")
            result = run(*command, *place)
            assert (result.code, "cret" in result.err + result.out) == (2, False), result
            assert "must not name a user or a password" in result.err
    assert not db.exists()


def test_what_older_versions_have_kept_is_taken_out_once(tmp_path: Path) -> None:
    runs = [
        {
            "command": "crawl",
            "arguments": json.dumps({"base_url": "http://warden:s3cret@mirror.example/nejat", "edition": "en"}),
            "started_at": SEEN,
            "errors": json.dumps(["http://warden:p@ss@mirror.example/en/ fails", "/home/warden/a b.html is odd"]),
        },
        {"command": "import", "arguments": json.dumps({"paths": "/srv/pages\n/home/warden/x"}), "started_at": SEEN},
    ]
    found = ("/home/warden/pages/a.html", "/nowhere/on this/machine.txt", "https://www.nejatngo.org/en/page/2")
    made = [article(number, found_at=path) for number, path in enumerate(found, start=1)]
    db = make_archive(tmp_path / "nejat.db", {"articles": made, "runs": runs})
    with Archive.open(db) as archive, archive.writing() as database:
        database.execute("DELETE FROM _sqlite_migrations WHERE name = 'keep_no_folders'")
    with Archive.open(db):
        pass
    text = everything(db)
    assert not re.search("warden|s3cret|p@ss|/srv|/nowhere", text.replace("/home/warden", "")), text
    assert [row["found_at"] for row in rows(db, "SELECT found_at FROM articles ORDER BY docid")] == [
        "a.html", "machine.txt", "https://www.nejatngo.org/en/page/2",
    ]  # fmt: skip
    assert (
        json.loads(rows(db, "SELECT arguments FROM runs")[0]["arguments"])["base_url"]
        == "http://mirror.example/nejat"
    )


def test_the_front_page_is_as_fresh_as_the_last_good_crawl(tmp_path: Path) -> None:
    base: dict[str, object] = {
        "arguments": "{}",
        "command": "crawl",
        "outcome": "finished",
        "started_at": SEEN,
        "finished_at": SEEN,
    }
    runs = [
        base | {"finished_at": "2026-05-01T03:09:00Z", "new": 4},
        base | {"arguments": '{"edition": "fa"}', "finished_at": "2026-06-01T03:09:00Z"},
        base | {"arguments": '{"since": "2026-01-01"}', "finished_at": "2026-07-01T03:09:00Z"},
        base | {"command": "import", "finished_at": "2026-08-01T03:09:00Z"},
        base
        | {"outcome": "unreachable", "started_at": "2026-09-01T03:00:00Z", "finished_at": "2026-09-01T03:09:00Z"},
        base | {"command": "check", "finished_at": "2026-10-01T03:09:00Z"},
    ]
    db = make_archive(tmp_path / "nejat.db", {"articles": [article(1)], "runs": runs})
    with Archive.open(db) as archive, archive.writing() as database:
        record_source(database, "en", "sitemap", "unreachable", SEEN, None)
    with serving(db) as site:
        for path in ("/", "/nejat/about"):
            text = " ".join(site.get(path).text.split())
            assert "2026-05-01 03:09 UTC" in text, path
            assert "2026-06-01 03:09 UTC" in text, path
            assert not re.search("2026-(07|08|10)-01", text), path
            assert "did not end well" in text, path
            assert "2026-09-01 03:00 UTC" in text, path
            assert "no answer came from: en sitemap" in text, path
        fresh = json.loads(site.get("/nejat/search.json?size=1").text)["freshness"]
    assert fresh["last_crawl_that_was_not"] == {"started_at": "2026-09-01T03:00:00Z", "outcome": "unreachable"}
    assert (set(fresh["last_good_crawl"]), fresh["sources_without_answer"]) == (
        {"en", "fa", "ar", "sq"},
        ["en sitemap"],
    )
