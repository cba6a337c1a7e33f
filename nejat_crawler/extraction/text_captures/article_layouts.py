"""Articles on their own pages: of the themes Soledad and Jannah, and of AMP plugins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from nejat_crawler.extraction.text_captures import printed_labels
from nejat_crawler.extraction.text_captures.article_head import (
    ArticleHead,
    above_date,
    below_breadcrumb,
    by_shape,
    next_places,
)
from nejat_crawler.extraction.text_captures.excerpts.archive_layouts import cut_jannah_archive
from nejat_crawler.extraction.text_captures.excerpts.english_telex import cut_soledad_telex
from nejat_crawler.extraction.text_captures.layout import TextCut
from nejat_crawler.extraction.text_captures.records import write_record
from nejat_crawler.extraction.text_captures.text_lines import (
    LIST_MARK,
    as_typed,
    glued_date,
    is_share_bar,
    repeated_lines,
    shown_line,
)

_LEAST_WORDS = 3
_SENTENCE_ENDS = tuple(".!?؟:؛;,،…»”\"'’")


def cut_soledad_article(lines: list[str]) -> TextCut | None:
    """Soledad: `Home » Category » Title`, title, text, the share bar, `You may also like`, `Leave a Comment`."""
    if cut_soledad_telex(lines) or _is_soledad_archive(lines):
        return None
    head = below_breadcrumb(lines, signs="»› ") or above_date(lines, bylined=True)
    if head is None or _has_labels(lines, printed_labels.RELATED_ARTICLES | printed_labels.BACK_BUTTON):
        return None
    end = _soledad_end(lines, head.below)
    if end is None:
        return TextCut((), _opening(head, lines))
    for line in (shown_line(lines[at]) for at in next_places(lines, end, 2)):
        if dated := printed_labels.DATE_LINE.fullmatch(line):
            published = dated["published"] if head.published in ("", dated["published"]) else ""
            head = replace(head, published=published, comments=dated["comments"] or "")
        elif counted := printed_labels.COMMENTS.fullmatch(line):
            head = replace(head, comments=counted["comments"] or "")
        elif is_share_bar(line):
            break
    return TextCut((_record(head, lines, end),))


def _is_soledad_archive(lines: list[str]) -> bool:
    """Whether the path has one level, `Home » Mountain huts`, and more than one share bar stands below."""
    shown = [line for raw in lines if (line := shown_line(raw))]
    paths = (printed_labels.HOME.fullmatch(line) for line in shown[:-1])
    named = any(path and path["sign"] and path["rest"] == below for path, below in zip(paths, shown[1:], strict=True))
    return named and sum(map(is_share_bar, shown)) > 1


def cut_jannah_article(lines: list[str]) -> TextCut | None:
    """Jannah: title, text, its source, `Related Articles`, the comment form, `Back to top button`."""
    marks = printed_labels.RELATED_ARTICLES | printed_labels.BACK_BUTTON
    if not _has_labels(lines, marks) or _has_labels(lines, printed_labels.EXIT_MOBILE):
        return None
    if any(printed_labels.READ_MORE_ARROW.fullmatch(shown_line(line)) for line in lines) or cut_jannah_archive(lines):
        return None
    head = below_breadcrumb(lines, signs="/»› ") or above_date(lines) or by_shape(lines)
    if head is None:
        return None
    end = _first(lines, head.below, lambda line: line in marks or bool(printed_labels.REPLY.fullmatch(line)))
    return None if end is None else TextCut((_record(head, lines, _jannah_text_end(lines, head, end)),))


def cut_amp_article(lines: list[str]) -> TextCut | None:
    """AMP: title, alt text, text, `Related posts` with three titles; `Exit mobile version` at the end."""
    shown = [line for raw in lines if (line := shown_line(raw))]
    leaves = bool(shown) and shown[-1] in printed_labels.EXIT_MOBILE
    related = printed_labels.RELATED_POSTS if leaves else frozenset({"Related posts", "Related Posts"})
    if not (leaves or _has_labels(lines, related)) or _has_labels(lines, printed_labels.BACK_BUTTON):
        return None
    if any(
        printed_labels.READ_MORE.fullmatch(line) or printed_labels.READ_MORE_ARROW.fullmatch(line) for line in shown
    ):
        return None
    head = above_date(lines) or by_shape(lines, alt_expected=True)
    if head is None:
        return None
    ends = related | printed_labels.TOP | printed_labels.DESKTOP | printed_labels.EXIT_MOBILE
    end = _first(lines, head.below, lambda line: line in ends or _is_amp_end(line))
    return None if end is None else TextCut((_record(head, lines, end),))


def _is_amp_end(line: str) -> bool:
    if (
        printed_labels.CATEGORIES_FOOT.fullmatch(line)
        or printed_labels.REPLY.fullmatch(line)
        or printed_labels.NEIGHBOUR.fullmatch(line)
    ):
        return True
    return line.startswith("Share") and is_share_bar(line.removeprefix("Share"))


def _has_labels(lines: list[str], wanted: frozenset[str]) -> bool:
    return any(shown_line(line) in wanted for line in lines)


def _first(lines: list[str], start: int, fits: Callable[[str], bool]) -> int | None:
    return next((place for place in range(start, len(lines)) if fits(shown_line(lines[place]))), None)


def _soledad_end(lines: list[str], start: int) -> int | None:
    """Index of the first line below the text."""
    last = len(lines) - 1
    for place in range(start, len(lines)):
        line = shown_line(lines[place])
        if is_share_bar(line) and place < last:
            return _above_counts(lines, start, place)
    related = [place for place in range(start, len(lines)) if shown_line(lines[place]) in printed_labels.YOU_MAY_LIKE]
    if related:
        end = _first(lines, start, lambda line: bool(printed_labels.NEIGHBOUR.fullmatch(line))) or related[-1]
        return _above_counts(lines, start, end)
    return None


def _above_counts(lines: list[str], start: int, share_bar: int) -> int:
    """Where `0 comments` stands above the share bar, and in the same paragraph the tags run together."""
    above = [place for place in range(max(start, share_bar - 4), share_bar) if shown_line(lines[place])]
    if not above:
        return share_bar
    counted = above[-1]
    counts = shown_line(lines[counted])
    if not (printed_labels.COMMENTS.fullmatch(counts) or printed_labels.DATE_LINE.fullmatch(counts)):
        return share_bar
    tags = counted - 1
    if tags <= start or not shown_line(lines[tags]):
        return counted
    is_text = LIST_MARK.match(lines[tags]) or shown_line(lines[tags]).endswith(_SENTENCE_ENDS)
    return counted if is_text else tags


def _jannah_text_end(lines: list[str], head: ArticleHead, end: int) -> int:
    """Where the source, the tags, or the second printing of account and date stand above `Related Articles`."""
    for place in range(head.below, end):
        line = shown_line(lines[place])
        glued = glued_date(line)
        if glued and head.published and glued["published"] == head.published and glued.start("published") > 0:
            end = place
            break
    for place in _near_end(lines, head.below, end):
        line = shown_line(lines[place])
        if printed_labels.SOURCE.fullmatch(line) or printed_labels.TAGS.fullmatch(line):
            return place
    return end


def _near_end(lines: list[str], start: int, end: int) -> Iterator[int]:
    """The last few lines above `end`, from above: source and tags take two lines each."""
    near = [place for place in range(start, end) if shown_line(lines[place])][-4:]
    yield from near


def _record(head: ArticleHead, lines: list[str], end: int) -> str:
    text = _outdented([line.rstrip() for line in lines[head.below : end]])
    glued = _glued_alt(text, [head.title, head.lead, *repeated_lines(text)])
    if glued:
        first = next(place for place, line in enumerate(text) if line)
        text[first] = text[first].lstrip()[glued:]
    return write_record(
        text,
        title="" if head.title in printed_labels.NO_TITLE else head.title,
        category=head.category,
        published=head.published,
        comments=head.comments,
        lead=head.lead,
    )


def _glued_alt(text: list[str], alts: list[str]) -> int:
    """How many characters of the first line are an alt text, known from elsewhere, that runs into the first word."""
    first = as_typed(next((line for line in text if line), "").lstrip())
    for alt in sorted(alts, key=len, reverse=True):
        # In a script without capitals a few letters may be the beginning of a word.
        after = first[len(alt) : len(alt) + 1]
        begins_word = after.isupper() or (after.isalpha() and not after.islower())
        if len(alt.split()) >= _LEAST_WORDS and begins_word and first.startswith(as_typed(alt)):
            return len(alt)
    return 0


def _outdented(text: list[str]) -> list[str]:
    """The lines without the indentation they share: an AMP page may stand in its own menu's list."""
    shared = min((len(line) - len(line.lstrip()) for line in text if line.strip()), default=0)
    return [line[shared:] for line in text]


def _opening(head: ArticleHead, lines: list[str]) -> str:
    return "\n".join([head.title, *lines[head.below :]]).strip("\n")
