"""The home listing of the theme Soledad: every article whole.

What ends an article is its date line with the share bar under it: a date alone may stand in any body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from nejat_crawler.extraction.text_captures import printed_labels
from nejat_crawler.extraction.text_captures.categories import part_names, read_names
from nejat_crawler.extraction.text_captures.layout import TextCut, TextEntry
from nejat_crawler.extraction.text_captures.repeats import Repeats, date_line, learn, without_repeats
from nejat_crawler.extraction.text_captures.text_lines import (
    is_share_bar,
    lead_images,
    paragraphs,
    part_images,
    shown_line,
    site_names,
    split_lines,
    without_more,
)

_LONGEST_OF_FOOT = 120  # characters; a longer line is text
TITLE_LIMIT = 200  # characters; a longer first paragraph is the body of an untitled article

#: Pager, heading of the sidebar, foot of the page.
LABELS = (
    printed_labels.OLDER
    | printed_labels.NEWER
    | printed_labels.RECENT
    | printed_labels.TOP
    | printed_labels.EXIT_MOBILE
)

_HEADER_END = re.compile(r"©(?!.*rights reserved).*\bnejat.*", re.IGNORECASE)
_OTHER_HEADING = re.compile(
    r"(?:Category|Tag|Author|دسته|برچسب|نویسنده|التصنيف|الوسم|الكاتب|Kategoria|Etiketa|Autori):"
)
#: What stands above archives and articles' own pages: what they are of, below their path.
ABOVE_OTHER_PAGES = (_OTHER_HEADING, printed_labels.BROWSING)
_ELSEWHERE = (printed_labels.REPLY, printed_labels.READ_MORE, printed_labels.READ_MORE_ARROW)
_OTHER_LABELS = (
    printed_labels.YOU_MAY_LIKE
    | printed_labels.RELATED_ARTICLES
    | printed_labels.RELATED_POSTS
    | printed_labels.BACK_BUTTON
)


def cut_listing(lines: list[str]) -> TextCut | None:
    """Cut a listing into its articles, without the chrome of the page."""
    names = site_names(lines)
    top = _skip_chrome(lines, 0, names)
    opening = list(islice((shown_line(line) for line in lines[top:] if line), 3))
    # a path is the first line: `Homeless in the valley` is the title below a category
    if opening and printed_labels.HOME.fullmatch(opening[0]):
        return None
    if any(pattern.fullmatch(line) for line in opening for pattern in ABOVE_OTHER_PAGES):
        return None
    repeats = learn([shown_line(line) for line in lines])
    entries: list[list[str]] = []
    start = top
    for dated, after in _ends(lines, repeats):
        entry = "\n".join(lines[_skip_chrome(lines, start, names) : dated + 1]).strip("\n").split("\n")
        entries.append(without_repeats(entry, repeats))
        start = after
    part_names(entries, lines[:top])
    if not entries and not _may_break_off(lines, top, names):
        return None
    start = _skip_chrome(lines, start, names)
    rest = "\n".join(lines[start : _footer_start(lines, start, names)]).strip("\n")
    if entries and _is_foot(rest):
        rest = ""
    return TextCut(tuple("\n".join(entry) for entry in entries), rest or None)


def _is_foot(rest: str) -> bool:
    """Whether what is left is the foot of the page in unknown words: its copyright, and no text above it."""
    lines = [shown_line(line) for line in rest.split("\n")]
    return any(_HEADER_END.fullmatch(line) for line in lines) and all(len(line) <= _LONGEST_OF_FOOT for line in lines)


def _may_break_off(lines: list[str], top: int, names: frozenset[str]) -> bool:
    """Whether this may be an empty page, or one that breaks off in its header or in its first article."""
    first = next((shown_line(line) for line in lines if line), "")
    has_menu = any(printed_labels.MENU_LINE.fullmatch(shown_line(line)) for line in lines[:top])
    shown = [shown_line(line) for line in lines[top:]]
    elsewhere = any(line in _OTHER_LABELS or any(label.fullmatch(line) for label in _ELSEWHERE) for line in shown)
    return first in names and has_menu and not elsewhere


def dates_of(entries: tuple[str, ...]) -> str:
    """The printed dates, which tell the edition."""
    dated = (date_line(shown_line(entry.rsplit("\n", 1)[-1])) for entry in entries)
    return "\n".join(match["published"] for match in dated if match)


def read_listed(raw: str) -> TextEntry:
    """Read the fields of one article."""
    lines = split_lines(raw)
    dated = date_line(shown_line(lines[-1])) if lines else None
    parts = list(paragraphs(lines[:-1] if dated else lines))
    head = [shown_line(line) for line in parts[0]] if parts else []
    categories = read_names(parts[0][-1]) if parts else ()
    title, rest = "", parts[1:]
    published = dated["published"] if dated else ""
    opening = shown_line(" ".join(rest[0])) if rest else ""
    if rest and len(opening) <= TITLE_LIMIT and not _is_byline(rest[0], published):
        title, rest = opening, rest[1:]
    if rest and _is_byline(rest[0], published):
        rest = rest[1:]
    protected = bool(printed_labels.PROTECTED_TITLE.fullmatch(title) and rest and _asks_for_password(rest))
    rest, goes_on = without_more([] if protected else rest)
    body, pictures = part_images(rest)
    return TextEntry(
        title=title,
        category=categories[0] if categories else None,
        more_categories=categories[1:],
        body=body,
        published_text=published,
        comment_count=int(dated["comments"]) if dated and dated["comments"] else None,
        images=(*lead_images(head[:-1]), *pictures),
        teaser=goes_on,
        protected=protected,
    )


def _is_byline(paragraph: list[str], published: str) -> bool:
    """Whether this is the theme's `by Redaction May 18, 2024` with the article's own date."""
    match = printed_labels.BYLINE_DATED.fullmatch(shown_line(" ".join(paragraph))) if len(paragraph) == 1 else None
    return match is not None and match["published"] == published


def _asks_for_password(parts: list[list[str]]) -> bool:
    return bool(printed_labels.PASSWORD.fullmatch(shown_line(" ".join(parts[0]))))


def _ends(lines: list[str], repeats: Repeats) -> Iterator[tuple[int, int]]:
    """For each whole article the index of its date line, and of the first line after what stands below that."""
    dated: int | None = None
    for index, line in enumerate(lines):
        if not line:
            continue
        shown = shown_line(line)
        if repeats.bare:
            if (counted := date_line(shown)) and counted["comments"]:
                yield index, index + 1
            continue
        is_bar = shown in repeats.below[:1] or is_share_bar(shown, breaks_off=index == len(lines) - 1)
        if dated is not None and is_bar:
            yield dated, _below(lines, index, repeats)
        dated = index if date_line(shown) else None


def _below(lines: list[str], bar: int, repeats: Repeats) -> int:
    """Index of the first line behind the share bar and what repeats below it."""
    after = bar + 1
    for line in repeats.below[1:]:
        place = next((at for at in range(after, len(lines)) if shown_line(lines[at])), len(lines))
        if place == len(lines) or shown_line(lines[place]) != line:
            break
        after = place + 1
    return after


def _skip_chrome(lines: list[str], start: int, names: frozenset[str]) -> int:
    """Index of the first line from `start` on that belongs to an article."""
    after = start
    header_ended = False
    for index in range(start, len(lines)):
        if _is_chrome(lines, index, names):
            after = index + 1
            if _HEADER_END.fullmatch(shown_line(lines[index])):
                header_ended = True
                break
        elif not _may_be_chrome(lines[index], names):
            break
    # A header may end with its logo, whose alt text is the site's name, instead of a copyright line.
    if not header_ended and start == 0 < after < len(lines) and shown_line(lines[after]) in names:
        after += 1
    return after


def _footer_start(lines: list[str], first: int, names: frozenset[str]) -> int:
    """Index where the foot of the page begins behind an article without an end, or the number of lines."""
    end = len(lines)
    for index in range(len(lines) - 1, first - 1, -1):
        if shown_line(lines[index]) in LABELS:
            end = index
        elif not (_is_chrome(lines, index, names) or _may_be_chrome(lines[index], names)):
            break
    return end


def _is_chrome(lines: list[str], index: int, names: frozenset[str]) -> bool:
    line = shown_line(lines[index])
    if line and index == len(lines) - 1:  # the capture may break off in a label
        begun = any(label.startswith(line) for label in LABELS | names)
        if begun or line.startswith("©") or lines[index][0].isspace():
            return True
    return line in LABELS or bool(printed_labels.MENU_LINE.fullmatch(line))


def _may_be_chrome(line: str, names: frozenset[str]) -> bool:
    """Whether `line` is chrome where a label or a menu follows: the site's name is also a picture's alt text."""
    line = shown_line(line)
    return not line or line in names or bool(printed_labels.DATE_ALONE.fullmatch(line))
