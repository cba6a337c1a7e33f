"""The line of an article's categories, whose names the capture runs together: `Rescue reportsHuts; repairs`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nejat_crawler.extraction.text_captures.text_lines import shown_line

NAMES_APART = "\0"  # put before each name; no text that is imported has it

_MOST_NAMES = 300
_LEAST_NAME = 3  # characters
_JOINT = re.compile(r"[a-zßà-öø-ÿ.)’'”][A-ZÀ-ÖØ-Þ]")  # "ReportsHuts": a name ends within the word
_LEAST_PREFIX = 4  # characters; in a script without capitals a shorter beginning says nothing
_CASELESS = re.compile(r"[\u0600-\u06ff]")


def part_names(entries: list[list[str]], menu: Iterable[str]) -> None:
    """Part the names in the category line of each of `entries`, lines that are changed in place.

    The menu and the other articles tell where a name ends; where they do not, the line names no category.
    """
    places = [_category_place(entry) for entry in entries]
    heads = ["" if at is None else shown_line(entry[at]) for entry, at in zip(entries, places, strict=True)]
    menu_names = {name for line in menu if (name := shown_line(line).lstrip("• "))}
    known = list(dict.fromkeys([*sorted(menu_names), *(head for head in heads if head)]))[:_MOST_NAMES]
    known = [name for name in known if len(name) >= _LEAST_NAME]
    parted = {head: _part(head, [name for name in known if name in head != name], menu_names) for head in set(heads)}
    for entry, place, head in zip(entries, places, heads, strict=True):
        if place is not None and parted[head] != [head]:
            entry[place] = NAMES_APART + NAMES_APART.join(parted[head])


def _category_place(entry: list[str]) -> int | None:
    """Index of the last line of the first paragraph, if there is a second."""
    blank = next((place for place, line in enumerate(entry) if not shown_line(line)), None)
    return blank - 1 if blank else None


def _part(line: str, known: list[str], menu: set[str]) -> list[str]:
    """The names that `line` is a row of: itself, the most of the `known` that make it up, or none."""
    if line in menu or len(line) > 400:
        return [line]
    ways: list[list[str] | None] = [[], *([None] * len(line))]
    for end in range(1, len(line) + 1):
        for name in known:
            before = ways[end - len(name)] if line.endswith(name, 0, end) else None
            if before is not None and name not in before and len(before) >= len(ways[end] or []):
                ways[end] = [*before, name]
    if found := ways[-1]:
        return found
    glued = _JOINT.search(line) or (_CASELESS.search(line) and any(_begins(line, name) for name in known))
    return [] if glued else [line]


def _begins(line: str, name: str) -> bool:
    rest = line[len(name) :]
    return line.startswith(name) and min(len(name), len(rest)) >= _LEAST_PREFIX and rest[0].isalpha()


def read_names(line: str) -> tuple[str, ...]:
    """The names that `part_names` left in a line."""
    return tuple(name for part in line.split(NAMES_APART) if (name := shown_line(part)))
