"""Files on disk: text captures, saved pages, web archives and newsletters, told apart by their content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scrapy import signals
from scrapy.http import Response

from nejat_crawler.archive import Archive, now
from nejat_crawler.archive.crawl_state.imported_files import ImportedFiles, file_digest
from nejat_crawler.crawl.import_files import NamedPaths, files_below, read_bytes
from nejat_crawler.crawl.run import Run
from nejat_crawler.editions import choose
from nejat_crawler.extraction.decoding import NotACaptureError, read_text
from nejat_crawler.items import Capture, Newsletter
from nejat_crawler.redaction import redact
from spiders.session import make_capture
from spiders.warc.archive_files import is_web_archive
from spiders.warc.archived_items import Losses, archived_items, read_issue, tell_errors
from spiders.warc.archived_pages import Found, WebArchives
from spiders.warc.offline_spider import OfflineSpider
from spiders.warc.saved_pages import page_captures


class CapturesSpider(OfflineSpider):
    """Imports files and folders through the same pipelines as the crawl; asks nothing of any server."""

    name = "captures"
    command = "import"

    def __init__(
        self, *, paths: str = "", edition: str = "", archive: Archive | None = None, name: str | None = None
    ) -> None:
        super().__init__(name, archive)
        self._edition = choose(edition)[0].code if edition else None
        """Of text captures; None: what each text itself tells."""
        separator = "\0" if "\0" in paths else "\n"  # a file's name may hold a line break, but no NUL
        self._paths = [Path(path) for path in paths.split(separator) if path]
        self.arguments = {"paths": "\n".join(path.name or str(path) for path in self._paths), "edition": edition}
        if not self._paths:
            raise ValueError("paths must name at least one file or folder")
        self._named = NamedPaths(self._paths)
        self._archives = WebArchives()
        for path in self._paths:
            if not path.exists():
                raise ValueError(f"there is no file or folder {path}")

    def read(self, _: Response) -> Iterator[Capture | Newsletter]:
        """Every capture in the given files and folders."""
        run = Run.of(self.crawler)
        self._imported = ImportedFiles(run.archive.db)
        self.crawler.signals.connect(self._imported.see, signal=signals.item_scraped)
        self.crawler.signals.connect(self._remember_files, signal=signals.spider_idle)
        for path in self._paths:
            if path.is_dir():
                found, known = False, self._imported.known
                for file in files_below(path, run):
                    for item in self._import(file, run, named=False):
                        found = True
                        yield item
                if not found and self._imported.known == known:
                    run.add_error(f"{path}: there are no captures in this folder")
            else:
                yield from self._import(path, run, named=True)
        yield from self._archived(self._archives.read_repeats(), "", run)

    def _remember_files(self) -> None:
        run = Run.of(self.crawler)
        if run.wrote and not run.archive_failed:  # an import that brings nothing leaves the archive as it is
            with run.archive.writing():
                self._imported.remember()

    def _import(self, file: Path, run: Run, *, named: bool) -> Iterator[Capture | Newsletter]:
        """The captures of one file; one that the user named must hold some, one met in a folder may be anything."""
        if not run.should_continue():
            return  # Ctrl-C: the file under way has been finished
        with tell_errors(file, run, named=named):
            yield from self._captures(file, run, named=named)

    def _captures(self, file: Path, run: Run, *, named: bool) -> Iterator[Capture | Newsletter]:
        if file.is_file() and is_web_archive(file):
            items = self._archived(self._archives.read(file), f"{file}: ", run)
            if (first := next(items, None)) is not None:
                yield first
            elif named:
                run.add_error(f"{file} holds no articles of the site")
            yield from items
            return
        data, found_at = read_bytes(file), self._named.found_at(file)
        if data.startswith(b"%PDF"):
            yield read_issue(found_at, data, self._edition or "en")
            return
        digest = file_digest(data, found_at, self._edition)
        if known := self._imported.known_articles(digest):
            for article in known:
                run.count(article.partition("-")[0], "same")
            return
        text = read_text(data)
        complaints, count = run.complaints, 0
        if text.lstrip().startswith("<"):
            captures: Iterator[Capture | Newsletter] = page_captures(text, None, found_at, run, source="html")
        else:
            captures = self._text_captures(file, text, run)
        for capture in captures:
            count += 1
            yield capture
        if run.complaints == complaints:
            self._imported.note(redact(found_at), digest, count)

    def _text_captures(self, file: Path, text: str, run: Run) -> Iterator[Capture | Newsletter]:
        from nejat_crawler.extraction import text_captures  # patterns, 0.1 s and 0.2 s
        from nejat_crawler.extraction.newsletters.issue import is_newsletter, read_newsletter

        try:
            capture = text_captures.cut(text, self._edition)
        except text_captures.UnknownLayoutError:
            capture = None
        # Pages of the site name issues of the newsletter, too.
        is_page = (capture is not None and capture.entries) or text_captures.has_page_labels(text)
        if not is_page and is_newsletter(text):
            yield read_newsletter(text, self._named.found_at(file), now(), self._edition or "en")
            return
        if capture is None:
            raise NotACaptureError("text of another kind")
        if capture.cut_off:
            run.add_error(f"{file} breaks off inside an article, which is not archived: {_opening(capture.cut_off)}")
        for _ in capture.unsure:
            run.count_skipped("an excerpt without a sure title")
        if capture.unsure:
            missed = f"{len(capture.unsure)} without a sure title, not archived"
            run.add_error(f"{file} lists {missed}, the first: {_opening(capture.unsure[0])}")
        layout = text_captures.LAYOUTS_BY_NAME[capture.layout]
        for entry in capture.entries:
            yield make_capture(
                "text",
                capture.edition,
                capture.layout,
                self._named.found_at(file),
                text=entry,
                own_page=layout.own_page,
                teaser=text_captures.read_entry(entry, capture.layout).teaser,
            )

    def _archived(self, found: Iterator[Found], where: str, run: Run) -> Iterator[Capture | Newsletter]:
        losses = Losses()
        try:
            yield from archived_items(found, run, losses, self._edition)
        finally:
            losses.say(where, run)


def _opening(text: str) -> str:
    return f"{' '.join(text.split())[:60]} …"
