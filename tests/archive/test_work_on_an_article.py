"""What it costs to store an article and to open an archive, in things that can be counted."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from sqlite_utils import Database

from nejat_crawler.archive import Archive, ArchiveError
from nejat_crawler.archive.crawl_state.imported_files import ImportedFiles, file_digest
from nejat_crawler.archive.reading.damage import require_undamaged
from nejat_crawler.items import Article, Source


def article(number: int, title: str = "The hut", source: Source = "html") -> Article:
    return Article(
        edition="en",
        source=source,
        theme="soledad",
        found_at="pages/1.html",
        captured_at="2026-01-01T00:00:00Z",
        status="unseen",
        title=title,
        post_id=number,
        url=f"https://www.nejatngo.org/en/posts/{number}",
        categories=["Huts", "Ropes"],
        published="2024-05-01",
        body=f"The hut number {number} opens in June.",
        body_html=f"<p>The hut number {number} opens in June.</p>",
        images=[],
    )


def test_a_new_article_takes_few_statements_and_a_known_one_still_fewer() -> None:
    with Archive.open_in_memory() as archive:
        archive.save(article(1))
        statements: list[str] = []
        archive.db.conn.set_trace_callback(statements.append)
        archive.save(article(2, "Another hut"))
        # a trigger repeats the statement that has set it off, and FTS5 tells its own as remarks
        assert len({each for each in statements if not each.startswith("--")}) <= 10
        # set one, and SQLite prepares all statements anew
        assert not [each for each in statements if each.startswith("PRAGMA")]
        # with its lists, and once
        assert len([each for each in statements if "REPLACE INTO 'main'.'articles_fts_docsize'" in each]) == 1
        statements.clear()
        assert archive.save(article(2, "Another hut")) == "same"
        assert len(statements) <= 9
        assert not [each for each in statements if each.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_a_text_stands_in_the_file_once_and_once_as_markup(db: Path) -> None:
    words = ["kettle" + "".join(letters) for letters in product("bdkp", repeat=4)]
    shown = article(1)
    shown.body = " ".join(words)
    shown.body_html = f"<p>{shown.body}</p>"
    with Archive.open(db) as archive:
        archive.save(shown)
    held = db.read_bytes()
    assert held.count(" ".join(words[:20]).encode()) == 2
    assert {held.count(word.encode()) for word in words[100:110]} == {3}  # once more among the forms of words


def test_twins_are_looked_for_on_one_day_whatever_is_archived() -> None:
    with Archive.open_in_memory() as archive:
        archive.save(replace(article(2, "A capture", "text"), post_id=None, url=None))  # else there are no twins
        statements: list[str] = []
        archive.db.conn.set_trace_callback(statements.append)
        archive.save(article(1))
        searches = [each for each in statements if "AND fold_for_search(title) = " in each]
        assert searches
        for search in searches:
            plan = " ".join(str(row[3]) for row in archive.db.execute(f"EXPLAIN QUERY PLAN {search}"))
            assert "edition=? AND published=?" in plan


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The archives that are read as a whole when they are opened for writing."""
    found: list[Path] = []

    def count(db: Database, path: Path) -> None:
        found.append(path)
        require_undamaged(db, path)

    monkeypatch.setattr("nejat_crawler.archive.archive.require_undamaged", count)
    return found


def test_an_archive_is_read_as_a_whole_only_where_it_is_not_as_a_run_left_it(db: Path, looks: list[Path]) -> None:
    with Archive.open(db) as archive:
        archive.save(article(1))
    assert len(looks) == 1
    for _ in range(2):
        with Archive.open(db):
            pass
    assert len(looks) == 1

    lock = db.with_name(f"{db.name}.lock")
    lock.write_text(lock.read_text().replace("left at 20", "left at 19"))  # more than a week ago
    with Archive.open(db):
        assert len(looks) == 2
    with db.open("r+b") as file:  # whoever has written it, and whatever
        first = file.read(1)
        file.seek(0)
        file.write(first)
    with Archive.open(db) as archive:
        assert len(looks) == 3
        with pytest.raises(ArchiveError), archive.writing() as database:
            database.execute("INSERT INTO no_such_table VALUES (1)")
    with Archive.open(db):  # something had gone wrong
        assert len(looks) == 4


def test_a_killed_run_leaves_an_archive_that_is_read_as_a_whole(db: Path, looks: list[Path]) -> None:
    with Archive.open(db):
        holder = db.with_name(f"{db.name}.lock").read_text()
    db.with_name(f"{db.name}.lock").write_text(holder)  # what there is while a run is under way
    with Archive.open(db):
        assert len(looks) == 2


def imported(archive: Archive, digest: str, *articles: Article, count: int | None = None) -> None:
    """Store what a file holds, as an import does."""
    files = ImportedFiles(archive.db)
    for each in articles:
        each.outcome = archive.save(each)
        files.see(each)
    files.note("pages/1.html", digest, len(articles) if count is None else count)
    with archive.writing():
        files.remember()


def test_a_file_is_known_while_its_articles_are_as_it_showed_them() -> None:
    page = file_digest(b"<html>", "pages/1.html", None)
    assert len({page, *(file_digest(*other) for other in [(b"<html >", "pages/1.html", None),
        (b"<html>", "pages/2.html", None), (b"<html>", "pages/1.html", "fa")])}) == 4  # fmt: skip
    with Archive.open_in_memory() as archive:
        assert ImportedFiles(archive.db).known_articles(page) == []
        imported(archive, page, article(1), article(2, "Another hut"))
        assert ImportedFiles(archive.db).known_articles(page) == ["en-1", "en-2"]
        for change in (
            "UPDATE articles SET title = 'The bridge' WHERE id = 'en-1'",
            "UPDATE articles SET body = body || ' Not in May.' WHERE id = 'en-2'",
            "UPDATE articles SET versions = 2, changed_at = '2026-02-01T00:00:00Z' WHERE id = 'en-2'",
            "DELETE FROM articles WHERE id = 'en-2'",
            "UPDATE imported_files SET code = 'that of another version'",
        ):
            archive.db.execute("SAVEPOINT before")
            archive.db.execute(change)
            assert ImportedFiles(archive.db).known_articles(page) == [], change
            archive.db.execute("ROLLBACK TO before")
        assert ImportedFiles(archive.db).known_articles(page) == ["en-1", "en-2"]


def test_a_file_with_anything_to_say_is_read_each_time() -> None:
    page = file_digest(b"<html>", "pages/1.html", None)
    hidden, undated = article(3), article(4)
    hidden.hidden_words, undated.undated = 4, "no date"
    with Archive.open_in_memory() as archive:
        imported(archive, page, article(1), count=2)  # one was dropped, or is not stored
        for other in (hidden, undated):
            imported(archive, page, article(1), other)
        assert ImportedFiles(archive.db).known_articles(page) == []
