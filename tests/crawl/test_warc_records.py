"""What web archives hold, and how they break: each record is read, or passed over, or said to be lost."""

from __future__ import annotations

import gzip
import hashlib
import io
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from spiders.warc.archived_pages import ArchivedPage, Found, LeftOut, WebArchives
from tests.support.warc_files import DAY, PAGE, chunked, http, members, raw_deflate, record

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SITE = "https://www.nejatngo.org/en/posts"
OTHER = PAGE.replace(b"open", b"shut")
G = gzip.compress


def read(tmp_path: Path, *files: bytes, name: str = "a.warc") -> list[Found]:
    archives, found = WebArchives(), list[Found]()
    for number, data in enumerate(files):
        path = tmp_path / f"{number}-{name}"
        path.write_bytes(data)
        found += archives.read(path)
    return [*found, *archives.read_repeats()]


def pages(found: list[Found]) -> list[bytes]:
    return [page.body for page in found if isinstance(page, ArchivedPage)]


def left(found: list[Found]) -> list[tuple[str, str]]:
    return [(one.kind, one.reason) for one in found if isinstance(one, LeftOut)]


E = "Content-Encoding: "
T = "Transfer-Encoding: chunked"
WHOLE = {
    "as it is": http(),
    "brotli": http(brotli.compress(PAGE), f"{E}br"),
    "zstd": http(zstd.compress(PAGE), f"{E}zstd"),
    "gzip": http(G(PAGE), f"{E}gzip"),
    "x-gzip": http(G(PAGE), f"{E}x-gzip"),
    "gzip in capitals": http(G(PAGE), "CONTENT-ENCODING: GZIP"),
    "gzip of two members": http(G(PAGE[:30]) + G(PAGE[30:]), f"{E}gzip"),
    "gzip with zeros behind it": http(G(PAGE) + b"\0\0\0", f"{E}gzip"),
    "gzip twice, said twice": http(G(G(PAGE)), f"{E}gzip, gzip"),
    "gzip twice, said once": http(G(G(PAGE)), f"{E}gzip"),
    "gzip twice, in two fields": http(G(G(PAGE)), f"{E}gzip", f"{E}gzip"),
    "gzip, not said": http(G(PAGE)),
    "gzip, then brotli": http(brotli.compress(G(PAGE)), f"{E}gzip, br"),
    "gzip said to be brotli": http(G(PAGE), f"{E}br"),
    "deflate with zlib's head": http(zlib.compress(PAGE), f"{E}deflate"),
    "deflate without": http(raw_deflate(PAGE), f"{E}deflate"),
    "unpacked, gzip still said": http(PAGE, f"{E}gzip", "Content-Length: 61"),
    "unpacked, brotli still said": http(PAGE, f"{E}br"),
    "unpacked, deflate still said": http(PAGE, f"{E}deflate"),
    "an encoding that is none": http(PAGE, f"{E}UTF-8"),
    "chunks": http(chunked(PAGE), T),
    "chunks with extensions and trailers": http(
        b"5;a=b\r\n" + PAGE[:5] + b"\r\n" + chunked(PAGE[5:], end=b"0\r\nX: y\r\n\r\n"), T
    ),
    "chunks, not said": http(chunked(PAGE)),
    "no chunks, still said": http(PAGE, T),
    "brotli in chunks": http(chunked(brotli.compress(PAGE), 9), T, f"{E}br"),
    "gzip as transfer encoding": http(chunked(G(PAGE)), "Transfer-Encoding: gzip, chunked"),
    "a length that is too small": http(PAGE, "Content-Length: 5"),
    "a length of a page that ends": http(PAGE, "Content-Length: 5000"),
    "HTTP/2": http(status="HTTP/2 200"),
    "HTTP/2 with its own fields": http(PAGE, ":status: 200", status="HTTP/2.0 200 "),
    "HTTP/1.0 without a reason": http(status="HTTP/1.0 200"),
    "early hints before it": b"HTTP/1.1 103 Early Hints\r\nLink: <a.css>\r\n\r\n" + http(),
    "a proxy's answer before it": b"HTTP/1.0 200 Connection established\r\n\r\n" + http(),
    "lines without CR": http().replace(b"\r\n", b"\n"),
    "absurd fields": http(
        PAGE, "no colon", "X: \udcff".encode("utf-8", "replace").decode(), "L: " + "a" * 200_000, " folded"
    ),
    "no type": http(kind=""),
    "another type of HTML": http(kind="Content-Type: application/xhtml+xml"),
    "no head at all": PAGE,
}


@pytest.mark.parametrize("block", WHOLE.values(), ids=WHOLE)
def test_an_answer_is_read_whatever_was_made_of_it(tmp_path: Path, block: bytes) -> None:
    found = read(tmp_path, record(block))
    assert (pages(found), left(found)) == ([PAGE], [])


ZEROS = bytes(40 * 2**20)
LOST = {
    "gzip that breaks off": (http(G(PAGE)[:-20], f"{E}gzip"), "an answer that breaks off"),
    "brotli that breaks off": (
        http(brotli.compress(PAGE * 50)[:-5], f"{E}br"),
        "an answer that breaks off",
    ),
    "zstd that breaks off": (http(zstd.compress(PAGE)[:-5], f"{E}zstd"), "an answer that cannot be unpacked"),
    "chunks that break off": (http(chunked(PAGE)[:-30], T), "an answer that breaks off"),
    "a chunk that breaks off": (http(b"fff\r\n" + PAGE[:50], T), "an answer that breaks off"),
    "fewer bytes than announced": (http(PAGE[:60], "Content-Length: 98"), "an answer that breaks off"),
    "a gzip bomb": (http(G(ZEROS), f"{E}gzip"), "an answer larger than 32 MiB"),
    "a brotli bomb": (http(brotli.compress(ZEROS, quality=1), f"{E}br"), "an answer larger than 32 MiB"),
    "a zstd bomb": (http(zstd.compress(ZEROS), f"{E}zstd"), "an answer larger than 32 MiB"),
    "a deflate bomb": (http(zlib.compress(ZEROS), f"{E}deflate"), "an answer larger than 32 MiB"),
    "a huge page": (http(PAGE + ZEROS), "an answer larger than 32 MiB"),
    "an unknown encoding": (
        http(b"\x1f\x9d\x90abc", f"{E}compress"),
        "an answer in an encoding that cannot be read (compress)",
    ),
    "no status line": (b"200 OK\r\n\r\nhello", "an answer without a status line"),
}


@pytest.mark.parametrize(("block", "reason"), LOST.values(), ids=LOST)
def test_an_answer_that_is_not_whole_is_said_to_be_lost(tmp_path: Path, block: bytes, reason: str) -> None:
    found = read(tmp_path, record(block) + record(http(OTHER), url=f"{SITE}/8"))
    assert left(found) == [("lost", reason)]
    assert pages(found) == [OTHER]


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (record(http(), "WARC-Truncated: length"), "an answer that was cut off when it was captured (length)"),
        (record(http(), "WARC-Segment-Number: 1"), "an answer in segments, which are not put together"),
        (record(http(), "WARC-Block-Digest: sha1:" + "A" * 32), "a record whose digest is not that of its content"),
    ],
)
def test_a_record_that_says_of_itself_that_it_is_not_whole_is_lost(tmp_path: Path, made: bytes, reason: str) -> None:
    found = read(tmp_path, made + record(http(OTHER)))
    assert pages(found) == [OTHER]
    assert ("lost", reason) in left(found)


def test_a_digest_that_is_right_is_no_problem(tmp_path: Path) -> None:
    digest = hashlib.sha1(http(), usedforsecurity=False).hexdigest()
    assert left(read(tmp_path, record(http(), f"WARC-Block-Digest: sha1:{digest}"))) == []


PASSED = {
    "404": (record(http(status="HTTP/1.1 404 Not Found")), "a WARC record of an answer other than 200"),
    "a picture": (
        record(http(brotli.compress(b"\x89PNG"), f"{E}br", kind="Content-Type: image/png")),
        "no page in a WARC",
    ),
    "another host": (record(http(), url="https://nejatngo.org.example.com/en/"), "a WARC record of another host"),
    "text made of a page": (record(b"The hut", kind="conversion", media="text/plain"), "no page in a WARC"),
    "a look-up": (record(b"1.2.3.4", kind="resource", url="dns:nejatngo.org", media="text/dns"), "no page in a WARC"),
    "an unknown kind": (record(b"?", kind="surprise"), "a WARC record of an unknown kind"),
}


@pytest.mark.parametrize(("made", "reason"), PASSED.values(), ids=PASSED)
def test_what_is_no_page_of_the_site_is_passed_over(tmp_path: Path, made: bytes, reason: str) -> None:
    assert left(read(tmp_path, made)) == [("passed over", reason)]


@pytest.mark.parametrize("kind", ["resource", "conversion"])
def test_pages_that_are_files_are_read(tmp_path: Path, kind: str) -> None:
    made = [record(PAGE, kind=kind, media="text/html", url=url) for url in (f"{SITE}/7", "file:///srv/7.html")]
    found = read(tmp_path, b"".join(made))
    assert [(page.url, page.body) for page in found if isinstance(page, ArchivedPage)] == [
        (f"{SITE}/7", PAGE),
        (None, PAGE),
    ]


@pytest.mark.parametrize(
    "url", ["http://nejatngo.org:80/en/", "HTTPS://WWW.NEJATNGO.ORG/en/", "<https://www.nejatngo.org/en/>"]
)
def test_the_site_is_known_by_any_form_of_its_address(tmp_path: Path, url: str) -> None:
    assert pages(read(tmp_path, record(http(), url=url))) == [PAGE]


@pytest.mark.parametrize(
    ("said", "moment"),
    [
        ("2019-05-04T03:02:01.123456Z", DAY),
        ("2019-05-04T06:32:01+03:30", DAY),
        ("20190504030201", DAY),
        ("2019-05", "2019-05-01T00:00:00Z"),
        ("2019", "2019-01-01T00:00:00Z"),
        ("1970-01-01T00:00:00Z", "2019-05-04T03:02:02Z"),
        ("2999-01-01T00:00:00Z", "2019-05-04T03:02:02Z"),
        ("yesterday", "2019-05-04T03:02:02Z"),
    ],
)
def test_the_time_is_that_of_the_record_or_of_the_answer(tmp_path: Path, said: str, moment: str) -> None:
    [page] = read(tmp_path, record(http(PAGE, "Date: Sat, 04 May 2019 03:02:02 GMT"), date=said))
    assert isinstance(page, ArchivedPage)
    assert page.captured_at == moment


# --- files ------------------------------------------------------------------------------------------------------

THREE = [record(http(PAGE.replace(b"hut", b"hut %d" % n)), url=f"{SITE}/{n}") for n in range(3)]


def dictionary_file() -> bytes:
    """A .warc.zst as archiveteam writes it: its first frame holds the dictionary of the others."""
    made = zstd.train_dict([record(http(PAGE * n)) for n in range(1, 60)], 2000)
    content = zstd.compress(made.dict_content)
    head = b"\x5d\x2a\x4d\x18" + struct.pack("<I", len(content)) + content
    return head + b"".join(zstd.compress(one, zstd_dict=made) for one in THREE)


def zipped(method: int, *entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as packed:
        for name, data in (*entries, ("pages/pages.jsonl", b"{}"), ("indexes/index.cdx.gz", G(b"x"))):
            packed.writestr(name, data)
    return buffer.getvalue()


STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
SOUND = {
    "plain": b"".join(THREE),
    "gzip": members(THREE),
    "gzip as a whole": G(b"".join(THREE)),
    "gzip with an empty member": members([THREE[0], b"", *THREE[1:]]),
    "zstd": b"".join(map(zstd.compress, THREE)),
    "zstd with a dictionary": dictionary_file(),
    "zeros behind the last record": members(THREE) + bytes(99_999),
    "zeros behind the last plain record": b"".join(THREE) + bytes(99_999),
    "without the last line ends": b"".join(THREE).rstrip(b"\r\n") + b"\n",
    "wacz": zipped(STORED, ("archive/data.warc.gz", members(THREE))),
    "deflated wacz": zipped(DEFLATED, ("archive/a.warc", THREE[0]), ("archive/b.warc.gz", members(THREE[1:]))),
    "wacz in wacz": zipped(STORED, ("one.wacz", zipped(STORED, ("archive/data.warc.gz", members(THREE))))),
}


@pytest.mark.parametrize("data", SOUND.values(), ids=SOUND)
def test_all_records_of_a_sound_file_are_read(tmp_path: Path, data: bytes) -> None:
    found = read(tmp_path, data)
    assert (len(pages(found)), left(found)) == (3, [])


def broken(data: bytes, at: int) -> bytes:
    return data[:at] + b"\xff\xff\xff" + data[at + 3 :]


GZ = [G(one) for one in THREE]
WRONG, ENDS = "a record whose Content-Length is wrong", "a record in whose middle the file ends"
BROKEN, NONE = "a record that cannot be unpacked", "a place that is no record"
TORN = "a record that breaks off before the next one"
DAMAGED = {
    "torn plain": (b"".join(THREE)[:-40], [0, 1], ENDS),
    "torn in a head": (b"".join(THREE)[: -len(THREE[2]) + 50], [0, 1], ENDS),
    "torn gzip": (b"".join(GZ)[:-40], [0, 1], ENDS),
    "torn in the last bytes of gzip": (b"".join(GZ)[:-4], [0, 1], ENDS),
    "torn zstd": (b"".join(map(zstd.compress, THREE))[:-9], [0, 1], ENDS),
    "a broken member": (GZ[0] + broken(GZ[1], 60) + GZ[2], [0, 2], BROKEN),
    "a broken first member": (broken(GZ[0], 60) + GZ[1] + GZ[2], [1, 2], BROKEN),
    "a wrong checksum": (GZ[0] + broken(GZ[1], len(GZ[1]) - 8) + GZ[2], [0, 2], BROKEN),
    "rubbish between members": (GZ[0] + b"rubbish" * 9999 + GZ[2], [0, 2], NONE),
    "zeros between members": (GZ[0] + bytes(9999) + GZ[2], [0, 2], NONE),
    "torn, then written on": (THREE[0][:-40] + THREE[1] + THREE[2], [1, 2], TORN),
    "torn gzip, then written on": (GZ[0][:-40] + GZ[1] + GZ[2], [1, 2], BROKEN),
    "a hole of zeros": (THREE[0] + bytes(9999) + THREE[2], [0, 2], NONE),
    **{
        f"a length of {length} in {kind}": (
            pack([THREE[0], record(http(), length=length), THREE[2]]),
            [0, 1, 2],
            WRONG,
        )
        for length in (5, 600, 10**9, 10**18, -5, "", "many")
        for kind, pack in (
            ("plain", b"".join),
            ("gzip", members),
            ("gzip as a whole", lambda made: G(b"".join(made))),
        )
    },
}


@pytest.mark.parametrize(("data", "numbers", "reason"), DAMAGED.values(), ids=DAMAGED)
def test_reading_goes_on_behind_damage_which_is_said(
    tmp_path: Path, data: bytes, numbers: list[int], reason: str
) -> None:
    found = read(tmp_path, data)
    assert len(pages(found)) == len(numbers)
    assert set(left(found)) == {("lost", reason)}


def test_no_file_however_it_is_cut_is_read_in_silence(tmp_path: Path) -> None:
    for whole in (b"".join(THREE), b"".join(GZ)):
        ends = {len(whole)} | {sum(map(len, (THREE if whole[:1] == b"W" else GZ)[:n])) for n in range(4)}
        for end in range(1, len(whole), 7):
            found = read(tmp_path, whole[:end])
            sound = end in ends or whole[:end].endswith(
                (b"</html>\n", b"</html>\n\r", b"</html>\n\r\n", b"</html>\n\r\n\r")
            )
            assert bool(left(found)) is not sound, end
            assert all(b"</html>" in page for page in pages(found))


# --- what repeats an earlier record -----------------------------------------------------------------------------

LATER = "2021-06-07T03:02:01Z"
DIGEST = "WARC-Payload-Digest: sha1:HUT"
ID = "WARC-Record-ID: <urn:uuid:7>"
SAME = f"WARC-Refers-To-Target-URI: {SITE}/7"


def revisit(*fields: str, url: str = f"{SITE}/7") -> bytes:
    return record(http(b""), *fields, kind="revisit", date=LATER, url=url)


REPEATS = {
    "by record": ([ID], ["WARC-Refers-To: <urn:uuid:7>"]),
    "by address and time": ([], [SAME, f"WARC-Refers-To-Date: {DAY}"]),
    "by address and a finer time": ([], [SAME, "WARC-Refers-To-Date: 2019-05-04T03:02:01.5Z"]),
    "by digest": ([DIGEST], [DIGEST]),
}


@pytest.mark.parametrize("way", ["behind it", "before it", "in another file", "in an earlier file"])
@pytest.mark.parametrize(("first", "second"), REPEATS.values(), ids=REPEATS)
def test_what_a_record_repeats_is_found(tmp_path: Path, first: list[str], second: list[str], way: str) -> None:
    made = [record(http(), *first), revisit(*second)]
    made = made if way in ("behind it", "in another file") else made[::-1]
    found = read(tmp_path, *([b"".join(made)] if way in ("behind it", "before it") else made))
    moments = [page.captured_at for page in found if isinstance(page, ArchivedPage)]
    assert (moments, pages(found), left(found)) == ([DAY, LATER], [PAGE, PAGE], [])


def test_what_repeats_a_record_that_is_not_here_is_counted(tmp_path: Path) -> None:
    other = revisit("WARC-Payload-Digest: sha1:OTHER", SAME, f"WARC-Refers-To-Date: {DAY}")
    found = read(tmp_path, record(http(), DIGEST) + other + revisit())
    assert (pages(found), left(found)) == ([PAGE], [("passed over", "a WARC record that repeats an earlier one")] * 2)


def test_a_picture_that_is_repeated_is_no_page(tmp_path: Path) -> None:
    made = record(http(b"", kind="Content-Type: image/png"), kind="revisit", url=f"{SITE}/a.png")
    assert left(read(tmp_path, made)) == [("passed over", "no page in a WARC")]


@pytest.mark.parametrize("pack", [lambda data: gzip.compress(data, 0), lambda data: zstd.compress(data, -100)])
def test_a_record_is_read_wherever_the_blocks_end_in_which_a_file_is_read(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    noise = random.Random(1).randbytes(20_000).hex().encode()
    firsts = [pack(record(http(b"<html>" + noise[:length] + b"</html>"))) for length in range(15_900, 16_400)]
    at_an_end = {len(first): first for first in firsts if 0 <= (1 << 14) - len(first) < 6}
    assert len(at_an_end) >= 3
    for size, first in at_an_end.items():
        found = read(tmp_path, first + pack(record(http())) + pack(record(http(OTHER))), name=f"{size}.warc.gz")
        assert left(found) == []
        assert pages(found)[1:] == [PAGE, OTHER]
