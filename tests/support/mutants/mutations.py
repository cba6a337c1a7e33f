"""Changes of one place in a module's source, such as a slip of the hand makes: what the tests should notice."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_OPERATORS: dict[type[ast.AST], tuple[str, str]] = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "+"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
}
# A quantifier or an assertion that is not escaped (`(?` begins a group), a word between two `|`.
_QUANTIFIER = re.compile(r"(?<![\\(])(?:(?P<times>[*+])|(?P<maybe>\?)|\{\d*,?\d*\})(?P<rest>[+?]?)")
_ASSERTION = re.compile(r"(?<!\\)(?:\\[bAZ]|[$]|(?<!\[)\^)")
_ALTERNATIVE = re.compile(r"(?<=[|(:])[^|()\[\]\\]+\||\|[^|()\[\]\\]+(?=[|)]|\"|')")
_WORD = re.compile(r"(?<=[\s\"])[^\s\"]+")
_SELECTOR = re.compile(r"(?<=[\"'])[^,\"']+(?:\"[^\"]*\"[^,\"']*)*, |, [^,\"']+(?=[\"']\s*\)?$)|, [^,\"']+(?=, )")

#: First and last byte of a change, what comes there, and of which kind it is.
Change = tuple[int, int, str, str]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one place changed."""

    line: int
    function: str
    """The outermost function around it (`Tag.fits`); empty at module level."""
    kind: str
    before: str
    """The line as it is."""
    after: str
    source: str
    """The whole module, changed."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A module's source in bytes, as the offsets of its tree count them."""

    raw: bytes

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        ends = (node.lineno, node.col_offset), (node.end_lineno or 1, node.end_col_offset or 0)
        lines = [0, *(match.end() for match in re.finditer(b"\n", self.raw))]
        return lines[ends[0][0] - 1] + ends[0][1], lines[ends[1][0] - 1] + ends[1][1]

    def replaced(self, node: ast.expr | ast.stmt, new: str, kind: str) -> Change:
        return *self.span(node), new, kind

    def operator(self, left: ast.expr, operator: ast.AST, right: ast.expr) -> Iterator[Change]:
        """The opposite of the operator that stands between two operands."""
        old, new = _OPERATORS.get(type(operator), ("", ""))
        start, end = self.span(left)[1], self.span(right)[0]
        pattern = rf"\b{old}\b".replace(" ", r"\s+") if old.isalpha() or " " in old else re.escape(old)
        if old and (match := re.search(pattern, self.raw[start:end].decode())):
            yield start + match.start(), start + match.end(), new, "operator"

    def parts(self, node: ast.expr, part: re.Pattern[str], kind: str) -> Iterator[Change]:
        """Each part of a literal, dropped; or a quantifier of a pattern, turned."""
        start, end = self.span(node)
        text = self.raw[start:end].decode()
        for match in part.finditer(text):
            begin = start + len(text[: match.start()].encode())
            new = _other_quantifier(match) if part is _QUANTIFIER else ""
            yield begin, begin + len(match[0].encode()), new, kind


def _other_quantifier(match: re.Match[str]) -> str:
    if match["times"]:
        return ("+" if match["times"] == "*" else "*") + match["rest"]
    return "" if match["maybe"] else "?"


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _changes(node: ast.AST, source: _Source, *, in_function: bool) -> Iterator[Change]:
    """What may be changed in a node, its children left out."""
    replaced = source.replaced
    match node:
        case ast.Compare():
            for (left, right), operator in zip(pairwise([node.left, *node.comparators]), node.ops, strict=True):
                yield from source.operator(left, operator, right)
        case ast.BoolOp():
            for left, right in pairwise(node.values):
                yield from source.operator(left, node.op, right)
        case ast.BinOp() if not any(_is_text(side) or isinstance(side, ast.List) for side in (node.left, node.right)):
            yield from source.operator(node.left, node.op, node.right)
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield source.span(node)[0], source.span(node.operand)[0], "", "dropped sign or not"
        case ast.Constant(value=bool()):
            yield replaced(node, str(not node.value), "constant")
        case ast.Constant(value=int(number)):
            yield replaced(node, str(number + 1), "constant")
        case ast.If() | ast.IfExp():
            yield replaced(node.test, "False", "if off")
            if isinstance(node, ast.IfExp):
                yield replaced(node.test, "True", "if on")
        case ast.comprehension():
            yield from (replaced(test, "True", "filter off") for test in node.ifs)
        case ast.FunctionDef(returns=ast.Name(id="bool")):
            returns = (inner for inner in ast.walk(node) if isinstance(inner, ast.Return) and inner.value)
            yield from (replaced(inner.value, "True", "return True") for inner in returns if inner.value)
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and not value.value):
            yield replaced(value, "None", "return None")
        case ast.Expr(value=ast.Constant()):
            return  # a docstring
        case ast.Expr() | ast.AugAssign() | ast.Continue() | ast.Break():
            yield replaced(node, "pass", "dropped statement")
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript(), *_]):
            yield replaced(node, "pass", "dropped statement")
        case ast.Tuple(ctx=ast.Load()) | ast.Set():
            yield from (replaced(each, "'-nothing-'", "dropped entry") for each in node.elts if _is_text(each))
        case ast.Dict() if not in_function:
            yield from (
                replaced(key, repr("\U0010ffff"), "dropped entry") for key in node.keys if key and _is_text(key)
            )
        case ast.Call():
            yield from _changed_arguments(node, source, in_function=in_function)


def _changed_arguments(node: ast.Call, source: _Source, *, in_function: bool) -> Iterator[Change]:
    """Regular expressions and their flags, words of a text that is split, selectors of a theme's row."""
    arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
    inner = [each for argument in arguments for each in ast.walk(argument)]
    match node.func:
        case ast.Attribute(value=ast.Name(id="re")):
            if node.args and isinstance(node.args[0], ast.Constant):
                for part in (_QUANTIFIER, _ASSERTION, _ALTERNATIVE):
                    yield from source.parts(node.args[0], part, "regex")
            for flag in inner:
                if isinstance(flag, ast.Attribute) and flag.attr.isupper():
                    yield source.replaced(flag, "re.NOFLAG", "regex flag off")
        case ast.Attribute(value=ast.Constant() as words, attr="split"):
            yield from source.parts(words, _WORD, "dropped word")
        case ast.Name(id="Theme" | "replace") if not in_function:
            for each in inner:
                if isinstance(each, ast.Constant) and ", " in str(each.value):
                    yield from source.parts(each, _SELECTOR, "dropped selector")


def _walk(
    node: ast.AST, source: _Source, names: tuple[str, ...] = (), function: str = ""
) -> Iterator[tuple[Change, str]]:
    """The changes of a node and its children, each with the outermost function around it."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not function:
        names = (*names, node.name)
        function = "" if isinstance(node, ast.ClassDef) else ".".join(names)
    yield from ((change, function) for change in _changes(node, source, in_function=bool(function)))
    unread = [getattr(node, "annotation", None), getattr(node, "returns", None), *getattr(node, "decorator_list", ())]
    for child in ast.iter_child_nodes(node):
        if child not in unread and not isinstance(child, ast.arg):
            yield from _walk(child, source, names, function)


def _is_valid(source: str, kind: str, line: str) -> bool:
    """Whether Python compiles it, and the regular expressions in a changed line."""
    try:
        tree = ast.parse(source)
        if kind == "regex":
            for node in ast.walk(tree):
                match node:
                    case ast.Call(
                        func=ast.Attribute(value=ast.Name(id="re")), args=[ast.Constant(value=str(pattern)), *_]
                    ):
                        re.compile(pattern, re.VERBOSE if "\n" in pattern else re.NOFLAG)
        compile(tree, line, "exec")
    except (SyntaxError, ValueError, re.error):
        return False
    return True


def mutants_of(text: str) -> Iterator[Mutant]:
    """Every mutant of a module that Python still compiles, in the order of its lines.

    >>> [mutant.after for mutant in mutants_of("ready = not late and rope > 3")][:3]
    ['ready = late and rope > 3', 'ready = not late or rope > 3', 'ready = not late and rope >= 3']
    """
    source = _Source(text.encode())
    seen = {text}
    for (start, end, new, kind), function in sorted(_walk(ast.parse(text), source), key=lambda found: found[0]):
        changed = (source.raw[:start] + new.encode() + source.raw[end:]).decode()
        at = source.raw[:start].count(b"\n")
        before, after = (lines.split("\n")[at].strip() for lines in (text, changed))
        if changed not in seen and _is_valid(changed, kind, after):
            seen.add(changed)
            yield Mutant(at + 1, function, kind, before, after, changed)
