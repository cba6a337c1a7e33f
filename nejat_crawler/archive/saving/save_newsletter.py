"""Issues of the newsletter in the archive."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from sqlite_utils import Database

from nejat_crawler.archive.saving.outcomes import Outcome, Row
from nejat_crawler.extraction.newsletters.announcements import find_number, find_pdf, is_newsletter_post
from nejat_crawler.items import Article, Newsletter
from nejat_crawler.urls import post_address


def save_newsletter(db: Database, newsletter: Newsletter) -> Outcome:
    """Insert an issue with its stories, or replace them where they differ; runs in the caller's transaction."""
    key = json.dumps([newsletter.edition, newsletter.title, newsletter.period, newsletter.volume, newsletter.numbers])
    newsletter_id = f"{newsletter.edition}-n{hashlib.sha256(key.encode()).hexdigest()[:12]}"
    fields = {name: value for name, value in asdict(newsletter).items() if name != "stories"}
    row: Row = {"id": newsletter_id, **fields, "numbers": json.dumps(newsletter.numbers)}
    stories: list[Row] = []
    for position, story in enumerate(newsletter.stories, start=1):
        address = post_address(story.url)
        url = address.url if address else story.url
        stories.append({"newsletter_id": newsletter_id, "position": position, **asdict(story), "url": url})
    held = next(iter(db.query("SELECT * FROM newsletters WHERE id = ?", [newsletter_id])), None)
    if held:
        columns = "newsletter_id, position, title, source, date, text, url, toc_title, toc_page"
        sql = f"SELECT {columns} FROM newsletter_stories WHERE newsletter_id = ? ORDER BY position"
        if stories == list(db.query(sql, [newsletter_id])):
            _set_newsletter_of_posts(db, row)
            return "same"
        db.execute("DELETE FROM newsletter_stories WHERE newsletter_id = ?", [newsletter_id])
    else:
        db.table("newsletters").insert(row)
    db.table("newsletter_stories").insert_all(stories)
    db.execute(
        "UPDATE newsletter_stories "
        "SET article_id = (SELECT id FROM articles WHERE articles.url = newsletter_stories.url) "
        "WHERE newsletter_id = ? AND url IS NOT NULL",
        [newsletter_id],
    )
    _set_newsletter_of_posts(db, row)
    return "changed" if held else "new"


def save_newsletter_post(db: Database, article_id: str, article: Article) -> None:
    """Note which issue a post announces, if it announces one; what a capture does not show stays as it is."""
    if not is_newsletter_post(article):
        return
    row: Row = {"article_id": article_id, "number": find_number(article), "pdf_url": find_pdf(article)}
    sql = "SELECT article_id, number, pdf_url FROM newsletter_posts WHERE article_id = ?"
    held = next(iter(db.query(sql, [article_id])), None)
    shown = {**(held or {}), **{name: value for name, value in row.items() if value is not None or not held}}
    if shown == held:
        return
    db.table("newsletter_posts").upsert(shown, pk="article_id")
    for issue in list(db.query("SELECT * FROM newsletters WHERE edition = ?", [article.edition])):
        _set_newsletter_of_posts(db, issue)


def is_read(db: Database, pdf_url: str) -> bool:
    """Whether the issue whose file stands at `pdf_url` is archived."""
    sql = "SELECT 1 FROM newsletter_posts WHERE pdf_url = ? AND newsletter_id IS NOT NULL"
    return bool(list(db.query(sql, [pdf_url])))


def _set_newsletter_of_posts(db: Database, issue: Row) -> None:
    """Posts that lead to the issue's file, or name its number.

    Numbers within a volume begin anew, so they tell issues apart only where no volume is printed.
    """
    find = "SELECT article_id FROM newsletter_posts WHERE newsletter_id IS NULL AND "
    posts = [row["article_id"] for row in db.query(f"{find} pdf_url = ?", [issue["found_at"]])]
    if issue["volume"] is None:
        for number in json.loads(issue["numbers"]):
            sql = f"{find} number = ? AND article_id LIKE ?"
            named = [row["article_id"] for row in db.query(sql, [number, f"{issue['edition']}-%"])]
            posts += named if len(named) == 1 else []
    for article_id in posts:
        db.execute("UPDATE newsletter_posts SET newsletter_id = ? WHERE article_id = ?", [issue["id"], article_id])


def unread_issues(db: Database, edition: str) -> list[str]:
    """The addresses of the files of issues that posts of an edition announce, and that are not archived."""
    sql = """
        SELECT DISTINCT pdf_url FROM newsletter_posts JOIN articles ON id = article_id
        WHERE edition = ? AND pdf_url IS NOT NULL AND newsletter_id IS NULL ORDER BY pdf_url
    """
    return [row["pdf_url"] for row in db.query(sql, [edition])]
