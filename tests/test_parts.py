"""A province is many builds and one index: districts built alone and joined are what one build of all of them is, byte
for byte.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from build_tools.cli import main
from build_tools.engine import build_site
from build_tools.engine.parts import FACTS, PARTS
from build_tools.inputs import seal, unsealed
from tests.conftest import copy_project
from tests.support import contents

pytestmark = pytest.mark.slow

DISTRICTS = ("lukou", "shanghai-putuo", "shifeng")


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data, every district built alone."""
    root = copy_project(tmp_path_factory.mktemp("parted"))
    for one in DISTRICTS:
        assert main(["--root", str(root), "build", "--district", one]) == 0
    return root


@pytest.fixture
def root(parted: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(parted, tmp_path / "root"))


def test_joined_is_built_at_once(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The sites are the same, also where the joining machine has no data but what all share; a part is a site of its
    own.
    """
    whole = build_site(root).site
    assert whole
    expected = contents(whole)
    alone = contents(root / PARTS / "lukou")
    assert {name.split("/")[0] for name in alone if name.startswith(DISTRICTS)} == {"lukou"}
    assert {"index.html", "search/jump.json", "sections/index.html", "sitemap.xml"} <= alone.keys()
    for one in DISTRICTS:
        shutil.rmtree(root / "data" / one)
    shutil.rmtree(root / "site")
    assert main(["--root", str(root), "join"]) == 0
    assert contents(root / "site") == expected
    assert "合并了 3 个区县" in capsys.readouterr().out
    assert main(["--root", str(root), "join", *(str(root / PARTS / one) for one in reversed(DISTRICTS))]) == 0
    assert contents(root / "site") == expected


def without_facts(root: Path) -> None:
    """A folder without its facts."""
    (root / PARTS / "lukou" / FACTS).unlink()


def damaged(root: Path) -> None:
    """Facts with one letter changed."""
    path = root / PARTS / "lukou" / FACTS
    path.write_bytes(path.read_bytes()[:-9] + b"X" + path.read_bytes()[-8:])


def without_a_page(root: Path) -> None:
    """A part from which a page was lost on the way."""
    next((root / PARTS / "lukou" / "lukou").glob("*/*/*/index.html")).unlink()


def led_astray(root: Path) -> None:
    """Facts that name a file outside of their folder."""
    path = root / PARTS / "lukou" / FACTS
    seal(path, unsealed(path).replace(b"lukou/administrative", b"../../a/dministrative"[:20]))


def twice(root: Path) -> None:
    """The same district in two folders."""
    shutil.copytree(root / PARTS / "lukou", root / PARTS / "other")


def of_another_site(root: Path) -> None:
    """What every page says has changed since."""
    path = root / "mkdocs.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("site_name: 明账", "site_name: 别的"), encoding="utf-8")


def none(root: Path) -> None:
    """Nothing to join."""
    shutil.rmtree(root / PARTS)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (without_facts, "不是用 mingzhang build --district 生成的文件夹"),
        (damaged, "没有完好的"),
        (without_a_page, "不完整：没有 lukou/"),
        (led_astray, "不完整：没有"),
        (twice, "区县 lukou 有两份"),
        (of_another_site, "不是用同一套东西生成的"),
        (none, "没有可以合并的区县"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_what_does_not_fit_is_told_and_the_site_stays(
    root: Path, spoil: Callable[[Path], None], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In Chinese, with what to do."""
    assert main(["--root", str(root), "join"]) == 0
    before = contents(root / "site")
    spoil(root)
    assert main(["--root", str(root), "join"]) == 2
    assert words in capsys.readouterr().err
    assert contents(root / "site") == before
    assert not (root / ".site.new").exists()


def test_an_unknown_district_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With those that there are."""
    assert main(["--root", str(root), "build", "--district", "nowhere"]) == 2
    assert "没有区县“nowhere”。data/ 里有：lukou、shanghai-putuo、shifeng" in capsys.readouterr().err
    assert not (root / PARTS / "nowhere").exists()
