"""The search index, in one place: what of the archive it holds, in which columns, and the triggers that keep it so.

Its rows are documents. Articles have their docid, stories of newsletters docids below 0. Earlier versions of articles
are searched only when they are asked for, and have an index of their own with the same columns. A change of what
stands here is a new migration: archives exist that were made by this one.
"""

from __future__ import annotations

import sys

from sqlite_utils import Database

VERSION_BITS = 20
"""The row of an earlier version is its article's docid, shifted by as many bits, and its number."""

_COLUMNS = "title, body, captions, authors, categories, tags, compound_parts"
_PARTS = "compound_parts({title} || ' ' || coalesce({text}, ''))"
#: A word that nobody types, between the texts of a list: a phrase stands within one of them.
_BETWEEN = "' \ue000 '"
#: The columns that hold lists: their texts, of the article `{id}`.
_LISTS = {
    "captions": "SELECT caption AS text FROM images WHERE article_id = {id}"
    " UNION SELECT alt FROM images WHERE article_id = {id}",
    "authors": "SELECT author AS text UNION SELECT byline",
    "categories": "SELECT name AS text FROM article_categories WHERE article_id = {id}",
    "tags": "SELECT name AS text FROM article_tags WHERE article_id = {id}",
}
#: By table: its column of the index, what of a row stands there, and when that is any text.
_LISTED = {
    "images": ("captions", "caption, alt", "coalesce({row}.caption, '') != '' OR {row}.alt != ''"),
    "article_categories": ("categories", "name", "1"),
    "article_tags": ("tags", "name", "1"),
}
_AT_ONCE = 5000  # articles between two lines that say how far the index is


def _listed(column: str, article_id: str) -> str:
    texts = f"(SELECT group_concat(text, {_BETWEEN}) FROM ({_LISTS[column].format(id=article_id)}) WHERE text != '')"
    return f"(SELECT fold_for_search(texts) || {_BETWEEN} || compound_parts(texts) FROM (SELECT {texts} AS texts))"


_ARTICLE = f"""
    INSERT INTO articles_fts (rowid, {_COLUMNS})
    SELECT docid, fold_for_search(title), fold_for_search(coalesce(body, excerpt)),
        {", ".join(_listed(column, "articles.id") for column in _LISTS)},
        {_PARTS.format(title="title", text="coalesce(body, excerpt)")}
    FROM articles
"""
_STORY = f"""
    INSERT INTO articles_fts (rowid, {_COLUMNS})
    SELECT docid, fold_for_search(title), fold_for_search(text), '', fold_for_search(source), '', '',
        {_PARTS.format(title="title", text="text")}
    FROM newsletter_stories
"""
_ROW_OF_VERSION = f"((SELECT docid FROM articles WHERE id = {{id}}) << {VERSION_BITS}) | {{version}}"
_VERSION = f"""
    INSERT INTO versions_fts (rowid, {_COLUMNS})
    SELECT {_ROW_OF_VERSION.format(id="article_id", version="version")},
        fold_for_search(title), fold_for_search(body), '', '', '', '',
        {_PARTS.format(title="title", text="body")}
    FROM article_versions
"""
_DUE = "INSERT OR IGNORE INTO words_due (docid)"
_DUE_ARTICLE = f"{_DUE} SELECT docid FROM articles WHERE id = {{row}}.article_id"
_STORY_KEY = "newsletter_id = new.newsletter_id AND position = new.position"
_VERSION_KEY = "article_id = new.article_id AND version = new.version"
_NEXT_DOCID = "(SELECT min(coalesce(min(docid), 0), 0) - 1 FROM newsletter_stories)"
_DROP_VERSION = (
    f"DELETE FROM versions_fts WHERE rowid = {_ROW_OF_VERSION.format(id='old.article_id', version='old.version')}"
)


def _trigger(name: str, event: str, *statements: str, when: str = "1") -> str:
    return f"CREATE TRIGGER {name} AFTER {event} WHEN {when} BEGIN {'; '.join(statements)}; END"


def _triggers() -> list[str]:
    """The triggers that keep the index; what they call refuses a writer without the functions of ours."""
    texts = "title, body, excerpt, author, byline, docid"
    versions = f"BETWEEN old.docid << {VERSION_BITS} AND ((old.docid + 1) << {VERSION_BITS}) - 1"
    drop = "DELETE FROM articles_fts WHERE rowid = old.docid"
    made = [
        _trigger("articles_fts_insert", "INSERT ON articles", f"{_ARTICLE} WHERE docid = new.docid"),
        _trigger(
            "articles_fts_update", f"UPDATE OF {texts} ON articles", drop, f"{_ARTICLE} WHERE docid = new.docid"
        ),
        _trigger(
            "articles_fts_delete", "DELETE ON articles", drop, f"DELETE FROM versions_fts WHERE rowid {versions}"
        ),
        _trigger(
            "newsletter_stories_fts_insert",
            "INSERT ON newsletter_stories",
            f"UPDATE newsletter_stories SET docid = {_NEXT_DOCID} WHERE {_STORY_KEY}",
        ),
        _trigger(
            "newsletter_stories_fts_update",
            "UPDATE OF title, text, source, docid ON newsletter_stories",
            drop,
            f"{_STORY} WHERE docid = new.docid",
            f"{_DUE} VALUES (new.docid)",
        ),
        _trigger("newsletter_stories_fts_delete", "DELETE ON newsletter_stories", drop),
        _trigger(
            "versions_fts_insert",
            "INSERT ON article_versions",
            f"{_VERSION} WHERE {_VERSION_KEY}",
            _DUE_ARTICLE.format(row="new"),
        ),
        _trigger(
            "versions_fts_update",
            "UPDATE OF title, body, version ON article_versions",
            _DROP_VERSION,
            f"{_VERSION} WHERE {_VERSION_KEY}",
            _DUE_ARTICLE.format(row="new"),
        ),
        _trigger("versions_fts_delete", "DELETE ON article_versions", _DROP_VERSION),
    ]
    for table, (column, texts, is_text) in _LISTED.items():
        for event, row in (("INSERT", "new"), ("DELETE", "old"), (f"UPDATE OF {texts}", "new")):
            name = f"{table}_fts_{event.partition(' ')[0].lower()}"
            article = f"(SELECT docid FROM articles WHERE id = {row}.article_id)"
            index = (
                f"UPDATE articles_fts SET {column} = {_listed(column, f'{row}.article_id')} WHERE rowid = {article}"
            )
            when = is_text.format(row=row) if " " not in event else "1"
            made.append(_trigger(name, f"{event} ON {table}", index, _DUE_ARTICLE.format(row=row), when=when))
    return made


def make_index(db: Database) -> None:
    """Make the index of an archive that has none, or one of articles alone, and fill it."""
    for name in ("insert", "update", "delete"):
        db.execute(f"DROP TRIGGER IF EXISTS articles_fts_{name}")
    db.execute("DROP TABLE IF EXISTS articles_fts")
    for name in ("articles_fts", "versions_fts"):
        db.execute(f"CREATE VIRTUAL TABLE {name} USING fts5 ({_COLUMNS}, tokenize = 'unicode61 remove_diacritics 2')")
    db.execute("ALTER TABLE newsletter_stories ADD COLUMN docid INTEGER")
    db.execute("UPDATE newsletter_stories SET docid = -rowid")
    db.execute("CREATE UNIQUE INDEX newsletter_stories_docid ON newsletter_stories (docid)")
    db.execute(_STORY)
    db.execute(f"{_DUE} SELECT docid FROM newsletter_stories")
    db.execute(f"{_DUE} SELECT docid FROM articles")
    _fill_articles(db)
    db.execute(_VERSION)
    for trigger in _triggers():
        db.execute(trigger)


def _fill_articles(db: Database) -> None:
    total = db.table("articles").count
    if total:
        print(f"The search index is made anew, once: {total:,} articles", file=sys.stderr, flush=True)
    last, done = -1, 0
    while rows := db.execute(
        "SELECT docid FROM articles WHERE docid > ? ORDER BY docid LIMIT ?", [last, _AT_ONCE]
    ).fetchall():
        db.execute(f"{_ARTICLE} WHERE docid BETWEEN ? AND ?", [rows[0][0], rows[-1][0]])
        last, done = rows[-1][0], done + len(rows)
        if total > _AT_ONCE:
            print(f"{done:,} of {total:,} articles are in the index", file=sys.stderr, flush=True)
