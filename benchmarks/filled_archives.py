"""Archives of many invented articles: their rows in bulk, then index and word forms as the program makes them."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

from benchmarks.invented_articles import SEEN, SHORT, invented_articles
from nejat_crawler.archive import Archive
from nejat_crawler.archive.capture_records.capture_rows import save_capture
from nejat_crawler.archive.crawl_state.frontier import WALKED, set_watermark
from nejat_crawler.archive.crawl_state.walks import record_known_posts
from nejat_crawler.archive.search_index import fill_index
from nejat_crawler.editions import EDITIONS
from nejat_crawler.items import Article

_BATCH = 5000
#: Columns of `articles` that are fields of an article.
_SHOWN = (
    *("edition", "post_id", "url", "title", "published", "published_at", "published_text", "author", "language"),
    *("body", "body_html", "status", "source", "theme", "found_at"),
)
_DIGEST = "0" * 83  # as long as what tells how an article was read
_ON_A_PAGE = 10  # articles that were read from one record


def fill(path: Path, count: int, length: range = SHORT) -> None:
    """Make an archive as a crawl of all editions leaves it that ended well; one made before is brought up to date."""
    if path.exists():
        Archive.open(path).close()
        return
    begun = time.process_time()
    part = path.with_suffix(".part")
    for old in path.parent.glob(f"{part.name}*"):
        old.unlink()
    with Archive.open(part) as archive:
        # the articles are indexed at once, in their order, which is cheaper than one after the other
        with _without_index_triggers(archive.db.conn):
            for first in range(0, count, _BATCH):
                with archive.writing():
                    some = invented_articles(first, min(_BATCH, count - first), count, length)
                    _insert(archive, first, list(some))
            _tell("the rows are written", begun)
            with archive.writing() as db:
                db.execute("UPDATE links SET target = (SELECT id FROM articles WHERE url = target_url)")
                fill_index(db, quiet=True)
        with archive.writing() as db:
            for edition in EDITIONS:
                set_watermark(db, edition, WALKED, SEEN)
        _tell("in the index", begun)
        run = archive.start_run("crawl", {"edition": "all"}, SEEN)
        archive.finish_run(run, {"outcome": "finished"})
    _tell("words filed", begun)
    part.rename(path)


@contextmanager
def _without_index_triggers(connection: sqlite3.Connection) -> Iterator[None]:
    """Let what is written to an archive be left out of its index of words."""
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_fts_%'"
    triggers = connection.execute(sql).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, trigger in triggers:
        connection.execute(trigger)
    connection.commit()


def _tell(what: str, begun: float) -> None:
    print(f"{what}, {time.process_time() - begun:.0f} s of the processor", file=sys.stderr, flush=True)


def _insert(archive: Archive, first: int, articles: Sequence[Article]) -> None:
    db, connection = archive.db, archive.db.conn
    keys = [f"{article.edition}-{article.post_id}" for article in articles]
    records = [save_capture(db, article.kept[0]) for article in articles[::_ON_A_PAGE]]
    rows = []
    for place, (key, article) in enumerate(zip(keys, articles, strict=True)):
        shown = (getattr(article, name) for name in _SHOWN)
        category, year = (article.categories or [""])[0], int((article.published or "")[:4])
        rows.append(
            (key, *shown, category, year, SEEN, SEEN, first + place + 1, records[place // _ON_A_PAGE], _DIGEST)
        )
    more = ("category", "year", "first_seen", "last_seen", "docid", "capture_id", "reading")
    _insert_rows(connection, f"articles (id, {', '.join((*_SHOWN, *more))})", rows)
    each = list(zip(keys, articles, strict=True))
    named = [(key, at, name) for key, article in each for at, name in enumerate(article.categories or (), 1)]
    _insert_rows(connection, "article_categories (article_id, position, name)", named)
    named = [(key, at, name) for key, article in each for at, name in enumerate(article.tags or (), 1)]
    _insert_rows(connection, "article_tags (article_id, position, name)", named)
    images = [
        (key, 1, image.src, image.alt, int(image.lead)) for key, article in each for image in article.images or ()
    ]
    _insert_rows(connection, "images (article_id, position, src, alt, lead)", images)
    links = [(key, 1, link.url, link.text, link.target_url) for key, article in each for link in article.links]
    _insert_rows(connection, "links (article_id, position, url, text, target_url)", links)
    for edition, some in groupby(sorted(articles, key=_edition_of), key=_edition_of):
        record_known_posts(db, edition, "listing", [article.post_id or 0 for article in some], SEEN)


def _edition_of(article: Article) -> str:
    return article.edition


def _insert_rows(connection: sqlite3.Connection, into: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        connection.executemany(f"INSERT INTO {into} VALUES ({', '.join('?' * len(rows[0]))})", rows)
