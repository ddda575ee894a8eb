"""Every compiled page: those of one department, which needs nothing but itself, and those above, made from summaries.

Both come in groups that are made or left as they are together, each as a function that is called only where it is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from build_tools.checks import Report
from build_tools.corpus import District
from build_tools.pages.compare import compare_pages
from build_tools.pages.disclosure import disclosure_page, yearless
from build_tools.pages.letters import letters_page
from build_tools.pages.model import Page, Site
from build_tools.pages.places import department_page, district_page, year_page
from build_tools.pages.projects import project_pages
from build_tools.pages.quality import quality_page
from build_tools.pages.rules import rule_pages
from build_tools.pages.sections import section_pages
from build_tools.pages.summary import Summary
from build_tools.pages.years import newest


class Above(NamedTuple):
    """A group of pages made from the summaries of the departments whose addresses begin with `below`."""

    name: str
    pages: Callable[[Sequence[Summary]], Iterator[Page]]
    below: str = ""


def department_pages(report: Report, site: Site) -> Iterator[tuple[int, Callable[[], Iterator[Page]]]]:
    """The groups of a department: what spans its years (0), and the disclosures of each year, which depend on that year and the one before."""
    yield 0, partial(spanning, report, site)
    for year in report.department.years:
        yield year, partial(disclosures, report, year, site)


def spanning(report: Report, site: Site) -> Iterator[Page]:
    """The department's own page, its projects, its years."""
    yield department_page(report, site)
    yield from project_pages(report, site)
    for year in report.department.years:
        yield year_page(report, year, site)


def disclosures(report: Report, year: int, site: Site) -> Iterator[Page]:
    """The disclosures of a year, the newest of a kind also at its address without a year. A draft has a page only in a preview."""
    for checked in report.checked:
        if checked.disclosure.year == year and (site.preview or not checked.disclosure.draft):
            page = disclosure_page(checked, report, site)
            yield page
            if newest(report, checked.disclosure.slug) is checked:
                yield yearless(page, report, checked.disclosure.slug)


def pages_above(site: Site) -> Iterator[Above]:
    """Each district, the sections, comparisons, the rule book and the state of the figures."""
    for district in site.project.districts:
        yield Above(f"{district.slug}/", partial(of_district, district, site), f"{district.slug}/")
    yield Above("sections/", lambda every: section_pages([one.listed for one in every], site))
    names = {district.slug: district.name for district in site.project.districts}
    yield Above("compare/", lambda every: compare_pages([(one.link, names.get(one.district, one.district), one.compared) for one in every], site))
    yield Above("checks/", lambda every: rule_pages([(one.link, one.standings) for one in every], site))
    yield Above("inquiries/", lambda every: iter(letters_page([one.correspondence for one in every], site)))
    yield Above("quality/", lambda every: iter([quality_page([(one.link, one.quality) for one in every], site)]))


def of_district(district: District, site: Site, departments: Sequence[Summary]) -> Iterator[Page]:
    """A district's own page."""
    yield district_page(district, departments, site)
