"""What is not yet public stays out of the site: by its 状态, by its 公开日期, and for years in which the unit did not
exist.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from build_tools.accounts.corpus import read_project
from build_tools.checks import Checked, check_project

FILE = Path("data/shifeng/business-environment-centre/2020/final-accounts.yaml")


@pytest.mark.parametrize(
    ("written", "today", "released"),
    [
        ("2021-09-30", date(2021, 9, 29), False),
        ("2021-09-30", date(2021, 9, 30), True),
        ("2021年9月30日", date(2021, 9, 29), False),
        ("2021-09", date(2021, 8, 31), False),
        ("2021-09", date(2021, 9, 1), True),
        ("未载明", date(1999, 1, 1), True),
        ("", date(1999, 1, 1), True),
    ],
)
def test_the_day_of_publication(project_root: Path, written: str, today: date, released: bool) -> None:
    """Nothing before its day; a month means its first day; without a date there is nothing to wait for."""
    path = project_root / FILE
    path.write_text(
        path.read_text(encoding="utf-8").replace("公开日期: 未载明", f"公开日期: {written}", 1), encoding="utf-8"
    )
    reports, _ = check_project(read_project(project_root, today))
    found = next(
        one.disclosure for report in reports for one in report.checked if one.disclosure.file == FILE.as_posix()
    )
    assert found.released == released
    assert found.draft != released


@pytest.mark.parametrize(("word", "released"), [("草稿", False), ("待审", False), ("可公开", True)])
def test_the_word_of_staff(project_root: Path, word: str, released: bool) -> None:
    """Only 可公开 is public."""
    path = project_root / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("状态: 可公开", f"状态: {word}", 1), encoding="utf-8")
    reports, _ = check_project(read_project(project_root))
    assert (
        next(
            one.disclosure.released
            for report in reports
            for one in report.checked
            if one.disclosure.file == FILE.as_posix()
        )
        == released
    )


REFUSED = (
    "已审查，涉密",
    "同意不公开",
    "禁止公开",
    "拒绝同意",
    "是否同意？",
    "尚未审签",
    "退回修改",
    "暂不公开",
    "不同意",
    "同意，暂缓",
    "未通过",
    "某某某",
)
APPROVED = ("已审查，可以公开", "同意公开（2021年9月18日）", "审定", "办结", "无异议", "经审核同意", "通过。", "已通过")


def checked_with(root: Path, old: str, new: str) -> Checked:
    """The one document with a text of its 公开信息 replaced."""
    path = root / FILE
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    reports, _ = check_project(read_project(root))
    return next(one for report in reports for one in report.checked if one.disclosure.file == FILE.as_posix())


@pytest.mark.parametrize(
    ("written", "released"),
    [
        ("通过", True),
        ("未载明", True),
        ("不通过", False),
        ("", False),
        ("无", False),
        ("不涉及", False),
        ("依法不公开", False),
    ],
)
@pytest.mark.parametrize("field", ["保密审查", "负责人审签"])
def test_both_signatures(project_root: Path, field: str, written: str, released: bool) -> None:
    """Without its signatures a file that is marked 可公开 is not public, and staff are told at that word."""
    found = checked_with(project_root, f"{field}: 未载明", f"{field}: {written}".strip())
    told = [(one.place.line, one.message) for one in found.findings if one.code == "signature-missing"]
    assert found.disclosure.released == released
    assert found.disclosure.draft != released
    assert bool(told) != released
    lines = (project_root / FILE).read_text(encoding="utf-8").splitlines()
    assert all(field in message and "状态" in lines[line - 1] for line, message in told)
    assert not found.held


@pytest.mark.parametrize("words", REFUSED + APPROVED)
@pytest.mark.parametrize("field", ["保密审查", "负责人审签"])
def test_free_words_are_not_judged(project_root: Path, field: str, words: str) -> None:
    """A refusal in other words is none that the system would know; what may stand here is told, and where words go."""
    found = checked_with(project_root, f"{field}: 未载明", f"{field}: {words}")
    assert not found.disclosure.released
    told = {one.code: one for one in found.findings}
    assert told["choice-unknown"].hint == "可以写：通过、不通过"
    assert "原话写进" in (told["signature-missing"].hint or "")


def test_the_words_themselves_stand_beside_the_choice(project_root: Path) -> None:
    words = "保密审查: 通过\n  审查文字: 已审查，可以公开\n  审查机构: 某某办公室\n  审查日期: 2021-09-18"
    found = checked_with(project_root, "保密审查: 未载明", words)
    assert found.disclosure.released
    assert not [one for one in found.findings if one.blocks]


def test_what_is_not_stated_needs_a_published_source(project_root: Path) -> None:
    """未载明 is what a document says that was published before it came here."""
    path = project_root / FILE
    source = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("  来源: "))
    found = checked_with(project_root, f"{source}\n", "")
    assert not found.disclosure.released
    assert "signature-missing" in {one.code for one in found.findings}


def test_a_field_that_is_left_out_is_a_signature_that_is_missing(project_root: Path) -> None:
    """Nothing about review at all: both are named."""
    path = project_root / FILE
    kept = [
        line
        for line in path.read_text(encoding="utf-8").splitlines(keepends=True)
        if "保密审查" not in line and "负责人审签" not in line
    ]
    path.write_text("".join(kept), encoding="utf-8")
    reports, _ = check_project(read_project(project_root))
    found = next(one for report in reports for one in report.checked if one.disclosure.file == FILE.as_posix())
    assert found.disclosure.unsigned == ("保密审查", "负责人审签")
    assert [one.message for one in found.findings if one.code == "signature-missing"] == [
        "状态写“可公开”，但没有“保密审查”和“负责人审签”，这份文件暂不公开"
    ]


@pytest.mark.parametrize(
    ("written", "column", "message"),
    [
        ("  状态:\n", 6, "“状态”后面没有写，这份文件当作草稿，不公开"),
        ("  状态: ''\n", 7, "“状态”后面没有写，这份文件当作草稿，不公开"),
        ("  状态: 未载明\n", 7, "没有写明“状态”，这份文件当作草稿，不公开"),
        ("", 3, "没有写明“状态”，这份文件当作草稿，不公开"),
    ],
)
def test_a_file_that_does_not_say_whether_it_is_public(
    project_root: Path, written: str, column: int, message: str
) -> None:
    """It is a draft, and staff are told at the place where the word is missing; nobody is held back for it."""
    path = project_root / FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  状态: 可公开\n", written, 1), encoding="utf-8")
    reports, _ = check_project(read_project(project_root))
    found = next(one for report in reports for one in report.checked if one.disclosure.file == FILE.as_posix())
    told = [
        (one.place.line, one.place.column, one.message, one.blocks)
        for one in found.findings
        if one.code == "status-missing"
    ]
    assert told == [(text[: text.index("  状态")].count("\n") + 1, column, message, False)]
    assert (found.disclosure.draft, found.disclosure.released, found.held) == (True, False, False)


@pytest.mark.parametrize(
    "written",
    ["状态: 草稿", "状态: 待审", "状态: 可公开", "状态：可公开", "状态: 可公幵", "状 态: 可公开", "壮态: 可公开"],
)
def test_a_word_that_is_there_or_misspelt_is_not_called_missing(project_root: Path, written: str) -> None:
    """What is wrong with it is told by its own finding."""
    path = project_root / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("状态: 可公开", written, 1), encoding="utf-8")
    reports, _ = check_project(read_project(project_root))
    assert "status-missing" not in {one.code for report in reports for one in report.all_findings}
