"""What templates call on a value."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from markupsafe import escape

from nejat_crawler.editions import EDITIONS


def web_address(text: str | None) -> str | None:
    """`text` if it is an address of the web; a page may have given `javascript:…` for one."""
    try:
        parts = urlsplit((text or "").strip())
    except ValueError:  # "http://[" is no address
        return None
    return (text or "").strip() if parts.scheme in {"http", "https"} and parts.netloc else None


def paragraphs(text: str | None) -> list[list[str]]:
    """The paragraphs of a body, each a list of its lines."""
    return [paragraph.split("\n") for paragraph in (text or "").split("\n\n") if paragraph.strip()]


@lru_cache(maxsize=256)
def direction(language: str | None) -> str:
    """`ltr` or `rtl`; `auto` for a language that no edition has."""
    return next((row.direction for row in EDITIONS.values() if row.language == language), "auto")


def edition_name(code: str | None) -> str:
    """`Persian` for `fa`."""
    return EDITIONS[code].name if code in EDITIONS else code or ""


def edition_language(code: str | None) -> str:
    """The language that an edition is written in; empty for a code that none has."""
    return EDITIONS[code].language if code in EDITIONS else ""


def marked(pieces: Iterable[tuple[str, bool]]) -> str:
    """Markup of text in pieces, those that were looked for marked: twenty results have hundreds."""
    return "".join([f"<mark>{escape(text)}</mark>" if found else escape(text) for text, found in pieces])
