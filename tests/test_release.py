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


@pytest.mark.parametrize(("written", "released"), [
    ("已审查，可以公开", True), ("未载明", True), ("同意公开（2021年9月18日）", True),
    ("不涉密，可以公开", True), ("未发现涉密内容", True), ("无异议", True), ("经审核同意", True),
    ("尚未审签", False), ("还没有", False), ("退回修改", False), ("—", False), ("暂不公开", False), ("正在审查", False), ("某某某", False), ("同意，暂缓", False),
    ("", False), ("未审查", False), ("不同意", False), ("待审", False), ("没有", False), ("无", False), ("不涉及", False),
])
@pytest.mark.parametrize("field", ["保密审查", "负责人审签"])
def test_both_signatures(project_root: Path, field: str, written: str, released: bool) -> None:
    """Without its signatures a file that is marked 可公开 is not public, and staff are told at that word."""
    path = project_root / FILE
    path.write_text(path.read_text(encoding="utf-8").replace(f"{field}: 未载明", f"{field}: {written}".strip(), 1), encoding="utf-8")
    reports, _ = check_project(read_project(project_root))
    found = next(one for report in reports for one in report.checked if one.disclosure.file == FILE.as_posix())
    told = [(one.place.line, one.message) for one in found.findings if one.code == "signature-missing"]
    assert found.disclosure.released == released
    assert found.disclosure.draft != released
    assert bool(told) != released
    assert all(field in message and "状态" in path.read_text(encoding="utf-8").splitlines()[line - 1] for line, message in told)
    assert not found.held


def test_a_field_that_is_left_out_is_a_signature_that_is_missing(project_root: Path) -> None:
    """Nothing about review at all: both are named."""
    path = project_root / FILE
    kept = [line for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if "保密审查" not in line and "负责人审签" not in line]
    path.write_text("".join(kept), encoding="utf-8")
    reports, _ = check_project(read_project(project_root))
    found = next(one for report in reports for one in report.checked if one.disclosure.file == FILE.as_posix())
    assert found.disclosure.unsigned == ("保密审查", "负责人审签")
    assert [one.message for one in found.findings if one.code == "signature-missing"] == ["状态写“可公开”，但没有“保密审查”和“负责人审签”，这份文件暂不公开"]


@pytest.mark.parametrize(("written", "column", "message"), [
    ("  状态:\n", 6, "“状态”后面没有写，这份文件当作草稿，不公开"), ("  状态: ''\n", 7, "“状态”后面没有写，这份文件当作草稿，不公开"),
    ("  状态: 未载明\n", 7, "没有写明“状态”，这份文件当作草稿，不公开"), ("", 3, "没有写明“状态”，这份文件当作草稿，不公开"),
])
def test_a_file_that_does_not_say_whether_it_is_public(project_root: Path, written: str, column: int, message: str) -> None:
    """It is a draft, and staff are told at the place where the word is missing; nobody is held back for it."""
    path = project_root / FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  状态: 可公开\n", written, 1), encoding="utf-8")
    reports, _ = check_project(read_project(project_root))
    found = next(one for report in reports for one in report.checked if one.disclosure.file == FILE.as_posix())
    told = [(one.place.line, one.place.column, one.message, one.blocks) for one in found.findings if one.code == "status-missing"]
    assert told == [(text[: text.index("  状态")].count("\n") + 1, column, message, False)]
    assert (found.disclosure.draft, found.disclosure.released, found.held) == (True, False, False)


@pytest.mark.parametrize("written", ["状态: 草稿", "状态: 待审", "状态: 可公开", "状态：可公开", "状态: 可公幵", "状 态: 可公开", "壮态: 可公开"])
def test_a_word_that_is_there_or_misspelt_is_not_called_missing(project_root: Path, written: str) -> None:
    """What is wrong with it is told by its own finding."""
    path = project_root / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("状态: 可公开", written, 1), encoding="utf-8")
    reports, _ = check_project(read_project(project_root))
    assert "status-missing" not in {one.code for report in reports for one in report.all_findings}
