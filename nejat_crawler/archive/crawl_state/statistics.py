"""What `nejat check` asks the archive, and what a run is compared with."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from sqlite_utils import Database

# Of the articles of an edition, how many have what; `generic`: read by the row for unknown themes.
_SHARES = """
    count(*) AS articles,
    sum(title != '') AS title,
    sum(published IS NOT NULL) AS published,
    sum(category IS NOT NULL) AS category,
    sum(protected OR coalesce(body, excerpt, '') != '') AS text,
    sum(theme = 'generic') AS generic
"""


def shares(db: Database, edition: str, newest: int) -> tuple[dict[str, int], dict[str, int]]:
    """How many of the `newest` articles of an edition, and of all others, have what an article should have."""
    posts = "FROM articles WHERE edition = ? AND post_id"
    sql = f"SELECT post_id {posts} IS NOT NULL ORDER BY post_id DESC LIMIT 1 OFFSET ?"
    oldest = next((row["post_id"] for row in db.query(sql, [edition, newest - 1])), 0)
    sides = (f"SELECT {_SHARES} {posts} {side} ?" for side in (">=", "<"))
    found = [next(iter(db.query(side, [edition, oldest]))) for side in sides]
    recent, older = ({name: value or 0 for name, value in row.items()} for row in found)
    return recent, older


def earlier_fields(db: Database, edition: str) -> Counter[str]:
    """What the last good runs found of the articles that they stored, as `find_drift` takes it."""
    sql = "SELECT counts FROM runs WHERE command = 'crawl' AND outcome = 'finished' ORDER BY id DESC LIMIT 20"
    found: Counter[str] = Counter()
    for row in db.query(sql):
        found.update(json.loads(row["counts"]).get("fields", {}).get(edition, {}))
    return found


def undated_reasons(db: Database, edition: str) -> dict[str, int]:
    """Why articles have no date, and how many."""
    sql = """
        SELECT coalesce(undated, 'no date printed') AS reason, count(*) AS number FROM articles
        WHERE edition = ? AND published IS NULL GROUP BY 1 ORDER BY 2 DESC, 1
    """
    return {row["reason"]: row["number"] for row in db.query(sql, [edition])}


def incomplete(db: Database, edition: str) -> dict[str, int]:
    """Of how many articles only a teaser is archived, by their status: `live` or `unseen`."""
    sql = """
        SELECT status, count(*) AS number FROM articles
        WHERE edition = ? AND body IS NULL AND NOT protected AND status != 'gone' GROUP BY status ORDER BY status
    """
    return {row["status"]: row["number"] for row in db.query(sql, [edition])}


def last_run(db: Database, command: str, outcome: str | None = None) -> dict[str, Any] | None:
    """When the last run of a command was (that ended with `outcome`), how it ended, arguments and counts as JSON."""
    sql = """
        SELECT id, started_at, outcome, arguments, counts FROM runs
        WHERE command = ? AND coalesce(?, outcome, '') = coalesce(outcome, '') ORDER BY id DESC LIMIT 1
    """
    return next(iter(db.query(sql, [command, outcome])), None)


# What this machine's clock has written, and what the site's has.
_OWN_TIMES = {
    "runs were begun": "SELECT started_at AS at FROM runs",
    "articles were last seen": "SELECT max(last_seen, first_seen, coalesce(changed_at, '')) AS at FROM articles",
    "answers of sources came": "SELECT asked_at AS at FROM sources",
    "walks were begun or ended": "SELECT begun_at AS at FROM walks UNION ALL"
    " SELECT value FROM marks WHERE name = 'walked_at'",
}
_SITE_TIMES = {
    "articles were published": "SELECT coalesce(published_at, published) AS at FROM articles",
    "articles were edited": "SELECT modified_at AS at FROM articles UNION ALL"
    " SELECT value FROM marks WHERE name = 'modified_at'",
}


def times_to_come(db: Database, now: str, tomorrow: str) -> list[str]:
    """What is dated after `now` by this machine, or after `tomorrow` by the site: `3 runs were begun (2031-…)`."""
    found = []
    for times, limit in ((_OWN_TIMES, now), (_SITE_TIMES, tomorrow)):
        for what, times_of in times.items():
            sql = f"SELECT count(*) AS number, max(at) AS latest FROM ({times_of}) WHERE at > ?"
            row = next(iter(db.query(sql, [limit])))
            if row["number"]:
                found.append(f"{row['number']} {what} ({row['latest']})")
    return found


def editions(db: Database) -> list[str]:
    """The editions of which the archive holds or knows anything."""
    sql = "SELECT edition FROM articles UNION SELECT edition FROM known_posts UNION SELECT edition FROM walks"
    return [row["edition"] for row in db.query(sql)]


def articles_to_file(db: Database) -> int:
    """Of how many articles the words are not filed by what their forms have in common."""
    return db.table("words_due").count
