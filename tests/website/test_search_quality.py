"""The search finds what a reader means as well as it did, and better than words as typed and FTS5 as it comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.search_quality import (
    FORMS,
    Figures,
    judge,
    judge_forms,
    ndcg,
    read_floors,
    read_questions,
    sample_texts,
)
from nejat_crawler.editions import EDITIONS

FLOORS = read_floors()


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Figures]]:
    return judge(tmp_path_factory.mktemp("quality"))


def test_questions_are_judged_in_all_editions_and_of_texts_that_there_are() -> None:
    texts = sample_texts()
    for code in EDITIONS:
        asked = [grades for edition, _, grades in read_questions() if edition == code]
        assert len(asked) >= 15
        assert all(name in texts and grade in (1, 2) for grades in asked for name, grade in grades.items())


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("figure", ["recall", "precision", "ndcg"])
def test_answers_do_not_get_worse(judged: dict[str, dict[str, Figures]], edition: str, figure: str) -> None:
    assert getattr(judged["site"][edition], figure) >= FLOORS[figure][edition]


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_other_search_ranks_better(judged: dict[str, dict[str, Figures]], edition: str) -> None:
    others = {name: row[edition].ndcg for name, row in judged.items() if name != "site"}
    assert len(others) == 3
    assert judged["site"][edition].ndcg > max(others.values())


def test_forms_find_each_other_and_other_words_do_not(tmp_path: Path) -> None:
    for edition, row in judge_forms(FORMS, tmp_path)["site"].items():
        assert row.found >= FLOORS["forms"][edition]
        assert row.merged <= FLOORS["merged"][edition]


def test_gain_is_one_where_the_best_stand_first_and_none_where_nothing_is_right() -> None:
    grades = {"a": 2, "b": 1}
    assert ndcg(["a", "b"], grades) == 1
    assert 0 < ndcg(["b", "a"], grades) < 1
    assert ndcg(["c"], grades) == 0
