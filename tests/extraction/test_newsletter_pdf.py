"""Newsletters as PDF: columns, print, languages, hostile files; the posts that announce them, and their crawl."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pypdfium2", reason="pypdfium2, which reads PDF files, is not installed")

from nejat_crawler.archive import Archive
from nejat_crawler.extraction.newsletters.bidi import to_reading_order
from nejat_crawler.extraction.newsletters.issue import read_newsletter
from nejat_crawler.extraction.newsletters.pdf.read_pdf import UnreadablePdfError, read_pdf, read_words
from nejat_crawler.items import Article, Link, Newsletter
from nejat_crawler.sample_site import SampleSite, serve
from nejat_crawler.sample_site.server.issue_pdf import issue_pdf
from tests.support.commands import crawl, rows, run
from tests.support.pdf_issues import LEFT, RIGHT, Issue, Piece, arabic_font
from tests.support.pdf_issues import seen as as_seen
from tests.support.warc_files import http, record

POSTS = "https://www.nejatngo.org/en/posts/"
HIKERS = (
    "Two hikers who had lost their way above Kiefernthal were found on Thursday by a party of eight volunteers, "
    "who had searched the northern slopes since the early evening with lamps and dogs.",
    "They had spent the night in a shepherd's hut and were well. The party carried self-made stretchers, which were "
    "not needed, and thanked the neighbourhood for its extraordinary hospitality.",
    "The association remembers that telephones do not work beyond the second bridge. Everybody who walks there in "
    "winter should leave word with somebody in the village before setting out.",
)


def read(data: bytes) -> Newsletter:
    return read_newsletter(read_pdf(data), "issue.pdf", "2026-11-21T08:00:00Z")


def check(issue: Newsletter, printed: list[Piece]) -> None:
    """The issue's stories are the printed ones, word by word."""
    names = [" ".join(piece.source.replace(":", " ").split()[1:]) for piece in printed]
    assert [(s.title, s.source, s.url) for s in issue.stories] == [
        (piece.title, name.removeprefix("قلم ") or None, (piece.url or piece.link).strip("<>") or None)
        for piece, name in zip(printed, names, strict=True)
    ]
    for found, piece in zip(issue.stories, printed, strict=True):
        assert found.text == "\n\n".join(piece.text)


class TestDoubleIssue:
    STORIES = (
        Piece("Lost hikers found above Kiefernthal", HIKERS, "by Valley Courier", "August 16, 2023", f"{POSTS}15069"),
        Piece("Dogs learn to smell", HIKERS[1:], "by Rescue Bloggers", "August 13, 2023", link=f"{POSTS}15070"),
        Piece(
            "Open letter of the chairwoman of all the rescuers to the mayor",
            HIKERS, "", "July 18, 2023", f"<{POSTS}15071>",
        ),
        Piece("A rope bridge", HIKERS[::-1], "by Nejat Bloggers", "July 9, 2023", f"{POSTS}15072"),
        Piece("What the night watch heard", HIKERS[:2], "by Rescue Bloggers", "July 8, 2023", f"{POSTS}15073"),
    )  # fmt: skip
    CONTENTS = (
        ("Lost hikers found above Kiefernthal", 1),
        ("Dogs learn to smell", 1),
        ("Letter of the chairwoman of all the rescuers to the mayor", 2),
        ("A rope bridge for the school", 2),
        ("What the night watch heard", 2),
    )

    def issue(self) -> Newsletter:
        sheet = Issue()
        sheet.line("Nejat Newsletter", 30, bold=True)
        sheet.line("July - August 2023", 11)
        sheet.line("Volume 4, Number 19, 20", 11, left=400, y=sheet.y)
        sheet.line("Monthly English Publication of Nejat Society", 9)
        sheet.y -= 20
        sheet.contents("Inside this issue:", list(self.CONTENTS), LEFT, 190, sheet.y)
        sheet.y += 14
        for piece in self.STORIES[:2]:
            sheet.story(piece, 2, left=210)
        sheet.turn("www.nejatngo.org  Page 1")
        for piece, columns in zip(self.STORIES[2:], (3, 3, 2), strict=True):
            sheet.story(piece, columns)
        return read(sheet.end("www.nejatngo.org  Page 2"))

    def test_header(self) -> None:
        issue = self.issue()
        assert (issue.title, issue.period, issue.volume, issue.numbers) == (
            "Nejat Newsletter", "July - August 2023", 4, [19, 20],
        )  # fmt: skip
        assert (issue.period_start, issue.period_end, issue.edition) == ("2023-07-01", "2023-08-31", "en")

    def test_stories_are_whole_in_their_order_with_their_rows_of_the_contents(self) -> None:
        issue = self.issue()
        check(issue, list(self.STORIES))
        assert [s.date for s in issue.stories] == [
            "2023-08-16",
            "2023-08-13",
            "2023-07-18",
            "2023-07-09",
            "2023-07-08",
        ]
        assert [(s.toc_title, s.toc_page) for s in issue.stories] == list(self.CONTENTS)


def header(sheet: Issue, *lines: str) -> Issue:
    sheet.line("Nejat Newsletter", 28, bold=True)
    for line in lines or ("June 2023", "No. 92"):
        sheet.line(line, 11)
    return sheet


def test_a_single_issue_without_contents() -> None:
    printed = [
        Piece("A stove for the hut", HIKERS[:1], "by Rescue Bloggers", "June 3, 2023", f"{POSTS}3001"),
        Piece("New boots", HIKERS[1:2]),
        Piece("Thanks to a stranger", HIKERS[2:], "", "June 20, 2023"),
    ]
    sheet = header(Issue())
    for piece, columns in zip(printed, (2, 1, 2), strict=True):
        sheet.story(piece, columns)
    issue = read(sheet.end())
    assert (issue.period, issue.volume, issue.numbers) == ("June 2023", None, [92])
    check(issue, printed)
    assert {s.toc_title for s in issue.stories} == {None}


def test_each_column_may_hold_stories_of_its_own() -> None:
    left = [
        Piece("A stove for the hut", HIKERS, "by Rescue Bloggers", "June 3, 2023", f"{POSTS}3001"),
        Piece("New boots", HIKERS[:2], "by Valley Courier", "June 4, 2023", f"{POSTS}3002"),
    ]
    right = [
        Piece("The bridge", HIKERS[1:], "by Rescue Bloggers", "June 5, 2023", f"{POSTS}3003"),
        Piece("Thanks", HIKERS[::-1], "by Valley Courier", "June 6, 2023", f"{POSTS}3004"),
    ]
    sheet = header(Issue())
    top = sheet.y
    for stories, edges in ((left, (LEFT, 296)), (right, (316, RIGHT))):
        sheet.y = top
        for piece in stories:
            sheet.story(piece, 1, left=edges[0], right=edges[1])
    check(read(sheet.end()), left + right)


def test_a_story_goes_on_over_the_page() -> None:
    words = " ".join(HIKERS).split()
    sheet = header(Issue())
    sheet.story(Piece("A stove for the hut", (" ".join(words[:30]),), "by Rescue Bloggers", "June 3, 2023"), 1)
    sheet.turn("Nejat Newsletter - page 1")
    for line in sheet.wrap(" ".join(words[30:]), 500):
        sheet.line(line)
    (story,) = read(sheet.end("Nejat Newsletter - page 2")).stories
    assert story.text.split() == words


def test_source_and_date_may_share_a_line_and_an_address_may_take_two() -> None:
    sheet = header(Issue())
    sheet.story(Piece("A stove for the hut", HIKERS[:1], "by Rescue Bloggers | June 3, 2023"), 2)
    sheet.line("https://www.nejatngo.org/en/")
    sheet.line("posts/3001")
    (story,) = read(sheet.end()).stories
    assert (story.source, story.date, story.url) == ("Rescue Bloggers", "2023-06-03", f"{POSTS}3001")
    assert story.text == HIKERS[0]


def test_a_linked_headline_gives_the_address() -> None:
    sheet = header(Issue())
    sheet.story(Piece("A stove for the hut", (), "by Rescue Bloggers", "June 3, 2023"), 1)
    sheet.canvas.linkURL(f"{POSTS}3001", (LEFT, sheet.y + 20, RIGHT, sheet.y + 60))
    sheet.line("It burns.")
    (story,) = read(sheet.end()).stories
    assert (story.title, story.url, story.text) == ("A stove for the hut", f"{POSTS}3001", "It burns.")


def test_boxes_of_the_page_are_left_out() -> None:
    sheet = header(Issue())
    printed = Piece("A stove for the hut", HIKERS[:1], "by Rescue Bloggers", "June 3, 2023", f"{POSTS}3001")
    sheet.story(printed, 2)
    for line in ("About Nejat Society", "An invented society of rescuers.", "Nejat Society, Kiefernthal"):
        sheet.y -= 10
        sheet.line(line)
    check(read(sheet.end()), [printed])


class TestOtherPublishers:
    """What the issues of other typesetters hold."""

    STOVE = Piece("A stove for the hut", HIKERS[:1], "by Rescue Bloggers", "June 3, 2023", f"{POSTS}3001")
    BOOTS = Piece("New boots", HIKERS[1:], "by Valley Courier", "June 4, 2023", f"{POSTS}3002")

    def test_a_source_above_its_headline(self) -> None:
        sheet = header(Issue())
        for piece in (self.STOVE, self.BOOTS):
            for line in (piece.source, piece.date):
                sheet.line(line)
            sheet.story(Piece(piece.title, piece.text, url=piece.url), 1)
        issue = read(sheet.end())
        check(issue, [self.STOVE, self.BOOTS])
        assert [s.date for s in issue.stories] == ["2023-06-03", "2023-06-04"]

    @pytest.mark.parametrize("again", ["A stove for the hut", ""])
    def test_a_story_continued_behind_another(self, again: str) -> None:
        sheet = header(Issue())
        sheet.story(Piece(self.STOVE.title, HIKERS[:1], self.STOVE.source, self.STOVE.date), 1)
        sheet.line("Continued on page 2")
        sheet.story(self.BOOTS, 1)
        sheet.turn()
        if again:
            sheet.line(again, 14, bold=True)
        sheet.line("Continued from page 1")
        for line in sheet.wrap(HIKERS[1], 500):
            sheet.line(line)
        sheet.line(self.STOVE.url)
        check(
            read(sheet.end()),
            [Piece(self.STOVE.title, HIKERS[:2], self.STOVE.source, "", self.STOVE.url), self.BOOTS],
        )

    def test_a_pull_quote_a_kicker_and_a_caption_are_no_text(self) -> None:
        sheet = header(Issue())
        sheet.line("NEWS", 8)
        sheet.story(Piece(self.STOVE.title, HIKERS[:1], self.STOVE.source, self.STOVE.date), 1)
        sheet.y -= 10
        sheet.line("were found on Thursday by a party", 16)
        sheet.y -= 6
        sheet.line("The hut in spring", 7)
        sheet.y -= 6
        for line in sheet.wrap(HIKERS[1], 500):
            sheet.line(line)
        sheet.line(self.STOVE.url)
        sheet.line("VALLEY", 8)
        sheet.story(self.BOOTS, 1)
        check(
            read(sheet.end()),
            [Piece(self.STOVE.title, HIKERS[:2], self.STOVE.source, "", self.STOVE.url), self.BOOTS],
        )

    @pytest.mark.parametrize(
        ("printed", "date"),
        [
            ("15 Jan 2023", "2023-01-15"), ("2023/01/15", "2023-01-15"), ("15.1.2023", "2023-01-15"),
            ("Sunday, January 15, 2023", "2023-01-15"), ("5/6/2023", None), ("2023-02-30", None),
        ],
    )  # fmt: skip
    def test_dates(self, printed: str, date: str | None) -> None:
        sheet = header(Issue())
        sheet.story(Piece("A stove", HIKERS[:1], "by Rescue Bloggers", printed), 1)
        (story,) = read(sheet.end()).stories
        assert (story.date, story.text) == (date, HIKERS[0])

    @pytest.mark.parametrize(
        ("lines", "period", "volume", "numbers"),
        [
            (("March 2021", "Volume III No.121"), "2021-03-01", 3, [121]),
            (("Dec 2023 - Jan 2024", "Vol. 4 | No. 23/24"), "2023-12-01", 4, [23, 24]),
            (("March 2021", "Issue #9"), "2021-03-01", None, [9]),
        ],
    )
    def test_heads(self, lines: tuple[str, str], period: str, volume: int | None, numbers: list[int]) -> None:
        sheet = header(Issue(), *lines)
        sheet.story(self.STOVE, 1)
        issue = read(sheet.end())
        assert (issue.period_start, issue.volume, issue.numbers) == (period, volume, numbers)
        check(issue, [self.STOVE])


class TestRightToLeft:
    FA = (
        "دو کوهنورد که راه خود را بالای دره گم کرده بودند روز پنجشنبه پیدا شدند. گروه هشت نفره داوطلبان با چراغ و "
        "سگ همه شب شیب‌های شمالی را جست‌وجو می‌کردند و صبح زود برگشتند.",
        "آن‌ها شب را در کلبه چوپان گذراندند (حالشان خوب بود) و از «مهمان‌نوازی» مردم روستا سپاسگزاری کردند. "
        "تلفن 112 در آن‌سوی پل کار نمی‌کند.",
    )
    AR = (
        "عثر المتطوعون يوم الخميس على اثنين من المتنزهين فوق الوادي. وقد بحث ثمانية رجال طوال الليل بالمصابيح "
        "والكلاب في السفوح الشمالية حتى الصباح الباكر.",
        "أمضى الرجلان الليل في كوخ راع (وكانا بخير) وشكرا أهل القرية على الضيافة الكريمة.",
    )

    def test_persian(self) -> None:
        site = "https://www.nejatngo.org/fa/posts/"
        printed = [
            Piece("دو کوهنورد گمشده پیدا شدند", self.FA, "به قلم پیک دره", "۲۵ مرداد ۱۴۰۲", f"{site}5001"),
            Piece(
                "سگ‌ها بو کشیدن را می‌آموزند", self.FA[::-1], "نوشته انجمن امداد", "۳ شهریور ۱۴۰۲", link=f"{site}5002"
            ),
            Piece("پل طنابی", self.FA, "منبع: پیک دره", "1402/06/10", f"{site}5003"),
        ]
        font = arabic_font()
        sheet = Issue(font, font, rtl=True)
        sheet.line("خبرنامه نجات", 30)
        sheet.line("مرداد و شهریور ۱۴۰۲", 11)
        sheet.line("سال چهارم، شماره ۱۹ و ۲۰", 11)
        sheet.y -= 20
        contents: list[tuple[str, int | str]] = [
            (piece.title, page) for piece, page in zip(printed, "۱۱۲", strict=True)
        ]
        sheet.contents("در این شماره می‌خوانید:", contents, 420, RIGHT, sheet.y)
        sheet.y += 14
        for piece in printed[:2]:
            sheet.story(piece, 2, right=400)
        sheet.turn()
        sheet.story(printed[2], 3)
        issue = read(sheet.end())
        assert (issue.edition, issue.title, issue.volume, issue.numbers) == ("fa", "خبرنامه نجات", 4, [19, 20])
        assert (issue.period, issue.period_start, issue.period_end) == (
            "مرداد و شهریور ۱۴۰۲", "2023-07-23", "2023-09-22",
        )  # fmt: skip
        check(issue, printed)
        assert [s.date for s in issue.stories] == ["2023-08-16", "2023-08-25", "2023-09-01"]
        assert [(s.toc_title, s.toc_page) for s in issue.stories] == [
            (piece.title, page) for piece, page in zip(printed, (1, 1, 2), strict=True)
        ]

    def test_arabic(self) -> None:
        site = "https://www.nejatngo.org/ar/posts/"
        printed = [
            Piece("العثور على متنزهين في الجبل", self.AR, "بقلم رسول الوادي", "16 أغسطس 2023", f"{site}601"),
            Piece("الكلاب تتعلم الشم", self.AR[::-1], "المصدر: جمعية الإنقاذ", "١٣ آب ٢٠٢٣", f"{site}602"),
        ]
        font = arabic_font()
        sheet = Issue(font, font, rtl=True)
        for line, size in (("نشرة نجاة", 30), ("تموز - آب 2023", 11), ("السنة الرابعة، العدد ١٩", 11)):
            sheet.line(line, size)
        for piece in printed:
            sheet.story(piece, 2)
        issue = read(sheet.end())
        assert (issue.edition, issue.title, issue.volume, issue.numbers) == ("ar", "نشرة نجاة", 4, [19])
        assert (issue.period_start, issue.period_end) == ("2023-07-01", "2023-08-31")
        check(issue, printed)
        assert [s.date for s in issue.stories] == ["2023-08-16", "2023-08-13"]

    @pytest.mark.parametrize(
        ("seen", "said"),
        [
            ("12 ب ا", "ا ب 12"),
            ("ب (CBA 12) ا", "ا (CBA 12) ب"),
            ("20 ،19 ه", "ه 19، 20"),
            ("19-20 ه", "ه 20-19"),
            ("20-19 ه", "ه 19-20"),
            ("a.org/b ه", "ه a.org/b"),
            ("(ب) ا", "ا (ب)"),
        ],
    )
    def test_a_line_as_it_is_read(self, seen: str, said: str) -> None:
        assert to_reading_order(seen, rtl=True) == said

    @pytest.mark.parametrize(
        "line",
        [
            "پناهگاه ۱۲-۱۵ کوه",
            "پناهگاه 12-15 کوه",
            "پناهگاه ۱۲–۱۵ کوه",
            "الملجأ ١٢-١٥ في الجبل",
            "سال‌های ۱۳۵۱-۱۳۵۸، ۱۳۶۰-۱۳۶۲",
            "صفحه ۷ و ۸-۹ و ۱۰/۱۱",
            "پناهگاه (۱۲-۱۵)",
            "پناهگاه ۱۲-۱۵.",
            "برف در ۱۳۸۹/۱۰/۰۵ بارید",
            "برف در ۱۳۸۹-۱۰-۰۵ بارید",
            "هطل الثلج في 2010-12-26 ليلا",
            "هطل الثلج في ٢٦/١٢/٢٠١٠ ليلا",
            "عمق برف ۲٫۵ متر و ۱٬۴۰۰ گرم",
            "عمق برف 2.5 متر و 1,400 گرم",
            "حدود ۴۰٪ از راه",
            "نسبة ٤٠٪ من الطريق",
            "حدود 40%-60% از راه",
            "تلفن ۰۲۱-۵۵۵۰۱۲۳ پناهگاه",
            "تلفن +۹۸۲۱۵۵۵ پناهگاه",
            "ساعت ۰۶:۴۵ صبح",
            "دمای -۱۲ درجه",
            "بالگرد Mi-17 نشست",
            "نقشه «The Ridge 7» را آورد",
            "نشانی hut@example.org و https://example.org/fa/7 است",
            "۱۲-۱۵ پناهگاه",
            "12-15 پناهگاه",
            "١٢-١٥ ملجأ",
            "۴۰٪ از راه",
            "40% از راه",
            "٤٠٪ من الطريق",
            "۱۳۸۹/۱۰/۰۵ برف بارید",
            "۰۲۱-۵۵۵۰۱۲۳ تلفن",
        ],
    )
    def test_numbers_in_a_line_come_out_as_they_were_written(self, line: str) -> None:
        assert to_reading_order(as_seen(line), rtl=True) == line


@pytest.mark.parametrize("by_row", [True, False])
def test_where_few_rows_tell_the_order_of_the_file_says_whether_white_parts_columns(by_row: bool) -> None:
    sheet = header(Issue(), "July - August 2023", "Volume 9, Number 19, 20")
    sheet.line("The dog and the bell", 14, bold=True)
    left = (
        "The dog heard the bell of the hut",
        "wardens slept, for the wind was so",
        "the chimney and the stove was out",
    )
    right = ("long before the two old", "loud that the snow fell down", "by the time of the bell.")
    places = [(row, side) for row in range(3) for side in (0, 1)]
    for row, side in places if by_row else sorted(places, key=lambda one: one[1]):
        sheet.line((left, right)[side][row], left=(LEFT, 210)[side], y=600 - 12 * row)
    across = " ".join(f"{one} {other}" for one, other in zip(left, right, strict=True))
    down = " ".join(left) + " " + " ".join(right)
    text = " ".join(read_pdf(sheet.end()).split())
    assert (across in text, down in text) == (by_row, not by_row)


class TestTurnedPages:
    """Pages from landscape sheets, from scanners, and those that a viewer has turned."""

    SNOW = (
        "The wardens dug for nine hours before the first of the two doors of the upper hut came out of the snow that "
        "had fallen on the pass since the week before, and behind it sat the cook with a candle.",
        "Nobody had been cold, she said, and the soup had lasted; the radio had not, and so she had read aloud.",
    )

    def issue(self, **turn: Any) -> bytes:
        sheet = header(Issue(**turn), "July - August 2023", "Volume 9, Number 19, 20")
        sheet.story(Piece("The upper hut is found", self.SNOW, "by The Valley Post", "July 4, 2023"), 2)
        sheet.turn()
        link = "https://www.nejatngo.org/en/posts/4712"
        sheet.story(Piece("The cook reads aloud", self.SNOW[::-1], "by Ridge Radio", "July 9, 2023", link=link), 1)
        return sheet.end()

    @pytest.mark.parametrize("says_so", [True, False], ids=["said by the file", "set so"])
    @pytest.mark.parametrize("turned", [90, 180, 270])
    def test_they_are_read_as_upright_ones_are(self, turned: int, says_so: bool) -> None:
        assert read_pdf(self.issue(turned=turned, says_so=says_so)) == read_pdf(self.issue())

    def test_a_line_set_sideways_on_an_upright_page_is_left_out(self) -> None:
        sheet = header(Issue(), "July - August 2023", "Volume 9, Number 19, 20")
        sheet.story(Piece("The upper hut is found", self.SNOW, "by The Valley Post", "July 4, 2023"), 1)
        sheet.canvas.rotate(90)
        sheet.canvas.drawString(200, -20, "printed by the valley press")
        assert "valley press" not in read_pdf(sheet.end())


# --- files that are hostile, broken, or something else ---------------------------------------------------------


def document(pages: str, *objects: bytes) -> bytes:
    """A PDF by hand: its page tree, and further objects from number 3 on."""
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate((b"<</Type/Catalog/Pages 2 0 R>>", pages.encode(), *objects), start=1):
        places.append(b"%010d 00000 n \n" % len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, content)
    size = len(places) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, b"".join(places))
    return body + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))


def locked() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    sheet = Issue()
    sheet.canvas = Canvas(sheet.buffer, encrypt=StandardEncryption("secret", "owner"))
    return header(sheet).end()


def pictures() -> bytes:
    sheet = Issue()
    sheet.canvas.rect(100, 100, 300, 300, fill=1)
    return sheet.end()


PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]>>"
UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "garbage": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "it is broken, or no PDF at all"),
    "locked": (locked, "it asks for a password"),
    "no pages": (lambda: document("<</Type/Pages/Kids[]/Count 0>>"), "it has no pages"),
    "pages": (
        lambda: document(f"<</Type/Pages/Kids[{'3 0 R ' * 10_000}]/Count 10000>>", PAGE % b"9 9"),
        "it has 10,000 pages, and 200 are the most that are read",
    ),
    "huge": (
        lambda: document("<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE % b"99999 99999"),
        "page 1 measures 99999 by 99999 points",
    ),
    "pictures": (pictures, "it holds pictures and no text"),
}


@pytest.mark.parametrize(("make", "sentence"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_gets_a_sentence(make: Callable[[], bytes], sentence: str) -> None:
    with pytest.raises(UnreadablePdfError) as caught:
        read_pdf(make())
    assert str(caught.value) == sentence


def test_a_reader_that_runs_too_long_is_ended() -> None:
    with pytest.raises(UnreadablePdfError, match="it takes too long to read"):
        read_words(issue_pdf(92), wall_seconds=0.01)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_file_that_breaks_off_is_read_or_refused(share: float) -> None:
    data = issue_pdf(92)
    try:
        assert "Nejat Newsletter" in read_pdf(data[: int(share * len(data))])
    except UnreadablePdfError:
        assert share < 0.99


def test_a_page_tree_that_leads_to_itself_ends() -> None:
    with pytest.raises(UnreadablePdfError):
        read_pdf(document("<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"))


# --- through the commands ----------------------------------------------------------------------------------------


def test_import(db: Path, tmp_path: Path) -> None:
    other = Issue()
    other.line("The statutes of the society", 20)
    files = {"issue.pdf": issue_pdf(92), "locked.pdf": locked(), "statutes.pdf": other.end()}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    result = run("nejat", "import", *(tmp_path / name for name in files), "--db", db)
    assert result.code == 1
    assert result.err.splitlines() == [
        f"Error: {tmp_path / 'locked.pdf'} cannot be read: it asks for a password",
        f"Error: {tmp_path / 'statutes.pdf'} is a PDF that is no issue of the newsletter, not a capture",
    ]
    [issue] = rows(db, "SELECT title, numbers, period_start FROM newsletters")
    assert issue == {"title": "Nejat Newsletter", "numbers": "[92]", "period_start": "2016-03-01"}
    before = hashlib.sha256(db.read_bytes()).hexdigest()
    assert run("nejat", "import", tmp_path / "issue.pdf", "--db", db).code == 0
    assert hashlib.sha256(db.read_bytes()).hexdigest() == before


def test_a_file_without_its_end_is_archived_and_said_until_the_whole_one_comes(db: Path, tmp_path: Path) -> None:
    with Archive.open(db) as archive:
        archive.save(POST)
    file = tmp_path / "newsletter-92.pdf"
    for data, announced in ((issue_pdf(92)[:-8], 0), (issue_pdf(92), 1)):
        file.write_bytes(data)
        result = run("nejat", "import", file, "--db", db)
        said = f"Error: Nejat Newsletter, March 2016: the file at {file.name} breaks off; what it holds is archived"
        assert (result.code, result.err.splitlines()) == ((0, []) if announced else (1, [said]))
        assert rows(db, "SELECT count(newsletter_id) AS read FROM newsletter_posts") == [{"read": announced}]
        assert rows(db, "SELECT count(*) > 1 AS many FROM newsletter_stories") == [{"many": 1}]


def test_an_issue_of_a_web_archive_was_captured_when_that_says(db: Path, tmp_path: Path) -> None:
    url = "https://www.nejatngo.org/en/newsletter-92.pdf"
    (tmp_path / "a.warc").write_bytes(record(http(issue_pdf(92), kind="Content-Type: application/pdf"), url=url))
    assert run("nejat", "import", tmp_path / "a.warc", "--db", db).code == 0
    [issue] = rows(db, "SELECT found_at, captured_at FROM newsletters")
    assert issue == {"found_at": url, "captured_at": "2019-05-04T03:02:01Z"}


POST = Article(
    "en", "article", "soledad", "https://www.nejatngo.org/en/posts/7", "2026-11-21T08:00:00Z", "live",
    "Nejat Newsletter no.92", post_id=7, url="https://www.nejatngo.org/en/posts/7",
    categories=["Nejat Publications"], body="Inside this issue:",
    links=[Link("https://dld.nejatngo.org/en/newsletter-92.pdf", "click here")],
)  # fmt: skip


def issue_row(number: int, found_at: str) -> Newsletter:
    return Newsletter("en", found_at, POST.captured_at, "Nejat Newsletter", None, None, None, None, [number], [])


@pytest.mark.parametrize("post_first", [True, False])
@pytest.mark.parametrize("found_at", ["https://dld.nejatngo.org/en/newsletter-92.pdf", "files/issue.pdf"])
def test_a_post_leads_to_its_issue_whichever_came_first(db: Path, found_at: str, post_first: bool) -> None:
    with Archive.open(db) as archive:
        archive.save_newsletter(issue_row(91, "files/other.pdf"))
        if not post_first:
            archive.save_newsletter(issue_row(92, found_at))
        archive.save(POST)
        if post_first:
            archive.save_newsletter(issue_row(92, found_at))
        assert archive.save(replace(POST, links=[], body=None, excerpt="Inside")) == "same"
    [post] = rows(db, "SELECT * FROM newsletter_posts")
    [issue] = rows(db, "SELECT id FROM newsletters WHERE numbers = '[92]'")
    assert post == {
        "article_id": "en-7", "number": 92, "pdf_url": "https://dld.nejatngo.org/en/newsletter-92.pdf",
        "newsletter_id": issue["id"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "urls", "number", "pdf"),
    [
        ("Nejat NewsLetter No.121", ["https://www.nejatngo.org/en/a.pdf"], 121, "https://www.nejatngo.org/en/a.pdf"),
        ("Nejat Newsletter", ["http://nejatngo.org/en/nejat-newsletter-113.pdf"], 113, None),
        ("Nejat Newsletter No. 5", ["https://elsewhere.org/a.pdf", "https://www.nejatngo.org/en/posts/1"], 5, ""),
        ("Our paper", ["https://www.nejatngo.org/a.pdf", "https://www.nejatngo.org/b.pdf"], None, ""),
    ],
)
def test_the_number_and_the_file_of_a_post(
    db: Path, title: str, urls: list[str], number: int | None, pdf: str
) -> None:
    with Archive.open(db) as archive:
        archive.save(replace(POST, title=title, links=[Link(url, "here") for url in urls]))
    [post] = rows(db, "SELECT number, pdf_url FROM newsletter_posts")
    assert post == {"number": number, "pdf_url": urls[0] if pdf is None else pdf or None}


def test_other_articles_announce_nothing(db: Path) -> None:
    with Archive.open(db) as archive:
        archive.save(replace(POST, title="The hut", categories=["News"], body="It is open."))
        archive.save(replace(POST, title="Books of 2020", post_id=8, url=None, links=[], body="Some."))
    assert rows(db, "SELECT * FROM newsletter_posts") == []


def test_the_crawl_reads_the_issues_that_posts_announce(db: Path) -> None:
    with serve(SampleSite(editions=("en",))) as server:
        assert crawl(db, server.base_url, edition="en").code == 0
        assert rows(db, "SELECT number, newsletter_id FROM newsletter_posts ORDER BY number") == [
            {"number": 92, "newsletter_id": None},
            {"number": 121, "newsletter_id": None},
        ]
        assert not any(".pdf" in request.path_with_query for request in server.requests)
        assert crawl(db, server.base_url, edition="en", newsletters="1").code == 0
        asked = [request.path_with_query for request in server.requests if ".pdf" in request.path_with_query]
        assert crawl(db, server.base_url, edition="en", newsletters="1").code == 0
        again = [request for request in server.requests if ".pdf" in request.path_with_query][len(asked) :]
    assert (len(asked), again) == (2, [])
    sql = """
        SELECT number, numbers, found_at = pdf_url AS own FROM newsletter_posts
        JOIN newsletters ON newsletters.id = newsletter_id ORDER BY number
    """
    assert rows(db, sql) == [
        {"number": 92, "numbers": "[92]", "own": 1},
        {"number": 121, "numbers": "[121]", "own": 1},
    ]
    stories = rows(db, "SELECT title, source, date, url, text FROM newsletter_stories WHERE url LIKE '%/92%'")
    assert [(s["title"], s["source"], s["date"]) for s in stories] == [
        ("The hut below the glacier is open again", "Valley Courier", "2016-03-03"),
        ("A new rope for the northern face", "Rescue Bloggers", "2016-03-09"),
    ]
    assert "volunteers of the association in the course of two summers" in stories[0]["text"]


def test_newsletters_is_0_or_1(db: Path) -> None:
    result = crawl(db, "http://127.0.0.1:9", newsletters="yes")
    assert (result.code, "newsletters must be 0 or 1, not 'yes'" in result.err) == (2, True)
