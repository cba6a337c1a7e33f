"""An archive of many invented articles, to time the site on: the sample site's sentences, and rarer words."""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from nejat_crawler.archive import Archive
from nejat_crawler.sample_site.content.writer import Words, read_words

#: Share of each edition, as the site's own counts have it.
SHARES = {"en": 0.27, "fa": 0.6, "ar": 0.08, "sq": 0.05}
_RARE_WORDS = 40_000  # an edition; with Zipf's exponent 1 as natural vocabularies have
_SENTENCES = (8, 36)  # a body: 150 to 700 words
_OLDEST = date(2003, 6, 1)


def _rare_words(words: Words, chance: random.Random) -> list[str]:
    """Invented words in the letters of an edition: halves of its own words put together."""
    known = sorted(
        {word for text in words["paragraphs"] for word in text.split() if word.isalpha() and len(word) > 3}
    )
    halves = [word[: len(word) // 2] for word in known], [word[len(word) // 2 :] for word in known]
    return [
        chance.choice(halves[0]) + chance.choice(halves[0]) + chance.choice(halves[1]) for _ in range(_RARE_WORDS)
    ]


def _rows(count: int) -> Iterator[tuple[dict[str, Any], list[str], list[str]]]:
    chance = random.Random(60_000)
    docid = 0
    for edition, share in SHARES.items():
        words = read_words(edition)
        rare = _rare_words(words, chance)
        weights = list(accumulate(1 / place for place in range(1, len(rare) + 1)))
        stock = [sentence for text in words["paragraphs"] for sentence in text.split(". ")]
        days = (date(2026, 10, 1) - _OLDEST).days
        for number in range(round(count * share)):
            docid += 1
            sentences = chance.choices(stock, k=chance.randint(*_SENTENCES))
            mixed = chance.choices(rare, cum_weights=weights, k=6 * len(sentences))
            pieces = [f"{sentence} {' '.join(mixed[6 * at : 6 * at + 6])}." for at, sentence in enumerate(sentences)]
            paragraphs = [" ".join(pieces[at : at + 4]) for at in range(0, len(pieces), 4)]
            day = (_OLDEST + timedelta(days=chance.randrange(days))).isoformat()
            seen = f"{day}T08:00:00Z"
            title = " ".join([chance.choice(words["titles"]), *chance.choices(rare, cum_weights=weights, k=3)])
            row = {
                "id": f"{edition}-{docid}", "edition": edition, "post_id": docid,
                "url": f"https://www.nejatngo.org/{edition}/posts/{docid}",
                "title": title,
                "published": day, "published_at": seen, "year": int(day[:4]), "language": edition,
                "body": "\n\n".join(paragraphs), "body_html": "".join(f"<p>{text}</p>" for text in paragraphs),
                "status": "gone" if number % 97 == 5 else "live", "first_seen": seen, "last_seen": seen,
                "source": "listing", "theme": "soledad", "own_page": 0, "docid": docid,
                "found_at": f"https://www.nejatngo.org/{edition}/page/{1 + number // 10}",
            }  # fmt: skip
            categories = list(dict.fromkeys(chance.choices(words["categories"], k=1 + number % 4 // 3)))
            yield row | {"category": categories[0]}, categories, chance.choices(words["tags"], k=number % 3)


_OF_VERSIONS = "article_id, version, title, categories, body, source, seen_from, seen_until"


def write_archive(path: Path, count: int) -> None:
    """Write an archive of about `count` articles at `path`; a minute for 10,000."""
    with Archive.open(path) as archive, archive.db.atomic():
        for number, (row, categories, tags) in enumerate(_rows(count)):
            article, names = row["id"], ", ".join(row)
            # The lists first: each of their rows has the index told anew of an article that is there.
            _insert(
                archive.db.conn, "article_categories", ((article, at, name) for at, name in enumerate(categories))
            )
            _insert(archive.db.conn, "article_tags", ((article, *name) for name in enumerate(tags)))
            archive.db.execute(
                f"INSERT INTO articles ({names}) VALUES ({', '.join(f':{name}' for name in row)})", row
            )
            if number % 20 == 0:
                edited = (article, 1, row["title"], json.dumps(categories), row["body"][200:], "listing", "a", "b")
                _insert(archive.db.conn, f"article_versions ({_OF_VERSIONS})", [edited])
                archive.db.execute("UPDATE articles SET versions = 2, changed_at = last_seen WHERE id = ?", [article])


def _insert(connection: sqlite3.Connection, table: str, rows: Any) -> None:
    for row in rows:
        connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--articles", type=int, default=60_000)
    chosen = parser.parse_args()
    write_archive(chosen.path, chosen.articles)
