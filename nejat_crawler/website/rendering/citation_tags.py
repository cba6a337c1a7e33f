"""How to cite an article."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from nejat_crawler.citations import PUBLISHER, author_of, bibtex, csl, day_of_access, ris

#: Name, ending of the address, media type of each form that `cite` gives.
FORMS = (
    ("BibTeX", "bib", "application/x-bibtex"),
    ("RIS", "ris", "application/x-research-info-systems"),
    ("CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json"),
)


def cite(article: Mapping[str, Any], address: str, corpus_version: str) -> dict[str, str]:
    """A citation of `article` as `text`, `bib`, `ris` and `csl.json`; `address` is its page in the archive.

    `article` has `categories` and `tags`, too. An article that was never met on the site has no day of access.
    """
    seen = day_of_access(article)
    return {
        "text": "".join(citation(article, address, corpus_version)),
        "bib": bibtex(article, corpus_version, seen),
        "ris": ris(article, corpus_version, seen),
        "csl.json": json.dumps([csl(article, corpus_version, seen)], ensure_ascii=False, indent=1) + "\n",
    }


def citation(article: Mapping[str, Any], address: str, corpus_version: str) -> list[str]:
    """The citation in words, in parts that a page keeps apart: a Persian name may not turn the date round."""
    seen = day_of_access(article)
    title = " ".join((article["title"] or "Untitled").split())
    original = f"{article['url']}" + (f" (seen {seen}). " if seen else ". ") if article["url"] else ""
    archived = f"Archived as {article['id']}, corpus version {corpus_version}: {address}"
    return [
        author_of(article),
        f" ({article['published'] or 'n.d.'}). ",
        title,
        f". {PUBLISHER}. ",
        original,
        archived,
    ]


def meta_tags(article: Mapping[str, Any], address: str) -> list[tuple[str, str]]:
    """Names and contents of the `meta` elements that reference managers read."""
    pairs = [
        ("citation_title", article["title"] or "Untitled"),
        ("citation_author", author_of(article)),
        ("citation_publication_date", (article["published"] or "").replace("-", "/")),
        ("citation_publisher", PUBLISHER),
        ("citation_language", article["language"]),
        ("citation_public_url", article["url"] or address),
        ("citation_abstract_html_url", address),
    ]
    return [(name, content) for name, content in pairs if content]


def coins(article: Mapping[str, Any], address: str) -> str:
    """The article as a ContextObject in a span, which reference managers find on pages."""
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "webpage"),
        ("rft.title", article["title"] or "Untitled"),
        ("rft.creator", author_of(article)),
        ("rft.publisher", PUBLISHER),
        ("rft.date", article["published"] or ""),
        ("rft.language", article["language"]),
        ("rft.identifier", article["url"] or address),
    ]
    return urlencode([(name, value) for name, value in pairs if value])
