"""A figure → the kind of claim that it makes, and its readings: which other figures it can be computed from.

A share, a completion, a growth, a change in amount or what is left over; most figures claim nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from build_tools.checks.claims import beside, carry_over, items, naming, reading
from build_tools.checks.claims.figures import Figure
from build_tools.checks.claims.model import Reading
from build_tools.checks.claims.role import Role
from build_tools.checks.claims.shares import respective, shares

RATES, DELTAS = (Role.GROWTH, Role.DECLINE), (Role.INCREASE, Role.DECREASE)
# the kind of claim, '' for none, and its readings
Asserted = tuple[str, tuple[Reading, ...]]
NOTHING: Asserted = "", ()


def claim_of(figures: Sequence[Figure], one: Figure, names: naming.Names, opener: Figure | None) -> Asserted:
    """Which kind of claim a figure makes, and its readings; '' where it makes none."""
    before = figures[one.number - 1] if one.number else None
    if one.role == Role.INLINE and before is not None and before.is_amount:
        return _behind_an_amount(figures, one, before, names, opener)
    if one.role == Role.SHARE or (one.role == Role.RATE and respective(figures, one)):
        return "share", tuple(shares(figures, one, names, opener))
    if one.role == Role.ITEM_MULTIPLE:
        return "share", tuple(items.multiples(figures, one, names))
    if one.role in (Role.COMPLETION, Role.DONE):
        return _completion(figures, one, names)
    if one.role == Role.MULTIPLE:
        return "growth", tuple(reading.times(figures, one, None))
    if one.role in RATES:
        return _rate(figures, one, names)
    return _amount(figures, one, names) if one.is_amount else NOTHING


def _behind_an_amount(
    figures: Sequence[Figure], one: Figure, before: Figure, names: naming.Names, opener: Figure | None
) -> Asserted:
    """年初预算100万元的90%, 上年100万元的2倍, 占总支出100万元的60%."""
    if before.role == Role.BUDGET:
        return "completion", tuple(reading.completions(figures, one))
    if before.role == Role.LAST_YEAR and one.token.text.endswith("倍"):
        return "growth", tuple(reading.times(figures, one, before))
    return ("share", tuple(shares(figures, one, names, opener))) if before.saying("share") else NOTHING


def _completion(figures: Sequence[Figure], one: Figure, names: naming.Names) -> Asserted:
    """完成预算的…%; 完成…% alone only where what it completes is sure."""
    own = reading.completions(figures, one)
    if one.role == Role.COMPLETION:
        return "completion", completed(own, beside.completions(figures, one, names))
    return _where_any("completion", tuple(r for r in own if r.sure))


def _rate(figures: Sequence[Figure], one: Figure, names: naming.Names) -> Asserted:
    """增长…%, 提高…个百分点."""
    if one.token.unit == "%":
        return "growth", completed(reading.changes(figures, one), beside.changes(figures, one, names))
    return _where_any("growth", tuple(reading.points(figures, one))) if one.token.unit == "点" else NOTHING


def _amount(figures: Sequence[Figure], one: Figure, names: naming.Names) -> Asserted:
    """增加…万元, which a percentage beside it may claim already; 结余…万元."""
    if one.role in DELTAS:
        found = completed(reading.differences(figures, one), beside.changes(figures, one, names))
        return ("growth", found) if found or not rated(figures, one) else NOTHING
    if one.role == Role.BALANCE:
        return _where_any(
            "carry-over", completed(carry_over.leftovers(figures, one), beside.leftovers(figures, one, names))
        )
    return NOTHING


def _where_any(kind: str, found: tuple[Reading, ...]) -> Asserted:
    """A claim of this kind, if it can be read at all."""
    return (kind, found) if found else NOTHING


def doubtful(one: Reading) -> bool:
    """True where it rests on a figure that may be a difference as well."""
    return any(figure.either for some in one.figures.values() for figure in some)


def completed(own: Iterable[Reading], tables: Iterable[Reading]) -> tuple[Reading, ...]:
    """The readings of the text; where none of them is sure, those of the tables as well."""
    found = tuple(own)
    return found if any(one.sure and not doubtful(one) for one in found) else (*found, *tables)


def rated(figures: Sequence[Figure], delta: Figure) -> bool:
    """True where the change is given as a percentage as well: that claim covers it."""
    return any(
        0 <= number < len(figures) and figures[number].role in RATES for number in (delta.number - 1, delta.number + 1)
    )
