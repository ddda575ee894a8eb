"""What was public changes only in the open: on a real git repository, as a department would try it.

Each step is committed and pushed, as it would be; what the public sees is read from the site that is built.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from build_tools.accounts.corpus import History, read_project
from build_tools.checks import Checked
from build_tools.cli import main
from build_tools.diagnostics import Finding
from build_tools.engine import build_site
from build_tools.record import check_published, past_of, public_view, read_trails, with_record
from tests.helpers import CENTRE, one_disclosure
from tests.test_last_good import commit, git, write

FOLDER = f"data/{CENTRE}"
FILE = f"{FOLDER}/2020/final-accounts.yaml"
URL = f"{CENTRE}/2020/final-accounts"
# 公务接待费 and the total that it makes up, in the real document
ENTERTAINMENT = "  公务接待费:\n    预算数: 0.5\n"
TOTAL = "三公经费:\n  合计:\n    预算数: 0.5\n"
DAY = "2026-03-01"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """One real disclosure, public since a day."""
    root = one_disclosure(tmp_path)
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    commit(root, "公开", DAY)
    return root


def change(root: Path, old: str = "0.5", new: str = "0.90", file: str = FILE) -> None:
    """A figure and its total, so that everything adds up."""
    for text in (TOTAL, ENTERTAINMENT):
        write(root, text.replace("0.5", old), text.replace("0.5", new), file)


def say(root: Path, *entries: str, file: str = FILE) -> None:
    """更正 at the end of the file, under those that are there."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    head = "" if "\n更正:\n" in text else "更正:\n"
    path.write_text(text + head + "".join(f"  - {{{one}}}\n" for one in entries), encoding="utf-8")


def about(table: str = "", row: str = "", column: str = "", day: str = DAY, reason: str = "漏记了一次接待") -> str:
    """A 更正 in words."""
    named = {"日期": day, "表名": table, "行名": row, "栏名": column, "内容": "0.50 改为 0.90", "原因": reason}
    return ", ".join(f"{key}: {value}" for key, value in named.items() if value)


def told(root: Path) -> list[Finding]:
    """What the record has to say."""
    reports, findings = check_published(read_project(root))
    every = [*findings, *(one for report in reports for one in report.all_findings)]
    return [one for one in every if one.code.split("-")[0] in ("correction", "withdrawal", "department", "record")]


def codes(root: Path) -> list[str]:
    """The same, as codes."""
    return [one.code for one in told(root)]


def shown(root: Path, file: str = FILE) -> Checked:
    """What the public is to see of the file."""
    project = read_project(root)
    reports, _ = check_published(project)
    trails = read_trails(root)
    views = [public_view(with_record(one, past_of(one, project, trails), project), project) for one in reports]
    return next(one for view in views for one in view.checked if one.disclosure.file == file)


def history(root: Path, file: str = FILE) -> History:
    """Of what the public sees."""
    return shown(root, file).disclosure.history


def test_a_changed_figure_is_told_with_both_values_and_the_words_to_paste(root: Path) -> None:
    """Committed or not, it is held back and the old figure stays."""
    change(root)
    for committed in (False, True):
        if committed:
            commit(root, "悄悄改了", "2026-04-01")
        (found,) = told(root)
        assert found.blocks
        assert "三公经费“合计”预算数：原公开 0.50，现在 0.90" in found.message
        assert "“公务接待费”预算数：原公开 0.50，现在 0.90" in found.message
        assert (shown(root).version, shown(root).held) == (DAY, False)
        offered = yaml.safe_load("\n".join(found.paste))["更正"]
        assert [(one["表名"], one["行名"], one["栏名"]) for one in offered] == [
            ("三公经费", "合计", "预算数"),
            ("三公经费", "公务接待费", "预算数"),
        ]
        # what only staff can say is left open, and asked for
        assert {one["原因"] for one in offered} == {None}


def test_what_is_pasted_and_filled_in_is_enough(root: Path) -> None:
    change(root)
    (found,) = told(root)
    pasted = "\n".join(found.paste).replace("原因:", "原因: 漏记了一次接待").replace("批准:", "批准: 局长办公会")
    path = root / FILE
    path.write_text(path.read_text(encoding="utf-8") + pasted + "\n", encoding="utf-8")
    assert main(["--root", str(root), "format"]) == 0
    for committed in (False, True):
        if committed:
            commit(root, "更正", "2026-04-01")
        assert codes(root) == []
        assert [one.number for one in history(root).editions] == [1, 2]
        (step,) = history(root).amendments
        assert {(one.row, one.old, one.new) for one in step.changes} == {
            ("合计", "0.50", "0.90"),
            ("公务接待费", "0.50", "0.90"),
        }
        assert step.said[0][2:] == ("漏记了一次接待", "局长办公会")


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((about(),), []),
        ((about("三公经费"),), []),
        ((about("一般公共预算财政拨款“三公”经费支出决算表"),), []),
        ((about("三公经费", "公务接待费"), about("三公经费", "合计", "预算数")), []),
        ((about("三公经费", "公务接待费"),), ["correction-missing"]),
        ((about("收入决算表"),), ["correction-missing", "correction-unused"]),
        ((about("三公经费"), about("收入决算表")), ["correction-unused"]),
        (
            (about("三公经费", "公务接待费", "决算数"), about("三公经费", "合计")),
            ["correction-missing", "correction-unused"],
        ),
        # what is wrong in itself is told first
        ((about("三公经费", reason="。"),), ["correction-empty"]),
    ],
)
def test_a_correction_names_what_changed_and_nothing_else(
    root: Path, entries: tuple[str, ...], expected: list[str]
) -> None:
    change(root)
    say(root, *entries)
    assert sorted({*codes(root)}) == expected
    commit(root, "改", "2026-04-01")
    assert ("0.90" in {one.new for step in history(root).amendments for one in step.changes}) == (not expected)


def test_a_correction_covers_one_change_and_not_the_next(root: Path) -> None:
    change(root)
    say(root, about("三公经费"))
    commit(root, "更正", "2026-04-01")
    change(root, "0.90", "1.20")
    assert codes(root) == ["correction-missing"]
    say(root, about("三公经费", day="2026-05-01", reason="又漏记了一次"))
    commit(root, "再更正", "2026-05-01")
    assert codes(root) == []
    assert [(one.edition.number, one.edition.day) for one in history(root).amendments] == [
        (2, "2026-04-01"),
        (3, "2026-05-01"),
    ]


def test_a_correction_of_nothing_is_told(root: Path) -> None:
    say(root, about("三公经费"))
    assert codes(root) == ["correction-unused"]


def test_figures_put_back_are_no_change(root: Path) -> None:
    """A change that was never public leaves nothing to explain."""
    change(root)
    commit(root, "改错了", "2026-04-01")
    change(root, "0.90", "0.5")
    assert codes(root) == []
    commit(root, "改回来", "2026-05-01")
    assert history(root).amendments == ()


SAME: dict[str, Callable[[str], str]] = {
    "comment": lambda text: text.replace("三公经费:\n", "# 一句话\n三公经费:\n"),
    "decimals": lambda text: text.replace("预算数: 0.5\n", "预算数: 0.50\n"),
    "Windows": lambda text: text.replace("\n", "\r\n"),
    "order": lambda text: text.replace("    预算数: 0.5\n    决算数: 0\n", "    决算数: 0\n    预算数: 0.5\n"),
    "quotes": lambda text: text.replace("预算数: 0.5\n", "预算数: '0.5'\n"),
    # the total is the same, whoever makes it
    "derived": lambda text: text.replace(TOTAL, TOTAL.replace("    预算数: 0.5\n", "    预算数:\n")),
}


@pytest.mark.parametrize("rewrite", SAME.values(), ids=SAME)
def test_the_same_figures_in_another_form_are_no_change(root: Path, rewrite: Callable[[str], str]) -> None:
    path = root / FILE
    before = path.read_text(encoding="utf-8")
    path.write_text(rewrite(before), encoding="utf-8", newline="")
    assert path.read_bytes() != before.encode()
    for committed in (False, True):
        if committed:
            commit(root, "整理", "2026-04-01")
        assert codes(root) == []
        assert history(root).amendments == ()


def test_a_total_that_follows_is_told_apart(root: Path) -> None:
    """It needs no entry of its own, and stands among what changed."""
    write(root, TOTAL, TOTAL.replace("    预算数: 0.5\n", "    预算数:\n"))
    commit(root, "合计由系统计算", "2026-03-02")
    write(root, ENTERTAINMENT, ENTERTAINMENT.replace("0.5", "0.90"))
    (found,) = told(root)
    assert "合计" not in found.message
    say(root, about("三公经费", "公务接待费", "预算数"))
    assert codes(root) == []
    (step,) = history(root).amendments
    assert {one.row: one.follows for one in step.changes} == {"公务接待费": False, "合计": True}


def test_what_was_never_public_is_free_to_change(tmp_path: Path) -> None:
    """A draft, one that is not signed, one whose day has not come, one that does not add up."""
    for number, (old, new) in enumerate(
        [
            ("状态: 可公开", "状态: 草稿"),
            ("  保密审查: 未载明\n", ""),
            ("公开日期: 未载明", "公开日期: 2099-01-01"),
            (ENTERTAINMENT, ENTERTAINMENT.replace("0.5", "7.77")),
        ]
    ):
        root = one_disclosure(tmp_path / str(number))
        subprocess.run(["git", "init", "-q", str(root)], check=True)
        write(root, old, new)
        commit(root, "还没有公开", DAY)
        write(root, new, old) if new else write(root, "  状态: 可公开\n", f"  状态: 可公开\n{old}")
        change(root)
        assert codes(root) == [], (old, new)


def test_before_the_site_began_everything_was_a_trial(root: Path) -> None:
    """公开起始 can be set, and never be moved forward."""
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    change(root)
    commit(root, "试", "2026-04-01")
    assert codes(root) == ["correction-missing"]
    settings.write_text(text.replace("extra:\n", "extra:\n  公开起始: 2026-05-01\n"), encoding="utf-8")
    commit(root, "正式公开", "2026-05-01")
    assert codes(root) == []
    change(root, "0.90", "1.20")
    commit(root, "改", "2026-06-01")
    assert codes(root) == ["correction-missing"]
    settings.write_text(text.replace("extra:\n", "extra:\n  公开起始: 2026-07-01\n"), encoding="utf-8")
    assert codes(root) == ["correction-missing"]
    commit(root, "再往后挪", "2026-07-01")
    assert codes(root) == ["correction-missing"]


@pytest.mark.parametrize("how", ["draft", "deleted", "renamed", "year", "embargoed", "unsigned"])
def test_what_was_public_goes_only_with_a_withdrawal(root: Path, how: str) -> None:
    """Until then the last version stays to be read."""
    if how == "draft":
        write(root, "状态: 可公开", "状态: 草稿")
    elif how == "embargoed":
        write(root, "公开日期: 未载明", "公开日期: 2099-01-01")
    elif how == "unsigned":
        write(root, "保密审查: 未载明", "保密审查: 不通过")
    elif how == "deleted":
        git(root, "rm", "-q", FILE)
    elif how == "renamed":
        git(root, "mv", FILE, FILE.replace("final-accounts", "self-evaluation"))
    else:
        (root / FOLDER / "2021").mkdir()
        git(root, "mv", FILE, FILE.replace("2020", "2021"))
    for committed in (False, True):
        if committed:
            commit(root, "拿走", "2026-04-01")
        assert "withdrawal-missing" in codes(root)
        assert shown(root).version == DAY
    outcome = build_site(root)
    assert outcome.site
    assert "259.15" in (outcome.site / URL / "index.html").read_text(encoding="utf-8")


def withdraw(
    root: Path,
    text: str = "年度: 2020, 公开类型: 部门决算, 日期: 2026-04-01, 原因: 与另一单位的文件弄混, 批准: 局长办公会",
) -> None:
    """撤回 at the end of department.yaml."""
    path = root / FOLDER / "department.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"撤回:\n  - {{{text}}}\n", encoding="utf-8")


@pytest.mark.parametrize("how", ["draft", "deleted"])
def test_a_declared_withdrawal_leaves_the_address_and_says_so(root: Path, how: str) -> None:
    if how == "draft":
        write(root, "状态: 可公开", "状态: 草稿")
    else:
        git(root, "rm", "-q", FILE)
    withdraw(root)
    commit(root, "撤回", "2026-04-01")
    assert codes(root) == []
    outcome = build_site(root)
    assert outcome.site
    page = (outcome.site / URL / "index.html").read_text(encoding="utf-8")
    for words in ("已撤回", "2026-04-01 撤回", "与另一单位的文件弄混", "局长办公会"):
        assert words in page
    assert "259.15" not in page
    assert not (outcome.site / URL / "revenue.csv").exists()
    assert "已撤回" in (outcome.site / "shifeng/index.html").read_text(encoding="utf-8")


def test_a_withdrawal_of_what_is_public_or_never_was_is_told(root: Path) -> None:
    withdraw(root)
    assert codes(root) == ["withdrawal-unused"]


def test_a_withdrawal_says_why(root: Path) -> None:
    git(root, "rm", "-q", FILE)
    withdraw(root, "年度: 2020, 公开类型: 部门决算, 日期: 2026-04-01")
    assert sorted(codes(root)) == ["withdrawal-empty", "withdrawal-missing"]


def test_a_deleted_file_that_comes_back_is_the_same_disclosure(root: Path) -> None:
    text = (root / FILE).read_text(encoding="utf-8")
    git(root, "rm", "-q", FILE)
    commit(root, "删去", "2026-04-01")
    (root / FILE).parent.mkdir(exist_ok=True)
    (root / FILE).write_text(text, encoding="utf-8")
    change(root)
    commit(root, "改了再放回来", "2026-05-01")
    assert codes(root) == ["correction-missing"]


@pytest.mark.parametrize("together", [True, False])
def test_a_renamed_department_keeps_its_record(root: Path, together: bool) -> None:
    new = "data/shifeng/service-centre"
    git(root, "mv", FOLDER, new)
    if not together:
        assert codes(root) == []
        commit(root, "改文件夹名", "2026-04-01")
    change(root, file=FILE.replace(FOLDER, new))
    assert codes(root) == ["correction-missing"]
    commit(root, "改", "2026-05-01")
    assert codes(root) == ["correction-missing"]


@pytest.mark.parametrize("folder", [FOLDER, "data/shifeng"])
def test_a_department_that_vanishes_stops_everything(
    root: Path, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Committed or not, alone or with its district: the site stays as it was."""
    assert main(["--root", str(root), "build"]) == 0
    page = (root / "site" / URL / "index.html").read_bytes()
    git(root, "rm", "-rq", folder)
    for committed in (False, True):
        if committed:
            commit(root, "删去部门", "2026-04-01")
        assert codes(root) == ["department-lost"]
        capsys.readouterr()
        assert main(["--root", str(root), "build"]) == 2
        assert "部门的文件夹不在了" in capsys.readouterr().err
        assert (root / "site" / URL / "index.html").read_bytes() == page
    (found,) = told(root)
    subprocess.run((found.hint or "").split("：")[1].split("；")[0].split(), cwd=root, check=True, capture_output=True)
    assert codes(root) == []


def test_squashed_merged_and_reverted_histories_tell_the_same(root: Path) -> None:
    """What counts is what the published branch had, one step for each merge."""
    git(root, "checkout", "-qb", "work")
    change(root)
    commit(root, "改", "2026-04-01")
    say(root, about("三公经费"))
    commit(root, "写更正", "2026-04-02")
    git(root, "checkout", "-q", "-")
    git(root, "merge", "-q", "--no-ff", "-m", "合并", "work")
    assert codes(root) == []
    assert len(history(root).amendments) == 1
    git(root, "revert", "--no-edit", "-m", "1", "HEAD")
    # back to the figures of before, and the words are gone with them
    assert codes(root) == ["correction-missing"]


def test_commits_that_nobody_has_received_are_free(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """In a clone the remote's branch is what is published."""
    clone = tmp_path_factory.mktemp("clone") / "own"
    subprocess.run(["git", "clone", "-q", str(root), str(clone)], check=True)
    change(clone)
    say(clone, about("三公经费"))
    commit(clone, "第一次写", "2026-04-01")
    change(clone, "0.90", "1.20")
    assert codes(clone) == []


def test_a_shallow_clone_says_what_it_cannot_know(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    change(root)
    commit(root, "改", "2026-04-01")
    clone = tmp_path_factory.mktemp("clone") / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth=1", f"file://{root}", str(clone)], check=True)
    assert codes(clone) == ["record-shallow"]


def test_the_page_tells_and_keeps_the_version_before(root: Path) -> None:
    change(root)
    say(root, about("三公经费"))
    commit(root, "更正", "2026-04-01")
    outcome = build_site(root)
    assert outcome.site
    page = (outcome.site / URL / "index.html").read_text(encoding="utf-8")
    for words in ("更正记录", "第 2 版", "<del>0.50</del> <ins>0.90</ins>", "漏记了一次接待", "v1/", '"version":"2"'):
        assert words in page.replace('"version": "2"', '"version":"2"')
    assert page.count('class="mz-amended"') == 2
    before = (outcome.site / URL / "v1/index.html").read_text(encoding="utf-8")
    assert "旧版" in before
    now, then = (
        (outcome.site / URL / f"{at}three-public-expenses.csv").read_text(encoding="utf-8") for at in ("", "v1/")
    )
    assert ("0.90" in now, "0.90" in then, "0.50" in then) == (True, False, True)


def test_full_and_incremental_builds_are_the_same(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    def contents(site: Path) -> dict[str, bytes]:
        return {
            path.relative_to(site).as_posix(): path.read_bytes()
            for path in site.rglob("*")
            if path.is_file() and path.name != ".mingzhang"
        }

    steps: list[Callable[[], object]] = [
        lambda: None,
        lambda: (change(root), say(root, about("三公经费"))),
        lambda: commit(root, "更正", "2026-04-01"),
        lambda: (git(root, "rm", "-q", FILE), withdraw(root), commit(root, "撤回", "2026-05-01")),
    ]
    for number, step in enumerate(steps):
        step()
        assert main(["--root", str(root), "build"]) == 0
        other = tmp_path_factory.mktemp(f"full{number}") / "own"
        subprocess.run(["cp", "-a", str(root), str(other)], check=True)
        subprocess.run(["rm", "-rf", str(other / "site"), str(other / ".cache")], check=True)
        assert main(["--root", str(other), "build"]) == 0
        assert contents(root / "site") == contents(other / "site"), number


def why(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """What `mingzhang why` says of a figure of the file."""
    status = main(["--root", str(root), "why", str(root / FILE), *words])
    printed = capsys.readouterr()
    return status, printed.out + printed.err


def test_a_figure_leads_to_its_line_its_commit_its_rules_and_what_it_was(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(root)
    say(root, about("三公经费"))
    commit(root, "更正三公经费", "2026-04-01")
    status, text = why(root, capsys, "三公经费", "公务接待费", "预算数")
    line = (root / FILE).read_text(encoding="utf-8").split("\n").index("  公务接待费:") + 2
    assert status == 0
    for words in (
        *("三公经费 公务接待费 预算数：0.90万元", f"第 {line} 行", "2026-04-01 更正三公经费", "保密审查 未载明"),
        *("three-public-expenses-1 预算数：0.90 = 0.90  通过", "公务接待费预算为0.90万元"),
        *("2026-03-01 起公开，现在是第 2 版", "2026-04-01 第 2 版：0.50 改为 0.90：漏记了一次接待"),
    ):
        assert words in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("三公经", "公务接待费"), "是不是“三公经费”？"),
        (("三公经费", "公务接待费"), "有 2 个数，再写明行和栏"),
        (("三公经费", "招待费", "预算数"), "没有叫“招待费 预算数”的数。有这些行：合计"),
    ],
)
def test_a_figure_that_is_not_found_is_asked_for(
    words: tuple[str, ...], said: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, text = why(root, capsys, *words)
    assert status == 2
    assert said in text


def test_another_unit_is_another_figure(root: Path) -> None:
    """The digits are the same."""
    write(root, "三公经费:\n  合计:\n", "三公经费:\n  金额单位: 元\n  合计:\n")
    (found,) = told(root)
    assert "原公开 0.50，现在 0.50元" in found.message


def test_a_figure_in_a_sentence_is_a_figure(root: Path) -> None:
    """Words may be put better; what they say in numbers may not change without a word."""
    text = (root / FILE).read_text(encoding="utf-8")
    words = "用于“石峰就业”服务平台的建设运用和招聘求职信息更新"
    assert words in text
    write(root, words, f"{words}，共12场、98%")
    commit(root, "写得更细", "2026-03-02")
    assert codes(root) == ["correction-missing"]
    write(root, "，共12场、98%", "")
    assert codes(root) == []
    write(root, words, "用于就业服务平台的建设和招聘信息更新")
    assert codes(root) == []


@pytest.mark.parametrize("how", ["region", "district"])
def test_a_public_file_without_a_form_stops_everything(
    root: Path, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One letter in district.yaml must not take its pages off."""
    assert main(["--root", str(root), "build"]) == 0
    page = (root / "site" / URL / "index.html").read_bytes()
    path = root / "data/shifeng/district.yaml"
    if how == "region":
        path.write_text(path.read_text(encoding="utf-8").replace("模板地区: 湖南", "模板地区: 湖男"), encoding="utf-8")
    else:
        path.unlink()
    assert "disclosure-lost" in [one.code for one in check_published(read_project(root))[1]]
    capsys.readouterr()
    assert main(["--root", str(root), "build"]) == 2
    assert "网页会消失" in capsys.readouterr().err
    assert (root / "site" / URL / "index.html").read_bytes() == page
