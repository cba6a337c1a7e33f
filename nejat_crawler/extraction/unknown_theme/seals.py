"""A text sealed in its place: a comment to whatever reads the page, until the article's entry has been cut out.

No end tag in it closes a box of the design, and no heading, date or article element that it quotes can pass for the
article's own.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode

from nejat_crawler.extraction.markup import has_words

#: Stands in a frame where the text was.
CONTENT_PLACE = "nejat-text"

_SEAL = f"<{CONTENT_PLACE}><!--nejat-{{}}:{{}}--></{CONTENT_PLACE}>"
_SEALED = re.compile(_SEAL.format("(text|teaser)", "([A-Za-z0-9+/=]*+)"))
_OPEN, _CLOSE = re.compile(rf'<{CONTENT_PLACE}(?: class="(text|teaser)")?>'), f"</{CONTENT_PLACE}>"


def sealed(text: str, kind: str = "text") -> str:
    """What stands in a page in place of a text, or of a `teaser`."""
    return _SEAL.format(kind, b64encode(text.encode("utf-8", "surrogatepass")).decode("ascii"))


def unseal(html: str) -> str:
    """A source with its sealed texts open, the first that says anything in an element that tells where it stands."""
    seals = list(_SEALED.finditer(html))
    chosen = next((seal for seal in seals if holds_any(_text(seal))), seals[0] if seals else None)

    def opened(seal: re.Match[str]) -> str:
        is_chosen = chosen is not None and seal.start() == chosen.start()
        return f'<{CONTENT_PLACE} class="{seal[1]}">{_text(seal)}{_CLOSE}' if is_chosen else _text(seal)

    return _SEALED.sub(opened, html)


def _text(seal: re.Match[str]) -> str:
    return b64decode(seal[2]).decode("utf-8", "surrogatepass")


def is_sealed(html: str) -> bool:
    """Whether a source has a sealed text."""
    return _SEALED.search(html) is not None


def part_at_text(html: str) -> tuple[str, str, bool] | None:
    """An entry with its text open in two, what stands round it and the text; whether that stands in a teaser's place.

    None if no text is open in it.
    """
    start, end = _OPEN.search(html), html.rfind(_CLOSE)
    if start is None or end < start.end():
        return None
    return f"{html[: start.end()]}{html[end:]}", html[start.end() : end], start[1] == "teaser"


def holds_any(html: str) -> bool:
    """Whether a source has words, a picture, or the form that asks for a password."""
    return has_words(html) or "<img" in html or "<form" in html


def without_place(html: str) -> str:
    """A source in which no author has written the name of our own element."""
    return html.replace(CONTENT_PLACE, "x-text")
