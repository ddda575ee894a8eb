"""Names of files, folders, forms and projects cannot lead out of the site's folder, and no symbolic link is
followed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.accounts.corpus import read_project
from build_tools.checks import check_project
from build_tools.cli import main
from build_tools.engine import build_site
from tests.helpers import ROOT
from tests.hostile import TEXTS, UNSEEN, dump
from tests.support import INFORMATION, check, check_text, make_project

pytestmark = pytest.mark.slow

SECRET = "只在别处的文字"
LINKS = (
    "content",
    "data",
    "forms",
    "content/geheim.md",
    "content/a/b/geheim.txt",
    "content/folder",
    "forms/form.yaml",
    "forms/folder",
)
AWAY = (
    "../../../away",
    "/away",
    "..",
    ".",
    "a/b",
    "a\\b",
    "a\x00b",
    "A",
    "甲",
    "-a",
    "a-",
    "a" * 61,
    "con.txt",
    "a%2fb",
    "<script>",
)


def all_codes(root: Path) -> set[str]:
    """The codes of everything that blocks."""
    reports, findings = check_project(read_project(root))
    return {one.code for one in (*findings, *(one for report in reports for one in report.all_findings)) if one.blocks}


@pytest.mark.parametrize("name", LINKS)
def test_a_link_beside_the_data_stops_the_build(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The generator would copy what it leads to into the site; a form would be read from elsewhere."""
    root, away = make_project(tmp_path / "project"), tmp_path / "away"
    (root / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    for folder in ("content", "forms"):
        (root / folder).mkdir(exist_ok=True)
    (root / "content/index.md").write_text("# 首页\n", encoding="utf-8")
    if (root / name).is_dir():
        (root / name).rename(away)
    elif "." in Path(name).name:
        away.write_text(SECRET, encoding="utf-8")
    else:
        away.mkdir()
        (away / "form.yaml").write_text(SECRET, encoding="utf-8")
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).symlink_to(away)
    assert all_codes(root) == {"path-symlink"}
    outcome = build_site(root)
    assert outcome.site is None
    assert not (root / "site").exists()
    assert main(["check", "--root", str(root)]) == 1
    told = capsys.readouterr()
    assert "[path-symlink]" in told.out
    assert SECRET not in told.out + told.err


def test_many_links_are_told_within_bounds(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    (root / "content").mkdir()
    for number in range(3_000):
        (root / f"content/{number}").symlink_to("/nowhere")
    assert len(read_project(root).findings) < 200


TEMPLATE = (
    "template: 甲\nkind: 部门决算\nslug: {}\ntitle: 甲\nregion: 乙\nfrom: 2020\nsections:\n  - {{slug: {}, heading: 甲, "
    "tables: [甲]}}\nprovenance: 测试\n"
)
FORM = (
    "key: 甲\nslug: {}\ntitle: 甲\nkind: 部门决算\nblocks:\n  - {{kind: fields, fields: [{{key: 丙, "
    "type: text}}]}}\nprovenance: 测试\n"
)


@pytest.mark.parametrize("name", ["../../../away", "..", "a/b", "a" * 61])
@pytest.mark.parametrize("place", ["template", "section", "form"])
def test_a_form_cannot_choose_its_way_out(place: str, name: str, tmp_path: Path) -> None:
    """An address is made of plain words, wherever a form states a part of one."""
    quoted = dump(name)
    slugs = {one: quoted if one == place else "plain" for one in ("template", "section", "form")}
    (tmp_path / "sound").mkdir()
    for root, given in ((tmp_path / "sound", dict.fromkeys(slugs, "plain")), (tmp_path, slugs)):
        files = {
            "forms/a.yaml": TEMPLATE.format(given["template"], given["section"]),
            "forms/b.yaml": FORM.format(given["form"]),
        }
        codes = [one.code for one in read_project(make_project(root, files)).findings]
        assert ("form-mistake" in codes) is (root == tmp_path)


@pytest.mark.parametrize("name", AWAY)
def test_a_project_cannot_choose_its_way_out(name: str, tmp_path: Path) -> None:
    """Neither as the key of its form nor in the column that names it; at more than sixty characters no disk
    takes it.
    """
    reports = "项目支出绩效自评报告:\n  {}:\n    工作开展: {{}}\n"
    records = "整体支出绩效自评报告:\n  项目支出:\n    - {{项目: 甲, 项目代号: {}}}\n"
    for text in (reports, records):
        file = "data/x/y/2022/self-evaluation.yaml"
        found = {
            one.code
            for one in check(make_project(tmp_path, {file: INFORMATION + text.format(dump(name))}))[1]
            if one.blocks
        }
        assert found & {"project-slug", "file-unseen-character", "yaml-fullwidth-key", "file-binary"}, text


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_what_cannot_be_seen_is_not_read(text: str, tmp_path: Path) -> None:
    """Typed as it is or by an escape."""
    for written in (
        text,
        dump(text).encode("unicode_escape").decode().replace("\\\\", "\\") if "\\" not in text else text,
    ):
        found = check_text(tmp_path, f"{INFORMATION}概况:\n  内设机构:\n    - {written}\n")
        assert "file-unseen-character" in {one.code for one in found if one.blocks}


def test_a_folder_of_any_name_is_told_and_not_read(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    names = [one for one in TEXTS if "/" not in one and len(one.encode()) < 200 and one.strip() == one]
    for name in names:
        (root / "data/x" / name / "2020").mkdir(parents=True)
    reports, findings = check_project(read_project(root))
    assert sorted(one.place.file for one in findings if one.code == "path-name") == sorted(
        f"data/x/{name}" for name in names
    )
    assert [report.department.slug for report in reports] == ["y"]
