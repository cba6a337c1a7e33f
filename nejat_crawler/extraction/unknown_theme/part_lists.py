"""Lists of the parts of a post split by `<!--nextpage-->`: known by where their links lead, whatever their class."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.nodes import classes, lineage, select
from nejat_crawler.folding import fold_for_search
from nejat_crawler.text import clean_line
from nejat_crawler.urls import PostAddress, absolute, post_address


@dataclass(frozen=True, slots=True)
class PartList:
    """A block that says nothing but which parts there are: "Pages: 1 2"."""

    node: LexborNode
    linked: frozenset[int]
    """Numbers of the parts that it leads to."""
    named: tuple[int, ...]
    """Numbers that it names without a link, first that of the part that is shown: "Page 1 of 3"."""


#: Letters of "Continue reading".
_LONGEST_LABEL = 16
_LONGEST_LINK = 24
_LONGEST_LIST = 2000
#: Elements between a link and its list: `li`, `ul`, `nav`, `div`.
_DEEPEST = 6
_NUMBER = re.compile("[0-9]{1,4}")


def part_lists(tree: LexborHTMLParser, post: PostAddress) -> Iterator[PartList]:
    """The lists of the parts of a post, each by the largest element with nothing else in it."""
    lists: dict[int, PartList] = {}
    passed: dict[int, PartList | None] = {}
    for link in select(tree, "a[href]"):
        if _part(link, post) is None:
            continue
        largest, node = None, link.parent
        for _ in range(_DEEPEST):
            if node is None or node.tag in ("body", "html", "article", "main"):
                break
            if node.mem_id not in passed:
                passed[node.mem_id] = _read(node, post)
            if passed[node.mem_id] is None:
                break
            largest, node = passed[node.mem_id], node.parent
        if largest is not None:
            lists[largest.node.mem_id] = largest
    yield from lists.values()


def drop_part_lists(content: LexborHTMLParser, post: PostAddress) -> None:
    """Take the lists of parts out of a text."""
    lists = {found.node.mem_id: found.node for found in part_lists(content, post)}
    for node in lists.values():
        if not any(outer.mem_id in lists for outer in lineage(node.parent)):
            node.decompose()


def _part(link: LexborNode, post: PostAddress) -> int | None:
    """Which part a link leads to that says so, by its number or by WordPress's class."""
    address = post_address(absolute(link.attributes.get("href") or "", post.url))
    if address is None or address.post != post:
        return None
    said = fold_for_search(clean_line(link.text()))
    is_numbered = _NUMBER.fullmatch(said) is not None and int(said) == address.page
    named = "post-page-numbers" in classes(link)
    return address.page if is_numbered or named or (address.page > 1 and len(said) <= _LONGEST_LINK) else None


def _read(node: LexborNode, post: PostAddress) -> PartList | None:
    said = node.text()
    if len(said) > _LONGEST_LIST:
        return None
    letters = sum(map(str.isalpha, said))
    linked = set()
    for link in select(node, "a"):
        number = _part(link, post)
        if number is None:
            return None
        linked.add(number)
        letters -= sum(map(str.isalpha, link.text()))
    if letters > _LONGEST_LABEL or select(node, "img, time"):
        return None
    numbers = map(int, _NUMBER.findall(fold_for_search(node.text(separator=" "))))
    return PartList(node, frozenset(linked), tuple(number for number in numbers if number not in linked))
