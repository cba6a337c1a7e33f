"""`nejat publish`: what it writes runs by itself, replaces only what it may, and leaves nothing half done."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import datasette as datasette_package  # type: ignore[import-untyped]
import pytest
from sqlite_utils import Database

from nejat_crawler.archive.schema import register_functions
from nejat_crawler.website import publish, smoke_test
from nejat_crawler.website.datasette_settings import CONFIG_DIR
from tests.support.commands import ROOT, run
from tests.support.processes import start
from tests.support.served import Site, article, make_archive

OLD, NEW = "The old hut", "The new hut"


@pytest.fixture(scope="module", autouse=True)
def no_plugins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is installed, but for plugins, one of which takes seconds: tests/website/test_machines.py has them."""
    installed, folder = Path(datasette_package.__file__).parents[1], tmp_path_factory.mktemp("packages")
    for path in installed.iterdir():
        if not path.name.startswith("datasette_"):
            (folder / path.name).symlink_to(path)
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(sys, "path", [str(folder) if Path(path) == installed else path for path in sys.path])
        yield


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that nobody writes to."""
    path = tmp_path_factory.mktemp("archive") / "100% huts #1.db"
    return make_archive(path, {"articles": [article(1, title=OLD), article(2, title="A rope")]})


@pytest.fixture(scope="module")
def published(archive: Path) -> Path:
    """Its site; a test may publish it anew."""
    folder = archive.parent / "the site"
    done = run("nejat", "publish", "--db", archive, folder)
    assert done.code == 0, done.err
    return folder


@contextmanager
def datasette(folder: Path) -> Iterator[Site]:
    """Plain `datasette serve FOLDER`."""
    command = [sys.executable, "-S", "-m", "datasette", "serve", str(folder), "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stderr
            line = next(line for line in process.stderr if "running on" in line)
            yield Site(line.split(" on ")[1].split()[0])
        finally:
            process.terminate()


def half_a_request(site: Site) -> socket.socket:
    """A connection on which a request began and does not end."""
    where = urlsplit(site.address)
    opened = socket.create_connection((where.hostname, where.port), timeout=30)
    opened.sendall(b"GET /robots.txt HTTP/1.1\r\n")
    return opened


def try_out(folder: Path) -> subprocess.CompletedProcess[str]:
    """The smoke test as `nejat publish` runs it."""
    command = [sys.executable, "-I", "-S", smoke_test.__file__, str(folder), *filter(None, sys.path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def titles(site: Site, **parameters: str) -> set[str]:
    return {row["title"] for row in site.get("/nejat/search.json", **parameters).json()["results"]}


def test_what_is_served_stays_until_something_better_passes(
    tmp_path: Path, archive: Path, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, folder, beside = tmp_path / "own.db", published, published.parent
    shutil.copy(archive, own)
    first = folder.resolve()
    assert {path.name for path in folder.iterdir()} >= {
        "nejat.db", "metadata.yaml", "templates", "plugins", "requirements.txt", "asgi.py", "Dockerfile",
        "nginx.conf", "Caddyfile", "nejat-site.service",
    }  # fmt: skip
    # what killed processes have left, and what belongs to a site whose name begins alike
    for name in (".the site-20260101T000000-12.new", ".the site-20250101T000000-12", ".the site-en-x"):
        (beside / name).mkdir()
    (beside / ".the site-20260101T000000-12.link").symlink_to("nowhere")

    with datasette(folder) as site, half_a_request(site) as half:
        # the site is not asked for anything before the next publish: what it opens, it opens later
        with closing(sqlite3.connect(own)) as connection:
            connection.execute("ALTER TABLE links RENAME TO chains")
        refused = run("nejat", "publish", "--db", own, folder)
        assert refused.code == 1
        assert "table links, which is missing" in refused.err
        shutil.copy(archive, own)
        broken = tmp_path / "config_dir"
        shutil.copytree(CONFIG_DIR, broken)
        front = broken / "templates" / "front.html"
        front.write_text(front.read_text().replace("{% include", "{{ view.nothing.at_all }}{% include"))
        with monkeypatch.context() as changed:
            changed.setattr(publish, "CONFIG_DIR", broken)
            with pytest.raises(publish.PublishError, match="fails its test, nothing was replaced: /") as failed:
                publish.publish(own, folder)
        assert "answers 500" in str(failed.value)
        assert "has no attribute" in str(failed.value)
        assert "Traceback" not in str(failed.value)
        assert folder.resolve() == first
        assert not list(beside.glob(".*.new"))

        with closing(sqlite3.connect(own)) as connection:
            register_functions(Database(connection))
            connection.execute("UPDATE articles SET title = ? WHERE title = ?", [NEW, OLD])
            connection.commit()
        assert run("nejat", "publish", "--db", own, folder).code == 0
        assert titles(site, q="hut") == {OLD}
        assert site.get("/nejat/timeline").status == 200
        # plain `datasette` has the limits of `nejat serve`
        assert site.get("/nejat.json", sql="select zeroblob(900000000)").status == 400
        with pytest.raises(ConnectionResetError):
            half.recv(1)

    assert json.loads((folder / "inspect-data.json").read_text())["nejat"]["tables"]["articles"]["count"] == 2
    with closing(sqlite3.connect(folder / "nejat.db")) as connection:
        assert connection.execute("SELECT title FROM articles ORDER BY docid").fetchall() == [(NEW,), ("A rope",)]
    hidden = {path.name for path in beside.iterdir() if path.name.startswith(".")}
    assert hidden == {".the site.lock", ".the site-en-x", first.name, folder.resolve().name}
    assert not list(folder.glob("nejat.db-*"))


def test_everybody_may_read_it(published: Path) -> None:
    for path in (published, published / "lib", published / "nejat.db", published / "templates" / "front.html"):
        assert path.stat().st_mode & 0o444 == 0o444, path


def test_it_takes_along_what_it_imports_from(published: Path) -> None:
    library = published / "lib" / "nejat_crawler"
    modules = [path.relative_to(library) for path in library.rglob("*.py")]
    assert {path.parts[0] for path in modules} == {
        "__init__.py", "citations.py", "editions.py", "folding.py", "items.py", "redaction.py", "urls.py",
        "word_diff.py", "archive", "extraction", "website",
    }  # fmt: skip
    assert {path.name for path in modules if path.parts[0] == "extraction"} == {"__init__.py", "markup.py"}
    assert not (library / "website" / "config_dir").exists()


def test_it_needs_nothing_that_it_does_not_bring_or_name(tmp_path: Path, published: Path) -> None:
    folder = tmp_path / "moved"
    shutil.copytree(published, folder)
    names = [line.partition("==")[0] for line in (folder / "requirements.txt").read_text().splitlines()]
    assert {"datasette", "uvicorn", "jinja2", "sqlite-utils"} <= set(names)
    assert not {"scrapy", "dateparser", "pandas", "pytest"} & set(names)

    module = folder / "lib" / "nejat_crawler" / "word_diff.py"
    text = module.read_text()
    module.write_text(f"{text}\nimport pytest\n")
    assert "No module named 'pytest' in requirements.txt" in try_out(folder).stderr
    module.unlink()  # an editable installation has it
    assert "No module named 'nejat_crawler.word_diff'" in try_out(folder).stderr


def link_of_somebody(folder: Path) -> None:
    (folder / "theirs").mkdir()
    (folder / "site").symlink_to("theirs")


def link_to_nothing(folder: Path) -> None:
    (folder / "site").symlink_to("unmounted")


def folder_of_somebody(folder: Path) -> None:
    (folder / "site").mkdir()
    (folder / "site" / "letter.txt").write_text("dear")


def file_of_somebody(folder: Path) -> None:
    (folder / "site").write_text("dear")


@pytest.mark.parametrize(
    ("prepare", "code", "why"),
    [
        (link_of_somebody, 1, "is a link that `nejat publish` has not made"),
        (link_to_nothing, 1, "is a link that `nejat publish` has not made"),
        (folder_of_somebody, 1, "holds files that `nejat publish` has not put there"),
        (file_of_somebody, 2, "is a file"),
    ],
)
def test_what_is_not_its_own_stays(
    tmp_path: Path, archive: Path, prepare: Callable[[Path], None], code: int, why: str
) -> None:
    prepare(tmp_path)
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    refused = run("nejat", "publish", "--db", archive, tmp_path / "site")
    assert (refused.code, "Traceback" in refused.err) == (code, False)
    assert why in refused.err
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before


def test_what_cannot_be_published_is_named(tmp_path: Path, archive: Path) -> None:
    older = tmp_path / "older.db"
    shutil.copy(archive, older)
    with closing(sqlite3.connect(older)) as connection:
        connection.execute("DELETE FROM _sqlite_migrations WHERE id = (SELECT max(id) FROM _sqlite_migrations)")
        connection.commit()
    for db, name, why in (
        (tmp_path / "none.db", "site", "there is no archive"),
        (older, "site", "of an older version"),
        (archive, "site[1]", "without [, * and ?"),
        (archive, "s" * 300, "File name too long"),
        (archive, "older.db/site", "Cannot write the site"),
    ):
        refused = run("nejat", "publish", "--db", db, tmp_path / name)
        assert (refused.code, refused.err.count("\n")) == (1, 1), refused.err
        assert why in refused.err
    assert {path.name for path in tmp_path.iterdir()} <= {"older.db", "older.db-wal", "older.db-shm"}


def test_only_one_publishes_at_a_time(tmp_path: Path, archive: Path) -> None:
    with (tmp_path / ".site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = run("nejat", "publish", "--db", archive, tmp_path / "site")
    assert refused.code == 75
    assert "Another `nejat publish` is writing" in refused.err
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_leaves_nothing(tmp_path: Path, archive: Path, sent: signal.Signals) -> None:
    process = start("nejat", "publish", "--db", archive, tmp_path / "site")
    while not list(tmp_path.glob("*.new")) and process.is_alive:
        time.sleep(0.01)
    process.send(sent)
    ended = process.end(20)
    assert (ended.code, "Aborted!" in ended.err) == (1, True), ended.err
    assert [path.name for path in tmp_path.iterdir()] == [".site.lock"]


def test_nginx_takes_its_example(tmp_path: Path) -> None:
    if not (nginx := shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")):
        pytest.skip("nginx is not installed")
    certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=archive.example.org"]
    subprocess.run(
        [*certificate, "-keyout", "privkey.pem", "-out", "fullchain.pem"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    example = (ROOT / "nejat_crawler" / "website" / "config_dir" / "deploy" / "nginx.conf").read_text()
    for theirs, ours in (
        ("/etc/letsencrypt/live/archive.example.org", str(tmp_path)), ("/var/cache", str(tmp_path)),
        (":80;", ":18980;"), (" 80;", " 18980;"), (":443 ", ":18943 "), (" 443 ", " 18943 "),
    ):  # fmt: skip
        assert theirs in example
        example = example.replace(theirs, ours)
    places = "".join(f"{kind}_temp_path {tmp_path}/{kind};\n" for kind in ("client_body", "proxy"))
    main = f"pid {tmp_path}/pid; error_log stderr; events {{}}\nhttp {{ access_log off; {places} {example} }}"
    (tmp_path / "nginx.conf").write_text(main)
    done = subprocess.run([nginx, "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
