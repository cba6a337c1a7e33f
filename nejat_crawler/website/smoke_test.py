"""Asks a published folder for every kind of page; a program of its own, which sees nothing but the folder.

Of what is installed it can import only what the folder's requirements.txt names: what else the site needs must fail
here, not where it is deployed.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.metadata import distribution
from pathlib import Path
from types import ModuleType
from typing import Any

_MOST_TOLD = 3  # faults


class _OnlyRequired(MetaPathFinder):
    """Finds nothing, and refuses what neither Python, the site nor its requirements bring."""

    def __init__(self, requirements: Path) -> None:
        self._allowed = {"nejat_crawler", "asgi", *sys.stdlib_module_names}
        for line in requirements.read_text().splitlines():
            for file in distribution(line.partition("==")[0]).files or ():
                self._allowed.add(file.parts[0].partition(".")[0])

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:  # noqa: ARG002  # as Python asks
        """Let the finders after this one look for `fullname`, or raise ModuleNotFoundError."""
        name = fullname.partition(".")[0]
        if name not in self._allowed and not name.startswith("_sysconfigdata"):  # Python's own, but not in its list
            raise ModuleNotFoundError(f"No module named {fullname!r} in requirements.txt", name=fullname)


async def faults(folder: Path) -> list[str]:
    """What each kind of page answers but should not."""
    from asgi import datasette  # type: ignore[import-not-found]  # the folder's

    await datasette.invoke_startup()
    import nejat_crawler

    found: list[str] = []
    if not Path(nejat_crawler.__file__).is_relative_to(folder.resolve()):
        found.append(f"the site is run by the package at {nejat_crawler.__file__}")

    async def ask(path: str, expected: int = 200) -> Any:
        try:
            answer = await datasette.client.get(path)
        except Exception as error:  # whatever it is, it is what the page answers
            found.append(f"{path} fails: {error}")
            return None
        if answer.status_code != expected:
            found.append(f"{path} answers {answer.status_code}")
        elif "content-security-policy" not in answer.headers:
            found.append(f"{path} has no policy")
        return answer

    newest = await ask("/nejat/search.json?size=1")
    first = newest.json()["results"] if newest and newest.status_code == 200 else []
    article = [f"/nejat/articles/{first[0]['id']}"] if first else []
    paths = [
        "/", "/nejat/search", "/nejat/search?q=a", "/nejat/search.csv?q=a", "/nejat/search.atom", "/nejat/timeline",
        "/nejat/categories", "/nejat/tags", "/nejat/issues", "/nejat/pictures", "/nejat/new", "/nejat/changes.atom",
        "/nejat/removals", "/nejat/about", "/nejat/articles", "/nejat/articles.json?_size=1", "/nejat",
        "/nejat.json?sql=select+1", "/static/site.css", "/robots.txt", "/sitemap.xml", "/llms.txt",
        *article, *(path + ending for path in article for ending in (".json", ".txt", ".bib", ".ris", ".csl.json")),
    ]  # fmt: skip
    for path in paths:
        await ask(path)
    await ask("/nejat.json?sql=delete+from+articles", 400)
    return found


if __name__ == "__main__":
    site = Path(sys.argv[1])
    sys.path += sys.argv[2:]
    sys.meta_path.insert(0, _OnlyRequired(site / "requirements.txt"))
    sys.path.insert(0, str(site))
    problems = asyncio.run(faults(site))
    print("; ".join(problems[:_MOST_TOLD]))
    sys.exit(bool(problems))
