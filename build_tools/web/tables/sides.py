"""Two blocks side by side; on a phone one stands above the other.

`lines` gives every printed row its place on its side, also where the form prints no 行次 (`numbered: 否`): that is what
keeps 本年收入合计 beside 本年支出合计.
"""

from __future__ import annotations

from build_tools.accounts.statement import Statement
from build_tools.forms import Block, FixedRow
from build_tools.web.escaping import escape
from build_tools.web.tables.beside import PLAIN, Beside, name_html, term_html
from build_tools.web.tables.cells import address, cell_html, frame


def sides(statement: Statement, beside: Beside = PLAIN) -> str:
    """Both sides."""
    form, layout = statement.form, statement.form.layout
    titles = layout.titles or tuple(block.key for block in form.blocks)
    depth = max(last - first for first, last in layout.lines) + 1
    tables = [
        frame(side(statement, block, title, first, depth, beside), f"{form.title}：{title}")
        for block, title, (first, _) in zip(form.blocks, titles, layout.lines, strict=True)
    ]
    return f'<div class="mz-sides">{"".join(tables)}</div>'


def side(statement: Statement, block: Block, title: str, first: int, depth: int, beside: Beside) -> str:
    """One side: a printed row for every place, also where the form leaves it empty."""
    numbered = statement.form.layout.numbered
    heads = "".join(
        f'<th scope="col" class="mz-n">{escape(column.label)}{term_html(column.label, beside)}</th>'
        for column in block.columns
    )
    numbers = "".join(f'<td class="mz-n">{escape(column.number)}</td>' for column in block.columns)
    width = len(block.columns) + (2 if numbered else 1)
    line_head = '<th scope="col" class="mz-line">行次</th>' if numbered else ""
    number_line = f'<tr class="mz-numbers"><td>栏次</td><td></td>{numbers}</tr>' if numbered else ""
    by_line = {row.line: row for row in block.rows}
    body = "".join(
        side_row(statement, block, by_line.get(line), line if numbered else None, beside)
        for line in range(first, first + depth)
    )
    return (
        f'<table class="mz-table"><caption class="mz-hidden">{escape(statement.form.title)}：{escape(title)}</caption>'
        f'<thead><tr><th scope="col" colspan="{width}" class="mz-span">{escape(title)}</th></tr>'
        f'<tr><th scope="col">项目</th>{line_head}{heads}</tr>{number_line}</thead><tbody>{body}</tbody></table>'
    )


def side_row(statement: Statement, block: Block, row: FixedRow | None, line: int | None, beside: Beside) -> str:
    """One printed line of a side. `line` is None where 行次 are not printed."""
    place = f'<td class="mz-line">{line}</td>' if line is not None else ""
    if row is None:
        blanks = "<td></td>" * len(block.columns)
        return f'<tr class="mz-empty"><td></td>{place}{blanks}</tr>'
    cells = "".join(cell_html(statement, block, row.key, column, beside) for column in block.columns)
    total = ' class="mz-total"' if row.total else ""
    where = address(statement, block.key, row.key, "")
    return (
        f'<tr id="{escape(where)}"{total}><th scope="row">{name_html(row.label, where, beside)}</th>{place}{cells}</tr>'
    )
