"""A tree read against a form: a written figure stands, a blank total is computed and marked, absence has its word.

Small documents, read as the compiler reads them; what must be said about a cell is its state, its amount and how it
is printed.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from build_tools.accounts.statement import Cell, State
from build_tools.diagnostics import CellRef
from build_tools.forms import Forms
from build_tools.web.pages.cells import Cells, Told
from tests.helpers import Small, small, sound

EXPENDITURE = "支出决算表"
DEMO = """\
key: 甲表
slug: first
title: 甲表
kind: 部门决算
unit: 万元
omitted: {omitted}
provenance: 测试
blocks:
  - kind: lines
    columns: [金额]
    rows: [基本, 项目, 合计]
rules:
  - id: first-1
    says: 合计不等
    rule: 合计 == 基本 + 项目
    gives: 合计
    citation: 测试
  - id: first-2
    says: 两表合计不等
    rule: 合计 == 乙表.合计
    citation: 测试
"""
SECOND = """\
key: 乙表
slug: second
title: 乙表
kind: 部门决算
unit: 元
omitted: blank
provenance: 测试
blocks:
  - kind: lines
    columns: [金额]
    rows: [来自甲表, 另列, 合计]
rules:
  - id: second-1
    says: 来自甲表的数不等
    rule: 来自甲表 == 甲表.基本
    gives: 来自甲表
    citation: 测试
"""
TEMPLATE = """\
template: 演示
kind: 部门决算
slug: final-accounts
title: 部门决算
region: 演示
from: 2018
known: 2024
provenance: 测试
sections:
  - {slug: tables, heading: 表, tables: [甲表, 乙表]}
"""


@pytest.fixture
def demo(tmp_path: Path) -> Forms:
    """Two small tables in different units, bound to each other."""
    return sound(tmp_path, DEMO.format(omitted="zero"), SECOND, TEMPLATE)


def cell(found: Small, table: str, row: str, column: str, block: str = "") -> Cell:
    """A cell of one of the tables."""
    return found.statements[table].at(block, row, column)


def text(found: Small, table: str, row: str, column: str) -> str:
    """What is printed in a cell of a table with one block."""
    statement = found.statements[table]
    assert statement.form.blocks[0].column(column) is not None
    return statement.texts[CellRef(table, "", row, column)]


def test_a_written_total_is_the_figure_even_where_the_sum_differs() -> None:
    found = small(
        "支出决算表:\n  合计: {本年支出合计: 2940.05, 基本支出: 2940.06}\n  229 其他支出: {基本支出: 2940.06}\n"
    )
    total = cell(found, EXPENDITURE, "合计", "本年支出合计")
    assert (total.state, total.amount, text(found, EXPENDITURE, "合计", "本年支出合计")) == (
        State.WRITTEN,
        Decimal("2940.05"),
        "2940.05",
    )


@pytest.mark.parametrize(
    "written", ["{基本支出: 3.00, 项目支出: 2.50}", "\n    基本支出: 3.00\n    项目支出: 2.50\n    本年支出合计:"]
)
def test_a_total_left_out_or_left_blank_is_computed_and_marked(written: str) -> None:
    total = cell(small(f"支出决算表:\n  2299901 其他支出: {written}\n"), EXPENDITURE, "2299901", "本年支出合计")
    assert (total.state, total.amount, total.rule) == (State.DERIVED, Decimal("5.50"), "expenditure-1")


def test_a_written_zero_is_a_figure_and_is_not_replaced() -> None:
    total = cell(
        small("支出决算表:\n  2299901 其他支出: {本年支出合计: 0, 基本支出: 3.00}\n"),
        EXPENDITURE,
        "2299901",
        "本年支出合计",
    )
    assert (total.state, total.amount) == (State.WRITTEN, Decimal(0))


def test_parents_of_a_code_are_added_named_summed_and_marked() -> None:
    found = small(
        "支出决算表:\n  2010301 行政运行: {基本支出: 107.20}\n  2010302 一般行政管理事务: {项目支出: 10.00}\n"
    )
    rows = {row.key: row for row in found.statements[EXPENDITURE].axes[""].rows}
    assert list(rows) == ["合计", "201", "20103", "2010301", "2010302"]
    assert [rows[code].parent for code in ("201", "20103", "2010301")] == ["合计", "201", "20103"]
    assert [(rows[code].level, rows[code].derived) for code in ("201", "20103", "2010301")] == [
        (1, True),
        (2, True),
        (3, False),
    ]
    assert "政府办公厅" in rows["20103"].label
    assert [cell(found, EXPENDITURE, row, "本年支出合计").amount for row in rows] == [
        Decimal(one) for one in ("117.20", "117.20", "117.20", "107.20", "10.00")
    ]
    assert {cell(found, EXPENDITURE, row, "基本支出").rule for row in ("合计", "201", "20103")} == {
        "expenditure-2",
        "expenditure-3",
    }
    assert not found.findings


def test_a_written_parent_stays_as_written() -> None:
    found = small("支出决算表:\n  201 一般公共服务支出: {基本支出: 107.00}\n  2010301 行政运行: {基本支出: 107.20}\n")
    assert cell(found, EXPENDITURE, "201", "基本支出").state is State.WRITTEN
    assert cell(found, EXPENDITURE, "合计", "基本支出").amount == Decimal("107.00")


def test_some_blank_addends_contribute_nothing_and_all_blank_leave_the_total_blank() -> None:
    some = small("支出决算表:\n  2299901 其他支出:\n    基本支出: 1.20\n    项目支出:\n")
    none = small("支出决算表:\n  2299901 其他支出:\n    本年支出合计:\n    基本支出:\n")
    assert cell(some, EXPENDITURE, "2299901", "本年支出合计").amount == Decimal("1.20")
    assert cell(none, EXPENDITURE, "2299901", "本年支出合计").state is State.BLANK
    assert text(none, EXPENDITURE, "2299901", "本年支出合计") == ""
    assert set(none.outcomes("expenditure-1")) == {"未执行"}


def test_a_written_total_over_blanks_is_not_run(demo: Forms) -> None:
    assert small("甲表:\n  基本:\n  合计: 5.00\n", demo, "演示").outcomes("first-1") == ["未执行"]


@pytest.mark.parametrize(("omitted", "printed"), [("zero", "0.00"), ("blank", "")])
def test_the_form_says_how_an_omitted_cell_is_printed(omitted: str, printed: str, tmp_path: Path) -> None:
    found = small("甲表:\n  基本: 1.20\n", sound(tmp_path, DEMO.format(omitted=omitted), SECOND, TEMPLATE), "演示")
    assert cell(found, "甲表", "项目", "金额").state is State.OMITTED
    assert text(found, "甲表", "项目", "金额") == printed


@pytest.mark.parametrize(
    "written",
    ["支出决算表:\n  2299901 其他支出:\n    基本支出:\n", "支出决算表:\n  2299901 其他支出: {基本支出: ''}\n"],
)
def test_a_blank_cell_is_printed_blank_where_an_omitted_one_is_zero(written: str) -> None:
    found = small(written)
    assert [text(found, EXPENDITURE, "2299901", column) for column in ("基本支出", "项目支出")] == ["", "0.00"]


def test_a_row_left_blank_is_blank_in_a_table_of_one_column_too(demo: Forms) -> None:
    found = small("甲表:\n  基本: 1.20\n  项目:\n", demo, "演示")
    assert cell(found, "甲表", "项目", "金额").state is State.BLANK
    assert text(found, "甲表", "项目", "金额") == ""


@pytest.mark.parametrize("word", ["无", "不涉及", "依法不公开", "未载明"])
@pytest.mark.parametrize("written", ["支出决算表: {}", "支出决算表:\n  状态: {}\n  注: 一句说明"])
def test_a_table_may_be_absent_and_the_word_is_kept(word: str, written: str) -> None:
    found = small(written.format(word))
    statement = found.statements[EXPENDITURE]
    assert (statement.absence, statement.axes, found.instances) == (word, {}, ())
    assert statement.note == ("一句说明" if "注" in written else "")
    assert not found.findings


def test_what_is_written_under_a_word_of_absence_is_told_of_and_printed_nowhere(demo: Forms) -> None:
    """A preview shows the table: which of the two is true, nobody knows yet."""
    found = small("甲表: {状态: 无, 基本: 1.20}", demo, "演示")
    assert [one.code for one in found.findings] == ["table-contradicts"]
    assert cell(found, "甲表", "基本", "金额").amount == Decimal("1.20")
    assert text(found, "甲表", "基本", "金额") == ""
    beside = Told(Cells({"": found.statements}, {"": ""}), "万元")[CellRef("甲表", "", "基本", "金额")]
    assert (beside.text, beside.url) == ("空", "")


@pytest.mark.parametrize(
    ("word", "total"), [("无", "1.20"), ("不涉及", "1.20"), ("依法不公开", None), ("未载明", None)]
)
def test_nothing_adds_nothing_but_what_is_not_said_stays_unknown(word: str, total: str | None, demo: Forms) -> None:
    found = small(f"甲表: {{基本: 1.20, 项目: {word}}}", demo, "演示")
    assert cell(found, "甲表", "项目", "金额").state is State.ABSENT
    assert text(found, "甲表", "项目", "金额") == word
    assert cell(found, "甲表", "合计", "金额").amount == (Decimal(total) if total else None)
    assert cell(found, "甲表", "合计", "金额").state is (State.DERIVED if total else State.DOUBTFUL)


@pytest.mark.parametrize("written", ["项目: 1,200.00", "项目: 壹佰", "项目: [1.00]", "项木: 3.00"])
def test_what_could_not_be_read_is_doubtful_and_breaks_nothing_above_it(written: str, demo: Forms) -> None:
    found = small(f"甲表:\n  基本: 1.20\n  {written}\n", demo, "演示")
    assert len(found.findings) == 1
    assert cell(found, "甲表", "合计", "金额").state is State.DOUBTFUL
    assert text(found, "甲表", "合计", "金额") == "待核"
    assert found.outcomes("first-1") == ["未执行"]


def test_a_misspelt_code_row_does_not_also_break_the_total() -> None:
    found = small(
        "支出决算表:\n  合计: {基本支出: 5.00}\n  2299901 其他支出: {基本支出: 3.00}\n  其它: {基本支出: 2.00}\n"
    )
    assert [finding.code for finding in found.findings] == ["row-unknown"]
    assert set(found.outcomes("expenditure-2")) == {"未执行"}


def test_nor_is_a_total_computed_that_the_misspelt_row_may_belong_to() -> None:
    found = small("支出决算表:\n  2299901 其他支出: {基本支出: 3.00}\n  其它: {基本支出: 2.00}\n")
    assert cell(found, EXPENDITURE, "合计", "基本支出").state is State.DOUBTFUL
    assert text(found, EXPENDITURE, "合计", "基本支出") == "待核"


def test_figures_meet_in_the_unit_of_the_table_that_asks(demo: Forms) -> None:
    found = small("甲表: {基本: 1.20, 项目: 2.00}\n乙表: {合计: 32000.00}", demo, "演示")
    assert cell(found, "乙表", "来自甲表", "金额").amount == Decimal("12000.00")
    assert found.outcomes("first-2") == ["通过"]
    verdict = next(one for one in found.verdicts if one.rule == "first-2")
    assert (verdict.left, verdict.right) == (Decimal("3.20"), Decimal("3.2"))


def test_a_unit_written_in_the_file_overrides_the_form_s(demo: Forms) -> None:
    found = small(
        "甲表: {金额单位: 元, 基本: 12000.00, 项目: 20000.00}\n乙表: {金额单位: 亿元, 合计: 32000.00}", demo, "演示"
    )
    assert (found.statements["甲表"].unit, found.statements["乙表"].unit) == ("元", "亿元")
    assert cell(found, "乙表", "来自甲表", "金额").amount == Decimal("0.00")
    wrong = next(finding for finding in found.findings if finding.code == "first-2")
    assert (wrong.actual, wrong.expected) == ("32000.00", "3200000000000.00")


def test_what_another_unit_has_behind_the_second_decimal_is_rounded_when_told(demo: Forms) -> None:
    found = small("甲表: {合计: 1.50}\n乙表: {合计: 12345.67}", demo, "演示")
    assert [(one.actual, one.expected, one.difference) for one in found.findings] == [("1.50", "1.23", Decimal("0.27"))]


@pytest.mark.parametrize(
    ("yuan", "derived"),
    [
        ("50.00", "0.01"),
        ("49.99", "0.00"),
        ("150.00", "0.02"),
        ("-50.00", "-0.01"),
        ("-49.00", "0.00"),
        ("12345.00", "1.23"),
    ],
)
def test_a_derived_figure_is_rounded_half_up(yuan: str, derived: str, tmp_path: Path) -> None:
    forms = sound(
        tmp_path,
        DEMO.format(omitted="zero").replace("基本 + 项目", "乙表.另列"),
        SECOND.replace("gives: 来自甲表\n    ", ""),
        TEMPLATE,
    )
    found = small(f"甲表: {{基本: 1.00}}\n乙表: {{另列: {yuan}}}", forms, "演示")
    assert text(found, "甲表", "合计", "金额") == derived
