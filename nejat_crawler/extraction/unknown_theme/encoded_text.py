"""A text encoded in its place: a comment to whatever reads the page, until the article's entry has been cut out.

No end tag in it closes a box of the theme, and no heading, date or article element that it quotes can pass for the
article's own.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode

from nejat_crawler.extraction.markup import has_words

#: The element that stands in a header where the text was.
TEXT_ELEMENT = "nejat-text"

_FORM = f"<{TEXT_ELEMENT}><!--nejat-{{}}:{{}}--></{TEXT_ELEMENT}>"
_ENCODED = re.compile(_FORM.format("(text|teaser)", "([A-Za-z0-9+/=]*+)"))
_OPEN, _CLOSE = re.compile(rf'<{TEXT_ELEMENT}(?: class="(text|teaser)")?>'), f"</{TEXT_ELEMENT}>"


def encode_text(text: str, kind: str = "text") -> str:
    """What stands in a page in place of a text, or of a `teaser`."""
    return _FORM.format(kind, b64encode(text.encode("utf-8", "surrogatepass")).decode("ascii"))


def decode_text(html: str) -> str:
    """A source with its texts decoded, the first that says anything in a TEXT_ELEMENT."""
    found = list(_ENCODED.finditer(html))
    chosen = next((text for text in found if has_content(_decoded(text))), found[0] if found else None)

    def decoded(text: re.Match[str]) -> str:
        is_chosen = chosen is not None and text.start() == chosen.start()
        return f'<{TEXT_ELEMENT} class="{text[1]}">{_decoded(text)}{_CLOSE}' if is_chosen else _decoded(text)

    return _ENCODED.sub(decoded, html)


def _decoded(text: re.Match[str]) -> str:
    return b64decode(text[2]).decode("utf-8", "surrogatepass")


def has_encoded_text(html: str) -> bool:
    """Whether a source has an encoded text."""
    return _ENCODED.search(html) is not None


def split_at_text(html: str) -> tuple[str, str, bool] | None:
    """An entry with its text decoded, in two: header and text; and whether the text stands in a teaser's place.

    None if it has no TEXT_ELEMENT.
    """
    start, end = _OPEN.search(html), html.rfind(_CLOSE)
    if start is None or end < start.end():
        return None
    return f"{html[: start.end()]}{html[end:]}", html[start.end() : end], start[1] == "teaser"


def has_content(html: str) -> bool:
    """Whether a source has words, a picture, or the form that asks for a password."""
    return has_words(html) or "<img" in html or "<form" in html


def without_text_elements(html: str) -> str:
    """A source in which no author has written the name of our own element."""
    return html.replace(TEXT_ELEMENT, "x-text")
