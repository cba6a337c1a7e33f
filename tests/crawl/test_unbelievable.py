"""What no honest site shows in one night: it is not believed, it is said, and it can be taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.crawl.test_increments import let_a_day_pass
from tests.support.commands import articles, crawl, rows, run
from tests.support.hut_site import HutSite, serving

REOPENED = "<p>" + "".join(f"<b id={number}>" for number in range(2_000)) + "<p>x" * 8_000


def edit_all(site: HutSite, text: str) -> None:
    for hut in site.posts:
        hut.paragraphs = [f"{text} Nothing of hut {hut.post_id} is left, and nobody asks for its stove.", "Come in."]


def everything(db: Path) -> dict[str, list[dict[str, object]]]:
    """What is archived of texts, with their states, pictures and links, but for when they were met."""
    tables = ("articles", "article_versions", "article_categories", "images", "links", "teasers")
    found = {table: rows(db, f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}
    met = ("first_seen", "last_seen", "checked_at")
    found["articles"] = [{name: row[name] for name in row.keys() - {*met}} for row in found["articles"]]
    return found


def test_a_run_that_finds_most_texts_changed_takes_its_changes_back_and_a_run_can_be_undone(db: Path) -> None:
    with serving(HutSite(34)) as site:
        assert crawl(db, site.base_url, edition="en").code == 0
        before = {name: article["body"] for name, article in articles(db).items()}
        honest = [hut.paragraphs for hut in site.posts]
        whole = everything(db)

        edit_all(site, "Cheap watches!")
        for night in ({"full": "1"}, {"full": "1"}, {}):
            let_a_day_pass(db)
            refused = crawl(db, site.base_url, edition="en", **night)
            assert refused.code == 1
            assert "show another title or text" in refused.err
            assert "--accept-changes" in refused.err
            assert rows(db, "SELECT outcome FROM runs ORDER BY id DESC LIMIT 1") == [{"outcome": "changes"}]
        assert everything(db) == whole

        assert crawl(db, site.base_url, edition="en", full="1", accept_changes="1").code == 0
        assert {article["body"][:14] for article in articles(db).values()} == {"Cheap watches!"}
        number = str(rows(db, "SELECT max(id) AS id FROM runs")[0]["id"])
        undone = run("nejat", "history", "--undo", number, "--db", db)
        assert (undone.code, "34 articles are again as before run" in undone.out) == (0, True), undone
        assert {name: article["body"] for name, article in articles(db).items()} == before
        assert "no change to take back" in run("nejat", "history", "--undo", number, "--db", db).out

        for hut, paragraphs in zip(site.posts, honest, strict=True):
            hut.paragraphs = paragraphs
        healed = crawl(db, site.base_url, edition="en", full="1")
        assert (healed.code, "changed" in healed.out) == (0, False), healed
        assert rows(db, "SELECT count(*) AS number FROM articles WHERE body_html IS NULL") == [{"number": 0}]


def test_numbers_and_days_that_cannot_be_are_said_and_hide_no_edit(db: Path) -> None:
    odd = [{"id": 2**64, "modified_gmt": "2026-11-01T00:00:00"}, {"id": 1003, "modified_gmt": "9999-12-31T23:59:59"}]
    with serving(HutSite(12)) as site:
        assert crawl(db, site.base_url, edition="en").code == 0
        let_a_day_pass(db)
        mark = rows(db, "SELECT value FROM marks WHERE name = 'modified_at'")
        hut = site.posts[11]
        hut.paragraphs[1], hut.modified = "The stove was taken away.", "2026-11-20T08:00:00"
        site.spoils = lambda answer: (200, json.dumps([*odd, *json.loads(answer)]))
        result = crawl(db, site.base_url, edition="en")
        assert result.code == 1
        assert "a post has the number 18446744073709551616" in result.err
        assert "post 1003 was last edited on 9999-12-31T23:59:59, which is to come" in result.err
        assert rows(db, "SELECT value FROM marks WHERE name = 'modified_at'") == mark
        assert articles(db)[f"en-{hut.post_id}"]["body"] == hut.body


def test_a_count_that_never_stays_the_same_and_a_sitemap_that_lies_end_a_run_soon(db: Path) -> None:
    namespace = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    with serving(HutSite(110)) as site:
        urls = "".join(f"<url><loc>{{base}}/en/posts/{number}</loc></url>" for number in range(1001, 3001))
        site.files["/en/wp-sitemap.xml"] = f"<urlset {namespace}>{urls}</urlset>"
        count = iter(range(10**6))

        def spoil(answer: str) -> tuple[int, str]:
            site.rest_total = 100 + next(count) % 2
            return 200, answer

        site.spoils = spoil
        result = crawl(db, site.base_url, edition="en", via="api", full="1")
        assert result.code == 1
        assert "counts its posts otherwise with each answer" in result.err
        assert "a run asks for the newest 200 of them" in result.err
        assert len(site.asked) < 220


def test_a_page_too_costly_to_read_is_left_out_and_the_walk_goes_on(db: Path) -> None:
    with serving(HutSite(24, link=True)) as site:
        site.posts[3].paragraphs[1] = REOPENED
        result = crawl(db, site.base_url, edition="en")
        assert result.code == 1
        assert "page 1 of the listing of en is left out" in result.err
        assert "takes too" in result.err
        assert {f"en-{hut.post_id}" for hut in site.posts[10:]} <= articles(db).keys()


@pytest.mark.parametrize("canonical", ["https://evil.example/en/posts/1003", "{base}/fa/posts/1003"])
def test_a_page_that_says_that_it_is_another_sites_or_editions_is_not_archived(db: Path, canonical: str) -> None:
    with serving(HutSite(12)) as site:
        page = site.answer("/en")[1]
        site.files["/en"] = page.replace("<title>", f'<link rel="canonical" href="{canonical}"><title>')
        result = crawl(db, site.base_url, edition="en")
        assert result.code == 1
        assert "a page of another" in result.err
        assert f"en-{site.posts[0].post_id}" not in articles(db)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("wp-sitemap.xml", "<urlset>" + "<url/>" * 1_000_001, "wp-sitemap.xml cannot be read: it has 1,000,002 tags"),
        ("feed", "<rss><item>" + "<guid/>" * 1_000_001, "feed has more than 1,000,000 tags"),
    ],
)
def test_a_sitemap_or_feed_of_a_million_tags_is_said(db: Path, name: str, content: str, said: str) -> None:
    with serving(HutSite(3, files={f"/en/{name}": content})) as site:
        result = crawl(db, site.base_url, edition="en", full="1")
    assert result.code == 1
    assert said in result.err
