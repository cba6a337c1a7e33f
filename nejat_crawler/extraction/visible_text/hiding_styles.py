"""Whether the declarations of a style hide what they are given to, and how."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

# How something is hidden. `closed`: not shown at all, as is what a reader may open before it is opened. The rest
# nobody can open: `invisible` and `tiny` show what inside of them says otherwise, `away` shows nothing.
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_IMPORTANT = re.compile(r"!\s*important\s*\Z", re.IGNORECASE)


def _unescape(match: re.Match[str]) -> str:
    number = int(match[1], 16) if match[1] else 0
    return match[2] or (chr(number) if 0 < number <= 0x10FFFF and not 0xD800 <= number < 0xE000 else "\ufffd")


@lru_cache(maxsize=4096)
def declarations(style: str) -> Mapping[str, str]:
    r"""The properties of a style by name, as a browser reads them: the last counts, unless one is `!important`.

    >>> dict(declarations("DIS\\50 LAY : none/**/ !IMPORTANT; display: block"))
    {'display': 'none'}
    """
    found: dict[str, str] = {}
    important: set[str] = set()
    for piece in _ESCAPE.sub(_unescape, _COMMENT.sub(" ", style)).split(";"):
        name, colon, value = piece.partition(":")
        name, wins = name.strip().lower(), _IMPORTANT.search(value) is not None
        value = " ".join(_IMPORTANT.sub("", value).lower().split())
        if colon and value and (wins or name not in important):
            found[name] = value
            important |= {name} if wins else set()
    return MappingProxyType(found)


_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(px|pt|r?em|ex|ch|cm|mm|in|pc|[sld]?v[wh]|vmin|vmax|%)?(?![\w%])")
#: Pixels; a percentage is of something that is not known, and that is some hundred pixels wide.
_PIXELS = {"pt": 1.3, "em": 16, "rem": 16, "ex": 8, "ch": 8, "cm": 38, "mm": 3.8, "in": 96, "pc": 16, "px": 1}
_OF_SOMETHING = 5.0


def _lengths(value: str) -> list[float]:
    found = _LENGTH.finditer(value)
    return [float(match[1]) * _PIXELS.get(match[2] or "px", _OF_SOMETHING) for match in found]


def _length(style: Mapping[str, str], *names: str) -> list[float]:
    """The first length of each of the properties that has one."""
    return [lengths[0] for name in names if (lengths := _lengths(style.get(name, "")))]


#: So far away is no part of a page, and so small is nothing to be read; pixels.
_FAR, _FAR_BELOW = 500, 3000
_NOTHING, _UNREADABLE = 1, 2
_FAINT = 0.05
_FONT_SIZE = re.compile(r"(?:\A|\s)([\d.]+(?:px|pt|r?em|%)?)(?:\s*/|\s)")
_PLACED = ("left", "right", "top", "bottom", "inset-inline-start", "inset-inline-end")
_MARGINS = ("margin", "margin-left", "margin-right", "margin-top", "margin-inline-start")
_SIZES = ("height", "max-height", "width", "max-width", "block-size", "inline-size")
_CLIPPED = ("hidden", "clip", "auto", "scroll")


@lru_cache(maxsize=4096)
def hiding(text: str) -> str | None:
    """How a style hides what it is given to; None if it does not.

    >>> hiding("position:absolute; left:-9999px"), hiding("text-indent: -36pt"), hiding("font-size:0")
    ('away', None, 'tiny')
    """
    style = declarations(text)
    if _is_away(style) or _is_clipped(style) or _has_color_of_background(style):
        return "away"
    if style.get("display") == "none" or style.get("content-visibility") == "hidden" or _is_flat(style):
        return "closed"
    opacity = style.get("opacity", "1")
    faint = re.fullmatch(r"[+-]?[\d.]+%?", opacity) and float(opacity.rstrip("%") or 1) <= _FAINT
    if faint or re.search(r"\bopacity\(\s*0?\.?0*%?\s*\)", style.get("filter", "")):
        return "closed"
    if style.get("visibility") in ("hidden", "collapse"):
        return "invisible"
    size = font_size(style)
    return "tiny" if size is not None and size <= _UNREADABLE else None


def font_size(style: Mapping[str, str]) -> float | None:
    """The size of the letters in pixels, if a style says one."""
    size = style.get("font-size", "")
    if not size and (match := _FONT_SIZE.search(style.get("font", ""))):
        size = match[1]
    return next(iter(_lengths(size)), None)


def shows(text: str, how: str) -> bool:
    """Whether a style shows again what is hidden round it.

    >>> shows("visibility: visible", "invisible"), shows("display: block", "closed")
    (True, False)
    """
    style = declarations(text)
    if how == "invisible":
        return style.get("visibility") == "visible"
    size = font_size(style)
    relative = style.get("font-size", "").endswith(("em", "%")) and not style["font-size"].endswith("rem")
    return how == "tiny" and size is not None and size > _UNREADABLE and not relative


def _is_away(style: Mapping[str, str]) -> bool:
    if style.get("position") in ("absolute", "fixed", "relative", "sticky"):
        places = [*_length(style, *_PLACED), *_lengths(style.get("inset", ""))]
        if any(place <= -_FAR or place >= _FAR_BELOW for place in places):
            return True
    indents = _length(style, "text-indent")
    cut = any(style.get(name, "").startswith(_CLIPPED) for name in ("overflow", "overflow-x"))
    if any(indent <= -_FAR or (cut and indent >= _FAR) for indent in indents):
        return True
    moves = f"{style.get('transform', '')} {'translate(' + style['translate'] if 'translate' in style else ''}"
    moved = _lengths(moves[moves.find("translate") :]) if "translate" in moves else []
    shrunk = re.search(r"(?:scale(?:3d|[xy])?|matrix)\(\s*(?:0|0?\.0\d*)\s*[,)]", moves) or re.match(
        r"(?:0|0?\.0\d*)(?:\s|\Z)", f"{style.get('scale', '')}\n{style.get('zoom', '')}".strip()
    )
    margins = [length for name in _MARGINS for length in _lengths(style.get(name, ""))]
    return bool(shrunk) or any(abs(length) >= _FAR for length in moved) or any(m <= -_FAR for m in margins)


def _is_flat(style: Mapping[str, str]) -> bool:
    """Whether nothing is left of the height or width of a box that shows no more than fits in."""
    cut = any(style.get(name, "").startswith(_CLIPPED) for name in ("overflow", "overflow-x", "overflow-y"))
    return cut and any(0 <= size <= _NOTHING for size in _length(style, *_SIZES))


def _is_clipped(style: Mapping[str, str]) -> bool:
    clip, path = style.get("clip", ""), style.get("clip-path", style.get("-webkit-clip-path", ""))
    if clip.startswith("rect") and style.get("position") in ("absolute", "fixed"):
        sides = [*map(abs, _lengths(clip.replace("auto", "9999px")))]
        if len(sides) == 4 and (abs(sides[1] - sides[3]) <= _NOTHING or abs(sides[2] - sides[0]) <= _NOTHING):
            return True
    inset = False
    if cut := re.match(r"inset\(((?:\s*\d{1,4}(?:\.\d{1,4})?(?:%|px)?){1,4})", path):
        sides = [float(side.rstrip("%")) if not side.endswith("px") else 0.0 for side in cut[1].split()]
        # as margins: one for all, or top, right, bottom, left
        top, right, bottom, left = (*sides, sides[1]) if len(sides) == 3 else (sides * 4)[:4]
        inset = top + bottom >= 100 or right + left >= 100
    return bool(
        inset
        or re.match(r"(?:circle|ellipse)\(\s*0(?![.\d])|polygon\(\s*(?:0(?:px|%)?\s+0(?:px|%)?[\s,]*+)++\)", path)
    )


_HEX = re.compile(r"#[0-9a-f]{6}")
#: Of 255: so little nobody can tell.
_ALIKE = 4
_COLORS = {"white": "#ffffff", "black": "#000000"}


def _has_color_of_background(style: Mapping[str, str]) -> bool:
    color = _color(style.get("-webkit-text-fill-color", style.get("color", "")))
    if not color or "text" in style.get("background-clip", style.get("-webkit-background-clip", "")):
        return False
    if color == "transparent" or re.fullmatch(
        r"(?:rgba|hsla)\(.*[,/]0?\.?0+%?\)|#[0-9a-f]{6}00|#[0-9a-f]{3}0", color
    ):
        return True
    ground = _color(style.get("background-color", style.get("background", "").partition(" ")[0]))
    if not (_HEX.fullmatch(color) and _HEX.fullmatch(ground)):
        return color == ground
    pairs = zip(bytes.fromhex(color[1:]), bytes.fromhex(ground[1:]), strict=True)
    return all(abs(one - other) <= _ALIKE for one, other in pairs)


def _color(value: str) -> str:
    value = value.replace(" ", "")
    if match := re.fullmatch(r"#([0-9a-f])([0-9a-f])([0-9a-f])", value):
        return "#" + "".join(2 * digit for digit in match.groups())
    if match := re.fullmatch(r"rgb\((\d{1,3}),(\d{1,3}),(\d{1,3})\)", value):
        return "#" + "".join(f"{int(number):02x}" for number in match.groups())
    return _COLORS.get(value, value)
