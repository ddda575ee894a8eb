"""Words that compare what was spent with what was planned: 大于, 小于, 持平, 较预算减少.

Both sides are named by the words around; the figures are the last ones of those roles in the same paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from build_tools.claims.figures import Figure
from build_tools.claims.judging import CENT, half_of, signed
from build_tools.claims.model import Outcome
from build_tools.claims.words import Token

AMOUNTS = ("决算", "数", "合计")
TURNED = {"大于": "小于", "小于": "大于", "等于": "等于"}
# 基本持平 may hide this part of the budget
NEARLY = Decimal("0.05")
# tokens of a clause
LONGEST = 20
WAYS = {"more": "大于", "up": "大于", "less": "小于", "down": "小于", "same": "等于", "equal": "等于"}


@dataclass(frozen=True, slots=True)
class Direction:
    """A comparison in words: the word, which way it puts what was spent against what was planned, both figures where they are certain."""

    token: Token
    way: str
    spent: Figure | None = None
    budget: Figure | None = None


def directions(tokens: Sequence[Token], figures: Sequence[Figure]) -> Iterator[Direction]:
    """Every comparison with a budget in a paragraph; one that gives its own figure (减少5万元) is a change and not told here."""
    at, numbers = 0, {one.token.start: one.number + 1 for one in figures}
    clause: list[Token] = []
    for place, token in enumerate(tokens):
        at = numbers.get(token.start, at)
        if token.sort == "delimiter" and token.text in "，；。！？（":
            clause = []
        elif token.sort in WAYS and token.text != "超":
            way = way_of(clause[-LONGEST:], token, tokens[place + 1 : place + 6])
            if way and not followed(tokens[place + 1 : place + 8]):
                found = compared(figures, at, token, way)
                # without figures, 不超过预算 is an aim and 与预算一致 says how accounts are kept
                if found.spent or any(one.sort == "actual" for one in (*clause[-LONGEST:], *tokens[place + 1 : place + 6])):
                    yield found
            clause.append(token)
        else:
            clause.append(token)


def way_of(clause: Sequence[Token], word: Token, after: Sequence[Token]) -> str:
    """Which way, seen from what was spent: 决算大于预算, 预算小于决算, 比预算增加, 与预算持平; '' where no budget is compared."""
    here = []
    for one in after:
        if one.sort == "delimiter" or one.sort in ("reason", "versus", "last"):
            break
        here.append(one)
    left, right = [one.sort for one in clause], [one.sort for one in here]
    if "last" in left + right or "budget" not in left + right:
        return ""
    if word.sort in ("more", "less", "equal"):
        if "budget" in right:
            return WAYS[word.sort]
        if "actual" in right and "budget" in left:
            return TURNED[WAYS[word.sort]]
        return WAYS[word.sort] if "versus" in left and "budget" in left[left.index("versus") :] else ""
    if "versus" not in left:
        return WAYS["same"] if word.sort == "same" and {"budget", "actual"} <= set(left) else ""
    target = left[len(left) - 1 - left[::-1].index("versus") :]
    if "budget" in target:
        return WAYS[word.sort]
    if "actual" in target and "budget" in left:
        return TURNED[WAYS[word.sort]]
    return ""


def followed(after: Sequence[Token]) -> bool:
    """True where a figure follows in the same clause."""
    for one in after:
        if one.sort == "delimiter":
            return False
        if one.sort == "number":
            return True
    return False


def compared(figures: Sequence[Figure], at: int, token: Token, way: str) -> Direction:
    """The comparison with its figures: the last budget and the last amount spent, in the same stretch of one list."""
    past = [one for one in figures[max(0, at - 8) : at] if one.is_amount and not one.aside]
    budget = next((one for one in reversed(past) if one.role == "预算"), None)
    spent = next((one for one in reversed(past) if one.role == "决算"), None)
    if budget and spent is None:
        spent = next((one for one in reversed(past) if one.role == "数" and one.group == budget.group), None)
    if budget is None or spent is None or budget.parent != spent.parent or budget.group != spent.group:
        return Direction(token, way)
    if sum(one.role == "预算" and one.value != budget.value for one in past if one.group == budget.group) or any(one.group > budget.group for one in past):
        return Direction(token, way)
    return Direction(token, way, spent, budget)


def judge_direction(one: Direction) -> tuple[Outcome, str]:
    """The outcome, and the word that the figures bear out."""
    if one.spent is None or one.budget is None:
        return Outcome.UNREAD, ""
    spent, budget = signed(one.spent), signed(one.budget)
    room = half_of(one.spent, CENT) + half_of(one.budget, CENT)
    real = "大于" if spent > budget else "小于" if spent < budget else "等于"
    if real == one.way or (one.way == "等于" and one.token.text in ("基本持平", "大致相当") and abs(spent - budget) <= NEARLY * abs(budget)):
        return Outcome.PASSED, real
    return (Outcome.ROUNDING if abs(spent - budget) <= room and one.way == "等于" else Outcome.FAILED), real

