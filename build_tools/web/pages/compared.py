"""What comparing needs of one department: its figures by measure and year, the tables that they are from, and what
makes its years unlike each other or unlike those of others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_tools.accounts.statement import find_table
from build_tools.amount import STANDARD, standard_amount
from build_tools.checks import Report
from build_tools.forms import Concept, Forms
from build_tools.web.charts.model import Cell
from build_tools.web.pages.model import Link, link_to_kind
from build_tools.web.pages.status import visible
from build_tools.web.pages.texts import TEXTS
from build_tools.web.pages.timeline import events
from build_tools.web.pages.year_book import ACCOUNTS, SELF
from build_tools.web.pages.years import Gap, cell, figure_cell

ROOT = link_to_kind("compare")
UNKNOWN = "层级未载明"


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure that is worth comparing: its address, its unit ('' for a percentage), the kind of disclosure (by file
    name) and the concept of the figure.
    """

    slug: str
    unit: str
    disclosure: str
    key: Concept

    @property
    def title(self) -> str:
        """What it is called."""
        return TEXTS.compared[self.key]

    @property
    def url(self) -> str:
        """The address of its page; the first measure is the page itself."""
        return f"{ROOT.url}{self.slug}/" if self.slug else ROOT.url

    @property
    def file(self) -> Link:
        """The same as CSV."""
        return Link(f"{self.title}（各部门各年度）", f"{self.url}{self.slug or 'expenditure'}.csv")


MEASURES = (
    Measured("", STANDARD, ACCOUNTS, Concept.TOTAL_EXPENDITURE),
    Measured("basic", STANDARD, ACCOUNTS, Concept.BASIC_EXPENDITURE),
    Measured("project", STANDARD, ACCOUNTS, Concept.PROJECT_EXPENDITURE),
    Measured("three-public", STANDARD, ACCOUNTS, Concept.THREE_PUBLIC_ACTUAL),
    Measured("execution", "", SELF, Concept.EXECUTION_RATE),
)


@dataclass(frozen=True, slots=True)
class Point:
    """One measure of one year: the figure in 万元 or per cent with the address of its cell, or the word for why there
    is none. `exact` has every digit; `source` is what its table prints in another unit.
    """

    year: int
    text: str
    url: str = ""
    exact: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing needs of a department: whether it is a 部门 or a 单位, its figures by measure, the tables that the
    figures are from, and what makes its years unlike each other or unlike those of others.
    """

    level: str
    figures: Mapping[str, tuple[Point, ...]]
    tables: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]


def levels_of(forms: Forms) -> tuple[str, ...]:
    """The levels of departments, as `department.yaml` may name them, and the word for one that does not."""
    form = forms.common("department")
    columns = (block.column(form.name_of(Concept.LEVEL)) for block in form.blocks)
    return (*next((one.options for one in columns if one), ()), UNKNOWN)


def compared(report: Report, years: Sequence[int], forms: Forms) -> Compared:
    """The figures of a department that are public, for these years."""
    level = report.department.fact(Concept.LEVEL)
    return Compared(
        level if level in levels_of(forms) else UNKNOWN,
        {
            one.slug: tuple(point(report, year, forms.kind_of(one.disclosure), one) for year in years)
            for one in MEASURES
        },
        {one.slug: tables(report, one) for one in MEASURES},
        tuple(notes(report)),
    )


def point(report: Report, year: int, kind: str, measure: Measured) -> Point:
    """One figure in the unit of its measure, from this kind of disclosure (Chinese name)."""
    found = cell(report, year, kind, measure.key)
    if isinstance(found, Gap):
        return Point(year, found.word)
    amount, url = found[1].amount, figure_cell(found).url
    if measure.unit and amount.unit != measure.unit:
        # a column with a unit of its own
        amount = standard_amount(amount.exact, amount.value, amount.unit)
    return Point(year, amount.text, url, amount.exact, amount.source)


def tables(report: Report, measure: Measured) -> tuple[str, ...]:
    """The titles of the tables that a measure is read from: a title says what is counted."""
    shown = [
        one.disclosure
        for one in report.checked
        if visible(one) and one.disclosure.slug == measure.disclosure and one.disclosure.template
    ]
    cells = [
        (one, found.cell.table)
        for one in shown
        if one.template
        for found in one.template.measures
        if found.key == measure.key
    ]
    return tuple(sorted({one.statements[table].form.title for one, table in cells if table in one.statements}))


def notes(report: Report) -> Iterator[str]:
    """Founded, renamed, ended; and a year whose accounts cover another number of units than the year before."""
    for year, happened in sorted(events(report).items()):
        yield from (f"{one.text}{f'，{year}年不是全年的数' if one.partial else ''}" for one in happened)
    before: tuple[int, int] | None = None
    for one in sorted(
        (one.disclosure for one in report.checked if visible(one) and one.disclosure.slug == ACCOUNTS),
        key=lambda one: one.year,
    ):
        overview = find_table(one.statements, Concept.ACCOUNTING_UNITS)
        axes = overview.axes_of(Concept.ACCOUNTING_UNITS) if overview else None
        if axes and axes.rows:
            now = (one.year, len(axes.rows))
            if before and before[1] != now[1]:
                yield f"决算包括的单位，{before[0]}年{before[1]}个，{now[0]}年{now[1]}个，范围不同"
            before = now


def known(point: Point) -> bool:
    """True where there is a figure."""
    return Cell(point.text).amount is not None
