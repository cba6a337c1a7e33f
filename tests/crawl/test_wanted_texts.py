"""Texts that a listing does not show: a hundred an answer of the REST interface, or each from its own page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nejat_crawler.sample_site import SampleSite, serve
from nejat_crawler.sample_site.appearance import Appearance
from nejat_crawler.urls import SITE
from tests.crawl.test_kill import killed_crawl
from tests.crawl.test_listing_end import pages, walk
from tests.support.commands import articles, crawl, fold, rows, run
from tests.support.hut_site import HutSite, serving


def own_pages(site: HutSite) -> list[str]:
    return [path for path in site.asked if path.startswith("/en/posts/")]


def includes(site: HutSite) -> list[str]:
    return [path for path in site.asked if "include=" in path]


def bodies(db: Path) -> dict[int, str | None]:
    return {article["post_id"]: article["body"] for article in articles(db).values()}


def truth(site: HutSite) -> dict[int, str]:
    return {hut.post_id: hut.body for hut in site.posts}


@pytest.mark.parametrize("shows", ["excerpts", "no texts"])
@pytest.mark.parametrize("link", [True, False])
def test_texts_that_the_listing_does_not_show_cost_an_answer_a_hundred(db: Path, shows: str, link: bool) -> None:
    with serving(HutSite(120, link=link, shows=shows)) as site:
        result = walk(db, site)
        assert (own_pages(site), len(includes(site))) == ([], 2)
        assert site.asked.index(includes(site)[0]) < site.asked.index("/en/page/12")  # while the walk goes on
        said = f"en: the listing shows {shows}; 120 texts are read from the REST interface, 100 at a time"
        assert (result.code, result.out.splitlines().count(said)) == (0, 1), result
        assert walk(db, site).code == 0
        assert len(site.asked) == 3
    assert bodies(db) == truth(site)
    assert {article["versions"] for article in articles(db).values()} == {1}
    first, second = (json.loads(row["counts"]) for row in rows(db, "SELECT counts FROM runs"))
    assert (first["notices"], second["notices"]) == ([said], [])


def test_where_the_interface_is_off_they_come_from_their_own_pages(db: Path) -> None:
    with serving(HutSite(23, shows="excerpts", rest="off")) as site:
        result = walk(db, site)
        assert len(own_pages(site)) == 23
    assert "23 texts are read from their own pages, for the REST interface does not answer" in result.out
    assert (result.code, bodies(db)) == (0, truth(site))


def test_a_few_come_from_their_own_pages(db: Path) -> None:
    with serving(HutSite(10, shows="excerpts")) as site:
        assert walk(db, site).code == 0
        assert (len(own_pages(site)), includes(site)) == (10, [])
    assert bodies(db) == truth(site)


@pytest.mark.parametrize(("rest", "asked"), [("html", 130), ("mute", 130), ("deaf", 30)])
def test_what_an_answer_does_not_hold_comes_from_its_own_page(db: Path, rest: str, asked: int) -> None:
    with serving(HutSite(130, shows="excerpts", rest=rest)) as site:
        result = walk(db, site)
        assert len(own_pages(site)) == asked
    assert "texts are read from their own pages" in result.out
    assert (result.code, bodies(db)) == (0, truth(site)), result.err


def test_a_post_that_an_answer_leaves_out_comes_from_its_own_page(db: Path) -> None:
    with serving(HutSite(23, shows="excerpts", unanswered={1003, 1017})) as site:
        result = walk(db, site)
        assert (len(includes(site)), sorted(own_pages(site))) == (1, ["/en/posts/1003", "/en/posts/1017"])
    assert (result.code, bodies(db)) == (0, truth(site)), result.err


@pytest.mark.parametrize("shows", ["excerpts", "no texts"])
def test_what_one_run_could_not_read_the_next_one_does(db: Path, shows: str) -> None:
    with serving(HutSite(15, shows=shows, rest="off")) as site:
        site.broken = {f"/en/posts/{hut.post_id}": "500" for hut in site.posts}
        assert walk(db, site).code == 1
        assert set(bodies(db).values()) == {None}
        site.rest = "on"
        assert walk(db, site).code == 0
        assert len(includes(site)) == 1
    assert bodies(db) == truth(site)


def test_a_split_post_comes_in_one_go_with_the_others(db: Path) -> None:
    with serving(HutSite(15, shows="excerpts")) as site:
        site.posts[3].parts = 3
        assert walk(db, site).code == 0
        assert (own_pages(site), len(includes(site))) == ([], 1)
    assert bodies(db) == truth(site)


def test_a_split_post_alone_goes_on_below_the_part_that_is_known(db: Path) -> None:
    with serving(HutSite(15)) as site:
        site.posts[3].parts = 3
        assert walk(db, site).code == 0
        post = f"/en/posts/{site.posts[3].post_id}"
        assert (own_pages(site), includes(site)) == ([f"{post}/2", f"{post}/3"], [])
    assert bodies(db) == truth(site)


def test_another_layout_of_the_listing_is_said_once(db: Path) -> None:
    with serving(HutSite(23)) as site:
        assert "the listing now shows" not in walk(db, site).out
        site.shows = "excerpts"
        said = [walk(db, site, full="1").out for _ in range(2)]
    assert ["en: the listing now shows excerpts, and no longer texts" in out for out in said] == [True, False]
    assert (bodies(db), {article["versions"] for article in articles(db).values()}) == (truth(site), {1})


@pytest.mark.parametrize("shows", ["texts", "excerpts", "no texts"])
def test_an_edit_below_what_the_listing_shows_is_found(db: Path, shows: str) -> None:
    with serving(HutSite(23, shows=shows)) as site:
        assert walk(db, site).code == 0
        post = site.posts[4]
        post.paragraphs[2], post.modified = "Somebody was cold.", "2026-03-01T08:00:00"
        assert walk(db, site).code == 0
        article = articles(db)[f"en-{post.post_id}"]
        assert (article["body"], article["versions"]) == (post.body, 2)
        [row] = rows(db, "SELECT modified_at FROM articles WHERE post_id = ?", post.post_id)
        assert row["modified_at"] == "2026-03-01T08:00:00Z"
        assert walk(db, site).code == 0
        assert (len(site.asked), bodies(db)) == (3, truth(site))


def test_an_edit_that_only_the_excerpt_was_seen_of_is_not_taken_for_read(db: Path) -> None:
    with serving(HutSite(23, shows="excerpts")) as site:
        assert walk(db, site).code == 0
        post = site.posts[4]
        post.paragraphs[2], post.modified = "Somebody was cold.", "2026-03-01T08:00:00"
        site.broken = {f"/en/posts/{post.post_id}": "500"}
        assert walk(db, site, full="1").code == 1
        site.broken.clear()
        assert walk(db, site).code == 0
    assert bodies(db) == truth(site)


@pytest.mark.parametrize("full", ["0", "1"])
def test_both_ways_together_ask_for_no_text_twice(db: Path, full: str) -> None:
    with serving(HutSite(120, shows="excerpts", unanswered={1007})) as site:
        result = walk(db, site, via="both", full=full)
        assert (own_pages(site), includes(site)) == (["/en/posts/1007"], [])
        assert len([path for path in site.asked if "_embed=" in path]) == 2
    assert (result.code, bodies(db)) == (0, truth(site)), result.err


def test_the_interface_is_read_before_the_site_is_asked_what_it_has(db: Path) -> None:
    with serving(HutSite(300, unanswered={1007})) as site:
        assert walk(db, site, via="api", full="1", fill_gaps="1").code == 0
        assert (pages(site), own_pages(site)) == ([], ["/en/posts/1007"])
        assert len(site.asked) <= 10
    assert bodies(db) == truth(site)


def test_gaps_that_a_survey_finds_are_read_a_hundred_at_a_time(db: Path) -> None:
    with serving(HutSite(45, shown=10)) as site:
        result = walk(db, site)
        assert (own_pages(site), len(includes(site))) == ([], 1)
    said = "en: the site names posts that are not archived; 35 texts are read from the REST interface, 100 at a time"
    assert (result.code, said in result.out, bodies(db)) == (0, True, truth(site))


@pytest.mark.parametrize(
    ("layout", "pagination"), [("grid", "more"), ("overlay", "numbers"), ("standard-list", "scroll")]
)
def test_the_theme_s_own_layouts_and_buttons_lead_to_every_text(db: Path, layout: str, pagination: str) -> None:
    site = SampleSite(("en",), limit=43, appearance=Appearance(soledad="8.7", layout=layout, pagination=pagination))
    with serve(site) as server:
        result = crawl(db, server.base_url, edition="en")
        asked = [request.path_with_query for request in server.requests]
        server.forget()
        assert crawl(db, server.base_url, edition="en").code == 0
        assert len(server.requests) <= 3
    assert result.code == 0, result.err
    assert [path for path in asked if "/page/" in path] == [f"/en/page/{number}" for number in range(2, 6)]
    assert (len([path for path in asked if "include=" in path]), [path for path in asked if "/posts/" in path]) == (
        1,
        [],
    )
    archived = articles(db)
    for article in site.truth():
        assert fold(archived[article["id"]]["body"]) == fold(article["body"]), article["id"]
        assert archived[article["id"]]["published"] == article["published"]


def teasers_only(db: Path) -> list[str]:
    """What `nejat check` says of articles without a text."""
    printed = run("nejat", "check", "--offline", "--db", db).out.splitlines()
    return [line.strip() for line in printed if "teaser only" in line]


def test_check_says_why_a_text_is_not_archived(db: Path) -> None:
    with serving(HutSite(25, link=True, shows="excerpts", rest="off")) as site:
        assert killed_crawl(db, site.base_url, "spider", 20, "en") == -9
        met = sum(not one["body"] for one in articles(db).values())
        assert met > 10
        assert teasers_only(db) == [
            f"! {met} articles have a teaser only: the last crawl ended before it had read more"
        ]
        site.broken["/en/posts/1007"] = "500"
        assert walk(db, site).code == 1
        assert teasers_only(db) == ["! 1 article has a teaser only: the last crawl could not read more"]
        assert crawl(db, site.base_url, "-s", "RETRY_TIMES=0", edition="sq").code == 1
        assert teasers_only(db) == ["! 1 article has a teaser only: the last crawl did not ask for more"]
        site.broken.clear()
        assert walk(db, site).code == 0
        assert teasers_only(db) == []


def test_check_says_of_imported_excerpts_that_they_were_never_met_on_the_site(db: Path, tmp_path: Path) -> None:
    page = tmp_path / "listing.html"
    page.write_text(HutSite(3, shows="excerpts", base_url=SITE).answer("/en/")[1], "utf-8")
    assert run("nejat", "import", page, "--db", db).code == 0
    assert teasers_only(db) == ["! 3 articles have a teaser only: imported, and never met on the site"]


def test_a_text_that_ends_as_an_excerpt_may_is_read_on_its_own_page_once(db: Path) -> None:
    with serving(HutSite(10, rest="off")) as site:
        site.trailing = {1004}
        assert walk(db, site).code == 0
        assert own_pages(site) == ["/en/posts/1004"]
        assert bodies(db) == truth(site)
        assert walk(db, site).code == 0
        assert own_pages(site) == ["/en/posts/1004"]
    assert {article["versions"] for article in articles(db).values()} == {1}
