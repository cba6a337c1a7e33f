"""HTML source as a run of tags with their places.

Pages are cut in their source, before any tree is built: a stray `</div>` in one body makes a tree give the
next eight articles away, while in the source each article still begins where its tag stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape

# What holds no tags, whole: comments, and elements to the end of their text. A value may hold `>` in quotation marks,
# which count behind `=` only: `<a href="x>` has one too few. `<` ends a broken tag, so that no input takes
# quadratic time.
_OPAQUE_OR_TAG = re.compile(
    r"""(<!--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>)?+)
      | <((?i:script|style|textarea|title|iframe|noembed|noframes|xmp))\b[^<>]*+>
        [^<]*+(?:<(?!/(?i:\2)\b[^<>]*+>)[^<]*+)*+(?:</(?i:\2)\b[^<>]*+>)?+)
      | <(/?)([a-zA-Z][a-zA-Z0-9:-]*+)((?:[^<>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)>
    """,
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?+""")
_CLASS_WORDS = re.compile("[-_]+")


@cache
def _read_marker(marker: str) -> tuple[str, str, str]:
    """`article.hentry` as its tag, `.`, `.*`, `#` or `#*`, and class, part of a class, id or beginning of an id."""
    match = re.fullmatch(r"(\w*)(?:(\.\*?|#)([\w-]+)(\*?))?", marker)
    return (match[1], (match[2] or "") + (match[4] or ""), match[3] or "") if match else ("", "", "")


@dataclass(slots=True, eq=False)  # not frozen: a page has thousands, and freezing doubles what each costs
class Tag:
    """A start or end tag; `start` and `end` are its offsets in the source."""

    name: str
    closing: bool
    attributes: str
    start: int
    end: int

    def attribute(self, name: str) -> str:
        """The value of an attribute, entities decoded; empty if there is none."""
        for match in _ATTRIBUTE.finditer(self.attributes):
            if match[1].lower() == name:
                return unescape(match[2] or match[3] or match[4] or "")
        return ""

    @property
    def classes(self) -> frozenset[str]:
        """The tag's class names."""
        return frozenset(self.attribute("class").split())

    def matches(self, marker: str) -> bool:
        """Whether the tag bears `marker`: `main`, `article.hentry`, `.entry-content` (any tag), `article#the-post`.

        `.*summary` is any class with that word in it, `article#post-*` an id that begins so.

        >>> next(tags('<div class="a b">')).matches(".b")
        True
        >>> next(tags('<div class="blog-entry-summary clr">')).matches(".*summary")
        True
        """
        name, kind, value = _read_marker(marker)
        if not (name or value) or (name and name != self.name) or value not in self.attributes:
            return False
        if kind == ".*":
            return any(value in _CLASS_WORDS.split(css) for css in self.classes)
        if kind == "#*":
            return self.attribute("id").startswith(value)
        return not kind or (value in self.classes if kind == "." else value == self.attribute("id"))


def tags(html: str, start: int = 0, end: int | None = None) -> Iterator[Tag]:
    """The tags between two offsets, without those in comments, scripts, styles and text areas."""
    # one call finds them all; where each stands is told by the lengths of what stands before it
    text, *parts = _OPAQUE_OR_TAG.split(html[start:end])
    place = start + len(text)
    for opaque, _, close, name, attributes, text in zip(*[iter(parts)] * 6, strict=True):
        if opaque is None:
            over = place + len(close) + len(name) + len(attributes) + 2
            yield Tag(name.lower(), close == "/", attributes, place, over)
            place = over + len(text)
        else:
            place += len(opaque) + len(text)


def matching(found: Iterable[Tag], marker: str) -> list[Tag]:
    """The start tags that bear a marker."""
    name, _, value = _read_marker(marker)
    likely = (tag for tag in found if value in tag.attributes and (not name or tag.name == name))
    return [tag for tag in likely if not tag.closing and tag.matches(marker)]


#: Characters; of longer sources one is remembered, and none of its pieces: an answer may have 32 MB.
MOST_REMEMBERED = 300_000
_MOST_SOURCES = 32
_known: dict[str, tuple[Tag, ...]] = {}


def all_tags(html: str) -> tuple[Tag, ...]:
    """All tags of a source; those of the last few are remembered, for each is looked at several times."""
    found = _known.get(html)
    return _remember(html, tuple(tags(html))) if found is None else found


def _remember(html: str, found: tuple[Tag, ...]) -> tuple[Tag, ...]:
    dropped = [known for known in _known if len(known) > MOST_REMEMBERED] if len(html) > MOST_REMEMBERED else []
    if len(_known) >= _MOST_SOURCES:
        dropped = dropped or [next(iter(_known))]
    for known in dropped:
        _known.pop(known, None)
    _known[html] = found
    return found


def cut_out(html: str, *spans: tuple[int, int]) -> str:
    """Pieces of a source that begin and end where tags do, as one source; its tags are not looked for again."""
    found = all_tags(html)
    pieces, moved, length = list[str](), list[Tag](), 0
    for start, end in spans:
        by = length - start
        first, last = (bisect_left(found, place, key=_start) for place in (start, end))
        moved += (
            Tag(tag.name, tag.closing, tag.attributes, tag.start + by, tag.end + by) for tag in found[first:last]
        )
        pieces.append(html[start:end])
        length += end - start
    cut = "".join(pieces)
    # where a piece ends in "a < b", the next may make a tag of it
    if length <= MOST_REMEMBERED and all(piece.rfind("<") < piece.rfind(">") for piece in pieces[:-1]):
        _remember(cut, tuple(moved))
    return cut


def _start(tag: Tag) -> int:
    return tag.start


def ends_of(found: Iterable[Tag]) -> dict[int, Tag]:
    """The end tag of each element that has one, by where its start tag begins; other names are passed over."""
    opened: dict[str, list[int]] = {}
    ends: dict[int, Tag] = {}
    for tag in found:
        if not tag.closing:
            opened.setdefault(tag.name, []).append(tag.start)
        elif opened.get(tag.name):
            ends[opened[tag.name].pop()] = tag
    return ends


_MARKUP = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


def text_of(html: str) -> str:
    """A source without its tags and comments."""
    return _MARKUP.sub("", html)


def has_words(html: str) -> bool:
    """Whether a source has any letter or digit outside its tags."""
    return any(map(str.isalnum, text_of(html)))


#: In a `style`: what no reader sees.
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
