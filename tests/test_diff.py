"""`mingzhang diff`: what a merge request changes for readers, figure by figure, on a real repository."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from build_tools.cli import main
from tests.test_last_good import commit, git, write
from tests.test_record import ENTERTAINMENT, FILE, TOTAL, URL, change, root

__all__ = ["root"]


def diff(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """What the command says."""
    capsys.readouterr()
    status = main(["--root", str(root), "diff", *words])
    printed = capsys.readouterr()
    return status, printed.out + printed.err


def test_figures_totals_and_checks(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, TOTAL, TOTAL.replace("    预算数: 0.5\n", "    预算数:\n"))
    commit(root, "合计由系统计算", "2026-03-02")
    write(root, ENTERTAINMENT, ENTERTAINMENT.replace("0.5", "0.90"))
    write(root, "本年收入合计: 259.15", "本年收入合计: 260.15")
    commit(root, "改", "2026-04-01")
    status, text = diff(root, capsys, "HEAD~1..HEAD")
    assert status == 0
    for words in (
        *(
            f"`{FILE}`",
            f"网页 {URL}/",
            "公开的文件有改动",
            "随之改变的合计 1 个",
            "| 三公经费 | 公务接待费 | 预算数 | 0.50 | 0.90 |  |",
        ),
        *("| 三公经费 | 合计 | 预算数 | 0.50 | 0.90 | 随之 |", "| 259.15 | 260.15 |", "| 通过 | 不符 |"),
    ):
        assert words in text, words
    # one name is held against what is there now
    assert diff(root, capsys, "HEAD~1") == (status, text)


def test_as_a_page_of_its_own(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(root)
    commit(root, "改 <script>", "2026-04-01")
    page = html.document_fromstring(diff(root, capsys, "HEAD~1..HEAD", "--format", "html")[1])
    assert [cell.text_content() for cell in page.xpath("//tr[2]/td")][:5] == [
        "三公经费",
        "公务接待费",
        "预算数",
        "0.50",
        "0.90",
    ]
    assert page.xpath("//script") == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("三公经费:\n", "# 一句话\n三公经费:\n", "只改了写法"),
        ("状态: 可公开", "状态: 草稿", "这次起不再公开：要在 department.yaml 里写“撤回”"),
        ("工资和公积金变动", "工资变动", "文字有改动，数没有变"),
    ],
)
def test_what_changes_no_figure(old: str, new: str, said: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if old not in (root / FILE).read_text(encoding="utf-8"):
        old, new = "石峰就业", "就业"
    write(root, old, new)
    commit(root, "改", "2026-04-01")
    assert said in diff(root, capsys, "HEAD~1..HEAD")[1]


def test_deleted_and_brought_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(root, "rm", "-q", FILE)
    commit(root, "删去", "2026-04-01")
    text = diff(root, capsys, "HEAD~1..HEAD")[1]
    assert "这次起不再公开" in text
    assert "| 0.50 | 空 |" in text
    assert "这次起公开" in diff(root, capsys, "HEAD..HEAD~1")[1]
    assert diff(root, capsys, "HEAD..HEAD") == (0, "公开文件没有改动。\n")


@pytest.mark.parametrize("name", ["nope", "HEAD..--output=x", "HEAD..-p", "HEAD~99", "", "a..b..c"])
def test_what_git_does_not_know(name: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, text = diff(root, capsys, f"{name}..HEAD" if ".." not in name else name)
    if name:
        assert status == 2
        assert "git 不认识" in text
    else:
        assert text == "公开文件没有改动。\n"
