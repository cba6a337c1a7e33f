"""How to cite an article."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

_PUBLISHER = "Nejat Society"
_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#",
        "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip
_LANGUAGES = {"en": "english", "fa": "persian", "ar": "arabic", "sq": "albanian"}

#: Name, ending of the address, media type of each form that `cite` gives.
FORMS = (
    ("BibTeX", "bib", "application/x-bibtex"),
    ("RIS", "ris", "application/x-research-info-systems"),
    ("CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json"),
)


def cite(article: Mapping[str, Any], address: str) -> dict[str, str]:
    """A citation of `article` as `text`, `bib`, `ris` and `csl.json`; `address` is its page in the archive."""
    title = " ".join((article["title"] or "Untitled").split())
    author = " ".join((article["byline"] or "").split())
    seen = article["last_seen"][:10]
    original = article["url"] or address
    return {
        "text": _text(article, title, author, address),
        "bib": _bibtex(article, title, author, original, address, seen),
        "ris": _ris(article, title, author, original, address, seen),
        "csl.json": _csl(article, title, author, original, address, seen),
    }


def _text(article: Mapping[str, Any], title: str, author: str, address: str) -> str:
    day = article["published"] or "n.d."
    original = f" {article['url']}." if article["url"] else ""
    seen = article["last_seen"][:10]
    return f"{author or _PUBLISHER} ({day}). {title}. {_PUBLISHER}.{original} Archived {seen}: {address}"


def _bibtex(article: Mapping[str, Any], title: str, author: str, original: str, address: str, seen: str) -> str:
    fields = {
        "title": f"{{{title.translate(_LATEX)}}}",
        "author": f"{{{(author or _PUBLISHER).translate(_LATEX)}}}",
        "date": article["published"],
        "organization": _PUBLISHER,
        "url": original,
        "urldate": seen,
        "langid": _LANGUAGES.get(article["language"]),
        "note": rf"Archived at \url{{{address}}}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{nejat-{article['id']},", *lines, "}", ""])


def _ris(article: Mapping[str, Any], title: str, author: str, original: str, address: str, seen: str) -> str:
    day = (article["published"] or "").replace("-", "/")
    fields = [
        ("TY", "ELEC"), ("TI", title), ("AU", author or f"{_PUBLISHER},"), ("PY", day[:4]), ("DA", day),
        ("PB", _PUBLISHER), ("UR", original), ("L2", address), ("Y2", seen.replace("-", "/")),
        ("LA", article["language"]), ("ID", article["id"]), ("ER", ""),
    ]  # fmt: skip
    return "".join(f"{name}  - {value}\r\n" for name, value in fields if value or name == "ER")


def _csl(article: Mapping[str, Any], title: str, author: str, original: str, address: str, seen: str) -> str:
    def parts(day: str) -> dict[str, list[list[int]]]:
        return {"date-parts": [[int(part) for part in day.split("-")]]}

    item: dict[str, object] = {
        "id": article["id"], "type": "webpage", "title": title, "author": [{"literal": author or _PUBLISHER}],
        "publisher": _PUBLISHER, "container-title": _PUBLISHER, "URL": original, "archive_location": address,
        "accessed": parts(seen), "language": article["language"],
    }  # fmt: skip
    if article["published"]:
        item["issued"] = parts(article["published"])
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


def meta_tags(article: Mapping[str, Any], address: str) -> list[tuple[str, str]]:
    """Names and contents of the `meta` elements that reference managers read."""
    pairs = [
        ("citation_title", article["title"] or "Untitled"),
        ("citation_author", article["byline"] or _PUBLISHER),
        ("citation_publication_date", (article["published"] or "").replace("-", "/")),
        ("citation_publisher", _PUBLISHER),
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
        ("rft.creator", article["byline"] or _PUBLISHER),
        ("rft.publisher", _PUBLISHER),
        ("rft.date", article["published"] or ""),
        ("rft.language", article["language"]),
        ("rft.identifier", article["url"] or address),
    ]
    return urlencode([(name, value) for name, value in pairs if value])
