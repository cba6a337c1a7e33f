"""The extractor stays above the committed floors on every edition and design whose pages are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.appearances import appearance_cases
from benchmarks.cases import BadFolderError, Case, folder_cases, sample_cases
from benchmarks.evaluate import OURS, Results, evaluate
from benchmarks.floors import read_floors
from benchmarks.scores import Score
from nejat_crawler.sample_site import SampleSite
from nejat_crawler.sample_site.content.theme_words import LABELS
from nejat_crawler.sample_site.theme.layouts import LAYOUTS
from tests.support.commands import shared

FLOORS = read_floors()


def faults(results: Results) -> list[str]:
    return [
        f"{' '.join(group[:2])}, {'listings' if group[2] else 'own pages'}: {fault}; {score.faults[:3]}"
        for (group, _), score in results.items()
        for fault in FLOORS.faults(score)
    ]


@pytest.mark.parametrize("edition", LABELS)
def test_the_sample_site_is_read_above_the_floors(edition: str) -> None:
    site = SampleSite((edition,))
    results = evaluate(sample_cases(site), {}, FLOORS)
    assert results[("all", "all", False), OURS].articles == len(site.public_posts(edition))
    assert results[("all", "all", True), OURS].articles > len(site.public_posts(edition))
    assert not faults(results)


@pytest.mark.parametrize("version", ["7.1", "7.9", "8.7"])
def test_every_layout_and_style_of_the_theme_is_read_above_the_floors(version: str) -> None:
    cases = appearance_cases(SampleSite(("en",), limit=24), [version], own_pages=2)
    results = evaluate(cases, {}, FLOORS)
    assert len(results) > len(LAYOUTS)
    assert not faults(results)


@pytest.mark.parametrize("folder", ["samples", "designs"])
def test_real_pages_are_read_above_the_floors(folder: str) -> None:
    results = evaluate(folder_cases(shared(folder)), {}, FLOORS)
    assert len(results) > 4
    assert not faults(results)


def test_no_floor_lies_below_what_was_promised() -> None:
    assert FLOORS.exact >= 0.99
    assert FLOORS.joiners == 1
    assert FLOORS.wrong_dates == FLOORS.chrome == 0


CASE = Case(
    "page",
    "test",
    False,
    None,
    ("<body><p>Share this</p><p>کتاب‌خانه‌ها open</p></body>",),
    {"fa-1": {"title": "A", "body": "کتاب‌خانه‌ها open", "published": "2020-01-02"}},
)


def fields(**changed: str | None) -> Score:
    score = Score()
    right = {"title": "A", "body": "کتاب‌خانه‌ها\nopen", "published": "2020-01-02"}
    score.add(CASE, {"fa-1": {**right, **changed}})
    return score


def test_what_is_exact_has_no_fault() -> None:
    assert list(FLOORS.faults(fields())) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"published": "2020-01-03"}, "wrong dates: 1"),
        ({"published": None}, "published: 0 of 1 exact"),
        ({"body": "کتابخانهها open"}, "joiners kept: 0.0000"),
        ({"body": "کتاب‌خانه‌ها open Share"}, "chrome words in bodies: 1"),
        ({"title": "B"}, "wrong values: 1"),
    ],
)
def test_what_is_not_exact_lies_below_a_floor(changed: dict[str, str | None], fault: str) -> None:
    assert any(found.startswith(fault) for found in FLOORS.faults(fields(**changed)))


def test_an_article_that_is_missed_or_invented_is_a_fault() -> None:
    score = Score()
    score.add(CASE, {"fa-2": {"title": "A"}})
    assert "articles missed or too many: 2" in list(FLOORS.faults(score))


def test_an_excerpt_that_passes_for_a_body_is_a_fault() -> None:
    score = Score()
    teaser = Case("page", "test", True, None, CASE.pages, {"fa-1": {"body": None, "teaser": True}})
    score.add(teaser, {"fa-1": {"body": "The opening"}})
    assert "wrong values: 1" in list(FLOORS.faults(score))


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFolderError, match=str(tmp_path)):
        list(folder_cases(tmp_path))
