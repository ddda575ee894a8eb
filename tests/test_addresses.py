"""An address for every table and every row of a disclosure: each line has one of its own, and a link that readers can
take along.

Read from the built pages of the real site and of the fictional district, whatever the layout; and the two layouts that
lie on their side.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import html

PAGES = ("final-accounts", "performance-targets", "self-evaluation", "evaluation-report")


@pytest.fixture(scope="module")
def pages(site: Path, demo: Path) -> list[tuple[str, Any]]:
    """Every disclosure with a year in its address."""
    found = [
        (f"{home.name}/{path.relative_to(home)}", html.parse(path).getroot())
        for home in (site, demo)
        for path in home.rglob("*/2*/*/index.html")
    ]
    found = [one for one in found if one[0].split("/")[-2] in PAGES]
    assert len(found) > 20
    return found


def unlinked(page: Any) -> list[str]:
    """Lines with figures or words that have no address, or whose address nothing on them leads to."""
    found = []
    for line in page.xpath(
        "//figure[contains(@class, 'mz-sheet')]//tbody/tr[td[@id]] | //table[contains(@class, "
        "'mz-indicators')]//tbody/tr[td[@id]]"
    ):
        transposed = line.xpath("ancestor::table[contains(@class, 'mz-transposed')]")
        if not transposed and (not line.get("id") or not line.xpath("./*/a[@href=$own]", own=f"#{line.get('id')}")):
            found.append(html.tostring(line, encoding="unicode")[:160])
    return found


def test_no_address_is_given_twice(pages: list[tuple[str, Any]]) -> None:
    for where, page in pages:
        twice = [one for one, number in Counter(page.xpath("//@id")).items() if number > 1]
        assert not twice, (where, twice)


def test_every_line_of_a_table_leads_to_itself(pages: list[tuple[str, Any]]) -> None:
    found = [f"{where}: {one}" for where, page in pages for one in unlinked(page)]
    assert not found, "\n".join(found[:20])


def test_every_line_of_a_list_has_an_address(pages: list[tuple[str, Any]]) -> None:
    """Also where a line has neither name nor number: its first words are the link, and of long texts a mark behind
    them.
    """
    seen = Counter[str]()
    for where, page in pages:
        for line in page.xpath("//ul[@class='mz-list']/li[@id] | //dl[@class='mz-fields']/div[@id]"):
            assert line.xpath(".//a[@href=$own]", own=f"#{line.get('id')}"), (where, line.get("id"))
            seen[line.tag] += 1
        for line in page.xpath("//table[contains(@class, 'mz-rows')]//tbody/tr[@id][not(th)]"):
            words = "".join(line.xpath("string(.)").split())
            assert line.xpath("./td/a[@href=$own]", own=f"#{line.get('id')}") or not words, (where, line.get("id"))
            seen["tr"] += 1
    assert min(seen["li"], seen["div"], seen["tr"]) > 50


@pytest.mark.parametrize("paired", [False, True])
def test_a_row_that_is_printed_as_columns_has_its_address_in_the_head(
    pages: list[tuple[str, Any]], paired: bool
) -> None:
    """Once; every head of it is a link to there, under each of its columns or above them."""
    tables = [table for _, page in pages for table in page.xpath("//table[contains(@class, 'mz-transposed')]")]
    chosen = [one for one in tables if one.xpath("boolean(.//thead//th[contains(@class, 'mz-span')]/a)") == paired]
    assert chosen
    for table in chosen:
        rows = list(dict.fromkeys(cell.rpartition(".")[0] for cell in table.xpath(".//tbody//td/@id")))
        assert sorted(table.xpath(".//th/@id")) == sorted(rows)
        links = Counter(table.xpath(".//thead//th/a[not(@class)]/@href"))
        assert links == {f"#{row}": 1 if paired else 2 for row in rows}
        for head in table.xpath(".//th[@id]"):
            assert head.xpath("string(a[1]/@href)") == f"#{head.get('id')}"
