"""The guide speaks of figures that stand in the tables of its own site, and says nothing of figures where a site has
none.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from lxml import html

from build_tools.engine import build_site
from build_tools.web.pages.guide import PARTS, TOTAL, Example, Told, chosen
from tests.support import make_project


@pytest.mark.parametrize("name", ["site", "demo"])
def test_every_figure_is_that_of_its_cell(name: str, request: pytest.FixtureRequest) -> None:
    """Each linked number equals the cell to which it leads; there are at least three."""
    folder: Path = request.getfixturevalue(name)
    guide = html.parse(folder / "guide/index.html")
    links = [(one.get("href"), one.text_content()) for one in guide.xpath("//div[@class='mz-guide']//li/a")]
    assert len(links) >= 3
    for link, text in links:
        address, _, anchor = urljoin("guide/", link).partition("#")
        (cell,) = html.parse(folder / address / "index.html").xpath("//*[@id=$id]", id=unquote(anchor))
        for beside in cell.xpath(".//small[@class='mz-last']"):
            beside.drop_tree()
        assert cell.text_content().removeprefix("算").strip() == text


@pytest.mark.parametrize("name", ["site", "demo"])
def test_four_are_announced_and_four_are_told(name: str, request: pytest.FixtureRequest) -> None:
    """A figure that the chosen accounts leave blank is said to be blank."""
    folder: Path = request.getfixturevalue(name)
    items = html.parse(folder / "guide/index.html").xpath("//div[@class='mz-guide']//li")
    assert [one.xpath("string(strong)") for one in items] == [
        "能用的钱有多少",
        "当年花了多少",
        "花在哪里",
        "“三公”花了多少",
    ]
    assert [bool(one.xpath("a")) or "空着" in one.text_content() for one in items] == [True] * 4


def test_what_is_said_of_a_hundred_yuan_is_true(demo: Path) -> None:
    """The share is that of the two figures beside it."""
    text = html.parse(demo / "guide/index.html").xpath("string(//div[@class='mz-guide'])")
    total, basic = (
        Decimal(re.search(rf"{word} ([\d,.]+)", text)[1].replace(",", "")) for word in ("本年支出合计", "基本支出")
    )  # type: ignore[index]
    assert f"每花 100 元，大约 {round(100 * basic / total)} 元是基本支出" in text


@pytest.mark.parametrize(
    ("total", "part", "expected"),
    [
        ("3.00", "2.00", 67),
        ("0.00", "0.00", None),
        ("1.00", "2.00", None),
        ("", "1.00", None),
        ("1.00", "-1.00", None),
        ("无", "1.00", None),
    ],
)
def test_shares_that_cannot_be_said_are_not(total: str, part: str, expected: int | None) -> None:
    """Nothing spent, more than all, a figure that is none."""
    example = Example("甲局", 2024, "", {TOTAL: Told(total, "万元", "", total), PARTS[0]: Told(part, "万元", "", part)})
    assert example.of_hundred(PARTS[0]) == expected


def test_the_newest_is_chosen_and_of_one_year_always_the_same() -> None:
    """Whatever the order in which departments come."""
    old, new, other = Example("甲", 2020, "a/", {}), Example("乙", 2024, "c/", {}), Example("丙", 2024, "b/", {})
    assert chosen([old, None, new, other]) == chosen([other, new, old]) == other
    assert chosen([None]) is None


def test_a_site_without_accounts_has_the_text_alone(tmp_path: Path) -> None:
    """No mark is left, no empty list."""
    root = make_project(tmp_path)
    repository = Path(__file__).parents[1]
    (root / "mkdocs.yml").write_text((repository / "mkdocs.yml").read_text(encoding="utf-8"), encoding="utf-8")
    (root / "content").mkdir()
    for name in ("index.md", "guide.md", "glossary.md", "after-commit.md"):
        (root / "content" / name).write_text(
            (repository / "content" / name).read_text(encoding="utf-8"), encoding="utf-8"
        )
    built = build_site(root).site
    assert built is not None
    text = (built / "guide/index.html").read_text(encoding="utf-8")
    assert "mz-guide" not in text
    assert "mingzhang:" not in text
    assert "先看四个数" in text
