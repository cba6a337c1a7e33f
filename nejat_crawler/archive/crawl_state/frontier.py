"""Which posts a run has to ask for, and the watermarks that it leaves for the next."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from sqlite_utils import Database


def archived_posts(db: Database, edition: str, posts: Collection[int]) -> set[int]:
    """Those of the posts that are in the archive, with or without their text."""
    sql = "SELECT post_id FROM articles WHERE edition = ? AND post_id IN (SELECT value FROM json_each(?))"
    return {row["post_id"] for row in db.query(sql, [edition, json.dumps([*posts])])}


def newest_post(db: Database, edition: str) -> int:
    """The highest number of an archived post; 0 where there is none."""
    return next(iter(db.query("SELECT max(post_id) AS post FROM articles WHERE edition = ?", [edition])))["post"] or 0


def incomplete_posts(db: Database, edition: str) -> list[int]:
    """Posts of whose text only a part was archived or nothing, or whose teaser has changed since it was read."""
    # each half has an index of its own of the few that it finds: a run without news looks at no other article
    wanted = "edition = :edition AND post_id IS NOT NULL AND status = 'live' AND NOT protected"
    sql = f"""
        SELECT post_id FROM articles WHERE body IS NULL AND {wanted} UNION
        SELECT post_id FROM teasers CROSS JOIN articles ON id = article_id
        WHERE digest IS NOT read_digest AND {wanted} ORDER BY post_id DESC
    """
    return [row["post_id"] for row in db.query(sql, {"edition": edition})]


def oldest_seen(db: Database, edition: str, number: int, before: str = "9999") -> list[int]:
    """The live posts that were met, or looked for, longest ago, and before a moment."""
    sql = """
        SELECT post_id FROM articles WHERE edition = ? AND post_id IS NOT NULL AND status != 'gone'
        AND max(last_seen, coalesce(checked_at, '')) < ?
        ORDER BY max(last_seen, coalesce(checked_at, '')), post_id LIMIT ?
    """
    return [row["post_id"] for row in db.query(sql, [edition, before, number])]


def rotation(db: Database, edition: str, before: str) -> list[int]:
    """The posts whose turn it is, where no source tells of edits: so that each is looked at once in thirty runs."""
    [row] = db.query("SELECT count(*) AS n FROM articles WHERE edition = ? AND post_id IS NOT NULL", [edition])
    return oldest_seen(db, edition, max(10, -(-row["n"] // 30)), before)


#: Names of watermarks: what stood on the first page when a walk last came to a good end; when a walk reached the
#: listing's end; the last edit that is read; what the listing shows of texts; why nobody has told what was edited,
#: empty once somebody does.
FIRST_PAGE = "first_page"
WALKED, MODIFIED, SHOWS, UNHEARD = "walked_at", "modified_at", "listing_shows", "edits_unheard"


def read_watermark(db: Database, edition: str, name: str) -> str | None:
    """A value that a run left for the next."""
    row = next(iter(db.query("SELECT value FROM marks WHERE edition = ? AND name = ?", [edition, name])), None)
    return str(row["value"]) if row else None


def set_watermark(db: Database, edition: str, name: str, value: str) -> None:
    """Leave a value for the next run."""
    db.execute("INSERT OR REPLACE INTO marks (edition, name, value) VALUES (?, ?, ?)", [edition, name, value])


def first_page(db: Database, edition: str) -> set[int]:
    """The posts that stood on the listing's first page when a walk last came to a good end."""
    return set(json.loads(read_watermark(db, edition, FIRST_PAGE) or "[]"))


def set_first_page(db: Database, edition: str, posts: Collection[int]) -> None:
    """Leave the posts of the first page for the next run: its walk has to meet them."""
    if posts:
        set_watermark(db, edition, FIRST_PAGE, json.dumps(sorted(posts)))


def record_modified(db: Database, edition: str, post_id: int, modified_at: str) -> None:
    """Record when the site says that a post was last edited: what was edited then has been read."""
    db.execute(
        "UPDATE articles SET modified_at = ? WHERE edition = ? AND post_id = ? AND modified_at IS NOT ?",
        [modified_at, edition, post_id, modified_at],
    )


def record_checked(db: Database, edition: str, post_id: int, checked_at: str) -> None:
    """Record that a post was looked for in vain: the rotation goes on to the next."""
    db.execute("UPDATE articles SET checked_at = ? WHERE edition = ? AND post_id = ?", [checked_at, edition, post_id])


def unread_edits(db: Database, edition: str, modified: Mapping[int, str], since: str | None) -> set[int]:
    """Those of the posts that were edited after what the archive holds was read.

    Of a post that no run has read for an edit, `since` counts, or else when it was last met.
    """
    sql = "SELECT post_id, modified_at, last_seen FROM articles WHERE edition = ?"
    sql += " AND post_id IN (SELECT value FROM json_each(?))"
    rows = db.query(sql, [edition, json.dumps([*modified])])
    read = {row["post_id"]: row["modified_at"] or since or row["last_seen"] for row in rows}
    return {post for post, moment in modified.items() if moment > read.get(post, since or "")}
