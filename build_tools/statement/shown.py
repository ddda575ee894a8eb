"""What a cell says in print: one rule for the page, the CSV and the JSON, so that they cannot disagree.

Zero is 0.00 with the decimals of the unit, a blank is blank, an absence is a word.
"""

from __future__ import annotations

from functools import lru_cache

from build_tools.diagnostics import CellRef
from build_tools.forms import DECIMALS, Axes, Column, Row
from build_tools.statement.model import Cell, State, Statement

UNREADABLE = "待核"
# the cells of some departments: their tables have the same rows year after year
ADDRESSES = 1 << 15
FILLED = "已填，不公开"


@lru_cache(maxsize=ADDRESSES)
def address(anchor: str, block: str, row: str, column: str) -> str:
    """The id of a cell or (without a column) of a row on its page; `anchor` is the table's. Used in links and in files."""
    return ".".join([part for part in (anchor, block, row, column) if part])


def shown(statement: Statement, ref: CellRef, column: Column) -> str:
    """The text of a cell, figures without thousands separators and with a plain minus; nothing in an absent table."""
    found = statement.told.get(ref)
    if found is None:
        found = statement.told[ref] = said(statement, ref, column)
    return found


def said(statement: Statement, ref: CellRef, column: Column) -> str:
    """The same, not yet remembered."""
    cell = statement.cell(ref)
    if statement.absence:
        return ""
    if cell.state is State.WRITTEN and not column.private:
        return written(cell, column)
    if cell.state in (State.OMITTED, State.BLANK) and column.blank:
        return column.blank
    if column.private and cell.text:
        return FILLED
    if cell.state is State.OMITTED:
        return f"{0:.{DECIMALS['amount']}f}" if column.type == "amount" and statement.form.omitted == "zero" else ""
    return written(cell, column)


def printed_rows(statement: Statement, axes: Axes) -> tuple[Row, ...]:
    """The rows of a block from top to bottom; some regions print the total below what it is the total of."""
    if not statement.form.layout.total_last:
        return axes.rows
    return (*(row for row in axes.rows if row.level != 0), *(row for row in axes.rows if row.level == 0))


def written(cell: Cell, column: Column) -> str:
    """The text of a cell that is not omitted."""
    if cell.state is State.BLANK:
        return ""
    if cell.state is State.DOUBTFUL:
        return UNREADABLE
    if cell.amount is not None and column.type in DECIMALS:
        return f"{cell.amount:.{DECIMALS[column.type]}f}"
    if cell.amount is not None and not cell.text:
        return f"{cell.amount.normalize():f}"
    return cell.text
