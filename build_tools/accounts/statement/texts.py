"""What a cell says in print: one rule for the page, the CSV and the JSON, so that they cannot disagree.

Zero is 0.00 with the decimals of the unit, a blank is blank, an absence is a word.
"""

from __future__ import annotations

from collections.abc import Mapping

from build_tools.accounts.statement.cell import OMITTED, Cell, State
from build_tools.diagnostics import CellRef
from build_tools.forms import DECIMALS, Axes, Column

UNREADABLE, FILLED = "待核", "已填，不公开"


class Texts(dict[CellRef, str]):
    """The texts of a table's cells, figures without thousands separators and with a plain minus; each worked out when
    it is first asked for.
    """

    def __init__(self, axes: Mapping[str, Axes], cells: Mapping[CellRef, Cell], absent: bool, zero: bool) -> None:
        """`absent` = nothing is said in the whole table; `zero` = an amount that staff left out is none."""
        super().__init__()
        self.axes, self.cells, self.absent, self.zero = axes, cells, absent, zero

    def __missing__(self, ref: CellRef) -> str:
        """A cell that was not asked for before. Most are figures as they were written."""
        axes, cell = self.axes.get(ref[1]), self.cells.get(ref, OMITTED)
        column = axes.block.by_key.get(ref[3]) if axes and not self.absent else None
        if (
            column
            and cell.state is State.WRITTEN
            and cell.amount is not None
            and column.type in DECIMALS
            and not column.private
        ):
            found = self[ref] = f"{cell.amount:.{DECIMALS[column.type]}f}"
        else:
            found = self[ref] = self.said(cell, column) if column else ""
        return found

    def said(self, cell: Cell, column: Column) -> str:
        """The text of a cell."""
        if cell.state is State.WRITTEN and not column.private:
            return written(cell, column)
        if cell.state in (State.OMITTED, State.BLANK) and column.blank:
            return column.blank
        if column.private and cell.text:
            return FILLED
        if cell.state is State.OMITTED:
            return f"{0:.{DECIMALS['amount']}f}" if column.type == "amount" and self.zero else ""
        return written(cell, column)


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
