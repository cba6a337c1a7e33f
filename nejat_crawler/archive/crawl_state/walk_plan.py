"""Which walks of a listing a run makes: one from the first page, then on where earlier runs were cut short.

Each is on record from its beginning to its end, so that a killed run leaves a gap that the next one knows of.
"""

from __future__ import annotations

from collections.abc import Set

from sqlite_utils import Database

from nejat_crawler.archive.crawl_state import walks
from nejat_crawler.archive.crawl_state.frontier import (
    WALKED,
    first_page,
    read_watermark,
    set_first_page,
    set_watermark,
)
from nejat_crawler.archive.crawl_state.removals import record_missing
from nejat_crawler.archive.crawl_state.walks import OpenWalk


class WalkPlan:
    """The walk under way, and those that wait below it. Methods that take a database want an open transaction."""

    def __init__(self, db: Database, edition: str, moment: str, *, full: bool, since: str = "") -> None:
        """Begin a walk at the first page; `since`: the day at which this run ends its walks."""
        begun = walks.open_walks(db, edition)
        # Those to the end, and gaps, go on where they were cut short; any other is walked again from the top.
        waiting = [walk for walk in begun if walk.page_number and (walk.whole or walk.until_posts)]
        waiting.sort(key=lambda walk: (walk.page_number, not walk.whole))
        whole = any(walk.whole for walk in begun if not walk.page_number)
        if full:
            whole = whole or not any(walk.whole and walk.left_by is None for walk in waiting)
        elif not any(walk.whole for walk in waiting):
            whole = whole or read_watermark(db, edition, WALKED) is None
        if whole:
            waiting = []
        ended = [walk for walk in begun if walk not in waiting]
        for walk in ended:
            walks.end_walk(db, walk)  # the new walk begins above it
        self._horizon = min((walk.begun_at for walk in ended), default=None)
        """When the run began that was cut short before it had read all that was new: only what was archived before
        ends the walk, for the page on which that run ended may hold nothing new any more."""
        self.current = walks.begin_walk(db, edition, self._horizon or moment, whole=whole)
        self._from_top = self.current
        self._first_before = first_page(db, edition)
        self._waiting = [walk for walk in waiting if _is_wanted(walk, since)]

    def advance(self, db: Database, url: str, number: int, posts: Set[int], moment: str) -> None:
        """Record that the walk has come to a page, and which posts it has met there."""
        walks.advance_walk(db, self.current, url, number)
        walks.record_known_posts(db, self.current.edition, "listing", posts, moment, self.current)

    def is_at_its_end(self, db: Database, posts: Set[int], *, fresh: bool) -> bool:
        """Whether what lies below a page of `posts` is archived; `fresh`: the page has told something new."""
        if self.current.whole:
            return False
        if self.current.until_posts:
            return bool(posts & self.current.until_posts)
        if fresh or self._horizon is None:
            return not fresh
        return walks.settled_before(db, self.current.edition, posts, self._horizon)

    def skipped(self, met: Set[int]) -> set[int]:
        """What stood on the first page the last time, and a walk from the top has not met down to its end.

        A cache may serve a second page of last month below a first one of today: what was published between is new.
        """
        return self._first_before - met if self.current is self._from_top else set()

    def leaps(self, first: Set[int]) -> bool:
        """Whether the first page, which shows `first`, shows nothing of what it showed the last time."""
        return self.current is self._from_top and bool(self._first_before) and first.isdisjoint(self._first_before)

    def next_walk(self, db: Database, met: Set[int], first: Set[int]) -> OpenWalk | None:
        """End the walk, whose first page showed `first`; the next one that was cut short, if there is one."""
        set_first_page(db, self.current.edition, first)
        walks.end_walk(db, self.current)
        while self._waiting and self._waiting[0].until_posts & met:
            walks.end_walk(db, self._waiting.pop(0))  # the gap has been read on the way down
        if not self._waiting:
            return None
        self.current = self._waiting.pop(0)
        return self.current

    def end_all(self, db: Database, moment: str, first: Set[int]) -> int:
        """The listing is at its end, and so are all walks; how many articles are missing from the listing."""
        walk = self.current
        set_first_page(db, walk.edition, first)
        for ended in (walk, *self._waiting):
            walks.end_walk(db, ended)
        if walk.whole or any(waiting.whole for waiting in self._waiting):
            set_watermark(db, walk.edition, WALKED, moment)
        return record_missing(db, walk, moment) if walk.whole and not walk.has_gap else 0

    def split_at_gap(self, db: Database, first_page: str, posts: Set[int]) -> None:
        """Below pages that could not be read a new walk begins; the old one waits above them for the next run."""
        old = self.current
        self.current = walks.begin_walk(db, old.edition, old.begun_at, whole=old.whole, has_gap=True)
        walks.end_at_posts(db, old, first_page, posts)


def _is_wanted(walk: OpenWalk, since: str) -> bool:
    """Whether a walk that an argument ended may go on: not where this run ends at the same day."""
    name, _, day = (walk.left_by or "").partition("=")
    return name != "since" or not since or since < day
