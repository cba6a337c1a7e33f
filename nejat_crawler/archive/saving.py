"""How a capture joins what is archived: by the contract, nothing good is lost and nothing changes silently."""

from __future__ import annotations

import json
from dataclasses import replace

from sqlite_utils import Database

from nejat_crawler.archive.identity import find_row, identify, remember_text
from nejat_crawler.archive.lists import aim_links, names, save_lists
from nejat_crawler.archive.outcomes import Outcome, Row
from nejat_crawler.archive.parts import join_parts, save_parts
from nejat_crawler.items import Article

#: Columns that a better capture replaces and a lesser one fills in where they are null.
_DETAILS = ("url", "published", "published_at", "published_text", "undated", "author", "byline", "comment_count")


def save_article(db: Database, article: Article) -> Outcome:
    """Insert `article`, or bring it into the row of the same article; runs inside the caller's transaction."""
    article_id, outcome = identify(db, article)
    row = find_row(db, article_id)
    if article.whole or article.body is None:
        return outcome or (_merge(db, row, article) if row else _insert(db, article_id, article))
    parted: Outcome = "same" if row else _insert(db, article_id, replace(article, body=None, excerpt=article.body))
    stored = save_parts(db, article_id, article)
    joined = join_parts(db, article_id, article)
    if joined is None:
        return "completed" if stored and parted == "same" else parted
    merged = _merge(db, find_row(db, article_id) or {}, joined)
    return parted if parted == "new" else merged


def _insert(db: Database, article_id: str, article: Article) -> Outcome:
    row: Row = {
        "id": article_id,
        "edition": article.edition,
        "post_id": article.post_id,
        "title": article.title,
        "category": next(iter(article.categories or []), None),
        "year": _year(article.published),
        "language": article.language,
        "body": article.body,
        "excerpt": article.excerpt,
        "protected": int(article.protected),
        "status": article.status,
        "first_seen": article.captured_at,
        "last_seen": article.captured_at,
        "versions": 1,
        "source": article.source,
        "theme": article.theme,
        "found_at": article.found_at,
        "own_page": int(article.own_page),
        **{name: getattr(article, name) for name in _DETAILS},
    }
    columns = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    next_docid = "(SELECT coalesce(max(docid), 0) + 1 FROM articles)"
    db.execute(f"INSERT INTO articles ({columns}, docid) VALUES ({values}, {next_docid})", row)
    if article.post_id is None:
        remember_text(db, article_id, article_id, article)
    save_lists(db, article_id, article, replace_all=True)
    aim_links(db, article_id, article.url)
    return "new"


def _year(published: str | None) -> int | None:
    return int(published[:4]) if published else None


def _rank(source: str, own_page: bool) -> tuple[bool, bool]:
    """What makes one capture of an article better than another: markup over text, its own page over a listing."""
    return (source != "text", own_page)


def _same_text(one: str | None, other: str | None) -> bool:
    return " ".join((one or "").split()) == " ".join((other or "").split())


def _merge(db: Database, row: Row, article: Article) -> Outcome:
    """Bring a further capture of an archived article into its row."""
    live = article.status == "live"
    old_rank, new_rank = _rank(row["source"], bool(row["own_page"])), _rank(article.source, article.own_page)
    wins = live or (row["status"] == "unseen" and new_rank > old_rank)
    whole = article.body is not None
    completes = whole and row["body"] is None
    if (
        live
        and not article.protected
        and ((row["title"] and not article.title) or (whole and row["body"] and not article.body))
    ):
        return "refused"

    changes: Row = {}
    _set(changes, row, {name: getattr(article, name) for name in _DETAILS}, overwrite=wins)
    if wins:
        _set(changes, row, {"title": article.title, "protected": int(article.protected)}, overwrite=True)
    categories = names(db, "article_categories", row["id"])
    new_categories = article.categories if wins and article.categories else categories
    if wins or not categories:
        _set(changes, row, {"category": next(iter(article.categories or []), None)}, overwrite=wins)
    if completes or (
        whole and wins and article.body and not (_same_text(article.body, row["body"]) and new_rank <= old_rank)
    ):
        _set(changes, row, {"body": article.body, "excerpt": None}, overwrite=True, nulls=True)
    elif not whole and row["body"] is None and (wins or row["excerpt"] is None):
        _set(changes, row, {"excerpt": article.excerpt}, overwrite=True)
    if live or (whole and (completes or new_rank > old_rank)):
        better = {
            "source": article.source,
            "theme": article.theme,
            "own_page": int(article.own_page),
            "found_at": article.found_at,
        }
        if completes or new_rank > old_rank:
            _set(changes, row, better, overwrite=True)
        _set(changes, row, {"status": article.status} if live else {}, overwrite=True)
    if "published" in changes:
        changes["year"] = _year(changes["published"])
        changes["undated"] = None
    if live and article.captured_at > row["last_seen"]:
        changes["last_seen"] = article.captured_at

    edited = _is_edit(
        row, changes, categories, new_categories, from_text=old_rank < new_rank and row["source"] == "text"
    )
    if edited:
        _save_version(db, row, categories)
        changes |= {"versions": row["versions"] + 1, "changed_at": article.captured_at}
    if changes:
        assignments = ", ".join(f"{name} = :{name}" for name in changes)
        db.execute(f"UPDATE articles SET {assignments} WHERE id = :id", {**changes, "id": row["id"]})
    lists_changed = save_lists(db, row["id"], article, replace_all=whole and (completes or wins))
    if "url" in changes:
        aim_links(db, row["id"], changes["url"])
    if completes:
        return "completed"
    if edited:
        return "changed"
    if not wins and whole and not _same_text(article.body, row["body"]):
        return "kept"
    return "completed" if lists_changed or set(changes) - {"last_seen"} else "same"


def _set(changes: Row, row: Row, values: Row, *, overwrite: bool, nulls: bool = False) -> None:
    """Note the values that differ; a null never replaces a value unless `nulls`."""
    for name, value in values.items():
        if value != row[name] and (nulls or value is not None) and (overwrite or row[name] is None):
            changes[name] = value


def _is_edit(row: Row, changes: Row, old: list[str], new: list[str], *, from_text: bool) -> bool:
    """Whether the site has changed the article: its title, its categories or its body.

    A text capture shows one category and its own line breaks: finding the page itself is no edit.
    """
    body = row["body"] is not None and "body" in changes and not _same_text(changes["body"], row["body"])
    title = "title" in changes and not _same_text(changes["title"], row["title"])
    return body or title or (bool(old) and old != new and not from_text)


def _save_version(db: Database, row: Row, categories: list[str]) -> None:
    version = {
        "article_id": row["id"],
        "version": row["versions"],
        "title": row["title"],
        "categories": json.dumps(categories, ensure_ascii=False),
        "body": row["body"],
        "source": row["source"],
        "seen_from": row["changed_at"] or row["first_seen"],
        "seen_until": row["last_seen"],
    }
    db.table("article_versions").insert(version)
