"""A page as a value: everything a template needs, nothing about how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote, urljoin

from build_tools.accounts.corpus import Project
from build_tools.page_kinds import page_kinds
from build_tools.web.exports import Download
from build_tools.web.pages.states import States, states_of


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the site. `url` is from the root, without a leading slash: `shifeng/`."""

    title: str
    url: str
    note: str = ""


Crumb = Link


def link_to_kind(name: str) -> Link:
    """The page of a kind that has its own at the root of the site; `name` as in `page_kinds`."""
    kind = page_kinds()[name]
    return Link(kind.title, kind.address)


@dataclass(frozen=True, slots=True)
class TocItem:
    """An entry of the contents list; `id` is the anchor."""

    title: str
    id: str
    children: tuple[TocItem, ...] = ()


class Named(NamedTuple):
    """A table or a row that a reader may look for: its anchor on the page ('' = the page itself), its name, its key or
    code.
    """

    anchor: str
    title: str
    key: str


@dataclass(frozen=True, slots=True)
class About:
    """What a page is about, for the search; '', 0 and nothing where that has no meaning.

    `folder` is the address of the department, `department` the name it bore in `year`, `names` all that it has borne.
    """

    district: str = ""
    folder: str = ""
    department: str = ""
    names: tuple[str, ...] = ()
    year: int = 0
    kind: str = ""
    tables: tuple[Named, ...] = ()
    rows: tuple[Named, ...] = ()
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `template` is a file under `templates/pages/`; `values` is what it is filled with.

    `canonical` is the address of record where the same content stands at two; `about` is what the search knows of it;
    `portable` is the address of the same in one file, for the editor of a portal; `embed` that of its charts alone, for
    a frame elsewhere; `tags` are meta tags of government pages, `dataset` describes a disclosure to machines, `feed` is
    the address of the page's feed.
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
    about: About = About()
    portable: str = ""
    embed: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    dataset: Mapping[str, object] | None = None
    feed: str = ""


@dataclass(frozen=True)
class Site:
    """What every page knows of the site. `preview` also shows what is not public, with its findings; `progress` =
    /quality/ tells who has not published what they have to. `url` is where the site will be reached; `feedback` = a
    mailto: or https: address, '' = none; `column_type` = the ColumnType of its columns; `own` = those who publish
    run it themselves.
    """

    project: Project
    preview: bool = False
    progress: bool = False
    url: str = "/"
    feedback: str = ""
    column_type: str = ""
    own: bool = False
    root_crumbs: tuple[Crumb, ...] = field(default=(Link("首页", ""),))

    @property
    def states(self) -> States:
        """The words for what is there and what is not."""
        return states_of(self.own)

    @cached_property
    def start(self) -> str:
        """What stands before every address from the root."""
        return urljoin(self.url, ".")

    def absolute(self, url: str) -> str:
        """An address as others write it."""
        return self.start + quote(url, safe="/#")
