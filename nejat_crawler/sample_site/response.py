"""An answer of the sample site, before it goes over the wire."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

HTML = "text/html; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Response:
    """An answer whose text and headers still hold the stand-in for the site's address.

    A body in pieces is sent as it comes, with no length but what the headers say, and then the connection ends.
    """

    body: str | bytes | Iterator[bytes]
    status: int = 200
    content_type: str = HTML
    headers: dict[str, str] = field(default_factory=dict)
