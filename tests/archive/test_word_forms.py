"""A word finds its other forms, and nothing that only looks like one."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

import pytest
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading.articles import Selection, read_articles
from nejat_crawler.archive.word_forms import dictionary
from nejat_crawler.archive.word_forms.dictionary import lemmas_by_form
from nejat_crawler.crawl.health import examine
from tests.support.served import article, make_archive

_SENTENCES = {
    "en": "Near the river {} came up again.",
    "fa": "دیروز کنار رودخانه {} بود",
    "ar": "بالأمس عند النهر {} هنا",
    "sq": "Dje pranë lumit {} erdhi sërish.",
}
_SAME = (
    ("en", "lantern lanterns lantern’s"),
    ("en", "ferry ferries"),
    ("en", "carry carried carries carrying"),
    ("en", "goose geese"),
    ("en", "drive drove driven driving"),
    ("fa", "پنجره پنجره‌ها پنجره‌های پنجره‌اش پنجره‌ای"),
    ("fa", "همسایه همسایگان همسایه‌ها همسایه‌هایشان"),
    ("fa", "باغبان باغبانان باغبانها باغبانش"),
    ("fa", "می‌خواند میخواند می‌خوانند نمی‌خواند"),
    ("ar", "حديقة الحديقة حدائق حديقتهم للحديقة"),
    ("ar", "مهندس المهندس مهندسون والمهندسين بالمهندس"),
    ("ar", "جسر الجسر والجسر بالجسر"),
    ("sq", "dritare dritarja dritares dritaret"),
    ("sq", "liqen liqeni liqenit liqenin"),
    ("sq", "urë ura urës urën urat"),
    ("fa", "شنیدن شنید می‌شنود نشنید بشنود شنیدند شنیده‌اند"),
    ("fa", "آموختن آموخت می‌آموزد بیاموزد نیاموخت"),
    ("fa", "دویدن دوید می‌دود دویدند"),
    ("fa", "شدن شد می‌شود شده شده‌اند شود"),
    ("ar", "سامح يسامح سامحت سامحوا"),
    ("ar", "أرسل يرسل أرسلت"),
    ("ar", "عاد يعود عادت عادوا"),
    ("ar", "مريض المريض المرضى"),
    ("en", "honour honor honours honored"),
    ("en", "apologise apologize apologised apologizing"),
    ("en", "swear swore sworn swearing"),
    ("en", "cancel cancelled cancelling canceled"),
    ("en", "Norwegian Norwegians"),
    ("fa", "برخاستن برخاست برمی‌خیزد برخیزند برنخاست"),
    ("fa", "نشستن نشست می‌نشیند ننشست نشسته‌اند"),
    ("fa", "مسافر مسافرین مسافران"),
    ("fa", "هجده هجدهم هجدهمین"),
    ("fa", "مشتری مشتری‌ام مشتری‌اش"),
    ("ar", "زار يزور زارت زرنا سيزور نزور تزور"),
    ("ar", "بقي يبقى بقيت بقوا يبقون تبقى"),
    ("ar", "رأى رأت رأيت رأوا يرى يرون"),
    ("ar", "اشترى يشتري اشترت اشتروا يشترون"),
    ("ar", "استبعد يستبعد استبعدت يستبعدون تستبعد"),
    ("ar", "ضرب ضربوه ضربهم يضربونه"),
    ("ar", "خطير خطيرة أخطر"),
    ("ar", "صلة صلته صلتهم الصلة"),
    ("sq", "marr merr mori morën marrë merret"),
    ("sq", "flamuroj flamuron flamuroi flamuruan flamuruar flamurohet"),
    ("sq", "kthej kthen ktheu kthyen kthyer kthehet"),
    ("sq", "Norvegji Norvegjia Norvegjisë Norvegjinë"),
    ("sq", "natë net netët netëve natën"),
)
_APART = (
    ("en", "Rashid Rashidi"),
    ("en", "station state"),
    ("fa", "کمال کمالی"),
    ("fa", "برگ بزرگ"),
    ("fa", "بردن نبرد"),
    ("fa", "کشتن کشتی"),
    ("fa", "بد بدن"),
    ("fa", "مردن مردم"),
    ("fa", "کردن شد"),
    ("fa", "کرد می‌شود"),
    ("fa", "آمدن برآمد"),
    ("ar", "واجب أجب"),
    ("ar", "أم أما"),
    ("ar", "أمهات إلا"),
    ("ar", "جمال جمل"),
    ("ar", "حسنى حسين"),
    ("sq", "Arben Arbeni"),
    ("sq", "port portret"),
    ("ar", "علم علماني"),
    ("ar", "بحر بحرين"),
    ("ar", "وفاة وفاء"),
    ("ar", "عاد عدن"),
    ("ar", "روسيا روسي"),
    ("ar", "علي عليا"),
    ("ar", "نزار زار"),
    ("fa", "مرد مردم مردن"),
    ("fa", "زمین زمان"),
    ("sq", "fjalë fjali"),
    ("sq", "krah krahinë"),
    ("sq", "tiran Tiranë"),
    ("sq", "Norvegji norvegjez"),
    ("en", "Rosanian rosary"),
)
_PAIRS = [(edition, words.split(" ")) for edition, words in (*_SAME, *_APART)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    rows = [
        article(group * 10 + at, edition=edition, body=_SENTENCES[edition].format(word))
        for group, (edition, words) in enumerate(_PAIRS, start=1)
        for at, word in enumerate(words)
    ]
    path = make_archive(tmp_path_factory.mktemp("forms") / "nejat.db", {"articles": rows})
    with Archive.open_readonly(path) as opened:
        yield opened


def _found(archive: Archive, typed: str, edition: str) -> set[int]:
    selection = Selection(editions=(edition,), query=typed)
    return {found["post_id"] for found in read_articles(archive.db, selection, ("post_id",))}


def _met(archive: Archive, group: int, edition: str, words: Sequence[str]) -> float:
    pairs = list(permutations(range(len(words)), 2))
    return sum(group * 10 + other in _found(archive, words[typed], edition) for typed, other in pairs) / len(pairs)


@pytest.mark.parametrize("group", range(1, len(_SAME) + 1))
def test_a_form_finds_the_others(archive: Archive, group: int) -> None:
    edition, words = _PAIRS[group - 1]
    assert _met(archive, group, edition, words) == 1


@pytest.mark.parametrize("group", range(len(_SAME) + 1, len(_PAIRS) + 1))
def test_another_word_or_a_name_is_no_form(archive: Archive, group: int) -> None:
    edition, words = _PAIRS[group - 1]
    assert _met(archive, group, edition, words) == 0
    assert group * 10 in _found(archive, words[0], edition)


@pytest.mark.parametrize("typed", ['"lantern"', "lantern -lanterns", "lantern NOT lanterns"])
def test_what_is_quoted_or_left_out_stays_as_typed(archive: Archive, typed: str) -> None:
    assert _found(archive, typed, "en") & {10, 11} == {10}


def test_what_is_left_out_leaves_no_other_form_out(archive: Archive) -> None:
    assert _found(archive, "river -lantern", "en") & {10, 11} == {11}


@pytest.mark.parametrize(
    ("spaced", "usual"),
    [
        ("می خواند", "می‌خواند"),
        ("همسایه هایشان", "همسایه‌هایشان"),
        ("پنجره ها", "پنجره‌ها"),
        ("پنجره اش", "پنجره‌اش"),
        ("همسایه شان", "همسایه‌شان"),
    ],
)
def test_a_space_may_be_typed_for_a_half_space(archive: Archive, spaced: str, usual: str) -> None:
    assert _found(archive, spaced, "fa") == _found(archive, usual, "fa")
    assert len(_found(archive, spaced, "fa")) > len(_found(archive, f'"{spaced}"', "fa"))


def test_a_name_that_is_never_written_small_has_no_forms_of_the_word_it_looks_like(tmp_path: Path) -> None:
    bodies = ("In the hut Baker slept.", "Down in the valley two bakers were up early.")
    rows = [article(number, body=body) for number, body in enumerate(bodies, start=1)]
    with Archive.open_readonly(make_archive(tmp_path / "nejat.db", {"articles": rows})) as opened:
        assert _found(opened, "Baker", "en") == {1}
        assert _found(opened, "bakers", "en") == {2}


@pytest.mark.parametrize(
    ("edition", "typed", "held"),
    [("en", "geese", "goose"), ("ar", "حدائق", "حديقة"), ("sq", "netëve", "natë"), ("sq", "Norvegjisë", "Norvegjia")],
)
def test_a_word_that_no_article_holds_is_looked_up_in_the_dictionary_that_was_kept(
    tmp_path: Path, edition: str, typed: str, held: str
) -> None:
    rows = [article(1, edition=edition, body=_SENTENCES[edition].format(held))]
    with Archive.open_readonly(make_archive(tmp_path / "nejat.db", {"articles": rows})) as opened:
        assert _found(opened, typed, edition) == {1}


def test_without_a_kept_dictionary_a_reader_does_not_wait_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_archive(tmp_path / "nejat.db", {"articles": [article(1, body="one goose, two kites")]})
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "nothing"))
    monkeypatch.setattr(DefaultDictionaryFactory, "get_dictionary", lambda *_: pytest.fail("it was made"))
    monkeypatch.setattr(dictionary, "_in_use", {})
    with Archive.open_readonly(path) as opened:
        assert _found(opened, "geese", "en") == set()
        assert _found(opened, "kite", "en") == {1}


def test_albanian_articles_of_adjectives_are_no_words_to_look_for(tmp_path: Path) -> None:
    bodies = ("një mal i madh", "një shtëpi e madhe", "dy male të mëdha", "ai erdhi i pari")
    rows = [article(number, edition="sq", body=body) for number, body in enumerate(bodies, start=1)]
    with Archive.open_readonly(make_archive(tmp_path / "nejat.db", {"articles": rows})) as opened:
        assert _found(opened, "i madh", "sq") == _found(opened, "të mëdha", "sq") == {1, 2, 3}
        assert _found(opened, '"i madh"', "sq") == {1}
        assert _found(opened, "i", "sq") == {1, 4}


def test_a_compound_finds_the_forms_of_its_last_word(tmp_path: Path) -> None:
    bodies = ("one ex-member", "two ex-members", "two members and an ex")
    rows = [article(number, body=body) for number, body in enumerate(bodies, start=1)]
    with Archive.open_readonly(make_archive(tmp_path / "nejat.db", {"articles": rows})) as opened:
        assert _found(opened, "ex-member", "en") == _found(opened, "ex-members", "en") == {1, 2}


def test_a_form_of_another_language_is_none_here(archive: Archive) -> None:
    assert _found(archive, "dritares", "en") == set()
    assert 131 in _found(archive, "dritares", "sq")


def test_words_are_filed_when_a_writer_closes(tmp_path: Path) -> None:
    path = make_archive(tmp_path / "nejat.db", {"articles": [article(1, body="one kite")]})
    with Archive.open(path) as opened, opened.writing() as db:
        db.table("articles").update("en-1", {"body": "two kites and a lantern"})
    with Archive.open_readonly(path) as opened:
        assert _found(opened, "kite", "en") == _found(opened, "lanterns", "en") == {1}
        assert not opened.db.table("words_due").count


@pytest.mark.parametrize("damage", ["cut", "empty", "a folder", "no folder"])
def test_a_dictionary_that_was_kept_is_the_same_and_one_that_is_damaged_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    entries = dict(list(DefaultDictionaryFactory().get_dictionary("sq").items())[-2000:])  # of 96,000
    monkeypatch.setattr(DefaultDictionaryFactory, "get_dictionary", lambda *_: entries)
    monkeypatch.setattr(dictionary, "_in_use", {})
    made = dict(lemmas_by_form("sq"))
    assert len(made) > 1000
    [file] = (path for path in tmp_path.rglob("*") if path.is_file())
    whole = file.read_bytes()
    dictionary._in_use.clear()
    assert dict(lemmas_by_form("sq")) == made
    if damage == "cut":
        file.write_bytes(whole[:-100])
    elif damage == "empty":
        file.write_bytes(b"")
    else:
        file.unlink()
        file.parent.rmdir()
        file.mkdir(parents=True) if damage == "a folder" else file.parent.write_bytes(b"")
    dictionary._in_use.clear()
    assert dict(lemmas_by_form("sq")) == made
    assert not file.is_file() or file.read_bytes() == whole
    assert [path for path in tmp_path.rglob("*") if path.is_file() and path not in (file, file.parent)] == []


def test_words_that_are_not_filed_are_a_problem_of_the_archive(tmp_path: Path) -> None:
    path = make_archive(tmp_path / "nejat.db", {"articles": [article(1, body="one kite")]})
    with Archive.open(path) as opened:
        assert not any("words" in problem for problem in examine(opened, 3, 0).problems)
        with opened.writing() as db:
            db.table("articles").update("en-1", {"body": "two kites and a lantern"})
        told = "\n".join(examine(opened, 3, 0).problems)
        assert "the words of 1 articles are not filed" in told


def test_marks_and_words_without_end_are_filed_in_a_moment(tmp_path: Path) -> None:
    endless = "a" + "\u0301\u0316" * 160_000 + " one kite " + "x" * 300_000
    path = make_archive(tmp_path / "nejat.db", {"articles": [article(1, body=endless)]})
    began = time.process_time()
    with Archive.open(path) as opened, opened.writing() as db:
        db.table("articles").update("en-1", {"body": f"{endless} lantern"})
    assert time.process_time() - began < 10
    with Archive.open_readonly(path) as opened:
        assert _found(opened, "kites", "en") == {1}
        [(longest,)] = opened.db.execute("SELECT max(length(word)) FROM word_forms")
        assert longest < 100


def test_no_page_of_an_archive_holds_nothing_once_a_run_is_over(tmp_path: Path) -> None:
    number = 200
    with Archive.open(tmp_path / "nejat.db") as opened, opened.writing() as db:
        db.table("marks").insert_all(
            {"edition": "en", "name": str(name), "value": "x" * 3000} for name in range(number)
        )
    with Archive.open(tmp_path / "nejat.db") as opened, opened.writing() as db:
        db.execute("DELETE FROM marks")
        assert db.execute("PRAGMA freelist_count").fetchone()[0] > number / 2
    with Archive.open_readonly(tmp_path / "nejat.db") as opened:
        assert opened.db.execute("PRAGMA freelist_count").fetchone() == (0,)
