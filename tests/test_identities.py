"""What becomes of an identity, and how few findings tell what is wrong: one wrong cell is one finding, at that cell.

The verdict is what the public sees, so it must never say more than was checked.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from rich.cells import cell_len

from build_tools.checks import check_project, judge
from build_tools.checks.identities import findings_of
from build_tools.corpus import read_project
from build_tools.diagnostics import CellRef, Finding, Severity
from build_tools.diagnostics.text import render_finding
from build_tools.source import line_reader
from build_tools.statement import own
from tests.helpers import CENTRE, real, small, without_totals

ROW = "支出决算表:\n  2299901 其他支出: {{本年支出合计: {}, {}}}\n"
COLUMNS = ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")


def outcome(total: str, *parts: str) -> str:
    """The verdict on one written row of the expenditure table."""
    written = ", ".join(f"{column}: {part}" for column, part in zip(COLUMNS, parts, strict=False))
    return small(ROW.format(total, written)).outcomes("expenditure-1")[-1]


@pytest.mark.parametrize("addends", range(1, 6))
def test_slack_is_half_a_cent_for_each_figure_that_is_not_zero(addends: int) -> None:
    exact = Decimal("10.00") * addends
    # two decimals: the largest difference that 0.005 × (addends + 1) still explains
    explained = Decimal(addends + 1) * Decimal("0.005") // Decimal("0.01") * Decimal("0.01")
    parts = ["10.00"] * addends + ["0.00"] * (5 - addends)
    for sign in (1, -1):
        assert outcome(f"{exact + sign * explained}", *parts) == "尾差"
        assert outcome(f"{exact + sign * (explained + Decimal('0.01'))}", *parts) == "不符"
    assert outcome(f"{exact}", *parts) == "通过"


@pytest.mark.parametrize(("total", "parts", "expected"), [
    ("0.00", ["0.00"], "通过"), ("0.00", ["0.01"], "尾差"), ("0.00", ["0.02"], "不符"), ("0.01", ["0.00"], "不符"), ("0.01", ["0.01", "0.01"], "尾差"),
    ("-1.00", ["1.00", "-2.00"], "通过"), ("5.00", ["''", "''"], "未执行"), ("''", ["1.00"], "推算"), ("''", ["''"], "未执行"), ("未载明", ["1.00"], "未执行"),
    ("1.00", ["1.00", "未载明"], "未执行"), ("1.00", ["1.00", "无"], "通过"), ("壹", ["1.00"], "未执行"),
])
def test_outcomes_of_one_row(total: str, parts: list[str], expected: str) -> None:
    assert outcome(total, *parts) == expected


def test_a_total_that_staff_left_out_proves_nothing_wherever_it_is_added_up_again() -> None:
    found = small("支出决算表:\n  2010301 行政运行: {基本支出: 2.00, 项目支出: 1.00}\n  2299901 其他支出: {基本支出: 4.00}\n")
    assert {verdict.outcome.value for verdict in found.verdicts} == {"推算", "未执行"}


def test_what_nobody_filled_in_is_not_a_check_that_passed() -> None:
    """Of the real document without its totals, only those identities pass that a different figure could break."""
    found = small(without_totals().replace("公开信息:", "名词解释: []\n公开信息:").split("\n概况:", 1)[1].join(("概况:", "")))
    passed = [verdict for verdict in found.verdicts if verdict.outcome.value in ("通过", "尾差")]
    assert passed
    for verdict in passed:
        assert any(breaks(found.statements, ref, verdict.rule) for ref in written_cells(found.statements)), verdict


def test_a_rule_of_at_most_passes_below_and_tells_above() -> None:
    below, above = (small(f"三公经费: {{公务接待费: {{预算数: 1.00, 决算数: {spent}}}}}") for spent in ("0.50", "1.50"))
    assert set(below.outcomes("three-public-expenses-3")) == {"通过", "未执行"}
    assert above.outcomes("three-public-expenses-3").count("不符") == 2
    assert {(finding.code, finding.severity) for finding in above.findings} == {("three-public-expenses-3", Severity.HINT)}
    assert "不应大于 1.00" in above.findings[0].message
