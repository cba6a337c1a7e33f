"""Which archived article a capture shows: by edition and post id, never by its title alone."""

from __future__ import annotations

import hashlib

from sqlite_utils import Database

from nejat_crawler.archive.outcomes import Outcome, Row
from nejat_crawler.items import Article
from nejat_crawler.text import fold_for_search


def find_row(db: Database, article_id: str) -> Row | None:
    """The row of an article, or None."""
    return next(iter(db.query("SELECT * FROM articles WHERE id = ?", [article_id])), None)


def text_id(article: Article) -> str:
    """The id of a text capture without post id, stable from run to run."""
    opening = " ".join((article.body or article.excerpt or "").split())[:200]
    key = "\0".join((article.edition, article.published or "", article.title, opening))
    return f"{article.edition}-t{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def identify(db: Database, article: Article) -> tuple[str, Outcome | None]:
    """The id that `article` has in the archive; an outcome, if there is nothing left to do."""
    if article.post_id is not None:
        article_id = f"{article.edition}-{article.post_id}"
        if find_row(db, article_id) is None and not _twins(db, article, crawled=True):
            twins = _twins(db, article, crawled=False)
            if len(twins) == 1:
                db.execute(
                    "UPDATE articles SET id = ?, post_id = ? WHERE id = ?", [article_id, article.post_id, *twins]
                )
        return article_id, None
    own_id = text_id(article)
    for known in db.query("SELECT article_id FROM text_captures WHERE text_id = ?", [own_id]):
        return str(known["article_id"]), "same"
    twins = [twin for twin in _twins(db, article, crawled=True) if not _text_captures(db, twin)]
    if len(twins) == 1:
        remember_text(db, own_id, twins[0], article)
        return twins[0], "joined"
    return own_id, None


def _twins(db: Database, article: Article, *, crawled: bool) -> list[str]:
    """Articles of the same edition, day and folded title, with a post id or without.

    Untitled articles of one day are told apart by nothing else: they have no twins.
    """
    if not article.published or not article.title:
        return []
    sql = f"""
        SELECT id FROM articles WHERE edition = ? AND published = ? AND post_id IS {"NOT " if crawled else ""}NULL
        AND fold_for_search(title) = ?
    """
    return [row["id"] for row in db.query(sql, [article.edition, article.published, fold_for_search(article.title)])]


def _text_captures(db: Database, article_id: str) -> list[Row]:
    return list(db.query("SELECT text_id FROM text_captures WHERE article_id = ?", [article_id]))


def remember_text(db: Database, own_id: str, article_id: str, article: Article) -> None:
    """Note that a text capture shows this article, so that importing it again is no news."""
    sql = "INSERT INTO text_captures (text_id, article_id, found_at, captured_at) VALUES (?, ?, ?, ?)"
    db.execute(sql, [own_id, article_id, article.found_at, article.captured_at])
