"""Listings that show excerpts: archives of Penci's AMP plugin and of Publisher, the listing of Jannah."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nejat_crawler.extraction.text_captures import printed_labels
from nejat_crawler.extraction.text_captures.home_listing import TITLE_LIMIT
from nejat_crawler.extraction.text_captures.layout import TextCut
from nejat_crawler.extraction.text_captures.records import write_record
from nejat_crawler.extraction.text_captures.text_lines import after_menus, glued_date
from nejat_crawler.text import clean_line

_SEPARATOR = "%WP_TITLE_SEP%"
_LONE_EXCERPT = 120  # characters; a shorter line alone may be a title as well as an excerpt
_SHORTEST_CUT = 60  # characters; a shorter line with an ellipsis may be a title
_PUBLISHER_META = re.compile(
    rf".{{1,100}} (?P<published>[A-Z][a-z]{{2,8}} \d{{1,2}}, \d{{4}}|{printed_labels.DATE})"
    r" (?P<comments>[0-9۰-۹]{1,6})"
)


def _shown(lines: list[str]) -> list[str]:
    return [line for raw in lines if (line := clean_line(raw))]


def _has_site_marks(lines: list[str]) -> bool:
    return any(printed_labels.MENU_LINE.fullmatch(line) or _SEPARATOR in line for line in _shown(lines))


def _is_foot(line: str) -> bool:
    return line in printed_labels.FOOT or any(
        pattern.fullmatch(line) for pattern in (printed_labels.PAGER, printed_labels.MENU_LINE, printed_labels.REPLY)
    )


def _begins_foot(line: str) -> bool:
    """Whether a capture that breaks off may have begun its foot with `line`: `Posts na`."""
    known = (*printed_labels.FOOT, "Posts navigation", "Next page", "Previous page", "صفحه بعدی", "صفحه قبلی")
    return line.startswith("©") or any(label.startswith(line) for label in known)


def _rest(shown: list[str]) -> str | None:
    """What a capture that breaks off leaves of an entry, or None where the foot of the page follows."""
    if not shown or _is_foot(shown[0]) or (len(shown) == 1 and _begins_foot(shown[0])):
        return None
    return None if any(_is_foot(line) for line in shown) else "\n".join(shown)


def _blocks(shown: list[str], ends: re.Pattern[str]) -> tuple[list[list[str]], list[str]]:
    """The lines above each line that `ends` an entry, and those below the last."""
    blocks: list[list[str]] = []
    block: list[str] = []
    for line in shown:
        if ends.fullmatch(line):
            blocks.append(block)
            block = []
        else:
            block.append(line)
    return blocks, block


def cut_amp_archive(lines: list[str]) -> TextCut | None:
    """Penci's AMP archives: a heading, then title, excerpt and `Read more` of each entry; titles may be missing."""
    if not _has_site_marks(lines):
        return None
    blocks, rest = _blocks(_shown(lines[after_menus(lines) :]), printed_labels.READ_MORE)
    whole = any(_SEPARATOR in line for block in (blocks[:1] or [rest]) for line in block)
    if not (whole or len(blocks) > 1):
        return None
    entries: list[str] = []
    unsure: list[str] = []
    for place, block in enumerate(blocks):
        entry = _amp_entry(block, is_first=place == 0)
        (entries if entry else unsure).append(entry or "\n".join(block))
    return TextCut(tuple(entries), _rest(_without_heading(rest, is_first=not blocks)), tuple(unsure))


def _without_heading(block: list[str], *, is_first: bool) -> list[str]:
    heading = next((place for place, line in enumerate(block) if _SEPARATOR in line), None) if is_first else None
    return block if heading is None else block[heading + 1 :]


def _amp_entry(block: list[str], *, is_first: bool) -> str | None:
    bare = _without_heading(block, is_first=is_first)
    headed = is_first and len(bare) == len(block)
    dates = [match["published"] for line in bare if (match := glued_date(line)) and "views" in line]
    bare = [line for line in bare if not ("views" in line and glued_date(line))]
    if not bare:
        return None
    published = dates[0] if len(dates) == 1 else ""
    excerpt = bare[-1]
    if len(bare) == 1:
        return write_record([excerpt], published=published) if len(excerpt) > _LONE_EXCERPT else None
    # Above the first entry stand the archive's heading (one line) or the titles of a slider (three): a title is
    # sure where what is left above the excerpt is one more line than they are.
    if headed and len(bare) not in (3, 5):
        return write_record([excerpt], published=published) if len(excerpt) > _LONE_EXCERPT else None
    title = bare[-2] if headed else bare[0]
    text = [excerpt] if headed else bare[1:]
    if len(title) > TITLE_LIMIT or (not headed and len(bare) > 3):
        return None
    return write_record(text, title=title, published=published)


def cut_publisher_archive(lines: list[str]) -> TextCut | None:
    """Publisher's archives: `Browsing Category` and its name, then title and excerpt of each entry."""
    shown = _shown(lines)
    heading = next((place for place, line in enumerate(shown) if printed_labels.BROWSING.fullmatch(line)), None)
    if heading is None:
        return None
    content = _until_foot(shown[heading + 2 :])
    entries: list[str] = []
    unsure: list[str] = []
    block: list[str] = []
    last = len(shown) - heading - 3  # an ellipsis where the capture ends may stand in the middle of an excerpt
    for place, line in enumerate(content):
        block.append(line)
        if place < last and len(line) >= _SHORTEST_CUT and printed_labels.ELLIPSIS.fullmatch(line):
            entry = _publisher_entry(block)
            (entries if entry else unsure).append(entry or "\n".join(block))
            block = []
    complete = len(content) < len(shown) - heading - 2
    if block and complete:
        unsure.append("\n".join(block))
        block = []
    begun = len(block) == 1 and _begins_foot(block[0])
    return TextCut(tuple(entries), "\n".join(block) if block and not begun else None, tuple(unsure))


def _until_foot(shown: list[str]) -> list[str]:
    foot = next((place for place, line in enumerate(shown) if _is_foot(line)), len(shown))
    return shown[:foot]


def _publisher_entry(block: list[str]) -> str | None:
    above, excerpt = block[:-1], block[-1]
    if above and (meta := _PUBLISHER_META.fullmatch(above[-1])):
        above, published, comments = above[:-1], meta["published"], meta["comments"]
    else:
        published = comments = ""
    if not above or len(above[-1]) > TITLE_LIMIT:
        return None
    return write_record([excerpt], title=above[-1], published=published, comments=comments)


def cut_jannah_listing(lines: list[str]) -> TextCut | None:
    """Jannah's listings: account and date, counts, title, excerpt, `Read More »`."""
    if not _has_site_marks(lines):
        return None
    blocks, rest = _blocks(_shown(lines), printed_labels.READ_MORE_ARROW)
    found = [_jannah_entry(block) for block in blocks]
    if not any(found):
        return None
    unsure = tuple("\n".join(block[-3:]) for block, entry in zip(blocks, found, strict=True) if entry is None)
    return TextCut(tuple(entry for entry in found if entry), _rest(rest), unsure)


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
