"""What stands near an article: before and after it, in its categories, linked with it, of the same words."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from functools import reduce
from itertools import islice
from math import log
from operator import or_
from typing import Any

from nejat_crawler.archive.reading.browse import read_summaries
from nejat_crawler.archive.reading.full_text.matches import find_similar
from nejat_crawler.folding import fold_for_search
from nejat_crawler.website.search.article_index import CATEGORY, EDITION, ArticleIndex
from nejat_crawler.website.search.bitset import newer, older
from nejat_crawler.website.search.searcher import Searcher

_SIMILAR = 5
_IN_CATEGORY = 2  # on each side
_MOST_WORDS = 12
_MOST_MATCHES = 1500  # articles that the words may find together: 4 microseconds each to weigh
_READ = 6000  # characters of the text whose words count
_WORD = re.compile(r"[^\W\d_]{4,}")


def related_articles(connection: sqlite3.Connection, searcher: Searcher, row: dict[str, Any]) -> dict[str, list[Any]]:
    """Lists of rows: `older`, `newer` (one at most), `category`, `similar`."""
    index = searcher.index(connection)
    docid = row["docid"]
    found: dict[str, list[int]] = {"older": [], "newer": [], "category": [], "similar": []}
    if docid >= len(index.ids) or index.ids[docid] != row["id"]:
        return {name: [] for name in found}  # so new that it is not counted yet
    if row["published"]:
        found |= _in_time(index, docid)
    found["similar"] = _similar(connection, searcher, index, row)
    docids = {near for many in found.values() for near in many}
    rows = {near["docid"]: near for near in read_summaries(connection, list(docids))}
    return {name: [rows[near] for near in many if near in rows] for name, many in found.items()}


def _in_time(index: ArticleIndex, docid: int) -> dict[str, list[int]]:
    """The articles before and after one in its edition, and in its categories."""
    position = index.positions[docid]
    edition = (
        next((bitset for bitset in index.sets[EDITION].values() if bitset >> position & 1), 0) & index.everything
    )
    categories = (bitset for bitset in index.sets[CATEGORY].values() if bitset >> position & 1)
    alike = edition & reduce(or_, categories, 0)
    near = {
        "older": islice(older(edition, position), 1),
        "newer": islice(newer(edition, position), 1),
        "category": [
            *[*islice(newer(alike, position), _IN_CATEGORY)][::-1],
            *islice(older(alike, position), _IN_CATEGORY),
        ],
    }
    return {name: [index.docids[at] for at in positions] for name, positions in near.items()}


def _similar(
    connection: sqlite3.Connection, searcher: Searcher, index: ArticleIndex, row: dict[str, Any]
) -> list[int]:
    """Articles that share the rarest words of this one."""
    held = searcher.suggestions.counts(connection, index.version, len(index.docids))
    text = f"{row['title']} {row['title']} {(row['body'] or row['excerpt'] or '')[:_READ]}"
    total = max(len(index.docids), 2)
    rarest = sorted(
        (-number * log(total / count), word, count)
        for word, number in Counter(_WORD.findall(fold_for_search(text))).items()
        if 1 < (count := held.get(word, 0)) < total / 2
    )
    words: list[str] = []
    matches = 0
    for _, word, count in rarest:
        if matches + count <= _MOST_MATCHES:
            words.append(word)
            matches += count
        if len(words) == _MOST_WORDS:
            break
    return find_similar(connection, words, row["docid"], _SIMILAR) if words else []
