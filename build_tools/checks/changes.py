"""Large changes without a reason, and words of direction that the figures contradict.

The law asks departments to explain how figures moved (财预〔2016〕143号: 增减变化原因). A reason is asked for only
where the form has a field for it; which figure a field is about is declared by the form (`forms/reasons`).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from build_tools.accounts.corpus import Disclosure
from build_tools.accounts.statement import Statement, find_tables
from build_tools.amount import format_rounded
from build_tools.checks.context import Context
from build_tools.checks.figures import Figure, figure, find_figure, limited, place_of
from build_tools.checks.indicators import unexplained
from build_tools.checks.jumps import jumps
from build_tools.diagnostics import CellRef, Finding, Place, Severity
from build_tools.forms import Concept, Reason, Row, Selector

# a third more or less is no fluctuation of prices and staff; below 10 万元 it is one purchase or one person. “三公”经费
# are small and watched by everyone, so a tenth of that
SHARE, LEAST, LEAST_WATCHED = Decimal("0.3"), Decimal(10), Decimal(1)
# a project that spent less than this of its budget has not been carried out as planned
EXECUTED = Decimal("0.8")
# what a form compares with that does not say so
LAST_YEAR = "上年"
# 基本持平 is said of half a 万元, or a hundredth
NEARLY, HUNDREDTH, CENT = Decimal("0.5"), Decimal("0.01"), Decimal("0.01")


class Change(NamedTuple):
    """A figure, what it is held against (`what` in words), and the cell that should say why."""

    now: Figure
    what: str
    against: Decimal
    statement: Statement
    reason: CellRef
    least: Decimal

    @property
    def large(self) -> bool:
        """True beyond both thresholds; what starts from nothing is beyond the first."""
        return abs(self.by) >= self.least and abs(self.by) > SHARE * abs(self.against)

    @property
    def by(self) -> Decimal:
        """How much more than what it is held against, in 万元."""
        return self.now.amount - self.against

    @property
    def explained(self) -> bool:
        """True where a reason is written in the row, or 未载明 in its place; 无 is none. One reason may serve budget
        and last year.
        """
        reasons = self.statement.form.reasons_in(self.reason.block)
        return any(not unexplained(self.statement.at(self.reason.block, self.reason.row, key)) for key in reasons)


def check_changes(context: Context) -> list[Finding]:
    """Changes without their reason are hints; a word of direction that the figures contradict is a warning."""
    disclosure = context.disclosure
    fields = [(statement, one) for statement in disclosure.statements.values() for one in statement.form.reasons]
    against_last_year = [
        change for field in fields if field[1].against is None for change in asked(_last_year(*field, context))
    ]
    against_budget = [change for field in fields if field[1].against for change in asked(_budget(*field, disclosure))]
    return [
        *limited([unreasoned(one) for one in against_last_year]),
        *limited([unreasoned(one) for one in against_budget]),
        *limited(list(hardly_executed(disclosure))),
        *limited([finding for field in fields for finding in _wrong_words(*field, disclosure)]),
    ]


def _rows_of(statement: Statement, field: Selector) -> list[Row]:
    """The rows that have the field."""
    axes = statement.axes.get(field.block)
    return [row for row in axes.rows if field.row[0] != "row" or field.row[1] == row.key] if axes else []


def _last_year(statement: Statement, reason: Reason, context: Context) -> Iterator[tuple[Row, Change]]:
    """The changes that the document itself states, else those against last year's figure in the data."""
    what = reason.than or LAST_YEAR
    before = context.before if what == LAST_YEAR else None
    for row in _rows_of(statement, reason.field):
        now = _find(reason.figure, row, context.disclosure)
        old = _find(reason.figure, row, before) if before else None
        if now:
            said = _stated(statement, reason.field.block, row.key)
            then = now.amount - said if said is not None else old.amount if old else None
            if then is not None:
                yield row, _change(now, what, then, statement, reason, row)


def _stated(statement: Statement, block: str, row: str) -> Decimal | None:
    """The change that the document states, in 万元."""
    more, less = (
        figure(statement, block, row, column.key) if (column := statement.form.column_of(one, block)) else None
        for one in (Concept.INCREASE, Concept.DECREASE)
    )
    return more.amount if more else -less.amount if less else None


def _budget(statement: Statement, reason: Reason, disclosure: Disclosure) -> Iterator[tuple[Row, Change]]:
    """What was spent against what had been planned."""
    for row in _rows_of(statement, reason.field):
        now, plan = _find(reason.figure, row, disclosure), _find(reason.against, row, disclosure)
        if now and plan:
            yield row, _change(now, "预算", plan.amount, statement, reason, row)


def _find(cell: Selector | None, row: Row, disclosure: Disclosure) -> Figure | None:
    """The figure of a cell, in this row where it leaves the row open."""
    if cell is None:
        return None
    key = cell.row[1] if cell.row[0] == "row" else row.key
    return figure(disclosure.statements.get(cell.table), cell.block, key, cell.column[1])


def _change(now: Figure, what: str, then: Decimal, statement: Statement, reason: Reason, row: Row) -> Change:
    """A change with the cell that should explain it."""
    least = LEAST_WATCHED if Concept.THREE_PUBLIC_ACTUAL in now.statement.form.concepts else LEAST
    field = CellRef(statement.key, reason.field.block, row.key, reason.field.column[1])
    return Change(now, what, then, statement, field, least)


def asked(changes: Iterator[tuple[Row, Change]]) -> list[Change]:
    """The large changes that nobody has explained: neither in their own row nor above or below it.

    A total is explained by its items, and items without codes by their total; what each 项 was spent on has its own
    reason.
    """
    found = list(changes)
    rows = [row for row, one in found if one.explained]
    codes = {row.code[:length] for row in rows for length in (3, 5, 7)} - {""}
    reasons = {row.code for row in rows} - {""}
    whole = any(row.level == 0 for row in rows)

    def told(row: Row) -> bool:
        if row.level == 0:
            return bool(rows)
        if not row.code:
            return whole
        return row.code in codes or bool(reasons & {row.code[:3], row.code[:5]})

    large = [
        (row, one)
        for row, one in found
        if one.large and not one.explained and not told(row) and not jumps(one.now.amount, one.against)
    ]
    # where its items are asked about, the total need not be
    return [one for row, one in large if row.level != 0 or len(large) == 1]


def unreasoned(one: Change) -> Finding:
    """The figure, what it is held against, and the field that is empty."""
    way = "，增加 " if one.by > 0 else "，减少 "
    share = f"{way}{abs(one.by) / abs(one.against):.0%}" if one.against else ""
    axes = one.statement.axes[one.reason.block]
    column = axes.block.column(one.reason.column)
    now, against = format_rounded(one.now.amount), format_rounded(one.against)
    message = f"{one.now.table}的{one.now.name}是 {now} 万元，{one.what}是 {against} 万元{share}，没有写原因"
    heading = axes.block.heading[-1] if axes.block.heading else one.statement.form.title
    return Finding(
        "change-unexplained",
        message,
        place(one),
        Severity.HINT,
        hint=f"在“{heading}”的“{column.label if column else ''}”里写明",
    )


def place(one: Change) -> Place:
    """The empty field, else its row or what is written in it, else the figure."""
    block, row = one.reason.block, one.reason.row
    written = (one.statement.at(block, row, column.key).place for column in one.statement.axes[block].block.columns)
    return (
        one.statement.cell(one.reason).place
        or one.statement.places.get((block, row))
        or next(filter(None, written), one.now.place)
    )


def hardly_executed(disclosure: Disclosure) -> Iterator[Finding]:
    """Projects whose money was not spent, where the report has a field for the reason and nothing stands in it."""
    reports = {one.instance: one for one in find_tables(disclosure.statements, Concept.DEVIATION_AND_MEASURES)}
    for statement in find_tables(disclosure.statements, Concept.ANNUAL_EXECUTION):
        report = reports.get(statement.instance) if statement.instance else None
        reason = report.locate(Concept.DEVIATION_AND_MEASURES) if report else None
        if report is None or reason is None or reason.block not in report.axes:
            continue
        spent, planned = (
            find_figure(statement, concept) for concept in (Concept.ANNUAL_EXECUTION, Concept.ANNUAL_BUDGET)
        )
        if (
            spent
            and planned
            and planned.amount - spent.amount >= LEAST_WATCHED
            and spent.amount < EXECUTED * planned.amount
            and unexplained(report.cell(reason))
        ):
            message = (
                f"项目“{statement.name[:30]}”全年预算 {planned.text}，只执行了 "
                f"{spent.text}（{spent.amount / planned.amount:.0%}），没有写原因"
            )
            hint = "在项目支出绩效自评报告的“偏离绩效目标的原因和下一步改进措施”里写明"
            yield Finding(
                "change-unexplained",
                message,
                place_of(report, reason) if report.cell(reason).place else spent.place,
                Severity.HINT,
                hint=hint,
            )


def _wrong_words(statement: Statement, reason: Reason, disclosure: Disclosure) -> Iterator[Finding]:
    """大于, 小于, 持平 and 基本持平 against the figures, in this order the options of the form."""
    block = reason.field.block
    column = statement.form.column_of(Concept.BUDGET_COMPARISON, block)
    for row in _rows_of(statement, reason.field) if column else ():
        word = statement.cell_in(block, row.key, Concept.BUDGET_COMPARISON)
        now, plan = _find(reason.figure, row, disclosure), _find(reason.against, row, disclosure)
        if not (column and word.place and now and plan):
            continue
        by = now.amount - plan.amount
        near = abs(by) <= max(NEARLY, HUNDREDTH * abs(plan.amount))
        fits = dict(zip(column.options, (by > 0, by < 0, abs(by) <= CENT, near), strict=False))
        if not fits.get(word.text, True):
            right = next((option for option, fit in fits.items() if fit), "")
            both = f"决算是 {format_rounded(now.amount)} 万元，年初预算是 {format_rounded(plan.amount)} 万元"
            message = f"“{row.label[:30]}”写“{word.text}”，{both}，应为“{right}”"
            yield Finding(
                "direction-differs",
                message,
                word.place,
                Severity.WARNING,
                expected=right,
                actual=word.text,
                hint="核对两个数，再改这个词",
            )
