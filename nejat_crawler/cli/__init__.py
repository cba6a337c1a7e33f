"""The command `nejat`: a module a group of commands, which is imported when one of them is asked for."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from typing import cast

import click

from nejat_crawler.cli.options import OneSentence

# Where a command stands, and what `nejat --help` says of it.
_COMMANDS = {
    "check": ("check_commands", "Say whether all is well with the archive, and what is missing."),
    "crawl": ("crawl_commands", "Archive what is new or changed on the site."),
    "demo": ("serve_commands", "Crawl an invented sample site, and serve its archive."),
    "diff": ("export_commands", "Say which articles differ between two exports."),
    "export": ("export_commands", "Write articles as files."),
    "history": ("check_commands", "Tell what was changed in an article, or take a run back."),
    "import": ("crawl_commands", "Archive captures, saved pages, web archives, newsletters."),
    "publish": ("serve_commands", "Write the site to a folder that Datasette can run anywhere."),
    "reextract": ("capture_commands", "Read articles anew from the captures that are kept."),
    "scale": ("scale_commands", "Import web archives with many processes or machines."),
    "search": ("search_commands", "Search the archive as its website does."),
    "serve": ("serve_commands", "Serve the archive with Datasette, read-only."),
    "show": ("capture_commands", "Show an article, and the record that it was read from."),
}


class _Commands(OneSentence):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # as click asks
        return [*_COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # as click asks
        if cmd_name not in _COMMANDS:
            return None
        import_module("nejat_crawler.archive.lean_import")  # the commands bring sqlite-utils along
        module = import_module(f"{__name__}.{_COMMANDS[cmd_name][0]}")
        return cast("click.Command", getattr(module, cmd_name + "_" * iskeyword(cmd_name)))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # as click asks
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in _COMMANDS.items()])


def _print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from nejat_crawler import __version__  # looked up among what is installed

        click.echo(f"nejat, version {__version__}")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Archive nejatngo.org in all its languages: crawl or import, then search, query and export."""
