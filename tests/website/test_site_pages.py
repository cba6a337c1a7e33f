"""An article's citation and history, the lists and feeds, what is published: over HTTP."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs
from urllib.request import Request
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading.corpus_version import corpus_version
from nejat_crawler.website.rendering.body_html import render_body
from nejat_crawler.word_diff import compare_words
from tests.support.served import Site, article, make_archive, serving

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = 'A {title} & "more" % <b>'
BODY = (
    '<p>One <a href="https://www.nejatngo.org/fa/posts/3">two</a> <img src="https://x.example/a.jpg" alt="A hut"></p>'
)
ROWS = [
    article(1, title=HOSTILE, body="One two three four five.", body_html=BODY, byline="Ada Gull",
            published="2023-10-28", versions=3, changed_at="2026-03-01T08:00:00Z"),
    article(2, title="Later", published="2023-11-02", status="gone", body="One avalanche dog three."),
    article(3, edition="fa", title="باران", published="2023-10-28", body="باران می‌بارد."),
    article(4, title="Alike", published="2010-01-01", body="An avalanche dog, and nothing else.", category="Other",
            author="Hut Editors", versions=2, capture_id=7, reextracted_at="2026-05-01T08:00:00Z"),
    article(5, title="Earlier", published="2023-10-01", body="Words."),
]  # fmt: skip
VERSION = {"article_id": "en-1", "source": "listing", "seen_from": "2026-01-01T08:00:00Z"}
TABLES = {
    "captures": [
        {"id": 7, "url": "https://www.nejatngo.org/en/posts/4", "time": "2026-01-01T08:00:00Z", "status": 200,
         "digest": "sha1:ABC", "file": "a run-1.warc.gz", "offset": 15166, "length": 99},
    ],
    "articles": ROWS,
    "article_categories": [{"article_id": row["id"], "position": 1, "name": row["category"]} for row in ROWS],
    "article_tags": [{"article_id": "en-1", "position": 1, "name": "a/b; c"}],
    "links": [
        {"article_id": "en-1", "position": 1, "url": "https://www.nejatngo.org/fa/posts/3", "text": "two",
         "target": "fa-3"},
    ],
    "images": [{"article_id": "en-1", "position": 1, "src": "https://x.example/a.jpg", "alt": "A hut"}],
    "article_versions": [
        {**VERSION, "version": 1, "title": "A", "categories": '["Old"]', "body": "One two four five.",
         "seen_until": "2026-02-01T08:00:00Z"},
        {**VERSION, "version": 2, "title": HOSTILE, "categories": '["News"]', "body": "One two four 5.",
         "seen_until": "2026-02-20T08:00:00Z"},
        {**VERSION, "article_id": "en-4", "version": 1, "title": "Alike", "categories": '["Other"]',
         "body": "An avalanche dog. Share", "seen_until": "2026-02-20T08:00:00Z"},
    ],
    "status_changes": [
        {"article_id": "en-2", "changed_at": "2026-04-01T08:00:00Z", "status": "gone", "why": "404 in two runs"}
    ],
    "newsletters": [{"id": "en-n1", "edition": "en", "title": "Issue", "numbers": "[1]", "found_at": "a.pdf",
                     "captured_at": "2026-01-01T08:00:00Z", "period": "May 2014"}],
    "newsletter_stories": [
        {"newsletter_id": "en-n1", "position": n, "title": "S", "text": "x", "article_id": name}
        for n, name in enumerate(("en-1", "en-5"))
    ],
    "newsletter_posts": [{"article_id": "en-4", "number": 92, "pdf_url": "https://x.example/92.pdf"}],
    "runs": [
        {"command": "crawl", "arguments": "{}", "started_at": "x", "finished_at": "2026-05-01T08:00:00Z",
         "outcome": "finished", "new": 3, "changed": 1, "gone": 1,
         "coverage": json.dumps({"en": {"known": 7, "archived": 4, "missing": ["en-8", "en-9"], "gone": 1}})},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("pages") / "pages.db", TABLES)


@pytest.fixture(scope="module")
def site(archive: Path) -> Iterator[Site]:
    with serving(archive) as served:
        yield served


def soup(site: Site, path: str) -> BeautifulSoup:
    answer = site.get(path)
    assert answer.status == 200, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def test_citation_for_reference_managers(site: Site) -> None:
    page = soup(site, "/nejat/articles/en-1")
    meta = {tag["name"]: tag["content"] for tag in page.select("meta[name^=citation_]")}
    assert meta["citation_title"] == HOSTILE
    assert meta["citation_author"] == "Ada Gull"
    assert meta["citation_publication_date"] == "2023/10/28"
    coins = parse_qs(str(page.select(".Z3988")[0]["title"]))
    assert coins["rft.title"] == [HOSTILE]
    citation = page.select(".citation")[0]
    assert HOSTILE in citation.get_text()
    posted = soup(site, "/nejat/articles/en-4")  # no byline, but an account: the same to all
    assert posted.select("meta[name=citation_author]")[0]["content"] == "Hut Editors"
    assert parse_qs(str(posted.select(".Z3988")[0]["title"]))["rft.creator"] == ["Hut Editors"]
    assert "AU  - Hut Editors" in site.get("/nejat/articles/en-4.ris").text
    assert posted.select(".citation")[0].get_text().startswith("Hut Editors (")
    # each part by itself: in a Persian name's paragraph the date would stand the wrong way round
    assert [part.get_text() for part in citation.select("bdi")][:3] == ["Ada Gull", " (2023-10-28). ", HOSTILE]
    assert "dir" not in citation.attrs


def test_citation_files(site: Site) -> None:
    bibtex = site.get("/nejat/articles/en-1.bib").text
    assert r"title = {{A \textbraceleft{}title\textbraceright{} \& " in bibtex
    assert re.search(r"note = \{Archived as en-1, corpus version [0-9a-f]{16}\}", bibtex)
    assert bibtex.count("{") == bibtex.count("}")
    ris = site.get("/nejat/articles/en-1.ris").text.split("\r\n")
    assert ris[0] == "TY  - ELEC"
    assert f"TI  - {HOSTILE}" in ris
    assert ris[-2] == "ER  - "
    item = json.loads(site.get("/nejat/articles/en-1.csl.json").text)[0]
    assert (item["title"], item["issued"]) == (HOSTILE, {"date-parts": [[2023, 10, 28]]})
    assert site.get("/nejat/articles/en-1.txt").text.startswith(f"{HOSTILE}\n\n2023-10-28\n\nOne two three")
    assert site.get("/nejat/articles/en-1.json", _shape="objects").json()["rows"][0]["title"] == HOSTILE
    for path in ("none", "none.txt", "none.bib"):
        assert site.get(f"/nejat/articles/{path}").status == 404


def test_the_record_that_was_read_is_named_and_what_was_read_anew_is_no_edit(site: Site) -> None:
    page = " ".join(BeautifulSoup(site.get("/nejat/articles/en-4").text, "html.parser").get_text().split())
    assert "byte 15,166 of a run-1.warc.gz sha1:ABC" in page
    assert "Version 2: read anew by a later extractor" in page
    assert "no edit by the site" in page
    assert site.get("/nejat/captures/7").status == 200
    assert "en-4" not in site.get("/nejat/changes.atom").text


def test_history_shows_words(site: Site) -> None:
    page = soup(site, "/nejat/articles/en-1")
    versions = page.select(".history details")
    assert [version.summary.get_text()[:9] for version in versions if version.summary] == ["Version 3", "Version 2"]
    assert "5." in versions[0].select("del")[-1].get_text()
    assert "three" in versions[0].select("ins")[0].get_text()
    assert versions[1].select("del bdi")[0].get_text() == "Old"
    assert not soup(site, "/nejat/articles/en-5").select(".history")


@pytest.mark.parametrize(
    ("old", "new", "passages"),
    [
        ("a b c", "a b c", []),
        ("a b  c", "a b c", []),
        ("", "a", [("in", "a")]),
        ("a b c d e", "a b x d e", [("same", "a b"), ("out", "c"), ("in", "x"), ("same", "d e")]),
        ("a\n\nb", "a\n\nc", [("same", "a ¶"), ("out", "b"), ("in", "c")]),
    ],
)
def test_comparison(old: str, new: str, passages: list[tuple[str, str]]) -> None:
    assert compare_words(old, new) == passages


def test_a_long_comparison_ends_soon() -> None:
    many = " ".join(map(str, range(50_000)))
    assert compare_words(many, many[::-1])
    shortened = compare_words("x " + many[:20_000], "y " + many[:20_000])
    assert [sort for sort, _ in shortened] == ["out", "in", "same", "skip"]


def test_what_is_near(site: Site) -> None:
    page = soup(site, "/nejat/articles/en-1")
    assert [link["href"] for link in page.select(".turn a")] == ["/nejat/articles/en-2", "/nejat/articles/en-5"]
    near = {str(part.h2 and part.h2.get_text()): part.get_text() for part in page.select(".related section")}
    assert "Earlier" in near["In the same newsletter"]
    assert "باران" in near["Links in the text"]
    assert HOSTILE in soup(site, "/nejat/articles/fa-3").select(".related")[0].get_text()
    alike = soup(site, "/nejat/articles/en-2").select(".related section")[0]
    assert "Alike" in alike.get_text()
    assert "no. 92" in soup(site, "/nejat/issues").get_text()


def test_persian_article_has_both_dates(site: Site) -> None:
    facts = soup(site, "/nejat/articles/fa-3").select("article .facts")[0].get_text()
    assert "۶ آبان ۱۴۰۲" in facts
    assert "28 October 2023" in facts


def test_pictures_are_words_and_links(site: Site) -> None:
    page = soup(site, "/nejat/articles/en-1")
    assert not page.select("img")
    assert page.select(".body .picture a")[0]["href"] == "https://x.example/a.jpg"
    assert page.select(".body a.local")[0]["href"] == "/nejat/articles/fa-3"


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<h1>a</h1>", "<h2>a</h2>"),
        ("<li>a</li>", "<div>a</div>"),
        ("<ul><li>a</li></ul>", "<ul><li>a</li></ul>"),
        ('<a href="https://a.example/"></a>b', "b"),
        ('<a href="https://a.example/"><b></b></a>', "<b></b>"),
        ("<a>plain</a>", "plain"),
        ("<a href='#top'>a</a><a href='/en/posts/1'>b</a>", "ab"),  # they would lead into this site
        ("<h3 lang='fa'>a</h3><h6>b</h6><h2>c</h2><h4>d</h4>",
         '<h2 lang="fa">a</h2><h3>b</h3><h2>c</h2><h3>d</h3>'),
        ("<h2> </h2><h3><b></b></h3><h4>a</h4>", "<h2>a</h2>"),
        ("<table><tr><td><table></table></td></tr></table>",
         '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table><tbody><tr><td><table></table>'
         "</td></tr></tbody></table></div>"),
        ('<a href="https://a.example/"><img src="https://a.example/i.png" alt="x > y"></a>',
         '<a href="https://a.example/" rel="noopener noreferrer nofollow"><span class="picture"><bdi>x &gt; y</bdi>'
         "</span></a>"),
    ],
)  # fmt: skip
def test_shown_markup_is_whole(markup: str, shown: str) -> None:
    assert render_body(markup, {}) == shown


def test_front_page_says_how_complete_and_fresh(site: Site) -> None:
    page = soup(site, "/")
    cells = {
        str(row.th and row.th.get_text()): [cell.get_text() for cell in row.select("td")][:4]
        for row in page.select(".counts tbody tr")
    }
    assert cells == {"English": ["4", "7", "2", "1"], "Persian": ["1", "not known", "not known", "0"]}
    assert "2026-05-01 08:00 UTC: finished; 3 new, 1 changed, 1 gone" in page.get_text()
    bars = {link["aria-label"]: link["href"] for link in page.select("svg a")}
    assert bars["Oct 2023: 3 articles"] == "/nejat/timeline/2023-10"
    dates = {section.h2.get_text(): section.li.time.get_text() for section in page.select("aside section")}  # type: ignore[union-attr]
    assert dates == {"Latest changes": "2026-03-01", "Latest removals": "2026-04-01"}  # not of publication
    assert site.get(bars["Oct 2023: 3 articles"]).text.count('<article class="entry"') == 3


def test_the_version_of_the_corpus_is_shown(site: Site, archive: Path) -> None:
    with Archive.open_readonly(archive) as opened:
        version = corpus_version(opened.db)
    for path in ("/", "/nejat/about", "/nejat/articles/en-1"):
        assert version in soup(site, path).select("main")[0].get_text(), path


def test_lists_lead_on(site: Site) -> None:
    category = soup(site, "/nejat/categories").select("tbody a")[0]
    assert category.get_text() == "News"
    assert "4 articles" in soup(site, str(category["href"])).get_text()
    tag = soup(site, "/nejat/tags").select(".chips a")[0]
    assert HOSTILE in soup(site, str(tag["href"])).select(".entry h2")[0].get_text()
    issue = next(link for link in soup(site, "/nejat/issues").select("main a") if link.get_text() == "Issue")
    assert len(soup(site, str(issue["href"])).select(".entry")) == 2
    assert "A hut" in soup(site, "/nejat/pictures").get_text()
    for path in ("/nejat/timeline/1999-01", "/nejat/tags/nothing", "/sitemap-9.xml"):
        assert site.get(path).status == 404
    month = soup(site, "/nejat/timeline/2023-10")
    assert month.select("h1")[0].get_text() == "October 2023"
    assert [link.get_text() for link in month.select(".facts a[rel]")] == ["January 2010", "November 2023"]
    assert soup(site, "/nejat/timeline/2023?edition=fa").select(".entry h2 a")[0].get_text() == "باران"


def test_a_month_of_the_persian_calendar_leads_to_its_days_and_an_edition_that_is_none_is_said_to_be_none(
    site: Site,
) -> None:
    for period, titles in (("1402", {HOSTILE, "باران", "Earlier", "Later"}), ("1402-07", {"Earlier"})):
        shown = soup(site, f"/nejat/timeline/{period}")
        assert {link.get_text() for link in shown.select(".entry h2 a")} == titles
    assert site.get("/nejat/timeline/1402-13").status == 404
    refused = site.get("/nejat/timeline/2023?edition=de")
    assert (refused.status, "edition=de is not known: en, fa, ar, sq are" in refused.text) == (404, True)


@pytest.mark.parametrize(
    ("feed", "first"), [("new", HOSTILE), ("changes", HOSTILE), ("removals", "Later")], ids=lambda value: value[:8]
)
def test_feeds(site: Site, feed: str, first: str) -> None:
    answer = site.get(f"/nejat/{feed}.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    tree = ElementTree.fromstring(answer.text)
    titles = [entry.findtext(f"{ATOM}title") for entry in tree.iter(f"{ATOM}entry")]
    assert first in titles
    keys = [entry.findtext(f"{ATOM}id") for entry in tree.iter(f"{ATOM}entry")]
    assert len(set(keys)) == len(keys) > 0
    assert tree.findtext(f"{ATOM}id") == f"tag:nejatngo.org,2003:archive/nejat/{feed}.atom"  # whatever the host
    assert not [one for one in tree.iter(f"{ATOM}summary") if not one.text]
    links = {entry.find(f"{ATOM}link").get("href") for entry in tree.iter(f"{ATOM}entry")}  # type: ignore[union-attr]
    assert all(str(link).startswith(f"{site.address}/nejat/articles/") for link in links)
    assert all(str(link).endswith("#history") for link in links) is (feed == "changes")
    assert all(
        re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}Z", moment.text or "") for moment in tree.iter(f"{ATOM}updated")
    )
    assert site.get(f"/nejat/{feed}").status == 200


def test_addresses_for_machines(site: Site) -> None:
    sitemap = site.get("/sitemap-1.xml").text
    assert all(f"/nejat/articles/{row['id']}</loc>" in sitemap for row in ROWS)
    assert "sitemap-1.xml" in site.get("/sitemap.xml").text
    robots = site.get("/robots.txt").text
    assert "Disallow: /nejat/search" in robots
    assert f"Sitemap: {site.address}/sitemap.xml" in robots
    # a page is kept in memory, but not for those who come by another way
    behind_tls = Request(f"{site.address}/robots.txt", headers={"X-Forwarded-Proto": "https"})
    assert f"Sitemap: {site.address.replace('http', 'https')}/sitemap.xml" in site.ask(behind_tls).text
    named = re.findall(r"\((http[^)]+)\)", site.get("/llms.txt").text)
    assert len(named) > 4
    for address in named:
        assert site.get(address.removeprefix(site.address).replace("en-15193", "en-1")).status == 200


def test_a_page_is_kept_only_until_something_is_written(tmp_path: Path) -> None:
    path = make_archive(tmp_path / "kept.db", {"articles": ROWS[:1]})
    with serving(path) as site:
        assert "<strong>1</strong> article" in site.get("/").text
        with Archive.open(path) as archive:
            archive.db.table("articles").insert(article(9, title="A new one"))
        for _ in range(50):
            if "<strong>2</strong> article" in site.get("/").text:
                break
        assert "A new one" in site.get("/").text


def test_archive_where_nothing_can_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "shut"
    folder.mkdir()
    path = make_archive(folder / "nejat.db", {"articles": ROWS[:1]})
    for part in folder.glob("nejat.db-*"):
        part.unlink()
    program = (
        "import os, sys; os.access = lambda *a: False\n"  # root may write anywhere, whatever the mode says
        "from pathlib import Path; from nejat_crawler.archive.reading.open_file import open_for_search\n"
        "print(open_for_search(Path(sys.argv[1])).execute('select count(*) from articles').fetchone()[0])"
    )
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=False)
    finally:
        folder.chmod(stat.S_IRWXU)
    assert done.stdout == "1\n", done.stderr
    assert not list(folder.glob("nejat.db-*"))
