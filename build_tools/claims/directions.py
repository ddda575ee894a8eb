"""Words that compare what was spent with what was planned or with last year: 大于, 小于, 持平, 较预算减少, 高于上年.

Both sides are named by the words around; the figures are the last ones of those roles in the same paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from build_tools.claims import roles
from build_tools.claims.figures import Figure
from build_tools.claims.judging import CENT, half_of, signed
from build_tools.claims.kinds import AGAINST_LAST, DIRECTION, Kind
from build_tools.claims.model import Outcome
from build_tools.claims.words import Token

AMOUNTS = ("决算", "数", "合计")
TURNED = {"大于": "小于", "小于": "大于", "等于": "等于"}
# 基本持平 may hide this part of the budget
NEARLY = Decimal("0.05")
# tokens of a clause, figures that are looked back over
LONGEST, NEAR = 20, 8
WAYS = {"more": "大于", "up": "大于", "less": "小于", "down": "小于", "same": "等于", "equal": "等于"}


@dataclass(frozen=True, slots=True)
class Direction:
    """A comparison in words: the word, which way it puts what was spent against the other side, both figures where they are certain."""

    token: Token
    way: str
    spent: Figure | None = None
    budget: Figure | None = None
    kind: Kind = DIRECTION


def directions(tokens: Sequence[Token], figures: Sequence[Figure]) -> Iterator[Direction]:
    """Every comparison in a paragraph; one that gives its own figure (减少5万元) is a change and not told here."""
    at, numbers = 0, {one.token.start: one.number + 1 for one in figures}
    clause: list[Token] = []
    for place, token in enumerate(tokens):
        at = numbers.get(token.start, at)
        if token.sort == "delimiter" and token.text in "，；。！？（":
            clause = []
            continue
        if token.sort in WAYS and not followed(tokens[place + 1 : place + 8]):
            before, after = clause[-LONGEST:], tokens[place + 1 : place + 6]
            other, way = compares(before, token, after)
            found = against_last(figures, at, before, token, way) if other == "last" else compared(figures, at, token, way) if way else None
            # without figures, 不超过预算 is an aim and 与预算一致 says how accounts are kept
            if found and (found.spent or any(one.sort in ("actual", "both") for one in (*before, *after))):
                yield found
        clause.append(token)


def compares(clause: Sequence[Token], word: Token, after: Sequence[Token]) -> tuple[str, str]:
    """The other side (budget, last) and which way, seen from what was spent: 决算大于预算, 预算小于决算, 比预算增加, 与上年持平; '' for none."""
    here = []
    for one in after:
        if one.sort == "delimiter" or one.sort in ("reason", "versus"):
            break
        here.append(one)
    left, right = sorts_of(clause), sorts_of(here)
    found = {"budget", "last"} & {*left, *right}
    if len(found) != 1 or (word.text == "超" and right[:1] != ["budget"]):
        return "", ""
    other = found.pop()
    return other, way_of(left, right, word, other)


def sorts_of(clause: Sequence[Token]) -> list[str]:
    """The classes of its words; 预决算 is both sides at once."""
    return [sort for one in clause for sort in (("budget", "actual") if one.sort == "both" else (one.sort,))]


def way_of(left: Sequence[str], right: Sequence[str], word: Token, other: str) -> str:
    """Which way a word compares what stands before it with what stands behind it; '' where it compares neither with the other side."""
    target = left[len(left) - 1 - left[::-1].index("versus") :] if "versus" in left else []
    if word.sort in ("more", "less", "equal"):
        if other in right:
            return WAYS[word.sort]
        if "actual" in right and other in left:
            return TURNED[WAYS[word.sort]]
        return WAYS[word.sort] if other in target else ""
    if not target:
        return WAYS["same"] if word.sort == "same" and {"budget", "actual"} <= set(left) else ""
    if "reason" in target:
        return ""
    if other in target:
        return WAYS[word.sort]
    return TURNED[WAYS[word.sort]] if "actual" in target and other in left else ""


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
    past = [one for one in figures[max(0, at - NEAR) : at] if one.is_amount and not one.aside]
    budget = next((one for one in reversed(past) if one.role == "预算"), None)
    spent = next((one for one in reversed(past) if one.role == "决算"), None)
    if budget and spent is None:
        spent = next((one for one in reversed(past) if one.role == "数" and one.group == budget.group), None)
    if budget is None or spent is None or budget.parent != spent.parent or budget.group != spent.group:
        return Direction(token, way)
    if sum(one.role == "预算" and one.value != budget.value for one in past if one.group == budget.group) or any(one.group > budget.group for one in past):
        return Direction(token, way)
    return Direction(token, way, spent, budget)


def against_last(figures: Sequence[Figure], at: int, clause: Sequence[Token], token: Token, way: str) -> Direction | None:
    """The comparison with last year, where its amount stands beside this year's; without it nothing is said that a text could prove."""
    past = [one for one in figures[max(0, at - NEAR) : at] if one.is_amount and not one.aside]
    near = [one for one in past if past[-1].sentence - one.sentence <= 1]
    last = [one for one in near if one.role == "上年"]
    if not way or len(last) != 1:
        return None
    place = near.index(last[0])
    beside = [one for one in (*near[max(0, place - 1) : place], *near[place + 1 : place + 2]) if one.role in AMOUNTS and one.parent == last[0].parent]
    what = roles.subject(clause)[-2:]
    if len(beside) != 1 or (what and what not in beside[0].label):
        return None
    return Direction(token, way, beside[0], last[0], AGAINST_LAST)


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

