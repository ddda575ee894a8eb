"""What the checks that are functions share: a figure in one unit with its name and place, and an end to long lists.

Amounts are compared in 万元, whatever unit a table is filled in with.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from build_tools.accounts.statement import Statement
from build_tools.accounts.statement.figures import unit_of_amount
from build_tools.amount import STANDARD, convert
from build_tools.diagnostics import CellRef, Finding, Place
from build_tools.fast import make
from build_tools.forms import Block, Column, Concept

# nobody mends more of one kind at a sitting
MOST = 20


class Figure(NamedTuple):
    """One cell that holds a number: `amount` in 万元, `text` as the file has it, with its unit."""

    statement: Statement
    ref: CellRef
    amount: Decimal

    @property
    def unit(self) -> str:
        """What it is filled in with."""
        return unit_of_amount(self.statement, self.statement.column(self.ref))

    @property
    def text(self) -> str:
        """The number as filled in, with its unit."""
        return f"{self.statement.cell(self.ref).amount:f}{self.unit}"

    @property
    def place(self) -> Place:
        """Where it is written, or else the nearest thing that is."""
        return place_of(self.statement, self.ref)

    @property
    def name(self) -> str:
        """Row and column as people call them."""
        axes = self.statement.axes[self.ref.block]
        row = next(
            (one.key if axes.block.fixed_row(one.key) else one.label for one in axes.rows if one.key == self.ref.row),
            "",
        )
        column = axes.block.column(self.ref.column)
        return f"“{row if len(axes.block.columns) == 1 and row else ' '.join(filter(None, (row, column.label if column else '')))}”"  # noqa: E501

    @property
    def table(self) -> str:
        """Its table, as staff write it."""
        return self.statement.form.key + (f"（{self.statement.name[:20]}）" if self.statement.instance else "")


def figure(statement: Statement | None, block: str, row: str, column: str) -> Figure | None:
    """The figure in this cell; None where there is no number."""
    if statement is None or block not in statement.axes:
        return None
    ref = make(CellRef, (statement.key, block, row, column, ""))
    cell = statement.cells.get(ref)
    if cell is None or cell.amount is None:
        return None
    own = unit_of_amount(statement, statement.column(ref))
    return make(Figure, (statement, ref, convert(cell.amount, own, STANDARD)))


def find_figure(statement: Statement | None, *concepts: Concept, row: str = "") -> Figure | None:
    """The figure that concepts name together; None where the table or the number is not there."""
    ref = statement.locate(*concepts, row=row) if statement else None
    return figure(statement, ref.block, ref.row, ref.column) if ref else None


def place_of(statement: Statement, ref: CellRef) -> Place:
    """Where a cell is written, else its row, else its table."""
    return statement.cell(ref).place or statement.places.get((ref.block, ref.row)) or statement.place


@lru_cache(maxsize=4096)
def columns_of(block: Block, types: tuple[str, ...]) -> tuple[Column, ...]:
    """The columns of these types."""
    return tuple(column for column in block.columns if column.type in types)


def limited(findings: list[Finding]) -> list[Finding]:
    """The first findings of one kind, and how many more there are; the rest is no more severe than these."""
    more = len(findings) - MOST
    if more <= 0:
        return findings
    last = findings[MOST]
    rest = Finding(
        "file-too-many-findings",
        f"同样的情形还有 {more} 处没有列出",
        last.place,
        last.severity,
        hint="先看列出的，再检查一次",
    )
    return [*findings[:MOST], rest]
