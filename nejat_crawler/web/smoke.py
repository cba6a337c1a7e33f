"""Asks a published folder for every kind of page; a program of its own, which sees nothing but the folder."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from datasette.app import Datasette  # type: ignore[import-untyped]


async def faults(folder: Path) -> list[str]:
    """What each kind of page answers but should not."""
    datasette = Datasette([], config_dir=folder)
    await datasette.invoke_startup()
    found = []
    first = (await datasette.client.get("/nejat/search.json?size=1")).json()["results"]
    article = [f"/nejat/articles/{first[0]['id']}"] if first else []
    paths = [
        "/", "/nejat/search", "/nejat/search?q=a", "/nejat/search.csv?q=a", "/nejat/search.atom", "/nejat/timeline",
        "/nejat/categories", "/nejat/tags", "/nejat/issues", "/nejat/pictures", "/nejat/new", "/nejat/changes.atom",
        "/nejat/removals", "/nejat/about", "/nejat/articles", "/nejat/articles.json?_size=1", "/nejat",
        "/nejat.json?sql=select+1", "/static/site.css", "/robots.txt", "/sitemap.xml", "/llms.txt",
        *article, *(path + ending for path in article for ending in (".json", ".txt", ".bib", ".ris", ".csl.json")),
    ]  # fmt: skip
    for path in paths:
        answer = await datasette.client.get(path)
        if answer.status_code != 200:
            found.append(f"{path} answers {answer.status_code}")
        elif "content-security-policy" not in answer.headers:
            found.append(f"{path} has no policy")
    # an editable install lends its modules to any package of that name
    found += [
        f"the site is run by {module.__file__}"
        for name, module in sorted(sys.modules.items())
        if name.split(".")[0] == "nejat_crawler" and not Path(module.__file__ or "").is_relative_to(folder.resolve())
    ]
    if (await datasette.client.get("/nejat.json?sql=delete+from+articles")).status_code != 400:
        found.append("SQL that writes is not refused")
    return found


if __name__ == "__main__":
    problems = asyncio.run(faults(Path(sys.argv[1])))
    print("; ".join(problems))
    sys.exit(bool(problems))
