"""Bytes, sizes, depths, links and names of folders that no data file should have, and what is said about each.

Every one has its own finding at its own file, exit status 1, and holds back that disclosure only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from build_tools.accounts.corpus import read_project
from build_tools.checks import check_project
from build_tools.cli import main
from build_tools.source.parse import MAX_NODES
from tests.support import DEPARTMENT, DISCLOSURE, DISTRICT, INFORMATION, SOUND, check_text, make_project

GOOD = "data/good/z/2020/final-accounts.yaml"


@dataclass(frozen=True)
class Damage:
    """Files put into a sound project (None = taken out), and the first of the errors that must be found.

    `others` are the codes of errors that follow from it elsewhere.
    """

    name: str
    files: Mapping[str, str | bytes | None]
    code: str
    file: str = DISCLOSURE
    line: int = 1
    others: frozenset[str] = frozenset()


def disclosure(name: str, content: str | bytes, code: str, line: int = 1, *others: str) -> Damage:
    """The disclosure itself is damaged."""
    return Damage(name, {DISCLOSURE: content}, code, DISCLOSURE, line, frozenset(others))


def stray(path: str, code: str, shown: str = "") -> Damage:
    """A file where none belongs; the finding stands at `shown`, a folder above it."""
    return Damage(path, {path: INFORMATION}, code, shown or path)


# the first line below 公开信息
HEAD = INFORMATION.count("\n") + 1
BOMB = "概况:\n  甲: &a [x, x, x]\n" + "".join(
    f"  {n}: &{n} [*{p}, *{p}, *{p}]\n" for p, n in zip("abcdefghi", "bcdefghij", strict=True)
)
DAMAGES = [
    disclosure("空文件", b"", "file-empty"),
    disclosure("只有空行", " \r\n\n", "file-empty"),
    disclosure("只有注释", "# 以后再填\n", "file-empty"),
    disclosure("改了名的 Excel", b"PK\x03\x04\x14\x00\x06\x00", "file-binary"),
    disclosure("文字里有 NUL", INFORMATION + "说明: \0\n", "file-binary"),
    disclosure("GBK", INFORMATION.encode("gbk"), "file-encoding"),
    disclosure("末行是 GBK", INFORMATION.encode() + "说明: 无\n".encode("gbk"), "file-encoding", HEAD),
    disclosure("UTF-16", INFORMATION.encode("utf-16"), "file-encoding"),
    disclosure("认不出的编码", INFORMATION.encode() + b"\xff\xff\n", "file-encoding", HEAD),
    disclosure("老式 Mac 的换行", INFORMATION.replace("\n", "\r"), "file-unseen-character"),
    disclosure("十万层方括号", INFORMATION + "概况: " + "[" * 100_000, "yaml-too-deep", HEAD),
    disclosure("十万层花括号", INFORMATION + "概况: " + "{a: " * 100_000, "yaml-too-deep", HEAD),
    disclosure("十万层列表", INFORMATION + "概况:\n  " + "- " * 100_000, "yaml-too-deep", HEAD + 1),
    disclosure("十万层键", INFORMATION + "概况:\n  " + "? " * 100_000, "yaml-too-deep", HEAD + 1),
    disclosure(
        "太多项",
        INFORMATION + "概况:\n" + "  - 项\n" * MAX_NODES,
        "yaml-too-many-nodes",
        MAX_NODES - INFORMATION.count("\n") + 1,
    ),
    disclosure("引用炸弹", INFORMATION + BOMB, "yaml-anchor", HEAD + 1, "yaml-alias"),
    stray("data/x/Upper/2020/final-accounts.yaml", "path-name", "data/x/Upper"),
    stray("data/x/中文/2020/final-accounts.yaml", "path-name", "data/x/中文"),
    stray("data/x/two words/2020/final-accounts.yaml", "path-name", "data/x/two words"),
    stray("data/x/a..b/2020/final-accounts.yaml", "path-name", "data/x/a..b"),
    stray("data/x/-a/2020/final-accounts.yaml", "path-name", "data/x/-a"),
    stray(f"data/x/{'a' * 61}/2020/final-accounts.yaml", "path-name", f"data/x/{'a' * 61}"),
    stray("data/Shifeng/y/2020/final-accounts.yaml", "path-name", "data/Shifeng"),
    stray("data/checks/y/2020/final-accounts.yaml", "path-taken", "data/checks"),
    stray("data/说明.txt", "path-unexpected"),
    stray("data/x/说明.txt", "path-unexpected"),
    stray("data/x/y/说明.txt", "path-year"),
    stray("data/x/y/20200/final-accounts.yaml", "path-year", "data/x/y/20200"),
    stray("data/x/y/2O20/final-accounts.yaml", "path-year", "data/x/y/2O20"),
    stray("data/x/y/２０２０/final-accounts.yaml", "path-year", "data/x/y/２０２０"),
    stray("data/x/y/1999/final-accounts.yaml", "template-missing"),
    stray("data/x/y/2020/final-account.yaml", "kind-unknown"),
    stray("data/x/y/2020/部门决算.yaml", "path-name"),
    stray("data/x/y/2020/final-accounts.yml", "path-name"),
    stray("data/x/y/2020/附件/final-accounts.yaml", "path-name", "data/x/y/2020/附件"),
    stray("data/x/y/2021/final-accounts.yaml/x.yaml", "path-name", "data/x/y/2021/final-accounts.yaml"),
    Damage("缺少 district.yaml", {DISTRICT: None}, "file-missing", DISTRICT, 1, frozenset({"template-missing"})),
    Damage("district.yaml 是空的", {DISTRICT: ""}, "file-empty", DISTRICT, 1, frozenset({"template-missing"})),
    Damage("缺少 department.yaml", {DEPARTMENT: None}, "file-missing", DEPARTMENT),
    Damage("department.yaml 是 GBK", {DEPARTMENT: "名称:\n  - 名称: 甲\n".encode("gbk")}, "file-encoding", DEPARTMENT),
    Damage(
        "名词库写错",
        {"data/reference/glossary.yaml": "名词: 基本支出\n"},
        "shape-unexpected",
        "data/reference/glossary.yaml",
    ),
]


def with_neighbour(root: Path, files: Mapping[str, str | bytes | None]) -> Path:
    """The project, and beside it a district where everything is in order."""
    return make_project(
        root,
        {
            **files,
            "data/good/district.yaml": SOUND[DISTRICT],
            "data/good/z/department.yaml": SOUND[DEPARTMENT],
            GOOD: SOUND[DISCLOSURE],
        },
    )


def assert_damage(root: Path, damage: Damage, capsys: pytest.CaptureFixture[str]) -> None:
    """Found once at its place; told, with exit status 1; the damaged file is held back and the neighbour is not."""
    reports, findings = check_project(read_project(root))
    errors = [one for one in (*findings, *(one for report in reports for one in report.all_findings)) if one.blocks]
    own = [one for one in errors if one.code not in damage.others]
    assert {(one.code, one.place.file, one.place.line) for one in own} >= {(damage.code, damage.file, damage.line)}
    assert {(one.code, one.place.file) for one in own} == {(damage.code, damage.file)}
    assert {one.code for one in errors} == {damage.code, *damage.others}
    assert main(["check", "--root", str(root)]) == 1
    told = capsys.readouterr()
    assert f"[{damage.code}]" in told.out
    assert not told.err
    held = {one.disclosure.file: one.held for report in reports for one in report.checked}
    assert held[GOOD] is False
    assert held.get(DISCLOSURE, damage.file in SOUND) is (damage.file in SOUND)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_damage_has_its_own_finding_and_holds_back_nothing_else(
    damage: Damage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bytes, sizes, depths and names."""
    assert_damage(with_neighbour(tmp_path, damage.files), damage, capsys)


LINKS = [
    # what becomes a link, whether the disclosure is still there (perhaps held back), what follows elsewhere
    (DISCLOSURE, True, frozenset[str]()),
    ("data/x/y/2020", False, frozenset[str]()),
    ("data/x/y", False, frozenset[str]()),
    ("data/x", False, frozenset[str]()),
    (DEPARTMENT, True, frozenset[str]()),
    (DISTRICT, True, frozenset({"template-missing"})),
]


@pytest.mark.parametrize(("path", "read", "others"), LINKS, ids=[link[0] for link in LINKS])
def test_a_symbolic_link_is_not_followed(
    path: str, read: bool, others: frozenset[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It could lead out of the folder: nothing behind it is read."""
    root = with_neighbour(tmp_path / "project", {})
    (root / path).rename(tmp_path / "elsewhere")
    (root / path).symlink_to(tmp_path / "elsewhere")
    reports, _ = check_project(read_project(root))
    assert (DISCLOSURE in {one.disclosure.file for report in reports for one in report.checked}) is read
    damage = Damage(path, {}, "path-symlink", path, 1, others)
    assert_damage(root, damage, capsys)


def test_a_link_that_leads_nowhere_or_to_itself_is_told_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither is opened."""
    root = with_neighbour(tmp_path, {})
    (root / "data/x/y/2021").symlink_to(root / "nowhere")
    assert_damage(root, Damage("", {}, "path-symlink", "data/x/y/2021"), capsys)
    (root / "data/x/y/2021").unlink()
    (root / "data/x/y/2021").symlink_to(root / "data/x/y/2021")
    assert_damage(root, Damage("", {}, "path-symlink", "data/x/y/2021"), capsys)


def test_a_pipe_is_not_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Reading from it would wait for ever."""
    root = with_neighbour(tmp_path, {DISCLOSURE: None})
    (root / DISCLOSURE).parent.mkdir()
    os.mkfifo(root / DISCLOSURE)
    assert_damage(root, Damage("", {}, "path-name", DISCLOSURE), capsys)


def test_a_name_that_is_no_text_can_be_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A disk may hold names that are no UTF-8; both renderings must be printable."""
    root = with_neighbour(tmp_path, {})
    os.mkdir(os.path.join(os.fsencode(root), b"data/x/\xff"))
    assert_damage(root, Damage("", {}, "path-name", "data/x/?"), capsys)
    assert main(["check", "--format", "json", "--root", str(root)]) == 1
    printed = capsys.readouterr().out.encode("utf-8")
    assert [one["code"] for one in json.loads(printed)["findings"] if one["severity"] == "错误"] == ["path-name"]


def test_fifty_megabytes_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Like any other damage, without being read (test_sizes)."""
    root = with_neighbour(tmp_path, {})
    os.truncate(root / DISCLOSURE, 50_000_000)
    assert_damage(root, disclosure("", b"", "file-too-large"), capsys)


def test_without_data_there_is_one_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty folder is told as such."""
    assert main(["check", "--root", str(tmp_path)]) == 1
    assert "[data-missing]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("BOM", "\ufeff" + INFORMATION),
        ("CRLF", INFORMATION.replace("\n", "\r\n")),
        ("BOM 和 CRLF", "\ufeff" + INFORMATION.replace("\n", "\r\n")),
    ],
)
def test_what_windows_adds_is_accepted_and_moves_nothing(name: str, text: str, tmp_path: Path) -> None:
    """A byte order mark and CRLF: no finding by themselves, and places as without them."""
    assert [one for one in check_text(tmp_path / "sound", text) if one.blocks] == []
    broken = text.replace("状态: 可公开", "状态: 已公开")
    assert [
        (one.code, one.place.line, one.place.column, one.place.length)
        for one in check_text(tmp_path / "broken", broken)
        if one.blocks
    ] == [("choice-unknown", 2, 7, 3)], name
    first = text.replace("公开信息:", "公开信息：")
    assert [
        (one.code, one.place.line, one.place.column) for one in check_text(tmp_path / "first", first) if one.blocks
    ] == [("yaml-fullwidth-colon", 1, 5)]
