"""What a real site shows less of from one night to the next, though nothing was edited: it stays archived."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from nejat_crawler.sample_site import SampleSite, serve
from nejat_crawler.sample_site.faults import Strike
from nejat_crawler.sample_site.response import Response
from tests.support.commands import articles, crawl, rows, run

NIGHT = {"edition": "en", "full": "1", "recheck": "500"}
CONTENT = re.compile(
    r'(class="inner-post-entry entry-content"[^>]*>)(.*?)(?=<div class="penci-single-link-pages">)', re.DOTALL
)


def spoil(site: SampleSite, at: str, change: Callable[[str], str]) -> None:
    """Let the site's pages at addresses that match lose something."""

    def answer(strike: Strike) -> Response:
        page = strike.healthy(strike.target)
        return replace(page, body=change(page.body)) if isinstance(page.body, str) else page

    site.heal()
    site.fault(answer, at)


def in_texts(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda html: CONTENT.sub(lambda found: found[1] + change(found[2]), html)


def without(pattern: str, instead: str = "") -> Callable[[str], str]:
    return lambda html: re.sub(pattern, instead, html, flags=re.DOTALL)


def shown(db: Path) -> dict[str, dict[str, Any]]:
    """What the archive has, but for when it was met and where it was read."""
    passing = ("first_seen", "last_seen", "source", "theme")
    return {
        name: {field: value for field, value in article.items() if field not in passing}
        for name, article in articles(db).items()
    }


def test_tags_pictures_links_and_parts_that_pages_do_not_show_any_more_stay(db: Path) -> None:
    site = SampleSite(("en",), limit=60)
    for post in site.public_posts("en")[15:55]:  # between the two that have several parts
        site.delete("en", post.post_id)
    with serve(site) as server:
        for _ in range(2):
            assert crawl(db, server.base_url, **NIGHT).code == 0
        before = shown(db)
        assert any(article["tags"] for article in before.values())

        spoil(site, r"^/en/posts/\d", without(r'<div class="post-tags">.*?</div>'))
        hidden = crawl(db, server.base_url, **NIGHT)
        assert (hidden.code, "no errors" in hidden.out) == (0, True), hidden
        assert shown(db) == before

        spinner = '<img src="/en/wp-content/themes/x/spin.svg" alt="">'
        spoil(site, r"^/en/posts/\d", in_texts(without(r"<img[^>]*>", spinner)))
        for code in (1, 0):  # it is said once
            assert crawl(db, server.base_url, **NIGHT).code == code
        assert (
            "shows fewer images than are archived; kept"
            in rows(db, "SELECT errors FROM runs WHERE id = 4")[0]["errors"]
        )
        assert shown(db) == before

        parts = rows(db, "SELECT id FROM articles WHERE capture_parts IS NOT NULL")
        assert len(parts) == 2
        for broken in (in_texts(lambda _: ""), lambda _: site_page(server.base_url, parts[0]["id"])):
            spoil(site, r"^/en/posts/\d+/2$", broken)
            assert crawl(db, server.base_url, **NIGHT).code == 1
            assert shown(db) == before


def test_an_operator_accepts_that_pictures_and_links_are_gone_and_can_take_that_back(db: Path) -> None:
    site = SampleSite(("en",), limit=12)
    with serve(site) as server:
        for _ in range(2):
            assert crawl(db, server.base_url, **NIGHT).code == 0
        before = shown(db)
        spinner = '<img src="/en/wp-content/themes/x/spin.svg" alt="">'
        spoil(site, "^/en/", without(r"<img[^>]*>", spinner))
        refused = crawl(db, server.base_url, **NIGHT)
        assert (refused.code, "--accept-changes archives what it shows" in refused.err) == (1, True), refused
        assert shown(db) == before
        accepted = crawl(db, server.base_url, **NIGHT, accept_changes="1")
        assert accepted.code == 0, accepted
        after = shown(db)
        changed = {name for name in before if after[name] != before[name]}
        assert changed == set(re.findall(r"(en-\d+): the page", refused.err))
        files = [
            {name: {one["src"] for one in found[name]["images"]} for name in changed} for found in (before, after)
        ]
        assert all(files[0][name] - files[1][name] for name in changed)
        assert {name: one["versions"] for name, one in after.items()} == dict.fromkeys(before, 1)
    number = str(rows(db, "SELECT max(id) AS id FROM runs")[0]["id"])
    undone = run("nejat", "history", "--undo", number, "--db", db)
    assert (undone.code, "not restored" in undone.out) == (0, False), undone
    assert shown(db) == before


def site_page(base_url: str, article_id: str) -> str:
    with urlopen(f"{base_url}/en/posts/{article_id.removeprefix('en-')}") as answer:
        return str(answer.read(), "utf-8")


def test_a_site_that_dates_all_its_articles_anew_is_not_believed(db: Path) -> None:
    date = 'datetime="2026-11-20T08:00:00+03:30">November 20, 2026<'
    site = SampleSite(("en",), limit=40)
    with serve(site) as server:
        assert crawl(db, server.base_url, **NIGHT).code == 0
        before = {name: article["published_at"] for name, article in articles(db).items()}
        spoil(site, "^/en/", without(r'datetime="[^"]*">[^<]*<', date))
        refused = crawl(db, server.base_url, **NIGHT)
        assert (refused.code, "show another day: the run ends" in refused.err) == (1, True), refused.err
        assert {name: article["published_at"] for name, article in articles(db).items()} == before


def test_another_author_another_day_and_fewer_comments_are_told(db: Path) -> None:
    site = SampleSite(("en",), limit=40)
    with serve(site) as server:
        assert crawl(db, server.base_url, **NIGHT).code == 0
        spoil(site, "^/en/", lambda html: without(r"\d+ comments?", "0 comments")(_renamed(html)))
        told = crawl(db, server.base_url, **NIGHT)
    assert told.code == 0
    assert "articles show the author 'admin' where 'Radio Room' was archived, the first en-" in told.out
    assert re.search(
        r"\d+ articles show another time of their day than was archived, .*\+00:00 after .*\+03:30", told.out
    )
    assert re.search(r"\d+ articles show fewer comments than were archived, 0 after \d+, the first en-", told.out)


def _renamed(html: str) -> str:
    return html.replace(">Radio Room<", ">admin<").replace('+03:30"', '+00:00"')  # and a clock in another zone
