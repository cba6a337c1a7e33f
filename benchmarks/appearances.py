"""The sample site in each version, layout and single style of the site's theme, as cases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.cases import Case, Truth, comparable, on_listing, own_page_case, page_of
from nejat_crawler.sample_site import SampleSite
from nejat_crawler.sample_site.appearance import VERSIONS, Appearance
from nejat_crawler.sample_site.content.posts import REAL, Post
from nejat_crawler.sample_site.theme.layouts import LAYOUTS

#: One single style of each kind: where the heading and the featured image stand.
STYLES = (1, 2, 3, 5, 8, 10, 11, 19)
_WITHOUT_PICTURE = 11
_IN_BACKGROUND = (3, 5, 8, 10, 19)
#: Settings that put something into a text or take a date away.
OPTIONS = (
    "toc", "reactions", "inline_related", "inline_ads", "sticky_share", "content_height", "views", "reading_time",
    "show_modified_date", "hide_dates",
)  # fmt: skip


def appearance_cases(
    site: SampleSite, versions: Iterable[str] = tuple(VERSIONS), own_pages: int = 10
) -> Iterator[Case]:
    """The second page of each listing, and the first `own_pages` articles' own pages, in each appearance."""
    before = site.appearance
    try:
        for version in versions:
            for layout in LAYOUTS:
                site.appearance = Appearance(soledad=version, layout=layout)
                yield from _listings(site, f"{version} {layout}")
            for style in STYLES:
                site.appearance = Appearance(soledad=version, single=style)
                yield from _own_pages(site, f"{version} single {style}", own_pages)
            for option in OPTIONS:
                settings: dict[str, Any] = {"soledad": version, option: True}
                site.appearance = Appearance(**settings)
                yield from _own_pages(site, f"{version} {option.replace('_', ' ')}", own_pages)
    finally:
        site.appearance = before


def _listings(site: SampleSite, variant: str) -> Iterator[Case]:
    for edition in site.blogs:
        posts = site.blogs[edition].home_page(2)
        path = f"/{edition}/page/2"
        html = page_of(site, path)
        truths = {post.id: _listed(site, post, html) for post in posts}
        yield Case(f"{path} {variant}", "sample site", True, REAL + path, (html,), truths, variant)


def _listed(site: SampleSite, post: Post, html: str) -> Truth:
    """What the layout shows of a post; comments and authors stand in some layouts only."""
    truth = comparable(post.truth())
    shows = site.shows(post, 2)
    entry = re.search(rf'<article id="post-{post.post_id}"[^>]*>(.*?)</article>', html, re.DOTALL)
    if entry is None or f"/{post.post_id}#respond" not in entry[1]:
        truth = {**truth, "comment_count": None}
    if shows == "none" and not post.protected:
        return {**on_listing(truth, html, "excerpt"), "teaser": True}
    return on_listing(truth, html, "full" if shows == "full" else "excerpt" if shows == "excerpt" else None)


def _own_pages(site: SampleSite, variant: str, number: int) -> Iterator[Case]:
    for edition in site.blogs:
        for post in site.public_posts(edition)[:number]:
            yield own_page_case(site, post, _printed(comparable(post.truth()), site.appearance), variant)


def _printed(truth: Truth, look: Appearance) -> Truth:
    """What an own page in this appearance says of a post."""
    images = [dict(image) for image in truth["images"] or []]
    if look.single == _WITHOUT_PICTURE:
        images = [image for image in images if not image["lead"]]
    elif look.single in _IN_BACKGROUND:
        images = [{**image, "alt": "" if image["lead"] else image["alt"]} for image in images]
    truth = {**truth, "images": images}
    if look.show_modified_date:  # the head has the day, and the time from 8.5 on
        truth |= {"published_text": None} | ({} if look.since("8.5") else {"published_at": None})
    return truth
