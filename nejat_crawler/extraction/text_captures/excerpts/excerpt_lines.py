"""The paragraphs of a page that lists excerpts: which may be a title, which an excerpt, where the foot begins."""

from __future__ import annotations

import re
from collections.abc import Callable

from nejat_crawler.extraction.text_captures import printed_labels
from nejat_crawler.extraction.text_captures.home_listing import TITLE_LIMIT
from nejat_crawler.extraction.text_captures.text_lines import shown_line

#: What Penci's AMP plugin leaves in the heading of an archive.
SEPARATOR = "%WP_TITLE_SEP%"
_PAGE_LABELS = re.compile(
    rf"{printed_labels.REPLY.pattern}|{printed_labels.BROWSING.pattern}|.*Required fields are marked.*"
)
LONE_EXCERPT = 120  # characters; a shorter paragraph alone may be a title as well as an excerpt
SHORTEST_EXCERPT = 60  # characters; a shorter paragraph with an ellipsis may be a title
_SENTENCE_ENDS = tuple(".!?؟…")
_FEET = (printed_labels.PAGER, printed_labels.MENU_LINE, printed_labels.REPLY)


def is_foot(line: str) -> bool:
    """Whether a line stands below the entries of a listing: a pager, the sidebar's heading, a menu, a copyright."""
    return line in printed_labels.FOOT or any(pattern.fullmatch(line) for pattern in _FEET)


def begins_foot(line: str) -> bool:
    """Whether a capture that breaks off may have begun its foot with `line`: `Posts na`."""
    known = (*printed_labels.FOOT, "Posts navigation", "Next page", "Previous page", "صفحه بعدی", "صفحه قبلی")
    return line.startswith("©") or any(label.startswith(line) for label in known)


def folded_paragraphs(lines: list[str], is_label: Callable[[str], object] = is_foot) -> list[str]:
    """The paragraphs, folded line by line; a label is one by itself, and each line is where no blank parts them."""
    shown = [shown_line(line) for line in lines]
    while shown and not shown[-1]:
        shown.pop()
    parted = any(not line for line in shown[next((at for at, line in enumerate(shown) if line), 0) :])
    found: list[str] = []
    goes_on = False
    for line in shown:
        alone = bool(line) and (not parted or bool(is_label(line)))
        if line and goes_on and not alone and not line.startswith("•"):
            found[-1] += f"\n{line}"
        elif line:
            found.append(line)
        goes_on = bool(line) and not alone
    return found


def may_be_title(paragraph: str) -> bool:
    """Whether a paragraph is short enough for a title; of two lines it is an excerpt."""
    return len(paragraph) <= TITLE_LIMIT and "\n" not in paragraph


def is_cut(paragraph: str) -> bool:
    """Whether a paragraph ends as excerpts do that more follows."""
    return len(paragraph) >= SHORTEST_EXCERPT and bool(printed_labels.ELLIPSIS.fullmatch(paragraph))


def ends_sentence(paragraph: str) -> bool:
    """Whether a paragraph ends as sentences do, and is longer than a title that does."""
    return len(paragraph) >= SHORTEST_EXCERPT and paragraph.rstrip("”\"'’») ").endswith(_SENTENCE_ENDS)


def reads_as_excerpt(paragraph: str) -> bool:
    """Whether a paragraph is an excerpt rather than a title: long, of several lines, or a sentence."""
    return "\n" in paragraph or len(paragraph) > LONE_EXCERPT or is_cut(paragraph) or ends_sentence(paragraph)


def until_foot(paragraphs: list[str]) -> tuple[list[str], bool]:
    """The paragraphs above the foot of the page, and whether it has one."""
    foot = next((place for place, paragraph in enumerate(paragraphs) if is_foot(paragraph)), len(paragraphs))
    return paragraphs[:foot], foot < len(paragraphs)


def broken_off(rest: list[str]) -> str | None:
    """What a capture without a foot leaves of its last entry, or None where that is the beginning of the foot."""
    if not rest or (len(rest) == 1 and begins_foot(rest[0])):
        return None
    return "\n".join(rest)


def has_own_page_labels(lines: list[str]) -> bool:
    """Whether labels stand here that articles' own pages print, and archives do not."""
    labels = printed_labels.RELATED_ARTICLES | printed_labels.RELATED_POSTS | printed_labels.YOU_MAY_LIKE
    return any(line in labels or _PAGE_LABELS.fullmatch(line) for line in map(shown_line, lines))
