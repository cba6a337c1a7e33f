"""HTML source as a run of tags with their places.

Pages are cut in their source, before any tree is built: a stray `</div>` in one body makes a tree give the
next eight articles away, while in the source each article still begins where its tag stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from itertools import accumulate, islice

# What holds no tags, whole: comments, and elements to the end of their text. A value may hold `>` in quotation marks,
# which count behind `=` only: `<a href="x>` has one too few. `<` ends a broken tag, so that no input takes
# quadratic time. A page is looked through for the first character alone, and letters are tried before names.
_OPAQUE = frozenset({"script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"})
_IN_OPAQUE = "|".join(
    rf"[{name[0]}{name[0].upper()}](?i:{name[1:]})\b[^<>]*+>"
    rf"[^<]*+(?:<(?!/(?i:{name})\b[^<>]*+>)[^<]*+)*+(?:</(?i:{name})\b[^<>]*+>)?+"
    for name in sorted(_OPAQUE)
)
_OPAQUE_OR_TAG = re.compile(
    rf"""(<(?: !--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>)?+) | {_IN_OPAQUE}
      | /?[a-zA-Z][^<>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+')?+[^<>=]*+)*+> ))""",
    re.VERBOSE,
)
_IS_OPAQUE = re.compile(rf"<(?:!|(?i:{'|'.join(sorted(_OPAQUE))})\b[^<>]*+>)")
_NAME = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9:-]*+)")
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
    for found in _OPAQUE_OR_TAG.finditer(html, start, len(html) if end is None else end):
        name = _NAME.match(found[0])
        if name and not _IS_OPAQUE.match(found[0]):
            attributes = found[0][name.end() : -1]
            yield Tag(name[1].lower().removeprefix("/"), name[1][0] == "/", attributes, *found.span())


class TagIndex:
    """All tags of a source, by what is asked of them: a tag is read when it is needed, for a page has thousands."""

    __slots__ = ("_made", "html", "names", "starts", "written")

    def __init__(self, html: str, written: list[str], starts: list[int], names: list[str]) -> None:
        self.html = html
        self.written, self.starts = written, starts
        """How each tag is written, and where; also of what holds no tags, whole."""
        self.names = names
        """`a` or `/a` of each tag; empty for what holds no tags."""
        self._made: dict[int, Tag] = {}

    @classmethod
    def of(cls, html: str) -> TagIndex:
        """The index of a source that is looked through; `tag_index` does so once."""
        pieces = _OPAQUE_OR_TAG.split(html)  # one call finds them all; what stands before each tells its place
        written = pieces[1::2]
        starts = list(islice(accumulate(map(len, pieces)), 0, len(pieces) - 1, 2))
        heads = [tag.partition(" ")[0] for tag in written]  # of which a page has few, and often
        known = {head: found[1].lower() if (found := _NAME.match(head)) else "" for head in set(heads)}
        names = [known[head] for head in heads]
        if not _OPAQUE.isdisjoint(known.values()):
            for place, name in enumerate(names):
                if name in _OPAQUE and _IS_OPAQUE.match(written[place]):
                    names[place] = ""
        return cls(html, written, starts, names)

    def __iter__(self) -> Iterator[Tag]:
        return (self._tag(place) for place, name in enumerate(self.names) if name)

    def bearing(self, marker: str) -> Iterator[Tag]:
        """The start tags that bear a marker, in order."""
        name, _, value = _read_marker(marker)
        for tag in self._holding(value) if value else self.named(name):
            if not tag.closing and tag.matches(marker):
                yield tag

    def named(self, *names: str) -> Iterator[Tag]:
        """The start and end tags with one of the names, in order."""
        wanted = {*names, *(f"/{name}" for name in names)}
        return (self._tag(place) for place, name in enumerate(self.names) if name in wanted)

    def steps(self, name: str, after: int) -> dict[int, int]:
        """By where each tag of a name begins that does so behind a place: 1 for a start tag, -1 for an end tag."""
        first, step = bisect_left(self.starts, after), {name: 1, f"/{name}": -1}
        found = zip(self.starts[first:], self.names[first:], strict=True)
        return {start: step[name] for start, name in found if name in step}

    def _holding(self, value: str) -> Iterator[Tag]:
        """The tags with a word in them."""
        found = self.html.find(value)
        while found >= 0:
            place = bisect_right(self.starts, found) - 1
            over = self.starts[place] + len(self.written[place]) if place >= 0 else 0
            if found < over and self.names[place]:
                yield self._tag(place)
            found = self.html.find(value, max(found + 1, over))

    def _tag(self, place: int) -> Tag:
        tag = self._made.get(place)
        if tag is None:
            name, written, start = self.names[place], self.written[place], self.starts[place]
            attributes = written[len(name) + 1 : -1]
            tag = Tag(name.removeprefix("/"), name[0] == "/", attributes, start, start + len(written))
            self._made[place] = tag
        return tag


#: Characters; of longer sources one is remembered, and none of its pieces: an answer may have 32 MB.
MOST_REMEMBERED = 300_000
_MOST_SOURCES = 32
_known: dict[str, TagIndex] = {}


def tag_index(html: str) -> TagIndex:
    """All tags of a source; those of the last few are remembered, for each is looked at several times."""
    return _known.get(html) or _remember(TagIndex.of(html))


def is_indexed(html: str) -> bool:
    """Whether the tags of a source are remembered."""
    return html in _known


def all_tags(html: str) -> tuple[Tag, ...]:
    """All tags of a source in order."""
    return tuple(tag_index(html))


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
    pieces, length = list[str](), 0
    written, starts, names = list[str](), list[int](), list[str]()
    for start, end in spans:
        by = length - start
        first, last = bisect_left(index.starts, start), bisect_left(index.starts, end)
        starts += [place + by for place in index.starts[first:last]]
        written += index.written[first:last]
        names += index.names[first:last]
        pieces.append(html[start:end])
        length += end - start
    cut = "".join(pieces)
    # where a piece ends in "a < b", the next may make a tag of it
    if length <= MOST_REMEMBERED and all(piece.rfind("<") < piece.rfind(">") for piece in pieces[:-1]):
        _remember(TagIndex(cut, written, starts, names))
    return cut


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
