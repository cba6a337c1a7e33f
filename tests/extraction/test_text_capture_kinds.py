"""What text captures of archives, timelines and odd texts become in the archive: read, or counted and said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import articles, fold, rows, run

Read = Callable[..., tuple[list[dict[str, Any]], str, int]]

STOVE = (
    "The stove of the hut on the pass was carried up in three parts by the baker and his sons, who would take "
    "nothing for it but a loaf of their own bread and a night on the bench"
)
GOAT = (
    "A goat has eaten the logbook of the northern shelter, all but the last page, on which the keeper had written "
    "that the lock of the larder was broken"
)
BRIDGE = (
    "The planks of the bridge below the glacier were changed on Monday. Whoever crosses it with a mule shall wait "
    "until the mule before has reached the other side."
)
SHARE_BAR = "FacebookTwitterPinterestWhatsappTelegramSkypeEmail"


@pytest.fixture
def read(db: Path, tmp_path: Path) -> Read:
    """Import a text: its articles in the order of their titles, what was said, and the exit code."""

    def read_(text: str, name: str = "capture.txt") -> tuple[list[dict[str, Any]], str, int]:
        (tmp_path / name).write_text(text, "utf-8")
        done = run("nejat", "import", tmp_path / name, "--db", db)
        assert "Traceback" not in done.err
        found = articles(db).values() if db.exists() else ()
        return sorted(found, key=lambda article: str(article["title"])), done.out + done.err, done.code

    return read_


def shown(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    assert all(article["body"] is None for article in found)
    return [(article["title"], fold(article["excerpt"])) for article in found]


def issues(db: Path) -> int:
    return int(rows(db, "SELECT count(*) AS n FROM newsletters")[0]["n"]) if db.exists() else 0


class TestNewsletters:
    """A page that names an issue is none: an issue has a masthead and stories."""

    ISSUE = (
        "Nejat Newsletter\n\nMay 2024\n\nNo. 7\n\nInside this issue:\n\nA stove for the pass\t1\n\n"
        f"A stove for the pass\n\nby Hut Journal\n\nMay 3, 2024\n\n{STOVE}.\n\n<https://www.nejatngo.org/en/posts/77>\n"
    )

    def test_an_issue_is_one(self, read: Read, db: Path) -> None:
        _, said, code = read(self.ISSUE)
        assert (issues(db), code) == (1, 0), said

    @pytest.mark.parametrize("related", ["Nejat Newsletter No.7", "The Nejat Newsletter, No. 7 and No. 8"])
    def test_a_related_post_names_one(self, read: Read, db: Path, related: str) -> None:
        text = f"The stove of the pass\n\n{STOVE}.\n\nRelated posts\n\n{related}\n\nThe goat\n\nNo. 8\n"
        [article], _, code = read(text)
        assert (article["title"], article["body"], issues(db), code) == ("The stove of the pass", f"{STOVE}.", 0, 0)

    @pytest.mark.parametrize("inside", ["Newsletter no.7", "Inside this issue:\n\n– The stove\n\n– The goat"])
    @pytest.mark.parametrize(
        ("above", "below"),
        [
            ("Home » Nejat Publications » Nejat Newsletter No.7\n\n", "You may also like\n\nLeave a Comment\n"),
            ("", "Related Articles\n\nThe goat\n\nLeave a Reply\n\nBack to top button\n"),
            ("", "Related posts\n\nThe goat\n\nThe bridge\n\nThe stove\n\nExit mobile version\n"),
        ],
        ids=["soledad", "jannah", "amp"],
    )
    def test_a_post_that_announces_one_is_an_article(
        self, read: Read, db: Path, above: str, below: str, inside: str
    ) -> None:
        text = f"{above}Nejat Newsletter No.7\n\n{inside}\n\n{GOAT}.\n\nTo view the pdf file click here\n\n{below}"
        found, said, _ = read(text)
        assert issues(db) == 0
        assert [article["title"] for article in found] == ["Nejat Newsletter No.7"] or "text of another kind" in said

    @pytest.mark.parametrize("heading", ["Nejat Publications", "blog%WP_TITLE_SEP%Nejat Publications"])
    def test_an_archive_names_some(self, read: Read, db: Path, heading: str) -> None:
        entries = "".join(
            f"Nejat Newsletter No.{n}\n\n{text}\n\nRead more\n\n" for n, text in ((7, STOVE), (8, GOAT))
        )
        found, _, code = read(f"{heading}\n\n{entries}")
        assert (shown(found), issues(db), code) == (
            [("Nejat Newsletter No.7", STOVE), ("Nejat Newsletter No.8", GOAT)], 0, 0,
        )  # fmt: skip

    def test_a_post_that_breaks_off_is_no_issue(self, read: Read, db: Path) -> None:
        text = "Nejat Newsletter No.7\n\nInside this issue:\n\n– The stove\n\n– The goat\n\n– The bri"
        _, said, code = read(text)
        assert (issues(db), code, "text of another kind" in said) == (0, 1, True)


class TestJannahArchives:
    @staticmethod
    def page(*entries: str, heading: str = "The Pass Courier\n\n", foot: str = "Back to top button\n") -> str:
        return heading + "".join(f"  • {entry}\n\n" for entry in entries) + foot

    ENTRIES = (
        f"HutsA stove for the pass\n\n    A stove for the pass\n\n    {STOVE}…",
        f"Lost propertyThe keeper's goat\n\n    The keeper’s goat\n\n    {GOAT}…",
        f"NoticesPlanks on a sledge\n\n    The bridge is mended\n\n    {BRIDGE}",
    )

    @pytest.mark.parametrize("heading", ["", "The Pass Courier\n\n", "Huts\n  • Home\n  • Shelters\n\nHuts\n\n"])
    def test_each_entry_is_read_and_its_category_where_it_is_sure(self, read: Read, heading: str) -> None:
        found, said, code = read(self.page(*self.ENTRIES, heading=heading))
        assert code == 0, said
        assert shown(found) == [
            ("A stove for the pass", f"{STOVE}…"),
            ("The bridge is mended", BRIDGE),
            ("The keeper’s goat", f"{GOAT}…"),
        ]
        assert [article["category"] for article in found] == ["Huts", None, "Lost property"]

    def test_a_title_without_an_excerpt_is_counted(self, read: Read) -> None:
        bell = "HutsThe bell\n\n    The bell"
        found, said, code = read(self.page(bell, *self.ENTRIES, bell))
        assert (len(found), code, "an excerpt without a sure title (2)" in said) == (3, 1, True)

    def test_an_excerpt_may_be_a_few_words(self, read: Read) -> None:
        found, _, code = read(self.page("HutsThe bell\n\n    The bell\n\n    It rings", *self.ENTRIES))
        assert (("The bell", "It rings") in shown(found), len(found), code) == (True, 4, 0)

    def test_what_it_breaks_off_in_is_said(self, read: Read) -> None:
        found, said, code = read(self.page(*self.ENTRIES[:2], foot=""))
        assert ([article["title"] for article in found], code) == (["A stove for the pass"], 1)
        assert "breaks off" in said

    def test_a_list_in_an_article_is_no_archive(self, read: Read) -> None:
        text = f"The stove of the pass\n\n{STOVE}:\n\n  • a pipe\n\nThe goat\n\n{GOAT}…\n\n"
        text += "Related Articles\n\nBack to top button\n"
        [article], _, code = read(text)
        assert (article["title"], code) == ("The stove of the pass", 0)
        assert article["body"].endswith(f"The goat\n\n{GOAT}…")


class TestTelex:
    MESSAGES = "".join(f"  • {text}\n\n    {SHARE_BAR}\n" for text in (STOVE, GOAT, BRIDGE))

    @pytest.mark.parametrize("foot", ["Older Posts\n\nBack To Top\n", ""])
    @pytest.mark.parametrize("head", ["Home » Telex\n\nTelex\n\nLatest Posts\n\n", "Home » Wire\n\nWire\n\n", ""])
    def test_nothing_of_it_is_archived_and_all_is_counted(self, read: Read, head: str, foot: str) -> None:
        found, said, code = read(head + self.MESSAGES + foot)
        assert (found, code) == ([], 1)
        assert "an excerpt without a sure title (3)" in said

    def test_a_message_that_breaks_off_is_said(self, read: Read) -> None:
        found, said, code = read(f"Home » Telex\n\nTelex\n\nLatest Posts\n\n{self.MESSAGES}  • {STOVE[:50]}")
        assert (found, code, "breaks off" in said) == ([], 1, True)


class TestAmpArchives:
    FIRST, SECOND = f"A stove for the pass\n\n{STOVE}\n\nRead more\n\n", f"The goat\n\n{GOAT} ..\n\nRead more\n\n"

    @pytest.mark.parametrize("heading", ["Shelters", "Blog: Media of the pass", "tag%WP_TITLE_SEP%Shelters"])
    @pytest.mark.parametrize("number", [1, 2])
    def test_a_plain_heading_stands_above_one_entry_or_more(self, read: Read, heading: str, number: int) -> None:
        found, said, code = read(f"{heading}\n\n{''.join((self.FIRST, self.SECOND)[:number])}")
        expected = [("A stove for the pass", STOVE), ("The goat", f"{GOAT} ..")]
        assert (shown(found), code) == (expected[:number], 0), said

    def test_two_lines_are_an_excerpt_and_no_title(self, read: Read) -> None:
        lines = "The bell weighs ninety pounds.\nIt has been rung in fog since 1911, and on one wedding."
        found, _, code = read(f"Shelters\n\n{self.FIRST}\n{lines}\n\nRead more\n\n{self.SECOND}")
        assert shown(found)[0] == ("", fold(lines))
        assert (len(found), code) == (3, 0)

    def test_an_excerpt_of_two_lines_keeps_them(self, read: Read) -> None:
        found, _, _ = read(f"Shelters\n\n{self.FIRST}The bell\n\nIt is rung in fog.\nIt is heavy.\n\nRead more\n\n")
        assert found[-1]["excerpt"] == "It is rung in fog.\nIt is heavy."

    @pytest.mark.parametrize("heading", ["Shelters", "blog%WP_TITLE_SEP%Shelters"])
    def test_an_entry_without_read_more_is_counted_and_the_next_one_read(self, read: Read, heading: str) -> None:
        bare = f"The bridge is mended\n\n{BRIDGE}\n\n"
        found, said, code = read(f"{heading}\n\n{self.FIRST}{bare}{self.SECOND}")
        assert [article["title"] for article in found] == ["A stove for the pass", "The goat"]
        assert (code, "an excerpt without a sure title (1)" in said) == (1, True)

    @pytest.mark.parametrize("foot", ["", "Posts navigation\n\n1 2\n"])
    def test_without_any_nothing_is_sure_and_that_is_said(self, read: Read, foot: str) -> None:
        text = f"blogs%WP_TITLE_SEP%Shelters\n\nThe bell\n\n{BRIDGE}\n\nThe goat\n\n{GOAT}\n\n{foot}"
        found, said, code = read(text)
        assert (found, code, "text of another kind" in said) == ([], 1, False)

    def test_what_is_left_above_the_foot_is_counted(self, read: Read) -> None:
        found, said, code = read(f"Shelters\n\n{self.FIRST}{self.SECOND}The bell\n\n{BRIDGE}\n\nPosts navigation\n")
        assert (len(found), code, "an excerpt without a sure title (1)" in said) == (2, 1, True)

    def test_a_title_without_an_excerpt_is_counted(self, read: Read) -> None:
        found, said, code = read(f"Shelters\n\n{self.FIRST}The bell\n\nRead more\n\n{self.SECOND}")
        assert (len(found), code, "an excerpt without a sure title (1)" in said) == (2, 1, True)

    @pytest.mark.parametrize(
        "text",
        [
            f"Dear keeper\n\n{STOVE}.\n\nRead more\n",
            f"Notes\n\nThe stove\n\nMay 3, 2024\n\n{STOVE}.\n\nRead more\n\nGoat\n\n{GOAT}\n\nRead more\n",
            f"The stove\n\n{STOVE}\n\nRead more\n\nhttps://example.org/1\n\nGoat\n\n{GOAT}\n\nRead more\n",
        ],
        ids=["letter", "dates", "addresses"],
    )
    def test_other_texts_that_print_read_more_are_none(self, read: Read, text: str) -> None:
        found, said, code = read(text)
        assert (found, code, "text of another kind" in said) == ([], 1, True)


class TestPublisherArchives:
    @staticmethod
    def page(*parts: str, foot: str = "Previous 1 2 Next\n") -> str:
        return "Browsing Category\n\nNotes of the pass\n\n" + "".join(f"{part}\n\n" for part in parts) + foot

    def test_excerpts_need_no_ellipsis(self, read: Read) -> None:
        found, said, code = read(self.page("Notes – 3", STOVE, "Notes – 2", BRIDGE, "Notes – 1", f"{GOAT}…"))
        assert (shown(found), code) == (
            [("Notes – 1", f"{GOAT}…"), ("Notes – 2", BRIDGE), ("Notes – 3", STOVE)], 0,
        ), said  # fmt: skip

    def test_a_title_without_an_excerpt_and_what_is_left_are_counted(self, read: Read) -> None:
        found, said, code = read(self.page("Notes – 4", "Notes – 3", STOVE, "Notes – 2", BRIDGE, "Notes – 1"))
        assert [article["title"] for article in found] == ["Notes – 2", "Notes – 3"]
        assert (code, "an excerpt without a sure title (2)" in said) == (1, True)

    def test_an_excerpt_without_a_title_takes_none_of_another(self, read: Read) -> None:
        found, said, code = read(self.page("Notes – 3", f"{STOVE}…", f"{GOAT}…", "Notes – 1", BRIDGE))
        assert [article["title"] for article in found] == ["Notes – 1", "Notes – 3"]
        assert (code, "an excerpt without a sure title (1)" in said) == (1, True)

    @pytest.mark.parametrize("last", [("Notes – 1", f"{GOAT}…"), ("Notes – 1", GOAT[:40]), ("Notes – 1",)])
    def test_what_it_breaks_off_in_is_said(self, read: Read, last: tuple[str, ...]) -> None:
        found, said, code = read(self.page("Notes – 3", STOVE, "Notes – 2", BRIDGE, *last, foot=""))
        assert ([article["title"] for article in found], code) == (["Notes – 2", "Notes – 3"], 1)
        assert "breaks off inside an article, which is not archived: Notes – 1" in said


class TestPersianArchives:
    WHOLE = (
        "زنگ گردنه در مه به صدا درمی‌آید. وزن آن نود پوند است و دو بار آن را تعمیر کرده‌اند. نگهبان کلید را نگه می‌دارد."
    )
    TOP = "شنبه, ۱۵ آذر , ۱۴۰۴\nزنگ گردنه 12 مهر 1385\n\nزنگ گردنه\n\n"

    @pytest.mark.parametrize(
        "below", ["blank\nblank\n", "صفحه بعدی\n", "پل دره 11 مهر 1385\n\nپل دره\n\nپل […]\n\nblank\n"]
    )
    def test_an_excerpt_may_be_the_whole_text(self, read: Read, below: str) -> None:
        found, said, code = read(f"{self.TOP}{self.WHOLE}\n\n{below}")
        bell = next(article for article in found if article["title"] == "زنگ گردنه")
        assert (bell["excerpt"], bell["published"], code) == (self.WHOLE, "2006-10-04", 0), said

    def test_of_two_paragraphs_nothing_tells_which_it_is(self, read: Read) -> None:
        [bell], said, code = read(f"{self.TOP}{self.WHOLE}\n\n{self.WHOLE[:60]}\n\nblank\n")
        assert (bell["excerpt"], code, "an excerpt without a sure title (1)" in said) == ("", 1, True)


class TestTexts:
    """Articles on their own pages: what is a picture's, and what is text."""

    @staticmethod
    def page(*paragraphs: str) -> str:
        text = "".join(f"{paragraph}\n\n" for paragraph in paragraphs)
        title = "The bell of the pass"
        return f"Home » Huts » {title}\n\n{title}\n\n{text}You may also like\n\nLeave a Comment\n"

    @pytest.mark.parametrize(
        "twice",
        [
            f"{STOVE}, {GOAT}",
            "The bell is heavy. It was hung in the year of the flood.",
            "Open the bridge!",
            "Who rings the bell?",
            "Dear keeper of the upper hut,",
            "It has been rung in every fog since the winter in which the post was lost on the glacier.",
        ],
        ids=["long", "sentences", "chant", "question", "salutation", "a long sentence"],
    )
    def test_a_paragraph_printed_twice_is_text_where_it_is_no_caption(self, read: Read, twice: str) -> None:
        [article], _, _ = read(self.page(BRIDGE, twice, twice, "The keeper"))
        assert article["body"] == f"{BRIDGE}\n\n{twice}\n\n{twice}\n\nThe keeper"
        assert article["images"] == []

    @pytest.mark.parametrize("caption", ["The bell in May", "Mr. Hale rings the bell.", "Keeper Anna Brandt, 1911"])
    def test_a_caption_is_a_pictures(self, read: Read, caption: str) -> None:
        [article], _, _ = read(self.page(BRIDGE, caption, caption, "The keeper"))
        assert article["body"] == f"{BRIDGE}\n\nThe keeper"
        assert [image["caption"] for image in article["images"]] == [caption]

    @pytest.mark.parametrize("lead", ["The bell of the pass", "The keeper's bell"])
    def test_the_line_below_the_title_is_the_lead_images_if_it_stands_twice_again(
        self, read: Read, lead: str
    ) -> None:
        printed = lead.replace("'", "’")
        [article], _, _ = read(self.page(lead, BRIDGE, printed, printed, GOAT))
        assert article["body"] == f"{BRIDGE}\n\n{GOAT}"
        assert [(image["alt"], image["lead"]) for image in article["images"]] == [(lead, True), (printed, False)]

    def test_a_line_below_the_title_that_stands_once_is_text(self, read: Read) -> None:
        [article], _, _ = read(self.page("From the logbook", BRIDGE))
        assert article["body"] == f"From the logbook\n\n{BRIDGE}"

    def test_an_alt_text_that_runs_into_the_first_word_is_no_text(self, read: Read) -> None:
        [article], _, _ = read(self.page(f"The bell of the pass{BRIDGE}", GOAT))
        assert article["body"] == f"{BRIDGE}\n\n{GOAT}"

    @pytest.mark.parametrize("opening", ["The bell of the passes", "The bell of the pass rings."])
    def test_a_text_that_begins_with_the_title_keeps_it(self, read: Read, opening: str) -> None:
        [article], _, _ = read(self.page(f"{opening} {BRIDGE}", GOAT))
        assert article["body"].startswith(opening)

    @pytest.mark.parametrize("question", ["Who rings the bell?", "Ring the bell!", "“Who rings it?”"])
    def test_a_question_below_the_title_of_an_amp_page_is_text(self, read: Read, question: str) -> None:
        text = (
            f"The bell of the pass\n\n{question}\n\n{BRIDGE}\n\nRelated posts\n\nA\n\nB\n\nC\n\nExit mobile version\n"
        )
        [article], _, _ = read(text)
        assert (article["body"], article["images"]) == (f"{question}\n\n{BRIDGE}", [])


def test_an_archive_below_a_path_is_no_article(read: Read) -> None:
    entries = "".join(
        f"{title}\n\n{text}.\n\nMay 3, 2024\n{SHARE_BAR}\n" for title, text in (("A", STOVE), ("B", GOAT))
    )
    found, said, code = read(f"Home » Huts\n\nHuts\n\n{entries}You may also like\n")
    assert (found, code, "text of another kind" in said) == ([], 1, True)


def test_an_excerpt_of_an_archive_joins_the_article_that_a_saved_page_brings(read: Read, db: Path) -> None:
    heading = "Shelters\n\n"
    excerpt = f"A stove for the pass\n\n{STOVE[:80]}\n\nRead more\n\n"
    goat = TestAmpArchives.SECOND
    read(heading + excerpt + goat)
    assert len(articles(db)) == 2
    entry = f"Huts\n\nA stove for the pass\n\n{STOVE}.\n\nMay 3, 2024 0 comments\n{SHARE_BAR}\n"
    found, _, _ = read(f"Nejat Society\n  • Home\n{entry}Older Posts\n", "listing.txt")
    assert [(article["title"], article["published"]) for article in found] == [
        ("A stove for the pass", "2024-05-03"),
        ("The goat", None),
    ]
    before = db.read_bytes()
    read(heading + excerpt + goat)
    assert db.read_bytes() == before
