"""公开信息 decides first: what is not public yet is nowhere in the site, also where nothing else of the file can be used.

Each file says a word that stands nowhere else; a site that holds the word, its address or its title has told of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.engine import build_site
from tests.helpers import CENTRE, one_disclosure

YEAR = "2017"
WORD = "尚未公开的内容"
SIGNED = "  保密审查: 通过\n  负责人审签: 通过\n  来源: 测试\n"
FILES = {
    "a draft of a year without a template": f"公开信息:\n  状态: 草稿\n  名称: {WORD}\n",
    "unsigned": f"公开信息:\n  状态: 可公开\n  名称: {WORD}\n",
    "refused": f"公开信息:\n  状态: 可公开\n  名称: {WORD}\n{SIGNED}".replace("保密审查: 通过", "保密审查: 不通过"),
    "embargoed": f"公开信息:\n  状态: 可公开\n  公开日期: 2999-01-01\n  名称: {WORD}\n{SIGNED}",
    "a word that is no status": f"公开信息:\n  状态: 已公开吧\n  名称: {WORD}\n{SIGNED}",
    "nothing about it": f"概况: {WORD}\n",
    "malformed": f"公开信息: [状态, {WORD}]\n",
    "no YAML": f"公开信息:\n  状态: 可公开\n   名称: {WORD}\n",
    "empty": "",
}


def told_of(site: Path, address: str) -> list[str]:
    """The files of a site that hold the word or lead to the address."""
    found = [path for path in site.rglob("*") if path.is_file() and path.name != ".mingzhang"]
    return [
        path.relative_to(site).as_posix()
        for path in found
        if WORD.encode() in (data := path.read_bytes()) or address.encode() in data or f"/{address}" in path.as_posix()
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["final-accounts", "budget"], ids=["a known kind", "an unknown kind"])
def test_what_is_not_public_is_nowhere(name: str, tmp_path: Path) -> None:
    """All of them as years of one department, so that one build tells."""
    root = one_disclosure(tmp_path)
    years = {}
    for number, (case, text) in enumerate(FILES.items()):
        years[case] = str(int(YEAR) - number)
        (folder := root / "data" / CENTRE / years[case]).mkdir()
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    # one where a template is known and the file cannot be read
    (folder := root / "data" / CENTRE / "2021").mkdir()
    (folder / "final-accounts.yaml").write_text(FILES["no YAML"], encoding="utf-8")
    site = build_site(root).site
    assert site is not None
    assert (site / CENTRE / "2020/final-accounts/index.html").is_file()
    for case, year in {**years, "no YAML, a known year": "2021"}.items():
        assert (case, told_of(site, f"{CENTRE.name}/{year}/")) == (case, [])


@pytest.mark.slow
def test_what_says_that_it_is_public_and_cannot_be_used_is_being_corrected(tmp_path: Path) -> None:
    """Readers may know that there is something to come."""
    root = one_disclosure(tmp_path)
    path = root / "data" / CENTRE / "2020/final-accounts.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("本年收入合计: 259.15", "本年收入合计: 295.15", 1), encoding="utf-8")
    site = build_site(root).site
    assert site is not None
    assert "正在核对" in (site / CENTRE / "2020/final-accounts/index.html").read_text(encoding="utf-8")
