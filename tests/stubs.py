"""Stubs of pages that no project has: departments, years and kinds by the hundred, and the jump list read back without
the browser.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from build_tools.web.pages.model import About, Named
from build_tools.web.search import Stub
from build_tools.web.search.jump import NAME, YEAR

TABLES = (
    Named("summary", "收入支出决算总表", "收入支出决算总表"),
    Named("three-public-expenses", "“三公”经费支出决算表", "三公经费"),
)
KINDS = {"final-accounts": "部门决算", "self-evaluation": "绩效自评"}


def row(code: str, title: str) -> Named:
    """A row of the expenditure table."""
    return Named(f"expenditure.{code}", title, code)


ROWS = (row("2010301", "行政运行"), row("30201", "办公费"))


def department(
    district: str, name: str, folder: str, years: Iterable[int] = (2023, 2024), rows: tuple[Named, ...] = ROWS
) -> Iterator[Stub]:
    """A department's own page, its years and what it published in each."""
    about = About(district, folder, name, (name,))
    yield Stub(folder, name, about)
    for year in years:
        yield Stub(f"{folder}{year}/", f"{name}{year}年", About(district, folder, name, (name,), year))
        for slug, kind in KINDS.items():
            told = About(
                district,
                folder,
                name,
                (name,),
                year,
                kind,
                TABLES,
                rows,
                f"{year}年{name}一共有{len(name)}万元可以用。",
            )
            yield Stub(f"{folder}{year}/{slug}/", f"{name}{year}年度{kind}", told)


def district(slug: str, name: str, departments: Mapping[str, str], years: Iterable[int] = (2023, 2024)) -> list[Stub]:
    """A district with departments: folder → name."""
    found = [Stub(f"{slug}/", f"某市{name}", About(district=name))]
    for folder, called in departments.items():
        found += department(name, called, f"{slug}/{folder}/", years)
    return found


def sections(years: Iterable[int] = (2023, 2024)) -> Iterator[Stub]:
    """The sections of the kinds, and of one table."""
    for slug, kind in {**KINDS, "three-public-expenses": "“三公”经费"}.items():
        yield Stub(f"sections/{slug}/", f"{kind}公开", About(kind=kind))
        for year in years:
            yield Stub(f"sections/{slug}/{year}/", f"{year}年{kind}公开", About(year=year, kind=kind))


def read_back(text: str) -> list[dict[str, Any]]:
    """Every page of a jump list, in its order: what the browser makes of it, written once more."""
    found = json.loads(text)
    pages: list[dict[str, Any]] = []
    for folder, place, names, years in found["departments"]:
        for year, name, shapes in years:
            for shape in shapes:
                title, url, kind, tables = found["shapes"][shape]
                pages.append(
                    {
                        "title": title.replace(NAME, names[name][0]).replace(YEAR, str(year)),
                        "url": folder + url.replace(YEAR, str(year)),
                        "year": year,
                        "kind": kind,
                        "district": place,
                        "tables": [found["topics"][one] for one in tables],
                        "letters": names[name][1],
                    }
                )
    for title, url, letters, year, kind, place, _ in found["others"]:
        pages.append(
            {
                "title": title,
                "url": url,
                "year": year,
                "kind": kind,
                "district": place,
                "tables": [],
                "letters": letters,
            }
        )
    return [{**page, "kind": found["topics"][page["kind"]][0] if page["kind"] >= 0 else ""} for page in pages]
