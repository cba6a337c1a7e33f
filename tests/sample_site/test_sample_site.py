from __future__ import annotations

import http.client
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from nejat_crawler.sample_site import SampleSite, Server, serve

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.body)


def get(server: Server, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=sent)
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read())
    connection.close()
    return answer


def listed(answer: Answer) -> list[int]:
    return [int(entry.attributes["id"][5:]) for entry in answer.tree.css("article[id^=post-]")]  # type: ignore[index]


def rest_ids(server: Server, edition: str, query: str = "") -> list[int]:
    found: list[int] = []
    for page in range(1, 10):
        answer = get(server, f"/{edition}/wp-json/wp/v2/posts?_fields=id&per_page=100&page={page}{query}")
        found += [row["id"] for row in json.loads(answer.text)]
        if page >= int(answer.headers["X-WP-TotalPages"]):
            break
    return found


@pytest.fixture(scope="module")
def site() -> SampleSite:
    return SampleSite()


@pytest.fixture(scope="module")
def server(site: SampleSite) -> Iterator[Server]:
    with serve(site) as running:
        yield running


@pytest.fixture
def small() -> Iterator[tuple[SampleSite, Server]]:
    site = SampleSite(("en", "fa"), limit=12)
    with serve(site) as running:
        yield site, running


def truth_of(site: SampleSite, edition: str) -> list[dict[str, Any]]:
    return [article for article in site.truth() if article["edition"] == edition]


def test_two_sites_made_alike_have_the_same_truth(site: SampleSite) -> None:
    assert SampleSite().truth() == site.truth()
    assert Counter(article["edition"] for article in site.truth()) == {"en": 120, "fa": 40, "ar": 20, "sq": 20}
    assert len({article["id"] for article in site.truth()}) == 200
    assert len({article["post_id"] for article in site.truth()}) < 200  # editions number their posts apart


def test_every_public_post_stands_on_one_listing_page(site: SampleSite, server: Server) -> None:
    for edition in site.blogs:
        shown: list[int] = []
        for page in range(1, site.pages(edition) + 1):
            answer = get(server, f"/{edition}/" if page == 1 else f"/{edition}/page/{page}")
            assert answer.status == 200
            entries = listed(answer)
            shown += entries
            sticky = [post.post_id for post in site.public_posts(edition) if post.sticky]
            if page == 1:
                assert entries[: len(sticky)] == sticky
                assert len(entries) == 10 + len(sticky)
                shown = entries[len(sticky) :]
        assert shown == [post.post_id for post in site.public_posts(edition)]


def test_sitemap_and_rest_name_the_posts_of_the_truth(site: SampleSite, server: Server) -> None:
    for edition in site.blogs:
        expected = sorted(article["post_id"] for article in truth_of(site, edition))
        root = ElementTree.fromstring(get(server, f"/{edition}/wp-sitemap-posts-post-1.xml").body)
        paths = [urlsplit(loc.text or "").path for loc in root.iter(f"{SITEMAP}loc")]
        assert paths == [f"/{edition}/posts/{post_id}" for post_id in expected]
        assert root.find(f".//{SITEMAP}lastmod") is None
        assert sorted(rest_ids(server, edition)) == expected
        index = ElementTree.fromstring(get(server, f"/{edition}/wp-sitemap.xml").body)
        maps = [urlsplit(loc.text or "").path for loc in index.iter(f"{SITEMAP}loc")]
        assert f"/{edition}/wp-sitemap-posts-post-1.xml" in maps
        assert all(get(server, path).status == 200 for path in maps)


def test_drafts_and_scheduled_posts_appear_nowhere(site: SampleSite, server: Server) -> None:
    hidden = [post for blog in site.blogs.values() for post in blog.posts if post.status != "publish"]
    assert {post.status for post in hidden} == {"draft", "future"}
    for post in hidden:
        root = f"/{post.edition}"
        for path in (f"/posts/{post.post_id}", f"/?p={post.post_id}", f"/wp-json/wp/v2/posts/{post.post_id}"):
            assert get(server, root + path).status == 404
        assert post.id not in {article["id"] for article in site.truth()}


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/en", "/en/"),
        ("/en/page/1", "/en/"),
        ("/en/page/1?amp=1", "/en/?amp=1"),
        ("/en/page/2/", "/en/page/2"),
        ("/en/page/2/?amp=1", "/en/page/2?amp=1"),
        ("/en/posts/{plain}/2", "/en/posts/{plain}"),
        ("/en/posts/{paged}/9", "/en/posts/{paged}"),
        ("/en/posts/{paged}/1", "/en/posts/{paged}"),
        ("/en/?p={plain}", "/en/posts/{plain}"),
    ],
)
def test_redirects(site: SampleSite, server: Server, path: str, target: str) -> None:
    english = truth_of(site, "en")
    ids = {
        "plain": next(article["post_id"] for article in english if article["pages"] == 1),
        "paged": next(article["post_id"] for article in english if article["pages"] == 3),
    }
    answer = get(server, path.format(**ids))
    assert (answer.status, answer.headers["Location"]) == (301, server.base_url + target.format(**ids))


def test_what_is_not_there_wears_the_theme(server: Server) -> None:
    for path in ("/en/page/99", "/en/posts/9999999", "/en/module/none", "/fa/page/0", "/en/what", "/en/posts/x"):
        answer = get(server, path)
        assert answer.status == 404
        assert "error404" in answer.tree.body.attributes["class"]  # type: ignore[union-attr, operator]
        assert not listed(answer)
    assert get(server, "/de/").status == 404


def test_pages_accept_amp_and_leading_zeros(site: SampleSite, server: Server) -> None:
    pager = get(server, "/en/page/2?amp=1").tree
    links = [link.attributes["href"] for link in pager.css(".penci-pagination a")]
    assert links == [f"{server.base_url}/en/?amp=1", f"{server.base_url}/en/page/3?amp=1"]
    newer = get(server, "/en/page/2").tree.css(".newer a")
    assert [link.attributes["href"] for link in newer] == [f"{server.base_url}/en/"]
    post_id = site.public_posts("en")[0].post_id
    for path in (f"/en/posts/00{post_id}", f"/en/posts/{post_id}?amp=1"):
        answer = get(server, path)
        canonical = answer.tree.css_first("link[rel=canonical]").attributes["href"]  # type: ignore[union-attr]
        assert (answer.status, canonical) == (200, f"{server.base_url}/en/posts/{post_id}")


def test_html_and_rest_answers_bear_no_validators_and_pages_differ_from_fetch_to_fetch(server: Server) -> None:
    for path in ("/en/", "/en/wp-json/wp/v2/posts"):
        answer = get(server, path)
        assert answer.headers["ETag"] is None
        assert answer.headers["Last-Modified"] is None
        assert int(answer.headers["Content-Length"]) == len(answer.body)
    assert get(server, "/en/").body != get(server, "/en/").body
    head = get(server, "/en/wp-sitemap.xml", method="HEAD")
    assert head.body == b""
    assert int(head.headers["Content-Length"]) > 0


def test_archives_list_a_term_page_after_page(site: SampleSite, server: Server) -> None:
    for edition, kind, field in (
        ("en", "module", "categories"),
        ("fa", "module", "categories"),
        ("en", "tag", "tags"),
    ):
        for term in site.blogs[edition].used_terms(kind)[-4:]:
            expected = sorted(a["post_id"] for a in truth_of(site, edition) if term.name in a[field])
            path = f"/{edition}/{kind}/{term.slug}"
            pages = [get(server, path)]
            assert not pages[0].tree.css(".penci-wrapper-data")
            while older := pages[-1].tree.css_first(".older a"):
                pages.append(get(server, urlsplit(older.attributes["href"] or "").path))
            assert sorted(entry for page in pages for entry in listed(page)) == expected
    assert get(server, f"/fa/module/{site.blogs['fa'].used_terms('module')[0].slug.upper()}").status == 200


def test_feeds_share_one_etag_and_hold_the_first_page(site: SampleSite, server: Server) -> None:
    first = get(server, "/en/feed")
    channel = ElementTree.fromstring(first.body)
    items = channel.findall(".//item")
    assert [item.findtext("guid") for item in items] == [
        f"{server.base_url}/en/?p={post.post_id}" for post in site.blogs["en"].by_query()[:10]
    ]
    assert all((item.findtext("pubDate") or "").endswith("+0000") for item in items)
    paged = next(article for article in truth_of(site, "en")[:10] if article["pages"] == 2)
    contents = {item.findtext("guid"): item.findtext(CONTENT) or "" for item in items}
    content = LexborHTMLParser(contents[f"{server.base_url}/en/?p={paged['post_id']}"]).text()
    opening, ending = paged["body"].split("\n\n")[0], paged["body"].split("\n\n")[-1]
    assert opening in content
    assert ending not in content
    slug = site.blogs["en"].used_terms("module")[0].slug
    for path in ("/en/feed", "/en/feed?paged=2", f"/en/module/{slug}/feed"):
        assert get(server, path, If_None_Match=first.headers["ETag"]).status == 304
        assert get(server, path, If_None_Match='"other"').status == 200
    assert get(server, "/en/feed?paged=99").status == 404


def test_the_rest_interface_pages_and_filters(site: SampleSite, server: Server) -> None:
    root = "/en/wp-json/wp/v2/posts"
    answer = get(server, f"{root}?per_page=50&page=3&_fields=id,title.rendered,date_gmt")
    rows = json.loads(answer.text)
    assert (answer.headers["X-WP-Total"], answer.headers["X-WP-TotalPages"], len(rows)) == ("120", "3", 20)
    assert set(rows[0]) == {"id", "title", "date_gmt"}
    for query in ("per_page=101", "page=0", "per_page=50&page=4", "modified_after=yesterday"):
        assert get(server, f"{root}?{query}").status == 400
    assert get(server, f"{root}/9999999").status == 404
    article = next(article for article in truth_of(site, "en") if article["pages"] == 3)
    post = json.loads(get(server, f"{root}/{article['post_id']}?_embed=1").text)
    text = LexborHTMLParser(post["content"]["rendered"]).text()
    assert all(line.split(". ")[0] in text for line in article["body"].split("\n\n"))
    assert [term["name"] for term in post["_embedded"]["wp:term"][0]] == article["categories"]


def test_a_single_page_says_what_the_truth_says(site: SampleSite, server: Server) -> None:
    for article in (truth_of(site, edition)[place] for edition in site.blogs for place in (0, 1, 7)):
        tree = get(server, urlsplit(article["url"]).path).tree
        heading, author = tree.css_first("h1.entry-title"), tree.css_first("a.author-url")
        date = tree.css_first(".post-box-meta-single time")
        assert heading is not None
        assert author is not None
        assert date is not None
        assert heading.text() == article["title"]
        assert author.text() == article["author"]
        assert (date.attributes["datetime"], date.text()) == (article["published_at"], article["published_text"])
        assert [link.text() for link in tree.css(".single-header .cat a")] == article["categories"]
        assert len(tree.css("nav#sidebar-nav ul.menu, nav#navigation ul.menu, .menu-hgb-main")) == 3


def test_dates_and_counts_are_printed_as_each_edition_does(site: SampleSite, server: Server) -> None:
    newest = {edition: truth_of(site, edition)[0]["published_text"] for edition in site.blogs}
    assert newest == {"en": "May 18, 2024", "fa": "۲۹ اردیبهشت ۱۴۰۳", "ar": "18 مايو 2024", "sq": "18 maj 2024"}
    counts = get(server, "/fa/").tree.css(".penci-box-meta a")
    assert {"0 نظر", "۴ نظر"} <= {link.text() for link in counts}
    assert {article["published_at"][-6:] for article in site.truth()} == {"+03:30", "+04:30"}


def test_the_traps_are_there(site: SampleSite, server: Server) -> None:
    english = truth_of(site, "en")
    titles = Counter(article["title"] for article in english)
    assert titles["Weekly Digest – 213"] == 2
    assert titles[""] == 1
    bodies = Counter(article["body"] for article in english if not article["protected"])
    assert max(bodies.values()) == 2
    moments = Counter(article["published_at"] for article in english)
    assert sorted(moments.values())[-2:] == [2, 3]
    assert max(len(article["body"].encode()) for article in english) > 200_000
    assert {article["pages"] for article in english} == {1, 2, 3}
    guarded = [article for article in site.truth() if article["protected"]]
    assert {article["edition"] for article in guarded} == {"en", "fa", "ar", "sq"}
    assert all(article["body"] == "" and article["images"] for article in guarded)
    assert any("؛" in name for article in truth_of(site, "fa") for name in article["categories"])
    assert any(";" in name for article in english for name in article["categories"])
    assert any("'" in name for article in english for name in article["categories"])
    assert any("%da%a9" in image["src"] for article in english for image in article["images"])
    assert any("\u200c" in article["body"] for article in truth_of(site, "fa"))
    assert any("ي" in article["body"] and "ک" not in article["body"] for article in truth_of(site, "fa"))
    protected = get(server, urlsplit(guarded[0]["url"]).path).tree
    assert protected.css_first("form.post-password-form") is not None
    lead = protected.css_first(".post-image img")
    assert lead is not None
    assert (lead.attributes["src"] or "").endswith("penci2-holder.png")
    assert lead.attributes["data-src"] == guarded[0]["images"][0]["src"].replace(
        "https://www.nejatngo.org", server.base_url
    )


def test_a_limited_site_keeps_the_newest_posts_and_some_traps() -> None:
    site = SampleSite(limit=12)
    assert [len(site.public_posts(edition)) for edition in site.blogs] == [12] * 4
    assert site.public_posts("en")[0].id == SampleSite(("en",)).public_posts("en")[0].id
    english = truth_of(site, "en")
    assert any(article["protected"] for article in english)
    assert any(article["truncated"] for article in english)
    assert any(article["pages"] > 1 for article in english)
    assert site.pages("en") == 2


def test_the_log_counts_requests(small: tuple[SampleSite, Server]) -> None:
    _, server = small
    get(server, "/en/?amp=1", User_Agent="counter/1")
    get(server, "/en/page/7")
    first, second = server.requests
    assert (first.method, first.path_with_query, first.path) == ("GET", "/en/?amp=1", "/en/")
    assert (first.status, first.user_agent, second.status) == (200, "counter/1", 404)
    server.forget()
    assert server.requests == []


def test_publish_edit_delete_restore(small: tuple[SampleSite, Server]) -> None:
    site, server = small
    tag = get(server, "/en/feed").headers["ETag"]
    stamp = json.loads(get(server, "/en/wp-json/wp/v2/posts?orderby=modified").text)[0]["modified_gmt"]
    newest = site.public_posts("en")[0]
    post = site.publish("en", title="A bridge reopened", paragraphs=["First & last.", "The end."], tags=["bridge"])
    assert site.public_posts("en")[0] == post
    assert post.date > newest.date
    assert post.post_id > newest.post_id
    assert site.truth()[0]["body"] == "First & last.\n\nThe end."
    assert listed(get(server, "/en/"))[0] == post.post_id
    assert get(server, "/en/tag/bridge").status == 200
    assert get(server, "/en/feed", If_None_Match=tag).status == 200

    edited = site.edit("en", newest.post_id, title="Told again", paragraphs=["Anew."], categories=["Bridges"])
    page = get(server, f"/en/posts/{newest.post_id}").tree
    assert page.css_first("h1").text() == "Told again"  # type: ignore[union-attr]
    assert edited.truth()["categories"] == ["Bridges"]
    assert edited.date == newest.date
    changed = rest_ids(server, "en", f"&modified_after={stamp}Z&orderby=modified&order=asc")
    assert changed == [post.post_id, newest.post_id]

    site.delete("en", newest.post_id)
    assert get(server, f"/en/posts/{newest.post_id}").status == 404
    assert newest.id not in {article["id"] for article in site.truth()}
    assert newest.post_id not in rest_ids(server, "en")
    site.restore("en", newest.post_id)
    assert get(server, f"/en/posts/{newest.post_id}").status == 200
    with pytest.raises(KeyError):
        site.delete("en", 1)


def test_faults_strike_as_often_as_told(small: tuple[SampleSite, Server]) -> None:
    site, server = small
    site.fail(r"/page/2$", 503, times=1, headers={"Retry-After": "1"})
    answer = get(server, "/en/page/2")
    assert (answer.status, answer.headers["Retry-After"]) == (503, "1")
    assert get(server, "/en/page/2").status == 200
    site.fail(r"^/fa/", 500)
    site.slow(r"^/en/$", 0.2, times=1)
    assert [get(server, "/fa/").status for _ in range(3)] == [500] * 3
    started = time.monotonic()
    assert get(server, "/en/").status == 200
    assert time.monotonic() - started >= 0.2
    site.heal()
    assert get(server, "/fa/").status == 200
    assert [request.status for request in server.requests[:2]] == [503, 200]


def test_a_stopped_server_answers_no_longer() -> None:
    site = SampleSite(("sq",), limit=1)
    site.slow("slow", 30)
    with serve(site) as server:
        kept = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
        kept.request("GET", "/sq/")
        assert kept.getresponse().read()
        kept.request("GET", "/sq/?slow")
        started = time.monotonic()
    with pytest.raises((ConnectionError, http.client.HTTPException)):
        kept.getresponse()
    assert time.monotonic() - started < 5


def test_robots_and_links_of_a_mirror() -> None:
    with serve(SampleSite(("en", "sq"), limit=3, links="site", crawl_delay=2.5)) as server:
        robots = get(server, "/robots.txt").text
        assert "Crawl-delay: 2.5\n" in robots
        assert "Sitemap: https://www.nejatngo.org/sq/wp-sitemap.xml" in robots
        page = get(server, "/en/").text
        assert server.base_url not in page
        assert "https://www.nejatngo.org/en/posts/" in page
        assert quote("https://www.nejatngo.org/en/posts/", safe="") in page
        assert get(server, "/en/page/1").headers["Location"] == f"{server.base_url}/en/"
    with serve(SampleSite(("en",), limit=3)) as server:
        assert "Crawl-delay" not in get(server, "/robots.txt").text
        for path in ("/en/", "/en/feed", "/en/wp-json/wp/v2/posts", "/en/wp-sitemap.xml"):
            assert not re.search(r"home\.invalid|www\.nejatngo", get(server, path).text)


def test_uploads_are_pictures(site: SampleSite, server: Server) -> None:
    for image in next(article for article in truth_of(site, "fa") if len(article["images"]) > 1)["images"]:
        answer = get(server, urlsplit(image["src"]).path)
        assert (answer.headers["Content-Type"], answer.body[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
