"""The extractors that are compared: ours, and where they are installed trafilatura and newspaper4k."""

from __future__ import annotations

import importlib
import importlib.util
import logging
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from html import unescape
from typing import Any

from benchmarks.cases import Case
from nejat_crawler.extraction.page import Entry, Page, read_page
from nejat_crawler.items import Article, Capture
from pipelines.extract_article import extract_article
from pipelines.resolve_date import resolve_date
from pipelines.strip_chrome import strip_chrome

Found = Mapping[str, Mapping[str, Any]]
"""By id, the fields of each article that an extractor finds on a page."""

Extractor = Callable[[Case], Found]

_SEEN = "2026-01-01T00:00:00Z"


def read_ours(case: Case) -> Found:
    """The articles of a page, or of the pages of one post, by the functions that the crawl uses."""
    pages = [read_page(html, case.url if number == 0 else None) for number, html in enumerate(case.pages)]
    if len(pages) > 1:
        entries = [entry for page in pages for entry in page.entries[:1]]
        return dict([_fields(_article(pages[0], entries, case.url))]) if entries else {}
    # a sticky post stands on the first page twice: the later one is the same
    return dict(_fields(_article(pages[0], [entry], case.url)) for entry in pages[0].entries)


def articles(page: Page, url: str | None = None) -> Iterator[Article]:
    """Each article of a page that has been read."""
    for entry in page.entries:
        yield _article(page, [entry], url)


def _article(page: Page, entries: list[Entry], url: str | None) -> Article:
    if page.theme is None:
        raise ValueError("a page of no known theme has no entries")
    first = entries[0]
    own_page = page.is_article
    capture = Capture(
        edition=first.address.edition,
        source="html",
        theme=page.theme.name,
        found_at=url or "page.html",
        captured_at=_SEEN,
        status="unseen",
        post_id=first.address.post_id,
        html=tuple(entry.html for entry in entries),
        parts=tuple(strip_chrome(e.html, page.theme, own_page=own_page) for e in entries),
        own_page=own_page,
        teaser=first.teaser,
        first_part=first.part,
        part_count=first.part_count,
        published_at=page.published_at,
    )
    return resolve_date(extract_article(capture))


def _fields(article: Article) -> tuple[str, Mapping[str, Any]]:
    fields = asdict(article)
    fields["body"] = article.body if article.whole else None  # one part of several is no text yet
    fields["category"] = next(iter(article.categories or ()), None)
    fields["links"] = [{"url": link.url, "text": link.text} for link in article.links]
    return f"{article.edition}-{article.post_id}", fields


def peers() -> dict[str, Extractor]:
    """The other extractors that are installed here, by name."""
    made: dict[str, Extractor] = {}
    if importlib.util.find_spec("trafilatura"):
        made["trafilatura"] = _trafilatura()
    if importlib.util.find_spec("newspaper"):
        made["newspaper4k"] = _newspaper()
    return made


_TABLE_RULE = re.compile(r"^\|[-| ]*\|$", re.MULTILINE)
_MARKUP_SIGNS = re.compile(r"^- |\|", re.MULTILINE)


def _trafilatura() -> Extractor:
    """Trafilatura with its default settings; the signs that it sets lists and tables with are taken off again."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    module = importlib.import_module("trafilatura")

    def read(case: Case) -> Found:
        documents = [
            module.bare_extraction(html, url=case.url, with_metadata=True, include_comments=False)
            for html in case.pages
        ]
        texts = [document.text or "" for document in documents if document]
        first = documents[0]
        fields = {
            "title": first.title if first else None,
            "category": next(iter(first.categories or ()), None) if first else None,
            "published": first.date if first else None,
            "author": first.author if first else None,
            "body": _MARKUP_SIGNS.sub(" ", _TABLE_RULE.sub("", "\n".join(texts))),
        }
        return {next(iter(case.truths)): fields}

    return read


def _newspaper() -> Extractor:
    """newspaper4k, given the page and kept off the network; the section of its metadata counts as a category."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it names optional packages that are missing
        module = importlib.import_module("newspaper")

    def read(case: Case) -> Found:
        parsed = []
        for html in case.pages:
            article = module.Article(case.url or "https://www.nejatngo.org/", fetch_images=False)
            article.download(input_html=html)
            article.parse()
            parsed.append(article)
        section = parsed[0].meta_data.get("article", {})
        date = parsed[0].publish_date
        fields = {
            "title": unescape(parsed[0].title or ""),
            "category": section.get("section") if isinstance(section, dict) else None,
            "published": date.date().isoformat() if date else None,
            "author": ", ".join(parsed[0].authors) or None,
            "body": "\n".join(article.text for article in parsed),
        }
        return {next(iter(case.truths)): fields}

    return read
