"""`scrapy parse` that knows the project's spider and leaves no row in the archive."""

from __future__ import annotations

import argparse
from urllib.parse import urlsplit

from scrapy.commands.parse import Command as ScrapyParse

from nejat_crawler.crawl.commands import forget_archive
from nejat_crawler.urls import HOSTS


class Command(ScrapyParse):
    """Scrapy's own, with the spider `nejat` unless another is named, without the archive of NEJAT_DB.

    A page that is not on the site is read as one of a mirror at the page's host.
    """

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Scrapy's own, and an archive that is forgotten."""
        super().process_options(args, opts)
        opts.spider = opts.spider or "nejat"
        forget_archive(self.settings)
        for url in args[:1]:
            parts = urlsplit(url)
            if opts.spider == "nejat" and parts.hostname not in HOSTS:
                opts.spargs.setdefault("base_url", f"{parts.scheme}://{parts.netloc}")
