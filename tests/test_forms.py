"""Forms are a program that staff may write: what is wrong in one is told at its line, and a right one needs no Python.

Every mistake below is one change to a sound form; ▸ stands where the finding must point.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from build_tools.accounts.corpus import read_project
from build_tools.checks import check_project
from build_tools.cli import main
from build_tools.forms import load_forms
from build_tools.web.exports import Origin, table_csv
from build_tools.web.tables import table_html
from tests.helpers import declare, of_template, one_disclosure, sound


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    """A project with the one real document."""
    return one_disclosure(tmp_path)


DEMO = """\
key: 演示表
slug: demo
title: 演示表
kind: 部门决算
unit: 万元
omitted: zero
provenance: 测试
print: {style: sides}
blocks:
  - key: 收入
    kind: lines
    columns: [金额]
    rows:
      - {key: 拨款}
      - {key: 其他}
      - {key: 合计, total: 是}
    groups: {各项: [拨款, 其他]}
  - key: 支出
    kind: lines
    columns: [{key: 金额}]
    rows:
      - {key: 基本}
      - {key: 项目}
      - {key: 合计, total: 是}
rules:
  - id: demo-1
    says: 收入合计不等
    rule: 收入.合计 == sum(收入.各项)
    gives: 收入.合计
    citation: 第一条
  - id: demo-2
    says: 支出合计不等
    rule: 支出.合计 == 支出.基本 + 支出.项目
    gives: 支出.合计
    citation: 第二条
  - id: demo-3
    says: 收支不等
    rule: 收入.合计 == 支出.合计
    citation: 第三条
"""
CODED = """\
key: 科目表
slug: codes
title: 科目表
kind: 部门决算
unit: 万元
provenance: 测试
print: {style: rows}
blocks:
  - kind: coded
    codes: economic
    columns: [基本, 项目]
    rows:
      - {key: 合计, total: 是}
rules:
  - id: codes-1
    says: 合计不等
    rule: 合计.每列 == sum(类.每列)
    gives: 合计.基本
    citation: 第四条
"""
TEMPLATE = """\
template: 演示
kind: 部门决算
slug: final-accounts
title: 部门决算
region: 演示
from: 2023
known: 2024
provenance: 测试
sections:
  - {slug: tables, heading: 表, tables: [演示表, 科目表]}
"""
# (file, what is replaced, by what, words of the message)
MISTAKES = (
    (0, "== 支出.合计\n", "== ▸支出.合记\n", "“演示表”里没有“合记”，是不是“合计”？"),
    (0, "rule: 收入.合计 == 支出.合计\n", "rule: ▸收人.合计 == 支出.合计\n", "“演示表”里没有“收人”，是不是“收入”？"),
    (0, "rule: 收入.合计 == 支出.合计\n", "rule: '收入.合计 == ▸支出.合计.金鹅'\n", "没有“金鹅”，是不是“金额”？"),
    (0, "rule: 收入.合计 == 支出.合计\n", "rule: 收入.合计 == ▸支出.合计.金额.元\n", "写得太长"),
    (0, "rule: 收入.合计 == 支出.合计\n", "rule: 收入.合计 == ▸支出\n", "没有写到行"),
    (0, "rule: 收入.合计 == 支出.合计\n", "rule: 收入.合计 == ▸上年.支出.合计\n", "“上年”后面要写公开类型"),
    (0, "rule: 收入.合计 == 支出.合计\n", "rule: 收入.合计 == ▸部门决算.支出.合计\n", "“部门决算”后面要写表名"),
    (0, "rule: 收入.合计 == 支出.合计\n", "rule: 收入.合计 == ▸支出决算表.合计\n", "没有写到栏"),
    (
        0,
        "rule: 收入.合计 == 支出.合计\n",
        "rule: 收入.合计 == ▸科目表.合计.每拦\n",
        "“科目表”里没有“每拦”，是不是“每列”？",
    ),
    (0, "rule: 收入.合计 == 支出.合计\n", "rule: ▸收入.每行.金额 == 支出.每行.金额\n", "“支出”里没有“拨款”"),
    (0, "rule: 收入.合计 == 支出.合计\n", "rule: ▸收入.合计.每列 == 科目表.合计.每列\n", "“科目表”里没有“金额”"),
    (0, "rule: 收入.合计 == 支出.合计\n", "rule: ▸收入.合计 == 演示表.收入.合计.金额\n", "规则 demo-3 的两边相同"),
    (0, "rule: 收入.合计 == 支出.合计\n", "rule: 收入.合计 ▸= 支出.合计\n", "规则的写法不对"),
    (0, "rule: 收入.合计 == 支出.合计\n", "rule: ▸|\n      收入.合计 == 支出.合记\n", "没有“合记”"),
    (0, "rule: 收入.合计 == 支出.合计\n", "rule: ▸收入.合计 == 收入.各项\n", "代表多格，要放进 sum(…)"),
    (0, "rule: 收入.合计 == 支出.合计\n", "rule: [收入.合计, 支出.合计]\n", "rule 应是一段文字"),
    (
        0,
        "rule: 收入.合计 == 支出.合计\n",
        "rule: ▸收入.合计 == 支出.合计\n    gives: 收入.合计\n",
        "同时由 demo-1 和 demo-3 推算",
    ),
    (0, "rule: 支出.合计 == 支出.基本 + 支出.项目\n", "rule: ▸支出.合计 == 支出.基本 + 支出.合计\n", "推算转了圈"),
    (
        0,
        "支出.合计 == 支出.基本 + 支出.项目",
        "▸支出.合计 == 支出.基本 + 上年.部门决算.演示表.支出.项目",
        "不能由别的年度或公开文件推算",
    ),
    (0, "gives: 支出.合计\n", "gives: ▸支出.合记\n", "没有“合记”，是不是“合计”？"),
    (
        0,
        "rule: 支出.合计 == 支出.基本 + 支出.项目\n",
        "rule: ▸支出.基本 + 支出.项目 == 支出.合计\n",
        "必须单独写在等号左边",
    ),
    (0, "rule: 支出.合计 == 支出", "rule: ▸支出.合计 >= 支出", "必须单独写在等号左边"),
    (0, "gives: 支出.合计\n", "gives: 支出.基本\n", "与等号左边不是同一行"),
    (0, "    citation: 第三条\n", "", "规则缺少“citation”"),
    (0, "citation: 第三条", "citation: ▸''", "规则缺少依据"),
    (0, "  - id: demo-3", "  - id: demo-2", "规则编号“demo-2”已经用过"),
    (0, "  - id: demo-3", "  - id: summary-3", "规则编号“summary-3”已经用过"),
    (0, "    citation: 第三条", "    severity: 提示\n    citation: 第三条", "要写明原因（because）"),
    (0, "    citation: 第三条", "    severity: ▸提醒\n    because: 甲\n    citation: 第三条", "“severity”不能是“提醒”"),
    (0, "{key: 其他}", "{key: ▸其他（元）}", "键“其他（元）”含有标点、空格或全角字符"),
    (0, "columns: [金额]", "columns: [▸Ａ]", "键“Ａ”含有标点、空格或全角字符"),
    (0, "{各项: [拨款, 其他]}", "{▸各 项: [拨款, 其他]}", "键“各 项”含有标点、空格或全角字符"),
    (0, "{各项: [拨款, 其他]}", "{各项: ▸[其它, 拨款]}", "应写成 [首, 尾]"),
    (0, "{各项: [拨款, 其他]}", "{各项: [拨款, 其他], ▸合计: [拨款, 其他]}", "“合计”已经是本块的行或栏"),
    (0, "{key: 其他}", "▸{key: 拨款}", "行的键“拨款”重复"),
    (
        0,
        "{key: 拨款}\n      - {key: 其他}",
        "{key: 拨款, code: '201'}\n      - ▸{key: 其他, code: '201'}",
        "行的编码“201”重复",
    ),
    (0, "{key: 其他}", "{key: 其他, ▸line: 3}", "行里没有“line”这一项"),
    (0, "{key: 其他}", "{key: 其他, ▸lable: 其他}", "行里没有“lable”这一项"),
    (0, "print: {style: sides}", "print: {style: sides, ▸lines: [[1, 3], [4, 6]]}", "print里没有“lines”这一项"),
    (0, "print: {style: sides}", "print: ▸{style: sides, titles: [收入]}", "sides 有 2 个块，titles 却有 1 个"),
    (0, "columns: [{key: 金额}]", "columns: [{key: 金额, ▸number: 1}]", "栏里没有“number”这一项"),
    (0, "unit: 万元", "unit: 万元\n▸region: 演示", "表样里没有“region”这一项"),
    (0, "{各项: [拨款, 其他]}", "{各项: [拨款, 其他]}\n    counted: ▸各顶", "“各顶”不是本块成组的行（groups）"),
    (1, "citation: 第四条", "citation: 第四条{公式}", "却不能用本表印出的行次、栏次表示"),
    (0, "slug: demo", "slug: ▸../demo", "slug“../demo”不能用作网址"),
    (1, "rule: 合计.每列 == sum(类.每列)", "rule: ▸合计.每列 == sum(下级.每列)", "有一个名字不代表任何一格"),
    (0, "provenance: 测试\n", "", "表样缺少“provenance”"),
    (0, "unit: 万元\n", "", "“金额”是金额，却没有写金额单位"),
    (0, "unit: 万元", "unit: ▸千元", "“unit”不能是“千元”"),
    (0, "    columns: [{key: 金额}]", "    columns: [{key: 金额, type: ▸amuont}]", "“type”不能是“amuont”"),
    (0, "key: 演示表", "key: 演示表▸: 甲", "冒号"),
    (0, "      - {key: 其他}", "      - {key: ▸每行}", "键“每行”在公式里另有所指"),
    (1, "slug: codes", "slug: demo", "slug“demo”在同一模板里用了两次"),
    (1, "sum(类.每列)", "sum(▸项.每列)", "“科目表”里没有“项”"),
    (1, "sum(类.每列)", 'sum(▸科目表["3"].每列)', "科目编码“3”"),
    (1, "print: {style: rows}", "print: ▸{style: sets}", "sets 的 set_heads"),
    (1, "print: {style: rows}", "print: ▸{style: transposed}", "transposed"),
    (1, "key: 科目表", "key: 演示表", "“演示表”已经声明过"),
    (1, "key: 科目表\n", "key: 科目表\nbased_on: ▸演式表\n", "没有叫“演式表”的表"),
    (1, "key: 科目表\n", "key: 科目表\nbased_on: ▸科目表\n", "based_on 转了圈：科目表 → 科目表"),
    (
        1,
        "print: {style: rows}",
        "print: {style: sets, sets: [['301']], set_heads: {甲: 1}, footers: {合计: 1}}",
        "“项目”印不出来：sets 只印一栏数",
    ),
    (
        1,
        "print: {style: rows}\nblocks:\n  - kind: coded\n    codes: economic\n    columns: [基本, 项目]\n    rows:\n",
        "print: {style: sets, sets: [['301']], set_heads: {甲: 1}, footers: {合计: 1}}\n"
        "blocks:\n  - kind: coded\n    codes: economic\n    columns: [基本]\n    rows:\n      - ▸{key: 合记}\n",
        "“合记”印不出来：它不在 footers 里",
    ),
    (2, "[演示表, 科目表]", "[演示表, 科目表, ▸科木表]", "没有叫“科木表”的表"),
    (2, "[演示表, 科目表]", "[演示表, 科目表, ▸演示表]", "“演示表”在模板里列了两次"),
    (2, "from: 2023\n", "", "模板缺少“from”"),
    (2, "from: 2023", "from: ▸23", "“from”应是四位数的年度，不是“23”"),
    (2, "known: 2024", "known: ▸2022", "known 的 2022 早于 2023"),
    (2, "known: 2024", "known: 2024\nuntil: ▸2023", "until 的 2023 早于 2024"),
    (2, "provenance: 测试", "provenance: 测试\nbased_on: ▸湖南部门决算2002", "没有可以依据的模板“湖南部门决算2002”"),
    (2, "slug: final-accounts", "slugs: final-accounts", "模板里没有“slugs”这一项"),
)


def spoiled(number: int, old: str, new: str) -> tuple[list[str], tuple[int, int] | None]:
    """The three sound texts with one mistake in one of them, and where it must be found."""
    texts = [DEMO, CODED, TEMPLATE]
    assert texts[number].count(old) == 1, old
    marked = texts[number].replace(old, new)
    texts[number] = marked.replace("▸", "")
    if "▸" not in marked:
        return texts, None
    before = marked[: marked.index("▸")]
    return texts, (before.count("\n") + 1, len(before) - before.rfind("\n"))


@pytest.mark.parametrize(
    ("number", "old", "new", "words"),
    MISTAKES,
    ids=[f"{number}-{words[:30]}" for number, (_, _, _, words) in enumerate(MISTAKES)],
)
def test_each_mistake_in_a_form_is_told_at_its_line(
    number: int, old: str, new: str, words: str, tmp_path: Path
) -> None:
    texts, place = spoiled(number, old, new)
    _, findings = declare(tmp_path, *texts)
    told = [finding for finding in findings if words in finding.message]
    assert len(told) == 1, findings
    assert told[0].blocks
    assert told[0].place.file == f"forms/form-{number + 1}.yaml"
    assert place in (None, (told[0].place.line, told[0].place.column))


def test_a_variant_that_no_template_lists_is_told_where_it_stands(tmp_path: Path) -> None:
    _, findings = declare(tmp_path, DEMO, CODED, TEMPLATE.replace("[演示表, 科目表]", "[演示表]"))
    assert [(one.message, one.place.file) for one in findings] == [("没有模板用到“科目表”", "forms/form-2.yaml")]


def test_forms_that_are_equal_are_found_under_each_other() -> None:
    forms = load_forms()[0].forms
    copies = {replace(one): one for one in forms}
    assert all(copies[one] is one for one in forms)


def test_the_sound_forms_are_sound(tmp_path: Path) -> None:
    assert sound(tmp_path, DEMO, CODED, TEMPLATE).form("演示表", "演示", 2024) is not None


def test_the_built_in_forms_load_without_findings_and_every_rule_has_its_basis() -> None:
    forms, findings = load_forms()
    assert not findings
    rules = [rule for form in of_template(forms) for rule in form.rules]
    assert len(rules) > 30
    assert all(rule.citation and rule.says for rule in rules)
    assert all(form.provenance for form in forms.forms)


VARIANT = """\
variant: 收入支出决算总表2023
based_on: 收入支出决算总表
provenance: 测试用的新样式
blocks:
  - key: 收入
    rows:
      - {key: 其他收入, label: 八、其他各项收入}
  - key: 支出
    rows:
      - {key: 抗疫特别国债安排的支出, remove: 是}
      - {key: 灾后恢复重建支出, label: 二十六、灾后恢复重建支出, after: 债务付息支出}
    groups: {各类支出: [一般公共服务支出, 灾后恢复重建支出]}
rules:
  - {id: summary-2, citation: '新样式：{公式}'}
  - {id: summary-5, remove: 是}
"""
TEMPLATE_2023 = """\
template: 湖南部门决算2023
kind: 部门决算
slug: final-accounts
title: 部门决算
region: 湖南
from: 2023
provenance: 测试用的新样式
sections:
  - {slug: tables, heading: 决算表, tables: [收入支出决算总表2023]}
"""
DATA_2023 = """\
公开信息: {状态: 可公开, 保密审查: 通过, 负责人审签: 通过}
收入支出决算总表:
  收入: {八、其他各项收入: 9.00, 本年收入合计: 9.00}
  支出: {灾后恢复重建支出: 4.00, 一般公共服务支出: 5.00, 本年支出合计: 8.00}
"""


def test_a_new_year_s_form_is_one_yaml_file_and_no_python(centre: Path) -> None:
    sound(centre, VARIANT, TEMPLATE_2023)
    file = centre / "data/shifeng/business-environment-centre/2023/final-accounts.yaml"
    file.parent.mkdir()
    file.write_text(DATA_2023, encoding="utf-8")
    project = read_project(centre)
    reports, _ = check_project(project)
    checked = {one.disclosure.year: one for one in reports[0].checked}
    # the year before is read by the form that it was written in
    assert not [finding for finding in checked[2020].findings if finding.blocks]
    wrong = [finding for finding in checked[2023].findings if finding.blocks]
    assert [(one.code, one.expected, one.actual, one.citation) for one in wrong] == [
        ("summary-2", "9.00", "8.00", "新样式：58行＝（32＋33＋…＋57）行")
    ]
    statement = checked[2023].disclosure.statements["收入支出决算总表"]
    page, csv = table_html(statement), table_csv([statement], Origin("石峰区", "中心", 2023, "部门决算"))
    for new, old in (("二十六、灾后恢复重建支出", "抗疫特别国债安排的支出"), ("八、其他各项收入", "八、其他收入")):
        assert new in page
        assert new in csv
        assert old not in page + csv
    assert page.index("债务付息支出") < page.index("灾后恢复重建支出") < page.index("本年支出合计")
    assert "summary-5" not in {verdict.rule for verdict in checked[2023].verdicts}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "{key: 抗疫特别国债安排的支出, remove: 是}",
            "▸{key: 抗疫特别国债的支出, remove: 是}",
            "要去掉的“抗疫特别国债的支出”不在所依据的表里",
        ),
        ("after: 债务付息支出", "after: 债务付利息支出", "after 指的“债务付利息支出”不在所依据的表里"),
        (
            "[一般公共服务支出, 灾后恢复重建支出]",
            "▸[一般公共服务支出, 抗疫特别国债安排的支出]",
            "“各类支出”应写成 [首, 尾]",
        ),
        ("label: 二十六、", "label: 二十七、", "“二十七、灾后恢复重建支出”在表上是第二十六项"),
    ],
)
def test_a_variant_that_does_not_fit_its_base_is_told_at_its_line(
    old: str, new: str, words: str, tmp_path: Path
) -> None:
    marked = VARIANT.replace(old, new)
    _, findings = declare(tmp_path, marked.replace("▸", ""), TEMPLATE_2023)
    told = [finding for finding in findings if words in finding.message]
    assert [one.place.file for one in told] == ["forms/form-1.yaml"], findings
    if "▸" in marked:
        assert told[0].place.line == marked[: marked.index("▸")].count("\n") + 1


def test_two_bases_in_a_circle_are_told(tmp_path: Path) -> None:
    _, findings = declare(tmp_path, DEMO + "based_on: 科目表\n", CODED + "based_on: 演示表\n", TEMPLATE)
    assert "based_on 转了圈：科目表 → 演示表 → 科目表" in [finding.message for finding in findings]


def test_a_mistake_in_a_form_is_shown_with_its_line_and_stops_the_run(
    centre: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    declare(centre, DEMO.replace("== 支出.合计\n", "== 支出.合记\n"), CODED, TEMPLATE)
    assert main(["--root", str(centre), "check"]) == 1
    shown = capsys.readouterr().out
    assert "forms/form-1.yaml（错误 1 处）" in shown
    assert "第 38 行第 20 列：错误[form-mistake]" in shown
    assert "38 |     rule: 收入.合计 == 支出.合记" in shown
    assert "0 份公开文件" in shown


BUDGET = """\
key: 收支预算表
slug: budget-summary
title: 收支预算表
kind: 部门预算
unit: 元
provenance: 测试
blocks:
  - kind: lines
    columns: [金额]
    rows: [基本, 项目]
"""
BUDGET_TEMPLATE = (
    TEMPLATE.replace("template: 演示", "template: 演示预算")
    .replace("部门决算", "部门预算")
    .replace("final-accounts", "budget")
    .replace("演示表, 科目表", "收支预算表")
)
REACHING = (
    CODED
    + """\
  - id: codes-2
    says: 科目表合计与演示表不等
    rule: 合计.基本 == 演示表.支出.基本
    citation: 表间
  - id: codes-3
    says: 基本支出超过预算
    rule: 演示表.支出.基本 <= 部门预算.收支预算表.基本
    citation: 决算与预算
  - id: codes-4
    says: 其他收入与上年的项目支出不等
    rule: 演示表.收入.其他 == 上年.部门决算.演示表.支出.项目
    citation: 跨年
"""
)
RULE = "演示表.收入.其他 == 上年.部门决算.演示表.支出.项目"


@pytest.fixture
def two_years(centre: Path, request: pytest.FixtureRequest) -> Path:
    """A district with two years of final accounts and one budget, in forms of its own; a test may give codes-4 another
    rule.
    """
    last_year = getattr(request, "param", RULE)
    sound(centre, DEMO, REACHING.replace(RULE, last_year), TEMPLATE, BUDGET, BUDGET_TEMPLATE)
    department = centre / "data/demo/centre"
    (centre / "data/demo").mkdir()
    (centre / "data/demo/district.yaml").write_text("基本信息: {名称: 演示区, 模板地区: 演示}\n", encoding="utf-8")
    for year, income in ((2023, "其他: 5.00"), (2024, "拨款: 2.00, 其他: 3.00")):
        (department / str(year)).mkdir(parents=True)
        (department / str(year) / "final-accounts.yaml").write_text(
            "公开信息: {状态: 可公开, 保密审查: 通过, 负责人审签: 通过}\n"
            f"演示表:\n  收入: {{{income}}}\n  支出: {{基本: 2.00, 项目: 3.00}}\n科目表:\n  301 工资福利支出: {{基本: "
            f"2.00}}\n",
            encoding="utf-8",
        )
    (department / "department.yaml").write_text("基本信息: {层级: 部门}\n名称:\n  - 名称: 演示中心\n", encoding="utf-8")
    (department / "2024/budget.yaml").write_text(
        "公开信息: {状态: 可公开, 保密审查: 通过, 负责人审签: 通过}\n收支预算表: {基本: 19999.00}\n", encoding="utf-8"
    )
    return centre


def test_names_reach_other_tables_other_disclosures_and_last_year(two_years: Path) -> None:
    reports, findings = check_project(read_project(two_years))
    assert not findings
    report = next(one for one in reports if one.department.slug == "centre")
    found = {(one.disclosure.year, verdict.rule): verdict for one in report.checked for verdict in one.verdicts}
    words = {
        key: verdict.outcome.value for key, verdict in found.items() if key[1] in ("codes-2", "codes-3", "codes-4")
    }
    assert words == {
        (2023, "codes-2"): "通过",
        (2023, "codes-3"): "未执行",
        (2023, "codes-4"): "未执行",
        (2024, "codes-2"): "通过",
        (2024, "codes-3"): "尾差",
        (2024, "codes-4"): "通过",
    }
    # 19,999 yuan are 1.9999 in the unit of this table: less than 2.00, but by no more than rounding explains
    assert found[2024, "codes-3"].right == Decimal("1.9999")


LAST = "上年.部门决算.演示表.支出.项目"


@pytest.mark.parametrize(
    ("two_years", "hint"),
    [
        (RULE, "核对本行各数"),
        (f"{LAST} == 演示表.收入.其他", "先核对“其他”"),
        (f"{LAST} == 演示表.收入.其他 + 演示表.收入.拨款", "核对本行各数"),
    ],
    indirect=["two_years"],
)
def test_what_does_not_agree_with_last_year_is_told_in_this_year_s_file(two_years: Path, hint: str) -> None:
    file = two_years / "data/demo/centre/2024/final-accounts.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("拨款: 2.00, 其他: 3.00", "拨款: 1.00, 其他: 4.00"), encoding="utf-8"
    )
    reports, _ = check_project(read_project(two_years))
    told = next(one for one in reports if one.department.slug == "centre").all_findings
    assert [(finding.code, finding.place.file) for finding in told] == [
        ("codes-4", "data/demo/centre/2024/final-accounts.yaml")
    ]
    assert (told[0].hint or "").startswith(hint)


def test_a_name_must_hold_in_every_variant_that_it_can_reach(tmp_path: Path) -> None:
    later = (
        DEMO.replace("key: 演示表\n", "key: 演示表\nvariant: 演示表新\n")
        .replace("{key: 项目}", "{key: 专项}")
        .replace("支出.项目", "支出.专项")
    )
    since = TEMPLATE.replace("演示\nkind", "演示2024\nkind").replace("from: 2023", "from: 2024")
    since = since.replace("[演示表, 科目表]", "[演示表新, 科目表]")
    _, findings = declare(tmp_path, DEMO, REACHING, TEMPLATE, later, since, BUDGET, BUDGET_TEMPLATE)
    assert ["“演示表”里没有“项目”" in finding.message for finding in findings] == [True]
