"""Pages of a listing from different moments, as a cache serves them: what lies between is read, or said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import articles, crawl, rows
from tests.support.hut_site import HutSite, serving

COUNT = 26
NEWS = 14


def keep(site: HutSite, *paths: str) -> None:
    """Let a cache keep what these addresses answer now."""
    site.files |= {path: site.answer(path)[1] for path in paths}


def news(site: HutSite, first: int, last: int) -> None:
    for number in range(first, last):
        site.publish(200 + number)


@pytest.mark.parametrize("published", [0, 4])
def test_pages_that_do_not_meet_are_said_as_long_as_they_stay_and_read_afterwards(db: Path, published: int) -> None:
    with serving(HutSite(COUNT, rest="off", link=True, files={"/en/wp-sitemap.xml": "none"})) as site:
        assert crawl(db, site.base_url, edition="en").code == 0
        news(site, 0, published)
        keep(site, "/en/page/2", "/en/page/3")
        news(site, published, NEWS)
        for _ in range(2):
            result = crawl(db, site.base_url, edition="en")
            assert (result.code, len(articles(db))) == (1, COUNT + 10)
            assert "the pages of the listing do not meet" in result.err
        site.files = {"/en/wp-sitemap.xml": "none"}
        assert crawl(db, site.base_url, edition="en").code == 0
        assert len(articles(db)) == COUNT + NEWS
        site.asked.clear()
        assert crawl(db, site.base_url, edition="en").code == 0
    assert [path for path in site.asked if path.startswith("/en/page")] == []


@pytest.mark.parametrize("published", [0, 12])
def test_where_a_sitemap_names_every_post_what_lies_between_is_read_at_once(db: Path, published: int) -> None:
    with serving(HutSite(COUNT, rest="off", link=True)) as site:
        assert crawl(db, site.base_url, edition="en").code == 0
        news(site, 0, published)
        keep(site, "/en/page/2", "/en/page/3", "/en/page/4")
        news(site, published, NEWS)
        result = crawl(db, site.base_url, edition="en")
        assert (result.code, len(articles(db))) == (0, COUNT + NEWS), result.err
        assert rows(db, "SELECT * FROM walks") == []


def test_a_sitemap_from_the_same_cache_proves_nothing(db: Path) -> None:
    with serving(HutSite(COUNT, rest="off", link=True)) as site:
        assert crawl(db, site.base_url, edition="en").code == 0
        keep(site, "/en/page/2", "/en/page/3", "/en/wp-sitemap.xml")
        news(site, 0, NEWS)
        result = crawl(db, site.base_url, edition="en")
        assert (result.code, "do not meet" in result.err) == (1, True)
    assert [row["state"] for row in rows(db, "SELECT * FROM sources WHERE name = 'sitemap'")] == ["partial"]


def test_posts_that_were_taken_away_do_not_pull_pages_apart(db: Path) -> None:
    with serving(HutSite(COUNT, rest="off", link=True, files={"/en/wp-sitemap.xml": "none"})) as site:
        assert crawl(db, site.base_url, edition="en").code == 0
        taken = [site.posts.pop(0).post_id for _ in range(2)]
        result = crawl(db, site.base_url, edition="en")
        assert (result.code, "do not meet" in result.out + result.err) == (0, False), result.err
        assert {f"/en/posts/{post}" for post in taken} <= set(site.asked)
        site.asked.clear()
        assert crawl(db, site.base_url, edition="en").code == 0
        assert [path for path in site.asked if "sitemap" in path] == []
    assert {article["status"] for article in articles(db).values()} == {"live"}


def test_a_post_that_slips_over_the_edge_of_a_page_is_read_by_the_next_whole_walk(db: Path) -> None:
    taken: list[int] = []

    def take_one_away(path: str) -> dict[str, str]:
        if path == "/en/" and not taken:
            taken.append(site.posts.pop(0).post_id)
        return {}

    with serving(HutSite(COUNT, rest="off", link=True, files={"/en/wp-sitemap.xml": "none"})) as site:
        site.headers = take_one_away
        assert crawl(db, site.base_url, edition="en").code == 0
        slipped = site.posts[9]
        assert f"en-{slipped.post_id}" not in articles(db)
        result = crawl(db, site.base_url, edition="en", full="1")
        assert result.code == 0, result.err
        assert articles(db)[f"en-{slipped.post_id}"]["body"] == slipped.body
    assert "en: neither sitemap nor REST interface names every post" in result.out
    assert "was not looked for" in result.out
