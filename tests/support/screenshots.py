"""Takes the pictures of docs/website.md, of an archive of the sample site: `python -m tests.support.screenshots`.

The name of a picture ends in `d` for a desk or `p` for a phone, and `l` for light or `k` for dark.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from nejat_crawler.sample_site import SampleSite, serve
from tests.support.commands import ROOT, crawl
from tests.support.served import Site, serving

FOLDER = ROOT / "docs" / "screenshots"
_WINDOWS = {"d": ((1280, 900), (800, 562)), "p": ((390, 844), (390, 844))}  # in pixels: the window, the picture
_COLOURS = 48
_TEXT = {
    "en": (
        "The lantern on the upper path",
        ("The lantern at the fork of the upper path was lit on Monday for the first time in nine years.",
         "Four volunteers carried the glass up. The climb took them three hours, for the snow was deep.",
         "The society asks walkers to leave the shutter closed."),
    ),
    "fa": (
        "فانوس راه بالا",
        ("فانوس دوراهی راه بالا روز دوشنبه پس از نه سال روشن شد.",
         "چهار داوطلب شیشه را بالا بردند. راه سه ساعت طول کشید، چون برف سنگین بود."),
    ),
}  # fmt: skip
_EDITED = {
    "en": (
        "The lantern on the upper path burns again",
        ("nine years", "eleven years"),
        ("three hours", "four hours"),
    ),
    "fa": ("فانوس راه بالا دوباره می‌سوزد", ("نه سال", "یازده سال"), ("سه ساعت", "چهار ساعت")),
}


def make_archive(db: Path) -> dict[str, str]:
    """Crawl the sample site before and after its editors worked; return the ids of what the pictures show."""
    site = SampleSite()
    lanterns = {code: site.publish(code, title=title, paragraphs=text) for code, (title, text) in _TEXT.items()}
    with serve(site) as server:
        _crawl(db, server.base_url)
        for code, (title, *words) in _EDITED.items():
            text = "\n".join(_TEXT[code][1])
            for before, after in words:
                text = text.replace(before, after)
            site.edit(code, lanterns[code].post_id, title=title, paragraphs=text.split("\n"))
        for code in ("en", "fa", "sq"):
            site.delete(code, site.public_posts(code)[5].post_id)
        for _ in range(2):  # that something is gone takes two runs to prove
            _crawl(db, server.base_url, newsletters="1")
    return {code: f"{code}-{post.post_id}" for code, post in lanterns.items()}


def _crawl(db: Path, base_url: str, **arguments: str) -> None:
    done = crawl(db, base_url, full="1", **arguments)
    if done.code:
        sys.exit(done.err)


def pages(site: Site, lanterns: dict[str, str]) -> dict[str, str]:
    """The address of each picture, by its name."""
    issue = json.loads(site.get("/nejat/newsletters.json", _shape="array", _size=1).text)[0]["id"]
    english, persian = (f"/nejat/articles/{lanterns[code]}" for code in ("en", "fa"))
    sql = "select+category,+count(*)+as+articles,+max(published)+from+articles+group+by+1+order+by+2+desc"
    return {
        "front-dl": "/", "front-pk": "/", "about-dl": "/nejat/about",
        "search-dl": "/nejat/search?q=tavrakani", "search-pl": "/nejat/search?q=rope+OR+lantern",
        "searchfa-dk": "/nejat/search?q=برف",
        "article-en-dl": english, "article-fa-pk": persian,
        "history-dl": f"{english}#history", "history-fa-pl": f"{persian}#history",
        "timeline-pl": "/nejat/timeline", "year-dl": "/nejat/timeline/2023", "month-dl": "/nejat/timeline/2022-10",
        "categories-dl": "/nejat/categories", "tags-pl": "/nejat/tags",
        "issues-dl": "/nejat/issues", "newsletter-dl": f"/nejat/newsletters/{issue}",
        "new-pl": "/nejat/new", "changes-dl": "/nejat/changes", "removals-dl": "/nejat/removals",
        "pictures-dl": "/nejat/pictures",
        "table-dl": "/nejat/articles", "data-dl": "/nejat", "sql-dk": f"/nejat?sql={sql}",
        "error-pl": "/nejat/articles/en-1",
    }  # fmt: skip


def take(browser: Browser, address: str, name: str) -> None:
    """Take a picture, as small as its colours allow."""
    (width, height), size = _WINDOWS[name[-2]]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if name.endswith("k") else "light"
    )
    tab = context.new_page()
    tab.goto(address)
    shown = Image.open(io.BytesIO(tab.screenshot())).convert("RGB").resize(size, Image.Resampling.LANCZOS)
    # by coverage, lest the few marked words lose their colour
    shown.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        FOLDER / f"{name}.png", optimize=True
    )
    context.close()


def main() -> None:
    """Take all pictures, and remove those that nothing names any more."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        db = Path(folder) / "nejat.db"
        lanterns = make_archive(db)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with serving(db) as site:
            addresses = pages(site, lanterns)
            for name, path in addresses.items():
                take(browser, site.address + path, name)
        browser.close()
    for picture in FOLDER.glob("*.png"):
        if picture.stem not in addresses:
            picture.unlink()


if __name__ == "__main__":
    main()
