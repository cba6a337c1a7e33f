"""What an article's page tells machines in its head: the date of publication, and where it was saved from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from nejat_crawler.extraction.nodes import select, select_first
from nejat_crawler.urls import post_address

_HAS_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d")
_IN_UTC = re.compile(r"(?:Z|\+00:?00)\Z")
_METAS = 'meta[property="article:published_time"], meta[itemprop="datePublished"]'


def published_at(page: LexborHTMLParser) -> str | None:
    """The date of an article's page by Open Graph, microdata or JSON-LD: a full timestamp before a mere day.

    Of two timestamps the one on the site's own clock: Soledad 8.7 gives it in JSON-LD, and UTC in `meta`.
    Objects typed WebSite are passed over: Penci's AMP plugin dates one with local time labelled +00:00.
    """
    metas = (node.attributes.get("content") or "" for node in select(page, _METAS))
    dates = [date for date in (*map(str.strip, metas), *_json_ld_dates(page)) if date]
    timestamps = [date for date in dates if _HAS_TIME.match(date)]
    local = (date for date in timestamps if not _IN_UTC.search(date))
    return next(local, next(iter(timestamps), next(iter(dates), None)))


# `<!-- saved from url=(0040)https://… -->` is Chrome's, ` url: https://…` in a comment of several lines SingleFile's.
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\([0-9]{1,6}\)|Page saved with SingleFile\s+url:\s*)(\S{1,2000})", re.IGNORECASE
)
#: Characters of a source in which a browser tells where it was saved from.
_TOP = 5000


def saved_from(page: LexborHTMLParser, html: str) -> str | None:
    """The address that a saved page says it has, by Open Graph or what a browser noted above it: a post's first."""
    meta = select_first(page, 'meta[property="og:url"]')
    noted = _SAVED_FROM.search(html[:_TOP])
    candidates = [meta.attributes.get("content") if meta else None, noted[1] if noted else None]
    told = [address for address in candidates if address and address.startswith("http")]
    return next((address for address in told if post_address(address)), next(iter(told), None))


def _json_ld_dates(page: LexborHTMLParser) -> Iterator[str]:
    for script in select(page, 'script[type="application/ld+json"]'):
        said = script.text()
        if "datePublished" not in said and "\\u00" not in said:  # a letter may be written as its number
            continue
        try:
            document = json.loads(said)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(document):
            date = node.get("datePublished")
            kinds = node.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if isinstance(date, str) and any(str(kind).endswith(("Article", "Posting")) for kind in kinds):
                yield date.strip()


def _nodes(document: Any) -> Iterator[dict[str, Any]]:
    """The objects of a document and of its `@graph`; deeper ones belong to something else than the page."""
    for node in document if isinstance(document, list) else [document]:
        if isinstance(node, dict):
            yield node
            graph = node.get("@graph")
            yield from (item for item in graph if isinstance(item, dict)) if isinstance(graph, list) else ()
