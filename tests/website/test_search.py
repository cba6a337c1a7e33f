"""The ordinary search box of the published site: what it finds, what it must not, what it survives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.support.served import Site, article, make_archive, serving


class Probe(NamedTuple):
    """`typed` finds, or does not, an article in which `written` stands."""

    typed: str
    written: str
    edition: str
    found: bool = True


PROBES = [
    # letters of the other keyboard
    Probe("كتاب", "کتاب تازه‌ای در کتابخانه شهر", "fa"),
    Probe("کتاب", "هذا كتاب جديد في المكتبة", "ar"),
    Probe("ایران", "مسافر از ايران آمد", "fa"),
    Probe("ايران", "مسافر از ایران آمد", "fa"),
    Probe("علی", "وصل علي إلى المدينة", "ar"),
    Probe("مدرسه", "فتحت المدرسة أبوابها، مدرسة قديمة", "ar"),
    Probe("موسی", "جاء موسى من البيت", "ar"),
    Probe("خانه", "ہمارا خانہ", "fa"),
    # the zero-width non-joiner: typed, left out, or a space for it
    Probe("میرود", "کودک به باغ می‌رود", "fa"),
    Probe("می‌رود", "پرنده میرود تا کوه", "fa"),
    Probe("می رود", "قطار به شمال می‌رود", "fa"),
    Probe("می‌رود", "باران از دشت می رود", "fa"),
    Probe("خانواده", "خانواده‌ها گرد آمدند", "fa"),
    Probe("خانوادهها", "نامهٔ خانواده‌ها رسید", "fa"),
    Probe("کتابخانه", "کتاب‌خانه‌ها بسته‌اند", "fa"),
    Probe("نامه‌نگاری", "نامه‌نگاری‌های دو دوست", "fa"),
    # marks
    Probe("مجاهد", "واژهٔ مُجاهِد در متن", "fa"),
    Probe("مُجاهِد", "واژه مجاهد بی‌نشان", "fa"),
    Probe("السلام", "عَلَيْكُمُ السَّلَامُ", "ar"),
    Probe("احمد", "جاء أحمد مساء", "ar"),
    Probe("آزاد", "ازاد و سربلند", "fa"),
    Probe("رحمن", "بسم الرحمٰن، رحمٰن", "ar"),
    Probe("مسئول", "او مسؤول بود، مسئول", "fa"),
    Probe("والذين", "ٱلَّذين وٱلَّذين", "ar"),
    # presentation forms, tatweel, marks of direction
    Probe("سلام", "ﺳﻼﻡ بر همه", "fa"),
    Probe("ﺳﻼﻡ", "سلام بر شما", "fa"),
    Probe("سلام", "ســـلام کشیده", "fa"),
    Probe("باران", "\u202bباران\u202c و \u200fبرف\u200e", "fa"),
    # digits
    Probe("1402", "در سال ۱۴۰۲ رخ داد", "fa"),
    Probe("۱۴۰۲", "in the year 1402 it began", "en"),
    Probe("٢٠١٩", "في عام 2019 بدأ", "ar"),
    Probe("2019", "في سنة ٢٠١٩ انتهى", "ar"),
    # Latin letters with and without marks, case, width
    Probe("cameria", "Njerëzit e Çamëria e vjetër", "sq"),
    Probe("ÇAMËRIA", "shkoi ne cameria dje", "sq"),
    Probe("çështje", "nje ceshtje e hapur", "sq"),
    Probe("Shqipërisë", "kryeqyteti i SHQIPERISE", "sq"),
    Probe("WEAVER", "the weaver and the river", "en"),
    Probe("cafe", "a small Café by the sea", "en"),
    Probe("naïve", "a nai\u0308ve painter", "en"),
    Probe("lodz", "the train to Łódź", "en"),
    Probe("strasse", "an der alten Straße", "en"),
    Probe("Mas'ud", "a gardener named Masʿud", "en"),
    Probe("harbour", "the \uff28\uff41\uff52\uff42\uff4f\uff55\uff52 lights", "en"),
    Probe("cooperate", "they co\u00adoperate again", "en"),
    Probe("don't", "they don’t know", "en"),
    Probe('"green lantern"', "a green lantern hung there", "en"),
    Probe("lantern blue", "a blue, then red lantern", "en"),
    Probe("dont", "they don’t ask", "en"),
    Probe("don’t", "they dont answer", "en"),
    Probe("don't", "he said dont", "en"),
    Probe("obrien", "a letter to O’Brien", "en"),
    Probe("O'Brien", "a letter from OBrien", "en"),
    Probe("brien", "a visit to O'Brien's", "en"),
    Probe('"shepherd society"', "the Shepherd Society's lamp", "en"),
    Probe("مسئول", "او مسؤول باغ بود", "fa"),
    Probe("مسؤول", "او مسئول کتاب بود", "fa"),
    Probe("هیئت", "هیأت داوران رسید", "fa"),
    Probe("خانه‌ی", "خانهٔ ما کنار رود بود", "fa"),
    Probe("خانهٔ", "خانه‌ی ما کنار کوه بود", "fa"),
    Probe('"خانهٔ سبز"', "به خانه‌ی سبز رفت", "fa"),
    Probe('"خانه‌ی آبی"', "از خانهٔ آبی آمد", "fa"),
    # what must stay apart
    Probe("ما", "قطره‌ای ماء در جام", "fa", found=False),
    Probe("علی", "سخنی عالی شنیدیم", "fa", found=False),
    Probe("رضا", "مریم کنار رود نشست", "fa", found=False),
    Probe("شب", "شیب تند کوه", "fa", found=False),
    Probe("پدر", "بدر تمام بود", "fa", found=False),
    Probe("گل", "کلاه و کل", "fa", found=False),
    Probe("1402", "در سال ۱۴۲۰ بود", "fa", found=False),
    Probe("cameria", "the camera was broken", "en", found=False),
    Probe("weave", "two weavers talked", "en", found=False),
    Probe("lanternfish", "an orange lantern, a fish", "en", found=False),
    Probe('"green lantern"', "the lantern was green", "en", found=False),
    Probe("می‌رود", "می نوشید و رودخانه را دید", "fa", found=False),
    Probe("lantern AND nothing", "a lantern and a hat", "en", found=False),
    Probe("Parsi", "Persian carpets", "en", found=False),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    rows = [
        # in titles and bodies by turns: both are searched
        article(n, edition=probe.edition, **{("title", "body")[n % 2]: probe.written})
        for n, probe in enumerate(PROBES, 1)
    ]
    archive = make_archive(tmp_path_factory.mktemp("search") / "probes.db", {"articles": rows})
    with serving(archive) as served:
        yield served


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: f"{probe.typed}-{probe.written}")
def test_probe(site: Site, probe: Probe) -> None:
    wanted = f"{probe.edition}-{PROBES.index(probe) + 1}"
    assert (wanted in site.found(probe.typed, _size="max")) == probe.found


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        'unclosed "quote',
        '"""""',
        "!!! ... ؟؟ ،،",
        "*",
        "a*",
        "NEAR(a b)",
        "title:",
        "{title body}: x",
        "^a",
        "-a +b",
        "AND OR NOT",
        "(",
        ")",
        "';--",
        "\0",
        "lan\0tern",
        "\ufffe\uffff",
        "\U0001f600",
        "\u202e\u200c\u200d",
        "＂fullwidth＂ quote",
        "x" * 10_000,
        "آ" * 10_000,
        "\U0001f600" * 10_000,
        '"a b" ' * 1500,
        "(" * 10_000,
        '"' * 9_999,
    ],
    ids=lambda typed: repr(typed[:16]) + str(len(typed)),
)
def test_hostile_query_is_answered(site: Site, typed: str) -> None:
    for path in ("/nejat/articles", "/nejat/articles.json", "/nejat/articles.csv"):
        assert site.get(path, _search=typed).status == 200


def test_raw_bytes_that_are_no_text_are_answered(site: Site) -> None:
    assert site.get("/nejat/articles?_search=%ff%fe%d9").status == 200


@pytest.mark.parametrize("typed", ["", "  ", "\u200c", "\u00a0\t"])
def test_empty_box_asks_for_everything(site: Site, typed: str) -> None:
    assert len(site.found(typed, _size="max")) == len(PROBES)


def test_empty_box_keeps_the_other_filters(site: Site) -> None:
    albanian = [probe for probe in PROBES if probe.edition == "sq"]
    assert len(site.found("", edition="sq")) == len(albanian)


def test_punctuation_alone_finds_nothing(site: Site) -> None:
    assert site.found("!!! ...") == []


def test_search_combines_with_facets(site: Site) -> None:
    answer = site.get("/nejat/articles.json", _search="lantern", edition="en", _shape="objects").json()
    assert answer["filtered_table_rows_count"] > 1
    assert {row["value"]: row["count"] for row in answer["facet_results"]["edition"]["results"]} == {
        "en": answer["filtered_table_rows_count"]
    }


def test_search_in_sql_folds_too(site: Site) -> None:
    sql = "select rowid from articles_fts where articles_fts match escape_fts(:typed)"
    found = site.get("/nejat.json", sql=sql, typed="ÇAMËRIA", _shape="arrays").json()
    assert len(found["rows"]) == 2


def test_search_of_one_column(site: Site) -> None:
    title = next(n for n, probe in enumerate(PROBES, 1) if n % 2 == 0 and "lantern" in probe.written)
    answer = site.get("/nejat/articles.json", _search_title="LANTERN", _shape="array", _size="max").json()
    assert f"en-{title}" in [row["id"] for row in answer]
    assert all("lantern" in row["title"] for row in answer)
    assert site.get("/nejat/articles.json", _search_nowhere="x").status == 400


@pytest.mark.parametrize(
    "wrong", [{"_sort": "nope"}, {"_sort_desc": "nope"}, {"_sort": "id", "_sort_desc": "id"}, {"_through": "{"}]
)
def test_what_makes_no_sense_is_said_to(site: Site, wrong: dict[str, str]) -> None:
    for path in ("/nejat/articles", "/nejat/articles.json"):
        assert site.get(path, **wrong).status == 400
