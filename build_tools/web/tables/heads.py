"""Header rows: spanning headers, the columns of a code, 栏次.

A spanning header is the header of every column under it (`scope="col"`); `colgroup` would ask for column groups, which
these tables do not have. The code columns are hidden on a phone, where the code stands above its name, so no header may
span them and a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from build_tools.forms import NUMERIC, Block, Column, Layout
from build_tools.web.escaping import escape
from build_tools.web.tables.beside import PLAIN, Beside, term_html

CODE_HEADS = {"functional": "功能分类科目编码", "economic": "经济分类科目编码"}


def code_blank(layout: Layout) -> str:
    """Empty code cells, as many as the layout has code columns."""
    return '<td class="mz-code"></td>' * max(1, len(layout.code_columns))


def head_rows(block: Block, columns: Sequence[Column], layout: Layout, beside: Beside = PLAIN) -> str:
    """One header row; two where columns share a spanning header or codes stand under 项目; three where a code has
    columns.
    """
    if block.kind == "coded":
        top, *below = code_heads(layout.code_head or CODE_HEADS[block.codes], layout.code_columns)
    else:
        below = [""] if any(column.head for column in columns) else []
        tall = ' rowspan="2"' if below else ""
        top = f'<th scope="col"{tall}>{escape(block.ordinal)}</th>' if block.ordinal else ""
        if not block.ordinal and block.kind != "records":
            top = f'<th scope="col"{tall}>项目</th>'
    for head, run in runs(columns):
        if head:
            top += f'<th scope="col" colspan="{len(run)}" class="mz-span">{escape(head)}{term_html(head, beside)}</th>'
            below[0] += "".join(
                column_head(column, f' rowspan="{len(below)}"' if len(below) > 1 else "", beside) for column in run
            )
        else:
            top += "".join(
                column_head(column, f' rowspan="{len(below) + 1}"' if below else "", beside) for column in run
            )
    return "".join(f"<tr>{row}</tr>" for row in (top, *below))


def code_heads(code_head: str, parts: Sequence[str]) -> list[str]:
    """The header rows above code and name: 项目, then the two of them, then the parts of the code where it has
    columns.
    """
    if not parts:
        return [
            '<td class="mz-code"></td><th scope="col">项目</th>',
            f'{code_th(code_head)}<th scope="col">科目名称</th>',
        ]
    wide = f' colspan="{len(parts)}"'
    return [
        f'<td class="mz-code"{wide}></td><th scope="col">项目</th>',
        (
            f'<th scope="col" class="mz-code mz-part"{wide}>{escape(code_head)}</th><th scope="col" rowspan="2">'
            f"科目名称</th>"
        ),
        part_ths(parts),
    ]


def code_th(text: str) -> str:
    """The head of a code column."""
    return f'<th scope="col" class="mz-code">{escape(text)}</th>'


def part_ths(parts: Sequence[str]) -> str:
    """The heads 类, 款, 项, which need little room."""
    return "".join(f'<th scope="col" class="mz-code mz-part">{escape(part)}</th>' for part in parts)


def column_head(column: Column, more: str = "", beside: Beside = PLAIN) -> str:
    """The head of one column, with its unit where it is not the table's."""
    number = ' class="mz-n"' if column.type in NUMERIC or column.type == "percent" else ""
    unit = f"（{escape(column.unit)}）" if column.unit else ""
    stated = ' <small class="mz-second">原文载明</small>' if column.stated else ""
    return f'<th scope="col"{number}{more}>{escape(column.label)}{unit}{stated}{term_html(column.label, beside)}</th>'


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


def number_row(block: Block, columns: Sequence[Column], layout: Layout) -> str:
    """栏次, where the form prints them."""
    if not layout.numbered or not any(column.number for column in columns):
        return ""
    cells = "".join(f'<td class="mz-n">{escape(column.number)}</td>' for column in columns)
    code = code_blank(layout) if block.kind == "coded" else ""
    return f'<tr class="mz-numbers">{code}<td>栏次</td>{cells}</tr>'
