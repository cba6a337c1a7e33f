"""States of articles, read anew from their captures: what another extractor reads there is no edit by the site."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlite_utils import Database

from nejat_crawler.archive.capture_records.capture_rows import PARTS, digest_parts, digest_reading, shown_values
from nejat_crawler.archive.reading.article_details import read_names, read_row
from nejat_crawler.archive.reading.state_details import TABLES, read_present
from nejat_crawler.archive.saving.article_lists import shows_fewer, write_list
from nejat_crawler.archive.saving.outcomes import Row
from nejat_crawler.archive.version_rows import save_version, with_step, write_steps
from nejat_crawler.items import Article, Source
from nejat_crawler.word_diff import Passage, compare_words

#: The parts that a state consists of, of which a change adds a row to `article_versions`.
_OF_A_STATE = ("title", "categories", "text")
_LISTS = {"categories": "article_categories", **TABLES}


@dataclass(frozen=True, slots=True)
class ReadState:
    """A state of an article that was read from a capture."""

    article_id: str
    edition: str
    post_id: int | None
    row: int
    """0 for the present state, else the rowid in `article_versions`."""
    source: Source
    captures: tuple[int, ...]
    """One for each part of a split post."""


@dataclass(slots=True)
class Reread:
    """What another extractor reads in the capture of a state."""

    article_id: str
    version: int
    parts: list[str] = field(default_factory=list)
    """The parts of PARTS that it reads otherwise, and that are archived as they were read there."""
    title: list[Passage] = field(default_factory=list)
    body: list[Passage] = field(default_factory=list)
    refused: str = ""
    """What it no longer reads, "no text": then the state stays as it is."""
    fewer: list[str] = field(default_factory=list)
    """The lists that it reads fewer of than are archived, which stay."""

    @property
    def complaint(self) -> str:
        """What is told of what it no longer reads, for the operator; empty where it lacks nothing."""
        if self.refused:
            return f"today's extractor reads {self.refused} in its capture; it stays as it is"
        fewer = (
            f"today's extractor reads fewer {' and '.join(self.fewer)} in its capture than are archived; they stay"
        )
        return f"{fewer} (--accept-changes archives what it reads)" if self.fewer else ""


def read_states(db: Database, theme: str | None, since: str | None, ids: Iterable[str]) -> Iterator[ReadState]:
    """The states that were read from captures, in the order of these; not what has been read anew already."""
    named = [*ids]
    conditions = {
        "theme = ?": [theme] if theme else None,
        "published >= ?": [since] if since else None,
        f"articles.id IN ({', '.join('?' * len(named))})": named or None,
    }
    given = {sql: values for sql, values in conditions.items() if values}
    where = " AND ".join(["capture_id IS NOT NULL", *given])
    columns = "article_id, edition, post_id, row, source, capture_id, capture_parts"
    sql = f"""
        WITH states AS (
            SELECT id AS article_id, versions AS version, 0 AS row, source, capture_id, capture_parts, reextracted_at
            FROM articles
            UNION ALL
            SELECT article_id, version, rowid, source, capture_id, capture_parts, reextracted_at FROM article_versions
        )
        SELECT {columns} FROM (
            SELECT states.*, edition, post_id, theme, published, articles.id,
                lead(states.reextracted_at) OVER (PARTITION BY article_id ORDER BY version) AS followed
            FROM states JOIN articles ON articles.id = article_id
        ) AS articles WHERE {where} AND followed IS NULL
        ORDER BY capture_id, article_id, row
    """
    values = [value for bound in given.values() for value in bound]
    for article_id, edition, post_id, row, source, first, further in db.execute(sql, values).fetchall():
        yield ReadState(article_id, edition, post_id, row, source, (first, *json.loads(further or "[]")))


def reread_state(db: Database, article: Article, read_at: str, *, write: bool) -> Reread | None:
    """What is to be changed in the state that `article` reads anew, and changed with `write`; None for nothing."""
    article_id = f"{article.edition}-{article.post_id}"
    row = read_row(db, article_id)
    if row is None or article.rereads is None:
        return None
    state = _read_version(db, article_id, article.rereads) if article.rereads else row
    held = _held_values(db, row, state)
    article.reading = digest_reading(article)
    digests = (state["reading"], article.reading, digest_parts(held))
    read, now_read, archived = (dict(zip(PARTS, digest.split(), strict=True)) for digest in digests)
    other = [part for part in PARTS if read[part] != now_read[part]]
    if not other:
        return None
    parts = [part for part in other if archived[part] == read[part] and (part in _OF_A_STATE or state is row)]
    values = shown_values(article)
    edited = article.accepted or {"title", "text"} & {*parts}  # as where captures meet
    fewer = (
        [] if edited else [part for part in parts if part in _LISTS and shows_fewer(part, values[part], held[part])]
    )
    parts = [part for part in parts if part not in fewer]
    found = Reread(article_id, state.get("version", row["versions"]), parts, fewer=fewer)
    if "text" in parts and held["body"] and not article.body and not article.protected:
        found.refused = "no text"
    elif "title" in parts and held["title"] and not article.title:
        found.refused = "no title"
    if found.refused:
        return found
    found.title = compare_words(held["title"], article.title, around=99) if "title" in parts else []
    found.body = compare_words(held["body"] or "", article.body or "") if "text" in parts else []
    if write:
        now_read |= {part: read[part] for part in fewer}  # said again until it is accepted
        changes = {name: values[name] for part in parts for name in PARTS[part]}
        changes["reading"] = " ".join(now_read.values())
        if any(part in _OF_A_STATE for part in parts):
            changes["reextracted_at"] = read_at
        if state is row:
            _change_article(db, row, article, changes, read_at)
        else:
            _change_version(db, state, changes)
    return found if parts or fewer else None


def _read_version(db: Database, article_id: str, row: int) -> Row:
    sql = "SELECT * FROM article_versions WHERE article_id = ? AND rowid = ?"
    return next(iter(db.query(sql, [article_id, row])))


def _held_values(db: Database, row: Row, state: Row) -> Row:
    """What is archived of a state, under the names of PARTS."""
    if state is not row:
        kept = {"title": state["title"], "body": state["body"], "categories": json.loads(state["categories"])}
        return {**dict.fromkeys(name for names in PARTS.values() for name in names), **kept}
    lists: Row = {name: read_names(db, _LISTS[name], row["id"]) for name in ("categories", "tags")}
    for name, columns in (("images", "src, alt, caption, lead"), ("links", "url, text, target_url")):
        sql = f"SELECT {columns} FROM {name} WHERE article_id = ? ORDER BY position"
        lists[name] = list(db.query(sql, [row["id"]]))
    return {**row, **lists}


def _change_article(db: Database, row: Row, article: Article, changes: Row, read_at: str) -> None:
    """Change the present state; the one before stays as a version where it was another."""
    present = read_present(db, row)
    replaced = {name: present[name] for name in present if name in changes and changes[name] != present[name]}
    if "reextracted_at" in changes:
        save_version(db, row, read_names(db, "article_categories", row["id"]), replaced)
        changes |= {"versions": row["versions"] + 1, "replaced": None}
        db.execute("UPDATE other_sources SET version = version + 1 WHERE article_id = ?", [row["id"]])
    elif lasting := {name: value for name, value in replaced.items() if value and name != "body_html"}:
        changes["replaced"] = with_step(row["replaced"], lasting, read_at, reread=True)
    for name, table in _LISTS.items():
        if name in changes:
            items = changes.pop(name) or []
            write_list(db, table, row["id"], items)
            if name == "categories":
                changes["category"] = next(iter(items), None)
    if "published" in changes:
        day = changes["published"]
        changes |= {"year": int(day[:4]) if day else None, "undated": article.undated}
    _update(db, "articles", changes, {"id": row["id"]})


def _change_version(db: Database, state: Row, changes: Row) -> None:
    """Change an earlier state, behind a row with what it was; a mark of reading alone needs none."""
    article_id, number = state["article_id"], state["version"]
    if "reextracted_at" in changes:
        for sign in ("-1 - version", "-version"):  # in two steps, for no two rows may bear a number
            behind = "article_id = ? AND (version >= ? OR version < 0)"
            db.execute(f"UPDATE article_versions SET version = {sign} WHERE {behind}", [article_id, number])
        # how it was read before has the details of how it is read now
        db.table("article_versions").insert({**state, "replaced": state["replaced"] and write_steps([{}])})
        sql = "UPDATE articles SET versions = versions + 1 WHERE id = ?"
        db.execute(sql, [article_id])
        db.execute("UPDATE other_sources SET version = version + 1 WHERE article_id = ?", [article_id])
        number += 1
    if "categories" in changes:
        changes["categories"] = json.dumps(changes["categories"] or [], ensure_ascii=False)
    changes.pop("protected", None)
    _update(db, "article_versions", changes, {"article_id": article_id, "version": number})


def _update(db: Database, table: str, changes: Row, key: Row) -> None:
    assignments = ", ".join(f"{name} = :{name}" for name in changes)
    where = " AND ".join(f"{name} = :{name}" for name in key)
    db.execute(f"UPDATE {table} SET {assignments} WHERE {where}", {**changes, **key})
