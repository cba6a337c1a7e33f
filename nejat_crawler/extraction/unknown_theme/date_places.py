"""Whether a date stands where an article prints its own."""

from __future__ import annotations

from itertools import takewhile

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.nodes import ASIDES, lineage, select
from nejat_crawler.extraction.publication_date import is_whole_article
from nejat_crawler.extraction.unknown_theme.encoded_text import TEXT_ELEMENT
from nejat_crawler.extraction.unknown_theme.page_context import OWN_HEADINGS


def stands_by_text(node: LexborNode, header: LexborHTMLParser) -> bool:
    """Whether a date stands by an article's heading or text, where the whole page has to pass for its element.

    A bar over the page prints today's.
    """
    root = next(iter(header.body.iter()), None) if header.body else None
    if root is None or is_whole_article(root):
        return True
    heading = text = None
    for found in select(header, f"{OWN_HEADINGS}, {TEXT_ELEMENT}"):
        if found.tag == TEXT_ELEMENT:
            text = found
            break
        heading = found
    if text is None:
        return False
    around_text, around_date = _inside_page(text), _inside_page(node)
    if heading is None:
        return any(outer.mem_id in _ids(around_text[:3]) and outer.tag != "body" for outer in around_date)
    # the text's end tag is left in a header, and what follows the text may stand one step further out
    below = next((after for outer in around_text[:2] if (after := _next_element(outer)) is not None), None)
    if below is not None and below.tag not in ASIDES and below.mem_id in _ids(around_date):
        return True
    around_heading = _inside_page(heading)
    core = next(outer for outer in around_heading if outer.mem_id in _ids(around_text))
    if core.mem_id not in _ids(around_date):
        return False
    places = {child.mem_id: number for number, child in enumerate(core.iter())}
    first, own, last = (
        next((places[outer.mem_id] for outer in around if outer.mem_id in places), -1)
        for around in (around_heading, around_date, around_text)
    )
    if first <= own <= last:
        return True
    return core.tag != "body" and own == first - 1 and places.get(node.mem_id) == own  # over the heading


def _next_element(node: LexborNode) -> LexborNode | None:
    after = node.next if node.tag != "body" else None
    while after is not None and after.tag in ("-text", "-comment"):
        after = after.next
    return after


def _inside_page(node: LexborNode) -> list[LexborNode]:
    """A node and what it stands in, the body last."""
    return list(takewhile(lambda outer: outer.tag != "html", lineage(node)))


def _ids(nodes: list[LexborNode]) -> set[int]:
    return {node.mem_id for node in nodes}
