"""One printed line: the form's rows become columns, under each of its columns or (`paired`) above them."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from build_tools.forms import Block, FixedRow
from build_tools.render.tables.beside import PLAIN, Beside, term_html
from build_tools.render.tables.cells import cell_html, frame
from build_tools.statement import Statement


def transposed(statement: Statement, beside: Beside = PLAIN) -> str:
    """Header rows, 栏次 where the form prints them, the figures."""
    block, layout = statement.form.blocks[0], statement.form.layout
    heads = paired_heads(block, layout.titles, beside) if layout.paired else plain_heads(block, beside)
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


def plain_heads(block: Block, beside: Beside) -> list[str]:
    """Three header rows: column, row group, row."""
    top = "".join(f'<th scope="col" colspan="{len(block.rows)}" class="mz-span">{escape(column.label)}</th>' for column in block.columns)
    middle, bottom = "", ""
    for _ in block.columns:
        for head, rows in groups(block):
            if head:
                middle += f'<th scope="col" colspan="{len(rows)}" class="mz-span">{escape(head)}{term_html(head, beside)}</th>'
                bottom += "".join(f'<th scope="col" class="mz-n">{escape(row.label)}{term_html(row.label, beside)}</th>' for row in rows)
            else:
                middle += "".join(f'<th scope="col" rowspan="2" class="mz-n">{escape(row.label)}{term_html(row.label, beside)}</th>' for row in rows)
    return [top, middle, bottom]


def paired_heads(block: Block, titles: tuple[str, ...], beside: Beside) -> list[str]:
    """The name of the whole where the form prints one, then row group, row, and the columns beside each other under every row."""
    width = len(block.columns)
    whole = [f'<th scope="col" colspan="{width * len(block.rows)}" class="mz-span">{escape(title)}</th>' for title in titles]
    top, middle = "", ""
    for head, rows in groups(block):
        if head:
            top += f'<th scope="col" colspan="{width * len(rows)}" class="mz-span">{escape(head)}{term_html(head, beside)}</th>'
            middle += "".join(f'<th scope="col" colspan="{width}" class="mz-span">{escape(row.label)}{term_html(row.label, beside)}</th>' for row in rows)
        else:
            top += "".join(f'<th scope="col" colspan="{width}" rowspan="2" class="mz-span">{escape(row.label)}{term_html(row.label, beside)}</th>' for row in rows)
    bottom = "".join(f'<th scope="col" class="mz-n">{escape(column.label)}</th>' for _ in block.rows for column in block.columns)
    return [*whole, top, middle, bottom]


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
