"""Numbers of persons in names of files and folders, and links that leave the project: nothing of them is read, nothing
shows them whole.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from build_tools.accounts.corpus import read_project
from build_tools.checks import check_project
from build_tools.cli import main
from build_tools.cli.failing import NAME
from build_tools.engine import build_site
from build_tools.engine.refusal import GeneratorError
from build_tools.engine.settings import site_settings
from build_tools.privacy import discreet_path, discreet_text, examine_shared, private_in_name
from build_tools.privacy.digits import identity_check
from tests.helpers import CENTRE
from tests.support import DISCLOSURE, INFORMATION, make_project

MOBILE = "138" + "0000" + "1234"
PARTS = (MOBILE[:3], MOBILE[3:7], MOBILE[7:])
MASKED = "138****1234"
OLD = "110000" + "900101" + "001"
IDENTITY = (first := "110000" + "19900101" + "001") + identity_check(first)
CENTRE_FOLDER = Path("data") / CENTRE


@pytest.mark.parametrize(
    "name",
    [
        MOBILE,
        f"{MOBILE}.yaml",
        f"{MOBILE}.7z",
        f"zhangsan{MOBILE}.pdf",
        f"zhang-{MOBILE}-a",
        "-".join(PARTS) + ".md",
        "_".join(PARTS) + ".md",
        ".".join(PARTS) + ".md",
        f"张某{MOBILE}.txt",
        IDENTITY,
        f"id{IDENTITY}.pdf",
        f"{IDENTITY[:6]}-{IDENTITY[6:14]}-{IDENTITY[14:]}",
        OLD,
        "zhangsan@" + "qq.com.txt",
    ],
)
def test_a_number_is_known_in_a_name_however_it_is_written(name: str) -> None:
    assert private_in_name(name)
    shown = discreet_path(f"data/{name}/2020/final-accounts.yaml")
    assert shown != f"data/{name}/2020/final-accounts.yaml"
    assert "0000" not in shown
    assert not private_in_name(shown.split("/")[1])


@pytest.mark.parametrize(
    "name",
    [
        "final-accounts.yaml",
        "2020-20210101-120000.csv",
        "budget-430000-2020.yaml",
        f"echarts.0f{MOBILE}c9a.min.js",
        f"{MOBILE}5678.png",
        "sha-" + "0f" * 20,
        "编号" + MOBILE + ".txt",
        "绝" + "密.md",
    ],
)
def test_other_numbers_in_names_are_none(name: str) -> None:
    assert private_in_name(name) == ()
    assert discreet_path(name) == name


def test_a_name_of_a_million_signs_takes_no_time() -> None:
    for piece in ("1", "1-", "a", "a1", "@"):
        assert discreet_path(piece * 20_000)
        discreet_text("/" + piece * 200_000)


@pytest.mark.parametrize(
    "file",
    [
        f"data/{MOBILE}/y/2020/final-accounts.yaml",
        f"data/x/{MOBILE}/2020/final-accounts.yaml",
        f"data/x/zhang-{MOBILE}/2020/final-accounts.yaml",
        f"data/x/{IDENTITY.lower()}/2020/final-accounts.yaml",
        f"data/x/y/{MOBILE}/final-accounts.yaml",
        f"data/x/y/2020/{MOBILE}.yaml",
        f"data/x/y/2020/{MOBILE}.pdf",
        f"data/x/y/2020/a{MOBILE}.md",
        f"data/x/y/2020/more/{MOBILE}.txt",
        f"data/reference/{MOBILE}.csv",
        f"content/{MOBILE}.md",
        f"content/{MOBILE}/index.md",
        f"content/images/zhangsan{MOBILE}.png",
        f"forms/{MOBILE}/a.yaml",
    ],
)
@pytest.mark.parametrize("form", ["text", "line", "json", "github", "gitlab"])
def test_names_with_numbers_are_told_masked_in_every_form(
    file: str, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once, with the way out."""
    root = make_project(tmp_path, {DISCLOSURE: INFORMATION, file: INFORMATION})
    assert main(["check", "--root", str(root), "--format", form]) == 1
    printed = "".join(capsys.readouterr())
    assert MOBILE not in printed
    assert IDENTITY not in printed
    assert "****" in printed
    assert printed.count("privacy-path") == 1
    assert form == "line" or "git mv" in printed


def test_a_department_with_a_number_for_a_name_is_in_no_page(
    project_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor a disclosure; the others are published."""
    folder = project_root / CENTRE_FOLDER
    shutil.copytree(folder, folder.parent / MOBILE)
    year = next(one for one in sorted(folder.iterdir()) if one.is_dir())
    disclosure = next(iter(sorted(year.glob("*.yaml"))))
    shutil.copy(disclosure, year / f"{MOBILE}.yaml")
    assert main(["build", "--root", str(project_root)]) == 1
    assert MOBILE not in "".join(capsys.readouterr())
    site = project_root / "site"
    pages = [path for path in site.rglob("*") if path.is_file()]
    assert len(pages) > 50
    assert [path for path in pages if MOBILE in path.as_posix() or MOBILE.encode() in path.read_bytes()] == []


def test_a_file_of_no_known_kind_has_no_page(project_root: Path) -> None:
    """Its name would be its title and its address."""
    folder = project_root / CENTRE_FOLDER
    year = next(one for one in sorted(folder.iterdir()) if one.is_dir())
    shutil.copy(next(iter(sorted(year.glob("*.yaml")))), year / "zhang-wuji.yaml")
    outcome = build_site(project_root)
    assert outcome.site is not None
    assert any(one.place.file.endswith("zhang-wuji.yaml") and one.blocks for one in outcome.findings)
    named = [path for path in outcome.site.rglob("*") if path.is_file() and b"zhang-wuji" in path.read_bytes()]
    assert named == []
    assert not list(outcome.site.rglob("*zhang-wuji*"))


def test_the_log_of_an_error_shows_no_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_project(tmp_path)

    def fail(root: Path) -> None:
        raise ValueError(f"data/x/{MOBILE}/2020/a.yaml 电话 {MOBILE}")

    (root / ".cache").mkdir(exist_ok=True)
    monkeypatch.setattr("build_tools.cli.checking.read_project", fail)
    assert main(["check", "--root", str(root)]) == 2
    assert MOBILE not in "".join(capsys.readouterr())
    log = (root / ".cache" / NAME).read_text(encoding="utf-8")
    assert MOBILE not in log
    assert f"data/x/{MASKED}/2020/a.yaml 电话 {MASKED}" in log


@pytest.mark.parametrize(
    "link",
    [
        "data",
        "data/x",
        "data/x/y",
        "data/x/y/2020",
        "data/x/district.yaml",
        "data/x/y/department.yaml",
        "data/x/y/2020/final-accounts.yaml",
        "data/reference",
        "data/reference/a.csv",
        "content",
        "content/a.md",
        "content/more",
        "forms",
        "mkdocs.yml",
    ],
)
def test_a_link_is_told_and_not_read(link: str, tmp_path: Path) -> None:
    """What it leads to would be told of, were it read."""
    root = make_project(tmp_path / "project", {DISCLOSURE: INFORMATION, "mkdocs.yml": "site_name: 甲\n"})
    outside = tmp_path / "outside"
    path = root / link
    if path.suffix:
        outside.write_text(f"{{ {MOBILE}\n编码,名称\n错,错\n", encoding="utf-8")
    else:
        (outside / "y" / "2020").mkdir(parents=True)
        for name in ("codes.csv", "a.yaml", "y/2020/final-accounts.yaml", "final-accounts.yaml", "y/department.yaml"):
            (outside / name).write_text(f"{{ {MOBILE}\n", encoding="utf-8")
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(outside)
    reports, found = check_project(read_project(root))
    found += [one for report in reports for one in report.all_findings]
    assert [one.place.file for one in found if one.code == "path-symlink"] == [link]
    below = [one for one in found if one.place.file.startswith(link) and one.code != "path-symlink"]
    assert below == []
    assert [one for one in examine_shared(root) if one.place.file.startswith(link)] == []


@pytest.mark.parametrize("link", ["overrides", "overrides/main.html", "overrides/partials"])
def test_a_link_in_the_templates_of_a_project_is_refused(
    link: str, project_root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A page could be made of any file of the machine."""
    outside = tmp_path_factory.mktemp("outside")
    settings = project_root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("theme:\n", "theme:\n  custom_dir: overrides\n", 1), encoding="utf-8")
    path = project_root / link
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(outside)
    with pytest.raises(GeneratorError, match=f"“{path.name}”是符号链接"):
        site_settings(project_root)
    path.unlink()
    (project_root / "overrides").mkdir(exist_ok=True)
    assert site_settings(project_root).url
