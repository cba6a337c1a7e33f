"""What articles were read from, once more: today's extractor over the captures that are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from scrapy.http import Response

from nejat_crawler.archive import Archive
from nejat_crawler.archive.capture_records.capture_places import read_capture
from nejat_crawler.archive.reading.article_details import find_named
from nejat_crawler.archive.reextraction import ReadState, read_states
from nejat_crawler.crawl.run import Run
from nejat_crawler.extraction.decoding import decode
from nejat_crawler.extraction.page import Entry, Page, read_page
from nejat_crawler.extraction.page_breaks import split_at_break
from nejat_crawler.extraction.rest_api import read_answer
from nejat_crawler.extraction.themes import BY_NAME
from nejat_crawler.items import Capture, KeptAnswer, Record
from nejat_crawler.urls import PostAddress, edition_of
from nejat_crawler.warc_records.kept_bytes import MissingRecordError, read_kept, read_opening
from spiders.session import make_capture, record_capture
from spiders.warc.archived_pages import is_posts, mirror_of
from spiders.warc.offline_spider import OfflineSpider


class UnreadStateError(ValueError):
    """A state cannot be read anew; the message says why."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a capture shows: a page, or posts of the REST interface."""

    kept: KeptAnswer
    page: Page | None
    records: dict[int, Record]

    def entry(self, state: ReadState) -> Entry:
        """The article on the page."""
        for entry in self.page.entries if self.page else ():
            if entry.address.post == PostAddress(state.edition, state.post_id or 0):
                return entry
        raise UnreadStateError(
            f"today's extractor finds no {state.article_id} in {self.kept.url} of {self.kept.time}"
        )


class ReextractSpider(OfflineSpider):
    """Sends captures that are kept through the pipelines; asks nothing of any server."""

    name = "reextract"
    command = "reextract"

    def __init__(
        self,
        *,
        theme: str = "",
        since: str = "",
        id: str = "",  # noqa: A002 (as the command has it)
        warcs: str = "",
        write: str = "0",
        accept_changes: str = "0",
        archive: Archive | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(name, archive)
        self.writes, self.accept_changes = write == "1", accept_changes == "1"
        self.arguments = {"theme": theme, "since": since, "id": id, "write": write}
        self._theme, self._since, self._id = theme or None, since or None, id
        self._folders = [Path(folder) for folder in warcs.split("\0") if folder]
        if theme and theme not in BY_NAME and theme != "rest":
            raise ValueError(f"there is no theme {theme!r}: choose from {', '.join(BY_NAME)}")
        if since:
            date.fromisoformat(since)

    def read(self, _: Response) -> Iterator[Capture]:
        """Every state that is asked for, as its captures show it to today's extractor."""
        run = Run.of(self.crawler)
        self._folders.insert(0, run.archive.warc_folder)
        called = find_named(run.archive.db, self._id) if self._id else None
        ids = called.ids if called else []
        if self._id and not ids:
            run.add_error(f"there is no article {self._id}")
            return
        self._show = lru_cache(maxsize=8)(self._read)
        unread: dict[str, int] = {}
        states = read_states(run.archive.db, self._theme, self._since, ids)
        for _captures, group in groupby(states, key=lambda state: state.captures):
            for state in group:
                if not run.should_continue():
                    return
                try:
                    yield self._capture(state)
                except (UnreadStateError, MissingRecordError) as error:
                    unread[str(error)] = unread.get(str(error), 0) + 1
                except Exception as error:  # one page must not end the work on ten thousand
                    run.add_error(f"{state.article_id} cannot be read anew: {str(error) or type(error).__name__}")
        for why, number in unread.items():
            run.add_error(f"{why}{f' ({number} states)' if number > 1 else ''}")

    def _capture(self, state: ReadState) -> Capture:
        shown = [self._show(capture) for capture in state.captures]
        made: dict[str, Any] = {"kept": tuple(each.kept for each in shown), "rereads": state.row}
        last = shown[-1]
        if last.page is None:
            record = last.records.get(state.post_id or 0)
            if record is None:
                raise UnreadStateError(f"{last.kept.url} of {last.kept.time} holds no {state.article_id}")
            return record_capture(state.edition, state.post_id or 0, record, source=state.source, **made)
        entries = [each.entry(state) for each in shown]
        entry, split = entries[-1], len(entries) > 1
        made |= {"post_id": state.post_id, "html": tuple(entry.html for entry in entries)}
        if split:
            made |= {"own_page": True, "part_count": len(entries)}
        elif state.source == "warc":
            made |= {"own_page": last.page.is_article, "first_part": entry.part, "part_count": entry.part_count}
        else:
            made["own_page"] = last.page.is_article
        if not split:
            made["teaser"] = entry.teaser if state.source == "warc" else not (entry.whole or last.page.is_article)
        if last.page.is_article or state.source == "warc":
            made["published_at"] = last.page.published_at
        theme = last.page.theme.name if last.page.theme else "generic"
        return make_capture(state.source, state.edition, theme, last.kept.url, **made)

    def _read(self, capture_id: int) -> _Shown:
        stored = read_capture(Run.of(self.crawler).archive.db, capture_id)
        if stored is None:
            raise UnreadStateError(f"the table captures has no row {capture_id}")
        sent = read_kept(self._folders, stored.holder)
        mirror = mirror_of(read_opening(self._folders, stored.kept.file))
        url = mirror.site_url(stored.kept.url)
        if is_posts(url, sent.content_type):
            records = read_answer(sent.body, edition_of(url) or "", mirror.site_markup).records
            return _Shown(stored.kept, None, records)
        markup, _ = split_at_break(mirror.site_markup(decode(sent.body, sent.content_type)))
        return _Shown(stored.kept, read_page(markup, url), {})
