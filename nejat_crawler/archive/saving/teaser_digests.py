"""What listings show of articles that they cut, and what they show as whole and may have cut all the same.

Neither replaces anything: it is a reason to read the article's own page, unless it fits what is archived.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from sqlite_utils import Database

from nejat_crawler.archive.reading.article_details import read_names
from nejat_crawler.archive.reading.query_rows import read_dicts
from nejat_crawler.archive.saving.outcomes import Row
from nejat_crawler.archive.saving.typography import fold_typography, is_cut_from, same_words, without_ending
from nejat_crawler.items import Article


def shows_part(db: Database, row: Row, article: Article) -> bool:
    """Whether a capture shows, or may show, only a part of what is archived of an article: then it replaces nothing.

    An article's own page and the REST interface show all of it; of a listing that is not sure, whatever its theme
    says: one night a layout with excerpts in the place of the texts made 297 texts into their first thirty words.
    """
    if article.own_page or article.source == "api":
        return False
    if not article.whole:
        return row["body"] is not None and article.status == "live"  # of an import, parts are kept till all are there
    if article.body is None or article.protected or (row["body"] and not article.body):
        return False
    if row["body"] is None:  # the site cuts this text, and here it ends where excerpts end
        return bool(row["excerpt"]) and without_ending(article.body)[1]
    lost_title = bool(row["title"]) and not article.title and not shown_before(db, row, article)
    return (
        _is_less_text(row, article.body, live=article.status == "live")
        or lost_title
        or is_cut_from(article.title, row["title"])
        or _fold(article.categories) < _fold(read_names(db, "article_categories", row["id"]))
    )


def only_part(row: Row, article: Article) -> Article:
    """The capture without what it may show in part: the archive keeps what it has.

    Another title over the old text, or another first part before the other old parts, is a state that the site never
    had.
    """
    part = replace(article, body=None, body_html=None, images=None, links=[], byline=None)
    part.modified_at = None  # the edit of that moment is still to be read
    if row["body"] is None:
        return replace(part, excerpt=article.body)
    return replace(part, title=row["title"], categories=None)


def shown_before(db: Database, row: Row, article: Article) -> bool:
    """Whether title and text are those of an earlier state: a post that had no title may go back to none."""
    sql = "SELECT title, body FROM article_versions WHERE article_id = ?"
    earlier = read_dicts(db, sql, row["id"])
    return any(same_words(one["title"], article.title) and same_words(one["body"], article.body) for one in earlier)


def compare_teaser(db: Database, article_id: str, article: Article, *, part: bool) -> bool:
    """Note what a capture shows of its text; whether the whole text that is archived is out of date by it.

    `part`: what it shows may be a part, though it says that it is the whole.
    """
    if article.own_page or (article.whole and article.body is not None and not part):
        sql = """
            UPDATE teasers SET read_digest = digest WHERE article_id = ? AND read_digest IS NOT digest
            AND EXISTS (SELECT 1 FROM articles WHERE id = article_id AND body IS NOT NULL)
        """
        db.execute(sql, [article_id])
        return False
    if article.whole and not part:
        return False
    teaser = " ".join((article.excerpt or article.body or "").split())
    shown = "\0".join([article.title, *(article.categories or ()), teaser])
    digest = hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    sql = "SELECT title, body, digest, read_digest FROM articles LEFT JOIN teasers ON article_id = id WHERE id = ?"
    row = next(iter(read_dicts(db, sql, article_id)))
    read_digest = row["read_digest"]
    if row["digest"] != digest:
        if not article.whole and row["body"] is not None and _fits(db, article_id, row, article, teaser):
            read_digest = digest
        db.execute("INSERT OR REPLACE INTO teasers VALUES (?, ?, ?)", [article_id, digest, read_digest])
    return row["body"] is not None and read_digest != digest


def _fits(db: Database, article_id: str, row: Row, article: Article, teaser: str) -> bool:
    """Whether a teaser tells nothing that is not archived: another layout cuts at another word, which is no edit."""
    titled = same_words(article.title, row["title"]) or is_cut_from(article.title, row["title"])
    listed = _fold(article.categories) <= _fold(read_names(db, "article_categories", article_id))
    return titled and listed and without_ending(teaser)[0] in fold_typography(row["body"])


def _is_less_text(row: Row, text: str, *, live: bool) -> bool:
    """Whether a text may be an excerpt of the archived: its beginning, or shorter and marked, or less than half.

    The beginning of a text capture may be the whole: that may have taken in what stood below the article. Of a web
    archive no own page can be asked for what became of the other half: where nothing marks an excerpt, it is an edit.
    """
    if same_words(text, row["body"]):
        return False
    whole = fold_typography(row["body"])
    beginning, marked = without_ending(text)
    if without_ending(whole)[0].startswith(beginning) and (marked or row["source"] != "text"):
        return True
    few = live and 2 * len(beginning.split()) < len(whole.split())
    return len(beginning) < len(whole) and (marked or few)


def _fold(categories: Sequence[str] | None) -> set[str]:
    return {fold_typography(name) for name in categories or ()}
