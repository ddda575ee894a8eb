"""Departments beside each other over the years, one measure a page, made from summaries; and the same as CSV.

A 部门 and a 单位 are never in one table: the accounts of a 部门 may hold those of its 单位 already. What is missing is
a word, never zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from build_tools.web.charts.model import RANKS, Cell, Chart, Row, embed_of, printed_as
from build_tools.web.exports import Download, csv_of
from build_tools.web.pages.compared import MEASURES, ROOT, Compared, Measured, known, levels_of
from build_tools.web.pages.model import About, Link, Page, Site, TocItem
from build_tools.web.pages.states import State, States

FILE_HEAD = "区划,部门,层级,年度,项目,数值,计量单位,情况"
# a picture of more bars than this is not read
MOST = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A department's row in a table: its name with the district as note, its cells by year, what is to be known
    of it.
    """

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


def compare_pages(every: Sequence[tuple[Link, str, Compared]], site: Site) -> Iterator[Page]:
    """One page for each measure that anybody has; the first also where nobody has it. Departments come with the
    addresses of their districts.
    """
    names = {district.slug: district.name for district in site.project.districts}
    departments = [(link, names.get(slug, slug), found) for link, slug, found in every]
    filled = [
        one
        for one in MEASURES
        if not one.slug or any(known(point) for _, _, found in departments for point in found.figures[one.slug])
    ]
    for measure in filled:
        levels = enumerate(levels_of(site.project.forms))
        groups = tuple(
            one for place, level in levels if (one := group(level, f"level-{place}", measure, departments, site.states))
        )
        file = measure_csv(measure, departments, site.states)
        charts = tuple(one.chart for one in groups)
        titles = sorted({title for _, _, found in departments for title in found.tables[measure.slug]})
        title = f"比较：{measure.title}"
        words = f"各部门、各单位{measure.title}的历年数，可以排序和下载"
        yield Page(
            url=measure.url,
            title=title,
            description=words,
            template="compare.html.j2",
            crumbs=site.root_crumbs if not measure.slug else (*site.root_crumbs, ROOT),
            about=About(answer=words),
            toc=(*(TocItem(one.level, one.chart.id) for one in groups), TocItem("不能直接比较的", "unlike")),
            values={
                "measure": measure,
                "measures": filled,
                "groups": groups,
                "charts": charts,
                "titles": titles,
                "file": file,
            },
            downloads=(file,),
            embed=embed_of(charts, measure.url),
        )


def group(
    level: str, anchor: str, measure: Measured, departments: Sequence[tuple[Link, str, Compared]], words: States
) -> Group | None:
    """The departments of a level that have a figure in any year, over the years in which any has one; None where there
    are none.
    """
    several = len({district for _, district, _ in departments}) > 1
    found = [
        (link, district, one, {point.year: point for point in one.figures[measure.slug]})
        for link, district, one in departments
        if one.level == level
    ]
    members = [one for one in found if any(map(known, one[3].values()))]
    years = tuple(
        sorted({point.year for *_, points in members for point in points.values() if known(point)}, reverse=True)
    )
    lines = []
    for link, district, one, points in members:
        cells = tuple(
            Cell(held.text, held.url, printed_as(held.source))
            if (held := points.get(year))
            else Cell(words[State.UNCOLLECTED])
            for year in years
        )
        lines.append(Line(Link(link.title, link.url, district if several else ""), cells, one.notes))
    return Group(level, years, tuple(lines), drawn(level, anchor, measure, lines, years)) if lines else None


def drawn(level: str, anchor: str, measure: Measured, lines: Sequence[Line], years: tuple[int, ...]) -> Chart:
    """The newest year of which at least two have a figure, from the greatest down; who is not drawn is told."""
    position = next(
        (index for index in range(len(years)) if sum(line.cells[index].amount is not None for line in lines) > 1), None
    )
    if position is None:
        return Chart(anchor, level, "", measure.unit, "", (), ())
    rows = [
        Row(
            f"{line.link.title}（{line.link.note}）" if line.link.note else line.link.title,
            (line.cells[position],),
            url=line.link.url,
        )
        for line in lines
    ]
    there = sorted(
        (row for row in rows if row.cells[0].amount is not None), key=lambda row: -(row.cells[0].amount or Decimal(0))
    )
    absent = [f"{row.label}（{row.cells[0].text}）" for row in rows if row.cells[0].amount is None]
    left_out = [f"图里是{years[position]}年的数"]
    left_out += [f"只画了数额最大的{MOST}个，其余{len(there) - MOST}个见表"] if len(there) > MOST else []
    left_out += (
        [f"没有画进图里：{'；'.join(absent[:MOST])}{f'等{len(absent)}个' if len(absent) > MOST else ''}"]
        if absent
        else []
    )
    negative = any((row.cells[0].amount or 0) < 0 for row in there)
    return Chart(
        anchor,
        f"{years[position]}年{level}的{measure.title}",
        "" if negative else RANKS,
        measure.unit or "%",
        level,
        (f"{years[position]}年",),
        tuple(there[:MOST]),
        tuple(left_out),
        (measure.file,),
    )


def measure_csv(measure: Measured, departments: Sequence[tuple[Link, str, Compared]], words: States) -> Download:
    """Every department and year in a row of its own. A year of which a district has nothing is told of nobody: it may
    be no more than a folder with drafts.
    """
    silent = {words[state] for state in (State.UNCOLLECTED, State.UNFOUNDED, State.ENDED)}
    told = {
        (district, one.year)
        for _, district, found in departments
        for one in found.figures[measure.slug]
        if one.text not in silent
    }
    rows = [tuple(FILE_HEAD.split(","))]
    for link, district, found in departments:
        for one in sorted(found.figures[measure.slug], key=lambda one: -one.year):
            if (district, one.year) not in told:
                continue
            there = known(one)
            value, word = (one.exact, words[State.PUBLISHED]) if there else ("", one.text)
            row = (district, link.title, found.level, str(one.year), measure.title, value, measure.unit or "%", word)
            rows.append(row)
    return Download(measure.file.title, measure.file.url, csv_of(rows).encode())
