"""The pages above a disclosure: district, department, year. What they show of a disclosure they take from its facts and its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from build_tools.checks import Checked, Report
from build_tools.corpus import District
from build_tools.diagnostics import count_outcomes
from build_tools.facts import KeyFigure, key_figures
from build_tools.pages.about import about_department
from build_tools.pages.account import SUMMARY, changes, money_charts, unit_of, watched
from build_tools.pages.charts import embed_of
from build_tools.pages.disclosure import trail
from build_tools.pages.letters import corrected, letters
from build_tools.pages.model import About, Link, Page, Site, TocItem
from build_tools.pages.projects import project_links
from build_tools.pages.results import courses, outcome, undertakings
from build_tools.pages.sections import address_of, disclosures, feed_of, listed
from build_tools.pages.status import MISSING, PUBLISHED, Status, kinds, rank, status, url_of, visible
from build_tools.pages.summary import Summary
from build_tools.pages.timeline import timeline
from build_tools.pages.year_book import ACCOUNTS, year_book
from build_tools.pages.years import neighbours, series_charts, series_csv, switcher

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
    """Who they are, the newest figures and what changed, the years in time, in figures and in charts, every disclosure."""
    department = report.department
    years = sorted(set(department.years) | set(department.district.collected), reverse=True)
    shown = sorted((one for one in report.checked if visible(one)), key=lambda one: rank(one.disclosure.slug))
    public = sorted({one.disclosure.year for one in shown}, reverse=True)
    accounted = max((one.disclosure.year for one in shown if one.disclosure.kind == ACCOUNTS), default=None)
    book = year_book(report, accounted) if accounted else None
    file = series_csv(report, url_of(report))
    charts = series_charts(report, file)
    projects = project_links(report)
    feed = feed_of(department.name, url_of(report), disclosures(listed(report)), site)
    return Page(
        url=url_of(report), title=department.name, description=f"{department.name}历年预决算和绩效公开",
        template="department.html.j2", crumbs=(*site.root_crumbs, *trail(report, None)[:1]), about=about_department(department),
        toc=contents(
            ("profile", "单位情况", True), ("newest", "最新一年", bool(public)), ("changes", "与上年相比", book is not None), ("timeline", "年度时间线", True),
            ("series", "历年主要数据", bool(charts)), ("years", "历年公开", True), ("projects", "项目", bool(projects)),
        ),
        values={
            "department": department, "profile": profile(report), "duties": prose(report, "职责"), "source": prose(report, "来源")[0],
            "years": years, "kinds": kinds(site.project.forms), "rows": [matrix_row(report, year, site) for year in years],
            "newest": public[0] if public else None, "newest_url": url_of(report, public[0]) if public else "",
            "newest_parts": [part(one, report) for one in shown if one.disclosure.year == public[0]],
            "accounted": accounted, "accounted_url": url_of(report, accounted, "final-accounts"),
            "changes": changes(book) if book else (), "unit": unit_of(book, SUMMARY) if book else "",
            "timeline": timeline(report), "charts": charts, "series_file": file, "switcher": switcher(report, None), "projects": projects,
            "letters": letters(report), "corrections": corrected(report),
        },
        downloads=(*((file,) if file else ()), *feed), feed=address_of(feed), embed=embed_of(charts, url_of(report)),
    )


def contents(*entries: tuple[str, str, bool]) -> tuple[TocItem, ...]:
    """The sections that the page has."""
    return tuple(TocItem(title, anchor) for anchor, title, there in entries if there)


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
    """From money to result: budget, changes, spending, what came of it; every disclosure of the year, the years on either side."""
    department = report.department
    checked = [one for one in report.checked if one.disclosure.year == year]
    before, after = neighbours(report, year)
    name = department.name_in(year)
    statuses = [status(report, year, kind) for kind in kinds(site.project.forms)]
    book = year_book(report, year)
    flow, charts, watching, works = (courses(book), tuple(money_charts(book)), watched(book), undertakings(book)) if book else ((), (), (), ())
    return Page(
        url=url_of(report, year), title=f"{name}{year}年", description=f"{name}{year}年：从预算到决算，从钱到事，以及全年的公开文件",
        template="year.html.j2", crumbs=(*site.root_crumbs, *trail(report, None)), about=about_department(department, year),
        toc=contents(
            ("flow", "从预算到决算", bool(flow)), ("money", "钱从哪来，花到哪去", bool(charts)), ("three-public", "“三公”经费", bool(watching)),
            ("changes", "与上年相比", book is not None and book.has(ACCOUNTS)), ("projects", "办成了什么", bool(works)), ("all", "公开文件", True),
        ),
        values={
            "name": name, "year": year, "department": department, "statuses": statuses, "absent": [one for one in statuses if one.word != PUBLISHED],
            "flow": flow, "charts": charts, "watched": watching, "works": works, "outcome": outcome(works), "changes": changes(book) if book else (),
            "accounts_url": url_of(report, year, "final-accounts"), "unit": unit_of(book, SUMMARY) if book else "",
            "parts": [part(one, report) for one in sorted(checked, key=lambda one: rank(one.disclosure.slug)) if visible(one)], "switcher": switcher(report, year),
        },
        embed=embed_of(charts, url_of(report, year)),
        previous=before, next=after,
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
    return Part(title, url_of(report, disclosure.year, disclosure.slug), key_figures(disclosure), count_outcomes(checked.verdicts))
