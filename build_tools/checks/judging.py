"""Every identity of a disclosure judged: both sides worked out, held against each other, and the outcome named.

A verdict never says more than was checked: what was derived from an identity, or could not be run, is no pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from build_tools.accounts.corpus import Waiver
from build_tools.accounts.statement import Figures, Ledger, State, open_ended
from build_tools.amount import round_half_up
from build_tools.diagnostics import CellRef, Outcome, Verdict
from build_tools.fast import make
from build_tools.forms import Instance
from build_tools.forms.instances import Refs
from build_tools.formula import BLANK, Binary, Number, Sum, Term, Value, additive

HALF, NONE, ZERO, CENT = Decimal("0.005"), Decimal(0), Value(Decimal(0)), Decimal("0.01")
Waivers = Mapping[str, Waiver]
# the cell that an identity has filled → its instance
Origins = Mapping[CellRef, Instance]
Weighed = tuple[Instance, Value, Value]


def judge(instances: Iterable[Instance], ledger: Ledger, waivers: Waivers) -> tuple[Verdict, ...]:
    """One verdict for every instance. `waivers`: known differences by rule id."""
    figures = Figures(ledger)
    return verdicts_of([(one, *sides(one, figures)) for one in instances], figures, waivers)


def judge_all(
    instances: Iterable[Instance], ledger: Ledger, waivers: Waivers
) -> tuple[tuple[Instance, ...], tuple[Verdict, ...]]:
    """The instances that say something about these tables, and one verdict for each."""
    figures, amounts = Figures(ledger), written(ledger)
    judged: list[tuple[Instance, Verdict | Weighed]] = []
    for one in instances:
        passed = at_once(one, amounts)
        if passed is not None:
            judged.append((one, passed))
            continue
        if one.identity.blanks == "silent" and figures.unwritten(one.left):
            continue
        left, right = sides(one, figures)
        if says_something(one, left, right):
            judged.append((one, (one, left, right)))
    kept = tuple([one for one, _ in judged])
    origins = origins_of(kept, ledger)
    return kept, tuple(
        [one if isinstance(one, Verdict) else judge_one(*one, figures, waivers, origins) for _, one in judged]
    )


def written(ledger: Ledger) -> Mapping[CellRef, Decimal]:
    """The amounts that stand in these tables as they were written; none where units differ or a row could not be
    recognised.
    """
    tables = ledger[""].values()
    if len({one.unit for one in tables} - {""}) > 1 or any(
        one.doubtful for some in ledger.values() for one in some.values()
    ):
        return {}
    return {ref: amount for one in tables for ref, amount in one.amounts.items()}


def at_once(instance: Instance, amounts: Mapping[CellRef, Decimal]) -> Verdict | None:
    """The verdict of an identity that holds exactly between written amounts, as nearly all do; None where more has to
    be looked at.
    """
    total = instance.total
    if total is None:
        return None
    identity, (cell, added, subtracted) = instance.identity, total
    if not added and identity.blanks != "zero":
        return None
    try:
        left = amounts[cell]
        parts = [*map(amounts.__getitem__, added)]
        right = sum(parts, NONE)
        if subtracted:
            less = [*map(amounts.__getitem__, subtracted)]
            parts += less
            right -= sum(less)
    except KeyError:
        return None
    relation = identity.rule.relation
    if not (left == right or (relation == "<=" and left < right) or (relation == ">=" and left > right)):
        return None
    rooms = sum(map(bool, parts))
    room = HALF * (rooms + 1) if left or rooms else NONE
    return make(
        Verdict, (identity.id, identity.table, Outcome.PASSED, instance.cells, left, right, room, identity.severity, "")
    )


def verdicts_of(weighed: Sequence[Weighed], figures: Figures, waivers: Waivers) -> tuple[Verdict, ...]:
    """One verdict for every instance with its two sides."""
    origins = origins_of((one for one, _, _ in weighed), figures.ledger)
    return tuple(judge_one(one, left, right, figures, waivers, origins) for one, left, right in weighed)


def sides(instance: Instance, figures: Figures) -> tuple[Value, Value]:
    """Both sides in the unit of the rule's table. Where blanks count as zero, a figure on one side stands
    against 0.00.
    """
    identity = instance.identity
    unit = figures.unit(identity.table)
    left = figures.side(identity.rule.left, identity.signs[0], instance.left, unit)
    if left.blank and identity.blanks == "silent":
        return BLANK, BLANK
    right = figures.side(identity.rule.right, identity.signs[1], instance.right, unit)
    if identity.blanks == "zero" and left.blank and not right.blank:
        left = ZERO
    if (
        right.blank
        and not left.blank
        and not instance.missing
        and (identity.blanks == "zero" or (identity.blanks and figures.nothing(identity.right)))
    ):
        right = ZERO
    return left, right


def says_something(instance: Instance, left: Value, right: Value) -> bool:
    """False where no figure stands on either side, or, of a rule that is silent about blanks, none on the left."""
    silent = instance.identity.blanks == "silent"
    if instance.missing and not silent:
        return True
    return not left.blank or not (right.blank or silent)


def judge_one(
    instance: Instance, left: Value, right: Value, figures: Figures, waivers: Waivers, origins: Origins
) -> Verdict:
    """通过 exact, 尾差 within slack, 不符 beyond; 推算 where deriving has made both sides the same; else 未执行."""
    identity, cells = instance.identity, instance.cells
    slack = (left.slack or (HALF if right.slack else NONE)) + right.slack

    def verdict(outcome: Outcome, reason: str = "") -> Verdict:
        return make(
            Verdict,
            (identity.id, identity.table, outcome, cells, left.amount, right.amount, slack, identity.severity, reason),
        )

    if (
        instance.missing
        or left.amount is None
        or right.amount is None
        or (figures.doubtful and open_ended(identity, figures.ledger))
    ):
        return verdict(Outcome.NOT_RUN, instance.missing or why_not(left, right))
    if (
        origins
        and any(ref in origins for ref in cells)
        and written_parts(instance.rule.left, origins, figures) == written_parts(instance.rule.right, origins, figures)
    ):
        return verdict(Outcome.DERIVED)
    outcome = compare(identity.rule.relation, left.amount - right.amount, slack)
    if (
        outcome is not Outcome.PASSED
        and identity.rule.relation == "=="
        and not additive(identity.rule.right)
        and rounded_like(right.amount, left.amount) == left.amount
    ):
        # shares and marks are printed rounded: what rounds to the printed figure is exact
        outcome = Outcome.PASSED
    waiver = (
        (waivers.get(f"{identity.id} {cells[0].row}") or waivers.get(identity.id))
        if outcome is Outcome.FAILED and cells
        else None
    )
    return (
        verdict(Outcome.EXPLAINED, waiver.reason)
        if waiver and waiver.covers(figure(left.amount), figure(right.amount))
        else verdict(outcome)
    )


def figure(amount: Decimal | None) -> Decimal:
    """A side as it would be printed: what another table's unit has behind the second decimal is rounded."""
    amount = amount or Decimal(0)
    rounded = round_half_up(amount)
    return amount if amount == rounded else rounded


def why_not(left: Value, right: Value) -> str:
    """Why an identity was not run, for the reader."""
    if not (left.known and right.known):
        return "有关的数没有载明、认不出，或以零为基数"
    return (
        "左边的数没有填"
        if left.amount is None
        else "右边的数没有填"
        if right.amount is None
        else "有认不出的科目，合计不完整"
    )


def rounded_like(amount: Decimal, like: Decimal) -> Decimal:
    """The amount with as many decimals as another one has, half up; a whole number may stand for one with a zero behind
    its point.
    """
    return round_half_up(amount, max(1, -int(like.as_tuple().exponent)))


def origins_of(instances: Iterable[Instance], ledger: Ledger) -> Origins:
    """The derived cells, each with the instance that filled it."""
    derived = {
        ref: cell.rule
        for table in ledger[""].values()
        for ref, cell in table.cells.items()
        if cell.state is State.DERIVED
    }
    return (
        {one.gives: one for one in instances if one.gives is not None and derived.get(one.gives) == one.identity.id}
        if derived
        else {}
    )


def written_parts(side: Term[Refs], origins: Origins, figures: Figures) -> Counter[object]:
    """The written figures that a side comes from, each with how often it is added: every derived cell is taken apart
    again.

    Where both sides come from the same figures in the same way, the identity could not fail, whatever they are.
    """
    parts: Counter[object] = Counter()
    if isinstance(side, Binary) and side.op in ("+", "-"):
        parts.update(written_parts(side.left, origins, figures))
        (parts.update if side.op == "+" else parts.subtract)(written_parts(side.right, origins, figures))
    elif isinstance(side, (Binary, Number)):
        parts[side] += 1
    else:
        for ref in side.of if isinstance(side, Sum) else side:
            if ref in origins:
                parts.update(written_parts(origins[ref].rule.right, origins, figures))
            elif figures.of(ref, "").amount is not None:
                parts[ref] += 1
    return parts


def compare(relation: str, difference: Decimal, slack: Decimal) -> Outcome:
    """What a difference (left minus right) means for a relation."""
    excess = abs(difference) if relation == "==" else difference if relation == "<=" else -difference
    if excess <= 0:
        return Outcome.PASSED
    return Outcome.ROUNDING if excess <= slack else Outcome.FAILED
