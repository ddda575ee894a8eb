"""A cell as proofs and sentences name it: the figure that its own page prints, and the way there.

A figure of a file that is not public is not told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from build_tools.accounts.statement import Figures, Ledger, State, Statement, address
from build_tools.accounts.statement.figures import unit_of_amount
from build_tools.diagnostics import CellRef
from build_tools.fast import make
from build_tools.forms import Column, Row

BLANK, UNTOLD = "空", "未展示"
# a cell in another state has no figure of its own, whatever was written
FIGURES = (State.WRITTEN, State.DERIVED)


class Piece(NamedTuple):
    """A figure (plain minus, no thousands separators), an operator or a word.

    `url` leads to the cell: `#…` on the same page, else from the root of the site. `idle` = blank or zero, so that it
    adds nothing; `told` is False where the public does not know the figure.
    """

    text: str
    url: str = ""
    idle: bool = False
    told: bool = True


EMPTY = Piece(BLANK, idle=True)


class Links(dict[CellRef, str]):
    """Where cells stand, '' for one that may not be shown; each worked out when it is first asked for."""

    def __init__(self, ledger: Ledger, urls: Mapping[str, str]) -> None:
        """Nothing is worked out yet."""
        super().__init__()
        self.ledger, self.urls = ledger, urls

    def __missing__(self, ref: CellRef) -> str:
        """A cell that was not asked for before."""
        table, block, row, column, scope = ref
        tables = self.ledger.get(scope)
        statement = tables.get(table) if tables else None
        found = self[ref] = f"{self.urls[scope]}#{address(statement.anchor, block, row, column)}" if statement else ""
        return found


@dataclass(frozen=True)
class Cells:
    """The tables that may be shown, by scope, and the address of the page of each ('' = the same page)."""

    ledger: Ledger
    urls: Mapping[str, str]

    @cached_property
    def figures(self) -> Figures:
        """The values of the cells, each worked out once."""
        return Figures(self.ledger)

    @cached_property
    def links(self) -> Links:
        """Where cells stand."""
        return Links(self.ledger, self.urls)

    def statement(self, ref: CellRef) -> Statement | None:
        """The table that a cell stands in, where it may be shown."""
        tables = self.ledger.get(ref[4])
        return tables.get(ref[0]) if tables else None

    def read(self, ref: CellRef, unit: str | None) -> Piece:
        """A cell, with its unit where that is not the `unit` of the table that names it (None: no such table)."""
        statement = self.statement(ref)
        column = statement.column(ref) if statement else None
        if statement is None or column is None:
            return Piece(UNTOLD, told=False) if ref.scope and statement is None else EMPTY
        own = within(ref)
        text = statement.texts[own]
        if column.private:
            return Piece(text or BLANK, told=False)
        if not text:
            return Piece(BLANK, "", self.adds_nothing(ref, own, statement))
        url = self.links[ref] if has_address(statement, column, own) else ""
        return Piece(text + foreign_unit(statement, column, unit), url, self.adds_nothing(ref, own, statement))

    def adds_nothing(self, ref: CellRef, own: CellRef, statement: Statement) -> bool:
        """True for a blank and for zero."""
        cell = statement.cells.get(own)
        if cell is not None and cell.amount is not None and cell.state in FIGURES:
            return not cell.amount
        value = self.figures.of(ref, statement.unit)
        return value.known and not value.amount


class Told(dict[CellRef, Piece]):
    """Cells beside tables of one `unit`: what was written in tables of this unit at once, the rest when it is first
    asked for. Most stand in a row and in a column that are checked.
    """

    def __init__(self, cells: Cells, unit: str | None) -> None:
        """Nearly all are figures as they were written, in a table of this unit: these are read at once."""
        super().__init__()
        self.cells, self.unit = cells, unit
        home = cells.urls.get("", "")
        for statement in cells.ledger.get("", {}).values():
            if statement.unit == unit and not statement.absence:
                texts, anchor, private = statement.texts, statement.anchor, statement.form.private
                self.update(
                    {
                        ref: make(Piece, (texts[ref], f"{home}#{address(anchor, *ref[1:4])}", not cell.amount, True))
                        for ref, cell in statement.cells.items()
                        if cell.state is State.WRITTEN
                        and cell.amount is not None
                        and not (private and (ref.block, ref.column) in private)
                    }
                )

    def __missing__(self, ref: CellRef) -> Piece:
        """A cell that was not asked for before."""
        found = self[ref] = self.cells.read(ref, self.unit)
        return found


@dataclass(frozen=True)
class View:
    """The tables that may be shown beside a disclosure, by scope, and the address of the page of each ('' = the same
    page).
    """

    ledger: Ledger
    urls: Mapping[str, str]

    @cached_property
    def cells(self) -> Cells:
        """The cells of these tables."""
        return Cells(self.ledger, self.urls)

    @cached_property
    def by_table(self) -> dict[str, Told]:
        """The cells as they stand beside a table, by its key."""
        return {}

    @cached_property
    def by_unit(self) -> dict[str | None, Told]:
        """The same by unit: tables of one unit tell them alike."""
        return {}

    @cached_property
    def rows(self) -> dict[tuple[str, str, str], Mapping[str, Row]]:
        """Scope, table and block → the rows by their keys, those asked for so far."""
        return {}

    @cached_property
    def row_names(self) -> dict[tuple[str, str, str, str], str]:
        """The names of rows asked for so far."""
        return {}

    def beside(self, table: str) -> Told:
        """Every cell as it is told beside one of the disclosure's own tables."""
        found = self.by_table.get(table)
        if found is None:
            home = self.ledger.get("", {}).get(table)
            unit = home.unit if home else None
            if unit not in self.by_unit:
                self.by_unit[unit] = Told(self.cells, unit)
            found = self.by_table[table] = self.by_unit[unit]
        return found

    def statement(self, ref: CellRef) -> Statement | None:
        """The table that a cell stands in, where it may be shown."""
        return self.cells.statement(ref)

    def link(self, ref: CellRef) -> str:
        """Where a cell stands."""
        return self.cells.links[ref]

    def row_name(self, ref: CellRef) -> str:
        """The row of a cell as printed: a code with its name, a record by its first column; nothing of a table that may
        not be shown.
        """
        at = (ref.scope, ref.table, ref.block, ref.row)
        found = self.row_names.get(at)
        if found is None:
            found = self.row_names[at] = self.read_row_name(ref)
        return found

    def read_row_name(self, ref: CellRef) -> str:
        """The same, not yet remembered."""
        statement = self.statement(ref)
        axes = statement.axes.get(ref.block) if statement else None
        row = self.row(ref, statement) if statement else None
        if statement is None or axes is None or row is None:
            return ""
        first = axes.block.columns[0]
        name = statement.texts[within(ref)._replace(column=first.key)] if self.recorded(ref) else ""
        return f"{row.code if axes.block.kind == 'coded' else ''} {row.label} {name}".strip()

    def recorded(self, ref: CellRef) -> bool:
        """True where the row of a cell is a record called by what is written in it."""
        statement = self.statement(ref)
        axes = statement.axes.get(ref.block) if statement else None
        return axes is not None and axes.block.kind == "records" and axes.block.columns[0].type == "text"

    def row(self, ref: CellRef, statement: Statement) -> Row | None:
        """The row of a cell."""
        at = (ref.scope, ref.table, ref.block)
        if at not in self.rows:
            self.rows[at] = {row.key: row for row in statement.axes[ref.block].rows}
        return self.rows[at].get(ref.row)

    def column_name(self, ref: CellRef) -> str:
        """The column of a cell as printed."""
        statement = self.statement(ref)
        column = statement.column(ref) if statement else None
        return column.label if column else ""


def within(ref: CellRef) -> CellRef:
    """The cell as its own disclosure knows it."""
    return ref._replace(scope="") if ref[4] else ref


def has_address(statement: Statement, column: Column, own: CellRef) -> bool:
    """A list section prints no field that staff left out."""
    return (
        statement.axes[own.block].block.kind != "fields"
        or bool(column.blank)
        or statement.cell(own).state is not State.OMITTED
    )


def foreign_unit(statement: Statement, column: Column, unit: str | None) -> str:
    """The unit of an amount that comes from a table with another unit than this."""
    own = unit_of_amount(statement, column)
    return f" {own}" if own and unit is not None and own != unit else ""
