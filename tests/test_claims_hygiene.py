"""tests/claims/hygiene.md shows every hint about text where it is found, and nothing else."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from build_tools.checks.claims.hygiene import MOST, hygiene
from build_tools.diagnostics import Place, Severity

MANUAL = (Path(__file__).parent / "claims" / "hygiene.md").read_text(encoding="utf-8")
PIECES = re.findall(r"^## (.+?)$.*?^```text\n(.*?)^```$", MANUAL, re.MULTILINE | re.DOTALL)
MARK = re.compile(r" *\^ ([a-z-]+)")


def wide(text: str) -> int:
    """Columns of a text, a Chinese character counted twice."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


@pytest.mark.parametrize(("heading", "marked"), PIECES, ids=[heading for heading, _ in PIECES])
def test_the_manual_shows_what_is_found(heading: str, marked: str) -> None:
    lines = [line for line in marked.rstrip("\n").split("\n") if not MARK.fullmatch(line)]
    found = hygiene("\n".join(lines))
    shown = []
    for number, line in enumerate(lines, 1):
        shown.append(line)
        shown += [
            " " * wide(line[: one.place.column - 1]) + f"^ {one.code}" for one in found if one.place.line == number
        ]
    assert "\n".join(shown) == marked.rstrip("\n")
    assert {one.severity for one in found} == {Severity.HINT}


def test_a_hint_stands_where_the_text_stands() -> None:
    found = hygiene("收入。。\n支出。。", Place("a.yaml", 7, 5))
    assert [one.place for one in found] == [Place("a.yaml", 7, 7, 2), Place("a.yaml", 8, 3, 2)]


def test_a_quotation_that_a_page_break_cuts_is_left_alone() -> None:
    assert hygiene("推进“放管服\n\n改革”工作，服务企业。") == []


def test_hints_of_one_sort_are_bounded() -> None:
    assert len(hygiene("收入。。\n" * 5000)) == MOST
