"""What the home page and the site map show: places with their years, columns, the newest disclosures. All from
summaries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_tools.accounts.corpus import District
from build_tools.page_kinds import page_kinds
from build_tools.web.pages.model import Link, Page, Site, link_to_kind
from build_tools.web.pages.sections import COLUMNS, FEED, Listed, disclosures
from build_tools.web.pages.sections import ROOT as SECTIONS
from build_tools.web.pages.states import State, States
from build_tools.web.pages.summary import Summary

NEWEST = 8
# a district with more departments is told by counts, not by a line for each
FEW = 12
WHY = (State.HELD, State.MISSING, State.UNCOLLECTED)
MAP = link_to_kind("map")


@dataclass(frozen=True, slots=True)
class Covered:
    """A district on the home page. A row is a department with its disclosures of each year; where there are many, a
    kind with the number of departments that have published it. `many` are then the departments.
    """

    district: District
    years: tuple[int, ...]
    rows: tuple[tuple[Link, tuple[Link, ...]], ...]
    departments: tuple[Link, ...]

    @property
    def many(self) -> bool:
        """True where rows are kinds."""
        return len(self.departments) > FEW


def covered(district: District, departments: Sequence[Summary], site: Site) -> Covered:
    """Years ascending, as a timeline."""
    ours = [one for one in departments if one.district == district.slug]
    years = tuple(sorted({year for one in ours for year in one.years}))
    links = tuple(one.link for one in ours)
    if len(ours) <= FEW:
        return Covered(
            district,
            years,
            tuple((one.link, tuple(of_year(one, year, site.states) for year in years)) for one in ours),
            links,
        )
    kinds = dict.fromkeys(status.kind for one in ours for statuses in one.statuses.values() for status in statuses)
    rows = tuple((Link(kind, ""), tuple(of_kind(ours, kind, year, district) for year in years)) for kind in kinds)
    return Covered(district, years, tuple(row for row in rows if any(cell.url for cell in row[1])), links)


def of_year(department: Summary, year: int, words: States) -> Link:
    """How many disclosures a department has published of a year; where none, a word that says why, and nowhere
    to go.
    """
    found = [status.state for status in department.statuses.get(year, ())]
    number = found.count(State.PUBLISHED)
    return (
        Link(str(number), f"{department.link.url}{year}/")
        if number
        else Link(words[next((state for state in WHY if state in found), State.UNCOLLECTED)], "")
    )


def of_kind(departments: Iterable[Summary], kind: str, year: int, district: District) -> Link:
    """How many departments have published a kind of a year."""
    number = sum(
        any(status.kind == kind and status.state is State.PUBLISHED for status in one.statuses.get(year, ()))
        for one in departments
    )
    return Link(str(number), f"{district.slug}/#y{year}" if number else "")


def newest(departments: Iterable[Summary]) -> list[Listed]:
    """The last disclosures by their day, then by address; those that name no day come last, the newest year first."""
    every = [one for department in departments for one in disclosures(department.listed)]
    return sorted(sorted(every, key=lambda one: one.url), key=lambda one: (one.published, one.year), reverse=True)[
        :NEWEST
    ]


def columns(departments: Iterable[Summary]) -> list[tuple[Link, list[Link]]]:
    """Every column that holds anything, with its years."""
    years: dict[str, set[int]] = {}
    for department in departments:
        for slug, found in department.listed.items():
            years.setdefault(slug, set()).update(one.year for one in found)
    filled = [(column, sorted(years[column.slug], reverse=True)) for column in COLUMNS if column.slug in years]
    return [
        (Link(column.title, column.url), [Link(f"{year}年", f"{column.url}{year}/") for year in found])
        for column, found in filled
    ]


def home(departments: Sequence[Summary], site: Site) -> Mapping[str, object]:
    """What the fragments of hand-written pages may show of the whole site."""
    last = newest(departments)
    return {
        "covered": [covered(district, departments, site) for district in site.project.districts],
        "newest": last,
        "columns": columns(departments),
        "feed": FEED if any(one.published for one in last) else "",
    }


def map_pages(
    departments: Sequence[Summary], written: Sequence[Link], there: Collection[str], site: Site
) -> Iterator[Page]:
    """Every place and column of the site in one list; `written` are the hand-written pages, `there` the addresses of
    the others that stand at the root.
    """
    others = [link_to_kind(name) for name, kind in page_kinds().items() if kind.on_map and kind.address in there]
    yield Page(
        url=MAP.url,
        title=MAP.title,
        description="本站全部区县、部门、栏目和页面",
        template="map.html.j2",
        crumbs=site.root_crumbs,
        values={
            "places": [
                (district, [one for one in departments if one.district == district.slug])
                for district in site.project.districts
            ],
            "root": SECTIONS,
            "columns": columns(departments),
            "others": [*written, *others],
        },
    )
