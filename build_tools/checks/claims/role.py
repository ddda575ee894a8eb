"""What a figure of prose is: an amount spent, a budget, a change, a share; `roles` finds it by the words before it."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a figure is, by the words before it."""

    # amounts; of the three budgets a text mostly leaves open which one it means
    AMOUNT = "amount"
    ACTUAL = "actual"
    TOTAL = "total"
    BUDGET = "budget"
    INITIAL_BUDGET = "initial_budget"
    ANNUAL_BUDGET = "annual_budget"
    LAST_YEAR = "last_year"
    LAST_BUDGET = "last_budget"
    OPENING = "opening"
    BALANCE = "balance"
    INCREASE = "increase"
    DECREASE = "decrease"
    DIFFERENCE = "difference"

    # percentages; DONE = 完成, of which nothing says that it is of a budget; ITEM_MULTIPLE = 是基本支出的2倍
    RATE = "rate"
    LAST_RATE = "last_rate"
    GROWTH = "growth"
    DECLINE = "decline"
    SHARE = "share"
    COMPLETION = "completion"
    DONE = "done"
    MULTIPLE = "multiple"
    ITEM_MULTIPLE = "item_multiple"

    # of either sort: it follows a figure at once, or is only about
    INLINE = "inline"
    APPROXIMATE = "approximate"


AMOUNTS = (Role.ACTUAL, Role.AMOUNT, Role.TOTAL)
RATES = (Role.GROWTH, Role.DECLINE, Role.SHARE, Role.COMPLETION, Role.MULTIPLE, Role.ITEM_MULTIPLE)


def budget_of(words: str) -> Role:
    """Which budget is meant: 年初预算, 全年预算, or whichever a table has."""
    if "年初" in words:
        return Role.INITIAL_BUDGET
    return Role.ANNUAL_BUDGET if "全年" in words or "调整" in words else Role.BUDGET
