"""The index keeps no texts: it follows every change of the rows, and what stands in it is what they hold."""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlite_utils import Database
from sqlite_utils.cli import cli as sqlite_utils

from nejat_crawler.archive import Archive, ArchiveError
from nejat_crawler.archive.schema import register_functions
from nejat_crawler.archive.search_index import fill_index, make_index
from nejat_crawler.cli import main
from nejat_crawler.folding import VERSION, compound_parts, fold_for_search
from tests.support.commands import run
from tests.support.served import article, make_archive

SEEN = "2024-02-01T00:00:00Z"
EARLIER = Path(__file__).with_name("earlier_index.sql").read_text()


def image(number: int, position: int, caption: str | None, alt: str = "") -> dict[str, object]:
    return {"article_id": f"en-{number}", "position": position, "alt": alt, "caption": caption}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    version = {"article_id": "en-1", "version": 1, "title": "A lamp", "categories": "[]", "body": "The lamp was lit.",
        "source": "listing", "seen_from": SEEN, "seen_until": SEEN}  # fmt: skip
    issue = {"id": "en-n1", "edition": "en", "title": "Hut News", "numbers": "[1]", "found_at": "n.pdf"}
    story = {"newsletter_id": "en-n1", "position": 1, "title": "The ferry", "source": "Dora Vint", "text": "It sank."}
    tables = {
        "articles": [
            article(1, title="A lamp", body="The lamp is out; the warden sleeps.", author="Ada Marr"),
            article(2, title="Kërçelva", body="Rope’s end, and a cheese."),
            article(3, edition="fa", title="کتاب‌خانه‌ها", body="مسئول كتاب را دید."),
        ],
        "images": [image(1, 1, "A heron", "A bird"), image(1, 2, None, "A heron"), image(2, 1, "A weir")],
        "article_categories": [{"article_id": "en-1", "position": 1, "name": "Huts"}],
        "article_tags": [{"article_id": "en-2", "position": 1, "name": "Otters"},
                         {"article_id": "en-2", "position": 2, "name": "Ice"}],
        "article_versions": [version],
        "newsletters": [{**issue, "captured_at": SEEN}],
        "newsletter_stories": [story],
    }  # fmt: skip
    return make_archive(tmp_path / "nejat.db", tables)


def words_held(db: Database) -> Iterator[list[tuple[object, ...]]]:
    """Every word of each index by column and document, and what FTS5 has counted: the rest is the order of pages."""
    for index in ("articles_fts", "versions_fts"):
        db.execute(f"CREATE VIRTUAL TABLE temp.held USING fts5vocab ('main', '{index}', 'instance')")
        words = db.execute("SELECT term, doc, col, count(*) FROM temp.held GROUP BY 1, 2, 3 ORDER BY 1, 2, 3")
        yield words.fetchall()
        db.execute("DROP TABLE temp.held")
        yield db.execute(f"SELECT * FROM {index}_docsize ORDER BY 1").fetchall()
        yield db.execute(f"SELECT rtrim(hex(block), '0') FROM {index}_data WHERE id = 1").fetchall()


NEW = (
    "articles (id, edition, title, language, status, first_seen, last_seen, source, theme, found_at, docid)"
    " SELECT 'en-{a}', 'en', '{word}', 'en', 'live', '', '', 'text', '', '', coalesce(max(docid), 0) + 1"
    " FROM articles"
)
CHANGES = (
    "INSERT INTO images (article_id, position, alt, caption)"
    " SELECT id, {n}, '{word}', '{other}' FROM articles WHERE id = 'en-{a}'",
    "INSERT OR IGNORE INTO images (article_id, position, alt, caption)"
    " SELECT id, 1, '{word}', 'x' FROM articles WHERE id = 'en-{a}'",
    "INSERT OR REPLACE INTO images (article_id, position, alt, caption)"
    " SELECT id, 1, '{word}', NULL FROM articles WHERE id = 'en-{a}'",
    "INSERT INTO images (article_id, position, alt) SELECT id, 1, '{word}' FROM articles WHERE id = 'en-{a}'"
    " ON CONFLICT DO UPDATE SET alt = excluded.alt || ' ' || alt",
    "UPDATE images SET caption = '{word}' WHERE article_id = 'en-{a}'",
    "UPDATE OR IGNORE images SET article_id = 'en-{b}', caption = '{word}'"
    " WHERE article_id = 'en-{a}' AND EXISTS (SELECT 1 FROM articles WHERE id = 'en-{b}')",
    "UPDATE OR REPLACE images SET position = 2 WHERE article_id = 'en-{a}'",
    "DELETE FROM images WHERE article_id = 'en-{a}'",
    "INSERT OR REPLACE INTO article_tags SELECT id, 1, '{word}' FROM articles WHERE id = 'en-{a}'",
    "DELETE FROM article_tags WHERE article_id = 'en-{a}'",
    "UPDATE article_categories SET name = '{word}'",
    "INSERT OR REPLACE INTO article_categories SELECT id, 1, '{word} {other}' FROM articles WHERE id = 'en-{a}'",
    "UPDATE articles SET title = '{word}', body = NULL, excerpt = '{other}' WHERE id = 'en-{a}'",
    "UPDATE articles SET body = '{word} {other} {word}', byline = '{other}' WHERE edition = 'en'",
    "UPDATE articles SET author = '{word}' WHERE id = 'en-{a}'",
    "UPDATE articles SET id = 'en-9', title = '{word}' WHERE id = 'en-{a}';"
    " UPDATE articles SET id = 'en-{a}' WHERE id = 'en-9'",
    "DELETE FROM articles WHERE id = 'en-{a}'",
    f"INSERT OR IGNORE INTO {NEW}",
    f"INSERT OR REPLACE INTO {NEW}",
    "INSERT OR REPLACE INTO article_versions (article_id, version, title, categories, body, source, seen_from,"
    " seen_until) SELECT id, 1, '{word}', '[]', '{other}', '', '', '' FROM articles WHERE id = 'en-{a}'",
    "UPDATE article_versions SET body = '{word}', version = version + 1",
    "DELETE FROM article_versions WHERE version > 3",
    "INSERT OR REPLACE INTO newsletter_stories (newsletter_id, position, title, text)"
    " VALUES ('en-n1', {a}, '{word}', '{other}')",
    "UPDATE newsletter_stories SET source = '{word}', title = '{other}'",
    "DELETE FROM newsletter_stories WHERE position = {a}",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_whatever_changes_the_index_holds_what_the_rows_hold(path: Path, seed: int) -> None:
    rng = random.Random(seed)
    words = ["مسئول", "می‌رود", "Ice’s", "RopeÇ", "lamp", "", "كتاب", "O''Brien"]
    with Archive.open(path) as archive, archive.writing() as db:
        for step in range(60):
            change = rng.choice(CHANGES).format(
                a=rng.randint(1, 3), b=rng.randint(1, 3), n=step + 5, word=rng.choice(words), other=rng.choice(words)
            )
            for statement in change.split("; "):
                db.execute(statement)
            for index in ("articles_fts", "versions_fts"):
                db.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
        held = list(words_held(db))
        make_index(db)
        fill_index(db)
        assert held == list(words_held(db))


def found_by_other_tools(path: Path, word: str) -> list[str]:
    """The articles that sqlite-utils finds in the file itself, without anything of ours."""
    searched = CliRunner().invoke(sqlite_utils, ["search", str(path), "articles", word, "-c", "id"])
    assert searched.exit_code == 0, searched.output
    return [row["id"] for row in json.loads(searched.output)]


def test_other_tools_find_the_index_in_the_bare_file_whatever_the_file_has_been_through(
    path: Path, tmp_path: Path
) -> None:
    with Archive.open(path) as archive, archive.writing() as db:
        db.execute("DELETE FROM articles WHERE id = 'en-1'")
    assert found_by_other_tools(path, "cheese") == ["en-2"]
    assert found_by_other_tools(path, "otters") == ["en-2"]
    assert found_by_other_tools(path, "ferry") == []  # a story is no article
    shown = run("datasette", path, "--get", "/nejat/articles.json?_search=cheese&_shape=array")
    assert [row["id"] for row in json.loads(shown.out)] == ["en-2"]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")
        assert found_by_other_tools(path, "cheese") == ["en-2"]
        connection.execute("UPDATE articles SET rowid = 9 - rowid")  # as by `.dump` and `.recover`
        connection.commit()
    assert found_by_other_tools(path, "cheese") != ["en-2"]
    with Archive.open(path) as archive:
        archive.require_undamaged()
    assert found_by_other_tools(path, "cheese") == ["en-2"]
    part = tmp_path / "part.db"
    arguments = ["export", "sqlite", "--db", str(path), "--edition", "fa", "-o", str(part)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert found_by_other_tools(part, "دید") == ["fa-3"]


@pytest.mark.parametrize("whole", ["DELETE FROM articles WHERE edition != 'en'; DELETE FROM newsletters", ""])
def test_an_index_that_sqlite_has_filled_with_texts_that_are_not_folded_is_found(path: Path, whole: str) -> None:
    with Archive.open(path) as archive:
        for statement in filter(None, whole.split("; ")):
            archive.db.execute(statement)
    assert CliRunner().invoke(sqlite_utils, ["rebuild-fts", str(path), "articles"]).exit_code == 0
    for is_said in (True, False):
        checked = CliRunner().invoke(main, ["check", "--db", str(path), "--offline"])
        assert ("texts that are not folded" in checked.output) is is_said, checked.output
    with Archive.open(path) as archive:
        held = list(words_held(archive.db))
        make_index(archive.db)
        fill_index(archive.db)
        assert held == list(words_held(archive.db))


def test_a_row_of_the_index_shows_what_is_written(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT title, captions, authors, tags, snippet(articles_fts, 1, '[', ']', '', 2) FROM articles_fts"
        rows = connection.execute(
            f"{sql} WHERE articles_fts MATCH 'cheese OR ferry OR warden' ORDER BY rowid"
        ).fetchall()
        assert rows == [
            ("The ferry", "", "Dora Vint", "", "It sank."),
            ("A lamp", "A bird\nA heron", "Ada Marr\n", None, "[warden] sleeps."),
            ("Kërçelva", "\nA weir", "", "Otters\nIce", "a [cheese]."),
        ]
        assert connection.execute("SELECT count(*) FROM articles_fts").fetchone() == (4,)
    assert CliRunner().invoke(sqlite_utils, ["tables", str(path), "--counts"]).exit_code == 0


def test_the_index_is_made_anew_where_texts_are_folded_otherwise_now(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')")
        connection.execute("INSERT INTO articles_fts (rowid, title) SELECT docid, 'ЇX' || title FROM articles")
        connection.execute("INSERT INTO articles_fts (rowid, title) VALUES (-1, '')")
        connection.execute(f"PRAGMA user_version = {VERSION - 1}")
    with Archive.open(path) as archive:
        assert archive.db.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'lamp'").fetchall() == [
            (1,)
        ]
        archive.require_undamaged()


def test_what_is_folded_otherwise_has_another_number() -> None:
    letters = "".join(
        map(chr, (*range(0x20, 0x250), *range(0x600, 0x700), *range(0x2000, 0x2070), *range(0xFB50, 0xFF00)))
    )
    words = "خانواده‌ها don’t مسئول کتاب‌خانه‌ها هیأت"
    shown = "\0".join((fold_for_search(letters), *map(fold_for_search, letters), compound_parts(words)))
    # If this fails, raise the number in `folding.VERSION` by 1,000, and write both here.
    assert (VERSION // 1000, hashlib.sha256(shown.encode()).hexdigest()[:16]) == (1, "3f058a5a9a484b7b")


def forms_of(db: Database) -> set[tuple[str, ...]]:
    """Which words are filed under which keys."""
    sql = "SELECT language, word, keys, coalesce(forms, '') FROM word_forms"
    rows = db.execute(sql).fetchall()
    filed: set[tuple[str, ...]] = {
        (language, key, word) for language, word, keys, _ in rows if keys is not None for key in [word, *keys.split()]
    }
    others = {(language, word, form) for language, word, _, forms in rows for form in forms.split()}
    assert {row for row in filed if row[1] != row[2]} == others
    return filed


def test_an_archive_of_an_earlier_version_loses_its_copies_and_nothing_else(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        db = Database(connection)
        register_functions(db)
        rows, words = list(connection.execute("SELECT * FROM articles")), forms_of(db)
        held = list(words_held(db))
        connection.executescript("DROP VIEW search_documents; DROP TABLE word_forms")
        for name, kind in connection.execute(
            "SELECT name, type FROM sqlite_master WHERE name LIKE '%_fts_%' AND type = 'trigger'"
            " UNION ALL VALUES ('articles_fts', 'TABLE'), ('versions_fts', 'TABLE')"
        ).fetchall():
            connection.execute(f"DROP {kind} {name}")
        connection.executescript(EARLIER)
        connection.executemany("INSERT INTO word_forms (language, key, word) VALUES (?, ?, ?)", words)
        for table, column in (
            ("articles", "docid"),
            ("newsletter_stories", "docid"),
            ("article_versions", "version"),
        ):
            connection.execute(f"UPDATE {table} SET {column} = {column}")
        connection.execute("UPDATE articles SET rowid = 9 - rowid")
        names = "'index_without_texts', 'file_words_once'"
        connection.execute(f"DELETE FROM _sqlite_migrations WHERE name IN ({names})")
        connection.execute("PRAGMA user_version = 0")
        connection.commit()
    with pytest.raises(ArchiveError, match="of an older version"):
        Archive.open_readonly(path)
    with Archive.open(path) as archive:
        assert list(archive.db.execute("SELECT * FROM articles")) == rows
        assert (list(words_held(archive.db)), forms_of(archive.db)) == (held, words)
        archive.require_undamaged()
    assert found_by_other_tools(path, "cheese") == ["en-2"]
