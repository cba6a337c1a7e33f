"""Cards of other posts that are known by their number alone: an own page of an unknown theme shows none of them."""

from __future__ import annotations

import pytest

from tests.extraction.test_unseen_designs import CARD, HENTRY, HOME, SAID, TEXT, TIME, TITLE, only, own_page
from tests.support.commands import fold

UNLINKED = CARD.replace(f'<a href="{HOME}/posts/901">Neighbour</a>', "Neighbour")
CARDS = {
    "an article without a link": UNLINKED,
    "a box": CARD.replace("<article", "<div").replace("</article", "</div"),
    "a box without a link": UNLINKED.replace("<article", "<div").replace("</article", "</div"),
}
HEAD = f"<h1>{TITLE}</h1>{TIME}"
COLUMN = f'<div class="entry-content">{TEXT}</div>'
BARE = f'<div class="head">{HEAD}</div><div class="prose">{TEXT}</div>'
PLACES = {
    "above the heading": f"<article {HENTRY}>{{card}}{HEAD}{COLUMN}</article>",
    "below the heading": f"<article {HENTRY}>{HEAD}{{card}}{COLUMN}</article>",
    "below the text": f"<article {HENTRY}>{HEAD}{COLUMN}{{card}}</article>",
    "above a bare text": f"<main>{{card}}{BARE}</main>",
    "below a bare text": f"<main>{BARE}{{card}}</main>",
}


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_card_with_the_number_of_another_post_gives_nothing_to_the_article(place: str, card: str) -> None:
    article = only(own_page(place.format(card=card)))
    assert (article.title, article.published, fold(article.body)) == (TITLE, "2020-01-14", SAID)


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_the_card_below_an_article_without_a_text_is_not_its_text(card: str) -> None:
    article = only(own_page(f'<article {HENTRY}>{HEAD}<div class="entry-content"></div>{card}</article>'))
    assert (article.title, article.published, article.body) == (TITLE, "2020-01-14", "")


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_a_page_that_holds_nothing_but_a_card_of_another_post_is_reported(card: str) -> None:
    page = own_page(card)
    assert (page.entries, page.problems) == ([], ["en-101 stands nowhere on its own page"])
