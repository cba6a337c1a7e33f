"""What the pages of the site and its REST interface show of one article: they may differ for good, without an edit.

A plugin prints the digits of pages in Persian, the interface answers them in ASCII. So like is compared with like: an
article is read from one of the two, and what the other showed last is kept beside it as a digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal

from sqlite_utils import Database

from nejat_crawler.archive.reading.query_rows import read_dicts
from nejat_crawler.archive.saving.outcomes import Row
from nejat_crawler.archive.saving.typography import fold_typography
from nejat_crawler.items import Article

#: `edit`: the site has edited the article. `disagrees`: one kind shows otherwise what the other shows, which is news.
#: `known`: it differs as it did before, or as both have been edited since.
Difference = Literal["edit", "disagrees", "known"]


def judge_difference(db: Database, row: Row, article: Article) -> Difference:
    """What it means that a capture of the site shows another title, other categories or another text than its row."""
    kind = kind_of(article.source)
    if row["status"] == "unseen" or kind == kind_of(row["source"]) or says_edited(row, article):
        return "edit"
    seen = _last_seen(db, row["id"], kind)
    if seen is None:
        return "disagrees"
    if _same(seen["digest"], _digest(article.title, article.categories, article.body)):
        return "disagrees" if seen["agrees"] else "known"
    # Both have been edited: the row has the edit already, as the other kind shows it.
    if not seen["agrees"] and row["versions"] > seen["version"]:
        return "known"
    return "edit"


def record_other_source(
    db: Database, row: Row, categories: Sequence[str], article: Article, *, taken: bool, difference: Difference | None
) -> None:
    """Keep what the kind of source showed last that an article, as it stands now, is not read from.

    `row`, `categories`: the article before `article` came; `taken`: its text is now read from there.
    """
    kind, read_from = kind_of(article.source), kind_of(row["source"])
    if None in (article.body, row["body"]) or row["status"] == "unseen" or kind == read_from:
        return
    seen = _last_seen(db, row["id"], kind)
    shown = _digest(article.title, article.categories, article.body)
    noted: Row = {"kind": kind, "digest": shown, "agrees": int(difference is None), "version": row["versions"]}
    if taken:
        noted |= {"kind": read_from, "digest": _digest(row["title"], categories, row["body"])}
        # whether they agree about an edit is to be seen: what they did before tells whether that will be news
        noted["agrees"] = int(difference is None or seen is None or bool(seen["agrees"]))
    elif seen and _same(seen["digest"], shown):
        noted |= {"digest": seen["digest"], "version": seen["version"]}
    if seen != noted:
        db.table("other_sources").upsert(
            {"article_id": row["id"], **noted, "seen_at": article.captured_at}, pk="article_id"
        )


def kind_of(source: str) -> str:
    """`page` or `api`: what may show an article otherwise for good."""
    return "api" if source == "api" else "page"


def _last_seen(db: Database, article_id: str, kind: str) -> Row | None:
    sql = "SELECT kind, digest, agrees, version FROM other_sources WHERE article_id = ? AND kind = ?"
    return next(iter(read_dicts(db, sql, article_id, kind)), None)


def says_edited(row: Row, article: Article) -> bool:
    """Whether the site says that it edited the article after what is archived was read, or was itself an edit."""
    read = max(row["modified_at"] or row["last_seen"], row["changed_at"] or "")
    return article.modified_at is not None and article.modified_at > read


def _digest(title: str, categories: Sequence[str] | None, body: str | None) -> str:
    """A digest each of title, categories and text; `-` stands for what is not shown."""
    named = "\0".join(sorted(fold_typography(name) for name in categories)) if categories else None
    shown = (fold_typography(title), named, fold_typography(body) or None)
    return " ".join(
        "-" if value is None else hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        for value in shown
    )


def _same(one: str, other: str) -> bool:
    pairs = zip(one.split(), other.split(), strict=True)
    return all(first == second or "-" in (first, second) for first, second in pairs)
