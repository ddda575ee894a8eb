"""Whatever the compiler can say about a file is explained, and nothing is explained that it cannot say.

The codes are read from the source itself, so a new finding without an entry fails here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_tools.accounts.statement.scalars import NOT_AMOUNTS, why_not_amount
from build_tools.cli import main
from build_tools.diagnostics.catalogue import CATALOGUE
from build_tools.forms import load_forms
from build_tools.source import parse, write

SOURCE = Path(__file__).parents[1] / "build_tools"
# a code that is no literal: a rule's own id (rules explain themselves), and what why_not_amount gives
COMPUTED = {("checks/identities.py", "identity.id"), ("accounts/statement/scalars.py", "code")}


def codes() -> Iterator[tuple[str, str | None, str]]:
    """File, code (None where it is computed) and expression of the first argument of every `Finding(…)`."""
    for path in sorted(SOURCE.rglob("*.py")):
        file = path.relative_to(SOURCE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
                first = node.args[0]
                for one in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
                    yield file, str(one.value) if isinstance(one, ast.Constant) else None, ast.unparse(one)


def in_source() -> set[str]:
    """Every code that a finding about shape can carry."""
    written = {code for _, code, _ in codes() if code is not None}
    return written | {code for code, *_ in NOT_AMOUNTS} | {why_not_amount("甲")[0]}


def test_every_code_of_the_source_is_explained_and_no_other() -> None:
    """Both directions."""
    assert len(in_source()) > 50
    assert set(CATALOGUE) == in_source()


def test_what_the_checks_of_contents_find_is_marked_so() -> None:
    """The rule book of the site lists them by this mark; identities and known differences have pages of their own."""
    apart = {"checks/identities.py", "checks/waivers.py"}
    found = {code for file, code, _ in codes() if file.startswith("checks/") and file not in apart and code is not None}
    assert {code for code, entry in CATALOGUE.items() if entry.check} == found - {"file-too-many-findings"}


def test_no_code_is_computed_where_this_test_cannot_see_it() -> None:
    """A new way of making codes has to be taught to this test."""
    assert {(file, text) for file, code, text in codes() if code is None} == COMPUTED


def test_the_catalogue_is_in_order() -> None:
    """By code, so that it can be read beside a report."""
    assert list(CATALOGUE) == sorted(CATALOGUE)


@pytest.mark.parametrize("code", CATALOGUE)
def test_explain_prints_the_entry(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What `mingzhang explain` shows: every part of the entry in one line each, in Chinese; the example shows both
    ways.
    """
    entry = CATALOGUE[code]
    assert main(["explain", code]) == 0
    printed = capsys.readouterr().out
    for part in (entry.says, entry.why, entry.fix):
        assert f"：{part}\n" in printed
        assert re.search("[\u4e00-\u9fff]", part)
        assert len(part) <= 60
    assert f"：{entry.example}\n" in printed
    wrong, right = entry.example.split("→")
    assert wrong.strip() != right.strip()


def test_a_code_of_the_catalogue_is_not_the_id_of_a_rule() -> None:
    """Both stand in the same brackets, and `explain` takes either."""
    rules = {identity.id for form in load_forms()[0].forms for identity in form.rules}
    assert rules
    assert not rules & set(CATALOGUE)


def test_the_catalogue_is_written_as_it_asks_of_others() -> None:
    """No trap of YAML, and in the canonical shape."""
    data = (SOURCE / "diagnostics" / "catalogue.yaml").read_bytes()
    parsed = parse(data, "catalogue.yaml")
    assert not parsed.findings
    assert parsed.root is not None
    assert write(parsed.root, parsed.comments).encode() == data
