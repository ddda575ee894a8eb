"""A jump: a figure about ten thousand times another that it should come near, so that one of the two is likely in 元
and the other in 万元.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from build_tools.accounts.statement import State
from build_tools.checks.figures import Figure

# around 10,000, wide enough for figures that are not quite the same
LEAST, MOST = Decimal(5_000), Decimal(20_000)


@dataclass(frozen=True, slots=True)
class Jump:
    """A figure that is likely in the wrong unit, and what it was held against."""

    suspect: Figure
    other: Figure
    whose: str = ""

    @property
    def sure(self) -> bool:
        """True where someone wrote the figure; a derived one only follows."""
        return self.suspect.statement.cell(self.suspect.ref).state is State.WRITTEN


def apart(one: Figure | None, other: Figure | None) -> bool:
    """True where one figure is about ten thousand times the other."""
    if one is None or other is None or not one.amount or not other.amount:
        return False
    return jumps(one.amount, other.amount)


def jumps(one: Decimal, other: Decimal, least: Decimal = LEAST, most: Decimal = MOST) -> bool:
    """True for about 10,000 or a ten-thousandth."""
    one, other = abs(one), abs(other)
    big, small = (one, other) if one > other else (other, one)
    return bool(small) and least * small <= big <= most * small


def blamed(one: Figure, other: Figure, whose: str = "") -> Jump:
    """Which of the two is likely wrong: the large one, unless the small one stands in a table that is filled in with
    元.
    """
    big, small = (one, other) if abs(one.amount) >= abs(other.amount) else (other, one)
    declared = small.statement.unit != small.statement.form.unit
    if small.statement.unit == "元" and (declared or big.statement.unit == "元"):
        return Jump(small, big, whose)
    return Jump(big, small, whose)
