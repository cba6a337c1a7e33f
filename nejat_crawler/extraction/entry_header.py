"""What an article's header says beside its date: title, categories, tags, author, comments, lead images."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.images import is_drawn_character
from nejat_crawler.extraction.nodes import BLOCKS, classes, count, lead_elsewhere, links_of, post_of_link, select
from nejat_crawler.extraction.placeholders.picture_files import image_source
from nejat_crawler.extraction.themes.theme import Theme
from nejat_crawler.extraction.visible_text.hidden_text import is_unseen
from nejat_crawler.items import Image
from nejat_crawler.text import clean_line
from nejat_crawler.urls import PostAddress


@dataclass(frozen=True, slots=True)
class EntryHeader:
    """The fields of an article that stand round its text."""

    title: str
    categories: list[str] | None
    """None where a listing of the theme does not name all of them."""
    tags: list[str]
    author: str | None
    comment_count: int | None
    lead_images: list[Image]
    unknown: tuple[str, ...] = ()
    """The classes of the theme's own that stand in the title, and that its row does not name."""


def read_header(
    header: LexborHTMLParser, theme: Theme, post: PostAddress | None, page_url: str, *, own_page: bool
) -> EntryHeader:
    """The fields of a header that has been freed of other posts' boilerplate."""
    listed = theme.listing_categories if theme.listing_categories is not None else theme.categories
    categories = theme.categories if own_page else listed
    heading = _heading(header, theme, post)
    title = read_title(heading, post)
    said = (clean_line(node.text()) for node in select(header, theme.comments))
    return EntryHeader(
        title="" if title in theme.untitled else title,
        categories=_names(header, categories) if categories else None,
        tags=_names(header, theme.tags, but=categories),
        author=next(
            (name for css in theme.author for node in select(header, css) if (name := _seen_text(node))), None
        ),
        comment_count=next((number for text in said if (number := count(text)) is not None), None),
        lead_images=_lead_images(header, theme, page_url),
        unknown=tuple(_unknown_labels(heading, theme)) if heading and theme.own_classes else (),
    )


def _heading(header: LexborHTMLParser, theme: Theme, post: PostAddress | None) -> LexborNode | None:
    """The first heading, in the order of the theme's selectors, that is no other post's.

    One that leads to the post itself comes before one that leads off the site, as a post of the format "link" has it.
    """
    off_site: LexborNode | None = None
    for heading in (node for css in theme.title for node in select(header, css)):
        links = links_of(heading) if post else []
        if post is None or not links:
            return off_site or heading
        if not lead_elsewhere(links, post):
            if any(post_of_link(link, post) == post for link in links):
                return heading
            off_site = off_site or heading
    return off_site


#: What shows no words, or none of a title's.
_WORDLESS = frozenset(
    "script style template noscript svg iframe video audio object canvas button select textarea time rp".split()  # noqa: SIM905
)


def read_title(heading: LexborNode | None, post: PostAddress | None) -> str:
    """What a heading says up to a second link or a block: without its end tag it takes in what follows.

    What stands before the link to the post itself is a label, what no reader sees is no word of it.
    """
    if heading is None:
        return ""
    return _words(heading, post, seen=True) or _words(heading, post, seen=False)


def _words(heading: LexborNode, post: PostAddress | None, *, seen: bool) -> str:
    pieces: list[str] = []
    said = linked = False  # kept, and not looked for in all pieces at each of ten thousand <br>
    waiting: list[LexborNode | None] = list(reversed([*heading.iter(include_text=True)]))
    while waiting:
        node = waiting.pop()
        if node is None:  # the end of a block
            if said:
                break
        elif node.is_text_node or (node.tag == "img" and is_drawn_character(node)):
            pieces.append(node.text(deep=False) if node.is_text_node else node.attributes.get("alt") or "")
            said = said or bool(pieces[-1].strip())
        elif node.tag == "br":
            pieces.append(" ")
        elif node.tag not in _WORDLESS and not _is_date(node) and not (seen and is_unseen(node)):
            if said and node.tag in BLOCKS:
                break
            if said and node.tag == "a":
                if linked or post is None or post_of_link(node, post) != post:
                    break
                pieces.clear()
                said = False
            linked = linked or node.tag == "a"
            waiting += [None] * (node.tag in BLOCKS)
            waiting += reversed([*node.iter(include_text=True)])
    return clean_line("".join(pieces))


def _unknown_labels(heading: LexborNode, theme: Theme) -> Iterator[str]:
    for node in select(heading, "[class]"):
        if node.mem_id != heading.mem_id and node.text(strip=True) and not is_unseen(node):
            names = (name for name in classes(node) if not name.startswith(theme.in_text))
            yield from (name for name in names if name.startswith(theme.own_classes))


def _is_date(node: LexborNode) -> bool:
    return node.tag == "span" and ("date" in (names := classes(node)) or any("entry_date" in name for name in names))


def _seen_text(element: LexborNode) -> str:
    """What an element says without what no reader sees, as "Posted by" for screen readers."""
    pieces: list[str] = []
    waiting = [*element.iter(include_text=True)]
    while waiting:
        node = waiting.pop()
        if node.is_text_node:
            pieces.append(node.text(deep=False))
        elif not is_unseen(node):
            waiting += node.iter(include_text=True)
    return clean_line("".join(reversed(pieces))) or clean_line(element.text())


def _names(header: LexborHTMLParser, selector: str, but: str | None = None) -> list[str]:
    """What the selected elements say, in order, each once; `but` selects elements to pass over.

    A link without its end tag goes on in each element that follows, with the same address: its first words count.
    """
    found: dict[str, str] = {}
    nodes = select(header, selector)
    others = {node.mem_id for node in select(header, but)} if but and nodes else set()
    for number, node in enumerate(nodes):
        if node.mem_id not in others and (text := _seen_text(node).removeprefix("#").lstrip()):
            found.setdefault(node.attributes.get("href") or str(number), text)
    return list(dict.fromkeys(found.values()))


def _lead_images(header: LexborHTMLParser, theme: Theme, page_url: str) -> list[Image]:
    """Each file once: Soledad 7.1 prints the picture of a "mixed" entry twice, for wide and for narrow screens."""
    nodes = select(header, theme.lead_images)
    fallbacks = {node.mem_id for node in select(header, "noscript img")}
    shown = _images([node for node in nodes if node.mem_id not in fallbacks], page_url)
    # what a <noscript> repeats is needed only where nothing else names the file
    return shown or _images([node for node in nodes if node.mem_id in fallbacks], page_url)


def _images(nodes: list[LexborNode], page_url: str) -> list[Image]:
    found: dict[str, Image] = {}
    for node in nodes:
        src = image_source(node.attributes, page_url)
        if src:
            image = found.setdefault(src, Image(src, "", lead=True))
            image.alt = image.alt or clean_line(node.attributes.get("alt") or "")
    return list(found.values())
