"""A page that breaks off with another document behind it: the half is no page, and nothing below it is archived."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from nejat_crawler.extraction.page import read_page
from nejat_crawler.extraction.page_breaks import split_at_break
from tests.support.commands import articles, crawl, rows, run
from tests.support.hut_site import OPENING, HutSite, serving

APPENDED = {
    "wp_die": '<!DOCTYPE html>\n<html lang="fa-IR" dir="rtl"><head><title>وردپرس &rsaquo; خطا</title></head>'
    '<body id="error-page"><div class="wp-die-message"><p>یک خطای مهم رخ داده است.</p></div></body></html>',
    "host": "<html>\r\n<head><title>508</title><script>var a;</script></head><body><center><h1>Resource Limit Is"
    " Reached</h1></center></div><hr></body>\r\n</html>\r\n",
    "fatal error": "<br />\n<b>Fatal error</b>:  Maximum execution time exceeded in <b>/srv/kses.php</b>"
    " on line <b>5</b><br />\n",
    "fatal error, closed by a proxy": "<br />\n<b>Fatal error</b>:  Out of memory in <b>/srv/x.php</b>"
    " on line <b>7</b><br />\n<!-- proxy --></body></html>",
    "no more than a body": '<body id="error-page"><p>There has been a critical error on this site.</p></body></html>',
    "a proxy's script": '<script defer src="https://cdn.example/beacon.js"></script>\n</body>\n</html>',
}
#: As plugins print it into texts.
QUOTED = '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">\n<html><body><p>{}</p></body></html>'


@pytest.mark.parametrize("appended", APPENDED)
def test_half_a_listing_page_costs_what_stands_below_the_break_and_the_next_run_reads_it(
    db: Path, appended: str
) -> None:
    with serving(HutSite(25, rest="off", link=True)) as site:
        struck = site.posts[13]
        site.breaks = ("/en/page/2", OPENING.format(struck.post_id - 1000) + "</p>", APPENDED[appended])
        result = crawl(db, site.base_url, edition="en")
        assert result.code == 1
        assert "https://www.nejatngo.org/en/page/2" in result.err
        assert "breaks off" in result.err
        assert f"en-{struck.post_id}" not in articles(db)
        assert len(articles(db)) == 13
        assert rows(db, "SELECT * FROM marks WHERE name = 'walked_at'") == []
        site.breaks = ("", "", "")
        assert crawl(db, site.base_url, edition="en").code == 0
        assert {article["body"] for article in articles(db).values()} == {hut.body for hut in site.posts}


def test_a_good_text_is_never_replaced_by_half_of_it_and_an_error_page(db: Path) -> None:
    with serving(HutSite(25, link=True)) as site:
        assert crawl(db, site.base_url, edition="en").code == 0
        whole = articles(db)
        listed, edited = site.posts[13], site.posts[20]
        site.breaks = ("/en/page/2", OPENING.format(listed.post_id - 1000) + "</p>", APPENDED["wp_die"])
        assert crawl(db, site.base_url, edition="en", full="1").code == 1
        assert {name: article["body"] for name, article in articles(db).items()} == {
            name: article["body"] for name, article in whole.items()
        }
        site.breaks = ("", "", "")
        assert crawl(db, site.base_url, edition="en").code == 0
        edited.modified = "2026-11-20T08:00:00"
        site.breaks = (
            f"/en/posts/{edited.post_id}",
            OPENING.format(edited.post_id - 1000) + "</p>",
            APPENDED["host"],
        )
        result = crawl(db, site.base_url, edition="en")
        assert (result.code, "Resource Limit Is Reached" in result.err) == (1, True), result
    assert {article["versions"] for article in articles(db).values()} == {1}
    assert articles(db)[f"en-{edited.post_id}"]["body"] == edited.body


def test_a_first_page_that_breaks_off_does_not_end_a_night(db: Path) -> None:
    with serving(HutSite(25, rest="off", link=True)) as site:
        assert crawl(db, site.base_url, edition="en").code == 0
        new = site.publish(26)
        site.posts[0], site.posts[1] = site.posts[1], site.posts[0]  # a sticky post stands above what is new
        site.breaks = ("/en/", OPENING.format(26) + "</p>", APPENDED["wp_die"])
        assert crawl(db, site.base_url, edition="en").code == 1
        site.breaks = ("", "", "")
        assert crawl(db, site.base_url, edition="en").code == 0
    assert articles(db)[f"en-{new.post_id}"]["body"] == new.body


def test_a_document_that_an_article_quotes_is_no_break(db: Path) -> None:
    with serving(HutSite(14, rest="off", link=True)) as site:
        for hut in site.posts:
            hut.paragraphs[0] = QUOTED.format(f"Fatal error: the rope of hut {hut.post_id} broke.")
        result = crawl(db, site.base_url, edition="en")
    assert result.code == 0, result.err
    assert len(articles(db)) == 14
    assert all("Nobody was cold." in article["body"] for article in articles(db).values())


def test_a_saved_page_that_breaks_off_is_said_and_its_half_article_is_not_imported(db: Path, tmp_path: Path) -> None:
    site = HutSite(10, base_url="https://www.nejatngo.org")
    html = site.answer("/en/")[1]
    struck = site.posts[4]
    half = html[: html.index(OPENING.format(struck.post_id - 1000)) + 30]
    (tmp_path / "page.html").write_text(half + APPENDED["wp_die"], "utf-8")
    result = run("nejat", "import", tmp_path / "page.html", "--db", db)
    assert (result.code, "breaks off" in result.err) == (1, True), result
    assert len(articles(db)) == 4


@pytest.mark.parametrize("appended", APPENDED)
def test_wherever_a_page_breaks_off_no_entry_is_half(appended: str) -> None:
    site = HutSite(12, base_url="https://www.nejatngo.org")
    places = random.Random(7)
    for path in ("/en/", "/en/page/2", "/en/posts/1003"):
        html, url = site.answer(path)[1], f"https://www.nejatngo.org{path}"
        whole = {entry.address: entry.html for entry in read_page(html, url).entries}
        assert whole
        assert split_at_break(html) == (html, "")
        for _ in range(100):
            cut = places.randrange(html.index("<body"), html.index("</body>"))
            page = read_page(split_at_break(html[:cut] + APPENDED[appended])[0], url)
            assert {entry.address: entry.html for entry in page.entries}.items() <= whole.items(), html[:cut][-80:]


def test_an_edited_article_of_which_a_part_is_missing_is_said_and_read_once_it_is_whole(db: Path) -> None:
    with serving(HutSite(24)) as site:
        hut = site.posts[20]
        hut.parts = len(hut.paragraphs)
        assert crawl(db, site.base_url, edition="en").code == 0
        hut.paragraphs[0] = "The wardens of this hut came down again."
        hut.modified = "2026-01-05T08:00:00"
        site.broken = {f"/en/posts/{hut.post_id}/2": "404"}
        result = crawl(db, site.base_url, edition="en")
        assert (result.code, f"/en/posts/{hut.post_id}/2 answered 404" in result.err) == (1, True), result.err
        site.broken = {}
        assert crawl(db, site.base_url, edition="en").code == 0
    found = articles(db)[f"en-{hut.post_id}"]
    assert (found["body"], found["versions"]) == (hut.body, 2)
