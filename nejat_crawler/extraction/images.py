"""The images of a body: the real file, the alternative text, the caption."""

from __future__ import annotations

from itertools import islice

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from nejat_crawler.extraction.placeholders.picture_files import has_late_source, image_source
from nejat_crawler.items import Image
from nejat_crawler.text import clean_line

# Classes that tie a caption to its image, as a figure does; `item-gallery-justified` is Soledad's [gallery].
_CAPTIONED = frozenset({"wp-caption", "gallery-item", "item-gallery-justified"})
_GALLERY_DEPTH = 2
_IMAGES = ("img", "amp-img")
# What a lazy image may stand in, with its fallback behind that: as many of them as this.
_WRAPPERS = frozenset({"picture", "a", "span", "div"})
_WRAPPED = 3
_MOST_SOURCES = 20  # siblings before an image that are looked at


def _source_in_place(node: Tag, page_url: str) -> str | None:
    """The real file of an image in a text: its own, that of its fallback without scripts, or of its <picture>."""
    own = image_source(node.attrs, page_url)
    if own and has_late_source(node.attrs):
        return own
    fallback = _fallback(node)
    others = list(fallback.find_all("img")) if fallback is not None else []
    if src := next((src for other in others if (src := image_source(other.attrs, page_url))), own):
        return src
    around = node.parent.name if node.parent is not None else ""
    before = islice(node.previous_siblings, _MOST_SOURCES) if around == "picture" else ()
    sources = (place for place in before if isinstance(place, Tag) and place.name == "source")
    return next((src for source in sources if (src := image_source(source.attrs, page_url))), None)


def _fallback(node: Tag) -> Tag | None:
    """The <noscript> with an image for browsers without scripts: behind it, behind its <picture>, or before it."""
    place: Tag | None = node
    for _ in range(_WRAPPED):
        after = place.find_next_sibling() if place is not None else None
        if isinstance(after, Tag):
            if after.name == "noscript":
                return after
            break
        place = place.parent if place is not None and place.parent and place.parent.name in _WRAPPERS else None
    before = node.find_previous_sibling()  # as Autoptimize has it, unless it is the one before's
    if isinstance(before, Tag) and before.name == "noscript":
        earlier = before.find_previous_sibling()
        return None if isinstance(earlier, Tag) and earlier.name in _IMAGES else before
    return None


def _restore_fallbacks(soup: BeautifulSoup, page_url: str) -> None:
    """Put the images of a <noscript> into its place where none beside it is theirs: a script made the whole image.

    One that says anything in words is no image's: nobody whose browser runs scripts sees it.
    """
    fallbacks = _find_fallbacks(soup)
    if not fallbacks:
        return
    inside = {id(image) for fallback in fallbacks for image in fallback.find_all(_IMAGES)}
    shown = [image for image in soup.find_all(_IMAGES) if id(image) not in inside]
    claimed = {id(fallback) for image in shown if (fallback := _fallback(image)) is not None}
    known = {image_source(image.attrs, page_url) for image in shown}
    for fallback in fallbacks:
        images = fallback.find_all("img")
        repeated = any(_is_counter(image) or image_source(image.attrs, page_url) in known for image in images)
        alone = id(fallback) not in claimed and fallback.find_parent("amp-img") is None
        if images and not repeated and alone and not fallback.get_text(strip=True):
            fallback.unwrap()


def _find_fallbacks(soup: BeautifulSoup) -> list[Tag]:
    """The <noscript> elements, without those directly in another, of which a hostile page nests thousands."""
    return [node for node in soup.find_all("noscript") if node.parent is None or node.parent.name != "noscript"]


def _is_counter(image: Tag) -> bool:
    """Whether an image is one pixel, which counts readers or holds a place."""
    return {str(image.get(side) or "").strip().removesuffix("px") for side in ("width", "height")} <= {"0", "1"}


def _is_image(node: Tag) -> bool:
    """Whether an element is an image, or an empty box that shows one in its background: a cover of WordPress."""
    if node.name in _IMAGES:
        return True
    return (
        node.get("role") == "img"
        and node.name in _WRAPPERS
        and not any(isinstance(one, Tag) or str(one).strip() for one in node.contents)
    )


def take_images(
    soup: BeautifulSoup, captions: str, page_url: str
) -> tuple[list[Image], list[tuple[NavigableString, Tag]]]:
    """The images in order, and their captions, each with the empty string that stands in its place in the tree.

    Out of the tree they do not end in the text; back in their places they belong to the markup. An image whose file
    is nowhere named has `src` null: a placeholder is never its file; without a word about it, it is left out.
    """
    taken: list[tuple[NavigableString, Tag]] = []
    images: list[Image] = []
    places: list[Tag] = []
    _restore_fallbacks(soup, page_url)
    # AMP repeats an image inside itself, lazy loading behind itself, for browsers without it.
    fallbacks = _find_fallbacks(soup)
    repeats = {id(inner) for outer in (*soup.find_all("amp-img"), *fallbacks) for inner in outer.find_all("img")}
    for node in soup.find_all(_is_image):
        alt = clean_line(str(node.get("alt") or node.get("aria-label") or ""))
        if {"wp-smiley", "emoji"} & set(node.get("class") or ()):
            node.replace_with(alt)  # a character that WordPress has drawn
            continue
        if id(node) in repeats:
            continue
        src = _source_in_place(node, page_url)
        if node.name not in _IMAGES:
            if src is None:
                continue
            node.name, node.attrs = "img", {"src": src, "alt": alt}
        elif _is_counter(node) and not has_late_source(node.attrs) and _fallback(node) is None:
            src, alt = None, ""
            node["src"] = ""
        images.append(Image(src, alt))
        places.append(node)
        if src is not None and image_source(node.attrs, page_url) != src:
            node.attrs = {
                **{name: node[name] for name in ("alt", "width", "height") if node.has_attr(name)},
                "src": src,
            }
    for fallback in fallbacks:
        if not fallback.decomposed:
            fallback.decompose()
    if not images:
        return images, taken
    holders = _holders(soup)
    bare: dict[int, list[Image]] = {}
    for image, place in zip(images, places, strict=True):
        holder = holders.get(id(place))
        for _ in range(_GALLERY_DEPTH):  # a gallery's own caption stands outside the figures of its images
            if holder is not None:
                bare.setdefault(id(holder), []).append(image)
                holder = holders.get(id(holder))
    for caption in soup.select(captions) if captions else ():
        waiting = bare.get(id(holders.get(id(caption))), [])
        free = [image for image in waiting if image.caption is None]
        uncaptioned = next((image for image in free if image.src), next(iter(free), None))
        if uncaptioned is not None:
            uncaptioned.caption = clean_line(caption.get_text(" ")) or None
            place_left = NavigableString("")
            caption.replace_with(place_left)
            taken.append((place_left, caption))
    return [image for image in images if image.src or image.alt or image.caption], taken


def _holders(soup: BeautifulSoup) -> dict[int, Tag]:
    """For each element inside one that ties captions to images, the nearest such one; by identity, in one walk.

    Asking each caption for its parents takes minutes where a hostile page nests a thousand.
    """
    nearest: dict[int, Tag] = {}
    for node in soup.find_all(True):
        parent = node.parent
        if parent is not None and (parent.name == "figure" or _CAPTIONED & set(parent.get("class") or ())):
            nearest[id(node)] = parent
        elif id(parent) in nearest:
            nearest[id(node)] = nearest[id(parent)]
    return nearest
