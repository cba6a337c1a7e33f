"""Pages that were saved or are kept in web archives -> a capture an article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nejat_crawler.crawl.run_report import RunReport
from nejat_crawler.extraction.decoding import NotACaptureError
from nejat_crawler.extraction.page import read_page
from nejat_crawler.extraction.page_breaks import split_at_break
from nejat_crawler.extraction.rest_api import NoPostsError, read_answer
from nejat_crawler.items import Capture, Source
from nejat_crawler.urls import edition_of
from spiders.session import break_sentence, make_capture, record_capture
from spiders.warc.archived_pages import ArchivedPage


def page_captures(
    html: str, url: str | None, found_at: str, run: RunReport, source: Source, **made: Any
) -> Iterator[Capture]:
    """The articles of a page; raises NotACaptureError for one without. `made`: when it was made, its record."""
    html, appended = split_at_break(html)
    if appended:
        run.add_error(break_sentence(found_at, appended))
    page = read_page(html, url)
    for problem in page.problems:
        run.add_error(f"{found_at}: {problem}, and is not archived")
    if page.theme is None or not (page.entries or page.problems):
        raise NotACaptureError("a page without articles")
    for entry in page.entries:
        yield make_capture(
            source,
            entry.address.edition,
            page.theme.name,
            found_at,
            post_id=entry.address.post_id,
            html=(entry.html,),
            own_page=page.is_article,
            teaser=entry.teaser,
            first_part=entry.part,
            part_count=entry.part_count,
            published_at=page.published_at,
            **made,
        )


def archived_posts(page: ArchivedPage, run: RunReport) -> Iterator[Capture]:
    """The posts of an answer of the REST interface."""
    edition = edition_of(page.url) or ""
    try:
        answer = read_answer(page.body, edition, page.mirror.site_markup)
    except NoPostsError:
        raise NotACaptureError("no page") from None
    for problem in answer.problems:
        run.add_error(f"{page.url}: {problem}")
    for post_id, record in answer.records.items():
        yield record_capture(edition, post_id, record, source="warc", captured_at=page.captured_at, kept=page.kept)
