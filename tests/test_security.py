"""SECURITY.md names tests that there are."""

from __future__ import annotations

import ast
import re

import pytest

from tests.helpers import ROOT

NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "SECURITY.md").read_text(encoding="utf-8"))


def test_the_table_names_tests() -> None:
    rows = (ROOT / "SECURITY.md").read_text(encoding="utf-8").split("| threat |")[1].split("\n\n")[0].split("\n")[2:]
    assert len(rows) >= 12
    assert [row for row in rows if "`tests/" not in row] == []


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_named_test_is_there(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
