"""Archives and listings of the themes that show excerpts: Publisher's, and Jannah's with dates and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from nejat_crawler.extraction.text_captures import printed_labels
from nejat_crawler.extraction.text_captures.excerpts.excerpt_lines import (
    LONE_EXCERPT,
    SEPARATOR,
    broken_off,
    folded_paragraphs,
    has_own_page_labels,
    is_cut,
    is_foot,
    may_be_title,
    reads_as_excerpt,
    until_foot,
)
from nejat_crawler.extraction.text_captures.home_listing import TITLE_LIMIT
from nejat_crawler.extraction.text_captures.layout import TextCut
from nejat_crawler.extraction.text_captures.records import write_record
from nejat_crawler.extraction.text_captures.text_lines import as_typed, glued_date, shown_line

_PUBLISHER_META = re.compile(
    rf".{{1,100}} (?P<published>[A-Z][a-z]{{2,8}} \d{{1,2}}, \d{{4}}|{printed_labels.DATE})"
    r" (?P<comments>[0-9۰-۹]{1,6})"
)
_OTHER_ENDS = (printed_labels.READ_MORE, printed_labels.READ_MORE_ARROW)


def cut_publisher_archive(lines: list[str]) -> TextCut | None:
    """Publisher's archives: `Browsing Category` and its name, then title and excerpt of each entry."""
    paragraphs = folded_paragraphs(lines, _is_publisher_label)
    heading = next((at for at, line in enumerate(paragraphs) if printed_labels.BROWSING.fullmatch(line)), None)
    if heading is None:
        return None
    content, ended = until_foot(paragraphs[heading + 2 :])
    begun = [] if ended else content[-1:]  # nothing says that the last paragraph is whole
    content = content[: len(content) - len(begun)]
    entries: list[str] = []
    unsure: list[str] = []
    place = 0
    while place < len(content):
        taken, entry = _publisher_entry(content[place:])
        if entry is None and begun and place + taken == len(content) and not _has_excerpt(content[place:]):
            begun = [*content[place:], *begun]
            break
        (unsure if entry is None else entries).append(entry or "\n".join(content[place : place + taken]))
        place += taken
    return TextCut(tuple(entries), broken_off(begun), tuple(unsure))


def _is_publisher_label(line: str) -> bool:
    return is_foot(line) or bool(printed_labels.BROWSING.fullmatch(line) or _PUBLISHER_META.fullmatch(line))


def _has_excerpt(content: list[str]) -> bool:
    return any(map(reads_as_excerpt, content))


def _publisher_entry(content: list[str]) -> tuple[int, str | None]:
    """How many paragraphs the next entry takes, and its record, or None where nothing tells title and excerpt."""
    title, *below = content
    meta = _PUBLISHER_META.fullmatch(below[0]) if below else None
    if meta:
        below = below[1:]
    taken = 2 if meta else 1
    if not below or not may_be_title(title) or is_cut(title):
        return taken, None
    excerpt, *after = below
    if not reads_as_excerpt(excerpt) or (not meta and len(excerpt) < len(title)):
        return taken, None
    if not meta and may_be_title(excerpt) and not _is_ended(excerpt) and after and reads_as_excerpt(after[0]):
        return taken + 2, None  # a long title, or an excerpt that another follows without a title
    published, comments = (meta["published"], meta["comments"]) if meta else ("", "")
    return taken + 1, write_record(excerpt.split("\n"), title=title, published=published, comments=comments)


def _is_ended(excerpt: str) -> bool:
    return is_cut(excerpt) or excerpt.endswith((".", "!", "?", "؟", "”", '"', "»"))


def cut_jannah_listing(lines: list[str]) -> TextCut | None:
    """Jannah's listings: account and date, counts, title, excerpt, `Read More »`."""
    shown = [line for raw in lines if (line := shown_line(raw))]
    if not any(printed_labels.MENU_LINE.fullmatch(line) or SEPARATOR in line for line in shown):
        return None
    blocks: list[list[str]] = [[]]
    for line in shown:
        if printed_labels.READ_MORE_ARROW.fullmatch(line):
            blocks.append([])
        else:
            blocks[-1].append(line)
    rest, ended = until_foot(blocks.pop())
    found = [_jannah_entry(block) for block in blocks]
    if not any(found):
        return None
    unsure = ["\n".join(block[-3:]) for block, entry in zip(blocks, found, strict=True) if entry is None]
    entries = tuple(entry for entry in found if entry)
    if ended:
        return TextCut(entries, None, (*unsure, *(["\n".join(rest)] if rest else [])))
    return TextCut(entries, broken_off(rest), tuple(unsure))


def _jannah_entry(block: list[str]) -> str | None:
    for place in range(len(block) - 1, max(len(block) - 6, -1), -1):
        meta = glued_date(block[place].removeprefix("• "))
        if meta is None:
            continue
        below = block[place + 1 :]
        counts = below[0] if below and printed_labels.COUNTS.fullmatch(below[0]) else ""
        fields = list(_below_counts(below))
        if len(fields) != 2 or len(fields[0]) > TITLE_LIMIT:
            return None
        title = "" if fields[0] in printed_labels.NO_TITLE else fields[0]
        comments = counts.split(" ")[0] if " " in counts else ""
        return write_record([fields[1]], title=title, published=meta["published"], comments=comments)
    return None


def _below_counts(lines: list[str]) -> Iterator[str]:
    for place, line in enumerate(lines):
        if place or not printed_labels.COUNTS.fullmatch(line):
            yield line


def cut_jannah_archive(lines: list[str]) -> TextCut | None:
    """Jannah's archives without dates: `• <Category><alt>`, title, excerpt; `Back to top button` at the end."""
    if has_own_page_labels(lines) or any(p.fullmatch(shown_line(line)) for line in lines for p in _OTHER_ENDS):
        return None
    paragraphs = folded_paragraphs(lines, lambda line: not line.startswith("•") and is_foot(line))
    blocks: list[list[str]] = []
    for paragraph in paragraphs:
        if paragraph.startswith("•"):
            blocks.append([])
        elif not blocks and len(paragraph) > LONE_EXCERPT:
            return None  # a list in a text
        if blocks:
            blocks[-1].append(paragraph)
    if not any(map(_is_jannah_entry, blocks)):
        return None
    first = next(at for at, block in enumerate(blocks) if _is_jannah_entry(block) or _names_title(block))
    blocks = blocks[first:]
    shown = [list(takewhile(lambda line: line.startswith("•") or not is_foot(line), block)) for block in blocks]
    foot = next((at for at, block in enumerate(blocks) if len(shown[at]) < len(block)), None)
    shown = shown[: None if foot is None else foot + 1]
    cut_off = None
    if foot is None:
        last = shown.pop()
        begun = len(last) == 4 and broken_off(last[3:]) is None
        if begun:
            shown.append(last[:3])
        else:
            cut_off = "\n".join(last)
    entries = [_read_jannah(block) for block in shown if _is_jannah_entry(block)]
    unsure = ["\n".join(block) for block in shown if not _is_jannah_entry(block)]
    return TextCut(tuple(entries), cut_off, tuple(unsure))


def _is_jannah_entry(block: list[str]) -> bool:
    """Whether below the bullet stand a title and an excerpt."""
    below = list(takewhile(lambda line: not is_foot(line), block[1:]))
    return len(below) == 2 and may_be_title(below[0]) and (reads_as_excerpt(below[1]) or _names_title(block))


def _names_title(block: list[str]) -> bool:
    """Whether the bullet ends with the title below it, and begins with something else: no bullet of a menu does."""
    title = as_typed(block[1]) if len(block) > 1 else ""
    name = as_typed(_bullet_text(block))
    return bool(title) and name.endswith(title) and name != title


def _bullet_text(block: list[str]) -> str:
    return block[0].replace("\n", "").removeprefix("•").strip()


def _read_jannah(block: list[str]) -> str:
    _, title, excerpt = block
    name = _bullet_text(block)
    typed = as_typed(title)
    category = ""
    # The category is sure where what stands after it is the title again: `Mountain hutsThree huts reopen`.
    while typed and as_typed(name).endswith(typed):
        name = category = name[: -len(title)].rstrip()
    return write_record(excerpt.split("\n"), title=title, category=category)
