"""How a capture comes into the archive: as a new row, as a part, or into the row of its article."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from nejat_crawler.archive.capture_records.capture_rows import capture_columns, digest_reading
from nejat_crawler.archive.crawl_state.removals import clear_evidence
from nejat_crawler.archive.reading.article_details import read_names, read_row
from nejat_crawler.archive.reading.query_rows import read_dicts
from nejat_crawler.archive.saving.article_lists import compare_lists, insert_lists, set_link_targets
from nejat_crawler.archive.saving.earlier_states import save_earlier_state
from nejat_crawler.archive.saving.identity import (
    find_twins,
    identify,
    meet_captures,
    record_text_capture,
    settle_excerpts,
    text_id,
)
from nejat_crawler.archive.saving.merge import DETAILS, merge, provenance
from nejat_crawler.archive.saving.other_sources import kind_of
from nejat_crawler.archive.saving.outcomes import Outcome, Row
from nejat_crawler.archive.saving.refusals import record_refusal
from nejat_crawler.archive.saving.save_newsletter import save_newsletter_post
from nejat_crawler.archive.saving.split_posts import join_parts, loses_text, save_parts
from nejat_crawler.archive.saving.teaser_digests import compare_teaser, only_part, shows_part
from nejat_crawler.archive.saving.typography import is_cut_from, same_text, shows_other_text
from nejat_crawler.archive.version_rows import replaced_columns, save_version
from nejat_crawler.items import Article


def save_article(db: Database, article: Article) -> Outcome:
    """Insert `article`, or bring it into the row of the same article; runs inside the caller's transaction."""
    if article.kept:
        article.reading = digest_reading(article)
    if article.post_id is None:
        article_id, outcome = identify(db, article)
        row = read_row(db, article_id)
    else:
        article_id, outcome = f"{article.edition}-{article.post_id}", None
        row = read_row(db, article_id)
        if row is None and (twins := find_twins(db, article)):
            for capture in meet_captures(db, article_id, article, twins):
                _save_split_capture(db, capture)
            row = read_row(db, article_id)
    rewritten = row is not None and shows_other_text(row, article)
    part = outcome is None and row is not None and row["post_id"] is not None and shows_part(db, row, article)
    outcome = _save(db, article_id, row, article, outcome, part=part)
    # like is compared with like: a page and the REST interface may differ for good
    alike = row is not None and kind_of(article.source) == kind_of(row["source"])
    article.replaced = _replaced(db, row, article) if row else {}
    redated = article.status == "live" and "published" in article.replaced
    article.rewritten = redated or (rewritten and (alike or outcome == "changed"))
    if outcome != "refused":
        for capture in settle_excerpts(db, article):
            _save_split_capture(db, capture)
        save_newsletter_post(db, article_id, article)
    if article.status == "live":
        clear_evidence(db, article_id)
        if compare_teaser(db, article_id, article, part=part) and outcome in ("same", "completed"):
            return "stale"
    return outcome


def _replaced(db: Database, row: Row, article: Article) -> dict[str, tuple[Any, Any]]:
    """What has got another value, of the fields that a run tells of."""
    names = ("published", "published_at", "author", "comment_count")
    known = {name: row[name] for name in names if row[name] is not None}
    if all(getattr(article, name) in (None, value) for name, value in known.items()):
        return {}
    now = read_row(db, row["id"]) or row
    return {name: (value, now[name]) for name, value in known.items() if now[name] != value}


def _save_split_capture(db: Database, capture: Article) -> None:
    """Save a text capture that has parted from an article."""
    row = read_row(db, text_id(capture))
    if row:
        _save_second_text(db, row, capture)
    else:
        _insert(db, text_id(capture), capture)


def _save(
    db: Database, article_id: str, row: Row | None, article: Article, outcome: Outcome | None, *, part: bool
) -> Outcome:
    if row and part:
        saved = merge(db, row, only_part(row, article))
        return "kept" if saved == "same" and article.status != "live" else saved
    if article.whole or article.body is None:
        if outcome == "joined" and article.body is None:
            return outcome
        if row and row["post_id"] is None:
            return _save_second_text(db, row, article)
        return outcome or (_merge(db, row, article) if row else _insert(db, article_id, article))
    if row and loses_text(db, article_id, article):
        return record_refusal(db, row, article) if article.status == "live" else "kept"
    first: Outcome = (
        "same" if row else _insert(db, article_id, replace(article, body=None, body_html=None, excerpt=article.body))
    )
    stored = save_parts(db, article_id, article)
    joined = join_parts(db, article_id, article)
    if joined is None:
        return "completed" if stored and first == "same" else first
    joined.reading = digest_reading(joined)
    merged = _merge(db, read_row(db, article_id) or {}, joined)
    article.fewer = joined.fewer
    return first if first == "new" else merged


def _merge(db: Database, row: Row, article: Article) -> Outcome:
    if article.source != "warc":
        return merge(db, row, article)
    return save_earlier_state(db, row, article) or merge(db, read_row(db, row["id"]) or row, article)


def _insert(db: Database, article_id: str, article: Article) -> Outcome:
    row: Row = {
        "id": article_id,
        "edition": article.edition,
        "post_id": article.post_id,
        "title": article.title,
        "category": next(iter(article.categories or []), None),
        "published": article.published,
        "published_at": article.published_at,
        "published_text": article.published_text,
        "year": int(article.published[:4]) if article.published else None,
        "language": article.language,
        "body": article.body,
        "body_html": article.body_html if article.body is not None else None,
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
        "undated": article.undated,
        "modified_at": article.modified_at,
        **{name: getattr(article, name) for name in DETAILS},
        **capture_columns(db, article),
    }
    columns = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    next_docid = "(SELECT coalesce(max(docid), 0) + 1 FROM articles)"
    # The lists come first: the article is then indexed once, with them, and not again for each caption and tag.
    insert_lists(db, article_id, article)
    db.execute(f"INSERT INTO articles ({columns}, docid) VALUES ({values}, {next_docid})", row)
    if article.post_id is None:
        record_text_capture(db, article_id, article_id, article)
    set_link_targets(db, article_id, article.url)
    return "new"


def _save_second_text(db: Database, row: Row, article: Article) -> Outcome:
    """Keep both texts of captures that begin alike: the longer is the article's, the other an earlier version.

    An excerpt is no text of its own.
    """
    sql = "SELECT body FROM article_versions WHERE article_id = ?"
    known = [row["body"], *(version["body"] for version in read_dicts(db, sql, row["id"]))]
    if article.body is None or any(same_text(article.body, body) for body in known if body is not None):
        return "same"
    if is_cut_from(article.body, row["body"]):
        return "kept"
    completes = is_cut_from(row["body"], article.body)
    categories = read_names(db, "article_categories", row["id"])
    wins = completes or (len(article.body), article.body) > (len(row["body"] or ""), row["body"] or "")
    changes: Row = {}
    lists = compare_lists(db, row["id"], article, names_win=False, content_wins=wins)
    if wins:
        changes = {"body": article.body, "excerpt": None, **provenance(article), **capture_columns(db, article)}
    if not completes:
        details = replaced_columns(row, changes) | lists.details
        # of a text that never was the article's nothing else is known
        save_version(db, row if wins else {**row, "body": article.body}, categories, details if wins else None)
        changes |= {"versions": row["versions"] + 1, "changed_at": article.captured_at}
        changes |= {"replaced": None} if wins else {}
    assignments = ", ".join(f"{name} = :{name}" for name in changes)
    db.execute(f"UPDATE articles SET {assignments} WHERE id = :id", {**changes, "id": row["id"]})
    if wins:
        lists.write(db, row["id"])
    if completes:
        return "completed"
    return "changed" if wins else "kept"
