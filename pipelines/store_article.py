"""Save an article, or a newsletter with its stories, and count what became of it."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext

from scrapy.exceptions import DropItem

from nejat_crawler.archive import ArchiveError
from nejat_crawler.archive.reextraction import reread_state
from nejat_crawler.crawl.drift import Replaced, Unread
from nejat_crawler.crawl.run import Run, RunComponent
from nejat_crawler.items import Article, Newsletter

#: Articles that are committed together, as many as a page of the listing shows, and the seconds that they wait for
#: one another: a kill loses no more. Nothing that says of a page that it was read is committed before its articles.
_TOGETHER, _SECONDS = 10, 1.0


class StoreArticle(RunComponent):
    """The last step: all of an item or nothing, the articles of a page in one transaction."""

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self._waits = False
        self._counted: list[tuple[str, str]] = []
        """What was counted of the articles that may yet be lost."""
        self._replaced, self._unread = Replaced(), Unread()

    def process_item(self, item: Article | Newsletter) -> Article | Newsletter:
        """Save the item; an extraction that would make the archive worse is reported instead."""
        if self._run.refuses_changes:
            raise DropItem("read after most articles had shown another title or text", log_level="DEBUG")
        if self._run.archive_failed:
            raise DropItem("the archive cannot be written", log_level="DEBUG")
        try:
            if isinstance(item, Article):
                item.accepted = self._run.accepts_changes
            if isinstance(item, Article) and item.rereads is not None:
                return self._reread(item)
            if isinstance(item, Newsletter):
                return self._store_newsletter(item)
            item.outcome = outcome = self._run.archive.save(item, lasting=item.source == "article")
            if sentence := self._run.count_rewritten(item):
                self._run.refuse_changes(item.edition, sentence)
        except ArchiveError as error:
            self._run.fail_archive(str(error))
            raise DropItem("the archive cannot be written", log_level="DEBUG") from error
        self._run.count(item.edition, outcome)
        self._wait(item.edition, outcome)
        self._run.count_fields(item)
        self._replaced.add(item)
        self._unread.add(item)
        self._run.count_unseen(item)
        if item.unknown_parts and outcome in ("new", "changed", "completed"):
            parts = ", ".join(name if name.startswith("#") else f".{name}" for name in item.unknown_parts)
            self._run.add_error(
                f"{item.edition}-{item.post_id}: the theme {item.theme} puts {parts} into the text at"
                f" {item.found_at}, which nobody has named as text or as none; it is kept as text"
            )
        if item.hidden_addresses and outcome in ("new", "changed", "completed"):
            self._run.add_error(
                f"{item.edition}-{item.post_id}: {item.hidden_addresses} mail addresses at {item.found_at} are hidden"
                " in a way that cannot be read; the text has what is shown without scripts"
            )
        if outcome == "disagrees":
            other = "listing" if item.source == "api" else "REST interface"
            self._run.add_error(
                f"{item.edition}-{item.post_id} disagrees with the {other}: {item.found_at} shows another title, "
                "other categories or another text, though nothing was edited since"
            )
        if outcome == "refused":
            less = f"shows fewer {' and '.join(item.fewer)} than are" if item.fewer else "yields less than is"
            way = " (--accept-changes archives what it shows)" if item.fewer else ""
            self._run.add_error(
                f"{item.edition}-{item.post_id}: the page at {item.found_at} {less} archived; kept{way}"
            )
        return item

    def _store_newsletter(self, item: Newsletter) -> Newsletter:
        outcome = self._run.archive.save_newsletter(item)
        self._run.count(item.edition, outcome)
        issue = ", ".join(filter(None, (item.title, item.period)))
        if outcome == "refused":
            self._run.add_error(f"{issue}: the file at {item.found_at} yields less than is archived; kept")
        elif item.cut_off:
            self._run.add_error(f"{issue}: the file at {item.found_at} breaks off; what it holds is archived")
        elif item.missing and outcome != "same":
            self._run.add_error(
                f"{issue}: stories of its contents that were not found in {item.found_at}: {len(item.missing)},"
                f" the first {item.missing[0]!r}"
            )
        return item

    def _wait(self, edition: str, outcome: str) -> None:
        """Let an article wait for others, if it is not committed yet."""
        waiting = self._run.archive.transactions.waiting
        self._counted = [*self._counted, (edition, outcome)][-waiting:] if waiting else []
        if waiting >= _TOGETHER:
            self._commit()
        elif waiting and not self._waits:
            self._waits = True
            asyncio.get_running_loop().call_later(_SECONDS, self._commit_late)

    def _commit_late(self) -> None:
        self._waits = False
        self._commit()

    def _commit(self) -> None:
        try:
            self._run.archive.transactions.commit()
        except ArchiveError as error:
            self._run.fail_archive(str(error))

    def close_spider(self) -> None:
        """Commit what is left; what could not be is not counted either."""
        for sentence in (*self._replaced.sentences(), *self._unread.sentences()):
            self._run.add_notice(sentence)
        self._commit()
        lost = self._run.archive.transactions.lost
        for edition, outcome in self._counted[-lost:] if lost else ():
            self._run.count(edition, outcome, -1)

    def _reread(self, item: Article) -> Article:
        """Bring what an extractor of a later date reads into the state that it was read for, if that is wanted."""
        archive, write = self._run.archive, self._run.writes_rereads
        with archive.writing() if write else nullcontext(archive.db) as db:
            found = reread_state(db, item, self._run.started_at, write=write)
        self._run.count_reread(item, found)
        return item
