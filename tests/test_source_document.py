"""The data file against the document that it was typed from: every row and figure of the tables, every claim in the
text.

The document is not part of this project; where it is not beside the project, these tests are skipped and say so.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from build_tools.accounts.statement import Statement, derive, normal
from build_tools.accounts.statement.cell import OMITTED
from build_tools.diagnostics import CellRef
from tests.helpers import ROOT, bound, real

SOURCE = ROOT.parent / "shared" / "sources" / "004_97ec0fee91833ab7.txt"
TABLES = {
    1: "收入支出决算总表",
    2: "收入决算表",
    3: "支出决算表",
    4: "财政拨款收入支出决算总表",
    5: "一般公共预算财政拨款支出决算表",
    6: "基本支出决算表",
    7: "三公经费",
    8: "政府性基金",
    9: "国有资本经营",
}
NUMBER = re.compile(r"-?\d+(\.\d+)?")
AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*万元(?!以上)")
PERCENT = re.compile(r"\d+(?:\.\d+)?\s*%")
HEADING = re.compile(r"[一二三四五六七八九十]+、")

pytestmark = pytest.mark.skipif(not SOURCE.is_file(), reason=f"没有公开文本 {SOURCE.name}：数据与原文没有核对")


@cache
def lines() -> list[str]:
    """The document, line by line."""
    return SOURCE.read_text(encoding="utf-8").split("\n")


@cache
def printed_tables() -> list[tuple[int, list[list[str]]]]:
    """Every table as (its number, its lines as fields), in the order of the pages; a table printed twice comes
    twice.
    """
    found: list[tuple[int, list[list[str]]]] = []
    inside = False
    for line in lines():
        number = re.fullmatch(r"公开\s*0(\d)\s*表", line.strip())
        if number:
            found.append((int(number[1]), []))
            inside = True
        elif line.startswith("注："):
            inside = False
        elif inside and "\t" in line:
            found[-1][1].append([re.sub(r"\s+", "", field) for field in line.split("\t")])
    return found


def fields(number: int) -> list[list[str]]:
    """The lines of one table as it was first printed."""
    return next(rows for one, rows in printed_tables() if one == number)


def written(table: str) -> dict[CellRef, Decimal]:
    """Every figure that the data file holds of a table."""
    return {ref: cell.amount for ref, cell in real().statements[table].cells.items() if cell.amount is not None}


def statement(number: int) -> Statement:
    """The table as the data file gives it."""
    return real().statements[TABLES[number]]


def sides(number: int, rows: list[list[str]]) -> dict[CellRef, Decimal]:
    """Figures of a two-sided table, found by 行次; every label is the form's."""
    left, right = statement(number).form.blocks
    found: dict[CellRef, Decimal] = {}
    for row in rows:
        for block, part in ((left, row[:3]), (right, row[3:])):
            fixed = next((one for one in block.rows if one.line is not None and str(one.line) == part[1]), None)
            assert (fixed is not None) == bool(part[0]) or not NUMBER.fullmatch(part[1]), part
            if fixed is None or not NUMBER.fullmatch(part[1]):
                continue
            assert fixed.label == part[0]
            found |= {
                CellRef(TABLES[number], block.key, fixed.key, column.key): Decimal(text)
                for column, text in zip(block.columns, part[2:], strict=True)
            }
    return found


def coded(number: int, rows: list[list[str]]) -> dict[CellRef, Decimal]:
    """Figures of a table with one code, name and figures on a line; every name is that of the data."""
    block = statement(number).form.blocks[0]
    names = {row.key: row.label for row in statement(number).axes[""].rows}
    found: dict[CellRef, Decimal] = {}
    for code, name, *figures in rows:
        if code == "合计" or code.isdigit():
            assert normal(names[code]) == normal(name or code)
            found |= {
                CellRef(TABLES[number], "", code, column.key): Decimal(text)
                for column, text in zip(block.columns, figures, strict=True)
            }
    return found


def sets(number: int, rows: list[list[str]]) -> dict[CellRef, Decimal]:
    """Figures of the economic table: three codes on a line, the totals on the last."""
    triples = [tuple(row[at : at + 3]) for row in rows for at in (0, 3, 6)]
    found = coded(number, [list(one) for one in triples if len(one) == 3])
    *_, last = rows
    return found | {CellRef(TABLES[number], "", last[at], "决算数"): Decimal(last[to]) for at, to in ((0, 2), (3, 8))}


def transposed(number: int, rows: list[list[str]]) -> dict[CellRef, Decimal]:
    """Figures of the table that is one line: every row of the form under each of its columns."""
    block = statement(number).form.blocks[0]
    refs = [CellRef(TABLES[number], "", row.key, column.key) for column in block.columns for row in block.rows]
    return dict(zip(refs, map(Decimal, rows[-1]), strict=True))


READERS = {1: sides, 2: coded, 3: coded, 4: sides, 5: coded, 6: sets, 7: transposed}


def test_the_data_are_read_without_findings() -> None:
    assert real().findings == ()


@pytest.mark.parametrize("number", READERS)
def test_every_row_and_figure_of_a_table_is_the_data_s(number: int) -> None:
    copies = [rows for one, rows in printed_tables() if one == number]
    assert len(copies) == (2 if number == 1 else 1)
    for rows in copies:
        assert READERS[number](number, rows) == written(TABLES[number])


@pytest.mark.parametrize("number", [8, 9])
def test_an_empty_table_is_empty_in_the_data_and_keeps_its_sentence(number: int) -> None:
    assert not any(NUMBER.fullmatch(field) for row in fields(number) for field in row if row[0] == "合计")
    assert (statement(number).absence, written(TABLES[number])) == ("无", {})
    assert re.sub(r"\s", "", statement(number).note) in {re.sub(r"\s", "", line) for line in lines()}


def section(first: str, last: str) -> list[str]:
    """The lines of the body between two headings that stand alone on their lines."""
    return lines()[lines().index(first) + 1 : lines().index(last)]


@cache
def explained() -> dict[str, str]:
    """The text of part three under each of its numbered headings."""
    found: dict[str, list[str]] = {}
    for line in section("第三部分", "第四部分"):
        if HEADING.match(line):
            found[line.strip()] = []
        elif found:
            found[list(found)[-1]].append(line)
    return {heading: "".join(text) for heading, text in found.items()}


def blocks_under(heading: str) -> set[str]:
    """The blocks of the data that stand under a heading of the text."""
    return {block.key for block in real().statements["说明"].form.blocks if normal(block.heading[0]) == normal(heading)}


def test_the_fifteen_headings_are_those_of_the_form() -> None:
    assert len(explained()) == 15
    assert all(blocks_under(heading) for heading in explained())


def test_every_percentage_of_the_text_is_in_the_data_under_the_same_heading() -> None:
    cells = real().statements["说明"].cells
    for heading, text in explained().items():
        stated = Counter(
            cell.text for ref, cell in cells.items() if ref.block in blocks_under(heading) and cell.text.endswith("%")
        )
        assert Counter(re.sub(r"\s", "", one) for one in PERCENT.findall(text)) == stated, heading


def test_every_amount_of_the_text_is_in_a_table_or_in_the_data_under_the_same_heading() -> None:
    in_tables = {amount for key in TABLES.values() for amount in written(key).values()}
    for heading, text in explained().items():
        own = {amount for ref, amount in written("说明").items() if ref.block in blocks_under(heading)}
        amounts = {Decimal(one) for one in AMOUNT.findall(text)}
        assert amounts <= in_tables | own, heading


def test_every_figure_of_the_explanation_was_printed_under_its_heading() -> None:
    """The other way round. Words may be put in other words, so of a text only its figures are looked for; a 数量 is
    kept whole.
    """
    for heading, text in explained().items():
        bare = re.sub(r"\s", "", text)
        for ref, cell in real().statements["说明"].cells.items():
            if ref.block in blocks_under(heading) and not cell.manner:
                for figure in [cell.text] if ref.column == "数量" else re.findall(r"\d+(?:\.\d+)?%?", cell.text):
                    assert re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d.])", bare), (heading, figure)


def test_the_eight_terms_in_their_order() -> None:
    terms = [
        match[1]
        for line in section("第四部分", "第五部分")
        if (match := re.match(r"[一二三四五六七八九十]+、(.+?)：", line))
    ]
    assert len(terms) == 8
    listed = real().statements["名词解释"]
    assert [listed.at("", row.key, "名词").text for row in listed.axes[""].rows] == terms


def totals() -> list[CellRef]:
    """Every printed total that the compiler could have derived."""
    return [one.gives for one in bound() if one.gives is not None]


def test_each_printed_total_is_what_would_have_been_derived() -> None:
    statements = dict(real().statements)
    assert len(totals()) > 100
    for ref in totals():
        one = statements[ref.table]
        derived = derive({**statements, ref.table: replace(one, cells={**one.cells, ref: OMITTED})})[ref.table].cell(
            ref
        )
        assert derived.rule, ref
        assert derived.amount == one.cell(ref).amount, ref


def test_all_printed_totals_together_are_what_would_have_been_derived() -> None:
    gone = set(totals())
    bare = {
        key: replace(one, cells={ref: cell for ref, cell in one.cells.items() if ref not in gone})
        for key, one in real().statements.items()
    }
    derived = derive(bare)
    assert {ref: derived[ref.table].cell(ref).amount for ref in gone} == {
        ref: real().statements[ref.table].cell(ref).amount for ref in gone
    }
