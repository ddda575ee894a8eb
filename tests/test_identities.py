"""What becomes of an identity, and how few findings tell what is wrong: one wrong cell is one finding, at that cell.

The verdict is what the public sees, so it must never say more than was checked.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from rich.cells import cell_len

from build_tools.accounts.corpus import read_project
from build_tools.accounts.corpus.notes import read_waiver
from build_tools.accounts.statement import own
from build_tools.checks import check_project, judge
from build_tools.checks.identities import findings_of
from build_tools.diagnostics import CellRef, Finding, Outcome, Place, Severity, Verdict
from build_tools.diagnostics.text import render_finding
from build_tools.forms import Instance
from build_tools.source import line_reader
from tests.helpers import CENTRE, bound, moved, one_disclosure, real, small

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


@pytest.mark.parametrize(
    ("total", "parts", "expected"),
    [
        ("0.00", ["0.00"], "通过"),
        ("0.00", ["0.01"], "尾差"),
        ("0.00", ["0.02"], "不符"),
        ("0.01", ["0.00"], "不符"),
        ("0.01", ["0.01", "0.01"], "尾差"),
        ("-1.00", ["1.00", "-2.00"], "通过"),
        ("5.00", ["''", "''"], "未执行"),
        ("''", ["1.00"], "推算"),
        ("未载明", ["1.00"], "未执行"),
        ("1.00", ["1.00", "未载明"], "未执行"),
        ("1.00", ["1.00", "无"], "通过"),
        ("壹", ["1.00"], "未执行"),
    ],
)
def test_outcomes_of_one_row(total: str, parts: list[str], expected: str) -> None:
    assert outcome(total, *parts) == expected


def test_a_total_that_staff_left_out_proves_nothing_wherever_it_is_added_up_again() -> None:
    found = small(
        "支出决算表:\n  2010301 行政运行: {基本支出: 2.00, 项目支出: 1.00}\n  2299901 其他支出: {基本支出: 4.00}\n"
    )
    assert {verdict.outcome.value for verdict in found.verdicts} == {"推算", "未执行"}


def test_a_rule_of_at_most_passes_below_and_tells_above() -> None:
    below, above = (small(f"三公经费: {{公务接待费: {{预算数: 1.00, 决算数: {spent}}}}}") for spent in ("0.50", "1.50"))
    assert set(below.outcomes("three-public-expenses-3")) == {"通过", "未执行"}
    assert above.outcomes("three-public-expenses-3").count("不符") == 2
    assert {(finding.code, finding.severity) for finding in above.findings} == {
        ("three-public-expenses-3", Severity.HINT)
    }
    assert "不应大于 1.00" in above.findings[0].message


@cache
def sound_verdicts() -> tuple[Verdict, ...]:
    """The verdicts of the real document as it is."""
    return judge(bound(), own(real().statements), real().waivers)


def findings_after(*moves: tuple[CellRef, str]) -> list[Finding]:
    """What is told of the real document when some of its written cells are off by an amount."""
    statements = dict(real().statements)
    for ref, amount in moves:
        statements[ref.table] = moved(statements[ref.table], ref, Decimal(amount))
    ledger = own(statements)
    touched = [number for number, one in enumerate(bound()) if any(ref in one.cells for ref, _ in moves)]
    verdicts = list(sound_verdicts())
    for number in touched:
        verdicts[number] = judge([bound()[number]], ledger, real().waivers)[0]
    findings = findings_of(bound(), verdicts, ledger, real().waivers)
    # in which order the forms list their rules must not matter
    backwards = findings_of(bound()[::-1], verdicts[::-1], ledger, real().waivers)
    assert {(one.place, one.severity) for one in backwards} == {(one.place, one.severity) for one in findings}
    return findings


def spend(row: str, column: str) -> CellRef:
    """A cell of the expenditure table."""
    return CellRef("支出决算表", "", row, column)


def failing_after(ref: CellRef, amount: str) -> list[Instance]:
    """The identities of the real document that fail when one of its cells is off, whatever their severity."""
    statements = {**real().statements, ref.table: moved(real().statements[ref.table], ref, Decimal(amount))}
    naming = [one for one in bound() if ref in one.cells]
    verdicts = judge(naming, own(statements), real().waivers)
    return [one for one, verdict in zip(naming, verdicts, strict=True) if verdict.outcome is Outcome.FAILED]


def row_and_column(ref: CellRef) -> str:
    """A cell in short."""
    return f"{ref.table} {ref.row} {ref.column}"


# its two neighbours are told apart from it only by a known difference, which speaks for nobody
ELSEWHERE = {"三公经费 因公出国境费 预算数"}


def test_one_wrong_cell_is_one_finding_at_that_cell_or_at_the_total_that_it_breaks() -> None:
    exact = total = 0
    elsewhere = set()
    for ref in dict.fromkeys(ref for one in bound() for ref in one.cells if not ref.scope):
        cell = real().statements[ref.table].cell(ref)
        failing = [] if cell.amount is None else failing_after(ref, "1.00")
        if not failing:
            # nothing is written there, or it stands in no identity that was run, or in one whose difference is
            # explained
            continue
        findings = findings_after((ref, "1.00"))
        lefts = {real().statements[one.cells[0].table].cell(one.cells[0]).place for one in bound() if ref in one.cells}
        errors = [one for one in failing if one.identity.severity is Severity.ERROR]
        # two identities that fail together cross in one cell, which is the wrong one
        places = {cell.place} if len(errors) > 1 else {cell.place, *lefts}
        named = f"第 {cell.place.line} 行" in (findings[0].hint or "") if cell.place else False
        if len(findings) != 1 or not (named or findings[0].place in places):
            elsewhere.add(row_and_column(ref))
        exact, total = exact + (findings[0].place == cell.place), total + 1
    assert elsewhere <= ELSEWHERE
    assert total > 450
    assert exact / total > 0.85


def test_where_the_figures_do_not_tell_it_is_the_total_that_its_parts_do_not_make() -> None:
    finding = findings_after((CellRef("基本支出决算表", "", "30103", "决算数"), "5.00"))[0]
    assert finding.message == "工资福利支出：类级科目与所属款级科目之和不等：填 90.81，应为 95.81，相差 -5.00"
    assert finding.place == real().statements["基本支出决算表"].at("", "301", "决算数").place
    # its parts are alike, and it is itself borne out by the total above it
    assert finding.hint == (
        "下面任何一个数填错都会这样，逐个核对：“基本工资”（第 457 行）、“奖金”（第 459 行）、"
        "“机关事业单位基本养老保险缴费”（第 462 行）等 4 个数；合计可以不填，由系统计算"
    )


def test_one_failing_identity_accuses_no_other_cell_than_its_left_side() -> None:
    """A sum and one of its two sets of parts moved together: nothing says that it was the other set."""
    total = CellRef("三公经费", "", "公务用车购置及运行费", "预算数")
    findings = findings_after((total, "3.00"), (CellRef("三公经费", "", "合计", "预算数"), "3.50"))
    finding = next(one for one in findings if one.code == "three-public-expenses-2")
    assert finding.place == real().statements["三公经费"].cell(total).place
    assert "：填 3.00，应为 0，相差 +3.00" in finding.message


def test_two_wrong_cells_in_different_rows_are_two_findings() -> None:
    first, second = spend("2010302", "项目支出"), spend("2150510", "本年支出合计")
    places = {finding.place for finding in findings_after((first, "3.00"), (second, "40.00"))}
    assert places == {real().statements["支出决算表"].cell(ref).place for ref in (first, second)}


def test_two_wrong_cells_in_different_tables_are_two_findings() -> None:
    other = CellRef("收入决算表", "", "2010301", "财政拨款收入")
    assert len(findings_after((spend("2010301", "基本支出"), "3.00"), (other, "3.00"))) == 2


def test_an_error_and_a_hint_about_one_cell_are_one_error() -> None:
    findings = findings_after((CellRef("三公经费", "", "公务接待费", "决算数"), "0.80"))
    assert [(one.code, one.severity) for one in findings] == [("three-public-expenses-1", Severity.ERROR)]
    assert findings[0].also == ("explanation-three-public-completion", "three-public-expenses-3")
    assert "：“合计 决算数”（第 541 行）填 0，应为 0.80" in findings[0].message
    assert "先核对“公务接待费 决算数”（填 0.80）：它牵连的 3 条勾稽都不符" in (findings[0].hint or "")


EXAMPLE = """公开信息:
  状态: 可公开
  来源: 示例
# 设计文件里的例子：2010301 在第 12 行
收入支出决算总表: 未载明
收入决算表: 未载明
财政拨款收入支出决算总表: 未载明
一般公共预算财政拨款支出决算表: 未载明
基本支出决算表: 未载明
三公经费: 无
支出决算表:
  2010301 行政运行: {本年支出合计: 108.60, 基本支出: 107.20, 项目支出: 0.86}
政府性基金: 无
国有资本经营: 无
"""


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    """A project with the one real document."""
    return one_disclosure(tmp_path)


@pytest.fixture
def told(centre: Path) -> tuple[Finding, str]:
    """The one error of the example, as a value and as it is shown."""
    (centre / "data" / CENTRE / "2020/final-accounts.yaml").write_text(EXAMPLE, encoding="utf-8")
    reports, _ = check_project(read_project(centre))
    errors = [finding for report in reports for finding in report.all_findings if finding.blocks]
    assert len(errors) == 1, errors
    return errors[0], render_finding(errors[0], line_reader(centre))


def test_the_example_of_the_design_is_told_word_for_word(told: tuple[Finding, str]) -> None:
    finding, shown = told
    assert (finding.place.line, finding.place.column, finding.place.length) == (12, 26, 6)
    assert (finding.actual, finding.expected, finding.difference) == ("108.60", "108.06", Decimal("0.54"))
    lines = shown.split("\n")
    assert lines[0] == (
        f"data/{CENTRE.as_posix()}/2020/final-accounts.yaml:12:26: 错误[expenditure-1] "
        "行政运行：本年支出合计与各列之和不等：填 108.60，应为 108.06，相差 +0.54"
    )
    assert lines[1] == "12 |   2010301 行政运行: {本年支出合计: 108.60, 基本支出: 107.20, 项目支出: 0.86}"
    assert lines[-2:] == [
        "   = 怎么改：核对本行各数；合计可以不填，由系统计算",
        "   = 依据：支出决算表编制说明：1栏＝（2＋3＋4＋5＋6）栏",
    ]


def test_the_carets_stand_under_the_figure_in_the_width_of_a_terminal(told: tuple[Finding, str]) -> None:
    line, carets = told[1].split("\n")[1:3]
    assert cell_len(carets.split("^")[0]) == cell_len(line.split("108.60")[0])
    assert carets.count("^") == cell_len("108.60")


def test_the_same_file_checked_twice_tells_the_same(told: tuple[Finding, str], centre: Path) -> None:
    again, _ = check_project(read_project(centre))
    assert [finding for report in again for finding in report.all_findings if finding.blocks] == [told[0]]


WAIVERS = (
    "  expenditure-1: 填 108.60，应为 108.06：原文如此，未见说明\n"
    "  expenditure-3: 填 108.06，应为 108.60：原文如此，未见说明\n"
)
WAIVED = f"{EXAMPLE}已知差异:\n{WAIVERS}"


def check_text(root: Path, text: str) -> tuple[dict[str, str], list[Finding]]:
    """Outcomes by rule (the last of each) and the errors, of one text in the place of the real document."""
    (root / "data" / CENTRE / "2020/final-accounts.yaml").write_text(text, encoding="utf-8")
    reports, _ = check_project(read_project(root))
    report = next(one for one in reports if one.department.slug == CENTRE.name)
    checked = [one for one in report.checked if one.disclosure.year == 2020]
    verdicts = {
        verdict.rule: str(verdict.outcome)
        for one in checked
        for verdict in one.verdicts
        if verdict.outcome in (Outcome.EXPLAINED, Outcome.FAILED)
    }
    return verdicts, [finding for finding in report.all_findings if finding.blocks]


def test_a_known_difference_is_explained_and_does_not_block(centre: Path) -> None:
    assert check_text(centre, WAIVED) == ({"expenditure-1": "已说明", "expenditure-3": "已说明"}, [])


@pytest.mark.parametrize(
    ("waiver", "words"),
    [
        ("expenditure-2: 原文如此", "已知差异“expenditure-2”没有对应的差异"),
        ("three-public-expenses-1: 原文如此", "已知差异“three-public-expenses-1”没有对应的差异"),
        ("expenditure-11: 原文如此", "没有编号为“expenditure-11”的勾稽关系"),
        ("expenditure-1:", "“expenditure-1”没有写原因"),
    ],
)
def test_a_waiver_that_waives_nothing_is_an_error(waiver: str, words: str, centre: Path) -> None:
    kept = "\n  ".join(
        line.strip() for line in WAIVERS.splitlines() if line.strip().split(":")[0] != waiver.split(":")[0]
    )
    text = EXAMPLE + f"已知差异:\n  {kept}\n  {waiver}\n"
    _, errors = check_text(centre, text)
    matching = [finding for finding in errors if words in finding.message]
    assert len(matching) == 1, errors
    assert matching[0].place.line == text.count("\n")


def test_a_waiver_does_not_change_the_verdict_of_what_holds(centre: Path) -> None:
    text = WAIVED.replace("本年支出合计: 108.60", "本年支出合计: 108.06")
    verdicts, errors = check_text(centre, text)
    assert verdicts == {}
    assert [finding.code for finding in errors] == ["waiver-unused", "waiver-unused"]


@pytest.mark.parametrize(
    ("text", "reason", "figures"),
    [
        ("原文如此", "原文如此", []),
        ("填 108.60，应为 108.06：原文如此", "原文如此", [("108.60", "108.06")]),
        ("填 108.60, 不应大于 108.06，相差 +0.54。 原文如此：未见说明", "原文如此：未见说明", [("108.60", "108.06")]),
        ("填 -1，应为 0；填 3.50，应为 4：两栏都没有说明", "两栏都没有说明", [("-1", "0"), ("3.50", "4")]),
        ("填 108.60，应为 108.06", "", [("108.60", "108.06")]),
        ("填 5 张发票的数，应为 6", "填 5 张发票的数，应为 6", []),
    ],
)
def test_a_waiver_is_read_in_the_words_of_a_finding(text: str, reason: str, figures: list[tuple[str, str]]) -> None:
    waiver = read_waiver(text, Place("x"))
    assert (waiver.reason, waiver.figures) == (
        reason,
        tuple((Decimal(left), Decimal(right)) for left, right in figures),
    )


def test_a_waiver_with_figures_covers_no_other_difference(centre: Path) -> None:
    """What the known difference was written for is explained, whatever else goes wrong in its row is not."""
    verdicts, errors = check_text(centre, WAIVED.replace("本年支出合计: 108.60", "本年支出合计: 180.60"))
    assert verdicts == {"expenditure-1": "不符", "expenditure-3": "不符"}
    assert [finding.code for finding in errors] == ["expenditure-1", "waiver-moved", "waiver-moved"]


def test_a_reason_without_figures_covers_nothing(centre: Path) -> None:
    verdicts, errors = check_text(centre, re.sub("填.+?：", "", WAIVED))
    assert verdicts == {"expenditure-1": "不符", "expenditure-3": "不符"}
    assert [finding.code for finding in errors] == ["expenditure-1", *["waiver-without-figures"] * 2]
    assert "“填 108.60，应为 108.06：”" in (errors[1].hint or "")


def test_a_second_pair_of_figures_is_no_cover_for_later(centre: Path) -> None:
    _, errors = check_text(
        centre, WAIVED.replace("填 108.60，应为 108.06", "填 108.60，应为 108.06；填 9.00，应为 1.00")
    )
    assert [finding.code for finding in errors] == ["waiver-unused"]
    assert "“填 9.00，应为 1.00”没有对应的差异" in errors[0].message


@pytest.mark.parametrize("reason", ["。", "——", "无", "见附件"[:2], "同同同同同"])
def test_a_reason_says_something(reason: str, centre: Path) -> None:
    _, errors = check_text(centre, WAIVED.replace("原文如此，未见说明", reason, 1))
    assert "waiver-empty" in [finding.code for finding in errors]


def test_a_waiver_may_not_cover_several_rows(project_root: Path) -> None:
    """Broken rows and one waiver is an error; a waiver for each row explains them."""
    path = project_root / "data/shifeng/business-environment-centre/2020/final-accounts.yaml"
    text = path.read_text(encoding="utf-8")
    table = text.index("\n支出决算表:\n")
    broken = text[:table] + text[table:].replace("    基本支出: 72.48\n", "    基本支出: 71.48\n", 3)
    assert broken.count("基本支出: 71.48") == 3

    def codes(waivers: str) -> list[str]:
        path.write_text(broken.replace("已知差异:\n", f"已知差异:\n{waivers}"), encoding="utf-8")
        reports, _ = check_project(read_project(project_root))
        found = next(
            one
            for report in reports
            for one in report.checked
            if one.disclosure.file.endswith("2020/final-accounts.yaml")
        )
        return [finding.code for finding in found.findings if finding.blocks]

    said = "填 72.48，应为 71.48：原文如此"
    assert "waiver-too-wide" in codes(f"  expenditure-1: {said}\n")
    rows = "".join(f"  expenditure-1 {row}: {said}\n" for row in ("229", "22999", "2299901"))
    assert "waiver-too-wide" not in codes(rows)
    assert "expenditure-1" not in codes(rows)
