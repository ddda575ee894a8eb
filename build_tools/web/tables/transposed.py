"""One printed line: the form's rows become columns, under each of its columns or (`paired`) above them.

What names a row is then the head of a column: it bears the row's address. Where the row stands under each column, its
head under the last does (决算数, what became of it), and the others lead to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.accounts.statement import Statement
from build_tools.forms import Block, FixedRow
from build_tools.web.escaping import escape
from build_tools.web.tables.beside import PLAIN, Beside, name_html, term_html
from build_tools.web.tables.cells import address, cell_html, frame


def transposed(statement: Statement, beside: Beside = PLAIN) -> str:
    """Header rows, 栏次 where the form prints them, the figures."""
    block, layout = statement.form.blocks[0], statement.form.layout
    heads = paired_heads(statement, block, beside) if layout.paired else plain_heads(statement, block, beside)
    pairs = [(row, column) for row in block.rows for column in block.columns]
    if not layout.paired:
        pairs = [(row, column) for column in block.columns for row in block.rows]
    numbers = "".join(f'<td class="mz-n">{number}</td>' for number in range(1, len(pairs) + 1))
    number_line = f'<tr class="mz-numbers">{numbers}</tr>' if layout.numbered else ""
    cells = "".join(cell_html(statement, block, row.key, column, beside) for row, column in pairs)
    caption = f'<caption class="mz-hidden">{escape(statement.form.title)}</caption>'
    return frame(
        f'<table class="mz-table mz-transposed">{caption}<thead>{"".join(f"<tr>{row}</tr>" for row in heads)}'
        f"{number_line}</thead><tbody><tr>{cells}</tr></tbody></table>",
        statement.form.title,
    )


def plain_heads(statement: Statement, block: Block, beside: Beside) -> list[str]:
    """Three header rows: column, row group, row."""
    top = "".join(
        f'<th scope="col" colspan="{len(block.rows)}" class="mz-span">{escape(column.label)}</th>'
        for column in block.columns
    )
    middle, bottom = "", ""
    for column in block.columns:
        last = column is block.columns[-1]
        for head, rows in groups(block):
            if head:
                middle += (
                    f'<th scope="col" colspan="{len(rows)}" class="mz-span">'
                    f"{escape(head)}{term_html(head, beside)}</th>"
                )
                bottom += "".join(row_head(statement, block, row, 'class="mz-n"', beside, last) for row in rows)
            else:
                middle += "".join(
                    row_head(statement, block, row, 'rowspan="2" class="mz-n"', beside, last) for row in rows
                )
    return [top, middle, bottom]


def paired_heads(statement: Statement, block: Block, beside: Beside) -> list[str]:
    """The name of the whole where the form prints one, then row group, row, and the columns beside each other under
    every row.
    """
    width, titles = len(block.columns), statement.form.layout.titles
    whole = [
        f'<th scope="col" colspan="{width * len(block.rows)}" class="mz-span">{escape(title)}</th>' for title in titles
    ]
    top, middle = "", ""
    for head, rows in groups(block):
        if head:
            top += (
                f'<th scope="col" colspan="{width * len(rows)}" class="mz-span">'
                f"{escape(head)}{term_html(head, beside)}</th>"
            )
            middle += "".join(
                row_head(statement, block, row, f'colspan="{width}" class="mz-span"', beside) for row in rows
            )
        else:
            top += "".join(
                row_head(statement, block, row, f'colspan="{width}" rowspan="2" class="mz-span"', beside)
                for row in rows
            )
    bottom = "".join(
        f'<th scope="col" class="mz-n">{escape(column.label)}</th>' for _ in block.rows for column in block.columns
    )
    return [*whole, top, middle, bottom]


def row_head(
    statement: Statement, block: Block, row: FixedRow, look: str, beside: Beside, addressed: bool = True
) -> str:
    """The head that names a row of the form, with the row's address where it is the one that has it."""
    where = address(statement, block.key, row.key, "")
    anchor = f' id="{escape(where)}"' if addressed else ""
    return f'<th scope="col" {look}{anchor}>{name_html(row.label, where, beside, "".join(row.head[:1]))}</th>'


def groups(block: Block) -> Iterator[tuple[str, list[FixedRow]]]:
    """Rows in runs that share a heading; a row without one stands alone."""
    run: list[FixedRow] = []
    for row in block.rows:
        if run and (not row.head or row.head != run[-1].head):
            yield "".join(run[0].head[:1]), run
            run = []
        run.append(row)
    if run:
        yield "".join(run[0].head[:1]), run
