"""What `check` and `explain` print, word for word, against the files in tests/renderings/; and what no example can
show: that nothing in a file can drive a terminal or a pipeline, that reports fit their schemas, that nothing is left
out unsaid.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from build_tools.accounts.corpus import read_project
from build_tools.checks import check_project
from build_tools.cli import main
from build_tools.cli.passed import passed_lines, passed_records, passed_text
from build_tools.diagnostics import Finding, Outcome, Place, Severity, count_outcomes
from build_tools.diagnostics.as_github import render_github
from build_tools.diagnostics.as_gitlab import render_gitlab
from build_tools.diagnostics.as_line import render_lines
from build_tools.diagnostics.text import MOST, MOST_OF_FILE, overview, render_findings
from tests.helpers import ROOT
from tests.support import make_project

FOLDER = Path(__file__).parent / "renderings"
A, B = "data/甲区/乙局/2020/final-accounts.yaml", "data/甲区/丙局/department.yaml"
LINES = {
    (A, 12): "  2010301 行政运行: {本年支出合计: 108.60, 基本支出: 107.20, 项目支出: 0.86}",
    (A, 40): "    原因: " + "本年新增人员较多，" * 12 + "完成率 98%，见附表：一、二",
    (A, 41): "  公务接待费: {预算数: 0.50, 决算数: 0.60}",
}
FINDINGS = (
    Finding(
        "expenditure-1",
        "行政运行：本年支出合计与各列之和不等：填 108.60，应为 108.06，相差 +0.54",
        Place(A, 12, 26, 6),
        Severity.ERROR,
        "108.06",
        "108.60",
        hint="核对本行各数；合计可以不填，由系统计算",
        citation="支出决算表编制说明：1栏＝（2＋3＋4＋5＋6）栏",
        also=("expenditure-3",),
    ),
    Finding(
        "percent-malformed",
        "“完成率”填“98%”：100%, 写法: 不对\n换行",
        Place(A, 40, 122, 3),
        Severity.WARNING,
        hint="写成 98.0%",
    ),
    Finding("three-public-expenses-3", "公务接待费：“三公”经费决算数大于预算数", Place(A, 41, 29, 4), Severity.HINT),
    Finding("file-missing", "缺少 department.yaml", Place(B), hint="新建 department.yaml，内容对照示例"),
)


def line_of(file: str, line: int) -> str:
    """The lines of the files that the findings are about."""
    return LINES.get((file, line), "")


def golden(name: str) -> str:
    """What is expected."""
    return (FOLDER / name).read_text(encoding="utf-8").rstrip("\n")


@pytest.mark.parametrize(
    ("name", "render"),
    [
        ("text.txt", lambda: render_findings(FINDINGS, line_of, 120)),
        ("narrow.txt", lambda: render_findings(FINDINGS, line_of, 60)),
        ("line.txt", lambda: render_lines(FINDINGS, "office/")),
        ("github.txt", lambda: render_github(FINDINGS, "office/")),
        ("gitlab.json", lambda: render_gitlab(FINDINGS, "office/")),
    ],
)
def test_findings_look_as_they_should(name: str, render: Callable[[], str]) -> None:
    assert render() == golden(name)


TEXT = st.text(st.characters(codec="utf-8"), max_size=60)
RENDERERS = (render_lines, render_github, render_gitlab)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """Any finding about any file, as hostile as it may be."""
    place = Place(draw(TEXT), draw(st.integers(1, 9)), draw(st.integers(1, 200)), draw(st.integers(1, 200)))
    return Finding(draw(TEXT), draw(TEXT), place, draw(st.sampled_from(Severity)), hint=draw(TEXT), citation=draw(TEXT))


# the terminal


@given(st.lists(findings(), max_size=4), TEXT, st.integers(40, 160))
def test_the_terminal_gets_no_control_character_and_no_excerpt_wider_than_itself(
    some: list[Finding], line: str, width: int
) -> None:
    shown = render_findings(some, lambda *_: line.replace("\n", " "), width).split("\n")
    assert all(char.isprintable() for one in shown for char in one)
    assert all(cell_len(one) <= width for one in shown if re.match(r" +\d* \| ", one))


def many(number: int, file: str, severity: Severity) -> list[Finding]:
    """Findings on lines of their own."""
    return [Finding("amount-dash", f"第 {one} 个", Place(file, one), severity) for one in range(1, number + 1)]


def test_what_is_not_shown_is_counted_and_errors_are_shown_first() -> None:
    some = [*many(30, "a.yaml", Severity.HINT), *many(5, "a.yaml", Severity.ERROR)]
    shown = render_findings(some, lambda *_: "")
    assert shown.count("错误[amount-dash]") == 5
    assert shown.count("提示[amount-dash]") == MOST_OF_FILE - 5
    assert f"还有提示 {35 - MOST_OF_FILE} 处没有列出" in shown
    assert shown.endswith("全部列出：mingzhang check --format line")
    assert "没有列出" not in render_findings(some[:MOST_OF_FILE], lambda *_: "")


def test_thousands_of_findings_in_thousands_of_files_are_few_lines_that_add_up() -> None:
    some = [one for number in range(3000) for one in many(1, f"{number}.yaml", Severity.WARNING)] + many(
        1, "last.yaml", Severity.ERROR
    )
    shown = render_findings(some, lambda *_: "")
    assert "错误[amount-dash]" in shown
    assert shown.count("警告[amount-dash]") == MOST - 1
    assert f"另有 {3001 - MOST} 个文件的警告 {3001 - MOST} 处没有列出" in shown
    assert shown.count("\n") < 5 * MOST
    assert overview(some) == "错误 1 处、警告 3000 处，在 3001 个文件里"
    assert render_lines(some).count("\n") == 3000


# editors and grep


@given(st.lists(findings(), max_size=5))
def test_one_line_a_finding_whatever_it_says(some: list[Finding]) -> None:
    shown = render_lines(some)
    assert shown.count("\n") == max(0, len(some) - 1)
    assert all(char.isprintable() or char == "\n" for char in shown)


# GitHub

COMMAND = re.compile(r"::(error|warning|notice) ([^\n]*?)::([^\n]*)")


def read_command(text: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner reads it: properties apart at commas, the first `::` ends them, then %XX."""
    match = COMMAND.fullmatch(text)
    assert match, text
    properties = dict(one.split("=", 1) for one in match[2].split(","))
    return match[1], {key: unescaped(value, True) for key, value in properties.items()}, unescaped(match[3], False)


def unescaped(text: str, in_property: bool) -> str:
    """The runner's own order: `%25` comes last."""
    pairs = [("%0D", "\r"), ("%0A", "\n"), *([("%3A", ":"), ("%2C", ",")] if in_property else []), ("%25", "%")]
    for written, char in pairs:
        text = text.replace(written, char)
    return text


@given(findings())
def test_the_runner_reads_back_what_was_found_and_nothing_else(finding: Finding) -> None:
    command, properties, message = read_command(render_github([finding], "office/"))
    place = finding.place
    assert command == {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}[finding.severity]
    assert set(properties) == {"file", "line", "col", "endColumn", "title"}
    assert [int(properties[one]) for one in ("line", "col", "endColumn")] == [
        place.line,
        place.column,
        place.column + place.length,
    ]
    kept = "".join(char if char.isprintable() or char in "\r\n" else " " for char in f"office/{place.file}")
    assert properties["file"] == kept
    assert message.split("\n")[0].startswith(
        "".join(char if char.isprintable() else " " for char in finding.message.split("\n")[0].split("\r")[0])
    )


# GitLab: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
REPORT = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32,64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "not": {"pattern": "^\\./"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


@given(st.lists(findings().filter(lambda one: one.message), max_size=5))
def test_the_report_fits_the_schema_and_no_fingerprint_comes_twice(some: list[Finding]) -> None:
    report = json.loads(render_gitlab([*some, *some], "office/"))
    jsonschema.validate(report, REPORT)
    assert len({one["fingerprint"] for one in report}) == 2 * len(some)


def prints(*some: Finding) -> list[str]:
    """The fingerprints of a report."""
    return [one["fingerprint"] for one in json.loads(render_gitlab(some))]


def test_a_line_added_above_changes_no_fingerprint() -> None:
    def written_on(line: int) -> Finding:
        return Finding("row-duplicate", f"“甲”与第 {line - 2} 行的“甲”是同一行", Place(A, line, 3))

    assert prints(written_on(9)) == prints(written_on(10))
    assert prints(written_on(9)) != prints(Finding("row-duplicate", "“乙”与第 7 行的“乙”是同一行", Place(A, 9, 3)))
    assert len({*prints(written_on(9)), *prints(FINDINGS[0]), *prints(FINDINGS[1])}) == 3


# what was checked and passed

FORM = """\
key: 试填表
slug: trial
title: 试填表
kind: 部门决算
unit: 万元
provenance: 测试
print: {style: rows}
blocks:
  - kind: coded
    codes: functional
    flat: 是
    columns: [合计, 基本支出, 项目支出]
    rows:
      - {key: 合计, total: 是}
rules:
  - id: trial-1
    says: 合计与基本支出、项目支出之和不等
    rule: 每行.合计 == 每行.基本支出 + 每行.项目支出
    gives: 每行.合计
    citation: 试填表说明：{公式}
  - id: trial-2
    says: 合计与各项之和不等
    rule: 合计.每列 == sum(项.每列)
    citation: 试填表说明：合计为各项之和
  - id: trial-3
    says: 年初数与上年的数不等
    rule: 合计.合计 == 上年.部门决算.试填表.合计.合计
    severity: 提示
    because: 上年的数可以调整
    citation: 试填表说明：与上年相接
"""
VARIANT = """\
variant: 试填表2024
based_on: 试填表
key: 试填表
provenance: 测试
rules:
  - {id: trial-1, citation: 试填表（2024）说明：合计等于两栏之和}
  - {id: trial-2, severity: 警告, because: 新表样只作参考, citation: 试填表（2024）说明：合计为各项之和}
"""
TEMPLATE = """\
template: 演示
kind: 部门决算
slug: final-accounts
title: 部门决算
region: 演示
from: 2023
provenance: 测试
sections:
  - {slug: tables, heading: 表, tables: [试填表]}
"""
TEMPLATE_2024 = """\
template: 演示2024
based_on: 演示
from: 2024
provenance: 测试
sections:
  - {slug: tables, tables: [试填表2024]}
"""
DATA = """\
公开信息:
  状态: 草稿
  来源: 测试
试填表:
  合计: {合计: 218.79, 基本支出: 207.20, 项目支出: 11.60}
  2010301 行政运行: {基本支出: 107.20, 项目支出: 0.86}
  2010302 一般行政管理事务: {合计: 10.00, 项目支出: 10.00}
  2010399 其他事务: {合计: 101.00, 基本支出: 100.00, 项目支出: 0.70}
  2010350 事业运行: {合计: 0, 基本支出: 0}
已知差异:
  trial-1 2010399: 填 101.00，应为 100.70：尾数另有说明
"""


@pytest.fixture
def trial(tmp_path: Path) -> Path:
    """A project with forms of its own and one disclosure in which every outcome occurs."""
    return make_project(
        tmp_path,
        {
            "data/x/district.yaml": "基本信息:\n  名称: 甲区\n  模板地区: 演示\n",
            "data/x/y/2020/final-accounts.yaml": None,
            "data/x/y/2023/final-accounts.yaml": DATA,
            "forms/trial.yaml": FORM,
            "forms/trial-2024.yaml": VARIANT,
            "forms/template.yaml": TEMPLATE,
            "forms/template-2024.yaml": TEMPLATE_2024,
        },
    )


def test_the_list_of_what_passed_looks_as_it_should(trial: Path) -> None:
    reports, findings = check_project(read_project(trial))
    assert findings == []
    assert passed_text(reports) == golden("passed.txt")


def test_every_verdict_is_listed_once_in_every_format() -> None:
    """On the real documents: the lists add up to the counts of the summary line."""
    reports, _ = check_project(read_project(ROOT))
    counts = count_outcomes(verdict for report in reports for one in report.checked for verdict in one.verdicts)
    lines = passed_lines(reports, "").split("\n")
    assert Counter(match[1] for line in lines if (match := re.match(r"data/\S+?:\d+:\d+: (\S+?)\[", line))) == {
        word: n for word, n in counts.items() if n
    }
    assert Counter(record["outcome"] for record in passed_records(reports)) == {
        word: n for word, n in counts.items() if n
    }
    # in the text places without figures stand together: 等 23 处
    found = re.findall(
        r"^    \S+ (.*?)(?:等 (\d+) 处)?(?:：.*?)?  (通过|尾差|不符|推算|未执行|已说明)(?=，|：|$)",
        passed_text(reports),
        re.MULTILINE,
    )
    total: Counter[str] = Counter()
    for _, number, word in found:
        total[word] += int(number or 1)
    assert total == {word: n for word, n in counts.items() if n}


def test_every_figure_of_a_listed_verdict_is_a_figure_of_its_table(trial: Path) -> None:
    records = passed_records(check_project(read_project(trial))[0])
    assert records[0] == {
        "file": "data/x/y/2023/final-accounts.yaml",
        "table": "试填表",
        "rule": "trial-1",
        "formula": "每行.合计 == 每行.基本支出 + 每行.项目支出",
        "outcome": Outcome.ROUNDING,
        "left": "218.79",
        "right": "218.80",
        "difference": "-0.01",
        "slack": "0.015",
        "severity": "错误",
        "reason": None,
        "cells": [
            {"table": "试填表", "block": "", "row": "合计", "column": column, "scope": ""}
            for column in ("合计", "基本支出", "项目支出")
        ],
    }
    assert json.loads(json.dumps(records)) == records


# explain


def test_a_rule_that_two_forms_declare_is_explained_for_both(trial: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(trial), "explain", "trial-1"]) == 0
    assert capsys.readouterr().out.rstrip("\n") == golden("rule.txt")
    assert main(["--root", str(trial), "explain", "trial-2"]) == 0
    shown = capsys.readouterr().out
    assert [line for line in shown.split("\n") if line.startswith(("trial-2", "级别", "表："))] == [
        "trial-2：合计与各项之和不等",
        "级别：警告，照常公开，结果写明“不符”（新表样只作参考）",
        "表：试填表（演示 2024 年）",
        "trial-2：合计与各项之和不等",
        "级别：错误，改正或说明以前这份文件不能公开",
        "表：试填表（演示 2023 年）",
    ]


def test_a_broken_form_leaves_the_other_rules_explained(trial: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (trial / "forms/broken.yaml").write_text("key: 坏表\nslug: broken\n", encoding="utf-8")
    (trial / "forms/trial-2024.yaml").write_text(
        VARIANT.replace("id: trial-1,", "id: trial-1, rule: 每行.合记 == 每行.合计,"), encoding="utf-8"
    )
    for arguments, status in ((["trial-1"], 0), (["summary-3"], 0), (["amount-dash"], 0), ([], 0), (["trial-9"], 2)):
        assert main(["--root", str(trial), "explain", *arguments]) == status
        shown = capsys.readouterr()
        assert "forms/broken.yaml（错误" in shown.err
        assert "forms/trial-2024.yaml（错误 1 处）" in shown.err
        assert (not arguments or arguments[0] in shown.out) == (status == 0)
