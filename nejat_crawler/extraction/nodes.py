"""Elements of a parsed page: what they stand in, where links lead, what number a text says; parsing, dropping."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.folding import fold_for_search
from nejat_crawler.urls import PostAddress, absolute, post_address

#: What stands beside an article, and is no part of it.
ASIDES = frozenset({"aside", "nav", "footer"})
#: Elements that begin on a line of their own.
BLOCKS = frozenset(
    """
    address article aside blockquote caption center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup p pre section summary table
    tbody tfoot thead tr ul
    """.split()  # noqa: SIM905 (forty quoted words are harder to read)
)

# Each tree would make one of its own, which costs twice what the parse of a short source does.
_SELECTOR = LexborHTMLParser("").selector


def select(root: LexborHTMLParser | LexborNode, selector: str) -> list[LexborNode]:
    """The elements of a tree, or the node itself and those in it, that a selector selects."""
    node = root if isinstance(root, LexborNode) else root.root
    return _SELECTOR.find(selector, node) if node is not None else []


def select_first(root: LexborHTMLParser | LexborNode, selector: str) -> LexborNode | None:
    """The first element that a selector selects."""
    return next(iter(select(root, selector)), None)


def lineage(node: LexborNode | None) -> Iterator[LexborNode]:
    """A node and all that it stands in, from within."""
    current: LexborNode | None = node
    while current is not None:
        yield current
        current = current.parent


def post_of_link(node: LexborNode, post: PostAddress) -> PostAddress | None:
    """The post that a link leads to; None for all else."""
    address = post_address(absolute(node.attributes.get("href") or "", post.url))
    return address.post if address else None


def leads_to_other_post(link: LexborNode, post: PostAddress) -> bool:
    """Whether a link leads to another post."""
    return post_of_link(link, post) not in (None, post)


def belongs_to_other_page(node: LexborNode, post: PostAddress | None) -> bool:
    """Whether a heading is another post's: it holds a link, or stands in one, that leads there."""
    return post is not None and lead_elsewhere(links_of(node), post)


def lead_elsewhere(links: list[LexborNode], post: PostAddress) -> bool:
    """Whether any of the links leads to another page of the site."""
    return any(leads_to_other_post(link, post) or _leads_to_site_page(link, post) for link in links)


def links_of(heading: LexborNode) -> list[LexborNode]:
    """The links in a heading, and those that it stands in."""
    return [*select(heading, "a[href]"), *(outer for outer in lineage(heading) if outer.tag == "a")]


def links_to_other_post(heading: LexborNode, post: PostAddress) -> bool:
    """Whether a heading leads to another post, whatever else it may lead to."""
    return any(leads_to_other_post(link, post) for link in links_of(heading))


def _leads_to_site_page(link: LexborNode, post: PostAddress) -> bool:
    """To a page of the site that is no post: the name of the site is a heading, too."""
    url = absolute(link.attributes.get("href") or "#", post.url)
    return post_address(url) is None and url.split("/")[2:3] == post.url.split("/")[2:3]


_ONE = frozenset(map(fold_for_search, ("one", "یک", "واحد", "një")))
_NONE = frozenset(map(fold_for_search, ("no", "zero", "بدون", "هیچ")))
_LEADING = re.compile(r"[^\w]*([0-9]{1,3}(?:[,.٬’'\s][0-9]{3})+(?![0-9])|[0-9]{1,6})(?![0-9])")
_TRAILING = re.compile(r"[^0-9]{1,30}?[(:\s]([0-9]{1,6})\)?")


def count(text: str | None) -> int | None:
    """The number in "4 comments", "۴ نظر", "Comments (4)", "One comment"; None if a text says none.

    >>> count("One thought on")
    1
    >>> count("Leave a comment") is None
    True
    """
    folded = fold_for_search(text).strip()
    if match := _LEADING.match(folded) or _TRAILING.fullmatch(folded):
        number = re.sub(r"[^0-9]", "", match[1])
        return int(number) if len(number) < 10 else None  # more than anybody has written, or SQLite holds
    words = re.findall(r"\w+", folded)[:3]
    if words[:1] and words[0] in _NONE and len(words) < 3:
        return 0
    return 1 if words[:1] and (words[0] in _ONE or (len(words) > 1 and words[1] in _ONE)) else None


def classes(node: LexborNode) -> list[str]:
    """The class names of an element."""
    return (node.attributes.get("class") or "").split()


_SELECTED = re.compile(r"([.#]?)([a-zA-Z][\w-]*)")
_CONDITIONS = re.compile(r"\[[^\]]*\]|:[\w-]+(?:\((?:[^()]|\([^()]*\))*\))?")


@cache
def _alternatives(selector: str) -> tuple[tuple[bytes, tuple[tuple[bytes, ...], ...]], ...]:
    """Of each alternative of a selector the longest name in it, and the ways to write each tag, class and id."""
    found = []
    for alternative in _CONDITIONS.sub("", selector.lower()).split(","):
        named = _SELECTED.findall(alternative)
        quoted = ('"{}"', "'{}'", "={}")
        ways = (
            tuple(way.format(name).encode() for way in {"": ("<{}",), ".": ("{}",)}.get(kind, quoted))
            for kind, name in named
        )
        found.append((max((name for _, name in named), key=len, default="").encode(), tuple(ways)))
    return tuple(found)


def may_hold(html: str, selector: str) -> bool:
    """Whether a source may hold what a selector selects, for all that the selector names stands somewhere in it.

    >>> may_hold('<p class="lead">', "p.lead:not(.x), b"), may_hold("<p>", ".lead, #top")
    (True, False)
    """
    lower = html.encode("utf-8", "surrogatepass").lower()  # a third of what `str.lower` costs
    for longest, names in _alternatives(selector):
        if longest in lower and all(any(way in lower for way in ways) for ways in names):
            return True
    return False


def source_without(html: str, selectors: tuple[str, ...]) -> str:
    """A fragment without the elements that any of the selectors selects; as it is where there are none."""
    tree = parse_once(html)
    found = select(tree, ", ".join(selectors)) if selectors else []
    if not found:
        return html
    del _trees[html]
    for node in found:
        node.decompose()
    return markup_of(tree)


_MOST_TREES = 4
_trees: dict[str, LexborHTMLParser] = {}


def parse_once(html: str) -> LexborHTMLParser:
    """The tree of a fragment that several questions are asked of, by one step or the next: nobody changes it."""
    tree = _trees.get(html)
    return _remember(html, LexborHTMLParser(f"<body>{html}")) if tree is None else tree


def _remember(html: str, tree: LexborHTMLParser) -> LexborHTMLParser:
    if len(_trees) >= _MOST_TREES:
        del _trees[next(iter(_trees))]
    _trees[html] = tree
    return tree


def parse_without(html: str, selectors: tuple[str, ...]) -> LexborHTMLParser:
    """The tree of a fragment, without the elements that any of the selectors selects."""
    tree = LexborHTMLParser(f"<body>{html}")
    drop(tree, ", ".join(selectors))
    return tree


def drop(tree: LexborHTMLParser, selector: str) -> None:
    """Take the selected elements out of a tree."""
    for node in select(tree, selector) if selector else ():
        node.decompose()


def markup_of(tree: LexborHTMLParser) -> str:
    """The source of a parsed fragment."""
    return (tree.body.inner_html or "") if tree.body else ""
