"""`scrapy crawl` with an exit code: Scrapy's own is 0 even when every article fails."""

from __future__ import annotations

import argparse

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from nejat_crawler.crawl.process import run_spider


class Command(ScrapyCrawl):
    """Run a spider; exit 0 all well, 1 something failed or is missing, 2 wrong usage, 75 archive in use."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own, and --quiet."""
        super().add_options(parser)
        parser.add_argument("--quiet", action="store_true", help="print and log nothing of a run without news")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Scrapy's own; what a run with news has to say stands in its report, so that its log is not missed."""
        super().process_options(args, opts)
        if opts.quiet and self.settings is not None:
            self.settings.setdict({"NEJAT_QUIET": True, "LOG_LEVEL": "CRITICAL"}, priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the one spider that is named."""
        if len(args) != 1:
            raise UsageError("name one spider, such as: scrapy crawl nejat")
        if self.crawler_process is None:
            raise UsageError("this command runs inside the project's folder only")
        self.exitcode = run_spider(self.crawler_process, args[0], opts.spargs, names_archive=opts.quiet)
