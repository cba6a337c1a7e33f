from __future__ import annotations

import hashlib
import html
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import ROOT, articles, expected, fold, rows, run, shared
from tests.support.processes import start
from tests.support.soledad_pages import body, listing, post, single, time_tag

Write = Callable[[str, str | bytes], Path]

LISTING = """Nejat Society
  • Home
  • Articles
© 2003 - 2024 NEJAT Society. nejatngo.org
A coil of rope
Equipment

The rope

A rope is checked every spring.

It is replaced every ten years.

May 1, 2024 2 comments
FacebookTwitterPinterestWhatsappTelegramSkypeEmail
Huts; repairs and openings

The hut

The hut opens in June.

April 30, 2024 0 comments
FacebookTwitterPinterestWhatsappTelegramSkypeEmail
Newer Posts
Older Posts

Recent Posts

  • The dogs

    December 22, 2025
Back To Top
"""


def import_(db: Path, *paths: Path, code: int = 0) -> str:
    result = run("nejat", "import", *paths, "--db", db)
    assert result.code == code, result
    assert "Traceback" not in result.err
    return result.out + result.err


def digest(db: Path) -> str:
    return hashlib.sha256(db.read_bytes()).hexdigest()


def test_the_real_text_captures_come_out_exactly(db: Path) -> None:
    import_(db, shared("seeds"))
    archived = {(article["title"], article["published"]): article for article in articles(db).values()}
    wanted = [article for capture in expected("seeds") for article in capture["articles"]]
    assert len(wanted) == len(archived) == 30
    for article in wanted:
        found = archived[article["title"], article["published"]]
        assert fold(found["body"]) == fold(article["body"])
        fields = ("category", "categories", "comment_count")
        assert {name: found[name] for name in fields} == {name: article[name] for name in fields}
        assert found["images"] == [{"src": None, **image} for image in article["images"]]
        assert (found["status"], found["source"], found["post_id"]) == ("unseen", "text", None)
    recent = {post["title"] for capture in expected("seeds") for post in capture["recent_posts"]}
    assert not recent & {title for title, _ in archived}

    issue = expected("seeds", "expected_newsletter.json")
    [newsletter] = rows(db, "SELECT * FROM newsletters")
    assert {name: newsletter[name] for name in ("title", "period", "period_start", "period_end", "volume")} == {
        name: issue[name] for name in ("title", "period", "period_start", "period_end", "volume")
    }
    assert json.loads(newsletter["numbers"]) == issue["numbers"]
    columns = "title, source, date, url, toc_title, toc_page"
    assert rows(db, f"SELECT {columns} FROM newsletter_stories ORDER BY position") == issue["stories"]


def test_a_second_import_leaves_the_file_as_it_is(db: Path) -> None:
    import_(db, shared("seeds"), shared("samples"))
    before = digest(db)
    assert "new" not in import_(db, shared("seeds"), shared("samples"))
    assert digest(db) == before


# What no page in the folder shows: a stock theme's listing names neither the author nor the number of comments.
UNSEEN_ON_GENERIC_LISTINGS = {"author", "comment_count"}


@pytest.mark.parametrize("backwards", [False, True], ids=["in order", "one by one, backwards"])
def test_the_real_pages_come_out_exactly(db: Path, backwards: bool) -> None:
    if backwards:
        run("nejat", "import", *sorted(shared("samples").glob("*.html"), reverse=True), "--db", db)
    else:
        import_(db, shared("samples"))
    archived = articles(db)
    sample = expected("samples")
    assert set(archived) == {article["id"] for article in sample["articles"]}
    for article in sample["articles"]:
        found = archived[article["id"]]
        for name, value in article.items():
            if value is None or name == "truncated_on_listing":
                continue
            if name in UNSEEN_ON_GENERIC_LISTINGS and found["theme"] == "generic":
                continue
            if name == "body":
                assert fold(found["body"]) == fold(value), article["id"]
            elif name == "author":
                # the list holds WordPress's stored form, `&amp;`; the pages print `&`
                assert found["author"] == html.unescape(value)
            else:
                assert found[name] == value, (article["id"], name)


def test_text_captures_and_pages_of_the_same_articles_meet_in_one_row(db: Path, tmp_path: Path) -> None:
    import_(db, shared("seeds"), shared("samples"))
    other = tmp_path / "other.db"
    import_(other, shared("samples"), shared("seeds"))

    def bodies(path: Path) -> dict[tuple[Any, ...], str]:
        return {(name, article["title"]): fold(article["body"]) for name, article in articles(path).items()}

    assert bodies(db) == bodies(other)
    assert sum(article["post_id"] is None for article in articles(db).values()) == 9
    assert rows(db, "SELECT count(*) AS joined FROM text_captures") == [{"joined": 30}]


def test_a_capture_of_our_own(db: Path, write: Write) -> None:
    assert "2 new" in import_(db, write("listing.txt", LISTING))
    rope, hut = sorted(articles(db).values(), key=lambda article: str(article["title"]), reverse=True)
    assert (rope["title"], rope["category"], rope["published"], rope["comment_count"]) == (
        "The rope", "Equipment", "2024-05-01", 2,
    )  # fmt: skip
    assert rope["body"] == "A rope is checked every spring.\n\nIt is replaced every ten years."
    assert rope["images"] == [{"src": None, "alt": "A coil of rope", "caption": None, "lead": True}]
    assert (hut["title"], hut["category"]) == ("The hut", "Huts; repairs and openings")
    assert rope["id"].startswith("en-t")
    assert len(rope["id"]) == len("en-t") + 12


def test_a_truncated_text_capture_keeps_the_whole_articles_and_reports_the_cut_one(db: Path, write: Write) -> None:
    cut = write("cut.txt", LISTING[: LISTING.index("opens in June")])
    said = import_(db, cut, code=1)
    assert f"{cut} breaks off inside an article" in said
    assert [article["title"] for article in articles(db).values()] == ["The rope"]


def test_a_truncated_page_keeps_the_whole_articles_and_reports_the_cut_one(db: Path, write: Write) -> None:
    page = (shared("samples") / "soledad_listing_page2.html").read_text("utf-8")
    cut = write("cut.html", page[: page.index('id="post-15097"') + 3000])
    said = import_(db, cut, code=1)
    assert "en-15097 is cut off" in said
    assert set(articles(db)) == {"en-15118", "en-15116"}


NO_CAPTURES: dict[str, tuple[str | bytes, str]] = {
    "binary.bin": (bytes(range(256)) * 50, "a binary file"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(5000), "a binary file"),
    "empty.txt": ("", "empty"),
    "blank.html": (" \n\t", "empty"),
    "letter.txt": ("Dear editors, the rope has arrived.\n", "text of another kind"),
    "about.html": (
        "<!DOCTYPE html><html><body><h1>About us</h1><p>A society.</p></body></html>",
        "a page without articles",
    ),
    "feed.xml": ('<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', "a feed or sitemap"),
    "posts.json": ('[{"id": 1}]', "JSON"),
}


def test_a_file_that_is_no_capture_gets_one_sentence(db: Path, write: Write) -> None:
    import_(db, write("listing.txt", LISTING))
    before = digest(db)
    files = {write(name, content): sentence for name, (content, sentence) in NO_CAPTURES.items()}
    result = run("nejat", "import", *files, "--db", db)
    assert result.code == 1
    said = result.err.splitlines()
    assert len(said) == len(files)
    for line, (file, sentence) in zip(said, files.items(), strict=True):
        assert line.startswith(f"Error: {file} is {sentence}")
        assert line.endswith(", not a capture")
    assert digest(db) == before


def test_a_folder_is_walked_and_what_is_no_capture_is_counted(db: Path, write: Write, tmp_path: Path) -> None:
    for name, (content, _) in NO_CAPTURES.items():
        write(f"saved/{name}", content)
    write("saved/2024/May/listing.txt", LISTING)
    said = import_(db, tmp_path / "saved")
    assert "2 new" in said
    assert "passed over: empty (2)" in said
    assert len(articles(db)) == 2


def test_wrong_calls(db: Path, write: Write, tmp_path: Path) -> None:
    listing = write("listing.txt", LISTING)
    import_(db, listing)
    before = digest(db)
    (tmp_path / "nothing").mkdir()
    db_option = ("--db", db)
    cases: list[tuple[tuple[str | Path, ...], int, str]] = [
        ((tmp_path / "missing.txt", *db_option), 2, "does not exist"),
        ((tmp_path / "nothing", *db_option), 1, "there are no captures in this folder"),
        ((listing, "--edition", "xx", *db_option), 2, "'xx' is not one of"),
        ((*db_option,), 2, "Missing argument"),
        ((listing, "--db", tmp_path / "listing.txt"), 1, "is no archive"),
        ((listing, "--db", tmp_path / "nothing"), 2, "is a directory"),
    ]
    for command, code, sentence in cases:
        result = run("nejat", "import", *command)
        assert (result.code, sentence in result.err, "Traceback" in result.err) == (code, True, False), result
    read_only = tmp_path / "read-only.db"
    shutil.copy(db, read_only)
    read_only.chmod(0o444)
    result = run("nejat", "import", listing, "--db", read_only)
    assert (result.code, result.err) == (1, f"Error: the archive {read_only} is read-only\n")
    assert digest(db) == digest(read_only) == before


def test_a_full_disk_ends_the_import_with_one_sentence_and_a_whole_archive(db: Path, tmp_path: Path) -> None:
    entry = LISTING[LISTING.index("A coil of rope") : LISTING.index("Huts; repairs")]
    for number in range(40):
        body = f"Paragraph {number}. " * 2000
        named = entry.replace("The rope", f"The rope {number}").replace("A rope is checked every spring.", body)
        (tmp_path / f"{number}.txt").write_text(LISTING.replace(entry, named), "utf-8")
    # No file may pass 800 KB, which is to SQLite what a full disk is; an empty archive takes 600.
    small_files = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (800 * 1024, 800 * 1024))
    done = start("nejat", "import", tmp_path, "--db", db, first=small_files).end()
    assert done.code == 1
    assert len(done.err.splitlines()) == 1, done.err
    assert done.err.startswith(f"Error: the archive {db} cannot be used")
    assert rows(db, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert len(articles(db)) < 80
    assert sum(map(int, re.findall(r"(\d+) new", done.out))) == len(articles(db))


def test_ctrl_c_ends_the_import_between_two_files(db: Path, tmp_path: Path) -> None:
    page = LISTING.replace("The rope", "The rope of {number}")
    for number in range(3000):
        (tmp_path / f"{number:04}.txt").write_text(page.replace("{number}", str(number)), "utf-8")
    process = start("nejat", "import", tmp_path, "--db", db)
    deadline = time.monotonic() + 60
    while (not db.exists() or not rows(db, "SELECT name FROM sqlite_master WHERE name = 'runs'")) and (
        time.monotonic() < deadline
    ):
        time.sleep(0.1)
    time.sleep(1)
    process.send(signal.SIGINT)
    ended = process.end(60)
    assert (ended.code, "Interrupted: what was archived stays" in ended.err) == (1, True), ended.err
    assert len(articles(db)) < 3001
    assert rows(db, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]


def test_an_empty_extraction_neither_takes_a_teaser_nor_bars_the_text(db: Path, write: Write) -> None:
    saved = (ROOT / "tests" / "pages" / "en-generic-figure-and-list" / "page.html").read_text("utf-8")
    opening = saved.index('<div class="entry-content">') + len('<div class="entry-content">')
    ending = saved.index("</div><!-- .entry-content -->")
    import_(db, write("empty.html", saved[:opening] + saved[ending:]))
    import_(db, write("whole.html", saved))
    [article] = articles(db).values()
    assert article["body"].startswith("By Odile Varga")


def test_an_export_replaces_regular_files_only(db: Path, write: Write, tmp_path: Path) -> None:
    import_(db, write("listing.txt", LISTING))
    os.mkfifo(tmp_path / "pipe")
    result = run("nejat", "export", "csv", "--db", db, "-o", tmp_path / "pipe", "--force")
    assert (result.code, "is no regular file" in result.err) == (1, True)
    assert (tmp_path / "pipe").is_fifo()


def test_an_import_of_a_page_loads_nothing_for_asking_servers_or_reading_texts(tmp_path: Path) -> None:
    page = single(2, body(2))
    (tmp_path / "page.html").write_text(page)
    program = """if True:
        import atexit, sys
        from nejat_crawler.cli import main
        atexit.register(lambda: print(*sys.modules))
        main()"""
    arguments = map(str, ("import", "--db", tmp_path / "nejat.db", tmp_path / "page.html"))
    command = [sys.executable, "-c", program, *arguments]
    done, again = (subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT) for _ in range(2))
    said, *loaded_again = again.stdout.split("no errors")
    assert (said, "scrapy" in loaded_again[0].split()) == ("en: 1 same\n", False)
    loaded = set(done.stdout.split())
    assert {"spiders.captures", "scrapy"} <= loaded
    patterns = "nejat_crawler.extraction.newsletters.line_kinds"
    assert loaded & {"aiohttp", "tldextract", "scrapy.core.downloader.handlers.http11", patterns} == set()
    assert loaded & {"warcio", "nejat_crawler.extraction.text_captures.article_layouts"} == set()


def test_half_an_issue_replaces_none_and_its_contents_tell_that_it_is_half(db: Path, tmp_path: Path) -> None:
    head = "Nejat Newsletter\n\nJune 2023\n\nNo. 92\n\nInside this issue:\n\nThe bridge\t1\nNew boots\t2\n\n"
    stories = [f"{title}\n\nby X\n\nJune 4, 2023\n\n{title} in our valley. {'Much was said. ' * 9}\n\n" for title in
               ("The bridge", "New boots")]  # fmt: skip
    files = {"half": head + stories[0], "whole": head + "".join(stories), "cut": (head + "".join(stories))[:-60]}
    for name, text in files.items():
        (tmp_path / f"{name}.txt").write_text(text)

    def bring(name: str) -> tuple[str, list[str]]:
        result = run("nejat", "import", f"{name}.txt", "--db", db, cwd=tmp_path)
        sentences = result.err.splitlines()
        assert result.code == (1 if sentences else 0)
        return result.out.splitlines()[0], sentences

    kept = "Error: Nejat Newsletter, June 2023: the file at {}.txt yields less than is archived; kept"
    assert bring("half") == (
        "en: 1 new",
        [
            "Error: Nejat Newsletter, June 2023: stories of its contents that were not found in half.txt: 1,"
            " the first 'New boots'"
        ],
    )
    assert rows(db, "SELECT missing FROM newsletters") == [{"missing": "New boots"}]
    assert bring("whole") == ("en: 1 completed", [])
    archived = rows(db, "SELECT * FROM newsletter_stories ORDER BY position")
    assert [story["title"] for story in archived] == ["The bridge", "New boots"]
    for name in ("half", "cut"):
        assert bring(name) == ("en: 1 refused", [kept.format(name)])
    assert rows(db, "SELECT * FROM newsletter_stories ORDER BY position") == archived
    assert rows(db, "SELECT found_at, missing FROM newsletters") == [{"found_at": "whole.txt", "missing": None}]
    assert rows(db, "SELECT * FROM newsletter_versions") == []


def test_a_date_that_cannot_be_read_and_a_text_that_may_go_on_are_said(db: Path, write: Write) -> None:
    meta = '<meta property="article:published_time" content="1402-03-12T10:00:00+03:30"></head>'
    head_alone = single(4, body(4)).replace(time_tag(4), "").replace("</head>", meta)
    said = import_(db, write("head.html", head_alone))
    assert (
        "1 articles without a day, for what is given cannot be read (year out of range); the first is en-15004"
        in said
    )
    listed = listing(post(5, "<p>They came.</p><p>Then they went …</p>"), post(6))
    said = import_(db, write("list.html", listed))
    assert "1 articles whose text ends as excerpts do" in said
    assert "the first is en-15005 at list.html" in said
    assert "as excerpts do" not in import_(db, write("own.html", single(5, body(5))))
    assert articles(db)["en-15005"]["body"] == "Opening 5.\n\nMiddle 5.\n\nClosing 5."
    assert "as excerpts do" not in import_(db, write("again.html", listed))
