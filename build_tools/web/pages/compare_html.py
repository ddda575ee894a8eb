"""The table departments × years of a comparison, written row by row: a district has a thousand cells of it."""

from __future__ import annotations

from build_tools.web.charts.html import cell_html
from build_tools.web.escaping import escape
from build_tools.web.pages.compare import Group
from build_tools.web.tables import frame


def compare_table(group: Group, title: str, base: str) -> str:
    """One level's table; what makes a department unlike the others stands under its name."""
    heads = "".join(f'<th scope="col" class="mz-n">{year}年</th>' for year in group.years)
    lines = []
    for line in group.lines:
        link = line.link
        name = f'<a href="{escape(base + link.url)}">{escape(link.title)}</a>'
        under = "".join(f'<span class="mz-origin">{escape(text)}</span>' for text in (link.note, *line.notes) if text)
        lines.append(
            f'<tr><th scope="row">{name}{under}</th>{"".join(cell_html(cell, base) for cell in line.cells)}</tr>'
        )
    caption = f"{group.level}：{title}"
    return frame(
        f'<table class="mz-table mz-matrix mz-sortable"><caption class="mz-hidden">{escape(caption)}</caption>'
        f'<thead><tr><th scope="col">{escape(group.level)}</th>{heads}</tr></thead><tbody>{"".join(lines)}</tbody>'
        f"</table>",
        caption,
    )
