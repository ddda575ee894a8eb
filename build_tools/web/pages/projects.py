"""A project's own page: its targets, self-evaluation and reports over documents and years, joined by its address.

The address is written by the department (the key of a repeated form), never guessed from a name: names change from
document to document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from build_tools.accounts.key_figures import KeyFigure, mentioned, project_figures
from build_tools.checks import Report
from build_tools.web.pages.about import about_department
from build_tools.web.pages.model import Link, Page, Site
from build_tools.web.pages.status import url_of, visible

FOLDER = "projects"


@dataclass(frozen=True, slots=True)
class Appearance:
    """One document that speaks of the project."""

    year: int
    kind: str
    title: str
    name: str
    url: str
    figures: tuple[KeyFigure, ...]

    @property
    def labelled(self) -> dict[str, KeyFigure]:
        """Its figures by their labels, the first of each."""
        return {one.label: one for one in reversed(self.figures)}


def project_url(report: Report, slug: str) -> str:
    """Its address."""
    return f"{url_of(report)}{FOLDER}/{slug}/"


@lru_cache(maxsize=1)
def appearances(report: Report) -> dict[str, list[Appearance]]:
    """Every project of a department by its address, its documents in order of time. Asked by every year of the
    department.
    """
    found: dict[str, list[Appearance]] = {}
    for checked in sorted((one for one in report.checked if visible(one)), key=lambda one: one.disclosure.year):
        disclosure = checked.disclosure
        for statement in disclosure.statements.values():
            url = f"{url_of(report, disclosure.year, disclosure.slug)}#{statement.anchor}"
            mentions = (
                [(statement.instance, statement.name, project_figures(statement))]
                if statement.instance
                else list(mentioned(statement))
            )
            for slug, name, figures in mentions:
                found.setdefault(slug, []).append(
                    Appearance(disclosure.year, disclosure.kind, statement.form.title, name, url, figures)
                )
    return found


def project_links(report: Report, year: int | None = None) -> tuple[Link, ...]:
    """The projects of a department, or those that a year speaks of, by their newest name."""
    found = appearances(report)
    return tuple(
        Link(
            ones[-1].name,
            project_url(report, slug),
            "、".join(dict.fromkeys(f"{one.year}年{one.kind}" for one in ones)),
        )
        for slug, ones in found.items()
        if year is None or any(one.year == year for one in ones)
    )


def project_pages(report: Report, site: Site) -> Iterator[Page]:
    """One page for each project."""
    department = report.department
    crumbs = (
        *site.root_crumbs,
        Link(department.district.name, f"{department.district.slug}/"),
        Link(department.name, url_of(report)),
    )
    for slug, ones in appearances(report).items():
        labels = list(dict.fromkeys(figure.label for one in ones for figure in one.figures))
        yield Page(
            url=project_url(report, slug),
            title=ones[-1].name,
            description=f"{department.name}：{ones[-1].name}历年的预算、目标和自评",
            template="project.html.j2",
            crumbs=crumbs,
            about=about_department(department),
            values={
                "department": department,
                "appearances": ones,
                "labels": labels,
                "names": list(dict.fromkeys(one.name for one in ones)),
            },
        )
