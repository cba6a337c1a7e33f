r"""An article as a reference: BibTeX, RIS and CSL-JSON, for Zotero and its like.

Each function is a plain function of an article by the contract (`id`, `url`, `title`, `author`, `byline`,
`published`, `language`, `categories`, `tags`, `status`), of the version of the corpus, and of the day on which the
page was last seen (`2026-11-21`, or null).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from nejat_crawler.editions import EDITIONS

SITE_NAME = "nejatngo.org"
PUBLISHER = "Nejat Society"

ArticleFields = Mapping[str, Any]


def author_of(article: ArticleFields) -> str:
    """Whom to cite: who the text names, else the site's account, else the publisher."""
    return _line(article["byline"]) or _line(article["author"]) or PUBLISHER


def day_of_access(article: ArticleFields) -> str | None:
    """The day on which the page was last seen; None for an article that was never met on the site.

    That day and not today: it is true, and the same archive gives the same bytes.
    """
    return None if article["status"] == "unseen" else str(article["last_seen"][:10])


def citation_key(article: ArticleFields) -> str:
    """The key of an article, the same in every export: `nejat-en-15193`."""
    return f"nejat-{article['id']}"


def bibtex(article: ArticleFields, corpus_version: str, accessed: str | None) -> str:
    """An entry for BibTeX and biblatex, in UTF-8; `@online`, or `@misc` where no address is known.

    Names stand in a second pair of braces, so that a Persian or Arabic name is never cut into parts and turned round.
    """
    published, edition = article["published"], EDITIONS.get(article["edition"])  # another version may know more
    fields = {
        "author": f"{{{_tex(author_of(article))}}}",
        "title": f"{{{_tex(_line(article['title']))}}}" if _line(article["title"]) else None,
        "date": published,
        "year": published and published[:4],  # for the styles that are older than `date`
        "url": _address(article),
        "urldate": accessed if _address(article) else None,
        "organization": _tex(PUBLISHER),
        "langid": edition and edition.name.lower(),
        "keywords": _tex(", ".join(_keywords(article))) or None,
        "note": _tex(_note(article, corpus_version)),
    }
    kind = "online" if _address(article) else "misc"
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{kind}{{{citation_key(article)},\n{''.join(lines)}}}\n"


def ris(article: ArticleFields, corpus_version: str, accessed: str | None) -> str:
    """A record of RIS, ended by `ER`; a web page, or `GEN` where no address is known."""
    published = (article["published"] or "").split("-")
    pairs = [
        ("TY", "ELEC" if _address(article) else "GEN"),
        ("ID", citation_key(article)),
        ("AU", author_of(article)),
        ("TI", _line(article["title"])),
        ("T2", SITE_NAME),
        ("PB", PUBLISHER),
        ("PY", published[0]),
        ("DA", "/".join([*published, ""]) if published[0] else ""),
        ("UR", _address(article)),
        ("Y2", f"{accessed.replace('-', '/')}/" if accessed and _address(article) else ""),
        ("LA", article["language"]),
        *(("KW", keyword) for keyword in _keywords(article)),
        ("N1", _note(article, corpus_version)),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in pairs if value) + "ER  - \r\n"


def csl(article: ArticleFields, corpus_version: str, accessed: str | None) -> dict[str, Any]:
    """An item of CSL-JSON; a `webpage`, or a `document` where no address is known."""
    item = {
        "id": citation_key(article),
        "type": "webpage" if _address(article) else "document",
        "title": _line(article["title"]),
        "author": [{"literal": author_of(article)}],
        "container-title": SITE_NAME,
        "publisher": PUBLISHER,
        "issued": _date_parts(article["published"]),
        "URL": _address(article),
        "accessed": _date_parts(accessed) if _address(article) else None,
        "language": article["language"],
        "keyword": ", ".join(_keywords(article)),
        "note": _note(article, corpus_version),
    }
    return {name: value for name, value in item.items() if value}


def _address(article: ArticleFields) -> str | None:
    url = _line(article["url"])
    for sign in " \\{}":  # no address has them bare, and BibTeX must not meet them
        url = url.replace(sign, f"%{ord(sign):02X}")
    return url or None


def _keywords(article: ArticleFields) -> list[str]:
    named = (_line(name).replace(",", " ") for name in [*article["categories"], *article["tags"]])
    return list(dict.fromkeys(" ".join(name.split()) for name in named if name.strip()))


def _note(article: ArticleFields, corpus_version: str) -> str:
    gone = "; no longer on the site" if article["status"] == "gone" else ""
    return f"Archived as {article['id']}, corpus version {corpus_version}{gone}"


def _date_parts(day: str | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else None


_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def _line(text: str | None) -> str:
    """One line: white space folded, and no control characters, which no program reads alike."""
    return " ".join(_CONTROLS.sub(" ", text or "").split())


_TEX = str.maketrans({
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts the brace of `\{`, too, and loses its way
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
})  # fmt: skip
_LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=['`,<>])(?=['`,<>])|(?<=[!?])(?=`)")


def _tex(text: str) -> str:
    """`text` as TeX prints it sign by sign: `--` and the like would become another sign."""
    return "{}".join(part.translate(_TEX) for part in _LIGATURES.split(text))
