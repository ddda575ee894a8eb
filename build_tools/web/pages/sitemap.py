"""Every compiled page, kind by kind: those of one department, which needs nothing but itself, and those above, made
from summaries.

Both come in groups that are made or left as they are together, each as a function that is called only where it is
needed. Which kinds there are and who makes them is in `page_kinds`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from importlib import import_module
from operator import attrgetter
from typing import NamedTuple

from build_tools.checks import Report
from build_tools.page_kinds import PageKind, page_kinds
from build_tools.web.pages.model import Page, Site
from build_tools.web.pages.summary import Summary

MakePages = Callable[..., Iterator[Page]]


class Above(NamedTuple):
    """A group of pages made from the summaries of the departments whose addresses begin with `below`, and from what
    is told besides (`also`).
    """

    name: str
    pages: Callable[[Sequence[Summary]], Iterator[Page]]
    below: str = ""
    also: tuple[str, ...] = ()


def kinds_of(scope: str) -> list[PageKind]:
    """The kinds whose pages are made for the whole site, for each district, department or year."""
    return [one for one in page_kinds().values() if one.of == scope and one.made_by]


@cache
def maker(kind: PageKind) -> MakePages:
    """The function that makes the pages of a kind."""
    module, _, name = kind.made_by.partition(".")
    found: MakePages = getattr(import_module(f"build_tools.web.pages.{module}"), name)
    return found


def department_pages(report: Report, site: Site) -> Iterator[tuple[int, Callable[[], Iterator[Page]]]]:
    """The groups of a department: what spans its years (0), and the disclosures of each year, which depend on that year
    and the one before.
    """
    yield 0, partial(spanning, report, site)
    for year in report.department.years:
        yield year, partial(of_year, report, year, site)


def spanning(report: Report, site: Site) -> Iterator[Page]:
    """What stands beside the disclosures of a department."""
    for kind in kinds_of("department"):
        yield from maker(kind)(report, site)


def of_year(report: Report, year: int, site: Site) -> Iterator[Page]:
    """What belongs to one year alone."""
    for kind in kinds_of("year"):
        yield from maker(kind)(report, year, site)


def pages_above(site: Site) -> Iterator[Above]:
    """Each district, then what the site has once."""
    for district in site.project.districts:
        address = f"{district.slug}/"
        for kind in kinds_of("district"):
            yield Above(kind.address.format(district=district.slug), partial(maker(kind), district, site=site), address)
    for kind in kinds_of("site"):
        yield Above(kind.address, partial(of_site, kind, site))


def of_site(kind: PageKind, site: Site, departments: Sequence[Summary]) -> Iterator[Page]:
    """Pages from what their kind reads of every department: one field as it is, several as a tuple."""
    asked = attrgetter(*kind.reads)
    return maker(kind)([asked(one) for one in departments], site)
