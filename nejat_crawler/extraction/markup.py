"""HTML source as a run of tags with their places.

Pages are cut in their source, before any tree is built: a stray `</div>` in one body makes a tree give the
next eight articles away, while in the source each article still begins where its tag stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape

# What holds no tags, whole: comments, and elements to the end of their text. A value may hold `>` in quotation marks,
# which count behind `=` only: `<a href="x>` has one too few. `<` ends a broken tag, so that no input takes
# quadratic time. A page is looked through for the first character alone, and letters are tried before names.
_OPAQUE = frozenset({"script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"})
_IN_OPAQUE = "|".join(
    rf"[{name[0]}{name[0].upper()}](?i:{name[1:]})\b[^<>]*+>"
    rf"[^<]*+(?:<(?!/(?i:{name})\b[^<>]*+>)[^<]*+)*+(?:</(?i:{name})\b[^<>]*+>)?+"
    for name in sorted(_OPAQUE)
)
_FIRST = "".join(sorted({letter for name in _OPAQUE for letter in (name[0], name[0].upper())}))
_NO_TAGS = rf"<(?=[!{_FIRST}])(?:!--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>)?+)|{_IN_OPAQUE})"
_ANY_TAG = r"""<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)([^<>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+')?+[^<>=]*+)*+)>"""
_WITHOUT_TAGS, _TAG = re.compile(_NO_TAGS), re.compile(_ANY_TAG)
_OPAQUE_OR_TAG = re.compile(f"{_NO_TAGS}|{_ANY_TAG}")
_ANY_NAME = re.compile("<(?=/?[a-zA-Z])")
_VALUE = re.compile(r"=\s*+(?:\"[^\"]*+|'[^']*+)")
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?+""")
_CLASS_WORDS = re.compile("[-_]+")


@cache
def _read_marker(marker: str) -> tuple[str, str, str]:
    """`article.hentry` as its tag, `.`, `.*`, `#` or `#*`, and class, part of a class, id or beginning of an id."""
    match = re.fullmatch(r"(\w*)(?:(\.\*?|#)([\w-]+)(\*?))?", marker)
    return (match[1], (match[2] or "") + (match[4] or ""), match[3] or "") if match else ("", "", "")


@cache
def _beginning(names: tuple[str, ...]) -> re.Pattern[str]:
    """What start and end tags with one of the names begin with."""
    written = "|".join(f"[{name[0]}{name[0].upper()}](?i:{re.escape(name[1:])})" for name in names)
    return re.compile(f"</?(?:{written})(?![a-zA-Z0-9:-])")


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


def may_nest(html: str) -> bool:
    """Whether some value in a source may have `<` in it."""
    return "<" in "".join(_VALUE.findall(html))


def tags(html: str, start: int = 0, end: int | None = None) -> Iterator[Tag]:
    """The tags between two offsets, without those in comments, scripts, styles and text areas."""
    found = _OPAQUE_OR_TAG.finditer(html, start, len(html) if end is None else end)
    return (_read_tag(match) for match in found if match[2])


def _read_tag(match: re.Match[str]) -> Tag:
    return Tag(match[2].lower(), match[1] == "/", match[3], *match.span())


class TagIndex:
    """The tags of a source by what is asked of them: a page has thousands, and each is read when it is needed.

    No tag begins in a comment, a script or a value; anywhere else one does where a `<` stands that looks like it.
    """

    __slots__ = ("_ends", "_made", "_starts", "html", "nested")

    def __init__(self, html: str, spans: list[tuple[int, int]], *, nested: bool) -> None:
        self.html = html
        self.nested = nested
        """Whether some tag has `<` in a value."""
        self._starts, self._ends = [start for start, _ in spans], [end for _, end in spans]
        self._made: dict[int, Tag | None] = {}

    @classmethod
    def of(cls, html: str) -> TagIndex:
        """The index of a source that is looked through; `tag_index` does so once."""
        index = cls(html, [found.span() for found in _WITHOUT_TAGS.finditer(html)], nested=False)
        if not may_nest(index.outside()):
            return index
        spans = [found.span() for found in _OPAQUE_OR_TAG.finditer(html) if not found[2] or "<" in found[3]]
        return cls(html, spans, nested=True)

    def spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """Between two offsets, what holds no tags, and the tags with `<` in a value."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return list(zip(self._starts[first:last], self._ends[first:last], strict=True))

    def outside(self) -> str:
        """The source without what holds no tags, and without what follows in a tag on a `<` in a value."""
        pieces, after = list[str](), 0
        for start, end in zip(self._starts, self._ends, strict=True):
            is_tag = self.nested and self._match(start)
            pieces.append(self.html[after : self.html.index("<", start + 1) if is_tag else start])
            after = end
        return "<>".join((*pieces, self.html[after:]))

    def __iter__(self) -> Iterator[Tag]:
        return self._beginning(_ANY_NAME)

    def bearing(self, marker: str) -> Iterator[Tag]:
        """The start tags that bear a marker, in order."""
        name, _, value = _read_marker(marker)
        # "post-" stands in many tags of a page, of which few are articles
        for tag in self._holding(value) if value and name != "article" else self.named(name):
            if not tag.closing and tag.matches(marker):
                yield tag

    def named(self, *names: str) -> Iterator[Tag]:
        """The start and end tags with one of the names, in order."""
        return self._beginning(_beginning(names))

    def steps(self, name: str, start: int, end: int) -> dict[int, int]:
        """By where each tag of a name begins between two places: 1 for a start tag, -1 for an end tag."""
        starts = (found.start() for found in _beginning((name,)).finditer(self.html, start, end))
        return {start: -1 if self.html[start + 1] == "/" else 1 for start in starts if self._match(start)}

    def _beginning(self, pattern: re.Pattern[str]) -> Iterator[Tag]:
        found = (self._tag(match.start()) for match in pattern.finditer(self.html))
        return (tag for tag in found if tag)

    def _holding(self, value: str) -> Iterator[Tag]:
        """The tags with a word in them."""
        found = self.html.find(value)
        while found >= 0:
            start, over = self._around(self.html.rfind("<", 0, found))
            tag = self._tag(start)
            if tag and found < tag.end:
                yield tag
                over = tag.end
            else:
                over = self.html.find("<", max(found, over))
            found = self.html.find(value, over) if over >= 0 else -1

    def _around(self, place: int) -> tuple[int, int]:
        """What of `spans` a place is in; else the place itself."""
        at = bisect_right(self._starts, place) - 1
        inside = at >= 0 and place < self._ends[at]
        return (self._starts[at], self._ends[at]) if inside else (place, place)

    def _tag(self, start: int) -> Tag | None:
        """The tag that begins at a place, if one does."""
        if start not in self._made:
            match = self._match(start)
            self._made[start] = _read_tag(match) if match else None
        return self._made[start]

    def _match(self, start: int) -> re.Match[str] | None:
        outer, end = self._around(start)
        hidden = start < 0 or outer < start or (start < end and _WITHOUT_TAGS.match(self.html, start))
        return None if hidden else _TAG.match(self.html, start)


#: Characters; of longer sources one is remembered, and none of its pieces: an answer may have 32 MB.
MOST_REMEMBERED = 300_000
_MOST_SOURCES = 32
_known: dict[str, TagIndex] = {}


def tag_index(html: str) -> TagIndex:
    """All tags of a source; those of the last few are remembered, for each is looked at several times."""
    return _known.get(html) or _remember(TagIndex.of(html))


def _remember(index: TagIndex) -> TagIndex:
    long = len(index.html) > MOST_REMEMBERED
    dropped = [known for known in _known if len(known) > MOST_REMEMBERED] if long else []
    if len(_known) >= _MOST_SOURCES:
        dropped = dropped or [next(iter(_known))]
    for known in dropped:
        _known.pop(known, None)
    _known[index.html] = index
    return index


def cut_out(html: str, *spans: tuple[int, int]) -> str:
    """Pieces of a source that begin and end where tags do, as one source; its tags are not looked for again."""
    index = tag_index(html)
    pieces, moved, length = list[str](), list[tuple[int, int]](), 0
    for start, end in spans:
        by = length - start
        moved += [(first + by, last + by) for first, last in index.spans(start, end)]
        pieces.append(html[start:end])
        length += end - start
    cut = "".join(pieces)
    # where a piece ends in "a < b", the next may make a tag of it
    if length <= MOST_REMEMBERED and all(piece.rfind("<") < piece.rfind(">") for piece in pieces[:-1]):
        _remember(TagIndex(cut, moved, nested=index.nested))
    return cut


_MARKUP = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


def text_of(html: str) -> str:
    """A source without its tags and comments."""
    return _MARKUP.sub("", html)


def has_words(html: str) -> bool:
    """Whether a source has any letter or digit outside its tags."""
    return any(map(str.isalnum, text_of(html)))
