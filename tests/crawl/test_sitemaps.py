"""Sitemaps of any plugin: what they name is read, and "complete" is proved."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import articles, crawl, rows, run
from tests.support.hut_site import HutSite, serving

COUNT = 14
HIDDEN = 1003
"""A post that no listing shows."""
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def index(*names: str) -> str:
    maps = "".join(f"<sitemap><loc>{{base}}/en/{name}</loc></sitemap>" for name in names)
    return f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex {_NAMESPACE}>{maps}</sitemapindex>'


def urls(*paths: str) -> str:
    located = "".join(f"<url><loc>{{base}}/en/{path}</loc></url>" for path in paths)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {_NAMESPACE}>{located}</urlset><!-- made by a plugin -->'


def posts(first: int = 1001, last: int = 1000 + COUNT) -> list[str]:
    return [f"posts/{number}" for number in range(first, last + 1)]


PLUGINS = {
    "Rank Math": {
        "sitemap_index.xml": index("post-sitemap1.xml", "post-sitemap2.xml", "page-sitemap.xml"),
        "post-sitemap1.xml": urls(*posts(1008)),
        "post-sitemap2.xml": urls(*posts(1001, 1007)),
    },
    "Jetpack": {
        "sitemap.xml": index("sitemap-1.xml", "image-sitemap-1.xml"),
        "sitemap-1.xml": urls("about", *posts()),
    },
    "Google XML Sitemaps": {
        "sitemap.xml": index("sitemap-misc.xml", "sitemap-pt-post-p1-2020-02.xml", "sitemap-tax-category.xml"),
        "sitemap-pt-post-p1-2020-02.xml": urls(*posts()),
    },
    "All in One SEO": {"sitemap.xml": index("addl-sitemap.xml", "post-sitemap.xml"), "addl-sitemap.xml": urls("shop"),
        "post-sitemap.xml": urls(*posts())},
    "SEOPress": {"sitemaps.xml": index("post-sitemap1.xml"), "post-sitemap1.xml": urls(*posts())},
    "an index of indexes": {
        "sitemap_index.xml": index("old.xml", "new.xml"),
        "old.xml": index("b/part.xml"),
        "new.xml": urls(*posts(1008)),
        "b/part.xml": urls(*posts(1001, 1007)),
    },
    "names of other things": {"sitemap.xml": index("sitemap-page-1.xml"), "sitemap-page-1.xml": urls(*posts())},
    "WordPress's own without posts, and another": {
        "wp-sitemap.xml": index("wp-sitemap-posts-page-1.xml"),
        "wp-sitemap-posts-page-1.xml": urls("about"),
        "sitemap.xml": urls(*posts()),
    },
    "a notice of PHP before it": {"sitemap.xml": "<br />\n<b>Notice</b>: x<br />\n" + urls(*posts())},
}  # fmt: skip
PROVES_NOTHING = {
    "no map has posts": {"sitemap.xml": index("a.xml", "b.xml"), "a.xml": urls("about"), "b.xml": urls("shop")},
    "an index without maps": {"sitemap.xml": index()},
    "an empty map": {"sitemap.xml": index("post-sitemap.xml"), "post-sitemap.xml": urls()},
    "a map that is missing": {"sitemap.xml": index("post-sitemap.xml", "post-sitemap2.xml"),
        "post-sitemap.xml": urls(*posts())},
    "a map that breaks off": {"sitemap.xml": urls(*posts())[:-90]},
    "an index that breaks off": {"sitemap.xml": index("post-sitemap.xml", "post-sitemap2.xml")[:-70],
        "post-sitemap.xml": urls(*posts())},
    "a map that is a page": {"sitemap.xml": index("a.xml", "b.xml"), "a.xml": urls(*posts()), "b.xml": "<html>"},
    "a map on another host": {"sitemap.xml": index("a.xml").replace("</sitemapindex>",
        "<sitemap><loc>https://cdn.example/b.xml</loc></sitemap></sitemapindex>"), "a.xml": urls(*posts())},
    "an index that names itself": {"sitemap.xml": index("sitemap.xml")},
}  # fmt: skip


def site_with(files: dict[str, str]) -> HutSite:
    site = HutSite(COUNT, rest="off", files={f"/en/{name}": content for name, content in files.items()})
    site.files.setdefault("/en/wp-sitemap.xml", "")
    site.unlisted = {HIDDEN}
    return site


def said(db: Path) -> tuple[str, int | None]:
    [row] = rows(db, "SELECT state, posts FROM sources WHERE name = 'sitemap'")
    return row["state"], row["posts"]


@pytest.mark.parametrize("plugin", PLUGINS)
def test_the_posts_of_any_plugin_s_sitemap_are_read(db: Path, plugin: str) -> None:
    with serving(site_with(PLUGINS[plugin])) as site:
        result = crawl(db, site.base_url, "-s", "RETRY_TIMES=0", edition="en", fill_gaps="1")
    assert result.code == 0, result.err
    assert said(db) == ("complete", COUNT)
    assert f"en-{HIDDEN}" in articles(db)


@pytest.mark.parametrize("name", PROVES_NOTHING)
def test_what_is_not_read_to_its_end_or_has_no_posts_is_not_complete(db: Path, name: str) -> None:
    with serving(site_with(PROVES_NOTHING[name])) as site:
        crawl(db, site.base_url, "-s", "RETRY_TIMES=0", edition="en", fill_gaps="1")
    state, number = said(db)
    assert state == "partial"
    assert number != 0
    checked = run("nejat", "check", "--offline", "--db", db)
    assert "sitemap: 0 posts" not in checked.out
