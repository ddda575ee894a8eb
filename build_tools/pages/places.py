"""The pages above a disclosure: district, department, year. What they show of a disclosure they take from its facts."""

from __future__ import annotations

from collections.abc import Sequence

from build_tools.checks import Checked, Report
from build_tools.corpus import District
from build_tools.diagnostics import count_outcomes
from build_tools.facts import key_figures
from build_tools.pages.about import about_department
from build_tools.pages.disclosure import trail
from build_tools.pages.model import About, Link, Page, Site
from build_tools.pages.projects import project_links
from build_tools.pages.status import MISSING, Status, kinds, rank, status, url_of, visible
from build_tools.pages.summary import Summary
from build_tools.pages.years import neighbours, series, series_csv, switcher

PROFILE = ("层级", "上级", "性质", "成立", "撤销")


def district_page(district: District, departments: Sequence[Summary], site: Site) -> Page:
    """Departments × years × kinds."""
    years = sorted({year for one in departments for year in one.years} | set(district.collected), reverse=True)
    rows = [(one.link, [one.statuses[year] for year in years]) for one in departments]
    return Page(
        url=f"{district.slug}/", title=district.full_name, description=f"{district.full_name}各部门的预决算和绩效公开",
        template="district.html.j2", crumbs=site.root_crumbs,
        about=About(district=district.name),
        values={"district": district, "years": years, "kinds": kinds(site.project.forms), "rows": rows, "silent": [silent(departments, year) for year in years]},
    )


def silent(departments: Sequence[Summary], year: int) -> list[Link]:
    """The departments that had something to publish for a year, as far as this site collects it, and show nothing."""
    return [one.link for one in departments if any(found.word == MISSING for found in one.statuses[year]) and not any(found.url for found in one.statuses[year])]


def department_page(report: Report, site: Site) -> Page:
    """Who they are, their years, the newest figures."""
    department = report.department
    years = sorted(set(department.years) | set(department.district.collected), reverse=True)
    shown = [one for one in report.checked if visible(one)]
    newest = max(shown, key=lambda one: (one.disclosure.year, -rank(one.disclosure.slug)), default=None)
    series_years, found = series(report)
    file = series_csv(report, url_of(report))
    return Page(
        url=url_of(report), title=department.name, description=f"{department.name}历年预决算和绩效公开",
        template="department.html.j2", crumbs=(*site.root_crumbs, *trail(report, None)[:1]), about=about_department(department),
        values={
            "department": department, "profile": profile(report), "duties": prose(report, "职责"), "source": prose(report, "来源")[0],
            "years": years, "kinds": kinds(site.project.forms),
            "rows": [matrix_row(report, year, site) for year in years],
            "newest": newest, "figures": key_figures(newest.disclosure) if newest else (),
            "newest_url": url_of(report, newest.disclosure.year, newest.disclosure.slug) if newest else "",
            "series_years": series_years, "series": found, "series_file": file, "switcher": switcher(report, None), "projects": project_links(report),
        },
        downloads=(file,) if file else (),
    )


def matrix_row(report: Report, year: int, site: Site) -> tuple[Link, list[Status]]:
    """One year of a department: the link to the year and what there is of each kind."""
    link = Link(f"{year}年", url_of(report, year) if year in report.department.years else "")
    return link, [status(report, year, kind) for kind in kinds(site.project.forms)]


def profile(report: Report) -> list[tuple[str, str]]:
    """The facts of `department.yaml`, as far as they are given."""
    information = report.department.information
    found = [(field, information.at("基本信息", "", field).text if information else "") for field in PROFILE]
    former = [f"{name.name}（至{name.until}）" for name in report.department.names if name.until]
    return [*((field, text) for field, text in found if text), *([("曾用名", "、".join(former))] if former else [])]


def prose(report: Report, field: str) -> tuple[str, str]:
    """Prose of `department.yaml` with its manner (摘要 or 原文)."""
    information = report.department.information
    cell = information.at("基本信息", "", field) if information else None
    return (cell.text, cell.manner) if cell else ("", "")


def year_page(report: Report, year: int, site: Site) -> Page:
    """Key figures and every disclosure of a year, with the years on either side."""
    department = report.department
    checked = [one for one in report.checked if one.disclosure.year == year]
    before, after = neighbours(report, year)
    name = department.name_in(year)
    return Page(
        url=url_of(report, year), title=f"{name}{year}年", description=f"{name}{year}年的预决算和绩效公开",
        template="year.html.j2", crumbs=(*site.root_crumbs, *trail(report, None)), about=about_department(department, year),
        values={
            "name": name, "year": year, "department": department,
            "statuses": [status(report, year, kind) for kind in kinds(site.project.forms)],
            "parts": [part(one, report) for one in checked if visible(one)], "switcher": switcher(report, year), "projects": project_links(report, year),
        },
        previous=before, next=after,
    )


def part(checked: Checked, report: Report) -> dict[str, object]:
    """What a year page says of one disclosure."""
    disclosure = checked.disclosure
    return {
        "title": disclosure.template.title if disclosure.template else disclosure.slug,
        "url": url_of(report, disclosure.year, disclosure.slug), "figures": key_figures(disclosure), "counts": count_outcomes(checked.verdicts),
    }
