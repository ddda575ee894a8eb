"""Every compiled page: those of one department, which needs nothing but itself, and those above, made from summaries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from build_tools.checks import Report
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


def department_pages(report: Report, site: Site) -> Iterator[Page]:
    """A department's own pages, its projects, years and disclosures. A draft has a page only in a preview."""
    yield department_page(report, site)
    yield from project_pages(report, site)
    for year in report.department.years:
        yield year_page(report, year, site)
    for checked in report.checked:
        if site.preview or not checked.disclosure.draft:
            page = disclosure_page(checked, report, site)
            yield page
            if newest(report, checked.disclosure.slug) is checked:
                yield yearless(page, report, checked.disclosure.slug)


def pages_above(departments: Sequence[Summary], site: Site) -> Iterator[Page]:
    """District and section pages, the rule book and the state of the figures."""
    for district in site.project.districts:
        yield district_page(district, [one for one in departments if one.district == district.slug], site)
    yield from section_pages([one.listed for one in departments], site)
    yield from rule_pages([one.standings for one in departments], site)
    yield from letters_page([one.correspondence for one in departments], site)
    yield quality_page([(one.link, one.quality) for one in departments], site)
