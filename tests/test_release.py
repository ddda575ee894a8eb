"""What is not yet public stays out of the site: by its 状态, by its 公开日期, and for years in which the unit did not exist."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from build_tools.checks import check_project
from build_tools.corpus import read_project

FILE = Path("data/shifeng/business-environment-centre/2020/final-accounts.yaml")


@pytest.mark.parametrize(("written", "today", "released"), [
    ("2021-09-30", date(2021, 9, 29), False), ("2021-09-30", date(2021, 9, 30), True), ("2021年9月30日", date(2021, 9, 29), False),
    ("2021-09", date(2021, 8, 31), False), ("2021-09", date(2021, 9, 1), True), ("未载明", date(1999, 1, 1), True), ("", date(1999, 1, 1), True),
])
def test_the_day_of_publication(project_root: Path, written: str, today: date, released: bool) -> None:
    """Nothing before its day; a month means its first day; without a date there is nothing to wait for."""
    path = project_root / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("公开日期: 未载明", f"公开日期: {written}", 1), encoding="utf-8")
    reports, _ = check_project(read_project(project_root, today))
    found = next(one.disclosure for report in reports for one in report.checked if one.disclosure.file == FILE.as_posix())
    assert found.released == released
    assert found.draft != released


@pytest.mark.parametrize(("word", "released"), [("草稿", False), ("待审", False), ("可公开", True)])
def test_the_word_of_staff(project_root: Path, word: str, released: bool) -> None:
    """Only 可公开 is public."""
    path = project_root / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("状态: 可公开", f"状态: {word}", 1), encoding="utf-8")
    reports, _ = check_project(read_project(project_root))
    assert next(one.disclosure.released for report in reports for one in report.checked if one.disclosure.file == FILE.as_posix()) == released
