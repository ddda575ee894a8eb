"""Every figure on a page is the figure in the CSV beside it, and the other way round; what was computed is marked in
both.

The built site is read back: HTML by lxml, CSV by Python, pandas and LibreOffice, as people will read them.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from lxml import html

from build_tools.accounts.corpus import Disclosure, read_project
from build_tools.accounts.statement import Statement, printed_rows
from build_tools.amount import format_grouped
from build_tools.checks import check_project
from build_tools.engine import build_site
from build_tools.forms import NUMERIC, Column
from build_tools.web.exports import Origin, table_csv
from build_tools.web.pages.status import visible
from build_tools.web.tables import address
from tests.conftest import copy_project, require
from tests.helpers import CENTRE, small, without_totals

pytestmark = pytest.mark.slow

PAGE = CENTRE / "2020/final-accounts"
FIXED = ["区划", "部门", "年度", "公开类型", "表", "金额单位"]
FIGURE = re.compile(r"−?\d{1,3}(,?\d{3})*(\.\d+)?%?")
Shown = dict[str, tuple[str, bool]]


@pytest.fixture(scope="module")
def derived_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the same document with every total left out that can be computed."""
    root = copy_project(tmp_path_factory.mktemp("derived"))
    (root / "data" / CENTRE / "2020/final-accounts.yaml").write_text(without_totals(), encoding="utf-8")
    outcome = build_site(root)
    assert outcome.site is not None
    return outcome.site


@pytest.fixture(params=["written", "derived"])
def built(request: pytest.FixtureRequest) -> tuple[Path, Path]:
    """A site, and the root of the data that it was built from."""
    folder: Path = request.getfixturevalue("site" if request.param == "written" else "derived_site")
    return folder, folder.parent


def disclosures(root: Path) -> Iterator[tuple[Path, Disclosure]]:
    """Every published disclosure of a root, with the folder of its page inside the site."""
    for report in check_project(read_project(root))[0]:
        for one in filter(visible, report.checked):
            yield (
                Path(
                    report.department.district.slug,
                    report.department.slug,
                    str(one.disclosure.year),
                    one.disclosure.slug,
                ),
                one.disclosure,
            )


def read_page(path: Path) -> html.HtmlElement:
    """A page of the built site."""
    return html.document_fromstring(path.read_text(encoding="utf-8"))


def on_page(document: html.HtmlElement) -> Shown:
    """Every figure that has an address on the page: id → its text, and whether it is marked as computed."""
    found: Shown = {}
    for element in document.xpath("//*[contains(@id, '.')][self::td or self::th or self::div]"):
        marks = element.xpath(".//*[contains(@class, 'mz-derived')]")
        figures = element.xpath(".//*[contains(@class, 'mz-figure-small')]") if element.tag == "div" else [element]
        text = (
            "".join(figure.text_content() for figure in figures)
            .removeprefix("".join(mark.text_content() for mark in marks))
            .strip()
        )
        if FIGURE.fullmatch(text):
            found[element.get("id")] = text, bool(marks) or "系统计算" in element.text_content()
    return found


def read_csv(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Header and rows of a file."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        rows = list(reader)
        return list(reader.fieldnames or ()), rows


def as_printed(text: str, column: Column) -> str:
    """A cell of a file as a page shows it."""
    return format_grouped(text) if column.type in NUMERIC or column.type == "percent" else text.removeprefix("'")


def in_wide(statement: Statement, rows: list[dict[str, str]]) -> Shown:
    """The cells of a file that has the table's own columns; takes its rows from the front."""
    found: Shown = {}
    for block_key, axes in statement.axes.items():
        for row in printed_rows(statement.form, axes):
            record = rows.pop(0)
            assert record.get("科目编码", row.code) == row.code
            assert record.get("科目名称", record.get("项目", "")).endswith(row.label)
            for column in axes.block.columns:
                where = address(statement, block_key, row.key, column.key)
                found[where] = as_printed(record[column.key], column), column.key in record["系统计算"].split("、")
    return found


def in_long(statement: Statement, rows: list[dict[str, str]]) -> Shown:
    """The cells of a file with one line for each; takes its rows from the front."""
    found: Shown = {}
    for block_key, axes in statement.axes.items():
        for row in axes.rows:
            for column in axes.block.columns:
                wanted = (block_key, row.code, row.label, column.key)
                if rows and wanted == tuple(rows[0][name] for name in ("栏目", "科目编码", "项目", "栏")):
                    record = rows.pop(0)
                    found[address(statement, block_key, row.key, column.key)] = (
                        as_printed(record["内容"], column),
                        record["系统计算"] == "是",
                    )
    return found


def in_files(folder: Path, disclosure: Disclosure) -> Shown:
    """Every figure in the files beside a page, by the address that it has on the page."""
    found: Shown = {}
    for slug in dict.fromkeys(one.form.slug for one in disclosure.statements.values()):
        _, rows = read_csv(folder / f"{slug}.csv")
        for statement in (one for one in disclosure.statements.values() if one.form.slug == slug):
            found |= in_long(statement, rows) if statement.form.layout.style == "list" else in_wide(statement, rows)
        assert rows == [], slug
    return {where: cell for where, cell in found.items() if FIGURE.fullmatch(cell[0])}


def test_every_figure_of_the_page_is_in_the_file_and_every_figure_of_the_file_on_the_page(
    built: tuple[Path, Path],
) -> None:
    site, root = built
    checked = 0
    for folder, disclosure in disclosures(root):
        page, files = on_page(read_page(site / folder / "index.html")), in_files(site / folder, disclosure)
        assert {where: text for where, (text, _) in page.items()} == {where: text for where, (text, _) in files.items()}
        checked += len(page)
    assert checked > 500


def test_what_was_computed_is_marked_on_the_page_and_in_the_file(built: tuple[Path, Path]) -> None:
    site, root = built
    for folder, disclosure in disclosures(root):
        page, files = on_page(read_page(site / folder / "index.html")), in_files(site / folder, disclosure)
        marked = {where for where, (_, mark) in page.items() if mark}
        assert marked == {where for where, (_, mark) in files.items() if mark}
        computed = {
            address(one, ref.block, ref.row, ref.column)
            for one in disclosure.statements.values()
            for ref, cell in one.cells.items()
            if cell.rule
        }
        assert marked == computed


def test_leaving_the_totals_out_changes_no_figure_but_marks_them(site: Path, derived_site: Path) -> None:
    written, derived = (on_page(read_page(folder / PAGE / "index.html")) for folder in (site, derived_site))
    assert {where: text for where, (text, _) in derived.items()} == {
        where: text for where, (text, _) in written.items()
    }
    assert not any(mark for _, mark in written.values())
    assert sum(mark for _, mark in derived.values()) > 100


def test_key_figures_lead_to_the_cells_that_they_repeat(built: tuple[Path, Path]) -> None:
    site, root = built
    for folder, _ in disclosures(root):
        document = read_page(site / folder / "index.html")
        page = on_page(document)
        for link in document.xpath("//*[contains(@class, 'mz-figures')]//a[contains(@href, '#')]"):
            where = link.get("href").split("#")[1]
            assert page[where][0] == link.text_content().strip()


def test_addresses_on_a_page_are_unique(built: tuple[Path, Path]) -> None:
    site, _ = built
    for path in sorted(site.rglob("index.html")):
        ids = [element.get("id") for element in read_page(path).xpath("//*[@id]")]
        assert len(ids) == len(set(ids)), path


def test_files_open_in_excel_and_say_on_every_row_where_they_come_from(built: tuple[Path, Path]) -> None:
    site, root = built
    files = 0
    for folder, disclosure in disclosures(root):
        for statement in disclosure.statements.values():
            path = site / folder / f"{statement.form.slug}.csv"
            head, rows = read_csv(path)
            data = path.read_bytes()
            assert data.startswith(b"\xef\xbb\xbf")
            assert data.count(b"\r\n") == len(rows) + 1
            assert head[:6] == FIXED
            assert len(head) == len(set(head))
            assert all(None not in row and None not in row.values() for row in rows)
            origin = {(row["年度"], row["公开类型"], row["表"], row["金额单位"]) for row in rows}
            assert origin <= {(str(disclosure.year), disclosure.kind, statement.form.title, statement.unit)}
            files += 1
    assert files >= 11


def test_the_expenditure_file_holds_what_the_document_says(site: Path) -> None:
    _, rows = read_csv(site / PAGE / "expenditure.csv")
    row = next(row for row in rows if row["科目编码"] == "2010301")
    assert [row[name] for name in ("区划", "年度", "公开类型", "表", "金额单位")] == [
        "石峰区",
        "2020",
        "部门决算",
        "支出决算表",
        "万元",
    ]
    assert [row[name] for name in ("科目名称", "层级")] == ["行政运行", "项"]
    assert [row[name] for name in ("本年支出合计", "基本支出", "项目支出")] == ["108.06", "107.20", "0.86"]


def test_text_that_a_spreadsheet_would_run_is_made_harmless_and_figures_are_left_alone() -> None:
    found = small(
        "说明:\n  收入支出总体:\n    减少: -5.00\n    原因: '=1+1'\n  一般性支出相关数量:\n    - {事项: '@甲', 数量: "
        "10月}\n"
    )
    rows = csv.DictReader(
        table_csv([found.statements["说明"]], Origin("区", "局", 2020, "部门决算")).removeprefix("\ufeff").splitlines()
    )
    assert [row["内容"] for row in rows] == ["-5.00", "'=1+1", "'@甲", "10月"]


def test_pandas_reads_the_files_as_text_and_as_numbers(site: Path) -> None:
    for path in sorted(site.rglob("*.csv")):
        head, rows = read_csv(path)
        text = pd.read_csv(path, dtype=str, keep_default_na=False)
        assert list(text.columns) == head
        assert text.to_dict("records") == rows
    frame = pd.read_csv(site / PAGE / "expenditure.csv")
    assert frame["本年支出合计"].dtype == "float64"
    assert frame.loc[frame["层级"] == "类", "本年支出合计"].sum() == pytest.approx(259.15)
    assert frame.loc[frame["层级"] == "项", "项目支出"].sum() == pytest.approx(79.47)


def test_a_figure_is_printed_for_people() -> None:
    given, wanted = (
        ("1234567.80", "-0.50", "0.00", "999", "-1000", "12.5%", ""),
        ("1,234,567.80", "−0.50", "0.00", "999", "−1,000", "12.5%", ""),
    )
    assert tuple(map(format_grouped, given)) == wanted


def same(before: str, after: str) -> bool:
    """True where a spreadsheet gave back what it was given; it may write a number otherwise, but not change it."""
    if FIGURE.fullmatch(before.replace("-", "−")) and after:
        return Decimal(before.removesuffix("%")) == Decimal(after.removesuffix("%")) and before.endswith(
            "%"
        ) == after.endswith("%")
    return before == after


@pytest.mark.office
def test_libreoffice_gives_back_every_cell(site: Path, tmp_path: Path) -> None:
    soffice = require("office", shutil.which("soffice"))
    sources = sorted((site / PAGE).glob("*.csv"))

    def convert(kind: str, files: list[Path], *options: str) -> None:
        command = [
            soffice,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            *options,
            "--convert-to",
            kind,
            "--outdir",
            str(tmp_path),
        ]
        subprocess.run(
            [*command, *map(str, files)],
            check=True,
            capture_output=True,
            timeout=120,
            env={**os.environ, "LANG": "C.UTF-8"},
        )

    # 44 comma, 34 quotation mark, 76 UTF-8
    convert("xlsx:Calc MS Excel 2007 XML", sources, "--infilter=CSV:44,34,76,1")
    convert("csv:Text - txt - csv (StarCalc):44,34,76,1", [tmp_path / f"{path.stem}.xlsx" for path in sources])
    for path in sources:
        with (
            path.open(encoding="utf-8-sig", newline="") as first,
            (tmp_path / path.name).open(encoding="utf-8-sig", newline="") as second,
        ):
            before, after = list(csv.reader(first)), list(csv.reader(second))
        assert len(before) == len(after)
        changed = [
            (one, other)
            for row, back in zip(before, after, strict=True)
            for one, other in zip(row, back, strict=True)
            if not same(one, other)
        ]
        assert changed == []
