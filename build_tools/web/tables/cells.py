"""What every layout is made of: a cell with its address, a figure as people read it, the frame around a wide table."""

from __future__ import annotations

from functools import lru_cache

from build_tools.accounts.statement import State, Statement
from build_tools.accounts.statement import address as cell_address
from build_tools.accounts.statement.layout import ADDRESSES
from build_tools.amount import format_grouped
from build_tools.diagnostics import CellRef
from build_tools.fast import make
from build_tools.forms import NUMERIC, Axes, Block, Column, Row
from build_tools.web.escaping import escape
from build_tools.web.pages.amended import Mark
from build_tools.web.pages.rules import rule_url
from build_tools.web.pages.wording import formula_words
from build_tools.web.tables.beside import PLAIN, Beside, last_html

# before and after the number of a cell whose content goes there; no text holds it (`source` refuses what cannot be
# seen)
SLOT = "\x00"
# columns of these types hold figures
FIGURED = (*NUMERIC, "percent")


def address(statement: Statement, block: str, row: str, column: str) -> str:
    """The id of a cell, as used in links."""
    return cell_address(statement.anchor, block, row, column)


@lru_cache(maxsize=ADDRESSES)
def anchor_html(anchor: str, block: str, row: str, column: str) -> str:
    """The same, to stand in an attribute."""
    return escape(cell_address(anchor, block, row, column))


def cell_html(statement: Statement, block: Block, row: str, column: Column, beside: Beside = PLAIN) -> str:
    """One cell."""
    ref = make(CellRef, (statement.key, block.key, row, column.key, ""))
    where = anchor_html(statement.anchor, block.key, row, column.key)
    look = "mz-n" if column.type in FIGURED else "mz-t"
    if beside.slots is not None:
        beside.slots.append((ref, column))
        return f'<td class="{look}" id="{where}">{SLOT}{len(beside.slots) - 1}{SLOT}</td>'
    if statement.cell(ref).state is State.ABSENT:
        return f'<td class="mz-n mz-absent" id="{where}">{escape(statement.texts[ref])}</td>'
    return f'<td class="{look}" id="{where}">{inside_html(statement, ref, column, beside)}</td>'


def inside_html(statement: Statement, ref: CellRef, column: Column, beside: Beside, starred: bool = False) -> str:
    """What stands in a cell; `starred` = a figure that the system computed has a star and nothing else."""
    text = statement.texts[ref]
    if column.type not in FIGURED:
        return escape(text)
    mark, cell = "", statement.cells.get(ref)
    if cell is not None and cell.state is State.DERIVED:
        if starred:
            return f"{format_grouped(text)}*"
        mark = derived_html(statement, cell.rule, beside)
    if ref in beside.known:
        mark += f'<a class="mz-differs" href="#{escape(beside.known[ref])}" aria-label="已知差异"></a>'
    if one := beside.amended.get(ref):
        mark += amended_html(one)
    return f"{mark}{format_grouped(text)}{last_html(ref, beside)}"


def amended_html(one: Mark) -> str:
    """The mark of a figure that was corrected after it was public, with what it was."""
    return f'<a class="mz-amended" href="#{escape(one.anchor)}" title="{escape(one.title)}">更</a>'


def derived_html(statement: Statement, rule: str, beside: Beside) -> str:
    """The mark of a figure that the system computed, with the formula in words."""
    title = formula_of(statement, rule)
    if beside.plain:
        return f'<abbr class="mz-derived" title="{escape(title)}">算</abbr>'
    return f'<a class="mz-derived" href="{beside.base}{rule_url(escape(rule))}" title="{escape(title)}">算</a>'


def formula_of(statement: Statement, rule: str) -> str:
    """How the system computed a figure, in words."""
    identity = next((one for one in statement.form.rules if one.id == rule), None)
    return f"系统计算：{formula_words(identity.text)}" if identity else f"系统计算（{rule}）"


def axes_of(statement: Statement, block: Block) -> Axes:
    """The rows of a block; an absent table still prints its fixed rows."""
    fixed = tuple(Row(row.key, row.label, row.code, level=0 if row.total else -1) for row in block.rows)
    return statement.axes.get(block.key) or Axes(block, fixed)


def frame(table: str, label: str) -> str:
    """Wide tables scroll inside their own frame, which the keyboard can reach."""
    return f'<div class="mz-frame" tabindex="0" role="group" aria-label="{escape(label)}">{table}</div>'
