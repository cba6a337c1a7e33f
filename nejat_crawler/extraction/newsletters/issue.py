"""An issue of the newsletter as text: its header, and its stories with their excerpts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nejat_crawler.extraction.bounds import run_bounded
from nejat_crawler.extraction.newsletters import wording
from nejat_crawler.extraction.newsletters.bidi import is_rtl
from nejat_crawler.extraction.newsletters.contents import LABEL, ContentsRow, assign, read_contents
from nejat_crawler.extraction.newsletters.headlines import StoryHead, beginning, find_heads
from nejat_crawler.extraction.newsletters.line_kinds import (
    HEADLINE_LENGTH,
    PUBLICATION,
    SENTENCE_END,
    LineMarkup,
    Piece,
    is_title,
    plain_lines,
    read_markup,
)
from nejat_crawler.extraction.newsletters.masthead import HEADER_LINES, NUMBERS, PERIOD, read_masthead
from nejat_crawler.extraction.newsletters.paragraphs import flow, vocabulary
from nejat_crawler.extraction.newsletters.pieces import pieces, without_asides
from nejat_crawler.items import Newsletter, Story
from nejat_crawler.text import clean_line

#: What a post prints that announces an issue.
_ANNOUNCES = re.compile(r"^\W*to (?:view|see|read|download) the pdf(?: file)?\b", re.IGNORECASE | re.MULTILINE)


class NotANewsletterError(ValueError):
    """A text is no issue of the newsletter."""


def is_newsletter(text: str) -> bool:
    """Whether `text` is an issue: a masthead opens it, and stories follow that a source, a date or a link tells.

    A title alone says nothing: posts announce issues, and related posts and archives name them.
    Raises TooCostlyError.
    """
    return run_bounded(_is_newsletter, text, sources=(text,))


def _is_newsletter(text: str) -> bool:
    if not _has_masthead(text) or _ANNOUNCES.search(text):
        return False
    stories = _read_newsletter(text, "", "", "en").stories
    return any(story.text and (story.source or story.date or story.url or story.toc_title) for story in stories)


def _has_masthead(text: str) -> bool:
    """Whether the newsletter's title opens a text, and a period, number or table of contents follows."""
    pairs = zip(map(clean_line, plain_lines(text)), read_markup(text), strict=True)
    opening = [(line, markup) for line, markup in pairs if line][: 3 * HEADER_LINES]
    titles = [place for place, pair in enumerate(opening[:HEADER_LINES]) if is_title(*pair)]
    if not titles or any(_is_sentence(line) for line, _ in opening[: titles[0]]):
        return False
    lines = [line for place, (line, _) in enumerate(opening) if place != titles[0]]
    short = [line for line in lines if len(line) <= HEADLINE_LENGTH]
    signs = (PERIOD.fullmatch, PUBLICATION.fullmatch, LABEL.fullmatch, NUMBERS.search)
    return any(sign(line) for line in short for sign in signs)


def _is_sentence(line: str) -> bool:
    return len(line) > HEADLINE_LENGTH // 2 and bool(SENTENCE_END.search(line))


def read_newsletter(
    text: str, found_at: str, captured_at: str, edition: str = "en", *, cut_off: bool = False
) -> Newsletter:
    """Read an issue with its stories in their order; raises NotANewsletterError, TooCostlyError."""
    issue = run_bounded(_read_newsletter, text, found_at, captured_at, edition, sources=(text,))
    issue.cut_off = cut_off
    return issue


def _read_newsletter(text: str, found_at: str, captured_at: str, edition: str) -> Newsletter:
    if not _has_masthead(text):
        raise NotANewsletterError(f"{found_at} is no issue of the newsletter")
    raw = plain_lines(text)
    lines = [clean_line(line) for line in raw]
    markup = read_markup(text)
    title = next(line for line, said in zip(lines, markup, strict=True) if is_title(line, said))
    label = next((place for place, line in enumerate(lines) if LABEL.fullmatch(line)), len(lines))
    rows, after = read_contents(raw, label + 1)
    masthead = read_masthead([line for line in lines[:label] if line], title)
    words = vocabulary(text)
    story_markup = [*markup[:label], LineMarkup(), *markup[after:]]
    taken = without_asides(pieces([*lines[:label], "", *lines[after:]], masthead.lines, words, story_markup), rows)
    heads = find_heads(taken, rows)
    told = _stories(taken, heads)
    numbers = assign([head.title for head, *_ in told], rows)
    return Newsletter(
        edition=wording.edition_in_arabic_script(text, edition) if is_rtl(title) else edition,
        found_at=found_at,
        captured_at=captured_at,
        title=title,
        period=masthead.period,
        period_start=masthead.first_day,
        period_end=masthead.last_day,
        volume=masthead.volume,
        numbers=masthead.numbers,
        stories=[
            _story(head, headline, text, None if number is None else rows[number], words)
            for (head, headline, text), number in zip(told, numbers, strict=True)
        ],
        missing=[row.title for number, row in enumerate(rows) if number not in numbers and len(told) < len(rows)],
    )


def _stories(taken: Sequence[Piece], heads: Sequence[StoryHead]) -> list[tuple[StoryHead, list[Piece], list[Piece]]]:
    """Give each story its head, the pieces of its headline, and those of its text, on whatever page they stand."""
    ends = [*(head.at for head in heads[1:]), len(taken)][: len(heads)]
    texts = [list(taken[head.body : end]) for head, end in zip(heads, ends, strict=True)]
    for number, head in enumerate(heads):
        first = beginning(heads, number, texts) if head.goes_on else None
        head.goes_on = first is not None
        if first is not None:
            texts[first] += texts[number]
    return [
        (head, list(taken[head.at : head.body]), text)
        for head, text in zip(heads, texts, strict=True)
        if not head.goes_on
    ]


def _story(
    head: StoryHead, headline: Sequence[Piece], taken: Sequence[Piece], row: ContentsRow | None, words: frozenset[str]
) -> Story:
    open_box = next((place for place, piece in enumerate(taken) if piece.kind == "open box"), len(taken))
    urls = [piece.url for piece in taken if piece.url]
    urls = urls or [piece.link for piece in (*headline, *taken) if piece.link]
    url = next((url for url in urls if "/posts/" in url), urls[0] if urls else None)
    own = [piece for piece in taken[:open_box] if not piece.url or piece.url != url]
    return Story(
        title=head.title or (row.title if row else ""),
        source=head.source,
        date=head.date,
        text=flow(own, words),
        url=url,
        toc_title=row.title if row else None,
        toc_page=row.page if row else None,
    )
