"""The tables of the archive and their migrations: a change of schema is a further function here."""

from __future__ import annotations

import json
import re
import sqlite3
from functools import cache

from sqlite_utils import Database, Migrations

from nejat_crawler.archive.search_index import (
    drop_index,
    fill_index,
    make_index,
    match_row_numbers,
    mend_index,
)
from nejat_crawler.folding import compound_parts, fold_for_search
from nejat_crawler.redaction import redact

MIGRATIONS = Migrations("nejat_crawler")


def register_functions(db: Database) -> None:
    """Give a connection the functions that the triggers and some migrations call."""
    db.register_function(fold_for_search, deterministic=True)
    db.register_function(compound_parts, deterministic=True)


def bring_up_to_date(db: Database, *, left_by_a_run: bool = False) -> None:
    """Apply the migrations that an archive has not gone through, and mend what is not as they leave it.

    `left_by_a_run`: nothing else has written to it, so that not every article has to be looked at.
    """
    if not db.table_names():
        blank_archive().conn.backup(db.conn)
    elif MIGRATIONS.pending(db):
        MIGRATIONS.apply(db)
    mend_index(db)
    if not left_by_a_run:
        match_row_numbers(db)


@cache
def blank_archive() -> Database:
    """An empty archive in memory, only to be read: new ones are copies, for migrations take 25 times as long."""
    db = Database(sqlite3.connect(":memory:", check_same_thread=False))
    db.execute("PRAGMA auto_vacuum = INCREMENTAL")  # see `Archive.close`
    register_functions(db)
    MIGRATIONS.apply(db)
    return db


def unknown_migrations(db: Database) -> list[str]:
    """The migrations that the archive has gone through and this version does not know."""
    known = {migration.name for migration in MIGRATIONS.applied(blank_archive())}
    return [migration.name for migration in MIGRATIONS.applied(db) if migration.name not in known]


def _execute(db: Database, script: str) -> None:
    """Run each statement of `script`; sqlite3's own executescript would commit the migration half-way."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""


@MIGRATIONS()
def create_archive(db: Database) -> None:
    """Articles with their lists, history, runs and newsletters, and the index over folded text.

    `docid` ties an article to its row in the index: SQLite's own rowid changes with VACUUM.
    The triggers call `fold_for_search` and `compound_parts`, which `archive.connect` registers; a writer
    without them is refused by SQLite instead of leaving the index behind.
    """
    _execute(
        db,
        """
        CREATE TABLE articles (
            id TEXT PRIMARY KEY,
            edition TEXT NOT NULL,
            post_id INTEGER,
            url TEXT,
            title TEXT NOT NULL,
            category TEXT,
            published TEXT,
            published_at TEXT,
            published_text TEXT,
            year INTEGER,
            author TEXT,
            byline TEXT,
            language TEXT NOT NULL,
            body TEXT,
            body_html TEXT,
            excerpt TEXT,
            comment_count INTEGER,
            protected INTEGER NOT NULL DEFAULT 0,
            status TEXT NOT NULL,
            first_seen TEXT NOT NULL,
            last_seen TEXT NOT NULL,
            changed_at TEXT,
            versions INTEGER NOT NULL DEFAULT 1,
            source TEXT NOT NULL,
            theme TEXT NOT NULL,
            found_at TEXT NOT NULL,
            own_page INTEGER NOT NULL DEFAULT 0,
            undated TEXT,
            docid INTEGER NOT NULL UNIQUE,
            UNIQUE (edition, post_id)
        );
        CREATE INDEX articles_url ON articles (url);
        CREATE INDEX articles_published ON articles (published);
        CREATE INDEX articles_edition_published ON articles (edition, published);
        CREATE INDEX articles_category ON articles (category);
        CREATE INDEX articles_year ON articles (year);

        CREATE TABLE article_categories (
            article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE ON UPDATE CASCADE,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (article_id, position)
        );
        CREATE INDEX article_categories_name ON article_categories (name);

        CREATE TABLE article_tags (
            article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE ON UPDATE CASCADE,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (article_id, position)
        );
        CREATE INDEX article_tags_name ON article_tags (name);

        CREATE TABLE images (
            article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE ON UPDATE CASCADE,
            position INTEGER NOT NULL,
            src TEXT,
            alt TEXT NOT NULL,
            caption TEXT,
            lead INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (article_id, position)
        );

        CREATE TABLE links (
            article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE ON UPDATE CASCADE,
            position INTEGER NOT NULL,
            url TEXT NOT NULL,
            text TEXT NOT NULL,
            target_url TEXT,
            target TEXT REFERENCES articles (id) ON DELETE SET NULL ON UPDATE CASCADE,
            PRIMARY KEY (article_id, position)
        );
        CREATE INDEX links_target_url ON links (target_url);
        CREATE INDEX links_target ON links (target);

        CREATE TABLE article_versions (
            article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE ON UPDATE CASCADE,
            version INTEGER NOT NULL,
            title TEXT NOT NULL,
            categories TEXT NOT NULL,
            body TEXT,
            source TEXT NOT NULL,
            seen_from TEXT NOT NULL,
            seen_until TEXT NOT NULL,
            PRIMARY KEY (article_id, version)
        );

        CREATE TABLE article_pages (
            article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE ON UPDATE CASCADE,
            page INTEGER NOT NULL,
            page_count INTEGER NOT NULL,
            content TEXT NOT NULL,
            PRIMARY KEY (article_id, page)
        );

        CREATE TABLE text_captures (
            text_id TEXT PRIMARY KEY,
            article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE ON UPDATE CASCADE,
            found_at TEXT NOT NULL,
            captured_at TEXT NOT NULL
        );
        CREATE INDEX text_captures_article_id ON text_captures (article_id);

        CREATE TABLE newsletters (
            id TEXT PRIMARY KEY,
            edition TEXT NOT NULL,
            title TEXT NOT NULL,
            period TEXT,
            period_start TEXT,
            period_end TEXT,
            volume INTEGER,
            numbers TEXT NOT NULL,
            found_at TEXT NOT NULL,
            captured_at TEXT NOT NULL
        );
        CREATE TABLE newsletter_stories (
            newsletter_id TEXT NOT NULL REFERENCES newsletters (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            title TEXT NOT NULL,
            source TEXT,
            date TEXT,
            text TEXT NOT NULL,
            url TEXT,
            toc_title TEXT,
            toc_page INTEGER,
            article_id TEXT REFERENCES articles (id) ON DELETE SET NULL ON UPDATE CASCADE,
            PRIMARY KEY (newsletter_id, position)
        );
        CREATE INDEX newsletter_stories_url ON newsletter_stories (url);
        CREATE INDEX newsletter_stories_article_id ON newsletter_stories (article_id);

        CREATE TABLE runs (
            id INTEGER PRIMARY KEY,
            command TEXT NOT NULL,
            arguments TEXT NOT NULL,
            started_at TEXT NOT NULL,
            finished_at TEXT,
            outcome TEXT,
            counts TEXT NOT NULL DEFAULT '{}',
            gaps TEXT NOT NULL DEFAULT '[]',
            errors TEXT NOT NULL DEFAULT '[]'
        );

        CREATE VIRTUAL TABLE articles_fts USING fts5 (
            title, body, compound_parts, tokenize = 'unicode61 remove_diacritics 2'
        );
        CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN
            INSERT INTO articles_fts (rowid, title, body, compound_parts) VALUES (
                new.docid, fold_for_search(new.title), fold_for_search(coalesce(new.body, new.excerpt)),
                compound_parts(new.title || ' ' || coalesce(new.body, new.excerpt, ''))
            );
        END;
        CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN
            DELETE FROM articles_fts WHERE rowid = old.docid;
        END;
        CREATE TRIGGER articles_fts_update AFTER UPDATE OF title, body, excerpt, docid ON articles BEGIN
            DELETE FROM articles_fts WHERE rowid = old.docid;
            INSERT INTO articles_fts (rowid, title, body, compound_parts) VALUES (
                new.docid, fold_for_search(new.title), fold_for_search(coalesce(new.body, new.excerpt)),
                compound_parts(new.title || ' ' || coalesce(new.body, new.excerpt, ''))
            );
        END;
    """,
    )


@MIGRATIONS()
def add_newsletter_posts(db: Database) -> None:
    """Posts that announce an issue: its number, its file, and the issue itself once that is archived."""
    _execute(
        db,
        """
        CREATE TABLE newsletter_posts (
            article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE ON UPDATE CASCADE,
            number INTEGER,
            pdf_url TEXT,
            newsletter_id TEXT REFERENCES newsletters (id) ON DELETE SET NULL
        );
        CREATE INDEX newsletter_posts_pdf_url ON newsletter_posts (pdf_url);
        CREATE INDEX newsletter_posts_newsletter_id ON newsletter_posts (newsletter_id);
    """,
    )


@MIGRATIONS()
def add_increments(db: Database) -> None:
    """What a job that runs every night must know: how far walks came, what the site has, what vanished.

    `walks` are those not yet ended: below `page_url` an edition's listing has not been read (`left_by` says what
    argument ended them, null what was no intention). `known_posts` says which posts a source (the listing, a
    sitemap, the REST interface, the feed) has shown, in which walk the listing did last, and what a missing post's
    own address answered. `absences` gathers the proof that an article is gone; `status_changes` keeps what became
    of it. `teasers` tells an edit of a text that the listing shows in part: what it shows, and what it showed when
    the article's own page was read last.
    """
    _execute(
        db,
        """
        CREATE TABLE walks (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            edition TEXT NOT NULL,
            begun_at TEXT NOT NULL,
            whole INTEGER NOT NULL,
            holed INTEGER NOT NULL DEFAULT 0,
            left_by TEXT,
            page_url TEXT,
            page_number INTEGER NOT NULL DEFAULT 0,
            until_posts TEXT NOT NULL DEFAULT '[]'
        );
        CREATE TABLE known_posts (
            edition TEXT NOT NULL,
            post_id INTEGER NOT NULL,
            source TEXT NOT NULL,
            first_known TEXT NOT NULL,
            walk INTEGER,
            answer INTEGER,
            PRIMARY KEY (edition, source, post_id)
        ) WITHOUT ROWID;
        CREATE TABLE sources (
            edition TEXT NOT NULL,
            name TEXT NOT NULL,
            state TEXT NOT NULL,
            posts INTEGER,
            asked_at TEXT NOT NULL,
            PRIMARY KEY (edition, name)
        ) WITHOUT ROWID;
        CREATE TABLE marks (
            edition TEXT NOT NULL,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (edition, name)
        ) WITHOUT ROWID;
        CREATE TABLE absences (
            article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE ON UPDATE CASCADE,
            missed_at TEXT,
            answers INTEGER NOT NULL DEFAULT 0,
            answer INTEGER,
            answered_at TEXT,
            run_id INTEGER
        );
        CREATE TABLE status_changes (
            article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE ON UPDATE CASCADE,
            changed_at TEXT NOT NULL,
            status TEXT NOT NULL,
            why TEXT NOT NULL,
            PRIMARY KEY (article_id, changed_at)
        );
        CREATE TABLE teasers (
            article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE ON UPDATE CASCADE,
            digest TEXT NOT NULL,
            read_digest TEXT
        );
        ALTER TABLE articles ADD COLUMN modified_at TEXT;
        ALTER TABLE articles ADD COLUMN checked_at TEXT;
        ALTER TABLE runs ADD COLUMN pages INTEGER;
        ALTER TABLE runs ADD COLUMN requests INTEGER;
        ALTER TABLE runs ADD COLUMN bytes INTEGER;
        ALTER TABLE runs ADD COLUMN new INTEGER;
        ALTER TABLE runs ADD COLUMN changed INTEGER;
        ALTER TABLE runs ADD COLUMN gone INTEGER;
        ALTER TABLE runs ADD COLUMN seconds REAL;
        ALTER TABLE runs ADD COLUMN dropped TEXT NOT NULL DEFAULT '{}';
        ALTER TABLE runs ADD COLUMN coverage TEXT NOT NULL DEFAULT '{}';
    """,
    )


@MIGRATIONS()
def add_what_text_captures_show(db: Database) -> None:
    """What text captures show, as a JSON list: what they joined may turn out not to be the only one."""
    _execute(db, "ALTER TABLE text_captures ADD COLUMN articles TEXT;")


@MIGRATIONS()
def index_further_forms(db: Database) -> None:
    """Nothing of the index, which the last migration makes anew.

    `articles_found` lets the site sort and count what a search finds without touching the rows, whose last
    columns stand behind the bodies; the other two list what is new and what has changed.
    """
    _execute(
        db,
        """
        CREATE INDEX articles_found ON articles (docid, id, edition, published, year, status);
        CREATE INDEX articles_first_seen ON articles (first_seen);
        CREATE INDEX articles_changed_at ON articles (changed_at) WHERE changed_at IS NOT NULL;
    """,
    )


@MIGRATIONS()
def cover_what_tables_show(db: Database) -> None:
    """Indexes that hold all that a table page filters, sorts and counts by: 87 ms became 6 for a year of 60,000."""
    _execute(
        db,
        """
        DROP INDEX articles_edition_published;
        DROP INDEX articles_category;
        DROP INDEX articles_year;
        DROP INDEX articles_found;
        CREATE INDEX articles_edition ON articles (edition, published, id, category, year);
        CREATE INDEX articles_category ON articles (category, published, id, edition, year);
        CREATE INDEX articles_year ON articles (year, published, id, edition, category);
        CREATE INDEX articles_status ON articles (status, published, id, edition, category, year);
        CREATE INDEX articles_found ON articles (docid, id, edition, published, year, status, category);
    """,
    )


@MIGRATIONS()
def keep_what_is_not_taken(db: Database) -> None:
    """What was shown of articles and stands in no row, so that it is told from an edit, and said once.

    `other_sources`: what the pages of the site (`page`) or the REST interface (`api`) showed last of an article
    that is read from the other; `agrees` but for typography, `version` of the article that it was compared with.
    `refusals`: what a source showed that would have replaced a title or a text by less.
    """
    _execute(
        db,
        """
        CREATE TABLE other_sources (
            article_id TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE ON UPDATE CASCADE,
            kind TEXT NOT NULL,
            digest TEXT NOT NULL,
            agrees INTEGER NOT NULL,
            version INTEGER NOT NULL,
            seen_at TEXT NOT NULL
        );
        CREATE TABLE refusals (
            article_id TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE ON UPDATE CASCADE,
            source TEXT NOT NULL,
            digest TEXT NOT NULL,
            seen_at TEXT NOT NULL,
            PRIMARY KEY (article_id, source)
        );
    """,
    )


@MIGRATIONS()
def file_word_forms(db: Database) -> None:
    """Words of the articles by what their forms have in common; `words_due`: articles whose words are not filed."""
    _execute(
        db,
        """
        CREATE TABLE word_forms (
            language TEXT NOT NULL,
            key TEXT NOT NULL,
            word TEXT NOT NULL,
            PRIMARY KEY (language, key, word)
        ) WITHOUT ROWID;
        CREATE INDEX word_forms_word ON word_forms (word, language);
        CREATE TABLE words_due (docid INTEGER PRIMARY KEY);
        INSERT INTO words_due (docid) SELECT docid FROM articles;
        CREATE TRIGGER words_due_insert AFTER INSERT ON articles BEGIN
            INSERT OR IGNORE INTO words_due (docid) VALUES (new.docid);
        END;
        CREATE TRIGGER words_due_update AFTER UPDATE OF title, body, excerpt, docid ON articles BEGIN
            INSERT OR IGNORE INTO words_due (docid) VALUES (new.docid);
        END;
    """,
    )


@MIGRATIONS()
def index_half_spaces(_: Database) -> None:
    """Nothing any more: the last migration makes the index anew."""


@MIGRATIONS()
def index_what_is_shown(db: Database) -> None:
    """Numbers for stories of newsletters in the index, which the last migration makes anew."""
    _execute(
        db,
        """
        DROP TRIGGER articles_fts_insert;
        DROP TRIGGER articles_fts_update;
        DROP TRIGGER articles_fts_delete;
        DROP TABLE articles_fts;
        ALTER TABLE newsletter_stories ADD COLUMN docid INTEGER;
        UPDATE newsletter_stories SET docid = -rowid;
        CREATE UNIQUE INDEX newsletter_stories_docid ON newsletter_stories (docid);
        INSERT OR IGNORE INTO words_due (docid) SELECT docid FROM newsletter_stories;
        INSERT OR IGNORE INTO words_due (docid) SELECT docid FROM articles;
    """,
    )


@MIGRATIONS()
def keep_no_folders(db: Database) -> None:
    """Take out what is not to be published: where files lay on a machine, passwords in addresses."""
    for table in ("articles", "newsletters", "text_captures"):
        sql = f"SELECT DISTINCT found_at FROM {table} WHERE found_at LIKE '/%' OR found_at LIKE '%@%'"
        for (found_at,) in db.execute(sql).fetchall():
            shown = found_at.rpartition("/")[2] if found_at.startswith("/") else redact(found_at)
            db.execute(f"UPDATE {table} SET found_at = ? WHERE found_at = ?", [shown, found_at])
    columns = ("arguments", "counts", "gaps", "errors")
    for run_id, *texts in db.execute(f"SELECT id, {', '.join(columns)} FROM runs").fetchall():
        for column, text in zip(columns, texts, strict=True):
            try:
                redacted = json.dumps(redact(json.loads(text)), ensure_ascii=False)
            except ValueError:  # no JSON: nothing of ours has written it
                redacted = redact(text)
            if redacted != text:
                db.execute(f"UPDATE runs SET {column} = ? WHERE id = ?", [redacted, run_id])


@MIGRATIONS()
def add_imported_files(db: Database) -> None:
    """Files that were imported, by a digest, so that one that has not changed need not be read again."""
    _execute(
        db,
        """
        CREATE TABLE imported_files (
            digest TEXT PRIMARY KEY,
            code TEXT NOT NULL,
            articles TEXT NOT NULL,
            state TEXT NOT NULL
        ) WITHOUT ROWID;
    """,
    )


@MIGRATIONS()
def keep_captures(db: Database) -> None:
    """Which record of a WARC file each answer of a server stands in, and which of them an article was read from.

    `reading` is a digest of what the extractor read there: what another extractor reads is told from an edit by it.
    """
    _execute(
        db,
        """
        CREATE TABLE captures (
            id INTEGER PRIMARY KEY,
            url TEXT NOT NULL,
            time TEXT NOT NULL,
            status INTEGER NOT NULL,
            digest TEXT NOT NULL,
            file TEXT NOT NULL,
            offset INTEGER NOT NULL,
            length INTEGER NOT NULL,
            repeats INTEGER
        );
        CREATE INDEX captures_place ON captures (file, offset, url, time);
        CREATE INDEX captures_digest ON captures (digest);
        ALTER TABLE article_pages ADD COLUMN capture_id INTEGER REFERENCES captures (id) ON DELETE SET NULL;
    """,
    )
    for table in ("articles", "article_versions"):
        _execute(
            db,
            f"""
            ALTER TABLE {table} ADD COLUMN capture_id INTEGER REFERENCES captures (id) ON DELETE SET NULL;
            ALTER TABLE {table} ADD COLUMN capture_parts TEXT;
            ALTER TABLE {table} ADD COLUMN reading TEXT;
            ALTER TABLE {table} ADD COLUMN reextracted_at TEXT;
            CREATE INDEX {table}_capture_id ON {table} (capture_id);
        """,
        )


@MIGRATIONS()
def index_without_texts(db: Database) -> None:
    """The index anew, without a copy of the texts: a third of the file, given back page by page as a run ends.

    Lists are written before their article, which is then indexed once, with them; so whether they have one is looked
    at where a transaction ends. `PRAGMA defer_foreign_keys` did the same, and let SQLite prepare all statements anew
    each time: three quarters of what a new article cost.
    """
    match_row_numbers(db)
    drop_index(db)
    for table in ("article_categories", "article_tags", "images", "links"):
        sql = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type = 'index'"
        made, *indexes = [row[0] for row in db.execute(sql, [table]).fetchall()]
        made = re.sub(r"CREATE TABLE\s+[\"\[]?\w+[\"\]]?", "CREATE TABLE lists_anew", made, count=1)
        db.execute(made.replace("ON UPDATE CASCADE", "ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED", 1))
        db.execute(f"INSERT INTO lists_anew SELECT * FROM {table}")
        db.execute(f"DROP TABLE {table}")
        db.execute(f"ALTER TABLE lists_anew RENAME TO {table}")
        for index in indexes:
            db.execute(index)
    make_index(db)
    fill_index(db)


@MIGRATIONS()
def file_words_once(db: Database) -> None:
    """A row for each word with its keys, and for each key with its words: an index by word had held all of it twice.

    `keys` is null for what is no word of an article; a word is not among its own keys and forms.
    """
    _execute(
        db,
        """
        ALTER TABLE word_forms RENAME TO word_keys;
        CREATE TABLE word_forms (
            language TEXT NOT NULL,
            word TEXT NOT NULL,
            keys TEXT,
            forms TEXT,
            PRIMARY KEY (language, word)
        ) WITHOUT ROWID;
        INSERT INTO word_forms (language, word, keys)
            SELECT language, word, coalesce(group_concat(nullif(key, word), ' '), '') FROM word_keys GROUP BY 1, 2;
        INSERT INTO word_forms (language, word, forms)
            SELECT language, key, group_concat(word, ' ') FROM word_keys WHERE key != word GROUP BY 1, 2
            ON CONFLICT DO UPDATE SET forms = excluded.forms;
        DROP TABLE word_keys;
    """,
    )


@MIGRATIONS()
def find_unread_texts(db: Database) -> None:
    """Indexes of the articles whose text is still to be read: each run asks for them, and all others lie between."""
    _execute(
        db,
        """
        CREATE INDEX IF NOT EXISTS articles_without_text ON articles (edition, post_id) WHERE body IS NULL;
        CREATE INDEX IF NOT EXISTS teasers_unread ON teasers (article_id) WHERE digest IS NOT read_digest;
    """,
    )


@MIGRATIONS()
def keep_newsletter_versions(db: Database) -> None:
    """What an issue was before another file told it otherwise, and what its contents name that was not found."""
    _execute(
        db,
        """
        ALTER TABLE newsletters ADD COLUMN missing TEXT;
        CREATE TABLE newsletter_versions (
            newsletter_id TEXT NOT NULL REFERENCES newsletters (id) ON DELETE CASCADE,
            version INTEGER NOT NULL,
            found_at TEXT NOT NULL,
            captured_at TEXT NOT NULL,
            stories TEXT NOT NULL,
            PRIMARY KEY (newsletter_id, version)
        );
    """,
    )


@MIGRATIONS()
def file_verbs(db: Database) -> None:
    """Persian and Arabic words are filed anew: their verbs met only in part."""
    _execute(
        db,
        """
        DELETE FROM word_forms WHERE language IN ('fa', 'ar');
        INSERT OR IGNORE INTO words_due (docid) SELECT docid FROM articles WHERE edition IN ('fa', 'ar');
        INSERT OR IGNORE INTO words_due (docid) SELECT docid FROM newsletter_stories;
    """,
    )


@MIGRATIONS()
def keep_what_is_replaced(db: Database) -> None:
    """What else of a state was replaced: pictures, links, tags, author, date, markup; of states before, not known."""
    _execute(
        db,
        """
        ALTER TABLE articles ADD COLUMN replaced TEXT;
        ALTER TABLE article_versions ADD COLUMN replaced TEXT;
        CREATE INDEX articles_replaced ON articles (id) WHERE replaced IS NOT NULL;
        CREATE INDEX runs_undone ON runs (started_at) WHERE command = 'undo';
    """,
    )


@MIGRATIONS()
def file_words_by_further_rules(db: Database) -> None:
    """All words are filed anew: verbs, places, peoples and spellings met only in part."""
    _execute(
        db,
        """
        DELETE FROM word_forms;
        INSERT OR IGNORE INTO words_due (docid) SELECT docid FROM articles;
        INSERT OR IGNORE INTO words_due (docid) SELECT docid FROM newsletter_stories;
    """,
    )
