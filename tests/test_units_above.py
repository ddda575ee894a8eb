"""A file may be filled in with 元, or some of its tables: what stands above them says the same as if all were in 万元.

The demo's district is built twice, once with a year and with some tables rewritten in 元, cell by cell. Every page that
is not a disclosure must come out the same, and so must the sentences of the disclosures.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from build_tools.accounts.corpus import read_department, read_project
from build_tools.accounts.statement import State, Statement
from build_tools.checks import check_department
from build_tools.engine import build_site
from examples.make_demo import DEMO
from tests.support import contents

pytestmark = pytest.mark.slow

DISTRICT = "example-county"
DEPARTMENTS = ("education-bureau", "civil-affairs-bureau")
# one year wholly in 元; and of another year the table of “三公” and the 说明, beside others in 万元
ALL, SOME = "2023", ("2024", ("三公经费", "说明", "整体支出绩效自评表"))
SOURCE = re.compile(r' title="原表：([^"]*)"')
DRAWN = re.compile(r'<script type="application/json"[^>]*>(.*?)</script>', re.DOTALL)
Wanted = Callable[[Statement], bool]


def in_yuan(path: Path, statements: list[Statement]) -> int:
    """The file with every amount of these tables in 元 at its place; how many there were."""
    lines = path.read_text(encoding="utf-8").split("\n")
    spots = [
        cell.place
        for statement in statements
        for ref, cell in statement.cells.items()
        if cell.state is State.WRITTEN and cell.place and cell.amount is not None
        if (column := statement.column(ref)) and column.type == "amount" and not column.unit
    ]
    for place in sorted(spots, reverse=True):
        line, start = lines[place.line - 1], place.column - 1
        written = line[start : start + place.length]
        lines[place.line - 1] = f"{line[:start]}{Decimal(written) * 10_000:.2f}{line[start + place.length :]}"
    for statement in sorted(statements, key=lambda one: -one.place.line):
        indent = lines[statement.place.line - 1][: statement.place.column - 1]
        assert not indent.strip(), indent
        lines.insert(statement.place.line - 1, f"{indent}金额单位: 元")
    path.write_text("\n".join(lines), encoding="utf-8")
    return len(spots)


def rewrite(root: Path) -> int:
    """The project with a year and some tables in 元; how many amounts were rewritten."""
    project, number = read_project(root), 0
    for name in DEPARTMENTS:
        department = read_department(root / "data" / DISTRICT / name, project.districts[0], project)
        for one in department.disclosures:
            year, tables = (
                str(one.year),
                [table for table in one.statements.values() if table.unit == "万元" and not table.absence],
            )
            if year in (ALL, SOME[0]):
                chosen = [table for table in tables if year == ALL or table.form.key in SOME[1]]
                number += in_yuan(root / one.file, chosen)
    return number


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The district in 万元, and the same partly in 元."""
    found = []
    for name in ("myriads", "yuan"):
        root = tmp_path_factory.mktemp(name) / "project"
        shutil.copytree(DEMO, root, ignore=shutil.ignore_patterns("site", ".cache"))
        for folder in (root / "data" / DISTRICT).iterdir():
            if folder.is_dir() and folder.name not in DEPARTMENTS:
                shutil.rmtree(folder)
        if name == "yuan":
            assert rewrite(root) > 1_000
        built = build_site(root).site
        assert built is not None
        found.append(built)
    return found[0], found[1]


def above(site: Path) -> dict[str, str]:
    """Every page and file that is not about one disclosure, without what is said of figures in other units."""
    kept = {}
    for name, data in contents(site).items():
        if re.search(r"/(index\.html|charts\.html|years\.csv)$|^compare/.*csv$", f"/{name}") and not is_disclosure(
            name
        ):
            kept[name] = SOURCE.sub("", data.decode())
    return kept


def is_disclosure(name: str) -> bool:
    """True for the folder of one disclosure, with a year and without; for search, which lists them."""
    return re.search(r"(final-accounts|evaluation|targets|report)/|^search/", name) is not None


def test_pages_above_disclosures_are_the_same(sites: tuple[Path, Path]) -> None:
    """Years, charts, comparisons, year pages, projects, the guide, and their files."""
    here, there = map(above, sites)
    assert list(here) == list(there)
    assert [name for name in here if here[name] != there[name]] == []
    assert {
        f"{DISTRICT}/{DEPARTMENTS[0]}/{part}" for part in ("index.html", "2023/index.html", "years.csv")
    } <= here.keys()
    assert "compare/index.html" in here
    charts = [json.loads(one) for page in there.values() for one in DRAWN.findall(page) if '"manner"' in one]
    assert charts
    assert {chart["unit"] for chart in charts} <= {"万元", "%"}


def test_a_converted_figure_says_what_its_table_prints(sites: tuple[Path, Path]) -> None:
    """On the department's page every figure of the year in 元 leads to its cell and names it as printed there."""
    pages = [(site / DISTRICT / DEPARTMENTS[0] / "2023/index.html").read_text(encoding="utf-8") for site in sites]
    assert not SOURCE.search(pages[0])
    told = re.findall(r'<a href="([^"]+)" title="原表：([\d,.−]+) 元">([\d,.−]+)</a>', pages[1])
    assert told
    for url, source, text in told:
        assert Decimal(source.replace(",", "")) == Decimal(text.replace(",", "")) * 10_000
        page, _, anchor = url.partition("#")
        target = (sites[1] / DISTRICT / DEPARTMENTS[0] / "2023" / page / "index.html").resolve()
        cell = re.search(
            rf'id="{re.escape(anchor)}"[^>]*>(.*?)</(?:td|div)>', target.read_text(encoding="utf-8"), re.DOTALL
        )
        assert cell, url
        assert source in cell[1]


def test_the_same_is_said_of_every_disclosure(sites: tuple[Path, Path]) -> None:
    """The sentences written from its figures, and the figures at its head; the official table keeps its own unit."""
    pages = sorted(sites[0].glob(f"{DISTRICT}/*/20*/*/index.html"))
    assert pages
    for page in pages:
        other = sites[1] / page.relative_to(sites[0])
        both = [one.read_text(encoding="utf-8") for one in (page, other)]
        for pattern in (
            r'<dl class="mz-figures">.*?</dl>',
            r'<meta name="description"[^>]*>',
            r'<section class="mz-narrative.*?</section>',
        ):
            here, there = (re.findall(pattern, text, re.DOTALL) for text in both)
            assert here == there, (page, pattern)
            assert here or page.parent.name != "final-accounts", (page, pattern)
    table = f"{DISTRICT}/{DEPARTMENTS[0]}/2023/final-accounts/index.html"
    assert "金额单位：元" in (sites[1] / table).read_text(encoding="utf-8")


def test_no_identity_is_judged_otherwise(tmp_path: Path) -> None:
    """A verdict does not depend on the unit that a file is filled in with."""
    shutil.copytree(DEMO, tmp_path / "project", ignore=shutil.ignore_patterns("site", ".cache"))
    root, found = tmp_path / "project", []
    for _ in range(2):
        project = read_project(root)
        found.append(
            [
                [(verdict.rule, verdict.table, verdict.outcome) for verdict in one.verdicts]
                for name in DEPARTMENTS
                for one in check_department(
                    read_department(root / "data" / DISTRICT / name, project.districts[0], project), project.reference
                ).checked
            ]
        )
        rewrite(root) if len(found) == 1 else None
    assert found[0] == found[1]
