"""Which archived article a capture shows: by edition and post id, never by its title alone.

A text capture has no post id. It belongs to the crawled article of its edition, day and folded title, if there is
exactly one and its text is no other. An excerpt without a date belongs to the only article of its edition and folded
title, if its words stand in that text. Articles and captures come in any order, so each new one may join what came
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
from nejat_crawler.archive.reading.query_rows import read_dicts
from nejat_crawler.archive.saving.outcomes import Outcome, Row
from nejat_crawler.folding import fold_for_search
from nejat_crawler.items import Article, Image, KeptAnswer, Link

#: Texts that have this share of the shorter one's pairs of words in common are one: an edit changes few of them,
#: two articles share next to none.
_SAME_TEXT = 0.5
_SAME_EXCERPT = 0.8  # the share of an excerpt without a date: the title alone tells its article
_FEW_WORDS = 8  # of fewer, the words themselves are compared


def text_id(article: Article) -> str:
    """The id of a text capture without post id, stable from run to run."""
    opening = " ".join((article.body or article.excerpt or "").split())[:200]
    key = "\0".join((article.edition, article.published or "", article.title, opening))
    return f"{article.edition}-t{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def identify(db: Database, article: Article) -> tuple[str, Outcome | None]:
    """The id that a text capture has in the archive; an outcome, if there is nothing left to do."""
    own_id = text_id(article)
    for known in read_dicts(db, "SELECT article_id FROM text_captures WHERE text_id = ?", own_id):
        article_id = str(known["article_id"])
        record_text_capture(db, own_id, article_id, article)
        return article_id, None if article_id == own_id else "same"
    if _is_undated_excerpt(article):
        whole = [row for row in _titled(db, article) if not _is_standing(row)]
        if len(whole) != 1 or not _stands_in(article.excerpt or "", whole[0]):
            return own_id, None
        record_text_capture(db, own_id, str(whole[0]["id"]), article)
        return str(whole[0]["id"]), "joined"
    twins = [twin for twin in find_twins(db, article) if twin["post_id"] is not None]
    if len(twins) != 1 or not _fit(_text_of(twins[0]), _text(article)):
        return own_id, None
    article_id = str(twins[0]["id"])
    record_text_capture(db, own_id, article_id, article)
    return article_id, None if twins[0]["body"] is None and article.body is not None else "joined"


def meet_captures(db: Database, article_id: str, article: Article, twins: list[Row]) -> list[Article]:
    """Give a new article its text captures among its `twins`, if it is the only one of its day and title.

    If it is a second, the text captures that joined the only one until now: they are to be saved for themselves.
    """
    crawled = [twin["id"] for twin in twins if twin["post_id"] is not None]
    if crawled:
        sql = f"""
            SELECT articles FROM text_captures WHERE article_id IN ({", ".join("?" * len(crawled))})
            AND articles IS NOT NULL ORDER BY article_id, text_id
        """
        joined = read_dicts(db, sql, *crawled)
        return [_read_text(fields) for row in joined for fields in json.loads(row["articles"])]
    mine = [twin for twin in twins if _fit(_text_of(twin), _text(article))]
    mine.sort(key=lambda twin: (-len(twin["body"] or ""), twin["id"]))
    for twin in mine[1:]:
        db.execute("UPDATE text_captures SET article_id = ? WHERE article_id = ?", [mine[0]["id"], twin["id"]])
        db.execute("DELETE FROM articles WHERE id = ?", [twin["id"]])
    for twin in mine[:1]:  # becomes its row
        sql = "UPDATE articles SET id = ?, post_id = ? WHERE id = ?"
        db.execute(sql, [article_id, article.post_id, twin["id"]])
    return []


def settle_excerpts(db: Database, article: Article) -> list[Article]:
    """Let the undated excerpts of the title of `article` join the only one that has it; those that part from several.

    To be called once `article` is saved: it may be the one that they waited for, or a second.
    """
    if not article.title or not _has_captures(db):
        return []
    rows = _titled(db, article)
    whole = [row for row in rows if not _is_standing(row)]
    if len(whole) != 1:
        sql = "SELECT articles FROM text_captures WHERE article_id = ? AND articles IS NOT NULL ORDER BY text_id"
        joined = [known for row in whole for known in read_dicts(db, sql, row["id"])]
        captures = [_read_text(fields) for known in joined for fields in json.loads(known["articles"])]
        return [capture for capture in captures if _is_undated_excerpt(capture)]
    for row in rows:
        if _is_standing(row) and _stands_in(row["excerpt"], whole[0]):
            db.execute("UPDATE text_captures SET article_id = ? WHERE article_id = ?", [whole[0]["id"], row["id"]])
            db.execute("DELETE FROM articles WHERE id = ?", [row["id"]])
    return []


def _is_undated_excerpt(article: Article) -> bool:
    has_excerpt = article.body is None and bool(article.excerpt)
    return article.post_id is None and article.published is None and has_excerpt and bool(article.title)


def _is_standing(row: Row) -> bool:
    """Whether a row is an undated excerpt that no article was found for."""
    return row["post_id"] is None and row["published"] is None and row["body"] is None and bool(row["excerpt"])


def _titled(db: Database, article: Article) -> list[Row]:
    """All rows of the edition with the words of this title, which the search index finds."""
    words = _words(article.title)
    sql = """
        SELECT id, title FROM articles WHERE edition = ?
        AND docid IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?) ORDER BY id
    """
    found = read_dicts(db, sql, article.edition, f'title : "{" ".join(words)}"') if words else ()
    rows = (read_row(db, str(row["id"])) for row in found if _words(row["title"]) == words)
    return [row for row in rows if row]


def _stands_in(excerpt: str, row: Row) -> bool:
    """Whether the words of an excerpt stand in what is archived of an article, of its excerpt also the reverse."""
    whole = _words(_text_of(row))
    if _has_words(whole, _words(excerpt)):
        return True
    return row["body"] is None and len(whole) >= _FEW_WORDS and _has_words(_words(excerpt), whole)


def _has_words(whole: list[str], words: list[str]) -> bool:
    if len(words) < _FEW_WORDS:
        return bool(words) and f" {' '.join(words)} " in f" {' '.join(whole)} "
    pairs = set(pairwise(words))
    return len(pairs & set(pairwise(whole))) >= _SAME_EXCERPT * len(pairs)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold_for_search(text))


def find_twins(db: Database, article: Article) -> list[Row]:
    """Articles of the same edition, day and folded title, with a post id or without.

    Untitled articles of one day are told apart by nothing else: they have no twins.
    """
    if not article.published or not article.title:
        return []
    if article.post_id is not None and not _has_captures(db):  # crawled articles meet over their captures alone
        return []
    sql = """
        SELECT id, body, excerpt, post_id FROM articles
        WHERE edition = ? AND published = ? AND fold_for_search(title) = ? ORDER BY id
    """
    return read_dicts(db, sql, article.edition, article.published, fold_for_search(article.title))


def _has_captures(db: Database) -> bool:
    """Whether the archive holds any text capture: where only a site was crawled, there is none to be looked for."""
    return db.execute("SELECT 1 FROM text_captures LIMIT 1").fetchone() is not None


def _text_of(row: Row) -> str:
    return str(row["body"] or row["excerpt"] or "")


def _text(article: Article) -> str:
    return article.body or article.excerpt or ""


def _fit(one: str, other: str) -> bool:
    """Whether two texts may be those of one article, or one of them is the beginning of the other, or not known."""
    words, others = _words(one), _words(other)
    fewer = min(len(words), len(others))
    if fewer < _FEW_WORDS:
        return not fewer or len({*words} & {*others}) >= _SAME_TEXT * min(len({*words}), len({*others}))
    pairs, other_pairs = set(pairwise(words)), set(pairwise(others))
    return len(pairs & other_pairs) >= _SAME_TEXT * min(len(pairs), len(other_pairs))


def record_text_capture(db: Database, own_id: str, article_id: str, article: Article) -> None:
    """Note that a text capture shows this article, so that importing it again is no news, and what it shows."""
    sql = "SELECT article_id, articles FROM text_captures WHERE text_id = ?"
    noted = read_dicts(db, sql, own_id)
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
    images, links, kept = fields.pop("images"), fields.pop("links"), fields.pop("kept", ())
    return Article(
        **fields,
        kept=tuple(KeptAnswer(**answer) for answer in kept),
        images=None if images is None else [Image(**image) for image in images],
        links=[Link(**link) for link in links],
    )
