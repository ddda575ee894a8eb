"""What pages above a single disclosure need to know of it: its key figures, each with the cell it comes from.

The pages that span years and departments are made from facts alone, so that no page has to read another's file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from build_tools.accounts.corpus import Disclosure
from build_tools.accounts.statement import State, Statement, address
from build_tools.amount import Amount, parse_figure, standard_amount
from build_tools.diagnostics import CellRef
from build_tools.fast import make
from build_tools.forms import Column, Concept, Measure, Selector


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure with its name; its text is '' where nothing was disclosed. `slug` and `ref` lead to the cell. `key` is a
    concept, or the key of a column or measure that no program asks for.
    """

    key: str
    label: str
    amount: Amount
    derived: bool
    slug: str
    ref: CellRef

    @property
    def text(self) -> str:
        """As pages print it."""
        return self.amount.text

    @property
    def unit(self) -> str:
        """Its unit: 万元 for amounts, unless their column has its own."""
        return self.amount.unit

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return address(self.slug, self.ref.block, self.ref.row, self.ref.column)


def key_figures(disclosure: Disclosure) -> tuple[KeyFigure, ...]:
    """The key figures that the template names and this disclosure holds."""
    found = (
        key_figure(disclosure, measure) for measure in (disclosure.template.measures if disclosure.template else ())
    )
    return tuple(figure for figure in found if figure is not None)


def project_figures(statement: Statement) -> tuple[KeyFigure, ...]:
    """The figures of one project that its form names."""
    found = (figure_of(statement, measure) for measure in statement.form.measures)
    return tuple(figure for figure in found if figure is not None)


def mentioned(statement: Statement) -> Iterator[tuple[str, str, tuple[KeyFigure, ...]]]:
    """The projects that a list names by their address: address, name as written, the row's figures."""
    for axes in statement.axes.values():
        address = next((column for column in axes.block.columns if column.type == "project"), None)
        for row in axes.rows if address else ():
            slug = statement.at(axes.block.key, row.key, address.key).text if address else ""
            name = statement.at(axes.block.key, row.key, axes.block.columns[0].key).text
            measures = [
                Measure(
                    listed_key(statement, axes.block.key, one),
                    one.label,
                    Selector(statement.form.key, axes.block.key, ("row", row.key), ("column", one.key)),
                )
                for one in axes.block.numeric
            ]
            if slug:
                yield slug, name, tuple(figure for one in measures if (figure := figure_of(statement, one)))


def listed_key(statement: Statement, block: str, column: Column) -> str:
    """What a figure of a list of projects is called: its concept, else the column."""
    for concept in (Concept.LISTED_PROJECT_BUDGET, Concept.LISTED_PROJECT_SPENDING):
        spot = statement.spot(concept)
        if spot and (spot.block, spot.column) == (block, column.key):
            return concept
    return column.key


def key_figure(disclosure: Disclosure, measure: Measure) -> KeyFigure | None:
    """One key figure; None where its table is not filled in."""
    statement = disclosure.statements.get(measure.cell.table)
    return figure_of(statement, measure) if statement else None


def figure_of(statement: Statement, measure: Measure) -> KeyFigure | None:
    """The figure that a measure names, in this table; None where the block is not there."""
    name = measure.cell
    axes = statement.axes.get(name.block)
    column = axes.block.column(name.column[1]) if axes else None
    if column is None:
        return None
    ref = make(CellRef, (statement.key, name.block, name.row[1], name.column[1], ""))
    text = statement.texts[ref]
    amount = amount_above(statement, column, text, parse_figure(text))
    derived = statement.cell(ref).state is State.DERIVED
    return KeyFigure(measure.key, measure.label, amount, derived, statement.anchor, ref)


def amount_above(statement: Statement, column: Column, text: str, value: Decimal | None) -> Amount:
    """What a cell prints as `text`, as pages above its table tell it: in 万元, unless its column has its own unit."""
    unit = column.unit_in(statement.unit) or ("分" if column.type == "score" else "")
    return Amount(value, unit, text, text) if column.unit else standard_amount(text, value, unit)
