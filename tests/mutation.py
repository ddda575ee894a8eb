"""What an identity must say when one of its figures is moved, worked out again from the text of the rule alone.

Nothing of the engine is used but the rule itself and what stands in its cells: arithmetic, and the difference that
rounding explains, are done anew here, so that an engine that forgives too much, or forgets a cell, disagrees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from build_tools.accounts.statement import Cell, Ledger, State
from build_tools.checks import judge
from build_tools.diagnostics import CellRef, Outcome
from build_tools.forms import Instance
from build_tools.formula import Binary, Number, Sum, Term, additive

CENT, TENTH, HALF, ZERO = Decimal("0.01"), Decimal("0.1"), Decimal("0.5"), Decimal(0)
UNITS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
PASSED, ROUNDING, FAILED = (Outcome.PASSED,), (Outcome.ROUNDING,), (Outcome.FAILED,)
GOOD = PASSED + ROUNDING
# what rounding explains of a product or quotient is known to the first order only
MORE, LESS = Decimal("1.001"), Decimal("0.999")
# no figure of a department is moved further than this many of its last digits
FAR = 1 << 40
Refs = tuple[CellRef, ...]
Engine = Callable[[Instance, Ledger], Outcome]


def engine(instance: Instance, ledger: Ledger) -> Outcome:
    """The verdict of the checks themselves."""
    return judge([instance], ledger, {})[0].outcome


@dataclass(frozen=True)
class Figure:
    """A figure as written (a blank is nothing): the step in which it is moved, whether it is rounded, its unit in that
    of the rule's table.
    """

    written: Decimal
    step: Decimal
    rounded: bool
    scale: Decimal = Decimal(1)

    @property
    def amount(self) -> Decimal:
        """What it is worth in the rule."""
        return self.written * self.scale

    @property
    def room(self) -> Decimal:
        """How far rounding may have moved it: half of its last digit, unless there is nothing."""
        return self.step * HALF * self.scale if self.rounded and self.written else ZERO

    def moved(self, steps: int) -> Figure:
        """The same figure some steps away."""
        return Figure(self.written + steps * self.step, self.step, self.rounded, self.scale)


@dataclass(frozen=True)
class Survivor:
    """A cell that was moved by so much without the identity saying what it must."""

    rule: str
    ref: CellRef
    by: Decimal
    wanted: str
    got: str


@dataclass(frozen=True)
class Move:
    """What moving a cell in one direction did: `broke` where at last nothing but a mistake explained it."""

    ref: CellRef
    sign: int
    broke: bool
    survivors: tuple[Survivor, ...] = ()


def figure_at(ref: CellRef, home: str, ledger: Ledger) -> Figure:
    """What stands in a cell."""
    statement = ledger[ref.scope][ref.table]
    column = statement.axes[ref.block].block.column(ref.column)
    assert column is not None
    amount = statement.at(ref.block, ref.row, ref.column).amount
    written = ZERO if amount is None else amount
    if column.type == "percent":
        return Figure(written, CENT if amount is None else last_digit(amount), True)
    if column.type in ("count", "score"):
        return Figure(written, CENT if column.type == "score" else Decimal(1), False)
    return Figure(written, CENT, True, UNITS[statement.unit] / UNITS[ledger[""][home].unit])


def last_digit(amount: Decimal) -> Decimal:
    """One in the last digit that is written."""
    return Decimal(1).scaleb(int(amount.as_tuple().exponent))


def worth(side: Term[Refs], figures: Mapping[CellRef, Figure]) -> tuple[Decimal, Decimal]:
    """A side's value, and how far rounding may have moved it."""
    if isinstance(side, Number):
        return side.value, ZERO
    if not isinstance(side, Binary):
        found = [figures[ref] for ref in (side.of if isinstance(side, Sum) else side)]
        return sum((one.amount for one in found), ZERO), sum((one.room for one in found), ZERO)
    (a, about_a), (b, about_b) = worth(side.left, figures), worth(side.right, figures)
    if side.op == "min":
        return min((a, about_a), (b, about_b), key=lambda one: one[0])
    if side.op in ("+", "-"):
        return (a + b if side.op == "+" else a - b), about_a + about_b
    if side.op == "*":
        return a * b, about_a * abs(b) + about_b * abs(a)
    return a / b, about_a / abs(b) + about_b * abs(a) / (b * b)


def judged(instance: Instance, figures: Mapping[CellRef, Figure]) -> tuple[Outcome, ...]:
    """What the identity may say of these figures: one outcome, or several at the edge of what is known.

    The left side is itself rounded to the cent as soon as anything is. A share or a mark that is worked out is printed
    rounded, so what rounds to the printed figure is exact; a whole number may have lost a zero behind its point.
    """
    relation, simple = instance.rule.relation, additive(instance.rule.right)
    try:
        (left, about_left), (right, about_right) = (
            worth(side, figures) for side in (instance.rule.left, instance.rule.right)
        )
    except ArithmeticError:
        return (Outcome.NOT_RUN,)
    over = {"==": abs(left - right), "<=": left - right, ">=": right - left}[relation]
    explained = (about_left or (CENT * HALF if about_right else ZERO)) + about_right
    if simple:
        return PASSED if over <= 0 else ROUNDING if over <= explained else FAILED
    printed = min(TENTH, last_digit(figures[instance.cells[0]].written)) * HALF
    if over > max(explained, printed + about_right) * MORE:
        return FAILED
    return GOOD if over < max(explained, printed) * LESS else GOOD + FAILED


def moves(instance: Instance, ledger: Ledger, judge_it: Engine = engine) -> Iterator[Move]:
    """Every cell that the identity names, in both directions."""
    figures = {ref: figure_at(ref, instance.identity.table, ledger) for ref in instance.cells}
    for ref in instance.cells:
        for sign in (1, -1):
            yield move(instance, ref, sign, figures, ledger, judge_it)


def move(
    instance: Instance, ref: CellRef, sign: int, figures: Mapping[CellRef, Figure], ledger: Ledger, judge_it: Engine
) -> Move:
    """Move a cell by as little as nothing but a mistake explains, and by as much as rounding does."""
    start = figures[ref]

    def wanted(steps: int) -> tuple[Outcome, ...]:
        return judged(instance, {**figures, ref: start.moved(sign * steps)})

    beyond = first(lambda steps: wanted(steps) == FAILED)
    if beyond is None:
        return Move(ref, sign, False)
    within = first(lambda steps: Outcome.FAILED in wanted(steps), beyond)
    wrong = []
    for steps in (beyond, *([within - 1] if within and within > 1 else [])):
        moved = start.moved(sign * steps).written
        got = judge_it(instance, written_over(ledger, ref, moved))
        if got not in wanted(steps):
            wrong.append(Survivor(instance.identity.id, ref, moved - start.written, "、".join(wanted(steps)), got))
    return Move(ref, sign, True, tuple(wrong))


def first(found: Callable[[int], bool], over: int = 0) -> int | None:
    """The least number of steps (not above `over`, where it is known to be found there) for which something holds from
    then on; None where it never does.
    """
    if not over:
        over = 1
        while not found(over):
            over *= 2
            if over > FAR:
                return None
    under = 0
    while over - under > 1:
        middle = (under + over) // 2
        under, over = (under, middle) if found(middle) else (middle, over)
    return over


def written_over(ledger: Ledger, ref: CellRef, amount: Decimal) -> Ledger:
    """The same tables with one figure written over, in whichever disclosure it stands."""
    tables, at = ledger[ref.scope], ref._replace(scope="")
    statement = tables[ref.table]
    cell = Cell(State.WRITTEN, statement.cell(at).place, amount, f"{amount:f}")
    return {**ledger, ref.scope: {**tables, ref.table: replace(statement, cells={**statement.cells, at: cell})}}
