"""What the site is known to have against what is archived."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field

from sqlite_utils import Database

from nejat_crawler.archive.crawl_state.frontier import WALKED, read_watermark
from nejat_crawler.archive.crawl_state.walks import open_walks, record_known_posts

#: Sources that show every post of an edition, once they are complete.
_EXHAUSTIVE = ("listing", "sitemap", "rest")
#: Sources that a survey asks.
SURVEYED = ("sitemap", "rest", "feed")


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """What a source says: `posts` is the number that it has by its own count, null if it gives none.

    `state`: all of its posts are known (`complete`), some are (`partial`), it is switched `off`, or `unreachable`.
    """

    state: str
    posts: int | None
    asked_at: str | None = None


@dataclass(slots=True)
class Coverage:
    """One edition. `missing`: known posts that are not archived; `surplus`: live ones that no source shows.

    `known` counts the posts that sources have shown, null where none was ever asked.
    `unavailable` counts known posts whose own address answered 404 or 410, so that nobody can archive them.
    `gaps` says in words where the listing has not been read.
    """

    known: int | None
    archived: int
    gone: int
    unavailable: int
    missing: list[int]
    surplus: list[int]
    gaps: list[str] = field(default_factory=list)
    sources: dict[str, SourceAnswer] = field(default_factory=dict)

    @property
    def is_proved(self) -> bool:
        """Whether a source that shows every post is complete."""
        return any(name in self.sources and self.sources[name].state == "complete" for name in _EXHAUSTIVE)

    def as_json(self) -> dict[str, object]:
        """For a run's record, and for machines."""
        return asdict(self)


# Each reads indexes alone, and keeps nothing but what it finds: a row of `articles` lies among the texts.
_POSTS = "SELECT count(*) FROM articles WHERE edition = ? AND post_id IS NOT NULL"
_GONE = "SELECT count(*) FROM articles WHERE status = 'gone' AND +edition = ? AND +post_id IS NOT NULL"
_SHOWN = "SELECT source, count(*) FROM known_posts WHERE edition = ? GROUP BY source"
_KNOWN = "SELECT count(DISTINCT post_id) FROM known_posts WHERE edition = ?"
_NOT_ARCHIVED = """
    SELECT post_id, max(answer IS NOT NULL) FROM known_posts AS known WHERE edition = ? AND NOT EXISTS (
        SELECT 1 FROM articles WHERE articles.edition = known.edition AND articles.post_id = known.post_id
    ) GROUP BY post_id ORDER BY post_id
"""
# the rows of those alone that nothing shows are looked up; told in one piece, SQLite would look at all of them first
_SURPLUS = """
    SELECT post_id FROM articles WHERE +status = 'live' AND rowid IN (
        SELECT rowid FROM articles AS archived WHERE edition = :edition AND post_id IS NOT NULL {unshown}
    ) ORDER BY post_id
"""
_UNSHOWN = """
    AND NOT EXISTS (
        SELECT 1 FROM known_posts WHERE edition = :edition AND source = '{source}' AND post_id = archived.post_id
    )
"""


def count_posts(db: Database, edition: str) -> tuple[int, int]:
    """How many posts of an edition are archived, and how many of them are gone."""
    [(posts,)], [(gone,)] = (db.execute(sql, [edition]).fetchall() for sql in (_POSTS, _GONE))
    return posts, gone


def read_coverage(db: Database, edition: str) -> Coverage:
    """Compare what the sources have shown with the archive."""
    posts, gone = count_posts(db, edition)
    sources = _sources(db, edition, dict(db.execute(_SHOWN, [edition]).fetchall()))
    not_archived = db.execute(_NOT_ARCHIVED, [edition]).fetchall()
    missing = [post for post, unavailable in not_archived if not unavailable]
    unavailable = len(not_archived) - len(missing)
    complete = [name for name in _EXHAUSTIVE if name in sources and sources[name].state == "complete"]
    unshown = "".join(_UNSHOWN.format(source=source) for source in complete)
    surplus = db.execute(_SURPLUS.format(unshown=unshown), {"edition": edition}) if complete else ()
    return Coverage(
        known=db.execute(_KNOWN, [edition]).fetchone()[0] - unavailable if sources else None,
        archived=posts - gone,
        gone=gone,
        unavailable=unavailable,
        missing=missing,
        surplus=[post for (post,) in surplus],
        gaps=_gaps(db, edition),
        sources=sources,
    )


def _sources(db: Database, edition: str, shown: Mapping[str, int]) -> dict[str, SourceAnswer]:
    sources: dict[str, SourceAnswer] = {}
    walked_at = read_watermark(db, edition, WALKED)
    if "listing" in shown or walked_at:
        state = "complete" if walked_at and not open_walks(db, edition) else "partial"
        sources["listing"] = SourceAnswer(state, shown.get("listing", 0), walked_at)
    for row in db.query("SELECT * FROM sources WHERE edition = ? ORDER BY name", [edition]):
        sources[row["name"]] = SourceAnswer(row["state"], row["posts"], row["asked_at"])
    return sources


def _gaps(db: Database, edition: str) -> list[str]:
    """Where the listing has not been read, though no argument said to leave it."""
    gaps = []
    for walk in sorted(open_walks(db, edition), key=lambda walk: walk.page_number):
        if walk.left_by is None:
            below = f"below page {walk.page_number}" if walk.page_number else "from its first page on"
            extent = "to its end" if walk.whole else "down to what was archived before"
            gaps.append(f"the listing has not been read {below} {extent} (walk of {walk.begun_at})")
    return gaps


def record_source(
    db: Database, edition: str, name: str, state: str, asked_at: str, posts: set[int] | None, total: int | None = None
) -> None:
    """Keep what a source answered; a complete answer also says which posts it has no more."""
    if posts is not None:
        if state == "complete":
            sql = """
                DELETE FROM known_posts WHERE edition = ? AND source = ?
                AND post_id NOT IN (SELECT value FROM json_each(?))
            """
            db.execute(sql, [edition, name, json.dumps(sorted(posts))])
        record_known_posts(db, edition, name, posts, asked_at)
    count = total if total is not None or posts is None else len(posts)
    row = [edition, name, state, count, asked_at]
    db.execute("INSERT OR REPLACE INTO sources (edition, name, state, posts, asked_at) VALUES (?, ?, ?, ?, ?)", row)


def record_unavailable(db: Database, edition: str, post_id: int, answer: int) -> None:
    """Keep that the own address of a post, which a source names, answered 404 or 410."""
    sql = "UPDATE known_posts SET answer = ? WHERE edition = ? AND post_id = ?"
    db.execute(sql, [answer, edition, post_id])


def silent_sentence(sources: Collection[str]) -> str:
    """`no answer from sitemap, rest: what the site has now is not known`."""
    return f"no answer from {', '.join(sources)}: what the site has now is not known"


def missing_sentence(missing: list[int]) -> str:
    """`3 posts that the site has are not archived: 7, 12, 15193`."""
    shown = ", ".join(map(str, missing[:20])) + (", …" if len(missing) > 20 else "")
    number = "1 post that the site has is" if len(missing) == 1 else f"{len(missing)} posts that the site has are"
    return f"{number} not archived: {shown}"
