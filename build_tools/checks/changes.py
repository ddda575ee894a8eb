"""Large changes without a reason, and words of direction that the figures contradict.

The law asks departments to explain how figures moved (财预〔2016〕143号: 增减变化原因). A reason is asked for only where the
form has a field for it; what figures in one field belong to which reason stands in the two lists below.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from build_tools.checks.context import Context
from build_tools.checks.figures import Figure, figure, limited, place_of
from build_tools.checks.indicators import unexplained
from build_tools.checks.units import jumps
from build_tools.corpus import Disclosure
from build_tools.diagnostics import CellRef, Finding, Place, Severity
from build_tools.forms import Row
from build_tools.statement import Statement

# a third more or less is no fluctuation of prices and staff; below 10 万元 it is one purchase or one person. “三公”经费 are
# small and watched by everyone, so a tenth of that
SHARE, LEAST, LEAST_WATCHED = Decimal("0.3"), Decimal(10), Decimal(1)
# a project that spent less than this of its budget has not been carried out as planned
EXECUTED = Decimal("0.8")
EACH, EXPLANATION, WATCHED = "每行", "说明", "三公经费"
GENERAL, FUND, CAPITAL = "一般公共预算财政拨款支出决算表", "政府性基金", "国有资本经营"
REPORT, PROJECT, PROJECT_REPORT = "整体支出绩效自评报告", "项目支出绩效自评表", "项目支出绩效自评报告"
MORE, LESS = ("增加", "比上年增加"), ("减少", "比上年减少")
# 基本持平 is said of half a 万元, or a hundredth
NEARLY, HUNDREDTH, CENT = Decimal("0.5"), Decimal("0.01"), Decimal("0.01")


def at(table: str, block: str, row: str, column: str) -> CellRef:
    """An address in the lists below; 每行 = the same row on both sides."""
    return CellRef(table, block, row, column)


# the figure, and where the form asks why it differs from last year's (机关运行经费 in some regions: from the budget)
YEARLY = (
    (at("收入支出决算总表", "支出", "总计", "金额"), at(EXPLANATION, "收入支出总体", "", "原因")),
    (at("财政拨款收入支出决算总表", "支出", "总计", "合计"), at(EXPLANATION, "财政拨款总体", "", "原因")),
    (at(GENERAL, "", "合计", "小计"), at(EXPLANATION, "一般公共预算总体", "", "原因")),
    (at(WATCHED, "", EACH, "决算数"), at(EXPLANATION, "三公经费总体", EACH, "变动原因")),
    (at(EXPLANATION, "机关运行经费", "", "支出"), at(EXPLANATION, "机关运行经费", "", "原因")),
    (at(REPORT, "预决算执行", "", "决算数"), at(REPORT, "预决算执行", "", "原因")),
    (at(REPORT, "经济分类", EACH, "决算数"), at(REPORT, "经济分类", EACH, "原因")),
)
# what was spent, what had been planned, and where the form asks why they differ
PLANNED = (
    (at(WATCHED, "", EACH, "决算数"), at(WATCHED, "", EACH, "预算数"), at(EXPLANATION, "三公经费总体", EACH, "原因")),
    (at(GENERAL, "", EACH, "小计"), at(EXPLANATION, "具体支出", EACH, "年初预算"), at(EXPLANATION, "具体支出", EACH, "原因")),
    (at(FUND, "", EACH, "小计"), at(EXPLANATION, "政府性基金具体", EACH, "年初预算"), at(EXPLANATION, "政府性基金具体", EACH, "原因")),
    (at(CAPITAL, "", EACH, "合计"), at(EXPLANATION, "国有资本经营具体", EACH, "年初预算"), at(EXPLANATION, "国有资本经营具体", EACH, "原因")),
)


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
        """True where a reason is written in the row, or 未载明 in its place; 无 is none. One reason may serve budget and last year."""
        reasons = [column.key for column in self.statement.axes[self.reason.block].block.columns if column.key.endswith("原因")]
        return any(not unexplained(self.statement.at(self.reason.block, self.reason.row, key)) for key in reasons)


def check_changes(context: Context) -> list[Finding]:
    """Changes without their reason are hints; a word of direction that the figures contradict is a warning."""
    disclosure = context.disclosure
    against_last_year = [one for figure_at, reason_at in YEARLY for one in asked(last_year(figure_at, reason_at, context))]
    against_budget = [one for spent, planned, reason_at in PLANNED for one in asked(budget(spent, planned, reason_at, disclosure))]
    return [
        *limited([unreasoned(one) for one in against_last_year]),
        *limited([unreasoned(one) for one in against_budget]),
        *limited(list(hardly_executed(disclosure))),
        *limited([finding for spent, planned, _ in PLANNED[1:] for finding in wrong_words(spent, planned, disclosure)]),
    ]


def rows_of(reason_at: CellRef, disclosure: Disclosure) -> tuple[Statement | None, list[Row]]:
    """The table with the field for the reason and the rows that have one; none where the form has no such field."""
    statement = disclosure.statements.get(reason_at.table)
    axes = statement.axes.get(reason_at.block) if statement else None
    if axes is None or axes.block.column(reason_at.column) is None:
        return statement, []
    return statement, [row for row in axes.rows if reason_at.row in (EACH, row.key)]


def last_year(figure_at: CellRef, reason_at: CellRef, context: Context) -> Iterator[tuple[Row, Change]]:
    """The changes that the document itself states, else those against last year's figure in the data."""
    statement, rows = rows_of(reason_at, context.disclosure)
    what = compared(statement, reason_at.block) if statement and rows else "上年"
    before = context.before if what == "上年" else None
    for row in rows:
        now = find(figure_at, row, context.disclosure)
        old = find(figure_at, row, before) if before else None
        if statement and now:
            said = stated(statement, reason_at.block, row.key)
            then = now.amount - said if said is not None else old.amount if old else None
            if then is not None:
                yield row, change(now, what, then, statement, reason_at, row)


def compared(statement: Statement, block: str) -> str:
    """What the fields for 增加 and 减少 of a block compare with, by their label."""
    column = next(filter(None, (statement.axes[block].block.column(key) for key in MORE)), None)
    return "年初预算" if column and "预算" in column.label else "上年"


def stated(statement: Statement, block: str, row: str) -> Decimal | None:
    """The change that the document states, in 万元."""
    more = next((one for key in MORE if (one := figure(statement, block, row, key))), None)
    less = next((one for key in LESS if (one := figure(statement, block, row, key))), None)
    return more.amount if more else -less.amount if less else None


def budget(spent: CellRef, planned: CellRef, reason_at: CellRef, disclosure: Disclosure) -> Iterator[tuple[Row, Change]]:
    """What was spent against what had been planned."""
    statement, rows = rows_of(reason_at, disclosure)
    for row in rows:
        now, plan = find(spent, row, disclosure), find(planned, row, disclosure)
        if statement and now and plan:
            yield row, change(now, "预算", plan.amount, statement, reason_at, row)


def find(address: CellRef, row: Row, disclosure: Disclosure) -> Figure | None:
    """The figure at an address of the lists."""
    return figure(disclosure.statements.get(address.table), address.block, row.key if address.row == EACH else address.row, address.column)


def change(now: Figure, what: str, then: Decimal, statement: Statement, reason_at: CellRef, row: Row) -> Change:
    """A change with the cell that should explain it."""
    least = LEAST_WATCHED if now.statement.form.key == WATCHED else LEAST
    return Change(now, what, then, statement, CellRef(statement.key, reason_at.block, row.key, reason_at.column), least)


def asked(changes: Iterator[tuple[Row, Change]]) -> list[Change]:
    """The large changes that nobody has explained: neither in their own row nor above or below it.

    A total is explained by its items, and items without codes by their total; what each 项 was spent on has its own reason.
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

    large = [(row, one) for row, one in found if one.large and not one.explained and not told(row) and not jumps(one.now.amount, one.against)]
    # where its items are asked about, the total need not be
    return [one for row, one in large if row.level != 0 or len(large) == 1]


def unreasoned(one: Change) -> Finding:
    """The figure, what it is held against, and the field that is empty."""
    share = f"，{'增加' if one.by > 0 else '减少'} {abs(one.by) / abs(one.against):.0%}" if one.against else ""
    axes = one.statement.axes[one.reason.block]
    column = axes.block.column(one.reason.column)
    message = f"{one.now.table}的{one.now.name}是 {one.now.amount:.2f} 万元，{one.what}是 {one.against:.2f} 万元{share}，没有写原因"
    heading = axes.block.heading[-1] if axes.block.heading else one.statement.form.title
    return Finding("change-unexplained", message, place(one), Severity.HINT, hint=f"在“{heading}”的“{column.label if column else ''}”里写明")


def place(one: Change) -> Place:
    """The empty field, else its row or what is written in it, else the figure."""
    block, row = one.reason.block, one.reason.row
    written = (one.statement.at(block, row, column.key).place for column in one.statement.axes[block].block.columns)
    return one.statement.cell(one.reason).place or one.statement.places.get((block, row)) or next(filter(None, written), one.now.place)


def hardly_executed(disclosure: Disclosure) -> Iterator[Finding]:
    """Projects whose money was not spent, where the report has a field for the reason and nothing stands in it."""
    for statement in disclosure.statements.values():
        report = disclosure.statements.get(f"{PROJECT_REPORT}#{statement.instance}")
        if statement.form.key != PROJECT or report is None or "偏离原因和措施" not in report.axes:
            continue
        spent, planned = (figure(statement, "资金", "年度资金总额", key) for key in ("全年执行数", "全年预算数"))
        reason = CellRef(report.key, "偏离原因和措施", "", "情况")
        if spent and planned and planned.amount - spent.amount >= LEAST_WATCHED and spent.amount < EXECUTED * planned.amount and unexplained(report.cell(reason)):
            message = f"项目“{statement.name[:30]}”全年预算 {planned.text}，只执行了 {spent.text}（{spent.amount / planned.amount:.0%}），没有写原因"
            hint = "在项目支出绩效自评报告的“偏离绩效目标的原因和下一步改进措施”里写明"
            yield Finding("change-unexplained", message, place_of(report, reason) if report.cell(reason).place else spent.place, Severity.HINT, hint=hint)


def wrong_words(spent: CellRef, planned: CellRef, disclosure: Disclosure) -> Iterator[Finding]:
    """大于, 小于, 持平 and 基本持平 against the figures."""
    statement, rows = rows_of(planned._replace(column="相比"), disclosure)
    for row in rows if statement else ():
        word = statement.at(planned.block, row.key, "相比") if statement else None
        now, plan = find(spent, row, disclosure), find(planned, row, disclosure)
        if not (word and word.place and now and plan):
            continue
        by = now.amount - plan.amount
        near = abs(by) <= max(NEARLY, HUNDREDTH * abs(plan.amount))
        fits = {"大于": by > 0, "小于": by < 0, "持平": abs(by) <= CENT, "基本持平": near}
        if not fits.get(word.text, True):
            right = "大于" if by > 0 else "小于" if by < 0 else "持平"
            message = f"“{row.label[:30]}”写“{word.text}”，决算是 {now.amount:.2f} 万元，年初预算是 {plan.amount:.2f} 万元，应为“{right}”"
            yield Finding("direction-differs", message, word.place, Severity.WARNING, expected=right, actual=word.text, hint="核对两个数，再改这个词")
