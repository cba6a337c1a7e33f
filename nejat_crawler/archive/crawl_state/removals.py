"""Removal evidence: an article is missing from a listing read to its end, and its own address says so in two runs."""

from __future__ import annotations

from collections.abc import Collection

from sqlite_utils import Database

from nejat_crawler.archive.crawl_state.walks import OpenWalk

#: HTTP statuses by which a site says that a page is no more; an outage, a login page or a time-out proves nothing.
NO_MORE = frozenset({404, 410})

#: Articles missing from the listing that one run asks for: should a listing suddenly end early, the site is not asked
#: for forty thousand pages.
MOST_ASKED = 200


def record_missing(db: Database, walk: OpenWalk, missed_at: str) -> int:
    """Record the live articles that are missing from the listing after a complete walk; returns how many there are.

    Those first met after the walk had begun stood above it, and prove nothing; those first met in time to come were
    met while the clock was wrong.
    """
    sql = """
        SELECT id FROM articles WHERE edition = :edition AND status = 'live' AND post_id IS NOT NULL
        AND (first_seen <= :begun_at OR first_seen > :now) AND post_id NOT IN (
            SELECT post_id FROM known_posts WHERE edition = :edition AND source = 'listing' AND walk >= :walk
        )
    """
    values = {"edition": walk.edition, "begun_at": walk.begun_at, "walk": walk.id, "now": missed_at}
    missing = [row["id"] for row in db.query(sql, values)]
    db.conn.executemany(
        "INSERT INTO absences (article_id, missed_at) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET missed_at = excluded.missed_at",
        [(article_id, missed_at) for article_id in missing],
    )
    return len(missing)


def record_answer(db: Database, article_id: str, answer: int, answered_at: str, run_id: int) -> bool:
    """Record that an article's own address answered 404 or 410; returns whether that completes the evidence.

    Two answers of one run count once.
    """
    db.execute(
        """
        INSERT INTO absences (article_id, answers, answer, answered_at, run_id) VALUES (:id, 1, :answer, :at, :run)
        ON CONFLICT DO UPDATE SET answers = answers + 1, answer = :answer, answered_at = :at, run_id = :run
        WHERE run_id IS NOT :run
        """,
        {"id": article_id, "answer": answer, "at": answered_at, "run": run_id},
    )
    sql = """
        SELECT missed_at, answers FROM absences JOIN articles ON id = article_id
        WHERE article_id = ? AND status = 'live' AND missed_at IS NOT NULL AND answers >= 2
    """
    evidence = next(iter(db.query(sql, [article_id])), None)
    if evidence is None:
        return False
    since, runs = evidence["missed_at"], evidence["answers"]
    why = f"not on the listing since {since}; its address answered {answer} in {runs} runs"
    record_status(db, article_id, "gone", answered_at, why)
    db.execute("UPDATE articles SET status = 'gone' WHERE id = ?", [article_id])
    db.execute("DELETE FROM absences WHERE article_id = ?", [article_id])
    return True


def clear_evidence(db: Database, article_id: str) -> None:
    """Delete the evidence of a removal: the site shows the article."""
    db.execute("DELETE FROM absences WHERE article_id = ?", [article_id])


def record_status(db: Database, article_id: str, status: str, changed_at: str, why: str) -> None:
    """Keep what became of an article."""
    db.execute("INSERT OR REPLACE INTO status_changes VALUES (?, ?, ?, ?)", [article_id, changed_at, status, why])


def still_there(db: Database, edition: str, posts: Collection[int], run_id: int) -> set[int]:
    """Those of the posts of which no address has answered in this run that they are no more."""
    sql = """
        SELECT post_id FROM articles LEFT JOIN absences ON article_id = id
        WHERE edition = ? AND status = 'live' AND run_id IS NOT ?
    """
    return {row["post_id"] for row in db.query(sql, [edition, run_id])} & set(posts)


def missing_from_listing(db: Database, edition: str) -> list[int]:
    """The posts whose own address is to be asked in this run, those with an answer first; MOST_ASKED at the most."""
    sql = """
        SELECT post_id FROM absences JOIN articles ON id = article_id
        WHERE edition = ? AND status = 'live' ORDER BY answers DESC, answered_at, post_id LIMIT ?
    """
    return [row["post_id"] for row in db.query(sql, [edition, MOST_ASKED])]
