"""What a post in an answer of the REST interface may say: its number, and times that have been."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from nejat_crawler.dates import FIRST_YEAR

_MOST_OFFSET = timedelta(hours=14)
_LARGEST_NUMBER = 10**12


def post_number(value: object) -> int | None:
    """A post's number; None for what no post has: `true`, 1e400, 0, or more than SQLite holds.

    >>> post_number(15193), post_number(True), post_number(2**64)
    (15193, None, None)
    """
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < _LARGEST_NUMBER:
        return None
    return value


def modified_times(posts: list[Any]) -> tuple[dict[int, str], list[str]]:
    """When each post of an answer was last edited, in UTC; and what is refused of it, a sentence each.

    Raises ValueError where that is told of none of them. A clock that is somewhat ahead counts as ours.

    >>> modified_times([{"id": 7, "modified_gmt": "2023-10-28T15:06:27"}, {"id": -1, "modified_gmt": "2023-10-28"}])
    ({7: '2023-10-28T15:06:27Z'}, ['a post has the number -1'])
    """
    found: dict[int, str] = {}
    refused: list[str] = []
    for post in posts:
        number, moment = post_number(post.get("id") if isinstance(post, dict) else None), modified_at(post)
        if number and moment:
            found[number] = moment
        elif number and is_ahead(post):
            refused.append(ahead_sentence(post))
        elif isinstance(post, dict) and "id" in post and not number:
            refused.append(f"a post has the number {str(post['id'])[:40]}")
    if posts and not (found or refused):
        raise ValueError("posts without the time of their last edit")
    return found, refused


def modified_at(post: Any) -> str | None:
    """When a post was last edited, in UTC, and at the latest now; None where that is not told, or after tomorrow.

    A minute is let pass: clocks differ by seconds, and what is cut down to now looks like an edit in the next run.
    """
    moment = _in_utc(read_field(post, "modified_gmt"))
    return None if moment is None or is_ahead(post) else min(moment, _utc(timedelta(minutes=1)))


def is_ahead(post: Any) -> bool:
    """Whether a post says that it was last edited after tomorrow."""
    printed = read_field(post, "modified_gmt").strip()
    return bool(_DAY.match(printed)) and printed > _utc(timedelta(days=1))


def ahead_sentence(post: Any) -> str:
    """That a post says so."""
    moment = read_field(post, "modified_gmt")[:40]
    return f"post {str(post.get('id'))[:40]} was last edited on {moment}, which is to come"


def _utc(ahead: timedelta) -> str:
    return (datetime.now(UTC) + ahead).strftime("%Y-%m-%dT%H:%M:%SZ")


def local_timestamp(local: str, gmt: str) -> str | None:
    """Local time with the offset that follows from UTC; the one of the two that can be read where the other cannot.

    Without offset where the two make no sense together.

    >>> local_timestamp("2023-10-28T18:36:27", "2023-10-28T15:06:27")
    '2023-10-28T18:36:27+03:30'
    >>> local_timestamp("2023-10-28T18:36:27", "0000-00-00T00:00:00")
    '2023-10-28T18:36:27'
    >>> local_timestamp("0000-00-00T00:00:00", "2023-10-28T15:06:27")
    '2023-10-28T15:06:27+00:00'
    """
    here, there = _moment(local), _moment(gmt)
    if there is not None:
        there = there.astimezone(UTC) if there.tzinfo else there.replace(tzinfo=UTC)
    if not _is_usable(here) and _is_usable(there):
        here = there
    elif here is not None and here.tzinfo is None and there is not None:
        offset = here - there.replace(tzinfo=None)
        if abs(offset) <= _MOST_OFFSET and offset % timedelta(minutes=1) == timedelta(0):
            here = here.replace(tzinfo=timezone(offset))
    if here is None:
        return local.strip() if _DAY.fullmatch(local.strip()) else None  # less than a moment, and more than nothing
    return here.isoformat(timespec="seconds")


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _moment(printed: str) -> datetime | None:
    """A time as WordPress prints it, mostly without an offset; None for a mere day."""
    try:
        moment = datetime.fromisoformat(printed.strip())
    except ValueError:
        return None
    # within a day of either end of the calendar, a time has no other in UTC
    return None if _DAY.fullmatch(printed.strip()) or not 1 < moment.year < 9999 else moment


def _is_usable(moment: datetime | None) -> bool:
    return moment is not None and FIRST_YEAR <= moment.year <= datetime.now(UTC).year + 1


def _in_utc(printed: str) -> str | None:
    moment = _moment(printed)
    if moment is None:
        return None
    return (moment.astimezone(UTC) if moment.tzinfo else moment).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_field(thing: Any, name: str) -> str:
    """The text that a thing has under a name; empty where it has none."""
    text = thing.get(name) if isinstance(thing, dict) else None
    return text if isinstance(text, str) else ""
