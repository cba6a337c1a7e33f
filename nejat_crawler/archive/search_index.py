"""The search index, in one place: what of the archive it holds, in which columns, and the triggers that keep it so.

Its rows are documents. Articles have their docid, stories of newsletters docids below 0. Earlier versions of articles
are searched only when they are asked for, and have an index of their own with the same columns. A change of what
stands here is a new migration: archives exist that were made by this one.

The index keeps no texts. What goes out of it must therefore be told to FTS5 word for word as it came in, which the
triggers make anew of what the rows held before; so a change of how texts are folded makes the index anew
(`folding.VERSION`). Other tools find it by the words `content="articles"` (Datasette, sqlite-utils), and look up
`articles.rowid`: that is kept equal to `docid`. What a row of the index shows, FTS5 reads in `search_documents`, as
it is written. Its own 'rebuild' would index that, unfolded, and is never called; a letter there that folding leaves
in no text tells an index that somebody has rebuilt.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from sqlite_utils import Database

from nejat_crawler.folding import VERSION

VERSION_BITS = 20
"""The row of an earlier version is its article's docid, shifted by as many bits, and its number."""

_COLUMNS = "title, body, captions, authors, categories, tags, compound_parts"
_USING = "tokenize = 'unicode61 remove_diacritics 2'"
#: The indexes, each with where FTS5 reads what a row shows: nowhere for versions, which no other tool searches.
_INDEXES = {
    "articles_fts": '/* content="articles" */ content="search_documents", content_rowid="docid"',
    "versions_fts": "content=''",
}
#: A word that nobody types, between the texts of a list: a phrase stands within one of them.
_BETWEEN = "' \ue000 '"
#: The columns that hold lists, each with its table, what of a row stands there, and the SQL for the texts of rows.
_LISTS = {
    "captions": ("images", ("caption", "alt"), "SELECT caption AS text FROM {rows} UNION SELECT alt FROM {rows}"),
    "categories": ("article_categories", ("name",), "SELECT name AS text FROM {rows}"),
    "tags": ("article_tags", ("name",), "SELECT name AS text FROM {rows}"),
}
_NEVER_FOLDED = "ي"  # a letter for which folding has another
_AT_ONCE = 5000  # articles between two lines that say how far the index is


def _listed(texts: str) -> str:
    texts = f"(SELECT group_concat(text, {_BETWEEN}) FROM ({texts}) WHERE text != '')"
    return f"(SELECT fold_for_search(texts) || {_BETWEEN} || compound_parts(texts) FROM (SELECT {texts} AS texts))"


def _texts_of(column: str, article_id: str, before: str = "") -> str:
    """The texts of a list of an article; as they were `before` an event in its table."""
    table, names, texts = _LISTS[column]
    rows = f"SELECT {', '.join(names)} FROM {table} WHERE article_id = {article_id}"
    if before in ("INSERT", "UPDATE"):
        rows += " AND rowid != new.rowid"
    if before in ("DELETE", "UPDATE"):
        rows += f" UNION ALL SELECT {', '.join(f'old.{name}' for name in names)}"
    return texts.format(rows=f"({rows})")


def _documents() -> str:
    """A view of what the index holds, as it is written."""
    lists = {
        column: f"(SELECT group_concat(text, char(10)) FROM ({_texts_of(column, 'articles.id')}))"
        for column in _LISTS
    }
    return f"""
        CREATE VIEW search_documents AS
        SELECT docid, title, coalesce(body, excerpt) AS body, {lists["captions"]} AS captions,
            coalesce(author || char(10), '') || coalesce(byline, '') AS authors,
            {lists["categories"]} AS categories, {lists["tags"]} AS tags,
            '{_NEVER_FOLDED}' AS compound_parts
        FROM articles
        UNION ALL SELECT docid, title, text, '', source, '', '', '{_NEVER_FOLDED}' FROM newsletter_stories
    """


def _text(title: str, text: str) -> tuple[str, str, str]:
    """Title, body and compound parts as the index holds them."""
    parts = f"compound_parts({title} || ' ' || coalesce({text}, ''))"
    return f"fold_for_search({title})", f"fold_for_search({text})", parts


def _article(row: str = "articles", changed: str = "", event: str = "", lists_of: str = "") -> str:
    """The columns of an article in the index: of a row in a trigger, or as they were before a list `changed`."""
    title, body, parts = _text(f"{row}.title", f"coalesce({row}.body, {row}.excerpt)")
    key = lists_of or f"{row}.id"
    lists = {name: _listed(_texts_of(name, key, event if name == changed else "")) for name in _LISTS}
    authors = _listed(f"SELECT {row}.author AS text UNION SELECT {row}.byline")
    return ", ".join([title, body, lists["captions"], authors, lists["categories"], lists["tags"], parts])


def _story(row: str = "newsletter_stories") -> str:
    title, body, parts = _text(f"{row}.title", f"{row}.text")
    return f"{title}, {body}, '', fold_for_search({row}.source), '', '', {parts}"


def _version(row: str = "article_versions") -> str:
    title, body, parts = _text(f"{row}.title", f"{row}.body")
    return f"{title}, {body}, '', '', '', '', {parts}"


def _add(index: str, docid: str, columns: str, source: str = "") -> str:
    return f"INSERT INTO {index} (rowid, {_COLUMNS}) SELECT {docid}, {columns} {source}"


def _remove(index: str, docid: str, columns: str, source: str = "") -> str:
    return f"INSERT INTO {index} ({index}, rowid, {_COLUMNS}) SELECT 'delete', {docid}, {columns} {source}"


# no OR IGNORE, for which SQLite takes what the statement says that has set off the trigger
_DUE = "INSERT INTO words_due (docid) SELECT docid FROM {row} AND docid NOT IN words_due"
_NEXT_DOCID = "(SELECT min(coalesce(min(docid), 0), 0) - 1 FROM newsletter_stories)"
_STORY_KEY = "newsletter_id = new.newsletter_id AND position = new.position"


def _row_of_version(row: str) -> str:
    return f"articles.docid << {VERSION_BITS} | {row}.version"


def _trigger(name: str, event: str, *statements: str, when: str = "1") -> str:
    return f"CREATE TRIGGER {name} {event} WHEN {when} BEGIN {'; '.join(statements)}; END"


def _triggers() -> Iterable[str]:
    """The triggers that keep the index; what they call refuses a writer without the functions of ours.

    What a row was is known after the event, whatever becomes of a statement with `OR IGNORE` or `ON CONFLICT`; but
    with an article its lists go, so that it leaves the index before.
    """
    texts = "title, body, excerpt, author, byline, docid"
    add = _add("articles_fts", "new.docid", _article("new"))
    remove = _remove("articles_fts", "old.docid", _article("old"))
    # the lists have followed its id by then
    remove_old = _remove("articles_fts", "old.docid", _article("old", lists_of="new.id"))
    versions = "FROM article_versions JOIN articles ON articles.id = article_id WHERE article_id = old.id"
    remove_versions = _remove("versions_fts", _row_of_version("article_versions"), _version(), versions)
    yield _trigger("articles_fts_insert", "AFTER INSERT ON articles", add)
    yield _trigger("articles_fts_update", f"AFTER UPDATE OF {texts} ON articles", remove_old, add)
    yield _trigger("articles_fts_delete", "BEFORE DELETE ON articles", remove, remove_versions)

    add = _add("articles_fts", "new.docid", _story("new"))
    remove = _remove("articles_fts", "old.docid", _story("old"), "WHERE old.docid IS NOT NULL")
    stories = "newsletter_stories"
    number = f"UPDATE {stories} SET docid = {_NEXT_DOCID} WHERE {_STORY_KEY}"
    due = _DUE.format(row=f"{stories} WHERE {_STORY_KEY}")
    yield _trigger(f"{stories}_fts_insert", f"AFTER INSERT ON {stories}", number)
    shown = "title, text, source, docid"
    yield _trigger(f"{stories}_fts_update", f"AFTER UPDATE OF {shown} ON {stories}", remove, add, due)
    yield _trigger(f"{stories}_fts_delete", f"AFTER DELETE ON {stories}", remove)

    add = _add("versions_fts", _row_of_version("new"), _version("new"), "FROM articles WHERE id = new.article_id")
    of_article = "FROM articles WHERE id = old.article_id"
    remove = _remove("versions_fts", _row_of_version("old"), _version("old"), of_article)
    due = _DUE.format(row="articles WHERE id = new.article_id")
    shown = "title, body, version"
    yield _trigger("versions_fts_insert", "AFTER INSERT ON article_versions", add, due)
    yield _trigger("versions_fts_update", f"AFTER UPDATE OF {shown} ON article_versions", remove, add, due)
    yield _trigger("versions_fts_delete", "AFTER DELETE ON article_versions", remove)

    for column, (table, names, _) in _LISTS.items():
        for event in ("INSERT", "DELETE", "UPDATE"):
            row = "old" if event == "DELETE" else "new"
            of = f" OF {', '.join(names)}" if event == "UPDATE" else ""
            when = " OR ".join(f"{row}.{name} != ''" for name in names)
            when = "old.article_id = new.article_id" if event == "UPDATE" else when
            anew = _anew(column, event, row)
            yield _trigger(f"{table}_fts_{event.lower()}", f"AFTER {event}{of} ON {table}", *anew, when=when)
        # not where the id of an article changes, whose rows follow it
        when = "old.article_id != new.article_id AND EXISTS (SELECT 1 FROM articles WHERE id = old.article_id)"
        both = (*_anew(column, "DELETE", "old"), *_anew(column, "INSERT", "new"))
        yield _trigger(f"{table}_fts_move", f"AFTER UPDATE OF article_id ON {table}", *both, when=when)


def _anew(column: str, event: str, row: str) -> tuple[str, str, str]:
    """Index an article again after an event in one of its lists."""
    article = f"articles WHERE id = {row}.article_id"
    return (
        _remove("articles_fts", "docid", _article(changed=column, event=event), f"FROM {article}"),
        _add("articles_fts", "docid", _article(), f"FROM {article}"),
        _DUE.format(row=article),
    )


def drop_index(db: Database) -> None:
    """Take the index out of the archive, with all that keeps it."""
    kept = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%\\_fts\\_%' ESCAPE '\\'"
    for (name,) in db.execute(kept).fetchall():
        db.execute(f"DROP TRIGGER {name}")
    db.execute("DROP VIEW IF EXISTS search_documents")
    for index in _INDEXES:
        db.execute(f"DROP TABLE IF EXISTS {index}")


def make_index(db: Database) -> None:
    """Make an empty index, in the place of another."""
    drop_index(db)
    db.execute(_documents())
    for index, content in _INDEXES.items():
        db.execute(f"CREATE VIRTUAL TABLE {index} USING fts5 ({_COLUMNS}, {content}, {_USING})")
    for trigger in _triggers():
        db.execute(trigger)


def fill_index(db: Database, *, quiet: bool = False) -> None:
    """Bring all documents into an empty index."""
    total = db.table("articles").count
    quiet = quiet or not total
    if not quiet:
        print(f"The search index is made anew, once: {total:,} articles", file=sys.stderr, flush=True)
    db.execute(_add("articles_fts", "docid", _story(), "FROM newsletter_stories"))
    versions = "FROM article_versions JOIN articles ON articles.id = article_id"
    db.execute(_add("versions_fts", _row_of_version("article_versions"), _version(), versions))
    last, done = -1, 0
    while rows := db.execute(
        "SELECT docid FROM articles WHERE docid > ? ORDER BY docid LIMIT ?", [last, _AT_ONCE]
    ).fetchall():
        some = "FROM articles WHERE docid BETWEEN ? AND ?"
        db.execute(_add("articles_fts", "docid", _article(), some), [rows[0][0], rows[-1][0]])
        last, done = rows[-1][0], done + len(rows)
        if total > _AT_ONCE and not quiet:
            print(f"{done:,} of {total:,} articles are in the index", file=sys.stderr, flush=True)
    db.execute(f"PRAGMA user_version = {VERSION}")


def is_unfolded(db: Database) -> bool:
    """Whether something else has filled the index, by FTS5's 'rebuild', with texts as they are written."""
    sql = "SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT 1"
    return db.execute(sql, [_NEVER_FOLDED]).fetchone() is not None


def mend_index(db: Database) -> None:
    """Make the index anew where texts are folded otherwise now than when it was filled, or were not."""
    if db.execute("PRAGMA user_version").fetchone()[0] != VERSION or is_unfolded(db):
        with db.atomic():
            make_index(db)
            fill_index(db)


def match_row_numbers(db: Database) -> None:
    """Give each article its docid for a rowid, by which other tools look it up.

    They are the same until something copies rows from table to table: SQLite's `.dump` and `.recover`.
    """
    if db.execute("SELECT 1 FROM articles WHERE rowid != docid LIMIT 1").fetchone():
        with db.atomic():
            db.execute("UPDATE articles SET rowid = -docid WHERE rowid != docid")
            db.execute("UPDATE articles SET rowid = docid WHERE rowid < 0")
