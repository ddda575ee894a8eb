"""A narrative held against the tables: every figure worked out again from its cells, every word of direction against
them.

Written apart from what it proves: whole cents and integer division, no formula of the compiler.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from build_tools.accounts.statement import Ledger, Statement
from build_tools.diagnostics import CellRef
from build_tools.web.narrative import Narrative, Quoted, Sentence

DOUBLED = re.compile(r"[，。；：、]{2}|^[，。；：、]|[（“][，。；：、]|[，、]$|[，；：、]）")
UNIT = {"元": 1, "万元": 10_000}
BASED = ("share", "completion", "growth", "growth-by-increase", "growth-by-decrease")


def statement_of(ref: CellRef, ledger: Ledger) -> Statement:
    """The table that a cell stands in."""
    return ledger[ref.scope][ref.table]


def printed(ref: CellRef, ledger: Ledger) -> str:
    """A cell as its table prints it."""
    statement, own = statement_of(ref, ledger), ref._replace(scope="")
    assert statement.axes[ref.block].block.column(ref.column) is not None, ref
    return statement.texts[own]


def value(ref: CellRef, ledger: Ledger) -> Fraction:
    """A cell's figure; an amount of money in 元."""
    statement = statement_of(ref, ledger)
    text = printed(ref, ledger).removesuffix("%")
    return Fraction(Decimal(text)) * (UNIT[statement.unit] if is_money(ref, ledger) else 1)


def is_money(ref: CellRef, ledger: Ledger) -> bool:
    """True for an amount in the unit of its table."""
    column = statement_of(ref, ledger).axes[ref.block].block.column(ref.column)
    assert column is not None, ref
    return column.type == "amount" and not column.unit


def in_myriads(ref: CellRef, ledger: Ledger) -> str:
    """A cell as a sentence has it: in 万元, where it is money of a table in 元."""
    text = printed(ref, ledger)
    converts = is_money(ref, ledger) and statement_of(ref, ledger).unit != "万元"
    return half_up(value(ref, ledger) / UNIT["万元"]) if converts else text


def half_up(number: Fraction) -> str:
    """Two decimals, half a cent upwards away from zero."""
    cents = (abs(number) * 200 + 1).__floor__() // 2
    return f"{'-' if number < 0 and cents else ''}{cents // 100}.{cents % 100:02d}"


def again(one: Quoted, ledger: Ledger) -> str:
    """What a figure must be printed as."""
    if one.formula == "cell":
        return in_myriads(one.refs[0], ledger)
    if one.formula == "count":
        return str(len(set(one.refs)))
    of = [value(ref, ledger) for ref in one.refs]
    if one.formula in BASED:
        base = {"growth-by-increase": of[0] - of[1], "growth-by-decrease": of[0] + of[1]}.get(one.formula, of[1])
        assert base > 0, "a percentage on a base of zero or less"
        part = {"growth": abs(of[0] - of[1]), "growth-by-increase": abs(of[1]), "growth-by-decrease": abs(of[1])}.get(
            one.formula, of[0]
        )
        return f"{half_up(100 * part / base)}%"
    scale = UNIT["万元"] if is_money(one.refs[0], ledger) else 1
    return half_up(abs(of[0] - (of[1] if len(of) > 1 else 0)) / scale)


def hold(narrative: Narrative, ledger: Ledger) -> int:
    """Asserts everything that must be so of any narrative; how many figures it quotes."""
    figures = 0
    for sentence in narrative.sentences:
        assert sentence.text.strip(), "an empty paragraph"
        for one in sentence.quoted:
            assert one.refs, one
            if one.formula != "name":
                assert one.text == again(one, ledger), (one, sentence.text)
                figures += 1
            else:
                assert value(one.refs[0], ledger) != 0, sentence.text
        directed(sentence, ledger)
        assert not re.search(r"(?<![\d.])0(\.00)?(万元|元)，占", sentence.text), sentence.text
    return figures


def directed(sentence: Sentence, ledger: Ledger) -> None:
    """增加 and 减少 before a difference, 增长 and 降低 before a rate, 大于 and 小于 behind plan and outcome, all have
    the sign of the figures.
    """
    pieces = sentence.pieces
    for before, one in pairwise(pieces):
        if not isinstance(before, str) or not isinstance(one, Quoted):
            continue
        sign = change_of(one, ledger)
        if sign is not None:
            assert sign != 0, sentence.text
            assert before.endswith(("增加", "增长", "多") if sign > 0 else ("减少", "降低", "下降", "少")), (
                sentence.text
            )
    for plan, outcome, word in compared(sentence):
        apart = value(outcome.refs[0], ledger) - value(plan.refs[0], ledger)
        assert word == ("大于" if apart > 0 else "小于" if apart < 0 else "持平"), sentence.text


def change_of(one: Quoted, ledger: Ledger) -> Fraction | None:
    """How much more (less) a figure of change says; None for other figures."""
    if one.formula in ("difference", "growth") and "分值" not in {ref.column for ref in one.refs}:
        return value(one.refs[0], ledger) - value(one.refs[1], ledger)
    last = one.refs[-1] if one.refs else None
    if last is not None and last.column in ("增加", "比上年增加", "减少", "比上年减少"):
        return value(last, ledger) * (1 if "增加" in last.column else -1)
    return None


def compared(sentence: Sentence) -> list[tuple[Quoted, Quoted, str]]:
    """Plan, outcome and the word between them, where a sentence says 预算为…支出决算为…决算数大于."""
    found, plan, outcome = [], None, None
    for before, one in zip(("", *sentence.pieces), (*sentence.pieces, ""), strict=True):
        if isinstance(before, str) and isinstance(one, Quoted):
            plan = one if before.endswith("预算为") else plan
            outcome = one if before.endswith("支出决算为") else outcome
        word = re.search(r"决算数(大于|小于|与[年初]*预算数持平)", one) if isinstance(one, str) else None
        if word and plan and outcome:
            found.append((plan, outcome, word[1] if len(word[1]) == 2 else "持平"))
            plan = outcome = None
    return found
