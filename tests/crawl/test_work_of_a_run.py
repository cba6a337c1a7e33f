"""What a run counts of each article costs the same, however many it has met: counted, never timed."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from nejat_crawler.crawl.import_files import NamedPaths
from nejat_crawler.crawl.run_report import RunReport
from nejat_crawler.items import Article


def met(number: int, outcome: str, **fields: Any) -> Article:
    """An article as it comes out of the archive."""
    return Article(
        edition="en", source="listing", theme="soledad", found_at="", captured_at="", status="live",
        post_id=number, outcome=outcome,
        **{"title": "The hut", "published": "2024-05-01", "categories": ["Huts"], "body": "It opens."} | fields,
    )  # fmt: skip


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of ours run for some work; a loop counts a line each time."""
    run = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal run
        run += event == "line"
        return trace if "nejat_crawler" in frame.f_code.co_filename else None  # the garbage collector calls others

    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(None)
    return run


def test_the_thousandth_article_is_counted_in_as_many_lines_as_the_tenth() -> None:
    report = RunReport()

    def count(number: int) -> None:
        article = met(number, "same", rewritten=number % 9 == 0)
        report.count_rewritten(article)
        report.count_fields(article)

    taken = [lines_run(partial(count, number)) for number in range(1, 1001)]
    assert taken[999 - 1] == taken[9 - 1]  # both rewritten, of which something is to be said once they are many
    assert max(taken[10:]) <= max(taken[:10])


def test_of_articles_that_lack_nothing_nothing_is_kept_but_their_number() -> None:
    kept = []
    for count in (10, 1000):
        report = RunReport()
        for number in range(count):
            report.count_fields(met(number, "new"))
        kept.append(len(pickle.dumps(report.fields["en"].counts)) - len(pickle.dumps(report.fields["en"])))
    assert abs(kept[0] - kept[1]) < 10


def test_what_an_article_lacked_may_come_with_another_capture() -> None:
    report = RunReport()
    report.count_fields(met(1, "new", published=None, categories=None))
    report.count_fields(met(2, "new"))
    counts = report.fields["en"].counts
    assert (counts["articles"], counts["published"], counts["category"], counts["text"]) == (2, 1, 1, 2)
    report.count_fields(met(1, "completed", categories=None))
    report.count_fields(met(1, "completed"))
    report.count_fields(met(1, "completed"))
    report.count_fields(met(2, "completed"))
    assert (counts["articles"], counts["published"], counts["category"], counts["text"]) == (2, 2, 2, 2)


def test_an_article_counts_once_as_rewritten_and_a_new_one_never() -> None:
    report = RunReport()
    for number in range(1, 31):
        assert report.count_rewritten(met(number, "new")) is None
        report.count_rewritten(met(number, "changed", rewritten=True))
    for number in range(101, 120):
        for _ in range(2):
            assert report.count_rewritten(met(number, "changed", rewritten=True)) is None
        report.count_rewritten(met(number, "same"))
    for number in range(200, 219):
        report.count_rewritten(met(number, "same"))
    told = report.count_rewritten(met(120, "changed", rewritten=True))
    assert told == "20 of the 39 archived articles that were read show another title or text"


def test_a_file_is_placed_in_what_was_named_however_much_that_was() -> None:
    taken = []
    for count in (10, 1000):
        named = NamedPaths([Path(f"captures/{number}.html") for number in range(count)])
        taken.append(lines_run(partial(named.found_at, Path("captures/9.html"))))
    assert taken[0] == taken[1]
    named = NamedPaths([Path("a/b/page.html"), Path("a"), Path("a/b"), Path("/c"), Path()])
    files = ("a/b/page.html", "a/b/other.html", "a/x.html", "/c/d/e.html", "f/g.html")
    places = ["page.html", "a/b/other.html", "a/x.html", "c/d/e.html", "f/g.html"]
    assert [named.found_at(Path(file)) for file in files] == places
    assert NamedPaths([]).found_at(Path("a/b.html")) == "b.html"
