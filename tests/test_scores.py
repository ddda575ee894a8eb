"""The manual tests/checks/scores.md holds: of marks and targets, what each piece shows is found there, and nothing
else.

What no manual can print (thousands of indicators, absurd figures, another region's grades) and what the real documents
are told is below.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build_tools.accounts.statement import read_statement
from build_tools.checks import check_project
from build_tools.checks.scores import MOST, check_table
from build_tools.diagnostics import Finding, Severity
from build_tools.source import parse
from tests.helpers import declare, sound
from tests.support import INFORMATION, REPOSITORY, assert_findings, check, make_project, repository_project
from tests.test_bad_input import BLOCK, MARK, annotate

MANUAL = Path(__file__).parent / "checks" / "scores.md"
YEAR = "2020/self-evaluation.yaml"
FILE = f"data/x/y/{YEAR}"
WEIGHTS = {"score-weight-level", "score-weight-total"}
VARIANT = """\
variant: 演示
based_on: 整体支出绩效自评表2020
provenance: 测试
grades: {合格: 60, 不合格: 0, 中: {remove: 是}, 差: {remove: 是}}
"""

TEMPLATE = """\
template: 演示绩效自评
based_on: 湖南绩效自评2020
region: 演示
from: 2020
provenance: 测试
sections:
  - {slug: department, tables: [演示]}
  - {slug: projects, remove: 是}
"""


def pieces() -> Iterator[tuple[str, str, str]]:
    """Name, file and marked text of every piece of the manual."""
    heading, number = "", 0
    for match in BLOCK.finditer(MANUAL.read_text(encoding="utf-8")):
        if match["heading"]:
            heading, number = match["heading"], 0
            continue
        number += 1
        yield f"{heading} {number}", f"data/x/y/{match['name'] or YEAR}", INFORMATION + match["text"]


def scores(findings: list[Finding]) -> list[Finding]:
    """Those that are about marks and targets."""
    return [one for one in findings if one.code.startswith("score-")]


@pytest.mark.parametrize(("file", "marked"), [pytest.param(file, marked, id=name) for name, file, marked in pieces()])
def test_the_manual_shows_what_is_found(file: str, marked: str, tmp_path: Path) -> None:
    """Code, line and column of everything; a piece without 总分 is only a part of a table, whose weights are not
    complete.
    """
    lines = [line for line in marked.split("\n") if not MARK.fullmatch(line)]
    findings = check(make_project(tmp_path, {file: "\n".join(lines)}))[1]
    found = [one for one in scores(findings) if "总分:" in marked or one.code not in WEIGHTS]
    assert annotate(lines, found) == marked
    assert {one.place.file for one in found} <= {file}
    assert {one.code for one in findings if one.blocks} <= {"score-malformed"}


def test_every_code_of_the_checks_is_in_the_manual() -> None:
    """In both directions with what the checks can say."""
    source = "".join(
        (REPOSITORY / "build_tools" / "checks" / name).read_text(encoding="utf-8")
        for name in ("scores.py", "targets_met.py")
    )
    shown = {
        match["code"] for _, _, marked in pieces() for line in marked.split("\n") if (match := MARK.fullmatch(line))
    }
    assert shown - {"score-malformed"} == set(re.findall(r'"(score-[a-z-]+)"', source))


def test_messages_tell_both_figures(tmp_path: Path) -> None:
    """What an accountant compares stands in the message, so that nobody has to compute it."""
    text = (
        "整体支出绩效自评表:\n  资金:\n    年度资金总额: {全年预算数: 150, 全年执行数: 141.63, 分值: 10, 执行率: 95%, "
        "得分: 9.9}\n"
        "  绩效指标:\n    产出指标:\n      数量指标:\n        - {指标: 培训, 年度指标值: ≥30场, 实际完成值: 53场, "
        "分值: 50, 得分: 51}\n  总分: {得分: 60, 等级: 差}\n"
    )
    told = {one.code: one for one in scores(check(make_project(tmp_path, {FILE: INFORMATION + text}))[1])}
    assert "目标是“≥30场”，实际完成“53场”，超出 77%" in told["score-overfulfilled"].message
    assert "得 51 分，超过了分值 50" in told["score-above-weight"].message
    assert told["score-grade"].message == "总分 60 应为“中”，等级填的是“差”"
    assert {code for code, one in told.items() if one.severity is Severity.WARNING} == {
        "score-above-weight",
        "score-grade",
    }


@pytest.mark.parametrize(
    ("marks", "grade"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.99", "良"),
        ("80", "良"),
        ("79.99", "中"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
    ],
)
def test_grades_begin_at_their_least_marks(marks: str, grade: str) -> None:
    """The thresholds printed under the form of 2020; every other grade is told to be wrong."""
    for written in "优良中差":
        found = table_findings(f"总分: {{得分: {marks}, 等级: {written}}}\n")
        assert [one.code for one in found] == ([] if written == grade else ["score-grade"])


def table_findings(text: str, region: str = "湖南", forms: Path | None = None) -> list[Finding]:
    """What is found about one table of 2020."""
    declared = sound(forms, VARIANT, TEMPLATE) if forms else repository_project().forms
    form, root = declared.form("整体支出绩效自评表", region, 2020), parse(text.encode(), "a.yaml").root
    assert form
    assert root
    return check_table(read_statement(root, form, 2020, repository_project().reference.codebook, []))


def test_another_region_has_its_own_grades_and_no_python(tmp_path: Path) -> None:
    """Shanghai prints 优 良 合格 不合格."""
    assert not table_findings("总分: {得分: 70, 等级: 合格}\n", "演示", tmp_path)
    assert [one.expected for one in table_findings("总分: {得分: 70, 等级: 不合格}\n", "演示", tmp_path)] == ["合格"]


@pytest.mark.parametrize(
    "grades",
    [
        "{优: 90, 良: 90, 差: 0}",
        "{优: 90, 良: 80}",
        "{优: 九十, 差: 0}",
        "{优: -1}",
        "{优: [90], 差: 0}",
        "{优: 900, 差: 0}",
        "{优: '', 差: 0}",
        "[优, 良]",
        "优",
        "{}",
        "[]",
    ],
)
def test_grades_that_make_no_sense_are_a_mistake_in_the_form(grades: str, tmp_path: Path) -> None:
    """Told at their line. The form below has none that could show through."""
    text = VARIANT.replace("整体支出绩效自评表2020", "整体支出绩效自评表").partition("grades:")[0]
    _, findings = declare(tmp_path, f"{text}grades: {grades}\n", TEMPLATE)
    assert findings
    assert {(one.code, one.place.file, one.place.line) for one in findings} == {
        ("form-mistake", "forms/form-1.yaml", 4)
    }


REAL = {
    "data/lukou/administrative-approval-bureau/2022/self-evaluation.yaml": {
        "score-overfulfilled": 1,
        "score-unexplained": 1,
        "score-actual-range": 1,
        "score-target-hindsight": 1,
    },
    "data/lukou/business-environment-centre/2023/self-evaluation.yaml": {
        "score-actual-range": 1,
        "score-target-malformed": 1,
        "score-target-missed": 1,
        "score-unexplained": 4,
    },
    "data/shifeng/business-environment-centre/2020/self-evaluation.yaml": {"score-target-hindsight": 6},
}


def test_the_real_documents_are_told_their_slips_and_no_more() -> None:
    """Each was held against the printed table: where four or more are alike, one finding names them."""
    found = scores([one for report in check_project(repository_project())[0] for one in report.all_findings])
    assert {
        file: dict(Counter(one.code for one in found if one.place.file == file))
        for file in {one.place.file for one in found}
    } == REAL
    assert not [one for one in found if one.severity is not Severity.HINT]


def many(count: int, indicator: str) -> bytes:
    """A table with this indicator very often."""
    head = f"{INFORMATION}整体支出绩效自评表:\n  绩效指标:\n    产出指标:\n      数量指标:\n"
    return (head + "".join(f"        - {{指标: 第{number}项, {indicator}}}\n" for number in range(count))).encode()


@pytest.mark.parametrize(
    ("indicator", "kinds"),
    [
        ("实际完成值: ≥53场, 分值: 1, 得分: 2", {"score-actual-range", "score-above-weight"}),
        ("年度指标值: 48.99万元, 实际完成值: 48.99万元, 得分: 1", {"score-target-hindsight"}),
        ("年度指标值: 30场, 实际完成值: 29场≥, 分值: -1", {"score-target-malformed"}),
        ("年度指标值: 30场, 实际完成值: 53场, 得分: 1", {"score-overfulfilled"}),
        ("偏差原因: 无, 分值: 2, 得分: 1", {"score-unexplained"}),
    ],
)
def test_ten_thousand_indicators_are_few_findings_in_time(indicator: str, kinds: set[str], tmp_path: Path) -> None:
    """One for each kind of slip, not for each indicator. More than these does not fit into a file."""
    found = scores(assert_findings(make_project(tmp_path, {FILE: "a: b"}), FILE, many(10_000, indicator)))
    told = [one for one in found if one.code not in {*WEIGHTS, "score-malformed"}]
    assert Counter(one.code for one in told) == Counter(kinds)
    assert all("；本表另有 9999 项同样：“第1项”、" in one.message for one in told)


def test_a_thousand_projects_are_told_of_the_first_slips_only(tmp_path: Path) -> None:
    """Warnings before hints, and how many more there are."""
    indicators = "绩效指标: {产出指标: {数量指标: [{指标: 甲, 分值: 2, 得分: 1}, {指标: 乙, 分值: 1, 得分: 2}]}}"
    text = (
        INFORMATION + "项目支出绩效自评表:\n" + "".join(f"  p-{number}:\n    {indicators}\n" for number in range(1000))
    )
    found = assert_findings(make_project(tmp_path, {FILE: "a: b"}), FILE, text.encode())
    assert Counter(one.severity for one in scores(found)) == {Severity.WARNING: MOST}
    assert [one.message for one in found if one.code == "file-too-many-findings"] == ["绩效表还有 2900 处提示没有列出"]


ABSURD = (
    "1e999999",
    "99999999999999999999",
    "-5",
    "≥-5",
    "0",
    "≥0场",
    "0.0000001",
    "Infinity",
    "NaN",
    "٣٣场",
    "①场",
    "≥" * 5000,
    "9" * 5000,
    "2≥" * 3000,
    "甲" * 20_000,
    "≥999999999999.9999亿元",
    "0.0001",
    "≤",
    "＞＝＝90％",
    "十场",
    "1/0",
    "%",
    "≥100%≤",
    "1.2.3",
)


@pytest.mark.parametrize("value", ABSURD, ids=lambda value: value[:12])
@pytest.mark.parametrize("other", ["≥30场", "48.99", "0"])
def test_absurd_targets_and_actual_values_are_left_or_told(value: str, other: str, tmp_path: Path) -> None:
    """Never an exception, never a flood."""
    make_project(tmp_path, {FILE: "a: b"})
    for target, actual in ((value, other), (other, value), (value, value)):
        item = f"{{指标: {value!r}, 年度指标值: {target!r}, 实际完成值: {actual!r}, 分值: 50, 得分: 50}}"
        money = "{年度资金总额: {年初预算数: 1, 全年执行数: 48.99}}"
        text = (
            f"{INFORMATION}整体支出绩效自评表:\n  资金: {money}\n  绩效指标:\n    产出指标:\n      成本指标:\n      "
            f"  - {item}\n"
        )
        assert len(scores(assert_findings(tmp_path, FILE, text.encode()))) < 8


figures = st.sampled_from(
    ["", "0", "-1", "0.01", "10", "9.44", "100", "999999999999999", "-999999999999999.99", "1e9", "无", "未载明", "甲"]
)
percents = st.sampled_from(["", "0%", "100%", "-5%", "94.42%", "999999999.9999%", "95", "无"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amounts=st.lists(figures, min_size=5, max_size=5), rate=percents, marks=st.lists(figures, min_size=4, max_size=4)
)
def test_any_figures_are_judged(amounts: list[str], rate: str, marks: list[str], tmp_path: Path) -> None:
    """Blank, negative, huge and unreadable ones in every cell that is divided or compared."""
    text = (
        f"资金:\n  年度资金总额:\n    年初预算数: {amounts[0]}\n    全年预算数: {amounts[1]}\n    全年执行数: {amounts[2]}\n"
        f"    分值: {amounts[3]}\n    执行率: {rate}\n    得分: {amounts[4]}\n"
        f"绩效指标:\n  产出指标:\n    成本指标:\n      - 指标: 甲\n        年度指标值: 48.99万元\n        分值: {marks[0]}\n        得分: {marks[1]}\n"
        f"总分:\n  分值: {marks[2]}\n  得分: {marks[3]}\n  等级: 优\n"
    )
    assert all(one.message and not one.blocks for one in table_findings(text))
