"""How far the walks of the listings have come: what a killed run leaves behind is where the next one goes on."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class OpenWalk:
    """A walk that has not reached its end: the listing below its last page is unread.

    `whole`: it goes to the listing's end, not only to what is archived. `holed`: a page of it could not be read,
    so it proves nothing about what it did not meet. `left_by`: the argument that ended it, such as `max_pages=5`.
    `page_number` is 0 where no page has been read.
    `until_posts`: a hole, which ends where the listing shows one of these again.
    """

    id: int
    edition: str
    begun_at: str
    whole: bool
    holed: bool = False
    left_by: str | None = None
    page_url: str | None = None
    page_number: int = 0
    until_posts: frozenset[int] = frozenset()


def open_walks(db: Database, edition: str) -> list[OpenWalk]:
    """The walks of an edition that have not ended, the newest first."""
    rows = db.query("SELECT * FROM walks WHERE edition = ? ORDER BY id DESC", [edition])
    return [
        OpenWalk(
            **{
                **row,
                "whole": bool(row["whole"]),
                "holed": bool(row["holed"]),
                "until_posts": frozenset(json.loads(row["until_posts"])),
            }
        )
        for row in rows
    ]


def begin_walk(db: Database, edition: str, begun_at: str, *, whole: bool, holed: bool = False) -> OpenWalk:
    """Put a new walk on record; it is a gap until it ends."""
    row = {"edition": edition, "begun_at": begun_at, "whole": int(whole), "holed": int(holed)}
    walk_id = int(str(db.table("walks").insert(row).last_pk))
    return OpenWalk(walk_id, edition, begun_at, whole, holed)


def advance_walk(db: Database, walk: OpenWalk, url: str, number: int) -> None:
    """Note that the posts of a page are archived, and that the walk goes on below it."""
    db.execute("UPDATE walks SET page_url = ?, page_number = ?, left_by = NULL WHERE id = ?", [url, number, walk.id])


def leave_walk(db: Database, walk: OpenWalk, argument: str) -> None:
    """Note that an argument of the run ended the walk: what lies below was not wanted, and is not archived."""
    db.execute("UPDATE walks SET left_by = ? WHERE id = ?", [argument, walk.id])


def make_hole(db: Database, walk: OpenWalk, first_page: str, posts: Collection[int]) -> None:
    """Let a walk go on only down to `posts`: another goes on from there, below the page that could not be read."""
    db.execute(
        "UPDATE walks SET whole = 0, until_posts = ?, page_url = coalesce(page_url, ?),"
        " page_number = max(page_number, 1) WHERE id = ?",
        [json.dumps(sorted(posts)), first_page, walk.id],
    )


def settled_before(db: Database, edition: str, posts: Collection[int], moment: str) -> bool:
    """Whether all of the posts were archived, and last changed, before a moment."""
    marks = ", ".join("?" * len(posts))
    sql = f"""
        SELECT count(*) AS number FROM articles WHERE edition = ? AND post_id IN ({marks})
        AND first_seen < ? AND coalesce(changed_at, '') < ?
    """
    return bool(next(iter(db.query(sql, [edition, *posts, moment, moment])))["number"] == len(posts))


def end_walk(db: Database, walk: OpenWalk) -> None:
    """Note that nothing is left to read below."""
    db.execute("DELETE FROM walks WHERE id = ?", [walk.id])


def know_posts(
    db: Database, edition: str, source: str, posts: Collection[int], seen_at: str, walk: OpenWalk | None = None
) -> None:
    """Note that a source has shown these posts; a walk that goes to the end notes all that it met."""
    known = "DO UPDATE SET walk = excluded.walk" if walk and walk.whole else "DO NOTHING"
    db.conn.executemany(
        "INSERT INTO known_posts (edition, post_id, source, first_known, walk) VALUES (?, ?, ?, ?, ?)"
        f" ON CONFLICT {known}",
        [(edition, post, source, seen_at, walk.id if walk else None) for post in posts],
    )


def archived_posts(db: Database, edition: str, posts: Collection[int]) -> set[int]:
    """Those of the posts that are in the archive, with or without their text."""
    marks = ", ".join("?" * len(posts))
    sql = f"SELECT post_id FROM articles WHERE edition = ? AND post_id IN ({marks})"
    return {row["post_id"] for row in db.query(sql, [edition, *posts])}


def newest_post(db: Database, edition: str) -> int:
    """The highest number of an archived post; 0 where there is none."""
    return next(iter(db.query("SELECT max(post_id) AS post FROM articles WHERE edition = ?", [edition])))["post"] or 0


def incomplete_posts(db: Database, edition: str) -> list[int]:
    """Posts of whose text only a part was archived or nothing, or whose teaser has changed since it was read."""
    sql = """
        SELECT post_id FROM articles LEFT JOIN teasers ON article_id = id
        WHERE edition = ? AND post_id IS NOT NULL AND status = 'live' AND NOT protected
        AND (body IS NULL OR digest IS NOT read_digest)
        ORDER BY post_id DESC
    """
    return [row["post_id"] for row in db.query(sql, [edition])]


def oldest_seen(db: Database, edition: str, number: int) -> list[int]:
    """The live posts that were met, or looked for, longest ago."""
    sql = """
        SELECT post_id FROM articles WHERE edition = ? AND post_id IS NOT NULL AND status != 'gone'
        ORDER BY max(last_seen, coalesce(checked_at, '')), post_id LIMIT ?
    """
    return [row["post_id"] for row in db.query(sql, [edition, number])]


#: Names of marks: when a walk reached the listing's end; the last edit that is read; what the listing shows of texts.
WALKED, MODIFIED, SHOWS = "walked_at", "modified_at", "listing_shows"


def read_mark(db: Database, edition: str, name: str) -> str | None:
    """A value that a run left for the next."""
    row = next(iter(db.query("SELECT value FROM marks WHERE edition = ? AND name = ?", [edition, name])), None)
    return str(row["value"]) if row else None


def set_mark(db: Database, edition: str, name: str, value: str) -> None:
    """Leave a value for the next run."""
    db.execute("INSERT OR REPLACE INTO marks (edition, name, value) VALUES (?, ?, ?)", [edition, name, value])


def note_modified(db: Database, edition: str, post_id: int, modified_at: str) -> None:
    """Note when the site says that a post was last edited: what was edited then has been read."""
    db.execute(
        "UPDATE articles SET modified_at = ? WHERE edition = ? AND post_id = ? AND modified_at IS NOT ?",
        [modified_at, edition, post_id, modified_at],
    )


def note_checked(db: Database, edition: str, post_id: int, checked_at: str) -> None:
    """Note that a post was looked for in vain: the rotation goes on to the next."""
    db.execute("UPDATE articles SET checked_at = ? WHERE edition = ? AND post_id = ?", [checked_at, edition, post_id])


def unread_edits(db: Database, edition: str, modified: Mapping[int, str], since: str | None) -> set[int]:
    """Those of the posts that were edited after what the archive holds was read.

    Of a post that no run has read for an edit, `since` counts, or else when it was last met.
    """
    marks = ", ".join("?" * len(modified))
    sql = f"SELECT post_id, modified_at, last_seen FROM articles WHERE edition = ? AND post_id IN ({marks})"
    read = {
        row["post_id"]: row["modified_at"] or since or row["last_seen"] for row in db.query(sql, [edition, *modified])
    }
    return {post for post, moment in modified.items() if moment > read.get(post, since or "")}
