from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from nejat_crawler.dates import DayOrder, read_date
from nejat_crawler.editions import EDITIONS
from nejat_crawler.extraction.themes import BY_NAME
from nejat_crawler.items import Article
from pipelines.resolve_date import resolve_date
from tests.support.commands import ROOT

THIS_YEAR = datetime.now(UTC).year
DAYS = st.dates(date(2000, 1, 1), datetime.now(UTC).date())
DIGITS = ["0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"]


def words(line: str) -> list[str]:
    return [word.replace("_", " ") for word in line.split()]


ENGLISH = words("January February March April May June July August September October November December")
ALBANIAN = words("janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor")
JALALI = words("فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند")
ARABIC = words("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر")
LEVANTINE = words("كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول")
PERSIAN_GREGORIAN = words("ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر")


def published(printed: str, edition: str) -> str | None:
    """The day of a printed date; a missing one has a reason, and a printed one never a time."""
    found = read_date(None, printed, edition)
    assert found.published_at is None
    assert (found.published is None) == bool(found.reason)
    return found.published


@pytest.mark.parametrize(
    ("machine", "day", "moment"),
    [
        ("2023-10-28T18:36:27+03:30", "2023-10-28", "2023-10-28T18:36:27+03:30"),
        (" 2012-07-01T00:10:00+04:30 ", "2012-07-01", "2012-07-01T00:10:00+04:30"),
        ("2023-10-28T20:29:59Z", "2023-10-28", "2023-10-28T20:29:59Z"),
        ("2023-10-28T20:30:00Z", "2023-10-29", "2023-10-28T20:30:00Z"),
        ("2023-10-28T22:00:00+00:00", "2023-10-29", "2023-10-28T22:00:00+00:00"),
        ("2011-06-21T19:30:00+00:00", "2011-06-22", "2011-06-21T19:30:00+00:00"),  # summer time: +04:30
        ("2023-10-28", "2023-10-28", None),
        ("2023-10-28T23:59:59", "2023-10-28", None),
    ],
)
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_machine_readable_date_comes_first(machine: str, day: str, moment: str | None, edition: str) -> None:
    found = read_date(machine, "January 1, 2001", edition)
    assert (found.published, found.published_at, found.reason) == (day, moment, None)


@pytest.mark.parametrize("machine", ["", " ", "yesterday", "2023-13-01", "2023-02-30", "28/10/2023", "T", "\0"])
def test_garbage_in_its_place_leaves_the_printed_date(machine: str) -> None:
    assert read_date(machine, "October 28, 2023", "en").published == "2023-10-28"
    assert read_date(machine, None, "en").published is None


@pytest.mark.parametrize(
    "machine",
    [
        *("1402-08-06T10:00:00+03:30", "1402-08-06", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"),
        *("1999-12-31", "1970-01-01T00:00:00Z", f"{THIS_YEAR + 2}-01-01", "9999-12-31T23:59:59-12:00"),
    ],
)
def test_a_year_that_cannot_be_is_no_date(machine: str) -> None:
    found = read_date(machine, None, "fa")
    assert (found.published, found.published_at) == (None, None)
    assert found.reason


@pytest.mark.parametrize(
    ("printed", "day"),
    [("January 14, 2020", "2020-01-14"), ("January 15, 2020", "2020-01-15"), ("2 days ago", "2020-01-15")],
)
def test_a_site_whose_own_clock_is_on_utc_says_so_by_what_it_prints(printed: str, day: str) -> None:
    for machine in ("2020-01-14T22:30:00+00:00", "2020-01-14T22:30:00Z"):
        assert read_date(machine, printed, "en").published == day


@pytest.mark.parametrize(
    "machine", ["1402-03-12T10:00:00+03:30", "1402-02-31T10:00:00+03:30", "1970-01-01T00:00:00Z"]
)
def test_a_machine_readable_date_that_cannot_be_leaves_the_printed_one(machine: str) -> None:
    found = read_date(machine, "خرداد ۱۲, ۱۴۰۲", "fa")
    assert (found.published, found.published_at) == ("2023-06-02", None)


def test_a_feeds_date_is_turned_to_the_sites_clock() -> None:
    printed = "Sat, 28 Oct 2023 22:00:00 +0000"
    found = {read_date(printed, None, "en").published, read_date(None, printed, "en").published}
    assert "2023-10-29" in found
    assert found <= {"2023-10-29", None}


@pytest.mark.parametrize(
    ("edition", "printed", "day"),
    [
        ("fa", "شنبه ۶ خرداد‌ماه ۱۳۹۱ ساعت ۱۲:۳۰", "2012-05-26"),
        ("fa", "۷ امرداد ۱۳۹۱", "2012-07-28"),
        ("fa", "7 جنوری 2012", "2012-01-07"),
        ("ar", "7 ديسيمبر 2012", "2012-12-07"),
        ("en", "October 28, 2023", "2023-10-28"),
        ("en", "  October 28 , 2023\n", "2023-10-28"),
        ("en", "Oct 18, 2023", "2023-10-18"),
        ("en", "28 October 2023", "2023-10-28"),
        ("en", "Friday, October 27, 2023", "2023-10-27"),
        ("en", "May 5, 2024", "2024-05-05"),
        ("en", "February 29, 2024", "2024-02-29"),
        ("en", "1 March 2019", "2019-03-01"),
        ("en", "December 31, 2000", "2000-12-31"),
        ("en", f"January 1, {THIS_YEAR + 1}", f"{THIS_YEAR + 1}-01-01"),
        ("fa", "۲۵ اردیبهشت ۱۴۰۳", "2024-05-14"),
        ("fa", "03 اسفند 1398", "2020-02-22"),
        ("fa", "اردیبهشت ۲۵, ۱۴۰۳", "2024-05-14"),
        ("fa", "پنجشنبه, ۲۰ آذر , ۱۴۰۴", "2025-12-11"),
        ("fa", "٢٥ ارديبهشت ١٤٠٣", "2024-05-14"),
        ("fa", "30 اسفند 1403", "2025-03-20"),
        ("fa", "1402/03/12", "2023-06-02"),
        ("fa", "۱۴۰۲-۰۳-۱۲", "2023-06-02"),
        ("fa", "2023/06/02", "2023-06-02"),
        ("fa", "19 ژوئیه 2024", "2024-07-19"),
        ("fa", "۱۹ جولای ۲۰۲۴", "2024-07-19"),
        ("en", "28th of October 2023", "2023-10-28"),
        ("fa", "۵ آبان ماه سال ۱۳۹۰", "2011-10-27"),
        ("fa", "خرداد ۱۲م, ۱۴۰۲", "2023-06-02"),
        ("ar", "28 أكتوبر، 2023", "2023-10-28"),
        ("ar", "السبت، ٢٨ أكتوبر ٢٠٢٣", "2023-10-28"),
        ("ar", "12 نيسان (أبريل) 2021", "2021-04-12"),
        ("ar", "12 حزيران/يونيو 2023", "2023-06-12"),
        ("ar", "3 تشرين الأول (أكتوبر) 2019", "2019-10-03"),
        ("ar", "29 تير 1403 الموافق 19 يوليو 2024", "2024-07-19"),
        ("ar", "٢٩ تير ١٤٠٣ الموافق ١٩ تموز ٢٠٢٤", "2024-07-19"),
        ("ar", "27 أيلول 2023 الموافق 12 ربيع الأول 1445", "2023-09-27"),
        ("ar", "12 ربيع الأول 1445 الموافق لـ 27 أيلول/سبتمبر 2023", "2023-09-27"),
        ("ar", "October 28, 2023", "2023-10-28"),
        ("fa", "28 October 2023", "2023-10-28"),
        ("sq", "13 prill 2021", "2021-04-13"),
        ("sq", "Prill 13, 2021", "2021-04-13"),
        ("sq", "3 nëntor 2019", "2019-11-03"),
        ("sq", "3 nentor 2019", "2019-11-03"),
    ],
)
def test_a_printed_date_is_read_in_the_editions_calendar(edition: str, printed: str, day: str) -> None:
    assert published(printed, edition) == day


UNDATED = {
    "nothing": {"en": ["", " ", "\u00a0", "-"], "fa": ["", "—"]},
    "an impossible day": {
        "en": ["February 30, 2023", "February 29, 2023", "October 0, 2023", "October 32, 2023", "2023-02-30"],
        "fa": ["30 اسفند 1402", "31 مهر 1402", "32 خرداد 1402", "0 تیر 1402", "1402/13/01", "1402/07/31"],
        "ar": ["31 نيسان 2021", "30 فبراير 2021"],
        "sq": ["31 prill 2021", "29 shkurt 2021"],
    },
    "a year out of range": {
        "en": ["October 28, 1999", f"January 1, {THIS_YEAR + 2}", "October 28, 202", "May 2, 20130"],
        "fa": ["6 آبان 1302", "6 آبان 1378", "6 آبان 2802", "6 آبان 140", "6 آبان 99999"],
        "ar": ["28 أكتوبر 1923", "28 أكتوبر 1445", "12 ربيع الأول 1445"],
        "sq": ["13 prill 1921", "13 prill 21"],
    },
    "relative": {
        "en": ["3 days ago", "yesterday", "today", "now", "2 hours ago", "last Monday", "in 2 days", "3 years ago"],
        "fa": ["۳ روز پیش", "دیروز", "امروز", "2 ساعت قبل"],
        "ar": ["منذ 3 أيام", "أمس", "اليوم"],
        "sq": ["3 ditë më parë", "dje", "sot"],
    },
    "ambiguous numbers": {
        edition: ["05/04/2013", "5.4.2013", "05-04-13", "13/04/05", "20130405", "05/04"] for edition in EDITIONS
    },
    "not all of it": {
        "en": ["October 2023", "October 28", "October", "2023", "Friday", "28", "18:36", "October, letter 28 2023"],
        "fa": ["اردیبهشت- 1403 -", "25 اردیبهشت", "آبان", "1403"],
        "ar": ["نيسان 2021", "12 نيسان", "2021"],
        "sq": ["prill 2021", "13 prill"],
    },
    "more than one": {
        "en": ["March 4-5, 2013", "October 31, 2023 / November 1, 2023", "1 Jan 2010 to 31 Dec 2010"],
        "fa": ["3 تیر - 5 مرداد 1402", "3 یا 4 تیر 1402", "12 تیر 1402 و 12 تیر 1403"],
        "ar": ["12 نيسان 2021 - 13 أيار 2021"],
        "sq": ["13 prill 2021 - 14 maj 2022"],
    },
    "a number of something else": {
        "en": [
            *("January 2020 5 min read", "2 min read October 2023", "December 2019 – 12 pages", "Vol 5 March 2013"),
            *(
                "No. 12 March 2013",
                "#12 March 2013",
                "Issue 12, March 2013",
                "In May 12 families 2023",
                "Views: 5 May 2013",
            ),
        ],
        "fa": ["زمان مطالعه: ۵ دقیقه خرداد ۱۴۰۲", "شماره ۵ خرداد ۱۴۰۲", "خرداد ۱۴۰۲ ۵ دقیقه"],
        "ar": ["العدد 5 مارس 2013", "مارس 2013 - 5 دقائق"],
        "sq": ["Nr 5 maj 2021", "maj 2021 5 minuta"],
    },
    "the day of a change": {
        "en": [
            "Updated March 3, 2023",
            "Last updated: March 3, 2023",
            "Modified: March 3, 2023",
            "Edited March 3, 2023",
        ],
        "fa": ["آخرین بروزرسانی: ۱۲ خرداد ۱۴۰۲", "به‌روز شده در ۱۲ خرداد ۱۴۰۲", "ویرایش: ۱۲ خرداد ۱۴۰۲"],
        "ar": ["آخر تحديث: 28 أكتوبر 2023", "تم التعديل في 28 أكتوبر 2023"],
        "sq": ["Përditësuar më 13 prill 2021", "perditesuar 13 prill 2021"],
    },
    "a month of the other calendar": {
        "en": ["6 Aban 1402", "6 آبان 1402", "13 prill 2021"],
        "fa": ["6 آبان 2023", "19 ژوئیه 1403", "October 28, 1402"],
        "ar": ["29 تير 1403"],
        "sq": ["6 آبان 1402"],
    },
    "two months, or a word of one": {
        "ar": [
            "12 يناير/شباط 2021",
            "12 كانون الثاني/ديسمبر 2021",
            "12 كانون 2021",
            "12 الأول 2021",
            "12 الصيف 2010",
        ],
    },
    "no date": {edition: ["0 comments", "by Nejat Society", "x" * 5000, "1 " * 30] for edition in EDITIONS},
}
UNDATED_ROWS = [
    pytest.param(edition, printed, id=f"{why}-{edition}-{number}")
    for why, rows in UNDATED.items()
    for edition, lines in rows.items()
    for number, printed in enumerate(lines)
]


@pytest.mark.parametrize(("edition", "printed"), UNDATED_ROWS)
def test_it_is_never_guessed(edition: str, printed: str) -> None:
    assert published(printed, edition) is None


@pytest.mark.parametrize(
    ("edition", "printed"),
    [
        ("ar", "19 يوليو 2024 الموافق 29 تير 1403"),
        ("fa", "29 تیر 1403 برابر با 19 ژوئیه 2024"),
        ("fa", "29 تير 1403 الموافق 19 يوليو 2024"),
    ],
)
def test_two_calendars_side_by_side_are_never_mixed(edition: str, printed: str) -> None:
    assert published(printed, edition) in (None, "2024-07-19")


@given(DAYS)
def test_english_days(day: date) -> None:
    month = ENGLISH[day.month - 1]
    assert published(f"{month} {day.day}, {day.year}", "en") == day.isoformat()
    assert published(f"{month[:3]} {day.day:02}, {day.year}", "en") == day.isoformat()


@given(DAYS)
def test_albanian_days(day: date) -> None:
    month = ALBANIAN[day.month - 1]
    assert published(f"{day.day} {month} {day.year}", "sq") == day.isoformat()
    assert published(f"{day.day:02} {month.replace('ë', 'e')} {day.year}", "sq") == day.isoformat()


@given(DAYS, st.sampled_from(DIGITS))
def test_persian_days_in_any_digits(day: date, digits: str) -> None:
    jalali = JalaliDate(day)  # type: ignore[no-untyped-call]
    month = JALALI[jalali.month - 1]
    for line in (
        f"{jalali.day} {month} {jalali.year}",
        f"{jalali.day:02} {month.replace('ی', 'ي')}، {jalali.year}",
        f"{month} {jalali.day}, {jalali.year}",
        f"{jalali.year}/{jalali.month:02}/{jalali.day:02}",
        f"{day.day} {PERSIAN_GREGORIAN[day.month - 1]} {day.year}",
    ):
        assert published(line.translate(str.maketrans(DIGITS[0], digits)), "fa") == day.isoformat()


@given(DAYS, st.sampled_from(DIGITS))
def test_arabic_days_in_either_set_of_months(day: date, digits: str) -> None:
    gregorian, levantine = ARABIC[day.month - 1], LEVANTINE[day.month - 1]
    for month in (gregorian, levantine, f"{levantine} ({gregorian})", f"{levantine}/{gregorian}"):
        line = f"{day.day} {month} {day.year}".translate(str.maketrans(DIGITS[0], digits))
        assert published(line, "ar") == day.isoformat()


WORDS = [*ENGLISH, *ALBANIAN, *JALALI, *ARABIC, *LEVANTINE, *PERSIAN_GREGORIAN, "الموافق", "ago", "+03:30", "T", "Z"]
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.integers(0, 99_999).map(str),
    st.sampled_from([" ", "-", "/", ", ", ":", "."]),
    st.text(max_size=5),
)


@settings(max_examples=300)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=9).map("".join)), st.sampled_from(list(EDITIONS)))
@example("0000-01-01", "fa")
@example("\ud800 28 October 2023", "en")
def test_no_text_makes_it_fail_or_gives_a_year_out_of_range(text: str, edition: str) -> None:
    for machine, printed in ((text, None), (None, text), (text, text)):
        found = read_date(machine, printed, edition)
        assert (found.published is None) == bool(found.reason)
        if found.published:
            assert date(2000, 1, 1) <= date.fromisoformat(found.published) < date(THIS_YEAR + 2, 1, 1)
        else:
            assert found.published_at is None


#: How the months are called from Mauritania to Iraq, and as they are also spelt.
ARABIC_MONTHS = {
    1: "يناير جانفي جانفى كانون_الثاني كانون_ثاني كانون_ثانى كانون_الآخر كانون_الثاني/يناير ینایر",
    2: "فبراير فيفري شباط إشباط شباط/فبراير النوار",
    3: "مارس آذار أذار اذار آذار/مارس",
    4: "أبريل إبريل ابريل أفريل نيسان نيسان/إبريل الطير",
    5: "مايو ماي أيار ايار أيّار أيار/مايو",
    6: "يونيو يونيه يونية جوان حزيران حزيران/يونيو",
    7: "يوليو يوليه يولية يوليوز جويلية جويليه تموز تمّوز تموز/يوليو",
    8: "أغسطس اغسطس أوت اوت غشت أغشت آب آب/أغسطس هانيبال",
    9: "سبتمبر شتنبر شتمبر أيلول ايلول أيلول/سبتمبر الفاتح",
    10: "أكتوبر اكتوبر تشرين_الأول تشرين_الاول تشرين_أول تشرين_اول تشرين_الأوّل تشرين_أول/أكتوبر التمور",
    11: "نوفمبر نونبر تشرين_الثاني تشرين_ثاني تشرين_ثان تشــرين_الثاني نوفمبر/تشرين_الثاني الحرث",
    12: "ديسمبر دسمبر دجنبر دجمبر كانون_الأول كانون_أول كانون_الاول/ديسمبر",
}


@pytest.mark.parametrize(
    ("month", "name"), [(month, name) for month, names in ARABIC_MONTHS.items() for name in words(names)]
)
def test_arabic_months_of_all_countries(month: int, name: str) -> None:
    for line in (f"12 {name} 2021", f"{name} 12، 2021", f"الأحد ١٢ {name} ٢٠٢١م", f"12 من {name} لعام 2021"):
        assert published(line, "ar") == f"2021-{month:02}-12"
    assert published(f"12 {name}", "ar") is None
    assert published(f"{name} 2021", "ar") is None


IN_DIGITS = [
    *[("05/04/2013", order, day) for order, day in (("dmy", "2013-04-05"), ("mdy", "2013-05-04"), ("ymd", None))],
    *[
        (line, "dmy", "2013-04-05")
        for line in ("5.4.2013", "5-4-2013", "٠٥/٠٤/٢٠١٣", "5 / 4 / 2013", "Fri, 05/04/2013")
    ],
    *[(line, "dmy", "2013-04-05") for line in ("05/04/2013 18:36", "2013/04/05")],
    ("2013.4.5", "ymd", "2013-04-05"),
    *[(line, "dmy", None) for line in ("05/04/13", "05/04", "31/04/2013", "05/04-2013", "05/04/2013 - 06/04/2013")],
    *[(line, "dmy", None) for line in ("Updated: 05/04/2013", "05/04/1913", "2 days ago", "13 05/04/2013")],
    ("13/04/2013", "mdy", None),
    ("Saturday, 13/04/2013 - 10:30", "dmy", "2013-04-13"),
]


@pytest.mark.parametrize(("printed", "order", "day"), IN_DIGITS)
def test_a_day_in_digits_is_read_in_the_order_of_the_theme(
    printed: str, order: DayOrder, day: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BY_NAME, "hut", replace(BY_NAME["generic"], name="hut", day_order=order))
    article = Article(
        "en", "html", "hut", "page.html", "2026-01-01T00:00:00Z", "unseen", "Snow", published_text=printed
    )
    assert resolve_date(article).published == day
    assert printed.startswith("2013/") or resolve_date(replace(article, theme="generic")).published is None


def test_a_persian_day_in_digits_is_one_of_its_own_calendar() -> None:
    assert read_date(None, "۱۲/۰۳/۱۴۰۲", "fa", "dmy").published == "2023-06-02"


#: Of languages whose months nobody has listed: an edition that was added by a row alone.
FOREIGN: dict[str, dict[str | None, list[str]]] = {
    "fr": {
        "2023-10-28": ["28 octobre 2023", "samedi 28 octobre 2023 à 18h36", "28 oct. 2023"],
        "2023-05-01": ["1er mai 2023", "2023-05-01"],
        None: [
            *("mai 2021", "12 mai", "31 février 2021", "il y a 3 jours", "hier", "28/10/2023", "3-4 mai 2021"),
            *("3 mai 2021 - 4 mai 2022", "mai 2021 5 minutes", "28 octobre 1923", "28 octobre 23", "6 Aban 1402"),
        ],
    },
    "de": {
        "2021-03-03": ["3. März 2021", "Mittwoch, 3. März 2021", "3. März 2021, 18:36 Uhr"],
        None: ["März 2021", "3. März", "vor 3 Tagen", "heute", "31. April 2021", "03.04.2021", "3. mars 2021"],
    },
    "tr": {"2023-10-28": ["28 Ekim 2023"], None: ["Ekim 2023", "dün"]},
    "ur": {"2023-10-28": ["۲۸ اکتوبر ۲۰۲۳"]},
    "qq": {None: ["28 snowmonth 2023"]},
}


@pytest.mark.parametrize("language", FOREIGN)
def test_a_language_without_a_table_is_read_strictly(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EDITIONS, language, replace(EDITIONS["en"], code=language, language=language))
    found = {line: published(line, language) for lines in FOREIGN[language].values() for line in lines}
    assert found == {line: day for day, lines in FOREIGN[language].items() for line in lines}


def test_what_reads_other_languages_is_not_imported_for_the_sites_own() -> None:
    code = """if True:
        import sys
        from nejat_crawler.dates import read_date
        for edition in ("en", "fa", "ar", "sq"):
            read_date(None, "28 Octobre 2023", edition)
        print("dateparser" in sys.modules)"""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("machine", "day", "why"),
    [
        ("۱۲ خرداد ۱۴۰۲", "2023-06-02", None),
        ("12 خرداد 1402", "2023-06-02", None),
        ("1402-03-12T10:00:00+03:30", None, "year out of range"),
        ("1402-02-31T10:00:00+03:30", None, "not a date"),
    ],
)
def test_a_date_in_the_head_alone_is_read_as_a_printed_one_or_there_is_a_reason(
    machine: str, day: str | None, why: str | None
) -> None:
    found = read_date(machine, None, "fa")
    assert (found.published, found.published_at, found.reason) == (day, None, why)
