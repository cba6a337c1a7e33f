"""What the commands share: options, and one sentence on stderr instead of a traceback."""

from __future__ import annotations

from pathlib import Path

import click

from nejat_crawler.archive import DEFAULT_PATH, ArchiveError
from nejat_crawler.editions import EDITIONS, UnknownEditionError
from nejat_crawler.export.output import ExportError

DB_OPTION = click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="NEJAT_DB",
    default=DEFAULT_PATH,
    show_default=True,
    help="The archive; also from the environment as NEJAT_DB.",
)
EDITION_OPTION = click.option("--edition", default="all", help=f"{', '.join(EDITIONS)}, several with commas, or all.")
DAY = click.DateTime(["%Y-%m-%d"])


class OneSentence(click.Group):
    """A group whose commands end with a sentence on stderr instead of a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what is the user's to mend exits 1 (or 2 for wrong usage)."""
        try:
            return super().invoke(ctx)
        except UnknownEditionError as error:
            raise click.UsageError(str(error), ctx) from error
        except (ArchiveError, ExportError) as error:
            raise click.ClickException(str(error)) from error
