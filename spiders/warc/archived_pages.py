"""The records of web archives -> the pages of the site in them, each with the time when it was captured."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Literal
from urllib.parse import urlsplit

from nejat_crawler.items import KeptAnswer
from nejat_crawler.redaction import without_credentials
from nejat_crawler.urls import HOSTS, SITE, THE_SITE, Mirror
from nejat_crawler.warc_records.framing import LONGEST_BLOCK, Damage, WarcRecord, read_records
from nejat_crawler.warc_records.http_answer import AnswerError, HttpAnswer, is_markup, read_body, split_answer
from nejat_crawler.warc_records.member import packing_of
from spiders.warc.archive_files import warc_files
from spiders.warc.record_times import captured_at, moment_of

#: What a WARC has beside what servers answered.
_NO_ANSWERS = frozenset({"warcinfo", "request", "metadata", "continuation"})
_TAIL = 4096
_POSTS = re.compile(r"/wp-json/wp/v2/posts/?(?:\?|$)")


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page of the site, or an issue of its newsletter."""

    url: str | None
    captured_at: str
    """UTC with seconds, as the archive writes it; "" where it is not known."""
    content_type: str
    body: bytes = field(repr=False)
    kept: tuple[KeptAnswer, ...] = ()
    """The record itself; none where its time is not known."""
    mirror: Mirror = THE_SITE
    """What was asked, by the word of the program that has written the record."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record that gives no page: `lost`, or `passed over` as what nobody asked for."""

    kind: Literal["lost", "passed over"]
    reason: str
    example: str = ""


Found = ArchivedPage | LeftOut

UNRESOLVED = LeftOut("passed over", "a WARC record that repeats an earlier one")
"""A record that repeats what stands in none of the files."""


@dataclass(slots=True)
class Repeat:
    """A revisit record: the server answered at `url` again what it had answered before."""

    url: str
    captured_at: str
    digest: str
    keys: list[tuple[str, ...]]
    """What tells the record that is repeated: its id, its address and time, its digest."""
    is_resolved: bool = False


class WebArchives:
    """Reads web archives one after the other, and in the end what repeats pages of any of them."""

    def __init__(self, repeats: Iterable[Repeat] = ()) -> None:
        self.repeats: list[Repeat] = []
        self._read: list[Path] = []
        self._by_key: dict[tuple[str, ...], list[Repeat]] = {}
        for repeat in repeats:
            self._note(repeat)

    def read(self, path: Path) -> Iterator[Found]:
        """What is in one file."""
        for name, file in warc_files(path):
            for record, mirror in _records_of(file):
                if isinstance(record, Damage):
                    yield LeftOut("lost", record.what, f"at byte {record.place:,} of {name}")
                    continue
                if record.problem:
                    yield LeftOut("lost", record.problem, _url(record) or name)
                if _kind(record) == "revisit" and (repeat := _repeat(record, mirror)):
                    self._note(repeat)
                elif found := _read_record(record, mirror, _inside(path, name)):
                    yield found
        self._read.append(path)

    def read_repeats(self) -> Iterator[Found]:
        """The pages that were met again: what they repeat may stand in another file, and behind them."""
        for path in self._read if self._by_key else ():
            yield from (found for _, found in self.repeats_in(path))
        yield from (UNRESOLVED for repeat in self.repeats if not repeat.is_resolved)

    def repeats_in(self, path: Path) -> Iterator[tuple[Repeat, Found]]:
        """The pages of a file that were met again, if no file before it has shown them."""
        for name, file in warc_files(path):
            for record, mirror in _records_of(file):
                if isinstance(record, Damage) or not record.is_whole:
                    continue
                if _kind(record) in ("response", "resource"):
                    yield from self._repeated(record, mirror, _inside(path, name))

    def _note(self, repeat: Repeat) -> None:
        self.repeats.append(repeat)
        for key in repeat.keys:
            self._by_key.setdefault(key, []).append(repeat)

    def _repeated(self, record: WarcRecord, mirror: Mirror, name: str) -> Iterator[tuple[Repeat, Found]]:
        digest = _digest(record)
        at = ("at", record.fields.get("warc-target-uri", "").strip("<>"), moment_of(record, "warc-date"))
        keys = [("id", record.fields.get("warc-record-id", "")), at, ("digest", digest)]
        repeats = [repeat for key in keys for repeat in self._by_key.get(key, ()) if not repeat.is_resolved]
        # The same address at the same second is not the same answer where their digests say otherwise.
        repeats = [repeat for repeat in repeats if not (digest and repeat.digest and digest != repeat.digest)]
        found = _read_record(record, mirror, name) if repeats else None
        for repeat in {id(repeat): repeat for repeat in repeats}.values():
            repeat.is_resolved = True
            if isinstance(found, ArchivedPage):
                moment = repeat.captured_at
                kept = tuple(replace(each, url=repeat.url, time=moment) for each in found.kept if moment)
                url = mirror.site_url(repeat.url)
                yield repeat, replace(found, url=url, captured_at=repeat.captured_at, kept=kept)
            elif found:
                yield repeat, found


def _records_of(file: IO[bytes]) -> Iterator[tuple[WarcRecord | Damage, Mirror]]:
    """The records of a file, each with the server that was asked in the place of the site."""
    mirror = THE_SITE
    for record in read_records(file, packing_of(file)):
        if isinstance(record, WarcRecord) and _kind(record) == "warcinfo":
            mirror = mirror_of(record.block)
        yield record, mirror


def mirror_of(info: bytes) -> Mirror:
    """What a crawl of this program has read: a mirror, or the site itself as any other program."""
    said = dict(line.split(": ", 1) for line in info.decode("utf-8", "replace").splitlines() if ": " in line)
    try:
        return Mirror.parse(said["base-url"]) if said.get("site") == SITE else THE_SITE
    except (KeyError, ValueError):
        return THE_SITE


def _inside(path: Path, name: str) -> str:
    """The name of a WARC file, behind that of the WACZ that holds it."""
    return str(Path(name).relative_to(path.parent))


def _kind(record: WarcRecord) -> str:
    return record.fields.get("warc-type", "").strip().lower()


def _url(record: WarcRecord) -> str:
    return record.fields.get("warc-target-uri", "").strip().strip("<>")


def _said_digest(record: WarcRecord) -> str:
    return record.fields.get("warc-payload-digest", "").strip()


def _digest(record: WarcRecord) -> str:
    return _said_digest(record).lower()


def _repeat(record: WarcRecord, mirror: Mirror) -> Repeat | None:
    """What a revisit record says of a page of the site; None where it is of something else."""
    answer = split_answer(record.block)
    url = mirror.site_url(_url(record))
    if not _is_of_site(url) or (answer and not _may_be_page(answer.fields.get("content-type", ""), url)):
        return None
    fields = record.fields
    said = ("at", fields.get("warc-refers-to-target-uri", "").strip("<>"), moment_of(record, "warc-refers-to-date"))
    keys = [("id", fields.get("warc-refers-to", "")), said, ("digest", _digest(record))]
    return Repeat(_url(record), captured_at(record, answer), _digest(record), [key for key in keys if all(key)])


def _is_of_site(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and (parts.hostname or "").rstrip(".") in HOSTS


def _may_be_page(content_type: str, url: str) -> bool:
    """Whether it may be HTML, a PDF or posts of the REST interface, by what the server says."""
    said = content_type.lower()
    return is_posts(url, said) or not said.strip() or any(name in said for name in ("html", "pdf", "octet-stream"))


def is_posts(url: str | None, content_type: str) -> bool:
    """Whether it is an answer of the REST interface with posts: not with their numbers alone."""
    return "json" in content_type.lower() and bool(_POSTS.search(url or "")) and "_fields=" not in (url or "")


def _read_record(record: WarcRecord, mirror: Mirror, file: str) -> Found | None:
    """The page in a record, or why there is none; None for what is no answer at all."""
    kind, url = _kind(record), mirror.site_url(_url(record))
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
    if not _may_be_page(content_type, url) or kind == "revisit":
        return LeftOut("passed over", "no page in a WARC")
    try:
        body = _whole_body(record, answer)
    except AnswerError as error:
        sure = any(name in content_type.lower() for name in ("html", "pdf"))
        return LeftOut("lost", f"an answer {error}", url) if sure else LeftOut("passed over", "no page in a WARC")
    if "html" not in content_type.lower() and is_markup(body):
        content_type = f"text/html; {content_type}"
    at, asked, digest = captured_at(record, answer), without_credentials(_url(record)), _said_digest(record)
    kept = KeptAnswer(asked, at, answer.status, digest, file, record.offset, record.length)
    return ArchivedPage(url if is_web else None, at, content_type, body, (kept,) if at and is_web else (), mirror)


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
