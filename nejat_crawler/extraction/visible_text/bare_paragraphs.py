"""A content of nothing but paragraphs of text, as half of all are: it is read off its source.

Without an attribute there is nothing hidden, no plugin's box, no picture and no link; and what is closed where it was
opened, in characters that all parsers read alike, says to them what is written. No tree would say more.
"""

from __future__ import annotations

import re
from html import unescape

from nejat_crawler.text import clean

# Not the characters at which lines of a text are parted, but for the line feed.
_WORDS = (
    r"[^<>&\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]++"
    r"|&(?:#(?:160|8(?!23[23])\d{3}|0?3[489]|x27)|amp|lt|gt|quot|nbsp);|&(?=[ \n])|<br ?/?>"
)
_PARAGRAPHS = re.compile(rf"[ \t\n]*+(?:<p>(?:{_WORDS}|<(em|strong|b|i)>(?:{_WORDS})*+</\1>)*+</p>[ \t\n]*+)++")
#: The element of the whole text.
_BOX = re.compile(r'[ \t\n]*+<div(?: (?:class|id)="(?![^"]*wp-caption)[^"<>&]*+")*+>(.*)</div>[ \t\n]*+', re.DOTALL)

_BLOCK, _BREAK, _TAG = re.compile("</?p>"), re.compile("<br ?/?>"), re.compile("<[^<>]*>")
_BLANK_LINES, _BLANKS = re.compile(r">(?:[ \t\n]+\n[ \t\n]*|\n[ \t\n]+)<"), re.compile(r">(?:[ \t]{2,}|\t)<")
#: References to what stands for itself in markup, and an `&` that should have been one.
_REFERENCE = re.compile(r"&(?:(?:#\w+|quot);|(?=[ \n]))")
_REFERENCES = {"&": "&amp;", "&#38;": "&amp;", "&#038;": "&amp;"}


def has_only_paragraphs(content: str) -> bool:
    """Whether a content is nothing but paragraphs of text; a message of PHP says on which line."""
    return _PARAGRAPHS.fullmatch(content) is not None and " on line " not in content


def read_paragraphs(content: str) -> tuple[str, str] | None:
    r"""The text and the markup of a content that is nothing but paragraphs, perhaps in a box; None for any other.

    >>> read_paragraphs("<p>Snow &amp; <em>ice</em>,<br />\nrain</p>\n\n<p>&#8230;</p>")
    ('Snow & ice,\nrain\n\n…', '<p>Snow &amp; <em>ice</em>,<br>\nrain</p>\n<p>…</p>')
    >>> read_paragraphs('<p class="x">Snow</p>') is None
    True
    """
    box = _BOX.fullmatch(content)
    inner = box[1] if box else content
    if not _PARAGRAPHS.fullmatch(inner):
        return None
    html = f"<div>{inner}</div>" if box else inner.strip()
    html = _BLANKS.sub("> <", _BLANK_LINES.sub(">\n<", _BREAK.sub("<br>", html)))
    html = _REFERENCE.sub(lambda found: _REFERENCES.get(found[0]) or unescape(found[0]), html)
    html = html.replace("\xa0", "&nbsp;")
    text = _BREAK.sub("\n", _BLOCK.sub("\n\n", inner.replace("\n", " ")))
    return clean(unescape(_TAG.sub("", text))), html
