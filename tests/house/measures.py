"""How big the modules and functions of a folder are, and which of its tests prove nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from house.repository import modules

Function = ast.FunctionDef | ast.AsyncFunctionDef
_BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.IfExp, ast.comprehension, ast.BoolOp, ast.Match)
_EXPECTING = {"raises", "warns", "fail", "golden"}


@dataclass(frozen=True)
class Measured:
    """One function or class: where it is, how long, how branchy, and whether it is documented."""

    place: str
    name: str
    lines: int
    complexity: int
    public: bool
    documented: bool


def lengths(root: Path) -> dict[str, int]:
    """The lines of each module, by its path."""
    return {path.relative_to(root).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(root)}


def middle(root: Path) -> int:
    """The median length of the modules that hold code; those that are one docstring would flatter it."""
    return int(median([length for length in lengths(root).values() if length > 1] or [0]))


def functions(root: Path) -> list[Measured]:
    """All functions and methods under a folder, the nested ones too."""
    return [found for found in _measured(root) if found.complexity]


def undocumented(root: Path) -> list[str]:
    """Public modules, classes, functions and methods that say nothing of themselves."""
    silent = [path.relative_to(root).as_posix() for path in modules(root) if not ast.get_docstring(_parsed(path))]
    return silent + [found.place for found in _measured(root) if found.public and not found.documented]


def tests(root: Path) -> Iterator[tuple[str, Function, ast.Module]]:
    """The test functions under a folder, with where they are and the module around them."""
    for path in modules(root):
        tree = _parsed(path)
        for node in ast.walk(tree) if path.name.startswith("test_") else ():
            if isinstance(node, Function) and node.name.startswith("test_"):
                yield f"{path.relative_to(root).as_posix()}:{node.lineno} {node.name}", node, tree


def told(function: Function) -> bool:
    """Whether a test states its behaviour in a sentence."""
    first = (ast.get_docstring(function) or "").split("\n\n")[0].strip()
    return first.endswith((".", "!", "?")) and len(first.split()) > 2


def asserts(function: Function, module: ast.Module) -> bool:
    """Whether a test can fail by what it expects: not in an `except`, nor behind the call that raises."""
    helpers = {node.name: node for node in ast.walk(module) if isinstance(node, Function) and not node.name.startswith("test")}
    return _expects(function, helpers, frozenset())


def _expects(node: ast.AST, helpers: dict[str, Function], seen: frozenset[str]) -> bool:
    if isinstance(node, ast.Assert):
        return True
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in _EXPECTING:
            return True
        if name in helpers and name not in seen and _expects(helpers[name], helpers, seen | {name}):
            return True
    inner = (child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.ExceptHandler))
    if isinstance(node, ast.With) and any(_swallows(item) for item in node.items):
        return any(_expects(item, helpers, seen) for item in node.items)
    return any(_expects(child, helpers, seen) for child in inner)


def _swallows(item: ast.withitem) -> bool:
    return any(word in ast.unparse(item.context_expr) for word in ("raises(", "suppress("))


def _measured(root: Path) -> Iterator[Measured]:
    for path in modules(root):
        shown = path.relative_to(root).as_posix()
        yield from _inside(_parsed(path), shown, public=True, nested=False)


def _inside(parent: ast.AST, shown: str, *, public: bool, nested: bool) -> Iterator[Measured]:
    for node in ast.iter_child_nodes(parent):
        if isinstance(node, Function | ast.ClassDef):
            open_ = public and not nested and not node.name.startswith("_")
            is_function = isinstance(node, Function)
            complexity = 1 + sum(isinstance(inner, _BRANCHES) for inner in ast.walk(node)) if is_function else 0
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            place = f"{shown}:{node.lineno} {node.name}"
            yield Measured(place, node.name, lines, complexity, open_, ast.get_docstring(node) is not None)
            yield from _inside(node, shown, public=public and not node.name.startswith("_"), nested=nested or is_function)
        else:
            yield from _inside(node, shown, public=public, nested=nested)


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))
