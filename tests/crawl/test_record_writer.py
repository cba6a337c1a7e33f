"""WARC files as they are written: of bounded size, never torn, never those of an earlier run."""

from __future__ import annotations

import errno
import gzip
from pathlib import Path

import pytest

from nejat_crawler.warc_records import record_writer
from nejat_crawler.warc_records.framing import WarcRecord, read_record_at, read_records
from nejat_crawler.warc_records.member import packing_of
from nejat_crawler.warc_records.record_writer import Exchange, Place, RecordWriter, message_head

URL = "https://www.nejatngo.org/en/posts/7"
HEAD = message_head(b"HTTP/1.1 200 OK", [(b"Content-Type", b"text/html"), (b"X-Odd", b"caf\xe9")])
ASKED = message_head(b"GET /en/posts/7 HTTP/1.1", [(b"Host", b"www.nejatngo.org")])


def write(writer: RecordWriter, payload: bytes) -> Place:
    exchange = Exchange(URL, "2026-11-21T08:00:00Z", ASKED, HEAD, payload)
    return writer.write(exchange, None)


def whole(path: Path) -> list[str]:
    """The kinds of a file's records, all of which are whole."""
    with path.open("rb") as file:
        found = [*read_records(file, packing_of(file))]
    assert all(isinstance(one, WarcRecord) and one.is_whole for one in found), found
    return [one.fields["warc-type"] for one in found if isinstance(one, WarcRecord)]


def test_a_file_that_is_full_is_followed_by_another_and_none_of_an_earlier_run_is_touched(tmp_path: Path) -> None:
    (tmp_path / "run.warc.gz").write_bytes(gzip.compress(b"WARC/1.1\r\nWARC-Type: resp")[:20])
    torn = (tmp_path / "run.warc.gz").read_bytes()
    writer = RecordWriter(tmp_path, "run", {"software": "a test"}, 5_000)
    places = [write(writer, bytes([65 + number]) * 50) for number in range(9)]
    writer.close()
    assert (tmp_path / "run.warc.gz").read_bytes() == torn
    assert writer.files == ["run_002.warc.gz", "run_003.warc.gz"]
    assert sum((tmp_path / name).stat().st_size for name in writer.files) == writer.bytes
    kinds = [kind for name in writer.files for kind in whole(tmp_path / name)]
    assert [kinds.count(kind) for kind in ("warcinfo", "response", "request")] == [2, 9, 9]
    for number, place in enumerate(places):
        with (tmp_path / place.file).open("rb") as file:
            record = read_record_at(file, place.offset)
        assert record is not None
        assert record.block == HEAD + bytes([65 + number]) * 50
        assert (record.offset, record.length) == (place.offset, place.length)


def test_a_full_disk_leaves_no_part_of_a_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = RecordWriter(tmp_path, "run", {}, 10**6)
    write(writer, b"one")
    write_all = record_writer._write_all

    def full(file: object, data: bytes) -> None:
        write_all(file, data[:100])  # type: ignore[arg-type]  # a file it is
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(record_writer, "_write_all", full)
        with pytest.raises(OSError, match="No space"):
            write(writer, b"two")
    write(writer, b"three")
    writer.close()
    assert whole(tmp_path / "run.warc.gz") == ["warcinfo", "response", "request", "response", "request"]


def test_a_disk_that_is_full_from_the_beginning_keeps_no_empty_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(record_writer, "_write_all", full)
    writer = RecordWriter(tmp_path, "run", {}, 10**6)
    with pytest.raises(OSError, match="No space"):
        write(writer, b"one")
    writer.close()
    assert [*tmp_path.iterdir()] == []
