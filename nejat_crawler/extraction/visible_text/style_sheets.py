"""What the style sheets and scripts in a page's own source hide, marked in that source.

A break-in that hides its links by a class of its own brings the rule with it, in the page or in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import chain, islice

from selectolax.lexbor import LexborHTMLParser

from nejat_crawler.extraction.markup import Tag, tag_index
from nejat_crawler.extraction.nodes import lineage, select
from nejat_crawler.extraction.visible_text.hidden_text import MARK, names_in_scripts
from nejat_crawler.extraction.visible_text.hiding_styles import declarations, hiding

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
#: A rule, the beginning of a group of rules, or its end; no input takes quadratic time.
_RULE = re.compile(r"([^{};]*+)(?:\{(?:([^{}]*+)\})?|(\})|;|\Z)")
_COMPOUND = re.compile(r"([a-z][\w-]*)?((?:[.#][\w-]+)*)((?:\[[^\[\]]*\])*)", re.IGNORECASE)
_VALUE = re.compile(r"\[\s*([\w-]+)\s*(?:([~|^$*]?)=\s*[\"']?([^\"'\[\]]*)[\"']?(?:\s+[is])?\s*)?\]")
_WRITTEN_STYLE = re.compile(r"<style[^<>]*>([^<]{0,2000})<\\?/style", re.IGNORECASE | re.DOTALL)
_HIDDEN_BY_SCRIPT = re.compile(
    r"(?:(getElementById)|querySelector|jQuery|\$)\(\s*[\"']([\w.#-]+)[\"']\s*\)\.(?:style\.(?:display|visibility)\s*="
    r"\s*[\"'](?:none|hidden)|(?:hide|remove)\(\s*\)|css\(\s*[\"']display[\"']\s*,\s*[\"']none)"
)
#: What holds on every screen: no window is narrower than 300 pixels.
_LAYER = re.compile(
    r"\s*@(?:layer\b.*|supports\b(?!\s*not\b).*|media\s+(?:(?:only\s+)?(?:all|screen)\s*(?:and\s*|\Z))?"
    r"(?:\(\s*min-width\s*:\s*[0-2]?\d{0,2}(?:px)?\s*\)\s*)?)",
    re.IGNORECASE | re.DOTALL,
)
#: Rules that are looked at; a saved page may bring all of a theme's.
_MOST_RULES = 20_000
_MOST_SELECTORS = 300
#: Of those that ask for attributes; each is tried at each tag.
_MOST_BY_VALUES = 20
#: Of those that fit an element, and of the elements round it.
_MOST_TRIED, _DEEPEST = 20, 50


@dataclass(frozen=True, slots=True)
class _Compound:
    """`p.x1#a[title^="b"]`: a tag, names of classes and ids, and what stands in other attributes."""

    tag: str
    names: frozenset[str]
    values: tuple[tuple[str, str, str], ...] = ()

    def fits(self, tag: Tag, names: frozenset[str]) -> bool:
        if self.tag not in ("", tag.name) or not self.names <= names:
            return False
        return all(name in tag.attributes and _has_value(tag, name, how, value) for name, how, value in self.values)

    def is_shown_by(self, other: _Compound) -> bool:
        own = {*self.names, *self.values, *((self.tag,) if "-" in self.tag else ())}
        return (not self.tag or other.tag in ("", self.tag)) and own <= {*other.names, *other.values, other.tag}


def _has_value(tag: Tag, name: str, how: str, value: str) -> bool:
    found = tag.attribute(name)
    tests = {
        "": value in ("", found),
        "^": found.startswith(value),
        "$": found.endswith(value),
        "*": value in found,
        "~": value in found.split(),
        "|": found == value or found.startswith(f"{value}-"),
    }
    return tests[how]


@dataclass(frozen=True, slots=True)
class _Selector:
    """What an element itself must be, and what it must stand in, from without."""

    own: _Compound
    outer: tuple[_Compound, ...]
    kind: str


def mark_by_sheets(html: str, tree: LexborHTMLParser) -> str:
    """A page's source with an attribute at each element of its body that its own style sheets or scripts hide.

    A rule under a condition (`:hover`, a width of the window) hides nothing, and none hides what another shows.
    """
    selectors = list(_selectors(tree))
    index = tag_index(html)
    written = unescape(html if index.nested else index.outside()) if selectors else ""
    selectors = [hides for hides in selectors if all(name[1:] in written for name in hides.own.names)]
    if not selectors:
        return html
    pieces, after = [], 0
    for tag, kind in _hidden_tags(index, selectors):
        place = tag.start + 1 + len(tag.name)
        pieces += [html[after:place], f' {MARK}="{kind}"']
        after = place
    return "".join((*pieces, html[after:]))


def _selectors(tree: LexborHTMLParser) -> Iterator[_Selector]:
    nodes = select(tree, "script, style")
    scripts = [node.text() for node in nodes if node.tag == "script"]
    said = " ".join(scripts)
    sheets = [
        node.text()
        for node in nodes
        if node.tag == "style"
        and not {"all", "screen"}.isdisjoint(re.split(r"[\s,]+", (node.attributes.get("media") or "all").lower()))
        and not any(outer.tag == "noscript" for outer in lineage(node))
    ]
    sheets += (match[1] for match in _WRITTEN_STYLE.finditer(said))
    sheets += (f"{'#' * bool(match[1])}{match[2]}{{display:none}}" for match in _HIDDEN_BY_SCRIPT.finditer(said))
    read = list(map(_read_sheet, sheets))
    unique = dict.fromkeys(hides for hiding_rules, _ in read for hides in hiding_rules)
    by_values = [each for each in unique if each.own.values]
    found = [each for each in unique if not each.own.values][:_MOST_SELECTORS] + by_values[:_MOST_BY_VALUES]
    shown = list(dict.fromkeys(shows for _, showing in read for shows in showing))
    in_scripts = names_in_scripts(scripts) if found else set()
    for hides in found:
        opened = any(name.removeprefix("#") in in_scripts for name in hides.own.names)
        if not opened and not any(map(hides.own.is_shown_by, shown)):
            yield hides


@lru_cache(maxsize=32)  # the pages of a site bring the same sheets
def _read_sheet(sheet: str) -> tuple[tuple[_Selector, ...], tuple[_Compound, ...]]:
    """What a style sheet hides, and what it shows."""
    found: list[_Selector] = []
    shown: list[_Compound] = []
    for selector, style, unconditional in _rules(sheet):
        kind = hiding(style)
        if kind is None and not _says_seen(style):
            continue
        *outer, last = re.split(r"\s*>\s*|\s+", selector.strip()) or [""]
        own = _compound(last.partition(":")[0])
        if kind is None:
            shown += [own] if own else []
        elif unconditional and own and not re.search(r"[:+~*]", _VALUE.sub("", selector)):
            around = [_compound(each) for each in outer]
            named = any(each.names or each.values or "-" in each.tag for each in (own, *around) if each)
            found += [_Selector(own, tuple(filter(None, around)), kind)] * (all(around) and named)
    return tuple(found), tuple(shown)


def _says_seen(style: str) -> bool:
    said = declarations(style)
    opacity = said.get("opacity", "0")
    seen = opacity.replace(".", "", 1).isdigit() and float(opacity) > 0
    return (
        "display" in said or said.get("visibility") == "visible" or seen or "height" in said or "max-height" in said
    )


def _rules(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """Each selector with its style, and whether it holds whatever the window and the device."""
    conditions: list[str] = []
    for number, match in enumerate(_RULE.finditer(_COMMENT.sub(" ", sheet))):
        if number > _MOST_RULES:
            break
        if match[3]:
            conditions = conditions[:-1]
        elif match[2] is None:
            conditions += [match[1]] * match[0].endswith("{")
        elif not match[1].lstrip().startswith("@"):
            for selector in match[1].split(",") if not any("print" in said for said in conditions) else ():
                yield selector, match[2], all(map(_LAYER.fullmatch, conditions))


def _compound(text: str) -> _Compound | None:
    match = _COMPOUND.fullmatch(text)
    if match is None or not text:
        return None
    values = tuple((each[1].lower(), each[2] or "", (each[3] or "").strip()) for each in _VALUE.finditer(match[3]))
    return _Compound((match[1] or "").lower(), frozenset(re.findall(r"[.#][\w-]+", match[2])), values)


_WHOLE = frozenset({"html", "body", "main", "article"})


def _hidden_tags(found: Iterable[Tag], selectors: Sequence[_Selector]) -> Iterator[tuple[Tag, str]]:
    rules: dict[str, list[_Selector]] = {}
    for selector in selectors:
        rules.setdefault(next(iter(selector.own.names), selector.own.tag), []).append(selector)
    stack: list[tuple[Tag, frozenset[str]]] = []
    opened: dict[str, int] = {}
    for tag in found:
        if tag.closing:
            while opened.get(tag.name):
                last = stack.pop()[0].name
                opened[last] -= 1
                if last == tag.name:
                    break
            continue
        element_id = tag.attribute("id") if "id" in tag.attributes else ""
        css = (f".{name}" for name in tag.classes) if "class" in tag.attributes else ()
        names = frozenset((*css, *((f"#{element_id}",) if element_id else ())))
        candidates = chain.from_iterable(rules.get(name, ()) for name in ("", tag.name, *names))
        fitting = (rule for rule in candidates if rule.own.fits(tag, names))
        if tag.name not in _WHOLE:
            tried = islice(fitting, _MOST_TRIED)
            kind = next((rule.kind for rule in tried if _stands_in(rule.outer, stack[-_DEEPEST:])), None)
            if kind:
                yield tag, kind
        if tag.name not in _VOID:
            stack.append((tag, names))
            opened[tag.name] = opened.get(tag.name, 0) + 1


_VOID = frozenset(
    {"img", "br", "hr", "input", "meta", "link", "source", "wbr", "col", "embed", "area", "track", "param"}
)


def _stands_in(outer: tuple[_Compound, ...], stack: Sequence[tuple[Tag, frozenset[str]]]) -> bool:
    places = iter(stack)
    return all(any(compound.fits(*place) for place in places) for compound in outer)
