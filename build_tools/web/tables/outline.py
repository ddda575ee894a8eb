"""A table drawn once for all that have its shape: what stands between the figures depends on form and rows alone.

Departments fill in the same forms year after year, so most tables have been drawn before and only their figures are
new. A table with an absent cell, which has a look of its own, is drawn by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace

from build_tools.accounts.statement import Statement
from build_tools.amount import format_grouped
from build_tools.diagnostics import CellRef
from build_tools.forms import Column
from build_tools.web.escaping import escape
from build_tools.web.tables.beside import Beside, last_html
from build_tools.web.tables.cells import FIGURED, SLOT, inside_html

# HTML around the slots, one piece more than there are cells; the cells in the order of their slots, and whether they
# hold figures
Outline = tuple[tuple[str, ...], tuple[tuple[CellRef, Column, bool], ...]]
# about as many as a department and what all share; a table takes some ten thousand characters
MOST = 256


def drawn(
    statement: Statement,
    shape: Hashable,
    beside: Beside,
    draw: Callable[[Beside], str],
    finish: Callable[[str], str] | None = None,
) -> str:
    """What `draw` makes of a table, by its outline. `shape` is all that the outline depends on besides the form and its
    rows, None where it depends on what cells hold; `finish` turns the HTML into another, without looking at what cells
    hold, and has its own mark for computed figures.
    """
    if shape is None or statement.absence or statement.absent:
        alone = draw(beside)
        return finish(alone) if finish else alone
    key = (statement.form, *statement.axes.items(), statement.instance, shape, finish)
    known = beside.outlines.get(key)
    if known is None:
        if len(beside.outlines) >= MOST:
            beside.outlines.clear()
        known = beside.outlines[key] = outline(beside, draw, finish)
    pieces, cells = known
    told = statement.texts
    if statement.derives or beside.known:
        texts = [inside_html(statement, ref, column, beside, bool(finish)) for ref, column, _ in cells]
    elif beside.changes:
        texts = [
            f"{format_grouped(told[ref])}{last_html(ref, beside)}" if figure else escape(told[ref])
            for ref, _, figure in cells
        ]
    else:
        texts = [format_grouped(told[ref]) if figure else escape(told[ref]) for ref, _, figure in cells]
    whole = [*pieces, *texts]
    whole[::2], whole[1::2] = pieces, texts
    return "".join(whole)


def outline(beside: Beside, draw: Callable[[Beside], str], finish: Callable[[str], str] | None) -> Outline:
    """The table with a slot for what stands in each cell."""
    slots: list[tuple[CellRef, Column]] = []
    html = draw(replace(beside, slots=slots, known={}, changes={}))
    # a layout may draw its cells in another order than that in which they stand
    parts = (finish(html) if finish else html).split(SLOT)
    return tuple(parts[::2]), tuple(
        (ref, column, column.type in FIGURED) for ref, column in (slots[int(number)] for number in parts[1::2])
    )
