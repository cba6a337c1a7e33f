"""Words of a page that say something of its article: a number of comments, a byline, the class of a change."""

from __future__ import annotations

import pytest

from nejat_crawler.extraction.body import find_byline
from tests.extraction.test_publication_date import FIRST, TEXT, TITLE, dated, time
from tests.extraction.test_unseen_designs import HENTRY, only, own_page
from tests.extraction.test_unseen_designs import TEXT as PROSE
from tests.extraction.test_unseen_designs import TITLE as HEADING

COUNTS = {
    "4 comments": 4,
    "۴ نظر": 4,
    "1,204 comments": 1204,
    "(7)": 7,
    "Comments (4)": 4,
    "Comments: 4": 4,
    "Comments 12": 12,
    "دیدگاه‌ها (۱۲)": 12,
    "One comment": 1,
    "One thought on": 1,
    "یک دیدگاه": 1,
    "No comments": 0,
    "بدون دیدگاه": 0,
    "No comments on this": None,
    "Leave a comment": None,
    "Comments": None,
}


@pytest.mark.parametrize(("said", "count"), COUNTS.items())
def test_a_number_of_comments_is_read_or_it_is_not_known(said: str, count: int | None) -> None:
    link = f'<span class="comments-link"><a href="#respond">{said}</a></span>'
    entry = f'<article {HENTRY}><h1>{HEADING}</h1>{link}<div class="entry-content">{PROSE}</div></article>'
    assert only(own_page(entry)).comment_count == count


BYLINES = {
    "By Parsi": "Parsi",
    "By Mazda Parsi": "Mazda Parsi",
    "By Mazda de la Parsi": "Mazda de la Parsi",
    "By mazda": None,
    "By the end of the day": None,
    "By Mazda Parsi.": None,
    "By One Two Three Four Five Six Seven": None,
}


@pytest.mark.parametrize(("line", "name"), BYLINES.items())
def test_a_line_that_names_somebody_is_a_byline(line: str, name: str | None) -> None:
    assert find_byline(f"The stove was lit.\n\n{line}") == name


@pytest.mark.parametrize("name", ["hentry", "post", "type-post", "single-post", "td_module_wrap", "wp-block-post"])
def test_the_classes_of_a_whole_article_say_nothing_of_its_date(name: str) -> None:
    meta = f'<div class="entry-meta">{time(FIRST)}</div>'
    box = f'<div class="{name} post-61 category-updates-and-modifications">{TITLE}{meta}<div class="entry-content">'
    assert dated(f"<main>{box}{TEXT}</div></div></main>") == "2020-01-14"
