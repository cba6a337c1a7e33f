"""Forms and spellings are suggested as people write them: with half-spaces and hamza, in the edition's letters."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from nejat_crawler.archive.reading.open_file import open_for_search
from nejat_crawler.website.search.search_request import SearchRequest
from nejat_crawler.website.search.searcher import Searcher, SearchResult
from tests.support.served import article, make_archive

TEXTS = {
    "fa": ["قایق‌هاي كهنه", "پنجره‌ها باز بود", "پنجرهها بسته شد", "هیئت‌ها رسیدند", "توركانی آمد", "آن هیات رفت"],
    "ar": ["رأيت النوافذ", "فتح النافذة", "وصلت رسائلهم", "هذه رسالة", "عند المبنی العالی", "سُفُن", "سفينة"],
    "sq": ["dritarja e shtëpisë", "shtëpia", "në Çamëri"],
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pairs = [(edition, text) for edition, texts in TEXTS.items() for text in texts]
    rows = [
        article(at, edition=edition, title="-", body=f"… {text} …")
        for at, (edition, text) in enumerate(pairs, start=1)
    ]
    return make_archive(tmp_path_factory.mktemp("written") / "nejat.db", {"articles": rows})


def find(archive: Path, typed: str) -> SearchResult:
    with closing(open_for_search(archive)) as connection:
        return Searcher(archive).find(connection, SearchRequest(typed))


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("پنجره", ["پنجره‌ها"]),
        ("قایق", ["قایق‌های"]),
        ("رسالة", ["رسائلهم"]),
        ("مبنى", ["المبني"]),
        ("سفينة", ["سفن"]),
        ("shtepi", ["shtëpia", "shtëpisë"]),
    ],
)
def test_other_forms_are_told_as_the_edition_writes_them(archive: Path, typed: str, forms: list[str]) -> None:
    assert sorted(find(archive, typed).other_forms) == forms


@pytest.mark.parametrize(
    ("typed", "near"), [("تورکاني", ""), ("تورکنی", "تورکانی"), ("camëria", "Çamëri"), ("پنجرهعا", "پنجره‌ها")]
)
def test_what_was_perhaps_meant_is_told_so_and_found_so(archive: Path, typed: str, near: str) -> None:
    found = find(archive, typed)
    assert [each.word for each in found.did_you_mean][:1] == ([near] if near else [])
    assert bool(found.total) == (not near)
    for each in found.did_you_mean:
        assert find(archive, each.query).total >= each.count  # other forms are found, too


@pytest.mark.parametrize("typed", ["هیئت", "هیأت", "هیات", "هيئت‌ها", "هیئت¬ها", "هیئت\u200bها"])
def test_hamza_and_half_spaces_are_found_however_they_are_typed(archive: Path, typed: str) -> None:
    found = {hit.row["id"] for hit in find(archive, typed).hits}
    assert "fa-4" in found
    assert ("fa-6" in found) == ("ها" not in typed)
