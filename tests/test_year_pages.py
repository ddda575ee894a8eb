"""The pages above a disclosure tell what changed and why, and the way from budget to result; what is missing is a word.

Expected figures are read from the published documents (docs/coverage.md) and from the files of the fictional district.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from build_tools.accounts.corpus import Department, Disclosure, District
from build_tools.checks import Report
from build_tools.forms import Concept, keys_of
from build_tools.web.charts.model import Cell
from build_tools.web.narrative import explanation, plain_answer
from build_tools.web.narrative.figures import Book
from build_tools.web.narrative.quoting import Draft
from build_tools.web.pages.account import changes, watched
from build_tools.web.pages.cells import View
from build_tools.web.pages.year_book import ACCOUNTS, EVALUATION, TARGETS, YearBook
from build_tools.web.pages.year_results import Aim, Money, Undertaking, courses, outcome
from tests.helpers import builtin, small

CENTRE = "shifeng/business-environment-centre"


def page(site: Path, address: str) -> HtmlElement:
    """A built page."""
    return html.parse(site / address / "index.html").getroot()


def row(tree: HtmlElement, section: str, name: str) -> tuple[str, list[str]]:
    """The head and the cells of a row in the section with this heading."""
    found = tree.xpath(f"//section[h2[@id='{section}']]//tr[th[starts-with(normalize-space(), '{name}')]]")[0]
    cells = [" ".join(cell.xpath(".//text()[normalize-space()]")) for cell in found.xpath("./td")]
    return found.xpath("string(./th)"), cells


@pytest.mark.parametrize("address", [CENTRE, f"{CENTRE}/2020"])
def test_a_declared_change_gives_last_years_figure_and_its_reason(site: Path, address: str) -> None:
    head, cells = row(page(site, address), "changes", "收入支出总计")
    assert cells == ["259.15", "85.80", "+173.35 +202.04%"]
    assert "原因：单位于2019年6月成立" in head
    assert "按单位写的增减额倒推" in head


def test_nothing_is_put_where_nothing_is_known(site: Path) -> None:
    head, cells = row(page(site, f"{CENTRE}/2020"), "changes", "本年支出合计")
    assert cells == ["259.15", "没有上年数", "不能比较"]
    assert "原因" not in head
    assert row(page(site, "shanghai-putuo/finance-bureau/2024"), "changes", "“三公”")[1][:2] == ["未填", "没有上年数"]


def test_last_years_disclosure_comes_before_what_is_declared(demo: Path) -> None:
    head, cells = row(page(demo, "example-county/education-bureau/2024"), "changes", "本年支出合计")
    assert cells == ["1,678.43", "1,413.47", "+264.96 +18.75%"]
    assert "取自2023年度部门决算" in head


def test_a_figure_that_is_held_back_is_not_last_years_figure(demo: Path) -> None:
    """The transport bureau's 2024 accounts are being corrected: 2025 is not held against them, nor does 2024 show any
    of them.
    """
    head, cells = row(page(demo, "example-county/transport-bureau/2025"), "changes", "本年支出合计")
    assert cells[1:] == ["没有上年数", "不能比较"]
    assert "取自2024" not in head
    held = page(demo, "example-county/transport-bureau/2024")
    assert not held.xpath("//section[h2[@id='changes' or @id='money' or @id='three-public']]")
    assert "部门决算（更正中）" in " ".join(held.text_content().split())


def test_from_budget_to_accounts_keeps_scopes_apart(site: Path) -> None:
    tree = page(site, f"{CENTRE}/2020")
    assert row(tree, "flow", "全部资金")[1] == ["112.55", "259.15 +146.60", "259.15 100%"]
    assert row(tree, "flow", "一般公共预算")[1] == ["112.55", "无此栏", "186.67 165.86%"]
    assert row(tree, "flow", "“三公”")[1][:2] == ["无此栏", "0.50"]
    assert not tree.xpath("//section[h2[@id='flow']]//tr[contains(., '合计')]")
    assert "71 项指标中 7 项有扣分或没有达标" in " ".join(tree.xpath("string(//section[h2[@id='flow']])").split())


def test_projects_with_targets_results_and_reasons(site: Path) -> None:
    tree = page(site, f"{CENTRE}/2020")
    assert row(tree, "projects", "职业培训")[1] == ["0.00", "19.62", "19.62", "100%", "98", "2 / 13"]
    lines = [
        [cell.text_content() for cell in line]
        for line in tree.xpath("//table[contains(@class, 'mz-aims')]//tr[th[starts-with(., '就业率')]]")
    ]
    assert lines == [["就业率原因：有待进一步加大就业宣传", "提高", "显著提高", "4 / 5"]]


def test_a_year_of_targets_alone_claims_no_result(site: Path) -> None:
    tree = page(site, f"{CENTRE}/2023")
    text = " ".join(tree.xpath("string(//section[h2[@id='flow']])").split())
    assert "20 项目标本站没有得分" in text
    assert "有扣分" not in text
    assert row(tree, "projects", "营商环境工作经费")[1] == ["未收录", "6.88", "6.88", "未收录", "未收录", "没有指标"]
    assert not tree.xpath("//h2[@id='money']")


def test_figures_lead_to_their_cells(demo: Path) -> None:
    """Every figure of these pages that is a link stands so, or is worked out, at the cell that it leads to; most stand
    so.
    """
    same = other = 0
    folder = demo / "example-county/education-bureau/2023"
    targets: dict[Path, HtmlElement] = {}
    for link in page(demo, "example-county/education-bureau/2023").xpath(
        "//td[contains(@class, 'mz-n')]//a[contains(@href, '#')][not(@title)]"
    ):
        address, anchor = link.get("href").split("#")
        if not address:
            continue
        path = (folder / address / "index.html").resolve()
        tree = targets.setdefault(path, html.parse(path).getroot())
        (cell,) = tree.xpath(f'//*[@id="{anchor}"]')
        texts = cell.text_content()
        same, other = (same + 1, other) if link.text_content().lstrip("+−") in texts else (same, other + 1)
    assert same > 60
    assert other <= 4


def test_the_timeline_tells_names_and_beginnings(demo: Path) -> None:
    renamed = page(demo, "example-county/civil-affairs-bureau").xpath(
        "string(//ol[@class='mz-timeline']/li[contains(., '2024年3月')])"
    )
    assert "改名为示例县民政和养老服务局" in renamed
    founded = page(demo, "example-county/data-service-centre").xpath("//ol[@class='mz-timeline']/li")
    assert any("2024年1月成立" in one.text_content() for one in founded)
    assert "未设立" in founded[-1].text_content()


def test_what_has_no_marks_is_not_counted_as_reached() -> None:
    none, marks = Cell("未收录"), Cell("95")
    aim = Aim("甲", "", "1", "1", none, none, "", False)
    judged = Undertaking(
        "整体支出", "", "", Money(none, none, none, none, marks), (aim, Aim("乙", "", "2", "1", none, none, "", True))
    )
    planned = Undertaking("项目", "x/", "", Money(none, none, none, none, none), (aim, aim, aim))
    found = outcome((judged, planned))
    assert (found.score, found.short, found.judged, found.unjudged) == (marks, 1, 2, 3)
    assert outcome(()).judged == 0


def opened(tables: str, slug: str, year: int) -> YearBook:
    """The book of a year in which one disclosure with these tables is all that is public."""
    forms, statements = builtin(), small(tables, year=year).statements
    disclosure = Disclosure(slug, year, "x.yaml", forms.template(slug, "湖南", year), statements, None, {}, ())
    district = District("x", "某县", "某县", "", "湖南", {})
    report = Report(Department("y", district, (), None, (disclosure,), ()), (), ())
    ledger = {slug: statements, "": statements if slug == ACCOUNTS else {}}
    book = Book(disclosure, ledger, None, Draft(), keys_of(forms))
    return YearBook(report, year, book, View(ledger, dict.fromkeys(ledger, "x/y/")), forms)


@pytest.mark.parametrize(("year", "start"), [(2020, "无此栏"), (2023, "未填")])
def test_a_column_that_a_form_lacks_is_not_one_that_was_left_out(year: int, start: str) -> None:
    """The evaluation reports of 2020 and 2021 have no initial budget."""
    book = opened("整体支出绩效评价报告: {预算收支: {收入: 5, 支出: 4}}\n", EVALUATION, year)
    (line,) = courses(book)
    assert [one.text for one in (line.start, line.budget, line.spent)] == [start, "5.00", "4.00"]
    assert line.source.title.startswith("绩效评价·")


def test_a_table_that_is_not_there_is_a_word_and_not_an_empty_section() -> None:
    book = opened("支出决算表: {2010301 行政运行: {基本支出: 4}}\n", ACCOUNTS, 2020)
    told = {one.label: one.now.text for one in changes(book)}
    assert (told["基本支出"], told["收入支出总计"], told["“三公”经费支出"]) == ("4.00", "没有这张表", "没有这张表")
    assert watched(book) == ()
    assert book.at(TARGETS, Concept.PLANNED_FUNDS).text == "未收录"


# what 公务接待费 says, as staff may fill it in: the page of the year, what it may be compared with, the sentence
MEANINGS = {
    "blank": ("决算数: ", "", "未填", "不能比较", "公务接待费的支出决算没有填报"),
    "blank, planned": ("预算数: 1.00, 决算数: ", "", "未填", "不能比较", "支出决算没有填报"),
    "blank, said to be the same": ("决算数: ", "与上年相比: 持平", "未填", "持平", "公务接待费的支出决算没有填报"),
    "blank, said to be more": ("决算数: ", "比上年增加: 0.50", "未填", "+0.50", "公务接待费的支出决算没有填报"),
    "zero": ("决算数: 0", "", "0.00", "不能比较", "没有公务接待费的预算和支出"),
    "zero, said to be the same": ("决算数: 0", "与上年相比: 持平", "0.00", "持平", "没有公务接待费的预算和支出"),
    "left out": ("", "", "0.00", "不能比较", "没有公务接待费的预算和支出"),
    "spent, the same": ("决算数: 1.00", "与上年相比: 持平", "1.00", "持平", "与上年持平"),
    "spent, more": ("决算数: 1.00", "比上年增加: 0.50", "1.00", "+0.50", "与上年相比增加"),
}


@pytest.mark.parametrize(("figures", "said", "spent", "by", "words"), MEANINGS.values(), ids=MEANINGS)
def test_blank_zero_and_unchanged_mean_one_thing_everywhere(
    figures: str, said: str, spent: str, by: str, words: str
) -> None:
    """A blank is never told as nothing spent, a change that was declared never as none."""
    book = opened(
        "三公经费:\n  公务用车运行费: {决算数: 2.00}\n"
        f"  公务接待费: {{{figures}}}\n说明:\n  三公经费总体:\n    公务接待费: {{{said}}}\n",
        ACCOUNTS,
        2020,
    )
    (row,) = [one for one in watched(book) if one.label == "公务接待费"]
    assert (row.spent.text, row.by.text) == (spent, by)
    (disclosure,) = book.report.department.disclosures
    form = disclosure.template.form_with(Concept.EXPLANATION) if disclosure.template else None
    told = explanation(disclosure, book.view.ledger, "某局", book.forms, form)
    sentences = [sentence for part in told.parts if "三公" in part.heading[0] for sentence in part.sentences]
    text = "".join(piece if isinstance(piece, str) else piece.text for one in sentences for piece in one.pieces)
    assert words in text
    assert ("没有填报" in text) == (spent == "未填")


def test_a_reason_stands_under_the_change_that_it_was_given_for() -> None:
    """Why a budget was not spent is no reason for being less than last year."""
    book = opened(
        "三公经费:\n  公务接待费: {预算数: 2.00, 决算数: 1.00}\n说明:\n  三公经费总体:\n"
        "    公务接待费: {原因: 厉行节约, 变动原因: 来访减少, 比上年减少: 0.50}\n",
        ACCOUNTS,
        2020,
    )
    (row,) = [one for one in watched(book) if one.label == "公务接待费"]
    assert row.reasons == (("与预算数不同", "厉行节约"), ("与上年不同", "来访减少"))


def test_a_negative_part_says_why_the_others_are_more_than_the_whole() -> None:
    tables = (
        "支出决算表:\n  合计: {{本年支出合计: {0}, 基本支出: 10.00, 项目支出: {1}}}\n"
        "  2010301 行政运行: {{本年支出合计: {0}, 基本支出: 10.00, 项目支出: {1}}}\n"
    )
    for whole, part, said in (("9.00", "-1.00", True), ("11.00", "1.00", False)):
        book = opened(tables.format(whole, part), ACCOUNTS, 2020)
        (disclosure,) = book.report.department.disclosures
        told = plain_answer(disclosure, book.view.ledger, "某局", book.forms)
        sentences = [sentence for part in told.parts for sentence in part.sentences]
        text = "".join(piece if isinstance(piece, str) else piece.text for one in sentences for piece in one.pieces)
        assert ("有的项是负数" in text) == said
