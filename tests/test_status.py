"""`mingzhang status`: who has to publish what, how far they are, and how late. Dates are real days; nothing here
blocks.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from build_tools.accounts.corpus import read_project
from build_tools.checks import check_project
from build_tools.checks.duties import Duty, Stage, duties_of
from build_tools.cli.main import main
from build_tools.cli.status import as_csv, as_json, as_text
from build_tools.engine import build_site
from tests.conftest import REPOSITORY

pytestmark = pytest.mark.slow

FILE = "data/shifeng/business-environment-centre/2020/final-accounts.yaml"
CENTRE = "data/shifeng/business-environment-centre/department.yaml"
TODAY = date(2021, 10, 1)


def change(root: Path, *pairs: tuple[str, str], file: str = FILE) -> None:
    """The file with texts in the place of others."""
    text = (root / file).read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    (root / file).write_text(text, encoding="utf-8")


def duties(root: Path, today: date = TODAY) -> dict[tuple[int, str], Duty]:
    """The duties of the centre of 石峰区."""
    project = read_project(root, today)
    reports, _ = check_project(project)
    return {
        (one.year, one.kind): one
        for report in reports
        for one in duties_of(report, project)
        if "石峰区优化" in one.department
    }


def final_accounts(root: Path, today: date = TODAY) -> Duty:
    """The one that the tests change."""
    return duties(root, today)[2020, "部门决算"]


@pytest.mark.parametrize(
    ("approved", "published", "late"),
    [
        ("2021-09-01", "2021-09-21", 0),
        ("2021-09-01", "2021-09-22", 1),
        ("2021年9月1日", "2021年10月1日", 10),
        # the last day counts to its end, over a month's end and a leap day
        ("2020-02-10", "2020-03-01", 0),
        ("2020-02-10", "2020-03-02", 1),
        # what is not known is not held against anyone
        ("未载明", "2021-09-22", 0),
        ("2021-09-01", "未载明", 0),
        ("2021-09", "2021-12-01", 0),
        ("2021", "2021-12-01", 0),
        ("2020年10月", "2021-12-01", 0),
        ("2021年1月", "2021-12-01", 0),
    ],
)
def test_twenty_days_from_approval(project_root: Path, approved: str, published: str, late: int) -> None:
    change(project_root, ("批复日期: 未载明", f"批复日期: {approved}"), ("公开日期: 未载明", f"公开日期: {published}"))
    assert final_accounts(project_root, date(2022, 1, 1)).late == late


@pytest.mark.parametrize(("today", "late"), [(date(2021, 9, 21), 0), (date(2021, 9, 22), 1), (date(2021, 10, 1), 10)])
def test_what_is_not_out_is_late_by_today(project_root: Path, today: date, late: int) -> None:
    change(project_root, ("批复日期: 未载明", "批复日期: 2021-09-01"), ("状态: 可公开", "状态: 待审"))
    one = final_accounts(project_root, today)
    assert (one.stage, one.late, one.ahead, one.deadline) == (Stage.REVIEW, late, late == 0, date(2021, 9, 21))


@pytest.mark.parametrize(
    ("old", "new", "stage"),
    [
        ("状态: 可公开", "状态: 可公开", Stage.PUBLISHED),
        ("状态: 可公开", "状态: 草稿", Stage.DRAFT),
        ("状态: 可公开", "状态: 待审", Stage.REVIEW),
        ("公开日期: 未载明", "公开日期: 2021-10-02", Stage.WAITING),
        ("公开日期: 未载明", "公开日期: 2021-10-01", Stage.PUBLISHED),
        ("负责人审签: 未载明", "负责人审签:", Stage.UNSIGNED),
        ("负责人审签: 未载明", "负责人审签: 不通过", Stage.UNSIGNED),
        ("状态: 可公开", "状态: 可公幵", Stage.HELD),
        ("公开日期: 未载明", "公开日期: 2099年", Stage.WAITING),
        ("本年收入合计: 259.15", "本年收入合计: 999.15", Stage.HELD),
        ("状态: 可公开", "状态：可公开", Stage.HELD),
    ],
)
def test_every_stage(project_root: Path, old: str, new: str, stage: Stage) -> None:
    change(project_root, (old, new))
    assert final_accounts(project_root).stage is stage


def test_what_the_site_collects_and_has_not_got(project_root: Path) -> None:
    """No file, no blame beyond the fact; a file that nobody asked for is told of and no duty."""
    (project_root / FILE).unlink()
    one = final_accounts(project_root)
    assert (one.stage, one.file, one.collected, one.late, one.deadline) == (Stage.MISSING, "", True, 0, None)
    change(project_root, ("      - 绩效目标\n", ""), file="data/shifeng/district.yaml")
    assert not duties(project_root)[2023, "绩效目标"].collected


@pytest.mark.parametrize(
    ("field", "written", "owed"),
    [
        # a unit answers for the year in which it was founded, from whatever day, and for none before
        ("成立", "2021-01-01", False),
        ("成立", "2020-12-31", True),
        ("成立", "2020年", True),
        ("成立", "2021年", False),
        ("成立", "未载明", True),
        ("成立", "", True),
        # accounts of 2020 can be due from 1 June 2021; of a month or a year the last day counts
        ("撤销", "2020-12-31", False),
        ("撤销", "2021-05-31", False),
        ("撤销", "2021-06-01", True),
        ("撤销", "2021年5月", False),
        ("撤销", "2021年6月", True),
        ("撤销", "2021年", True),
        ("撤销", "2020年", False),
        ("撤销", "2019年2月", False),
        ("撤销", "2022", True),
        ("撤销", "未载明", True),
        ("撤销", "2021-02-30", True),
    ],
)
def test_duties_begin_and_end_with_the_unit(field: str, written: str, owed: bool, project_root: Path) -> None:
    """To the day where department.yaml names it."""
    (project_root / FILE).unlink()
    change(project_root, ("  成立: 2019年6月\n", f"  {field}: {written}\n"), file=CENTRE)
    assert ((2020, "部门决算") in duties(project_root)) is owed


@pytest.mark.parametrize(("written", "owed"), [("2022-12-31", False), ("2023-01-01", True), ("2024-05-31", True)])
def test_what_looks_forward_is_due_in_its_own_year(written: str, owed: bool, project_root: Path) -> None:
    """Targets of 2023 are asked of a unit that began that year; accounts of 2023 not of one that did not see
    June 2024.
    """
    folder = project_root / "data/shifeng/business-environment-centre"
    for name in ("performance-targets", "evaluation-report"):
        (folder / "2023" / f"{name}.yaml").unlink()
    change(project_root, ("  成立: 2019年6月\n", f"  撤销: {written}\n"), file=CENTRE)
    assert ((2023, "绩效目标") in duties(project_root)) is owed
    assert (2023, "绩效评价") not in duties(project_root)


def test_a_year_that_no_calendar_has(project_root: Path) -> None:
    """A slip in 收录范围 is no reason to stop."""
    change(project_root, ("  - 年度: 2020\n", "  - 年度: 9999\n"), file="data/shifeng/district.yaml")
    change(project_root, ("  成立: 2019年6月\n", "  撤销: 2021-02-03\n"), file=CENTRE)
    assert all(year != 9999 for year, _ in duties(project_root))


def standings(one: Duty) -> dict[str, tuple[str, str]]:
    """Each table and section by its name: what the public gets of it, and the word in place of contents."""
    return {part.name: (one.standing(part).value, part.word) for part in one.parts}


def test_every_table_and_section_of_the_template(project_root: Path) -> None:
    """What is out, empty with its note, not applicable, withheld with its article, elsewhere, and simply forgotten."""
    change(
        project_root,
        ("\n国有资本经营:\n", "\n原国有资本经营:\n"),
        ("  内设机构:\n    - 综合办公室\n    - 企业服务室\n    - 投诉协调室\n", "  内设机构: 无\n"),
        ("  部门职责:\n", "  旧部门职责:\n"),
    )
    one = final_accounts(project_root)
    project = read_project(project_root)
    template = project.forms.template("final-accounts", "湖南", 2020)
    assert template is not None
    assert list(dict.fromkeys(part.section for part in one.parts)) == [section.heading for section in template.sections]
    assert {part.table for part in one.parts if part.table} == set(template.tables)
    found = standings(replace(one, stage=Stage.PUBLISHED))
    explanation = project.forms.form("说明", "湖南", 2020)
    assert explanation is not None
    headings = dict.fromkeys(block.heading[0] for block in explanation.blocks)
    assert [name for name in found if name.startswith("说明")] == [f"说明（{heading}）" for heading in headings]
    assert len(headings) == 15
    assert found["收入支出决算总表"] == ("已公开", "")
    assert found["政府性基金"] == ("空表", "无")
    assert found["国有资本经营"] == ("未公开", "没有填写")
    assert found["概况（一、部门职责）"] == ("未公开", "没有填写")
    assert found["概况（二、机构设置及决算单位构成）"] == ("已公开", "")
    assert found["名词解释"] == ("已公开", "")
    assert found["第五部分 附件"] == ("另行公开", "另行公开")
    gaps = {gap.name: gap.note for gap in one.gaps}
    assert gaps["政府性基金"] == "2020年度无政府性基金财政拨款收入支出。"
    assert "另行收录" in gaps["第五部分 附件"]


@pytest.mark.parametrize(
    ("old", "new", "name", "standing", "word"),
    [
        (
            "  政府采购:\n",
            "  政府采购: 依法不公开\n  原政府采购:\n",
            "说明（十二、关于政府采购支出说明）",
            "依法不公开",
            "依法不公开",
        ),
        (
            "  国有资产:\n",
            "  国有资产: 不涉及\n  原国有资产:\n",
            "说明（十三、关于国有资产占用情况说明）",
            "不适用",
            "不涉及",
        ),
        (
            "  决算单位构成:\n    - 株洲市石峰区优化营商环境协调事务中心本级\n",
            "",
            "概况（二、机构设置及决算单位构成）",
            "已公开",
            "",
        ),
        ("\n名词解释:\n", "\n名词解释: 未载明\n原名词解释:\n", "名词解释", "未公开", "未载明"),
        ("\n名词解释:\n", "\n名词解释: []\n原名词解释:\n", "名词解释", "未公开", "没有填写"),
        ("\n概况:\n", "\n概况: {}\n原概况:\n", "概况", "未公开", "没有填写"),
        (
            "\n概况:\n",
            "\n概况: {内设机构: 无, 决算单位构成: 无}\n原概况:\n",
            "概况（二、机构设置及决算单位构成）",
            "空表",
            "无",
        ),
        ("\n三公经费:\n", "\n三公经费: 依法不公开\n原三公经费:\n", "三公经费", "依法不公开", "依法不公开"),
    ],
)
def test_what_stands_in_the_place_of_contents(
    project_root: Path, old: str, new: str, name: str, standing: str, word: str
) -> None:
    """By table and by heading; a word that stands for a whole list is not lost."""
    change(project_root, (old, new))
    assert standings(replace(final_accounts(project_root), stage=Stage.PUBLISHED))[name] == (standing, word)


def test_what_follows_from_the_tables_is_not_asked_of_staff(project_root: Path) -> None:
    """Shares are computed; a heading that holds nothing else is complete with the tables."""
    text = (project_root / FILE).read_text(encoding="utf-8")
    start, end = text.index("\n  收入情况:\n"), text.index("\n  财政拨款总体:\n")
    (project_root / FILE).write_text(text[:start] + text[end:], encoding="utf-8")
    found = standings(final_accounts(project_root))
    assert found["说明（二、收入决算情况说明）"] == found["说明（三、支出决算情况说明）"] == ("已公开", "")


@pytest.mark.parametrize(
    ("old", "new", "standing"),
    [
        ("状态: 可公开", "状态: 待审", "未公开"),
        ("本年收入合计: 259.15", "本年收入合计: 999.15", "更正中"),
        ("公开日期: 未载明", "公开日期: 2099-01-01", "未公开"),
    ],
)
def test_of_a_file_that_is_not_out_nothing_is(project_root: Path, old: str, new: str, standing: str) -> None:
    """Every part with it."""
    change(project_root, (old, new))
    assert {state for state, _ in standings(final_accounts(project_root)).values()} == {standing}


def test_of_a_file_that_is_not_there_every_table_is_missing(project_root: Path) -> None:
    """By the template of that kind, region and year; it is told once, as a file."""
    (project_root / FILE).unlink()
    one = final_accounts(project_root)
    assert len(one.parts) == 13
    assert {state for state, _ in standings(one).values()} == {"未公开"}
    assert "没有填写" not in as_text([one])


def test_gaps_are_told_to_the_bureau(project_root: Path) -> None:
    """In words, in the spreadsheet and for programs; what explains itself is not asked about again."""
    change(
        project_root, ("  其他事项:\n", "  其他事项: 依法不公开\n  原其他事项:\n"), ("  国有资产:\n", "  旧国有资产:\n")
    )
    one = replace(final_accounts(project_root), stage=Stage.PUBLISHED)
    text = as_text([one])
    assert "没有填写：说明（十三、关于国有资产占用情况说明）" in text
    assert "依法不公开（没有在“注”里写依据）：说明（十五、其他重要事项情况说明）" in text
    assert "政府性基金" not in text
    assert "附件" not in text
    head, row = csv.reader(io.StringIO(as_csv([one]).removeprefix("\ufeff")))
    cells = dict(zip(head, row, strict=True))
    assert (cells["应有的表和部分"], cells["其中已公开"]) == ("28", "23")
    assert cells["其中未公开"] == "说明（十三、关于国有资产占用情况说明）"
    assert cells["其中依法不公开"] == "说明（十五、其他重要事项情况说明）——没有在“注”里写依据"
    assert cells["其中空表"].startswith("政府性基金——2020年度无政府性基金财政拨款收入支出；国有资本经营——")
    parts = json.loads(as_json([one]))["duties"][0]["parts"]
    assert len(parts) == 28
    assert {
        "section": "第三部分 部门决算情况说明",
        "table": "说明",
        "heading": "十三、关于国有资产占用情况说明",
        "standing": "未公开",
        "word": "没有填写",
        "note": None,
    } in parts


def test_the_report_of_the_real_data(capsys: pytest.CaptureFixture[str]) -> None:
    """The same duties three ways; the CSV opens in Excel."""
    printed = {}
    for how in ("text", "csv", "json"):
        assert main(["--root", str(REPOSITORY), "status", "--format", how]) == 0
        printed[how] = capsys.readouterr().out
    record = json.loads(printed["json"])
    rows = list(csv.reader(io.StringIO(printed["csv"].removeprefix("\ufeff"))))
    assert printed["csv"].startswith("\ufeff区划,")
    assert (
        len(rows) - 1
        == len(record["duties"])
        == sum(number for name, number in record["counts"].items() if name != "超期")
        == 9
    )
    assert [row[4] for row in rows[1:]].count("未公开") == record["counts"]["未公开"] == 2
    assert "应公开和已填报 9 份" in printed["text"]
    assert printed["text"].count("没有文件") == 2


def test_a_day_that_is_not_known_is_not_printed(project_root: Path) -> None:
    """A year as 公开日期 waits for its first day; a 批复日期 that has not come is told."""
    change(project_root, ("公开日期: 未载明", "公开日期: 2099年"), ("批复日期: 未载明", "批复日期: 2098-01-01"))
    text = as_text([final_accounts(project_root)])
    assert "None" not in text
    assert "到公开日期公开" in text
    assert "2098-01-01 批复" in text


def test_a_long_report_ends_and_formulas_do_not_run() -> None:
    """Thousands of duties are counted, some are shown; a department's name is text in a spreadsheet."""
    one = Duty("甲", "=1+1", 2020, "部门决算", Stage.MISSING, "", True, None, None, TODAY)
    assert as_text([one] * 2000).count("没有文件") == 30
    assert "其余 1970 份" in as_text([one] * 2000)
    assert "\r\n甲,'=1+1,2020" in as_csv([one])
    assert as_text([]).startswith("应公开和已填报 0 份")


@pytest.mark.parametrize("shown", [False, True])
def test_the_public_page_tells_only_where_the_site_says_so(project_root: Path, shown: bool) -> None:
    """And there a draft is 未公开 like any other."""
    change(project_root, ("状态: 可公开", "状态: 草稿"))
    if shown:
        own = (("example_site: true", "example_site: false"), ("网站标识码:", "网站标识码: 4302040001"))
        change(project_root, ("公开进度: false", "公开进度: true"), *own, file="mkdocs.yml")
    outcome = build_site(project_root)
    assert outcome.site is not None
    page = (outcome.site / "quality/index.html").read_text(encoding="utf-8")
    assert ('id="progress"' in page) is shown
    assert ("株洲市石峰区优化营商环境协调事务中心2020年度部门决算" in page) is shown
    assert ('id="completeness"' in page) is shown
    assert ("政府性基金——没有政府性基金预算财政拨款支出；" in page) is shown
    assert ('<td class="mz-n">23</td><td class="mz-n">21</td>' in page) is shown
    assert "2020年无国有资本经营预算" not in page
    assert "草稿" not in page
