"""Other spellings of a name are offered, with true counts, and nothing that is another name."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import cycle, permutations
from pathlib import Path
from typing import NamedTuple

import pytest
from bs4 import BeautifulSoup

from nejat_crawler.archive.reading.full_text.search_query import read_query
from nejat_crawler.archive.reading.open_file import open_for_search
from nejat_crawler.editions import EDITIONS
from nejat_crawler.folding import fold_for_search
from nejat_crawler.sample_site.content.writer import read_words
from nejat_crawler.website.search.search_request import SearchRequest
from nejat_crawler.website.search.searcher import Searcher
from tests.support.commands import ROOT, SHARED
from tests.support.served import Site, article, make_archive, serving

_LISTS = ROOT / "tests" / "names"
_SENTENCES = {
    "en": (
        "On that evening {} came down from the hut with the others.",
        "A letter of {} was read to the society.",
        "The mother of {} waited at the gate.",
    ),
    "fa": ("در آن شب {} از پناهگاه پایین آمد.", "نامه‌ای از {} در تالار خوانده شد."),
    "ar": ("في تلك الليلة نزل {} من الملجأ.", "قرئت رسالة من {} في القاعة."),
    "sq": ("Atë natë {} zbriti nga strehëza.", "Një letër nga {} u lexua në sallë."),
}


class Line(NamedTuple):
    """Spellings of one name, or of different ones."""

    language: str
    names: list[str]


def read(file: str, between: str) -> Iterator[Line]:
    language = ""
    for line in (_LISTS / file).read_text("utf-8").splitlines():
        if line.startswith("["):
            language = line.strip("[]")
        elif not line.startswith("#"):
            yield Line(language, [name.strip() for name in line.split(between)])


VARIANTS = list(read("variants.txt", "/"))
DISTRACTORS = list(read("distractors.txt", "|"))
LINES = [*VARIANTS, *DISTRACTORS]


def texts() -> Iterator[tuple[str, str]]:
    """What the archive of this test says: the sample site's words, the names, and real captures where they are."""
    for edition in EDITIONS:
        words = read_words(edition)
        every = [*words["paragraphs"], *words["sentences"], *words["titles"]]
        for start in range(0, len(every), 20):
            yield edition, "\n".join(every[start : start + 20])
    yield "en", "One writes Heyrani came, another that Heirani came."
    sentences = {language: cycle(rows) for language, rows in _SENTENCES.items()}
    common = [(language, names[0]) for language, names in VARIANTS]
    for language, name in [*common, *((language, name) for language, names in LINES for name in names)]:
        yield language, next(sentences[language]).format(name)
    for path in sorted((SHARED / "seeds").glob("*.txt")):  # more words to be mistaken for a name
        yield "en", path.read_text("utf-8")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [article(n, title=f"Page {n}", body=text, edition=edition) for n, (edition, text) in enumerate(texts(), 1)]
    assert len(rows) < 3000, "of more articles the words are gathered beside the first searches"
    return make_archive(tmp_path_factory.mktemp("names") / "names.db", {"articles": rows})


@pytest.fixture(scope="module")
def site(archive: Path) -> Iterator[Site]:
    with serving(archive) as served:
        yield served


def asked(site: Site, typed: str) -> BeautifulSoup:
    return BeautifulSoup(site.get("/nejat/search", q=typed, size=1).text, "html.parser")


def offered(site: Site, typed: str) -> dict[str, int]:
    """What is offered for `typed`, with the counts."""
    links = asked(site, typed).select(".variants a:has(bdi)")
    counts = [link.find_next("span") for link in links]
    return {
        link.get_text(): int(count.get_text().strip("()").replace(",", ""))
        for link, count in zip(links, counts, strict=True)
        if count
    }


def click(site: Site, typed: str, link: str) -> BeautifulSoup:
    """The page that a link of the line of other spellings leads to."""
    found = next(each for each in asked(site, typed).select(".variants a") if each.get_text() == link)
    return BeautifulSoup(site.get(str(found["href"])).text, "html.parser")


def total(page: BeautifulSoup) -> int:
    return int(page.select(".facts strong")[0].get_text().split()[0].replace(",", ""))


def whole(name: str) -> str:
    """A name without what it may be written with or without, folded."""
    return re.sub(r"\W", "", fold_for_search(name))


def test_spellings_of_a_name_find_each_other_and_no_other_name(archive: Path) -> None:
    same: dict[str, set[str]] = {}
    for _, names in VARIANTS:
        together = set(map(whole, names)).union(*(same.get(whole(name), ()) for name in names))
        same |= dict.fromkeys(together, together)
    expected, right = Counter[str](), Counter[str]()
    offers, reached = 0, dict[str, set[int]]()
    wrong, missed = list[str](), list[str]()
    # two thousand pages would take a minute to render; some are asked for below
    searcher = Searcher(archive)
    with contextlib.closing(open_for_search(archive)) as connection:

        @cache
        def finds(typed: str) -> set[int]:
            sql = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?"
            return {row[0] for row in connection.execute(sql, [read_query(typed).expression])}

        for name in {name: None for _, names in LINES for name in names}:
            answer = searcher.find(connection, SearchRequest(name, size=1))  # no article is looked at
            offers += len(answer.spellings)
            true = {each for word in [name, *name.split()] for each in same.get(whole(word), ())}
            wrong += [f"{name}: {each.word}" for each in answer.spellings if whole(each.word) not in true]
            reached[name] = finds(answer.widest or next((each.query for each in answer.spellings), name))
        for language, names in VARIANTS:
            for name, other in permutations(names, 2):
                expected[language] += 1
                if finds(f'"{other}"') <= reached[name]:
                    right[language] += 1
                else:
                    missed.append(f"{name}: {other}")
    assert len(VARIANTS) >= 300
    assert len(DISTRACTORS) >= 400
    assert right.total() / expected.total() >= 0.95, missed
    assert 1 - len(wrong) / offers >= 0.95, wrong
    assert all(right[language] / expected[language] >= 0.85 for language in _SENTENCES), missed


@pytest.mark.parametrize(
    "typed",
    [
        *("there", "women", "letter", "weather", "road", "برف", "کوه", "mali", "Paris", "released", "former"),
        *("منصوب", "اسرار", "Hamid", "Ashraf3", "2014", "Mehd*", '"Mehdi"*', "Tirana* NOT Mehdi", "NOT Mehdi"),
        *("A" * 900, "x" * 39 + "y", "-", "(", "'", "’", '"', '""', "title:", "\u200c"),
    ],
)
def test_nothing_is_offered_for_an_ordinary_word_or_the_beginning_of_one(site: Site, typed: str) -> None:
    assert offered(site, typed) == {}


@pytest.mark.parametrize(
    ("typed", "spelling", "widened"),
    [
        ("Tavrakani hut", "tawrakani", "(Tavrakani OR tawrakani) hut"),
        ('hut "Tavrakani"', "tawrakani", 'hut ("Tavrakani" OR tawrakani)'),
        ("“Tavrakani” hut", "tawrakani", "(“Tavrakani” OR tawrakani) hut"),
        ('"Heyrani came" Heyrani', "heirani came", '("Heyrani came" OR "heirani came") Heyrani'),
        ("hut NOT Heyrani Tavrakani", "tawrakani", "hut NOT Heyrani (Tavrakani OR tawrakani)"),
        ("body:Tavrakani", "tawrakani", "body:(Tavrakani OR tawrakani)"),
        ("(hut OR Tavrakani", "tawrakani", "(hut OR (Tavrakani OR tawrakani)"),
        ("Tavrakani OR Tawrakani", "tavraqani", "(Tavrakani OR tavraqani) OR Tawrakani"),
        ("Gholam-Reza", "gholamreza", "(Gholam-Reza OR gholamreza)"),
        ("Gholam Reza", "gholamreza", "(Gholam Reza OR gholamreza)"),
        ("Gholamreza", "gholam reza", '(Gholamreza OR "gholam reza")'),
        ("Ra’isi", "raeesi", "(Ra’isi OR raeesi)"),
        ("بنیصدر", "بنی صدر", '(بنیصدر OR "بنی صدر")'),
        ("عبد الرضا", "عبدالرضا", "(عبد الرضا OR عبدالرضا)"),
        ("Tirana -Korça", "Tiranë", "(Tirana OR Tiranë) -Korça"),
    ],
)
def test_a_spelling_stands_beside_what_was_typed(site: Site, typed: str, spelling: str, widened: str) -> None:
    page = click(site, typed, spelling)
    assert page.select("#search")[0]["value"] == widened


@pytest.mark.parametrize(
    ("typed", "spelling"),
    [
        ("Ja'far", "jafar"),
        ("Massoud", "mas oud"),  # of Mas'oud, which is found as masoud
        ("غلام‌رضا", "غلام رضا"),
        ("Tiranë", "tirane"),
        ("Hossein OR Hussein", "hussein"),
        ("Hossein -Hussein", "hossein"),
        ("مسوول", "مسءول"),  # stands in the index only
    ],
)
def test_what_is_found_already_is_not_offered(site: Site, typed: str, spelling: str) -> None:
    assert spelling not in offered(site, typed)


@pytest.mark.parametrize("typed", ["Tavrakani", "body:Mohammad", '"Gholam Reza"', "Hosseinzadeh", "علیرضا", "Durrës"])
def test_counts_are_those_of_the_articles_that_hold_a_spelling(site: Site, typed: str) -> None:
    column = typed.partition(":")[0] + ":" if ":" in typed else ""
    for spelling, count in offered(site, typed).items():
        assert count == total(asked(site, f'{column}"{spelling}"')) > 0
        assert total(click(site, typed, spelling)) > total(asked(site, typed))


def test_a_spelling_that_only_other_columns_hold_is_not_offered(site: Site) -> None:
    assert "tawrakani" in offered(site, "body:Tavrakani")
    assert offered(site, "title:Tavrakani") == {}


def test_one_click_includes_all_spellings(site: Site) -> None:
    page = click(site, "Tavrakani hut", "Include all")
    answer = BeautifulSoup(
        site.get("/nejat/search", q=str(page.select("#search")[0]["value"]), size=50).text, "html.parser"
    )
    marked = {mark.get_text() for mark in answer.select("mark")}
    assert {"Tavrakani", "Tavrakany", "Tawrakani", "Tavraqani"} <= marked
    assert not {"tavrakany", "tawrakani", "tavraqani"} & set(offered(site, str(page.select("#search")[0]["value"])))
    both = click(site, "Gholam Reza Musa", "Include all").select("#search")[0]["value"]
    assert str(both).startswith("(Gholam Reza OR gholamreza")
    assert " (Musa OR " in both


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Khodabnadeh", "khodabandeh"),
        ("Tavrakni", "tavrakani"),
        ("Mohamadd", "mohammad"),
        ("Solleimani", "soleimani"),
        ('"Tavrakni came down"', "tavrakani came down"),
        ("bani-sdar", "bani sadr"),
        ("خدابنهد", "خدابنده"),
        ("ابراهی", "ابراهیم"),
        ("غلامرظا", "غلام‌رضا"),
        ("عبدالرضى", "عبدالرضا"),
        ("خديجت", "خديجة"),
        ("Gjirkastër", "Gjirokastër"),
        ("Prishtni", "Prishtinë"),
    ],
)
def test_what_was_meant_is_named_where_nothing_is_found(site: Site, typed: str, meant: str) -> None:
    found = offered(site, typed)
    assert total(asked(site, typed)) == 0
    assert meant in found
    assert total(click(site, typed, meant)) == found[meant] > 0
