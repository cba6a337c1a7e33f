"""The walks of an edition's listing as the archive has them on record: the one under way, and those that wait below.

Each is on record from its beginning to its end, so that a killed run leaves a gap that the next one knows of.
"""

from __future__ import annotations

from collections.abc import Set

from nejat_crawler.archive import Archive, now
from nejat_crawler.archive.crawl_state import frontier, walks
from nejat_crawler.archive.crawl_state.removals import note_missed
from nejat_crawler.archive.crawl_state.walks import OpenWalk
from nejat_crawler.editions import Edition
from nejat_crawler.urls import SITE
from spiders.arguments import Arguments
from spiders.visits import Visit


class OpenWalks:
    """Begins a walk at the first page, and says which of those that were cut short go on after it."""

    def __init__(self, archive: Archive, edition: Edition, options: Arguments) -> None:
        self._archive = archive
        self._edition = edition
        self._options = options
        self._horizon: str | None = None
        """When the run began that was cut short before it had read all that was new: only what was archived before
        ends the walk, for the page on which that run ended may hold nothing new any more."""
        self.current, self._waiting = self._plan()

    def _plan(self) -> tuple[OpenWalk, list[OpenWalk]]:
        """The walk that begins at the first page, and those that go on after it, from the top of the listing down."""
        options, code = self._options, self._edition.code
        with self._archive.writing() as db:
            begun = walks.open_walks(db, code)
            # Those to the end, and holes, go on where they were cut short; any other is walked again from the top.
            waiting = [walk for walk in begun if walk.page_number and (walk.whole or walk.until_posts)]
            waiting.sort(key=lambda walk: (walk.page_number, not walk.whole))
            whole = any(walk.whole for walk in begun if not walk.page_number)
            if options.full:
                whole = whole or not any(walk.whole and walk.left_by is None for walk in waiting)
            elif not any(walk.whole for walk in waiting):
                whole = whole or frontier.read_mark(db, code, frontier.WALKED) is None
            if whole:
                waiting = []
            ended = [walk for walk in begun if walk not in waiting]
            for walk in ended:
                walks.end_walk(db, walk)  # the new walk begins above it
            self._horizon = min((walk.begun_at for walk in ended), default=None)
            begun_at = self._horizon or now()
            return walks.begin_walk(db, code, begun_at, whole=whole), list(filter(self._is_wanted, waiting))

    def _is_wanted(self, walk: OpenWalk) -> bool:
        """Whether a walk that an argument ended may go on: not where this run ends at the same day."""
        name, _, day = (walk.left_by or "").partition("=")
        return name != "since" or not self._options.since or self._options.since.isoformat() < day

    def advance(self, visit: Visit) -> None:
        """Note how far the walk has come, and what it has met."""
        with self._archive.writing() as db:
            left_out = visit.unwanted - frontier.archived_posts(db, self._edition.code, visit.unwanted)
            walks.advance_walk(db, self.current, visit.url, visit.number)
            walks.know_posts(db, self._edition.code, "listing", visit.posts - left_out, now(), self.current)

    def is_at_its_end(self, visit: Visit) -> bool:
        """Whether what lies below a page is archived."""
        if self.current.whole:
            return False
        if self.current.until_posts:
            return bool(visit.posts & self.current.until_posts)
        if visit.fresh or self._horizon is None:
            return not visit.fresh
        return walks.settled_before(self._archive.db, self._edition.code, visit.posts, self._horizon)

    def next_walk(self, met: Set[int]) -> OpenWalk | None:
        """End the walk; the next one that was cut short, if there is one."""
        with self._archive.writing() as db:
            walks.end_walk(db, self.current)
            while self._waiting and self._waiting[0].until_posts & met:
                walks.end_walk(db, self._waiting.pop(0))  # the hole has been read on the way down
        if not self._waiting:
            return None
        self.current = self._waiting.pop(0)
        return self.current

    def end_all(self) -> int:
        """The listing is at its end: all walks that waited below are, too. Returns how many articles were missed."""
        walk, moment = self.current, now()
        with self._archive.writing() as db:
            for ended in (walk, *self._waiting):
                walks.end_walk(db, ended)
            if walk.whole or any(waiting.whole for waiting in self._waiting):
                frontier.set_mark(db, walk.edition, frontier.WALKED, moment)
            return note_missed(db, walk, moment) if walk.whole and not walk.holed else 0

    def leave(self, argument: str) -> None:
        """End the walk because an argument of the run says so; what lies below stays on record."""
        with self._archive.writing() as db:
            walks.leave_walk(db, self.current, argument)

    def leave_hole(self, posts: Set[int]) -> None:
        """Below pages that could not be read a new walk begins; the old one waits above them for the next run."""
        old = self.current
        with self._archive.writing() as db:
            self.current = walks.begin_walk(db, old.edition, old.begun_at, whole=old.whole, holed=True)
            walks.make_hole(db, old, SITE + self._edition.listing, posts)
