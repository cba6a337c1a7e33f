"""The images of a body: the real file, the alternative text, the caption."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nejat_crawler.extraction.nodes import classes, lineage, said, select
from nejat_crawler.extraction.placeholders.picture_files import has_late_source, image_source
from nejat_crawler.items import Image
from nejat_crawler.text import clean_line

# Classes that tie a caption to its image, as a figure does; `item-gallery-…` are Soledad's [gallery].
_CAPTIONED = frozenset(
    {"wp-caption", "gallery-item", "item-gallery-justified", "item-gallery-masonry", "tiled-gallery-item"}
)
_GALLERY_DEPTH = 2
_IMAGES = ("img", "amp-img")
# What a lazy image may stand in, with its fallback behind that: as many of them as this.
_WRAPPERS = frozenset({"picture", "a", "span", "div"})
_WRAPPED = 3
_MOST_SOURCES = 20  # siblings before an image that are looked at


@dataclass(frozen=True, slots=True)
class Pictures:
    """The images of a body in order, and what of its tree they are: by `mem_id`."""

    images: list[Image]
    shown: dict[int, dict[str, str | None]] = field(default_factory=dict)
    """The attributes of an image in the markup; none where it is not shown."""
    captions: set[int] = field(default_factory=set)


def is_drawn_character(image: LexborNode) -> bool:
    """Whether an image is a character that WordPress has drawn."""
    return not {"wp-smiley", "emoji"}.isdisjoint(classes(image))


def _source_in_place(node: LexborNode, own: str | None, page_url: str) -> str | None:
    """The real file of an image in a text: its own, that of its fallback without scripts, or of its <picture>."""
    if own and has_late_source(node.attributes):
        return own
    fallback = _fallback(node)
    others = select(fallback, "img") if fallback is not None else []
    if src := next((src for other in others if (src := image_source(other.attributes, page_url))), own):
        return src
    sources = islice(_before(node), _MOST_SOURCES) if node.parent and node.parent.tag == "picture" else ()
    found = (image_source(place.attributes, page_url) for place in sources if place.tag == "source")
    return next(filter(None, found), None)


def _before(node: LexborNode) -> Iterator[LexborNode]:
    while (before := node.prev) is not None:
        yield before
        node = before


def _beside(node: LexborNode | None, *, behind: bool) -> LexborNode | None:
    """The element next to one, text passed over."""
    while node is not None and (node := node.next if behind else node.prev) is not None:
        if node.is_element_node:
            return node
    return None


def _fallback(node: LexborNode) -> LexborNode | None:
    """The <noscript> with an image for browsers without scripts: behind it, behind its <picture>, or before it."""
    place: LexborNode | None = node
    for _ in range(_WRAPPED):
        after = _beside(place, behind=True)
        if after is not None:
            if after.tag == "noscript":
                return after
            break
        place = place.parent if place is not None and place.parent and place.parent.tag in _WRAPPERS else None
    before = _beside(node, behind=False)  # as Autoptimize has it, unless it is the one before's
    if before is not None and before.tag == "noscript":
        earlier = _beside(before, behind=False)
        return None if earlier is not None and earlier.tag in _IMAGES else before
    return None


def _restore_fallbacks(tree: LexborHTMLParser, page_url: str) -> None:
    """Put the images of a <noscript> into its place where none beside it is theirs: a script made the whole image.

    One that says anything in words is no image's: nobody whose browser runs scripts sees it.
    """
    fallbacks = _find_fallbacks(tree)
    if not fallbacks:
        return
    inside = {image.mem_id for fallback in fallbacks for image in select(fallback, "img, amp-img")}
    shown = [image for image in select(tree, "img, amp-img") if image.mem_id not in inside]
    claimed = {fallback.mem_id for image in shown if (fallback := _fallback(image)) is not None}
    known = {image_source(image.attributes, page_url) for image in shown}
    for fallback in fallbacks:
        images = select(fallback, "img")
        repeated = any(_is_counter(image) or image_source(image.attributes, page_url) in known for image in images)
        alone = fallback.mem_id not in claimed and not any(outer.tag == "amp-img" for outer in lineage(fallback))
        if images and not repeated and alone and not fallback.text(strip=True):
            fallback.unwrap()


def _find_fallbacks(tree: LexborHTMLParser) -> list[LexborNode]:
    """The <noscript> elements, without those directly in another, of which a hostile page nests thousands."""
    return [node for node in select(tree, "noscript") if node.parent is None or node.parent.tag != "noscript"]


def _is_counter(image: LexborNode) -> bool:
    """Whether an image is one pixel, which counts readers or holds a place."""
    sides = (image.attributes.get("width"), image.attributes.get("height"))
    return {(side or "").strip().removesuffix("px") for side in sides} <= {"0", "1"}


def _is_image(node: LexborNode) -> bool:
    """Whether an element is an image, or an empty box that shows one in its background: a cover of WordPress."""
    return node.tag in _IMAGES or (node.tag in _WRAPPERS and not (node.inner_html or "").strip())


def take_images(tree: LexborHTMLParser, captions: str, page_url: str) -> Pictures:
    """The images in order with their captions, which are no part of the text, though of the markup.

    Smileys become characters, and <noscript> goes. An image whose file is nowhere named has `src` null: a
    placeholder is never its file; without a word about it, it is left out.
    """
    pictures = Pictures([])
    images: list[Image] = []
    places: list[LexborNode] = []
    if not select(tree, "noscript, amp-img, img, [role=img]"):
        return pictures
    _restore_fallbacks(tree, page_url)
    # AMP repeats an image inside itself, lazy loading behind itself, for browsers without it.
    fallbacks = _find_fallbacks(tree)
    repeats = {inner.mem_id for outer in (*select(tree, "amp-img"), *fallbacks) for inner in select(outer, "img")}
    found = {node.mem_id: node for node in select(tree, "img, amp-img, [role=img]")}  # each but once
    for node in filter(_is_image, found.values()):
        attributes = node.attributes
        alt = clean_line(attributes.get("alt") or attributes.get("aria-label") or "")
        if is_drawn_character(node):
            node.replace_with(alt)
            continue
        if node.mem_id in repeats:
            continue
        own = image_source(attributes, page_url)
        src = _source_in_place(node, own, page_url)
        shown, file = attributes, own
        if node.tag not in _IMAGES:
            if src is None:
                continue
            shown, file = {"src": src, "alt": alt}, src
        elif _is_counter(node) and not has_late_source(attributes) and _fallback(node) is None:
            src, alt = None, ""
            file = image_source({**attributes, "src": ""}, page_url)
        elif src is not None and own != src:
            shown, file = {name: attributes[name] for name in ("alt", "width", "height") if name in attributes}, src
        pictures.shown[node.mem_id] = {**shown, "src": file} if file else {}
        images.append(Image(src, alt))
        places.append(node)
    for fallback in fallbacks:
        fallback.decompose()
    if images and captions:
        _caption(tree, captions, images, places, pictures)
    pictures.images.extend(image for image in images if image.src or image.alt or image.caption)
    return pictures


def _caption(
    tree: LexborHTMLParser, captions: str, images: list[Image], places: list[LexborNode], pictures: Pictures
) -> None:
    """Give the images their captions."""
    found = select(tree, captions)
    holders = _holders(tree) if found else {}
    bare: dict[int, list[Image]] = {}
    for image, place in zip(images, places, strict=True):
        holder = holders.get(place.mem_id)
        for _ in range(_GALLERY_DEPTH):  # a gallery's own caption stands outside the figures of its images
            if holder is not None:
                bare.setdefault(holder, []).append(image)
                holder = holders.get(holder)
    for caption in found:
        waiting = bare.get(holders.get(caption.mem_id, 0), []) if caption.mem_id not in pictures.captions else []
        free = [image for image in waiting if image.caption is None]
        uncaptioned = next((image for image in free if image.src), next(iter(free), None))
        if uncaptioned is not None:
            uncaptioned.caption = said(caption) or None
            pictures.captions.add(caption.mem_id)


def _holders(tree: LexborHTMLParser) -> dict[int, int]:
    """For each element inside one that ties captions to images, the nearest such one; by `mem_id`, in one walk.

    Asking each caption for its parents takes minutes where a hostile page nests a thousand.
    """
    nearest: dict[int, int] = {}
    for node in tree.body.traverse() if tree.body else ():
        parent = node.parent
        if parent is None:
            continue
        if parent.tag == "figure" or not _CAPTIONED.isdisjoint(classes(parent)):
            nearest[node.mem_id] = parent.mem_id
        elif parent.mem_id in nearest:
            nearest[node.mem_id] = nearest[parent.mem_id]
    return nearest
