"""What belongs to an article in a design whose parts nobody has named: told by addresses, and by where things stand.

A box that links to other posts is theirs: related ones, neighbours, a query loop below the text. What tells of
the article outside its own element (a heading above the column, the number of comments) is brought into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.nodes import lineage, link_leads_away, post_of_link
from nejat_crawler.extraction.unknown_theme.page_context import OWN_HEADINGS
from nejat_crawler.extraction.unknown_theme.seals import CONTENT_PLACE
from nejat_crawler.urls import PostAddress


def drop_neighbours(frame: LexborHTMLParser, post: PostAddress) -> None:
    """Take out of a frame, for each link to another post, the largest element round it with nothing of `post`."""
    links = [(node, post_of_link(node, post)) for node in frame.css("a[href]")]
    if not any(target not in (None, post) for _, target in links):
        return
    own = [node for node, target in links if target == post]
    own += frame.css(CONTENT_PLACE)
    own += [
        node for node in frame.css(OWN_HEADINGS) if not any(link_leads_away(link, post) for link in node.css("a"))
    ][:1]
    own += _own_terms(frame, links, post)
    kept = {ancestor.mem_id for node in own for ancestor in lineage(node)}
    for node, target in links:
        if target in (None, post) or node.mem_id in kept:
            continue
        while node.parent is not None and node.parent.mem_id not in kept and node.parent.tag not in ("body", "html"):
            node = node.parent
        node.decompose()


def _own_terms(
    frame: LexborHTMLParser, links: list[tuple[LexborNode, PostAddress | None]], post: PostAddress
) -> Iterator[LexborNode]:
    """Links to the categories and tags that the article's own classes name; without such, those above all others."""
    element = frame.body.child if frame.body else None
    classes = ((element.attributes.get("class") or "") if element else "").split()
    slugs = {name.partition("-")[2] for name in classes if name.startswith(("category-", "tag-"))}
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
