"""What is not there, where identities fail: a row that other tables have, a table that was filled in with 无.

A sum that lacks exactly the amount of a row which stands elsewhere lacks that row; no figure that stands in the table
is wrong. A table of which staff say that there is nothing in it cannot be right beside figures that say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from build_tools.accounts.statement import Ledger, Statement
from build_tools.accounts.statement.model import NOTHING
from build_tools.amount import convert
from build_tools.diagnostics import CellRef, Place, Verdict
from build_tools.forms import Instance, Row

Pair = tuple[Instance, Verdict]
Missing = tuple[str, str, str]


class Omission(NamedTuple):
    """What fails because something is not there, what that is, where it should stand, and how to put it right."""

    pairs: tuple[Pair, ...]
    says: str
    place: Place
    hint: str


class Elsewhere(NamedTuple):
    """A row of another table, with the cell whose amount a sum lacks."""

    statement: Statement
    row: Row
    cell: CellRef


def find_omissions(failing: Sequence[Pair], ledger: Ledger) -> list[Omission]:
    """What is missing, that which explains most first; no failing identity is explained twice."""
    left = dict(enumerate(failing))
    found: list[Omission] = []
    while left:
        rows: dict[Missing, tuple[Elsewhere, dict[int, None]]] = {}
        for number, pair in left.items():
            for missing, elsewhere in lacking(pair, ledger):
                rows.setdefault(missing, (elsewhere, {}))[1][number] = None
        if not rows:
            break
        missing, (elsewhere, numbers) = max(rows.items(), key=lambda item: len(item[1][1]))
        found.append(missing_row(missing, elsewhere, [left.pop(number) for number in numbers], ledger))
    return found


def find_empty(failing: Sequence[Pair], unexplained: Sequence[Pair], ledger: Ledger) -> list[Omission]:
    """The tables filled in with 无 beside figures that nothing else speaks against (`unexplained`), each with all that
    fails because of it.
    """
    tables = dict.fromkeys(key for pair in unexplained if (key := said_empty(pair, ledger)))
    return [empty_table(ledger[""][key], [one for one in failing if said_empty(one, ledger) == key]) for key in tables]


def lacking(pair: Pair, ledger: Ledger) -> Iterator[tuple[Missing, Elsewhere]]:
    """(table, block, code) of the rows that would make a sum over rows right, each with where it stands."""
    instance, verdict = pair
    lacks, first = verdict.difference, instance.cells[0]
    table = ledger[""].get(first.table) if not first.scope else None
    parts = [ref for some in instance.right for ref in some]
    same = all((ref.table, ref.block, ref.column, ref.scope) == (*first[:2], first.column, "") for ref in parts)
    if table is None or not lacks or lacks < 0 or not parts or not same or first.block not in table.axes:
        return
    axes = table.axes[first.block]
    above = next((row for row in axes.rows if row.key == first.row), None)
    if above is None or not axes.block.codes or instance.identity.rule.relation != "==":
        return
    for other in ledger[""].values():
        for block, there in other.axes.items() if other is not table else ():
            for row in there.rows if there.block.codes == axes.block.codes else ():
                if row.code in axes.by_code or not row.code.startswith(above.code) or row.code == above.code:
                    continue
                for column in there.block.columns:
                    ref = CellRef(other.key, block, row.key, column.key)
                    amount = other.cell(ref).amount
                    if amount is not None and convert(amount, other.unit, table.unit) == lacks:
                        yield (table.key, first.block, row.code), Elsewhere(other, row, ref)
                        break


def missing_row(missing: Missing, elsewhere: Elsewhere, pairs: Sequence[Pair], ledger: Ledger) -> Omission:
    """A row that the table lacks, told at the sum that it is missing from."""
    table, (other, row, ref) = ledger[""][missing[0]], elsewhere
    first = pairs[0][0].cells[0]
    place = table.places.get((first.block, first.row)) or table.place
    cell = other.cell(ref)
    line = f"第 {cell.place.line} 行，" if cell.place else ""
    name = f"{row.code} {row.label}"
    says = f"这里可能漏了“{name}”一行，“{other.form.title}”里有（{line}{cell.amount:f}）"
    hint = f"“{table.form.title}”也有这项的，补上“{name}”这一行；没有的，核对“{other.form.title}”和本行各数"
    return Omission(tuple(pairs), says, place, hint)


def said_empty(pair: Pair, ledger: Ledger) -> str:
    """The table on the right side that is filled in with 无, where nothing else stands on that side; '' for none."""
    names = pair[0].identity.right
    tables = [ledger[""].get(name.table) for name in names if not name.scope]
    if not names or len(tables) < len(names) or not all(one and one.absence in NOTHING for one in tables):
        return ""
    return next(one.key for one in tables if one)


def empty_table(table: Statement, pairs: Sequence[Pair]) -> Omission:
    """A table of which staff say that there is nothing in it, told at that word."""
    says = f"“{table.form.title}”写了“{table.absence}”，别的地方却有数"
    hint = f"有数的，补上“{table.form.title}”各行；确实没有的，核对{'、'.join(tables_of(pairs))}"
    return Omission(tuple(pairs), says, table.place, hint)


def tables_of(pairs: Sequence[Pair]) -> list[str]:
    """The tables that have figures, each once."""
    return [f"“{table}”" for table in dict.fromkeys(pair[0].cells[0].table for pair in pairs)]
