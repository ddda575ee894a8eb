"""The table beside a chart and what the script draws of it, both from the same value, so that they cannot disagree."""

from __future__ import annotations

import json

from build_tools.amount import format_grouped
from build_tools.web.charts.model import Cell, Chart
from build_tools.web.escaping import escape
from build_tools.web.tables import frame


def chart_table(chart: Chart, base: str) -> str:
    """The whole table in its frame; a figure is a link to its cell, a word stands for why there is none."""
    heads = "".join(f'<th scope="col" class="mz-n">{escape(column)}</th>' for column in chart.columns)
    lines = []
    for row in chart.rows:
        name = f'<a href="{escape(base + row.url)}">{escape(row.label)}</a>' if row.url else escape(row.label)
        lines.append(
            f'<tr{TOTAL if row.total else ""}><th scope="row">{name}</th>'
            f"{''.join(cell_html(cell, base) for cell in row.cells)}</tr>"
        )
    return frame(
        f'<table class="mz-table mz-matrix"><caption class="mz-hidden">{escape(chart.title)}</caption>'
        f'<thead><tr><th scope="col">{escape(chart.head)}</th>{heads}</tr></thead><tbody>{"".join(lines)}</tbody>'
        f"</table>",
        chart.title,
    )


TOTAL = ' class="mz-total"'


def cell_html(cell: Cell, base: str) -> str:
    """One cell of such a table."""
    return f'<td class="mz-n">{figure_html(cell, base)}</td>'


def figure_html(cell: Cell, base: str) -> str:
    """A figure with its link and its formula, or a word."""
    if cell.amount is None:
        return f'<span class="mz-none">{escape(cell.text)}</span>' if cell.text else ""
    text = escape(f"+{format_grouped(cell.text[1:])}" if cell.text.startswith("+") else format_grouped(cell.text))
    title = f' title="{escape(cell.title)}"' if cell.title else ""
    found = (
        f'<a href="{escape(base + cell.url)}"{title}>{text}</a>'
        if cell.url
        else f"<span{title}>{text}</span>"
        if title
        else text
    )
    return f'<abbr class="mz-derived" title="系统计算">算</abbr>{found}' if cell.derived else found


def chart_data(chart: Chart) -> str:
    """JSON that no browser takes for anything else: nothing in it can close the element that it stands in."""
    text = json.dumps(chart.data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
