"""`docs/new-year-form.md` is true: the one file that it shows, laid into a project, does to the pages what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from build_tools.accounts.corpus import read_project
from build_tools.checks import check_project
from build_tools.cli import main
from build_tools.diagnostics import Outcome
from build_tools.engine import build_site
from build_tools.forms import load_forms
from build_tools.web.exports import Origin, table_csv
from build_tools.web.tables import table_html
from tests.helpers import CENTRE, ROOT, Small, declare, of_template, one_disclosure, small, sound

DOCUMENT = (ROOT / "docs/new-year-form.md").read_text(encoding="utf-8")
FRAMES = dict(re.findall(r"```yaml (\S+)\n(.*?)```", DOCUMENT, re.DOTALL))
NEW_YEAR, REGION = FRAMES["forms/final-accounts-2026.yaml"], FRAMES["forms/region.yaml"]
PLACE = CENTRE.as_posix()
RELEASED = "状态: 可公开\n  保密审查: 通过\n  负责人审签: 通过\n  来源: 测试"


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    """A project with the one real document."""
    return one_disclosure(tmp_path)


def lay(root: Path, *names: str) -> None:
    """Files of the document into the project."""
    (root / "forms").mkdir(exist_ok=True)
    for name in names:
        (root / name).write_text(FRAMES[name], encoding="utf-8")


def scaffolded(root: Path, year: int, *filled: tuple[str, str]) -> Path:
    """A new file of final accounts, released, with some figures."""
    assert main(["--root", str(root), "new", "final-accounts", PLACE, str(year)]) == 0
    path = root / "data" / CENTRE / str(year) / "final-accounts.yaml"
    text = path.read_text(encoding="utf-8").replace("状态: 草稿", RELEASED)
    text = re.sub(r"\n  (保密审查|负责人审签|来源):(?=\n)", "", text)
    for key, figure in filled:
        assert text.count(f"    {key}:\n") == 1, key
        text = text.replace(f"    {key}:\n", f"    {key}: {figure}\n")
    path.write_text(text, encoding="utf-8")
    return path


def sheet(page: html.HtmlElement, slug: str) -> html.HtmlElement:
    """One official table of a page."""
    return page.xpath(f"//figure[@aria-labelledby='{slug}']")[0]


def numbered(text: str) -> dict[str, str]:
    """行次 by the printed name of the row, of every row that bears a name."""
    page = html.fragment_fromstring(text, create_parent=True)
    return {
        str(row.xpath("string(th)")).strip(): str(row.xpath("string(td[@class='mz-line'])"))
        for row in page.xpath(".//tr[th[@scope='row']]")
    }


def test_the_one_file_is_built(centre: Path) -> None:
    """The new row at its number, the new name, the moved table, the citation in new numbers; older years stay."""
    lay(centre, "forms/final-accounts-2026.yaml")
    path = scaffolded(centre, 2026, ("捐赠收入", "9.00"))
    known = "已知差异:\n  summary-6: 填 9.00，应为 0：收入决算表没有“捐赠收入”一栏\n"
    path.write_text(path.read_text(encoding="utf-8") + known, encoding="utf-8")
    outcome = build_site(centre)
    assert outcome.site is not None
    folder = outcome.site / PLACE
    pages = {
        year: html.document_fromstring((folder / f"{year}/final-accounts/index.html").read_text(encoding="utf-8"))
        for year in (2020, 2026)
    }
    lines = {year: numbered(html.tostring(sheet(page, "summary"), encoding="unicode")) for year, page in pages.items()}
    assert (lines[2026]["八、捐赠收入"], lines[2026]["九、其他各项收入"], lines[2026]["本年收入合计"]) == (
        "8",
        "9",
        "27",
    )
    assert (lines[2020]["八、其他收入"], lines[2020]["本年收入合计"]) == ("8", "27")
    assert "捐赠收入" not in "".join(lines[2020])
    order = {
        year: re.findall(r"公开\d\d表", "".join(sheet(page, slug).text_content() for slug in SLUGS))
        for year, page in pages.items()
    }
    assert order == {2020: ["公开07表", "公开08表", "公开09表"], 2026: ["公开09表", "公开07表", "公开08表"]}
    found = [figure.get("aria-labelledby") for figure in pages[2026].xpath("//figure[@aria-labelledby]")]
    assert [one for one in found if one in SLUGS] == [*SLUGS[1:], SLUGS[0]]
    csv = (folder / "2026/final-accounts/summary.csv").read_text(encoding="utf-8")
    assert "收入,8,八、捐赠收入,9.00" in csv
    rule = (outcome.site / "checks/summary-1/index.html").read_text(encoding="utf-8")
    assert "27行＝（1＋2＋…＋9）行" in rule
    assert "27行＝（1＋2＋…＋8）行" in rule


SLUGS = ("three-public-expenses", "government-managed-funds", "state-capital-operations")


def test_the_new_row_is_part_of_its_total(centre: Path) -> None:
    lay(centre, "forms/final-accounts-2026.yaml")
    path = scaffolded(centre, 2026, ("捐赠收入", "9.00"), ("其他收入", "1.00"))
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("    捐赠收入: 9.00\n", "    捐赠收入: 9.00\n    本年收入合计: 9.00\n"), encoding="utf-8"
    )
    reports, findings = check_project(read_project(centre))
    assert not findings
    checked = next(one for one in reports[0].checked if one.disclosure.year == 2026)
    failed = [
        (str(verdict.left), str(verdict.right), one.identity.citation)
        for one, verdict in zip(checked.instances, checked.verdicts, strict=True)
        if verdict.rule == "summary-1" and verdict.outcome is Outcome.FAILED
    ]
    assert failed == [("9.00", "10.00", "收入支出决算总表编制说明：27行＝（1＋2＋…＋9）行")]
    # the figure that no other table has is the one to look at: without it this total would hold as well
    assert {code for one in checked.findings for code in (one.code, *one.also)} >= {"summary-1", "summary-12"}
    assert "template-older" not in {one.code for one in checked.findings}


def test_the_one_line_of_a_region(centre: Path) -> None:
    """All that Hunan has, under the other region's name, in every year that Hunan has it for."""
    lay(centre, "forms/region.yaml")
    forms, findings = load_forms([centre / "forms"])
    assert not findings
    assert [one.variant for one in of_template(forms, "江西", 2020)] == [one.variant for one in of_template(forms)]
    district = centre / "data/shifeng/district.yaml"
    district.write_text(
        district.read_text(encoding="utf-8").replace("模板地区: 湖南", "模板地区: 江西"), encoding="utf-8"
    )
    reports, findings = check_project(read_project(centre))
    assert not [one for one in (*findings, *reports[0].all_findings) if one.blocks]
    assert sum(one.outcome.value == "通过" for checked in reports[0].checked for one in checked.verdicts) > 100


def test_a_region_that_is_like_none_is_told(tmp_path: Path) -> None:
    _, findings = declare(tmp_path, REGION.replace("same_as: 湖南", "same_as: 胡南"))
    assert [(one.message, one.hint, one.place.line) for one in findings] == [("没有“胡南”的模板", "是不是“湖南”？", 1)]


# rows and columns more


def total(text: str, year: int, folder: Path, *forms: str) -> Small:
    """One table in the forms of the tool and these."""
    return small(text, sound(folder, *forms), year=year)


def changed(blocks: str, table: str = "收入支出决算总表") -> str:
    """A template of 2026 that changes one table."""
    head = NEW_YEAR[: NEW_YEAR.index("sections:")]
    return f"{head}variants:\n  - key: {table}\n    blocks:\n{blocks}"


def test_a_row_without_room_moves_both_sides(tmp_path: Path) -> None:
    """One class of expenditure more: what follows moves by two on the right and by one on the left."""
    blocks = "      - key: 支出\n        rows: [{key: 救灾支出, code: '235', after: 抗疫特别国债安排的支出}]\n"
    read = total("收入支出决算总表: {支出: {救灾支出: 4.00}}\n", 2026, tmp_path, changed(blocks))
    lines = numbered(table_html(read.statements["收入支出决算总表"]))
    names = ("八、其他收入", "本年收入合计", "一、一般公共服务支出", "二十七、救灾支出", "本年支出合计", "结余分配")
    assert [lines[name] for name in names] == ["8", "28", "33", "59", "60", "61"]
    cited = {one.identity.id: one.identity.citation.partition("：")[2] for one in read.instances}
    assert cited["summary-2"] == "60行＝（33＋34＋…＋59）行"
    assert cited["summary-4"] == "32行＝（28＋29＋30）行"
    assert cited["summary-5"] == "64行＝（60＋61＋62）行"
    csv = table_csv([read.statements["收入支出决算总表"]], Origin("区", "中心", 2026, "部门决算"))
    assert "支出,59,二十七、救灾支出,4.00" in csv


def test_a_column_more_moves_the_columns(tmp_path: Path) -> None:
    blocks = "      - kind: coded\n        columns: [{key: 捐赠收入, after: 其他收入}]\n"
    read = total("收入决算表: {合计: {捐赠收入: 1.00}}\n", 2026, tmp_path, changed(blocks, "收入决算表"))
    page = html.fragment_fromstring(table_html(read.statements["收入决算表"]), create_parent=True)
    assert page.xpath("string(.//tr[@class='mz-numbers'])") == "栏次12345678"
    rule = next(one.identity for one in read.instances if one.identity.id == "revenue-1")
    assert rule.citation.endswith("1栏＝（2＋3＋…＋8）栏")


def test_a_row_cannot_take_the_number_of_another(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a bureau tried it: the row vanished from the page, its amount stayed in the total, and nothing was said."""
    blocks = "      - key: 收入\n        rows: [{key: 捐赠收入, line: 8, after: 附属单位上缴收入}]\n"
    (centre / "forms").mkdir()
    (centre / "forms/2026.yaml").write_text(changed(blocks), encoding="utf-8")
    assert main(["--root", str(centre), "check"]) == 1
    shown = capsys.readouterr().out
    assert "forms/2026.yaml（错误 1 处）" in shown
    assert "第 9 行第 28 列：错误[form-mistake] 行里没有“line”这一项" in shown
    assert "行次由系统按次序编排；删去 line" in shown


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        (
            "based_on: 湖南部门决算2020",
            "based_on: 胡南部门决算2020",
            "没有可以依据的模板“胡南部门决算2020”",
            "湖南部门决算2020",
        ),
        ("key: 三公经费, after", "key: 三公经废, after", "没有叫“三公经废”的表", "三公经费"),
        ("after: 国有资本经营", "after: 国有资本径营", "after 指的“国有资本径营”不在所依据的表里", "国有资本经营"),
        (
            "- key: 收入支出决算总表",
            "- key: 收入支出决算总标",
            "所依据的模板里没有“收入支出决算总标”",
            "收入支出决算总表",
        ),
        ("label: 其他各项收入", "label: 八、其他各项收入", "“八、其他各项收入”在表上是第九项", "其他各项收入"),
        ("from: 2026", "from: 2020", "湖南从 2020 年起的部门决算有两个模板", "optional"),
    ],
)
def test_a_slip_in_the_one_file_is_told_with_what_was_meant(
    old: str, new: str, message: str, hint: str, tmp_path: Path
) -> None:
    assert NEW_YEAR.count(old) == 1
    _, findings = declare(tmp_path, NEW_YEAR.replace(old, new))
    told = [one for one in findings if message in one.message]
    assert len(told) == 1, findings
    assert hint in (told[0].hint or "")
    assert told[0].place.file == "forms/form-1.yaml"
    line = NEW_YEAR[: NEW_YEAR.index(old)].count("\n") + 1
    assert told[0].place.line == (1 if old.startswith("from") else line)


def revenue(*rows: str) -> str:
    """A template of 2026 that changes these rows of the revenue side."""
    return changed(f"      - key: 收入\n        rows: [{', '.join(rows)}]\n")


NEW_ROW = "{key: 捐赠收入, after: 附属单位上缴收入}"


@pytest.mark.parametrize(
    ("text", "words", "hint", "place"),
    [
        (revenue("{key: 其它收入, label: 其他各项收入}"), "“其它收入”不在所依据的表里", "是不是“其他收入”？", (9, 16)),
        (revenue("{key: 捐赠收入}"), "“捐赠收入”不在所依据的表里，也没有写放在哪里", "after: 上一行", (9, 16)),
        (revenue("{key: 捐赠收入, afer: 经营收入}"), "没有写放在哪里", "“afer”是不是“after”？", (9, 16)),
        (revenue(NEW_ROW, NEW_ROW), "“捐赠收入”在这里写了两次", "合并", (9, 46)),
        (revenue("{key: 捐赠收入, after: 经营收入, before: 事业收入}"), "只写一个", "删去", (9, 49)),
        (revenue("{key: 捐赠收入, after: [经营收入]}"), "后面写一行（栏、表）的名称", "", (9, 35)),
        (revenue("{key: 事业收入, remove: 对}"), "remove 只写 是", "删去 remove", (9, 36)),
        (revenue("{}"), "看不出这一项改的是rows里的哪一项", "key: ", (9, 16)),
        (changed("      - key: 收入\n        rows:\n"), "rows应是一个列表", "每项一行", (9, 14)),
        (changed("      - key: 收入\n        rows: 捐赠收入\n"), "rows应是一个列表", "每项一行", (9, 15)),
        (changed("      - key: 收人\n        rows: []\n"), "“收人”不在所依据的 blocks 里", "“收入”", (8, 9)),
        (changed("      - rows: []\n"), "看不出这一项改的是blocks里的哪一项", "key: 收入", (8, 9)),
        (NEW_YEAR.replace("slug: tables", "slug: tabels"), "“tabels”不在所依据的 sections 里", "“tables”", (6, 5)),
    ],
)
def test_a_change_that_fits_nowhere_is_one_finding(
    text: str, words: str, hint: str, place: tuple[int, int], tmp_path: Path
) -> None:
    """Nothing follows from it in a file of the tool, and no row is added in silence at the end."""
    _, findings = declare(tmp_path, text)
    told = [one for one in findings if words in one.message]
    assert [(one.place.line, one.place.column) for one in told] == [place], findings
    assert hint in (told[0].hint or "")
    assert {one.place.file for one in findings} == {"forms/form-1.yaml"}


def test_a_rule_that_a_change_breaks_is_told_where_the_change_is(tmp_path: Path) -> None:
    """Not in a file of the tool; and what the hint says mends it, though another kind used the row in other years."""
    taken = revenue("{key: 事业收入, remove: 是}")
    _, findings = declare(tmp_path, taken)
    assert [(one.place.file, one.place.line) for one in findings] == [("forms/form-1.yaml", 6)], findings
    assert "规则 summary-9 用不成了（forms/final-accounts/summary.yaml 第" in findings[0].message
    assert "{id: summary-9, remove: 是}" in (findings[0].hint or "")
    sound(tmp_path, taken + "    rules: [{id: summary-9, remove: 是}]\n")


@pytest.mark.parametrize("name", ["2026.yml", "2026.YAML", "2026.yaml.txt"])
def test_a_file_of_forms_that_is_not_read_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / name).write_text(NEW_YEAR, encoding="utf-8")
    _, findings = load_forms([tmp_path / "forms"])
    assert [(one.code, one.place.file) for one in findings] == [("path-name", f"forms/{name}")]


@pytest.mark.parametrize(("name", "text"), [("other.yml", REGION), ("other.yaml", "template: [湖南\n")])
def test_a_file_that_cannot_be_read_is_told_at_itself(name: str, text: str, tmp_path: Path) -> None:
    """Not at the right form that stands beside it."""
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms/final-accounts-2026.yaml").write_text(NEW_YEAR, encoding="utf-8")
    (tmp_path / "forms" / name).write_text(text, encoding="utf-8")
    _, findings = load_forms([tmp_path / "forms"])
    assert {one.place.file for one in findings} == {f"forms/{name}"}


def test_a_region_is_like_one_other(tmp_path: Path) -> None:
    _, findings = declare(tmp_path, REGION, REGION.replace("same_as: 湖南", "same_as: 上海"))
    assert [one.message for one in findings] == ["“江西”已经写了照哪里的表样（forms/form-1.yaml）"]


# an older form, another order, other rows


def test_a_year_after_the_known_ones_is_told_once(centre: Path) -> None:
    scaffolded(centre, 2025)
    reports, _ = check_project(read_project(centre))
    told = {one.disclosure.year: [f for f in one.findings if f.code == "template-older"] for one in reports[0].checked}
    assert told[2020] == []
    assert [(one.severity.value, one.place.line) for one in told[2025]] == [("提示", 1)]
    assert "用的是 2022 年度的（湖南部门决算2020）" in told[2025][0].message


def choose(root: Path, name: str) -> None:
    """Say in district.yaml which template is used."""
    district = root / "data/shifeng/district.yaml"
    text = district.read_text(encoding="utf-8")
    district.write_text(text.replace("模板地区: 湖南\n", f"模板地区: 湖南\n  选用模板: {name}\n"), encoding="utf-8")


def test_a_district_chooses_another_order(centre: Path) -> None:
    """It holds from its own first year; what came before keeps the order that it had."""
    choose(centre, "湖南部门决算2024")
    scaffolded(centre, 2024)
    scaffolded(centre, 2021)
    reports, findings = check_project(read_project(centre))
    assert not findings
    tables = {one.disclosure.year: list(one.disclosure.statements) for one in reports[0].checked}
    assert tables[2024].index("三公经费") > tables[2024].index("国有资本经营")
    assert tables[2021].index("三公经费") < tables[2021].index("政府性基金")
    statements = next(one.disclosure.statements for one in reports[0].checked if one.disclosure.year == 2024)
    assert [(statements[key].form.number, statements[key].form.title) for key in ("政府性基金", "三公经费")] == [
        ("公开07表", "政府性基金预算财政拨款收入支出决算表"),
        ("公开09表", "财政拨款“三公”经费支出决算表"),
    ]


def test_a_choice_that_does_not_exist_is_told(centre: Path) -> None:
    choose(centre, "湖南部门决算2042")
    project = read_project(centre)
    told = [one for one in project.districts[0].findings if one.code == "template-unknown"]
    assert [(one.place.line, one.hint) for one in told] == [(7, "是不是“湖南部门决算2024”？")]


def test_a_region_without_forms_is_told_where_it_is_written(centre: Path) -> None:
    path = centre / "data" / CENTRE.parts[0] / "district.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("模板地区: 湖南", "模板地区: 湖男"), encoding="utf-8")
    (told,) = [one for one in read_project(centre).districts[0].findings if one.code == "region-unknown"]
    assert text.split("\n")[(told.place.line or 0) - 1].strip() == "模板地区: 湖南"
    assert (told.blocks, told.hint) == (True, "是不是“湖南”？")


SHANGHAI = "收入支出决算总表:\n{}  收入: {{使用非财政拨款结余: 1.00}}\n  支出: {{灾害防治及应急管理支出: 1.00}}\n"


@pytest.mark.parametrize(
    ("said", "names", "gone"),
    [
        (
            "",
            ["使用非财政拨款结余（含专用结余）", "二十二、灾害防治及应急管理支出", "二十六、抗疫特别国债安排的支出"],
            [],
        ),
        (
            "  行式: 24类\n",
            ["使用非财政拨款结余（含专用结余）", "二十一、灾害防治及应急管理支出", "二十四、债务付息支出"],
            ["抗疫特别国债", "国有资本经营预算支出"],
        ),
        (
            "  行式: 不含专用结余、24类\n",
            ["使用非财政拨款结余", "二十一、灾害防治及应急管理支出"],
            ["含专用结余", "抗疫特别国债"],
        ),
    ],
)
def test_the_rows_follow_the_document(said: str, names: list[str], gone: list[str]) -> None:
    read = small(SHANGHAI.format(said), region="上海", year=2024)
    assert [one for one in read.findings if one.blocks] == []
    page = table_html(read.statements["收入支出决算总表"])
    assert [name for name in names if f">{name}<" not in page] == []
    assert [name for name in gone if name in page] == []
    cited = {one.identity.citation.partition("：")[2] for one in read.instances if one.identity.id == "summary-2"}
    assert cited == {f"本年支出合计为第一至二十{'四' if gone else '六'}类支出之和"}


@pytest.mark.parametrize(
    ("region", "said", "message", "hint"),
    [
        ("上海", "24累", "“收入支出决算总表”没有“24累”这种行式", "是不是“24类”？"),
        ("湖南", "24类", "“收入支出决算总表”没有“24类”这种行式", "这张表只有一种行式，删去这一行"),
    ],
)
def test_a_way_of_printing_that_does_not_exist_is_told(region: str, said: str, message: str, hint: str) -> None:
    read = small(SHANGHAI.format(f"  行式: {said}\n"), region=region, year=2024)
    told = [one for one in read.findings if one.code == "print-unknown"]
    assert [(one.message, one.hint, one.place.line, one.place.column) for one in told] == [(message, hint, 2, 7)]


def test_a_class_that_the_document_does_not_print_cannot_be_filled() -> None:
    text = SHANGHAI.format("  行式: 24类\n").replace("灾害防治及应急管理支出", "抗疫特别国债安排的支出")
    assert [one.code for one in small(text, region="上海", year=2024).findings if one.blocks] == ["row-unknown"]
