"""What is asked of a build travels as one value, and no function of the build takes a list of its parts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from build_tools.engine import BuildRequest, build_preview, build_site
from build_tools.engine.request import UNKNOWN
from build_tools.engine.site import with_inputs
from build_tools.inputs import inputs_of
from tests.helpers import ROOT

PACKAGE = ROOT / "build_tools"
FOLDERS = ("engine", "cli")
PLUGIN = PACKAGE / "mkdocs_plugin.py"
MODULES = [*(path for name in FOLDERS for path in sorted((PACKAGE / name).rglob("*.py"))), PLUGIN]
# a request is taken apart where it is made and where it is used
MOST, TOGETHER = 6, 2


def signatures(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Every function of a module with its parameters."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            every = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            yield node.name, [one.arg for one in every if one.arg not in ("self", "cls")]


def test_every_folder_of_the_build_is_looked_at() -> None:
    assert {path.relative_to(PACKAGE).parts[0] for path in MODULES} == {*FOLDERS, PLUGIN.name}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_function_takes_the_parts_of_a_request(path: Path) -> None:
    parts = {one.name for one in fields(BuildRequest)}
    for name, parameters in signatures(path):
        assert len(parameters) <= MOST, name
        assert len(parts.intersection(parameters)) <= TOGETHER, name


def test_what_is_known_of_the_inputs_is_not_looked_up_again(project_root: Path) -> None:
    assert with_inputs(BuildRequest(), project_root).inputs == inputs_of(project_root) != UNKNOWN
    known = BuildRequest(inputs=inputs_of(project_root))
    assert with_inputs(known, project_root) is known


def test_who_asks_is_told_how_far_the_build_is(project_root: Path) -> None:
    told: list[tuple[int, int]] = []
    request = BuildRequest(progress=lambda done, of: told.append((done, of)))
    assert build_site(project_root, None, request).built
    departments = len(list((project_root / "data").glob("*/*/department.yaml")))
    assert told == [(done, departments) for done in range(1, departments + 1)]
    # nothing is left to do
    assert build_site(project_root, None, request).built
    assert len(told) == departments
    assert build_preview(project_root, "http://127.0.0.1:8000/", request).built
    assert len(told) == 2 * departments
