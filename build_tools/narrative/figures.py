"""What the templates of a narrative may ask for: figures, shares, changes, completion, items by size, words of staff.

Nothing here writes a sentence. What is not there is unknown and false, so that a template can leave it out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property

from markupsafe import Markup

from build_tools.corpus import Disclosure
from build_tools.diagnostics import CellRef
from build_tools.forms import Axes, Form, Row
from build_tools.narrative.model import Quoted
from build_tools.narrative.quoting import Draft, Figure, computed, in_unit, unknown
from build_tools.statement import Ledger, State, Statement, as_date
from build_tools.statement.model import UNSAID
from build_tools.tuples import make

EXPLANATION, BASIC = "说明", "基本支出决算表"
LEVELS = {1: "（类）", 2: "（款）", 3: "（项）"}
MORE, LESS, FLAT = ("增加", "比上年增加"), ("减少", "比上年减少"), ("持平", "与上年相比")
# a sentence ends with the template's own mark, and begins with its own words
ENDS, BEGINNINGS = " 。；;，,、：:.", ("主要原因是", "主要原因", "原因是", "主要是因为", "因为")
BULLET, BULLETS = re.compile("^[-*#>]+ "), ("-", "*", "#", ">")
# a plain answer is read at one glance
BRIEF = 90


@dataclass(frozen=True, slots=True)
class Change:
    """By how much a figure is more (`up`) or less than what it is held against; `by` and `rate` are false where nothing changed.

    `fresh` = there was nothing before.
    """

    by: Figure
    rate: Figure
    up: bool
    fresh: bool = False

    @property
    def word(self) -> str:
        """增加, 减少 or 持平."""
        return ("增加" if self.up else "减少") if self.by else "持平"


@dataclass(frozen=True, slots=True)
class Item:
    """One of the parts of a total: what the table calls it (`path`: from the 类 down), its row or column, its figure and the share of the total."""

    label: str
    path: str
    key: str
    figure: Figure
    share: Figure


@dataclass(frozen=True)
class Book:
    """One disclosure with the tables it may be held against, open at a draft."""

    disclosure: Disclosure
    ledger: Ledger
    form: Form | None
    draft: Draft

    def statement(self, table: str, scope: str = "") -> Statement | None:
        """A table, of this disclosure or of another."""
        return self.ledger.get(scope, {}).get(table)

    def amount(self, table: str, block: str, row: str, column: str, scope: str = "") -> Figure:
        """A figure as its own table prints it, with its unit."""
        statement = self.statement(table, scope)
        axes = statement.axes.get(block) if statement else None
        found = axes.block.column(column) if axes else None
        if statement is None or found is None:
            return unknown(self.draft)
        ref = make(CellRef, (statement.key, block, row, column, ""))
        text, cell = statement.texts[ref], statement.cell(ref)
        amount = cell.amount
        if amount is None or not text or found.type != "amount" or cell.state is not State.WRITTEN:
            # printed where nothing was written, or to be looked at: a word is no figure
            printed = number(text.removesuffix("%"))
            if printed is None or (amount is None and text[-1] == "%"):
                return unknown(self.draft)
            amount = printed if amount is None else amount
        if found.private:
            return unknown(self.draft)
        unit = found.unit or (statement.unit if found.type == "amount" else "分" if found.type == "score" else "")
        named = make(CellRef, (*ref[:4], scope)) if scope else ref
        return make(Figure, (self.draft, make(Quoted, (text, (named,), "cell")), amount, unit))

    def last(self, table: str, block: str, row: str, column: str) -> Figure:
        """The same figure in last year's disclosure of the same kind, where the reader may see it."""
        return self.amount(table, block, row, column, f"上年.{self.disclosure.kind}")

    def said(self, table: str, block: str, row: str, column: str, scope: str = "") -> str:
        """What staff wrote, on one line and without the marks that the sentence has itself; '' for nothing, also in so many words."""
        statement = self.statement(table, scope)
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

    def purpose(self, block: str, row: str) -> str:
        """用途 of a row of 说明, without the words that the sentence has itself."""
        return self.said(EXPLANATION, block, row, "用途").removeprefix("主要").removeprefix("用于").lstrip(ENDS)

    def day(self, table: str, block: str, column: str) -> str:
        """A date that staff wrote, as it is written in a sentence."""
        text = self.said(table, block, "", column)
        found = as_date(text)
        return f"{found.year}年{found.month}月{found.day}日" if found else text

    def lacking(self, table: str) -> str:
        """Why nothing can be said of a table; '' where it is filled in, be it with nothing."""
        statement = self.statement(table)
        if statement is None:
            return "没有填报"
        if statement.absence in UNSAID:
            return statement.absence
        return "有待核对的数" if statement.doubtful or any(cell.state is State.DOUBTFUL for cell in statement.cells.values()) else ""

    def brief(self, text: str) -> str:
        """The beginning of a long text, cut between clauses."""
        if len(text) <= BRIEF:
            return text
        end = max(text.rfind(mark, 0, BRIEF) for mark in "。；，")
        return f"{text[: end if end > 0 else BRIEF]}……"

    def share(self, part: Figure, whole: Figure) -> Figure:
        """How many per cent of the whole a part is; unknown where the whole is not above zero."""
        return computed("share", (part, whole))

    def completion(self, spent: Figure, planned: Figure) -> Figure:
        """How many per cent of the plan were spent; unknown where nothing was planned."""
        return computed("completion", (spent, planned))

    def change(self, now: Figure, before: Figure | None, block: str, row: str = "") -> Change | None:
        """Against last year's published figure, else by what staff wrote in this block of 说明; None where neither is there."""
        if now.known and before is not None and before.known:
            return moved(computed("difference", (now, before)), computed("growth", (now, before)), now, before)
        more, less = (next((one for key in keys if (one := self.amount(EXPLANATION, block, row, key)).known), None) for keys in (MORE, LESS))
        by = more or less
        if by is not None and now.known:
            up = (by is more) == ((by.amount or 0) > 0)
            rate = computed("growth-by-increase" if by is more else "growth-by-decrease", (now, by))
            return Change(by if (by.amount or 0) >= 0 else computed("magnitude", (by,)), rate, up, up and in_unit(by, now.unit) == now.amount != 0)
        flat = more is not None or less is not None or any(self.said(EXPLANATION, block, row, key) for key in FLAT)
        return Change(unknown(self.draft), unknown(self.draft), False) if flat else None

    def across(self, table: str, whole: str, row: str = "合计") -> list[Item]:
        """The columns of a row that hold something, with their shares of the column `whole`."""
        statement = self.statement(table)
        axes = statement.axes.get("") if statement else None
        total = self.amount(table, "", row, whole)
        columns = [column for column in axes.block.numeric if column.key != whole] if axes else []
        return [item for column in columns if (item := self.item(column.label, column.label, column.key, self.amount(table, "", row, column.key), total)).figure]

    def classes(self, table: str, column: str) -> list[Item]:
        """The 类 of a table that hold something, with their shares of 合计, in the order of the table."""
        total = self.amount(table, "", "合计", column)
        found = [self.item(row.label, path(row, {}), row.key, self.amount(table, "", row.key, column), total) for row in self.rows(table) if row.level == 1]
        return [one for one in found if one.figure]

    def lowest(self, table: str, column: str, planned: str = "") -> list[Item]:
        """The items that nothing below breaks down, each called by its whole path; those that 说明 only plans for (`planned`) last."""
        rows = {row.key: row for row in self.rows(table) if row.level > 0}
        full = {key: figure for key in rows if (figure := self.amount(table, "", key, column))}
        above = {rows[key].parent for key in full}
        found = [self.item(rows[key].label, path(rows[key], rows), key, figure, unknown(self.draft)) for key, figure in full.items() if key not in above]
        for row in self.rows(EXPLANATION, planned) if planned else ():
            if row.code and row.key not in full and self.amount(EXPLANATION, planned, row.key, "年初预算"):
                whole = path(rows[row.key], rows) if row.key in rows else f"{row.label}（项）"
                found.append(self.item(row.label, whole, row.key, self.amount(table, "", row.key, column), unknown(self.draft)))
        return found

    @cached_property
    def basic(self) -> list[Item]:
        """The items of 基本支出."""
        return self.lowest(BASIC, "决算数")

    def by_size(self, head: str) -> list[Item]:
        """The items of 人员经费 or 公用经费 that hold something, the largest first."""
        statement = self.statement(BASIC)
        if statement is None:
            return []
        layout, start, classes = statement.form.layout, 0, set[str]()
        for title, width in layout.set_heads:
            if title == head:
                classes = {code for one in layout.sets[start : start + width] for code in one}
            start += width
        every = {code for one in layout.sets for code in one}
        last = layout.set_heads[-1][0] == head if layout.set_heads else False
        items = [one for one in self.basic if one.key[:3] in classes or (last and one.key[:3] not in every)]
        return self.largest(items)

    def largest(self, items: Sequence[Item]) -> list[Item]:
        """The largest first."""
        return sorted(items, key=lambda one: -(one.figure.amount or 0))

    def rows(self, table: str, block: str = "") -> Sequence[Row]:
        """The rows of a block."""
        statement = self.statement(table)
        axes: Axes | None = statement.axes.get(block) if statement else None
        return axes.rows if axes else ()

    def item(self, label: str, whole: str, key: str, figure: Figure, total: Figure) -> Item:
        """An item with its share."""
        return Item(label, whole, key, figure, self.share(figure, total))

    def name(self, item: Item) -> Figure:
        """What an item is called, linked to its figure."""
        return Figure(self.draft, Quoted(item.label, item.figure.quoted.refs, "name"), item.figure.amount, "")

    def title(self, text: str) -> Markup:
        """A heading that no form has."""
        return self.draft.head((text,))

    def heading(self, block: str) -> Markup:
        """The heading of a block of 说明, as the form has it; where the form has no such block, what follows is dropped."""
        found = self.form.block(block) if self.form else None
        return self.draft.head(found.heading if found else ())


def moved(by: Figure, rate: Figure, now: Figure, before: Figure) -> Change:
    """The change between two known figures."""
    then = in_unit(before, now.unit)
    return Change(by, rate, now.amount is not None and then is not None and now.amount > then, bool(now) and not then)


def number(text: str) -> Decimal | None:
    """What is printed, as a number; None for what is none."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def path(row: Row, rows: dict[str, Row]) -> str:
    """类, 款 and 项 by their names, from the top."""
    above = rows.get(row.parent)
    return f"{path(above, rows) if above else ''}{row.label}{LEVELS.get(row.level, '')}"
