"""What is public of one year of a department, opened as a book: figures of every kind of disclosure of that year and of the year before.

Pages above a disclosure take a figure from here together with the address of its cell, or the word for why there is none.
"""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.checks import Report
from build_tools.narrative.figures import Book, Change
from build_tools.narrative.performance import Indicators
from build_tools.narrative.quoting import Draft, Figure
from build_tools.pages.cells import View
from build_tools.pages.charts import Cell
from build_tools.pages.status import status, url_of, visible
from build_tools.statement import Statement

ACCOUNTS, TARGETS, SELF, EVALUATION = "部门决算", "绩效目标", "绩效自评", "绩效评价"
COMPUTED = {
    "difference": "系统计算：两数之差", "magnitude": "单位所写", "growth": "系统计算：增减额÷上年数×100%", "share": "系统计算：占合计的比例",
    "completion": "系统计算：两数之比", "growth-by-increase": "系统计算：增加额÷（本年数－增加额）×100%",
    "growth-by-decrease": "系统计算：减少额÷（本年数＋减少额）×100%",
}


@dataclass(frozen=True)
class YearBook:
    """`book` reads any table by the kind of its disclosure as scope; the final accounts also without. `view` knows where cells stand."""

    report: Report
    year: int
    book: Book
    view: View

    @property
    def indicators(self) -> Indicators:
        """The indicators of its tables."""
        return Indicators(self.book)

    def has(self, kind: str) -> bool:
        """True where this kind of disclosure is public for the year."""
        return kind in self.view.ledger

    def missing(self, kind: str, table: str = "", said: str = "") -> str:
        """Why a figure is not there: the disclosure is not (未收录, 更正中 …), the table is not, or nothing was filled in."""
        if not self.has(kind):
            return status(self.report, self.year, kind).word
        statement = self.statement(kind, table)
        if statement is None:
            return "没有这张表" if table else "未填"
        return statement.absence or said or "未填"

    def statement(self, kind: str, table: str) -> Statement | None:
        """A table of this year."""
        return self.view.ledger.get(kind, {}).get(table)

    def figure(self, kind: str, table: str, block: str, row: str, column: str) -> Figure:
        """A figure of a disclosure of this year."""
        return self.book.amount(table, block, row, column, "" if kind == ACCOUNTS else kind)

    def cell(self, figure: Figure, word: str) -> Cell:
        """A figure as it stands on a page; `word` where it is unknown."""
        if not figure.known:
            return Cell(word)
        url = self.view.link(figure.quoted.refs[0]) if figure.quoted.refs else ""
        return Cell(figure.quoted.text, url, COMPUTED.get(figure.quoted.formula, ""))

    def at(self, kind: str, table: str, block: str, row: str, column: str) -> Cell:
        """The same, with the word for why there is none: what staff wrote instead of a figure (未载明 …), else what is missing."""
        figure = self.figure(kind, table, block, row, column)
        if figure.known:
            return self.cell(figure, "")
        statement = self.statement(kind, table)
        found = statement.at(block, row, column) if statement else None
        return self.cell(figure, self.missing(kind, table, found.text if found is not None and found.amount is None else ""))

    def moved(self, change: Change | None) -> tuple[Cell, Cell] | None:
        """By how much and by what share, signed; None where nothing is known of it."""
        if change is None:
            return None
        sign = "+" if change.up else "-"
        by, rate = self.cell(change.by, "持平"), self.cell(change.rate, "")
        return signed(by, sign), signed(rate, sign)


def signed(cell: Cell, sign: str) -> Cell:
    """A figure with the direction in which it moved."""
    return Cell(f"{sign}{cell.text}", cell.url, cell.title) if cell.amount else cell


def year_book(report: Report, year: int) -> YearBook | None:
    """The book of a year; None where nothing of it is public."""
    shown = [one.disclosure for one in report.checked if visible(one) and one.disclosure.year in (year, year - 1)]
    here = [one for one in shown if one.year == year]
    if not here:
        return None
    ledger, urls = {}, {}
    for one in shown:
        scope = one.kind if one.year == year else f"上年.{one.kind}"
        ledger[scope], urls[scope] = one.statements, url_of(report, one.year, one.slug)
    accounts = next((one for one in here if one.kind == ACCOUNTS), None)
    ledger[""], urls[""] = (accounts.statements, urls[ACCOUNTS]) if accounts else ({}, "")
    return YearBook(report, year, Book(accounts or here[0], ledger, None, Draft()), View(ledger, urls))
