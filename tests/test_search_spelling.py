"""Other spellings of a name: those of the sample site, and of common names, are found by each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest
from bs4 import BeautifulSoup

from nejat_crawler.editions import EDITIONS
from nejat_crawler.sample_site.writer import read_words
from tests.doors import SHARED
from tests.served import Site, article, make_archive, serving

#: Spellings of one name each. The first are the sample site's; the others are those of family and given names that
#: real captures spell differently.
NAMES = [
    ["Tavrakani", "Tavrakany", "Tawrakani", "Tavraqani"],
    ["Heyranvar", "Hayranvar", "Heiranvar", "Heyranwar"],
    ["Dervollari", "Dervolari", "Dervulari", "Dervullari"],
    ["Shkelbardha", "Shkelbarda", "Skelbardha"],
    ["Rennquell", "Rennkvell", "Rennkuell"],
    ["Shkelzaku", "Shkelzaqu"],
    ["Behrouz", "Behruz", "Behrus"],
    ["Sulollari", "Solullari", "Solulari", "Sullolari", "Sullari"],
    ["Heyrani", "Heirani"],
    ["Masoud", "Massoud", "Masud"],
    ["Mehdi", "Mahdi"],
    ["Mujahedin", "Mojahedin", "Mujahideen"],
    ["Mohammad", "Mohamad", "Muhammad", "Mohammed"],
    ["Mostafa", "Mustafa"],
    ["Yasser", "Yaser"],
    ["Parvin", "Parwin"],
    ["Naimeh", "Naime"],
    ["Fereshteh", "Fereshte"],
    ["Yeganeh", "Yaganeh"],
    ["Masoumeh", "Masoomeh"],
    ["Qorbanali", "Ghorbanali"],
    ["Abdollahi", "Abdullahi"],
    ["Hossein", "Hussein", "Hosein"],
    ["Azerbaijan", "Azarbaijan"],
]
#: Names that are like some of those, and other names.
OTHERS = """
    Hosseini Mohammadi Masoudi Parsi Paris Farsi Hamid Hamed Hassan Hassani Farid Faridi Soleiman Soleimani Shekari
    Zoran Korvan Koran Akbar Akbari Qorban Ghorbani Mehran Mahin Maryam Marjan Mina Yazdan Paridokht Nader Nadir
    Tirana Tehran Torabi Rahimi Rahmani Karimi Karami Sadeghi Sedaghat Amini Imani Nasim Nasser Bahar Bahram
"""


def texts() -> Iterator[str]:
    """What the archive of this test says: the sample site's words, the names, and real captures where they are."""
    for edition in EDITIONS:
        words = read_words(edition)
        yield from chain(words["paragraphs"], words["sentences"], words["titles"])
    for name in [*chain.from_iterable(NAMES), *OTHERS.split()]:
        yield f"On that evening {name} came down from the hut with the others."
    for path in sorted((SHARED / "seeds").glob("*.txt")):  # more words to be mistaken for a name
        yield path.read_text("utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    rows = [article(n, title=f"Page {n}", body=text) for n, text in enumerate(texts(), 1)]
    with serving(make_archive(tmp_path_factory.mktemp("names") / "names.db", {"articles": rows})) as served:
        yield served


def offered(site: Site, typed: str) -> set[str]:
    page = BeautifulSoup(site.get("/nejat/search", q=typed).text, "html.parser")
    return {link.get_text() for link in page.select(".variants bdi")}


def test_spellings_of_a_name_find_each_other(site: Site) -> None:
    expected = returned = right = 0
    wrong: list[str] = []
    missed: list[str] = []
    for spellings in NAMES:
        for name in spellings:
            others = {other.lower() for other in spellings} - {name.lower()}
            found = offered(site, name)
            expected, returned, right = expected + len(others), returned + len(found), right + len(others & found)
            wrong += [f"{name}: {other}" for other in found - others]
            missed += [f"{name}: {other}" for other in others - found]
    assert sum(map(len, NAMES)) >= 60
    assert right / expected >= 0.95, missed
    assert right / returned >= 0.95, wrong


@pytest.mark.parametrize("typed", ["there", "women", "letter", "weather", "road", "برف", "کوه", "mali", "Paris"])
def test_an_ordinary_word_is_left_alone(site: Site, typed: str) -> None:
    assert offered(site, typed) == set()


def test_one_click_includes_a_spelling(site: Site) -> None:
    page = BeautifulSoup(site.get("/nejat/search", q="Tavrakani hut").text, "html.parser")
    link = next(link for link in page.select(".variants a") if "tawrakani" in link.get_text())
    answer = BeautifulSoup(site.get(str(link["href"])).text, "html.parser")
    assert answer.select("#search")[0]["value"] == "(Tavrakani OR tawrakani) hut"
    assert "Tawrakani" in {mark.get_text() for mark in answer.select("mark")}
    widest = next(link for link in page.select(".variants a") if link.get_text() == "Include all")
    everything = BeautifulSoup(site.get(str(widest["href"])).text, "html.parser")
    marked = {mark.get_text() for mark in everything.select("mark")}
    assert {"Tavrakani", "Tavrakany", "Tawrakani", "Tavraqani"} <= marked
