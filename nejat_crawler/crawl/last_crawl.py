"""What is not as it was at the last crawl into an archive, apart from the site."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from nejat_crawler.archive import Archive
from nejat_crawler.archive.crawl_state.imported_files import code_digest
from nejat_crawler.archive.crawl_state.statistics import last_run
from nejat_crawler.urls import SITE, Mirror

#: Arguments of `nejat reextract` that choose some states.
_PARTS = ("theme", "since", "id")


def extractor() -> str:
    """A digest of the code that reads pages: with another one the same page may give another text."""
    return code_digest("extraction", "dates")[:16]


def differences(archive: Archive, arguments: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each: another server than before (someone tries a mirror), another extractor."""
    last = last_run(archive.db, "crawl")
    if last is None:
        return
    given = (json.loads(last["arguments"]), arguments)
    before, today = (Mirror.parse(each.get("base_url", SITE)).base_url for each in given)
    if before != today:
        yield f"the last crawl into this archive read {before}, this one reads {today}"
    reread = last_run(archive.db, "reextract", "finished")
    if reread and reread["id"] > last["id"] and not any(json.loads(reread["arguments"])[name] for name in _PARTS):
        last = reread
    if json.loads(last["counts"] or "{}").get("extractor", extractor()) != extractor():
        yield (
            "since the last crawl the program has come to read pages otherwise: what that changes counts as an edit"
            " of this run; `nejat reextract --write` before the first crawl after an update prevents it, `nejat"
            " history --undo` takes it back"
        )
