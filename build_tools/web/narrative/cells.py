"""What cells of a table say in a text: a figure with its unit, words of staff, a change that they declared.

What is not there is unknown, '' or None; nothing here asks for a cell by name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from build_tools.accounts.key_figures import amount_above
from build_tools.accounts.statement import State, Statement
from build_tools.amount import parse_figure
from build_tools.diagnostics import CellRef
from build_tools.fast import make
from build_tools.forms import Concept, Row
from build_tools.web.narrative.model import Quoted
from build_tools.web.narrative.quoting import Change, Draft, Figure, computed, in_unit, moved, unknown

LEVELS = {1: "（类）", 2: "（款）", 3: "（项）"}
# a sentence ends with the template's own mark, and begins with its own words
ENDS, BEGINNINGS = " 。；;，,、：:.", ("主要原因是", "主要原因", "原因是", "主要是因为", "因为")
BULLET, BULLETS = re.compile("^[-*#>]+ "), ("-", "*", "#", ">")


@dataclass(frozen=True, slots=True)
class Item:
    """One of the parts of a total: what the table calls it (`path`: from the 类 down), its row or column, its figure
    and the share of the total.
    """

    label: str
    path: str
    key: str
    figure: Figure
    share: Figure


def read_figure(
    draft: Draft, statement: Statement | None, block: str, row: str, column: str, scope: str = ""
) -> Figure:
    """A figure in 万元 as its own table prints it, what is no amount with its unit; unknown where the table or the
    column is not there.
    """
    axes = statement.axes.get(block) if statement else None
    found = axes.block.column(column) if axes else None
    if statement is None or found is None:
        return unknown(draft)
    ref = make(CellRef, (statement.key, block, row, column, ""))
    text, cell = statement.texts[ref], statement.cell(ref)
    amount = cell.amount
    if amount is None or not text or found.type != "amount" or cell.state is not State.WRITTEN:
        # printed where nothing was written, or to be looked at: a word is no figure
        printed = parse_figure(text)
        if printed is None or (amount is None and text[-1] == "%"):
            return unknown(draft)
        amount = printed if amount is None else amount
    if found.private:
        return unknown(draft)
    told = amount_above(statement, found, text, amount)
    named = make(CellRef, (*ref[:4], scope)) if scope else ref
    return make(Figure, (draft, make(Quoted, (told.text, (named,), "cell", told.source)), told.value, told.unit))


def read_words(statement: Statement | None, block: str, row: str, column: str) -> str:
    """What staff wrote, on one line and without the marks that the sentence has itself; '' for nothing, also in so many
    words.
    """
    cell = statement.at(block, row, column) if statement and not statement.absence else None
    axes = statement.axes.get(block) if statement else None
    found = axes.block.column(column) if axes else None
    if cell is None or cell.state is not State.WRITTEN or found is None or found.private:
        return ""
    lines = [" ".join(line.split()) for line in cell.text.splitlines()]
    lines = [BULLET.sub("", line) if line.startswith(BULLETS) else line for line in lines]
    text = "；".join([line.strip(ENDS) for line in lines if line]).strip(ENDS)
    for beginning in BEGINNINGS if text.startswith(BEGINNINGS) else ():
        text = text.removeprefix(beginning).lstrip(ENDS)
    return text


def find_change(
    now: Figure, before: Figure | None, explained: Statement | None = None, block: str = "", row: str = ""
) -> Change | None:
    """Against last year's published figure, else by what staff wrote in this block of 说明 (`explained`); None where
    neither is there.
    """
    if now.known and before is not None and before.known:
        return moved(computed("difference", (now, before)), computed("growth", (now, before)), now, before)
    if explained is None:
        return None
    more, less = (
        one if (one := read_figure(now.draft, explained, block, row, key_in(explained, block, concept))).known else None
        for concept in (Concept.INCREASE, Concept.DECREASE)
    )
    by = more or less
    if by is not None:
        up = (by is more) == ((by.amount or 0) > 0)
        rate = computed("growth-by-increase" if by is more else "growth-by-decrease", (now, by))
        return Change(
            by if (by.amount or 0) >= 0 else computed("magnitude", (by,)),
            rate,
            up,
            up and now.known and in_unit(by, now.unit) == now.amount != 0,
        )
    unchanged = read_words(explained, block, row, key_in(explained, block, Concept.UNCHANGED))
    flat = more is not None or less is not None or unchanged
    return Change(unknown(now.draft), unknown(now.draft), False) if flat else None


def columns_of(draft: Draft, statement: Statement | None, block: str, row: str, whole: str) -> list[Item]:
    """The columns of a row that hold something, with their shares of the column `whole`."""
    axes = statement.axes.get(block) if statement else None
    total = read_figure(draft, statement, block, row, whole)
    found = [
        item_of(column.label, column.label, column.key, read_figure(draft, statement, block, row, column.key), total)
        for column in (axes.block.numeric if axes else ())
        if column.key != whole
    ]
    return [one for one in found if one.figure]


def classes_of(draft: Draft, statement: Statement | None, block: str, whole: str, column: str) -> list[Item]:
    """The 类 of a block that hold something, with their shares of the row `whole`, in the order of the table."""
    axes = statement.axes.get(block) if statement else None
    total = read_figure(draft, statement, block, whole, column)
    found = [
        item_of(row.label, path_of(row, {}), row.key, read_figure(draft, statement, block, row.key, column), total)
        for row in (axes.rows if axes else ())
        if row.level == 1
    ]
    return [one for one in found if one.figure]


def largest(items: Sequence[Item]) -> list[Item]:
    """The largest first."""
    return sorted(items, key=lambda one: -(one.figure.amount or 0))


def item_of(label: str, path: str, key: str, figure: Figure, total: Figure) -> Item:
    """An item with its share."""
    return Item(label, path, key, figure, computed("share", (figure, total)))


def key_in(statement: Statement | None, block: str, concept: Concept) -> str:
    """The key of the column that a concept names in a block of a table; '' where there is none."""
    column = statement.form.column_of(concept, block) if statement else None
    return column.key if column else ""


def path_of(row: Row, rows: dict[str, Row]) -> str:
    """类, 款 and 项 by their names, from the top."""
    above = rows.get(row.parent)
    return f"{path_of(above, rows) if above else ''}{row.label}{LEVELS.get(row.level, '')}"
