"""What only staff can give and the written 说明 needs: counts of groups, persons and cars, 年初预算 of each 项, figures that no table has.

The 说明 is written from the figures; where one is not given, the text can only say 没有填报. Each is asked for by its name.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.checks.context import Context
from build_tools.checks.figures import Figure, figure, place_of
from build_tools.corpus import Disclosure
from build_tools.diagnostics import CellRef, Finding, Severity
from build_tools.statement import State, Statement

EXPLANATION, WATCHED, BLOCK, PLANNED = "说明", "三公经费", "三公经费具体", "年初预算"
# row of the table of “三公”经费, and what 说明 must then say
WANTED = (
    ("因公出国境费", ("因公出国境团组", "因公出国境人次")),
    ("公务接待费", ("接待来访团组", "接待来宾人次")),
    ("公务用车购置费", ("更新公务用车",)),
    ("公务用车运行费", ("公务用车保有量",)),
)
# block of 说明 that no table fills, and the fields of which one at least must be given
TOLD = (
    ("机关运行经费", ("支出", "情况")), ("一般性支出", ("会议费", "培训费", "节庆活动费")), ("政府采购", ("总额",)), ("国有资产", ("车辆",)),
    ("绩效评价", ("预算绩效管理", "绩效目标", "完成情况")), ("预算绩效管理", ("管理制度", "工作机制", "编报目标项目", "跟踪评价项目", "自评项目")),
)
# table of expenditure by code, its column, and the block of 说明 that asks for 年初预算 of each of its items
BUDGETED = (
    ("一般公共预算财政拨款支出决算表", "小计", "具体支出"), ("政府性基金", "小计", "政府性基金具体"), ("国有资本经营", "合计", "国有资本经营具体"),
)
ACCOUNTS = ("收入支出决算总表", "支出", "总计", "金额")
# items that a message names
NAMED = 5
CITATION = "财预〔2016〕143号：说明因公出国（境）团组数及人数、公务用车购置数及保有量、国内公务接待批次及人数"
REASONED = "预算法第十四条：公开决算，应当对机关运行经费、政府采购等情况作出说明；财预〔2016〕143号"


def check_counts(context: Context) -> list[Finding]:
    """One hint for each count and each list of what is asked for by name and not given; none where the form has no such field."""
    disclosure = context.disclosure
    said = disclosure.statements.get(EXPLANATION)
    if said is None or said.absence:
        return []
    return [*counts(disclosure, said), *((*budgets(disclosure, said), *untold(said)) if filled_in(disclosure) else ())]


def filled_in(disclosure: Disclosure) -> bool:
    """True where every table that stands before 说明 is there, and money in the first; until then nobody need be asked for more."""
    tables = list(disclosure.template.tables) if disclosure.template else []
    accounts = figure(disclosure.statements.get(ACCOUNTS[0]), *ACCOUNTS[1:])
    wanted = tables[: tables.index(EXPLANATION)] if EXPLANATION in tables else tables
    return bool(accounts and accounts.amount) and all(one in disclosure.statements for one in wanted)


def counts(disclosure: Disclosure, said: Statement) -> Iterator[Finding]:
    """Money for travel, visitors and cars without the number of groups, persons and cars."""
    axes = said.axes.get(BLOCK)
    if axes is None or BLOCK in said.doubtful:
        return
    for row, keys in WANTED:
        spent = figure(disclosure.statements.get(WATCHED), "", row, "决算数")
        for key in keys if spent and spent.amount else ():
            column, ref = axes.block.column(key), CellRef(said.key, BLOCK, "", key)
            if spent and column and empty(said, ref):
                message = f"{WATCHED}的{spent.name}是 {spent.text}，没有填“{column.label}”"
                hint = f"在“{headed(said, BLOCK)}”里填数，一个也没有的填 0"
                yield Finding("narrative-count-missing", message, place_of(said, ref), Severity.HINT, hint=hint, citation=CITATION)


def budgets(disclosure: Disclosure, said: Statement) -> Iterator[Finding]:
    """Items of expenditure without the 年初预算 that 说明 compares them with; nothing where the form compares with none."""
    for table, column, block in BUDGETED:
        axes = said.axes.get(block)
        if axes is None or axes.block.column(PLANNED) is None or block in said.doubtful:
            continue
        missing = [one for one in items(disclosure.statements.get(table), column) if empty(said, CellRef(said.key, block, one.ref.row, PLANNED))]
        if missing:
            names = "、".join(label(one) for one in missing[:NAMED]) + ("等" if len(missing) > NAMED else "")
            message = f"{table}里有支出的 {len(missing)} 项没有填年初预算：{names}"
            place = place_of(said, CellRef(said.key, block, missing[0].ref.row, PLANNED))
            hint = f"在说明的“{block}”里逐项填年初预算，年初没有安排的填 0；不填就写不出完成比例和增减原因"
            yield Finding("narrative-budget-missing", message, place, Severity.HINT, hint=hint)


def items(statement: Statement | None, column: str) -> list[Figure]:
    """The items that hold something and that nothing below breaks down."""
    rows = statement.axes[""].rows if statement and "" in statement.axes and not statement.absence else ()
    found = [(row, one) for row in rows if row.level > 0 and (one := figure(statement, "", row.key, column)) and one.amount]
    above = {row.parent for row, _ in found}
    return [one for row, one in found if row.key not in above]


def label(one: Figure) -> str:
    """What a row is called."""
    return next(row.label for row in one.statement.axes[""].rows if row.key == one.ref.row)


def untold(said: Statement) -> Iterator[Finding]:
    """What the text can only call 没有填报, in one hint."""
    missing = []
    for block, keys in TOLD:
        axes = said.axes.get(block)
        columns = [column for key in keys if axes and (column := axes.block.column(key))]
        if columns and block not in said.doubtful and all(empty(said, CellRef(said.key, block, "", column.key)) for column in columns):
            missing.append("、".join(column.label for column in columns))
    if missing:
        message = f"说明有 {len(missing)} 处没有填，生成的文字只能写“没有填报”：{'；'.join(missing)}"
        hint = "在说明里填数和情况，没有的填 0"
        yield Finding("narrative-figure-missing", message, said.place, Severity.HINT, hint=hint, citation=REASONED)


def empty(said: Statement, ref: CellRef) -> bool:
    """True where nothing was filled in; prose may have its key and no words."""
    cell = said.cell(ref)
    return cell.state in (State.OMITTED, State.BLANK) or (cell.state is State.WRITTEN and cell.amount is None and not cell.text.strip())


def headed(said: Statement, block: str) -> str:
    """The heading that staff see above a block."""
    heading = said.axes[block].block.heading
    return heading[-1] if heading else said.form.title
