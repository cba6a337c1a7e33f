"""Elements of a parsed page: what they stand in, where links lead; parsing, dropping."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice, takewhile

from selectolax.lexbor import LexborHTMLParser, LexborNode

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

#: Boxes in a line, which a browser sets beside others without joining their words.
_BOXES = frozenset(
    "td th button option img amp-img iframe video audio object embed canvas input select textarea br".split()  # noqa: SIM905
)
_DISPLAY = re.compile(r"(?:^|[;\s])display\s*:\s*(?:inline-|block|flex|grid|table|list-item|flow)", re.IGNORECASE)
_BUTTON = re.compile(r"(?:^|[-_\s])(?:button|btn)(?:$|\s)")


def set_apart(node: LexborNode) -> str:
    """What parts the words of an element from those beside it: a blank line, a space, or nothing."""
    tag = node.tag or ""
    if tag in BLOCKS:
        return "\n\n"
    if tag in _BOXES:
        return " "
    if tag == "label":
        return "" if any(beside and beside.is_text_node for beside in (node.prev, node.next)) else " "
    attributes = node.attributes
    if not attributes:
        return ""
    is_box = _DISPLAY.search(attributes.get("style") or "") or _BUTTON.search(attributes.get("class") or "")
    return " " if is_box else ""


def said(element: LexborNode, but: Callable[[LexborNode], bool] | None = None) -> str:
    """What an element says, in one line: words that no line or box parts stay together; `but` is passed over."""
    pieces: list[str] = []
    waiting: list[LexborNode | str] = [*element.iter(include_text=True)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif node.is_text_node:
            pieces.append(node.text(deep=False))
        elif not (but and but(node)):
            gap = [" "] if set_apart(node) else []
            waiting += [*gap, *node.iter(include_text=True), *gap]
    return " ".join("".join(reversed(pieces)).split())


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
    """Whether a heading is another post's: it holds a link, or stands in one, that leads there.

    The first heading of an article may say more than the link in it: "Reply to <a>our report</a>".
    """
    own = node.tag == "h1" and says_more_than_links(node)
    return post is not None and not own and lead_elsewhere(links_of(node), post)


def says_more_than_links(heading: LexborNode) -> bool:
    """Whether a heading has words that are no link's."""
    in_link = any(outer.tag == "a" for outer in lineage(heading))
    return not in_link and any(map(str.isalnum, said(heading, lambda node: node.tag == "a")))


def lead_elsewhere(links: list[LexborNode], post: PostAddress) -> bool:
    """Whether any of the links leads to another page of the site."""
    return any(leads_to_other_post(link, post) or _leads_to_site_page(link, post) for link in links)


def links_of(heading: LexborNode) -> list[LexborNode]:
    """The links in a heading, and those that it stands in."""
    return [*select(heading, "a[href]"), *(outer for outer in lineage(heading) if outer.tag == "a")]


#: What a link to another post has in it, or stands in, where it is the teaser of that: a heading, a picture.
_TEASER = "h1, h2, h3, h4, h5, h6, img, amp-img, [style*=background], [data-bgset], [data-src]"
_HEADINGS, _DEEPEST = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"}), 50


def boxes_of_others(header: LexborHTMLParser, heading: LexborNode | None, post: PostAddress) -> frozenset[int]:
    """The elements, by `mem_id`, in which other posts are shown with heading or picture, and nothing of `post`."""
    links = [(link, post_of_link(link, post)) for link in select(header, "a[href]")]
    own = [link for link, target in links if target == post] + ([heading] if heading else [])
    kept = {outer.mem_id for node in own for outer in lineage(node)}
    boxes: set[int] = set()
    for link, target in links:
        if target in (None, post) or link.mem_id in kept:
            continue
        nearest = islice(lineage(link), _DEEPEST)
        around = list(takewhile(lambda outer: outer.mem_id not in kept and outer.tag != "body", nearest))
        if select(link, _TEASER) or any(outer.tag in _HEADINGS for outer in around):
            boxes.update(outer.mem_id for outer in around)
    return frozenset(boxes)


def own_among(nodes: list[LexborNode], boxes: frozenset[int]) -> list[LexborNode]:
    """Those that stand in none of the boxes; all, where each does."""
    own = [node for node in nodes if all(outer.mem_id not in boxes for outer in islice(lineage(node), _DEEPEST))]
    return own or nodes


def links_to_other_post(heading: LexborNode, post: PostAddress) -> bool:
    """Whether a heading leads to another post, whatever else it may lead to."""
    return any(leads_to_other_post(link, post) for link in links_of(heading))


def _leads_to_site_page(link: LexborNode, post: PostAddress) -> bool:
    """To a page of the site that is no post: the name of the site is a heading, too."""
    url = absolute(link.attributes.get("href") or "#", post.url)
    return post_address(url) is None and url.split("/")[2:3] == post.url.split("/")[2:3]


def leads_to_section(link: LexborNode, post: PostAddress) -> bool:
    """Whether a link leads to a page of the site that is neither a post nor a front page: to a file, a report."""
    path = absolute(link.attributes.get("href") or "#", post.url).partition("?")[0].rstrip("/").split("/")[3:]
    return _leads_to_site_page(link, post) and path not in ([], [post.edition])


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
