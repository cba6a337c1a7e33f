"""Text captures of every design in every language: what is cut out of them, what is read, and what is not guessed."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nejat_crawler.dates import read_date
from nejat_crawler.extraction.text_captures import (
    LAYOUTS_BY_NAME,
    TextEntry,
    UnknownLayoutError,
    cut,
    read_entry,
    tell_edition,
)
from nejat_crawler.extraction.text_captures import layout_of as recognise
from nejat_crawler.extraction.text_captures.printed_labels import DATE_LINE
from nejat_crawler.items import Image
from tests.support.commands import ROOT

SHARE_BAR = "FacebookTwitterPinterestWhatsappTelegramEmail"
MENU_EN = "Mountain Rescue\n  • Home\n  • Huts\n  • Editions\n    • فارسی\n"
MENU_FA = "انجمن امداد کوهستان\n  • خانه\n  • کلبه‌ها\n  • زبان‌ها\n    • English\n"
MENU_AR = "جمعية الإنقاذ الجبلي\n  • الرئيسية\n  • الأكواخ\n  • اللغات\n    • English\n"
MENU_SQ = "Shoqata e Shpëtimit\n  • Kreu\n  • Kasolle\n  • Gjuhët\n    • English\n"
FOOT = "\n© 2003 - 2025 NEJAT Society . All Rights Reserved. NejatNGO.org\n\n"

SOLEDAD_FA = f"""{MENU_FA}انجمن امداد کوهستان
دو سگ در برف
گزارش امداد

سگ‌ها چادر را پیدا کردند

توسط دفتر بی‌سیم ۲۵ اردیبهشت ۱۴۰۳

چادر یک شب زیر برف مانده بود.

سگ‌ها سپیده‌دم کندن را آغاز کردند و در ساعت هفت به آن رسیدند.

۲۵ اردیبهشت ۱۴۰۳ 0 نظر
{SHARE_BAR}
کلبه‌ها

کلبهٔ بالا باز شد

کلبه از خرداد باز است و تا پاییز بسته نمی‌شود.

۲۴ اردیبهشت ۱۴۰۳ ۱۲ نظر
{SHARE_BAR}
نوشته‌های جدیدتر
نوشته‌های قدیمی‌تر

تازه‌ترین‌ها

  • سگ‌ها چادر را پیدا کردند

    ۲۵ اردیبهشت ۱۴۰۳
{FOOT}بازگشت به بالا
{MENU_FA}"""

SOLEDAD_AR = f"""{MENU_AR}© 2003 - 2024 NEJAT Society. nejatngo.org
كلاب البحث

ليلة في ملاجئ الثلج

قضى المنقذون الليلة في ملجأ من الثلج حتى هدأت العاصفة.

29 تير 1403 الموافق 19 يوليو 2024 0 تعليق
{SHARE_BAR}
الأكواخ

فتح الكوخ

فُتح الكوخ في نيسان.

18 نيسان (أبريل) 2024 3 تعليقات
{SHARE_BAR}
مقالات أقدم
{FOOT}العودة إلى الأعلى
{MENU_AR}"""

SOLEDAD_SQ = f"""{MENU_SQ}© 2003 - 2024 NEJAT Society. nejatngo.org
Kasolle; ndreqje

Bora e parë mbyll rrugën

Bora e parë ra mbi male dhe rruga u mbyll.

13 prill 2021 1 koment
{SHARE_BAR}
Postime më të vjetra
{FOOT}Kthehu lart
{MENU_SQ}"""

EXCERPT_1 = (
    "The tent had been buried for a night and nobody in the valley slept. At dawn the two dogs began to dig in the"
)
EXCERPT_2 = (
    "Nylon is light and dries within a day, which hemp never did. The society replaced the last of its old ropes "
    "when the second hut was built"
)
EXCERPT_3 = (
    "The hut opens in June and closes when the first snow has blocked the upper road, which is rarely later than the"
)

PENCI = f"""Mountain Rescue
  • Home
  • Huts
    • Mountain Rescue

    blogs%WP_TITLE_SEP%Valley News

    How the dogs found a tent

    {EXCERPT_1}

    Read more

    {EXCERPT_2}

    Read more

    The upper hut opens

    {EXCERPT_3}

    Read more

    Posts navigation

    1 2 … 30
    View Desktop Version

    © 2003 - 2024 NEJAT Society. nejatngo.org

    Back To Top
"""

PUBLISHER = f"""Sign in

Welcome, Login to your account.

  • Sunday, November 22, 2026
  • Home
  • Huts
Mountain Rescue
Browsing Category

Search dogs

How the dogs found a tent

{EXCERPT_1}…

What the ropes are made of

{EXCERPT_2}…

Previous 1 2 3 … 30 Next
Recent Posts
  • The upper hut opens May 18, 2024
© 2026 - Mountain Rescue. All Rights Reserved.
"""

EXCERPT_FA_1 = "چادر یک شب زیر برف مانده بود و در دره کسی نخوابید. سپیده‌دم دو سگ کندن را آغاز کردند و به آن رسیدند"
EXCERPT_FA_2 = "کلبه از خرداد باز است و وقتی نخستین برف راه بالا را ببندد بسته می‌شود که کمتر دیرتر از آبان است"

PUBLISHER_FA = f"""  • خانه
  • کلبه‌ها
مرور

سگ‌های جست‌وجو

سگ‌ها چادر را پیدا کردند

{EXCERPT_FA_1}…

کلبهٔ بالا باز شد

{EXCERPT_FA_2}…

قبلی 1 2 3 بعدی
"""

JANNAH_LISTING = f"""Sunday, November 22 2026
Breaking News
  • The upper hut opens
Mountain Rescue
  • Home
  • Huts
Home/Search dogs

Search dogs

  • Radio RoomMay 18, 2024
    0 5

    How the dogs found a tent

    {EXCERPT_1}…

    Read More »
  • A coil of rope
    Radio RoomOctober 15, 2023
    3 1,205

    (no title)

    {EXCERPT_2}…

    Read More »
Next page
Recent Posts
  • The upper hut opens
    May 18, 2024
© Copyright 2026, All Rights Reserved
Back to top button
"""

BODY = """The tent had been buried for a night.
Nobody in the valley slept.

The two dogs

The two dogs

They began to dig at dawn, and at seven they were through. You may also like the story of the goat."""
READ_BODY = (
    "The tent had been buried for a night.\nNobody in the valley slept.\n\n"
    "They began to dig at dawn, and at seven they were through. You may also like the story of the goat."
)
PICTURE = Image(None, "The two dogs", "The two dogs")

SOLEDAD_ARTICLE = f"""{MENU_EN}© 2003 - 2024 NEJAT Society. nejatngo.org
Home » Search dogs » How the dogs found a tent
Search dogs

How the dogs found a tent

{BODY}

snowrescuedogs
2 comments
{SHARE_BAR}
Radio Room

previous post
The upper hut opens

You may also like

The upper hut opens

May 1, 2024

Leave a Comment Cancel Reply

Recent Posts

  • The upper hut opens

    May 1, 2024
{FOOT}Back To Top
{MENU_EN}"""

JANNAH_ARTICLE_FA = """یکشنبه, نوامبر 22 2026
خبر فوری
  • کلبهٔ بالا باز شد
انجمن امداد کوهستان
  • خانه
  • کلبه‌ها
خانه/سگ‌های جست‌وجو/سگ‌ها چادر را پیدا کردند
سگ‌های جست‌وجو

سگ‌ها چادر را پیدا کردند

تصویر دفتر بی‌سیم دفتر بی‌سیم۱۹ آبان ۱۴۰۰
4 ۱۸ خواندن این مطلب 1 دقیقه زمان میبرد
دو سگ در برف

چادر یک شب زیر برف مانده بود.

سگ‌ها سپیده‌دم کندن را آغاز کردند.

منبع
خبرنامهٔ دره
تصویر دفتر بی‌سیم دفتر بی‌سیم۱۹ آبان ۱۴۰۰
4 ۱۸ خواندن این مطلب 1 دقیقه زمان میبرد
فیس بوک X لینکدین

نوشته های مشابه

کلبهٔ بالا باز شد

۱۲ آبان ۱۴۰۰

پاسخ دهید لغو پاسخ

دکمه بازگشت به بالا
بستن
"""

JANNAH_BARE = f"""{MENU_EN}
How the dogs found a tent

{BODY}

Source
Valley News

Related Articles

The upper hut opens

May 1, 2024

Leave a Reply Cancel reply

Back to top button
"""

AMP_FA = f"""{MENU_FA}
سگ‌ها چادر را پیدا کردند

دو سگ در برف

چادر یک شب زیر برف مانده بود و در دره کسی نخوابید.

سگ‌ها سپیده‌دم کندن را آغاز کردند.

نوشته های مشابه

کلبهٔ بالا باز شد

طناب‌ها

نقشهٔ تازه
خروج از نسخه موبایل
"""

ARCHIVE_FA = f"""پنجشنبه, ۲۰ آذر , ۱۴۰۴
انجمن امداد کوهستان
سگ‌ها چادر را پیدا کردند 03 اسفند 1398
سگ‌ها چادر را پیدا کردند

{EXCERPT_FA_1} […]

کلبهٔ بالا باز شد
۱۲ خرداد ۱۳۹۷
کلبهٔ بالا باز شد

{EXCERPT_FA_2} […]

طناب‌های تازه
01 دی 1396
طناب‌های تازه
صفحه بعدی
۲۰ آذر ۱۴۰۴
"""

TELEX = f"""انجمن امداد کوهستان
  • خانه
اردیبهشت- 1403 -
25 اردیبهشت
گزارش امداددو سگ در برف

سگ‌ها چادر را پیدا کردند

{EXCERPT_FA_1}

کلبه‌هاکلبهٔ بالا

کلبهٔ بالا باز شد

{EXCERPT_FA_2}
24 اردیبهشت
طناب‌های تازه

{EXCERPT_FA_2}
فروردین- 1403 -
03 فروردین
تجهیزاتطناب

طناب‌های تازه

{EXCERPT_FA_2}
بازگشت به بالا
"""


def teaser(title: str, excerpt: str, edition: str = "en", date: str = "", count: int | None = None) -> TextEntry:
    return TextEntry(title, None, excerpt, date, count, (), edition=edition, teaser=True)


DOGS, DOGS_FA, HUT_FA, ROPES_FA = (
    "How the dogs found a tent", "سگ‌ها چادر را پیدا کردند", "کلبهٔ بالا باز شد", "طناب‌های تازه",
)  # fmt: skip
LEAD_FA = Image(None, "دو سگ در برف", None, lead=True)

CAPTURES: dict[str, tuple[str, str, list[TextEntry]]] = {
    "A fa": (
        SOLEDAD_FA,
        "soledad-text-fa",
        [
            TextEntry(
                DOGS_FA,
                "گزارش امداد",
                "چادر یک شب زیر برف مانده بود.\n\nسگ‌ها سپیده‌دم کندن را آغاز کردند و در ساعت هفت به آن رسیدند.",
                "۲۵ اردیبهشت ۱۴۰۳",
                0,
                (LEAD_FA,),
                edition="fa",
            ),
            TextEntry(
                HUT_FA,
                "کلبه‌ها",
                "کلبه از خرداد باز است و تا پاییز بسته نمی‌شود.",
                "۲۴ اردیبهشت ۱۴۰۳",
                12,
                (),
                edition="fa",
            ),
        ],
    ),
    "A ar": (
        SOLEDAD_AR,
        "soledad-text-ar",
        [
            TextEntry(
                "ليلة في ملاجئ الثلج",
                "كلاب البحث",
                "قضى المنقذون الليلة في ملجأ من الثلج حتى هدأت العاصفة.",
                "29 تير 1403 الموافق 19 يوليو 2024",
                0,
                (),
                edition="ar",
            ),
            TextEntry("فتح الكوخ", "الأكواخ", "فُتح الكوخ في نيسان.", "18 نيسان (أبريل) 2024", 3, (), edition="ar"),
        ],
    ),
    "A sq": (
        SOLEDAD_SQ,
        "soledad-text-sq",
        [
            TextEntry(
                "Bora e parë mbyll rrugën",
                "Kasolle; ndreqje",
                "Bora e parë ra mbi male dhe rruga u mbyll.",
                "13 prill 2021",
                1,
                (),
                edition="sq",
            )
        ],
    ),
    "B": (
        PENCI,
        "penci-amp-archive-text-en",
        [teaser(DOGS, EXCERPT_1), teaser("", EXCERPT_2), teaser("The upper hut opens", EXCERPT_3)],
    ),
    "C": (
        PUBLISHER,
        "publisher-archive-text-en",
        [teaser(DOGS, f"{EXCERPT_1}…"), teaser("What the ropes are made of", f"{EXCERPT_2}…")],
    ),
    "C fa": (
        PUBLISHER_FA,
        "publisher-archive-text-fa",
        [teaser(DOGS_FA, f"{EXCERPT_FA_1}…", "fa"), teaser(HUT_FA, f"{EXCERPT_FA_2}…", "fa")],
    ),
    "E listing": (
        JANNAH_LISTING,
        "jannah-listing-text-en",
        [
            teaser(DOGS, f"{EXCERPT_1}…", date="May 18, 2024", count=0),
            teaser("", f"{EXCERPT_2}…", date="October 15, 2023", count=3),
        ],
    ),
    "D": (
        SOLEDAD_ARTICLE,
        "soledad-article-text-en",
        [TextEntry(DOGS, "Search dogs", READ_BODY, "", 2, (PICTURE,))],
    ),
    "E fa": (
        JANNAH_ARTICLE_FA,
        "jannah-article-text-fa",
        [
            TextEntry(
                DOGS_FA,
                "سگ‌های جست‌وجو",
                "چادر یک شب زیر برف مانده بود.\n\nسگ‌ها سپیده‌دم کندن را آغاز کردند.",
                "۱۹ آبان ۱۴۰۰",
                4,
                (LEAD_FA,),
                edition="fa",
            )
        ],
    ),
    "E bare": (JANNAH_BARE, "jannah-article-text-en", [TextEntry(DOGS, None, READ_BODY, "", None, (PICTURE,))]),
    "F fa": (
        AMP_FA,
        "amp-article-text-fa",
        [
            TextEntry(
                DOGS_FA,
                None,
                "چادر یک شب زیر برف مانده بود و در دره کسی نخوابید.\n\nسگ‌ها سپیده‌دم کندن را آغاز کردند.",
                "",
                None,
                (LEAD_FA,),
                edition="fa",
            )
        ],
    ),
    "G": (
        ARCHIVE_FA,
        "persian-archive-text-fa",
        [
            teaser(DOGS_FA, f"{EXCERPT_FA_1} […]", "fa", "03 اسفند 1398"),
            teaser(HUT_FA, f"{EXCERPT_FA_2} […]", "fa", "۱۲ خرداد ۱۳۹۷"),
            teaser(ROPES_FA, "", "fa", "01 دی 1396"),
        ],
    ),
    "H": (
        TELEX,
        "persian-telex-text-fa",
        [
            teaser(DOGS_FA, EXCERPT_FA_1, "fa", "25 اردیبهشت 1403"),
            teaser(HUT_FA, EXCERPT_FA_2, "fa", "25 اردیبهشت 1403"),
            teaser(ROPES_FA, EXCERPT_FA_2, "fa", "03 فروردین 1403"),
        ],
    ),
}
each_capture = pytest.mark.parametrize("name", list(CAPTURES))


def read_all(text: str) -> list[TextEntry]:
    capture = cut(text)
    return [read_entry(raw, capture.layout) for raw in capture.entries]


@each_capture
def test_each_design_is_recognised_and_read_exactly(name: str) -> None:
    text, layout, expected = CAPTURES[name]
    assert recognise(text) == layout
    assert read_all(text) == expected
    assert cut(text).cut_off is None
    assert cut(text).edition == layout.rsplit("-", 1)[1]


@each_capture
@pytest.mark.parametrize(
    "change",
    [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n"), lambda text: text.replace(" ", "\xa0")],
    ids=["bom", "crlf", "nbsp"],
)
def test_how_the_file_was_written_changes_nothing(name: str, change: object) -> None:
    text, _, expected = CAPTURES[name]
    assert callable(change)
    assert read_all(change(text)) == expected


@each_capture
def test_a_capture_that_breaks_off_yields_whole_entries_or_none(name: str) -> None:
    """Whatever is read is an entry of the whole capture in every field, and none before the cut is missing."""
    text, layout, expected = CAPTURES[name]
    read: list[TextEntry] = []
    for length in range(0, len(text), 7):
        found = recognise(text[:length])
        if found is None:
            continue
        read = [read_entry(raw, found) for raw in cut(text[:length]).entries]
        if read:
            assert (found, read) == (layout, expected[: len(read)]), f"after {length} characters"
    assert len(read) >= len(expected) - 1


@each_capture
def test_the_edition_that_is_given_overrides_what_the_text_tells(name: str) -> None:
    text, layout, _ = CAPTURES[name]
    if layout.startswith("persian"):
        assert cut(text, "en").edition == "fa"
        return
    capture = cut(text, "ar")
    assert (capture.edition, capture.layout) == ("ar", re.sub("-..$", "-ar", layout))
    assert {read_entry(raw, capture.layout).edition for raw in capture.entries} == {"ar"}


def test_every_edition_of_a_design_is_a_layout() -> None:
    assert {name.rsplit("-", 1)[1] for name in LAYOUTS_BY_NAME} == {"en", "fa", "ar", "sq"}
    with pytest.raises(UnknownLayoutError):
        read_entry("text", "persian-telex-text-en")


class TestDates:
    def test_the_day_on_top_of_a_persian_archive_is_no_entrys(self) -> None:
        assert all("۱۴۰۴" not in entry.published_text for entry in read_all(ARCHIVE_FA))

    def test_a_title_without_its_date_is_no_entry(self) -> None:
        text = ARCHIVE_FA.replace("پیدا کردند 03 اسفند 1398", "پیدا کردند")
        assert [entry.title for entry in read_all(text)] == [HUT_FA, ROPES_FA]

    def test_a_day_of_another_month_than_the_header_is_no_day(self) -> None:
        entries = read_all(TELEX.replace("03 فروردین", "03 خرداد"))
        assert [entry.published_text for entry in entries] == ["25 اردیبهشت 1403"] * 2

    @pytest.mark.parametrize("date", ["May 3, 2020", "Radio Room, May 3, 2020"])
    def test_a_letters_own_date_is_not_the_articles(self, date: str) -> None:
        (entry,) = read_all(JANNAH_BARE.replace(BODY, f"{date}\n\n{BODY}"))
        assert entry.published_text == ""

    def test_two_dates_that_contradict_each_other_are_none(self) -> None:
        stamped = f"{DOGS}\n\nby Radio Room May 3, 2020\n\nThe"
        text = SOLEDAD_ARTICLE.replace(f"{DOGS}\n\nThe", stamped).replace("2 comments", "May 4, 2020 2 comments")
        assert read_all(text)[0].published_text == ""
        assert read_all(text.replace("May 4", "May 3"))[0].published_text == "May 3, 2020"


class TestTitles:
    def test_without_a_sure_heading_the_first_title_of_an_amp_archive_is_none(self) -> None:
        text = PENCI.replace("blogs%WP_TITLE_SEP%Valley News\n\n    ", "").replace(EXCERPT_1, EXCERPT_2)
        assert [entry.title for entry in read_all(text)] == ["", "", "The upper hut opens"]

    def test_a_short_line_alone_may_be_a_title_or_an_excerpt_and_is_left_out(self) -> None:
        capture = cut(PENCI.replace(EXCERPT_2, "Nylon is light."))
        assert (len(capture.entries), capture.unsure) == (2, ("Nylon is light.",))

    def test_a_plain_heading_above_title_and_excerpt_is_no_title(self) -> None:
        assert read_all(PENCI.replace("blogs%WP_TITLE_SEP%Valley", "Valley"))[0].title == DOGS

    def test_a_message_of_which_nothing_tells_the_title_is_left_out_and_counted(self) -> None:
        assert len(cut(TELEX).unsure) == 1

    def test_an_article_page_with_two_short_lines_on_top_is_of_no_known_layout(self) -> None:
        assert recognise(JANNAH_BARE.replace(DOGS, f"Search dogs\n\n{DOGS}")) is None

    def test_a_line_by_its_author_belongs_to_the_text(self) -> None:
        (entry,) = read_all(JANNAH_BARE.replace(BODY, f"By Maria Berg\n\n{BODY}"))
        assert (entry.title, entry.body.split("\n")[0]) == (DOGS, "By Maria Berg")

    def test_an_untitled_article_of_a_listing_keeps_its_text(self) -> None:
        entry = read_all(SOLEDAD_FA.replace(f"{DOGS_FA}\n\nتوسط", "توسط"))[0]
        assert (entry.title, entry.body.split("\n")[0]) == ("", "چادر یک شب زیر برف مانده بود.")


class TestCategories:
    LISTING = "\n".join(
        f"{category}\n\n{DOGS}\n\nThe dogs began to dig.\n\nMay {day}, 2020 0 comments\n{SHARE_BAR}"
        for day, category in enumerate(
            ["Search dogs", "Huts; repairs", "Search dogsHuts; repairs", "Huts; repairsSnow"], 1
        )
    )

    def test_names_run_together_are_parted_where_the_page_knows_them(self) -> None:
        third = read_all(self.LISTING)[2]
        assert (third.category, third.more_categories) == ("Search dogs", ("Huts; repairs",))

    def test_and_are_none_where_it_does_not(self) -> None:
        assert read_all(self.LISTING)[3].category is None


class TestPartsOfTexts:
    @pytest.mark.parametrize("label", ["Continue reading", "Pages: 1 2 3"])
    def test_a_text_that_goes_on_elsewhere_is_a_teaser(self, label: str) -> None:
        text = f"Huts\n\n{DOGS}\n\nThe dogs began to dig.\n\n{label}\n\nMay 1, 2020 0 comments\n{SHARE_BAR}\n"
        (entry,) = read_all(text)
        assert (entry.teaser, entry.body) == (True, "The dogs began to dig.")

    def test_the_password_form_is_no_text(self) -> None:
        form = "This content is password protected. To view it please enter your password below:\n\nPassword:"
        text = f"Huts\n\nProtected: A list\n\n{form}\n\nMay 1, 2020 0 comments\n{SHARE_BAR}\n"
        (entry,) = read_all(text)
        assert (entry.title, entry.body, entry.protected) == ("Protected: A list", "", True)


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        ("The dogs began to dig.", "en"),
        ("Qentë nisën të gërmojnë dhe dolën.", "sq"),
        ("Rruga eshte mbyllur nga bora per nje jave.", "sq"),
        ("سگ‌ها کندن را آغاز کردند", "fa"),
        ("اين راه در زمستان بسته است و برف را نمي روبند", "fa"),
        ("بدأت الكلاب في الحفر عند الفجر", "ar"),
        ("12345", None),
    ],
)
def test_a_text_tells_its_edition(text: str, edition: str | None) -> None:
    assert tell_edition(text) == edition


def numbers_of(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


@pytest.mark.parametrize(
    "text",
    [
        MENU_EN + f"{EXCERPT_1}\n\nRead more\n" * 2_500,
        "Browsing Category\nHuts\n" + f"{DOGS}\n{EXCERPT_1}…\n" * 2_500,
        MENU_EN + f"Radio RoomMay 18, 2024\n0 5\n{DOGS}\n{EXCERPT_1}\nRead More »\n" * 2_500,
        "اردیبهشت- 1403 -\n25 اردیبهشت\n" + f"الف\nب\n{EXCERPT_FA_1}\n" * 2_500,
        "پنجشنبه, ۲۰ آذر , ۱۴۰۴\n" + "کلبه 03 اسفند 1398\nکلبه\n" * 2_500,
        f"Home » Huts » {DOGS}\n{DOGS}\n" * 2_500,
        "Home " + "» a " * 25_000 + "\na\n",
        "1 " * 50_000,
        MENU_EN + "a" * 125_000 + "May 18, 2024",
        "".join(f"C{n % 97}C{n}\n\nT\n\nMay 1, 2020 0 comments\n{SHARE_BAR}\n" for n in range(1_500)),
        MENU_EN + "\n".join(["Related Articles", "Source", "Tags"] * 2_500),
    ],
    ids=[
        "amp",
        "publisher",
        "jannah",
        "telex",
        "archive",
        "crumbs",
        "crumb",
        "digits",
        "word",
        "categories",
        "labels",
    ],
)
def test_a_hostile_text_is_read_in_a_few_seconds(text: str) -> None:
    start = time.process_time()
    if recognise(text):
        read_all(text)
    assert time.process_time() - start < 15  # quadratic time takes minutes


PIECES = sorted({line for text, _, _ in CAPTURES.values() for line in text.splitlines()})


@settings(max_examples=150, deadline=None)
@given(st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=40), max_size=60).map("\n".join))
def test_no_text_is_too_odd_and_no_date_is_one_that_it_does_not_print(text: str) -> None:
    layout = recognise(text)
    if layout is None:
        return
    capture = cut(text)
    for raw in capture.entries:
        entry = read_entry(raw, layout)
        assert numbers_of(entry.published_text) <= numbers_of(text)
        assert all(word in text for word in entry.published_text.split())
        read_date(None, entry.published_text, entry.edition)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(list(CAPTURES)), st.data())
def test_a_capture_that_lost_lines_yields_no_date_or_title_of_another_entry(name: str, data: st.DataObject) -> None:
    text, _, expected = CAPTURES[name]
    lines = text.splitlines()
    # Without its share bar an article runs on into the next: a date line may be a quotation. Without its day a
    # message of the timeline stands under the day before.
    kept = re.compile(rf"{re.escape(SHARE_BAR)}|{DATE_LINE.pattern}|\s*\d{{1,2}} [^\W\d]+")
    losable = [place for place, line in enumerate(lines) if not kept.fullmatch(line)]
    lost = data.draw(st.sets(st.sampled_from(losable), max_size=3))
    mangled = "\n".join(line for place, line in enumerate(lines) if place not in lost)
    if recognise(mangled) is None:
        return
    dates = {entry.title: entry.published_text for entry in expected if entry.title}
    for entry in read_all(mangled):
        assert entry.published_text in ("", dates.get(entry.title, entry.published_text))


@pytest.mark.skipif(not (ROOT.parent / "shared").is_dir(), reason="no real captures here")
def test_the_real_listings_tell_their_edition() -> None:
    for file in sorted(ROOT.parent.glob("shared/seeds/00[0-2]_*.txt")):
        assert recognise(file.read_text(encoding="utf-8")) == "soledad-text-en"
