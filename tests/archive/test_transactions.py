"""Articles that are stored together are committed together, and none loses another."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from scrapy.exceptions import DropItem

from nejat_crawler.archive import Archive, ArchiveError
from nejat_crawler.crawl.run_report import RunReport
from nejat_crawler.items import Article
from pipelines.store_article import StoreArticle
from tests.archive.test_work_on_an_article import article

if TYPE_CHECKING:
    from nejat_crawler.crawl.run import Run


def seen(db: Path, sql: str = "SELECT id FROM articles ORDER BY docid") -> list[str]:
    """What another program reads meanwhile."""
    with closing(sqlite3.connect(db)) as connection:
        return [row[0] for row in connection.execute(sql)]


def test_the_articles_of_a_page_take_one_commit_with_what_says_that_it_was_read(db: Path) -> None:
    with Archive.open(db) as archive:
        statements: list[str] = []
        archive.db.conn.set_trace_callback(statements.append)
        for number in range(1, 11):
            assert archive.save(article(number, f"Hut {number}"), lasting=False) == "new"
        assert "COMMIT" not in statements
        assert seen(db) == []
        with archive.writing() as database:
            database.execute("INSERT INTO marks VALUES ('en', 'read', 'page 1')")
        assert statements.count("COMMIT") == 1
        assert len(seen(db)) == 10
        archive.transactions.commit()  # nothing is waiting
        assert statements.count("COMMIT") == 1


def test_what_is_stored_alone_is_committed_at_once_and_the_rest_at_the_end(db: Path) -> None:
    with Archive.open(db) as archive:
        archive.save(article(1))
        assert seen(db) == ["en-1"]
        archive.save(article(2, "Another hut"), lasting=False)
        assert seen(db) == ["en-1"]
    assert seen(db) == ["en-1", "en-2"]


def test_an_article_that_cannot_be_stored_loses_no_other(db: Path) -> None:
    with Archive.open(db) as archive:
        for number in range(1, 10):
            each = article(number, f"Hut {number}")
            if number == 5:
                archive.db.execute(
                    "CREATE TEMP TRIGGER refuse BEFORE INSERT ON main.words_due"
                    " BEGIN SELECT raise(ABORT, 'no room for the words of en-5'); END"
                )
                with pytest.raises(sqlite3.IntegrityError, match="en-5"):
                    archive.save(each, lasting=False)
                archive.db.execute("DROP TRIGGER temp.refuse")
            else:
                archive.save(each, lasting=False)
        sql = "INSERT INTO marks SELECT 'en', value, abs(value) FROM json_each(?)"  # of the second there is no value
        with pytest.raises(ArchiveError, match="overflow"), archive.writing(lasting=False) as database:
            database.execute(sql, ["[1, -9223372036854775808]"])
        assert (archive.transactions.waiting, archive.transactions.lost) == (8, 0)
    assert seen(db) == [f"en-{number}" for number in (1, 2, 3, 4, 6, 7, 8, 9)]
    assert seen(db, "SELECT value FROM marks") == []
    assert seen(db, "SELECT DISTINCT article_id FROM article_categories WHERE article_id = 'en-5'") == []
    with Archive.open_readonly(db) as archive:
        found = archive.db.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'hut' ORDER BY rowid")
        assert [row[0] for row in found] == [*range(1, 9)]


def test_a_full_disk_takes_what_is_not_committed_and_says_how_much(db: Path) -> None:
    with Archive.open(db) as archive:
        archive.save(article(1))
        pages = archive.db.execute("PRAGMA page_count").fetchone()[0]
        archive.db.execute(f"PRAGMA max_page_count = {pages + 12}")
        stored: list[str] = []

        def store(number: int) -> None:
            long = article(number, f"Hut {number}")
            long.body = f"The hut number {number} opens in June. " * 50
            stored.append(archive.save(long, lasting=False))

        with pytest.raises(ArchiveError, match="full"):
            deque(map(store, range(2, 1000)))
        archive.db.execute(f"PRAGMA max_page_count = {pages + 1000}")
        waiting = archive.transactions.waiting
        assert stored
        assert waiting + archive.transactions.lost == len(stored)
        archive.save(article(2000, "The last hut"))
    assert len(seen(db)) == 2 + waiting
    assert seen(db, "PRAGMA integrity_check") == ["ok"]


def test_a_commit_that_fails_counts_what_is_lost(db: Path) -> None:
    with Archive.open(db) as archive:
        archive.save(article(1))
        archive.save(article(2, "Another hut"), lasting=False)
        archive.save(article(3, "A third hut"), lasting=False)
        sql = "INSERT INTO article_tags (article_id, position, name) VALUES ('en-9', 1, 'of no article')"
        with pytest.raises(ArchiveError), archive.writing() as database:
            database.execute(sql)
        assert (archive.transactions.waiting, archive.transactions.lost) == (0, 2)
        archive.save(article(4, "A fourth hut"))
    assert seen(db) == ["en-1", "en-4"]


class Report(RunReport):
    """A run without Scrapy."""

    refuses_changes = archive_failed = False

    def __init__(self, archive: Archive) -> None:
        super().__init__()
        self.archive = archive

    def fail_archive(self, error: str) -> None:
        self.add_error(error)
        self.archive_failed = True


def stored(archive: Archive, articles: list[Article]) -> Report:
    """The report of a run whose last step has been given some articles."""
    report = Report(archive)
    step = StoreArticle(cast("Run", report))

    async def store() -> None:
        for each in articles:
            with suppress(DropItem):
                step.process_item(each)
        step.close_spider()

    asyncio.run(store())
    return report


def test_a_run_commits_ten_articles_at_once_and_an_own_page_of_the_site_at_once(db: Path) -> None:
    with Archive.open(db) as archive:
        statements: list[str] = []
        archive.db.conn.set_trace_callback(statements.append)
        report = stored(archive, [article(number, f"Hut {number}") for number in range(1, 26)])
        assert statements.count("COMMIT") == 3
        assert report.outcomes["en"] == {"new": 25}
        statements.clear()
        stored(archive, [article(number, f"Hut {number}", "article") for number in range(30, 33)])
        assert statements.count("COMMIT") == 3


def test_a_run_counts_no_article_that_a_failed_commit_has_lost(db: Path) -> None:
    with Archive.open(db) as archive:
        articles = [article(number, f"Hut {number}") for number in range(1, 26)]
        # one whose tags no article has is found where the transaction ends: with the second ten
        archive.db.execute(
            "CREATE TEMP TRIGGER orphan AFTER INSERT ON main.articles WHEN new.id = 'en-15' BEGIN"
            " INSERT INTO article_tags (article_id, position, name) VALUES ('en-99', 1, ''); END"
        )
        report = stored(archive, articles)
    assert report.outcomes["en"] == {"new": 10}
    assert len(report.errors) == 1
    assert len(seen(db)) == 10
