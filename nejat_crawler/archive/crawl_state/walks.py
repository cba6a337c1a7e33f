"""How far the walks of the listings have come: what a killed run leaves behind is where the next one goes on."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class OpenWalk:
    """A walk that has not reached its end: the listing below its last page is unread.

    `whole`: it goes to the listing's end, not only to what is archived. `has_gap`: a page above it could not be read,
    so it proves nothing about what it did not meet. `left_by`: the argument that ended it, such as `max_pages=5`.
    `page_number` is 0 where no page has been read.
    `until_posts`: a gap, which ends where the listing shows one of these again.
    """

    id: int
    edition: str
    begun_at: str
    whole: bool
    has_gap: bool = False
    left_by: str | None = None
    page_url: str | None = None
    page_number: int = 0
    until_posts: frozenset[int] = frozenset()


def open_walks(db: Database, edition: str) -> list[OpenWalk]:
    """The walks of an edition that have not ended, the newest first."""
    rows = db.query("SELECT * FROM walks WHERE edition = ? ORDER BY id DESC", [edition])
    return [
        OpenWalk(
            row["id"],
            row["edition"],
            row["begun_at"],
            whole=bool(row["whole"]),
            has_gap=bool(row["holed"]),
            left_by=row["left_by"],
            page_url=row["page_url"],
            page_number=row["page_number"],
            until_posts=frozenset(json.loads(row["until_posts"])),
        )
        for row in rows
    ]


def begin_walk(db: Database, edition: str, begun_at: str, *, whole: bool, has_gap: bool = False) -> OpenWalk:
    """Put a new walk on record; it is a gap until it ends."""
    row = {"edition": edition, "begun_at": begun_at, "whole": int(whole), "holed": int(has_gap)}
    walk_id = int(str(db.table("walks").insert(row).last_pk))
    return OpenWalk(walk_id, edition, begun_at, whole, has_gap)


def advance_walk(db: Database, walk: OpenWalk, url: str, number: int) -> None:
    """Record that the posts of a page are archived, and that the walk goes on below it."""
    db.execute("UPDATE walks SET page_url = ?, page_number = ?, left_by = NULL WHERE id = ?", [url, number, walk.id])


def leave_walk(db: Database, walk: OpenWalk, argument: str) -> None:
    """Record that an argument of the run ended the walk: what lies below was not wanted, and is not archived."""
    db.execute("UPDATE walks SET left_by = ? WHERE id = ?", [argument, walk.id])


def end_at_posts(db: Database, walk: OpenWalk, first_page: str, posts: Collection[int]) -> None:
    """Let a walk end at `posts`: another goes on from there, below the page that could not be read."""
    db.execute(
        "UPDATE walks SET whole = 0, until_posts = ?, page_url = coalesce(page_url, ?),"
        " page_number = max(page_number, 1) WHERE id = ?",
        [json.dumps(sorted(posts)), first_page, walk.id],
    )


def settled_before(db: Database, edition: str, posts: Collection[int], moment: str) -> bool:
    """Whether all of the posts were archived, and last changed, before a moment."""
    placeholders = ", ".join("?" * len(posts))
    sql = f"""
        SELECT count(*) AS number FROM articles WHERE edition = ? AND post_id IN ({placeholders})
        AND first_seen < ? AND coalesce(changed_at, '') < ?
    """
    return bool(next(iter(db.query(sql, [edition, *posts, moment, moment])))["number"] == len(posts))


def end_walk(db: Database, walk: OpenWalk) -> None:
    """Record that nothing is left to read below."""
    db.execute("DELETE FROM walks WHERE id = ?", [walk.id])


def record_known_posts(
    db: Database, edition: str, source: str, posts: Collection[int], seen_at: str, walk: OpenWalk | None = None
) -> None:
    """Record that a source has shown these posts; a walk that goes to the end records all that it met."""
    known = "DO UPDATE SET walk = excluded.walk" if walk and walk.whole else "DO NOTHING"
    db.conn.executemany(
        "INSERT INTO known_posts (edition, post_id, source, first_known, walk) VALUES (?, ?, ?, ?, ?)"
        f" ON CONFLICT {known}",
        [(edition, post, source, seen_at, walk.id if walk else None) for post in posts],
    )
