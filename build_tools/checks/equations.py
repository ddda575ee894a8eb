"""An identity that was judged, as an equation between written figures, and whether it would hold with another figure.

Derived cells are taken apart into what they were computed from: the mistake was written in one of those.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from build_tools.accounts.statement import Figures, Ledger
from build_tools.amount import ONE, conversion
from build_tools.checks.judging import Origins, Waivers, compare, judge_one, sides
from build_tools.diagnostics import CellRef, Outcome, Verdict
from build_tools.forms import Instance
from build_tools.formula import leaves

HOLDS = (Outcome.PASSED, Outcome.ROUNDING)
Pair = tuple[Instance, Verdict]


class Equation(NamedTuple):
    """An identity that was judged, in terms of what was written. `terms`: what each cell counts in its left minus its
    right side, in the unit of its table; None where it does more than add and subtract. `cells`: all that it stands on.
    The same sum has the same `key`, whichever identity tells it.
    """

    pair: Pair
    terms: Mapping[CellRef, Decimal] | None
    cells: tuple[CellRef, ...]
    difference: Decimal
    key: object

    def changed(self, ref: CellRef, change: Decimal) -> Equation:
        """The same with this cell changed by so much."""
        weight = self.terms.get(ref) if self.terms else None
        return self._replace(difference=self.difference + weight * change) if weight else self


class Trial(NamedTuple):
    """What is needed to judge an identity as if one figure were another."""

    figures: Figures
    origins: Origins
    waivers: Waivers


def reached(cells: Sequence[CellRef], origins: Origins) -> tuple[CellRef, ...]:
    """The cells of an identity and those that its derived ones were computed from: the mistake was written in one of
    them.
    """
    found = dict.fromkeys(cells)
    left = [ref for ref in cells if ref in origins]
    while left:
        parts = [ref for names, _ in leaves(origins[left.pop()].rule.right) for ref in names if ref not in found]
        found |= dict.fromkeys(parts)
        left += [ref for ref in parts if ref in origins]
    return tuple(found)


def equation_of(pair: Pair, origins: Origins, ledger: Ledger) -> Equation:
    """A judged identity with every derived cell taken apart into what was written."""
    instance, verdict = pair
    terms = linear(instance, origins, ledger)
    key = key_of(terms) if terms else (instance.identity.id, verdict.cells)
    return Equation(pair, terms, reached(verdict.cells, origins), verdict.difference or Decimal(0), key)


def linear(instance: Instance, origins: Origins, ledger: Ledger) -> dict[CellRef, Decimal] | None:
    """What each written cell counts in left minus right."""
    found: dict[CellRef, Decimal] = {}

    def add(one: Instance, weight: Decimal, sides: tuple[int, ...]) -> bool:
        """Both sides of an identity, or the right one alone, which a derived cell was computed from."""
        home = unit_of(one.identity.table, ledger)
        for side in sides:
            signs, names = one.identity.signs[side], (one.left, one.right)[side]
            if signs is None:
                return False
            for negative, refs in zip(signs, names, strict=True):
                sign = -weight if negative is (side == 0) else weight
                for ref in refs:
                    counted = sign * conversion(unit_of(ref.table, ledger, ref.scope), home)
                    if ref not in origins:
                        found[ref] = found.get(ref, Decimal(0)) + counted
                    elif not add(origins[ref], -counted, (1,)):
                        return False
        return True

    return {ref: weight for ref, weight in found.items() if weight} if add(instance, ONE, (0, 1)) else None


def unit_of(table: str, ledger: Ledger, scope: str = "") -> str:
    """The unit of a table's amounts."""
    statement = ledger.get(scope, {}).get(table)
    return statement.unit if statement else ""


def holds_after(equation: Equation, ref: CellRef, change: Decimal | None, trial: Trial) -> bool | None:
    """Whether an identity holds once this cell is changed by so much; None where that cannot be said: the change is not
    known, or what was computed from the cell would have to be computed anew.
    """
    instance, verdict = equation.pair
    if equation.terms is not None:
        weight = equation.terms.get(ref)
        if not weight:
            return verdict.outcome in HOLDS
        if change is None:
            return None
        rest = equation.difference + weight * change
        return compare(instance.identity.rule.relation, rest, verdict.slack) in HOLDS
    if change is None or ref not in instance.cells:
        return None
    figures = trial.figures
    unit = figures.unit(ref.table)
    kept, value = figures.kept.get(ref), figures.of(ref, unit)
    figures.kept[ref] = (value._replace(amount=(value.amount or Decimal(0)) + change), unit)
    try:
        tried = judge_one(instance, *sides(instance, figures), figures, trial.waivers, trial.origins)
    finally:
        if kept is None:
            del figures.kept[ref]
        else:
            figures.kept[ref] = kept
    return tried.outcome is not Outcome.FAILED


def distinct(equations: Iterable[Equation]) -> set[object]:
    """The same sum told by two identities speaks once."""
    return {one.key for one in equations}


def key_of(terms: Mapping[CellRef, Decimal]) -> object:
    """The terms of an equation, whichever of its sides stands on the left."""
    first = min(terms)
    return frozenset((ref, weight / terms[first]) for ref, weight in terms.items())
