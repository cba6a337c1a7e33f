"""The record of an entry whose fields the capture scatters: a line each, then the text."""

from __future__ import annotations

from nejat_crawler.extraction.text_captures import printed_labels
from nejat_crawler.extraction.text_captures.layout import TextEntry
from nejat_crawler.extraction.text_captures.text_lines import (
    lead_images,
    paragraphs,
    part_images,
    shown_line,
    split_lines,
    without_more,
)

_FIELDS = ("title", "category", "published", "comments", "lead")


def write_record(
    text: list[str], *, title: str = "", category: str = "", published: str = "", comments: str = "", lead: str = ""
) -> str:
    """The record of an entry; the lines of its `text` stay as they stand."""
    fields = (shown_line(field) for field in (title, category, published, comments, lead))
    return "\n".join([*fields, *text]).rstrip("\n")


def read_record(raw: str) -> TextEntry:
    """What `write_record` wrote; the layout says whether the text is a teaser."""
    lines = split_lines(raw)
    lines += [""] * (len(_FIELDS) - len(lines))
    fields = dict(zip(_FIELDS, lines, strict=False))
    text, goes_on = without_more(list(paragraphs(lines[len(_FIELDS) :])))
    protected = bool(printed_labels.PROTECTED_TITLE.fullmatch(fields["title"]))
    hidden = protected and (not text or bool(printed_labels.PASSWORD.fullmatch(shown_line(" ".join(text[0])))))
    body, pictures = part_images([] if hidden else text)
    return TextEntry(
        title=fields["title"],
        category=fields["category"] or None,
        body=body,
        published_text=fields["published"],
        comment_count=int(fields["comments"]) if fields["comments"] else None,
        images=(*lead_images([fields["lead"]] if fields["lead"] else []), *pictures),
        teaser=goes_on,
        protected=hidden,
    )
