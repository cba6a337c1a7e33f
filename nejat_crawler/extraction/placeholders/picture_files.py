"""The real file of a picture: which attribute holds it, what is but a placeholder, what a proxy forwards."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import unescape
from math import inf
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from nejat_crawler.urls import absolute

# Where lazy loading keeps the file, the surest first: Jetpack, WP Rocket, Avada, lazysizes, Unveil, Slider
# Revolution, Cloudflare Mirage, Breeze; some say `data-lazy="true"`. Other plugins' names are told by `_LATE`.
_KNOWN = (
    "data-src", "data-lazy-src", "data-orig-src", "data-original", "data-lazy", "data-bg", "data-lazyload",
    "data-cfsrc", "data-breeze", "data-echo",
)  # fmt: skip
# `nitro-lazy-src`, `data-wpfc-original-src`, `data-pagespeed-lazy-src`, `data-ezsrc`, `data-opt-src`.
_LATE = re.compile(r"src|lazy|lozad|defer|delay|original|actual|(?<![a-z])(?:bg|real|image|img)(?![a-z])|background")
_SET = re.compile(r"srcset|bgset|imageset")
# What an <img> is beside its file: its text, a smaller or another picture, what a click leads to.
_OTHER = re.compile(
    r"thumb|small|tiny|low|lqip|preview|placeholder|blank|dummy|hover|rollover|fallback|error|broken|still|poster|"
    r"href|link|permalink|(?<![a-z])page(?![a-z])|title|alt|caption|desc|class|style|sizes|query|json|-id$|^(?:id|usemap|cite|onclick)$|"
    r"^on|video|audio|mp4|webm|gif|avatar|icon|logo|webp$|avif$"
)
# Of the attributes that no plugin of those names has: `data-orig-file` before `data-medium-file`.
_LARGEST = re.compile(r"orig|full|large|real|file|big|high|hd|max")

_PICTURE = re.compile(r"\.(?:jpe?g|jfif|png|gif|webp|avif|bmp|svg|tiff?|heic|ico)(?:$|[?#!&:,/@])", re.IGNORECASE)
_PHOTO = re.compile(r"\.(?:jpe?g|jfif|webp|avif|png|tiff?|heic)(?:$|[?#])", re.IGNORECASE)
_WHOLE_ADDRESS = re.compile(
    r"(?:https?:)?//[^\s/]+\.[^\s]+|/[^\s/][^\s]*|[^\s:?#{}\[\]\"'<>]+/[^\s{}\"'<>]+", re.IGNORECASE
)
_NO_PICTURE = re.compile(r"\.(?:mp4|m4v|webm|og[gv]|mp3|html?|js|css|json|pdf)(?:$|[?#])", re.IGNORECASE)
_LONGEST = 4000  # characters of an address
_NO_ADDRESS = re.compile(r"[\s{}\[\]\"'<>|]|^(?:javascript|about|blob|file|mailto):", re.IGNORECASE)

# Files that show nothing, or that something is to come, by their names, also with a size: `placeholder-300x200.png`.
_EMPTY_NAMES = (
    "blank", "blank-?image", "spacer", "space", "transparent", "transparent[-_]?pixel", "trans", "pixel", "pix",
    "1x1", "1px", "one-?pixel", "clear", "clear-?pixel", "empty", "dummy", "dot", "gr[ae]y", "white", "shim",
    "load", "loader", "loading", "ajax[-_]?load(?:er|ing)?", "pre-?load(?:er|ing)?", "img[-_]load(?:er|ing)",
    "spinner", "throbber", "loading[-_](?:spinner|gif|image|icon)", "lazy", "lazy[-_]?load(?:er|ing)?", "lqip",
    "(?:lazy|lazy[-_]?load|img|image|thumb|thumbnail|post|default|wp|cover)?[-_]?place-?holder(?:[-_](?:img|image|bg|lazy))?",
    "easyimg", "fallback-?lazy", "x\\.placeholder",
)  # fmt: skip
_PLACEHOLDER = re.compile(
    r"^(?:data|about|blob|javascript):"
    r"|/images/(?:penci\d*-holder|no-image|no-thumb)\.(?:png|jpg)$"
    r"|/pagespeed_static/|/(?:utilcave_com|ezoimgfmt/utilcave_com)/|/cdn-cgi/mirage/"
    r"|[-_.]lqip\b|/(?:plugins|cache)/[^?#]*(?:blank|place-?holder|transparent|spacer|dummy|lazy[-_]?image)[^/?#]*$"
    rf"|(?:^|/)(?:{'|'.join(_EMPTY_NAMES)})(?:[-_.@]?\d+(?:x\d+)?)?(?:\.min)?\.(?:gif|png|svg|webp)(?:$|[?#])",
    re.IGNORECASE,
)
# A picture of a plugin's or theme's own, and one for a few pixels: believed only if nothing better is named.
_WEAK = re.compile(
    r"/(?:plugins|themes|wp-includes)/|[-_]\d{1,2}x\d{1,2}\.\w+(?:$|\?)|[/?&,](?:q|quality|blur)[:=_](?:\d|[1-3]\d|eco)\b"
    r"|[/?&,](?:w|width|h|height|resize|fit)[:=_]\d{1,2}\b",
    re.IGNORECASE,
)
_TINY = re.compile(r"\?(?:[^#]*&)?(?:w|width|h|height|resize|fit)=\d{1,2}(?!\d)")

_IN_URL = re.compile(r"\A(?:background(?:-image)?\s*:\s*)?url\(\s*[\"']?([^\"')]+)[\"']?\s*\)[\s;]*\Z", re.IGNORECASE)
# A featured image in the background of a link or box: `background-image: url(&quot;/a.jpg&quot;)`.
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]{0,200}?url\(\s*[\"']?([^\"')]+)", re.IGNORECASE)


def image_source(attributes: Mapping[str, object], page_url: str) -> str | None:
    """The real file of an image: lazy loading puts a placeholder into `src` and the file into another attribute."""
    found = _late_source(attributes) or _own_source(attributes)
    return real_file(absolute(found, page_url)) if found else None


def has_late_source(attributes: Mapping[str, object]) -> bool:
    """Whether another attribute than `src` and `srcset` names the file of an image."""
    others = {name: value for name, value in attributes.items() if name.lower() not in ("src", "srcset")}
    return image_source(others, "") is not None


def _late_source(attributes: Mapping[str, object]) -> str | None:
    for name in _KNOWN:
        value = _bare(attributes[name]) if name in attributes else ""
        if ("/" in value or "." in value) and _is_file(value):
            return value
    for name in filter(_is_late, attributes):
        value = _bare(attributes[name])
        if _is_file(value) and (_WHOLE_ADDRESS.fullmatch(value) or _PICTURE.search(value)):
            return value
    return None


@lru_cache(maxsize=256)
def _is_late(name: str) -> bool:
    """Whether an attribute of that name, which is none of the known, may hold the file of an image."""
    name = name.lower()
    return not (name == "src" or name in _KNOWN or _SET.search(name) or _OTHER.search(name)) and bool(
        _LATE.search(name)
    )


def _own_source(attributes: Mapping[str, object]) -> str | None:
    """The file by `src`, a set of sizes, any other attribute that names a picture, or the background; the best."""
    src = _bare(attributes.get("src"))
    if not _is_file(src):
        src = ""
    if src and not _WEAK.search(src) and not _is_loader(src, attributes):
        return src
    late = [name for name in attributes if _SET.search(name.lower()) and name.lower() != "srcset"]
    for name in (*late, "srcset"):
        if found := _largest(str(attributes.get(name) or "")):
            return found
    background = _BACKGROUND.search(str(attributes.get("style") or ""))
    if background and _is_file(background[1].strip()):
        return background[1].strip()
    return next(_named(attributes), None) or src or _in_drawing(str(attributes.get("src") or ""))


def _is_loader(src: str, attributes: Mapping[str, object]) -> bool:
    """Whether `src` is a drawing that turns or nothing, and another attribute names a photograph."""
    drawing = re.search(r"\.(?:gif|svg)(?:$|[?#])", src, re.IGNORECASE)
    return bool(drawing) and any(_PHOTO.search(found) for found in _named(attributes))


def _named(attributes: Mapping[str, object]) -> Iterator[str]:
    """What attributes of any name say that is the address of a picture."""
    names = [name for name in attributes if name.lower() not in ("src", "srcset")]
    for name in sorted(names, key=lambda name: not _LARGEST.search(name.lower())):
        value = _bare(attributes[name])
        if not _OTHER.search(name.lower()) and _is_file(value) and "/" in value and _PICTURE.search(value):
            yield value


def _bare(value: object) -> str:
    """An attribute's value as an address; WP Rocket's `data-bg="url(/a.jpg)"` is CSS."""
    bare = str(value or "").strip()
    return _IN_URL.sub(r"\1", bare).strip().strip("\"'") if bare else ""


@lru_cache(maxsize=512)
def _is_file(address: str) -> bool:
    if not 0 < len(address) <= _LONGEST:
        return False
    return not (_PLACEHOLDER.search(address) or _NO_ADDRESS.match(address) or _NO_PICTURE.search(address))


# A file's name may hold a comma: one parts two candidates behind a size (`585w,`) or before a space.
_CANDIDATES = re.compile(r"(?<=\d[wx]),\s*|,\s+")


def _largest(srcset: str) -> str | None:
    """The address of the widest of "a-300.jpg 300w, a.jpg 900w".

    Soledad names the whole file last, without a width: `a-585x390.jpg 585w,a.jpg`.
    """
    found: list[tuple[float, str]] = []
    if srcset.lstrip()[:1] in ("{", "["):
        return None
    for candidate in _CANDIDATES.split(srcset.strip()):
        address, _, width = candidate.strip().partition(" ")
        if _is_file(address):
            number = re.match(r"\d+(?:\.\d+)?", width.strip())
            whole = "w," in srcset and not width.strip()
            found.append((float(number[0]) if number else inf if whole else 1, address))
    return max(found, key=lambda pair: pair[0])[1] if found else None


# ShortPixel draws an empty picture of the file's size, and writes the file's address into the drawing.
_DRAWN = re.compile(r"\bdata-u=(?:\"|'|%22|%27)([^\"'\s]+?)(?:\"|'|%22|%27)")


def _in_drawing(src: str) -> str | None:
    head, _, drawing = src.strip().partition(",")
    if not head.lower().startswith("data:image/svg") or len(drawing) > 20_000:
        return None
    try:
        text = b64decode(drawing).decode() if head.endswith("base64") else unquote_to_bytes(drawing).decode()
    except ValueError:
        return None
    found = _DRAWN.search(text)
    address = unquote(unescape(found[1])) if found else ""
    return address if _is_file(address) else None


# mod_pagespeed writes the file's name anew: `x200xhut.jpg.pagespeed.ic.a1B2c3.webp`.
_PAGESPEED = re.compile(r"/(?:\d*x\d*x|x)?(?P<name>[^/?#]+)\.pagespeed\.[a-z]{2}\.[\w-]+\.\w+(?=$|[?#])")
# Addresses of services that fetch the site's file, with the file's own in them: with its scheme, or its host alone.
_WITH_ADDRESS = re.compile(
    r"://[^/]+\.(?:optimole\.com|shortpixel\.ai|cloudinary\.com|imagekit\.io|twicpics\.com|gumlet\.io|cloudimg\.io|fastpixel\.io|sirv\.com)"
    r"/.*?/(https?://.+)|/cdn-cgi/image/[^/]+/(https?://.+)",
    re.IGNORECASE,
)
_WITH_HOST = re.compile(
    r"://(?:i[0-3]\.wp\.com|cdn\.statically\.io/img|[\w-]+\.shortpixel\.ai/(?:spai|client)/[^/]+|"
    r"[\w-]+\.nitrocdn\.com/\w+/assets/[^?#]*?/(?:rev-\w+)|[^/]+/ezoimgfmt)/((?:[\w-]+\.)+[a-z]{2,}/[^?#]+)",
    re.IGNORECASE,
)
_SAME_HOST = re.compile(r"(://[^/]+)/cdn-cgi/(?:image|mirage)/[^/]+/(?!https?:)(?=.)", re.IGNORECASE)
_STATICALLY = re.compile(r"(?<=/)(?:f|w|q|h)=[^/]+/", re.IGNORECASE)
_EZOIC = re.compile(r"[?&]ezimgfmt=[^&#]*")


@lru_cache(maxsize=512)
def real_file(url: str) -> str:
    """The site's own file behind the address at a service that shrinks or forwards pictures; else `url`.

    >>> real_file("https://i0.wp.com/hut.example/uploads/roof.jpg?resize=640%2C480&ssl=1")
    'https://hut.example/uploads/roof.jpg'
    """
    if match := _WITH_ADDRESS.search(url):
        url = match[1] or match[2]
    elif match := _WITH_HOST.search(url):
        url = f"https://{_STATICALLY.sub('', match[1])}"
    url = _PAGESPEED.sub(r"/\g<name>", _EZOIC.sub("", _SAME_HOST.sub(r"\1/", url)))
    # a file asked for in a few pixels' size is the blurred preview of the whole one
    return url.partition("?")[0] if _TINY.search(url) and _PICTURE.search(urlsplit(url).path) else url
