"""The command that imports with many processes: `nejat scale`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from nejat_crawler.cli.crawl_commands import run_command
from nejat_crawler.cli.options import DB_OPTION
from nejat_crawler.settings import STEPS


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@DB_OPTION
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where what was read is kept, seen by all machines.  [default: scale, beside the archive]",
)
@click.option(
    "--workers", type=click.IntRange(min=1), help="How many tasks run at a time.  [default: one for each core here]"
)
@click.option("--tasks", type=click.IntRange(min=1), help="Into how many the work is parted.  [default: one a file]")
@click.option("--executor", type=click.Choice(["local", "ray", "slurm"]), default="local", help="Who runs the tasks.")
@click.option(
    "--set",
    "settings",
    metavar="NAME=VALUE",
    multiple=True,
    help="A setting of datatrove's executor, such as partition=cpu; may be repeated.",
)
@click.option("--no-merge", is_flag=True, help="Only read: the Parquet files are what is wanted.")
@click.option("-v", "--verbose", is_flag=True, help="Log what the merging does on stderr.")
def scale(
    paths: tuple[Path, ...],
    db: Path,
    folder: Path | None,
    workers: int | None,
    tasks: int | None,
    executor: str,
    settings: tuple[str, ...],
    no_merge: bool,
    verbose: bool,
) -> None:
    """Import web archives (WARC, WACZ, folders of them) with many processes, on one machine or on many.

    Each file is read into a Parquet file; then all are merged into the archive, which becomes the same as by `nejat
    import`. What has been read is not read again: after Ctrl-C, a killed process or a full disk the same command goes
    on. With slurm it submits the tasks, and merges when it is called again after they have ended. Needs the extra
    `scale`; docs/scale.md says when it is worth it.
    """
    try:
        from nejat_crawler.scale.executors import ExecutorError, read_settings
        from nejat_crawler.scale.extract_shards import are_read, extract_shards, read_sentences
        from nejat_crawler.scale.shard_rows import BrokenShardError
    except ModuleNotFoundError as error:
        raise _not_installed(error) from error
    folder = (folder or db.parent / "scale").absolute()
    paths = tuple(path.absolute() for path in paths)
    workers = workers or os.cpu_count() or 1
    try:
        given = read_settings(settings)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    try:
        was_read, failed = are_read(paths, folder), []
        if not was_read:
            failed = extract_shards(paths, folder, tasks=tasks, workers=workers, executor=executor, settings=given)
    except ModuleNotFoundError as error:
        raise _not_installed(error) from error
    except (ExecutorError, BrokenShardError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{folder} cannot be written: {error.strerror or error}") from error
    except KeyboardInterrupt:
        click.echo("Interrupted: what was read stays; the same command goes on", err=True)
        sys.exit(1)
    if failed:
        for sentence in failed:
            click.echo(f"Error: {sentence}", err=True)
        click.echo("Error: nothing was merged; the same command reads what is missing, and merges", err=True)
        sys.exit(1)
    if no_merge:
        lost = [*read_sentences(paths, folder)]
        for sentence in lost:
            click.echo(f"Error: {sentence}", err=True)
        click.echo(f"read: {folder}{os.sep}*.parquet")
        sys.exit(bool(lost))
    if not was_read:  # merged by a process that has not loaded what reading takes, some 30 MB
        program = "from nejat_crawler.cli import main; main()"
        options = ["--db", str(db), "--folder", str(folder), *(["--verbose"] if verbose else []), "--"]
        command = [sys.executable, "-P", "-c", program, "scale", *options, *map(str, paths)]
        sys.stdout.flush()
        os.execv(sys.executable, command)  # noqa: S606 (itself)
    arguments = {"paths": "\0".join(map(str, paths)), "folder": str(folder)}
    sys.exit(run_command(db, "shards", arguments, {"ITEM_PIPELINES": {STEPS[-1]: 100}}, verbose=verbose))


def _not_installed(error: ModuleNotFoundError) -> click.ClickException:
    needed = f"`nejat scale` needs the extra scale ({error.name} is missing): pip install 'nejat-crawler[scale]'"
    return click.ClickException(needed)
