"""What was found in web archives -> captures of articles, and newsletters; what is lost is said once a reason."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from nejat_crawler.archive import now
from nejat_crawler.crawl.run_report import RunReport
from nejat_crawler.extraction.bounds import TooCostlyError
from nejat_crawler.extraction.decoding import NotACaptureError, decode
from nejat_crawler.extraction.newsletters.pdf.read_pdf import UnreadablePdfError, breaks_off, read_pdf
from nejat_crawler.items import Capture, Newsletter, Source
from nejat_crawler.urls import edition_of
from spiders.warc.archive_files import UnreadableArchiveError
from spiders.warc.archived_pages import ArchivedPage, Found, is_posts
from spiders.warc.saved_pages import archived_posts, page_captures

logger = logging.getLogger(__name__)


class Losses:
    """What is lost of a web archive: how often for a reason, and where first."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[str, int]] = {}

    def add(self, reason: str, example: str, number: int = 1) -> None:
        """Count something that is lost."""
        first, before = self.found.get(reason, (example, 0))
        self.found[reason] = first, before + number

    def say(self, where: str, report: RunReport) -> None:
        """A sentence for each reason."""
        for reason, (first, number) in self.found.items():
            report.add_error(f"{where}{reason}: {number}, the first {first}")


def archived_items(
    found: Iterable[Found], report: RunReport, losses: Losses, edition: str | None = None
) -> Iterator[Capture | Newsletter]:
    """The articles and newsletters of what was found; `edition`: of newsletters, where their address tells none."""
    for page in found:
        if not report.should_continue():
            return
        if isinstance(page, ArchivedPage):
            try:
                yield from _items_of_page(page, report, edition)
            except NotACaptureError as error:
                report.count_skipped(f"{error} in a WARC")
            except Exception as error:  # one page must not end the file
                losses.add(f"a page that cannot be read ({error!r})", page.url or "")
        elif page.kind == "lost":
            losses.add(page.reason, page.example)
        else:
            report.count_skipped(page.reason)


def _items_of_page(page: ArchivedPage, report: RunReport, edition: str | None) -> Iterator[Capture | Newsletter]:
    if is_posts(page.url, page.content_type):
        yield from archived_posts(page, report)
    elif page.body.startswith(b"%PDF"):
        yield read_issue(page.url or "", page.body, edition or edition_of(page.url), page.captured_at)
    elif "html" in page.content_type.lower():
        html = page.mirror.site_markup(decode(page.body, page.content_type))
        source: Source = "warc" if page.captured_at else "html"
        shown = {"captured_at": page.captured_at, "kept": page.kept}
        yield from page_captures(html, page.url, page.url or "a WARC", report, source, **shown)
    else:
        raise NotACaptureError("no page")


def read_issue(found_at: str, data: bytes, edition: str | None, captured_at: str = "") -> Newsletter:
    """The issue of the newsletter in a PDF, captured now unless told; raises NotACaptureError for any other PDF."""
    from nejat_crawler.extraction.newsletters.issue import NotANewsletterError, read_newsletter  # 0.2 s of patterns

    try:
        text = read_pdf(data)
        return read_newsletter(text, found_at, captured_at or now(), edition or "en", cut_off=breaks_off(data))
    except NotANewsletterError:
        raise NotACaptureError("a PDF that is no issue of the newsletter") from None


@contextmanager
def tell_errors(file: Path | str, report: RunReport, *, named: bool) -> Iterator[None]:
    """Say why a file cannot be read; one that the user named must be a capture, one in a folder may be anything."""
    try:
        yield
    except OSError as error:
        report.add_error(f"{file} cannot be read: {error.strerror or error}")
    except (UnreadablePdfError, UnreadableArchiveError, TooCostlyError) as error:
        report.add_error(f"{file} cannot be read: {error}")
    except NotACaptureError as error:
        if named:
            report.add_error(f"{file} is {error}, not a capture")
        else:
            report.count_skipped(str(error))
    except Exception as error:  # one odd file must not end the import of ten thousand
        logger.debug("%s", file, exc_info=True)
        report.add_error(f"{file} cannot be read: {type(error).__name__}: {error}")
