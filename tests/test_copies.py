"""Figures under two heads, and a name that two departments bear: told once, at the later of the two."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from build_tools.accounts.corpus import read_project
from build_tools.checks import check_project
from build_tools.diagnostics import Severity
from build_tools.engine import build_site
from tests.helpers import CENTRE, one_disclosure

OWN = f"data/{CENTRE}"
OTHER = "data/shifeng/zz-office"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The one real document."""
    return one_disclosure(tmp_path)


def told(root: Path) -> list[tuple[str, str]]:
    """Code and file of what is said of copies and twins; the build says the same."""
    reports, findings = check_project(read_project(root))
    every = [*findings, *(one for report in reports for one in report.all_findings)]
    codes = ("department-twin", "figures-copied")
    found = [(one.code, one.place.file) for one in every if one.code in codes]
    assert all(one.severity is Severity.WARNING for one in every if one.code in codes)
    assert [(one.code, one.place.file) for one in build_site(root).findings if one.code in codes] == found
    return found


def test_a_department_copied_with_its_folder(root: Path) -> None:
    """Its name and its figures."""
    shutil.copytree(root / OWN, root / OTHER)
    assert told(root) == [
        ("department-twin", f"{OTHER}/department.yaml"),
        ("figures-copied", f"{OTHER}/2020/final-accounts.yaml"),
    ]


def test_another_name_and_the_same_figures(root: Path) -> None:
    shutil.copytree(root / OWN, root / OTHER)
    file = root / OTHER / "department.yaml"
    text = file.read_text(encoding="utf-8")
    name = next(line for line in text.split("\n") if line.startswith("  - 名称: "))
    file.write_text(text.replace(name, "  - 名称: 虚构的另一个中心"), encoding="utf-8")
    assert told(root) == [("figures-copied", f"{OTHER}/2020/final-accounts.yaml")]
    figures = root / OTHER / "2020/final-accounts.yaml"
    text = figures.read_text(encoding="utf-8")
    figures.write_text(text.replace("    预算数: 0.5\n", "    预算数: 0.6\n"), encoding="utf-8")
    assert told(root) == []


def test_a_dissolved_unit_may_have_handed_its_name_on(root: Path) -> None:
    shutil.copytree(root / OWN, root / OTHER)
    shutil.rmtree(root / OTHER / "2020")
    file = root / OTHER / "department.yaml"
    assert told(root) == [("department-twin", f"{OTHER}/department.yaml")]
    file.write_text(
        file.read_text(encoding="utf-8").replace("基本信息:\n", "基本信息:\n  撤销: 2019-01-01\n"), encoding="utf-8"
    )
    assert told(root) == []


def test_a_year_copied_from_the_year_before(root: Path) -> None:
    shutil.copytree(root / OWN / "2020", root / OWN / "2021")
    file = root / OWN / "2021/final-accounts.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("年度: 2020", "年度: 2021"), encoding="utf-8")
    assert ("figures-copied", f"{OWN}/2021/final-accounts.yaml") in told(root)
