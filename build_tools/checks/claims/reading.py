"""Figures → claims: which figure makes one, and which others it can mean.

A reading is sure where the words leave no other; a claim that no sure reading contradicts is never called wrong.
Looking around is limited to the paragraph and a few figures, so that the time does not grow with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from build_tools.checks.claims import kinds, roles
from build_tools.checks.claims.figures import Figure
from build_tools.checks.claims.model import Reading
from build_tools.checks.claims.naming import TOTAL, key_of, same, words
from build_tools.checks.claims.role import AMOUNTS, Role

NEAR, FAR, POINTS_NEAR = 12, 60, 3
GENERIC = re.compile("[总合计额收支入出度数年本部门单位决算预政府等均费用的全当、]*")
GIVEN = re.compile("预算|金额|安排|下达|到位|资金|追加|指标|拨付|批复")
# a rate that says that everything planned was spent
PLANNED = 100


def before(figures: Sequence[Figure], at: int, *roles: Role) -> Iterator[Figure]:
    """The amounts of these roles in front of a figure, the nearest first."""
    inside = figures[at].bracket if at < len(figures) else 0
    for one in reversed(figures[max(0, at - NEAR) : at]):
        # what a bracket lists is over where it is closed, but for a budget or last year's amount
        if (
            one.is_amount
            and one.role in roles
            and not one.aside
            and (one.bracket in (0, inside) or one.role in (Role.BUDGET, Role.LAST_YEAR))
        ):
            yield one


def first(figures: Iterator[Figure]) -> Figure | None:
    """The first, if any."""
    return next(figures, None)


def completions(figures: Sequence[Figure], one: Figure) -> Iterator[Reading]:
    """完成预算的…%: what was spent and what was planned, from the same stretch of text."""
    if one.role == Role.INLINE:
        planned = figures[one.number - 1]
        done = first(before(figures, planned.number, *AMOUNTS))
        if done:
            yield Reading(kinds.COMPLETION, {"actual": (done,), "budget": (planned,)}, done.group == one.group)
        return
    here = [found for found in before(figures, one.number, Role.BUDGET) if found.group == one.group]
    if not here and one.role == Role.DONE:
        # what was handed over stands for a budget: 到位100万元，支出90万元，支出率90%
        here = [
            found
            for found in before(figures, one.number, Role.AMOUNT)
            if found.group == one.group and GIVEN.search(words(found))
        ][:1]
    named = [found for found in here if qualifier(one.base) in found.label] or here
    spent = [
        found
        for found in before(figures, one.number, Role.ACTUAL, Role.AMOUNT)
        if found.group == one.group and found not in here
    ]
    # 决算 before 数: what was spent is often followed by what it was spent on
    actual = next((found for found in spent if found.role == Role.ACTUAL), spent[0] if spent else None)
    if named and actual:
        certain = bool(qualifier(one.base)) or (len(named) == 1 and not adjusted(figures, named[0], actual, one))
        yield Reading(kinds.COMPLETION, {"actual": (actual,), "budget": (named[0],)}, certain)
        return
    budget = named[0] if named else first(before(figures, one.number, Role.BUDGET))
    actual = actual or first(before(figures, one.number, *AMOUNTS))
    if budget and actual:
        # a lone sentence of two figures can mean nothing else
        alone = one.number == 2 and budget.parent is None and actual.parent is None and not one.saying("which")
        yield Reading(
            kinds.COMPLETION,
            {"actual": (actual,), "budget": (budget,)},
            alone or sentence_before(figures, budget, actual, one),
        )


def sentence_before(figures: Sequence[Figure], budget: Figure, actual: Figure, rate: Figure) -> bool:
    """True where the budget is the only one of the sentence before:
    年初预算9万元，其中…。全年实际支出8万元，执行率….
    """
    told = [
        one
        for one in figures[max(0, rate.number - NEAR) : rate.number]
        if one.is_amount and one.parent != budget.number
    ]
    others = [one for one in told if one not in (budget, actual) and one.sentence >= budget.sentence]
    return (
        not others
        and budget.parent is None
        and rate.sentence - budget.sentence == 1
        and actual.role == Role.ACTUAL
        and actual.group == rate.group
    )


def adjusted(figures: Sequence[Figure], budget: Figure, actual: Figure, rate: Figure) -> bool:
    """True where the rate may be of an adjusted budget: an adjustment stands between, or more was spent than planned at
    first and all of it was planned.
    """
    between = [
        one
        for one in figures[min(budget.number, actual.number) + 1 : max(budget.number, actual.number)]
        if one.is_amount
    ]
    return bool(between) or (
        bool(budget.value)
        and "年初" in budget.label
        and rate.value <= PLANNED < rate.value + 1
        and actual.value > budget.value
    )


def qualifier(base: str) -> str:
    """年初, 调整 or 全年, where a budget is called so."""
    return next((word for word in ("年初", "调整", "全年") if word in base), "")


def changes(figures: Sequence[Figure], one: Figure) -> Iterator[Reading]:
    """增长…%: of the amount that changed, less its change; or against last year's amount where that is written."""
    delta = change_of(figures, one)
    at = delta.number if delta and delta.number < one.number else one.number
    for current, sure in currents(figures, delta or one, at):
        if delta:
            yield Reading(kinds.GROWTH, {"change": (delta,), "current": (current,)}, sure)
        earlier = earlier_than(figures, current, one)
        if earlier:
            yield Reading(kinds.RATE, {"current": (current,), "earlier": (earlier,)}, sure and delta is None)


def times(figures: Sequence[Figure], one: Figure, earlier: Figure | None) -> Iterator[Reading]:
    """是上年50万元的2倍, or 是上年的2倍: this year's amount as so many times last year's."""
    clause = roles.clause_of(one.lead)
    if earlier is None and not (clause and clause[-1].text == "的" and roles.telling(clause)[-1:] == ["last"]):
        return
    for current, sure in currents(figures, one, earlier.number if earlier else one.number):
        last = earlier or earlier_than(figures, current, one)
        if last:
            yield Reading(kinds.TIMES, {"current": (current,), "earlier": (last,)}, sure)


def points(figures: Sequence[Figure], one: Figure) -> Iterator[Reading]:
    """提高…个百分点: the rate of this year less last year's, where both stand just before it."""
    near = [
        found
        for found in figures[max(0, one.number - POINTS_NEAR) : one.number]
        if found.token.unit == "%" and found.sentence == one.sentence
    ]
    last, this = (
        [found for found in near if found.role == Role.LAST_RATE],
        [found for found in near if found.role in (Role.RATE, Role.COMPLETION, Role.DONE, Role.SHARE)],
    )
    if len(last) == len(this) == 1:
        yield Reading(kinds.POINTS, {"current_rate": (this[0],), "earlier_rate": (last[0],)}, sure=True)


def change_of(figures: Sequence[Figure], rate: Figure) -> Figure | None:
    """The amount of a change that is given as a percentage as well: just before it, or just after."""
    for number in (rate.number - 1, rate.number + 1):
        if 0 <= number < len(figures):
            one = figures[number]
            if one.role in (Role.INCREASE, Role.DECREASE) and one.sentence == rate.sentence and one.group == rate.group:
                return one
    return None


def differences(figures: Sequence[Figure], one: Figure) -> Iterator[Reading]:
    """增加…万元, where the amount before the change is written as well."""
    for current, sure in currents(figures, one, one.number):
        earlier = earlier_than(figures, current, one)
        if earlier:
            yield Reading(kinds.CHANGE, {"current": (current,), "earlier": (earlier,)}, sure)


def earlier_than(figures: Sequence[Figure], current: Figure, change: Figure) -> Figure | None:
    """Last year's amount, or the budget where the change is against the budget, from the same stretch."""
    said = (
        change,
        *(
            one
            for one in figures[max(0, change.number - 1) : change.number]
            if one.role in (Role.INCREASE, Role.DECREASE)
        ),
    )
    held = next(
        (
            one
            for one in figures[max(0, said[-1].number - 1) : said[-1].number]
            if one.role in (Role.BUDGET, Role.LAST_YEAR) and one.saying("versus")
        ),
        None,
    )
    if held and held.is_amount and held.sentence == change.sentence and held is not current:
        # 比年初预算5.00万元减少…
        return held
    budgeted = any(one.saying("budget") for one in said) and not any(one.saying("last") for one in said)
    against = Role.BUDGET if budgeted else Role.LAST_YEAR
    found = first(one for one in before(figures, change.number, against) if one.group in (current.group, change.group))
    return found if found is not current else None


def currents(figures: Sequence[Figure], change: Figure, at: int) -> Iterator[tuple[Figure, bool]]:
    """What changed: the amount that is named, else the one just before, unless a list leaves it open."""
    near = [one for one in before(figures, at, *AMOUNTS, Role.BUDGET) if change.sentence - one.sentence <= 1]
    asked = key_of(change.subject)
    if asked and not GENERIC.fullmatch(change.subject):
        named = [
            one
            for one in near
            if key_of(one.label).endswith(asked) or (key_of(one.label) and asked.endswith(key_of(one.label)))
        ]
        for one in named[:1]:
            yield one, True
        return
    whole = totals(figures, change, at, asked)
    if whole:
        yield whole, True
        return
    # 占本年支出合计90万元的98% is what a part is held against, and not what changed
    own = [one for one in near if not any(word.sort == "share" for word in roles.clause_of(one.lead))]
    spent = [one for one in own if one.role != Role.BUDGET] or own
    if not spent:
        return
    last = spent[0]
    listed = sum(one.group == last.group and one.parent == last.parent for one in spent)
    sure = len({(one.value, one.token.unit) for one in spent}) == 1 or (
        last.group == change.group
        and (last.parent is None or listed == 1)
        and not (change.subject and last.parent is not None)
    )
    if change.subject and any(
        one.sentence == last.sentence and one is not last and one.value != last.value for one in spent
    ):
        sure = False
    yield last, sure
    if last.parent is not None:
        # a new sentence behind a list goes on with what was listed
        yield figures[last.parent], not change.subject and change.sentence != last.sentence
    top = next((one for one in figures[max(0, at - FAR) : at] if one.is_amount and one.role in AMOUNTS), None)
    if top is not None and top is not last:
        yield top, False


def totals(figures: Sequence[Figure], change: Figure, at: int, asked: str) -> Figure | None:
    """The total that a change names behind its list: 收入合计45万元。其中：…。与上年相比，收入合计减少3万元."""
    if not TOTAL.search(change.subject) or not asked:
        return None
    near = [
        one
        for one in figures[max(0, at - FAR) : at]
        if one.is_amount and one.role in AMOUNTS and not one.aside and one.parent is None
    ]
    named = {(one.value, one.token.unit): one for one in near if same(key_of(one.label), asked)}
    return next(iter(named.values())) if len(named) == 1 else None
