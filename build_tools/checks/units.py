"""元 where 万元 is meant, or the other way round: a figure ten thousand times what it should equal or come near.

Asked only where figures are truly of one size: two sides of an identity, a budget and what became of it, the same key
figure a year before, the whole of a department in two documents; and where one figure dwarfs the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from build_tools.accounts.corpus import Disclosure
from build_tools.accounts.statement import Statement, find_table
from build_tools.amount import STANDARD, convert
from build_tools.checks.context import Context
from build_tools.checks.figures import Figure, figure, find_figure, limited
from build_tools.checks.jumps import LEAST, MOST, Jump, apart, blamed, jumps
from build_tools.diagnostics import Finding, Outcome, Severity
from build_tools.forms import Concept, Form, Reason
from build_tools.forms.instances import Refs
from build_tools.formula import Binary, Number, Term, leaves

# no figure is a thousand times all that its department spends
DWARFS = Decimal(1_000)
# small figures, and “三公”经费 whatever their size, move more from year to year: 0.50 before 58400 is asked about, 0.50
# before 40 is not
WIDE_LEAST, WIDE_MOST, SMALL = Decimal(1_000), Decimal(100_000), Decimal(10)
# “三公”经费 as planned and spent; the whole that it is a part of, where several tables tell it, the first that does
PARTS = (Concept.THREE_PUBLIC_BUDGET, Concept.THREE_PUBLIC_ACTUAL)
SPENT = (Concept.EXPENDITURE_BY_FUNCTION, Concept.TOTAL_EXPENDITURE)
# amounts that were planned, and those that became of them
PLANNED = (
    *PARTS,
    Concept.INITIAL_BUDGET,
    Concept.ANNUAL_BUDGET,
    Concept.ANNUAL_EXECUTION,
    Concept.REPORTED_INITIAL_BUDGET,
    Concept.REPORTED_EXECUTION,
    Concept.LISTED_PROJECT_BUDGET,
    Concept.LISTED_PROJECT_SPENDING,
)


def check_units(context: Context) -> list[Finding]:
    """At most one warning for a table: more of them have one cause."""
    found = [
        *sides_apart(context),
        *plans_apart(context.disclosure),
        *years_apart(context),
        *documents_apart(context),
        *watched_apart(context),
    ]
    size = whole(context.disclosure)
    if size and size.statement.key not in {jump.suspect.statement.key for jump in found}:
        found += dwarfing(size, context.disclosure)
    worst: dict[str, Jump] = {}
    for one in sorted(found, key=lambda jump: not jump.sure):
        worst.setdefault(one.suspect.statement.key, one)
    return limited([tell(one) for one in worst.values()])


def tell(jump: Jump) -> Finding:
    """Both figures, and the question."""
    unit = jump.suspect.unit
    times = jump.suspect.amount / jump.other.amount
    size = (
        "约一万倍"
        if LEAST <= abs(times) <= MOST
        else "约万分之一"
        if LEAST * abs(times) <= 1 <= MOST * abs(times)
        else "一千倍以上"
        if abs(times) >= DWARFS
        else "千分之一以下"
        if abs(times) < 1
        else f" {times:.1f} 倍"
    )
    table = f"{jump.whose}{jump.other.table}的" if jump.whose or jump.other.table != jump.suspect.table else ""
    message = (
        f"{jump.suspect.table}的{jump.suspect.name}填 {jump.suspect.text}，是{table}{jump.other.name} "
        f"{jump.other.text} 的{size}：元还是万元？"
    )
    wrong = "元" if unit == STANDARD else STANDARD
    return Finding(
        "unit-jump",
        message,
        jump.suspect.place,
        Severity.WARNING,
        hint=(
            f"本表的金额单位是{unit}；数若是按{wrong}填的，换算后再填，或在表名下写明“金额单位: {wrong}”；"
            f"数没有错的不用改"
        ),
    )


def sides_apart(context: Context) -> Iterator[Jump]:
    """Sums that should be equal and are ten thousand times apart, in tables whose differences nobody has explained."""
    explained = {verdict.table for verdict in context.verdicts if verdict.outcome is Outcome.EXPLAINED}
    for instance, verdict in zip(context.instances, context.verdicts, strict=True):
        if (
            verdict.outcome is not Outcome.FAILED
            or instance.identity.rule.relation != "=="
            or verdict.table in explained
        ):
            continue
        rule = instance.rule
        if not (adds(rule.left) and adds(rule.right)):
            continue
        left, right = amounts(rule.left, context.disclosure), amounts(rule.right, context.disclosure)
        if jumps(total(left), total(right)):
            yield blamed(max(left, key=size_of), max(right, key=size_of))


def adds(side: Term[Refs]) -> bool:
    """True where a side only adds: what is left over from a subtraction may be of any size."""
    return not isinstance(side, Number) and (
        not isinstance(side, Binary) or (side.op == "+" and adds(side.left) and adds(side.right))
    )


def amounts(side: Term[Refs], disclosure: Disclosure) -> list[Figure]:
    """The amounts of one side that stand in the disclosure itself."""
    refs = [ref for names, _ in leaves(side) for ref in names if not ref.scope]
    return [one for ref in refs if (one := amount(disclosure, ref.table, ref.block, ref.row, ref.column))]


def total(found: list[Figure]) -> Decimal:
    """The sum of figures."""
    return sum((one.amount for one in found), Decimal(0))


def size_of(one: Figure) -> Decimal:
    """How large a figure is, whatever its sign."""
    return abs(one.amount)


def amount(disclosure: Disclosure, table: str, block: str, row: str, column: str) -> Figure | None:
    """A figure in this disclosure, where it is an amount of money."""
    statement = disclosure.statements.get(table)
    axes = statement.axes.get(block) if statement else None
    asked = axes.block.column(column) if axes else None
    return figure(statement, block, row, column) if asked and asked.type == "amount" else None


@lru_cache(maxsize=1024)
def _planned_in(form: Form, block: str) -> tuple[str, ...]:
    """The columns of amounts that were planned and of those that became of them, as the block has them."""
    keys = [column.key for one in PLANNED if (column := form.column_of(one, block))]
    found = form.block(block)
    return tuple(column.key for column in found.columns if column.key in keys) if found else ()


def plans_apart(disclosure: Disclosure) -> Iterator[Jump]:
    """A budget and what became of it, in one row; the 年初预算 of the 说明 and the table's figure for the same code."""
    for statement in disclosure.statements.values():
        for axes in statement.axes.values():
            planned = _planned_in(statement.form, axes.block.key)
            # one figure alone is held against nothing
            for row in axes.rows if len(planned) > 1 else ():
                amounts = [statement.at(axes.block.key, row.key, key).amount for key in planned]
                if any(one and other and jumps(one, other) for one, other in pairwise(filter(None, amounts))):
                    found = [one for key in planned if (one := figure(statement, axes.block.key, row.key, key))]
                    yield from (blamed(one, other) for one, other in pairwise(found) if apart(one, other))
        for reason in statement.form.reasons:
            yield from _budgets_apart(statement, reason, disclosure)


def _budgets_apart(statement: Statement, reason: Reason, disclosure: Disclosure) -> Iterator[Jump]:
    """The budgets that 说明 gives beside its reasons, and the figures of the same codes in a table."""
    budget, spent = reason.against, reason.figure
    if budget is None or budget.table != statement.form.key or budget.block not in statement.axes:
        return
    for row in statement.axes[budget.block].rows:
        planned = figure(statement, budget.block, row.key, budget.column[1])
        actual = amount(disclosure, spent.table, spent.block, row.key, spent.column[1]) if planned else None
        if planned and actual and apart(planned, actual):
            yield blamed(planned, actual)


def measures(disclosure: Disclosure, most: int | None = None) -> dict[str, Figure]:
    """The key figures that are amounts of money, by their key; of the first `most` measures."""
    found = {}
    for one in disclosure.template.measures[:most] if disclosure.template else ():
        name = one.cell
        at = amount(disclosure, name.table, name.block, name.row[1], name.column[1])
        if at and at.amount:
            found[one.key] = at
    return found


def whole(disclosure: Disclosure) -> Figure | None:
    """How large the department is in this document: templates begin with what it took in and spent as a whole."""
    return max(measures(disclosure, 2).values(), key=size_of, default=None)


def years_apart(context: Context) -> Iterator[Jump]:
    """A key figure against the same one of the year before; told at this year's."""
    before = measures(context.before) if context.before else {}
    for key, one in measures(context.disclosure).items():
        other = before.get(key)
        if other and (
            apart(one, other)
            or (
                min(abs(one.amount), abs(other.amount)) < SMALL
                and jumps(one.amount, other.amount, WIDE_LEAST * 2, WIDE_MOST / 2)
            )
        ):
            yield Jump(one, other, "上年")


def watched_apart(context: Context) -> Iterator[Jump]:
    """“三公”经费, which are a part of all expenditure, above the whole of it; or far from last year's."""
    disclosure, before = context.disclosure, context.before
    tables = [(find_table(disclosure.statements, one), one) for one in SPENT]
    spent = next((one for table, at in tables if (one := find_figure(table, at)) and one.amount > 0), None)
    watched = find_table(disclosure.statements, PARTS[0])
    last = before.statements.get(watched.key) if watched and before else None
    axes = watched.axes_of(PARTS[0]) if watched else None
    for row in axes.rows if axes else ():
        for column in PARTS:
            one = find_figure(watched, column, row=row.key)
            if one is None or not one.amount:
                continue
            if spent and one.amount > spent.amount:
                yield Jump(one, spent)
            elif (old := find_figure(last, column, row=row.key)) and jumps(
                one.amount, old.amount, WIDE_LEAST, WIDE_MOST
            ):
                yield Jump(one, old, "上年")


def documents_apart(context: Context) -> Iterator[Jump]:
    """The whole of the department in this document and in the others of the year; told in the document that is likely
    wrong.
    """
    mine = whole(context.disclosure)
    for other in context.department.disclosures:
        theirs = whole(other) if other.year == context.disclosure.year and other is not context.disclosure else None
        if mine and theirs and apart(mine, theirs):
            jump = blamed(mine, theirs, f"{other.kind}里")
            if jump.suspect is mine:
                yield jump


def dwarfing(size: Figure, disclosure: Disclosure) -> Iterator[Jump]:
    """Amounts beside which the whole department is nothing, the first of each table."""
    least = DWARFS * abs(size.amount)
    for statement in disclosure.statements.values():
        most = convert(least, STANDARD, statement.unit)
        amounts = [cell.amount for cell in statement.cells.values() if cell.amount is not None]
        if not amounts or (min(amounts) > -most and max(amounts) < most):
            continue
        found = (
            figure(statement, axes.block.key, row.key, column.key)
            for axes in statement.axes.values()
            for column in axes.block.columns
            if column.type == "amount"
            for row in axes.rows
        )
        first = next((one for one in found if one and abs(one.amount) >= least), None)
        if first:
            yield Jump(first, size)
