"""What stands there instead of the site: each kind is told apart, and what to do next is said once."""

from __future__ import annotations

from pathlib import Path

import pytest

from nejat_crawler.crawl.downloading.stand_ins import STAND_INS, find_stand_in
from tests.support.commands import articles, crawl, rows, run
from tests.support.hut_site import HutSite, serving

COUNT = 12

#: Status, headers, source, and a word of what is to be said.
ANSWERS: dict[str, tuple[int, dict[str, str], str, str]] = {
    "Cloudflare, by its header": (403, {"Cf-Mitigated": "challenge"}, "<p>Wait.</p>", "Cloudflare"),
    "Cloudflare, with status 200": (200, {}, "<script>window._cf_chl_opt={cvId:'3'}</script>", "Cloudflare"),
    "blocked by Cloudflare": (403, {}, "<title>Attention Required! | Cloudflare</title>", "blocks"),
    "Cloudflare without the server": (522, {}, "", "cannot reach"),
    "Sucuri": (403, {"X-Sucuri-Block": "BL9"}, "", "Sucuri"),
    "DDoS-Guard": (403, {}, '<script src="/.well-known/ddos-guard/check?a=1"></script>', "DDoS-Guard"),
    "ArvanCloud": (200, {}, "<script>document.cookie='__arcsjs=1'</script>", "ArvanCloud"),
    "Imunify360": (200, {"Server": "imunify360-webshield/1.21"}, "", "Imunify360"),
    "SiteGround": (202, {}, '<meta http-equiv="refresh" content="0;/.well-known/sgcaptcha/?r=%2F">', "SiteGround"),
    "another firewall": (405, {"X-Amzn-Waf-Action": "captcha"}, "", "firewall"),
    "a captcha": (200, {}, '<script src="https://js.hcaptcha.com/1/api.js"></script>', "captcha"),
    "Turnstile": (200, {}, '<script src="//challenges.cloudflare.com/turnstile/v0/api.js"></script>', "captcha"),
    "a country's filter": (200, {}, '<iframe src="http://10.10.34.36:80"></iframe>', "filter"),
    "for legal reasons": (451, {}, "", "filter"),
    "suspended": (200, {}, "<h1>This account has been suspended</h1><p>Ask billing.</p>", "suspended"),
    "not installed": (200, {}, '<form action="/en/wp-admin/install.php?step=2"></form>', "not yet installed"),
    "no database": (200, {}, "<h1>Error establishing a database connection</h1>", "database"),
    "a critical error": (500, {}, "<p>There has been a critical error on this website.</p>", "PHP"),
    "PHP that is not run": (200, {}, "<?php\ndefine('WP_USE_THEMES', true);", "PHP"),
    "maintenance": (503, {}, "Briefly unavailable for scheduled maintenance.", "maintenance"),
    "coming soon": (200, {}, "<title>Coming Soon</title><h1>The hut opens in May</h1>", "maintenance"),
    "for sale": (200, {}, "<title>hut.example is for sale</title>", "for sale"),
    "parked": (200, {}, '<script>window.onload=function(){window.location.href="/lander"}</script>', "parked"),
    "nginx": (200, {}, "<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>", "default page"),
    "Apache": (200, {}, "<html><body><h1>It works!</h1></body></html>", "default page"),
    "files": (200, {}, '<title>Index of /en</title><a href="backup.zip">backup.zip</a>', "files"),
    "consent": (200, {}, "<title>Before you continue</title><button>All right</button>", "consent"),
    "login": (200, {}, '<form id="loginform" action="/x"></form>', "login"),
    "a script that leads on": (200, {}, "<script>location.href = 'https://hut.example/'</script>", "redirect"),
    "an empty application": (200, {}, '<div id="root"></div><script src="/a.js"></script>', "browser"),
    "a ban": (403, {}, "<center><h1>403 Forbidden</h1></center>", "refusal"),
    "too often": (429, {}, "", "refusal"),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_each_is_known_by_its_marks(name: str) -> None:
    status, headers, source, word = ANSWERS[name]
    found = find_stand_in(status, headers, source, "/en/")
    assert found is not None
    assert word in found.what


def test_every_kind_is_tried() -> None:
    told = {find_stand_in(status, headers, source, "/") for status, headers, source, _ in ANSWERS.values()}
    assert {row.what for row in STAND_INS} == {row.what for row in told if row}


@pytest.mark.parametrize(
    "source", ["<h1>Not found</h1>", "<title>Huts</title>" + "<p>It works! Coming soon.</p>" * 99]
)
def test_a_page_that_is_not_there_and_a_long_text_are_none_of_them(source: str) -> None:
    assert find_stand_in(404, {"Cf-Ray": "9f0", "Server": "cloudflare"}, source, "/en/") is None


_CARD = '<div class="x"><b><a href="{{base}}/en/posts/{}">Hut</a></b></div>'
UNKNOWN = "<body>" + "".join(map(_CARD.format, range(1001, 1010)))
MOVED = (
    '<html><body class="home blog"><a class="penci-menu-hbg"></a><div id="main">'
    '<article id="post-1001" class="post-1001 post type-post hentry"><div class="header-standard">'
    '<h2 class="penci-entry-title entry-title"><a href="{}/2020/02/hut-one/">Hut</a></h2></div>'
    '<div class="post-entry entry-content"><p>It is warm.</p></div></article></div></body></html>'
)


@pytest.mark.parametrize(
    ("front", "words"),
    [
        (UNKNOWN, ("theme that no row knows", "docs/adding-a-theme.md", "--via api")),
        (MOVED.format("{base}/en"), ("https://www.nejatngo.org/en/2020/02/hut-one/", "new permalinks")),
        (MOVED.format("https://huts.example"), ("articles of huts.example", "base_url=https://huts.example")),
        (ANSWERS["Cloudflare, with status 200"][2], ("challenge of Cloudflare", "NEJAT_CONTACT")),
        ("   ", ("an empty answer",)),
    ],
)
def test_a_crawl_says_what_it_met_and_once_what_to_do_next(db: Path, front: str, words: tuple[str, ...]) -> None:
    with serving(HutSite(COUNT, files={"/en": front, "/en/page/2": front, "/en/page/3": front})) as site:
        result = crawl(db, site.base_url, "-s", "RETRY_TIMES=0", edition="en")
    assert result.code == 1
    assert [word for word in words if word not in result.err] == []
    said = "".join(line for line in result.err.splitlines() if line.startswith("Error: "))
    assert said.count(words[-1]) == (1 if len(words) > 1 else 3)
    assert articles(db) == {}


def test_a_challenge_in_the_place_of_a_sitemap_is_no_sitemap_switched_off(db: Path) -> None:
    with serving(HutSite(COUNT, rest="off", link=True)) as site:
        assert crawl(db, site.base_url, edition="en").code == 0
        challenge = ANSWERS["Cloudflare, with status 200"][2]
        site.files = {f"/en/{name}": challenge for name in ("wp-sitemap.xml", "feed", "sitemap.xml")}
        result = crawl(db, site.base_url, edition="en", survey="1")
        assert (result.code, "en: no answer from sitemap, feed: what the site has" in result.err) == (1, True)
        states = {row["name"]: (row["state"], row["posts"]) for row in rows(db, "SELECT * FROM sources")}
        assert states == {"sitemap": ("unreachable", None), "rest": ("off", None), "feed": ("unreachable", None)}
        soft = (
            '<link href="/en/wp-content/themes/soledad/main.css"><h1>Nothing found</h1><a href="/wp-login.php">In</a>'
        )
        site.files = {"/en/wp-sitemap.xml": soft}
        result = crawl(db, site.base_url, "-s", "RETRY_TIMES=0", edition="en", survey="1")
    assert (result.code, "was not looked for" in result.out) == (0, True), result.err


def test_a_host_that_is_not_found_is_unreachable_and_forbids_nothing(db: Path) -> None:
    result = crawl(db, "http://hut.invalid", "-s", "RETRY_TIMES=0", edition="en")
    assert result.code == 1
    assert "the host was not found" in result.err
    assert "look whether this machine reaches others" in result.err
    assert rows(db, "SELECT outcome FROM runs") == [{"outcome": "unreachable"}]
    checked = run("nejat", "check", "--offline", "--db", db)
    assert (checked.code, "ended as unreachable" in checked.out) == (1, True)
