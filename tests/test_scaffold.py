"""`mingzhang new` for every kind of disclosure: a file that is sound, canonical, a draft, and never overwrites."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.accounts.corpus import read_project
from build_tools.checks import check_project
from build_tools.cli import main
from build_tools.source import parse
from tests.helpers import builtin

FORMS = builtin()
PLACE = {"湖南": "shifeng/business-environment-centre", "上海": "shanghai-putuo/finance-bureau"}
NEW = [(one.slug, PLACE[one.region], one.known) for one in FORMS.templates if not one.optional]


@pytest.mark.parametrize(("kind", "place", "year"), NEW, ids=[f"{place}-{kind}-{year}" for kind, place, year in NEW])
def test_a_new_file_is_sound(
    project_root: Path, kind: str, place: str, year: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """No error in it before anyone has filled it in; it is a draft; format has nothing to do; a second call refuses."""
    path = project_root / "data" / place / str(year) / f"{kind}.yaml"
    path.unlink(missing_ok=True)
    command = ["--root", str(project_root), "new", kind, place, str(year)]
    assert main(command) == 0
    text = path.read_bytes()
    assert not parse(text, "new").findings
    reports, _ = check_project(read_project(project_root))
    found = [
        one for report in reports for one in report.checked if one.disclosure.file == f"data/{place}/{year}/{kind}.yaml"
    ]
    assert [str(finding) for one in found for finding in one.findings if finding.blocks] == []
    assert found[0].disclosure.draft
    assert main(["--root", str(project_root), "format", "--check", str(path)]) == 0
    path.write_bytes(text + b"# mine\n")
    assert main(command) == 2
    assert path.read_bytes() == text + b"# mine\n"
    assert "已经存在" in capsys.readouterr().err


def test_last_years_figures_stand_above(project_root: Path) -> None:
    """As comments, only where they are not zero; totals are not asked for."""
    assert main(["--root", str(project_root), "new", "final-accounts", PLACE["湖南"], "2021"]) == 0
    text = (project_root / "data" / PLACE["湖南"] / "2021" / "final-accounts.yaml").read_text(encoding="utf-8")
    assert "  2010301 行政运行:\n    # 上年 107.20\n    基本支出:\n    # 上年 0.86\n    项目支出:\n" in text
    assert "上年 0.00" not in text
    assert "本年支出合计:" not in text
    assert "政府性基金: 无" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["final-account", PLACE["湖南"], "2021"], "没有适用于"),
        (["final-accounts", "shifen/business-environment-centre", "2021"], "是不是“shifeng”"),
        (["final-accounts", "shifeng/business-environment-center", "2021"], "是不是“business-environment-centre”"),
        (["final-accounts", "shifeng/../lukou", "2021"], "没有部门"),
        (["final-accounts", PLACE["湖南"], "1999"], "没有适用于"),
    ],
)
def test_a_wrong_call_is_told(
    project_root: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written, the exit status is 2, the message names what was probably meant."""
    before = sorted(project_root.rglob("*"))
    assert main(["--root", str(project_root), "new", *arguments]) == 2
    assert words in capsys.readouterr().err
    assert sorted(project_root.rglob("*")) == before
