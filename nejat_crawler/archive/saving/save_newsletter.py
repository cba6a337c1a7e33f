"""Issues of the newsletter in the archive."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict

from sqlite_utils import Database

from nejat_crawler.archive.saving.outcomes import Outcome, Row
from nejat_crawler.extraction.newsletters.announcements import find_number, find_pdf, is_newsletter_post
from nejat_crawler.items import Article, Newsletter
from nejat_crawler.urls import post_address


def save_newsletter(db: Database, newsletter: Newsletter) -> Outcome:
    """Insert an issue with its stories, or replace them where they differ; runs in the caller's transaction.

    Half an issue replaces none: `refused`. Stories that come otherwise are kept in `newsletter_versions`; where only
    more are found, the issue is `completed`.
    """
    key = json.dumps([newsletter.edition, newsletter.title, newsletter.period, newsletter.volume, newsletter.numbers])
    newsletter_id = f"{newsletter.edition}-n{hashlib.sha256(key.encode()).hexdigest()[:12]}"
    fields = {name: value for name, value in asdict(newsletter).items() if name not in ("stories", "cut_off")}
    row: Row = {"id": newsletter_id, **fields, "numbers": json.dumps(newsletter.numbers)}
    row["missing"] = "\n".join(newsletter.missing) or None
    stories: list[Row] = []
    for position, story in enumerate(newsletter.stories, start=1):
        address = post_address(story.url)
        url = address.url if address else story.url
        stories.append({"newsletter_id": newsletter_id, "position": position, **asdict(story), "url": url})
    held = next(iter(db.query("SELECT * FROM newsletters WHERE id = ?", [newsletter_id])), None)
    outcome: Outcome = "new"
    if held:
        columns = "newsletter_id, position, title, source, date, text, url, toc_title, toc_page"
        sql = f"SELECT {columns} FROM newsletter_stories WHERE newsletter_id = ? ORDER BY position"
        archived = list(db.query(sql, [newsletter_id]))
        stories = _keep_details(archived, stories)
        outcome = _compare(archived, stories)
        if outcome == "changed":
            _save_version(db, held, archived)
    if outcome in ("new", "completed", "changed"):
        db.table("newsletters").upsert(row, pk="id")
        db.execute("DELETE FROM newsletter_stories WHERE newsletter_id = ?", [newsletter_id])
        db.table("newsletter_stories").insert_all(stories)
        db.execute(
            "UPDATE newsletter_stories "
            "SET article_id = (SELECT id FROM articles WHERE articles.url = newsletter_stories.url) "
            "WHERE newsletter_id = ? AND url IS NOT NULL",
            [newsletter_id],
        )
    elif outcome == "same" and held and row["captured_at"] < held["captured_at"]:  # a web archive has an older copy
        db.table("newsletters").update(newsletter_id, {name: row[name] for name in ("found_at", "captured_at")})
    if not newsletter.cut_off:  # else the next run asks for the file again
        _set_newsletter_of_posts(db, row)
    return outcome


def _keep_details(archived: Sequence[Row], stories: Sequence[Row]) -> list[Row]:
    """The stories with what is known of the same texts: a text of the issue has no links, and maybe no contents."""
    known = {_letters(story["text"]): story for story in archived if story["text"]}
    return [
        {
            name: known.get(_letters(story["text"]), story)[name] if value is None else value
            for name, value in story.items()
        }
        for story in stories
    ]


def _compare(archived: Sequence[Row], stories: Sequence[Row]) -> Outcome:
    """What it would be to put `stories` in the place of those that are archived."""
    if archived == stories:
        return "same"
    texts = {_letters(story["title"]): _letters(story["text"]) for story in stories}
    everything = "\0".join(_letters(story["text"]) for story in stories)
    lost = [story for story in archived if _letters(story["text"]) not in everything]
    for story in lost:
        shown = texts.get(_letters(story["title"]))
        if shown is None or _letters(story["text"]).startswith(shown):
            return "refused"
    return "changed" if lost else "completed"


def _letters(text: str) -> str:
    """`text` as it is compared: one reader of a PDF joins words at a line's end that another leaves torn."""
    return "".join(filter(str.isalnum, text))


def _save_version(db: Database, held: Row, stories: Sequence[Row]) -> None:
    """Keep the stories of an issue as they were read before."""
    sql = "SELECT count(*) + 1 FROM newsletter_versions WHERE newsletter_id = ?"
    [number] = db.execute(sql, [held["id"]]).fetchone()
    kept = [{name: value for name, value in story.items() if name != "newsletter_id"} for story in stories]
    values = [held["id"], number, held["found_at"], held["captured_at"], json.dumps(kept, ensure_ascii=False)]
    db.execute("INSERT INTO newsletter_versions VALUES (?, ?, ?, ?, ?)", values)


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
    if held and any(held[name] not in (None, shown[name]) for name in ("number", "pdf_url")):
        shown["newsletter_id"] = None  # it announces another issue, or another file: whose it is, is still to be seen
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
