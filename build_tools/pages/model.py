"""A page as a value: everything a template needs, nothing about how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from build_tools.checks import Report
from build_tools.corpus import Project


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the site. `url` is from the root, without a leading slash: `shifeng/`."""

    title: str
    url: str
    note: str = ""


Crumb = Link


@dataclass(frozen=True, slots=True)
class TocItem:
    """An entry of the contents list; `id` is the anchor."""

    title: str
    id: str
    children: tuple[TocItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Download:
    """A file beside a page. `url` is from the root; `text` is the whole content."""

    title: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `template` is a file under `templates/pages/`; `values` is what it is filled with.

    `canonical` is the address of record where the same content stands at two.
    """

    url: str
    title: str
    description: str
    template: str
    crumbs: tuple[Crumb, ...]
    values: Mapping[str, object]
    toc: tuple[TocItem, ...] = ()
    downloads: tuple[Download, ...] = ()
    canonical: str = ""
    previous: Link | None = None
    next: Link | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """Everything checked, ready to become pages. `preview` also shows what is not public, with its findings; `progress` = /quality/
    tells who has not published what they have to.
    """

    project: Project
    reports: tuple[Report, ...]
    preview: bool = False
    progress: bool = False
    root_crumbs: tuple[Crumb, ...] = field(default=(Link("首页", ""),))
