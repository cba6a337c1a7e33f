"""Texts that a listing does not show: from the REST interface, a hundred at a time, or from articles' own pages.

A layout that lists excerpts, or titles alone, would cost a page for each article. What the interface does not answer
comes from the article's own page all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set

from scrapy.http import Response
from twisted.python.failure import Failure

from nejat_crawler.archive.crawl_state import frontier
from nejat_crawler.editions import Edition
from nejat_crawler.extraction.rest_api import EMBEDDED, PAGE_SIZE, NoPostsError, interface, read_answer
from nejat_crawler.items import Article, Capture, Record
from nejat_crawler.urls import PostAddress
from spiders.own_pages import OwnPages, PageRequest, ShownPart, Why
from spiders.session import Session, failed_request, kept_answer, kept_records, record_capture

#: So many texts are read from their own pages: what the site itself shows is the better source.
_FEW = 10

Batch = dict[PageRequest, tuple[ShownPart, ...]]
"""Whose texts are wanted, with the parts of each that are known."""


class WantedTexts:
    """Collects which texts of an edition are wanted, and asks for each of them once a run at the most."""

    def __init__(self, session: Session, edition: Edition, own_pages: OwnPages) -> None:
        self._session = session
        self._edition = edition.code
        self._own_pages = own_pages
        self._waiting: Batch = {}
        self._wanted = 0
        self._announced = 0
        self._shown: Counter[str] = Counter()
        self._shows = ""
        self._refused = ""
        """Why the interface is asked for no more texts in this run."""

    def count_shown(self, article: Article) -> None:
        """Count what the listing shows of an article's text; behind a password there is nothing to show."""
        if not article.protected:
            text = "texts" if article.body is not None else "excerpts" if article.excerpt else "no texts"
            self._shown[text] += 1

    def record_listing(self) -> None:
        """Record what the listing shows of most texts, and say when that is no longer what it showed before."""
        archive = self._session.archive
        before = frontier.read_watermark(archive.db, self._edition, frontier.SHOWS)
        self._shows = shows = max(self._shown, key=lambda text: self._shown[text], default="")
        if shows and shows != before:
            with archive.writing() as db:
                frontier.set_watermark(db, self._edition, frontier.SHOWS, shows)
            if before:
                self._session.run.add_notice(
                    f"{self._edition}: the listing now shows {shows}, and no longer {before}"
                )

    def want(self, post_id: int, why: Why, parts: tuple[ShownPart, ...] = ()) -> None:
        """Ask for a text, `parts` of which are known, soon or together with others."""
        asked = PageRequest(PostAddress(self._edition, post_id), why)
        if not self._own_pages.claim(asked):
            return
        self._wanted += 1
        self._waiting[asked] = parts
        if self._why_not_rest():
            self._ask_own_pages()
        elif len(self._waiting) >= PAGE_SIZE and not self._walks_rest():
            self._ask_rest()

    def listing_read(self) -> None:
        """Ask for what is still wanted, now that it is known how much that is."""
        shows = self._shows if self._shows != "texts" else ""
        self._announce(f"the listing shows {shows}" if shows else "the listing cuts texts")
        if not self._walks_rest() or self._wanted <= _FEW:
            self._ask()

    def rest_read(self, posts: Set[int]) -> None:
        """Ask for what the walk of the interface, which has read `posts`, has left out."""
        batch = {asked: parts for asked, parts in self._waiting.items() if asked.address.post_id not in posts}
        self._waiting = {}
        self._refuse(batch, "the walk of the REST interface has shown all that it has")

    def surveyed(self) -> None:
        """Ask for the posts that a survey has named."""
        self._announce("the site names posts that are not archived")
        self._ask()

    # --- which way ------------------------------------------------------------------------------------------

    def _walks_rest(self) -> bool:
        """Whether this run reads all that the interface has, after the listing."""
        return self._session.options.via == "both" and not self._refused

    def _why_not_rest(self) -> str:
        """Why texts come from their own pages; empty where they do not."""
        if self._edition not in self._session.rest_answers:
            return self._refused or "the REST interface does not answer"
        return self._refused

    def _announce(self, why: str) -> None:
        """Say once which way is taken, where many texts are wanted."""
        number, self._announced = self._wanted - self._announced, self._wanted
        if number <= _FEW:
            return
        if why_not := self._why_not_rest():
            way = f"are read from their own pages, for {why_not}"
        elif self._walks_rest():
            way = "are left to the walk of the REST interface"
        else:
            way = f"are read from the REST interface, {PAGE_SIZE} at a time"
        self._session.run.add_notice(f"{self._edition}: {why}; {number} texts {way}")

    def _ask(self) -> None:
        if self._wanted <= _FEW or self._why_not_rest():
            self._ask_own_pages()
        while self._waiting:
            self._ask_rest()

    def _ask_own_pages(self) -> None:
        batch, self._waiting = self._waiting, {}
        self._read_own_pages(batch)

    # --- the REST interface ---------------------------------------------------------------------------------

    def _ask_rest(self) -> None:
        batch = {asked: self._waiting.pop(asked) for asked in list(self._waiting)[:PAGE_SIZE]}
        numbers = ",".join(str(asked.address.post_id) for asked in batch)
        query = {"include": numbers, "per_page": PAGE_SIZE, "_embed": EMBEDDED}
        # While the walk goes on: should the run be killed, these are archived.
        request = self._session.rest_request(self._edition, query, self.parse, self.failed, priority=20, batch=batch)
        self._session.ask(request)

    def parse(self, response: Response, batch: Batch) -> Iterator[Capture]:
        """Captures of the posts that were asked for; the others are asked for by their own pages."""
        try:
            answer = read_answer(response.body, self._edition, self._session.mirror.site_markup)
        except NoPostsError as error:
            self._refuse(batch, f"{interface(self._edition)} answered with {error} instead of posts")
            return
        records = {asked: answer.records.get(asked.address.post_id) for asked in batch}
        found = {asked: record for asked, record in records.items() if record and _shows_text(record)}
        kept = kept_records(kept_answer(response))
        for asked, record in found.items():
            yield record_capture(self._edition, asked.address.post_id, record, kept=kept)
        rest = {asked: parts for asked, parts in batch.items() if asked not in found}
        if found:
            self._read_own_pages(rest)
        else:
            self._refuse(rest, f"{interface(self._edition)} answered with none of the posts that were asked for")

    def failed(self, failure: Failure) -> None:
        """Go on without the interface."""
        self._refuse(
            failed_request(failure).cb_kwargs["batch"],
            self._session.failure_sentence(failure, interface(self._edition)),
        )

    def _refuse(self, batch: Batch, why: str) -> None:
        if batch and not self._refused:
            self._session.run.add_notice(f"{self._edition}: {why}; {len(batch)} texts are read from their own pages")
        self._refused = self._refused or why
        self._read_own_pages(batch)

    def _read_own_pages(self, batch: Batch) -> None:
        for asked, parts in batch.items():
            self._own_pages.fetch(asked, parts)


def _shows_text(record: Record) -> bool:
    """Whether an answer has the text; what a page builder keeps elsewhere comes as an empty content."""
    return record.protected or bool(record.content.strip())
