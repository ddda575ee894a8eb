"""What the pages above a department need of it, and no more: districts, sections, the rule book and /quality/ are made
from these.

A summary is small and plain, so that it can come from another process and be kept while the department itself is
forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import get_type_hints

from build_tools.checks import Report
from build_tools.diagnostics import added
from build_tools.fast import fold, unfold
from build_tools.web.pages.compared import Compared, compared
from build_tools.web.pages.corrections import Recorded, record_of
from build_tools.web.pages.guide import Example, example_of
from build_tools.web.pages.letters import Correspondence, correspondence
from build_tools.web.pages.model import Link, Site
from build_tools.web.pages.quality import Quality, quality_of
from build_tools.web.pages.rules import Standing, standings
from build_tools.web.pages.sections import Listed, listed
from build_tools.web.pages.status import Status, kinds, status, url_of


@dataclass(frozen=True, slots=True)
class Summary:
    """One department: its newest name and address, its years, what there is of every kind by year, its entries in the
    sections (by their slug), what became of every rule, how its figures stand, what can be compared with others, what
    it was asked and what was corrected, what changed in it after it was public, what the guide could explain with.
    """

    district: str
    link: Link
    years: tuple[int, ...]
    statuses: Mapping[int, tuple[Status, ...]]
    listed: Mapping[str, list[Listed]]
    standings: Mapping[str, Standing]
    quality: Quality
    compared: Compared
    correspondence: Correspondence
    record: tuple[Recorded, ...]
    example: Example | None

    @property
    def files(self) -> int:
        """Its public disclosures."""
        return sum(year.files for year in self.quality.years)

    @property
    def counts(self) -> dict[str, int]:
        """The verdicts about them."""
        return added(year.counts for year in self.quality.years)


class Folded(Summary):
    """The same as it came from another process or the disk: every field in bytes until somebody asks for it.

    `read` takes down the names of those that were asked for, so that what is made of summaries knows what it depends
    on.
    """

    __slots__ = ("parts", "read")
    parts: Mapping[str, bytes]
    read: set[str]

    def __init__(self, parts: Mapping[str, bytes], read: set[str]) -> None:
        object.__setattr__(self, "parts", parts)
        object.__setattr__(self, "read", read)

    def __getattr__(self, name: str) -> object:
        """Only called for what has not been unfolded yet."""
        if name not in HINTS:
            raise AttributeError(name)
        self.read.add(name)
        value: object = unfold(self.parts[name], HINTS[name])
        object.__setattr__(self, name, value)
        return value


HINTS = get_type_hints(Summary)


def parts_of(summary: Summary) -> dict[str, bytes]:
    """A summary folded, field by field."""
    return {one.name: fold(getattr(summary, one.name)) for one in fields(summary)}


def summary_of(report: Report, years: Iterable[int], site: Site) -> Summary:
    """The summary of a department; `years` are those of its district, in which it may have nothing."""
    department = report.department
    asked = kinds(site.project.forms)
    every = sorted({*years, *department.years, *department.district.collected})
    return Summary(
        department.district.slug,
        Link(department.name, url_of(report)),
        department.years,
        {year: tuple(status(report, year, kind) for kind in asked) for year in every},
        listed(report),
        standings(report),
        quality_of(report, site),
        compared(report, every, site.project.forms),
        correspondence(report),
        record_of(report),
        example_of(report),
    )
