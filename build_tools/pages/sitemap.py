"""Every compiled page of the site, in the order of its addresses."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.pages.disclosure import disclosure_page, yearless
from build_tools.pages.model import Page, Site
from build_tools.pages.places import department_page, district_page, year_page
from build_tools.pages.projects import project_pages
from build_tools.pages.quality import quality_page
from build_tools.pages.rules import rule_pages
from build_tools.pages.sections import section_pages
from build_tools.pages.years import newest


def site_pages(site: Site) -> Iterator[Page]:
    """District, department, year, disclosure and section pages, the rule book and the state of the figures. A draft has a page only in a preview."""
    for district in site.project.districts:
        reports = [report for report in site.reports if report.department.district is district]
        yield district_page(district, reports, site)
        for report in reports:
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
    yield from section_pages(site)
    yield from rule_pages(site)
    yield quality_page(site)
