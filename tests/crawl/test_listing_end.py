"""Where a listing ends: a page without a link to older articles proves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import Result, articles, crawl, rows, run
from tests.support.hut_site import HutSite, serving

COUNT = 34  # four pages


def walk(db: Path, site: HutSite, **arguments: str) -> Result:
    """One crawl; `site.asked` holds what it asked for."""
    site.asked.clear()
    return crawl(db, site.base_url, "-s", "RETRY_TIMES=0", edition="en", **arguments)


def pages(site: HutSite) -> list[str]:
    """The listing pages that were asked for."""
    return [path for path in site.asked if path == "/en/" or path.startswith("/en/page/")]


def walked(db: Path) -> bool:
    """Whether the listing counts as read to its end."""
    return bool(rows(db, "SELECT * FROM marks WHERE name = 'walked_at'")) and not rows(db, "SELECT * FROM walks")


def numbers(last: int) -> list[str]:
    return ["/en/", *(f"/en/page/{number}" for number in range(2, last + 1))]


@pytest.mark.parametrize(("below", "last"), [("404", 5), ("410", 5), ("empty", 5), ("home", 6)])
def test_without_a_link_the_walk_goes_on_by_number_to_the_proved_end(db: Path, below: str, last: int) -> None:
    with serving(HutSite(COUNT, rest="off", below=below)) as site:
        result = walk(db, site)
        assert pages(site) == numbers(last)
        assert site.asked.count("/robots.txt") + len(pages(site)) + 1 == len(site.asked)
    assert (result.code, len(articles(db)), walked(db)) == (0, COUNT, True), result


def test_the_count_of_the_rest_interface_proves_the_end_without_a_further_request(db: Path) -> None:
    with serving(HutSite(COUNT)) as site:
        assert walk(db, site).code == 0
        assert pages(site) == numbers(4)
    assert (len(articles(db)), walked(db)) == (COUNT, True)


@pytest.mark.parametrize("total", [0, 7, 27])
def test_a_count_that_the_listing_exceeds_proves_nothing(db: Path, total: int) -> None:
    with serving(HutSite(COUNT, rest_total=total)) as site:
        assert walk(db, site).code == 0
        assert pages(site) == numbers(5)
    assert len(articles(db)) == COUNT


@pytest.mark.parametrize("below", ["500", "login", "half", "403"])
def test_what_proves_no_end_leaves_the_walk_open(db: Path, below: str) -> None:
    with serving(HutSite(COUNT, rest="off", below=below)) as site:
        result = walk(db, site)
        assert (result.code, len(articles(db)), walked(db)) == (1, COUNT, False)
        assert "/en/page/5" in result.err
        assert rows(db, "SELECT * FROM absences") == []
        checked = run("nejat", "check", "--offline", "--db", db)
        assert (checked.code, "has not been read below page 4" in checked.out) == (1, True), checked.out
        site.below = "404"
        assert walk(db, site).code == 0
        assert pages(site) == ["/en/", "/en/page/4", "/en/page/5"]
    assert walked(db)


def test_a_page_by_number_that_cannot_be_read_is_a_gap_and_no_end(db: Path) -> None:
    with serving(HutSite(COUNT, rest="off", broken={"/en/page/2": "500"})) as site:
        result = walk(db, site)
        assert (result.code, len(articles(db))) == (1, COUNT - 10)
        assert "page 2 of the listing of en is left out" in result.err
        site.broken.clear()
        assert walk(db, site).code == 0
    assert (len(articles(db)), walked(db)) == (COUNT, True)


def test_below_a_page_that_cannot_be_read_a_404_is_no_end(db: Path) -> None:
    with serving(HutSite(COUNT, rest="off", broken={"/en/page/2": "500", "/en/page/3": "404"})) as site:
        result = walk(db, site)
        assert (result.code, len(articles(db)), walked(db)) == (1, 10, False)
        site.broken.clear()
        assert walk(db, site).code == 0
    assert (len(articles(db)), walked(db)) == (COUNT, True)


def test_a_night_reads_on_by_number_as_long_as_there_is_news(db: Path) -> None:
    with serving(HutSite(COUNT)) as site:
        assert walk(db, site).code == 0
        assert walk(db, site).code == 0
        assert len(site.asked) == 3
        for number in range(1, 13):
            site.publish(100 + number)
        assert walk(db, site).code == 0
        assert pages(site) == numbers(3)
        assert len(articles(db)) == COUNT + 12
        assert walk(db, site, full="1").code == 0
        assert pages(site) == numbers(6)
    assert walked(db)


def test_posts_that_were_met_by_number_are_not_missing_and_one_that_was_not_is(db: Path) -> None:
    with serving(HutSite(COUNT)) as site:
        assert walk(db, site).code == 0
        gone = site.posts.pop(25)
        for _ in range(2):
            assert walk(db, site, full="1").code == 0
            assert [path for path in site.asked if "/posts/" in path] == [f"/en/posts/{gone.post_id}"]
    states = {article["post_id"]: article["status"] for article in articles(db).values()}
    assert [post for post, status in states.items() if status == "gone"] == [gone.post_id]


def test_arguments_end_a_walk_by_number_too(db: Path) -> None:
    with serving(HutSite(COUNT, rest="off")) as site:
        assert walk(db, site, max_pages="2").code == 0
        assert pages(site) == numbers(2)
        assert (len(articles(db)), walked(db)) == (20, False)
        assert walk(db, site, since="2021-01-01").code == 0
        assert pages(site) == numbers(2)
        assert walk(db, site).code == 0
    assert (len(articles(db)), walked(db)) == (COUNT, True)


def test_a_full_first_page_that_is_the_last_is_compared_with_what_the_site_says_it_has(db: Path) -> None:
    with serving(HutSite(COUNT, rest="off", shown=10)) as site:
        result = walk(db, site)
        assert result.code == 0, result.err
        assert pages(site) == numbers(2)
    assert {article["body"] for article in articles(db).values()} == {hut.body for hut in site.posts}


def test_a_short_first_page_is_the_last_without_a_survey(db: Path) -> None:
    with serving(HutSite(7, rest="off")) as site:
        assert walk(db, site).code == 0
        assert not any("sitemap" in path for path in site.asked)
    assert (len(articles(db)), walked(db)) == (7, True)
