"""Who runs the tasks of a job: datatrove, on this machine, on Ray or on Slurm; it notes which are done."""

from __future__ import annotations

import json
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

#: In a process of `_run_group`: the executor whose tasks it runs, which may name many files.
_JOB: Any = None


class ExecutorError(Exception):
    """Tasks cannot be begun; the message says why."""


def run_tasks(
    steps: Sequence[Callable[..., Any]],
    folder: Path,
    *,
    tasks: int,
    workers: int,
    executor: str,
    settings: Mapping[str, Any],
) -> Iterator[str]:
    """Run the tasks that are not done; yields why some are not. `settings` are of datatrove's executor.

    Slurm's tasks have only been submitted when this returns. Raises ExecutorError.
    """
    # a process that only merges does without datatrove and what it brings: 30 MB
    from datatrove.executor import LocalPipelineExecutor, RayPipelineExecutor, SlurmPipelineExecutor
    from loguru import logger

    logger.remove()  # what datatrove tells of each task stands in its folder
    given = {"tasks": tasks, "workers": workers, "logging_dir": str(folder), **settings}
    kinds = {"local": LocalPipelineExecutor, "ray": RayPipelineExecutor, "slurm": SlurmPipelineExecutor}
    try:
        job = kinds[executor](pipeline=list(steps), **given)
    except TypeError as error:
        raise ExecutorError(f"datatrove's executor for {executor}: {error}") from error
    if executor == "local":
        yield from _run_here(job, workers, folder)
        return
    try:
        job.run()
    except Exception as error:
        raise ExecutorError(f"{executor} cannot run the tasks: {error}") from error


def _run_here(job: Any, workers: int, folder: Path) -> Iterator[str]:
    """Run tasks in processes of this machine; one that was killed is begun anew, as long as others get done.

    datatrove's own loop waits for ever for the task of a process that was killed (for too much memory).
    """
    failed: dict[int, str] = {}
    before: list[int] = []
    while ranks := [rank for rank in job.get_incomplete_ranks() if rank not in failed]:
        apart = ranks == before  # none got done: each by itself, to find the one that ends its process
        for group in [[rank] for rank in ranks] if apart else [ranks]:
            failed |= _run_group(job, group, workers)
        if apart:
            killed = [rank for rank in job.get_incomplete_ranks() if rank not in failed]
            failed |= dict.fromkeys(killed, "its process was killed, perhaps for too much memory")
        before = ranks
    for rank, why in sorted(failed.items()):
        yield f"task {rank} failed: {why} ({folder / 'logs' / f'task_{rank:05}.log'} tells more)"


def _run_group(job: Any, ranks: list[int], workers: int) -> dict[int, str]:
    """Run tasks until they are done or a process was killed; returns which have failed, and why."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["nejat_crawler.scale.steps", "spiders.warc.shard_reading", "datatrove.executor"])
    failed = {}
    with ProcessPoolExecutor(min(workers, len(ranks)), context, _begin_process, (job,)) as pool:
        futures = {pool.submit(_run_task, rank): rank for rank in ranks}
        try:
            for future in as_completed(futures):
                try:
                    future.result()
                except BrokenProcessPool:
                    break
                except Exception as error:
                    failed[futures[future]] = f"{type(error).__name__}: {error}"
        except BaseException:  # Ctrl-C: no task is finished first
            for child in multiprocessing.active_children():
                child.terminate()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return failed


def _begin_process(job: Any) -> None:
    """Take the job; end with the process that has begun this one, and print nothing: datatrove writes files."""
    global _JOB
    _JOB = job
    parent = multiprocessing.parent_process()

    def end_with_parent() -> None:
        if parent:
            parent.join()
        os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _run_task(rank: int) -> None:
    _JOB._run_for_rank(rank, local_rank=1)  # what datatrove asks of an executor


def read_settings(pairs: Sequence[str]) -> dict[str, Any]:
    """`["time=20:00:00", "tasks_per_job=4"]` -> values, JSON where they are; raises ValueError."""
    settings = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not (name and equals):
            raise ValueError(f"{pair!r} is no NAME=VALUE")
        try:
            settings[name] = json.loads(value)
        except ValueError:
            settings[name] = value
    return settings
