"""Weeks of a cron job on the sample site, run by run, with a model of what the archive must hold after each."""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from collections.abc import Set
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nejat_crawler.sample_site import SampleSite, Server
from nejat_crawler.sample_site.appearance import VERSIONS, Appearance
from nejat_crawler.sample_site.theme.layouts import LAYOUTS
from nejat_crawler.sample_site.theme.pagers import PAGERS
from tests.support.commands import Result, crawl, fold, rows

PLACES = ("the ridge", "the hut", "the lower bridge", "the quarry", "the north gully", "the chapel")
FINDS = ("a red rope", "two lamps", "fresh tracks", "a broken ski", "the missing map", "an empty flask")


@dataclass(slots=True)
class Expected:
    """What the archive must hold of an article: the states that it has met, the last one last."""

    states: list[tuple[str, str, tuple[str, ...]]]
    status: str = "live"
    missed: bool = False
    answers: int = 0


@dataclass
class Soak:
    """One archive, one site, and what has happened between them."""

    site: SampleSite
    server: Server
    db: Path
    seed: int
    expected: dict[str, Expected] = field(default_factory=dict)
    deleted: dict[str, set[int]] = field(default_factory=dict)
    story: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.deleted = {edition: set() for edition in self.site.blogs}
        self.quiet = False

    # --- what editors do ------------------------------------------------------------------------------------

    def something_happens(self) -> None:
        """A day of the editors, or none."""
        edition = self.random.choice(list(self.site.blogs))
        happening = self.random.choice(
            [
                "nothing",
                "nothing",
                "publish",
                "publish many",
                "edit",
                "edit",
                "delete",
                "restore",
                "back date",
                "retag",
            ]
        )
        self.quiet = happening == "nothing"
        self.story.append(f"{happening} {edition}")
        posts = self.site.public_posts(edition)
        some = self.random.sample(posts, min(len(posts), 3))
        if happening == "publish":
            self.publish(edition)
        elif happening == "publish many":
            for _ in range(self.random.randint(8, 23)):
                self.publish(edition)
        elif happening == "back date":  # stands deep in the listing, where no nightly run comes
            self.site.publish(edition, **self.words(), date=posts[len(posts) // 2].date)
        elif happening == "edit":
            for post in some:
                self.site.edit(edition, post.post_id, **self.words(title=self.random.random() < 0.5))
        elif happening == "retag":  # no new state of title, text or categories
            self.site.edit(edition, some[0].post_id, tags=["Soak"])
        elif happening == "delete":
            for post in some:
                self.deleted[edition].add(post.post_id)
                self.site.delete(edition, post.post_id)
        elif happening == "restore" and self.deleted[edition]:
            post_id = self.random.choice(sorted(self.deleted[edition]))
            self.deleted[edition].discard(post_id)
            self.site.restore(edition, post_id)

    def dress(self) -> None:
        """Change how the site looks; on some days the REST interface is off, too: nothing tells of edits then."""
        choose = self.random.choice
        look = Appearance(
            theme=choose(["soledad"] * 5 + ["other"]),
            soledad=choose(list(VERSIONS)),
            layout=choose(list(LAYOUTS)),
            pagination=choose(list(PAGERS)),
            single=self.random.randint(1, 22),
            show_modified_date=self.quiet and self.random.random() < 0.3,  # else new articles have no date: drift
            toc=self.random.random() < 0.3,
            reactions=self.random.random() < 0.3,
            inline_related=self.random.random() < 0.3,
            slider=self.random.random() < 0.3,
            rest=not self.quiet or self.random.random() < 0.5,
        )
        self.site.appearance = look
        self.story.append(
            f"{look.theme} {look.soledad} {look.layout} {look.pagination} {look.single} rest={look.rest}"
        )

    def publish(self, edition: str) -> None:
        """A new post on top of the listing."""
        self.site.publish(edition, **self.words())

    def words(self, *, title: bool = True) -> dict[str, Any]:
        """A text that no other post has."""
        number = self.random.randrange(10**6)
        place, found = self.random.choice(PLACES), self.random.choice(FINDS)
        words: dict[str, Any] = {"paragraphs": [f"At {place} the team found {found}.", f"Note {number} of the log."]}
        return words | {"title": f"Report {number} from {place}"} if title else words

    # --- runs -----------------------------------------------------------------------------------------------

    def run(self, **arguments: str) -> Result:
        """One night's crawl."""
        self.server.forget()
        return crawl(self.db, self.server.base_url, "-s", "RETRY_TIMES=0", edition=self.editions, **arguments)

    @property
    def editions(self) -> str:
        """As `-a edition=` takes them."""
        return ",".join(self.site.blogs)

    def good_night(self, *, full: bool = False, moving: bool = False) -> None:
        """A crawl that finds the site well; afterwards the archive is the truth."""
        before = self.contents()
        whole = set(self.site.blogs) if full else self.unfinished()
        over = threading.Event()
        mover = threading.Thread(target=self._publish_meanwhile, args=[over]) if moving else None
        if mover:
            self.site.slow("/page/2", 1, times=1)
            mover.start()
        result = self.run(full="1") if full else self.run()
        over.set()
        if mover:
            mover.join()
            self.site.heal()
            assert self.run().code == 0  # reads what was published above the walk
        assert result.code == 0, (self.seed, self.story, result)
        if self.quiet and not (whole or moving or any(kept.missed for kept in self.expected.values())):
            assert len(self.server.requests) <= 3 * len(self.site.blogs), (self.story, self.server.requests)
            assert self.contents() == before, self.story
        self.expect(whole, runs=2 if moving else 1)
        self.compare()

    def _publish_meanwhile(self, over: threading.Event) -> None:
        """Publish while the walk reads its second page, or once it is over, if it has none to read."""
        while not (over.is_set() or any("/page/2" in request.path for request in self.server.requests)):
            time.sleep(0.05)
        for edition in self.site.blogs:
            self.publish(edition)

    def bad_night(self) -> None:
        """A crawl that meets an outage: it says so, and nothing that is archived is lost or taken for gone."""
        before = {row["id"]: row["status"] for row in self.articles()}
        pattern = self.random.choice([".", "/page/2", "/posts/[0-9]", "wp-json", "/en/$"])
        self.story.append(f"outage at {pattern}")
        self.site.fail(pattern, status=self.random.choice([500, 502, 503]))
        result = self.run(**({"full": "1"} if self.random.random() < 0.5 else {}))
        struck = any(request.status >= 500 for request in self.server.requests if "wp-json" not in request.path)
        self.site.heal()
        assert result.code == int(struck), (self.seed, self.story, result)
        after = {row["id"]: row["status"] for row in self.articles()}
        lost = {name for name, status in before.items() if status == "live" and after.get(name) != "live"}
        # An article may be proved gone by this run's own healthy answers; nothing else may be.
        assert lost <= {name for name, kept in self.expected.items() if kept.missed and kept.answers}, self.story
        self.learn()

    # --- the model ------------------------------------------------------------------------------------------

    def truth(self) -> dict[str, tuple[str, str, tuple[str, ...]]]:
        """Title, text and categories of what the site shows now."""
        return {
            post["id"]: (post["title"], fold(post["body"]), tuple(post["categories"])) for post in self.site.truth()
        }

    def unfinished(self) -> set[str]:
        """The editions of which a bad night has left a walk that goes on to the end of the listing."""
        return {row["edition"] for row in rows(self.db, "SELECT edition FROM walks WHERE whole AND NOT holed")}

    def expect(self, whole: Set[str], runs: int = 1) -> None:
        """What a run must have made of the site as it is, having read the `whole` listing of some editions."""
        shown = self.truth()
        for name, state in shown.items():
            kept = self.expected.setdefault(name, Expected([state]))
            if kept.states[-1] != state:
                kept.states.append(state)
            kept.status, kept.missed, kept.answers = "live", False, 0
        for name, kept in self.expected.items():
            if name not in shown and kept.status == "live":
                kept.missed = kept.missed or name[:2] in whole
                kept.answers += runs * kept.missed
                kept.status = "gone" if kept.answers >= 2 else "live"

    def learn(self) -> None:
        """Take over what a bad night has seen of the truth: how much of it, no model can tell."""
        shown = self.truth()
        for row in self.articles():
            state = (row["title"], fold(row["body"]), tuple(row["categories"].split("|")))
            kept = self.expected.setdefault(row["id"], Expected([state]))
            if kept.states[-1] != state:
                assert state == shown[row["id"]], (row["id"], self.story)
                kept.states.append(state)
            kept.status = row["status"]
        for row in rows(self.db, "SELECT article_id, missed_at, answers FROM absences"):
            kept = self.expected[row["article_id"]]
            kept.missed, kept.answers = row["missed_at"] is not None, row["answers"]

    def articles(self) -> list[dict[str, Any]]:
        """What is compared of each article."""
        return rows(
            self.db,
            "SELECT id, title, coalesce(body, excerpt) AS body, status, versions,"
            " (SELECT group_concat(name, '|') FROM (SELECT name FROM article_categories WHERE article_id = id"
            "  ORDER BY position)) AS categories,"
            " (SELECT count(*) FROM article_versions WHERE article_id = id) AS earlier FROM articles",
        )

    def compare(self) -> None:
        """The archive against the model: articles, versions, and what is gone."""
        archived = {row["id"]: row for row in self.articles()}
        assert archived.keys() == self.expected.keys(), (self.seed, self.story)
        for name, kept in self.expected.items():
            row = archived[name]
            state = (row["title"], fold(row["body"]), tuple(row["categories"].split("|")))
            assert state == kept.states[-1], (self.seed, name, self.story)
            found = (row["status"], row["versions"], row["earlier"])
            assert found == (kept.status, len(kept.states), len(kept.states) - 1), (name, found, kept, self.story)
        check_whole(self.db)

    def contents(self) -> list[object]:
        """Everything in the articles and their index."""
        with closing(sqlite3.connect(self.db)) as connection:
            return [
                list(connection.execute(f"SELECT * FROM {table}"))
                for table in ("articles", "article_categories", "articles_fts_data")
            ]


def check_whole(db: Path) -> None:
    """SQLite's own checks of the file and of the full-text index."""
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.rollback()
