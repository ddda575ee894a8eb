"""`mingzhang status`: who has to publish what, how far they are, and how late. Dates are real days; nothing here blocks."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from build_tools.build import build_site
from build_tools.checks import check_project
from build_tools.cli.main import main
from build_tools.cli.status import as_csv, as_text
from build_tools.corpus import read_project
from build_tools.duties import Duty, Stage, duties_of
from build_tools.source import line_reader
from tests.conftest import REPOSITORY

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
    return {(one.year, one.kind): one for report in reports for one in duties_of(report, project) if "石峰区优化" in one.department}


def final_accounts(root: Path, today: date = TODAY) -> Duty:
    """The one that the tests change."""
    return duties(root, today)[2020, "部门决算"]


@pytest.mark.parametrize(("approved", "published", "late"), [
    ("2021-09-01", "2021-09-21", 0), ("2021-09-01", "2021-09-22", 1), ("2021年9月1日", "2021年10月1日", 10),
    # the last day counts to its end, over a month's end and a leap day
    ("2020-02-10", "2020-03-01", 0), ("2020-02-10", "2020-03-02", 1),
    # what is not known is not held against anyone
    ("未载明", "2021-09-22", 0), ("2021-09-01", "未载明", 0), ("2021-09", "2021-12-01", 0), ("2021", "2021-12-01", 0),
    ("2020年10月", "2021-12-01", 0), ("2021年1月", "2021-12-01", 0),
])
def test_twenty_days_from_approval(project_root: Path, approved: str, published: str, late: int) -> None:
    change(project_root, ("批复日期: 未载明", f"批复日期: {approved}"), ("公开日期: 未载明", f"公开日期: {published}"))
    assert final_accounts(project_root, date(2022, 1, 1)).late == late


@pytest.mark.parametrize(("today", "late"), [(date(2021, 9, 21), 0), (date(2021, 9, 22), 1), (date(2021, 10, 1), 10)])
def test_what_is_not_out_is_late_by_today(project_root: Path, today: date, late: int) -> None:
    change(project_root, ("批复日期: 未载明", "批复日期: 2021-09-01"), ("状态: 可公开", "状态: 待审"))
    one = final_accounts(project_root, today)
    assert (one.stage, one.late, one.ahead, one.deadline) == (Stage.REVIEW, late, late == 0, date(2021, 9, 21))


@pytest.mark.parametrize(("old", "new", "stage"), [
    ("状态: 可公开", "状态: 可公开", Stage.PUBLISHED), ("状态: 可公开", "状态: 草稿", Stage.DRAFT), ("状态: 可公开", "状态: 待审", Stage.REVIEW),
    ("公开日期: 未载明", "公开日期: 2021-10-02", Stage.WAITING), ("公开日期: 未载明", "公开日期: 2021-10-01", Stage.PUBLISHED),
    ("负责人审签: 未载明", "负责人审签:", Stage.UNSIGNED), ("负责人审签: 未载明", "负责人审签: 尚未审签", Stage.UNSIGNED),
    ("状态: 可公开", "状态: 可公幵", Stage.HELD), ("公开日期: 未载明", "公开日期: 2099年", Stage.WAITING),
    ("本年收入合计: 259.15", "本年收入合计: 999.15", Stage.HELD), ("状态: 可公开", "状态：可公开", Stage.HELD),
])
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


def test_duties_begin_and_end_with_the_unit(project_root: Path) -> None:
    """A unit founded in 2021 owes nothing for 2020."""
    (project_root / FILE).unlink()
    change(project_root, ("基本信息:\n", "基本信息:\n  成立: 2021-01-01\n"), file=CENTRE)
    assert (2020, "部门决算") not in duties(project_root)


def test_tables_without_figures_are_told_with_what_is_said_of_them(project_root: Path) -> None:
    """Empty with its note, withheld with its article, and simply forgotten."""
    change(project_root, ("\n国有资本经营:\n", "\n原国有资本经营:\n"))
    gaps = {gap.table: (gap.word, bool(gap.note)) for gap in final_accounts(project_root).gaps}
    assert gaps["政府性基金"] == ("无", True)
    assert gaps["国有资本经营"] == ("没有填写", False)


def test_the_report_of_the_real_data(capsys: pytest.CaptureFixture[str]) -> None:
    """The same duties three ways; the CSV opens in Excel."""
    printed = {}
    for how in ("text", "csv", "json"):
        assert main(["--root", str(REPOSITORY), "status", "--format", how]) == 0
        printed[how] = capsys.readouterr().out
    record = json.loads(printed["json"])
    rows = list(csv.reader(io.StringIO(printed["csv"].removeprefix("\ufeff"))))
    assert printed["csv"].startswith("\ufeff区划,")
    assert len(rows) - 1 == len(record["duties"]) == sum(number for name, number in record["counts"].items() if name != "超期") == 9
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
        change(project_root, ("公开进度: false", "公开进度: true"), file="mkdocs.yml")
    outcome = build_site(project_root, line_reader(project_root))
    assert outcome.site is not None
    page = (outcome.site / "quality/index.html").read_text(encoding="utf-8")
    assert ('id="progress"' in page) is shown
    assert ("株洲市石峰区优化营商环境协调事务中心2020年度部门决算" in page) is shown
    assert "草稿" not in page
