"""Compiles the templates of the site: processes that are forked later find it done. Imported behind `first_pages`."""

from __future__ import annotations

import gc
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType

import yaml
from datasette import app, plugins  # type: ignore[import-untyped]
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from nejat_crawler.archive import Archive
from nejat_crawler.website.datasette_settings import CONFIG_DIR
from nejat_crawler.website.serve import build_datasette


class _KeptTemplates(BytecodeCache):
    """What templates were compiled to, which is half of what the first page of its kind costs."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, bool], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum, bucket.environment.is_async))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code
        self._kept[bucket.key, bucket.checksum, bucket.environment.is_async] = bucket.code


vars(app)["Environment"] = partial(Environment, bytecode_cache=_KeptTemplates())
vars(yaml)["SafeLoader"] = yaml.CSafeLoader  # Datasette reads its metadata with it, .04 s else
with TemporaryDirectory() as _folder:
    Archive.open(Path(_folder) / "nejat.db").close()
    _site = build_datasette(Path(_folder) / "nejat.db")
    plugins.pm.hook.prepare_jinja2_environment(env=_site.jinja_env, datasette=_site)
    _own_pages = _site.jinja_env.overlay(enable_async=False)
    for _template in (CONFIG_DIR / "templates").glob("*.html"):
        _own_pages.get_template(_template.name)
gc.freeze()
