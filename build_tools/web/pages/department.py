"""The pages above a disclosure: district, department, year. What they show of a disclosure they take from its facts and
its cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from build_tools.accounts.corpus import District
from build_tools.accounts.key_figures import KeyFigure, key_figures
from build_tools.amount import STANDARD
from build_tools.checks import Checked, Report
from build_tools.diagnostics import count_outcomes
from build_tools.forms import Concept
from build_tools.web.charts.model import embed_of
from build_tools.web.pages.about import about_department
from build_tools.web.pages.account import changes, money_charts, watched
from build_tools.web.pages.corrections import ROOT as CORRECTIONS
from build_tools.web.pages.disclosure import trail
from build_tools.web.pages.letters import corrected, letters
from build_tools.web.pages.model import About, Link, Page, Site, TocItem
from build_tools.web.pages.projects import project_links
from build_tools.web.pages.sections import address_of, disclosures, feed_of, listed
from build_tools.web.pages.states import State
from build_tools.web.pages.status import Status, kinds, rank, status, url_of, visible
from build_tools.web.pages.summary import Summary
from build_tools.web.pages.texts import TEXTS
from build_tools.web.pages.timeline import timeline
from build_tools.web.pages.year_book import ACCOUNTS, year_book
from build_tools.web.pages.year_results import courses, outcome, undertakings
from build_tools.web.pages.years import neighbours, series_charts, series_csv, switcher

PROFILE = (Concept.LEVEL, Concept.SUPERIOR, Concept.NATURE, Concept.FOUNDING_DATE, Concept.DISSOLUTION_DATE)


def district_pages(district: District, departments: Sequence[Summary], site: Site) -> Iterator[Page]:
    """Departments × years × kinds."""
    years = sorted({year for one in departments for year in one.years} | set(district.collected), reverse=True)
    rows = [(one.link, [one.statuses[year] for year in years]) for one in departments]
    yield Page(
        url=f"{district.slug}/",
        title=district.full_name,
        description=f"{district.full_name}各部门的预决算和绩效公开",
        template="district.html.j2",
        crumbs=site.root_crumbs,
        about=About(district=district.name),
        values={
            "district": district,
            "years": years,
            "kinds": kinds(site.project.forms),
            "rows": rows,
            "silent": [silent(departments, year) for year in years],
            "recorded": f"{CORRECTIONS.url}{district.slug}/" if any(one.record for one in departments) else "",
        },
    )


def silent(departments: Sequence[Summary], year: int) -> list[Link]:
    """The departments that had something to publish for a year, as far as this site collects it, and show nothing."""
    return [
        one.link
        for one in departments
        if any(found.state is State.MISSING for found in one.statuses[year])
        and not any(found.url for found in one.statuses[year])
    ]


def department_pages(report: Report, site: Site) -> Iterator[Page]:
    """Who they are, the newest figures and what changed, the years in time, in figures and in charts, every
    disclosure.
    """
    department = report.department
    years = sorted(set(department.years) | set(department.district.collected), reverse=True)
    shown = sorted((one for one in report.checked if visible(one)), key=lambda one: rank(one.disclosure.slug))
    public = sorted({one.disclosure.year for one in shown}, reverse=True)
    accounted = max((one.disclosure.year for one in shown if one.disclosure.slug == ACCOUNTS), default=None)
    book = year_book(report, accounted, site.project.forms) if accounted else None
    file = series_csv(report, url_of(report))
    charts = series_charts(report, file)
    projects = project_links(report)
    feed = feed_of(department.name, url_of(report), disclosures(listed(report)), site)
    yield Page(
        url=url_of(report),
        title=department.name,
        description=f"{department.name}历年预决算和绩效公开",
        template="department.html.j2",
        crumbs=(*site.root_crumbs, *trail(report, None)[:1]),
        about=about_department(department),
        toc=contents(
            "department", newest=bool(public), changes=book is not None, series=bool(charts), projects=bool(projects)
        ),
        values={
            "department": department,
            "profile": profile(report),
            "duties": prose(report, Concept.DUTIES),
            "source": department.fact(Concept.DUTIES_SOURCE),
            "years": years,
            "kinds": kinds(site.project.forms),
            "rows": [matrix_row(report, year, site) for year in years],
            "newest": public[0] if public else None,
            "newest_url": url_of(report, public[0]) if public else "",
            "newest_parts": [part(one, report) for one in shown if one.disclosure.year == public[0]],
            "accounted": accounted,
            "accounted_url": url_of(report, accounted, ACCOUNTS),
            "changes": changes(book) if book else (),
            "unit": STANDARD if book else "",
            "timeline": timeline(report, site.project.forms),
            "charts": charts,
            "series_file": file,
            "switcher": switcher(report, None),
            "projects": projects,
            "letters": letters(report),
            "corrections": corrected(report),
        },
        downloads=(*((file,) if file else ()), *feed),
        feed=address_of(feed),
        embed=embed_of(charts, url_of(report)),
    )


def contents(page: str, **there: bool) -> tuple[TocItem, ...]:
    """The sections that the page has: all but those that are said not to be there."""
    titles = TEXTS.contents[page]
    assert there.keys() <= titles.keys()
    return tuple(TocItem(title, anchor) for anchor, title in titles.items() if there.get(anchor, True))


def matrix_row(report: Report, year: int, site: Site) -> tuple[Link, list[Status]]:
    """One year of a department: the link to the year and what there is of each kind."""
    link = Link(f"{year}年", url_of(report, year) if year in report.department.years else "")
    return link, [status(report, year, kind) for kind in kinds(site.project.forms)]


def profile(report: Report) -> list[tuple[str, str]]:
    """The facts of `department.yaml`, as far as they are given."""
    information = report.department.information
    found = [(information.name_of(field), information.text_of(field)) for field in PROFILE] if information else []
    former = [f"{name.name}（至{name.until}）" for name in report.department.names if name.until]
    return [*((field, text) for field, text in found if text), *([("曾用名", "、".join(former))] if former else [])]


def prose(report: Report, field: Concept) -> tuple[str, str]:
    """Prose of `department.yaml` with its manner (摘要 or 原文)."""
    information = report.department.information
    cell = information.cell_of(field) if information else None
    return (cell.text, cell.manner) if cell else ("", "")


def year_pages(report: Report, site: Site) -> Iterator[Page]:
    """One page for each year that a department has a folder for."""
    for year in report.department.years:
        yield year_page(report, year, site)


def year_page(report: Report, year: int, site: Site) -> Page:
    """From money to result: budget, changes, spending, what came of it; every disclosure of the year, the years on
    either side.
    """
    department = report.department
    checked = [one for one in report.checked if one.disclosure.year == year]
    before, after = neighbours(report, year)
    name = department.name_in(year)
    statuses = [status(report, year, kind) for kind in kinds(site.project.forms)]
    book = year_book(report, year, site.project.forms)
    flow, charts, watching, works = (
        (courses(book), tuple(money_charts(book)), watched(book), undertakings(book)) if book else ((), (), (), ())
    )
    return Page(
        url=url_of(report, year),
        title=f"{name}{year}年",
        description=f"{name}{year}年：从预算到决算，从钱到事，以及全年的公开文件",
        template="year.html.j2",
        crumbs=(*site.root_crumbs, *trail(report, None)),
        about=about_department(department, year),
        toc=contents(
            "year",
            **{
                "flow": bool(flow),
                "money": bool(charts),
                "three-public": bool(watching),
                "changes": book is not None and book.has(ACCOUNTS),
                "projects": bool(works),
            },
        ),
        values={
            "name": name,
            "year": year,
            "department": department,
            "statuses": statuses,
            "absent": [one for one in statuses if one.state is not State.PUBLISHED],
            "flow": flow,
            "charts": charts,
            "watched": watching,
            "works": works,
            "outcome": outcome(works),
            "changes": changes(book) if book else (),
            "accounts_url": url_of(report, year, ACCOUNTS),
            "unit": STANDARD if book else "",
            "parts": [
                part(one, report) for one in sorted(checked, key=lambda one: rank(one.disclosure.slug)) if visible(one)
            ],
            "switcher": switcher(report, year),
        },
        embed=embed_of(charts, url_of(report, year)),
        previous=before,
        next=after,
    )


class Part(NamedTuple):
    """What a year page says of one disclosure."""

    title: str
    url: str
    figures: tuple[KeyFigure, ...]
    counts: Mapping[str, int]


def part(checked: Checked, report: Report) -> Part:
    """One disclosure of a year."""
    disclosure = checked.disclosure
    title = disclosure.template.title if disclosure.template else disclosure.slug
    return Part(
        title,
        url_of(report, disclosure.year, disclosure.slug),
        key_figures(disclosure),
        count_outcomes(checked.verdicts),
    )
