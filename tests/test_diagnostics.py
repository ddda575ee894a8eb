"""How findings are shown: to a person in a terminal, and to a program as JSON; and that nothing in a file can drive
either.
"""

from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from build_tools.diagnostics import CellRef, Finding, Outcome, Place, Severity, Verdict, count_outcomes
from build_tools.diagnostics.as_json import render_json
from build_tools.diagnostics.finding import in_reading_order
from build_tools.diagnostics.text import render_finding, render_findings, summary

LINE = "  2010301 行政运行: {本年支出合计: 108.60, 基本支出: 107.20}"
FULL = Finding(
    "expenditure-1",
    "行政运行：本年支出合计与各列之和不等",
    Place("data/甲.yaml", 12, 26, 6),
    Severity.ERROR,
    "108.06",
    "108.60",
    Decimal("0.54"),
    "核对本行各数",
    "编制说明：1栏＝（2＋3）栏",
    ("expenditure-3", "summary-2"),
)


def shown(finding: Finding, line: str = LINE) -> list[str]:
    """A finding as lines, where every line of its file is this one."""
    return render_finding(finding, lambda *_: line).split("\n")


def carets(lines: list[str]) -> tuple[int, int]:
    """In which column of the terminal the carets begin, and how many there are."""
    return cell_len(lines[2].split("^")[0]), lines[2].count("^")


def test_a_finding_in_full() -> None:
    assert shown(FULL) == [
        "data/甲.yaml:12:26: 错误[expenditure-1] 行政运行：本年支出合计与各列之和不等",
        f"12 | {LINE}",
        "   | " + " " * 35 + "^^^^^^",
        "   = 同一处还牵连：expenditure-3、summary-2",
        "   = 怎么改：核对本行各数",
        "   = 依据：编制说明：1栏＝（2＋3）栏",
    ]


def test_a_finding_without_a_line_is_its_first_line_alone() -> None:
    assert shown(Finding("file-empty", "文件是空的", Place("甲.yaml")), "") == [
        "甲.yaml:1:1: 错误[file-empty] 文件是空的"
    ]


def test_carets_under_wide_characters_are_twice_as_many() -> None:
    lines = shown(Finding("row-unknown", "没有这一行", Place("甲.yaml", 7, 11, 4)))
    assert carets(lines) == (cell_len("7 | " + LINE[:10]), 8)


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "甲" * 300 + "108.60" + "乙" * 300
    lines = shown(Finding("amount", "不对", Place("甲.yaml", 3, 301, 6)), line)
    assert lines[1].startswith("3 | …甲")
    assert cell_len(lines[1]) <= 120
    assert lines[1].endswith("乙…")
    assert carets(lines) == (cell_len(lines[1].split("108.60")[0]), 6)


def test_several_findings_stand_under_their_file_apart_by_blank_lines() -> None:
    other = Finding("file-empty", "文件是空的", Place("data/乙.yaml"))
    blocks = render_findings([FULL, FULL, other], lambda file, _: LINE if file == FULL.place.file else "").split("\n\n")
    assert [one.split("\n")[0] for one in blocks] == [
        "data/甲.yaml（错误 2 处）",
        *["  第 12 行第 26 列：错误[expenditure-1] 行政运行：本年支出合计与各列之和不等"] * 2,
        "data/乙.yaml（错误 1 处）",
        "  错误[file-empty] 文件是空的",
    ]
    assert render_findings([], lambda *_: "") == ""


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=120)


@given(TEXT, st.integers(1, 130), st.integers(1, 130))
def test_any_line_is_shown_without_control_characters_and_with_carets_in_place(
    line: str, column: int, length: int
) -> None:
    lines = render_finding(
        Finding("a", line, Place(line, 1, column, length), hint=line, citation=line), lambda *_: line
    ).split("\n")
    assert all(char.isprintable() for one in lines for char in one)
    if line.strip():
        assert lines[2].strip(" |^") == ""
        assert "^" in lines[2]
        assert cell_len(lines[2]) <= cell_len(lines[1]) + 1 or column > len(line)


@given(TEXT, TEXT)
def test_carets_begin_where_the_marked_text_begins(before: str, marked: str) -> None:
    before, marked = before[:40], "".join(char for char in marked[:30] if char.isprintable()) + "终"
    lines = shown(Finding("a", "乙", Place("甲", 1, len(before) + 1, len(marked))), before + marked)
    assert carets(lines) == (cell_len(lines[1].removesuffix("…").removesuffix(marked)), cell_len(marked))


def test_json_keeps_amounts_as_text_and_says_null_where_nothing_applies() -> None:
    bare = Finding("file-empty", "文件是空的", Place("甲.yaml"), Severity.HINT)
    document = json.loads(render_json([FULL, bare], {"通过": 3}))
    assert document["verdicts"] == {"通过": 3}
    assert document["findings"][0] == {
        "code": "expenditure-1",
        "severity": "错误",
        "message": FULL.message,
        "file": "data/甲.yaml",
        "line": 12,
        "column": 26,
        "expected": "108.06",
        "actual": "108.60",
        "difference": "0.54",
        "hint": "核对本行各数",
        "citation": FULL.citation,
        "also": ["expenditure-3", "summary-2"],
        "paste": None,
    }
    assert [document["findings"][1][key] for key in ("severity", "expected", "difference", "hint", "also")] == [
        "提示",
        None,
        None,
        None,
        [],
    ]


def test_json_shows_chinese_as_chinese() -> None:
    assert "行政运行" in render_json([FULL], {})


def test_findings_are_told_once_each_in_the_order_of_the_file() -> None:
    first, second, other = (
        Finding("a", "甲", Place(file, line, column)) for file, line, column in (("a", 2, 9), ("a", 10, 1), ("b", 1, 1))
    )
    assert in_reading_order([other, second, first, second]) == [first, second, other]


def test_only_errors_hold_a_disclosure_back() -> None:
    assert [Finding("a", "甲", Place("a"), severity).blocks for severity in Severity] == [True, False, False]


def test_every_outcome_is_counted_in_the_order_of_the_summary() -> None:
    ref = CellRef("甲", "", "乙", "丙")
    counts = count_outcomes(
        [Verdict("a-1", "表", outcome, (ref,)) for outcome in (Outcome.NOT_RUN, Outcome.PASSED, Outcome.PASSED)]
    )
    assert summary(counts, 3, 6) == "3 个部门 6 份公开文件：通过 2，尾差 0，不符 0，推算 0，未执行 1，已说明 0"


def test_a_verdict_without_a_side_has_no_difference() -> None:
    ref = CellRef("甲", "", "乙", "丙")
    assert Verdict("a-1", "表", Outcome.NOT_RUN, (ref,), Decimal(1)).difference is None
    assert Verdict("a-1", "表", Outcome.FAILED, (ref,), Decimal(1), Decimal("1.5")).difference == Decimal("-0.5")
