"""Charts: what is drawn equals the table beside it on every built page, nothing is drawn that is not there, and the
vendored library is what its name says.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from build_tools.web.charts.html import chart_data, chart_table
from build_tools.web.charts.model import BARS, LINES, RANKS, STACKS, Cell, Chart, Row, gaps
from tests.helpers import ROOT

SCRIPTS = ROOT / "templates/theme/assets/javascripts"
RECIPE = ROOT / "tools/charts"
DISTRICT = re.compile("（[^）]*）$")


def figure(text: str) -> str:
    """A printed figure as a plain number, without the mark of a derived one."""
    return text.strip().removeprefix("算").replace(",", "").replace("−", "-").removesuffix("%")


def charts(site: Path) -> Iterator[tuple[str, HtmlElement, dict[str, object]]]:
    """Every chart of a site, on its page and alone: where, its figure element, what is drawn."""
    for path in sorted([*site.rglob("index.html"), *site.rglob("charts.html")]):
        for script in html.parse(path).xpath("//script[@class='mz-drawn']"):
            yield path.relative_to(site).as_posix(), script.xpath("ancestor::figure")[0], json.loads(script.text)


def cells_of(table: HtmlElement) -> tuple[list[str], dict[str, list[str]]]:
    """The columns of a table and its rows by their names, totals apart; the name is the first words of the head of a
    row.
    """
    columns = [head.text_content().strip() for head in table.xpath("./thead//th")[1:]]
    rows = {}
    for row in table.xpath("./tbody/tr[not(contains(@class, 'mz-total'))]"):
        head = row.xpath("./th")[0]
        name = (head.text or "").strip() or head.xpath("string(./a[1])").strip()
        rows[name] = [cell.text_content().strip() for cell in row.xpath("./td")]
    return columns, rows


@pytest.fixture(scope="module", params=["real", "demo"])
def folder(request: pytest.FixtureRequest, site: Path, demo: Path) -> Path:
    """Each of the two sites in turn."""
    return site if request.param == "real" else demo


def test_what_is_drawn_is_what_the_table_says(folder: Path) -> None:
    """Figure by figure and both ways: no figure of the table is left out of its picture without a word, and none is
    drawn that is not in it.
    """
    seen = set()
    for where, element, drawn in charts(folder):
        columns, rows = cells_of(element.xpath(".//table")[0])
        assert drawn["columns"], where
        for row in drawn["rows"]:
            name = row["label"] if row["label"] in rows else DISTRICT.sub("", row["label"])
            cells = dict(zip(columns, rows[name], strict=True))
            for column, value in zip(drawn["columns"], row["values"], strict=True):
                try:
                    there: str | None = str(Decimal(figure(cells[column])))
                except ArithmeticError:
                    there = None
                assert value == there, f"{where}: {name} {column}"
        told = {row["label"] for row in drawn["rows"]}
        left = [name for name in rows if name not in told | {DISTRICT.sub("", label) for label in told}]
        words = element.xpath("string(.//figcaption)")
        shown = {
            name: [cell for column, cell in zip(columns, rows[name], strict=True) if column in drawn["columns"]]
            for name in left
        }
        with_figures = [
            name for name, cells in shown.items() if any(re.fullmatch(r"-?[0-9.]+", figure(cell)) for cell in cells)
        ]
        assert not with_figures or "只画了数额最大的" in words, f"{where}: {with_figures}"
        assert all(any(value is not None for value in row["values"]) for row in drawn["rows"]), where
        seen.add(drawn["manner"])
    assert {STACKS, RANKS} <= seen
    if "example-county" in {path.name for path in folder.iterdir()}:
        assert {LINES, BARS} <= seen


def test_every_chart_has_a_heading_words_and_files(folder: Path) -> None:
    """The words tell figures and are not the heading; the figures can be had as a file; what is missing in the table is
    named below the picture.
    """
    for where, element, drawn in charts(folder):
        box = element.xpath(".//div[@class='mz-drawing']")[0]
        alt, heading = box.get("aria-label"), element.xpath("string((.//h2 | .//h3)[last()])").strip()
        assert box.get("role") == "img", where
        assert heading.startswith(str(drawn["title"])), where
        assert alt != drawn["title"], where
        assert len(re.findall(r"[0-9]+\.[0-9]+|[0-9]+%", alt)) >= 2, where
        assert element.xpath(".//a[@download]"), where
        _, rows = cells_of(element.xpath(".//table")[0])
        caption = element.xpath("string(.//figcaption)")
        if drawn["manner"] in (LINES, BARS):
            missing = {
                cell for cells in rows.values() for cell in cells if not re.fullmatch(r"-?[0-9.]+", figure(cell))
            }
            assert all(word in caption for word in missing), where


def test_every_drawn_chart_can_be_framed(folder: Path) -> None:
    """Each leads to itself alone, where the same is drawn; nothing else stands there."""
    pages = {
        where: {element.get("aria-labelledby"): drawn for _, element, drawn in found}
        for where, found in by_page(folder).items()
    }
    framed = {where: found for where, found in pages.items() if where.endswith("charts.html")}
    assert {
        where.replace("index.html", "charts.html"): found for where, found in pages.items() if where not in framed
    } == framed
    assert framed
    for where in framed:
        page = html.parse(folder / where.replace("charts.html", "index.html"))
        assert {
            str(link).partition("#")[2] for link in page.xpath("//a[contains(@href, 'charts.html#')]/@href")
        } == set(framed[where])
    assert any(where.startswith("compare/") for where in framed) == (
        "example-county" in {path.name for path in folder.iterdir()}
    )


def by_page(folder: Path) -> dict[str, list[tuple[str, HtmlElement, dict[str, object]]]]:
    """The charts of a site by the page that they stand on."""
    found: dict[str, list[tuple[str, HtmlElement, dict[str, object]]]] = {}
    for one in charts(folder):
        found.setdefault(one[0], []).append(one)
    return found


def test_sources_and_uses_come_to_the_same(folder: Path) -> None:
    """Both bars are as long as the totals that the table prints."""
    found = [(where, element, drawn) for where, element, drawn in charts(folder) if drawn["manner"] == STACKS]
    for where, element, drawn in found:
        totals = [figure(cell.text_content()) for cell in element.xpath(".//tr[@class='mz-total']/td")]
        sums = [
            sum(Decimal(row["values"][side]) for row in drawn["rows"] if row["values"][side] is not None)
            for side in (0, 1)
        ]
        assert [Decimal(total) for total in totals] == sums, where
        assert sums[0] == sums[1], where
    assert found


def test_the_comparison_as_a_file_says_the_same(folder: Path) -> None:
    """Every figure and every word of the tables, by department and year."""
    checked = 0
    for path in sorted((folder / "compare").rglob("index.html")):
        file = next(path.parent.glob("*.csv"))
        lines = {
            (line["部门"], f"{line['年度']}年"): line
            for line in csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))
        }
        for table in html.parse(path).xpath("//table[contains(@class, 'mz-sortable')]"):
            columns, rows = cells_of(table)
            for name, cells in rows.items():
                for column, cell in zip(columns, cells, strict=True):
                    line = lines.get((name, column))
                    assert (
                        (figure(cell) == figure(line["数值"]) or cell == line["情况"]) if line else cell == "未收录"
                    ), f"{path}: {name} {column}"
                    checked += 1
    assert checked >= 3


def test_departments_and_their_units_are_never_in_one_table(folder: Path) -> None:
    """A 部门 may hold its 单位: they stand in tables of their own, and no table of the comparison adds anything up."""
    pages = sorted((folder / "compare").rglob("index.html"))
    assert len(pages) >= 4
    for path in pages:
        tree = html.parse(path)
        tables = tree.xpath("//table[contains(@class, 'mz-sortable')]")
        levels = [table.xpath("string(./thead//th[1])").strip() for table in tables]
        assert len(levels) == len(set(levels)) > 0, path
        for table, level in zip(tables, levels, strict=True):
            for link in table.xpath("./tbody//th/a/@href"):
                profile = (path.parent / link / "index.html").resolve()
                told = html.parse(profile).xpath("//dl[@class='mz-profile']/div[dt='层级']/dd/text()")
                assert told == [level], f"{path}: {link}"
        assert "mz-total" not in html.tostring(tree).decode()


def test_a_held_year_is_a_word_everywhere(demo: Path) -> None:
    """Neither a zero nor a figure: comparison, timeline, tables, and no chart knows of it."""
    compare = html.parse(demo / "compare/index.html")
    row = compare.xpath("//tr[th/a[contains(., '交通运输局')]]")[0]
    assert [cell.text_content() for cell in row.xpath("./td")][1] == "更正中"
    page = html.parse(demo / "example-county/transport-bureau/index.html")
    assert "部门决算：更正中" in page.xpath("string(//ol[@class='mz-timeline']/li[contains(., '2024年')])")
    drawn = [json.loads(text) for text in page.xpath("//script[@class='mz-drawn']/text()")]
    money = next(one for one in drawn if one["title"] == "收入和支出")
    at = money["columns"].index("2024年")
    assert {row["values"][at] for row in money["rows"]} == {None}
    assert "2024年（更正中）" in "".join(money["left_out"])


def lines(*values: str, manner: str = LINES) -> Chart:
    """A chart of one measure."""
    columns = tuple(f"{2020 + number}年" for number in range(len(values)))
    rows = (Row("支出", tuple(map(Cell, values))),)
    return Chart("x", "历年支出", manner, "万元", "项目", columns, rows, gaps(rows, columns))


def test_the_words_of_a_chart_come_from_its_figures() -> None:
    assert (
        lines("10.00", "40.00", "25.00").alt
        == "支出2020年10.00万元，2022年25.00万元，增加15.00万元，最高是2021年的40.00万元。"
    )
    assert lines("10.00", "未公开", "10.00").alt == "支出2020年10.00万元，2022年10.00万元，没有变化。"
    assert lines("10.00", "未公开").alt == "支出只有2020年的10.00万元。"


def test_one_figure_is_not_drawn_and_a_word_is_never_a_number() -> None:
    assert not lines("10.00", "未公开").drawn
    assert not lines("1.00", "2.00", manner="").drawn
    assert not lines("NaN", "Infinity").drawn
    chart = lines("0.00", "未收录", "-3.50")
    assert chart.drawn
    assert chart.data["rows"] == [{"label": "支出", "values": ["0.00", None, "-3.50"]}]
    assert chart.left_out == ("没有画进图里：2021年（未收录）",)


def test_nothing_in_the_data_closes_the_script() -> None:
    hostile = "</script><script>alert(1)</script><!--&"
    chart = Chart("x", hostile, LINES, "万元", "项目", ("甲", "乙"), (Row(hostile, (Cell("1.00"), Cell("2.00"))),))
    text = chart_data(chart)
    assert not re.search("[<>&]", text)
    assert json.loads(text)["rows"][0]["label"] == hostile
    assert "<script" not in chart_table(chart, "")


def test_the_library_is_what_its_name_says() -> None:
    """Its name is its content, the loader asks for it, its licences lie beside it, its versions are the locked ones."""
    (library,) = SCRIPTS.glob("mingzhang-echarts.*.js")
    content = library.read_bytes()
    assert library.name == f"mingzhang-echarts.{hashlib.sha256(content).hexdigest()[:12]}.js"
    assert f'"{library.name}"' in (SCRIPTS / "mingzhang-charts.js").read_text(encoding="utf-8")
    asked = json.loads((RECIPE / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    locked = json.loads((RECIPE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    banner, licences = content[:300].decode(), (SCRIPTS / "mingzhang-echarts.LICENSE.txt").read_text(encoding="utf-8")
    for name in ("echarts", "zrender", "tslib"):
        version = locked[f"node_modules/{name}"]["version"]
        assert asked.get(name, version) == version
        assert f"{name} {version}" in banner.replace("Apache ECharts", "echarts")
        assert f"==== {name} {version} ====" in licences
    assert all("integrity" in one for name, one in locked.items() if name)


def test_only_pages_with_a_chart_can_ask_for_the_library(demo: Path) -> None:
    """No page names it: the loader does, when a chart comes into view."""
    (library,) = (demo / "assets/javascripts").glob("mingzhang-echarts.*.js")
    assert not [path for path in demo.rglob("*.html") if library.name in path.read_text(encoding="utf-8")]
