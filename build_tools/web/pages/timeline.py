"""A department's years as a line in time: what it was called, when it began or ended, what it spent, what it has
published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from build_tools.accounts.key_figures import KeyFigure
from build_tools.checks import Report
from build_tools.forms import Concept, Forms
from build_tools.web.charts.model import Cell
from build_tools.web.pages.states import State
from build_tools.web.pages.status import status, url_of
from build_tools.web.pages.years import Gap, cell, figure_cell

SPENT = ("final-accounts", Concept.TOTAL_EXPENDITURE)


@dataclass(frozen=True, slots=True)
class Stop:
    """One year: its address ('' without a page), its events, what was spent or the word for why that is not known, the
    kinds that are public.
    """

    year: int
    url: str
    events: tuple[str, ...]
    spent: Cell
    unit: str
    public: tuple[str, ...]


class Event(NamedTuple):
    """What happened to a department, with its date; `partial` = the figures of that year are not of a whole year."""

    text: str
    partial: bool


def timeline(report: Report, forms: Forms) -> tuple[Stop, ...]:
    """Every year with a disclosure, that the district collects, or in which something happened; the newest first."""
    department = report.department
    happened = events(report)
    years = set(department.years) | set(department.district.collected) | happened.keys()
    slug, concept = SPENT
    spent = {year: cell(report, year, forms.kind_of(slug), concept) for year in years}
    return tuple(
        Stop(
            year,
            url_of(report, year) if year in department.years else "",
            tuple(one.text for one in happened.get(year, ())),
            figure_cell(spent[year]),
            unit_of(spent[year]),
            tuple(
                kind
                for kind in dict.fromkeys(one.disclosure.kind for one in report.checked)
                if status(report, year, kind).state is State.PUBLISHED
            ),
        )
        for year in sorted(years, reverse=True)
    )


def unit_of(found: tuple[str, KeyFigure] | Gap) -> str:
    """The unit of a figure."""
    return "" if isinstance(found, Gap) else found[1].unit


def events(report: Report) -> dict[int, list[Event]]:
    """Founded, renamed, ended: as `department.yaml` says, by the year."""
    department = report.department
    information = department.information
    dated = [
        (information.text_of(field), information.name_of(field), True)
        for field in (Concept.FOUNDING_DATE, Concept.DISSOLUTION_DATE)
        if information
    ]
    dated += [(name.since, f"改名为{name.name}", False) for name in department.names[1:]]
    found: dict[int, list[Event]] = {}
    for date, what, partial in dated:
        if match := re.match("([0-9]{4})", date):
            found.setdefault(int(match[1]), []).append(Event(f"{date}{what}", partial))
    return found
