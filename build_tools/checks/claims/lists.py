"""Lists under 其中 and totals behind a list → sums, each with its readings.

Most lists name only a part. They must add up where they are known to leave nothing out: where names that make up a
whole are all there, or where each item is given a share and the shares make up a hundred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from build_tools.checks.claims import kinds, roles
from build_tools.checks.claims.figures import Figure
from build_tools.checks.claims.model import Reading
from build_tools.checks.claims.naming import key_of
from build_tools.checks.claims.role import Role
from build_tools.checks.claims.words import INCOME, NAMES, SPENDING, TOTAL

# parts of such a list that are counted in another of its items as well
OVERLAPS = re.compile("授予|中小|小微|预留|面向")
MOST, LISTED = 200, 40
BESIDE = (Role.INCREASE, Role.DECREASE, Role.LAST_YEAR, Role.LAST_BUDGET)
HUNDRED = Decimal(100)
# what was carried over is a part of 收入总计 and 支出总计 only, a budget one of what was handed over in all
BALANCES = (Role.OPENING, Role.BALANCE, Role.BUDGET)
ALL, USED, CLOSING = NAMES["grand_totals"], ("使用", "动用", "弥补"), NAMES["closing"]


def sums(figures: Sequence[Figure]) -> Iterator[tuple[Figure, tuple[Reading, ...]]]:
    """Every total of a paragraph with what it can be the sum of."""
    listed: dict[int, list[Figure]] = {}
    for one in figures:
        if one.parent is not None and one.is_amount and not one.aside:
            listed.setdefault(one.parent, []).append(one)
    for number, items in listed.items():
        total = figures[number]
        kept = [one for one in items if fits(one, total) and not OVERLAPS.search(one.label)][:MOST]
        balanced = [one for one in items if one in kept or one.role in BALANCES or one.value < 0][:MOST]
        if len(balanced) > len(kept) and len(
            next(filter(None, (whole(names, balanced) for names in kinds.WHOLES)), ())
        ) == len(balanced):
            kept = balanced
        if len(kept) > 1:
            yield total, tuple(readings(figures, total, kept))
    for one in figures:
        found = closed(figures, one) if closes(one) and not one.aside else unmarked(figures, one)
        if found:
            yield one, (reading(found, True),)


def closed(figures: Sequence[Figure], total: Figure) -> list[Figure]:
    """The items before a total that closes its sentence: 基本支出60万元、项目支出40万元，合计100万元."""
    past = figures[max(0, total.number - LISTED) : total.number]
    items = [one for one in past if one.sentence == total.sentence and one.is_amount and one.number != total.parent]
    if carried(items, total):
        return items
    kept = [one for one in items if fits(one, total) and one.parent == total.parent and not closes(one)]
    complete = len(kept) == len([one for one in items if one.role in (Role.AMOUNT, Role.ACTUAL, Role.BUDGET)])
    return kept if len(kept) > 1 and complete and (total.role == Role.TOTAL or alike(total, kept)) else []


def carried(items: Sequence[Figure], total: Figure) -> bool:
    """True for 年初结转、本年收入，收入总计 and 本年支出、年末结转，支出总计: what there was, and what became of it."""
    if (
        len(items) < 2
        or any(one.parent != total.parent or one.aside for one in items)
        or (total.role != Role.TOTAL and total.label[:-2] not in ALL)
    ):
        return False
    opened = [one for one in items if one.role == Role.OPENING]
    came = [one for one in items if one.label.removesuffix(TOTAL).endswith(INCOME) or one.label.startswith(USED)]
    if opened:
        return len(opened) + len(came) == len(items) and not total.label.startswith(SPENDING)
    left = [one for one in items if one.role == Role.BALANCE]
    went = [
        one
        for one in items
        if one.role in (Role.AMOUNT, Role.ACTUAL) and one.label.removesuffix(TOTAL).endswith(SPENDING)
    ]
    return bool(left) and len(went) == 1 and len(left) + len(went) == len(items) and not total.label.startswith(INCOME)


def unmarked(figures: Sequence[Figure], total: Figure) -> list[Figure]:
    """The parts of a whole that follow it in the same sentence without 其中:
    本年支出合计100万元，基本支出60万元，项目支出40万元.
    """
    name = key_of("".join(one.text for one in roles.clause_of(total.lead)))
    parts = next((names for names, called in kinds.CALLED.items() if roles.plain(name) in called), None)
    if parts is None or total.aside or total.role not in (Role.AMOUNT, Role.ACTUAL):
        return []
    others = [word for name in parts for word in kinds.COMPANIONS.get(name, ())]
    found: list[Figure] = []
    for one in figures[total.number + 1 : total.number + 1 + LISTED]:
        if one.sentence != total.sentence or one.parent != total.parent:
            break
        if not one.is_amount or one.role in BESIDE:
            continue
        if not fits(one, total) or OVERLAPS.search(one.label):
            break
        if not any(part in one.label for part in (*parts, *others)):
            # what may be a part as well
            return []
        found.append(one)
    return found if found and len(whole(parts, found)) == len(found) else []


def closes(one: Figure) -> bool:
    """True for a total that may stand behind its parts: 合计100万元, 支出合计100万元."""
    named = one.role in (Role.AMOUNT, Role.ACTUAL) and one.label.endswith(CLOSING) and not roles.is_base(one.lead)
    return one.role == Role.TOTAL or (named and one.number > 1)


def alike(total: Figure, items: Sequence[Figure]) -> bool:
    """True where a total that has a name closes the list before it: its parts are called as it is, or make up a known
    whole.
    """
    word = total.label[:-2][-2:]
    return bool(word) and (
        all(one.label.endswith(word) for one in items)
        or any(len(whole(names, items)) == len(items) for names in kinds.WHOLES)
    )


def fits(one: Figure, total: Figure) -> bool:
    """True where a figure can be a part of another."""
    return (
        one.role
        in {Role.BUDGET: (Role.BUDGET, Role.AMOUNT), Role.ACTUAL: (Role.ACTUAL, Role.AMOUNT)}.get(
            total.role, (Role.AMOUNT, Role.ACTUAL)
        )
        and one.value >= 0
    )


def readings(figures: Sequence[Figure], total: Figure, items: Sequence[Figure]) -> Iterator[Reading]:
    """All items; those that make up a known whole."""
    between = [one for one in figures[total.number + 1 : items[0].number] if one.is_amount]
    # a change or what the total is held against stands between, and is no other total
    next_to = all(one.role in BESIDE or roles.is_base(one.lead) for one in between)
    closed = next(filter(None, (whole(names, items) for names in kinds.WHOLES)), [])
    yield reading(items, next_to and (len(closed) == len(items) or shared(figures, items)))
    if closed and len(closed) < len(items):
        yield reading(closed, next_to and over(closed, items))


def over(closed: Sequence[Figure], items: Sequence[Figure]) -> bool:
    """True where a known whole is complete before “；”, and what follows is something else."""
    return list(closed) == list(items[: len(closed)]) and items[len(closed)].group > closed[-1].group


def reading(items: Sequence[Figure], sure: bool) -> Reading:
    """These items, added up."""
    return Reading(kinds.SUM, {"items": tuple(items)}, sure)


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
    known = [one for one in after if one and one.role == Role.SHARE]
    if len(known) < len(items) or len({one.base for one in known}) > 1:
        return False
    total, room = sum((one.value for one in known), Decimal(0)), Decimal("0.1") * len(items)
    return total >= HUNDRED - room and (not known[0].base or total <= HUNDRED + room)
