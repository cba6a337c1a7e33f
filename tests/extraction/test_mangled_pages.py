"""Good pages, spoilt in 2,000 ways: nothing crashes, no article takes a field from a neighbour, doubt is null.

What holds for every mangling, of each article that is read off a spoilt page:

- its id is one that the good page has;
- its title is exact or empty, its date exact or null;
- its categories and tags are its own, none of another's;
- every word of its body is one of its own words, or several of them grown together (`<p>one</p>two` without its
  end tag), or stands in a caption or title of its own article;
- an excerpt holds no word that only another article has.

What holds beyond that is said at each test. A failure names the mangling, its number and the page: the number
seeds the chance, so that the same page comes again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import pytest

from benchmarks.cases import Case, folder_cases, sample_cases
from benchmarks.extractors import articles
from nejat_crawler.extraction.page import Page, read_page
from nejat_crawler.items import Article
from nejat_crawler.sample_site import SampleSite
from tests.support.commands import SHARED
from tests.support.corruptions import MANGLINGS, Good, Mangled

TIMES = 200  # of each mangling, in blocks that pytest-xdist spreads
BLOCK = 25
MOST_CHARACTERS = 64_000  # of a page: small ones are spoilt as well as large ones, and faster


@cache
def good_pages() -> tuple[Good, ...]:
    """Small pages of every edition and design: the sample site's, and the real ones where they are."""
    cases = list(sample_cases(SampleSite(limit=24)))
    chosen = [case for edition in ("en", "fa", "ar", "sq") for case in _chosen(cases, edition)]
    folders = [SHARED / name for name in ("samples", "designs") if (SHARED / name).is_dir()]
    known: dict[str, dict[str, Any]] = {}
    for folder in folders:
        for case in folder_cases(folder):
            chosen.append(case)
            for name, truth in case.truths.items():
                known.setdefault(name, {}).update({key: value for key, value in truth.items() if value is not None})
    pages = [
        Good(f"{case.source} {case.name}", case.url, case.pages[0], _full(case, known))
        for case in chosen
        if len(case.pages[0]) < MOST_CHARACTERS
    ]
    return tuple(pages)


def _chosen(cases: Iterable[Case], edition: str) -> list[Case]:
    """An edition's smallest listings, and the newest articles, which hold most of the traps."""
    own = [case for case in cases if case.edition == edition and not case.listing]
    listings = [case for case in cases if case.edition == edition and case.listing and len(case.truths) > 1]
    return own[: None if edition == "en" else 10] + sorted(listings, key=lambda case: len(case.pages[0]))[:5]


def _full(case: Case, known: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """What is known of the articles from any page, also where this page shows less."""
    return {name: {**truth, **known.get(name, {})} for name, truth in case.truths.items()}


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A spoilt page, and what is read off it; `label` tells how to make it again."""

    label: str
    good: Good
    mangled: Mangled
    page: Page
    found: list[Article]

    @property
    def lost(self) -> set[str]:
        """The ids of the good page that are not read, and not named in a problem either."""
        ids = self.good.truths.keys() - {id_of(article) for article in self.found}
        return {name for name in ids if not any(name in problem for problem in self.page.problems)}


def spoilt(name: str, block: int) -> Iterator[Spoilt]:
    """Each spoilt page of a block."""
    for number in range(block * BLOCK, (block + 1) * BLOCK):
        chance = Random(f"{name} {number}")
        good = chance.choice(good_pages())
        mangled = MANGLINGS[name](good, chance)
        page = read_page(mangled.html, good.url)
        yield Spoilt(f"{name} {number} of {good.name}", good, mangled, page, list(articles(page, good.url)))


@cache
def good_page(good: Good) -> Page:
    return read_page(good.html, good.url)


@cache
def unspoilt(good: Good) -> dict[str, Article]:
    """What is read off a good page; tests/extraction/test_quality.py says that it is exact."""
    return {id_of(article): article for article in articles(good_page(good), good.url)}


def id_of(article: Article) -> str:
    return f"{article.edition}-{article.post_id}"


def check(spoiled: Spoilt) -> None:
    """What holds for every mangling."""
    for article in spoiled.found:
        name = id_of(article)
        label = f"{spoiled.label} {name}"
        assert name in spoiled.good.truths, f"{label} is not on this page"
        truth = spoiled.good.truths[name]
        assert article.title in ("", truth["title"]), label
        assert article.published in (None, truth["published"]), label
        for field in ("categories", "tags"):
            if truth.get(field) is not None:
                assert set(getattr(article, field) or ()) <= set(truth[field]), f"{label} {field}"
        if truth.get("body") is not None:
            check_words(label, spoiled, article, truth)


def check_words(label: str, spoiled: Spoilt, article: Article, truth: Mapping[str, Any]) -> None:
    name = id_of(article)
    own = words_of(truth) | (spoiled.mangled.words if spoiled.mangled.target == name else frozenset())
    strange = [word for word in (article.body or "").split() if word not in own and not grown_together(word, own)]
    assert not strange, f"{label}: {strange[:20]}"
    others = set().union(*(words_of(other) for key, other in spoiled.good.truths.items() if key != name)) - own
    assert not set((article.excerpt or "").split()) & others, f"{label}: excerpt"


def words_of(truth: Mapping[str, Any]) -> frozenset[str]:
    """The words of an article's text, its title and its captions."""
    texts = [truth.get("body") or "", truth["title"]]
    texts += [image["caption"] or "" for image in truth.get("images") or ()]
    return frozenset(" ".join(texts).split())


def grown_together(word: str, words: frozenset[str]) -> bool:
    """Whether a word is several of `words` with nothing between them."""
    ends = {0}
    for end in range(1, len(word) + 1):
        if any(word[start:end] in words for start in ends):
            ends.add(end)
    return len(word) in ends


COMPARED = ("title", "published", "categories", "tags", "author", "comment_count", "body", "excerpt", "protected")


def check_exact(spoiled: Spoilt, fields: Iterable[str] = COMPARED, but: str | None = None) -> None:
    """Every article is read as it is off the good page, in `fields`; the article `but` may differ."""
    good = unspoilt(spoiled.good)
    assert {id_of(article) for article in spoiled.found} == good.keys(), spoiled.label
    for article in spoiled.found:
        name = id_of(article)
        for field in fields if name != but else ():
            assert getattr(article, field) == getattr(good[name], field), f"{spoiled.label} {name} {field}"


BLOCKS = pytest.mark.parametrize("block", range(TIMES // BLOCK))


@BLOCKS
@pytest.mark.parametrize("name", ["swap_attributes", "swap_head", "swap_entries", "double_entries"])
def test_what_changes_no_text_changes_no_field(name: str, block: int) -> None:
    """Every article is found, every field exact."""
    for spoiled in spoilt(name, block):
        check(spoiled)
        check_exact(spoiled)


@BLOCKS
def test_doubled_boilerplate_changes_no_field(block: int) -> None:
    """Every article is found, every field exact."""
    for spoiled in spoilt("double_boilerplate", block):
        check(spoiled)
        check_exact(spoiled)


@BLOCKS
def test_look_alikes_in_a_body_stay_in_the_body(block: int) -> None:
    """Every article is found and exact; the body that was written into is its own text and what was put into it.

    Where that makes the page look like another design's, an article is reported, or read with the fields that this
    design finds: each exact or null.
    """
    for spoiled in spoilt("inject_look_alikes", block):
        check(spoiled)
        if spoiled.page.theme != good_page(spoiled.good).theme:
            assert not spoiled.lost, spoiled.label
            continue
        target = spoiled.mangled.target
        check_exact(spoiled, but=target)
        check_exact(spoiled, [field for field in COMPARED if field not in ("body", "excerpt")])
        for article in spoiled.found:
            if id_of(article) == target:
                said = [word for word in (article.body or "").split() if word not in spoiled.mangled.words]
                good = unspoilt(spoiled.good)[target].body or ""
                assert said == [word for word in good.split() if word not in spoiled.mangled.words], spoiled.label


@BLOCKS
def test_what_a_cut_off_page_still_shows_is_whole(block: int) -> None:
    """Every article that is read is exact; where one is not, the page reports that it breaks off.

    Of an answer over HTTP its length tells that it is whole, so that a page with an address names only the article
    that it breaks off in; between two articles, only a saved page reports that the rest is missing.
    A page cut before any mark of a design is of no known design, which its reader reports.
    """
    for spoiled in spoilt("cut", block):
        check(spoiled)
        good = unspoilt(spoiled.good)
        for article in spoiled.found:
            for field in COMPARED:
                assert getattr(article, field) == getattr(good[id_of(article)], field), f"{spoiled.label} {field}"
        if spoiled.lost and spoiled.page.theme and not spoiled.page.problems:
            assert read_page(spoiled.mangled.html).problems, spoiled.label


@BLOCKS
@pytest.mark.parametrize("name", ["drop_end_tags", "stray_end_tags", "nest_wrongly"])
def test_unbalanced_tags_give_no_field_to_a_neighbour(name: str, block: int) -> None:
    """Every article is found or named; its title is exact or empty, its date exact or null, its categories its own.

    Of a body that is all that can be said: an end tag that is missing may tie two words together, or hide a
    paragraph in a caption or in a link "Continue reading"; but no word of it is another's.
    """
    for spoiled in spoilt(name, block):
        check(spoiled)
        assert not spoiled.lost, spoiled.label


def test_every_mangling_is_tried() -> None:
    assert TIMES * len(MANGLINGS) >= 2_000
    editions = {name[:2] for page in good_pages() for name in page.truths}
    assert editions == {"en", "fa", "ar", "sq"}
