"""The one list of page kinds, read from the heads of the templates under `templates/pages/`.

A kind of page is two files: its template, whose head says where such pages are and who makes them, and the module
under `pages/` that makes them. What a site's own addresses are, and so what no district may be called, follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from build_tools.resources import TEMPLATES

PAGES = TEMPLATES / "pages"
# what a head stands between, at the beginning of a template
OPENING, CLOSING = "{#-\n", "-#}\n"
# whose pages a function makes: the site's, a district's, a department's, or those of one of its years
SCOPES = ("site", "district", "department", "year")
SEARCH = "search/"
# what else lies at the root of a site: files of the theme, the search, and pages that content/ has and others lead to
OTHERS = {
    "assets": "网站的样式和图片",
    "data": "数据文件夹自己的名称",
    "glossary": "“名词解释”一页",
    "guide": "“怎么看”一页",
    "reference": "编码和名词的文件夹",
    SEARCH.removesuffix("/"): "“查找”一页",
}


@dataclass(frozen=True, slots=True)
class PageKind:
    """Pages of one template. `name` is that of the template, `addresses` are shapes (`checks/{rule}/`), `title` is
    that of the one page at the root of the site.

    `made_by` is a function under `pages/` ('' = another kind's function makes these as well) and `of` its scope; where
    that is the site, `reads` are the fields of the departments' summaries that it is given. `on_map` = the site map
    lists the page where there is one.
    """

    name: str
    addresses: tuple[str, ...]
    title: str = ""
    of: str = "site"
    made_by: str = ""
    reads: tuple[str, ...] = ()
    on_map: bool = False

    @property
    def template(self) -> str:
        """The file that its pages are filled into."""
        return f"{self.name}.html.j2"

    @property
    def address(self) -> str:
        """Its first address: `checks/`."""
        return self.addresses[0]


@lru_cache(maxsize=1)
def page_kinds() -> Mapping[str, PageKind]:
    """Every kind by its name, in the order of names. Raises ValueError where a head is missing or not sound."""
    return {one.name: one for one in map(read_head, sorted(PAGES.glob("*.html.j2")))}


def read_head(template: Path) -> PageKind:
    """The kind that a template is for."""
    text = template.read_text(encoding="utf-8")
    head, closing, _ = text.removeprefix(OPENING).partition(CLOSING)
    if not text.startswith(OPENING) or not closing:
        raise ValueError(f"{template.name} has no head that says where its pages are")
    said = yaml.load(head, Loader=yaml.CSafeLoader)
    addresses, reads = said.pop("addresses"), said.pop("reads", ())
    try:
        kind = PageKind(template.name.removesuffix(".html.j2"), tuple(addresses), reads=tuple(reads), **said)
    except TypeError as error:
        raise ValueError(f"the head of {template.name} says what no kind has: {error}") from None
    if kind.of not in SCOPES:
        raise ValueError(f"{template.name}: {kind.of} is none of {SCOPES}")
    return kind


@lru_cache(maxsize=1)
def reserved_names() -> Mapping[str, str]:
    """Names at the root of every site, each with what stands there, in words."""
    roots = {one.address.split("/")[0]: f"“{one.title}”一页" for one in page_kinds().values() if one.title}
    return {**OTHERS, **roots}
