"""Which archived article a capture shows: by edition and post id, never by its title alone.

A text capture has no post id. It belongs to the crawled article of its edition, day and folded title, if there is
exactly one and its text is no other. Articles and captures come in any order, so each new one may join what came
before it, or part what had joined the only article until now.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict
from itertools import pairwise
from typing import Any

from sqlite_utils import Database

from nejat_crawler.archive.reading.article_details import read_row
from nejat_crawler.archive.saving.outcomes import Outcome, Row
from nejat_crawler.folding import fold_for_search
from nejat_crawler.items import Article, Image, Link

#: Texts that have this share of the shorter one's pairs of words in common are one: an edit changes few of them,
#: two articles share next to none.
_SAME_TEXT = 0.5
_FEW_WORDS = 8  # of fewer, the words themselves are compared


def text_id(article: Article) -> str:
    """The id of a text capture without post id, stable from run to run."""
    opening = " ".join((article.body or article.excerpt or "").split())[:200]
    key = "\0".join((article.edition, article.published or "", article.title, opening))
    return f"{article.edition}-t{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def identify(db: Database, article: Article) -> tuple[str, Outcome | None]:
    """The id that `article` has in the archive; an outcome, if there is nothing left to do."""
    if article.post_id is not None:
        article_id = f"{article.edition}-{article.post_id}"
        if read_row(db, article_id) is None:
            _assign_captures(db, article_id, article)
        return article_id, None
    own_id = text_id(article)
    for known in db.query("SELECT article_id FROM text_captures WHERE text_id = ?", [own_id]):
        article_id = str(known["article_id"])
        record_text_capture(db, own_id, article_id, article)
        return article_id, None if article_id == own_id else "same"
    twins = _same_title(db, article, crawled=True)
    if len(twins) != 1 or not _fit(_text_of(twins[0]), _text(article)):
        return own_id, None
    article_id = str(twins[0]["id"])
    record_text_capture(db, own_id, article_id, article)
    return article_id, None if twins[0]["body"] is None and article.body is not None else "joined"


def captures_to_split(db: Database, article: Article) -> list[Article]:
    """The text captures that joined the one article of their day and title, to which this new one is a second."""
    if article.post_id is None or read_row(db, f"{article.edition}-{article.post_id}") is not None:
        return []
    sql = "SELECT articles FROM text_captures WHERE article_id = ? AND articles IS NOT NULL ORDER BY text_id"
    joined = [row for twin in _same_title(db, article, crawled=True) for row in db.query(sql, [twin["id"]])]
    return [_read_text(fields) for row in joined for fields in json.loads(row["articles"])]


def _assign_captures(db: Database, article_id: str, article: Article) -> None:
    """Give a new article its text captures, if it is the only one of its day and title: one becomes its row."""
    if _same_title(db, article, crawled=True):
        return
    mine = [twin for twin in _same_title(db, article, crawled=False) if _fit(_text_of(twin), _text(article))]
    mine.sort(key=lambda twin: (-len(twin["body"] or ""), twin["id"]))
    for twin in mine[1:]:
        db.execute("UPDATE text_captures SET article_id = ? WHERE article_id = ?", [mine[0]["id"], twin["id"]])
        db.execute("DELETE FROM articles WHERE id = ?", [twin["id"]])
    for twin in mine[:1]:
        sql = "UPDATE articles SET id = ?, post_id = ? WHERE id = ?"
        db.execute(sql, [article_id, article.post_id, twin["id"]])


def _same_title(db: Database, article: Article, *, crawled: bool) -> list[Row]:
    """Articles of the same edition, day and folded title, with a post id or without.

    Untitled articles of one day are told apart by nothing else: they have no twins.
    """
    if not article.published or not article.title:
        return []
    sql = f"""
        SELECT id, body, excerpt FROM articles
        WHERE edition = ? AND published = ? AND post_id IS {"NOT " if crawled else ""}NULL
        AND fold_for_search(title) = ? ORDER BY id
    """
    return list(db.query(sql, [article.edition, article.published, fold_for_search(article.title)]))


def _text_of(row: Row) -> str:
    return str(row["body"] or row["excerpt"] or "")


def _text(article: Article) -> str:
    return article.body or article.excerpt or ""


def _fit(one: str, other: str) -> bool:
    """Whether two texts may be those of one article, or one of them is the beginning of the other, or not known."""
    words, others = (re.findall(r"\w+", fold_for_search(text)) for text in (one, other))
    fewer = min(len(words), len(others))
    if fewer < _FEW_WORDS:
        return not fewer or len({*words} & {*others}) >= _SAME_TEXT * min(len({*words}), len({*others}))
    pairs, other_pairs = set(pairwise(words)), set(pairwise(others))
    return len(pairs & other_pairs) >= _SAME_TEXT * min(len(pairs), len(other_pairs))


def record_text_capture(db: Database, own_id: str, article_id: str, article: Article) -> None:
    """Note that a text capture shows this article, so that importing it again is no news, and what it shows."""
    sql = "SELECT article_id, articles FROM text_captures WHERE text_id = ?"
    noted = list(db.query(sql, [own_id]))
    shown = [fields for row in noted for fields in json.loads(row["articles"] or "[]")]
    if not any((known["body"] or "").split() == (article.body or "").split() for known in shown):
        shown.append(asdict(article))
    elif [row["article_id"] for row in noted] == [article_id]:
        return  # an import that brings nothing new leaves the file as it is
    sql = """
        INSERT INTO text_captures (text_id, article_id, found_at, captured_at, articles) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (text_id) DO UPDATE SET article_id = excluded.article_id, articles = excluded.articles
    """
    content = json.dumps(shown, ensure_ascii=False)
    db.execute(sql, [own_id, article_id, article.found_at, article.captured_at, content])


def _read_text(fields: dict[str, Any]) -> Article:
    images, links = fields.pop("images"), fields.pop("links")
    return Article(
        **fields,
        images=None if images is None else [Image(**image) for image in images],
        links=[Link(**link) for link in links],
    )
