"""Codes in column sets beside each other, with totals below; on a phone the sets stand one above the other."""

from __future__ import annotations

from collections.abc import Sequence

from build_tools.accounts.statement import Statement
from build_tools.forms import Block, Column, Layout, Row
from build_tools.web.escaping import escape
from build_tools.web.tables.beside import PLAIN, Beside, name_html
from build_tools.web.tables.cells import address, axes_of, cell_html, frame
from build_tools.web.tables.heads import code_blank, code_th, column_head, part_ths
from build_tools.web.tables.rows import row_html


def sets(statement: Statement, beside: Beside = PLAIN) -> str:
    """Every group of sets under its name, with the group's total under its last set."""
    form, layout = statement.form, statement.form.layout
    block = form.blocks[0]
    rows = {row.key: row for row in axes_of(statement, block).rows}
    placed = set_rows(list(rows.values()), layout.sets)
    depth = max(len(one) for one in placed)
    code = code_blank(layout)
    groups: list[str] = []
    index = 0
    for (title, width), (footer, _) in zip(layout.set_heads, layout.footers, strict=True):
        label = next((row.label for row in block.rows if row.key == footer), footer)
        where = address(statement, block.key, footer, "")
        total = (
            f'{code}<th scope="row">{name_html(label, where, beside)}</th>'
            f"{cell_html(statement, block, footer, block.columns[0], beside)}"
        )
        blank = f"{code}<td></td><td></td>"
        parts = [
            frame(
                set_table(
                    statement,
                    block,
                    one,
                    title,
                    depth,
                    foot_row(total, where) if number == width - 1 else foot_row(blank),
                    beside,
                ),
                f"{form.title}：{title}",
            )
            for number, one in enumerate(placed[index : index + width])
        ]
        head = f'<div class="mz-set-head">{escape(title)}</div>' if layout.headed else ""
        groups.append(f'<div class="mz-set mz-set-{width}">{head}<div class="mz-set-body">{"".join(parts)}</div></div>')
        index += width
    widths = "-".join(str(width) for _, width in layout.set_heads)
    return f'<div class="mz-sets mz-sets-{widths}">{"".join(groups)}</div>'


def set_rows(rows: list[Row], classes: Sequence[Sequence[str]]) -> list[list[Row]]:
    """Each code in the set of its class; a class that no set names goes to the last."""
    placed: list[list[Row]] = [[] for _ in classes]
    for row in rows:
        if row.code:
            home = next((index for index, names in enumerate(classes) if row.code[:3] in names), len(classes) - 1)
            placed[home].append(row)
    return placed


def set_table(
    statement: Statement, block: Block, rows: list[Row], title: str, depth: int, foot: str, beside: Beside
) -> str:
    """One column set, filled up to the height of the longest."""
    column, layout = block.columns[0], statement.form.layout
    body = "".join(row_html(statement, block, row, [column], beside) for row in rows)
    filler = f'<tr class="mz-empty mz-filler">{code_blank(layout)}<td></td><td></td></tr>' * (depth - len(rows))
    return (
        f'<table class="mz-table mz-rows"><caption class="mz-hidden">{escape(statement.form.title)}：{escape(title)}</caption>'  # noqa: E501
        f"<thead>{set_heads(layout, column)}</thead>"
        f"<tbody>{body}{filler}</tbody><tfoot>{foot}</tfoot></table>"
    )


def set_heads(layout: Layout, column: Column) -> str:
    """Code, name, figure; a second row where the code has columns."""
    code, parts = layout.code_head or "科目编码", layout.code_columns
    if not parts:
        return f'<tr>{code_th(code)}<th scope="col">科目名称</th>{column_head(column)}</tr>'
    tall = ' rowspan="2"'
    wide = f'<th scope="col" class="mz-code mz-part" colspan="{len(parts)}">{escape(code)}</th>'
    return f'<tr>{wide}<th scope="col"{tall}>科目名称</th>{column_head(column, tall)}</tr><tr>{part_ths(parts)}</tr>'


def foot_row(cells: str, where: str = "") -> str:
    """The last line of a set; with its address where it is the total of the group."""
    anchor = f' id="{escape(where)}"' if where else ""
    return f'<tr{anchor} class="mz-total">{cells}</tr>'
