"""A section that is a list of fields and records rather than one table: its blocks under their headings, drawn for the
page.

Written by hand in tight functions like the tables: 说明 and the performance forms are made of hundreds of such fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_tools.accounts.statement import Cell, State, Statement
from build_tools.amount import format_grouped
from build_tools.diagnostics import CellRef
from build_tools.fast import make
from build_tools.forms import Block, Column
from build_tools.web.escaping import escape
from build_tools.web.pages.notes import Note
from build_tools.web.pages.rules import rule_url
from build_tools.web.prose import manner_html, note_html
from build_tools.web.tables import Beside, address, empty_column, formula_of, here_html, own_html, rows_html, term_html
from build_tools.web.tables.cells import amended_html
from build_tools.web.tables.indicators_html import indicators_html

NOT_FILLED = '<p class="mz-second">没有填报。</p>'
NO_MEANING = "本站还没有这个名词的解释"
TERMS_NOTE = '<p class="mz-second">名词照原文所列；解释由本站编写，非原文。</p>'


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """What a list is drawn in: the `level` of its headings, what stands beside its fields, notes by the address of a
    field, the `source` of its summaries, what a term means.
    """

    level: int
    beside: Beside
    notes: Mapping[str, Sequence[Note]]
    source: str
    meaning: Callable[[str], str]


def blocks_html(statement: Statement, around: Around) -> str:
    """All blocks, each heading once; nothing for a form that says that there is nothing."""
    return "" if statement.absence else "".join(part for parts in headed(statement, around) for part in parts)


def headed(statement: Statement, around: Around) -> Iterator[tuple[str, str, str]]:
    """Headings and content of each block, and what is said of its terms. The addresses of the top headings are
    counted.
    """
    top, second, number = "", "", 0
    for block in statement.form.blocks:
        heads, path = "", block.heading
        if path and path[0] != top:
            top, number = path[0], number + 1
            heads += f'<h{around.level} id="{escape(statement.anchor)}-{number}">{escape(top)}</h{around.level}>\n'
        if len(path) > 1 and path[1] != second and (block.kind != "records" or has_content(statement, block)):
            second = path[1]
            heads += f"<h{around.level + 1}>{escape(second)}</h{around.level + 1}>\n"
        yield (
            heads,
            block_html(statement, block, around),
            TERMS_NOTE if block.columns and block.columns[0].type == "term" else "",
        )


def block_html(statement: Statement, block: Block, around: Around) -> str:
    """One block by its kind."""
    if block.kind == "fields":
        return fields_html(statement, block, around)
    if block.kind == "indicators":
        return f"{indicators_html(statement, block, around.beside)}\n"
    if not has_content(statement, block):
        return ""
    said = summary_note(statement, block, around)
    if block.kind == "records" and len(block.columns) == 1:
        return said + items_html(statement, block, around)
    return f"{said}{rows_html(statement, block, around.beside)}\n"


def fields_html(statement: Statement, block: Block, around: Around) -> str:
    """The fields that hold something: short ones side by side with their names, then the texts."""
    filled = fields(statement, block)
    if not filled:
        others = (one for one in statement.form.blocks if one.heading == block.heading)
        return "" if any(has_content(statement, other) for other in others) else NOT_FILLED
    short = "".join([field_html(statement, block, one, around) for one in filled if one[0].type != "prose"])
    texts = "".join([text_html(statement, block, one, around) for one in filled if one[0].type == "prose"])
    return f'<dl class="mz-fields">\n{short}</dl>\n{texts}'


Field = tuple[Column, Cell, str]


def field_html(statement: Statement, block: Block, field: Field, around: Around) -> str:
    """A short field: its name, which leads to it, what it says, what is said of that."""
    column, cell, text = field
    where, beside = address(statement, block.key, "", column.key), around.beside
    stated = ' <small class="mz-second">原文载明</small>' if column.stated else ""
    said = (
        escape(text)
        if cell.amount is None
        else f'<span class="mz-figure-small">{escape(format_grouped(text))}</span>{unit_html(statement, column)}'
    )
    if cell.rule:
        rule, title = escape(cell.rule), escape(formula_of(statement, cell.rule))
        said += (
            f' <small class="mz-second"><a class="mz-formula-of" href="{beside.base}{rule_url(rule)}" '
            f'title="{title}">系统计算</a></small>'
        )
    known = beside.known.get(CellRef(statement.key, block.key, "", column.key)) if beside.known else None
    if known is not None:
        said += f'<a class="mz-differs" href="#{escape(known)}" aria-label="已知差异"></a>'
    if one := beside.amended.get(CellRef(statement.key, block.key, "", column.key)):
        said += amended_html(one)
    said += "".join([note_html(note) for note in around.notes.get(where, ())])
    name = f"{own_html(column.label, where, beside)}{term_html(column.label, beside)}{stated}"
    return f'<div id="{escape(where)}"><dt>{name}</dt>\n<dd>{said}</dd></div>\n'


def unit_html(statement: Statement, column: Column) -> str:
    """The unit behind a figure; a percentage has its own sign."""
    return "" if column.type == "percent" else f' <span class="mz-unit">{unit_of(statement, column)}</span>'


def unit_of(statement: Statement, column: Column) -> str:
    """The unit of a field's figure."""
    return "分" if column.type == "score" else escape(column.unit_in(statement.unit))


def text_html(statement: Statement, block: Block, field: Field, around: Around) -> str:
    """A text of staff, under its name where the block has other fields."""
    column, cell, text = field
    level = around.level + (1 if block.heading else 0)
    head = f"<h{level}>{escape(column.label)}</h{level}>" if len(block.columns) > 1 else ""
    notes = around.notes.get(address(statement, block.key, "", column.key), ())
    return f"{head}{manner_html(cell.manner, text, around.source, notes)}\n"


def items_html(statement: Statement, block: Block, around: Around) -> str:
    """Records of one column as a list, each with its address; a term with its meaning."""
    column, lines = block.columns[0], []
    for row in statement.axes[block.key].rows:
        text, where = statement.at(block.key, row.key, column.key).text, address(statement, block.key, row.key, "")
        said = f"{escape(text)}{here_html(where)}" if column.type == "prose" else own_html(text, where, around.beside)
        meaning = (
            f'<span class="mz-meaning">{escape(around.meaning(text) or NO_MEANING)}</span>'
            if column.type == "term"
            else ""
        )
        lines.append(f'<li id="{escape(where)}">{said}{meaning}</li>\n')
    return f'<ul class="mz-list">\n{"".join(lines)}</ul>\n'


def summary_note(statement: Statement, block: Block, around: Around) -> str:
    """That the texts of a list are summaries and not the document's own words."""
    if not summarised(statement, block):
        return ""
    names = "、".join(column.label for column in block.columns if column.type == "prose")
    return f'<p class="mz-second">{escape(names)}：整理者摘要，非原文；来源：{escape(around.source)}</p>'


def summarised(statement: Statement, block: Block) -> bool:
    """True where the texts of a list are summaries."""
    axes, texts = statement.axes.get(block.key), [column.key for column in block.columns if column.type == "prose"]
    return (
        block.kind == "records"
        and axes is not None
        and any(statement.at(block.key, row.key, text).manner == "摘要" for text in texts for row in axes.rows)
    )


def fields(statement: Statement, block: Block) -> list[Field]:
    """The fields of a block that hold something, in order: column, cell, text."""
    found = []
    for column in block.columns:
        ref = make(CellRef, (statement.key, block.key, "", column.key, ""))
        text = statement.texts[ref]
        if text:
            cell = statement.cell(ref)
            if column.blank or cell.state is not State.OMITTED:
                found.append((column, cell, text))
    return found


def has_content(statement: Statement, block: Block) -> bool:
    """True where a block of a list section holds anything to print."""
    axes = statement.axes.get(block.key)
    return axes is not None and any(not empty_column(statement, axes, column) for column in block.columns)
