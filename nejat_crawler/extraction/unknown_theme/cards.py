"""Cards of other posts on an article's own page: elements like its own, with titles, dates and texts."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from nejat_crawler.extraction.markup import Tag, all_tags, ends_of, tags
from nejat_crawler.extraction.nodes import links_away
from nejat_crawler.extraction.unknown_theme.text_ends import HEADINGS
from nejat_crawler.urls import PostAddress


def bears_other(tag: Tag, post: PostAddress) -> bool:
    """Whether an element's id or class has the number of another post, as WordPress gives to each card."""
    names = {*tag.classes, *tag.attribute("id").split()}
    numbers = {int(name[5:]) for name in names if re.fullmatch("post-[0-9]{1,12}", name)}
    return bool(numbers) and post.post_id not in numbers and (tag.name == "article" or bool(names & _POST_CLASSES))


_POST_CLASSES = frozenset({"hentry", "post", "type-post"})


def without_cards(html: str, post: PostAddress, *, in_text: bool = False) -> str:
    """An own page's entry, or its text, without the cards of other posts: they have titles, dates and texts like it.

    In a text, only one that leads to another post of the site is a card: anything else its author has quoted.
    """
    found = all_tags(html)
    ends = ends_of(found)
    pieces, after = [], 0
    for tag in found:
        own_element = tag.start == 0 and not in_text
        if tag.closing or own_element or tag.start < after or not (tag.name == "article" or bears_other(tag, post)):
            continue
        card = html[tag.start : ends[tag.start].end] if tag.start in ends else ""
        if not card or any(inner.name == "h1" or is_own(inner, post) for inner in tags(card)):
            continue
        heading = next((inner for inner in tags(card) if inner.name in HEADINGS | {"h1"}), None)
        theirs = heading and LexborHTMLParser(f"<body>{card}").css_first(heading.name)
        if (bears_other(tag, post) and not in_text) or (theirs and links_away(theirs, post)):
            pieces.append(html[after : tag.start])
            after = ends[tag.start].end
    return "".join((*pieces, html[after:]))


def is_own(tag: Tag, post: PostAddress) -> bool:
    """Whether an element bears the number of the post itself."""
    name = f"post-{post.post_id}"
    return not tag.closing and (name in tag.classes or tag.attribute("id") == name)
