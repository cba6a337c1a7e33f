"""The pages of stock themes as cases, with what each of them shows of its posts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from benchmarks.cases import Case, Truth, on_listing
from benchmarks.stock_themes import STOCK_THEMES
from benchmarks.stock_themes.stock_posts import Post, make_posts
from benchmarks.stock_themes.stock_theme import StockTheme
from nejat_crawler.urls import SITE

EDITIONS = ("en", "fa", "ar")


def stock_cases(
    themes: Iterable[StockTheme] = STOCK_THEMES, editions: Iterable[str] = EDITIONS, count: int = 10
) -> Iterator[Case]:
    """For each theme and edition: whole texts, excerpts, an archive of excerpts, and every article's own page."""
    for edition in editions:
        posts = make_posts(edition, count)
        for theme in themes:
            for kind in ("full", "excerpts", "archive"):
                if kind == "full" and not theme.full:
                    continue
                full, archive = kind == "full", "huts" if kind == "archive" else None
                html = theme.listing(posts, full=full, archive=archive)
                path = f"{SITE}/{edition}/topic/huts/page/2" if archive else f"{SITE}/{edition}/page/2"
                truths = {f"{edition}-{post.post_id}": _listed(post, theme, html, full=full) for post in posts}
                yield Case(f"{theme.name} {kind}", "stock themes", True, path, (html,), truths)
            for post in posts:
                truth = _printed(post, theme.not_single)
                if not post.comments or post.protected:
                    truth["comment_count"] = None
                name = f"{theme.name} {post.post_id}"
                html = theme.article(post)
                yield Case(name, "stock themes", False, post.url, (html,), {f"{edition}-{post.post_id}": truth})


def _printed(post: Post, missing: frozenset[str]) -> dict[str, object]:
    truth = post.truth()
    if "images" in missing and truth["images"]:
        truth["images"] = [image for image in truth["images"] if not image["lead"]]
    return {**truth, **dict.fromkeys(missing - {"images"})}


def _listed(post: Post, theme: StockTheme, html: str, *, full: bool) -> Truth:
    truth = _printed(post, theme.not_listed)
    if not post.comments or post.protected:
        truth["comment_count"] = None  # "Leave a comment" is no number
    shown = dict(on_listing({**truth, "truncated": not full}, html, "full" if full else "excerpt"))
    if post.protected:
        shown |= {"body": None, "teaser": False}  # there is none, on whatever page
    return shown
