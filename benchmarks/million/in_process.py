"""What is measured within one process, which `python -m benchmarks.million` starts for each archive and each part.

    python -m benchmarks.million.in_process reading ARCHIVE
    python -m benchmarks.million.in_process storing ARCHIVE…

prints JSON: seconds of the processor for each archive, and megabytes resident.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.invented_articles import invented_articles
from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading.open_file import open_for_search
from nejat_crawler.items import Article
from nejat_crawler.website.pages.overview import read_overview
from nejat_crawler.website.search.period import read_period
from nejat_crawler.website.search.search_request import SearchRequest
from nejat_crawler.website.search.searcher import Searcher

_QUERIES = 200
_STORED, _A_TURN = 1000, 100
_FILTERED = 0.3  # of the searches
_TIMES = 3


def reading(path: Path) -> list[dict[str, float]]:
    """Searches as readers make them, and the front page."""
    costs: dict[str, float] = {}
    with closing(open_for_search(path)) as connection:
        searcher = Searcher(path)
        costs["index in memory"] = _cost(lambda: searcher.index(connection))
        index = searcher.index(connection)
        begun = time.process_time()
        while not searcher.suggestions.is_of(index.version):  # the words are gathered beside the first searches
            searcher.suggestions.counts(connection, index.version, len(index.docids))
            time.sleep(0.05)
        costs["words in memory"] = time.process_time() - begun
        taken = sorted(_cost(partial(searcher.find, connection, asked)) for asked in _requests())
        costs["search"] = statistics.median(taken)
        costs["search, 95 of 100"] = taken[len(taken) * 95 // 100]
        costs["front page"] = min(_cost(lambda: read_overview(connection, searcher)) for _ in range(_TIMES))
    return [costs]


def _requests() -> Iterator[SearchRequest]:
    """Words as they stand in articles, common and rare: alone, two of them, either of them; some with filters."""
    chance = random.Random(15193)
    articles = list(invented_articles(0, _QUERIES, 10_000))  # which all archives hold
    for article in articles:
        words = (article.body or "").replace(".", "").split()
        one, other = chance.sample(words, 2)
        typed = (one, one, f"{one} {other}", f"{one} OR {other}")[chance.randrange(4)]
        request = SearchRequest(typed)
        if chance.random() < _FILTERED:
            request = replace(request, editions=(article.edition,), since=read_period("2010"))
        yield request


def storing(*paths: Path) -> list[dict[str, float]]:
    """Articles stored one by one, as a crawl does, that the archives do not hold, and what opens and closes these.

    A hundred by turns: what else the machine does changes from second to second.
    """
    costs: list[dict[str, float]] = [dict.fromkeys(("storing", "meeting again"), 0.0) for _ in paths]
    for path, cost in zip(paths, costs, strict=True):
        _open(path)
        cost["opening"] = min(_cost(partial(_open, path)) for _ in range(_TIMES))
    archives = [Archive.open(path) for path in paths]
    held = [archive.db.table("articles").count for archive in archives]
    for first in range(0, _STORED, _A_TURN):
        for path, archive, cost, after in zip(paths, archives, costs, held, strict=True):
            total = int(path.stem)
            new = list(invented_articles(max(after, total) + first, _A_TURN, total))
            known = list(invented_articles(first, _A_TURN, total))
            cost["storing"] += _cost(partial(_save, archive, new, "new")) / _STORED
            cost["meeting again"] += _cost(partial(_save, archive, known, "same")) / _STORED
    for archive, cost in zip(archives, costs, strict=True):
        cost["closing"] = _cost(archive.close)
    return costs


def _open(path: Path) -> None:
    Archive.open(path).close()


def _save(archive: Archive, articles: list[Article], outcome: str) -> None:
    for article in articles:
        assert archive.save(article) == outcome


def _cost(what: Callable[[], object]) -> float:
    begun = time.thread_time()
    what()
    return time.thread_time() - begun


if __name__ == "__main__":
    _, part, *named = sys.argv
    parts: dict[str, Callable[..., list[dict[str, float]]]] = {"reading": reading, "storing": storing}
    found = parts[part](*map(Path, named))
    print(json.dumps([found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
