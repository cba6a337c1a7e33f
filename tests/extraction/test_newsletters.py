"""Newsletters as text: the header, the stories, and what becomes of columns, boxes and torn words."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nejat_crawler.extraction.newsletters.issue import NotANewsletterError, is_newsletter, read_newsletter
from nejat_crawler.items import Newsletter, Story
from tests.support.commands import ROOT

ISSUES = ROOT / "tests" / "newsletters"
SEEDS = ROOT.parent / "shared" / "seeds"
HEADER = "Nejat Newsletter\n\nJune 2023\n\nNo. 92\n\n"


def read(text: str) -> Newsletter:
    return read_newsletter(text, "issue.pdf", "2026-11-21T08:00:00Z")


def read_file(name: str) -> Newsletter:
    return read((ISSUES / name).read_text(encoding="utf-8"))


def story(text: str) -> Story:
    """Read the one story that `text` is the excerpt of."""
    (only,) = read(f"{HEADER}A headline\n\nby Somebody\n\nJune 3, 2023\n\n{text}\n").stories
    return only


class TestDoubleIssue:
    def test_header(self) -> None:
        issue = read_file("double_issue.txt")
        assert (issue.edition, issue.found_at, issue.captured_at) == ("en", "issue.pdf", "2026-11-21T08:00:00Z")
        assert (issue.title, issue.volume, issue.numbers) == ("Nejat Newsletter", 7, [30, 31])
        assert (issue.period, issue.period_start, issue.period_end) == (
            "December 2021 - January 2022",
            "2021-12-01",
            "2022-01-31",
        )

    def test_stories_have_the_headlines_of_the_page_and_the_rows_of_the_contents(self) -> None:
        found = [(s.title, s.source, s.date, s.toc_title, s.toc_page) for s in read_file("double_issue.txt").stories]
        bloggers = "Rescue Bloggers"
        assert found == [
            (
                "Lost hikers found above Kiefernthal",
                "Valley Courier",
                "2021-12-30",
                "Lost hikers found above Kiefernthal",
                1,
            ),
            (
                "Open letter of the chairwoman of the rescuers to the mayor of Kiefernthal",
                None,
                "2022-01-03",
                "Letter of the chairwoman to the mayor",
                1,
            ),
            (
                "Dogs learn to smell through deep snow",
                bloggers,
                "2021-12-12",
                "Dogs learn to smell through deep snow",
                2,
            ),
            (
                "A rope bridge for the village school",
                "Nejat Bloggers",
                "2021-11-30",
                "A rope bridge for the village school",
                3,
            ),
            # The page has them in another order than the contents, which are matched in order.
            ("Searching for old maps", bloggers, "2022-01-09", None, None),
            ("What the night watch heard", bloggers, "2022-01-08", "What the night watch heard", 3),
        ]

    def test_an_address_is_the_article_s_even_where_it_is_broken_or_not_the_only_one(self) -> None:
        site = "https://www.nejatngo.org/en/posts/"
        assert [s.url for s in read_file("double_issue.txt").stories] == [
            None,
            f"{site}2101",
            f"{site}2088",
            f"{site}2079",
            None,
            None,
        ]

    def test_texts_are_whole_paragraphs_without_the_furniture_of_the_pages(self) -> None:
        texts = [s.text for s in read_file("double_issue.txt").stories]
        assert texts == [
            "Two hikers who had lost their way above Kiefernthal were found on Thursday by a party of eight "
            "volunteers.\n\nThey had spent the night in a shepherd's hut and were well. The party carried self-made "
            "stretchers, which were not needed. Its well-known leader thanked everybody."
            '\n\n"We saw the light of the lamps at five," said one of the hikers, and asked for tea.'
            "\n\nBy Anna Brandt",
            "Honoured Mrs. Mayor\n\nFor eleven years we have asked for a second lamp at the upper bridge. "
            "Nobody who walks there in winter needs to be told why.",
            "The school for dogs in the lower valley has taken in six pupils. Their teacher is Eva Lindt, who has "
            "trained dogs (and their masters) since 1998.",
            "Thirty children cross the stream twice a day.\n\nRead also: https://example.org/bridges"
            "\n\n<https://example.org/ropes>",
            "The society looks for maps printed before 1950.",
            "Nothing at all.",
        ]


class TestSingleIssue:
    def test_header(self) -> None:
        issue = read_file("single_issue.txt")
        assert (issue.title, issue.volume, issue.numbers) == ("NEJAT NEWSLETTER No. 92", None, [92])
        assert (issue.period, issue.period_start, issue.period_end) == ("June 2023", "2023-06-01", "2023-06-30")

    @pytest.mark.parametrize("newline", ["\n", "\r\n"])
    def test_stories_are_told_without_contents_and_blank_lines(self, newline: str) -> None:
        text = "\ufeff" + (ISSUES / "single_issue.txt").read_text(encoding="utf-8").replace("\n", newline)
        stove, boots, notes, thanks = read(text).stories
        assert (stove.title, stove.source, stove.date) == ("A stove for the hut", "Rescue Bloggers", "2023-06-03")
        assert stove.text == (
            "The hut on the pass has a stove again. It weighs ninety kilograms and was carried up in three parts "
            "by Jonas Weber and his sons, who would not be thanked."
        )
        assert (boots.title, boots.url) == ("New boots", "https://www.nejatngo.org/en/posts/3001")
        assert (notes.title, notes.source, notes.date) == ("Notes from the valley", None, None)
        assert (notes.text, notes.url) == (
            "The baker opens at four o'clock in the season.",
            "https://www.nejatngo.org/en/posts/3002",
        )
        assert (thanks.title, thanks.source) == ("Thanks to a stranger", "the editors")
        assert {s.toc_title for s in (stove, boots, notes, thanks)} == {None}

    def test_a_day_that_is_not_in_the_calendar_is_no_date(self) -> None:
        assert read_file("single_issue.txt").stories[1].date is None


def test_stories_without_date_and_source_are_told_by_the_contents() -> None:
    issue = read_file("unnumbered_contents.txt")
    assert (issue.period, issue.period_start, issue.volume, issue.numbers) == (None, None, 2, [])
    assert [(s.title, s.source, s.date, s.toc_title, s.toc_page) for s in issue.stories] == [
        ("A winter without snow", None, None, "A winter without snow", None),
        ("The last mule of the pass", "Valley Courier", None, "The last mule of the pass", None),
        ("Who Rings the Bell?", None, "2020-03-05", "Who rings the bell?", None),
    ]
    assert issue.stories[0].text == "The slopes stayed green until March. Older people remember no such year."


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("June 2023", ("June 2023", "2023-06-01", "2023-06-30")),
        ("July – August 2023", ("July – August 2023", "2023-07-01", "2023-08-31")),
        ("January/February 2024", ("January/February 2024", "2024-01-01", "2024-02-29")),
        ("December - January 2023", ("December - January 2023", "2022-12-01", "2023-01-31")),
        ("Nov. and Dec. 2023", ("Nov. and Dec. 2023", "2023-11-01", "2023-12-31")),
        ("June 1823", ("June 1823", None, None)),
        ("June 0000", ("June 0000", None, None)),
        ("Summer 2023", (None, None, None)),
    ],
)
def test_period(printed: str, expected: tuple[str | None, ...]) -> None:
    issue = read(f"Nejat Newsletter\n\n{printed}\n\nNo. 1\n")
    assert (issue.period, issue.period_start, issue.period_end) == expected


@pytest.mark.parametrize(
    ("printed", "volume", "numbers"),
    [
        ("Volume 4, Number 19, 20", 4, [19, 20]),
        ("Vol. 4 No. 19 & 20", 4, [19, 20]),
        ("No.121", None, [121]),
        ("no.92", None, [92]),
        ("Number 19-22", None, [19, 20, 21, 22]),
        ("No. 92, 2023", None, [92]),
        ("June 2023 Volume 4", 4, []),
        ("Number one of all", None, []),
    ],
)
def test_volume_and_numbers(printed: str, volume: int | None, numbers: list[int]) -> None:
    issue = read(f"Nejat Newsletter\n\n{printed}\n\nInside this issue:\n")
    assert (issue.volume, issue.numbers) == (volume, numbers)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("June 3, 2023", "2023-06-03"),
        ("June 3rd, 2023", "2023-06-03"),
        ("Sept. 30, 2023", "2023-09-30"),
        ("3 June 2023", "2023-06-03"),
        ("February 29, 2024", "2024-02-29"),
        ("February 29, 2023", None),
        ("June 0, 2023", None),
        ("June 3, 1999", None),
        ("June 3, 2101", None),
    ],
)
def test_a_date_is_a_day_of_the_calendar_or_none(printed: str, expected: str | None) -> None:
    (only,) = read(f"{HEADER}A headline\n\nby Somebody\n\n{printed}\n\nText.\n").stories
    assert (only.date, only.text) == (expected, "Text.")


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("the mem-\n\n\n\nbers came", "the members came"),
        ("day-to-\n\nday life", "day-to-day life"),
        ("the Mujahedin-e-\n\nKhalq", "the Mujahedin-e-Khalq"),
        ("well-\n\nknown, and well-known again", "well-known, and well-known again"),
        ("a so\u00ad\n\nciety", "a society"),
        ("They had walked for\n\n\n\nThree days.", "They had walked for Three days."),
        ("They had walked\n\nfor three days.", "They had walked for three days."),
        ("They walked.\n\nfor three days", "They walked.\n\nfor three days"),
        ("Dear all\n\nWe walked.", "Dear all\n\nWe walked."),
        ("They walked for\n\n...\n\nthree days", "They walked for\n\nthree days"),
        ("They walked for\n\nPage 2\n\nNo. 92\n\nthree days", "They walked for three days"),
        ("It was built\n\nby members of the club.", "It was built by members of the club."),
        ("[A **link**](https://example.org) in it", "A link in it"),
        ("About Nejat Society\n\nA box without an end", ""),
        ("Address:\n\nthe old mill", "Address:\n\nthe old mill"),
    ],
)
def test_a_torn_text_is_put_together(torn: str, whole: str) -> None:
    assert story(torn).text == whole


def test_a_letter_dated_in_its_text_stays_one_story() -> None:
    text = "We thank you.\n\nThe rescuers were never as many. Come again.\n\nJune 1, 2023"
    assert story(text).text.endswith("June 1, 2023")


def test_a_pull_quote_that_repeats_the_headline_is_no_story() -> None:
    text = f"{HEADER}Inside this issue:\n\nThe bridge is open again\t1\nBoots\t2\n\nThe bridge is open again\n\nby X"
    text += "\n\nJune 3, 2023\n\nIt opened.\n\nThe bridge is open\n\nat last.\n\nBoots\n\nby X\n\nJune 4, 2023\n"
    assert [s.title for s in read(text).stories] == ["The bridge is open again", "Boots"]


def test_two_addresses_are_two_stories() -> None:
    text = f"{HEADER}A\n\nby X\n\nJune 4, 2023\n\nText.\n\n<https://x.org/posts/1>\n\n"
    text += "More text.\n\n<https://x.org/posts/2>\n"
    assert [(s.title, s.text, s.url) for s in read(text).stories] == [
        ("A", "Text.", "https://x.org/posts/1"),
        ("", "More text.", "https://x.org/posts/2"),
    ]


def test_a_headline_over_two_paragraphs_is_one() -> None:
    text = f"{HEADER}Inside this issue:\n\nRescuers urge the mayor to light the bridge\t1\n\n"
    text += "Rescuers urge the mayor\n\nto light the bridge\n\nby X\n\nJune 4, 2023\n\nText.\n"
    assert [s.title for s in read(text).stories] == ["Rescuers urge the mayor to light the bridge"]


def test_contents_with_dots_or_broken_off_are_read() -> None:
    contents = "Inside this issue:\n\nThe bridge ..... 1\n2 Boots   12\nThe lamp of the upper bri"
    issue = read(f"{HEADER}{contents}")
    assert issue.stories == []
    story_text = "\n\nThe bridge\n\nby X\n\nJune 4, 2023\n\nText.\n\n2 boots\n\nby Y\n\nJune 5, 2023\n\nText.\n"
    stories = read(f"{HEADER}{contents.rpartition(chr(10))[0]}{story_text}").stories
    assert [(s.toc_title, s.toc_page) for s in stories] == [("The bridge", 1), ("2 Boots", 12)]


@pytest.mark.parametrize("name", sorted(path.name for path in ISSUES.glob("*.txt")))
def test_an_issue_may_break_off_anywhere(name: str) -> None:
    text = (ISSUES / name).read_text(encoding="utf-8")
    whole = read(text).stories
    for length in range(0, len(text), 7):
        if is_newsletter(text[:length]):
            stories = read(text[:length]).stories
            assert [s.text for s in stories[:-1]] == [s.text for s in whole[: len(stories[:-1])]]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A letter\n\nJune 3, 2023\n\nText.",
        "Nejat Newsletter\n\nis what they read every day.",
        "Nejat Society\n  • Home\n    • Nejat NewsLetter\n© 2003 - 2024 NEJAT Society. nejatngo.org\n",
        "x\n" * 50 + HEADER,
    ],
    ids=["empty", "letter", "mention", "menu", "far below"],
)
def test_what_is_no_issue_is_refused_in_one_sentence(text: str) -> None:
    assert not is_newsletter(text)
    with pytest.raises(NotANewsletterError) as refusal:
        read(text)
    assert "\n" not in str(refusal.value)


CONTENTS = f"{HEADER}Inside this issue:\n\n" + "".join(f"Row {row} alpha\t{row}\n" for row in range(60)) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        "May 1, 2023\n\n" * 1_500,
        "Row alpha 7\n\nby X\n\nMay 1, 2023\n\ntext.\n\n" * 250,
        "A\n\nby X\n\nMay 1, 2023\n\n" + "part of\n\n" * 5_000,
        "a-\n" * 5_000,
        "Address\n\n" * 2_500,
        "a" + " " * 250_000 + "1" * 250_000,
        "[" * 250_000,
        "<https://" * 25_000,
        "-" * 250_000 + "\n\na",
        "." * 250_000,
    ],
    ids=["dates", "stories", "torn", "hyphens", "boxes", "page", "links", "addresses", "dashes", "dots"],
)
def test_a_hostile_text_is_read_in_a_few_seconds(text: str) -> None:
    start = time.process_time()
    read(CONTENTS + text)
    read(HEADER + text)
    assert time.process_time() - start < 15  # quadratic time takes minutes


PARTS = st.sampled_from(
    ["Inside this issue:", "Title\t4", "A headline", "by X", "May 1, 2023", "<https://x.org/posts/1>", "...", "mem-"]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PARTS | st.text(max_size=20), max_size=30), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_any_text_under_a_header_is_read(parts: list[str], newline: str) -> None:
    issue = read(HEADER + newline.join(parts))
    assert all(s.text == s.text.strip() and "\n\n\n" not in s.text for s in issue.stories)


@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the real newsletter is not here: {SEEDS}")
class TestRealNewsletter:
    @staticmethod
    def issue() -> Newsletter:
        return read(next(SEEDS.glob("004_*.txt")).read_text(encoding="utf-8"))

    def test_it_comes_out_exact(self) -> None:
        expected = json.loads((SEEDS / "expected_newsletter.json").read_text(encoding="utf-8"))
        issue = self.issue()
        for key in ("title", "period", "period_start", "period_end", "volume", "numbers"):
            assert getattr(issue, key) == expected[key]
        keys = ("title", "source", "date", "url", "toc_title", "toc_page")
        assert [{key: getattr(s, key) for key in keys} for s in issue.stories] == expected["stories"]

    def test_its_texts_are_whole_and_nothing_but_the_stories(self) -> None:
        texts = [s.text for s in self.issue().stories]
        assert [len(text.split("\n\n")) for text in texts] == [4, 3, 2, 4, 2, 2, 3, 4, 3, 3, 3]
        joined = "\n".join(texts)
        for word in ("day-to-day life", "members of", '"Der Spiegel"', "Summer", "opinion", "parliamentarians"):
            assert word in joined
        for word in ("P.O Box", "Some of the aims", "posts/15", "...", "](#)", "Monthly English"):
            assert word not in joined

    def test_a_listing_is_no_newsletter(self) -> None:
        listings = [SEEDS / row["file"] for row in json.loads((SEEDS / "expected.json").read_text(encoding="utf-8"))]
        assert [is_newsletter(path.read_text(encoding="utf-8")) for path in listings] == [False] * 3
