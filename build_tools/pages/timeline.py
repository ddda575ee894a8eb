"""A department's years as a line in time: what it was called, when it began or ended, what it spent, what it has published."""

from __future__ import annotations

import re
from dataclasses import dataclass

from build_tools.checks import Report
from build_tools.facts import KeyFigure
from build_tools.pages.charts import Cell
from build_tools.pages.status import PUBLISHED, status, url_of
from build_tools.pages.years import Gap, cell, figure_cell

SPENT = ("部门决算", "支出")


@dataclass(frozen=True, slots=True)
class Stop:
    """One year: its address ('' without a page), its events, what was spent or the word for why that is not known, the kinds that are public."""

    year: int
    url: str
    events: tuple[str, ...]
    spent: Cell
    unit: str
    public: tuple[str, ...]


def timeline(report: Report) -> tuple[Stop, ...]:
    """Every year with a disclosure, that the district collects, or in which something happened; the newest first."""
    department = report.department
    happened = events(report)
    years = set(department.years) | set(department.district.collected) | happened.keys()
    spent = {year: cell(report, year, *SPENT) for year in years}
    return tuple(
        Stop(
            year, url_of(report, year) if year in department.years else "", tuple(happened.get(year, ())), figure_cell(spent[year]), unit_of(spent[year]),
            tuple(kind for kind in dict.fromkeys(one.disclosure.kind for one in report.checked) if status(report, year, kind).word == PUBLISHED),
        )
        for year in sorted(years, reverse=True)
    )


def unit_of(found: tuple[str, KeyFigure] | Gap) -> str:
    """The unit of a figure."""
    return "" if isinstance(found, Gap) else found[1].unit


def events(report: Report) -> dict[int, list[str]]:
    """Founded, renamed, ended: as `department.yaml` says, by the year."""
    department = report.department
    information = department.information
    dated = [(information.at("基本信息", "", field).text, field) for field in ("成立", "撤销")] if information else []
    dated += [(name.since, f"改名为{name.name}") for name in department.names[1:]]
    found: dict[int, list[str]] = {}
    for date, what in dated:
        if match := re.match("([0-9]{4})", date):
            found.setdefault(int(match[1]), []).append(f"{date}{what}")
    return found
