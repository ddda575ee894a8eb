"""A disclosure with errors is held back alone, and its last good version stays public: read from a real git
repository.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from build_tools.accounts.corpus import read_project
from build_tools.checks import Checked, check_project
from build_tools.engine import build_site
from build_tools.forms import Concept
from build_tools.record import past_of, public_view, read_trails, with_record

pytestmark = pytest.mark.slow

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


def write(root: Path, old: str, new: str, file: str = FILE) -> None:
    """The file with one text in the place of another."""
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), encoding="utf-8")


def shown(root: Path, file: str = FILE) -> Checked:
    """What the public is to see of the file."""
    project = read_project(root)
    reports, _ = check_project(project)
    trails = read_trails(root)
    views = (public_view(with_record(one, past_of(one, project, trails), project), project) for one in reports)
    return next(one for view in views for one in view.checked if one.disclosure.file == file)


def test_a_good_file_is_shown_as_it_is(root: Path) -> None:
    """History is asked only about what is held back."""
    assert not shown(root).version
    assert not shown(root).held


@pytest.mark.parametrize(
    ("old", "broken"),
    [
        (FIGURE, WRONG),
        (FIGURE, "本年收入合计: 二百"),
        (FIGURE, "本年收入合计： 259.15"),
        ("状态: 可公开", "状态: 可公幵"),
        ("保密审查: 未载明", "保密审查: 未载名"),
        ("公开信息:", "公开信患:"),
    ],
)
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
    (root / FILE).write_text(
        (root / FILE).read_text(encoding="utf-8").replace("  生成日期: 未载明\n", "", 1), encoding="utf-8"
    )
    commit(root, "补日期", "2026-04-01")
    write(root, FIGURE, WRONG)
    commit(root, "改错了", "2026-05-01")
    found = shown(root)
    assert (found.version, found.disclosure.fact(Concept.GENERATION_DATE)) == ("2026-04-01", "2021-09-30")


def test_a_draft_in_between_takes_nothing_back(root: Path) -> None:
    """What was public and was set back to 草稿 without 撤回 stays to be read, then and with an error later."""
    write(root, "状态: 可公开", "状态: 草稿")
    commit(root, "又是草稿", "2026-04-01")
    assert shown(root).version == "2026-03-01"
    write(root, "状态: 草稿", "状态: 可公开")
    write(root, FIGURE, WRONG)
    commit(root, "改错了", "2026-05-01")
    assert shown(root).version == "2026-03-01"


def test_a_file_that_was_never_good_is_held(project_root: Path) -> None:
    """Then there is nothing to go back to."""
    subprocess.run(["git", "init", "-q", str(project_root)], check=True)
    write(project_root, FIGURE, WRONG)
    commit(project_root, "错的")
    write(project_root, "公开信息:\n", "# 试\n公开信息:\n")
    commit(project_root, "还是错的")
    assert shown(project_root).held


def test_without_a_repository_it_is_held(project_root: Path) -> None:
    """A folder that git knows nothing of."""
    write(project_root, FIGURE, WRONG)
    assert shown(project_root).held


def test_the_page_says_which_version_it_shows(root: Path) -> None:
    """The old figures, a plain notice, and the build still ends as one with errors."""
    write(root, FIGURE, WRONG)
    outcome = build_site(root)
    assert outcome.site is not None
    page = (outcome.site / URL / "index.html").read_text(encoding="utf-8")
    assert "更正中" in page
    assert "2026-03-01 提交的一版" in page
    assert "259.15" in page
    assert "260.15" not in page
    assert any(finding.blocks for finding in outcome.findings)


FOLDER = "data/shifeng/business-environment-centre"
NEW = "data/shifeng/service-centre"
NEW_FILE = FILE.replace(FOLDER, NEW)


def git(root: Path, *arguments: str) -> None:
    """A git command that has to succeed."""
    named = ["-c", "user.name=测试", "-c", "user.email=test@example.invalid"]
    subprocess.run(["git", "-C", str(root), *named, *arguments], check=True, capture_output=True)


@pytest.mark.parametrize("together", [True, False])
def test_a_renamed_department_keeps_it(root: Path, together: bool) -> None:
    """The folder is renamed and the file spoilt, with one commit or with two, and once more after that."""
    git(root, "mv", FOLDER, NEW)
    if not together:
        commit(root, "改文件夹名", "2026-04-01")
    write(root, FIGURE, WRONG, NEW_FILE)
    commit(root, "改错了", "2026-05-01")
    found = shown(root, NEW_FILE)
    assert (found.version, found.held) == ("2026-03-01" if together else "2026-04-01", False)
    assert found.disclosure.file == NEW_FILE
    git(root, "mv", "data/shifeng", "data/stone-peak")
    commit(root, "改区县名", "2026-06-01")
    assert shown(root, NEW_FILE.replace("shifeng", "stone-peak")).version == found.version


def test_a_renamed_file_keeps_it(root: Path) -> None:
    """Under the other name it was no known kind, and nothing was public."""
    git(root, "mv", FILE, FILE.replace("final-accounts", "final-account"))
    commit(root, "改名", "2026-04-01")
    git(root, "mv", FILE.replace("final-accounts", "final-account"), FILE)
    write(root, FIGURE, WRONG)
    commit(root, "改回来，改错了", "2026-05-01")
    assert shown(root).version == "2026-03-01"


def test_a_rename_that_comes_with_a_merge_keeps_it(root: Path) -> None:
    """On a branch, merged without and with a change on the other side."""
    git(root, "checkout", "-qb", "改名")
    git(root, "mv", FOLDER, NEW)
    write(root, "状态: 可公开", "状态: 可公开  # 改过", NEW_FILE)
    commit(root, "改文件夹名", "2026-04-01")
    git(root, "checkout", "-q", "-")
    write(root, "名词解释:", "名词解释:  # 也改过")
    commit(root, "另一处", "2026-04-02")
    git(root, "merge", "-q", "--no-ff", "-m", "合并", "改名")
    write(root, FIGURE, WRONG, NEW_FILE)
    commit(root, "改错了", "2026-05-01")
    assert shown(root, NEW_FILE).version
    assert "也改过" in (root / NEW_FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize("year", ["2021", "2020"])
def test_a_copy_is_no_rename(root: Path, year: str) -> None:
    """This year's file begun from last year's, another unit's from this one's: the figures of one are not those of the
    other.
    """
    # the year inside the file would give it away
    write(root, "  年度: 2020\n", "")
    commit(root, "不写年度", "2026-03-02")
    file = f"{FOLDER if year == '2021' else 'data/shifeng/other'}/{year}/final-accounts.yaml"
    (root / file).parent.mkdir(parents=True)
    if year == "2020":
        (root / "data/shifeng/other/department.yaml").write_text(
            "名称:\n  - 名称: 石峰区另一个中心\n", encoding="utf-8"
        )
    (root / file).write_text((root / FILE).read_text(encoding="utf-8").replace(FIGURE, WRONG), encoding="utf-8")
    commit(root, "照着填", "2026-04-01")
    assert shown(root, file).held


@pytest.mark.parametrize("to", [FILE.replace("2020", "2021"), "data/shifeng/other/2020/final-accounts.yaml"])
def test_what_moved_to_another_year_or_unit_is_another_disclosure(root: Path, to: str) -> None:
    """Git takes it for a rename; the old figures must not appear under the new heading."""
    write(root, "  年度: 2020\n", "")
    commit(root, "不写年度", "2026-03-02")
    (root / to).parent.mkdir(parents=True)
    if "other" in to:
        (root / "data/shifeng/other/department.yaml").write_text(
            "名称:\n  - 名称: 石峰区另一个中心\n", encoding="utf-8"
        )
        git(root, "rm", "-q", f"{FOLDER}/department.yaml")
    git(root, "mv", FILE, to)
    write(root, FIGURE, WRONG, to)
    commit(root, "放错了地方", "2026-04-01")
    assert shown(root, to).held


def test_names_that_git_has_to_quote_and_a_short_history(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Hostile names beside the rename do no harm; what a shallow clone does not hold is not there."""
    for name in ('quote"', "new\nline", "tab\t", "中文", "-n", "a\\b"):
        (root / name).write_text(name * 40, encoding="utf-8")
    commit(root, "杂", "2026-03-02")
    git(root, "mv", FOLDER, NEW)
    for name in ('quote"', "new\nline", "-n"):
        git(root, "mv", "--", name, f"{name} 2")
    write(root, FIGURE, WRONG, NEW_FILE)
    commit(root, "改", "2026-04-01")
    assert shown(root, NEW_FILE).version == "2026-03-01"
    clone = tmp_path_factory.mktemp("clone") / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth=1", f"file://{root}", str(clone)], check=True)
    assert shown(clone, NEW_FILE).held


@pytest.mark.parametrize("kind", ["link", "folder"])
def test_what_is_no_file_any_more_keeps_it_too(root: Path, kind: str) -> None:
    """A link or a folder in the place of the file, committed or not: what git holds of it is no disclosure."""
    (root / FILE).rename(root / "elsewhere.yaml")
    if kind == "link":
        (root / FILE).symlink_to("../../../../../elsewhere.yaml")
    else:
        (root / FILE).mkdir()
        (root / FILE / "a.yaml").write_text("公开信息: 无\n", encoding="utf-8")
    assert shown(root).version == "2026-03-01"
    commit(root, "换成了别的", "2026-04-01")
    found = shown(root)
    assert (found.version, found.held) == ("2026-03-01", False)
