"""What is not there is told in the words of the site: a publisher's own may say that a file is not public, any other
says no more than that it does not have it.

Every file of a built site is read.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from build_tools.engine import build_site
from build_tools.engine.owner import run_by_publisher
from build_tools.web.pages.states import State, states_of
from tests.helpers import one_disclosure
from tests.shared import make_once
from tests.support import INFORMATION

pytestmark = pytest.mark.slow

# words that say of a named bureau what only a site can know of itself
ACCUSING = re.compile("未公开|没有公开|未按|逾期|公开晚|超过天数|应公开|应当公开")
DISTRICT = """基本信息:
  名称: 某某县
  模板地区: 湖南
收录范围:
  - 年度: 2020
    类别: [部门决算, 绩效自评]
  - 年度: 2021
    类别: [部门决算]
"""
FILES = {
    "data/x/district.yaml": DISTRICT,
    "data/x/empty/department.yaml": "名称:\n  - 名称: 某某县空白局\n",
    "data/x/held/department.yaml": "名称:\n  - 名称: 某某县更正局\n",
    "data/x/held/2020/final-accounts.yaml": f"{INFORMATION}错表: 无\n",
    "data/x/draft/department.yaml": "名称:\n  - 名称: 某某县草稿局\n",
    "data/x/draft/2020/final-accounts.yaml": INFORMATION.replace("可公开", "草稿"),
}


def read_all(site: Path) -> dict[str, str]:
    """The text of every file by its path; what comes packed is opened."""
    found = {}
    for path in sorted(one for one in site.rglob("*") if one.is_file()):
        data = path.read_bytes()
        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        found[path.relative_to(site).as_posix()] = data.decode("utf-8", "replace")
    return found


def built(root: Path, own: bool) -> None:
    """A small site, of those who publish or of somebody else."""
    one_disclosure(root)
    (root / "data/x").mkdir()
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8").replace("公开进度: false", "公开进度: true")
    if own:
        settings = settings.replace("example_site: true", "example_site: false")
        settings = settings.replace("网站标识码:", "网站标识码: 4302040001")
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    assert build_site(root).site == root / "site"


@pytest.fixture(scope="module", params=[True, False], ids=["own", "other"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[bool, dict[str, str]]:
    """Whether those who publish run it, and every file."""
    own = bool(request.param)
    root = make_once(tmp_path_factory, f"states-{own}", lambda folder: built(folder, own))
    return own, read_all(root / "site")


def test_no_page_accuses_but_that_of_the_publisher(site: tuple[bool, dict[str, str]]) -> None:
    """Neither a page nor a file of data, a feed or the search."""
    own, files = site
    accusing = {name: found for name, text in files.items() if (found := sorted(set(ACCUSING.findall(text))))}
    if own:
        assert {
            "x/index.html",
            "x/empty/index.html",
            "quality/index.html",
            "compare/expenditure.csv",
        } <= accusing.keys()
    else:
        assert not accusing


def test_every_page_says_it_in_the_same_words(site: tuple[bool, dict[str, str]]) -> None:
    """District, department, comparison, the page of what is held back, the guide."""
    own, files = site
    words = states_of(own)
    missing = "未公开" if own else "未收录"
    assert words[State.MISSING] == missing
    for name in ("x/index.html", "x/empty/index.html", "x/draft/index.html", "compare/expenditure.csv"):
        assert missing in files[name], name
    assert words.silent in files["x/index.html"]
    assert (
        words.held_page.replace("{title}", "某某县更正局2020年度部门决算")
        in files["x/held/2020/final-accounts/index.html"]
    )
    for word, meaning in words.meanings.items():
        assert f"<strong>{word}</strong>：{meaning}。" in files["guide/index.html"]
    assert ('id="progress"' in files["quality/index.html"]) is own
    assert "本站没有这份文件" in files["404.html"]


def test_another_site_has_no_other_states(site: tuple[bool, dict[str, str]]) -> None:
    """Every state has a word, and none is a name of the vocabulary."""
    words = states_of(site[0])
    assert all(words[state] and words[state] != state for state in State)
    assert not re.search(r"\{(title|kind)\}", "".join(text for name, text in site[1].items() if name.endswith(".html")))


@pytest.mark.parametrize(
    ("extra", "own"),
    [
        ({}, False),
        ({"example_site": False}, False),
        ({"example_site": False, "开办信息": None}, False),
        ({"example_site": False, "开办信息": {"主办单位": "某某大学"}}, False),
        ({"example_site": True, "开办信息": {"网站标识码": "4302040001"}}, False),
        ({"example_site": False, "开办信息": {"网站标识码": 4302040001}}, True),
        ({"开办信息": {"网站标识码": "4302040001"}}, True),
    ],
)
def test_whose_site_it_is(extra: dict[str, object], own: bool) -> None:
    """A collector has no 网站标识码, and an example is nobody's."""
    assert run_by_publisher(extra) is own
