"""Lists under 其中 and totals behind a list → sums, each with its readings.

Most lists name only a part. They must add up where they are known to leave nothing out: where names that make up a whole
are all there, or where each item is given a share and the shares make up a hundred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from build_tools.claims import kinds
from build_tools.claims.figures import Figure
from build_tools.claims.model import Reading

# parts of such a list that are counted in another of its items as well
OVERLAPS = re.compile("授予|中小|小微|预留|面向")
MOST = 200


def sums(figures: Sequence[Figure]) -> Iterator[tuple[Figure, tuple[Reading, ...]]]:
    """Every total of a paragraph with what it can be the sum of."""
    listed: dict[int, list[Figure]] = {}
    for one in figures:
        if one.parent is not None and one.is_amount and not one.aside:
            listed.setdefault(one.parent, []).append(one)
    for number, items in listed.items():
        total = figures[number]
        kept = [one for one in items if fits(one, total) and not OVERLAPS.search(one.label)][:MOST]
        if len(kept) > 1:
            yield total, tuple(readings(figures, total, kept))
    for one in figures:
        if one.role == "合计" and not one.aside:
            items = [other for other in figures[max(0, one.number - 40) : one.number] if other.sentence == one.sentence and other.is_amount]
            kept = [other for other in items if fits(other, one) and other.parent == one.parent and other.role != "合计"]
            if len(kept) > 1 and len(kept) == len([other for other in items if other.role in ("数", "决算", "预算")]):
                yield one, (reading(kept, True),)


def fits(one: Figure, total: Figure) -> bool:
    """True where a figure can be a part of another."""
    return one.role in {"预算": ("预算", "数"), "决算": ("决算", "数")}.get(total.role, ("数", "决算")) and one.value >= 0


def readings(figures: Sequence[Figure], total: Figure, items: Sequence[Figure]) -> Iterator[Reading]:
    """All items; those that make up a known whole."""
    next_to = not any(one.is_amount for one in figures[total.number + 1 : items[0].number])
    closed = next(filter(None, (whole(names, items) for names in kinds.WHOLES)), [])
    yield reading(items, next_to and (len(closed) == len(items) or shared(figures, items)))
    if closed and len(closed) < len(items):
        yield reading(closed, False)


def reading(items: Sequence[Figure], sure: bool) -> Reading:
    """These items, added up."""
    return Reading(kinds.SUM, {"各项": tuple(items)}, sure)


def whole(names: tuple[str, ...], items: Sequence[Figure]) -> list[Figure]:
    """The items that make up a known whole, each of its names there once; else none."""
    found: list[Figure] = []
    for name in names:
        matching = [one for one in items if name in one.label]
        if len(matching) != 1 or matching[0] in found:
            return []
        found += matching
    extra = tuple(word for name in names for word in kinds.COMPANIONS.get(name, ()))
    return [one for one in items if one in found or any(word in one.label for word in extra)]


def shared(figures: Sequence[Figure], items: Sequence[Figure]) -> bool:
    """True where every item is followed by its share, and the shares make up a hundred, or more."""
    after = [figures[one.number + 1] if one.number + 1 < len(figures) else None for one in items]
    if not all(one and one.role == "占比" and not one.base for one in after):
        return False
    return sum((one.value for one in after if one), Decimal(0)) >= Decimal(100) - Decimal("0.1") * len(items)
