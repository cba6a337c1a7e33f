"""What an article's header says beside its date: title, categories, tags, author, comments, lead images."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.images import is_drawn_character
from nejat_crawler.extraction.nodes import (
    BLOCKS,
    boxes_of_others,
    classes,
    lead_elsewhere,
    leads_to_section,
    lineage,
    links_of,
    own_among,
    post_of_link,
    said,
    says_more_than_links,
    select,
    set_apart,
)
from nejat_crawler.extraction.placeholders.picture_files import image_source
from nejat_crawler.extraction.themes.theme import Theme
from nejat_crawler.extraction.visible_text.hidden_text import is_unseen
from nejat_crawler.folding import fold_for_search
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
    boxes: frozenset[int] = frozenset()
    """The elements that show other posts, by `mem_id`."""


def read_header(
    header: LexborHTMLParser,
    theme: Theme,
    post: PostAddress | None,
    page_url: str,
    *,
    own_page: bool,
    others: bool = False,
) -> EntryHeader:
    """The fields of a header that has been freed of boilerplate; `others`: some of it may still be other posts'."""
    listed = theme.listing_categories if theme.listing_categories is not None else theme.categories
    categories = theme.categories if own_page else listed
    heading = _heading(header, theme, post)
    boxes = boxes_of_others(header, heading, post) if others and post else frozenset()

    def own(selector: str) -> list[LexborNode]:
        found = select(header, selector)
        return own_among(found, boxes) if boxes else found

    title = read_title(heading, post)
    terms = own(categories) if categories else []
    printed = map(said, own(theme.comments))
    return EntryHeader(
        title="" if title in theme.untitled else title,
        categories=_names(terms) if categories else None,
        tags=_names(own(theme.tags), but=terms),
        author=next((name for css in theme.author for node in own(css) if (name := _seen_text(node))), None),
        comment_count=next((number for text in printed if (number := count(text)) is not None), None),
        lead_images=_lead_images(own(theme.lead_images), header, page_url, theme.lead_captions if own_page else ""),
        unknown=tuple(_unknown_labels(heading, theme)) if heading and theme.own_classes else (),
        boxes=boxes,
    )


def _heading(header: LexborHTMLParser, theme: Theme, post: PostAddress | None) -> LexborNode | None:
    """The first heading, in the order of the theme's selectors, that is no other post's.

    One that leads to the post itself comes before one that leads off the site, as a post of the format "link" has it.
    One with a link to another page of the site in it is the article's if it says more, or if there is no other.
    """
    off_site: LexborNode | None = None
    wordy: LexborNode | None = None
    to_section: LexborNode | None = None
    for heading in (node for css in theme.title for node in select(header, css)):
        links = links_of(heading) if post else []
        if post is None or not links:
            return off_site or heading
        if any(post_of_link(link, post) == post for link in links):
            return heading
        if not lead_elsewhere(links, post):
            off_site = off_site or heading
        elif says_more_than_links(heading):
            if heading.tag == "h1":
                return off_site or heading
            wordy = wordy or heading
        elif heading.tag == "h1" and all(leads_to_section(link, post) for link in links):
            to_section = to_section or heading
    return off_site or wordy or to_section


#: What shows no words, or none of a title's.
_WORDLESS = frozenset(
    "script style template noscript svg iframe video audio object canvas button select textarea time rp".split()  # noqa: SIM905
)


def read_title(heading: LexborNode | None, post: PostAddress | None) -> str:
    """What a heading says up to a block, or to a link behind that to the post: without its end tag it takes in more.

    What stands before the link to the post itself is a label, and so is a link to a category or to the comments;
    what no reader sees is no word of it.
    """
    if heading is None:
        return ""
    return _words(heading, post, seen=True) or _words(heading, post, seen=False)


def _words(heading: LexborNode, post: PostAddress | None, *, seen: bool) -> str:
    pieces: list[str] = []
    spoken = linked = False  # kept, and not looked for in all pieces at each of ten thousand <br>
    waiting: list[LexborNode | str | None] = list(reversed([*heading.iter(include_text=True)]))
    while waiting:
        node = waiting.pop()
        if node is None:  # the end of a block
            if spoken:
                break
        elif isinstance(node, str):
            pieces.append(node)
        elif node.is_text_node or (node.tag == "img" and is_drawn_character(node)):
            pieces.append(node.text(deep=False) if node.is_text_node else node.attributes.get("alt") or "")
            spoken = spoken or bool(pieces[-1].strip())
        elif node.tag not in _WORDLESS and not _is_date(node) and not (seen and is_unseen(node)):
            if spoken and (node.tag in BLOCKS or (node.tag == "a" and (linked or _is_label(node)))):
                break
            if node.tag == "a" and post is not None and post_of_link(node, post) == post:
                pieces.clear()
                spoken, linked = False, True
            elif node.tag == "a" and _is_term(node):
                continue
            gap = [" "] if set_apart(node) else []
            pieces += gap
            waiting += [*([None] * (node.tag in BLOCKS)), *gap, *reversed([*node.iter(include_text=True)])]
    return clean_line("".join(pieces))


def _is_label(link: LexborNode) -> bool:
    """Whether a link behind a title is none of its words: a category, the author, the number of comments."""
    return _is_term(link) or "#" in (link.attributes.get("href") or "")


def _is_term(link: LexborNode) -> bool:
    return not {"category", "tag", "author"}.isdisjoint((link.attributes.get("rel") or "").split())


def _unknown_labels(heading: LexborNode, theme: Theme) -> Iterator[str]:
    for node in select(heading, "[class]"):
        if node.mem_id != heading.mem_id and node.text(strip=True) and not is_unseen(node):
            names = (name for name in classes(node) if not name.startswith(theme.in_text))
            yield from (name for name in names if name.startswith(theme.own_classes))


def _is_date(node: LexborNode) -> bool:
    return node.tag == "span" and ("date" in (names := classes(node)) or any("entry_date" in name for name in names))


def _seen_text(element: LexborNode) -> str:
    """What an element says without what no reader sees, as "Posted by" for screen readers."""
    return said(element, is_unseen) or said(element)


def _names(nodes: list[LexborNode], but: list[LexborNode] | None = None) -> list[str]:
    """What the elements say, in order, each once; those of `but` are passed over.

    A link without its end tag goes on in each element that follows, with the same address: its first words count.
    """
    found: dict[str, str] = {}
    passed = {node.mem_id for node in but or ()}
    for number, node in enumerate(nodes):
        if node.mem_id not in passed and (text := _seen_text(node).removeprefix("#").lstrip()):
            found.setdefault(node.attributes.get("href") or str(number), text)
    return list(dict.fromkeys(found.values()))


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


def _lead_images(nodes: list[LexborNode], header: LexborHTMLParser, page_url: str, captions: str) -> list[Image]:
    """Each file once: Soledad 7.1 prints the picture of a "mixed" entry twice, for wide and for narrow screens."""
    fallbacks = {node.mem_id for node in select(header, "noscript img")}
    shown = [node for node in nodes if node.mem_id not in fallbacks]
    # what a <noscript> repeats is needed only where nothing else names the file
    images = _images(shown, page_url) or _images([node for node in nodes if node.mem_id in fallbacks], page_url)
    for caption in select(header, captions) if images and captions else ():
        holder = caption.parent
        beside = _images([node for node in nodes if holder and holder in lineage(node)], page_url)
        found = beside if len(beside) == 1 else images if len(images) == 1 else []
        for image in images:
            if found and image.src == found[0].src:
                image.caption = image.caption or said(caption) or None
    return images


def _images(nodes: list[LexborNode], page_url: str) -> list[Image]:
    found: dict[str, Image] = {}
    for node in nodes:
        src = image_source(node.attributes, page_url)
        if src:
            image = found.setdefault(src, Image(src, "", lead=True))
            image.alt = image.alt or clean_line(node.attributes.get("alt") or "")
    return list(found.values())
