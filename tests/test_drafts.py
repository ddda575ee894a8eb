"""公开信息 decides first: of a file that is not public nothing is anywhere in the site, whatever else is wrong with it.

Every case stands in a year of its own department of which nothing else is known, so that the year is nowhere either.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from build_tools.engine import build_site
from tests.helpers import one_disclosure
from tests.shared import make_once
from tests.support import INFORMATION, check, make_project
from tests.test_states import read_all

pytestmark = pytest.mark.slow

YEAR, DRAFT = "2031", INFORMATION.replace("可公开", "草稿")
KIND = "final-accounts.yaml"
BROKEN, UNKNOWN, OLD = "概况: [甲\n", "不认识的表: 无\n", "1990"
AHEAD = "  公开日期: 2099-01-01\n"
# department → its file and what stands in it: drafts by what staff wrote
SAID: dict[str, tuple[str, str | bytes]] = {
    "draft": (KIND, DRAFT),
    "waiting": (KIND, INFORMATION.replace("可公开", "待审")),
    "unsigned": (KIND, INFORMATION.replace("  负责人审签: 通过\n", "")),
    "refused": (KIND, INFORMATION.replace("保密审查: 通过", "保密审查: 不通过")),
    "embargo": (KIND, INFORMATION + AHEAD),
    "silent": (KIND, INFORMATION.replace("  状态: 可公开\n", "")),
    "error": (KIND, DRAFT + UNKNOWN),
    "broken": (KIND, DRAFT + BROKEN),
    "crlf": (KIND, (DRAFT + BROKEN).replace("\n", "\r\n")),
    "bom": (KIND, b"\xef\xbb\xbf" + (DRAFT + BROKEN).encode()),
    "flow": (KIND, "公开信息: {状态: 草稿}\n" + BROKEN),
    "apart": (KIND, "# 说明\n\n公开信息:\n# 说明\n\n  状态: 草稿\n\n" + BROKEN),
    "embargo-broken": (KIND, INFORMATION + AHEAD + BROKEN),
    "refused-broken": (KIND, INFORMATION.replace("审签: 通过", "审签: 不通过") + BROKEN),
    "kind": ("annual-report.yaml", DRAFT),
    "kind-embargo": ("annual-report.yaml", INFORMATION + AHEAD),
}
# those that do not say whether they are public: what staff meant nobody knows
UNCLEAR: dict[str, tuple[str, str | bytes]] = {
    "word": (KIND, INFORMATION.replace("可公开", "草搞")),
    "words": (KIND, INFORMATION.replace("保密审查: 通过", "保密审查: 已审查，涉密")),
    "none": (KIND, "概况: 无\n"),
    "misspelt": (KIND, DRAFT.replace("公开信息", "公开信患")),
    "twice": (KIND, INFORMATION + DRAFT),
    "status-twice": (KIND, INFORMATION + "  状态: 草稿\n"),
    "status-spelt-twice": (KIND, INFORMATION + "  状 态: 草稿\n"),
    "date": (KIND, INFORMATION + "  公开日期: 2099-13-45\n"),
    "date-misspelt": (KIND, INFORMATION + "  公开曰期: 2099-01-01\n"),
    "information": (KIND, "公开信息:\n  状态: 可公开\n   甲: [\n"),
    "wide": (KIND, "公开信息：\n  状态：草稿\n概况: 无\n"),
    "gbk": (KIND, DRAFT.encode("gb18030")),
    "empty": (KIND, ""),
    "binary": (KIND, b"\0\1\2"),
}
CASES = SAID | UNCLEAR


def built(root: Path) -> None:
    """One site with all of them, in a district without a template for the old year."""
    one_disclosure(root)
    for name, (file, data) in CASES.items():
        folder = root / "data/x" / name
        for year in (YEAR, OLD):
            (folder / year).mkdir(parents=True)
            (folder / year / file).write_bytes(data if isinstance(data, bytes) else data.encode())
        (folder / YEAR / file.replace("yaml", "pdf")).write_bytes(b"%PDF-1.4")
        (folder / "department.yaml").write_text(f"名称:\n  - 名称: 某某县{name}局\n", encoding="utf-8")
    # a department that has ended has a word for every year that anybody has
    (folder / "department.yaml").write_text(
        "名称:\n  - 名称: 某某县某局\n基本信息:\n  撤销日期: 2025-01-01\n", encoding="utf-8"
    )
    (root / "data/x/district.yaml").write_text("基本信息:\n  名称: 某某县\n  模板地区: 湖南\n", encoding="utf-8")
    assert build_site(root).site == root / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every file of the site by its path."""
    return read_all(make_once(tmp_path_factory, "drafts", built) / "site")


def test_nothing_of_them_is_anywhere(site: dict[str, str]) -> None:
    """Neither pages nor links, nor in the site map, the search, the feeds, the files of data."""
    year = re.compile(rf"(?<![0-9A-Za-z.])({YEAR}|{OLD})(?![0-9A-Za-z.])")
    assert [name for name, text in site.items() if year.search(name) or year.search(text)] == []
    assert [name for name, text in site.items() if "annual-report" in name + text] == []
    assert [name for name, text in site.items() if "更正中</strong>" in text and "guide" not in name] == []
    assert {f"x/{name}/index.html" for name in CASES} <= site.keys()


@pytest.mark.parametrize("name", CASES)
def test_what_staff_wrote_decides(name: str, tmp_path: Path) -> None:
    """A draft by their own words stays taken back; where they cannot be read its last good version may be shown."""
    file, data = CASES[name]
    reports, _ = check(make_project(tmp_path, {f"data/x/y/2020/{KIND}": None, f"data/x/y/2020/{file}": data}))
    (one,) = reports[0].checked
    assert not one.disclosure.released
    assert one.disclosure.draft == (name in SAID)
    assert one.held or name in SAID


@pytest.mark.parametrize("broken", [BROKEN, UNKNOWN, "概况: \u200b无\n"])
def test_what_is_public_stays_so_with_an_error(broken: str, tmp_path: Path) -> None:
    """Its page says 更正中, because its 公开信息 can be read."""
    reports, _ = check(make_project(tmp_path, {f"data/x/y/2020/{KIND}": INFORMATION + broken}))
    (one,) = reports[0].checked
    assert (one.disclosure.released, one.held) == (True, True)
