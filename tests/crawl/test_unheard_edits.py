"""The REST interface does not tell what was edited: that is not "nothing", and it is said once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crawl.test_increments import let_a_day_pass
from tests.support.commands import Result, articles, crawl, rows
from tests.support.hut_site import Hut, HutSite, serving

#: What stands around the list, and is no list itself.
WRAPPED: dict[str, Callable[[str], str]] = {
    "a notice before it": lambda json: (
        f"<br />\n<b>Warning</b>: Array to string, use [] in <b>/x.php</b><br />\n{json}"
    ),
    "a notice without markup": lambda json: f"\nDeprecated: $a[0] is null in /srv/x.php on line 5\n{json}",
    "a comment behind it": lambda json: f"{json}\n<!-- Performance optimised; debug: cached@1700000000 -->",
    "a script behind it": lambda json: f'{json}<script>var a = [{{"id": 5}}];</script>',
}
SPOILT: dict[str, Callable[[str], tuple[int, str]]] = {
    "breaks off within an entry": lambda json: (200, json[:-9]),
    "breaks off behind a list within": lambda json: (200, json.replace('"tags": []', '"x": [{"id": 4}]')[:-9]),
    "a consent page": lambda _: (200, "<html><body>Before you continue</body></html>"),
    "an object": lambda _: (200, '{"code": "rest_cookie_invalid", "data": []}'),
    "posts without times": lambda json: (200, json.replace("modified_gmt", "modified_hidden")),
    "503": lambda _: (503, ""),
}


def night(db: Path, site: HutSite, *options: str, **arguments: str) -> Result:
    if db.exists():
        let_a_day_pass(db)
    site.asked.clear()
    return crawl(db, site.base_url, "-s", "RETRY_TIMES=0", *options, edition="en", **arguments)


def own_pages(site: HutSite) -> list[str]:
    return [path for path in site.asked if "/posts/" in path and "wp-json" not in path]


def edit(hut: Hut) -> None:
    hut.paragraphs[1] = "The stove was taken away."
    hut.modified = "2026-11-20T08:00:00"


@pytest.mark.parametrize("around", WRAPPED)
def test_a_list_with_other_output_around_it_is_read(db: Path, around: str) -> None:
    with serving(HutSite(34)) as site:
        assert night(db, site).code == 0
        edit(site.posts[30])
        site.spoils = lambda json: (200, WRAPPED[around](json))
        assert night(db, site).code == 0
        assert own_pages(site) == [f"/en/posts/{site.posts[30].post_id}"]
        assert night(db, site).code == 0
        assert own_pages(site) == []
    assert articles(db)[f"en-{site.posts[30].post_id}"]["body"] == site.posts[30].body


@pytest.mark.parametrize("spoilt", SPOILT)
def test_what_cannot_be_read_is_said_once_and_made_up_for(db: Path, spoilt: str) -> None:
    with serving(HutSite(34)) as site:
        assert night(db, site).code == 0
        site.spoils = SPOILT[spoilt]
        first = night(db, site)
        assert (first.code, "it is not known what was edited" in first.err) == (1, True), first
        assert len(own_pages(site)) == 10
        second = night(db, site)
        assert (second.code, "edited" in second.out) == (0, False), second
        edit(hut := site.posts[12])
        site.spoils = None
        healed = night(db, site)
        assert (healed.code, "tells again what was edited" in healed.out) == (0, True), healed
        assert own_pages(site) == [f"/en/posts/{hut.post_id}"]
    assert articles(db)[f"en-{hut.post_id}"]["versions"] == 2


def test_an_interface_that_is_switched_off_is_said_and_the_rotation_comes_round(db: Path) -> None:
    with serving(HutSite(34)) as site:
        assert night(db, site).code == 0
        edit(site.posts[20])
        site.rest = "off"
        result = night(db, site)
        assert (result.code, "wp-json/wp/v2/posts answered 404" in result.out) == (0, True), result
        met = set(own_pages(site))
        for _ in range(3):
            later = night(db, site)
            assert (later.code, "what was edited" in later.out) == (0, False), later
            met |= set(own_pages(site))
        assert met == {f"/en/posts/{hut.post_id}" for hut in site.posts}
        # what is off and what does not answer is not the same
        site.spoils = lambda _: (502, "")
        site.rest = "on"
        assert night(db, site).code == 1
    assert articles(db)[f"en-{site.posts[20].post_id}"]["body"] == site.posts[20].body


def test_an_interface_that_never_told_is_a_notice(db: Path) -> None:
    with serving(HutSite(12, rest="off")) as site:
        first = night(db, site)
        assert (first.code, "it is not known what was edited" in first.out) == (0, True)
        assert own_pages(site) == []  # all of them have just been read
        second = night(db, site)
        assert (second.code, "edited" in second.out) == (0, False)


def test_robots_txt_may_forbid_the_interface_which_is_said(db: Path) -> None:
    with serving(HutSite(12)) as site:
        assert night(db, site).code == 0
        site.robots = "User-agent: *\nDisallow: /en/wp-json/\n"
        result = night(db, site)
        assert (result.code, "robots.txt" in result.out, "it is not known" in result.out) == (0, True, True), result


#: Most of the articles are edited in one night, and it is meant.
ALL_EDITED = ("-a", "accept_changes=1")


def test_edits_of_a_second_page_that_fails_are_not_forgotten(db: Path) -> None:
    with serving(HutSite(130)) as site:
        assert night(db, site).code == 0
        for hut in site.posts[:110]:
            edit(hut)
        site.spoils = lambda json: (200, json) if '"id": 1130' in json else (500, "")
        assert night(db, site, *ALL_EDITED, "-s", "NEJAT_MOST_FAILURES=500").code == 1
        site.spoils = None
        assert night(db, site, *ALL_EDITED).code == 0
    bodies = {name: article["body"] for name, article in articles(db).items()}
    assert bodies == {f"en-{hut.post_id}": hut.body for hut in site.posts}


def test_an_interface_that_does_not_count_its_pages_is_asked_for_the_next(db: Path) -> None:
    with serving(HutSite(130)) as site:
        assert night(db, site).code == 0
        for hut in site.posts[:110]:
            edit(hut)
        site.counts = False
        assert night(db, site, *ALL_EDITED).code == 0
        assert sum("wp-json" in path for path in site.asked) == 2
    bodies = {name: article["body"] for name, article in articles(db).items()}
    assert bodies == {f"en-{hut.post_id}": hut.body for hut in site.posts}
    assert rows(db, "SELECT * FROM marks WHERE name = 'edits_unheard' AND value != ''") == []
