"""The parts of a post split by `<!--nextpage-->`, kept until the post is whole, in whatever order they come."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

from sqlite_utils import Database

from nejat_crawler.archive.capture_records.capture_places import read_captures
from nejat_crawler.archive.capture_records.capture_rows import capture_columns
from nejat_crawler.archive.reading.query_rows import read_dicts
from nejat_crawler.archive.saving.outcomes import Row
from nejat_crawler.extraction.body import find_byline
from nejat_crawler.items import Article, Image, Link


def save_parts(db: Database, article_id: str, article: Article) -> bool:
    """Keep a part until the others are there; whether that wrote anything."""
    content = json.dumps(
        {
            "body": article.body,
            "body_html": article.body_html,
            "images": [asdict(image) for image in article.images or []],
            "links": [asdict(link) for link in article.links],
        },
        ensure_ascii=False,
    )
    part: Row = {
        "article_id": article_id,
        "page": article.first_part,
        "page_count": article.part_count,
        "content": content,
    }
    held = read_dicts(db, f"SELECT {', '.join(part)} FROM article_pages WHERE article_id = ?", article_id)
    # A listing and the post's own page may show other pictures of a part: an import of both must come to rest.
    texts = {(one["page"], one["page_count"], json.loads(one["content"])["body"]) for one in held}
    known = (article.first_part, article.part_count, article.body) in texts
    if part in held or (known and article.status != "live"):
        return False
    part["capture_id"] = capture_columns(db, article)["capture_id"]
    db.table("article_pages").upsert(part, pk=("article_id", "page"))
    return True


def loses_text(db: Database, article_id: str, article: Article) -> bool:
    """Whether a part suddenly has no text, where the part in its place has some."""
    sql = "SELECT content FROM article_pages WHERE article_id = ? AND page = ?"
    held = read_dicts(db, sql, article_id, article.first_part) if not article.body else []
    return any(json.loads(row["content"])["body"] for row in held)


def join_parts(db: Database, article_id: str, article: Article) -> Article | None:
    """The whole article, once every part of the same number of parts is there."""
    sql = "SELECT content, capture_id FROM article_pages WHERE article_id = ? AND page_count = ? ORDER BY page"
    rows = read_dicts(db, sql, article_id, article.part_count)
    parts = [json.loads(row["content"]) for row in rows]
    if len(parts) < article.part_count:
        return None
    images = [
        Image(**image)
        for number, part in enumerate(parts)
        for image in part["images"]
        if not (number and image["lead"])
    ]
    kept = read_captures(db, (row["capture_id"] for row in rows))
    body = "\n\n".join(part["body"] for part in parts if part["body"])
    return replace(
        article,
        kept=kept if len(kept) == len(rows) else (),
        body=body,
        byline=find_byline(body),
        body_html="\n".join(part["body_html"] for part in parts if part["body_html"]),
        images=images,
        links=[Link(**link) for part in parts for link in part["links"]],
        whole=True,
    )
