"""What changed between two states of an article, word by word."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from nejat_crawler.word_diff import Passage, compare_words


@dataclass(frozen=True, slots=True)
class Change:
    """From one state of an article to the next."""

    version: int
    """Number of the later state."""
    last_seen: str
    """When the earlier state was last met (UTC)."""
    title: list[Passage]
    """Empty if the title stayed."""
    categories: tuple[list[str], list[str]] | None
    body: list[Passage]


def changes(versions: Sequence[Mapping[str, Any]], now: Mapping[str, Any], categories: list[str]) -> list[Change]:
    """The way of an article through its states, the latest change first; `versions` are the earlier states."""
    states: list[Mapping[str, Any]] = [*versions, {**now, "categories": json.dumps(categories)}]
    found = []
    for number, (old, new) in enumerate(pairwise(states), start=2):
        named = _names(old["categories"]), _names(new["categories"])
        found.append(
            Change(
                number,
                old["seen_until"],
                compare_words(old["title"], new["title"], around=99),
                named if named[0] != named[1] else None,
                compare_words(old["body"] or "", new["body"] or ""),
            )
        )
    return found[::-1]


def _names(text: str) -> list[str]:
    try:
        names = json.loads(text)
    except ValueError:
        return []
    return [str(name) for name in names] if isinstance(names, list) else []
