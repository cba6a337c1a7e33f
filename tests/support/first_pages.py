"""Imports what commands need, reads pages and dictionaries: processes that are forked later find it done.

When it is imported: multiprocessing knows no other way to prepare the process that forks.
"""

from __future__ import annotations

import gc
import io
import logging
import pickle
import sys
import warnings
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from functools import cache
from typing import Any

from scrapy import cmdline
from scrapy.settings import BaseSettings
from scrapy.utils import log, versions
from scrapy.utils.misc import walk_modules_iter
from w3lib.html import get_meta_refresh

from benchmarks.cases import page_of
from benchmarks.extractors import articles
from nejat_crawler.archive import Archive
from nejat_crawler.archive.crawl_state.imported_files import code_digest
from nejat_crawler.archive.word_forms import LANGUAGES
from nejat_crawler.archive.word_forms.dictionary import lemmas_by_form
from nejat_crawler.crawl.last_crawl import extractor
from nejat_crawler.extraction.page import read_page
from nejat_crawler.sample_site import SampleSite
from nejat_crawler.urls import SITE

vars(sys)["_called_from_test"] = True  # for Datasette: without the plugins that may be installed
for _package in (
    # What a crawl imports when it starts, because its settings name it: half of the second that a small one takes.
    *("scrapy.commands", "scrapy.downloadermiddlewares", "scrapy.extensions", "scrapy.spidermiddlewares"),
    *("scrapy.core.downloader.handlers.datauri", "scrapy.core.downloader.handlers.file"),
    *("scrapy.core.downloader.handlers.http11", "scrapy.core.downloader.handlers.ftp", "scrapy.pqueues"),
    *("scrapy.dupefilters", "scrapy.logformatter", "scrapy.robotstxt", "scrapy.squeues", "scrapy.statscollectors"),
    *("twisted.internet.asyncioreactor", "multiprocessing.synchronize", "tests.support.processes"),
    *("scrapy.core.downloader.handlers.s3", "encodings.charmap", "encodings.utf_8_sig", "_strptime"),
    *("nejat_crawler.archive", "nejat_crawler.cli", "nejat_crawler.crawl", "nejat_crawler.website.serve"),
    # A newsletter's patterns take .4 s, in each import of a text.
    *("nejat_crawler.export", "nejat_crawler.extraction", "pipelines", "spiders"),
):
    with warnings.catch_warnings(action="ignore"):  # of modules that Scrapy will drop
        list(walk_modules_iter(_package))
_SITE = SampleSite(("en", "fa"), limit=10)
for _path in ("/en/", "/fa/", *(f"/en/posts/{post.post_id}" for post in _SITE.public_posts("en")[:3])):
    list(articles(read_page(page_of(_SITE, _path), SITE + _path), SITE + _path))
Archive.open_in_memory().close()
for _language in LANGUAGES:
    lemmas_by_form(_language)
code_digest()
extractor()
# What is installed, and this program's own code, stay as they are while tests run; each crawl looks at all of it.
for _module, _name in ((cmdline, "entry_points"), (cmdline, "_get_commands_from_module"), (versions, "version")):
    vars(_module)[_name] = cache(vars(_module)[_name])
versions.get_versions()


def _copy_settings(settings: BaseSettings) -> BaseSettings:
    """A deep copy, made in C: the two that each crawl makes are a fifth of what it takes where nothing is new."""
    try:
        copied: BaseSettings = pickle.loads(pickle.dumps(settings))
    except (AttributeError, TypeError, pickle.PicklingError):
        copied = _copy_in_python(settings)
    return copied


_copy_in_python, BaseSettings.copy = BaseSettings.copy, _copy_settings  # type: ignore[assignment, method-assign]


def _clearing_once(configure: Callable[[dict[str, Any]], None], manager: Any) -> Callable[[dict[str, Any]], None]:
    """`configure`, after which what loggers know of levels is forgotten: not once for each of Scrapy's 60 loggers."""

    def configure_and_clear(configuration: dict[str, Any]) -> None:
        manager._clear_cache = lambda: None
        try:
            configure(configuration)
        finally:
            del manager._clear_cache
        manager._clear_cache()

    return configure_and_clear


vars(log)["dictConfig"] = _clearing_once(vars(log)["dictConfig"], logging.root.manager)
with redirect_stdout(io.StringIO()), suppress(SystemExit):
    cmdline.execute(["scrapy", "version"])  # what is read of a project and of a command line
get_meta_refresh("<p>", ignore_tags=("noscript",))
gc.freeze()  # else each process looks through all of this for garbage, and copies it
