"""Boilerplate of other posts on an article's page: what has their number, or links to them and not to the article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.markup import Tag, tag_index, tags
from nejat_crawler.extraction.nodes import (
    classes,
    leads_to_other_post,
    lineage,
    links_to_other_post,
    post_of_link,
    says_more_than_links,
    select,
    select_first,
)
from nejat_crawler.extraction.unknown_theme.encoded_text import TEXT_ELEMENT
from nejat_crawler.extraction.unknown_theme.page_context import OWN_HEADINGS
from nejat_crawler.extraction.unknown_theme.text_ends import HEADINGS, ends_of
from nejat_crawler.urls import PostAddress


def has_other_number(tag: Tag, post: PostAddress) -> bool:
    """Whether an element's id or class has the number of another post, as WordPress gives to each excerpt."""
    names = {*tag.classes, *tag.attribute("id").split()}
    numbers = {int(name[5:]) for name in names if re.fullmatch("post-[0-9]{1,12}", name)}
    return bool(numbers) and post.post_id not in numbers and (tag.name == "article" or bool(names & _POST_CLASSES))


_POST_CLASSES = frozenset({"hentry", "post", "type-post"})


def without_other_posts(html: str, post: PostAddress, *, in_text: bool = False) -> str:
    """An own page's entry, or its text, without excerpts of other posts: they have titles, dates and texts like it.

    In a text, only an article that leads to another post of the site is one: any other its author has quoted.
    """
    found = tuple(tag_index(html))
    ends = ends_of(found)
    pieces, after = [], 0
    for tag in found:
        own_element = tag.start == 0 and not in_text
        if tag.closing or own_element or tag.start < after or tag.start not in ends:
            continue
        if tag.name != "article" and not has_other_number(tag, post):
            continue
        excerpt = html[tag.start : ends[tag.start].end]
        if any(inner.name == "h1" or has_own_number(inner, post) for inner in tags(excerpt)):
            continue
        heading = next((inner for inner in tags(excerpt) if inner.name in HEADINGS | {"h1"}), None)
        theirs = heading and select_first(LexborHTMLParser(f"<body>{excerpt}"), heading.name)
        if (has_other_number(tag, post) and not in_text) or (theirs and links_to_other_post(theirs, post)):
            pieces.append(html[after : tag.start])
            after = ends[tag.start].end
    return "".join((*pieces, html[after:]))


def has_own_number(tag: Tag, post: PostAddress) -> bool:
    """Whether an element bears the number of the post itself."""
    name = f"post-{post.post_id}"
    return not tag.closing and (name in tag.classes or tag.attribute("id") == name)


def drop_other_posts(header: LexborHTMLParser, post: PostAddress) -> None:
    """Take out of a header, for each link to another post, the largest element round it with nothing of `post`."""
    links = [(node, post_of_link(node, post)) for node in select(header, "a[href]")]
    if not any(target not in (None, post) for _, target in links):
        return
    own = [node for node, target in links if target == post]
    own += select(header, TEXT_ELEMENT)
    for heading in select(header, OWN_HEADINGS):
        inside = select(heading, "a")
        if not any(leads_to_other_post(link, post) for link in inside) or says_more_than_links(heading):
            own += [heading, *inside]
            break
    own += _own_terms(header, links, post)
    kept = {ancestor.mem_id for node in own for ancestor in lineage(node)}
    for node, target in links:
        if target in (None, post) or node.mem_id in kept:
            continue
        while node.parent is not None and node.parent.mem_id not in kept and node.parent.tag not in ("body", "html"):
            node = node.parent
        node.decompose()


def _own_terms(
    header: LexborHTMLParser, links: list[tuple[LexborNode, PostAddress | None]], post: PostAddress
) -> Iterator[LexborNode]:
    """Links to the categories and tags that the article's own classes name; without such, those above all others."""
    element = header.body.child if header.body else None
    slugs = {
        name.partition("-")[2]
        for name in (classes(element) if element else ())
        if name.startswith(("category-", "tag-"))
    }
    for node, target in links:
        if target not in (None, post) and not slugs:
            return
        href = node.attributes.get("href") or ""
        named = {"tag", "category"} & set((node.attributes.get("rel") or "").split())
        if named or (slugs and _TERM_PATH.search(href)):
            slug = href.removesuffix("/amp").rstrip("/").rpartition("/")[2].lower()
            if not slugs or slug in slugs:
                yield node


_TERM_PATH = re.compile(r"/(?:topic|category|tag)/")
