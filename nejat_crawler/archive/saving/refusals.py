"""What pages showed that would have replaced a title or a text by less: said once, not every night."""

from __future__ import annotations

import hashlib

from sqlite_utils import Database

from nejat_crawler.archive.reading.query_rows import read_dicts
from nejat_crawler.archive.saving.other_sources import says_edited
from nejat_crawler.archive.saving.outcomes import Outcome, Row
from nejat_crawler.archive.saving.teaser_digests import shown_before
from nejat_crawler.archive.saving.typography import fold_typography, is_cut_from
from nejat_crawler.items import Article


def shows_less(db: Database, row: Row, article: Article) -> bool:
    """Whether a page suddenly has no title or no text, or an excerpt in its place.

    A post that now asks for a password rightly has no text. An editor may take a title away: the article's own page
    or the REST interface is believed where it has the text.
    """
    lost_title = bool(row["title"]) and not article.title and article.status == "live"
    lost_title = lost_title and not (article.own_page and article.body)
    lost_body = bool(row["body"] or row["excerpt"]) and article.body == "" and not article.protected
    if lost_title or lost_body:
        return not shown_before(db, row, article)
    if not article.own_page or not row["body"] or article.protected:
        return False
    return is_cut_from(article.body, row["body"]) or _lacks_parts(db, row, article)


def _lacks_parts(db: Database, row: Row, article: Article) -> bool:
    """Whether a page shows a part alone of a post that is split over several, or no text of one of them."""
    if article.source == "api" or len(article.body or "") >= len(row["body"]) or says_edited(row, article):
        return False
    if not article.empty_parts and (article.part_count > 1 or not _was_split(db, row)):
        return False
    shown, archived = ([*map(fold_typography, text.split("\n\n"))] for text in (article.body or "", row["body"]))
    return len(shown) < len(archived) and set(shown) <= set(archived)


def _was_split(db: Database, row: Row) -> bool:
    sql = "SELECT 1 FROM article_pages WHERE article_id = ? AND page_count > 1"
    return bool(row["capture_parts"] or db.execute(sql, [row["id"]]).fetchone())


def record_refusal(db: Database, row: Row, article: Article) -> Outcome:
    """Note what was refused; `kept` where the same was refused before."""
    shown = "\0".join((fold_typography(article.title), fold_typography(article.body), *article.fewer))
    digest = hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    sql = "SELECT digest FROM refusals WHERE article_id = ? AND source = ?"
    if {"digest": digest} in read_dicts(db, sql, row["id"], article.source):
        return "kept"
    values = [row["id"], article.source, digest, article.captured_at]
    db.execute("INSERT OR REPLACE INTO refusals VALUES (?, ?, ?, ?)", values)
    return "refused"


def delete_refusal(db: Database, article_id: str, article: Article) -> None:
    """Let a refusal be news again: this source shows a whole text."""
    db.execute("DELETE FROM refusals WHERE article_id = ? AND source = ?", [article_id, article.source])
