"""A target against what was reached: missed with full marks, far exceeded, written afterwards, malformed, dearer than
the funds.

Only what is plainly a number with the same unit on both sides is compared; everything else is left to the reader. All
are hints: a target may have been changed with good reason, and the table cannot say so.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from build_tools.accounts.statement import Statement, Target, read_target
from build_tools.accounts.statement.cell import Cell, State
from build_tools.amount import convert
from build_tools.checks.figures import columns_of
from build_tools.checks.indicators import Indicator, Told, place, quoted, unexplained
from build_tools.diagnostics import Finding, Severity
from build_tools.forms import Concept

QUANTITY, COST, TIME = "数量指标", "成本指标", "时效指标"
SATISFACTION = ("满意度指标", "服务对象满意度指标")
# the money of a table, apart from the totals of its rows
MONEY = (Concept.PLANNED_FUNDS, Concept.PROJECT_INVESTMENT)
# how far above its target an actual value asks for a word; the rules say 较多 and give no figure
FAR, HUNDRED = Decimal("1.3"), Decimal(100)
# a value that is longer is prose
LONGEST = 60
SIGNS = "≥≤><="
MALFORMED = re.compile(
    # 2≥, 200≥家 | ≥≥2 | ≥200家以下
    f"[^{SIGNS}]*[0-9][^{SIGNS}]{{0,12}}[{SIGNS}][^{SIGNS}0-9]{{0,3}}|(?!>=[0-9]|<=[0-9])[{SIGNS}]{{2,}}[0-9].*"
    "|(?:≥|>=?)[0-9][^≥≤><=]{0,12}(?:以下|以内)|(?:≤|<=?)[0-9][^≥≤><=]{0,12}以上"
)
ROUGHLY = "余"
MYRIADS = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
CITATION = "财预〔2020〕10号：定量指标对照年初设定的指标值评分"


@dataclass(frozen=True, slots=True)
class Funds:
    """The money of a table in its unit; None where it does not say. `most` is the largest of its totals apart from what
    was spent.
    """

    budget: Decimal | None
    spent: Decimal | None
    most: Decimal | None


def check_targets(one: Indicator, statement: Statement, funds: Funds) -> Told:
    """What is found about the target and the actual value of one indicator."""
    target, actual = reading(one.target), reading(one.actual)
    for cell in (one.target, one.actual):
        if malformed(cell.text):
            message, advice = (
                f"“{one.name}”填“{quoted(cell.text)}”：比较符号写得不对",
                "符号写在数的前面，一个就够，如 ≥2次",
            )
            yield (
                one.name,
                Finding("score-target-malformed", message, place(cell, statement), Severity.HINT, hint=advice),
            )
    if actual and actual.operator in "≥≤><" and ROUGHLY not in one.actual.text:
        message = f"“{one.name}”的实际完成值填“{quoted(one.actual.text)}”，是一个范围，不是完成的数"
        yield (
            one.name,
            Finding(
                "score-actual-range",
                message,
                place(one.actual, statement),
                Severity.HINT,
                hint="写实际完成的数，如 3次、98.6%",
            ),
        )
    if target and actual and target.unit == actual.unit:
        yield from compare(one, target, actual, statement)
    if target:
        yield from check_money(one, target, actual, statement, funds)


def compare(one: Indicator, target: Target, actual: Target, statement: Statement) -> Told:
    """Full marks although the target was missed; far more than the target without a word of why."""
    said = f"“{one.name}”的目标是“{quoted(one.target.text)}”，实际完成“{quoted(one.actual.text)}”"
    full = bool(one.weight.amount) and one.score.amount == one.weight.amount
    if full and missed(target, actual, one.second):
        message = (
            f"{said}，{'没有达到' if actual.operator == '=' else '看不出已经达到'}，却得了满分 {one.weight.amount:f} 分"
        )
        advice = "核对实际完成值；没有达到的，按完成的程度扣分，写明原因"
        yield (
            one.name,
            Finding(
                "score-target-missed",
                message,
                place(one.score, statement),
                Severity.HINT,
                hint=advice,
                citation=CITATION,
            ),
        )
    # less time and less money are no more than was asked; elsewhere a plain number may be either a floor or a ceiling
    counted = (target.operator in "≥>" and one.second not in (COST, TIME)) or (
        target.operator == "=" and one.second == QUANTITY
    )
    if (
        counted
        and target.number
        and actual.operator in "=≥>"
        and actual.number > target.number * FAR
        and unexplained(one.reason)
    ):
        message = f"{said}，超出 {(actual.number / target.number - 1) * HUNDRED:.0f}%，没有说明原因"
        advice = "在偏差原因栏写明；目标定得过低的，按偏离的程度扣分"
        yield (
            one.name,
            Finding(
                "score-overfulfilled",
                message,
                place(one.actual, statement),
                Severity.HINT,
                hint=advice,
                citation=CITATION,
            ),
        )


def missed(target: Target, actual: Target, second: str) -> bool:
    """True where the actual value, as written, does not reach the target.

    A plain number is a floor where it counts things or people's satisfaction, a ceiling where it is money to be spent;
    of other plain numbers only 100% is sure to be a floor.
    """
    if actual.operator == "≈" or (actual.operator == ">" and actual.number < target.number):
        return False
    if target.operator in "≥>":
        return actual.number < target.number
    if target.operator in "≤<":
        return actual.number > target.number
    if target.operator == "=" and second == COST:
        return target.unit == "元" and actual.number > target.number
    floor = second == QUANTITY or second in SATISFACTION or (target.number == HUNDRED and target.unit == "%")
    return target.operator == "=" and floor and actual.number < target.number


def check_money(one: Indicator, target: Target, actual: Target | None, statement: Statement, funds: Funds) -> Told:
    """A target that is the final figure to the cent, and a cost that is more than there was to spend."""
    said = f"“{one.name}”的目标“{quoted(one.target.text)}”"
    amount = convert(target.number, target.unit, statement.unit) if target.unit == "元" and statement.unit else None
    # a bare figure of cost is in the unit of the table
    bare = target.number if one.second == COST and not target.unit else amount
    reached = actual is not None and (actual.number, actual.unit) == (target.number, target.unit)
    if (
        bare is not None
        and (reached or bare == funds.spent)
        and bare != funds.budget
        and to_the_cent(one.target)
        and unexplained(one.reason)
    ):
        final = f"实际完成值“{quoted(one.actual.text)}”" if reached else f"全年执行数 {bare:f} "
        message, advice = (
            f"{said}与{final}一分不差，可能是年末照决算填的",
            "填年初设定的目标；年中调整过的，在偏差原因栏写明",
        )
        yield (
            one.name,
            Finding(
                "score-target-hindsight",
                message,
                place(one.target, statement),
                Severity.HINT,
                hint=advice,
                citation=CITATION,
            ),
        )
    if COST in (one.level, one.second) and amount is not None and funds.most is not None and amount > funds.most:
        message, advice = (
            f"{said}大于资金总额 {funds.most:f} {statement.unit}",
            "核对数和单位：成本目标不能大于安排的资金",
        )
        yield (
            one.name,
            Finding("score-cost-above-funds", message, place(one.target, statement), Severity.HINT, hint=advice),
        )


def funds_of(statement: Statement) -> Funds:
    """The money that the totals of a table's rows, and its fields of money, name."""
    form, found = statement.form, dict[str, Decimal]()
    budget, spent = (statement.name_of(one) for one in (Concept.INITIAL_BUDGET, Concept.ANNUAL_EXECUTION))
    for key, axes in statement.axes.items():
        lines, fields = axes.block.kind == "lines", axes.block.kind == "fields"
        money = [form.column_of(one, key) for one in MONEY] if fields else []
        wanted = [one for one in columns_of(axes.block, ("amount",)) if lines or one in money]
        for row in axes.rows if wanted else ():
            for column in wanted if fields or row.level == 0 else ():
                amount = statement.at(key, row.key, column.key).amount
                if amount is not None:
                    found[column.key] = max(amount, found.get(column.key, amount))
    return Funds(
        found.get(budget),
        found.get(spent),
        max((amount for column, amount in found.items() if column != spent), default=None),
    )


def reading(cell: Cell) -> Target | None:
    """A target or actual value with 万 and 亿 counted in, so that 1.3万人 and 13000人 can be compared."""
    found = read_target(cell.text) if cell.state is State.WRITTEN and len(cell.text) <= LONGEST else None
    if found is None or found.unit[:1] not in MYRIADS:
        return found
    return replace(found, number=found.number * MYRIADS[found.unit[0]], unit=found.unit[1:])


@lru_cache(maxsize=4096)
def malformed(text: str) -> bool:
    """True where the sign stands behind the number (`2≥`, `200≥家`), several in front that are not one (`≥≥2`), or a
    word says the opposite.
    """
    plain = unicodedata.normalize("NFKC", text[: LONGEST + 1])
    return (
        len(text) <= LONGEST
        and MALFORMED.fullmatch(re.sub(r"\s+", "", plain).replace("≧", "≥").replace("≦", "≤")) is not None
    )


def to_the_cent(cell: Cell) -> bool:
    """True where the figure is printed with a fraction of two decimals or more: nobody plans to the cent."""
    found = read_target(cell.text)
    return found is not None and found.number % 1 != 0 and int(found.number.as_tuple().exponent) <= -2
