"""What differs between two looks at an article's details, in words for people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from nejat_crawler.archive.reading.state_details import Details, file_name

#: The details of which people are told, in this order, and what they are called.
LABELS = {
    "author": "posted by",
    "byline": "by",
    "published": "date",
    "published_at": "time",
    "published_text": "printed date",
    "protected": "password",
    "comment_count": "comments",
    "excerpt": "excerpt",
    "tags": "tags",
    "images": "pictures",
    "links": "links",
    "body_html": "markup",
}


@dataclass(frozen=True, slots=True)
class Differing:
    """What of a detail went, and what came, in words for people; both empty where only markup differs."""

    name: str
    """As COLUMNS and LISTED have it."""
    went: list[str]
    came: list[str]

    @property
    def label(self) -> str:
        """What it is called."""
        return LABELS[self.name]


def compare_details(before: Details, after: Details, *, same_text: bool) -> list[Differing]:
    """What is known to differ between two looks at an article."""
    found: list[Differing] = []
    for name in LABELS:
        if name == "body_html" or name not in before or name not in after:
            continue
        old, new = (Counter(_told(name, details[name])) for details in (before, after))
        if old != new:
            found.append(Differing(name, [*(old - new)], [*(new - old)]))
    names = {one.name for one in found}
    redated = [name for name in ("published", "published_at", "published_text") if name in names]
    passing: set[str] = {*redated[1:]}  # day, time and printed form are one date
    if (before.get("comment_count") or 0) < (after.get("comment_count") or 0):
        passing.add("comment_count")
    if after.get("excerpt") is None:  # the text has been read
        passing.add("excerpt")
    found = [one for one in found if one.name not in passing]
    markup = [details.get("body_html") for details in (before, after)]
    if same_text and None not in markup and markup[0] != markup[1] and not names & {"images", "links"}:
        found.append(Differing("body_html", [], []))
    return found


def _told(name: str, value: Any) -> list[str]:
    """A detail in words for people."""
    if name == "images":
        shown = [(image["caption"] or image["alt"], file_name(image["src"])) for image in value]
        return [" ".join(filter(None, (words, file and f"({file})"))) or "?" for words, file in shown]
    if name == "links":
        return [" ".join(filter(None, (link["text"], f"({link['url']})"))) for link in value]
    if name == "protected":
        return ["asks for a password"] if value else []
    return [*map(str, value)] if isinstance(value, list) else [str(value)] if value not in (None, "") else []
