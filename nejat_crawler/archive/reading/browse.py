"""Rows for lists of what the archive holds: by date, tag, newsletter and picture; what is new, changed, gone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from nejat_crawler.archive.reading.query_rows import Connection, Rows, read_dicts
from nejat_crawler.editions import EDITIONS, choose

_SUMMARY = "id, edition, url, title, published, category, language, status, protected, changed_at, first_seen"


def read_summaries(connection: Connection, docids: Sequence[int], *more: str) -> Rows:
    """What lists show of some articles, and `more` columns, in the order asked for."""
    if not docids:
        return []
    places = ", ".join("?" * len(docids))
    sql = f"SELECT {', '.join(['docid', _SUMMARY, *more])} FROM articles WHERE docid IN ({places})"
    rows = {row["docid"]: row for row in read_dicts(connection, sql, *docids)}
    return [rows[docid] for docid in docids if docid in rows]


def published_in(
    connection: Connection, period: str, edition: str | None, limit: int, offset: int
) -> tuple[int, list[int]]:
    """How many articles are of a year, month or day (`2023-05`), and the docids of some, the earliest first."""
    condition = "published >= ? AND published < ?" + (" AND edition = ?" if edition else "")
    values = [period, period + "~", *([edition] if edition else [])]  # "~" comes after every digit and hyphen
    [(total,)] = connection.execute(f"SELECT count(*) FROM articles WHERE {condition}", values)
    sql = f"SELECT docid FROM articles WHERE {condition} ORDER BY published, id LIMIT ? OFFSET ?"
    return total, [row[0] for row in connection.execute(sql, [*values, limit, offset])]


def common_tags(connection: Connection, limit: int) -> Rows:
    """The tags of most articles: `name`, and the number of `articles`."""
    sql = "SELECT name, count(*) AS articles FROM article_tags GROUP BY name ORDER BY articles DESC, name LIMIT ?"
    return read_dicts(connection, sql, limit)


def tagged(connection: Connection, name: str) -> list[int]:
    """The docids of the articles with a tag."""
    sql = """
        SELECT articles.docid FROM article_tags
        JOIN articles ON articles.id = article_tags.article_id WHERE article_tags.name = ?
    """
    return [row[0] for row in connection.execute(sql, [name])]


def read_pictures(connection: Connection, limit: int, offset: int) -> Rows:
    """Pictures with a caption or an alternative text, and their articles, those archived last first."""
    sql = """
        SELECT images.src, images.alt, images.caption, articles.id, articles.title, articles.published,
            articles.language
        FROM images JOIN articles ON articles.id = images.article_id
        WHERE coalesce(images.caption, images.alt) != ''
        ORDER BY images.rowid DESC LIMIT ? OFFSET ?
    """
    return read_dicts(connection, sql, limit, offset)


# ---------------------------------------------------------------- newsletters


def read_issues(connection: Connection) -> Rows:
    """Issues of the newsletter, the newest first, with numbers of `stories` and of those that are `articles` here."""
    sql = """
        SELECT newsletters.id, newsletters.edition, newsletters.title, newsletters.period, newsletters.volume,
            newsletters.numbers, count(newsletter_stories.position) AS stories,
            count(newsletter_stories.article_id) AS articles
        FROM newsletters LEFT JOIN newsletter_stories ON newsletter_stories.newsletter_id = newsletters.id
        GROUP BY newsletters.id ORDER BY newsletters.period_start DESC, newsletters.id
    """
    return read_dicts(connection, sql)


def read_stories(connection: Connection, newsletter_id: str) -> Rows:
    """The stories of an issue, with the `article_id` of those that are archived."""
    sql = """
        SELECT stories.position, stories.title, stories.source, stories.date, stories.text, stories.url,
            articles.id AS article_id
        FROM newsletter_stories AS stories LEFT JOIN articles ON articles.id = stories.article_id
        WHERE stories.newsletter_id = ? ORDER BY stories.position
    """
    return read_dicts(connection, sql, newsletter_id)


def read_announcements(connection: Connection, newsletter_id: str | None = None) -> Rows:
    """Articles that announce an issue, the newest first; of one issue, the earliest first."""
    sql = """
        SELECT articles.id, articles.title, articles.published, articles.language, articles.edition,
            newsletter_posts.number, newsletter_posts.pdf_url, newsletter_posts.newsletter_id
        FROM newsletter_posts JOIN articles ON articles.id = newsletter_posts.article_id
    """
    if newsletter_id is None:
        return read_dicts(connection, f"{sql} ORDER BY articles.published DESC, articles.id")
    return read_dicts(connection, f"{sql} WHERE newsletter_id = ? ORDER BY articles.published", newsletter_id)


# ---------------------------------------------------------------- what happened last


def newest_articles(connection: Connection, limit: int, offset: int) -> Rows:
    """Articles as they came into the archive, the last first."""
    sql = """
        SELECT id, edition, title, published, category, language, status, protected, first_seen
        FROM articles ORDER BY first_seen DESC LIMIT ? OFFSET ?
    """
    return read_dicts(connection, sql, limit, offset)


def latest_changes(connection: Connection, limit: int, offset: int = 0) -> Rows:
    """Articles that were edited, the latest edit first."""
    sql = """
        SELECT id, edition, title, published, category, language, status, protected, changed_at,
            versions - (reextracted_at IS NOT NULL) - (
                SELECT count(reextracted_at) FROM article_versions WHERE article_id = articles.id
            ) AS versions
        FROM articles WHERE changed_at IS NOT NULL ORDER BY changed_at DESC, id LIMIT ? OFFSET ?
    """
    return read_dicts(connection, sql, limit, offset)


def read_removals(connection: Connection) -> dict[str, dict[str, Any]]:
    """By article, when it was last proved to be gone (`removed_at`), and `why`."""
    sql = """
        SELECT article_id, max(changed_at) AS removed_at, why FROM status_changes
        WHERE status = 'gone' GROUP BY article_id
    """
    return {row.pop("article_id"): row for row in read_dicts(connection, sql)}


@dataclass(slots=True)
class Freshness:
    """How fresh the archive is: only a crawl that ended well, and read all that it was to read, proves anything."""

    good: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The last good crawl of each edition."""
    last: dict[str, Any] | None = None
    """The last crawl of all, where it was none: it failed, was killed, is under way, or read a part only."""
    silent: list[str] = field(default_factory=list)
    """Sources of posts that did not answer when they were asked last: `en sitemap`."""

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        last = self.last and {name: self.last[name] for name in ("started_at", "outcome")}
        good = {edition: run["started_at"] for edition, run in self.good.items()}
        return {"last_good_crawl": good, "last_crawl_that_was_not": last, "sources_without_answer": self.silent}


def read_freshness(connection: Connection) -> Freshness:
    """When each edition was crawled well for the last time, and what has failed since."""
    names = "id, started_at, finished_at, outcome, arguments, new, changed, gone, gaps"
    sql = f"SELECT {names} FROM runs WHERE command = 'crawl' ORDER BY id DESC"
    found = Freshness()
    for number, row in enumerate(connection.execute(sql)):
        run = dict(zip(names.split(", "), row, strict=True))
        editions = _well_crawled(run)
        if not number and not editions:
            found.last = run
        for edition in editions:
            found.good.setdefault(edition, run)
        if len(found.good) == len(EDITIONS):
            break
    sql = "SELECT edition, name FROM sources WHERE state = 'unreachable' ORDER BY edition, name"
    found.silent = [" ".join(row) for row in connection.execute(sql)]
    return found


def _well_crawled(run: dict[str, Any]) -> list[str]:
    """The editions of which a crawl has read all that is new; none where it failed, or was to read a part."""
    try:
        arguments = json.loads(run["arguments"])
        chosen = choose(arguments.get("edition") or "all")
    except (
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
    ):  # somebody else has written them: then nothing is proved
        return []
    partly = arguments.get("since") or arguments.get("max_pages")
    return [] if partly or run["outcome"] != "finished" else [edition.code for edition in chosen]


def latest_coverage(connection: Connection, limit: int) -> list[str]:
    """What the last runs that counted anything say of their editions, the last first, as JSON objects."""
    sql = "SELECT coverage FROM runs WHERE coverage != '{}' ORDER BY id DESC LIMIT ?"
    return [row[0] for row in connection.execute(sql, [limit])]
