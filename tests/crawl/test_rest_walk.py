from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nejat_crawler.editions import EDITIONS
from nejat_crawler.extraction.rest_api import NoPostsError, read_answer
from nejat_crawler.items import Article, Capture, Record
from nejat_crawler.sample_site import SampleSite, Server, serve
from nejat_crawler.sample_site.server import rest_answers as sample_rest
from pipelines.extract_article import extract_article
from pipelines.resolve_date import resolve_date
from tests.support.commands import SMALL, articles, crawl, expected, fold, rows, run, shared

#: What the interface does not answer: the date as it is printed, the number of comments.
UNANSWERED = {"published_text", "comment_count", "truncated", "pages"}


@pytest.mark.parametrize("links", ["mirror", "site"])
def test_every_public_article_comes_exactly_with_a_request_a_hundred(db: Path, links: str) -> None:
    site = SampleSite(links="site") if links == "site" else SampleSite()
    galleries = {post.id for edition in EDITIONS for post in site.public_posts(edition) if post.format == "gallery"}
    truth = site.truth()
    with serve(site) as server:
        result = crawl(db, server.base_url, via="api")
        paths = [request.path_with_query for request in server.requests]
    assert (result.code, result.err.count("ERROR")) == (0, 0), result.err

    archived = articles(db)
    assert set(archived) == {article["id"] for article in truth}
    for article in truth:
        found = archived[article["id"]]
        for name in article.keys() - UNANSWERED:
            value = article[name]
            if name == "body":
                assert fold(found["body"]) == fold(value), article["id"]
            elif name == "links":
                assert [{"url": link["url"], "text": link["text"]} for link in found["links"]] == value, article["id"]
            elif name == "images" and article["id"] in galleries:
                assert found["images"] == []  # the interface names one picture of several
            else:
                assert found[name] == value, (article["id"], name)
        assert (found["status"], found["versions"]) == ("live", 1)
        assert (found["source"], found["theme"], found["comment_count"]) == ("api", "rest", None)

    answers = sum(-(-len(site.public_posts(edition)) // 100) for edition in EDITIONS)
    assert answers > len(EDITIONS)
    assert len(paths) == 1 + answers
    assert paths.count("/robots.txt") == 1


def test_both_ways_agree_on_the_whole_site(db: Path) -> None:
    site = SampleSite()
    with serve(site) as server:
        result = crawl(db, server.base_url, via="both")
        asked = [request for request in server.requests if "orderby=modified" not in request.path_with_query]
        paths = [request.path for request in asked]
    assert (result.code, "disagree" in result.out + result.err) == (0, False), result.err
    archived = articles(db)
    for article in site.truth():
        found = archived[article["id"]]
        # the own page of a post that the listing cuts stays the source: it is as good
        sources = (1, "article" if article["truncated"] else "api")
        assert (found["versions"], found["source"]) == sources, article["id"]
        # each way brings what the other does not show
        assert found["comment_count"] == article["comment_count"]
        assert found["tags"] == article["tags"]
        assert found["images"] == article["images"]
    first_answer = next(place for place, path in enumerate(paths) if "wp-json" in path)
    assert all("wp-json" in path for path in paths[first_answer:])


@pytest.mark.parametrize("status", [401, 404])
def test_an_edition_whose_interface_is_off_is_an_error_and_costs_no_other(db: Path, status: int) -> None:
    site = SampleSite(editions=("en", "sq"), limit=SMALL)
    site.fail("/en/wp-json", status=status)
    with serve(site) as server:
        result = crawl(db, server.base_url, "-s", "RETRY_TIMES=0", edition="en,sq", via="api")
    assert result.code == 1
    errors = [line for line in result.err.splitlines() if line.startswith("Error: ")]
    assert len(errors) == 1
    assert "REST interface of en cannot be read" in errors[0]
    assert f"answered {status}" in errors[0]
    assert "Traceback" not in result.err
    assert {article["edition"] for article in articles(db).values()} == {"sq"}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<!DOCTYPE html><html><body>Home</body></html>", "an HTML page"),
        (b'[{"id": 1, "title": {"ren', "broken JSON"),
        (b"", "broken JSON"),
        (b"\xff\xfe\xff", "broken JSON"),
        (b"[" * 100_000, "broken JSON"),
        (b'{"code": "rest_disabled", "message": "no"}', "the error rest_disabled"),
        (b'"posts"', "no list of posts"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_answer_is_named(body: bytes, said: str) -> None:
    with pytest.raises(NoPostsError, match=said):
        read_answer(body, "en")


def test_an_html_page_in_place_of_an_answer_is_an_error(
    db: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = sample_rest.refuse(200, "rest_disabled", "switched off")
    monkeypatch.setattr(sample_rest, "answer", lambda *_: off)
    result = crawl(db, server.base_url, edition="en", via="api")
    assert result.code == 1
    assert "REST interface of en cannot be read" in result.err
    assert "the error rest_disabled" in result.err
    monkeypatch.setattr(sample_rest, "answer", lambda *_: sample_rest.Answer([]))
    result = crawl(db, server.base_url, edition="en", via="api")
    assert (result.code, "without any posts" in result.err) == (1, True)
    assert articles(db) == {}


def test_a_post_that_the_answers_leave_out_is_missed(
    db: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = sample_rest.answer

    def forgetful(*question: Any) -> sample_rest.Answer:
        full = answer(*question)
        return replace(full, body=full.body[1:])

    monkeypatch.setattr(sample_rest, "answer", forgetful)
    result = crawl(db, server.base_url, edition="en", via="api")
    assert result.code == 1
    assert f"has {SMALL} posts by its own count, and showed {SMALL - 1}" in result.err
    assert len(articles(db)) == SMALL - 1


@pytest.mark.parametrize("change", ["publish", "delete", "last page"])
def test_posts_that_move_between_pages_are_not_lost(db: Path, change: str) -> None:
    site = SampleSite(editions=("en",), limit=101 if change == "last page" else None)
    before = {post.id for post in site.public_posts("en")}
    newest = site.public_posts("en")[0].post_id
    site.slow("[?&]page=1&", 1.0)  # the answer is ready, and sent a second later
    with serve(site) as server:

        def edit() -> None:
            deadline = time.monotonic() + 30
            while not any("page=1&" in request.path_with_query for request in list(server.requests)):
                if time.monotonic() > deadline:
                    return
                time.sleep(0.02)
            if change == "publish":
                site.publish("en", title="It came while we read", paragraphs=["New."])
            else:
                site.delete("en", newest)

        editor = threading.Thread(target=edit)
        editor.start()
        result = crawl(db, server.base_url, edition="en", via="api")
        editor.join()
    assert result.code == 0, result.err
    now = {post.id for post in site.public_posts("en")}
    assert now != before
    assert set(articles(db)) == before | now


def test_since_and_max_pages_end_the_walk(db: Path) -> None:
    site = SampleSite(editions=("en",))
    newest = site.truth()[0]["published"]
    with serve(site) as server:
        assert crawl(db, server.base_url, edition="en", via="api", since=newest).code == 0
        assert {article["published"] for article in articles(db).values()} == {newest}
        server.forget()
        assert crawl(db, server.base_url, edition="en", via="api", max_pages="1").code == 0
        assert len(server.requests) == 2
    assert len(articles(db)) == 100


@pytest.mark.parametrize("field", ["categories", "body"])
def test_a_disagreement_with_the_listing_is_said_and_kept(
    db: Path, site: SampleSite, server: Server, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    post = next(post for post in site.public_posts("en") if not post.protected)
    print_post = sample_rest._post

    def other(blog: Any, shown: Any, *, embed: bool) -> dict[str, Any]:
        if shown.post_id == post.post_id:
            if field == "body":
                found = print_post(blog, shown, embed=embed)
                return found | {"content": {"rendered": "<p>Another</p>", "protected": False}}
            shown = replace(shown, categories=["Another"])
        return print_post(blog, shown, embed=embed)

    monkeypatch.setattr(sample_rest, "_post", other)
    result = crawl(db, server.base_url, edition="en", via="both")
    assert result.code == 1
    said = [line for line in result.err.splitlines() if line.startswith("Error: ")]
    assert len(said) == 1
    assert f"{post.id} disagrees with the listing" in said[0]
    assert "1 disagrees" in result.out
    for _ in range(2):  # the next run meets it again: said once, and no version without an edit
        result = crawl(db, server.base_url, edition="en", via="both", full="1")
        assert (result.code, "disagree" in result.out + result.err) == (0, False), result
    truth = next(article for article in site.truth() if article["id"] == post.id)
    assert fold(str(articles(db)[post.id][field])) == fold(str(truth[field]))
    assert rows(db, "SELECT * FROM article_versions") == []
    assert rows(db, "SELECT article_id, kind FROM other_sources WHERE NOT agrees") == [
        {"article_id": post.id, "kind": "api"}
    ]


def test_an_edit_is_no_disagreement(db: Path, site: SampleSite, server: Server) -> None:
    assert crawl(db, server.base_url, edition="en").code == 0
    post = next(post for post in site.public_posts("en") if not post.protected)
    time.sleep(1.1)  # stamps hold whole seconds
    site.edit("en", post.post_id, title="The rope was found")
    result = crawl(db, server.base_url, edition="en", via="api")
    assert (result.code, "disagree" in result.out + result.err) == (0, False), result.err
    article = articles(db)[post.id]
    assert (article["title"], article["versions"]) == ("The rope was found", 2)


def test_a_change_without_an_edit_between_two_crawls_is_a_disagreement(
    db: Path, site: SampleSite, server: Server
) -> None:
    assert crawl(db, server.base_url, edition="en").code == 0
    post = next(post for post in site.public_posts("en") if not post.protected)
    site.blogs["en"].put(replace(post, title="A filter was here"))
    result = crawl(db, server.base_url, edition="en", via="api")
    assert (result.code, f"{post.id} disagrees with the listing" in result.err) == (1, True)


def test_a_wrong_way_ends_with_2(db: Path) -> None:
    result = crawl(db, "http://127.0.0.1:9", via="feed")
    assert (result.code, "Error: via must be listing, api or both, not 'feed'" in result.err) == (2, True)
    assert run("nejat", "crawl", "--db", db, "--via", "feed").code == 2
    assert not db.exists()


def test_the_command_takes_the_way(db: Path, server: Server) -> None:
    result = run(
        "nejat", "crawl", "--db", db, "--edition", "en", "--via", "api", "--base-url", server.base_url, "--delay", "0"
    )
    assert result.code == 0, result.err
    assert {article["source"] for article in articles(db).values()} == {"api"}


def a_post(**fields: Any) -> dict[str, Any]:
    return {
        "id": 7,
        "date": "2023-10-28T18:36:27",
        "date_gmt": "2023-10-28T15:06:27",
        "link": "https://www.nejatngo.org/en/posts/7",
        "title": {"rendered": "A &#038; <em>B</em>"},
        "content": {"rendered": "<p>One</p>\n<p><!--nextpage--></p>\n<p>Two</p>", "protected": False},
        "categories": [1],
        "tags": [],
        "_embedded": {"wp:term": [[{"taxonomy": "category", "name": "Huts &amp; Trails"}], []]},
    } | fields


def extract(post_id: int, record: Record) -> Article:
    capture = Capture("en", "api", "rest", "", "2026-01-01T00:00:00Z", "live", post_id, own_page=True, record=record)
    return resolve_date(extract_article(capture))


def read(**fields: Any) -> Article:
    answer = read_answer(json.dumps([a_post(**fields)]).encode(), "en")
    assert answer.problems == []
    return extract(7, answer.records[7])


def test_a_post_is_read_by_the_rules_of_a_page() -> None:
    article = read()
    assert (article.title, article.url) == ("A & B", "https://www.nejatngo.org/en/posts/7")
    assert (article.categories, article.tags, article.author) == (["Huts & Trails"], [], None)
    assert (article.published, article.published_at) == ("2023-10-28", "2023-10-28T18:36:27+03:30")
    assert (article.body, article.body_html) == ("One\n\nTwo", "<p>One</p>\n<p>Two</p>")


def test_terms_whose_names_are_not_all_answered_are_unknown() -> None:
    names = [{"taxonomy": "post_tag", "name": f"t{number}"} for number in range(10)]
    article = read(tags=list(range(11)), _embedded={"wp:term": [names]})
    assert (article.tags, article.categories) == (None, None)


def test_the_title_of_a_protected_post_is_the_one_that_is_shown() -> None:
    article = read(title={"rendered": "Snow"}, content={"rendered": "", "protected": True})
    assert (article.title, article.body, article.protected) == ("Protected: Snow", "", True)


@pytest.mark.parametrize(
    ("local", "gmt", "published", "published_at"),
    [
        ("2023-07-01T00:30:00", "2023-06-30T20:00:00", "2023-07-01", "2023-07-01T00:30:00+04:30"),
        ("2023-07-01T00:30:00", "", "2023-07-01", None),
        ("2023-07-01T00:30:00", "1970-01-01T00:00:00", "2023-07-01", None),
        ("2023-07-01T00:30:00", "1402-04-09T20:00:00", "2023-07-01", None),
        ("2023-07-01T00:30:00+04:30", "", "2023-07-01", "2023-07-01T00:30:00+04:30"),
        ("2023-07-01 00:30:00", "2023-06-30T20:00:00Z", "2023-07-01", "2023-07-01T00:30:00+04:30"),
        ("soon", "2023-06-30T20:00:00", "2023-06-30", "2023-06-30T20:00:00+00:00"),
        ("-0001-11-30T00:00:00", "2023-10-28T22:00:00", "2023-10-29", "2023-10-28T22:00:00+00:00"),
        ("1402-08-06T18:36:27", "2023-10-28T15:06:27", "2023-10-28", "2023-10-28T15:06:27+00:00"),
        ("2023-10-28", "2023-10-28T03:00:00", "2023-10-28", "2023-10-28T03:00:00+00:00"),
        ("2023-10-28", "", "2023-10-28", None),
        ("0000-00-00T00:00:00", "0000-00-00T00:00:00", None, None),
    ],
)
def test_the_offset_follows_from_both_times_and_one_does_where_the_other_cannot_be_read(
    local: str, gmt: str, published: str | None, published_at: str | None
) -> None:
    article = read(date=local, date_gmt=gmt)
    assert (article.published, article.published_at) == (published, published_at)


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "7"},
        {"id": True},
        {"id": 8},
        {"title": None},
        {"content": {"rendered": 5}},
    ],
    ids=str,
)
def test_a_post_that_cannot_be_read_is_a_problem(fields: dict[str, Any]) -> None:
    answer = read_answer(json.dumps([a_post(**fields), None]).encode(), "en")
    assert (answer.records, len(answer.problems)) == ({}, 2)


def test_hostile_values_do_no_harm() -> None:
    article = read(
        title={"rendered": "<script>alert(1)</script>\ud83d Title\x00"},
        content={"rendered": "</div></div><script>x</script><p onclick=x>Text</p></article>" + "<div>" * 5000},
        _embedded={"wp:term": "x", "author": [5], "wp:featuredmedia": [{"source_url": "javascript:x"}]},
        tags="none",
    )
    article.title.encode()
    assert "alert" not in article.title
    assert (article.body, (article.body_html or "").startswith("<p>Text</p>"), article.images) == ("Text", True, [])


def test_the_posts_of_a_real_interface_are_exact() -> None:
    posts = (shared("samples") / "rest_posts.json").read_bytes()
    answer = read_answer(posts, "en")
    truth = {article["id"]: article for article in expected("samples")["articles"]}
    assert (len(answer.records), answer.problems) == (20, [])
    compared = 0
    for post_id, record in answer.records.items():
        article = extract(post_id, record)
        article_truth = truth.get(f"en-{post_id}")
        if article_truth is None:
            continue
        compared += 1
        for name in ("title", "url", "published", "published_at", "protected"):
            assert getattr(article, name) == article_truth[name], (post_id, name)
        assert fold(article.body) == fold(article_truth["body"]), post_id
        images = [{"src": image.src, "alt": image.alt, "caption": image.caption} for image in article.images or []]
        assert images == [
            {name: image[name] for name in ("src", "alt", "caption")}
            for image in article_truth["images"]
            if not image["lead"]  # this answer embeds nothing
        ], post_id
        assert (article.categories, article.author) == (None, None)
    assert compared == 20
