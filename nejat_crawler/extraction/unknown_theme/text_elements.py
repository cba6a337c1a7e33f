"""Which element holds an article's text, where a class or a heading tells, and which are other articles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nejat_crawler.extraction.markup import Tag
from nejat_crawler.extraction.themes.wordpress import WORDPRESS
from nejat_crawler.extraction.unknown_theme.encoded_text import has_content
from nejat_crawler.extraction.unknown_theme.other_posts import has_other_number, has_own_number
from nejat_crawler.extraction.unknown_theme.text_columns import densest_element, is_apart
from nejat_crawler.extraction.unknown_theme.text_ends import (
    TEXT_TAGS,
    VOID,
    TaggedSource,
    is_info,
)
from nejat_crawler.urls import PostAddress, absolute, post_address


def quotes(source: TaggedSource, outer: Tag, inner: Tag) -> bool:
    """Whether an element stands in an article that another one quotes."""
    article = source.first("article", outer.end, inner.start)
    if article is None:
        return False
    (quoted,) = source.within(article, article + 1)
    return source.end(quoted) > inner.start and source.first("h1", quoted.end, source.end(quoted)) is None


def others_in(source: TaggedSource, post: PostAddress | None) -> dict[int, bool]:
    """Article elements that are another's, by where they begin; true for those that lead to no post of the site.

    A theme's excerpts of other posts lead to posts of the site, what an author quotes leads elsewhere or nowhere.
    """
    found: dict[int, bool] = {}
    for tag in source.tags if post is not None else ():
        if post is None or tag.closing or not (tag.name == "article" or has_other_number(tag, post)):
            continue
        end = source.end(tag)
        if has_own_number(tag, post) or source.first("h1", tag.end, end) is not None:
            continue
        headings = (source.first(name, tag.end, end) for name in ("h2", "h3", "h4", "h5"))
        heading = min((place for place in headings if place is not None), default=None)
        if heading is not None and source.first("article", tag.end, heading) is not None:
            continue  # the heading is that of an article which this one quotes
        leads = set() if heading is None else set(_targets(source, tag.end, heading, post))
        if leads - {post, None}:
            found[tag.start] = False
        elif has_other_number(tag, post) or None in leads:
            found[tag.start] = True
    return found


def _targets(source: TaggedSource, start: int, heading: int, post: PostAddress) -> Iterator[PostAddress | None]:
    """Where the links in a heading and directly above it lead; None: to another site."""
    (opening,) = source.within(heading, heading + 1)
    for link in source.within(max(start, heading - _ABOVE), min(source.end(opening), heading + LONGEST_HEADING)):
        if link.name == "a" and not link.closing and (href := link.attribute("href")):
            url = absolute(href, post.url)
            address = post_address(url)
            if address is not None:
                yield address.post
            elif url.split("/")[2:3] != post.url.split("/")[2:3]:
                yield None


#: Characters above a heading in which a link may stand that goes round it or round the picture beside it.
_ABOVE = 1000
LONGEST_HEADING = 5000


#: Of a marker; a page has two or three, one with ten thousand is to end as well.
_MOST_CANDIDATES = 20


def marked_text(source: TaggedSource, others: dict[int, bool]) -> Tag | None:
    """The element whose class says that it holds the text: the first marker's first with any, else an empty one."""
    contents = WORDPRESS.content
    markers = (*contents, *WORDPRESS.article_content)
    matching: dict[str, list[Tag]] = {marker: [] for marker in markers}
    passed = 0
    for tag in source.tags:
        if tag.closing or tag.start < passed:
            continue
        if tag.start in source.ends and (tag.start in others or is_apart(source, tag)):
            passed = source.ends[tag.start].end
            continue
        for marker in markers:
            if tag.matches(marker):
                matching[marker] += [tag] * (len(matching[marker]) < _MOST_CANDIDATES)
                break
    texts = [tag for marker in contents for tag in matching[marker]]
    found = []
    for tag in (tag for tags in matching.values() for tag in tags if not _holds_heading(source, tag)):
        inner = [text for text in texts if tag.start < text.start < source.end(tag)]
        if all(quotes(source, tag, text) for text in inner):
            found.append(tag)
    found = [
        tag for tag in found if not any(o.start < tag.start < source.end(o) and quotes(source, o, tag) for o in found)
    ]
    return next(
        (tag for tag in found if has_content(source.html[tag.end : source.end(tag)])), next(iter(found), None)
    )


def _holds_heading(source: TaggedSource, tag: Tag) -> bool:
    """Whether an element is the column that has the heading in it, too."""
    return not tag.matches(".entry-content") and source.first("h1", tag.end, source.end(tag)) is not None


_HEADING = re.compile(r"(?:^|[\s_-])(?:entry|post|article|blog)[_-](?:[\w-]+[_-])?title(?:\s|$)")


def is_heading(tag: Tag) -> bool:
    """Whether a tag begins a heading that its class says is a post's: `entry-title`, `fusion-post-title`."""
    named = tag.name in ("h1", "h2", "h3", "h4") and _HEADING.search(tag.attribute("class"))
    return not tag.closing and bool(named)


def below_heading(source: TaggedSource, opening: Tag) -> tuple[Tag, int]:
    """Where a text begins in an element that holds the article's heading, too: its element, and the place in it.

    Avada's listings have a box of the text's own below the heading; Bridge has the heading, a byline and the
    paragraphs side by side.
    """
    inside = source.within(opening.end, source.ends[opening.start].start if opening.start in source.ends else 0)
    heading = next((number for number, tag in enumerate(inside) if is_heading(tag)), None)
    if heading is None or any(tag.name in ("p", "article") for tag in inside[:heading]):
        return opening, opening.end
    below = inside[heading:]
    below = below[
        next((number for number, tag in enumerate(below) if tag.closing and tag.name == below[0].name), 0) :
    ]
    inner = densest_element(source, [opening, *below], {})
    if inner is not None and inner is not opening:
        return inner, inner.end
    depth = 0
    for tag in below[1:]:
        if depth == 0 and tag.name in TEXT_TAGS and not tag.closing and not is_info(tag):
            return opening, tag.start
        if tag.name not in VOID:
            depth += -1 if tag.closing else 1
    return opening, opening.end
