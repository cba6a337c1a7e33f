"""Compiles the templates of the site: processes that are forked later find it done. Imported behind `first_pages`."""

from __future__ import annotations

import gc
from pathlib import Path
from tempfile import TemporaryDirectory

from datasette import plugins  # type: ignore[import-untyped]

from nejat_crawler.archive import Archive
from nejat_crawler.website.datasette_settings import CONFIG_DIR
from nejat_crawler.website.serve import build_datasette
from tests.support import datasette_starts  # noqa: F401

with TemporaryDirectory() as _folder:
    Archive.open(Path(_folder) / "nejat.db").close()
    _site = build_datasette(Path(_folder) / "nejat.db")
    plugins.pm.hook.prepare_jinja2_environment(env=_site.jinja_env, datasette=_site)
    _own_pages = _site.jinja_env.overlay(enable_async=False)
    for _template in (CONFIG_DIR / "templates").glob("*.html"):
        _own_pages.get_template(_template.name)
gc.freeze()
