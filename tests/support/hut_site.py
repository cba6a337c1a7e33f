"""A little WordPress of invented huts in Soledad's markup, whose front page and REST interface a test may change."""

from __future__ import annotations

import gzip
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

OPENING = "The wardens of hut {} went up before the snow began to fall."
_LOGIN = '<html><body class="login wp-core-ui"><h1>Log in</h1><form id="loginform"></form></body></html>'


@dataclass(slots=True)
class Hut:
    """A post."""

    post_id: int
    paragraphs: list[str]
    modified: str
    parts: int = 1
    """How many pages `<!--nextpage-->` makes of it, a paragraph each."""

    @property
    def body(self) -> str:
        return "\n\n".join(self.paragraphs)


@dataclass(slots=True)
class HutSite:
    """What it shows; a listing has ten posts a page, and no link to the next but where `link` is set."""

    count: int
    link: bool = False
    shows: str = "texts"
    below: str = "404"
    """What an address below the last page answers with: `404`, `empty`, `home`, `500`, `login`, `half`."""
    broken: dict[str, str] = field(default_factory=dict)
    """Of some paths, what they answer with instead."""
    breaks: tuple[str, str, str] = ("", "", "")
    """A path whose page breaks off behind some words, and what stands there instead of the rest."""
    rest: str = "on"
    """Or `off`, `html`, `deaf`: it does not know `include`; `mute`: its contents are empty."""
    rest_total: int | None = None
    spoils: Callable[[str], tuple[int, str]] | None = None
    """What becomes of an answer of the interface."""
    counts: bool = True
    """Whether it says how many posts and pages there are."""
    robots: str = ""
    """What robots.txt says; there is none, if empty."""
    files: dict[str, str] = field(default_factory=dict)
    """What stands at other paths; `{base}` is the site's own address."""
    unanswered: set[int] = field(default_factory=set)
    """Posts that the interface leaves out."""
    unlisted: set[int] = field(default_factory=set)
    """Posts that the listing leaves out."""
    trailing: set[int] = field(default_factory=set)
    """Posts whose text the listing ends with `...` in its second paragraph."""
    headers: Callable[[str], dict[str, str]] = lambda _: {}
    """Further headers of the answer at an address."""
    packs: bool = False
    """Whether it compresses what it sends."""
    shown: int | None = None
    """How many posts the listing shows; all, if None."""
    posts: list[Hut] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    base_url: str = ""

    def __post_init__(self) -> None:
        for number in range(1, self.count + 1):
            self.publish(number)

    def publish(self, number: int) -> Hut:
        modified = f"{2010 + number // 336}-{1 + number % 336 // 28:02d}-{1 + number % 28:02d}T08:00:00"
        paragraphs = [OPENING.format(number), f"It has a stove{', and wood' * (number % 4)}.", "Nobody was cold."]
        hut = Hut(1000 + number, paragraphs, modified)
        self.posts.insert(0, hut)
        return hut

    def answer(self, target: str) -> tuple[int, str, dict[str, str]]:
        status, body, headers = self._answer(target)
        path, behind, appended = self.breaks
        if path == target:
            body = body[: body.index(behind) + len(behind)] + appended
        return status, body, headers

    def _answer(self, target: str) -> tuple[int, str, dict[str, str]]:
        path, query = urlsplit(target).path.rstrip("/"), parse_qs(urlsplit(target).query)
        if fault := self.broken.get(path):
            return self._below(fault)
        if path in self.files:
            return 200, self.files[path].replace("{base}", self.base_url), {}
        if found := re.fullmatch(r"/en(?:/page/(\d+))?", path):
            return self._listing(int(found[1] or 1))
        if found := re.fullmatch(r"/en/posts/(\d+)(?:/(\d+))?", path):
            hut = next((hut for hut in self.posts if hut.post_id == int(found[1])), None)
            return (200, self._own_page(hut, int(found[2] or 1)), {}) if hut else (404, "", {})
        if path == "/en/wp-json/wp/v2/posts" and self.rest != "off":
            return self._rest({name: values[0] for name, values in query.items()})
        if path == "/robots.txt" and self.robots:
            return 200, self.robots, {"Content-Type": "text/plain"}
        if path == "/en/wp-sitemap.xml":
            urls = "".join(f"<url><loc>{self.base_url}/en/posts/{hut.post_id}</loc></url>" for hut in self.posts)
            return 200, f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>', {}
        return 404, "", {}

    def _listing(self, number: int) -> tuple[int, str, dict[str, str]]:
        listed = [hut for hut in self.posts if hut.post_id not in self.unlisted][: self.shown]
        huts = listed[10 * number - 10 : 10 * number]
        if not huts:
            return self._below(self.below)
        link = f'<a href="{self.base_url}/en/page/{number + 1}">Older</a>' if self.link else "Older"
        below = f'<div class="penci-pagination"><div class="older">{link if 10 * number < len(listed) else ""}</div>'
        return 200, _page("home blog", "".join(map(self._entry, huts)) + below + "</div>"), {}

    def _below(self, what: str) -> tuple[int, str, dict[str, str]]:
        if what == "home":
            return self._listing(1)
        bodies = {"empty": _page("home blog paged", ""), "login": _LOGIN, "half": _page("home blog", "")[:120]}
        return (200, bodies[what], {}) if what in bodies else (int(what), "", {})

    def _entry(self, hut: Hut) -> str:
        url = f"{self.base_url}/en/posts/{hut.post_id}"
        text = f"<p>{hut.paragraphs[0]}</p>"
        if self.shows == "texts":
            text = "".join(f"<p>{paragraph}</p>" for paragraph in hut.paragraphs) if hut.parts == 1 else text
        elif self.shows == "excerpts":
            text += f'<div class="penci-more-link"><a class="more-link" href="{url}">More</a></div>'
        if hut.parts > 1:
            text += _part_links(url, hut, 1)
        if hut.post_id in self.trailing:
            text = f"<p>{hut.paragraphs[0]}</p><p>{hut.paragraphs[1][:10]} ...</p>"
        content = f'<div class="post-entry entry-content">{text}</div>' if self.shows != "no texts" else ""
        return (
            f'<article id="post-{hut.post_id}" class="post-{hut.post_id} post type-post hentry">'
            f'{_head(url, hut, "h2")}{content}<div class="penci-post-box-meta"></div></article>'
        )

    def _own_page(self, hut: Hut, part: int) -> str:
        url = f"{self.base_url}/en/posts/{hut.post_id}"
        shown = hut.paragraphs if hut.parts == 1 else [hut.paragraphs[part - 1]]
        text = "".join(f"<p>{paragraph}</p>" for paragraph in shown)
        return _page(
            f"single single-post postid-{hut.post_id}",
            f'<article id="post-{hut.post_id}" class="post type-post hentry">{_head(url, hut, "h1")}'
            f'<div class="post-entry entry-content">{text}{_part_links(url, hut, part)}'
            '<div class="penci-single-link-pages"></div></div></article>',
        )

    def _rest(self, query: dict[str, str]) -> tuple[int, str, dict[str, str]]:
        if self.rest == "html" and "include" in query:
            return 200, _page("home", ""), {}
        huts = [hut for hut in self.posts if hut.post_id not in self.unanswered]
        if "include" in query and self.rest != "deaf":
            huts = [hut for hut in huts if str(hut.post_id) in query["include"].split(",")]
        if "modified_after" in query:
            huts = [hut for hut in huts if hut.modified > query["modified_after"]]
        if query.get("orderby") == "modified":
            huts.sort(key=lambda hut: hut.modified, reverse=True)
        if query.get("orderby") == "id":
            huts.sort(key=lambda hut: hut.post_id)
        size, page = int(query["per_page"]), int(query.get("page", 1))
        total = len(huts) if self.rest_total is None else self.rest_total
        headers = {"X-WP-Total": str(total), "X-WP-TotalPages": str(-(-len(huts) // size))}
        printed = [self._printed(hut) for hut in huts[size * page - size : size * page]]
        status, body = self.spoils(json.dumps(printed)) if self.spoils else (200, json.dumps(printed))
        return status, body, headers if self.counts else {}

    def _printed(self, hut: Hut) -> dict[str, Any]:
        joint = "<!--nextpage-->" if hut.parts > 1 else ""
        content = joint.join(f"<p>{paragraph}</p>" for paragraph in hut.paragraphs)
        return {
            "id": hut.post_id,
            "date": "2020-02-01T10:30:00",
            "date_gmt": "2020-02-01T07:00:00",
            "modified_gmt": hut.modified,
            "link": f"{self.base_url}/en/posts/{hut.post_id}",
            "title": {"rendered": f"Hut {hut.post_id}"},
            "content": {"rendered": "" if self.rest == "mute" else content, "protected": False},
            "categories": [],
            "tags": [],
        }


def _page(classes: str, main: str) -> str:
    return (
        '<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>Ridge Rescue</title></head>'
        f'<body class="{classes}"><a class="penci-menu-hbg"></a><div id="main">{main}</div></body></html>'
    )


def _head(url: str, hut: Hut, heading: str) -> str:
    name = "post-title single-post-title entry-title" if heading == "h1" else "penci-entry-title entry-title"
    return (
        f'<div class="header-standard"><{heading} class="{name}"><a href="{url}">Hut {hut.post_id}</a></{heading}>'
        '<time class="entry-date published" datetime="2020-02-01T10:30:00+03:30">February 1, 2020</time></div>'
    )


def _part_links(url: str, hut: Hut, current: int) -> str:
    if hut.parts == 1:
        return ""
    links = "".join(
        f'<span class="post-page-numbers current">{part}</span>'
        if part == current
        else f'<a class="post-page-numbers" href="{url}/{part}">{part}</a>'
        for part in range(1, hut.parts + 1)
    )
    return f'<p class="post-nav-links">{links}</p>'


@contextmanager
def serving(site: HutSite) -> Iterator[HutSite]:
    """Serve it on loopback."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            site.asked.append(self.path)
            status, body, headers = site.answer(self.path)
            packed = body.encode()
            self.send_response(status)
            kind = "application/json" if body[:1] in ("[", "{") else "text/html; charset=utf-8"
            usual = {"Content-Type": kind}
            if site.packs:
                packed, usual["Content-Encoding"] = gzip.compress(packed, mtime=0), "gzip"
            usual["Content-Length"] = str(len(packed))
            for name, value in {**usual, **headers, **site.headers(self.path)}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(packed)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.base_url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
