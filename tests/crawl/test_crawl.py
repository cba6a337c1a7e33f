from __future__ import annotations

import re
import signal
import time
from pathlib import Path

import pytest

from nejat_crawler.archive import Archive
from nejat_crawler.editions import EDITIONS
from nejat_crawler.sample_site import SampleSite, Server, serve
from tests.support.commands import FAST, SMALL, articles, crawl, fold, rows, run
from tests.support.processes import start


@pytest.mark.parametrize("links", ["mirror", "site"])
def test_every_public_article_is_archived_exactly_and_nothing_is_asked_for_twice(db: Path, links: str) -> None:
    site = SampleSite(links="site") if links == "site" else SampleSite()
    truth = site.truth()
    with serve(site) as server:
        result = crawl(db, server.base_url, edition=",".join(site.blogs))
        requests = list(server.requests)
    assert (result.code, result.err.count("ERROR")) == (0, 0), result

    archived = articles(db)
    assert set(archived) == {article["id"] for article in truth}
    for article in truth:
        found = archived[article["id"]]
        for name, value in article.items():
            if name in ("truncated", "pages") or (name == "tags" and not article["truncated"]):
                continue  # a listing does not name tags
            if name == "body":
                assert fold(found["body"]) == fold(value), article["id"]
            elif name == "links":
                assert [{"url": link["url"], "text": link["text"]} for link in found["links"]] == value, article["id"]
            else:
                assert found[name] == value, (article["id"], name)
        assert (found["status"], found["versions"], found["theme"]) == ("live", 1, "soledad")

    paths = [request.path_with_query for request in requests]
    assert len(paths) == len(set(paths))
    own_pages = [path for path in paths if "/posts/" in path]
    assert paths.count("/robots.txt") == 1
    times = [path for path in paths if "orderby=modified" in path]  # where the next run looks for edits
    assert len(times) == len(site.blogs)
    assert len(paths) == 1 + sum(site.pages(edition) for edition in site.blogs) + len(own_pages) + len(times)
    # A post cut by <!--more--> costs its own page; one split in n parts, of which the listing shows the first, n - 1.
    truncated = [article for article in truth if article["truncated"]]
    assert {path.split("/")[3] for path in own_pages} == {str(article["post_id"]) for article in truncated}
    for article in truncated:
        asked = [path for path in own_pages if path.split("/")[3] == str(article["post_id"])]
        assert len(asked) in (max(1, article["pages"] - 1), article["pages"])


def test_a_second_crawl_changes_nothing(db: Path, server: Server) -> None:
    crawl(db, server.base_url)
    before = {name: article | {"last_seen": ""} for name, article in articles(db).items()}
    assert crawl(db, server.base_url, edition="en").code == 0
    assert {name: article | {"last_seen": ""} for name, article in articles(db).items()} == before
    assert [(run["command"], run["outcome"]) for run in rows(db, "SELECT * FROM runs")] == [
        ("crawl", "failed"),  # three of four editions are not on this server
        ("crawl", "finished"),
    ]


def test_an_edit_on_the_site_is_a_version(db: Path, site: SampleSite, server: Server) -> None:
    crawl(db, server.base_url, edition="en")
    post = site.public_posts("en")[0]
    old_title = articles(db)[f"en-{post.post_id}"]["title"]
    site.edit("en", post.post_id, title="The rope was found", paragraphs=["It hung behind the door."])
    assert crawl(db, server.base_url, edition="en").code == 0
    article = articles(db)[f"en-{post.post_id}"]
    assert (article["title"], article["body"], article["versions"]) == (
        "The rope was found",
        "It hung behind the door.",
        2,
    )
    assert [row["title"] for row in rows(db, "SELECT title FROM article_versions")] == [old_title]


def test_the_crawl_is_polite(db: Path) -> None:
    polite = SampleSite(editions=("en",), limit=SMALL, crawl_delay=1)
    with serve(polite) as server:
        begun = time.monotonic()
        result = crawl(db, server.base_url, "-s", "NEJAT_CONTACT=archive@example.org", edition="en", max_pages="1")
        elapsed = time.monotonic() - begun
        agents = {request.user_agent for request in server.requests}
        pauses = len(server.requests) - 1
    assert result.code == 0
    [agent] = agents
    assert re.fullmatch(r"nejat-crawler/[\d.]+ \(web archive; contact: archive@example\.org\)", agent)
    # robots.txt asks for a second between requests, though the settings of this test ask for none
    assert pauses >= 2
    assert elapsed > pauses * 1.0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"edition": "xx"}, f"unknown edition xx: choose from {', '.join(EDITIONS)}, all"),
        ({"edition": ""}, "unknown edition"),
        ({"editon": "en"}, "unknown argument editon"),
        ({"since": "yesterday"}, "since must be a day"),
        ({"max_pages": "0"}, "max_pages must be a whole number"),
        ({"full": "yes"}, "full must be 0 or 1"),
        ({"base_url": "ftp://example.org"}, "base_url must be an address"),
        ({"base_url": "http://[::1"}, "base_url must be an address"),
    ],
    ids=str,
)
def test_wrong_arguments_end_with_2_and_a_sentence(db: Path, arguments: dict[str, str], sentence: str) -> None:
    result = crawl(db, **({"base_url": "http://127.0.0.1:9"} | arguments))
    assert result.code == 2
    assert f"Error: {sentence}" in result.err
    assert "Traceback" not in result.err
    assert not db.exists()


def test_another_crawl_of_the_same_archive_ends_with_75(db: Path, server: Server) -> None:
    with Archive.open(db):
        result = crawl(db, server.base_url, edition="en")
    assert (result.code, result.err.splitlines()[-1]) == (75, f"Error: another run is writing to {db}")
    assert server.requests == []


@pytest.mark.parametrize("path", ["/en/$", "/en/page/2", "/en/posts/"], ids=["first page", "last page", "article"])
def test_a_page_that_fails_is_an_error_and_costs_nothing_else(
    db: Path, site: SampleSite, server: Server, path: str
) -> None:
    site.fail(path, status=500)
    result = crawl(db, server.base_url, "-s", "RETRY_TIMES=1", edition="en")
    assert result.code == 1
    assert "answered 500" in result.err
    assert "Traceback" not in result.err
    lost = {"/en/$": 10, "/en/page/2": SMALL - 10, "/en/posts/": 0}[path]
    assert len(articles(db)) == SMALL - lost
    site.heal()
    assert crawl(db, server.base_url, edition="en").code == 0
    assert {name: fold(article["body"]) for name, article in articles(db).items()} == {
        article["id"]: fold(article["body"]) for article in site.truth()
    }


def test_a_redirect_off_the_site_is_not_followed(db: Path, site: SampleSite, server: Server) -> None:
    with serve(SampleSite(editions=("en",), limit=SMALL)) as elsewhere:
        site.fail("/en/page/2", status=302, headers={"Location": f"{elsewhere.base_url}/en/page/2"})
        result = crawl(db, server.base_url, edition="en")
        assert elsewhere.requests == []
    assert result.code == 1
    assert "is not on the site" in result.err


def test_since_and_max_pages_end_the_walk(db: Path, site: SampleSite, server: Server) -> None:
    newest = site.truth()[0]["published"]
    assert crawl(db, server.base_url, edition="en", since=newest).code == 0
    assert {article["published"] for article in articles(db).values()} == {newest}
    server.forget()
    assert crawl(db, server.base_url, edition="en", max_pages="1").code == 0
    assert "/en/page/2" not in [request.path for request in server.requests]


def test_interrupting_a_crawl_leaves_a_whole_archive(db: Path, site: SampleSite, server: Server) -> None:
    site.slow("/en/page/2", 3)
    options = ["-a", f"base_url={server.base_url}", "-a", "edition=en", "-s", f"NEJAT_DB={db}", *FAST]
    process = start("scrapy", "crawl", "nejat", *options)
    deadline = time.monotonic() + 30
    while len(server.requests) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send(signal.SIGINT)
    ended = process.end(30)
    assert ended.code == 1
    assert "Interrupted: what was archived stays" in ended.err
    assert len(articles(db)) >= 10
    site.heal()
    assert crawl(db, server.base_url, edition="en").code == 0
    assert len(articles(db)) == SMALL


def test_a_spider_that_does_not_exist(db: Path) -> None:
    result = run("scrapy", "crawl", "nejta", "-s", f"NEJAT_DB={db}")
    assert (result.code, "there is no spider 'nejta'" in result.err) == (2, True)
