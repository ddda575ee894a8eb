"""One side of an identity written out: figures that know their cells, and the operators between them.

A figure of a file that is not public is not told, nor a total from which it could be computed back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from build_tools.diagnostics import CellRef
from build_tools.forms import Axes, Column, Row, Selector
from build_tools.forms.instances import Refs
from build_tools.formula import Binary, Number, Sum, Term, replace_names
from build_tools.statement import Figures, Ledger, State, Statement, shown

BLANK, UNTOLD = "空", "未公开"
SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
# more addends than this are counted, not listed
MOST = 12


class Piece(NamedTuple):
    """A figure (plain minus, no thousands separators), an operator or a word.

    `url` leads to the cell: `#…` on the same page, else from the root of the site. `idle` = blank or zero, so that it adds
    nothing; `told` is False where the public does not know the figure.
    """

    text: str
    url: str = ""
    idle: bool = False
    told: bool = True


Pieces = tuple[Piece, ...]


class Side(NamedTuple):
    """`amount` in the unit of the table, None where it is blank, unknown or not to be told. `idle` = nothing but blanks and zeros."""

    pieces: Pieces
    amount: Decimal | None
    idle: bool


@dataclass(frozen=True)
class View:
    """The tables that may be shown beside a disclosure, by scope, and the address of the page of each ('' = the same page)."""

    ledger: Ledger
    urls: Mapping[str, str]

    @cached_property
    def rows(self) -> Mapping[tuple[str, str, str], Mapping[str, Row]]:
        """Scope, table and block → the rows by their keys."""
        return {
            (scope, key, block): {row.key: row for row in axes.rows}
            for scope, tables in self.ledger.items() for key, statement in tables.items() for block, axes in statement.axes.items()
        }

    @cached_property
    def told(self) -> dict[str | None, dict[CellRef, Piece]]:
        """The cells written out so far, by the unit beside which they stand: most stand in a row and in a column that are checked."""
        return {}

    @cached_property
    def row_names(self) -> dict[tuple[str, str, str, str], str]:
        """The names of rows asked for so far."""
        return {}

    @cached_property
    def units(self) -> Mapping[str, str]:
        """The units of the disclosure's own tables."""
        return {key: one.unit for key, one in self.ledger.get("", {}).items()}

    @cached_property
    def figures(self) -> Figures:
        """The values of the cells, each worked out once."""
        return Figures(self.ledger)

    @cached_property
    def links(self) -> dict[CellRef, str]:
        """The addresses asked for so far."""
        return {}

    def statement(self, ref: CellRef) -> Statement | None:
        """The table that a cell stands in, where it may be shown."""
        return self.ledger.get(ref.scope, {}).get(ref.table)

    def piece(self, ref: CellRef, unit: str | None) -> Piece:
        """A cell as its own page prints it; with its unit where that is not the `unit` of the table that names it (None: no such table)."""
        return self.pieces((ref,), unit)[0]

    def pieces(self, refs: Refs, unit: str | None) -> list[Piece]:
        """The same of several cells."""
        told = self.told.get(unit)
        if told is None:
            told = self.told[unit] = {}
        try:
            return [told[ref] for ref in refs]
        except KeyError:
            told.update({ref: self.read(ref, unit) for ref in refs if ref not in told})
            return [told[ref] for ref in refs]

    def read(self, ref: CellRef, unit: str | None) -> Piece:
        """The same, not yet remembered."""
        statement = self.statement(ref)
        axes = statement.axes.get(ref.block) if statement else None
        column = axes.block.column(ref.column) if axes else None
        if statement is None or axes is None or column is None:
            return Piece(UNTOLD, told=False) if ref.scope and statement is None else Piece(BLANK, idle=True)
        text = shown(statement, within(ref), column)
        if column.private:
            return Piece(text or BLANK, told=False)
        value = self.figures.of(ref, statement.unit)
        idle = value.known and not value.amount
        url = self.link(ref) if text and has_address(statement, axes, column, ref) else ""
        return Piece(f"{text}{foreign_unit(statement, column, unit)}" if text else BLANK, url, idle)

    def link(self, ref: CellRef) -> str:
        """Where a cell stands."""
        found = self.links.get(ref)
        if found is None:
            statement = self.statement(ref)
            found = self.links[ref] = f"{self.urls[ref.scope]}#{cell_address(statement, ref)}" if statement else ""
        return found

    def row_name(self, ref: CellRef) -> str:
        """The row of a cell as printed: a code with its name, a record by its first column; nothing of a table that may not be shown."""
        at = (ref.scope, ref.table, ref.block, ref.row)
        found = self.row_names.get(at)
        if found is None:
            found = self.row_names[at] = self.read_row_name(ref)
        return found

    def read_row_name(self, ref: CellRef) -> str:
        """The same, not yet remembered."""
        statement = self.statement(ref)
        axes = statement.axes.get(ref.block) if statement else None
        row = self.rows.get((ref.scope, ref.table, ref.block), {}).get(ref.row)
        if statement is None or axes is None or row is None:
            return ""
        first = axes.block.columns[0]
        name = shown(statement, within(ref)._replace(column=first.key), first) if axes.block.kind == "records" and first.type == "text" else ""
        return f"{row.code if axes.block.kind == 'coded' else ''} {row.label} {name}".strip()

    def column_name(self, ref: CellRef) -> str:
        """The column of a cell as printed."""
        statement = self.statement(ref)
        axes = statement.axes.get(ref.block) if statement else None
        column = axes.block.column(ref.column) if axes else None
        return column.label if column else ""


def within(ref: CellRef) -> CellRef:
    """The cell as its own disclosure knows it."""
    return ref._replace(scope="") if ref.scope else ref


def cell_address(statement: Statement, ref: CellRef) -> str:
    """The id of a cell on its page."""
    return ".".join(part for part in (statement.anchor, ref.block, ref.row, ref.column) if part)


def has_address(statement: Statement, axes: Axes, column: Column, ref: CellRef) -> bool:
    """A list section prints no field that staff left out."""
    return axes.block.kind != "fields" or bool(column.blank) or statement.cell(within(ref)).state is not State.OMITTED


def foreign_unit(statement: Statement, column: Column, unit: str | None) -> str:
    """The unit of an amount that comes from a table with another unit than this."""
    return f" {statement.unit}" if column.type == "amount" and unit is not None and statement.unit != unit else ""


def written_out(term: Term[Selector], signs: tuple[bool, ...] | None, names: tuple[Refs, ...], amount: Decimal | None, home: str, view: View) -> Side:
    """A side with the cells of its names. `amount` is what it comes to; it is kept back with the figures that it was made from.

    Most sides only add and subtract (`signs`), and need no walk over the formula.
    """
    unit = view.units.get(home)
    cells = [view.pieces(refs, unit) for refs in names]
    figures = [piece for some in cells for piece in some]
    idle, told = all(piece.idle for piece in figures), all(piece.told for piece in figures)
    if signs is None:
        left = iter(cells)
        pieces = spelled(replace_names(term, lambda *_: tuple(next(left))))
    elif len(figures) == len(names) == 1 and not idle and not signs[0]:
        pieces = (figures[0],)
    else:
        pieces = added_up([("-" if minus else "+", (piece,)) for minus, some in zip(signs, cells, strict=True) for piece in some if idle or not piece.idle])
    return Side(pieces, amount if told else None, idle)


def spelled(term: Term[Pieces]) -> Pieces:
    """Figures and operators."""
    if isinstance(term, Binary) and term.op == "min":
        return (Piece("较小的（"), *spelled(term.left), Piece("，"), *spelled(term.right), Piece("）"))
    if isinstance(term, Binary) and term.op in ("*", "/"):
        left, right = spelled(term.left), spelled(term.right)
        joined = len(left) == 1 or (isinstance(term.left, Binary) and term.left.op not in ("+", "-"))
        return (*(left if joined else bracketed(left)), Piece(SIGNS[term.op]), *(right if len(right) == 1 else bracketed(right)))
    return added_up(list(addends(term)))


def added_up(every: Sequence[tuple[str, Pieces]]) -> Pieces:
    """What is added and subtracted, with its signs. Addends that add nothing are left out, unless there are no others."""
    kept = [one for one in every if len(one[1]) > 1 or not one[1][0].idle]
    kept = kept or [one for one in every if one[1][0].url][:1] or [("+", (Piece(BLANK, idle=True),))]
    found: list[Piece] = []
    for sign, pieces in kept[:MOST]:
        if found or sign == "-":
            found += (Piece(SIGNS[sign]), *(bracketed(pieces) if pieces[0].text.startswith("-") else pieces))
        else:
            found += pieces
    return (*found, Piece(f"…等 {len(kept)} 格")) if len(kept) > MOST else tuple(found)


def addends(term: Term[Pieces], sign: str = "+") -> Iterator[tuple[str, Pieces]]:
    """What a side adds and subtracts, each with its sign; a product is one addend."""
    if isinstance(term, Binary) and term.op in ("+", "-"):
        yield from addends(term.left, sign)
        yield from addends(term.right, sign if term.op == "+" else "+" if sign == "-" else "-")
    elif isinstance(term, Binary):
        yield sign, spelled(term)
    elif isinstance(term, Number):
        yield sign, (Piece(f"{term.value:f}"),)
    else:
        yield from ((sign, (piece,)) for piece in (term.of if isinstance(term, Sum) else term))


def bracketed(pieces: Pieces) -> Pieces:
    """In brackets, so that what stands beside does not take it apart."""
    return (Piece("("), *pieces, Piece(")"))


def decimals(amount: Decimal, whole: bool, most: int = 6) -> str:
    """A computed figure: two decimals (none among whole numbers), and as many more as it has, up to `most`."""
    text = str(amount)
    if not whole and text[-3:-2] == ".":
        return text
    digits, _, rest = f"{amount:.{most}f}".partition(".")
    rest = rest.rstrip("0") if whole else rest.rstrip("0").ljust(2, "0")
    return f"{digits}.{rest}" if rest else digits
