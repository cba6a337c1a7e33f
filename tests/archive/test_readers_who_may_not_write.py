"""An archive is read by a user who may not write where it lies, while its owner writes to it."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nejat_crawler.archive import Archive
from tests.support.served import article, make_archive

# Reads as the site does, a line each time that it is asked.
READER = """
import sys
from pathlib import Path
from nejat_crawler.archive import Archive, ArchiveError
from nejat_crawler.archive.reading.open_file import file_version, open_for_search
path = Path(sys.argv[1])
try:
    with Archive.open_readonly(path) as archive:
        archive.require_undamaged()
except ArchiveError as error:
    sys.exit(str(error))
connection = open_for_search(path)
for _ in sys.stdin:
    titles = [row[0] for row in connection.execute("SELECT title FROM articles ORDER BY docid")]
    found = connection.execute("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'lamp'").fetchone()[0]
    print(titles, found, hash(file_version(path)), flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """An archive in a folder of another user, who alone may write there."""
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder to another user")
    folder = tmp_path / "theirs"
    folder.mkdir(mode=0o755)
    made = make_archive(folder / "nejat.db", {"articles": [article(1, title="A rope")]})
    for part in folder.glob("nejat.db-*"):
        part.unlink()
    for part in (folder, made):
        os.chown(part, 4711, 4711)
    made.chmod(0o644)
    yield made
    os.chown(folder, 0, 0)


def obey_permissions() -> None:
    ctypes.CDLL(None).prctl(24, 1)  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE: root, too, is bound by them


def start(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", READER, path],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=obey_permissions,
    )  # fmt: skip


def ask(reader: subprocess.Popen[str]) -> str:
    assert reader.stdin
    assert reader.stdout
    reader.stdin.write("\n")
    reader.stdin.flush()
    return reader.stdout.readline()


def test_what_the_owner_writes_is_read_at_once_and_whole(path: Path) -> None:
    with Archive.open(path):
        pass
    assert {file.stat().st_uid for file in path.parent.glob("nejat.db-*")} == {4711}
    link = path.with_name("link.db")
    link.symlink_to(path)
    with start(link) as reader:
        seen = [ask(reader)]
        for title in ("A lamp", "Another lamp", "A lamp at night"):
            with Archive.open(path) as archive, archive.writing() as db:
                db.execute("UPDATE articles SET title = ?", [title])
            seen.append(ask(reader))
        assert [line.partition("]")[0] for line in seen] == [
            "['A rope'",
            *(f"['{t}'" for t in ("A lamp", "Another lamp", "A lamp at night")),
        ]
        assert [line.split()[-2] for line in seen] == ["0", "1", "1", "1"]
        assert len({line.split()[-1] for line in seen}) == 4  # each state has another version, by the link, too
        reader.kill()


def test_where_a_crawl_might_begin_unseen_the_archive_is_not_read_and_its_owner_is_told_what_to_do(
    path: Path,
) -> None:
    with start(path) as reader:
        assert reader.stderr
        assert "nejat.db-wal and nejat.db-shm is missing there" in reader.stderr.read()
        assert reader.wait() == 1
