"""The second region: another template is YAML alone, and a real document of 2024 stands in it figure by figure.

The published PDF is read back by pdftotext where it is at hand; it is no part of the project. What the page shows is
read from the built site, table by table, as a reader would: rows and columns, not addresses.
"""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from build_tools.accounts.corpus import read_project
from build_tools.accounts.statement import State
from build_tools.checks import Checked, check_project
from build_tools.diagnostics import Outcome, Severity
from build_tools.forms import Form, load_forms
from tests.helpers import ROOT, declare

PDF = ROOT.parent / "shared" / "sources" / "putuo-finance-bureau-2024-final-accounts.pdf"
FOLDER = Path("shanghai-putuo/finance-bureau/2024/final-accounts")
TABLE_PAGES = ("6", "20")
FIGURE = re.compile(r"(?<![\d.,])\d[\d,]*\.\d\d(?!\d)")
CODED_LINE = re.compile(r"^ *(\d{3})(?: +(\d{2}))?(?: +(\d{2}))? +([^\d\s]\S*)((?: +[\d,]+\.\d\d)+)\s*$")
SHEETS = (
    "summary",
    "revenue",
    "expenditure",
    "fiscal-appropriation-summary",
    "general-public-budget-expenditure",
    "basic-expenditure",
    "three-public-expenses",
    "government-managed-funds",
    "state-capital-operations",
)


@cache
def putuo() -> Checked:
    """The disclosure as the compiler reads and judges it."""
    reports, _ = check_project(read_project(ROOT))
    return next(
        one for report in reports if report.department.district.slug == FOLDER.parts[0] for one in report.checked
    )


def form(key: str) -> Form:
    """The form of this region and year."""
    found = load_forms()[0].form(key, "上海", 2024)
    assert found is not None, key
    return found


def pdf_text(first: str, last: str) -> str:
    """These pages of the published document; a skip where it or pdftotext is missing."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("这台机器上没有 pdftotext：没有与公开文本逐数核对")
    if not PDF.is_file():
        pytest.skip("公开文本的 PDF 不在项目旁边：没有逐数核对")
    return subprocess.run(
        [program, "-layout", "-f", first, "-l", last, str(PDF), "-"], check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture(scope="module")
def page(site: Path) -> html.HtmlElement:
    """The page of the built site."""
    return html.document_fromstring((site / FOLDER / "index.html").read_text(encoding="utf-8"))


def sheet(page: html.HtmlElement, slug: str) -> html.HtmlElement:
    """One official table of the page."""
    return page.xpath(f"//figure[@aria-labelledby='{slug}']")[0]


def words(element: html.HtmlElement) -> str:
    """What an element says, without the code that is only shown on a phone."""
    hidden = "".join(one.text_content() for one in element.xpath(".//*[contains(@class, 'mz-code-inline')]"))
    return str(element.text_content()).removeprefix(hidden).strip()


def lines(figure: html.HtmlElement) -> Iterator[tuple[str, str, list[str]]]:
    """Code, name and figures of every printed row."""
    for row in figure.xpath(".//tr[th[@scope='row']]"):
        code = "".join(words(cell) for cell in row.xpath("td[contains(@class, 'mz-code')]"))
        yield (
            code,
            words(row.xpath("th")[0]),
            [words(cell).replace(",", "") for cell in row.xpath("td[contains(@class, 'mz-n')]")],
        )


def heads(figure: html.HtmlElement) -> list[list[tuple[str, int]]]:
    """Header rows as text and width."""
    return [
        [(words(cell), int(cell.get("colspan", "1"))) for cell in row.xpath("th|td")]
        for row in figure.xpath(".//thead/tr")
    ]


def test_the_template_is_sound_and_shares_no_table_with_another_region() -> None:
    forms, findings = load_forms()
    assert findings == []
    template = forms.template("final-accounts", "上海", 2024)
    assert template is not None
    assert template.region == "上海"
    for key in template.tables:
        found = forms.form(key, "上海", 2024)
        assert found is not None, key
        assert (found.number, found.omitted) == ("", "blank"), key
        assert not [one.region for one in forms.templates if one.lists(found) and one.region != "上海"], key
        assert "行" not in "".join(re.findall(r"\d+行", "".join(rule.citation for rule in found.rules))), key
    assert forms.template("final-accounts", "上海", 2020) is None


VARIANT = """\
variant: 试样
based_on: 三公经费
key: 三公经费
print: {style: transposed, paired: 是}
"""
CODED = """\
variant: 试样
based_on: 基本支出决算表
key: 基本支出决算表
print: {style: rows, code_columns: [类, 款]}
blocks:
  - kind: coded
    columns:
      - {key: 备注, type: text, before: 决算数}
    listed:
      '307': {remove: 是}
"""

TEMPLATE = """\
template: 试
kind: 部门决算
slug: final-accounts
title: 部门决算
region: 试
from: 2024
provenance: 测试
sections: [{slug: tables, heading: 表, tables: [试样]}]
"""


@pytest.mark.parametrize(
    ("text", "old", "new", "words"),
    [
        (VARIANT, "style: transposed", "style: rows", "paired 只用于 transposed"),
        (CODED, "[类, 款]", "[类, 款, 项]", "code_columns 应有 2 个名称"),
        (CODED, "before: 决算数", "before: 预算数", "before 指的“预算数”不在所依据的表里"),
        (CODED, "'307'", "'308'", "要去掉的“308”不在所依据的表里"),
    ],
)
def test_what_a_region_says_of_its_layout_is_held_against_its_blocks(
    text: str, old: str, new: str, words: str, tmp_path: Path
) -> None:
    assert declare(tmp_path / "sound", text, TEMPLATE)[1] == []
    findings = declare(tmp_path / "spoiled", text.replace(old, new), TEMPLATE)[1]
    # in another style a citation may also have no numbers to give
    assert [words in one.message for one in findings if "{公式}" not in one.message] == [True]


def test_a_variant_takes_out_and_places_what_it_says(tmp_path: Path) -> None:
    found = declare(tmp_path, CODED, TEMPLATE)[0].form("基本支出决算表", "试", 2024)
    assert found is not None
    assert [column.key for column in found.blocks[0].columns] == ["备注", "决算数"]
    assert "307" not in (found.blocks[0].listed or {})
    assert "30701" in (found.blocks[0].listed or {})


def test_the_document_is_published_and_contradicts_itself_only_where_it_is_said() -> None:
    checked = putuo()
    assert not checked.held
    assert [(one.code, one.severity) for one in checked.findings] == [("item-without-figure", Severity.WARNING)]
    assert not [one for one in checked.verdicts if one.outcome is Outcome.FAILED]
    assert [one.rule for one in checked.verdicts if one.outcome is Outcome.EXPLAINED] == [
        "explanation-structure-share",
        "explanation-stated-2",
    ]
    rounding = sorted({one.rule for one in checked.verdicts if one.outcome is Outcome.ROUNDING})
    assert rounding == [
        "basic-expenditure-1",
        "expenditure-2",
        "expenditure-4",
        "explanation-1",
        "explanation-2",
        "explanation-reserved-3",
        "fiscal-appropriation-summary-16",
        "general-public-budget-expenditure-2",
        "revenue-2",
        "summary-14",
    ]


def test_every_figure_of_the_nine_tables_is_in_the_data_as_often_as_in_print() -> None:
    printed = Counter(Decimal(one.replace(",", "")) for one in FIGURE.findall(pdf_text(*TABLE_PAGES)))
    disclosure = putuo().disclosure
    written = Counter(
        cell.amount
        for key in disclosure.statements
        if disclosure.statements[key].form.slug in SHEETS
        for cell in disclosure.statements[key].cells.values()
        if cell.state is State.WRITTEN and cell.amount is not None
    )
    assert sum(printed.values()) > 180
    assert written == printed


def test_every_figure_of_the_nine_tables_is_on_the_page(page: html.HtmlElement) -> None:
    printed = Counter(Decimal(one.replace(",", "")) for one in FIGURE.findall(pdf_text(*TABLE_PAGES)))
    shown = Counter(
        Decimal(words(cell).replace(",", ""))
        for slug in SHEETS
        for cell in sheet(page, slug).xpath(".//tbody//td | .//tfoot//td")
        if FIGURE.fullmatch(words(cell))
    )
    assert shown == printed


@pytest.mark.parametrize(
    ("slug", "pages"),
    [("revenue", ("8", "9")), ("expenditure", ("10", "11")), ("general-public-budget-expenditure", ("15", "15"))],
)
def test_the_rows_that_print_on_one_line_have_their_figures_in_order(
    page: html.HtmlElement, slug: str, pages: tuple[str, str]
) -> None:
    rows = {code: (name, figures) for code, name, figures in lines(sheet(page, slug))}
    found = [match for line in pdf_text(*pages).splitlines() if (match := CODED_LINE.match(line))]
    assert len(found) >= 7
    for match in found:
        name, figures = rows["".join(part or "" for part in match.groups()[:3])]
        assert name == match[4]
        # where the print breaks a line, some figures stand above or below it; those on the line keep their order
        rest = iter(figures)
        assert all(one in rest for one in match[5].replace(",", "").split()), match[0]


def test_the_explanation_keeps_what_the_document_says(page: html.HtmlElement) -> None:
    text = pdf_text("21", "24")
    statement = putuo().disclosure.statements["说明"]
    for cell in statement.cells.values():
        if cell.amount is not None and cell.amount and cell.text.endswith("%"):
            assert cell.text in text, cell.text
        elif cell.amount is not None and cell.amount:
            assert re.search(rf"(?<![\d.]){re.escape(f'{cell.amount:f}')}(?!\d)", text), cell.text
    tops = [words(one) for one in page.xpath("//section[@aria-labelledby='explanation']/h3")]
    assert len(tops) == 11
    assert tops[9:] == ["十、预算绩效管理情况", "十一、其他重要事项的情况说明"]


def test_no_table_prints_line_numbers_column_numbers_or_a_number_of_its_own(page: html.HtmlElement) -> None:
    for slug in SHEETS:
        figure = sheet(page, slug)
        assert not figure.xpath(".//*[contains(@class, 'mz-line') or contains(@class, 'mz-numbers')]"), slug
        assert [words(one) for one in figure.xpath("p[@class='mz-sheet-head']/span")] == ["", "", "单位：万元"], slug


def test_rows_are_labelled_as_in_this_region_and_totals_stand_beside_each_other(page: html.HtmlElement) -> None:
    left, right = sheet(page, "summary").xpath(".//tbody")
    beside = [tuple(words(row[0]) for row in pair) for pair in zip(left, right, strict=True)]
    assert beside[0] == ("一、一般公共预算财政拨款收入", "一、一般公共服务支出")
    assert beside[-4:] == [
        ("本年收入合计", "本年支出合计"),
        ("使用非财政拨款结余（含专用结余）", "结余分配"),
        ("年初结转和结余", "年末结转和结余"),
        ("总计", "总计"),
    ]
    left, right = sheet(page, "fiscal-appropriation-summary").xpath(".//tbody")
    assert [words(row[0]) for row in left][-4:-1] == [
        "一、一般公共预算财政拨款",
        "二、政府性基金预算财政拨款",
        "三、国有资本经营预算财政拨款",
    ]
    assert (words(left[26][0]), words(right[26][0])) == ("本年收入合计", "本年支出合计")


@pytest.mark.parametrize(
    "slug",
    [
        "revenue",
        "expenditure",
        "general-public-budget-expenditure",
        "government-managed-funds",
        "state-capital-operations",
    ],
)
def test_a_code_stands_in_three_columns_that_no_other_header_spans(page: html.HtmlElement, slug: str) -> None:
    figure = sheet(page, slug)
    assert heads(figure)[2] == [("类", 1), ("款", 1), ("项", 1)]
    assert heads(figure)[1][:2] == [("支出功能分类科目编码", 3), ("科目名称", 1)]
    for row in figure.xpath(".//tr"):
        codes = row.xpath("*[contains(@class, 'mz-code')]")
        assert sum(int(cell.get("colspan", "1")) for cell in codes) == 3, words(row)
    last = slug in ("general-public-budget-expenditure", "government-managed-funds", "state-capital-operations")
    assert [name for _, name, _ in lines(figure)][-1 if last else 0] == "合计"
    parts = [
        [words(cell) for cell in row.xpath("td[contains(@class, 'mz-code')]")]
        for row in figure.xpath(".//tr[contains(@class, 'mz-level-')]")
    ]
    assert all([len(part) for part in row] in ([3, 0, 0], [3, 2, 0], [3, 2, 2]) for row in parts)


def test_basic_expenditure_stands_in_two_groups_with_their_totals(page: html.HtmlElement) -> None:
    groups = sheet(page, "basic-expenditure").xpath(".//table")
    assert len(groups) == 2
    assert not sheet(page, "basic-expenditure").xpath(".//*[@class='mz-set-head']")
    assert len({len(group.xpath(".//tr")) for group in groups}) == 1
    for group, classes, total in zip(
        groups,
        [{"301", "303"}, {"302", "310"}],
        [("人员经费合计", ["2152.26"]), ("公用经费合计", ["184.65"])],
        strict=True,
    ):
        *body, foot = lines(group)
        assert {code[:3] for code, _, _ in body} == classes
        assert foot[1:] == total
        assert heads(group)[1] == [("类", 1), ("款", 1)]
    listed = form("基本支出决算表").blocks[0].listed or {}
    assert len(listed) == 26 + 38
    assert not listed.keys() & {"30306", "307", "31005", "399"}


def test_every_item_of_three_public_expenses_has_budget_and_actual_beside_each_other(page: html.HtmlElement) -> None:
    figure = sheet(page, "three-public-expenses")
    top, groups, items, columns = heads(figure)
    assert top == [("财政拨款“三公”经费", 12)]
    assert groups == [("合计", 2), ("因公出国（境）费", 2), ("公务用车购置及运行费", 6), ("公务接待费", 2)]
    assert items == [("小计", 2), ("公务用车购置费", 2), ("公务用车运行费", 2)]
    assert columns == [("预算数", 1), ("决算数", 1)] * 6
    assert [words(cell) for cell in figure.xpath(".//tbody//td")] == ["0.95", *[""] * 9, "0.95", ""]


def test_empty_tables_keep_their_grid_and_say_why(page: html.HtmlElement) -> None:
    for slug in SHEETS[-2:]:
        figure = sheet(page, slug)
        assert [text for text, _ in heads(figure)[0]] == [
            "",
            "项目",
            "年初结转和结余",
            "本年收入",
            "本年支出",
            "年末结转和结余",
        ]
        assert [text for text, _ in heads(figure)[1]] == [
            "支出功能分类科目编码",
            "科目名称",
            "小计",
            "基本支出",
            "项目支出",
        ]
        assert list(lines(figure)) == [("", "合计", [""] * 6)]
        assert "说明：" in figure.text_content()


def test_units_are_listed_with_their_number_and_remark(page: html.HtmlElement) -> None:
    rows = page.xpath("//section[@aria-labelledby='overview']//table//tr")
    assert [words(cell) for cell in rows[0]] == ["序号", "单位名称", "备注"]
    assert [words(row[0]) for row in rows[1:]] == ["1", "2", "3"]
    assert [words(row[2]) for row in rows[1:]] == ["", "预算不单列，并入本级", "预算不单列，并入本级"]


@pytest.mark.parametrize("slug", SHEETS[:6])
def test_every_line_of_the_page_is_the_line_of_the_file(site: Path, page: html.HtmlElement, slug: str) -> None:
    with (site / FOLDER / f"{slug}.csv").open(encoding="utf-8-sig", newline="") as stream:
        header, *records = csv.reader(stream)
    assert "行次" not in header
    first, last = header.index("科目名称" if "科目名称" in header else "项目") + 1, header.index("层级")
    code = header.index("科目编码") if "科目编码" in header else None
    in_file = [
        ("" if code is None else record[code], record[first - 1], [one for one in record[first:last] if one])
        for record in records
    ]
    on_page = [(number, name, [one for one in figures if one]) for number, name, figures in lines(sheet(page, slug))]
    # labels of one table may repeat, and column sets are printed group by group
    assert sorted(in_file) == sorted(on_page)


def test_the_paired_table_is_its_file_row_by_row(site: Path, page: html.HtmlElement) -> None:
    with (site / FOLDER / "three-public-expenses.csv").open(encoding="utf-8-sig", newline="") as stream:
        records = list(csv.DictReader(stream))
    cells = [words(cell) for cell in sheet(page, "three-public-expenses").xpath(".//tbody//td")]
    assert [record[column] for record in records for column in ("预算数", "决算数")] == cells


def test_shares_that_do_not_follow_from_the_tables_are_kept_as_printed() -> None:
    statement = putuo().disclosure.statements["说明"]
    assert statement.at("一般公共预算结构", "201", "载明占比").text == "71.73%"
    assert statement.at("财政拨款总体", "", "载明总计").amount == Decimal("0.3")
    assert statement.at("财政拨款总体", "", "持平").text == "是"
