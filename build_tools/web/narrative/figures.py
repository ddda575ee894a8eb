"""What the templates of a narrative may ask for: figures, shares, changes, completion, items by size, words of staff.

Nothing here writes a sentence. What is not there is unknown and false, so that a template can leave it out; what no
form could ever have is a mistake of the template and stops the build.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from build_tools.accounts.corpus import Disclosure
from build_tools.accounts.statement import Ledger, State, Statement, as_date, find_table
from build_tools.accounts.statement.model import NOTHING, UNSAID
from build_tools.forms import Axes, Concept, Form, Keys, Row
from build_tools.web.narrative.cells import (
    ENDS,
    Item,
    classes_of,
    columns_of,
    find_change,
    item_of,
    key_in,
    largest,
    path_of,
    read_figure,
    read_words,
)
from build_tools.web.narrative.model import Quoted
from build_tools.web.narrative.quoting import Change, Draft, Figure, computed, unknown

# a plain answer is read at one glance
BRIEF = 90


@dataclass(frozen=True)
class Book:
    """One disclosure with the tables it may be held against, open at a draft.

    Templates ask by the keys of the forms. One that no form of any region and year has (`keys`) raises UnknownKeyError;
    one that this form lacks is unknown, as is a table that is not filled in.
    """

    disclosure: Disclosure
    ledger: Ledger
    form: Form | None
    draft: Draft
    keys: Keys

    @cached_property
    def explained(self) -> Statement | None:
        """The table of 说明; None where there is none."""
        return find_table(self.ledger.get("", {}), Concept.EXPLANATION)

    def statement(self, table: str, scope: str = "") -> Statement | None:
        """A table, of this disclosure or of another."""
        return self.ledger.get(scope, {}).get(table)

    def amount(self, table: str, block: str, row: str, column: str, scope: str = "") -> Figure:
        """A figure as its own table prints it, with its unit."""
        self.keys.prove(table, block, row, column)
        return read_figure(self.draft, self.statement(table, scope), block, row, column, scope)

    def last(self, table: str, block: str, row: str, column: str) -> Figure:
        """The same figure in last year's disclosure of the same kind, where the reader may see it."""
        return self.amount(table, block, row, column, f"上年.{self.disclosure.kind}")

    def said(self, table: str, block: str, row: str, column: str, scope: str = "") -> str:
        """What staff wrote, on one line and without the marks that the sentence has itself; '' for nothing, also in so
        many words.
        """
        self.keys.prove(table, block, row, column)
        return read_words(self.statement(table, scope), block, row, column)

    def purpose(self, block: str, row: str) -> str:
        """用途 of a row of 说明, without the words that the sentence has itself."""
        self.keys.prove_explained(block, row)
        use = read_words(self.explained, block, row, key_in(self.explained, block, Concept.USE))
        return use.removeprefix("主要").removeprefix("用于").lstrip(ENDS)

    def day(self, table: str, block: str, column: str) -> str:
        """A date that staff wrote, as it is written in a sentence."""
        text = self.said(table, block, "", column)
        found = as_date(text)
        return f"{found.year}年{found.month}月{found.day}日" if found else text

    def absent(self, table: str) -> bool:
        """True where 无 or 不涉及 stands for a table."""
        self.keys.prove(table)
        statement = self.statement(table)
        return statement is not None and statement.absence in NOTHING

    def lacking(self, table: str) -> str:
        """Why nothing can be said of a table; '' where it is filled in, be it with nothing."""
        self.keys.prove(table)
        statement = self.statement(table)
        if statement is None:
            return "没有填报"
        if statement.absence in UNSAID:
            return statement.absence
        return (
            "有待核对的数"
            if statement.doubtful or any(cell.state is State.DOUBTFUL for cell in statement.cells.values())
            else ""
        )

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
        """Against last year's published figure, else by what staff wrote in this block of 说明; None where neither is
        there. Without a block nobody was asked.
        """
        if not block:
            return find_change(now, before)
        self.keys.prove_explained(block, row)
        return find_change(now, before, self.explained, block, row)

    def across(self, table: str, whole: str) -> list[Item]:
        """The columns of the total that hold something, with their shares of the column `whole`."""
        self.keys.prove(table, "", column=whole)
        statement = self.statement(table)
        return columns_of(self.draft, statement, "", total_of(statement), whole)

    def classes(self, table: str, column: str) -> list[Item]:
        """The 类 of a table that hold something, with their shares of 合计, in the order of the table."""
        self.keys.prove(table, "", column=column)
        statement = self.statement(table)
        return classes_of(self.draft, statement, "", total_of(statement), column)

    def lowest(self, table: str, column: str, planned: str = "") -> list[Item]:
        """The items that nothing below breaks down, each called by its whole path; those that 说明 only plans for
        (`planned`) last.
        """
        self.keys.prove(table, "", column=column)
        statement = self.statement(table)
        rows = {row.key: row for row in self.rows(table) if row.level > 0}
        full = {key: one for key in rows if (one := read_figure(self.draft, statement, "", key, column))}
        above, nothing = {rows[key].parent for key in full}, unknown(self.draft)
        found = [
            item_of(rows[key].label, path_of(rows[key], rows), key, figure, nothing)
            for key, figure in full.items()
            if key not in above
        ]
        for row in self.only_planned(planned) if planned else ():
            if row.key not in full:
                path = path_of(rows[row.key], rows) if row.key in rows else f"{row.label}（项）"
                spent = read_figure(self.draft, statement, "", row.key, column)
                found.append(item_of(row.label, path, row.key, spent, nothing))
        return found

    def only_planned(self, block: str) -> list[Row]:
        """The items of a block of 说明 that had a budget."""
        self.keys.prove_explained(block)
        axes, budget = self.explained.axes.get(block) if self.explained else None, Concept.ITEM_BUDGET
        key = key_in(self.explained, block, budget)
        return [
            row
            for row in (axes.rows if axes else ())
            if row.code and read_figure(self.draft, self.explained, block, row.key, key)
        ]

    @cached_property
    def basic(self) -> list[Item]:
        """The items of 基本支出."""
        table = find_table(self.ledger.get("", {}), Concept.BASIC_EXPENDITURE_ITEMS)
        return self.lowest(table.key, table.name_of(Concept.BASIC_EXPENDITURE_ITEMS)) if table else []

    def by_size(self, head: str) -> list[Item]:
        """The items of 人员经费 or 公用经费 that hold something, the largest first."""
        self.keys.prove_head(Concept.BASIC_EXPENDITURE_ITEMS, head)
        statement = find_table(self.ledger.get("", {}), Concept.BASIC_EXPENDITURE_ITEMS)
        if statement is None:
            return []
        layout, start, classes = statement.form.layout, 0, set[str]()
        for title, width in layout.set_heads:
            if title == head:
                classes = {code for one in layout.sets[start : start + width] for code in one}
            start += width
        every = {code for one in layout.sets for code in one}
        last = layout.set_heads[-1][0] == head if layout.set_heads else False
        return largest([one for one in self.basic if one.key[:3] in classes or (last and one.key[:3] not in every)])

    def largest(self, items: Sequence[Item]) -> list[Item]:
        """The largest first."""
        return largest(items)

    def rows(self, table: str, block: str = "") -> Sequence[Row]:
        """The rows of a block."""
        self.keys.prove(table, block)
        statement = self.statement(table)
        axes: Axes | None = statement.axes.get(block) if statement else None
        return axes.rows if axes else ()

    def name(self, item: Item) -> Figure:
        """What an item is called, linked to its figure."""
        return Figure(self.draft, Quoted(item.label, item.figure.quoted.refs, "name"), item.figure.amount, "")

    def title(self, text: str) -> Markup:
        """A heading that no form has."""
        return self.draft.head((text,))

    def heading(self, block: str) -> Markup:
        """The heading of a block of 说明, as the form has it; where the form has no such block, what follows is
        dropped.
        """
        self.keys.prove_explained(block)
        found = self.form.block(block) if self.form else None
        return self.draft.head(found.heading if found else ())


def total_of(statement: Statement | None) -> str:
    """The row of the total of a table of codes, '' where there is none."""
    axes = statement.axes.get("") if statement else None
    return axes.block.total if axes else ""
