"""Claims whose base stands in a table and not in the text: 完成年初预算的95%, 比上年增长5.2%, without the budget or
last year's amount.

A row is meant where the text names it and gives the amount that the table has under this name. Two answers are no
answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from build_tools.checks.claims import kinds, roles
from build_tools.checks.claims.figures import Figure
from build_tools.checks.claims.judging import signed
from build_tools.checks.claims.model import Reading
from build_tools.checks.claims.naming import MOST_NAMED, Named, beside, key_of, total_of, words
from build_tools.checks.claims.reading import before, currents
from build_tools.checks.claims.role import AMOUNTS, Role, budget_of
from build_tools.checks.claims.words import SPENDING

# what parts the names in front of a figure, and how many of them are looked at
PARTS = re.compile(r"（[^（）]*）|[，。；：、！？（）]")
NEAREST = 6
Names = Mapping[str, list[Named]]


def completions(figures: Sequence[Figure], rate: Figure, names: Names) -> Iterator[Reading]:
    """完成预算的…%, of the budget that a table gives for what was spent."""
    role = budget_of(rate.base)
    spent = next((one for one in before(figures, rate.number, *AMOUNTS) if one.group == rate.group), None)
    budget = meant(role, spent, names) if spent else None
    if spent and budget:
        yield Reading(kinds.COMPLETION, {"actual": (spent,), "budget": (budget,)}, sure=True)
    elif spent is None:
        for actual, planned in rows(role, named(rate), names):
            yield Reading(kinds.COMPLETION, {"actual": (actual,), "budget": (planned,)}, sure=True)


def changes(figures: Sequence[Figure], change: Figure, names: Names) -> Iterator[Reading]:
    """比上年增长…% or 增加…万元, from the amount that last year's table has in the same cell."""
    said = (
        change,
        *(
            one
            for one in figures[max(0, change.number - 1) : change.number]
            if one.role in (Role.INCREASE, Role.DECREASE)
        ),
    )
    if any(one.saying("budget") for one in said) or not any(one.saying("last") or "同比" in words(one) for one in said):
        return
    known = False
    for current, sure in currents(figures, change, said[-1].number):
        known = True
        earlier = meant(Role.LAST_YEAR, current, names) if sure else None
        if earlier:
            yield Reading(
                kinds.CHANGE if change.is_amount else kinds.RATE,
                {"current": (current,), "earlier": (earlier,)},
                sure=True,
            )
    for current, earlier in rows(Role.LAST_YEAR, change.subject, names) if not known else ():
        yield Reading(
            kinds.CHANGE if change.is_amount else kinds.RATE, {"current": (current,), "earlier": (earlier,)}, sure=True
        )


def leftovers(figures: Sequence[Figure], left: Figure, names: Names) -> Iterator[Reading]:
    """结余: the budget of the table less what was spent."""
    spent = next((one for one in before(figures, left.number, *AMOUNTS) if one.group == left.group), None)
    found = [budget for role in (Role.ANNUAL_BUDGET, Role.BUDGET) if spent and (budget := meant(role, spent, names))]
    if spent and len({one.value for one in found}) == 1:
        yield Reading(kinds.LEFT, {"spent": (spent,), "budget": (found[0],)}, sure=True)


def meant(role: Role, one: Figure, names: Names) -> Figure | None:
    """What a table gives in this role for the row that the text names and whose amount it has; None where that leaves a
    choice.
    """
    for name in called(one):
        found = {named.figure.value: named.figure for named in names.get(beside(role, name, signed(one)), ())}
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None


def rows(role: Role, name: str, names: Names) -> Iterator[tuple[Figure, Figure]]:
    """The amounts of a name that no figure of the text gives, each with what stands beside it in this role; none where
    a name is too many rows'.
    """
    for asked in dict.fromkeys((key_of(name), key_of(name).removesuffix(SPENDING))):
        for known in (names.get(total_of(asked), []), names.get(asked, [])) if asked else ():
            amounts = [one.figure for one in known if one.block < 0]
            if not amounts or len(known) >= MOST_NAMED:
                continue
            found = {
                (one.value, other.figure.value): (one, other.figure)
                for one in amounts
                for other in names.get(beside(role, asked, one.value), ())
            }
            yield from found.values()
            if found:
                return


def named(one: Figure) -> str:
    """The name at the beginning of a figure's clause, before 完成: 行政运行（项）完成年初预算的…."""
    found = []
    for token in roles.clause_of(one.lead):
        if token.sort not in ("text", "name", "actual", "fill"):
            break
        found.append(token.text if token.sort in ("text", "name") else "")
    return roles.plain("".join(found))


def called(one: Figure) -> Iterator[str]:
    """The names that stand in front of a figure, the nearest first."""
    parts = [key_of(part) for part in PARTS.split(words(one)) if part]
    for name in (key_of(one.label), *[part for part in reversed(parts) if part][:NEAREST]):
        yield name
        # 行政运行支出108.06万元 is of the row 行政运行
        yield name.removesuffix(SPENDING)
