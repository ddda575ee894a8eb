"""What the pages above a department need of it, and no more: districts, sections, the rule book and /quality/ are made from these.

A summary is small and plain, so that it can come from another process and be kept while the department itself is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from build_tools.checks import Report
from build_tools.diagnostics import added
from build_tools.pages.guide import Example, example_of
from build_tools.pages.model import Link, Site
from build_tools.pages.quality import Quality, quality_of
from build_tools.pages.rules import Standing, standings
from build_tools.pages.sections import Listed, listed
from build_tools.pages.status import Status, kinds, status, url_of


@dataclass(frozen=True, slots=True)
class Summary:
    """One department: its newest name and address, its years, what there is of every kind by year, its entries in the sections
    (by their slug), what became of every rule, how its figures stand, what the guide could explain with.
    """

    district: str
    link: Link
    years: tuple[int, ...]
    statuses: Mapping[int, tuple[Status, ...]]
    listed: Mapping[str, list[Listed]]
    standings: Mapping[str, list[Standing]]
    quality: Quality
    example: Example | None

    @property
    def files(self) -> int:
        """Its public disclosures."""
        return sum(year.files for year in self.quality.years)

    @property
    def counts(self) -> dict[str, int]:
        """The verdicts about them."""
        return added(year.counts for year in self.quality.years)


def summary_of(report: Report, years: Iterable[int], site: Site) -> Summary:
    """The summary of a department; `years` are those of its district, in which it may have nothing."""
    department = report.department
    asked = kinds(site.project.forms)
    return Summary(
        department.district.slug, Link(department.name, url_of(report)), department.years,
        {year: tuple(status(report, year, kind) for kind in asked) for year in sorted({*years, *department.years, *department.district.collected})},
        listed(report), standings(report), quality_of(report, site), example_of(report),
    )
