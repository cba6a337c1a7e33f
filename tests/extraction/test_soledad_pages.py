"""The theme's own pages in its versions, layouts, paginations and single styles, saved from a WordPress."""

from __future__ import annotations

import re
from typing import Any

import pytest

from nejat_crawler.extraction.page import Page, read_page
from nejat_crawler.items import Article
from tests.support.commands import SHARED, expected, fold, shared
from tests.support.soledad_pages import extract

FOLDER = SHARED / "soledad"
NAMES = sorted(path.name for path in FOLDER.glob("*.html"))

#: The page names no author of this article: its title holds the words "Nejat Society", which is one's name.
NOT_ON_THE_PAGE = {("soledad-8.7.2_category_featured.html", "en-15193", "author")}

FIELDS = ("title", "categories", "tags", "published", "comment_count", "author")


def shown(page: Page) -> dict[str, Article]:
    """The articles of a page; where one stands twice, the fuller one."""
    found: dict[str, Article] = {}
    for entry in page.entries:
        article = extract(page, entry)
        known = found.get(f"{article.edition}-{article.post_id}")
        if known is None or known.body is None:
            found[f"{article.edition}-{article.post_id}"] = article
    return found


def differences(article: Article, truth: dict[str, Any]) -> list[str]:
    """What an article shows otherwise than the database; what its page does not show is null there."""
    wrong = [
        name
        for name in FIELDS
        if (truth[name] is not None or name == "title") and (getattr(article, name) or truth[name]) != truth[name]
    ]
    if article.protected != truth["protected"]:
        wrong.append("protected")
    if truth["protected"] or truth["shows"] == "none":
        return [*wrong, "body"] if article.body else wrong
    text = fold(article.body) if article.whole else None
    part = fold(article.body if article.body is not None else article.excerpt)
    opening = re.sub(r"\s*(?:\[?…\]?|\.\.\.)$", "", fold(article.excerpt))
    right = {
        "full": text == fold(truth["body"]),
        "part": part == fold(truth.get("part_body")),
        "excerpt": not article.body and bool(opening) and fold(truth["excerpt"]).startswith(opening),
        "teaser": not article.body and bool(opening) and fold(truth["excerpt"]).startswith(opening),
    }
    if not right[truth["shows"]]:
        wrong.append("body")
    images = [(image.src, image.lead) for image in article.images or []]
    return wrong if images == [(image["src"], image["lead"]) for image in truth["images"]] else [*wrong, "images"]


def test_there_are_pages_of_the_theme() -> None:
    assert list(shared("soledad").glob("*.html"))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_any_version_layout_and_style_shows_what_the_database_holds(name: str) -> None:
    truth = expected("soledad")["pages"][name]
    page = read_page((FOLDER / name).read_text("utf-8"), truth["url"])
    assert page.theme is not None
    assert (page.theme.name, page.problems) == ("soledad", [])
    assert not truth["older_linked"] or page.older == truth["older"]
    found = shown(page)
    assert found.keys() == {article["id"] for article in truth["articles"]}
    wrong = {
        (name, article["id"], field)
        for article in truth["articles"]
        for field in differences(found[article["id"]], article)
    }
    assert wrong <= NOT_ON_THE_PAGE
