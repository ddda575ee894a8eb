"""A claim and its readings → an outcome.

Amounts are rounded at the cent, percentages at their last digit. A reading that fits as printed passes; one that some
unrounded figures would fit is 尾差; only where a sure reading is out of reach is the claim 不符.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import product

from build_tools.amount import round_half_up
from build_tools.checks.claims.figures import Figure
from build_tools.checks.claims.model import Claim, Judged, Outcome, Reading
from build_tools.checks.claims.role import Role
from build_tools.checks.claims.words import UNITS
from build_tools.formula import Name, Rule, Value, evaluate, parse_rule

CENT, ONE, HUNDRED, ZERO = Decimal("0.005"), Decimal(1), Decimal(100), Decimal(0)
# percent that 增长2倍 may be off
LOOSE = Decimal(25)
NAME = re.compile(r"sum\(items\)|[a-z_]+")
SHOWN = 8
SIGNS = {"/": "÷", "*": "×"}
ORDER = (Outcome.PASSED, Outcome.ROUNDING)
# figures as low, printed, high
Span = tuple[Decimal, Decimal, Decimal]


def judge(claim: Claim, half: Decimal = CENT) -> Judged:
    """The outcome of a claim; `half` is what rounding may have moved an amount by, in its own unit."""
    if claim.stated is not None and claim.stated.unclear:
        return Judged(claim, Outcome.UNREAD, reason="写的是约数，或数里有空格、逗号，不能确定")
    if claim.stated is None or not claim.readings:
        return Judged(claim, Outcome.UNREAD, reason="没有找到它所依据的数")
    found = [(reading, judged(claim, claim.stated, reading, half)) for reading in claim.readings]
    for outcome in ORDER:
        for _, one in found:
            if one.outcome is outcome:
                return one
    sure = [one for reading, one in found if reading.sure]
    if len(sure) == 1:
        return sure[0]
    return Judged(claim, Outcome.UNREAD, reason="它所依据的数不能确定")


def judged(claim: Claim, stated: Figure, reading: Reading, half: Decimal) -> Judged:
    """One reading."""
    kind = reading.kind
    if any(one.unclear for some in reading.figures.values() for one in some):
        return Judged(claim, Outcome.UNREAD, reason="它所依据的数是约数，或数里有空格、逗号，不能确定")
    spans = {name: [span(one, half) for one in figures] for name, figures in reading.figures.items()}
    printed = {name: sum((one[1] for one in some), ZERO) for name, some in spans.items()}
    if kind.basis and side(kind.basis, printed) == 0:
        return Judged(claim, Outcome.ZERO_BASE, written(stated), "", spelled(reading, basis=True), says=worded(reading))
    computed = side(kind.rule.split(" == ")[1], printed)
    low, high = bounds(kind.rule.split(" == ")[1], spans)
    if computed is None or low is None or high is None:
        return Judged(claim, Outcome.UNREAD, reason="基数太小，四舍五入以后算不出比例")
    if kind.percent:
        computed, low, high = computed * HUNDRED, low * HUNDRED, high * HUNDRED
    said, room = signed(stated), half_of(stated, half)
    outcome = outcome_of(said, room, (low, computed, high), stated.token.decimals if kind.percent else None)
    factor = ONE if kind.percent else UNITS.get(stated.token.unit, ONE)
    result = computed / factor
    return Judged(
        claim,
        outcome,
        written(stated),
        differing(stated, result),
        f"{spelled(reading)} = {differing(stated, result)}",
        says=worded(reading),
    )


def worded(reading: Reading) -> str:
    """The sentence of its kind; figures of a table are not the text's own."""
    tabled = any(one.number < 0 for some in reading.figures.values() for one in some)
    return reading.kind.says.replace("按文中的数计算是", "按表计算是") if tabled else reading.kind.says


def outcome_of(said: Decimal, room: Decimal, computed: Span, decimals: int | None) -> Outcome:
    """Exact, reachable or out of reach. `decimals` of a percentage, by which it is rounded half up; None for an
    amount.
    """
    low, exact, high = computed
    if said == (exact if decimals is None else round_half_up(exact, decimals)):
        return Outcome.PASSED
    return Outcome.ROUNDING if low <= said + room and high >= said - room else Outcome.FAILED


def span(figure: Figure, half: Decimal) -> Span:
    """A figure in 万元 with what rounding leaves open; a zero is a zero."""
    value = signed(figure)
    room = half_of(figure, half) if value else ZERO
    return value - room, value, value + room


def signed(figure: Figure) -> Decimal:
    """A figure with the sign of its words, amounts in 万元: 减少5万元 is -5, 下降3% is -3; 增长-3% is -3 as well."""
    value = figure.value * UNITS.get(figure.token.unit, ONE)
    return -abs(value) if figure.role in (Role.DECREASE, Role.DECLINE) else value


def half_of(figure: Figure, half: Decimal) -> Decimal:
    """Half of what was rounded to, amounts in 万元."""
    if figure.is_amount:
        return half * UNITS[figure.token.unit]
    if figure.token.text.endswith("倍") and figure.token.decimals < 0 and figure.value % HUNDRED == 0:
        return LOOSE
    return Decimal((0, (5,), -figure.token.decimals - 1))


@lru_cache(maxsize=64)
def terms(text: str) -> Rule[Name]:
    """The right side of a rule as terms; there are as many as kinds."""
    return parse_rule(f"stated == {text}")


def side(text: str, values: Mapping[str, Decimal]) -> Decimal | None:
    """The right side of a rule with these figures; None where it divides by nothing."""
    rule = terms(text)

    value = evaluate(rule.right, lambda name: [Value(values[name.parts[0]])])
    return value.amount if value.known else None


def bounds(text: str, spans: Mapping[str, list[Span]]) -> tuple[Decimal | None, Decimal | None]:
    """The least and the greatest that unrounded figures could give; every rule runs one way in each of its figures."""
    ends = {
        name: (sum((one[0] for one in some), ZERO), sum((one[2] for one in some), ZERO)) for name, some in spans.items()
    }
    found = [side(text, dict(zip(ends, corner, strict=True))) for corner in product(*ends.values())]
    known = [one for one in found if one is not None]
    return (min(known), max(known)) if len(known) == len(found) else (None, None)


def written(figure: Figure) -> str:
    """A figure as a text has it: a rate in words in these words, any other as it would be printed."""
    return (
        figure.token.text
        if figure.token.unit == "%" and not figure.token.text.endswith("%")
        else shown(figure, figure.value)
    )


def shown(figure: Figure, value: Decimal, decimals: int | None = None) -> str:
    """A figure as it would be printed, with its unit, without a sign; beside 2倍 it is so many 倍, too."""
    places = figure.token.decimals if decimals is None else decimals
    if figure.token.text.endswith("倍"):
        return f"{round_half_up(abs(value) / HUNDRED, places + 2):f}倍"
    return (
        f"{round_half_up(abs(value), max(0, places)):f}{'个百分点' if figure.token.unit == '点' else figure.token.unit}"
    )


def differing(figure: Figure, value: Decimal) -> str:
    """A result with as many decimals as it takes to see that it is another."""
    sign = "-" if value < 0 and figure.role not in (Role.DECREASE, Role.DECLINE) else ""
    for decimals in range(figure.token.decimals, 5):
        text = shown(figure, value, decimals)
        if round_half_up(abs(value), decimals) != abs(figure.value):
            break
    else:
        text = shown(figure, value)
    return f"{sign}{text}"


def spelled(reading: Reading, basis: bool = False) -> str:
    """The right side of the rule with the figures as printed."""
    text = reading.kind.basis if basis else reading.kind.rule.split(" == ")[1]

    def named(match: re.Match[str]) -> str:
        figures = reading.figures["items" if match[0].startswith("sum") else match[0]]
        parts = [f"{signed_text(one)}" for one in figures[:SHOWN]]
        return " + ".join(parts) + (f" + …（共{len(figures)}项）" if len(figures) > SHOWN else "")

    return "".join(SIGNS.get(char, char) for char in NAME.sub(named, text))


def signed_text(figure: Figure) -> str:
    """A figure as printed; a decrease in brackets with its sign."""
    text = figure.token.text
    return f"(-{text})" if figure.role in (Role.DECREASE, Role.DECLINE) and figure.value > 0 else text
