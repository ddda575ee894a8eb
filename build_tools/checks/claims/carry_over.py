"""结余: what was left over or goes on into the next year, and the figures that it can be worked out from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from build_tools.checks.claims import kinds
from build_tools.checks.claims.figures import Figure
from build_tools.checks.claims.model import Reading
from build_tools.checks.claims.naming import words
from build_tools.checks.claims.reading import GENERIC, GIVEN, before, first
from build_tools.checks.claims.role import AMOUNTS, Role
from build_tools.checks.claims.words import INCOME, NAMES, TOTAL

SPENT = NAMES["spent"]
# 结余分配 is no balance
REST = ("结余", "结转", "剩余", "余额")
# a balance that earlier years have a part in
EARLIER = re.compile("年末|结转|累计|滚存|历年")


def leftovers(figures: Sequence[Figure], one: Figure) -> Iterator[Reading]:
    """结余: what was given less what was spent; with an opening balance, that and what came in less what went out."""
    same = [
        found
        for found in before(figures, one.number, *AMOUNTS, Role.BUDGET, Role.OPENING)
        if found.sentence == one.sentence
    ]
    opening = next((found for found in same if found.role == Role.OPENING), None)
    spent = [found for found in same if found.label.removesuffix(TOTAL).endswith(SPENT) or found.role == Role.ACTUAL]
    if opening:
        income = [found for found in same if found.label.removesuffix(TOTAL).endswith(INCOME) and found.parent is None]
        out = [found for found in spent if found.parent is None]
        if len(income) == 1 and len(out) == 1:
            yield Reading(kinds.CARRIED, {"opening": (opening,), "income": (income[0],), "spent": (out[0],)}, sure=True)
        return
    out = [found for found in spent if found.group == one.group and found.parent == one.parent]
    past = [found for found in same if out and found.number < out[0].number and found.group == one.group]
    given = [found for found in past if found.role == Role.BUDGET or GIVEN.search(words(found))]
    if out and given:
        yield Reading(kinds.LEFT, {"spent": (out[0],), "budget": (given[0],)}, len(out) == 1 and len(given) == 1)
        return
    yield from _balances(
        figures, one, [found for found in same if found.label.removesuffix(TOTAL).endswith(INCOME)], spent
    )


def _balances(
    figures: Sequence[Figure], one: Figure, income: Sequence[Figure], spent: Sequence[Figure]
) -> Iterator[Reading]:
    """收入 − 支出 = 结余; 年末结余 and what a sentence before gives as an opening balance may hold earlier years' as
    well.
    """
    if len(income) != 1 or len(spent) != 1 or income[0].parent != spent[0].parent or not one.label.endswith(REST):
        return
    opening = first(before(figures, one.number, Role.OPENING))
    if opening:
        yield Reading(kinds.CARRIED, {"opening": (opening,), "income": (income[0],), "spent": (spent[0],)}, sure=False)
    whole = all(
        GENERIC.fullmatch(found.label.removeprefix("减去").removeprefix("扣除")) for found in (income[0], spent[0])
    )
    yield Reading(
        kinds.BALANCE,
        {"income": (income[0],), "spent": (spent[0],)},
        whole and opening is None and not EARLIER.search(words(one)),
    )
