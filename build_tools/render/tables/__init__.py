"""A statement → the official table as HTML. Written by hand in tight functions: this is where bulk pages spend their time.

Every figure has an address (`id`): slug.block.row.column. Nothing is added inside the official table but a small mark
behind a figure that the system computed.
"""

from __future__ import annotations

from build_tools.render.tables.cells import address, cell_html, frame, printed
from build_tools.render.tables.heads import column_head
from build_tools.render.tables.rows import block_table, empty_column
from build_tools.render.tables.sets import sets
from build_tools.render.tables.sides import sides
from build_tools.render.tables.transposed import transposed
from build_tools.statement import Statement

__all__ = ["address", "block_table", "cell_html", "column_head", "empty_column", "frame", "printed", "table_html"]


def table_html(statement: Statement) -> str:
    """The whole table in the form's own layout, ready to stand inside a frame."""
    style = statement.form.layout.style
    if style == "sides":
        return sides(statement)
    if style == "sets":
        return sets(statement)
    if style == "transposed":
        return transposed(statement)
    return "".join(block_table(statement, block) for block in statement.form.blocks)
