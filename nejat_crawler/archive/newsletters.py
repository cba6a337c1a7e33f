"""Issues of the newsletter in the archive."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from sqlite_utils import Database

from nejat_crawler.archive.outcomes import Outcome, Row
from nejat_crawler.items import Newsletter
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
    return "changed" if held else "new"
