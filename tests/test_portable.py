"""The portable page: whole, harmless, readable where a portal's editor has thrown the styles away, one table alone in a
frame.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from lxml import html

from build_tools.engine import build_site
from build_tools.web.tables.portable import plain
from tests.helpers import one_disclosure

pytestmark = pytest.mark.slow

PAGE = "shifeng/business-environment-centre/2020/final-accounts"
WORDS = re.compile(r"\s+")


def pages(site: Path) -> list[Path]:
    """Every portable page."""
    return sorted(site.rglob("portable.html"))


def cells(node: html.HtmlElement) -> list[list[str]]:
    """The words of each cell, row by row; without our second voice."""
    return [
        [WORDS.sub("", cell.text_content()).removesuffix("*") for cell in row.xpath("th|td")]
        for row in node.xpath(".//tr")
    ]


def test_every_disclosure_has_one_and_leads_to_it(site: Path, demo: Path) -> None:
    for root in (site, demo):
        linked = {
            page.parent
            for page in root.rglob("*/index.html")
            if 'portable.html"' in page.read_text(encoding="utf-8") and page.parent.parent.name.isdigit()
        }
        assert linked == {page.parent for page in pages(root)}
    # what is held back or not yet public has none
    assert len(pages(site)) == 7
    assert not (demo / "example-county/transport-bureau/2024/final-accounts/portable.html").exists()
    assert not (demo / "example-county/agriculture-bureau/2025/final-accounts/portable.html").exists()


def test_it_needs_nothing_and_runs_nothing(site: Path, demo: Path) -> None:
    for path in (*pages(site), *pages(demo)):
        tree = html.parse(path)
        assert not tree.xpath(
            "//script|//img|//iframe|//form|//object|//link[@rel!='canonical']|//@src|//@class[not(. = 'sheet' or . = "
            "'source')]"
        ), path
        assert len(tree.xpath("//style")) == 1
        assert not [name for name in tree.xpath("//@*") if name.attrname.startswith("on")]
        links = tree.xpath("//a")
        assert links
        assert all(link.get("title") and link.get("href").startswith("https://") for link in links)
        # an address is given once
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))


def test_the_tables_are_those_of_the_page(site: Path, demo: Path) -> None:
    """Every official table with its figures in order; in our own page stand besides: codes again for a phone, rows for
    height, the mark 算, last year.
    """
    seen = 0
    for path in (*pages(site), *pages(demo)):
        theirs, ours = html.parse(path), html.parse(path.with_name("index.html"))
        besides = (
            "small[@class='mz-code-inline']",
            "*[@class='mz-derived']",
            "caption",
            "tr[contains(@class,'mz-filler')]",
            "small[@class='mz-last']",
        )
        for node in ours.xpath("|".join(f"//{one}" for one in besides)):
            node.drop_tree()
        for figure in ours.xpath("//figure[contains(@class,'mz-sheet')]"):
            anchor = figure.get("aria-labelledby")
            [sheet] = theirs.xpath(f"//div[@id='{anchor}']")
            mine = [row for table in figure.xpath(".//table") for row in cells(table)]
            assert [row for table in sheet.xpath(".//table") for row in cells(table)] == mine
            seen += len(mine)
    assert seen > 2000


def test_the_look_survives_without_any_style_sheet(site: Path) -> None:
    """Borders and alignment are on the elements; nothing hidden appears."""
    tree = html.parse(site / PAGE / "portable.html")
    assert all(cell.get("style", "").startswith("border:1px solid;") for cell in tree.xpath("//table//td|//table//th"))
    [figure] = list(tree.xpath("//div[@id='expenditure']//tbody/tr[1]/td[contains(@style, 'text-align')]"))[:1]
    assert figure.get("style") == "border:1px solid;padding:4px;text-align:right"
    assert tree.xpath("//h1")[0].text == "株洲市石峰区优化营商环境协调事务中心2020年度部门决算"
    headings = [int(node.tag[1]) for node in tree.xpath("//h1|//h2|//h3|//h4|//h5")]
    assert all(after - before <= 1 for before, after in itertools.pairwise(headings))


def test_a_star_says_that_the_system_computed(site: Path, demo: Path) -> None:
    starred = [path for path in (*pages(site), *pages(demo)) if "带 * 的数" in path.read_text(encoding="utf-8")]
    assert starred
    assert all("*</t" in path.read_text(encoding="utf-8") for path in starred)
    shown = plain('<td class="mz-n" id="a"><abbr class="mz-derived" title="系统计算（a-1）">算</abbr>1.00</td>')
    assert shown == '<td style="border:1px solid;padding:4px;text-align:right">1.00*</td>'


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    root = one_disclosure(tmp_path)
    [path] = (root / "data").glob("*/*/*/*.yaml")
    text = path.read_text(encoding="utf-8")
    name = next(line for line in text.splitlines() if line.startswith("  发布机构:"))
    path.write_text(text.replace(name, '  发布机构: "<script>alert(1)</script>\\" class=\\"x"'), encoding="utf-8")
    site = build_site(root).site
    assert site
    [page] = pages(site)
    assert "<script" not in page.read_text(encoding="utf-8")
    assert '<script>alert(1)</script>" class="x' in html.parse(page).getroot().text_content()
