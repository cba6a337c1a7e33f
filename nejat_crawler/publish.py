"""The published site: Datasette on the archive, with the folder `site` as its face."""

from __future__ import annotations

import contextlib
import socket
import sys
import webbrowser
from pathlib import Path

import uvicorn
from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.sqlite import sqlite3  # type: ignore[import-untyped]

from nejat_crawler.paging import NAME, Archive, open_readonly
from nejat_crawler.web.protocol import LenientProtocol

SITE = Path(__file__).parent / "site"

#: Datasette's settings; measured on 60,000 articles of 600 words (700 MB).
SETTINGS: dict[str, int | bool] = {
    "default_page_size": 30,
    "max_returned_rows": 1000,
    "default_facet_size": 30,
    "facet_time_limit_ms": 1000,  # 90 ms for the commonest word; from a cold disk ten times that
    "suggest_facets": False,  # would count every column, bodies too, on every page
    "sql_time_limit_ms": 3000,  # 250 ms for the slowest page
    "num_sql_threads": 4,
    "truncate_cells_html": 300,  # tables are for finding; the article's own page shows everything
    "allow_download": False,  # the file is being written to: a copy of it alone lacks what is in the WAL
    "allow_csv_stream": True,
    "max_csv_mb": 2000,  # all articles are 450 MB; beyond the limit the file would end in the middle
    "default_cache_ttl": 5,
    "template_debug": False,
    "trace_debug": False,
}

_LONGEST_REQUEST = 512 * 1024  # bytes of a request's head: 10,000 typed characters may take 12 bytes each


class ServeError(OSError):
    """The archive cannot be served; says why in one sentence."""


def require_archive(path: Path) -> None:
    """Raise ServeError where there is no archive that can be read."""
    if not path.exists():
        raise ServeError(f"There is no archive at {path}: run a crawl or an import first")
    try:
        with contextlib.closing(open_readonly(path)) as connection:
            connection.execute("SELECT docid FROM articles LIMIT 1")
            connection.execute("SELECT rowid FROM articles_fts LIMIT 1")
    except sqlite3.Error as error:
        raise ServeError(f"{path} is not an archive that can be read ({error})") from error


def build_datasette(db_path: Path) -> Datasette:
    """Return a Datasette that serves the archive at `db_path`, read-only, as the database `nejat`.

    Raises ServeError if there is no archive there.
    """
    require_archive(db_path)
    datasette = Datasette(config_dir=SITE, settings=SETTINGS)
    datasette.remove_database("_memory")  # added where no file is named; open to any SQL, and empty
    datasette.add_database(Archive(datasette, path=str(db_path)), name=NAME)
    return datasette


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
        # asyncio does it only for sockets that name their protocol: else each answer waits 40 ms for the client's ACK
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ServeError(f"Cannot listen on {host}, port {port}: {reason}") from error


def serve(db_path: Path, host: str = "127.0.0.1", port: int = 8001, open_browser: bool = False) -> None:
    """Serve the archive at `db_path` until interrupted; port 0 takes any that is free.

    Raises ServeError for a missing archive, a file that is none, or an address that cannot be listened on.
    """
    datasette = build_datasette(db_path)
    with _listen(host, port) as listener:
        shown_host = f"[{host}]" if ":" in host else host
        address = f"http://{shown_host}:{listener.getsockname()[1]}/"
        print(f"Serving {db_path} at {address} (Ctrl-C stops)", file=sys.stderr, flush=True)
        if open_browser:
            webbrowser.open(address)
        config = uvicorn.Config(
            datasette.app(),
            log_level="warning",
            lifespan="on",
            http=LenientProtocol,
            h11_max_incomplete_event_size=_LONGEST_REQUEST,
            server_header=False,
        )
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])
