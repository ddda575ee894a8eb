"""The same lists for the one file that an editor of a portal takes over: no addresses, no links, their look in
attributes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from build_tools.accounts.statement import Cell, Statement
from build_tools.amount import format_grouped
from build_tools.forms import Block, Column
from build_tools.web.escaping import escape
from build_tools.web.prose import prose
from build_tools.web.tables import PLAIN, rows_html
from build_tools.web.tables.indicators_html import indicators_html
from build_tools.web.tables.lists import fields, has_content, unit_of
from build_tools.web.tables.portable import LINES, plain

TERMS_NOTE = "<p><small>名词照原文所列；解释由网站编写，非原文。</small></p>"


def plain_blocks(statement: Statement, level: int, source: str, meaning: Callable[[str], str]) -> str:
    """All blocks that hold anything, under their headings from `level` down."""
    return "".join(plain_parts(statement, level, source, meaning))


def plain_parts(statement: Statement, level: int, source: str, meaning: Callable[[str], str]) -> Iterator[str]:
    """Headings and blocks in turn."""
    heads: tuple[str, ...] = ()
    for block in statement.form.blocks if not statement.absence else ():
        if has_content(statement, block):
            yield from (
                f"<h{level + depth}>{escape(head)}</h{level + depth}>"
                for depth, head in enumerate(block.heading)
                if head not in heads
            )
            heads = block.heading
            yield f"{plain_block(statement, block, source, meaning)}\n"


def plain_block(statement: Statement, block: Block, source: str, meaning: Callable[[str], str]) -> str:
    """One block by its kind."""
    if block.kind == "fields":
        return plain_fields(statement, block, source)
    if block.kind == "indicators":
        return f"{plain(indicators_html(statement, block))}\n"
    if block.kind == "records" and len(block.columns) == 1:
        return plain_items(statement, block, meaning)
    return f"{rows_html(statement, block, PLAIN, plain)}\n"


def plain_fields(statement: Statement, block: Block, source: str) -> str:
    """Short fields as a table of two columns, then the texts."""
    filled = fields(statement, block)
    rows = "".join(
        [
            f'<tr><th scope="row" style="{LINES};text-align:left;font-weight:normal">{escape(column.label)}</th><td style="{LINES}">'  # noqa: E501
            f"{plain_figure(statement, column, cell, text)}{'*' if cell.rule else ''}</td></tr>\n"
            for column, cell, text in filled
            if column.type != "prose"
        ]
    )
    table = f'<table style="border-collapse:collapse">\n{rows}</table>\n' if rows else ""
    return table + "".join(
        (f"<p><strong>{escape(column.label)}</strong></p>" if len(block.columns) > 1 else "")
        + plain_text(cell, text, source)
        for column, cell, text in filled
        if column.type == "prose"
    )


def plain_figure(statement: Statement, column: Column, cell: Cell, text: str) -> str:
    """What a short field says, a figure with its unit."""
    if cell.amount is None:
        return escape(text)
    return escape(format_grouped(text)) + ("" if column.type == "percent" else f" {unit_of(statement, column)}")


def plain_text(cell: Cell, text: str, source: str) -> str:
    """A text of staff; a summary says that it is one."""
    said = f"；来源：{escape(source)}" if source else ""
    return (f"<p><small>整理者摘要，非原文{said}</small></p>" if cell.manner == "摘要" else "") + f"{prose(text)}\n\n"


def plain_items(statement: Statement, block: Block, meaning: Callable[[str], str]) -> str:
    """Records of one column as a list; a term with its meaning."""
    column, lines = block.columns[0], []
    for row in statement.axes[block.key].rows:
        text = statement.at(block.key, row.key, column.key).text
        told = meaning(text) if column.type == "term" else ""
        lines.append(f"<li>{escape(text)}{'：' if told else ''}{escape(told)}</li>\n")
    return f"<ul>\n{''.join(lines)}</ul>\n{TERMS_NOTE if column.type == 'term' else ''}"
