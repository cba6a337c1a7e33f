from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from nejat_crawler.archive import Archive
from nejat_crawler.sample_site import SampleSite, Server, serve
from nejat_crawler.sample_site.content.blocks import More, Paragraph
from tests.crawl.test_kill import killed_crawl
from tests.support.commands import articles, crawl, rows, run

LIMIT = 43  # five listing pages


@pytest.fixture
def site() -> SampleSite:
    return SampleSite(editions=("en",), limit=LIMIT)


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The archive of a first, undisturbed crawl, and the address that was crawled."""
    db = tmp_path_factory.mktemp("first") / "nejat.db"
    with serve(SampleSite(editions=("en",), limit=LIMIT)) as served:
        result = crawl(db, served.base_url, edition="en")
    assert result.code == 0, result
    assert len(articles(db)) == LIMIT
    return db, served.base_url


@pytest.fixture
def crawled(first_night: tuple[Path, str], db: Path, server: Server) -> Path:
    """Such an archive, as if this server had been crawled."""
    archive, address = first_night
    with closing(sqlite3.connect(shutil.copy(archive, db))) as connection, connection:
        connection.execute("UPDATE runs SET arguments = replace(arguments, ?, ?)", [address, server.base_url])
    return db


@pytest.fixture
def night(crawled: Path, server: Server) -> Callable[..., list[str]]:
    """Crawl once more; returns what was asked for."""

    def go(*options: str, code: int = 0, **arguments: str) -> list[str]:
        server.forget()
        result = crawl(crawled, server.base_url, *options, edition="en", **arguments)
        assert result.code == code, result
        return [request.path_with_query for request in server.requests]

    return go


Night = Callable[..., list[str]]


def let_a_day_pass(db: Path) -> None:
    """Date back when posts were met: two crawls of a small site may end within one second."""
    with closing(sqlite3.connect(db)) as connection, connection:
        for column in ("last_seen", "checked_at"):
            earlier = f"strftime('%Y-%m-%dT%H:%M:%SZ', {column}, '-1 day')"
            connection.execute(f"UPDATE articles SET {column} = {earlier} WHERE {column} IS NOT NULL")


def contents(db: Path) -> list[object]:
    with closing(sqlite3.connect(db)) as connection:
        return [list(connection.execute(f"SELECT * FROM {table}")) for table in ("articles", "articles_fts_data")]


def status(db: Path, post_id: int) -> str:
    return str(articles(db)[f"en-{post_id}"]["status"])


def test_nothing_new_costs_three_requests_and_writes_no_article(crawled: Path, night: Night) -> None:
    before = contents(crawled)
    assert len(night()) <= 3
    assert contents(crawled) == before
    [_, last] = rows(crawled, "SELECT * FROM runs")
    assert (last["outcome"], last["new"], last["changed"], last["gone"]) == ("finished", 0, 0, 0)
    assert (last["pages"], last["requests"]) == (2, 3)  # robots.txt is no page
    assert last["bytes"] > 10_000


def test_the_walk_ends_where_nothing_is_new(site: SampleSite, crawled: Path, night: Night) -> None:
    for number in range(12):
        site.publish("en", title=f"News {number}", paragraphs=["Snow fell."])
    listing = [path for path in night() if "/posts" not in path and "robots" not in path]
    assert listing == ["/en/", "/en/page/2", "/en/page/3"]
    assert len(articles(crawled)) == LIMIT + 12


def test_full_reads_every_page(night: Night) -> None:
    assert "/en/page/5" in night(full="1")


def test_an_edit_deep_in_the_listing_is_found_by_the_rest_interface(
    site: SampleSite, crawled: Path, night: Night
) -> None:
    post = site.public_posts("en")[37]
    site.edit("en", post.post_id, paragraphs=["It was the other valley."])
    assert f"/en/posts/{post.post_id}" in night()
    article = articles(crawled)[f"en-{post.post_id}"]
    assert (article["body"], article["versions"]) == ("It was the other valley.", 2)
    assert len(night()) <= 3


def test_without_the_rest_interface_a_rotation_finds_it(site: SampleSite, crawled: Path, night: Night) -> None:
    site.fail("/wp-json/", status=404)
    post = site.public_posts("en")[37]
    site.edit("en", post.post_id, paragraphs=["It was the other valley."])
    asked: set[str] = set()
    for _ in range(4):
        let_a_day_pass(crawled)
        asked |= {path for path in night(recheck="11") if "/posts/" in path}
    assert articles(crawled)[f"en-{post.post_id}"]["versions"] == 2
    assert {path.split("/")[3] for path in asked} == {str(post.post_id) for post in site.public_posts("en")}


def test_a_text_that_the_listing_cuts_is_read_again_when_its_teaser_changes(
    site: SampleSite, crawled: Path, night: Night
) -> None:
    site.fail("/wp-json/", status=404)
    post = site.publish("en", title="Cut", blocks=[Paragraph("The beginning."), More(), Paragraph("The end.")])
    own_page = f"/en/posts/{post.post_id}"
    assert own_page in night()
    assert own_page not in night()
    site.edit("en", post.post_id, blocks=[Paragraph("Another beginning."), More(), Paragraph("The end.")])
    assert own_page in night()
    article = articles(crawled)[f"en-{post.post_id}"]
    assert (article["body"], article["versions"]) == ("Another beginning.\n\nThe end.", 2)


def test_an_article_is_gone_after_a_whole_walk_and_two_answers(site: SampleSite, crawled: Path, night: Night) -> None:
    post = site.public_posts("en")[20]
    site.delete("en", post.post_id)
    night()
    assert status(crawled, post.post_id) == "live"  # no walk has come so far down
    night(full="1")
    assert status(crawled, post.post_id) == "live"
    night()
    assert status(crawled, post.post_id) == "gone"
    [change] = rows(crawled, "SELECT * FROM status_changes")
    assert (change["status"], "answered 404 in 2 runs" in change["why"]) == ("gone", True)
    assert f"/en/posts/{post.post_id}" not in night()
    time.sleep(1)  # what becomes of an article is kept to the second
    site.restore("en", post.post_id)
    night()
    assert status(crawled, post.post_id) == "live"
    assert [row["status"] for row in rows(crawled, "SELECT status FROM status_changes ORDER BY rowid")] == [
        "gone",
        "live",
    ]
    told = run("nejat", "history", f"en-{post.post_id}", "--db", crawled).out
    assert ": gone (" in told
    assert ": live (met again" in told


@pytest.mark.parametrize("answer", [500, 403, 302])
def test_what_is_no_404_proves_nothing(site: SampleSite, crawled: Path, night: Night, answer: int) -> None:
    post = site.public_posts("en")[20]
    site.delete("en", post.post_id)
    site.fail(f"/posts/{post.post_id}", status=answer, headers={"Location": "/en/"} if answer == 302 else None)
    failed = int(answer != 302)  # an address that leads home is no failure of the run, and no proof either
    night("-s", "RETRY_TIMES=0", code=failed, full="1")
    night("-s", "RETRY_TIMES=0", code=failed)
    night("-s", "RETRY_TIMES=0", code=failed, full="1")
    assert status(crawled, post.post_id) == "live"


def test_a_page_that_cannot_be_read_is_a_gap_that_the_next_run_closes(
    db: Path, site: SampleSite, server: Server
) -> None:
    site.fail("/page/3", status=500)
    result = crawl(db, server.base_url, "-s", "RETRY_TIMES=0", edition="en")
    assert (result.code, len(articles(db))) == (1, LIMIT - 10)
    assert "page 3 of the listing of en is left out" in result.err
    checked = run("nejat", "check", "--offline", "--db", db)
    assert (checked.code, "the listing has not been read below page 2" in checked.out) == (1, True)
    site.heal()
    server.forget()
    assert crawl(db, server.base_url, edition="en").code == 0
    assert len(articles(db)) == LIMIT
    assert "/en/page/5" not in [request.path for request in server.requests]
    assert run("nejat", "check", "--offline", "--db", db).code == 0


def test_what_a_killed_night_has_left_below_is_read_by_the_next(
    site: SampleSite, server: Server, crawled: Path, night: Night
) -> None:
    for number in range(25):
        site.publish("en", title=f"News {number}", paragraphs=["Snow fell."])
    # the first page's articles are all archived, and the page itself is not noted as read
    assert killed_crawl(crawled, server.base_url, "spider", 10, "en") == -9
    assert len(articles(crawled)) == LIMIT + 10
    site.publish("en", title="After the crash", paragraphs=["Snow fell."])
    night()
    assert len(articles(crawled)) == LIMIT + 26
    assert len(night()) <= 3


def test_a_page_where_a_walk_was_cut_short_may_be_there_no_more(db: Path, site: SampleSite, server: Server) -> None:
    assert crawl(db, server.base_url, edition="en", max_pages="4").code == 0
    for post in site.public_posts("en")[:21]:
        site.delete("en", post.post_id)
    assert crawl(db, server.base_url, edition="en").code == 0
    assert {row["id"] for row in site.truth()} <= articles(db).keys()
    assert rows(db, "SELECT * FROM walks") == []


def test_a_crawl_in_portions_comes_to_the_end(db: Path, server: Server) -> None:
    found = []
    for _ in range(4):
        assert crawl(db, server.base_url, edition="en", max_pages="3").code == 0
        found.append(len(articles(db)))
    assert found == [30, 40, 43, 43]
    assert rows(db, "SELECT * FROM walks") == []


# --- what the site says it has ---------------------------------------------------------------------------------


def lose(db: Path, *statements: str) -> None:
    """Plant damage that no run has seen."""
    with Archive.open(db) as archive, archive.writing() as database:
        for statement in statements:
            database.execute(statement)


def test_check_names_planted_gaps_surplus_and_drift(crawled: Path, site: SampleSite) -> None:
    missing = sorted(post.post_id for post in site.public_posts("en")[30:33])
    lose(
        crawled,
        f"DELETE FROM articles WHERE post_id IN ({', '.join(map(str, missing))})",
        "UPDATE articles SET published = NULL, undated = 'no such day' WHERE post_id IN "
        "(SELECT post_id FROM articles ORDER BY post_id DESC LIMIT 30)",
        "UPDATE articles SET id = 'en-999999', post_id = 999999 WHERE post_id = (SELECT min(post_id) FROM articles)",
    )
    result = run("nejat", "check", "--offline", "--db", crawled)
    assert result.code == 1
    for number in missing:
        assert str(number) in result.out
    assert "surplus: 1 archived as live that no source shows: 999999" in result.out
    assert "drift: 10 of 40 articles have a date" in result.out
    assert "without a date, no such day: 30" in result.out
    told = json.loads(run("nejat", "check", "--offline", "--json", "--db", crawled).out)
    assert set(missing) < set(told["editions"]["en"]["missing"])
    assert told["editions"]["en"]["surplus"] == [999999]
    kept = rows(crawled, "SELECT * FROM runs WHERE command = 'check'")
    assert [json.loads(row["coverage"])["en"]["surplus"] for row in kept] == [[999999], [999999]]


def test_check_asks_sitemap_rest_and_feed(crawled: Path, site: SampleSite, server: Server, night: Night) -> None:
    unlisted = site.publish("en", title="Off the listing", paragraphs=["Nobody saw it."])
    site.fail("/wp-sitemap", status=404)
    result = run("nejat", "check", "--delay", "0", "--db", crawled)
    assert (result.code, str(unlisted.post_id) in result.out) == (1, True)
    assert "sitemap: off" in result.out
    assert "rest: 44 posts, complete" in result.out
    assert not any("If-None-Match" in request.path for request in server.requests)
    site.fail("/en/$", status=200)  # the walk finds no articles; the survey's own way is open
    paths = night("-s", "RETRY_TIMES=0", code=1, fill_gaps="1")
    assert f"/en/posts/{unlisted.post_id}" in paths
    assert articles(crawled)[f"en-{unlisted.post_id}"]["title"] == "Off the listing"


def test_a_site_that_is_away_is_named_and_its_posts_are_no_gap(db: Path) -> None:
    with serve(SampleSite(editions=("en",), limit=12)) as server:
        assert crawl(db, server.base_url, edition="en").code == 0
    result = run("nejat", "check", "--delay", "0", "--db", db)
    assert (result.code, result.out.count("unreachable"), result.err) == (1, 3, "")
    assert "no answer from sitemap, rest, feed: what the site has now is not known" in result.out
    assert "nothing is missing" not in result.out
