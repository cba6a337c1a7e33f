"""Each folder of pages/ holds a page as it was served and the articles that it shows: docs/adding-a-theme.md."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from nejat_crawler.editions import EDITIONS
from nejat_crawler.extraction.page import read_page
from nejat_crawler.extraction.themes import THEMES
from nejat_crawler.items import Article
from tests.support.commands import ROOT, fold
from tests.support.soledad_pages import extract

PAGES = ROOT / "tests" / "pages"
FOLDERS = sorted(path for path in PAGES.iterdir() if path.is_dir())

#: What article.json says of an article, in this order; a page listing several says it in a list.
FIELDS = (
    *("id", "edition", "post_id", "url", "title", "category", "categories", "tags"),
    *("published", "published_at", "published_text", "author", "byline", "language"),
    *("body", "excerpt", "images", "links", "comment_count", "protected"),
)


def describe(article: Article) -> dict[str, Any]:
    """An article by the contract, with the canonical address that a link leads to."""
    known: dict[str, Any] = asdict(article)
    known["id"] = f"{article.edition}-{article.post_id}"
    known["category"] = article.categories[0] if article.categories else None
    return {name: known[name] for name in FIELDS}


def read(folder: Path) -> tuple[str, list[dict[str, Any]]]:
    """The design of a saved page, and what it shows."""
    page = read_page((folder / "page.html").read_text("utf-8"))
    assert page.theme is not None, "no row of THEMES recognises this page"
    assert page.problems == []
    return page.theme.name, [describe(extract(page, entry)) for entry in page.entries]


def read_expected(folder: Path) -> list[dict[str, Any]]:
    """What article.json says; a missing one is written from the page, and a person has to read it."""
    file = folder / "article.json"
    if not file.exists():
        _, found = read(folder)
        shown = found[0] if len(found) == 1 else found
        file.write_text(json.dumps(shown, ensure_ascii=False, indent=2) + "\n", "utf-8")
        pytest.fail(f"{file} has been written from what was extracted: read it beside the page, and correct it")
    said = json.loads(file.read_text("utf-8"))
    return said if isinstance(said, list) else [said]


def comparable(article: dict[str, Any]) -> dict[str, Any]:
    return {name: fold(value) if name in ("body", "excerpt") and value else value for name, value in article.items()}


def only_named(found: Any, said: Any) -> Any:
    """`found` without what `said` does not speak of, down to the images and links."""
    if isinstance(found, dict) and isinstance(said, dict):
        return {name: only_named(found.get(name), value) for name, value in said.items()}
    if isinstance(found, list) and isinstance(said, list) and len(found) == len(said):
        return [only_named(*pair) for pair in zip(found, said, strict=True)]
    return found


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_saved_page_shows_what_a_person_read_on_it(folder: Path) -> None:
    edition, theme, _ = folder.name.split("-", 2)
    said = read_expected(folder)
    name, found = read(folder)
    assert name == theme
    assert [article["id"] for article in found] == [article["id"] for article in said]
    for shown, expected in zip(found, said, strict=True):
        assert expected["edition"] == edition
        assert only_named(comparable(shown), comparable(expected)) == comparable(expected)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_article_json_speaks_of_what_can_go_wrong(folder: Path) -> None:
    for article in read_expected(folder):
        assert set(article) <= set(FIELDS)
        assert {"title", "categories", "published", "author", "body", "images", "links"} <= set(article)


def test_every_edition_and_every_theme_has_a_saved_page() -> None:
    named = {part for folder in FOLDERS for part in folder.name.split("-", 2)[:2]}
    missing = [name for name in (*EDITIONS, *(theme.name for theme in THEMES)) if name not in named]
    assert not missing, f"no page is saved of {', '.join(missing)}: see docs/adding-a-theme.md"


def test_a_missing_article_json_is_written_for_a_person_to_read(tmp_path: Path) -> None:
    for folder in (PAGES / "en-generic-figure-and-list", PAGES / "en-soledad-listing"):
        copy = tmp_path / folder.name
        copy.mkdir()
        (copy / "page.html").write_bytes((folder / "page.html").read_bytes())
        with pytest.raises(pytest.fail.Exception, match="read it"):
            read_expected(copy)
        written, said = read_expected(copy), read_expected(folder)
        assert [list(article) for article in written] == [list(FIELDS)] * len(said)
        assert [article["title"] for article in written] == [article["title"] for article in said]
