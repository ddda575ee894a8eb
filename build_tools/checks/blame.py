"""Which figure is most likely wrong where identities fail: the one whose single change settles most of them.

A change that would break what holds speaks against it. Several figures may explain the same equally well; then all of
them are suspects, and nobody is accused of more than the figures show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from build_tools.accounts.statement import Ledger, State
from build_tools.checks.equations import Equation, Pair, Trial, distinct, equation_of, holds_after, reached
from build_tools.diagnostics import CellRef, Severity

ORDER = list(Severity)


class Rank(NamedTuple):
    """How well one change explains what fails, the greater the better: identities of the gravest kind settled less
    those broken, the same of all, and whether the new figure could stand there at all.
    """

    gravest: int
    all: int
    plausible: bool


NEVER = Rank(-1_000_000, -1_000_000, False)


class Explanation(NamedTuple):
    """A change of one cell, in the unit of its table, how well it explains what fails, and the numbers of what it
    settles.
    """

    rank: Rank
    change: Decimal | None
    settled: frozenset[int]


@dataclass(frozen=True, slots=True)
class Blamed:
    """Identities that fail together, the gravest first, and the cells of which any could have made them fail, in the
    order of the file; no cell where nothing that they stand on was written here.
    """

    pairs: tuple[Pair, ...]
    suspects: tuple[CellRef, ...]


def blame(failing: Sequence[Pair], holding: Iterable[Pair], trial: Trial, most: int) -> list[Blamed]:
    """At most so many groups of what fails, each with its suspects; what no change explains stands alone in one."""
    origins, ledger = trial.origins, trial.figures.ledger
    equations = [equation_of(pair, origins, ledger) for pair in failing]
    equations.sort(key=lambda one: ORDER.index(one.pair[1].severity))
    concerned = {ref for one in equations for ref in one.cells if written(ref, ledger)}
    supported: dict[CellRef, list[Equation]] = {ref: [] for ref in concerned}
    for pair in holding if concerned else ():
        if not concerned.isdisjoint(cells := reached(pair[1].cells, origins)):
            equation = equation_of(pair, origins, ledger)
            for ref in concerned.intersection(cells):
                supported[ref].append(equation)
    return list(groups(equations, supported, trial, most))


def written(ref: CellRef, ledger: Ledger) -> bool:
    """True for a figure that stands in this file."""
    statement = ledger[""].get(ref.table) if not ref.scope else None
    return statement is not None and statement.cell(ref).state is State.WRITTEN


def groups(
    failing: list[Equation], holding: Mapping[CellRef, list[Equation]], trial: Trial, most: int
) -> Iterator[Blamed]:
    """The best explanation of what is left, again and again; only cells of what has changed are looked at again."""
    by_cell: dict[CellRef, list[int]] = {}
    for number, one in enumerate(failing):
        for ref in holding.keys() & one.cells:
            by_cell.setdefault(ref, []).append(number)
    # in the order of the file, in which suspects are named
    by_cell = {ref: by_cell[ref] for ref in sorted(by_cell, key=lambda ref: place_order(ref, trial.figures.ledger))}
    ranks: dict[CellRef, Explanation] = {}
    left, stale, gravest = dict(enumerate(failing)), set(by_cell), None
    while left and most:
        first = next(iter(left.values())).pair[1].severity
        stale, gravest = (stale if first is gravest else set(by_cell)), first
        for ref in [one for one in by_cell if one in stale]:
            some = {number: left[number] for number in by_cell[ref] if number in left}
            ranks[ref] = explain(ref, some, holding[ref], gravest, trial)
        suspects, numbers = chosen(ranks, left)
        yield Blamed(tuple(left[number].pair for number in numbers), suspects)
        stale = {ref for number in numbers for ref in holding.keys() & left[number].cells}
        for number in numbers:
            del left[number]
        if len(suspects) == 1:
            # what else it stands in is judged as if it were right already
            change = ranks[suspects[0]].change
            for number in by_cell[suspects[0]]:
                if number in left and change is not None:
                    left[number] = left[number].changed(suspects[0], change)
                    stale |= holding.keys() & left[number].cells
        most -= 1


def chosen(ranks: Mapping[CellRef, Explanation], left: Mapping[int, Equation]) -> tuple[tuple[CellRef, ...], list[int]]:
    """The cells that explain most, all in the same way, and what they explain; where every change would break as much
    as it settles, the first failing identity and nobody.
    """
    gravest = next(iter(left.values())).pair[1].severity
    best = max((one.rank for one in ranks.values()), default=None)
    alike = [ref for ref, one in ranks.items() if one.rank == best and one.settled]
    if best is None or best.gravest <= 0 or not alike:
        return (), [next(iter(left))]
    worst = {number for number, one in left.items() if one.pair[1].severity is gravest}
    explained = ranks[alike[0]].settled
    same = tuple(ref for ref in alike if ranks[ref].settled & worst == explained & worst)
    return same, sorted(explained)


def explain(
    ref: CellRef, failing: Mapping[int, Equation], holding: Iterable[Equation], gravest: Severity, trial: Trial
) -> Explanation:
    """The best single change of one cell. What cannot be tried counts as settled, and as broken."""
    amount = trial.figures.ledger[""][ref.table].cell(ref).amount or Decimal(0)
    found = [Explanation(NEVER, None, frozenset())]
    for change in changes(ref, failing.values()):
        settled = {number: one for number, one in failing.items() if holds_after(one, ref, change, trial) is not False}
        broken = len(distinct(one for one in holding if not holds_after(one, ref, change, trial)))
        worst = len(distinct(one for one in settled.values() if one.pair[1].severity is gravest))
        plausible = change is None or amount < 0 or amount + change >= 0
        rank = Rank(worst - broken, len(distinct(settled.values())) - broken, plausible)
        found.append(Explanation(rank, change, frozenset(settled)))
    return max(found, key=lambda one: (one.rank, len(one.settled)))


def changes(ref: CellRef, failing: Iterable[Equation]) -> list[Decimal] | list[None]:
    """The changes of one cell of which each would settle one of these, in the unit of its table; None for one that is
    not known.
    """
    found = {-one.difference / one.terms[ref] for one in failing if one.terms and ref in one.terms}
    return sorted(found) or [None]


def place_order(ref: CellRef, ledger: Ledger) -> tuple[int, int]:
    """Where a cell stands in the file."""
    place = ledger[""][ref.table].cell(ref).place
    return (place.line, place.column) if place else (0, 0)
