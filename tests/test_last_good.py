"""A disclosure with errors is held back alone, and its last good version stays public: read from a real git repository."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from build_tools.build import build_site
from build_tools.build.last_good import MOST, with_last_good
from build_tools.checks import Checked, check_project
from build_tools.corpus import read_project
from build_tools.source import line_reader

FILE = "data/shifeng/business-environment-centre/2020/final-accounts.yaml"
URL = "shifeng/business-environment-centre/2020/final-accounts"
# the year's total revenue of the real document, and a figure that adds up with nothing
FIGURE, WRONG = "本年收入合计: 259.15", "本年收入合计: 260.15"


def commit(root: Path, message: str, day: str = "2026-03-01") -> None:
    """Everything as it lies there, on a given day."""
    git = ["git", "-C", str(root), "-c", "user.name=测试", "-c", "user.email=test@example.invalid"]
    stamp = f"{day}T08:00:00+08:00"
    subprocess.run([*git, "add", "-A"], check=True, capture_output=True)
    environment = {**os.environ, "GIT_COMMITTER_DATE": stamp, "GIT_AUTHOR_DATE": stamp}
    subprocess.run([*git, "commit", "-qm", message], check=True, capture_output=True, env=environment)


@pytest.fixture
def root(project_root: Path) -> Path:
    """The real data, committed once."""
    subprocess.run(["git", "init", "-q", str(project_root)], check=True)
    commit(project_root, "公开", "2026-03-01")
    return project_root


def write(root: Path, old: str, new: str) -> None:
    """The file with one text in the place of another."""
    text = (root / FILE).read_text(encoding="utf-8")
    assert old in text
    (root / FILE).write_text(text.replace(old, new), encoding="utf-8")


def shown(root: Path) -> Checked:
    """What the public is to see of the file."""
    project = read_project(root)
    reports, _ = check_project(project)
    return next(one for report in reports for one in with_last_good(report, project).checked if one.disclosure.file == FILE)


def test_a_good_file_is_shown_as_it_is(root: Path) -> None:
    """History is asked only about what is held back."""
    assert not shown(root).version
    assert not shown(root).held


@pytest.mark.parametrize(("old", "broken"), [
    (FIGURE, WRONG), (FIGURE, "本年收入合计: 二百"), (FIGURE, "本年收入合计： 259.15"), ("状态: 可公开", "状态: 可公幵"),
])
def test_the_last_good_version_stays(root: Path, old: str, broken: str) -> None:
    """Whether figures disagree, cannot be read, the YAML is broken or 状态 is no word; committed or not."""
    good = shown(root).verdicts
    write(root, old, broken)
    assert (shown(root).version, shown(root).held) == ("2026-03-01", False)
    commit(root, "改错了", "2026-04-01")
    found = shown(root)
    assert (found.version, found.held, found.findings) == ("2026-03-01", False, ())
    assert found.verdicts == good


def test_the_newest_good_version_is_taken(root: Path) -> None:
    """Not the first one."""
    write(root, "状态: 可公开", "状态: 可公开\n  生成日期: 2021-09-30")
    (root / FILE).write_text((root / FILE).read_text(encoding="utf-8").replace("  生成日期: 未载明\n", "", 1), encoding="utf-8")
    commit(root, "补日期", "2026-04-01")
    write(root, FIGURE, WRONG)
    commit(root, "改错了", "2026-05-01")
    found = shown(root)
    assert (found.version, found.disclosure.fact("生成日期")) == ("2026-04-01", "2021-09-30")


def test_what_staff_took_back_stays_back(root: Path) -> None:
    """A good version that is a draft again ends the search: older ones are not public any more."""
    write(root, "状态: 可公开", "状态: 草稿")
    commit(root, "撤回", "2026-04-01")
    write(root, "状态: 草稿", "状态: 可公开")
    write(root, FIGURE, WRONG)
    commit(root, "改错了", "2026-05-01")
    assert shown(root).held


def test_a_file_that_was_never_good_is_held(root: Path) -> None:
    """So is one that was wrong in more versions than are looked at."""
    write(root, FIGURE, WRONG)
    for number in range(MOST):
        write(root, f"# 试 {number - 1}\n" if number else "公开信息:\n", f"# 试 {number}\n" + ("" if number else "公开信息:\n"))
        commit(root, "还是错的")
    assert shown(root).held


def test_without_a_repository_it_is_held(project_root: Path) -> None:
    """A folder that git knows nothing of."""
    write(project_root, FIGURE, WRONG)
    assert shown(project_root).held


def test_the_page_says_which_version_it_shows(root: Path) -> None:
    """The old figures, a plain notice, and the build still ends as one with errors."""
    write(root, FIGURE, WRONG)
    outcome = build_site(root, line_reader(root))
    assert outcome.site is not None
    page = (outcome.site / URL / "index.html").read_text(encoding="utf-8")
    assert "更正中" in page
    assert "2026-03-01 提交的一版" in page
    assert "259.15" in page
    assert "260.15" not in page
    assert any(finding.blocks for report in outcome.reports for finding in report.all_findings)
