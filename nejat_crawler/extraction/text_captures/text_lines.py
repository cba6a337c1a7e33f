"""The lines of a capture: paragraphs, menus, share bars, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from nejat_crawler.extraction.text_captures import printed_labels
from nejat_crawler.items import Image
from nejat_crawler.text import clean_line

_PRINTED = str.maketrans({**dict.fromkeys("’‘‛′", "'"), **dict.fromkeys("“”„‟″", '"'), **dict.fromkeys("–—", "-")})
_YEAR = re.compile(r"\d{4}")

_LONGEST_ABOVE_MENU = 120  # characters
_LONGEST_CAPTION = 150  # characters; the longest that was seen has 57
_LONG_CAPTION = 80  # characters; what is longer and ends as sentences do is text
_SHORTEST_SENTENCE = 15  # characters; `Mr. ` and `St. ` end none
_SENTENCE_END = re.compile(r"[.!?؟]\s+")
_NEVER_END_CAPTIONS = ("!", "?", "؟", ":", ",", "،", ";", "؛")

#: What the capture puts before a list item; matched against the line as it stands.
LIST_MARK = re.compile(r"\s{2,}(?:•|\d{1,3}\.)\s+")


#: As nejat_crawler/text.py has it; each of thirty layouts looks at the same lines.
shown_line = lru_cache(maxsize=5_000)(clean_line)


def split_lines(text: str) -> list[str]:
    """The lines of a capture as they stand, without white space at their ends or blank ones after the last."""
    lines = [line.rstrip() for line in text.removeprefix("\ufeff").splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def site_names(lines: list[str]) -> frozenset[str]:
    """What the site may call itself here: the known names, and the line that stands on top of the first menu."""
    shown = [shown_line(line) for line in lines[:40] if line]
    own = {shown[0]} if len(shown) > 1 and shown[1].startswith("•") and not shown[0].startswith("•") else set()
    return printed_labels.SITE_NAMES | own


def is_share_bar(line: str, *, breaks_off: bool = False) -> bool:
    """Whether `line` is the share bar; where the text `breaks_off`, also the beginning of one."""
    read = names = 0
    expected: tuple[str, ...] = printed_labels.SHARE_NAMES[:1]
    while name := next((name for name in expected if line.startswith(name, read)), ""):
        read, names, expected = read + len(name), names + 1, printed_labels.SHARE_NAMES
    if breaks_off:
        return any(name.startswith(line[read:]) for name in expected)
    return read == len(line) and names > 1


def glued_date(line: str) -> re.Match[str] | None:
    """An account run into its date, if `line` is that; the group `published` is the date."""
    return printed_labels.GLUED_DATE.fullmatch(line) if _YEAR.search(line[-30:]) else None


def after_menus(lines: list[str]) -> int:
    """Index of the first line below the menus at the top of a page, the name of the site included."""
    names = site_names(lines)
    after = 0
    loose = 0
    for index, raw in enumerate(lines):
        line = shown_line(raw)
        if printed_labels.MENU_LINE.fullmatch(line):
            after, loose = index + 1, 0
        elif line in names:
            after = index + 1 if after else 0
        elif line:
            loose += 1
            # `Breaking News` and the day of the visit stand above the first menu, nothing strange below it; bullets
            # below a text are its own.
            if after or loose > 3 or len(line) > _LONGEST_ABOVE_MENU:
                break
    return after


def as_typed(text: str) -> str:
    """`text` with printed quotation marks and dashes as they are typed, of the same length."""
    return text.translate(_PRINTED)


def repeated_lines(lines: list[str]) -> set[str]:
    """What stands twice or more in a row, blank lines aside, as typed: alt texts with their captions."""
    shown = [as_typed(line) for raw in lines if (line := shown_line(raw))]
    return {line for line, below in pairwise(shown) if line == below and is_caption(line)}


def paragraphs(lines: list[str]) -> Iterator[list[str]]:
    """Runs of lines between blank ones."""
    for blank, group in groupby(lines, key=lambda line: not shown_line(line)):
        if not blank:
            yield list(group)


def without_more(parts: list[list[str]]) -> tuple[list[list[str]], bool]:
    """The paragraphs of a text, and whether what stands below them says that it goes on elsewhere."""
    kept, goes_on = list(parts), False
    while kept:
        last = shown_line(kept[-1][-1])
        if not (printed_labels.MORE.fullmatch(last) or printed_labels.PAGES.fullmatch(last)):
            break
        kept[-1:] = [kept[-1][:-1]] if kept[-1][:-1] else []
        goes_on = True
    return kept, goes_on


def lead_images(alts: Iterable[str]) -> list[Image]:
    """Pictures whose alt texts stand above the text; the nearest one leads."""
    single = [alt for alt, _ in groupby(alts)]
    return [Image(None, alt, None, lead=place == len(single)) for place, alt in enumerate(single, start=1)]


@dataclass(slots=True)
class _Piece:
    """A line of a body, or a paragraph of several that stands twice in a row."""

    text: str
    separator: str
    """What parts it from the piece before."""
    is_item: bool = False


def _pieces(parts: list[list[str]]) -> Iterator[_Piece]:
    folded = [[shown_line(line) for line in paragraph] for paragraph in parts]
    for place, paragraph in enumerate(parts):
        if folded[place] in (folded[max(place - 1, 0) : place] + folded[place + 1 : place + 2]):
            yield _Piece("\n".join(folded[place]), "\n\n")
            continue
        separator = "\n\n"
        for line in paragraph:
            item = LIST_MARK.match(line)
            yield _Piece(shown_line(line[item.end() :] if item else line), "\n\n" if item else separator, bool(item))
            separator = "\n\n" if item else "\n"


def is_caption(text: str) -> bool:
    """Whether what stands twice or more in a row may be a picture's alt text and caption: no sentence, and short.

    A letter may print a paragraph twice, and a chant its lines: `No to the closing of the upper hut!`
    """
    folded = shown_line(text)
    if len(folded) > _LONGEST_CAPTION or folded.endswith(_NEVER_END_CAPTIONS):
        return False
    sentences = [part for part in _SENTENCE_END.split(folded) if len(part) >= _SHORTEST_SENTENCE]
    return len(sentences) < 2 and not (len(folded) >= _LONG_CAPTION and _SENTENCE_END.search(folded[-1:] + " "))


def part_images(parts: list[list[str]]) -> tuple[str, list[Image]]:
    """Part a body from its pictures, whose alt text and caption stand in it as the same line twice or more.

    What is no caption stays as often as it is printed.
    """
    body: list[str] = []
    images: list[Image] = []
    separator = ""
    for (text, is_item), run in groupby(_pieces(parts), key=lambda piece: (piece.text, piece.is_item)):
        pieces = list(run)
        # What a picture's lines were parted by still parts the lines around it; "\n" sorts below "\n\n".
        separator = max(separator, *(piece.separator for piece in pieces))
        if len(pieces) > 1 and not is_item and is_caption(text):
            images.append(Image(None, shown_line(text), shown_line(text)))
        else:
            body += [part for piece in pieces for part in (separator, piece.text)]
            separator = ""
    return "".join(body[1:]), images
