"""What is measured within one process, which `python -m benchmarks.million` starts for each archive and each part.

    python -m benchmarks.million.in_process (reading|storing) ARCHIVE

prints a JSON object of seconds of the processor.
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

from benchmarks.million.short_articles import short_articles
from nejat_crawler.archive import Archive
from nejat_crawler.archive.reading.open_file import open_for_search
from nejat_crawler.website.pages.overview import read_overview
from nejat_crawler.website.search.period import read_period
from nejat_crawler.website.search.search_request import SearchRequest
from nejat_crawler.website.search.searcher import Searcher

_QUERIES = 200
_STORED = 1000
_FILTERED = 0.3  # of the searches
_TIMES = 3


def reading(path: Path) -> dict[str, float]:
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
    return costs


def _requests() -> Iterator[SearchRequest]:
    """Words as they stand in articles, common and rare: alone, two of them, either of them; some with filters."""
    chance = random.Random(15193)
    articles = list(short_articles(0, _QUERIES, 10_000))  # which all archives hold
    for article in articles:
        words = (article.body or "").replace(".", "").split()
        one, other = chance.sample(words, 2)
        typed = (one, one, f"{one} {other}", f"{one} OR {other}")[chance.randrange(4)]
        request = SearchRequest(typed)
        if chance.random() < _FILTERED:
            request = replace(request, editions=(article.edition,), since=read_period("2010"))
        yield request


def storing(path: Path) -> dict[str, float]:
    """Articles stored one by one, as a crawl does, that the archive does not hold, and what opens and closes it."""
    opened = []
    for _ in range(_TIMES):
        begun = time.process_time()
        archive = Archive.open(path)
        opened.append(time.process_time() - begun)
        archive.close()
    with Archive.open(path) as archive:
        held = archive.db.table("articles").count
        total = int(path.stem)
        articles = list(short_articles(max(held, total), _STORED, total))
        known = list(short_articles(0, _STORED, total))
        begun = time.process_time()
        for article in articles:
            assert archive.save(article) == "new"
        stored = (time.process_time() - begun) / _STORED
        begun = time.process_time()
        for article in known:
            assert archive.save(article) == "same"
        met = (time.process_time() - begun) / _STORED
        begun = time.process_time()
    closed = time.process_time() - begun
    return {"storing": stored, "meeting again": met, "opening": min(opened[1:]), "closing": closed}


def _cost(what: Callable[[], object]) -> float:
    begun = time.thread_time()
    what()
    return time.thread_time() - begun


if __name__ == "__main__":
    _, part, archive = sys.argv
    found = {"reading": reading, "storing": storing}[part](Path(archive))
    print(json.dumps(found | {"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
