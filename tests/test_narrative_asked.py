"""What the written 说明 needs and only staff know is asked for by name: on a file made by `mingzhang new` once its
tables are filled in.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from build_tools.accounts.corpus import read_project
from build_tools.checks import check_project
from build_tools.cli import main
from build_tools.diagnostics import Finding
from examples.make_demo import DEMO

FILE = Path("data/example-county/civil-affairs-bureau/2025/final-accounts.yaml")
CODES = ("narrative-budget-missing", "narrative-count-missing", "narrative-figure-missing")
HEAD = "\n说明:\n"


@pytest.fixture
def project(tmp_path: Path) -> tuple[Path, str]:
    """The fictional district with a new file in the place of one that is filled in, and what that one held."""
    shutil.copytree(DEMO, tmp_path / "demo", ignore=shutil.ignore_patterns("site", ".cache"))
    path = tmp_path / "demo" / FILE
    filled = path.read_text(encoding="utf-8")
    path.unlink()
    assert (
        main(["--root", str(tmp_path / "demo"), "new", "final-accounts", "/".join(FILE.parts[1:3]), FILE.parts[3]]) == 0
    )
    return tmp_path / "demo", filled


def asked(root: Path, text: str | None = None) -> dict[str, list[Finding]]:
    """What `check` asks for in the file, once it holds this text."""
    if text is not None:
        (root / FILE).write_text(text, encoding="utf-8")
    reports, _ = check_project(read_project(root))
    found = [one for report in reports for one in report.all_findings if one.place.file == FILE.as_posix()]
    return {code: [one for one in found if one.code == code] for code in CODES}


def test_a_new_file_is_not_asked_for_everything_at_once(project: tuple[Path, str]) -> None:
    assert not any(asked(project[0]).values())


def test_a_file_that_is_filled_in_is_asked_for_nothing(project: tuple[Path, str]) -> None:
    assert not any(asked(*project).values())


def test_what_is_missing_is_asked_for_by_name(project: tuple[Path, str]) -> None:
    """The tables are filled in; 说明 is as `new` wrote it, with nothing in it."""
    root, filled = project
    blank = (root / FILE).read_text(encoding="utf-8").partition(HEAD)[2]
    found = asked(root, filled.partition(HEAD)[0] + HEAD + blank)
    counts = "".join(one.message for one in found["narrative-count-missing"])
    for name in ("接待来访团组", "接待来宾", "公务用车保有量"):
        assert f"没有填“{name}”" in counts
    [budget, *_] = found["narrative-budget-missing"]
    assert "没有填年初预算" in budget.message
    assert "行政运行" in budget.message
    [figure] = found["narrative-figure-missing"]
    for name in ("机关运行经费支出", "会议费", "政府采购支出总额", "共有车辆", "预算绩效管理开展情况"):
        assert name in figure.message
    assert all(
        one.hint and one.place.line > filled.partition(HEAD)[0].count("\n") for some in found.values() for one in some
    )
