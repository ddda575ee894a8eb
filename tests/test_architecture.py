"""The shape of the compiler: imports run one way, every file says why it exists and stays small, one place prints.

Proved on the syntax tree, so that nothing has to be imported or run.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.helpers import ROOT

PACKAGE = ROOT / "build_tools"
# the table in docs/architecture.md: each may import only from those above it
ORDER = re.findall(r"^\| `(\w+)`", (ROOT / "docs/architecture.md").read_text(encoding="utf-8"), re.MULTILINE)
LINES, FUNCTION_LINES = 260, 60
# files that have grown past the limit and wait to be split, with the size that they may not pass; the list only gets
# shorter
GROWN: dict[str, int] = {
    "build_tools.accounts.statement.scalars": 324,
    "build_tools.checks.prose": 274,
    "build_tools.checks.units": 263,
    "build_tools.forms.instances": 292,
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """The dotted name of a module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path): path for path in MODULES}


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """The modules of this package that a file imports, also inside functions."""
    for node in ast.walk(tree(path)):
        found = []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            found = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        for name in found:
            known = name if name in NAMES else name.rsplit(".", 1)[0]
            if known.split(".")[0] == "build_tools":
                yield known


@pytest.mark.parametrize("path", MODULES, ids=lambda path: name_of(path))
def test_what_is_shown_asks_nothing_of_the_checks(path: Path) -> None:
    """Pages, their HTML and the search show what was found when it was checked: from `checks` they import types alone.
    Sentences may ask, because what they say of indicators is worked out as they are written; and `duties` are of a day
    and not of a file.
    """
    if not name_of(path).startswith("build_tools.web.") or name_of(path).startswith("build_tools.web.narrative"):
        return
    for node in ast.walk(tree(path)):
        module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        if module.startswith("build_tools.checks") and not module.startswith("build_tools.checks.duties"):
            assert isinstance(node, ast.ImportFrom)
            assert [one.name for one in node.names if one.name not in classes("build_tools.checks")] == []


def test_pages_are_where_they_are_looked_for() -> None:
    """The proof above looks at something."""
    assert [name for name in NAMES if name.startswith("build_tools.web.pages.")]


def length(path: Path) -> int:
    """Lines of a file."""
    return path.read_text(encoding="utf-8").count("\n")


@cache
def classes(package: str) -> frozenset[str]:
    """The classes of all modules of a package."""
    trees = (tree(path) for name, path in NAMES.items() if name.startswith(f"{package}."))
    return frozenset(node.name for one in trees for node in one.body if isinstance(node, ast.ClassDef))


def functions(path: Path) -> list[ast.FunctionDef]:
    """Every function and method of a file."""
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]


def test_the_documented_order_names_every_top_level_module_once() -> None:
    assert sorted({name.split(".")[1] for name in NAMES if name != "build_tools"}) == sorted(ORDER)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: name_of(path))
def test_imports_run_one_way(path: Path) -> None:
    parts = name_of(path).split(".")
    own = ORDER.index(parts[1]) if len(parts) > 1 else -1
    for name in imports(path):
        other = name.split(".")
        assert len(other) > 1, f"{name_of(path)} imports the whole package"
        assert ORDER.index(other[1]) <= own, f"{name_of(path)} imports {name}, which stands below it"


def test_no_file_imports_itself_by_way_of_others() -> None:
    graph = {name: {one for one in imports(path) if one != name} for name, path in NAMES.items()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(NAMES)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: name_of(path))
def test_every_file_says_why_it_exists_and_stays_small(path: Path) -> None:
    docstring = ast.get_docstring(tree(path))
    assert docstring
    assert len(docstring.split("\n")) <= 8
    assert length(path) <= GROWN.get(name_of(path), LINES)


def test_the_list_of_grown_files_holds_no_others() -> None:
    assert [name for name in GROWN if name not in NAMES or length(NAMES[name]) <= LINES] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: name_of(path))
def test_every_function_is_short_and_says_what_it_does(path: Path) -> None:
    for function in functions(path):
        assert (function.end_lineno or 0) - function.lineno < FUNCTION_LINES, function.name
    named = [node for node in tree(path).body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    methods = [
        one
        for node in named
        if isinstance(node, ast.ClassDef)
        for one in node.body
        if isinstance(one, ast.FunctionDef) and one.name != "__init__"
    ]
    assert [node.name for node in (*named, *methods) if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("path", [path for path in MODULES if "cli" not in path.parts], ids=lambda path: name_of(path))
def test_only_the_command_line_prints_or_exits(path: Path) -> None:
    names = {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}
    assert not names & {"print", "input", "exit", "quit", "SystemExit", "breakpoint"}
    attributes = {
        (node.value.id, node.attr)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    assert not attributes & {("sys", "exit"), ("sys", "stdout"), ("sys", "stderr"), ("os", "_exit")}
