"""What listings show of articles that they cut: another title or teaser than before tells of an edit."""

from __future__ import annotations

import hashlib
import re

from sqlite_utils import Database

from nejat_crawler.items import Article

# How teasers end: `…`, `...`, `[…]`.
_ENDING = re.compile(r"\s*(?:\[\s*)?(?:…|\.{3})(?:\s*\])?\s*$")


def compare_teaser(db: Database, article_id: str, article: Article) -> bool:
    """Note what a capture shows of its text; whether the whole text that is archived is out of date by it."""
    if article.own_page:
        sql = """
            UPDATE teasers SET read_digest = digest WHERE article_id = ? AND read_digest IS NOT digest
            AND EXISTS (SELECT 1 FROM articles WHERE id = article_id AND body IS NOT NULL)
        """
        db.execute(sql, [article_id])
        return False
    teaser = " ".join((article.excerpt or article.body or "").split())
    if article.whole or not teaser:
        return False
    shown = "\0".join([article.title, *(article.categories or ()), teaser])
    digest = hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    sql = "SELECT title, body, digest, read_digest FROM articles LEFT JOIN teasers ON article_id = id WHERE id = ?"
    row = next(iter(db.query(sql, [article_id])))
    if row["digest"] != digest:
        # A whole text that was archived without ever meeting its teaser is up to date if it holds that.
        known = row["digest"] is None and row["title"] == article.title
        holds = known and _ENDING.sub("", teaser) in " ".join((row["body"] or "").split())
        read_digest = digest if holds and row["body"] else row["read_digest"]
        db.execute("INSERT OR REPLACE INTO teasers VALUES (?, ?, ?)", [article_id, digest, read_digest])
        return row["body"] is not None and read_digest != digest
    return row["body"] is not None and row["read_digest"] != digest
