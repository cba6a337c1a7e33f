"""What goes wrong at the sample site's server: where, how often, and what it answers then."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Event

from nejat_crawler.sample_site.blog import Blog
from nejat_crawler.sample_site.content.posts import at_home
from nejat_crawler.sample_site.response import Response


@dataclass(slots=True)
class Fault:
    """What goes wrong at addresses that match `pattern`: `left` times, or until it is healed."""

    answer: Answer | None
    """What is answered instead; None: the same as ever, `seconds` later."""
    pattern: re.Pattern[str]
    left: int | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    encoding: str = ""
    """What a page claims to be encoded in, or a bomb is packed with."""
    strikes: int = 0
    """How often it struck."""


@dataclass(frozen=True, slots=True)
class Strike:
    """A request that a fault strikes."""

    target: str
    """Path and query."""
    fault: Fault
    healthy: Callable[[str], Response]
    """What the site answers at an address as long as nothing is wrong."""
    blogs: Mapping[str, Blog]
    home: str
    """Address of the site as pages print it."""
    stopped: Event

    def page(self) -> bytes:
        """The healthy answer's body, as it goes over the wire."""
        body = self.healthy(self.target).body
        if isinstance(body, str):
            return at_home(body, self.home).encode()
        return body if isinstance(body, bytes) else b"".join(body)


Answer = Callable[[Strike], Response]


def refuse(strike: Strike) -> Response:
    """Answer with the fault's status."""
    return Response("<html><body>Error</body></html>", strike.fault.status, headers=strike.fault.headers)
