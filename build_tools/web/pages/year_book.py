"""What is public of one year of a department, opened as a book: figures of every kind of disclosure of that year and of
the year before.

Pages above a disclosure take a figure from here together with the address of its cell, or the word for why there is
none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from build_tools.accounts.statement import Statement, find_table, find_tables
from build_tools.checks import Report
from build_tools.diagnostics import CellRef
from build_tools.forms import Concept, Form, Forms, find_reason, keys_of
from build_tools.web.charts.model import Cell, printed_as
from build_tools.web.narrative.cells import Item, classes_of, columns_of, find_change, read_figure, read_words
from build_tools.web.narrative.figures import Book
from build_tools.web.narrative.performance import Indicators
from build_tools.web.narrative.quoting import Change, Draft, Figure, unknown
from build_tools.web.pages.cells import View
from build_tools.web.pages.status import status, url_of, visible
from build_tools.web.pages.texts import TEXTS

ACCOUNTS, TARGETS, SELF, EVALUATION = "final-accounts", "performance-targets", "self-evaluation", "evaluation-report"
# why a figure is not there, where its disclosure is: nothing was filled in, the form has no such cell
BLANK, NO_TABLE, NO_CELL = "未填", "没有这张表", "无此栏"
COMPUTED = {
    "difference": "系统计算：两数之差",
    "magnitude": "单位所写",
    "growth": "系统计算：增减额÷上年数×100%",
    "share": "系统计算：占合计的比例",
    "completion": "系统计算：两数之比",
    "growth-by-increase": "系统计算：增加额÷（本年数－增加额）×100%",
    "growth-by-decrease": "系统计算：减少额÷（本年数＋减少额）×100%",
}


@dataclass(frozen=True)
class YearBook:
    """`book` reads any table with the slug of its disclosure as scope; the final accounts also without. `view` knows
    where cells stand.
    """

    report: Report
    year: int
    book: Book
    view: View
    forms: Forms

    @property
    def indicators(self) -> Indicators:
        """The indicators of its tables."""
        return Indicators(self.book)

    def has(self, slug: str) -> bool:
        """True where this kind of disclosure is public for the year."""
        return slug in self.view.ledger

    def missing(self, slug: str) -> str:
        """Why nothing is there of a kind of disclosure: it is not public (未收录, 更正中 …), or it does not say."""
        return BLANK if self.has(slug) else status(self.report, self.year, self.forms.kind_of(slug)).word

    def table(self, slug: str, concept: Concept, project: str = "") -> Statement | None:
        """The table of this year that has a concept; of a form that is filled in for each project, the table of
        `project`.
        """
        tables = self.view.ledger.get(slug, {})
        if not project:
            return find_table(tables, concept)
        return next((one for one in find_tables(tables, concept) if one.instance == project), None)

    def figure(self, slug: str, *concepts: Concept, row: str = "", of: Statement | None = None) -> Figure:
        """A figure of a disclosure of this year, in the table that has its concepts or in the table `of`."""
        return self._read(of or self.table(slug, concepts[0]), concepts, row, "" if slug == ACCOUNTS else slug)

    def last_figure(self, *concepts: Concept, row: str = "") -> Figure:
        """A figure of last year's final accounts, where the reader may see it."""
        scope = f"上年.{self.forms.kind_of(ACCOUNTS)}"
        return self._read(find_table(self.view.ledger.get(scope, {}), concepts[0]), concepts, row, scope)

    def _read(self, statement: Statement | None, concepts: tuple[Concept, ...], row: str, scope: str) -> Figure:
        """The figure that concepts name together; unknown where the form lacks it."""
        ref = statement.locate(*concepts, row=row) if statement else None
        if ref is None:
            return unknown(self.book.draft)
        return read_figure(self.book.draft, statement, ref.block, ref.row, ref.column, scope)

    @cached_property
    def _explanation(self) -> Form | None:
        """The form of 说明 of the final accounts, filled in or not."""
        template = self.book.disclosure.template
        return template.form_with(Concept.EXPLANATION) if template else None

    def asked(self, *concepts: Concept, row: str = "", planned: bool = False) -> CellRef | None:
        """The field of 说明 that asks why a figure of the final accounts is not last year's, or not what was planned;
        None where this region's does not ask.
        """
        statement = self.table(ACCOUNTS, concepts[0])
        ref = statement.locate(*concepts, row=row) if statement else None
        return find_reason(self._explanation, ref, planned) if self._explanation and ref else None

    def change(self, now: Figure, before: Figure | None, asked: CellRef | None = None) -> Change | None:
        """Against a known figure, else by what staff wrote beside the field that asks for the reason."""
        if asked is None:
            return find_change(now, before)
        return find_change(now, before, self.table(ACCOUNTS, Concept.EXPLANATION), asked.block, asked.row)

    def words(self, asked: CellRef | None) -> str:
        """The reason as staff wrote it."""
        explained = self.table(ACCOUNTS, Concept.EXPLANATION)
        return read_words(explained, asked.block, asked.row, asked.column) if asked else ""

    def parts_of(self, whole: Concept) -> list[Item]:
        """The columns beside a total of the final accounts that hold something, with their shares of it."""
        statement = self.table(ACCOUNTS, whole)
        ref = statement.locate(whole) if statement else None
        return columns_of(self.book.draft, statement, ref.block, ref.row, ref.column) if ref else []

    def classes_of(self, whole: Concept) -> list[Item]:
        """The 类 under a total of the final accounts that hold something, with their shares of it."""
        statement = self.table(ACCOUNTS, whole)
        ref = statement.locate(whole) if statement else None
        return classes_of(self.book.draft, statement, ref.block, ref.row, ref.column) if ref else []

    def cell(self, figure: Figure, word: str) -> Cell:
        """A figure as it stands on a page; `word` where it is unknown."""
        if not figure.known:
            return Cell(word)
        url = self.view.link(figure.quoted.refs[0]) if figure.quoted.refs else ""
        quoted = figure.quoted
        return Cell(quoted.text, url, COMPUTED.get(quoted.formula, "") or printed_as(quoted.source))

    def at(self, slug: str, *concepts: Concept, row: str = "", of: Statement | None = None) -> Cell:
        """The same, with the word for why there is none: what staff wrote instead of a figure (未载明 …), else what is
        missing.
        """
        figure = self.figure(slug, *concepts, row=row, of=of)
        return self.cell(figure, "" if figure.known else self._why(slug, concepts, row, of))

    def _why(self, slug: str, concepts: tuple[Concept, ...], row: str, of: Statement | None) -> str:
        """The word for a figure that is not known."""
        if not self.has(slug):
            return self.missing(slug)
        statement = of or self.table(slug, concepts[0])
        if statement is None:
            return NO_TABLE
        ref = statement.locate(*concepts, row=row)
        if ref is None:
            return statement.absence or NO_CELL
        cell = statement.cell(ref)
        return statement.absence or (cell.text if cell.amount is None else "") or BLANK

    def moved(self, change: Change | None) -> tuple[Cell, Cell] | None:
        """By how much and by what share, signed; None where nothing is known of it."""
        if change is None:
            return None
        sign = "+" if change.up else "-"
        by, rate = self.cell(change.by, TEXTS.unchanged), self.cell(change.rate, "")
        return signed(by, sign), signed(rate, sign)


def signed(cell: Cell, sign: str) -> Cell:
    """A figure with the direction in which it moved."""
    return Cell(f"{sign}{cell.text}", cell.url, cell.title) if cell.amount else cell


def year_book(report: Report, year: int, forms: Forms) -> YearBook | None:
    """The book of a year; None where nothing of it is public."""
    shown = [one.disclosure for one in report.checked if visible(one) and one.disclosure.year in (year, year - 1)]
    here = [one for one in shown if one.year == year]
    if not here:
        return None
    ledger, urls = {}, {}
    for one in shown:
        scope = one.slug if one.year == year else f"上年.{one.kind}"
        ledger[scope], urls[scope] = one.statements, url_of(report, one.year, one.slug)
    accounts = next((one for one in here if one.slug == ACCOUNTS), None)
    ledger[""], urls[""] = (accounts.statements, urls[ACCOUNTS]) if accounts else ({}, "")
    book = Book(accounts or here[0], ledger, None, Draft(), keys_of(forms))
    return YearBook(report, year, book, View(ledger, urls), forms)
