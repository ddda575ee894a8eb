"""What a template prints instead of a number: a figure that leaves a mark behind, so that the text can be split at it.

The marks are tags (`<3>`). Jinja escapes every text that it prints, so no cell can hold one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from build_tools.amount import convert, format_rounded
from build_tools.diagnostics import CellRef
from build_tools.fast import make
from build_tools.web.escaping import escape
from build_tools.web.narrative.model import FORMULAS, PERCENTAGES, Quoted

UNTOLD = "（没有填报）"
NOTHING = Quoted("", ())


@dataclass(eq=False)
class Draft:
    """One text in the making: what it has quoted, and the headings it has come to."""

    quoted: list[Quoted] = field(default_factory=list)
    headings: list[tuple[str, ...]] = field(default_factory=list)

    def note(self, quoted: Quoted) -> int:
        """The number of a quotation."""
        self.quoted.append(quoted)
        return len(self.quoted) - 1

    def head(self, heading: tuple[str, ...]) -> Markup:
        """The mark of a heading; what stands under an empty one is dropped."""
        self.headings.append(heading)
        return Markup(f"<h{len(self.headings) - 1}>")  # noqa: S704


class Figure(NamedTuple):
    """A figure at hand. `amount` is None where none is known; one that is zero or unknown counts as false in a
    template.
    """

    draft: Draft
    quoted: Quoted
    amount: Decimal | None
    unit: str

    @property
    def known(self) -> bool:
        """True where a figure stands there, be it zero."""
        return self.amount is not None

    @property
    def bare(self) -> Markup | str:
        """The figure without its unit."""
        return Markup(f"<{self.draft.note(self.quoted)}>") if self.known else UNTOLD  # noqa: S704 - nothing but a number

    def __bool__(self) -> bool:
        """False for zero and for what is unknown."""
        return bool(self.amount)

    def __html__(self) -> str:
        """What Jinja prints: the figure with its unit."""
        return f"<{self.draft.note(self.quoted)}>{escape(self.unit)}" if self.amount is not None else UNTOLD


def unknown(draft: Draft) -> Figure:
    """A figure that nobody has given."""
    return make(Figure, (draft, NOTHING, None, ""))


def computed(formula: str, of: Sequence[Figure]) -> Figure:
    """A figure computed from others, in the unit of the first; unknown where one of them is or the formula divides by
    nothing.
    """
    first = of[0]
    amounts = [in_unit(one, first.unit) for one in of]
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts) or not defined(formula, known):
        return unknown(first.draft)
    amount = FORMULAS[formula](known)
    percentage = formula in PERCENTAGES
    text = f"{format_rounded(amount)}{'%' if percentage else ''}"
    quoted = make(Quoted, (text, tuple([ref for one in of for ref in one.quoted.refs]), formula, ""))
    return make(Figure, (first.draft, quoted, amount, "" if percentage else first.unit))


def defined(formula: str, of: Sequence[Decimal]) -> bool:
    """False for a percentage on a base of zero or less, and for a negative part of anything: they would say nothing."""
    if formula == "growth-by-increase":
        return of[0] - of[1] > 0
    if formula == "growth-by-decrease":
        return of[0] + of[1] > 0
    if formula in ("share", "completion") and of[0] < 0:
        return False
    return formula not in PERCENTAGES or of[1] > 0


def in_unit(figure: Figure, unit: str) -> Decimal | None:
    """Its amount in another unit of amount."""
    return None if figure.amount is None else convert(figure.amount, figure.unit, unit)


def count_of(draft: Draft, refs: Sequence[CellRef], unit: str) -> Figure:
    """How many cells these are."""
    return Figure(draft, Quoted(str(len(refs)), tuple(refs), "count"), Decimal(len(refs)), unit)


@dataclass(frozen=True, slots=True)
class Change:
    """By how much a figure is more (`up`) or less than what it is held against; `by` and `rate` are false where nothing
    changed.

    `fresh` = there was nothing before.
    """

    by: Figure
    rate: Figure
    up: bool
    fresh: bool = False


def moved(by: Figure, rate: Figure, now: Figure, before: Figure) -> Change:
    """The change between two known figures."""
    then = in_unit(before, now.unit)
    return Change(by, rate, now.amount is not None and then is not None and now.amount > then, bool(now) and not then)
