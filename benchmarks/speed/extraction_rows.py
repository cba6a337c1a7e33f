"""What it costs to read articles off pages that are in memory."""

from __future__ import annotations

import importlib
import importlib.util
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.extractors import articles
from benchmarks.processes import NotMeasuredError
from benchmarks.speed.row import Row, processor_time
from benchmarks.speed.sample_pages import listings, own_pages
from nejat_crawler.extraction.page import read_page

_LISTINGS, _OWN_PAGES = 40, 60


def trafilatura_extraction() -> Callable[..., Any]:
    """The function that reads an article's page; raises NotMeasuredError where it is not installed."""
    if not importlib.util.find_spec("trafilatura"):
        raise NotMeasuredError("trafilatura is not installed (make evaluate installs it)")
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    extract: Callable[..., Any] = importlib.import_module("trafilatura").bare_extraction
    return extract


def _read(pages: list[tuple[str, str]]) -> int:
    return sum(len(list(articles(read_page(html, url), url))) for url, html in pages)


def _against_trafilatura(pages: list[tuple[str, str]]) -> float:
    """How many times as fast as trafilatura on own pages an article is read off `pages`."""
    extract = trafilatura_extraction()
    own = list(own_pages(_OWN_PAGES))
    ours, theirs = processor_time(
        lambda: _read(pages),
        lambda: [extract(html, url=url, with_metadata=True, include_comments=False) for url, html in own],
    )
    return (theirs / len(own)) / (ours / _read(pages))


def _listing_against_parser(_: Path) -> float:
    pages = list(listings(_LISTINGS))
    parse: Callable[[bytes], Any] = importlib.import_module("lxml.html").fromstring
    ours, parser = processor_time(lambda: _read(pages), lambda: [parse(html.encode()) for _, html in pages])
    return ours / parser


EXTRACTION = (
    Row(
        "extraction from a listing page, per article",
        "trafilatura on the articles' own pages",
        12,
        None,
        lambda _: _against_trafilatura(list(listings(_LISTINGS))),
    ),
    Row(
        "extraction from an own page",
        "trafilatura",
        8,
        None,
        lambda _: _against_trafilatura(list(own_pages(_OWN_PAGES))),
    ),
    Row("extraction of a listing over parsing", "lxml parsing the same bytes", None, 8, _listing_against_parser),
)
