"""The records of web archives -> the pages of the site in them, each with the time when it was captured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO, Literal
from urllib.parse import urlsplit

from nejat_crawler.urls import HOSTS
from spiders.warc.archive_files import warc_files
from spiders.warc.framing import LONGEST_BLOCK, Damage, WarcRecord, read_records
from spiders.warc.http_answer import AnswerError, HttpAnswer, is_markup, read_body, split_answer
from spiders.warc.member import packing_of

#: What a WARC has beside what servers answered.
_NO_ANSWERS = frozenset({"warcinfo", "request", "metadata", "continuation"})
_TAIL = 4096


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page of the site, or an issue of its newsletter."""

    url: str | None
    captured_at: str
    """UTC with seconds, as the archive writes it; "" where it is not known."""
    content_type: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record that gives no page: `lost`, or `passed over` as what nobody asked for."""

    kind: Literal["lost", "passed over"]
    reason: str
    example: str = ""


Found = ArchivedPage | LeftOut


@dataclass(slots=True)
class _Repeat:
    """A revisit record: the server answered at `url` again what it had answered before."""

    url: str
    captured_at: str
    digest: str
    is_resolved: bool = False


class WebArchives:
    """Reads web archives one after the other, and in the end what repeats pages of any of them."""

    def __init__(self) -> None:
        self._read: list[Path] = []
        self._repeats: dict[tuple[str, ...], list[_Repeat]] = {}
        self._all: list[_Repeat] = []

    def read(self, path: Path) -> Iterator[Found]:
        """What is in one file."""
        for name, file in warc_files(path):
            for record in _records_of(file):
                if isinstance(record, Damage):
                    yield LeftOut("lost", record.what, f"at byte {record.place:,} of {name}")
                    continue
                if record.problem:
                    yield LeftOut("lost", record.problem, _url(record) or name)
                if _kind(record) == "revisit" and (repeat := _repeat(record)):
                    self._note(record, repeat)
                elif found := _read_record(record):
                    yield found
        self._read.append(path)

    def read_repeats(self) -> Iterator[Found]:
        """The pages that were met again: what they repeat may stand in another file, and behind them."""
        for path in self._read if self._repeats else ():
            for _, file in warc_files(path):
                for record in _records_of(file):
                    if (
                        isinstance(record, WarcRecord)
                        and record.is_whole
                        and _kind(record) in ("response", "resource")
                    ):
                        yield from self._repeated(record)
        for repeat in self._all:
            if not repeat.is_resolved:
                yield LeftOut("passed over", "a WARC record that repeats an earlier one", repeat.url)

    def _note(self, record: WarcRecord, repeat: _Repeat) -> None:
        self._all.append(repeat)
        keys = [
            ("id", record.fields.get("warc-refers-to", "")),
            (
                "at",
                record.fields.get("warc-refers-to-target-uri", "").strip("<>"),
                _moment(record, "warc-refers-to-date"),
            ),
            ("digest", repeat.digest),
        ]
        for key in keys:
            if all(key):
                self._repeats.setdefault(key, []).append(repeat)

    def _repeated(self, record: WarcRecord) -> Iterator[Found]:
        digest = _digest(record)
        at = ("at", record.fields.get("warc-target-uri", "").strip("<>"), _moment(record, "warc-date"))
        keys = [("id", record.fields.get("warc-record-id", "")), at, ("digest", digest)]
        repeats = [repeat for key in keys for repeat in self._repeats.get(key, ()) if not repeat.is_resolved]
        # The same address at the same second is not the same answer where their digests say otherwise.
        repeats = [repeat for repeat in repeats if not (digest and repeat.digest and digest != repeat.digest)]
        found = _read_record(record) if repeats else None
        for repeat in {id(repeat): repeat for repeat in repeats}.values():
            repeat.is_resolved = True
            if isinstance(found, ArchivedPage):
                yield replace(found, url=repeat.url, captured_at=repeat.captured_at)
            elif found:
                yield found


def _records_of(file: IO[bytes]) -> Iterator[WarcRecord | Damage]:
    return read_records(file, packing_of(file))


def _kind(record: WarcRecord) -> str:
    return record.fields.get("warc-type", "").strip().lower()


def _url(record: WarcRecord) -> str:
    return record.fields.get("warc-target-uri", "").strip().strip("<>")


def _digest(record: WarcRecord) -> str:
    return record.fields.get("warc-payload-digest", "").strip().lower()


def _repeat(record: WarcRecord) -> _Repeat | None:
    """What a revisit record says of a page of the site; None where it is of something else."""
    answer = split_answer(record.block)
    if not _is_of_site(_url(record)) or (answer and not _may_be_page(answer.fields.get("content-type", ""))):
        return None
    return _Repeat(_url(record), _captured_at(record, answer), _digest(record))


def _is_of_site(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and (parts.hostname or "").rstrip(".") in HOSTS


def _may_be_page(content_type: str) -> bool:
    """Whether it may be HTML or a PDF, by what the server says."""
    said = content_type.lower()
    return not said.strip() or any(name in said for name in ("html", "pdf", "octet-stream"))


def _read_record(record: WarcRecord) -> Found | None:
    """The page in a record, or why there is none; None for what is no answer at all."""
    kind, url = _kind(record), _url(record)
    if kind in _NO_ANSWERS:
        return None
    if kind not in ("response", "resource", "conversion", "revisit"):
        return LeftOut("passed over", "a WARC record of an unknown kind")
    is_web = url.lower().startswith(("http:", "https:"))
    if is_web and not _is_of_site(url):
        return LeftOut("passed over", "a WARC record of another host")
    said = record.fields.get("content-type", "")
    answer = split_answer(record.block) if "http" in said.lower() or kind == "response" else None
    if answer is None and "application/http" in said.lower() and not is_markup(record.block):
        return LeftOut("lost", "an answer without a status line", url)
    if answer is None:  # a file, or what a program made of an answer
        answer = HttpAnswer(200, {"content-type": "text/html" if "application/http" in said else said}, record.block)
    if answer.status != 200:
        return LeftOut("passed over", "a WARC record of an answer other than 200")
    content_type = answer.fields.get("content-type", "")
    if not _may_be_page(content_type) or kind == "revisit":
        return LeftOut("passed over", "no page in a WARC")
    try:
        body = _whole_body(record, answer)
    except AnswerError as error:
        sure = any(name in content_type.lower() for name in ("html", "pdf"))
        return LeftOut("lost", f"an answer {error}", url) if sure else LeftOut("passed over", "no page in a WARC")
    if "html" not in content_type.lower() and is_markup(body):
        content_type = f"text/html; {content_type}"
    return ArchivedPage(url if is_web else None, _captured_at(record, answer), content_type, body)


def _whole_body(record: WarcRecord, answer: HttpAnswer) -> bytes:
    """The body of an answer; raises AnswerError where it is not whole."""
    if len(record.block) > LONGEST_BLOCK:
        raise AnswerError(f"larger than {LONGEST_BLOCK // 2**20} MiB")
    if cut := record.fields.get("warc-truncated", "").strip():
        raise AnswerError(f"that was cut off when it was captured ({cut[:30]})")
    if "warc-segment-number" in record.fields:
        raise AnswerError("in segments, which are not put together")
    if not record.is_whole:
        raise AnswerError("that is not as it was captured")
    body = read_body(answer, LONGEST_BLOCK)
    if record.problem and b"</html" not in body[-_TAIL:].lower():
        raise AnswerError("that breaks off")
    return body


def _captured_at(record: WarcRecord, answer: HttpAnswer | None) -> str:
    """When the server answered; "" where neither the record nor the answer says so."""
    if moment := _moment(record, "warc-date"):
        return moment
    try:
        return _in_utc(parsedate_to_datetime(answer.fields.get("date", "") if answer else ""))
    except ValueError:
        return ""


def _moment(record: WarcRecord, name: str) -> str:
    """`2019-05-04T03:02:01.123Z` -> `2019-05-04T03:02:01Z`; "" for what is no time."""
    said = record.fields.get(name, "").strip()
    if re.fullmatch(r"\d{4}(-\d\d)?", said):  # the standard allows a year, or a month
        said += "-01" * (2 - said.count("-"))
    elif re.fullmatch(r"\d{14}", said):
        said = f"{said[:8]}T{said[8:]}"
    try:
        return _in_utc(datetime.fromisoformat(said))
    except ValueError:
        return ""


def _in_utc(moment: datetime) -> str:
    """The moment as the archive writes it; "" for one before the web, or to come: a clock was wrong."""
    moment = moment.replace(tzinfo=moment.tzinfo or UTC)
    if not datetime(1991, 1, 1, tzinfo=UTC) < moment < datetime.now(UTC) + timedelta(days=1):
        return ""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
