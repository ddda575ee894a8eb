"""What every layout is made of: a cell with its address, a figure as people read it, the frame around a wide table."""

from __future__ import annotations

from html import escape

from build_tools.diagnostics import CellRef
from build_tools.forms import NUMERIC, Axes, Block, Column, Row
from build_tools.statement import State, Statement, shown

MINUS = "−"


def address(statement: Statement, block: str, row: str, column: str) -> str:
    """The id of a cell, as used in links."""
    return ".".join(part for part in (statement.anchor, block, row, column) if part)


def printed(text: str) -> str:
    """A figure as people read it: thousands separated, a true minus."""
    sign, digits = (MINUS, text[1:]) if text.startswith("-") else ("", text)
    whole, point, rest = digits.partition(".")
    if not whole.isdigit():
        return text
    return f"{sign}{int(whole):,}{point}{rest}"


def cell_html(statement: Statement, block: Block, row: str, column: Column, tag: str = "td") -> str:
    """One cell."""
    ref = CellRef(statement.key, block.key, row, column.key)
    text = shown(statement, ref, column)
    number = column.type in NUMERIC or column.type == "percent"
    cell = statement.cell(ref)
    where = address(statement, block.key, row, column.key)
    if cell.state is State.DERIVED:
        mark = f'<abbr class="mz-derived" title="系统计算（{escape(cell.rule)}）">算</abbr>'
        return f'<{tag} class="mz-n" id="{escape(where)}">{mark}{printed(text)}</{tag}>'
    if cell.state is State.ABSENT:
        return f'<{tag} class="mz-n mz-absent" id="{escape(where)}">{escape(text)}</{tag}>'
    if number:
        return f'<{tag} class="mz-n" id="{escape(where)}">{printed(text)}</{tag}>'
    return f'<{tag} class="mz-t" id="{escape(where)}">{escape(text)}</{tag}>'


def axes_of(statement: Statement, block: Block) -> Axes:
    """The rows of a block; an absent table still prints its fixed rows."""
    fixed = tuple(Row(row.key, row.label, row.code, level=0 if row.total else -1) for row in block.rows)
    return statement.axes.get(block.key) or Axes(block, fixed)


def frame(table: str, label: str) -> str:
    """Wide tables scroll inside their own frame, which the keyboard can reach."""
    return f'<div class="mz-frame" tabindex="0" role="group" aria-label="{escape(label)}">{table}</div>'
