"""`scrapy shell` that leaves no row in the archive."""

from __future__ import annotations

import argparse

from scrapy.commands.shell import Command as ScrapyShell

from nejat_crawler.crawl.commands import forget_archive


class Command(ScrapyShell):
    """Scrapy's own, also with `--spider nejat`, without the archive of NEJAT_DB."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Scrapy's own, and an archive that is forgotten."""
        super().process_options(args, opts)
        forget_archive(self.settings)
