"""Where an article was read: the record of a web archive, and a digest of what the extractor read there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlite_utils import Database

from nejat_crawler.items import Article, Image, KeptAnswer, Link

#: What is compared as one: the parts of an article that one extractor may read otherwise than another.
PARTS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "categories": ("categories",),
    "tags": ("tags",),
    "date": ("published", "published_at", "published_text"),
    "text": ("body", "protected"),
    "markup": ("body_html",),
    "excerpt": ("excerpt",),
    "byline": ("byline",),
    "links": ("links",),
    "images": ("images",),
    "author": ("author",),
    "comments": ("comment_count",),
}
_DIGITS = 6
_AS_JSON = json.JSONEncoder(ensure_ascii=False).encode  # `json.dumps` makes one for each text


def digest_parts(values: Mapping[str, Any]) -> str:
    """A digest of each of PARTS, in their order."""
    parts = ([values[name] or None for name in names] for names in PARTS.values())
    texts = (_AS_JSON(part).encode("utf-8", "surrogatepass") for part in parts)
    return " ".join(hashlib.sha256(text).hexdigest()[:_DIGITS] for text in texts)


def digest_reading(article: Article) -> str:
    """The digest of what the extractor has read."""
    return digest_parts(shown_values(article))


def shown_values(article: Article) -> dict[str, Any]:
    """What the extractor has read, as the archive keeps it, under the names of PARTS."""
    shown = {name: getattr(article, name) for names in PARTS.values() for name in names}
    shown["images"] = [image_row(image) for image in article.images or []]
    shown["links"] = [link_row(link) for link in article.links if article.body is not None]
    return {**shown, "protected": int(article.protected)}


def image_row(image: Image) -> dict[str, Any]:
    """The columns of a picture; `asdict` copies each value deeply."""
    return {"src": image.src, "alt": image.alt, "caption": image.caption, "lead": int(image.lead)}


def link_row(link: Link) -> dict[str, Any]:
    """The columns of a link."""
    return {"url": link.url, "text": link.text, "target_url": link.target_url}


def capture_columns(db: Database, article: Article) -> dict[str, Any]:
    """The columns that tell from which record a state of an article was read; null where none is kept."""
    captures = [save_capture(db, kept) for kept in article.kept]
    return {
        "capture_id": captures[0] if captures else None,
        "capture_parts": json.dumps(captures[1:]) if captures[1:] else None,
        "reading": article.reading if captures else None,
        "reextracted_at": None,
    }


#: The columns of `capture_columns`.
CAPTURE_COLUMNS = ("capture_id", "capture_parts", "reading", "reextracted_at")


def save_capture(db: Database, kept: KeptAnswer, repeats: int | None = None) -> int:
    """The id of a record's row in `captures`, which is made where there is none.

    `repeats`: the row of the record that holds the body, where this one does not.
    """
    values = asdict(kept)
    same = "file = :file AND offset = :offset AND url = :url AND time = :time"
    for (known,) in db.execute(f"SELECT id FROM captures WHERE {same}", values):
        return int(known)
    columns = [*values, "repeats"]
    sql = f"INSERT INTO captures ({', '.join(columns)}) VALUES (:{', :'.join(columns)})"
    return int(db.execute(sql, {**values, "repeats": repeats}).lastrowid or 0)


def forget_captures(db: Database, files: str) -> None:
    """Take back the rows of a run's files, whose names begin so: a wrong clock has told their times.

    The records stay. Rows of other runs are told by no time: this clock may be years behind theirs.
    """
    db.execute("DELETE FROM captures WHERE file = ? OR file GLOB ?", [f"{files}.warc.gz", f"{files}_*.warc.gz"])
