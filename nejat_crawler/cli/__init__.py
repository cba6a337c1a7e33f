"""The command `nejat`: a module a group of commands."""

from __future__ import annotations

import click

from nejat_crawler import __version__
from nejat_crawler.cli import lean_import  # noqa: F401  (first of all: the imports below bring sqlite-utils along)
from nejat_crawler.cli.check_commands import check, history
from nejat_crawler.cli.crawl_commands import crawl, import_
from nejat_crawler.cli.export_commands import diff, export
from nejat_crawler.cli.options import OneSentence
from nejat_crawler.cli.search_commands import search
from nejat_crawler.cli.serve_commands import demo, publish, serve

COMMANDS = (crawl, import_, check, search, history, export, diff, serve, publish, demo)


@click.group(cls=OneSentence, context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.version_option(__version__, prog_name="nejat")
def main() -> None:
    """Archive nejatngo.org in all its languages: crawl or import, then search, query and export."""


for command in COMMANDS:
    main.add_command(command)
