"""A statement → the official table as HTML. Written by hand in tight functions: this is where bulk pages spend their
time.

Every figure has an address (`id`): slug.block.row.column. Nothing is added inside the official table but a small mark
behind a figure that the system computed.
"""

from __future__ import annotations

from collections.abc import Callable

from build_tools.accounts.statement import Statement
from build_tools.forms import Block
from build_tools.web.tables.beside import PLAIN, Beside, here_html, name_html, own_html, term_html
from build_tools.web.tables.cells import address, cell_html, formula_of, frame
from build_tools.web.tables.heads import column_head
from build_tools.web.tables.outline import drawn
from build_tools.web.tables.rows import block_table, empty_column, told_by_cells
from build_tools.web.tables.sets import sets
from build_tools.web.tables.sides import sides
from build_tools.web.tables.transposed import transposed

# a finished table of another look
Finish = Callable[[str], str]

__all__ = [
    "PLAIN",
    "Beside",
    "above",
    "address",
    "cell_html",
    "column_head",
    "empty_column",
    "formula_of",
    "frame",
    "here_html",
    "name_html",
    "own_html",
    "rows_html",
    "table_html",
    "term_html",
    "wide",
]

# more columns of figures than this do not fit on an upright sheet of paper
UPRIGHT = 5


def table_html(statement: Statement, beside: Beside = PLAIN, finish: Finish | None = None) -> str:
    """The whole table in the form's own layout, ready to stand inside a frame, with what stands beside it on the site;
    `finish` gives it another look.
    """
    shape = None if any(map(told_by_cells, statement.form.blocks)) else ""
    return drawn(statement, shape, beside, lambda how: whole(statement, how), finish)


def rows_html(statement: Statement, block: Block, beside: Beside = PLAIN, finish: Finish | None = None) -> str:
    """One block of a list section, with the columns that hold anything."""
    axes = statement.axes.get(block.key)
    columns = tuple(
        column.key for column in block.columns if axes is not None and not empty_column(statement, axes, column)
    )
    shape = None if told_by_cells(block) else (block.key, columns)
    return drawn(statement, shape, beside, lambda how: block_table(statement, block, how, columns), finish)


def whole(statement: Statement, beside: Beside) -> str:
    """The table as its layout draws it."""
    style = statement.form.layout.style
    if style == "sides":
        return sides(statement, beside)
    if style == "sets":
        return sets(statement, beside)
    if style == "transposed":
        return transposed(statement, beside)
    return "".join(block_table(statement, block, beside) for block in statement.form.blocks)


def above(statement: Statement, name: str) -> list[str]:
    """What stands above the table, left, middle and right; `name` is the unit's."""
    number, unit = statement.form.number, statement.unit
    return [
        text.replace("{编号}", number).replace("{部门}", name).replace("{单位}", unit)
        for text in statement.form.layout.top
    ]


def wide(statement: Statement) -> bool:
    """True where a table is printed on a sheet that lies on its side, as the official documents do."""
    style, blocks = statement.form.layout.style, statement.form.blocks
    if style == "transposed":
        return any(len(block.rows) * len(block.columns) > UPRIGHT for block in blocks)
    return style == "rows" and any(len(block.columns) > UPRIGHT for block in blocks)
