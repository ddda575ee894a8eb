"""A statement → the official table as HTML. Written by hand in tight functions: this is where bulk pages spend their time.

Every figure has an address (`id`): slug.block.row.column. Nothing is added inside the official table but a small mark
behind a figure that the system computed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from build_tools.diagnostics import CellRef
from build_tools.forms import NUMERIC, Axes, Block, Column, FixedRow, Row
from build_tools.statement import State, Statement, shown

MINUS = "−"


def address(statement: Statement, block: str, row: str, column: str) -> str:
    """The id of a cell, as used in links."""
    return ".".join(part for part in (statement.form.slug, block, row, column) if part)


def printed(text: str) -> str:
    """A figure as people read it: thousands separated, a true minus."""
    sign, digits = (MINUS, text[1:]) if text.startswith("-") else ("", text)
    whole, point, rest = digits.partition(".")
    if not whole.isdigit():
        return text
    return f"{sign}{int(whole):,}{point}{rest}"


def cell_html(statement: Statement, block: Block, row: str, column: Column, tag: str = "td") -> str:
    """One cell."""
    ref = CellRef(statement.form.key, block.key, row, column.key)
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


def axes_of(statement: Statement, block: Block) -> Axes:
    """The rows of a block; an absent table still prints its fixed rows."""
    fixed = tuple(Row(row.key, row.label, row.code, level=0 if row.total else -1) for row in block.rows)
    return statement.axes.get(block.key) or Axes(block, fixed)


def frame(table: str, label: str) -> str:
    """Wide tables scroll inside their own frame, which the keyboard can reach."""
    return f'<div class="mz-frame" tabindex="0" role="region" aria-label="{escape(label)}">{table}</div>'


def sides(statement: Statement) -> str:
    """Two blocks side by side, each with 行次; on a phone one stands above the other."""
    form, layout = statement.form, statement.form.layout
    titles = layout.titles or tuple(block.key for block in form.blocks)
    depth = max(last - first for first, last in layout.lines) + 1
    tables = [
        frame(side(statement, block, title, first, depth), f"{form.title}：{title}")
        for block, title, (first, _) in zip(form.blocks, titles, layout.lines, strict=True)
    ]
    return f'<div class="mz-sides">{"".join(tables)}</div>'


def side(statement: Statement, block: Block, title: str, first: int, depth: int) -> str:
    """One side: a printed row for every 行次, also where the form leaves it empty."""
    heads = "".join(f'<th scope="col" class="mz-n">{escape(column.label)}</th>' for column in block.columns)
    numbers = "".join(f'<td class="mz-n">{escape(column.number)}</td>' for column in block.columns)
    width = len(block.columns) + 2
    by_line = {row.line: row for row in block.rows}
    body = "".join(side_row(statement, block, by_line.get(line), line) for line in range(first, first + depth))
    return (
        f'<table class="mz-table"><caption class="mz-hidden">{escape(statement.form.title)}：{escape(title)}</caption>'
        f'<thead><tr><th scope="colgroup" colspan="{width}" class="mz-span">{escape(title)}</th></tr>'
        f'<tr><th scope="col">项目</th><th scope="col" class="mz-line">行次</th>{heads}</tr>'
        f'<tr class="mz-numbers"><td>栏次</td><td></td>{numbers}</tr></thead><tbody>{body}</tbody></table>'
    )


def side_row(statement: Statement, block: Block, row: FixedRow | None, line: int) -> str:
    """One printed line of a side."""
    if row is None:
        blanks = "<td></td>" * len(block.columns)
        return f'<tr class="mz-empty"><td></td><td class="mz-line">{line}</td>{blanks}</tr>'
    cells = "".join(cell_html(statement, block, row.key, column) for column in block.columns)
    total = ' class="mz-total"' if row.total else ""
    return f'<tr{total}><th scope="row">{escape(row.label)}</th><td class="mz-line">{line}</td>{cells}</tr>'


def block_table(statement: Statement, block: Block) -> str:
    """Rows and columns of one block, with spanning headers; nothing for a block without content."""
    axes = axes_of(statement, block)
    if block.kind == "fields" or (block.kind in ("records", "coded") and not axes.rows):
        return ""
    coded = block.kind == "coded"
    columns = [column for column in block.columns if not empty_column(statement, axes, column)] if statement.form.layout.style == "list" else list(block.columns)
    lead = ["功能分类科目编码" if block.codes == "functional" else "经济分类科目编码", "科目名称"] if coded else ["项目"]
    if block.kind == "records":
        lead = []
    body = "".join(row_html(statement, block, row, columns) for row in axes.rows)
    heads = head_rows(lead, columns, coded)
    numbers = number_row(columns, len(lead)) if any(column.number for column in columns) else ""
    label = statement.form.title if not block.heading else block.heading[-1]
    caption = f'<caption class="mz-hidden">{escape(label)}</caption>'
    return frame(f'<table class="mz-table mz-rows">{caption}<thead>{heads}{numbers}</thead><tbody>{body}</tbody></table>', label)


def empty_column(statement: Statement, axes: Axes, column: Column) -> bool:
    """True where no row has anything in a column: a list section prints only what it holds."""
    return not any(shown(statement, CellRef(statement.form.key, axes.block.key, row.key, column.key), column) for row in axes.rows)


def head_rows(lead: Sequence[str], columns: Sequence[Column], coded: bool) -> str:
    """One header row, or two where columns share a spanning header (or codes stand under 项目)."""
    two = coded or any(column.head for column in columns)
    if not two:
        cells = "".join(f'<th scope="col">{escape(text)}</th>' for text in lead)
        return f"<tr>{cells}{''.join(column_head(column) for column in columns)}</tr>"
    # the code column is hidden on a phone, so no header may span it
    top = ['<td class="mz-code"></td><th scope="col">项目</th>'] if coded else [f'<th scope="col" rowspan="2">{escape(text)}</th>' for text in lead]
    below = [f'<th scope="col" class="mz-code">{escape(lead[0])}</th><th scope="col">{escape(lead[1])}</th>'] if coded else []
    for head, run in runs(columns):
        if head:
            top.append(f'<th scope="colgroup" colspan="{len(run)}" class="mz-span">{escape(head)}</th>')
            below += [column_head(column) for column in run]
        else:
            top += [column_head(column, ' rowspan="2"') for column in run]
    return f"<tr>{''.join(top)}</tr><tr>{''.join(below)}</tr>"


def column_head(column: Column, more: str = "") -> str:
    """The head of one column, with its unit where it is not the table's."""
    number = ' class="mz-n"' if column.type in NUMERIC or column.type == "percent" else ""
    unit = f"（{escape(column.unit)}）" if column.unit else ""
    stated = ' <small class="mz-second">原文载明</small>' if column.stated else ""
    return f'<th scope="col"{number}{more}>{escape(column.label)}{unit}{stated}</th>'


def runs(columns: Sequence[Column]) -> Iterator[tuple[str, list[Column]]]:
    """Columns in runs that share a spanning header."""
    run: list[Column] = []
    for column in columns:
        if run and (run[-1].head[:1] != column.head[:1] or not column.head):
            yield (run[0].head or ("",))[0], run
            run = []
        run.append(column)
    if run:
        yield (run[0].head or ("",))[0], run


def number_row(columns: Sequence[Column], lead: int) -> str:
    """栏次."""
    cells = "".join(f'<td class="mz-n">{escape(column.number)}</td>' for column in columns)
    code = '<td class="mz-code"></td>' if lead == 2 else ""
    return f'<tr class="mz-numbers">{code}<td>栏次</td>{cells}</tr>'


def row_html(statement: Statement, block: Block, row: Row, columns: Sequence[Column]) -> str:
    """One row; class, item and sub-item told apart by indent and weight."""
    cells = "".join(cell_html(statement, block, row.key, column) for column in columns)
    anchor = escape(address(statement, block.key, row.key, ""))
    if block.kind == "records":
        return f'<tr id="{anchor}">{cells}</tr>'
    if block.kind == "coded" and row.code:
        derived = ' <small class="mz-second">系统补列</small>' if row.derived else ""
        return (
            f'<tr id="{anchor}" class="mz-level-{0 if block.flat else row.level}"><td class="mz-code">{row.code}</td>'
            f'<th scope="row"><small class="mz-code-inline">{row.code}</small>{escape(row.label)}{derived}</th>{cells}</tr>'
        )
    code = '<td class="mz-code"></td>' if block.kind == "coded" else ""
    total = ' class="mz-total"' if row.level == 0 or block.kind == "coded" else ""
    return f'<tr id="{anchor}"{total}>{code}<th scope="row">{escape(row.label)}</th>{cells}</tr>'


def sets(statement: Statement) -> str:
    """Codes in column sets beside each other, with totals below; on a phone the sets stand one above the other."""
    form, layout = statement.form, statement.form.layout
    block = form.blocks[0]
    rows = {row.key: row for row in axes_of(statement, block).rows}
    placed = set_rows(list(rows.values()), layout.sets)
    depth = max(len(one) for one in placed)
    groups: list[str] = []
    index = 0
    for (title, width), (footer, _) in zip(layout.set_heads, layout.footers, strict=True):
        label = next((row.label for row in block.rows if row.key == footer), footer)
        total = f'<td class="mz-code"></td><th scope="row">{escape(label)}</th>{cell_html(statement, block, footer, block.columns[0])}'
        blank = '<td class="mz-code"></td><td></td><td></td>'
        parts = [
            frame(set_table(statement, block, one, title, depth, total if number == width - 1 else blank), f"{form.title}：{title}")
            for number, one in enumerate(placed[index : index + width])
        ]
        groups.append(f'<div class="mz-set mz-set-{width}"><div class="mz-set-head">{escape(title)}</div><div class="mz-set-body">{"".join(parts)}</div></div>')
        index += width
    return f'<div class="mz-sets">{"".join(groups)}</div>'


def set_rows(rows: list[Row], classes: Sequence[Sequence[str]]) -> list[list[Row]]:
    """Each code in the set of its class; a class that no set names goes to the last."""
    placed: list[list[Row]] = [[] for _ in classes]
    for row in rows:
        if row.code:
            home = next((index for index, names in enumerate(classes) if row.code[:3] in names), len(classes) - 1)
            placed[home].append(row)
    return placed


def set_table(statement: Statement, block: Block, rows: list[Row], title: str, depth: int, foot: str) -> str:
    """One column set, filled up to the height of the longest."""
    column = block.columns[0]
    body = "".join(row_html(statement, block, row, [column]) for row in rows)
    filler = '<tr class="mz-empty mz-filler"><td class="mz-code"></td><td></td><td></td></tr>' * (depth - len(rows))
    return (
        f'<table class="mz-table mz-rows"><caption class="mz-hidden">{escape(statement.form.title)}：{escape(title)}</caption>'
        f'<thead><tr><th scope="col" class="mz-code">科目编码</th><th scope="col">科目名称</th>{column_head(column)}</tr></thead>'
        f'<tbody>{body}{filler}</tbody><tfoot><tr class="mz-total">{foot}</tr></tfoot></table>'
    )


def transposed(statement: Statement) -> str:
    """One printed line: the form's rows become columns under each of its columns; on a phone it turns back."""
    block = statement.form.blocks[0]
    wide = transposed_wide(statement, block)
    return frame(wide, statement.form.title)


def transposed_wide(statement: Statement, block: Block) -> str:
    """Three header rows (column, row group, row), the numbers, the figures."""
    count = len(block.rows)
    top = "".join(f'<th scope="colgroup" colspan="{count}" class="mz-span">{escape(column.label)}</th>' for column in block.columns)
    middle, bottom = "", ""
    for _ in block.columns:
        done: set[str] = set()
        for row in block.rows:
            if not row.head:
                middle += f'<th scope="col" rowspan="2" class="mz-n">{escape(row.label)}</th>'
                continue
            if row.head[0] not in done:
                width = sum(1 for one in block.rows if one.head == row.head)
                middle += f'<th scope="colgroup" colspan="{width}" class="mz-span">{escape(row.head[0])}</th>'
                done.add(row.head[0])
            bottom += f'<th scope="col" class="mz-n">{escape(row.label)}</th>'
    numbers = "".join(f'<td class="mz-n">{number}</td>' for number in range(1, count * len(block.columns) + 1))
    cells = "".join(cell_html(statement, block, row.key, column) for column in block.columns for row in block.rows)
    caption = f'<caption class="mz-hidden">{escape(statement.form.title)}</caption>'
    return (
        f'<table class="mz-table mz-transposed">{caption}<thead><tr>{top}</tr><tr>{middle}</tr><tr>{bottom}</tr>'
        f'<tr class="mz-numbers">{numbers}</tr></thead><tbody><tr>{cells}</tr></tbody></table>'
    )
