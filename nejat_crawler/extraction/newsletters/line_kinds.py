"""The pages of a newsletter as text: paragraphs and the lines between them that mean something by themselves.

The text of a PDF runs through columns and frames: paragraphs are torn in two, words are hyphenated where a
column ends, and boxes of the page stand between the stories. `pieces` takes it apart, `flow` puts a story
together again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from nejat_crawler.extraction.newsletters import wording
from nejat_crawler.extraction.newsletters.announcements import TITLE

HEADLINE_LENGTH = 200

#: What is a title where it is printed as large as one.
_LARGE_TITLE = re.compile(
    rf".{{0,60}}\b(?:news ?letter|bulletin|buletini)\b.{{0,60}}|{wording.LARGE_TITLE_PATTERN}", re.IGNORECASE
)
PUBLICATION = re.compile(rf".{{0,40}}\bpublication of nejat society|{wording.PUBLICATION_PATTERN}", re.IGNORECASE)

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
#: An English month, in full or as `Aug`, `Aug.`, `Sept`.
MONTH = rf"(?:{'|'.join(_MONTHS)}|(?:{'|'.join(month[:3] for month in _MONTHS)}|sept)\b\.?)"
#: `August 16, 2023`, `Sunday, 16 Aug 2023`, `2023/08/16`, `16.8.2023`. Nothing tells which number of `5/6/2023`
#: is the month: the line is a date, the day is not known.
_DATE = re.compile(
    rf"(?:(?:published|posted|date)(?: on)? ?:? ?)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    rf"(?:(?:(?P<m1>{MONTH}) (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: ?, ?| )|"
    rf"(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m2>{MONTH}),? )(?P<year>\d{{4}})|"
    r"(?P<year2>20\d\d)(?P<sign>[-/.])(?P<m3>\d{1,2})(?P=sign)(?P<d3>\d{1,2})|"
    r"(?P<n1>\d{1,2})(?P<sign2>[-/.])(?P<n2>\d{1,2})(?P=sign2)(?P<year3>20\d\d))|"
    rf"{wording.DATE_PATTERN}",
    re.IGNORECASE,
)
_SOURCE = re.compile(rf"by (?P<name>\S.{{0,59}}(?<![.,;:]))|{wording.SOURCE_PATTERN}", re.IGNORECASE)
_ADDRESS = re.compile(r"<?(?P<url>https?://[^\s<>\"']+)>?")
#: A line of Markdown: a headline, or one that is a link as a whole.
_MARKED = re.compile(r"\s*(?:(?P<level>#{1,6}) )?(?:\[.*\]\((?P<link>https?://[^()\s]+)\)|.*)")
#: What leads from an excerpt to the article.
READ_MORE_LINE = re.compile(
    r"\W*(?:(?:(?:read|see|learn) (?:more|on|full \w+|the full \w+)|more|continue reading|click here|"
    rf"full (?:text|story)|link|lexo më shumë|{wording.READ_MORE_PATTERN})\W*)",
    re.IGNORECASE,
)
_ELISION = re.compile(r"[.…\s]+")
#: `Continued on page 4`, and on that page `Continued from page 1`.
CONTINUED_ON = re.compile(
    rf"\W*(?:continue[sd]?|cont(?:inued|'d|\.)?) on (?:page|p\.) ?\d{{1,3}}\W*|"
    rf"\W*(?:{wording.CONTINUED_ON_PATTERN})\W*",
    re.IGNORECASE,
)
CONTINUED_FROM = re.compile(
    rf"\W*(?:continue[sd]?|cont(?:inued|'d|\.)?) from (?:page|p\.) ?\d{{1,3}}\W*|"
    rf"\W*(?:{wording.CONTINUED_FROM_PATTERN})\W*",
    re.IGNORECASE,
)
_PAGE_FURNITURE = re.compile(
    rf"(?:page )?\d{{1,3}}(?: ?(?:/|of) ?\d{{1,3}})?|page \d.{{0,60}}|www\.\S+|\S+@\S+|{wording.PAGE_PATTERN}",
    re.IGNORECASE,
)
#: Boxes of a page: the line that opens one, the line that closes it, how many pieces stand between at most,
#: and whether it is a box even where its last line is missing (`Address` may head a paragraph of a story).
BOXES = (
    (re.compile(rf"address ?:?|{wording.ADDRESS_BOX_PATTERN}", re.IGNORECASE), re.compile(r"\S+@\S+"), 6, False),
    (
        re.compile(rf"about nejat society|{wording.ABOUT_BOX_PATTERN}", re.IGNORECASE),
        re.compile(rf"nejat society, .+|{wording.ABOUT_BOX_END_PATTERN}", re.IGNORECASE),
        20,
        True,
    ),
)
SENTENCE_END = re.compile(r"[.!?:…؟][\"'”’»)]{0,3}$")
#: A paragraph is `text`; an `open box` is one whose last line is missing: nothing tells where it ends.
LineKind = Literal["text", "source", "date", "address", "elision", "box", "open box"]
_KINDS: tuple[tuple[LineKind, re.Pattern[str]], ...] = (
    ("box", TITLE),
    ("box", PUBLICATION),
    ("box", _PAGE_FURNITURE),
    ("box", CONTINUED_ON),
    ("box", CONTINUED_FROM),
    *(("open box", opening) for opening, *_ in BOXES),
    ("date", _DATE),
    ("address", _ADDRESS),
    ("elision", _ELISION),
    ("source", _SOURCE),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or a line that means something by itself."""

    kind: LineKind
    text: str
    level: int = 0
    """1 to 6 for a headline by its print, the largest first; 0 for all else."""
    link: str = ""
    """Where all of it leads."""

    @property
    def is_headline(self) -> bool:
        """Whether it may be a headline: short, and no sentence."""
        return self.kind == "text" and len(self.text) <= HEADLINE_LENGTH and self.text[-1] not in ".,;:…،؛"

    @property
    def ends_sentence(self) -> bool:
        """Whether a story may end with this paragraph."""
        return self.kind == "text" and bool(SENTENCE_END.search(self.text[-5:]))

    @property
    def source(self) -> str:
        """Whom a `by …` line names."""
        found = _SOURCE.fullmatch(self.text)
        return (found["name"] or found["rname"]) if found else ""

    @property
    def url(self) -> str:
        """The address that an `address` line prints."""
        found = _ADDRESS.fullmatch(self.text)
        return found["url"] if found else ""

    @property
    def day(self) -> str | None:
        """ISO date of a `date` line, if there is such a day in the years 2000 to 2100."""
        found = _DATE.fullmatch(self.text)
        if not found:
            return None
        if found["year"]:
            month = month_number(found["m1"] or found["m2"])
            return iso_date(int(found["year"]), month, int(found["d1"] or found["d2"]))
        if found["year2"]:
            return iso_date(int(found["year2"]), int(found["m3"]), int(found["d3"]))
        if found["year3"]:
            days = {iso_date(int(found["year3"]), month, day) for day, month in _orders(found)}
            return days.pop() if len(days) == 1 else None
        return wording.read_day(self.text)


def _orders(date_: re.Match[str]) -> list[tuple[int, int]]:
    """Day and month as `16.8.2023` means them, and both ways that `5/6/2023` may mean."""
    one, other = int(date_["n1"]), int(date_["n2"])
    if date_["sign2"] == "." or one > 12:
        return [(one, other)]
    return [(other, one)] if other > 12 else [(one, other), (other, one)]


def month_number(name: str) -> int:
    """1 for what MONTH matches as January."""
    return next(number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name.lower()[:3]))


def iso_date(year: int, month: int, day: int) -> str | None:
    """Give the ISO date of a day of the calendar in the years 2000 to 2100, else None."""
    try:
        return date(year, month, day).isoformat() if 2000 <= year <= 2100 else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class LineMarkup:
    """What a line of Markdown says of itself: a headline's level, or 0; where all of it leads, or ""."""

    level: int = 0
    link: str = ""


def read_markup(text: str) -> list[LineMarkup]:
    """Give the markup of each line that `plain_lines` gives."""
    found = [_MARKED.fullmatch(line) for line in _join_addresses(text).removeprefix("\ufeff").splitlines()]
    return [LineMarkup(len(line["level"] or ""), line["link"] or "") if line else LineMarkup() for line in found]


def _join_addresses(text: str) -> str:
    """An address in angle brackets may be broken over two lines."""
    return re.sub(r"<(https?://[^<>]{1,300})>", lambda found: f"<{''.join(found[1].split())}>", text)


def plain_lines(text: str) -> list[str]:
    """Give the lines of `text` without the signs of Markdown, as in `by [Name](#)` and `by **Name**`."""
    text = _join_addresses(text)
    text = re.sub(r"\[([^\[\]\n]*)\]\([^()\n]*\)", r"\1", text.removeprefix("\ufeff"))
    return [re.sub(r"^\s*#{1,6} |\*\*", "", line) for line in text.splitlines()]


def is_title(line: str, markup: LineMarkup) -> bool:
    """Whether a line is the newsletter's title."""
    return bool(TITLE.fullmatch(line) or (markup.level and _LARGE_TITLE.fullmatch(line)))


def classify(line: str) -> LineKind:
    """Name the kind of piece that a line is by itself; white space is folded."""
    if len(line) > HEADLINE_LENGTH:
        return "text"
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(line)), "text")
