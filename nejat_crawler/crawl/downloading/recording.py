"""Every answer of a server becomes a record of the run's web archive, and a row of `captures`."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Self
from urllib.parse import urlsplit

import scrapy
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Headers, Request, Response
from scrapy.settings import BaseSettings

from nejat_crawler import __version__
from nejat_crawler import settings as project
from nejat_crawler.archive import IN_MEMORY, ArchiveError, now
from nejat_crawler.archive.capture_records.capture_places import find_payload
from nejat_crawler.archive.capture_records.capture_rows import save_capture
from nejat_crawler.crawl.run import Run
from nejat_crawler.items import KeptAnswer
from nejat_crawler.redaction import redact, without_credentials
from nejat_crawler.urls import SITE
from nejat_crawler.warc_records.record_writer import Exchange, RecordWriter, message_head

#: Header fields that tell who is logged in, and are not written.
SECRET = ("Authorization", "Cookie", "Proxy-Authorization", "Set-Cookie")

_KEPT_AS = (
    "bodies as they were sent, but for the chunks of the transfer; the reason phrase is that of the standard, names"
    f" of header fields are spelt as Scrapy spells them; not written: {', '.join(SECRET)}, credentials in addresses"
)


class RecordAnswers:
    """Downloader middleware nearest to the server: sees what it sent before that is unpacked, followed or refused.

    `request.meta["kept"]` is the record from then on.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._run = Run.of(crawler)
        self._crawler = crawler
        self._writer: RecordWriter | None = None
        self._failed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Record unless NEJAT_WARC is off, or the archive is one that is forgotten."""
        if not crawler.settings.getbool("NEJAT_WARC") or str(Run.of(crawler).archive.path) == IN_MEMORY:
            raise NotConfigured
        middleware = cls(crawler)
        crawler.signals.connect(middleware._closed, signal=signals.spider_closed)
        return middleware

    def process_response(self, request: Request, response: Response) -> Response:
        """Record the answer; hands it on as it is."""
        request.meta.pop("kept", None)  # of the answer that led here
        is_web = request.url.startswith("http") and "cached" not in response.flags
        if is_web and not (self._failed or self._run.archive_failed):
            try:
                request.meta["kept"] = self._record(request, response)
            except OSError as error:
                self._fail(error)
            except ArchiveError as error:
                self._run.fail_archive(str(error))
        return response

    def _record(self, request: Request, response: Response) -> KeptAnswer:
        if self._writer is None:
            self._writer = self._open()
        archive = self._run.archive
        url = without_credentials(request.url)
        exchange = Exchange(
            url,
            now(),
            message_head(_request_line(request), _fields(request.headers, host=urlsplit(url).netloc)),
            message_head(_status_line(response), _fields(response.headers)),
            response.body,
            str(response.ip_address or ""),
        )
        found = find_payload(archive.db, exchange.digest) if response.body else []
        held = next((row for row in found if (self._run.archive.warc_folder / row["file"]).exists()), None)
        place = self._writer.write(exchange, (held["url"], held["time"]) if held else None)
        self._run.warc_bytes = self._writer.bytes
        kept = KeptAnswer(
            url, exchange.time, response.status, exchange.digest, place.file, place.offset, place.length
        )
        with archive.writing() as db:
            save_capture(db, kept, held["id"] if held else None)
        return kept

    def _open(self) -> RecordWriter:
        settings, run = self._crawler.settings, self._run
        size = settings.getint("NEJAT_WARC_SIZE")
        return RecordWriter(run.archive.warc_folder, run.warc_series, self._info(), size)

    def _info(self) -> dict[str, str]:
        """What each file says of itself."""
        settings, spider = self._crawler.settings, self._crawler.spider
        arguments: dict[str, str] = getattr(spider, "arguments", {})
        named = {name: settings[name] for name in dir(project) if name.isupper() and name in settings}
        return {
            "software": f"nejat-crawler/{__version__} Scrapy/{scrapy.__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "http-header-user-agent": str(settings["USER_AGENT"]),
            "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
            "description": _KEPT_AS,
            "site": SITE,
            "base-url": arguments.get("base_url", SITE),
            "run": str(self._run.run_id),
            "arguments": json.dumps(redact(arguments), ensure_ascii=False),
            "settings": json.dumps(redact(named), ensure_ascii=False, default=_as_json),
        }

    def _closed(self) -> None:
        try:
            if self._writer:
                self._writer.close()
        except OSError as error:
            self._fail(error)

    def _fail(self, error: OSError) -> None:
        self._failed = True
        self._run.add_error(
            f"the web archive in {self._run.archive.warc_folder} cannot be written ({error.strerror or error}): from"
            " here on the run keeps no answers; what they show is archived"
        )


def _as_json(value: object) -> object:
    return value.copy_to_dict() if isinstance(value, BaseSettings) else str(value)


def _request_line(request: Request) -> bytes:
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return f"{request.method} {target} HTTP/1.1".encode()


def _status_line(response: Response) -> bytes:
    try:
        phrase = HTTPStatus(response.status).phrase
    except ValueError:
        phrase = ""
    return f"{response.protocol or 'HTTP/1.1'} {response.status} {phrase}".encode()


def _fields(headers: Headers, host: str = "") -> list[tuple[bytes, bytes]]:
    """The header fields that may be kept, each value by itself."""
    secret = {name.encode() for name in SECRET}
    fields = [(name, value) for name, values in headers.items() for value in values if name not in secret]
    own = [(b"Host", host.encode())] if host and b"Host" not in headers else []
    return own + [(name, without_credentials(value.decode("latin-1")).encode("latin-1")) for name, value in fields]
