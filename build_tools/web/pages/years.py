"""One year beside the next: the year switcher, the pages on either side, a department's figures over the years and
their charts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from build_tools.accounts.key_figures import KeyFigure, key_figures
from build_tools.checks import Checked, Report
from build_tools.forms import Concept
from build_tools.web.charts.model import BARS, LINES, Cell, Chart, Row, gaps, printed_as
from build_tools.web.exports import Download, csv_of
from build_tools.web.pages.model import Link
from build_tools.web.pages.states import State, states_of
from build_tools.web.pages.status import status, url_of, visible
from build_tools.web.pages.texts import TEXTS

# measures of one kind and size are drawn together: the address of the chart, how, the measures
GROUPS = (
    (
        "money",
        LINES,
        (
            Concept.GRAND_TOTAL_REVENUE,
            Concept.TOTAL_EXPENDITURE,
            Concept.BASIC_EXPENDITURE,
            Concept.PROJECT_EXPENDITURE,
        ),
    ),
    ("three-public", BARS, (Concept.THREE_PUBLIC_ACTUAL,)),
    ("budget", BARS, (Concept.INITIAL_BUDGET, Concept.ANNUAL_BUDGET, Concept.ANNUAL_EXECUTION)),
)
OTHERS = "others"
SERIES_HEAD = "区划,部门,年度,项目,数值,计量单位,情况,系统计算"


@dataclass(frozen=True, slots=True)
class YearLink:
    """A year in the switcher. `note` says where the year lacks the kind that the reader is looking at."""

    year: int
    url: str
    current: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A figure that is not there, and why."""

    word: str


@dataclass(frozen=True, slots=True)
class Series:
    """One measure over the years: a figure with the page that it stands on, or a typed gap."""

    key: str
    label: str
    unit: str
    cells: tuple[tuple[str, KeyFigure] | Gap, ...]


@lru_cache(maxsize=1)
def switcher(report: Report, year: int | None, kind: str = "") -> tuple[YearLink, ...]:
    """Every year of the department, newest first; it keeps the kind of disclosure where the other year has it. Asked
    twice by every page.
    """
    links = []
    for other in sorted(report.department.years, reverse=True):
        has = status(report, other, kind).url if kind else ""
        note = states_of(report.own).lacks.format(kind=kind) if kind and not has else ""
        links.append(YearLink(other, has or url_of(report, other), other == year, note))
    return tuple(links)


def neighbours(report: Report, year: int, kind: str = "") -> tuple[Link | None, Link | None]:
    """The year before and the year after, at the same kind of disclosure where they have it."""
    links = sorted(switcher(report, year, kind), key=lambda link: link.year)
    index = next(position for position, link in enumerate(links) if link.year == year)
    found = [links[position] if 0 <= position < len(links) else None for position in (index - 1, index + 1)]
    before, after = (Link(f"{link.year}年", link.url, link.note) if link else None for link in found)
    return before, after


def newest(report: Report, slug: str) -> Checked | None:
    """The newest disclosure of a kind that is public: what the yearless address shows."""
    of_kind = [one for one in report.checked if one.disclosure.slug == slug and visible(one)]
    return max(of_kind, key=lambda one: one.disclosure.year, default=None)


def series(report: Report) -> tuple[tuple[int, ...], tuple[Series, ...]]:
    """The years of a department, ascending, and every measure that its disclosures name."""
    years = tuple(sorted(set(report.department.years) | set(report.department.district.collected)))
    shown = [one.disclosure for one in report.checked if visible(one)]
    measures = {(one.kind, figure.key): figure for one in shown for figure in key_figures(one)}
    found = []
    for (kind, key), sample in measures.items():
        cells = tuple(cell(report, year, kind, key) for year in years)
        found.append(Series(key, sample.label, sample.unit, cells))
    return years, tuple(found)


@lru_cache(maxsize=1)
def figures_of(report: Report) -> dict[str, dict[str, KeyFigure]]:
    """The key figures of a department's public disclosures, by file and key; asked for every measure of every year."""
    shown = [one.disclosure for one in report.checked if visible(one)]
    return {one.file: {figure.key: figure for figure in reversed(key_figures(one))} for one in shown}


def cell(report: Report, year: int, kind: str, key: str) -> tuple[str, KeyFigure] | Gap:
    """One figure of one year, or why there is none."""
    checked = next(
        (one for one in report.checked if one.disclosure.year == year and one.disclosure.kind == kind and visible(one)),
        None,
    )
    if checked is None:
        return Gap(status(report, year, kind).word)
    figure = figures_of(report)[checked.disclosure.file].get(key)
    if figure is None or not figure.text:
        return Gap("未填")
    return url_of(report, year, checked.disclosure.slug), figure


def series_charts(report: Report, file: Download | None) -> tuple[Chart, ...]:
    """The measures over the years, each group with its table and chart; the others in a table with their units."""
    years, found = series(report)
    files = (Link("历年主要数据", file.url),) if file else ()
    charts = [
        group_chart(name, manner, members, years, files)
        for name, manner, keys in GROUPS
        if (members := [one for one in found if one.key in keys])
    ]
    known = {key for *_, keys in GROUPS for key in keys}
    others = tuple(
        Row(f"{one.label}（{one.unit}）" if one.unit else one.label, tuple(map(figure_cell, one.cells)))
        for one in found
        if one.key not in known
    )
    if others:
        texts = TEXTS.charts[OTHERS]
        columns = tuple(f"{year}年" for year in years)
        charts.append(Chart(OTHERS, texts.title, "", "", texts.head, columns, others, (), files))
    return tuple(charts)


def group_chart(
    name: str, manner: str, members: list[Series], years: tuple[int, ...], files: tuple[Link, ...]
) -> Chart:
    """One group over the years. Amounts in different units are never drawn on one scale."""
    columns = tuple(f"{year}年" for year in years)
    rows = tuple(Row(one.label, tuple(map(figure_cell, one.cells))) for one in members)
    units = {value[1].unit for one in members for value in one.cells if not isinstance(value, Gap)}
    left_out = gaps(rows, columns) if len(units) < 2 else ("各年的金额单位不同，所以没有画图",)
    texts = TEXTS.charts[name]
    drawn = manner if len(units) < 2 else ""
    return Chart(name, texts.title, drawn, members[0].unit, texts.head, columns, rows, left_out, files)


def figure_cell(value: tuple[str, KeyFigure] | Gap) -> Cell:
    """A figure with the address of its cell, or the word of a gap."""
    if isinstance(value, Gap):
        return Cell(value.word)
    url, figure = value
    return Cell(figure.text, f"{url}#{figure.anchor}", printed_as(figure.amount.source), figure.derived)


def series_csv(report: Report, url: str) -> Download | None:
    """The same table as a file: one row per measure and year, each standing alone."""
    years, found = series(report)
    if not found:
        return None
    department = report.department
    rows = [tuple(SERIES_HEAD.split(","))]
    for one in found:
        for year, value in zip(years, one.cells, strict=True):
            figure = None if isinstance(value, Gap) else value[1]
            rows.append(
                (
                    department.district.name,
                    department.name_in(year),
                    str(year),
                    one.label,
                    figure.amount.exact if figure else "",
                    figure.unit if figure else one.unit,
                    value.word if isinstance(value, Gap) else states_of(report.own)[State.PUBLISHED],
                    "是" if figure and figure.derived else "",
                )
            )
    return Download("历年主要数据", f"{url}years.csv", csv_of(rows).encode())
