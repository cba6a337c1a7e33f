"""Pages whose encoding is declared wrongly or not at all are read as what they say, live and from files."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from nejat_crawler.extraction.decoding import decode
from nejat_crawler.urls import SITE
from tests.support.commands import articles, crawl, fold, run

WESTERN = "The warden’s “lamp” – café, naïve … 5 €"
ARABIC = "كتاب في البيت القديم على الجبل، سلام"
PERSIAN = "کوه‌ها و چراغ‌های «پناهگاه» — سلام"

META = '<meta charset="{}">'

#: The text, how the page is written, what its head says, what the server says, and the edition.
CASES = {
    "a server that says Latin-1 of UTF-8": (PERSIAN, "utf-8", META.format("utf-8"), "iso-8859-1", "fa"),
    "the same without a word in the page": (PERSIAN, "utf-8", "", "iso-8859-1", "fa"),
    "a page that says Latin-1 of UTF-8": (WESTERN, "utf-8", META.format("iso-8859-1"), None, "en"),
    "windows-1252 called Latin-1": (WESTERN, "cp1252", META.format("iso-8859-1"), None, "en"),
    "windows-1252 that nobody names": (WESTERN, "cp1252", "", None, "en"),
    "windows-1252 called UTF-8": (WESTERN, "cp1252", META.format("utf-8"), "utf-8", "en"),
    "windows-1256": (ARABIC, "cp1256", META.format("windows-1256"), None, "ar"),
    "windows-1256 that nobody names": (ARABIC, "cp1256", "", None, "ar"),
    "windows-1256 under a server's default": (ARABIC, "cp1256", META.format("windows-1256"), "iso-8859-1", "ar"),
    "windows-1256 called UTF-8 by the server": (ARABIC, "cp1256", META.format("windows-1256"), "utf-8", "ar"),
    "a byte order mark": (PERSIAN, "utf-8-sig", META.format("iso-8859-1"), "iso-8859-1", "fa"),
    "UTF-16 with its mark": (PERSIAN, "utf-16", "", None, "fa"),
}


def page(edition: str, text: str, head: str, number: int = 11) -> str:
    link = f"{SITE}/{edition}/posts/{number}"
    return (
        f"<html><head>{head}<title>x</title></head><body class='home blog'><main><article id='post-{number}' "
        f"class='post-{number} post type-post hentry'><h2 class='entry-title'><a href='{link}'>{text}</a></h2><time "
        f"class='entry-date published' datetime='2020-01-02T10:00:00+03:30'>2020</time><div class='entry-content'><p>"
        f"{text}</p><p>{text}</p></div></article></main></body></html>"
    )


@contextmanager
def answering(body: bytes, content_type: str) -> Iterator[str]:
    """A server that has one page, whatever page it is asked for, and no REST interface."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = not self.path.endswith("robots.txt") and "wp-json" not in self.path
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body) if found else 0))
            self.end_headers()
            self.wfile.write(body if found else b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(("text", "encoding", "head", "server", "edition"), CASES.values(), ids=CASES)
def test_a_page_says_what_it_says(text: str, encoding: str, head: str, server: str | None, edition: str) -> None:
    said = f"text/html; charset={server}" if server else None
    assert decode(page(edition, text, head).encode(encoding), said) == page(edition, text, head)


@pytest.mark.parametrize(
    "name",
    [
        "a server that says Latin-1 of UTF-8",
        "windows-1252 called UTF-8",
        "windows-1256 under a server's default",
        "a byte order mark",
    ],
)
def test_no_mojibake_of_a_live_answer_is_archived(name: str, db: Path) -> None:
    text, encoding, head, server, edition = CASES[name]
    with answering(page(edition, text, head).encode(encoding), f"text/html; charset={server}") as address:
        result = crawl(db, address, edition=edition)
    assert result.code == 0, result.err
    (article,) = articles(db).values()
    assert (article["title"], fold(article["body"])) == (text, f"{text} {text}")


def test_no_mojibake_of_a_saved_page_is_archived(db: Path, write: Callable[[str, str | bytes], Path]) -> None:
    expected = {}
    for number, (text, encoding, head, _, edition) in enumerate(CASES.values(), start=11):
        file = write(f"saved/{number}.html", page(edition, text, head, number).encode(encoding))
        expected[f"{edition}-{number}"] = text
    result = run("nejat", "import", file.parent, "--db", db)
    assert result.code == 0, result.err
    assert {name: article["title"] for name, article in articles(db).items()} == expected
    assert {name: fold(article["body"]) for name, article in articles(db).items()} == {
        name: f"{text} {text}" for name, text in expected.items()
    }


def test_stray_bytes_in_utf8_are_those_of_windows() -> None:
    """A quotation pasted from Word into a page that is otherwise UTF-8."""
    assert decode("café کوه‌ها ".encode() + b"it\x92s \x93so\x94") == "café کوه‌ها it’s “so”"


def test_control_characters_are_what_windows_means_by_them(
    db: Path, write: Callable[[str, str | bytes], Path]
) -> None:
    html = page("en", "it&#146;s \u0093so\u0094 &#x85;", META.format("utf-8"))
    result = run("nejat", "import", write("saved.html", html), "--db", db)
    assert result.code == 0, result.err
    (article,) = articles(db).values()
    assert (article["title"], fold(article["body"])) == ("it’s “so” …", "it’s “so” … it’s “so” …")


def test_a_page_cut_off_within_a_letter_is_no_other_encoding() -> None:
    assert decode(PERSIAN.encode()[:-1]) == PERSIAN[:-1]


@pytest.mark.parametrize("data", [b"", b"\xff", b"\x80\x81", b"\x00\x01", b"\xef\xbb\xbf", bytes(range(256))])
def test_any_bytes_have_some_text(data: bytes) -> None:
    assert isinstance(decode(data), str)
    assert isinstance(decode(data, "text/html; charset=nonsense"), str)


@pytest.mark.parametrize("name", ["base64", "zip", "unicode_escape", "idna", "punycode", "utf-7", "no-such"])
def test_what_python_alone_takes_for_a_charset_is_none(name: str) -> None:
    text = f"<html><head>{META.format(name)}</head><body>{WESTERN} caf\\u0041"
    assert decode(text.encode("cp1252"), f"text/html; charset={name}") == text
