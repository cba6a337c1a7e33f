"""Lets each further Datasette of a process, and of those that it forks, begin sooner: when it is imported."""

from __future__ import annotations

import sys
from functools import partial
from types import CodeType

import yaml
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from nejat_crawler.website import lean_datasette


class _KeptTemplates(BytecodeCache):
    """What templates were compiled to, which is half of what the first page of its kind costs."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, bool], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum, bucket.environment.is_async))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code
        self._kept[bucket.key, bucket.checksum, bucket.environment.is_async] = bucket.code


sys.modules[lean_datasette.Datasette.__module__].__dict__["Environment"] = partial(
    Environment, bytecode_cache=_KeptTemplates()
)
vars(yaml)["SafeLoader"] = yaml.CSafeLoader  # Datasette reads its metadata with it, .04 s else
