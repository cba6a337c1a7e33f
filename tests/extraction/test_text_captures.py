"""Text captures of the home listing: what is cut out of them, and what is read from it."""

from __future__ import annotations

import json
import re
import time
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nejat_crawler.extraction.text_captures import (
    TextEntry,
    UnknownLayoutError,
    cut,
    layout_of,
    printed_labels,
    read_entry,
)
from nejat_crawler.extraction.text_captures.home_listing import ABOVE_OTHER_PAGES, LABELS
from nejat_crawler.extraction.text_captures.text_lines import shown_line
from nejat_crawler.items import Image
from tests.support.commands import ROOT

SEEDS = ROOT.parent / "shared" / "seeds"
LAYOUT = "soledad-text-en"
SHARE_BAR = "FacebookTwitterPinterestWhatsappTelegramSkypeEmail"

MENU = """Nejat Society
  • Home
  • Articles
  • Media
    • Cartoons
  • Editions
    • فارسی
"""
HEADER = f"{MENU}Nejat Society\n{MENU}© 2003 - 2024 NEJAT Society. nejatngo.org\n"
SIDEBAR = """
Recent Posts

  • A newer report of the rescuers

    December 22, 2025
  • Facebook
  • Instagram

© 2003 - 2025 NEJAT Society . All Rights Reserved. NejatNGO.org


Back To Top
"""

AVALANCHE = """Two dogs in the snow
Mountain rescue

How the dogs of Kiefernthal found a tent

The tent had been buried for a night.
Nobody in the valley slept.

The two dogs began to dig at dawn.

March 4, 2019 0 comments
"""
ROPES = """Ropes; knots and other gear

What the rescuers' ropes are made of

Nylon, mostly.

March 1, 2019 12 comments
"""


def page(*articles: str, newer: bool = True, older: bool = True, header: str = HEADER) -> str:
    pager = "Newer Posts\n" * newer + "Older Posts\n" * older
    return header + "".join(f"{article}{SHARE_BAR}\n" for article in articles) + pager + SIDEBAR + MENU.rstrip("\n")


def read_all(text: str) -> list[TextEntry]:
    capture = cut(text)
    return [read_entry(raw, capture.layout) for raw in capture.entries]


def read_article(article: str) -> TextEntry:
    (entry,) = read_all(page(article))
    return entry


def body_of(*lines: str) -> TextEntry:
    """Read an article whose body is made of `lines`."""
    return read_article("\n".join(["Training", "", "A title", "", *lines, "", "May 2, 2020 0 comments", ""]))


def test_a_listing_is_cut_into_its_articles_and_they_are_read() -> None:
    capture = cut(page(AVALANCHE, ROPES), "en")
    assert (capture.layout, capture.edition, capture.cut_off) == (LAYOUT, "en", None)
    assert capture.entries == (AVALANCHE.rstrip("\n"), ROPES.rstrip("\n"))
    assert read_entry(capture.entries[0], LAYOUT) == TextEntry(
        title="How the dogs of Kiefernthal found a tent",
        category="Mountain rescue",
        body=(
            "The tent had been buried for a night.\nNobody in the valley slept.\n\nThe two dogs began to dig at dawn."
        ),
        published_text="March 4, 2019",
        comment_count=0,
        images=(Image(None, "Two dogs in the snow", None, lead=True),),
    )


def test_an_article_may_have_no_picture_and_a_category_with_a_semicolon() -> None:
    _, ropes = read_all(page(AVALANCHE, ROPES))
    assert (ropes.category, ropes.images, ropes.comment_count) == ("Ropes; knots and other gear", (), 12)


@pytest.mark.parametrize(
    ("newer", "older"), [(False, True), (True, False), (False, False)], ids=["first page", "last page", "only page"]
)
def test_the_pager_of_any_page_is_chrome(newer: bool, older: bool) -> None:
    capture = cut(page(AVALANCHE, newer=newer, older=older))
    assert capture.entries == (AVALANCHE.rstrip("\n"),)
    assert capture.cut_off is None


def test_a_page_without_articles_is_a_capture_with_none() -> None:
    capture = cut(page(newer=False, older=False))
    assert (capture.entries, capture.cut_off) == ((), None)


def test_a_post_of_the_sidebar_is_no_article() -> None:
    assert "A newer report of the rescuers" not in str(cut(page(AVALANCHE)))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "  \n"),
        lambda text: text.replace(" ", "\xa0"),
        lambda text: text.replace("\n\n", "\n\xa0\n\n"),
        lambda text: text.replace("2003 - 2024", "2003 - 2031").replace("2003 - 2025", "2003 - 2032"),
        lambda text: text.replace("© 2003 - 2024 NEJAT Society. nejatngo.org\n", ""),
        lambda text: text + "\n" + text.replace("March 4, 2019", "March 5, 2019"),
        lambda text: "\n".join(line.strip() for line in text.splitlines()),
    ],
    ids=["bom", "crlf", "trailing", "nbsp", "nbsp lines", "years", "no copyright", "two pages", "no indentation"],
)
def test_the_same_articles_come_out_of(change: Any) -> None:
    expected = read_all(page(AVALANCHE, ROPES))
    assert read_all(change(page(AVALANCHE, ROPES)))[:2] == expected


def test_two_captures_in_one_file_lose_nothing() -> None:
    assert len(cut(page(AVALANCHE, ROPES) + "\n" + page(ROPES)).entries) == 3


def test_articles_alone_without_the_page_around_them_are_a_capture() -> None:
    assert len(cut(f"{AVALANCHE}{SHARE_BAR}\n{ROPES}{SHARE_BAR}\n").entries) == 2


@pytest.mark.parametrize(
    "line",
    [
        "March 4, 2019 0 comments",
        "Older Posts",
        "Newer Posts",
        "Recent Posts",
        "Back To Top",
        "© 2003 - 2024 NEJAT Society. nejatngo.org",
        "Nejat Society",
        "Leave a Comment",
        "Facebook",
        "Home » Training",
    ],
)
def test_a_body_may_contain(line: str) -> None:
    entry = body_of("Before.", "", line, "", "After.")
    assert entry.body == f"Before.\n\n{line}\n\nAfter."


def test_the_site_name_and_a_copyright_are_alt_texts_too() -> None:
    article = "Nejat Society\nTraining\n\nA title\n\nText.\n\nMay 2, 2020 0 comments\n"
    other = article.replace("Nejat Society", "© Alpine News Agency")
    assert [entry.images[0].alt for entry in read_all(page(article, other, article))] == [
        "Nejat Society",
        "© Alpine News Agency",
        "Nejat Society",
    ]


@pytest.mark.parametrize(
    ("printed", "date", "count"),
    [
        ("May 2, 2020 1 comment", "May 2, 2020", 1),
        ("May 2, 2020 1024 comments", "May 2, 2020", 1024),
        ("May 2, 2020 Comments Off on A title", "May 2, 2020", None),
        ("May 2, 2020", "May 2, 2020", None),
        ("Smarch 99, 2020 0 comments", "Smarch 99, 2020", 0),
    ],
)
def test_the_date_line_is_read_as_printed(printed: str, date: str, count: int | None) -> None:
    entry = read_article(f"Training\n\nA title\n\nText.\n\n{printed}\n")
    assert (entry.body, entry.published_text, entry.comment_count) == ("Text.", date, count)


def test_a_share_bar_with_other_networks_ends_an_article() -> None:
    assert len(cut(page(AVALANCHE, ROPES).replace(SHARE_BAR, "FacebookTwitterLinkedinEmail")).entries) == 2


class TestPictures:
    @pytest.mark.parametrize("times", [2, 3, 8])
    def test_a_paragraph_that_stands_twice_or_more_in_a_row_is_a_picture(self, times: int) -> None:
        entry = body_of("Before.", "", *["A rope bridge", ""] * times, "After.")
        assert entry.body == "Before.\n\nAfter."
        assert entry.images == (Image(None, "A rope bridge", "A rope bridge"),)

    def test_so_is_a_line(self) -> None:
        entry = body_of("Before.", "", "A rope bridge", "A rope bridge", "After.", "And more.")
        assert (entry.body, len(entry.images)) == ("Before.\n\nAfter.\nAnd more.", 1)

    def test_so_is_a_paragraph_of_two_lines(self) -> None:
        entry = body_of("Before.", "", "The bridge", "in May", "", "The bridge", "in May", "", "After.")
        assert (entry.body, [image.caption for image in entry.images]) == ("Before.\n\nAfter.", ["The bridge in May"])

    def test_what_stands_once_or_again_later_is_text(self) -> None:
        entry = body_of("A rope bridge", "", "Text.", "", "A rope bridge", "", "More.")
        assert (entry.body.count("A rope bridge"), entry.images) == (2, ())

    def test_a_picture_may_open_or_end_the_body(self) -> None:
        entry = body_of("One", "", "One", "", "Text.", "", "Two", "", "Two")
        assert (entry.body, [image.alt for image in entry.images]) == ("Text.", ["One", "Two"])

    def test_a_body_may_be_nothing_but_a_picture(self) -> None:
        assert body_of("One", "", "One").body == ""

    @pytest.mark.parametrize("alts", [["Maria Berg"], ["Maria Berg", "Maria Berg"], [","]])
    def test_the_line_above_the_category_is_the_lead(self, alts: list[str]) -> None:
        head = "\n".join([*alts, "Maria Berg"])
        entry = read_article(f"{head}\n\nA title\n\nText.\n\nMay 2, 2020 0 comments\n")
        assert (entry.category, entry.images) == ("Maria Berg", (Image(None, alts[0], None, lead=True),))


class TestTitles:
    def test_an_article_may_be_nothing_but_a_title(self) -> None:
        entry = read_article("Cartoons\n\nThe yodelling goat\n\nMay 2, 2020 0 comments\n")
        assert (entry.title, entry.body) == ("The yodelling goat", "")

    def test_a_long_first_paragraph_is_the_body_of_an_untitled_article(self) -> None:
        paragraph = "The rescuers came down late that evening. " * 8
        entry = read_article(f"Letters\n\n{paragraph}\n\nText.\n\nMay 2, 2020 0 comments\n")
        assert (entry.title, entry.category, entry.body) == ("", "Letters", f"{paragraph.strip()}\n\nText.")

    def test_an_empty_article_is_read_without_a_word(self) -> None:
        entry = read_entry("May 2, 2020 0 comments", LAYOUT)
        assert (entry.title, entry.category, entry.body, entry.images) == ("", None, "", ())


def test_list_items_are_paragraphs_without_the_mark_of_the_capture() -> None:
    entry = body_of("We carry:", "  • a rope", "  • a rope", "    • 2 bolts", "  1. a torch", "and tea.")
    assert entry.body == "We carry:\n\na rope\n\na rope\n\n2 bolts\n\na torch\n\nand tea."
    assert entry.images == ()


def test_zero_width_characters_stay_as_published() -> None:
    assert body_of("خانواده\u200cها").body == "خانواده\u200cها"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Nejat Society\n",
        "A letter.\n\nMarch 4, 2019 0 comments\n\nIt ends here.",
        f"A share bar: {SHARE_BAR}",
        HEADER + "A title\n\nText.\n\nYou may also like\n\nAnother\n\nLeave a Comment\n",
        "<html><body>Nejat Society</body></html>",
    ],
    ids=["empty", "blank", "name", "letter", "bar", "article without end", "html"],
)
def test_what_is_no_listing_is_refused_in_one_sentence(text: str) -> None:
    assert layout_of(text) is None
    with pytest.raises(UnknownLayoutError) as refusal:
        cut(text)
    assert "\n" not in str(refusal.value)


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(UnknownLayoutError, match="no-such-row"):
        read_entry(AVALANCHE, "no-such-row")


def check_cuts(text: str, step: int) -> None:
    """Break `text` off after every `step` characters: whole articles stay exact, a broken one is reported."""
    whole = cut(text).entries
    spans: list[tuple[int, int]] = []
    for entry in whole:
        begin = text.index(entry, spans[-1][1] if spans else 0)
        spans.append((begin, begin + len(entry) + 1))  # the share bar begins behind the line's end
    for length in range(0, len(text) + 1, step):
        part = text[:length]
        if layout_of(part) is None:
            assert not re.search("•.*", part), f"not recognised after {length} characters"
            continue
        capture = cut(part)
        expected = tuple(entry for entry, (_, end) in zip(whole, spans, strict=True) if length > end)
        assert capture.entries == expected, f"after {length} characters"
        broken = next((part[begin:].strip() for begin, end in spans if begin < length <= end), "")
        # A lone `N` may open an alt text or the pager: nothing tells.
        if not any(label.startswith(broken) for label in LABELS) or not broken:
            assert (capture.cut_off or "").strip() == broken, f"after {length} characters"


def test_a_capture_may_break_off_anywhere() -> None:
    check_cuts(page(AVALANCHE, ROPES, AVALANCHE.replace("Two dogs", "Three dogs")), step=1)


def test_an_article_that_lost_its_end_is_reported_without_the_foot_of_the_page() -> None:
    text = page(AVALANCHE, ROPES)
    capture = cut(text[: text.rindex("March 1")] + text[text.rindex("Newer Posts") :])
    assert len(capture.entries) == 1
    assert capture.cut_off == ROPES[: ROPES.index("\n\nMarch 1")]


def test_a_date_line_without_share_bar_at_the_end_is_no_whole_article() -> None:
    capture = cut(HEADER + AVALANCHE)
    assert (capture.entries, capture.cut_off) == ((), AVALANCHE.strip())


@pytest.mark.parametrize(
    "text",
    [
        "March 4, 2019 0 comments\n" * 25_000,
        HEADER + "Older Posts\n" * 25_000 + "text",
        HEADER + "Facebook" * 50_000,
        HEADER + "a\n\n" * 25_000,
        HEADER + "a " * 125_000,
        HEADER + f"{AVALANCHE}{SHARE_BAR}\n" * 1_250,
        "\n" * 250_000,
        HEADER + "Nejat Society\n" * 25_000,
        f"x\n\nMay 1, 2020 {'9' * 25_000} comments\n{SHARE_BAR}\n",
    ],
    ids=["dates", "pagers", "bar", "paragraphs", "words", "articles", "blank", "names", "digits"],
)
def test_a_hostile_text_does_not_take_for_ever(text: str) -> None:
    start = time.process_time()
    if layout_of(text):
        read_all(text)
    assert time.process_time() - start < 15  # quadratic time takes minutes


@pytest.mark.parametrize("heading", ["Category:", "برچسب:", "التصنيف:", "Autori:", "Home Avalanches", "الرئيسية 0"])
def test_what_stands_under_the_heading_of_an_archive_is_no_home_listing(heading: str) -> None:
    archive = ROPES.replace("Ropes; knots and other gear", heading)
    with pytest.raises(UnknownLayoutError):
        cut(page(archive, AVALANCHE))
    assert [entry.category for entry in read_all(page(AVALANCHE, archive))] == ["Mountain rescue", heading]


@pytest.mark.parametrize("title", ["Homeless in the valley", "خانه‌ای در کوه"])
def test_a_title_may_begin_like_a_path(title: str) -> None:
    text = page(ROPES.replace("What the rescuers' ropes are made of", title), AVALANCHE)
    assert [entry.title for entry in read_all(text)] == [title, "How the dogs of Kiefernthal found a tent"]


# Neither white space nor what the capture itself writes into chrome and lists.
WORDS = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="•©"), min_size=1, max_size=9)
LINES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
# Hypothesis draws texts of the program under test, too: `التصنيف:` as the first category is an archive's heading.
NAMES = LINES.filter(
    lambda line: not any(pattern.fullmatch(line) for pattern in (*ABOVE_OTHER_PAGES, printed_labels.HOME))
)
ODD_LINES = st.sampled_from(["May 2, 2020 0 comments", "Older Posts", "© 2003 - 2024 NEJAT Society. nejatngo.org"])
PARAGRAPHS = st.lists(LINES | ODD_LINES, min_size=1, max_size=3, unique=True)


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, TextEntry]:
    """Make an article as a capture prints it, and what is to be read from it."""
    title, category = draw(NAMES), draw(NAMES).lower()  # `aB` may be two names run together
    lead = draw(st.none() | NAMES)
    images = [Image(None, lead, None, lead=True)] if lead else []
    shown: list[str] = []
    body: list[str] = []
    last = ""
    for place, lines in enumerate(draw(st.lists(PARAGRAPHS, max_size=4))):
        if lines[0] != last and shown[-1:] != ["\n".join(lines)]:
            shown.append("\n".join(lines))
            body.append("\n".join(lines))
            last = lines[-1]
        if draw(st.booleans()):
            alt = f"picture {place} of a kind"
            shown += [alt] * draw(st.integers(2, 8))
            images.append(Image(None, alt, alt))
            last = alt
    date = f"{draw(st.sampled_from(['January', 'May', 'December']))} {draw(st.integers(1, 31))}, 2021"
    count = draw(st.integers(0, 2000))
    end = f"{date} {count} comment{'' if count == 1 else 's'}"
    head = f"{lead}\n{category}" if lead else category
    text = "\n\n".join([head, title, *shown, end]) + "\n"
    return text, TextEntry(title, category, "\n\n".join(body), date, count, tuple(images))


def last_line(article: tuple[str, TextEntry]) -> str:
    """What stands above the date: where all of three articles or more end with the same line, it is the theme's."""
    return article[0].split("\n")[-4]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(articles(), max_size=5, unique_by=last_line),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_composed_is_read_back(
    composed: list[tuple[str, TextEntry]], newer: bool, older: bool, newline: str
) -> None:
    text = page(*(article for article, _ in composed), newer=newer, older=older).replace("\n", newline)
    assert read_all(text) == [entry for _, entry in composed]
    assert cut(text).cut_off is None


@settings(max_examples=60, deadline=None)
@given(st.text() | st.lists(LINES | ODD_LINES | st.sampled_from([SHARE_BAR, ""]), max_size=30).map("\n".join))
def test_any_text_is_cut_or_refused(text: str) -> None:
    for capture in (text, HEADER + text):
        if layout_of(capture):
            assert all(entry.published_text for entry in read_all(capture))


@pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the real captures are not here: {SEEDS}")
class TestRealCaptures:
    @staticmethod
    def captures() -> list[tuple[str, list[dict[str, Any]]]]:
        expected = json.loads((SEEDS / "expected.json").read_text(encoding="utf-8"))
        return [((SEEDS / row["file"]).read_text(encoding="utf-8"), row["articles"]) for row in expected]

    def test_every_article_comes_out_exact(self) -> None:
        seen = 0
        for text, expected in self.captures():
            for entry, article in zip(read_all(text), expected, strict=True):
                printed = datetime.strptime(entry.published_text, "%B %d, %Y")
                assert {
                    "title": entry.title,
                    "category": entry.category,
                    "published": printed.date().isoformat(),
                    "comment_count": entry.comment_count,
                    "body": " ".join(entry.body.split()),
                    "images": [{"alt": i.alt, "caption": i.caption, "lead": i.lead} for i in entry.images],
                } == {key: article[key] for key in ("title", "category", "published", "comment_count", "images")} | {
                    "body": " ".join(article["body"].split())
                }
                seen += 1
        assert seen == 30

    def test_nothing_of_a_whole_capture_is_cut_off(self) -> None:
        assert [cut(text).cut_off for text, _ in self.captures()] == [None] * 3

    def test_a_capture_may_break_off_anywhere(self) -> None:
        for text, _ in self.captures():
            check_cuts(text, step=500)

    def test_a_newsletter_is_no_listing(self) -> None:
        assert layout_of(next(SEEDS.glob("004_*.txt")).read_text(encoding="utf-8")) is None


class TestChromeThatNoLabelTells:
    """A listing of another plugin, or in another language, prints around its articles what it repeats."""

    TEXTS = (AVALANCHE, ROPES, AVALANCHE.replace("dogs", "cats"))

    def read(self, between: str = SHARE_BAR, above: str = "", counted: str = "") -> list[TextEntry]:
        dated = re.compile(r"\n\n(\w+ \d+, \d{4}) (\d+) (comments?)")
        articles = [dated.sub(rf"\n\n{above}\1 \2 {counted or 'comments'}", text) for text in self.TEXTS]
        text = HEADER + "".join(f"{article}{between}\n" for article in articles) + "Older Posts\n" + SIDEBAR
        capture = cut(text)
        assert capture.cut_off is None
        return [read_entry(entry, capture.layout) for entry in capture.entries]

    @pytest.mark.parametrize(
        "between",
        ["Share this: Mastodon Bluesky", "Share\nTweet\nPin it", f"{SHARE_BAR}\nPrint this page",
         f"{SHARE_BAR}\n\nAdvertisement\nVisit our shop!\n"],
    )  # fmt: skip
    def test_below_the_date(self, between: str) -> None:
        assert self.read(between) == self.read()

    @pytest.mark.parametrize("above", ["Print this page\n\n", "Print this page\nSend to a friend\n\n", "4 min\n"])
    def test_above_the_date(self, above: str) -> None:
        assert self.read(above=above) == self.read()

    def test_comments_in_another_language(self) -> None:
        assert self.read(counted="Kommentare") == self.read()

    def test_no_share_bar_at_all(self) -> None:
        assert self.read(between="") == self.read()

    def test_a_category_that_all_articles_have_is_none(self) -> None:
        text = HEADER + "".join(f"Gear\n\n{title}\n\nText of {title}.\n\nMay 2, 2020 0 comments\n{SHARE_BAR}\n"
                                for title in ("One", "Two", "Three")) + "Older Posts\n" + SIDEBAR  # fmt: skip
        capture = cut(text)
        found = [read_entry(entry, capture.layout) for entry in capture.entries]
        assert [(entry.category, entry.title) for entry in found] == [("Gear", t) for t in ("One", "Two", "Three")]

    def test_a_sentence_that_all_articles_end_with_stays(self) -> None:
        texts = [text.replace("\n\nMarch", "\n\nThe rescuers thank you.\n\nMarch") for text in (AVALANCHE,) * 3]
        text = HEADER + "".join(f"{article}{SHARE_BAR}\n" for article in texts) + "Older Posts\n"
        capture = cut(text)
        assert all("thank you." in read_entry(entry, capture.layout).body for entry in capture.entries)


def test_white_space_is_folded_once_a_line_whatever_layouts_look_at_it() -> None:
    logbook = "\n\n".join(f"Line {number} of the logbook." for number in range(200))
    text = page(AVALANCHE.replace("Nobody in the valley slept.", logbook), ROPES)
    shown_line.cache_clear()
    assert len(read_all(text)) == 2
    assert shown_line.cache_info().misses < 1.5 * len(set(text.splitlines()))
