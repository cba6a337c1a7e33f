"""Reads pages and dictionaries when imported: what the first one costs is then paid in processes forked later."""

from __future__ import annotations

import sys
from importlib import import_module

from benchmarks.cases import page_of
from benchmarks.extractors import articles
from nejat_crawler.archive import Archive
from nejat_crawler.archive.word_forms import LANGUAGES
from nejat_crawler.archive.word_forms.dictionary import lemmas_by_form
from nejat_crawler.extraction.page import read_page
from nejat_crawler.sample_site import SampleSite
from nejat_crawler.urls import SITE

_SITE = SampleSite(("en", "fa"), limit=10)
for _path in ("/en/", "/fa/", *(f"/en/posts/{post.post_id}" for post in _SITE.public_posts("en")[:3])):
    list(articles(read_page(page_of(_SITE, _path), SITE + _path), SITE + _path))
Archive.open_in_memory().close()
for _language in LANGUAGES:
    lemmas_by_form(_language)
vars(sys)["_called_from_test"] = True  # for Datasette: without the plugins that may be installed
import_module("nejat_crawler.website.serve")
