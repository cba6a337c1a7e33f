"""Save an article, or a newsletter with its stories, and count what became of it."""

from __future__ import annotations

from contextlib import nullcontext

from scrapy.exceptions import DropItem

from nejat_crawler.archive import ArchiveError
from nejat_crawler.archive.reextraction import reread_state
from nejat_crawler.crawl.run import RunComponent
from nejat_crawler.items import Article, Newsletter


class StoreArticle(RunComponent):
    """The last step: one transaction an item."""

    def process_item(self, item: Article | Newsletter) -> Article | Newsletter:
        """Save the item; an extraction that would make the archive worse is reported instead."""
        if self._run.refuses_changes:
            raise DropItem("read after most articles had shown another title or text", log_level="DEBUG")
        try:
            if isinstance(item, Article) and item.rereads is not None:
                return self._reread(item)
            if isinstance(item, Newsletter):
                self._run.count(item.edition, self._run.archive.save_newsletter(item))
                return item
            item.outcome = outcome = self._run.archive.save(item)
            if sentence := self._run.count_rewritten(item):
                self._run.refuse_changes(item.edition, sentence)
        except ArchiveError as error:
            self._run.fail_archive(str(error))
            raise DropItem("the archive cannot be written", log_level="DEBUG") from error
        self._run.count(item.edition, outcome)
        self._run.count_fields(item)
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
            self._run.add_error(
                f"{item.edition}-{item.post_id}: the page at {item.found_at} yields less than is archived; kept"
            )
        return item

    def _reread(self, item: Article) -> Article:
        """Bring what an extractor of a later date reads into the state that it was read for, if that is wanted."""
        archive, write = self._run.archive, self._run.writes_rereads
        with archive.writing() if write else nullcontext(archive.db) as db:
            found = reread_state(db, item, self._run.started_at, write=write)
        self._run.count_reread(item, found)
        return item
