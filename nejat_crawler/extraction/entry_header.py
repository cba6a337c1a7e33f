"""What an article's header says beside its date: title, categories, tags, author, comments, lead images."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.nodes import belongs_to_other_page, count, lineage, select
from nejat_crawler.extraction.placeholders.picture_files import image_source
from nejat_crawler.extraction.themes.theme import Theme
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


def read_header(
    header: LexborHTMLParser, theme: Theme, post: PostAddress | None, page_url: str, *, own_page: bool
) -> EntryHeader:
    """The fields of a header that has been freed of other posts' boilerplate."""
    listed = theme.listing_categories if theme.listing_categories is not None else theme.categories
    categories = theme.categories if own_page else listed
    title = _title(_heading(header, theme, post))
    said = (clean_line(node.text()) for node in select(header, theme.comments))
    return EntryHeader(
        title="" if title in theme.untitled else title,
        categories=_names(header, categories) if categories else None,
        tags=_names(header, theme.tags, but=categories),
        author=next(
            (name for css in theme.author for node in select(header, css) if (name := clean_line(node.text()))), None
        ),
        comment_count=next((number for text in said if (number := count(text)) is not None), None),
        lead_images=_lead_images(header, theme, page_url),
    )


def _heading(header: LexborHTMLParser, theme: Theme, post: PostAddress | None) -> LexborNode | None:
    """The first heading, in the order of the theme's selectors, that is no other post's."""
    found = (node for css in theme.title for node in select(header, css))
    return next((node for node in found if not belongs_to_other_page(node, post)), None)


_LINES = frozenset({"a", "b", "i", "em", "strong", "small", "span", "sub", "sup", "mark", "bdi", "font", "br", "wbr"})


def _title(node: LexborNode | None) -> str:
    """What a heading says up to a second link or a block: without its end tag it takes in what follows."""
    pieces: list[str] = []
    found = select(node, 'time, span[class~="date"], span[class*="entry_date"]') if node else ()
    dates = {date.mem_id for date in found}
    for inner in node.traverse(include_text=True) if node else ():
        if dates and any(outer.mem_id in dates for outer in lineage(inner)):
            continue
        if inner.is_text_node:
            pieces.append(inner.text(deep=False))
        elif inner.tag == "br":
            pieces.append(" ")
        elif (
            node is not None
            and inner.mem_id != node.mem_id
            and (inner.tag not in _LINES or (inner.tag == "a" and any(map(str.strip, pieces))))
        ):
            break
    return clean_line("".join(pieces))


def _names(header: LexborHTMLParser, selector: str, but: str | None = None) -> list[str]:
    """What the selected elements say, in order, each once; `but` selects elements to pass over.

    A link without its end tag goes on in each element that follows, with the same address: its first words count.
    """
    found: dict[str, str] = {}
    nodes = select(header, selector)
    others = {node.mem_id for node in select(header, but)} if but and nodes else set()
    for number, node in enumerate(nodes):
        if node.mem_id not in others and (text := clean_line(node.text()).removeprefix("#").lstrip()):
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
