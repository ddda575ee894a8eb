"""What pages above a single disclosure need to know of it: its key figures, each with the cell it comes from.

The pages that span years and departments are made from facts alone, so that no page has to read another's file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.corpus import Disclosure
from build_tools.diagnostics import CellRef
from build_tools.forms import Measure, Selector
from build_tools.statement import State, Statement, address
from build_tools.tuples import make


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """`text` as printed in `unit`, '' where nothing was disclosed; `slug` and `ref` lead to the cell."""

    key: str
    label: str
    text: str
    unit: str
    derived: bool
    slug: str
    ref: CellRef

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return address(self.slug, self.ref.block, self.ref.row, self.ref.column)


def key_figures(disclosure: Disclosure) -> tuple[KeyFigure, ...]:
    """The key figures that the template names and this disclosure holds."""
    found = (key_figure(disclosure, measure) for measure in (disclosure.template.measures if disclosure.template else ()))
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
            measures = [Measure(one.key, one.label, Selector(statement.form.key, axes.block.key, ("row", row.key), ("column", one.key))) for one in axes.block.numeric]
            if slug:
                yield slug, name, tuple(figure for one in measures if (figure := figure_of(statement, one)))


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
    cell = statement.cell(ref)
    unit = {"amount": statement.unit, "score": "分"}.get(column.type, column.unit)
    return KeyFigure(measure.key, measure.label, statement.texts[ref], unit, cell.state is State.DERIVED, statement.anchor, ref)
