"""The date of an article: its day, timestamp and printed form come from one capture, and what is known stays."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from nejat_crawler.archive.saving.outcomes import Row
from nejat_crawler.items import Article

_GROUP = ("published", "published_at", "published_text")


def date_changes(row: Row, article: Article, *, wins: bool) -> Row:
    """The columns of the date that get another value: all of them from `article`, or those that its row lacks.

    `wins`: whether the capture may replace what is archived.
    """
    day = article.published
    if day is None:
        unknown = row["published"] is None and article.undated and article.undated != row["undated"]
        return {"undated": article.undated} if unknown else {}
    takes = _takes(row, article) if row["published"] is not None else "all"
    shown: Row = {name: getattr(article, name) for name in _GROUP}
    if takes == "all" and (wins or row["published"] is None):
        changes = {**shown, "year": int(day[:4]), "undated": None}
    elif takes != "none" and day == row["published"]:
        changes = {name: value for name, value in shown.items() if value is not None and row[name] is None}
    else:
        changes = {}
    return {name: value for name, value in changes.items() if value != row[name]}


def _takes(row: Row, article: Article) -> Literal["all", "missing", "none"]:
    """What of a known date a capture may replace.

    A theme may print the day of the last edit, and JSON-LD a day without a time: neither counts against a timestamp,
    nor the word of a listing against that of the article's own page, unless it is a timestamp, too.
    """
    known, shown = _moment(row["published_at"]), _moment(article.published_at)
    same_day = row["published"] == article.published
    if known and shown:
        # UTC of an AMP page is the same moment; the time of day alone is no reason to believe a listing
        same = known == shown or (same_day and row["own_page"] and not article.own_page)
        return "missing" if same_day and same else "all"
    if same_day:
        return "missing"
    if known or (row["own_page"] and not article.own_page):
        return "none"
    return "all" if shown or row["theme"] == article.theme else "none"


def _moment(value: str | None) -> datetime | None:
    """The moment of a timestamp with an offset, as pages (ISO 8601) and feeds (RFC 822) write it."""
    try:
        moment = datetime.fromisoformat((value or "").strip())
    except ValueError:
        try:
            moment = parsedate_to_datetime(value or "")
        except (ValueError, IndexError, TypeError):
            return None
    return moment if moment.tzinfo else None
