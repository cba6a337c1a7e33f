"""What belongs to an article in a design whose parts nobody has named: told by addresses, and by where things stand.

A box that links to other posts is theirs: related ones, neighbours, a query loop below the text. What tells of
the article outside its own element (a heading above the column, the number of comments) is brought into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.markup import Span, all_tags
from nejat_crawler.text import clean_line, fold_for_search
from nejat_crawler.urls import PostAddress, absolute, post_address

#: Stands in a frame where the text was.
CONTENT_PLACE = "nejat-text"
#: Bears the number of comments that stands in their heading, outside the article.
COMMENTS_HEADING = "comments-heading"

_OWN_HEADINGS = "h1, .entry-title, .wp-block-post-title, .post-title"
_SITE_TITLES = ".site-title, .site-branding, .custom-logo-link, .site-logo, .wp-block-site-title, .logo"
_ELSEWHERE = frozenset({"aside", "nav", "footer", "form"})
_ELSEWHERE_CLASSES = frozenset({"widget", "widget-area", "sidebar", "hentry", "wp-block-query", "related-posts"})
_COMMENTS = "#comments, .comments-area, .wp-block-comments"
_QUOTED = re.compile('[“”„«‘"].*', re.DOTALL)


def drop_neighbours(frame: LexborHTMLParser, post: PostAddress) -> None:
    """Take out of a frame, for each link to another post, the largest element round it with nothing of `post`."""
    links = [(node, _target(node, post)) for node in frame.css("a[href]")]
    if not any(target not in (None, post) for _, target in links):
        return
    own = [node for node, target in links if target == post]
    own += frame.css(CONTENT_PLACE)
    own += [node for node in frame.css(_OWN_HEADINGS) if not any(_leads_away(link, post) for link in node.css("a"))][
        :1
    ]
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


def lineage(node: LexborNode | None) -> Iterator[LexborNode]:
    """A node and all that it stands in, from within."""
    current: LexborNode | None = node
    while current is not None:
        yield current
        current = current.parent


def _target(node: LexborNode, post: PostAddress) -> PostAddress | None:
    address = post_address(absolute(node.attributes.get("href") or "", post.url))
    return address.post if address else None


def _leads_away(link: LexborNode, post: PostAddress) -> bool:
    return _target(link, post) not in (None, post)


def leads_away(node: LexborNode, post: PostAddress | None) -> bool:
    """Whether a heading is another post's: it holds a link, or stands in one, that leads there."""
    if post is None:
        return False
    return links_away(node, post) or any(_leads_home(link, post) for link in _links_of(node))


def _links_of(heading: LexborNode) -> list[LexborNode]:
    return [*heading.css("a[href]"), *(outer for outer in lineage(heading) if outer.tag == "a")]


def links_away(heading: LexborNode, post: PostAddress) -> bool:
    """Whether a heading leads to another post, whatever else it may lead to."""
    return any(_leads_away(link, post) for link in _links_of(heading))


def _leads_home(link: LexborNode, post: PostAddress) -> bool:
    """To a page of the site that is no post: the name of the site is a heading, too."""
    url = absolute(link.attributes.get("href") or "#", post.url)
    return post_address(url) is None and url.split("/")[2:3] == post.url.split("/")[2:3]


_ASIDES = frozenset({"aside", "nav", "footer"})
_ASIDE_MARKS = (".*sidebar", ".*widget", ".*menu", ".*footer", "#secondary")


def without_asides(html: str, spans: list[Span]) -> list[Span]:
    """Those of a listing's entries that stand in its own column, not in a menu or a sidebar of cards like them."""
    starts = {span[1] for span in spans}
    open_tags: dict[str, list[tuple[int, bool]]] = {}
    aside: list[tuple[int, int]] = []
    for tag in all_tags(html):
        stack = open_tags.setdefault(tag.name, [])
        if not tag.closing:
            is_aside = tag.name in _ASIDES or any(tag.fits(mark) for mark in _ASIDE_MARKS)
            stack.append((tag.start, is_aside and tag.name not in ("body", "html") and tag.start not in starts))
        elif stack:
            start, is_aside = stack.pop()
            if is_aside:
                aside.append((start, tag.end))
    own = [span for span in spans if not any(start < span[1] < end for start, end in aside)]
    return own or spans


def surroundings(page: LexborHTMLParser, entry: LexborHTMLParser, post: PostAddress, content: tuple[str, ...]) -> str:
    """What an article's own page says of it outside its element: heading, featured image, number of comments."""
    pieces = []
    block = None
    texts = _texts(entry, content) | {node.mem_id for node in entry.css(_COMMENTS)}
    headings = [node for node in entry.css(_OWN_HEADINGS) if not leads_away(node, post)]
    if all(any(outer.mem_id in texts for outer in lineage(node)) for node in headings):
        block = _heading_block(page, post, content)
        pieces.append(block.html or "" if block else "")
    if entry.css_first("img.wp-post-image") is None and (block is None or block.css_first("img") is None):
        pieces += [image.html or "" for image in _images_above(page, post, content)]
    if number := _comments_heading(page):
        pieces.append(f'<p class="{COMMENTS_HEADING}">{number}</p>')
    return "".join(pieces)


def _heading_block(page: LexborHTMLParser, post: PostAddress, content: tuple[str, ...]) -> LexborNode | None:
    """The largest element round the article's heading that holds neither a menu nor the text.

    The heading is known by the page's title, which says the same.
    """
    title = page.css_first("head title")
    said = fold_for_search(clean_line(title.text())) if title else ""
    texts = _texts(page, content) | {node.mem_id for node in page.css(f"nav, article, {_COMMENTS}")}
    holds = {ancestor.mem_id for mem in page.css("*") if mem.mem_id in texts for ancestor in lineage(mem)}
    site = {node.mem_id for node in page.css(_SITE_TITLES)}
    for heading in page.css("h1.entry-title, h1, .entry-title"):
        text = fold_for_search(clean_line(heading.text()))
        around = list(lineage(heading))
        named = "entry-title" in (heading.attributes.get("class") or "").split()  # of a post without a title, too
        if (
            not (text or named)
            or text not in said
            or leads_away(heading, post)
            or any(node.mem_id in site for node in around)
        ):
            continue
        if heading.css_first(_SITE_TITLES) or any(node.tag in _ELSEWHERE for node in around):
            continue
        block = heading
        while (
            block.parent is not None and block.parent.tag not in ("body", "html") and block.parent.mem_id not in holds
        ):
            block = block.parent
        return block
    return None


def _texts(tree: LexborHTMLParser, content: tuple[str, ...]) -> set[int]:
    """The elements that hold a text; `.entry` is in some designs the class of a whole article."""
    found = tree.css(", ".join(content))
    return {node.mem_id for node in found if node.tag not in ("article", "main", "body") and not node.css_first("h1")}


def _images_above(page: LexborHTMLParser, post: PostAddress, content: tuple[str, ...]) -> Iterator[LexborNode]:
    texts = _texts(page, content)
    for node in page.css(", ".join(("img.wp-post-image", *content))):
        if node.mem_id in texts:
            return
        around = list(lineage(node))[1:]
        classes = {name for outer in around for name in (outer.attributes.get("class") or "").split()}
        elsewhere = classes & _ELSEWHERE_CLASSES or any(outer.tag in _ELSEWHERE for outer in around)
        if node.tag == "img" and not elsewhere and not leads_away(node, post):
            yield node


def _comments_heading(page: LexborHTMLParser) -> str | None:
    """The number in the heading over the comments, without the title that it may quote: "3 thoughts on …"."""
    for area in page.css(_COMMENTS):
        for heading in (area, *area.css("h2, h3, h4, .comments-title")):
            if heading.tag in ("h2", "h3", "h4") or heading.mem_id != area.mem_id:
                said = _QUOTED.sub("", clean_line(heading.text()))
                number = count(said)
                if number is not None:
                    return str(number)
    return None


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
        return int(re.sub(r"[^0-9]", "", match[1]))
    words = re.findall(r"\w+", folded)[:3]
    if words[:1] and words[0] in _NONE and len(words) < 3:
        return 0
    return 1 if words[:1] and (words[0] in _ONE or (len(words) > 1 and words[1] in _ONE)) else None
