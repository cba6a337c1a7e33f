"""Stock WordPress themes, whose rows THEMES does not have, are read exactly all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.cases import Case
from benchmarks.evaluate import evaluate
from benchmarks.floors import read_floors
from benchmarks.stock_themes import STOCK_THEMES, UNCLASSED
from benchmarks.stock_themes.stock_cases import EDITIONS, stock_cases
from benchmarks.stock_themes.stock_posts import make_posts
from benchmarks.stock_themes.stock_theme import StockTheme
from nejat_crawler.extraction.page import read_page
from nejat_crawler.urls import SITE
from tests.support.commands import articles, fold, run
from tests.support.soledad_pages import extract

FLOORS = read_floors()
BY_NAME = pytest.mark.parametrize("theme", STOCK_THEMES, ids=lambda theme: theme.name)


def faults(cases: list[Case]) -> list[str]:
    results = evaluate(cases, {}, FLOORS)
    return [
        f"{' '.join(group[:2])}: {fault}; {score.faults[:5]} {score.missed[:5]}"
        for (group, _), score in results.items()
        for fault in FLOORS.faults(score)
    ]


@pytest.mark.parametrize("edition", EDITIONS)
@BY_NAME
def test_every_page_of_a_stock_theme_is_exact(theme: StockTheme, edition: str) -> None:
    cases = list(stock_cases([theme], [edition], 10 if edition == "en" else 5))
    assert {case.listing for case in cases} == {True, False}
    assert not faults(cases)


@BY_NAME
def test_nothing_round_an_article_passes_for_it(theme: StockTheme) -> None:
    """What a page does not print is null, whatever stands in its widgets, related boxes and comments."""
    posts = make_posts("en")
    pages = [(theme.listing(posts, full=False), f"{SITE}/en/page/2", theme.not_listed)]
    pages += [(theme.article(post), post.url, theme.not_single) for post in posts[:4]]
    for html, url, missing in pages:
        page = read_page(html, url)
        assert page.problems == []
        for entry in page.entries:
            article = extract(page, entry)
            for field in {"author", "published", "comment_count"} & missing:
                if field != "comment_count":
                    assert getattr(article, field) is None, (url, field)
            said = " ".join(map(str, (article.title, article.body, article.excerpt, article.tags, article.author)))
            assert not {"Neighbour", "Guest", "Keeps", "Share", "Facebook", "Continue"} & set(said.split()), url
            assert "Other" not in (article.categories or [])


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_design_without_a_class_that_is_known_is_read_by_its_structure(edition: str) -> None:
    for post in make_posts(edition)[:4]:
        page = read_page(UNCLASSED.article(post), post.url)
        (entry,) = page.entries
        article, truth = extract(page, entry), post.truth()
        assert (article.title, article.published, fold(article.body)) == (
            truth["title"],
            truth["published"],
            fold(truth["body"]),
        )
        assert (article.categories, article.tags) == (truth["categories"], truth["tags"])


@BY_NAME
def test_a_listing_leads_on(theme: StockTheme) -> None:
    page = read_page(theme.listing(make_posts("en"), full=False), f"{SITE}/en/page/2")
    assert page.older == f"{SITE}/en/page/3"


@BY_NAME
def test_a_stray_end_tag_costs_no_neighbour_anything(theme: StockTheme) -> None:
    """A body that closes a box too often may lose its own end, and nothing else."""
    posts = make_posts("en")
    html = theme.listing(posts, full=theme.full).replace("(Corm 2).</p>", "(Corm 2).</p></div>", 1)
    page = read_page(html, f"{SITE}/en/page/2")
    found = {entry.address.post_id: extract(page, entry) for entry in page.entries}
    assert set(found) == {post.post_id for post in posts}
    for post in posts:
        article = found[post.post_id]
        assert article.title in ("", post.shown_title)
        assert article.published in (None, post.day.isoformat())
        assert set(fold(article.body).split()) <= set(fold(post.text).split()), (theme.name, post.post_id)


def test_stock_pages_come_through_the_door_of_imports(tmp_path: Path, db: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    posts = make_posts("fa")
    for theme in STOCK_THEMES:
        (folder / f"{theme.name}.html").write_text(theme.article(posts[3]), "utf-8")
    (folder / "listing.html").write_text(STOCK_THEMES[5].listing(posts, full=True), "utf-8")
    result = run("nejat", "import", folder, "--db", db)
    assert (result.code, result.err.count("Traceback")) == (0, 0), result.err
    found = articles(db)
    assert set(found) == {f"fa-{post.post_id}" for post in posts}
    for post in posts:
        article = found[f"fa-{post.post_id}"]
        truth = post.truth()
        assert (article["title"], article["published"]) == (truth["title"], truth["published"])
        assert article["categories"] == truth["categories"]
        if not post.protected:
            assert fold(article["body"]) == fold(truth["body"])
