"""Each rule by which two words in Arabic letters are spellings of one name, and what it must not take for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from tests.support.served import Site, article, make_archive, serving

SAME = {
    "one letter for another": ("طهماسب", "تهماسب"),
    "another letter for another": ("آذرنوش", "آزرنوش"),
    "twice or once": ("داوود", "داود"),
    "one lam or two": ("عبدالله", "عبداله"),
    "a hamza at the end or none": ("ضیاء", "ضیا"),
    "a hamza at the end of a longer word or none": ("علماء", "علما"),
    "another s at the end": ("کیومرث", "کیومرس"),
    "one end for another": ("مرتضی", "مرتضا"),
    "an ending for another": ("تیرانا", "تیرانه"),
    "an alef before ayn or none": ("اسماعیل", "اسمعیل"),
    "an alef before he or none": ("ابراهیم", "ابرهیم"),
    "an alef before two yes or none": ("جبراییل", "جبرییل"),
    "an alef before the last letter of a long word or none": ("عبدالرحمان", "عبدالرحمن"),
    "a ye at another place": ("آمریکا", "آمیرکا"),
}
OTHER = {
    "one end for another, of a word that is held": ("کریمی", "کریما", "کریم"),
    "letters of a short word": ("حیات", "حیاط"),
    "a hamza at the end of two letters": ("جاء", "جا"),
    "a hamza behind another letter": ("بدء", "بد"),
    "another letter for s": ("منصوب", "منسوب"),
    "another letter for s at the beginning": ("سوریه", "ثوریه"),
    "another letter for q": ("استقلال", "استغلال"),
    "an alef before the last letter of a shorter word": ("انتقال", "انتقل"),
    "an alef within": ("گذاشتند", "گذشتند"),
    "one end for another of a longer word": ("امریکا", "امریکی"),
    "an alef at the beginning": ("اعتقادی", "عتقادی"),
    "a short word with an alef": ("سعاد", "سعد"),
    "a ye at another place of a short word": ("بیار", "بایر"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    words = [word for group in (*SAME.values(), *OTHER.values()) for word in group]
    rows = [article(number, edition="fa", title="نامه", body=f"{word} آمد.") for number, word in enumerate(words, 1)]
    with serving(make_archive(tmp_path_factory.mktemp("rules") / "rules.db", {"articles": rows})) as served:
        yield served


def offered(site: Site, typed: str) -> set[str]:
    page = BeautifulSoup(site.get("/nejat/search", q=typed).text, "html.parser")
    return {link.get_text().replace("آ", "ا") for link in page.select(".variants a:has(bdi)")}


@pytest.mark.parametrize("words", SAME.values(), ids=SAME)
def test_the_other_spelling_of_a_name_is_offered(site: Site, words: tuple[str, str]) -> None:
    one, other = (word.replace("آ", "ا") for word in words)
    assert other in offered(site, one)
    assert one in offered(site, other)


@pytest.mark.parametrize("words", OTHER.values(), ids=OTHER)
def test_another_word_is_not_offered(site: Site, words: tuple[str, ...]) -> None:
    assert words[1] not in offered(site, words[0])
    assert words[0] not in offered(site, words[1])
