"""Departments beside each other over the years, one measure a page, made from summaries; and the same as CSV.

A 部门 and a 单位 are never in one table: the accounts of a 部门 may hold those of its 单位 already. What is missing is a word, never zero.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from build_tools.checks import Report
from build_tools.exports import harmless
from build_tools.pages.charts import RANKS, Cell, Chart, Row, embed_of
from build_tools.pages.model import About, Download, Link, Page, Site, TocItem
from build_tools.pages.status import visible
from build_tools.pages.timeline import events
from build_tools.pages.years import Gap, cell, figure_cell
from build_tools.statement.figures import SCALE

ROOT = Link("部门比较", "compare/")
UNIT, UNKNOWN = "万元", "层级未载明"
LEVELS = ("部门", "单位", UNKNOWN)
# a picture of more bars than this is not read
MOST = 20


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure that is worth comparing: its address, its name, its unit ('' for a percentage), the kind and key of the figure."""

    slug: str
    title: str
    unit: str
    kind: str
    key: str

    @property
    def url(self) -> str:
        """The address of its page; the first measure is the page itself."""
        return f"{ROOT.url}{self.slug}/" if self.slug else ROOT.url

    @property
    def file(self) -> Link:
        """The same as CSV."""
        return Link(f"{self.title}（各部门各年度）", f"{self.url}{self.slug or 'expenditure'}.csv")


MEASURES = (
    Measured("", "支出", UNIT, "部门决算", "支出"),
    Measured("basic", "基本支出", UNIT, "部门决算", "基本支出"),
    Measured("project", "项目支出", UNIT, "部门决算", "项目支出"),
    Measured("three-public", "“三公”经费", UNIT, "部门决算", "三公经费"),
    Measured("execution", "预算执行率", "", "绩效自评", "执行率"),
)


@dataclass(frozen=True, slots=True)
class Point:
    """One measure of one year: the figure in 万元 or per cent with the address of its cell, or the word for why there is none."""

    year: int
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What comparing needs of a department: whether it is a 部门 or a 单位, its figures by measure, the tables that the figures are from,
    and what makes its years unlike each other or unlike those of others.
    """

    level: str
    figures: Mapping[str, tuple[Point, ...]]
    tables: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A department's row in a table: its name with the district as note, its cells by year, what is to be known of it."""

    link: Link
    cells: tuple[Cell, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Departments of one level: table and chart."""

    level: str
    years: tuple[int, ...]
    lines: tuple[Line, ...]
    chart: Chart


def compared(report: Report, years: Sequence[int]) -> Compared:
    """The figures of a department that are public, for these years."""
    information = report.department.information
    level = information.at("基本信息", "", "层级").text if information else ""
    return Compared(
        level if level in LEVELS else UNKNOWN,
        {one.slug: tuple(point(report, year, one) for year in years) for one in MEASURES},
        {one.slug: tables(report, one) for one in MEASURES},
        tuple(notes(report)),
    )


def point(report: Report, year: int, measure: Measured) -> Point:
    """One figure in the unit of its measure."""
    found = cell(report, year, measure.kind, measure.key)
    if isinstance(found, Gap):
        return Point(year, found.word)
    drawn = figure_cell(found)
    unit, amount = found[1].unit, drawn.amount
    if amount is not None and unit != measure.unit and unit in SCALE and measure.unit in SCALE:
        return Point(year, f"{amount * SCALE[unit] / SCALE[measure.unit]:f}", drawn.url)
    return Point(year, drawn.text, drawn.url)


def tables(report: Report, measure: Measured) -> tuple[str, ...]:
    """The titles of the tables that a measure is read from: a title says what is counted."""
    shown = [one.disclosure for one in report.checked if visible(one) and one.disclosure.kind == measure.kind and one.disclosure.template]
    cells = [(one, found.cell.table) for one in shown if one.template for found in one.template.measures if found.key == measure.key]
    return tuple(sorted({one.statements[table].form.title for one, table in cells if table in one.statements}))


def notes(report: Report) -> Iterator[str]:
    """Founded, renamed, ended; and a year whose accounts cover another number of units than the year before."""
    for year, happened in sorted(events(report).items()):
        yield from (f"{what}{f'，{year}年不是全年的数' if what.endswith(('成立', '撤销')) else ''}" for what in happened)
    before: tuple[int, int] | None = None
    for one in sorted((one.disclosure for one in report.checked if visible(one) and one.disclosure.kind == "部门决算"), key=lambda one: one.year):
        overview = one.statements.get("概况")
        axes = overview.axes.get("决算单位构成") if overview else None
        if axes and axes.rows:
            now = (one.year, len(axes.rows))
            if before and before[1] != now[1]:
                yield f"决算包括的单位，{before[0]}年{before[1]}个，{now[0]}年{now[1]}个，范围不同"
            before = now


def compare_pages(departments: Sequence[tuple[Link, str, Compared]], site: Site) -> Iterator[Page]:
    """One page for each measure that anybody has; the first also where nobody has it. `departments` come with the names of their districts."""
    filled = [one for one in MEASURES if not one.slug or any(known(point) for _, _, found in departments for point in found.figures[one.slug])]
    for measure in filled:
        groups = tuple(one for level in LEVELS if (one := group(level, measure, departments)))
        file = measure_csv(measure, departments)
        charts = tuple(one.chart for one in groups)
        titles = sorted({title for _, _, found in departments for title in found.tables[measure.slug]})
        title = f"比较：{measure.title}"
        words = f"各部门、各单位{measure.title}的历年数，可以排序和下载"
        yield Page(
            url=measure.url, title=title, description=words, template="compare.html.j2",
            crumbs=site.root_crumbs if not measure.slug else (*site.root_crumbs, ROOT), about=About(answer=words),
            toc=(*(TocItem(one.level, one.chart.id) for one in groups), TocItem("不能直接比较的", "unlike")),
            values={"measure": measure, "measures": filled, "groups": groups, "charts": charts, "titles": titles, "file": file},
            downloads=(file,), embed=embed_of(charts, measure.url),
        )


def known(point: Point) -> bool:
    """True where there is a figure."""
    return Cell(point.text).amount is not None


def group(level: str, measure: Measured, departments: Sequence[tuple[Link, str, Compared]]) -> Group | None:
    """The departments of a level that have a figure in any year, over the years in which any has one; None where there are none."""
    several = len({district for _, district, _ in departments}) > 1
    found = [(link, district, one, {point.year: point for point in one.figures[measure.slug]}) for link, district, one in departments if one.level == level]
    members = [one for one in found if any(map(known, one[3].values()))]
    years = tuple(sorted({point.year for *_, points in members for point in points.values() if known(point)}, reverse=True))
    lines = []
    for link, district, one, points in members:
        cells = tuple(Cell(points[year].text, points[year].url) if year in points else Cell("未收录") for year in years)
        lines.append(Line(Link(link.title, link.url, district if several else ""), cells, one.notes))
    return Group(level, years, tuple(lines), drawn(level, measure, lines, years)) if lines else None


def drawn(level: str, measure: Measured, lines: Sequence[Line], years: tuple[int, ...]) -> Chart:
    """The newest year of which at least two have a figure, from the greatest down; who is not drawn is told."""
    position = next((index for index in range(len(years)) if sum(line.cells[index].amount is not None for line in lines) > 1), None)
    if position is None:
        return Chart(f"level-{LEVELS.index(level)}", level, "", measure.unit, "", (), ())
    rows = [Row(f"{line.link.title}（{line.link.note}）" if line.link.note else line.link.title, (line.cells[position],), url=line.link.url) for line in lines]
    there = sorted((row for row in rows if row.cells[0].amount is not None), key=lambda row: -(row.cells[0].amount or Decimal(0)))
    absent = [f"{row.label}（{row.cells[0].text}）" for row in rows if row.cells[0].amount is None]
    left_out = [f"图里是{years[position]}年的数"]
    left_out += [f"只画了数额最大的{MOST}个，其余{len(there) - MOST}个见表"] if len(there) > MOST else []
    left_out += [f"没有画进图里：{'；'.join(absent[:MOST])}{f'等{len(absent)}个' if len(absent) > MOST else ''}"] if absent else []
    negative = any((row.cells[0].amount or 0) < 0 for row in there)
    return Chart(
        f"level-{LEVELS.index(level)}", f"{years[position]}年{level}的{measure.title}", "" if negative else RANKS, measure.unit or "%", level,
        (f"{years[position]}年",), tuple(there[:MOST]), tuple(left_out), (measure.file,),
    )


def measure_csv(measure: Measured, departments: Sequence[tuple[Link, str, Compared]]) -> Download:
    """Every department and year in a row of its own."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["区划", "部门", "层级", "年度", "项目", "数值", "计量单位", "情况"])
    for link, district, found in departments:
        for one in sorted(found.figures[measure.slug], key=lambda one: -one.year):
            there = known(one)
            row = (district, link.title, found.level, str(one.year), measure.title, one.text if there else "", measure.unit or "%", "已公开" if there else one.text)
            writer.writerow(map(harmless, row))
    return Download(measure.file.title, measure.file.url, "\ufeff" + out.getvalue())
