"""Cards of other posts on an article's own page: elements like its own, with titles, dates and texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from nejat_crawler.belonging import links_away
from nejat_crawler.markup import Tag, all_tags, tags
from nejat_crawler.urls import PostAddress


def bears_other(tag: Tag, post: PostAddress) -> bool:
    """Whether an element's id or class has the number of another post, as WordPress gives to each card."""
    names = {*tag.classes, *tag.attribute("id").split()}
    numbers = {int(name[5:]) for name in names if re.fullmatch("post-[0-9]{1,12}", name)}
    return bool(numbers) and post.post_id not in numbers and (tag.name == "article" or bool(names & _POST_CLASSES))


_POST_CLASSES = frozenset({"hentry", "post", "type-post"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})


def without_cards(html: str, post: PostAddress) -> str:
    """An own page's entry without the cards of other posts in it, which have titles, dates and texts like its own."""
    found = all_tags(html)
    pieces, after = [], 0
    for number, tag in enumerate(found):
        if tag.closing or tag.start < max(after, 1) or not (tag.name == "article" or bears_other(tag, post)):
            continue
        end = _end(found[number:], tag)
        card = html[tag.start : end] if end else ""
        if not card or any(inner.name == "h1" or _bears(inner, post) for inner in tags(card)):
            continue
        heading = next((inner for inner in tags(card) if inner.name in _HEADINGS), None)
        theirs = heading and LexborHTMLParser(f"<body>{card}").css_first(heading.name)
        if bears_other(tag, post) or (theirs and links_away(theirs, post)):
            pieces.append(html[after : tag.start])
            after = end
    return "".join((*pieces, html[after:]))


def _bears(tag: Tag, post: PostAddress) -> bool:
    name = f"post-{post.post_id}"
    return not tag.closing and (name in tag.classes or tag.attribute("id") == name)


def _end(found: Sequence[Tag], opening: Tag) -> int:
    """Where an element ends, its end tag included; 0 if it has none."""
    depth = 0
    for tag in found:
        if tag.name == opening.name:
            depth += -1 if tag.closing else 1
            if depth == 0:
                return tag.end
    return 0
