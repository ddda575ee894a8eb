"""The value of any cell for a calculation: a blank contributes nothing, what is doubtful or unsaid leaves nothing to
say.

A cell is named by many identities; its value is worked out once for the tables that are judged together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache

from build_tools.accounts.statement.cell import Cell, State
from build_tools.accounts.statement.model import NOTHING, Statement
from build_tools.amount import ONE, conversion
from build_tools.diagnostics import CellRef
from build_tools.fast import make
from build_tools.forms import Column, Selector
from build_tools.forms.instances import Refs
from build_tools.formula import BLANK, UNKNOWN, Term, Value, evaluate

Ledger = Mapping[str, Mapping[str, Statement]]
NONE, CENT_SLACK = Decimal(0), Decimal("0.005")


class Figures:
    """The figures of a ledger. Units are those of the table for which they are asked."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.kept: dict[CellRef, tuple[Value, str]] = {}
        self.doubtful = any(one.doubtful for tables in ledger.values() for one in tables.values())

    def unit(self, table: str) -> str:
        """A table's unit of amount."""
        home = self.ledger.get("", {}).get(table)
        return home.unit if home else ""

    def of(self, ref: CellRef, unit: str) -> Value:
        """What a cell contributes, in this unit."""
        found, own = self.kept.get(ref) or self.look(ref)
        return found if own == unit else scaled(found, own, unit)

    def look(self, ref: CellRef) -> tuple[Value, str]:
        """A cell's value and the unit of its table, kept."""
        tables = self.ledger.get(ref[4])
        statement = tables.get(ref[0]) if tables else None
        if statement is None:
            kept = BLANK, ""
        else:
            at = make(CellRef, (*ref[:4], "")) if ref[4] else ref
            cell, column = statement.cells.get(at), statement.column(ref)
            unit = unit_of_amount(statement, column)
            value = absent(at, statement) if cell is None else value_in(cell, column, ref[1] in statement.doubtful)
            kept = (UNKNOWN if value is BLANK and cell is not None and unmade(at, statement) else value), unit
        self.kept[ref] = kept
        return kept

    def unwritten(self, names: tuple[Refs, ...]) -> bool:
        """True where one cell of this disclosure is asked for and nothing was written in it: a side that states
        nothing.
        """
        if len(names) != 1 or len(names[0]) != 1 or names[0][0].scope:
            return False
        ref = names[0][0]
        statement = self.ledger[""].get(ref.table)
        return statement is not None and ref not in statement.cells and absent(ref, statement).blank

    def nothing(self, names: Iterable[Selector]) -> bool:
        """True where every table named here says that there is nothing in it."""
        tables = (self.ledger.get(name.scope, {}).get(name.table) for name in names)
        return all(table is not None and table.absence in NOTHING for table in tables)

    def side(self, side: Term[Selector], signs: tuple[bool, ...] | None, names: tuple[Refs, ...], unit: str) -> Value:
        """One side of an identity with the cells of its names. Most only add and subtract (`signs`), and need no walk
        over the formula.
        """
        if signs is None:
            left = iter(names)
            return evaluate(side, lambda _: [self.of(ref, unit) for ref in next(left)])
        if len(names) == 1 and len(names[0]) == 1:
            return self.of(names[0][0], unit)
        return self.added_up(
            [(negative, ref) for negative, refs in zip(signs, names, strict=True) for ref in refs], unit
        )

    def added_up(self, terms: Iterable[tuple[bool, CellRef]], unit: str) -> Value:
        """What cells make together, each added or subtracted."""
        amount: Decimal | None = None
        slack = NONE
        for negative, ref in terms:
            value, own = self.kept.get(ref) or self.look(ref)
            found, known, room = value if own == unit else scaled(value, own, unit)
            if not known:
                return UNKNOWN
            if found is not None:
                amount = (
                    (-found if negative else found)
                    if amount is None
                    else amount - found
                    if negative
                    else amount + found
                )
                slack = slack + room if room else slack
        return BLANK if amount is None else make(Value, (amount, True, slack))


def value_of(ref: CellRef, home: str, ledger: Ledger) -> Value:
    """What a cell contributes to a calculation in the table `home`, in that table's unit of amount."""
    figures = Figures(ledger)
    return figures.of(ref, figures.unit(home))


def absent(ref: CellRef, statement: Statement) -> Value:
    """What a cell contributes in which nothing was written."""
    return UNKNOWN if ref.block in statement.doubtful or unmade(ref, statement) else BLANK


def value_in(cell: Cell, column: Column | None, doubtful: bool) -> Value:
    """A cell's own value: nothing for a blank, unknown for what is doubtful or unsaid, and for what is left out of a
    block in doubt.
    """
    if cell.state is State.OMITTED:
        return UNKNOWN if doubtful else BLANK
    if cell.state is State.BLANK or (cell.state is State.ABSENT and cell.text in NOTHING):
        return BLANK
    if cell.amount is None:
        return UNKNOWN
    if not cell.amount or (column is not None and column.type in ("count", "score")):
        return Value(cell.amount)
    if column is None or column.type != "percent":
        return make(Value, (cell.amount, True, CENT_SLACK))
    # an amount is printed to the cent; a percentage as far as it was written
    return make(Value, (cell.amount, True, half_of(int(cell.amount.as_tuple().exponent))))


@cache
def half_of(exponent: int) -> Decimal:
    """Half of the last digit of a figure with this exponent."""
    return Decimal((0, (5,), exponent - 1))


def unmade(ref: CellRef, statement: Statement) -> bool:
    """True for a printed total that is blank and could not be computed although there are figures in its column: it is
    no zero.
    """
    axes = statement.axes.get(ref.block)
    row = axes.block.fixed_row(ref.row) if axes else None
    if axes is None or row is None or not (row.total or axes.block.kind == "coded"):
        return False
    column = axes.block.column(ref.column)
    if column is None or column.stated or any(ref.column in group for group in axes.block.exclusive):
        # an increase here and a decrease there are no column
        return False
    return any(
        cell.amount
        for other, cell in statement.cells.items()
        if other.block == ref.block and other.column == ref.column
    )


def unit_of_amount(statement: Statement, column: Column | None) -> str:
    """The unit of amount of a column's figures; '' for people, marks and percentages, which nothing converts."""
    if column is None:
        return statement.unit
    return column.unit_in(statement.unit) if column.type == "amount" else ""


def scaled(found: Value, own: str, unit: str) -> Value:
    """The same value in another table's unit."""
    factor = conversion(own, unit)
    if found.amount is None or factor is ONE:
        return found
    return Value(found.amount * factor, found.known, found.slack * factor)
