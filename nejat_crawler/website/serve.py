"""`nejat serve`: Datasette on the archive with our pages, in one process or several."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import sys
import threading
import time
import webbrowser
from functools import partial
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

from nejat_crawler.archive import ArchiveDamagedError, ArchiveError, lean_import  # noqa: F401  (before sqlite-utils)
from nejat_crawler.archive.reading.damage import require_undamaged
from nejat_crawler.archive.reading.open_file import check_search, open_database
from nejat_crawler.website.app.http_protocol import LenientProtocol
from nejat_crawler.website.database import ArchiveDatabase
from nejat_crawler.website.datasette_settings import CONFIG_DIR, NAME, SETTINGS
from nejat_crawler.website.lean_datasette import Datasette
from nejat_crawler.website.listener import Listener, listen

_SHUTDOWN_SECONDS = 3  # for what is being answered; somebody who does not read on would keep the site from ending
_LONGEST_START = 60  # seconds; after uvicorn's 5 a process is ended, on a busy machine before it has begun


class ServeError(OSError):
    """The archive cannot be served; says why in one sentence."""


def require_archive(path: Path, *, whole: bool = False) -> None:
    """Raise ServeError where there is no archive that can be read; `whole`: or one of which a page is damaged."""
    if not path.exists():
        raise ServeError(f"There is no archive at {path}: run a crawl or an import first")
    try:
        with contextlib.closing(open_database(path)) as database:  # refuses one of another version
            check_search(path)
            if whole:
                require_undamaged(database, path)
    except ArchiveDamagedError as error:
        raise ServeError(str(error)) from error
    except (sqlite3.Error, ArchiveError) as error:
        raise ServeError(f"{path} is not an archive that can be read ({error})") from error


def build_datasette(db_path: Path) -> Datasette:
    """Return a Datasette that serves the archive at `db_path`, read-only, as the database `nejat`.

    Raises ServeError if there is no archive there.
    """
    require_archive(db_path)
    datasette = Datasette(config_dir=CONFIG_DIR, settings=SETTINGS)
    datasette.remove_database("_memory")  # added where no file is named; open to any SQL, and empty
    datasette.add_database(ArchiveDatabase(datasette, path=str(db_path.resolve())), name=NAME)
    return datasette


def _listen(host: str, port: int, processes: int) -> Listener:
    try:
        return listen(host, port, processes)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ServeError(f"Cannot listen on {host}, port {port}: {reason}") from error


def _application(db_path: Path, parent: int) -> Any:
    """What one of several processes runs; it ends with the one that started it, even if that was killed."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
    return build_datasette(db_path).app()


def _take_interrupts_alone() -> None:
    """Let a thread of its own take Ctrl-C, and none of the processes that are started from now on.

    A terminal sends it to all of them: each that is still beginning would print fifty lines of where it was. They end
    with the one that started them.
    """

    def hear() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        threading.Event().wait()

    threading.Thread(target=hear, daemon=True).start()
    resource_tracker.ensure_running()  # which would take the block away when it begins
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def serve(
    db_path: Path, host: str = "127.0.0.1", port: int = 8001, open_browser: bool = False, workers: int = 1
) -> None:
    """Serve the archive at `db_path` until interrupted, with so many processes; port 0 takes any that is free.

    Raises ServeError for a missing archive, a file that is none, or an address that cannot be listened on.
    """
    require_archive(db_path, whole=True)  # once, and not in each process
    shared = workers > 1
    application = partial(_application, db_path, os.getpid()) if shared else build_datasette(db_path).app()
    with _listen(host, port, workers) as listener:
        shown_host = f"[{host}]" if ":" in host else host
        address = f"http://{shown_host}:{listener.getsockname()[1]}/"
        print(f"Serving {db_path} at {address} (Ctrl-C stops)", file=sys.stderr, flush=True)
        if open_browser:
            webbrowser.open(address)
        config = uvicorn.Config(
            application,
            factory=shared,
            workers=workers,
            log_level="warning",
            lifespan="on",
            http=LenientProtocol,
            backlog=1,  # taken one by one: uvicorn's 2,048 at once would pass any limit, and be shared with nobody
            server_header=False,
            timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
            timeout_worker_healthcheck=_LONGEST_START,
        )
        with contextlib.suppress(KeyboardInterrupt):
            if shared:
                _take_interrupts_alone()
                Multiprocess(config, sockets=[listener]).run()
            else:
                uvicorn.Server(config).run(sockets=[listener])
