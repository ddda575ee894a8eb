"""The portal's disclosure sections (栏目): plain lists of links by year, complete in one request.

A section without any disclosure is not published: an empty column is a fault of government sites.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from build_tools.accounts.statement import find_table
from build_tools.checks import Checked, Report
from build_tools.forms import Concept
from build_tools.web.exports import Download
from build_tools.web.feeds import Entry, atom
from build_tools.web.pages.model import About, Link, Page, Site, link_to_kind
from build_tools.web.pages.status import full_title, url_of, visible
from build_tools.web.pages.tags import column_tags, full_day, subject_of

ROOT, FEED = link_to_kind("sections"), "feed.xml"


@dataclass(frozen=True, slots=True)
class Column:
    """A section: a kind of disclosure (by file name), or the table of it that has a concept."""

    slug: str
    title: str
    disclosure: str
    table: Concept | None = None

    @property
    def subject(self) -> str:
        """What it makes public."""
        return subject_of(self.title)

    @property
    def url(self) -> str:
        """Its address."""
        return f"{ROOT.url}{self.slug}/"


COLUMNS = (
    Column("budget", "部门预算公开", "budget"),
    Column("final-accounts", "部门决算公开", "final-accounts"),
    Column("three-public-expenses", "“三公”经费公开", "final-accounts", Concept.THREE_PUBLIC_ACTUAL),
    Column("performance-targets", "绩效目标公开", "performance-targets"),
    Column("self-evaluation", "绩效自评公开", "self-evaluation"),
    Column("evaluation-report", "绩效评价公开", "evaluation-report"),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One disclosure in a section: full title, address, date as disclosed, who publishes it; `published` and `updated`
    (by the last correction) are days, '' where none is known.
    """

    year: int
    title: str
    url: str
    date: str
    unit: str = ""
    published: str = ""
    updated: str = ""


def listed(report: Report) -> dict[str, list[Listed]]:
    """The public disclosures of a department, by section."""
    found: dict[str, list[Listed]] = {}
    for column in COLUMNS:
        for checked in report.checked:
            if (
                checked.disclosure.slug == column.disclosure
                and visible(checked)
                and (not column.table or find_table(checked.disclosure.statements, column.table))
            ):
                found.setdefault(column.slug, []).append(item(column, report, checked))
    return found


def item(column: Column, report: Report, checked: Checked) -> Listed:
    """Full title: 单位全称 + 年度 + 名称."""
    disclosure = checked.disclosure
    table = find_table(disclosure.statements, column.table) if column.table else None
    name = column.subject if column.table else disclosure.kind
    anchor = f"#{table.form.slug}" if table else ""
    unit, date = report.department.name_in(disclosure.year), disclosure.fact(Concept.PUBLICATION_DATE)
    updated = max((full_day(one.date) for one in disclosure.corrections), default="")
    url = url_of(report, disclosure.year, disclosure.slug) + anchor
    return Listed(disclosure.year, full_title(unit, disclosure.year, name), url, date, unit, full_day(date), updated)


def column_title(slug: str) -> str:
    """The title of the section in which a kind of disclosure is listed, '' where there is none."""
    column = section_of(slug)
    return column.title if column else ""


def disclosures(found: Mapping[str, list[Listed]]) -> list[Listed]:
    """Every disclosure of a department once: not again for one of its tables."""
    return [one for column in COLUMNS if not column.table for one in found.get(column.slug, ())]


def feed_of(title: str, url: str, found: Iterable[Listed], site: Site) -> tuple[Download, ...]:
    """The feed beside a page, where there is anything dated for it."""
    entries = [
        Entry(one.title, site.absolute(one.url), one.unit, one.published, one.updated) for one in found if one.published
    ]
    text = atom(title, site.absolute(url), site.absolute(f"{url}{FEED}"), entries)
    return (Download("订阅", f"{url}{FEED}", text.encode()),) if text else ()


def section_of(slug: str) -> Column | None:
    """The section in which a kind of disclosure is listed."""
    return next((column for column in COLUMNS if column.disclosure == slug and not column.table), None)


def section_trail(slug: str, year: int) -> tuple[Link, ...]:
    """财政信息公开 › 栏目 › 年度, for the breadcrumb of a disclosure."""
    column = section_of(slug)
    if column is None:
        return ()
    return ROOT, Link(column.title, column.url), Link(f"{year}年", f"{column.url}{year}/")


def section_pages(departments: Sequence[Mapping[str, list[Listed]]], site: Site) -> Iterator[Page]:
    """The list of sections, which the menu leads to and is there before anything is public; each section, and each
    section's years: newest year first, then by district and department.
    """
    together = [(column, [item for one in departments for item in one.get(column.slug, ())]) for column in COLUMNS]
    filled = [(column, sorted(items, key=lambda one: (-one.year, one.url))) for column, items in together if items]
    # every feed is of a page; that of the whole site stands beside the home page, which is written by hand
    whole = feed_of("最新公开", "", [item for one in departments for item in disclosures(one)], site)
    yield Page(
        downloads=whole,
        feed=address_of(whole),
        tags=column_tags(ROOT.title, site),
        url=ROOT.url,
        title=ROOT.title,
        description="按栏目和年度查看部门预决算和绩效公开",
        template="sections.html.j2",
        crumbs=site.root_crumbs,
        values={
            "columns": [
                (column, sorted({one.year for one in items}, reverse=True), len(items)) for column, items in filled
            ]
        },
    )
    for column, items in filled:
        crumbs = (*site.root_crumbs, ROOT)
        years = sorted({one.year for one in items}, reverse=True)
        page = section_page(column.url, column.title, crumbs, items, years, column, None)
        feed = feed_of(column.title, column.url, items, site)
        yield replace(page, tags=column_tags(column.title, site), downloads=feed, feed=address_of(feed))
        for year in years:
            of_year = [one for one in items if one.year == year]
            page = section_page(
                f"{column.url}{year}/",
                f"{year}年{column.title}",
                (*crumbs, Link(column.title, column.url)),
                of_year,
                years,
                column,
                year,
            )
            yield replace(page, tags=column_tags(column.title, site))


def address_of(files: tuple[Download, ...]) -> str:
    """The address of the one file, '' where there is none."""
    return files[0].url if files else ""


def section_page(
    url: str,
    title: str,
    crumbs: tuple[Link, ...],
    items: list[Listed],
    years: list[int],
    column: Column,
    year: int | None,
) -> Page:
    """One list."""
    return Page(
        url=url,
        title=title,
        description=f"{title}：{len(items)} 份",
        template="section.html.j2",
        crumbs=crumbs,
        about=About(year=year or 0, kind=column.subject),
        values={"listed": items, "years": years, "column": column, "year": year},
    )
