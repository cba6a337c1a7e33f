"""Whom a crawl believes, and where it finds a server."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import run as run_program

import pytest

from tests.support.commands import articles, crawl, rows
from tests.support.hut_site import HutSite, serving


class _Six(ThreadingHTTPServer):
    address_family = socket.AF_INET6


@contextmanager
def served(site: HutSite, certificate: Path | None = None, *, six: bool = False) -> Iterator[HutSite]:
    """Serve a site with a certificate, or at an IPv6 address."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            status, body, _ = site.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body.encode())

    server = _Six(("::1", 0), Handler) if six else ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    host = "[::1]" if six else "127.0.0.1"
    site.base_url = f"{'https' if certificate else 'http'}://{host}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


@pytest.mark.parametrize(
    ("name", "why"),
    [("IP:127.0.0.2", "its certificate is"), ("IP:127.0.0.1", "from nobody whom this machine trusts")],
)
def test_a_server_that_cannot_prove_its_name_is_refused_unless_a_setting_says_so(
    db: Path, tmp_path: Path, name: str, why: str
) -> None:
    both = tmp_path / "both.pem"
    made: list[str | Path] = [
        "-keyout",
        both.with_name("k"),
        "-out",
        both.with_name("c"),
        "-subj",
        "/CN=hut",
        "-addext",
    ]
    options: list[str | Path] = [
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        *made,
        f"subjectAltName={name}",
    ]
    run_program(["openssl", "req", *options], check=True, capture_output=True)
    both.write_bytes(both.with_name("k").read_bytes() + both.with_name("c").read_bytes())
    with served(HutSite(3), both) as site:
        result = crawl(db, site.base_url, edition="en")
        assert (result.code, why in result.err, "Traceback" in result.err) == (1, True, False), result.err
        assert "NEJAT_VERIFY_TLS=0" in result.err
        assert articles(db) == {}
        assert crawl(db, site.base_url, "-s", "DOWNLOAD_VERIFY_CERTIFICATES=0", edition="en").code == 0
    assert len(articles(db)) == 3
    assert (
        "certificates are not verified" in rows(db, "SELECT counts FROM runs ORDER BY id DESC LIMIT 1")[0]["counts"]
    )


def test_a_mirror_may_have_an_address_of_ipv6(db: Path) -> None:
    try:
        with served(HutSite(3), six=True) as site:
            assert crawl(db, site.base_url, edition="en").code == 0
    except OSError:
        pytest.skip("this machine has no IPv6")
    assert len(articles(db)) == 3


def test_a_head_without_end_and_rules_by_the_megabyte_cost_little_and_are_said(db: Path) -> None:
    site = HutSite(25, link=True, rest="off", robots="User-agent: *\n" + "Disallow: /stove/*/cold$\n" * 40_000)
    site.headers = lambda path: {f"X-{n}": 200 * "v" for n in range(9_000)} if path == "/en/page/2" else {}
    with serving(site):
        result = crawl(db, site.base_url, edition="en")
    assert result.code == 1
    assert "/en/page/2 could not be read: the head of the answer is longer than 1048576 bytes" in result.err
    assert "has 1,000,014 bytes: its rules count up to 512,000" in result.out
    assert len(articles(db)) == 15
    assert site.asked.count("/en/page/2") == 1
