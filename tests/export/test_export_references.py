"""References, data packages and differences, read by the programs that they are for."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from frictionless import Package
from hypothesis import given

from nejat_crawler import citations
from tests.export.test_export import FEW, Tables, export, exported, made_articles
from tests.export.test_export import small as small
from tests.support.commands import articles, rows, run
from tests.support.served import SEEN, article, make_archive

# A style of our own: what a bibliography prints.
STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0" default-locale="en-US">
  <info><title>plain</title><id>plain</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout>
    <names variable="author"><name/></names><text variable="title" prefix="|"/><text variable="URL" prefix="|"/>
    <date variable="issued" prefix="|"><date-part name="year"/></date>
  </layout></bibliography>
</style>
"""


def line(text: str | None) -> str:
    """A text as a reference has it: one line, no control characters."""
    shown = "".join(" " if ord(sign) < 32 or 127 <= ord(sign) < 160 else sign for sign in text or "")
    return " ".join(shown.split())


def author(one: dict[str, Any]) -> str:
    return line(one["byline"]) or line(one["author"]) or "Nejat Society"


def tex(text: str) -> str:
    r"""What the decoder makes of a text: it knows no \textbraceleft, and has a circumflex of its own."""
    return line(text.translate({ord("{"): "", ord("}"): "", ord("^"): "ˆ"}))


def check_references(db: Path) -> None:
    truth = list(articles(db).values())

    library = parse_string(
        export(db, "bibtex").out, append_middleware=[LatexDecodingMiddleware(keep_math_mode=False)]
    )
    assert (library.failed_blocks, len(library.entries)) == ([], len(truth))
    for entry, one in zip(library.entries, truth, strict=True):
        fields = {field.key: field.value for field in entry.fields}
        assert (entry.key, entry.entry_type) == (f"nejat-{one['id']}", "online" if one["url"] else "misc")
        assert line(fields.get("title")) == tex(one["title"])
        assert line(fields["author"]) == tex(author(one))
        assert fields.get("date") == one["published"]
        assert fields["langid"] in {"english", "persian", "arabic", "albanian"}

    records = rispy.loads(export(db, "ris").out)
    for record, one in zip(records, truth, strict=True):
        assert (record["id"], record["type_of_reference"]) == (f"nejat-{one['id']}", "ELEC" if one["url"] else "GEN")
        assert record.get("title", "") == line(one["title"])
        assert record["authors"] == [author(one)]
        assert record.get("year") == (one["published"] and one["published"][:4])
        assert record["language"] == one["language"]

    items = json.loads(export(db, "csl-json").out)
    for item, one in zip(items, truth, strict=True):
        assert (item["id"], item.get("title", "")) == (f"nejat-{one['id']}", line(one["title"]))
        assert item["author"] == [{"literal": author(one)}]


def test_references_of_the_sample_archive(sample: Path) -> None:
    check_references(sample)


@FEW
@given(made_articles())
def test_references_of_any_article(tables: Tables) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check_references(make_archive(Path(folder) / "nejat.db", tables))


def test_a_citation_processor_prints_whole_names(small: Path, tmp_path: Path) -> None:
    items = json.loads(export(small, "csl-json", "--edition", "fa").out)
    (tmp_path / "plain.csl").write_text(STYLE, "utf-8")
    style = CitationStylesStyle(str(tmp_path / "plain.csl"), validate=False)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    bibliography.register(Citation([CitationItem(item["id"]) for item in items]))
    [printed] = map(str, bibliography.bibliography())
    assert printed == "Nejat Society|باران در باغ|https://www.nejatngo.org/fa/posts/3|2024"


def test_an_entry_says_what_was_used_and_when_it_was_seen() -> None:
    one = {
        **article(7, title="50% of {this} & that --", byline="مریم راد", status="gone", published="2024-02-29"),
        "categories": ["Walks"], "tags": ["snow", "Walks"],
    }  # fmt: skip
    assert citations.bibtex(one, "0123456789abcdef", "2026-11-01") == (
        "@online{nejat-en-7,\n"
        "  author = {{مریم راد}},\n"
        "  title = {{50\\% of \\textbraceleft{}this\\textbraceright{} \\& that -{}-}},\n"
        "  date = {2024-02-29},\n"
        "  year = {2024},\n"
        "  url = {https://www.nejatngo.org/en/posts/7},\n"
        "  urldate = {2026-11-01},\n"
        "  organization = {Nejat Society},\n"
        "  langid = {english},\n"
        "  keywords = {Walks, snow},\n"
        "  note = {Archived as en-7, corpus version 0123456789abcdef; no longer on the site},\n"
        "}\n"
    )
    record = citations.ris(one, "0123456789abcdef", "2026-11-01")
    assert "DA  - 2024/02/29/\r\n" in record
    assert "Y2  - 2026/11/01/\r\n" in record
    assert citations.csl(one, "0123456789abcdef", None).keys().isdisjoint({"accessed"})


# Packages


def test_a_package_is_valid_and_says_what_it_holds(sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "package"
    done = run("nejat", "export", "--package", folder, "--versions", "--db", sample)
    assert (done.code, done.err) == (0, "")
    validated = run("frictionless", "validate", folder / "datapackage.json")
    assert validated.code == 0, validated.out
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert package["counts"]["articles"] == len(articles(sample))
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    for resource in package["resources"][:-1]:
        assert all(field["description"] for field in resource["schema"]["fields"])
    citation = yaml.safe_load((folder / "CITATION.cff").read_text("utf-8"))
    assert (citation["cff-version"], citation["version"]) == ("1.2.0", package["version"])
    assert package["version"] in (folder / "codebook.md").read_text("utf-8")
    assert package["version"] in export(sample, "bibtex").out


def test_a_part_of_the_archive_is_a_valid_package(small: Path, tmp_path: Path) -> None:
    arguments = ("--edition", "en", "--versions", "--with-html")
    assert export(small, "--package", tmp_path / "one", *arguments).code == 0
    report = Package(str(tmp_path / "one" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["message"])
    package = json.loads((tmp_path / "one" / "datapackage.json").read_text("utf-8"))
    assert package["filters"] == {"editions": ["en"]}
    assert package["version"] != package["archive_version"]
    with (tmp_path / "one" / "article_versions.csv").open(encoding="utf-8") as file:
        assert len(file.readlines()) == 2
    assert export(small, "--package", tmp_path / "two", *arguments).code == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    result = export(small, "--package", tmp_path / "three", "--fields", "title")
    assert (result.code, "needs the field id" in result.err, (tmp_path / "three").exists()) == (1, True, False)


def test_a_body_of_five_megabytes_fits_into_a_package(tmp_path: Path) -> None:
    db = make_archive(tmp_path / "nejat.db", {"articles": [article(1, body='"کوه"' + "\n" + "x" * 5_000_000)]})
    assert export(db, "--package", tmp_path / "package").code == 0
    assert Package(str(tmp_path / "package" / "datapackage.json")).validate().valid


# Differences


def test_differences_of_exports(small: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.db"
    shutil.copy(small, later)
    changed = {row["id"]: row for row in exported(small)}
    changed["en-2"] |= {"title": "Another title", "body": "Another text"}
    changed["en-6"] |= {"last_seen": "2026-12-01T08:00:00Z", "versions": 3}
    del changed["sq-5"]
    changed["en-99"] = {**changed["en-1"], "id": "en-99"}
    new = tmp_path / "new.jsonl"
    new.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in changed.values()), "utf-8")
    olds = [
        small,
        tmp_path / "old.jsonl.gz",
        tmp_path / "old.json.zst",
        tmp_path / "old.parquet",
        tmp_path / "package",
    ]
    for old, name in zip(olds[1:4], ("jsonl", "json", "parquet"), strict=True):
        assert export(small, name, "-o", old).code == 0
    assert export(small, "--package", olds[4]).code == 0
    for old in olds:
        found = json.loads(diff(old, new, "--json").stdout)
        assert (found["added"], found["removed"], found["same"]) == (["en-99"], ["sq-5"], 8)
        assert found["changed"] == [{"id": "en-2", "fields": ["title", "body"]}]
        assert found["old_version"] in export(small, "ris").out
        same = json.loads(diff(small, old, "--json").stdout)
        assert (same["added"], same["changed"], same["removed"]) == ([], [], [])
        assert same["old_version"] == same["new_version"]
    said = diff(small, new).stdout
    assert "changed en-2 (title, body) Another title\n" in said
    assert "1 added, 1 changed, 1 removed, 8 the same\n" in said


def diff(*arguments: str | Path) -> Any:
    from click.testing import CliRunner

    from nejat_crawler.cli import main

    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"id": "en-1"}\nnonsense', "is no JSON in line 2"),
        (b"[1]", "an entry has no id"),
        (b'{"id": "en-1"}\n{"id": "en-1"}\n', "holds en-1 twice"),
        (b"\x1f\x8b\x08broken", "cannot be read"),
        (b"PAR1broken", "is no Parquet file"),
        (b"\xff\xfe", "is no JSON in line 1"),
        (b'{"id": "en-1", "title": ""}\n{"id": "en-2"}\n', "en-2 has no 'title'"),
    ],
)
def test_what_is_no_export_is_told(small: Path, tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "other").write_bytes(content)
    result = diff(small, tmp_path / "other")
    assert (result.exit_code, result.stderr.count("\n"), sentence in result.stderr) == (1, 1, True), result.stderr
    assert diff(small, tmp_path).exit_code == 1
    assert diff(small, tmp_path / "nothing").exit_code == 2


def test_a_partial_export_is_compared_by_what_it_has(small: Path, tmp_path: Path) -> None:
    assert export(small, "jsonl", "--fields", "id,title", "-o", tmp_path / "titles.jsonl").code == 0
    assert "compared were only: title" in diff(tmp_path / "titles.jsonl", small).stdout
    assert rows(small, "SELECT count(*) n FROM articles WHERE first_seen = ?", SEEN) == [{"n": 10}]
    assert io.StringIO(diff(small, small).stdout).readlines()[0].startswith("0 added, 0 changed")
