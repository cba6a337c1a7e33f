"""Read many web archives with many processes, each into a Parquet file of its own; what is read stays read."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from glob import escape
from importlib import import_module
from pathlib import Path
from typing import Any

from tqdm import tqdm

from nejat_crawler.scale.executors import run_tasks
from nejat_crawler.scale.repeated_records import repeat_shards, write_repeats
from nejat_crawler.scale.shard import Notes, Shard, digest_of
from nejat_crawler.scale.shard_rows import read_rows_file
from nejat_crawler.scale.steps import MakeArticles, WriteRows


def are_read(paths: Sequence[Path], folder: Path) -> bool:
    """Whether `extract_shards` has nothing left to read; raises BrokenShardError."""
    shards = _find_shards(paths, folder, Notes())
    return all(shard.is_done for shard in shards) and all(again.is_done for again in repeat_shards(shards, folder))


def extract_shards(
    paths: Sequence[Path],
    folder: Path,
    *,
    tasks: int | None,
    workers: int,
    executor: str,
    settings: Mapping[str, Any],
) -> list[str]:
    """Read the web archives that have not been read; returns what keeps them from being merged, as sentences.

    Raises ExecutorError, and BrokenShardError where what was read before has been damaged since.
    """
    reading = _reading()
    shards = _find_shards(paths, folder, Notes())
    given: dict[str, Any] = {"tasks": tasks, "workers": workers, "executor": executor, "settings": settings}
    failed = _run("web archives", reading.ReadArchives(tuple(shards)), shards, folder, **given)
    if not failed and (again := repeat_shards(shards, folder)):
        repeats = write_repeats(shards, folder)
        failed = _run("what they repeat", reading.ReadRepeats(tuple(again), repeats), again, folder, **given)
    if not failed:
        for shard in shards:
            for part in folder.glob(f"{escape(shard.rows.name)}.*.part"):  # of processes that were killed
                part.unlink()
    return failed


def read_sentences(paths: Sequence[Path], folder: Path) -> Iterator[str]:
    """What is lost or could not be read in web archives that are not merged."""
    notes = Notes()
    for shard in _find_shards(paths, folder, notes):
        for row in read_rows_file(shard.rows, notes_only=True):
            if row.kind == "error":
                yield row.note[0]
            elif row.kind == "lost":
                yield f"{shard.source}: {row.note[0]}: {row.note[2]}, the first {row.note[1]}"
    yield from (row.note[0] for row in notes.take() if row.kind == "error")


def _reading() -> Any:
    return import_module("spiders.warc.shard_reading")  # spiders stand above this package


def _find_shards(paths: Sequence[Path], folder: Path, notes: Notes) -> list[Shard]:
    found: list[Shard] = _reading().find_shards(paths, folder, notes)
    return found


def _run(
    what: str, reader: Any, shards: Sequence[Shard], folder: Path, *, tasks: int | None, **given: Any
) -> list[str]:
    tasks = min(tasks or len(shards), len(shards))
    if all(shard.is_done for shard in shards):
        return []
    job = digest_of(tasks, *(shard.rows for shard in shards))
    steps = (reader, MakeArticles(), WriteRows())
    for rank in range(tasks):  # what somebody has removed since is to be read again
        if not all(shard.is_done for shard in shards[rank::tasks]):
            (folder / "jobs" / job / "completions" / f"{rank:05}").unlink(missing_ok=True)
    with _progress(what, shards):
        failed = list(run_tasks(steps, folder / "jobs" / job, tasks=tasks, **given))
    left = [shard for shard in shards if not shard.is_done]
    if left and given["executor"] == "slurm":
        failed.append(f"{what}: {tasks} tasks were submitted; call the same command again once they have ended")
    elif left:
        failed.append(f"{len(left)} of {len(shards)} {what} have not been read, the first {left[0].source}")
    return failed


@contextmanager
def _progress(what: str, shards: Sequence[Shard]) -> Iterator[None]:
    """A bar on a terminal; whoever runs the tasks, what is done is seen by its file."""
    over = threading.Event()

    def look() -> None:
        waiting = list(shards)
        with tqdm(total=len(shards), desc=what, unit=" files", disable=None) as bar:
            while waiting:
                ended = over.wait(1)
                still = [shard for shard in waiting if not shard.is_done]
                bar.update(len(waiting) - len(still))
                waiting = [] if ended else still

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
