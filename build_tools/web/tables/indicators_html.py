"""Performance indicators as the official table: first, second and third level, target, actual, marks, reason.

First and second levels span their rows and are their headers (`scope="row"`; `rowgroup` would make them headers of all
that follow). A second level that the document prints without an indicator has an empty line; one that it does not print
is not there.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.accounts.statement import Statement
from build_tools.forms import Block, FixedRow, Level, Row
from build_tools.web.escaping import escape
from build_tools.web.tables import PLAIN, Beside, address, cell_html, column_head, frame, name_html


def indicators_html(statement: Statement, block: Block, beside: Beside = PLAIN) -> str:
    """The whole table in its frame."""
    axes = statement.axes.get(block.key)
    rows = axes.rows if axes else ()
    heads = "".join(column_head(column) for column in block.columns)
    body = "".join(line for level in block.levels for line in level_lines(statement, block, level, rows, beside))
    return frame(
        f'<table class="mz-table mz-indicators"><caption class="mz-hidden">{escape(statement.form.title)}：'
        f"{escape(block.key)}</caption>"
        f'<thead><tr><th scope="col">一级指标</th><th scope="col">二级指标</th><th scope="col">三级指标</th>'
        f"{heads}</tr></thead><tbody>{body}</tbody></table>",
        f"{statement.form.title}：{block.key}",
    )


def level_lines(
    statement: Statement, block: Block, level: Level, rows: tuple[Row, ...], beside: Beside
) -> Iterator[str]:
    """The lines of one first level; a second level without indicators takes one empty line."""
    named = [second for second in level.under if (block.key, second.key) in statement.places]
    parts = [(second, [row for row in rows if row.under == (level.key, second.key)]) for second in named]
    depth = sum(max(1, len(found)) for _, found in parts)
    full = f"（{level.full}分）" if level.full is not None else ""
    first = f'<th scope="row" rowspan="{depth}" class="mz-first">{escape(level.label)}{full}</th>'
    for second, found in parts:
        head = f'<th scope="row" rowspan="{max(1, len(found))}" class="mz-secondlevel">{escape(second.label)}</th>'
        for line in second_lines(statement, block, second, found, beside):
            yield f"<tr{line[0]}>{first}{head}{line[1]}</tr>"
            first = head = ""


def second_lines(
    statement: Statement, block: Block, second: FixedRow, found: list[Row], beside: Beside
) -> Iterator[tuple[str, str]]:
    """Attributes and cells of each line under a second level."""
    if not found:
        yield (
            "",
            f'<th scope="row"><span class="mz-none" aria-label="{escape(second.label)}未填"></span></th>'
            + "<td></td>" * len(block.columns),
        )
    for row in found:
        cells = "".join(cell_html(statement, block, row.key, column, beside) for column in block.columns)
        where = address(statement, block.key, row.key, "")
        yield f' id="{escape(where)}"', f'<th scope="row">{name_html(row.label, where, beside)}</th>{cells}'
