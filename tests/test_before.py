"""Last year's figures beside this year's: which are told, how they are spelled, and that the official table keeps its
shape.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from lxml import html

from build_tools.accounts.corpus import read_project
from build_tools.checks import Report, check_project
from build_tools.diagnostics import CellRef
from build_tools.forms import Column
from build_tools.web.certificate.lines import view_of
from build_tools.web.pages.last_year import Before, Change, before, told
from build_tools.web.pages.model import Site
from build_tools.web.pages.status import visible
from build_tools.web.tables import PLAIN, Beside, table_html
from examples.make_demo import DEMO
from tests.support import INFORMATION, check, make_project, repository_project

AMOUNT = Column("决算数", "决算数", "amount", None)  # type: ignore[arg-type]
COUNT = Column("人数", "人数", "count", None)  # type: ignore[arg-type]
TABLE, KEY = "支出决算表", "支出决算表"


@pytest.mark.parametrize(
    ("now", "was", "column", "text"),
    [
        ("259.15", "85.80", AMOUNT, "＋173.35（＋202.0%）"),
        ("0", "85.80", AMOUNT, "−85.80（−100.0%）"),
        ("1234567.89", "1", AMOUNT, "＋1,234,566.89（＋123,456,689.0%）"),
        ("5", "5", AMOUNT, "不变"),
        ("5", "0", AMOUNT, "＋5.00"),
        ("5", "-2", AMOUNT, "＋7.00"),
        ("-5", "2", AMOUNT, "−7.00"),
        ("100.005", "100", AMOUNT, "＋0.01（＋0.0%）"),
        ("12", "8", COUNT, "＋4（＋50.0%）"),
    ],
)
def test_a_change_as_it_is_told(now: str, was: str, column: Column, text: str) -> None:
    """No percentage on a base of zero or less, nor for what is negative itself."""
    assert told(Decimal(now), Decimal(was), column) == text


def two_years(root: Path, last: str, this: str, information: str = INFORMATION) -> Before:
    """What is told beside the figures of 2021, where 2020 has this table."""
    files = {
        f"data/x/y/{year}/final-accounts.yaml": head + text
        for year, head, text in ((2020, information, last), (2021, INFORMATION, this))
    }
    reports, _ = check(make_project(root, files))
    return of_year(reports[0], 2021)


def of_year(report: Report, year: int) -> Before:
    """The same of a year of a department."""
    checked = next(
        one for one in report.checked if one.disclosure.year == year and one.disclosure.slug == "final-accounts"
    )
    return before(checked.disclosure, view_of(checked, report, Site(repository_project())))


LAST = f"{TABLE}:\n  2010301 行政运行: {{基本支出: 80.00, 项目支出: 0.00}}\n  2010350 事业运行: {{基本支出: 5.00}}\n"
THIS = f"{TABLE}:\n  2010301 行政运行: {{基本支出: 100.00, 项目支出: 3.00}}\n  2010399 其他支出: {{基本支出: 7.00}}\n"


def test_the_same_code_and_column_are_compared(tmp_path: Path) -> None:
    found = two_years(tmp_path, LAST, THIS)
    changes = {(ref.row, ref.column): change for ref, change in found.changes.items()}
    assert changes["2010301", "基本支出"] == Change("80.00", "＋20.00（＋25.0%）")
    assert changes["2010301", "项目支出"] == Change("0.00", "＋3.00")
    assert changes["2010399", "基本支出"] == Change("无此行", "")
    assert ("2010301", "经营支出") not in changes
    assert found.gone[KEY] == (("2010350 事业运行（本年支出合计）", "5.00"),)
    assert found.url == "x/y/2020/final-accounts/"


def test_units_are_brought_together(tmp_path: Path) -> None:
    found = two_years(tmp_path, LAST.replace(f"{TABLE}:\n", f"{TABLE}:\n  金额单位: 元\n"), THIS)
    ref = CellRef(KEY, "", "2010301", "基本支出")
    assert found.changes[ref] == Change("0.01", "＋99.99（＋1,249,900.0%）")


@pytest.mark.parametrize(
    "information",
    [INFORMATION.replace("可公开", "草稿"), INFORMATION.replace("  保密审查: 通过\n", "")],
    ids=["draft", "unsigned"],
)
def test_what_is_not_public_is_not_told(tmp_path: Path, information: str) -> None:
    assert two_years(tmp_path, LAST, THIS, information) == Before()


def test_a_held_disclosure_is_not_told(tmp_path: Path) -> None:
    assert (
        two_years(tmp_path, LAST.replace("基本支出: 80.00", "本年支出合计: 1.00, 基本支出: 80.00"), THIS).changes == {}
    )


def test_an_empty_table_has_nothing_to_compare(tmp_path: Path) -> None:
    assert two_years(tmp_path / "a", f"{TABLE}: 无\n", THIS).tables == frozenset()
    assert two_years(tmp_path / "b", LAST, f"{TABLE}: 无\n").tables == frozenset()


@cache
def demo_reports() -> tuple[Report, ...]:
    """The fictional district, checked."""
    return tuple(check_project(read_project(DEMO))[0])


def test_every_figure_of_the_demo_is_worked_out_again() -> None:
    """From the cells of both years, not by the code that is tested."""
    seen = 0
    for report in demo_reports():
        statements = {
            one.disclosure.year: one.disclosure.statements
            for one in report.checked
            if visible(one) and one.disclosure.slug == "final-accounts"
        }
        for year in statements:
            for ref, change in of_year(report, year).changes.items():
                now, was = (
                    statements[year][ref.table].cell(ref).amount or 0,
                    statements[year - 1][ref.table].cell(ref).amount or 0,
                )
                if change.change:
                    assert Decimal(change.before.replace(",", "").replace("−", "-")) == was
                    amount = change.change.split("（")[0].replace("＋", "").replace("−", "-").replace(",", "")
                    assert now - was == (0 if amount == "不变" else Decimal(amount))
                    assert ("%" in change.change) is (was > 0 and now != was)
                    seen += 1
    assert seen > 500


def test_without_what_stands_beside_the_table_is_the_official_one() -> None:
    """Only links, empty marks and what is hidden are added; a portable table has none of them."""
    report = demo_reports()[0]
    checked = [one for one in report.checked if one.disclosure.slug == "final-accounts"][-1]
    last = of_year(report, checked.disclosure.year)
    added = 0
    for statement in checked.disclosure.statements.values():
        if statement.form.layout.style == "list":
            continue
        plain = html.fromstring(f"<div>{table_html(statement)}</div>")
        full = html.fromstring(
            f"<div>{table_html(statement, Beside('../', {'基本支出': '基本支出'}, changes=last.changes))}</div>"
        )
        assert not plain.xpath("//a")
        for one in full.xpath("//*[contains(@class, 'mz-last')]"):
            one.getparent().remove(one)
            added += 1
        assert [cell.text_content() for cell in full.iter("td", "th")] == [
            cell.text_content() for cell in plain.iter("td", "th")
        ]
        assert [cell.get("id") for cell in full.iter("td", "tr")] == [cell.get("id") for cell in plain.iter("td", "tr")]
    assert added > 20
    assert PLAIN.changes == {}


def test_every_header_of_a_table_reaches_what_it_heads() -> None:
    """`colgroup` and `rowgroup` would ask for groups that are not there; spanning headers are headers of the columns or
    rows they span.
    """
    for report in demo_reports():
        for checked in report.checked:
            for statement in checked.disclosure.statements.values():
                text = "" if statement.form.layout.style == "list" else table_html(statement)
                assert "colgroup" not in text
                assert "rowgroup" not in text
                document = html.fromstring(f"<div>{text}</div>")
                assert all(th.get("scope") in ("col", "row") for th in document.iter("th"))
                assert all(
                    table.find("caption") is not None and table.find("caption").text.strip()
                    for table in document.iter("table")
                )
                ids = [one.get("id") for one in document.iter() if one.get("id")]
                assert len(ids) == len(set(ids))
