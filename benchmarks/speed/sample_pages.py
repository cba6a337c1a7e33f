"""Listings and own pages of many invented articles: the sample site's, again and again with other numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.cases import page_of
from nejat_crawler.sample_site import SampleSite
from nejat_crawler.sample_site.content.posts import REAL

#: Where a page names posts; one in a listing has its number in its address, its element and its class.
_NUMBER = re.compile(r"(?<=/posts/)\d+|(?<=\bpost-)\d+|(?<=postid-)\d+")
_STEP = 1_000_000
EDITION = "en"


def listings(count: int) -> Iterator[tuple[str, str]]:
    """Addresses and sources of `count` listing pages; no post stands on two of them, but for sticky ones."""
    site = SampleSite((EDITION,))
    paths = [f"/{EDITION}/page/{number}" for number in range(2, site.pages(EDITION))]
    return _renumbered(site, paths, count)


def own_pages(count: int) -> Iterator[tuple[str, str]]:
    """Addresses and sources of `count` articles' own pages."""
    site = SampleSite((EDITION,))
    posts = [post for number in range(2, site.pages(EDITION)) for post in site.blogs[EDITION].home_page(number)]
    return _renumbered(site, [f"/{EDITION}/posts/{post.post_id}" for post in posts], count)


def _renumbered(site: SampleSite, paths: list[str], count: int) -> Iterator[tuple[str, str]]:
    pages = [page_of(site, path) for path in paths]
    for place in range(count):
        turn, number = divmod(place, len(paths))
        yield REAL + _moved(paths[number], turn), _moved(pages[number], turn)


def _moved(text: str, turn: int) -> str:
    return _NUMBER.sub(lambda found: str(int(found[0]) + turn * _STEP), text)


def write_pages(folder: Path, pages: Iterator[tuple[str, str]]) -> Path:
    """Write each page into a file of its own in a new folder."""
    folder.mkdir()
    for number, (_, html) in enumerate(pages):
        (folder / f"{number:06}.html").write_text(html, "utf-8")
    return folder
