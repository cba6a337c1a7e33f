"""All SQL of the project is in `nejat_crawler/archive`: whoever changes a table finds every query there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.support.commands import ROOT

SQL = re.compile(
    r"""\b(SELECT\s.+?\sFROM\s | INSERT\s(OR\s\w+\s)?INTO\s | UPDATE\s.+?\sSET\s | DELETE\sFROM\s | PRAGMA\s\w
        | (CREATE|ALTER|DROP)\s((TEMP|VIRTUAL|UNIQUE)\s)*(TABLE|INDEX|VIEW|TRIGGER)\s | VACUUM\s | ATTACH\s
        | (AND|OR|WHERE)\s\w+\s(=|[<>]=?|IN|LIKE|MATCH)\s[?(:] | ORDER\sBY\s)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


def strings(code: str) -> Iterator[str]:
    """All strings of a module but docstrings; what is put into an f-string stands as `{}`."""
    tree = ast.parse(code)
    aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    aside |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            yield node.value


def test_nothing_outside_the_archive_holds_sql() -> None:
    files = [file for folder in ("nejat_crawler", "spiders", "pipelines") for file in (ROOT / folder).rglob("*.py")]
    found = {
        str(file.relative_to(ROOT)): texts
        for file in files
        if (texts := [text for text in strings(file.read_text("utf-8")) if SQL.search(text)])
    }
    assert {name for name in found if name.startswith("nejat_crawler/archive/")}
    # the pattern of what Datasette writes for its table pages: it is put in order there
    outside = {name for name in found if not name.startswith("nejat_crawler/archive/")}
    assert outside <= {"nejat_crawler/website/database.py"}, {name: found[name] for name in outside}


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT id FROM articles",
        "select count(*)\n  from articles",
        "WHERE id = ?",
        "PRAGMA journal_mode = WAL",
        "insert or replace into marks values (?)",
        "VACUUM INTO ?",
    ],
)
def test_sql_is_recognised(sql: str) -> None:
    code = f'def find(name):\n    """Select the rows from a table."""\n    return {sql!r}'
    assert [text for text in strings(code) if SQL.search(text)] == [sql]
