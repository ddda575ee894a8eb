"""What only staff can give and the written 说明 needs: counts of groups, persons and cars, 年初预算 of each 项, figures
that no table has.

The 说明 is written from the figures; where one is not given, the text can only say 没有填报. Each is asked for by its
name.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.accounts.corpus import Disclosure
from build_tools.accounts.statement import State, Statement, find_table
from build_tools.checks.context import Context
from build_tools.checks.figures import Figure, figure, find_figure, place_of
from build_tools.diagnostics import CellRef, Finding, Severity
from build_tools.forms import Concept

# item of “三公”经费, and the counts that 说明 must then give
WANTED = (
    (Concept.OVERSEAS_TRAVEL, (Concept.OVERSEAS_GROUPS, Concept.OVERSEAS_PERSONS)),
    (Concept.OFFICIAL_RECEPTION, (Concept.RECEPTION_GROUPS, Concept.RECEPTION_GUESTS)),
    (Concept.VEHICLE_PURCHASE, (Concept.VEHICLES_PURCHASED,)),
    (Concept.VEHICLE_OPERATION, (Concept.VEHICLES_KEPT,)),
)
# items that a message names
NAMED = 5
CITATION = "财预〔2016〕143号：说明因公出国（境）团组数及人数、公务用车购置数及保有量、国内公务接待批次及人数"
REASONED = "预算法第十四条：公开决算，应当对机关运行经费、政府采购等情况作出说明；财预〔2016〕143号"


def check_counts(context: Context) -> list[Finding]:
    """One hint for each count and each list of what is asked for by name and not given; none where the form has no such
    field.
    """
    disclosure = context.disclosure
    said = find_table(disclosure.statements, Concept.EXPLANATION)
    if said is None or said.absence:
        return []
    more = (*budgets(disclosure, said), *untold(said)) if filled_in(disclosure, said) else ()
    return [*counts(disclosure, said), *more]


def filled_in(disclosure: Disclosure, said: Statement) -> bool:
    """True where every table that stands before 说明 is there, and money in the first; until then nobody need be asked
    for more.
    """
    tables = list(disclosure.template.tables) if disclosure.template else []
    accounts = find_figure(
        find_table(disclosure.statements, Concept.GRAND_TOTAL_EXPENDITURE), Concept.GRAND_TOTAL_EXPENDITURE
    )
    wanted = tables[: tables.index(said.key)] if said.key in tables else tables
    return bool(accounts and accounts.amount) and all(one in disclosure.statements for one in wanted)


def counts(disclosure: Disclosure, said: Statement) -> Iterator[Finding]:
    """Money for travel, visitors and cars without the number of groups, persons and cars."""
    watched = find_table(disclosure.statements, Concept.THREE_PUBLIC_ACTUAL)
    for item, wanted in WANTED:
        spent = find_figure(watched, item, Concept.THREE_PUBLIC_ACTUAL)
        for ref in filter(None, map(said.locate, wanted)) if watched and spent and spent.amount else ():
            column = said.column(ref)
            if watched and spent and column and ref.block not in said.doubtful and empty(said, ref):
                message = f"{watched.form.key}的{spent.name}是 {spent.text}，没有填“{column.label}”"
                hint = f"在“{headed(said, ref.block)}”里填数，一个也没有的填 0"
                yield Finding(
                    "narrative-count-missing", message, place_of(said, ref), Severity.HINT, hint=hint, citation=CITATION
                )


def budgets(disclosure: Disclosure, said: Statement) -> Iterator[Finding]:
    """Items of expenditure without the 年初预算 that 说明 compares them with; nothing where the form compares with
    none.
    """
    asked = [one for one in said.form.reasons if one.against and one.against.table == said.form.key]
    for figure_of, budget in ((one.figure, one.against) for one in asked):
        if budget is None or budget.block not in said.axes or budget.block in said.doubtful:
            continue
        missing = [
            (one, ref)
            for one in items(disclosure.statements.get(figure_of.table), figure_of.block, figure_of.column[1])
            if empty(said, ref := CellRef(said.key, budget.block, one.ref.row, budget.column[1]))
        ]
        if missing:
            names = "、".join(label(one) for one, _ in missing[:NAMED]) + ("等" if len(missing) > NAMED else "")
            message = f"{figure_of.table}里有支出的 {len(missing)} 项没有填年初预算：{names}"
            hint = f"在说明的“{budget.block}”里逐项填年初预算，年初没有安排的填 0；不填就写不出完成比例和增减原因"
            place = place_of(said, missing[0][1])
            yield Finding("narrative-budget-missing", message, place, Severity.HINT, hint=hint)


def items(statement: Statement | None, block: str, column: str) -> list[Figure]:
    """The items that hold something and that nothing below breaks down."""
    axes = statement.axes.get(block) if statement and not statement.absence else None
    found = [
        (row, one)
        for row in (axes.rows if axes else ())
        if row.level > 0 and (one := figure(statement, block, row.key, column)) and one.amount
    ]
    above = {row.parent for row, _ in found}
    return [one for row, one in found if row.key not in above]


def label(one: Figure) -> str:
    """What a row is called."""
    return next(row.label for row in one.statement.axes[one.ref.block].rows if row.key == one.ref.row)


def untold(said: Statement) -> Iterator[Finding]:
    """What the text can only call 没有填报, in one hint."""
    missing = []
    for block, axes in said.axes.items():
        columns = [column for key in axes.block.wanted if (column := axes.block.column(key))]
        if (
            columns
            and block not in said.doubtful
            and all(empty(said, CellRef(said.key, block, "", column.key)) for column in columns)
        ):
            missing.append("、".join(column.label for column in columns))
    if missing:
        message = f"说明有 {len(missing)} 处没有填，生成的文字只能写“没有填报”：{'；'.join(missing)}"
        hint = "在说明里填数和情况，没有的填 0"
        yield Finding("narrative-figure-missing", message, said.place, Severity.HINT, hint=hint, citation=REASONED)


def empty(said: Statement, ref: CellRef) -> bool:
    """True where nothing was filled in; prose may have its key and no words."""
    cell = said.cell(ref)
    return cell.state in (State.OMITTED, State.BLANK) or (
        cell.state is State.WRITTEN and cell.amount is None and not cell.text.strip()
    )


def headed(said: Statement, block: str) -> str:
    """The heading that staff see above a block."""
    heading = said.axes[block].block.heading
    return heading[-1] if heading else said.form.title
