"""A spreadsheet takes no text of ours for a formula, and no figure of ours for a text: told by a real LibreOffice."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from build_tools.web.exports import Origin, harmless, table_csv
from build_tools.web.exports.csv_file import FIGURE
from tests.conftest import require
from tests.helpers import small
from tests.hostile import TEXTS, dump

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "\u3000@", "\u00a0+", "\t=")
FIGURES = ("-5.00", "-0.01", "0.00", "-12.5%", "108.06", "1234567.80", "-99999999999.99")
# 44 comma, 34 quotation mark, 76 UTF-8; then: nothing quoted as text, numbers recognised, blanks removed, formulas
# evaluated
READ = "CSV:44,34,76,1,,0,false,true,false,false,true,-1,true"
NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
}
OFFICE, TABLE = (f"{{{NAMES[one]}}}" for one in ("office", "table"))


@pytest.mark.parametrize("start", STARTS)
def test_what_could_begin_a_formula_gets_a_mark(start: str) -> None:
    """Also behind blanks, which a program may take away, and of full width, which one may take for the plain sign."""
    assert harmless(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", [*FIGURES, "", "甲=1", "10月", "1+1", "'=1", "—"])
def test_everything_else_stays_as_it_is(text: str) -> None:
    """A mark would make a figure a text that no sum counts."""
    assert harmless(text) == text


def cells(path: Path) -> list[Any]:
    """The cells of a flat OpenDocument sheet that hold anything."""
    found: Any = etree.parse(path).xpath("//table:table-cell[@office:value-type]", namespaces=NAMES)
    return list(found)


@pytest.mark.office
def test_no_text_is_worked_out_and_every_figure_is_a_number(tmp_path: Path) -> None:
    soffice = require("office", shutil.which("soffice"))
    words = [text for text in TEXTS if "\n" not in text]
    records = [{"事项": text, "数量": text} for text in words]
    tree = {"说明": {"收入支出总体": {"减少": "-5.00", "原因": "=1+1"}, "一般性支出相关数量": records}}
    statement = small(dump(tree) + "\n").statements["说明"]
    (tmp_path / "ours.csv").write_text(
        table_csv([statement], Origin("=1+1", "@SUM(1+1)", 2020, "部门决算")), encoding="utf-8"
    )
    with (tmp_path / "bare.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerow(["=1+1", "+1+1", "-1+1", *FIGURES])
    command = [
        soffice,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        f"--infilter={READ}",
        "--convert-to",
        "fods",
        "--outdir",
        str(tmp_path),
    ]
    files = [str(tmp_path / "ours.csv"), str(tmp_path / "bare.csv")]
    subprocess.run(
        [*command, *files], check=True, capture_output=True, timeout=180, env={**os.environ, "LANG": "C.UTF-8"}
    )
    bare, ours = cells(tmp_path / "bare.fods"), cells(tmp_path / "ours.fods")
    # without our mark it does what we fear, and this test would see it
    assert bare[0].get(f"{TABLE}formula")
    numbers = [
        Decimal(one.get(f"{OFFICE}value"))
        for one in bare
        if one.get(f"{OFFICE}value") and not one.get(f"{TABLE}formula")
    ]
    assert len(numbers) == len(FIGURES)
    assert [one.get(f"{TABLE}formula") for one in ours if one.get(f"{TABLE}formula")] == []
    figures = [Decimal(one.get(f"{OFFICE}value")) for one in ours if one.get(f"{OFFICE}value-type") == "float"]
    assert Decimal("-5.00") in figures
    with (tmp_path / "ours.csv").open(encoding="utf-8-sig", newline="") as stream:
        written = [text for row in csv.reader(stream) for text in row]
    assert len(figures) == len([text for text in written if FIGURE.fullmatch(text)])
