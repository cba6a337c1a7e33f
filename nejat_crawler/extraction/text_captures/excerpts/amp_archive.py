"""Archives of Penci's AMP plugin: a heading, then title, excerpt and `Read more` of each entry."""

from __future__ import annotations

from nejat_crawler.extraction.text_captures import printed_labels
from nejat_crawler.extraction.text_captures.excerpts.excerpt_lines import (
    LONE_EXCERPT,
    SEPARATOR,
    broken_off,
    folded_paragraphs,
    has_own_page_labels,
    is_foot,
    may_be_title,
    reads_as_excerpt,
    until_foot,
)
from nejat_crawler.extraction.text_captures.layout import TextCut
from nejat_crawler.extraction.text_captures.records import write_record
from nejat_crawler.extraction.text_captures.text_lines import after_menus, glued_date, is_share_bar, shown_line

_MOST_PARAGRAPHS = 5  # of an entry with what may stand above the first: the titles of a slider


def cut_amp_archive(lines: list[str]) -> TextCut | None:
    """Title, excerpt and `Read more` of each entry; the heading and some titles may be missing.

    Where neither a menu nor an unresolved separator in its heading tells the page, the shape of its entries does.
    """
    paragraphs = folded_paragraphs(lines[after_menus(lines) :], _is_label)
    blocks, rest = _blocks(paragraphs)
    is_marked = any(SEPARATOR in paragraph for paragraph in (blocks[0] if blocks else rest))
    entries: list[str] = []
    unsure: list[str] = []
    for place, block in enumerate(blocks):
        entry, left = _amp_entry(block, is_first=place == 0)
        entries += [entry] if entry else []
        unsure += left
    if not is_marked and not (_tells_itself(lines, blocks) and 2 * len(entries) >= len(blocks)):
        return None
    content, ended = until_foot(_without_heading(rest) if not blocks else rest)
    if not blocks or ended:  # no `Read more` says where an excerpt ends
        unsure += ["\n".join(content)] if content else []
        return TextCut(tuple(entries), None, tuple(unsure))
    return TextCut(tuple(entries), broken_off(content), tuple(unsure))


def _is_views(line: str) -> bool:
    return "views" in line and glued_date(line) is not None


def _is_label(line: str) -> bool:
    return bool(is_foot(line) or printed_labels.READ_MORE.fullmatch(line) or SEPARATOR in line or _is_views(line))


def _blocks(paragraphs: list[str]) -> tuple[list[list[str]], list[str]]:
    """The paragraphs above each `Read more`, and those below the last."""
    blocks: list[list[str]] = []
    block: list[str] = []
    for paragraph in paragraphs:
        if printed_labels.READ_MORE.fullmatch(paragraph):
            blocks.append(block)
            block = []
        else:
            block.append(paragraph)
    return blocks, block


def _tells_itself(lines: list[str], blocks: list[list[str]]) -> bool:
    """Whether the blocks have the shape of entries: of one alone, heading, title and excerpt."""
    if has_own_page_labels(lines):
        return False
    shown = [shown_line(line) for line in lines]
    if any(printed_labels.MENU_LINE.fullmatch(line) for line in shown) and len(blocks) > 1:
        return True
    if any(map(_is_of_other_page, shown)):
        return False
    if len(blocks) == 1:
        (block,) = blocks
        return len(block) == 3 and may_be_title(block[0]) and reads_as_excerpt(block[2])
    return bool(blocks) and all(len(block) <= _MOST_PARAGRAPHS for block in blocks)


def _is_of_other_page(line: str) -> bool:
    """Whether articles and newsletters print such a line, and these archives never: a date, an address."""
    crumb = printed_labels.HOME.fullmatch(line)
    is_path = crumb is not None and crumb["sign"] is not None
    return (
        is_path
        or is_share_bar(line)
        or line.lstrip("<").startswith(("http://", "https://"))
        or bool(printed_labels.DATE_ALONE.fullmatch(line))
    )


def _without_heading(block: list[str]) -> list[str]:
    heading = next((place for place, line in enumerate(block) if SEPARATOR in line), None)
    return block if heading is None else block[heading + 1 :]


def _amp_entry(block: list[str], *, is_first: bool) -> tuple[str | None, list[str]]:
    """The record of the entry that a `Read more` ends, and what of the block is not sure to be of an entry."""
    below = _without_heading(block) if is_first else block
    headed = is_first and len(below) == len(block)
    dates = [match["published"] for line in below if _is_views(line) and (match := glued_date(line))]
    bare = [line for line in below if not _is_views(line)]
    published = dates[0] if len(dates) == 1 else ""
    if not bare:
        return None, [""]
    *above, excerpt = bare
    is_excerpt = len(excerpt) > LONE_EXCERPT or "\n" in excerpt
    alone = write_record(excerpt.split("\n"), published=published) if is_excerpt else None
    if not above:
        return alone, [] if alone else [excerpt]
    if headed and not any(map(reads_as_excerpt, above)):
        # Above the first entry stand the archive's heading (one line) or the titles of a slider (three): a title is
        # sure where what is left above the excerpt is one more line than they are.
        if len(bare) in (3, 5):
            return _entry(above[-1], [excerpt], published, bare)
        return alone, [] if alone else [excerpt]
    if len(above) == 1:
        return _entry(above[0], [excerpt], published, bare)
    if len(above) == 2 and not headed and reads_as_excerpt(above[1]) and may_be_title(above[0]):
        return _entry(above[0], bare[1:], published, bare)
    if len(above) == 2 and not reads_as_excerpt(above[0]):
        return None, ["\n".join(bare)]  # a title without an excerpt, or an excerpt of two paragraphs
    if reads_as_excerpt(above[-1]):
        return None, ["\n".join(bare)]
    # An entry above this one has no `Read more`.
    entry, left = _entry(above[-1], [excerpt], published, bare[-2:])
    return entry, ["\n".join(above[:-1]), *left]


def _entry(title: str, text: list[str], published: str, bare: list[str]) -> tuple[str | None, list[str]]:
    if not may_be_title(title):
        return None, ["\n".join(bare)]
    return write_record("\n\n".join(text).split("\n"), title=title, published=published), []
