"""A block with one line for each row: codes with their names, printed rows, records."""

from __future__ import annotations

from collections.abc import Sequence

from build_tools.accounts.statement import State, Statement, printed_rows
from build_tools.diagnostics import CellRef
from build_tools.fast import make
from build_tools.forms import Axes, Block, Column, Row
from build_tools.web.escaping import escape
from build_tools.web.tables.beside import PLAIN, Beside, name_html, own_html
from build_tools.web.tables.cells import address, axes_of, cell_html, frame
from build_tools.web.tables.heads import code_blank, head_rows, number_row

# a column of these types says what its line is about
TELLING = ("text", "ordinal", "names", "date")
CUTS = ((0, 3), (3, 5), (5, 7))


def block_table(statement: Statement, block: Block, beside: Beside = PLAIN, filled: Sequence[str] = ()) -> str:
    """Rows and columns of one block, with spanning headers; nothing for a block without content. A list section shows
    the `filled` columns.
    """
    axes, layout = axes_of(statement, block), statement.form.layout
    if block.kind == "fields" or (block.kind in ("records", "coded") and not axes.rows):
        return ""
    shown = [column for column in block.columns if column.type != "project"]
    columns = [column for column in shown if layout.style != "list" or column.key in filled]
    body = "".join(row_html(statement, block, row, columns, beside) for row in printed_rows(statement.form, axes))
    heads = head_rows(block, columns, layout, beside) + number_row(block, columns, layout)
    label = statement.form.title if not block.heading else block.heading[-1]
    caption = f'<caption class="mz-hidden">{escape(label)}</caption>'
    return frame(f'<table class="mz-table mz-rows">{caption}<thead>{heads}</thead><tbody>{body}</tbody></table>', label)


def empty_column(statement: Statement, axes: Axes, column: Column) -> bool:
    """True where no row has anything in a column: a list section prints only what it holds."""
    key, block, name = statement.key, axes.block.key, column.key
    cells = [make(CellRef, (key, block, row.key, name, "")) for row in axes.rows]
    return not any(map(statement.texts.__getitem__, cells))


def row_html(statement: Statement, block: Block, row: Row, columns: Sequence[Column], beside: Beside = PLAIN) -> str:
    """One line; a code tree shows its depth by indent and weight."""
    where = address(statement, block.key, row.key, "")
    anchor, name = escape(where), name_html(row.label, where, beside)
    if told_by_cells(block):
        return f'<tr id="{anchor}">{worded_cells(statement, block, row, columns, beside)}</tr>'
    cells = "".join(cell_html(statement, block, row.key, column, beside) for column in columns)
    if block.kind == "records":
        return f'<tr id="{anchor}"><td class="mz-ordinal">{name}</td>{cells}</tr>'
    layout = statement.form.layout
    if block.kind == "coded" and row.code:
        derived = ' <small class="mz-second">系统补列</small>' if row.derived else ""
        codes = "".join(f'<td class="mz-code">{part}</td>' for part in code_parts(row.code, len(layout.code_columns)))
        return (
            f'<tr id="{anchor}" class="mz-level-{0 if block.flat else row.level}">{codes}'
            f'<th scope="row"><small class="mz-code-inline">{row.code}</small>{name}{derived}</th>{cells}</tr>'
        )
    code = code_blank(layout) if block.kind == "coded" else ""
    total = ' class="mz-total"' if row.level == 0 or block.kind == "coded" else ""
    return f'<tr id="{anchor}"{total}>{code}<th scope="row">{name}</th>{cells}</tr>'


def told_by_cells(block: Block) -> bool:
    """True where lines have neither name nor number and are called by what stands in them."""
    return block.kind == "records" and not block.ordinal


def worded_cells(statement: Statement, block: Block, row: Row, columns: Sequence[Column], beside: Beside) -> str:
    """The cells of a line that has neither name nor number: the first that holds words leads to the line."""
    refs = [make(CellRef, (statement.key, block.key, row.key, column.key, "")) for column in columns]
    found = [text_of(statement, ref, column) for ref, column in zip(refs, columns, strict=True)]
    first = next((index for index, text in enumerate(found) if text), None)
    where, cells = address(statement, block.key, row.key, ""), ""
    for index, column in enumerate(columns):
        if index == first:
            cells += (
                f'<td class="mz-t" id="{escape(f"{where}.{column.key}")}">{own_html(found[index], where, beside)}</td>'
            )
        else:
            cells += cell_html(statement, block, row.key, column, beside)
    return cells


def text_of(statement: Statement, ref: CellRef, column: Column) -> str:
    """The words of a cell that can tell what its line is about; '' for a figure, for long texts and for what is not
    there.
    """
    return statement.texts[ref] if column.type in TELLING and statement.cell(ref).state is not State.ABSENT else ""


def code_parts(code: str, columns: int) -> Sequence[str]:
    """A code as the table prints it: whole, or 类, 款 and 项 each in its own column."""
    return [code[first:last] for first, last in CUTS[:columns]] if columns else [code]
