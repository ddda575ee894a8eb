"""The figures of both sides of a comparison: the last of their roles in the same paragraph, or what a table gives."""

from __future__ import annotations

from build_tools.checks.claims import beside, role, roles
from build_tools.checks.claims.figures import Figure
from build_tools.checks.claims.naming import key_of, same
from build_tools.checks.claims.role import AMOUNTS, Role
from build_tools.checks.claims.weighing import Pairs, Word

# tokens and figures that are looked back over
LONGEST, NEAR = 20, 8


def tabled(word: Word, this: Figure | None, role: Role) -> Pairs:
    """An amount and what a table has beside it in a role."""
    other = beside.meant(role, this, word.names) if this else None
    return ((this, other),) if this and other else ()


def budget_of(word: Word) -> Role:
    """Which budget the words around it mean."""
    return role.budget_of("".join(one.text for one in (*word.before, *word.after) if one.sort == "budget"))


def planned(word: Word) -> Pairs:
    """What was spent and what was planned: the last of each, in the same stretch of one list."""
    past = [one for one in word.figures[max(0, word.at - NEAR) : word.at] if one.is_amount and not one.aside]
    budget = next((one for one in reversed(past) if one.role == Role.BUDGET), None)
    spent = next((one for one in reversed(past) if one.role == Role.ACTUAL), None)
    if budget and spent is None:
        spent = next((one for one in reversed(past) if one.role == Role.AMOUNT and one.group == budget.group), None)
    if budget is None or spent is None or budget.parent != spent.parent or budget.group != spent.group or budget.either:
        return ()
    if sum(one.role == Role.BUDGET and one.value != budget.value for one in past if one.group == budget.group) or any(
        one.group > budget.group for one in past
    ):
        return ()
    return ((spent, budget),)


def beside_last(word: Word) -> Pairs:
    """This year's amount and last year's, where they stand side by side."""
    past = [one for one in word.figures[max(0, word.at - NEAR) : word.at] if one.is_amount and not one.aside]
    near = [one for one in past if past[-1].sentence - one.sentence <= 1]
    last = [one for one in near if one.role == Role.LAST_YEAR]
    if len(last) != 1 or last[0].either:
        return ()
    place = near.index(last[0])
    both = [
        one
        for one in (*near[max(0, place - 1) : place], *near[place + 1 : place + 2])
        if one.role in AMOUNTS and one.parent == last[0].parent
    ]
    what = roles.subject(word.before)[-2:]
    latest = next((one for one in reversed(near) if one.role in AMOUNTS), None)
    # another amount may stand between: 购置费0元，与上年持平
    if len(both) != 1 or (what not in both[0].label if what else both[0] is not latest):
        return ()
    return ((both[0], last[0]),)


def against_last(word: Word) -> tuple[Pairs, bool]:
    """Both sides of 与上年持平, last year's from the text or from a table; and whether an amount of money is meant at
    all.
    """
    found = beside_last(word)
    if found:
        return found, True
    subject = roles.subject(word.before)
    if subject:
        this = current(word)
        found = tabled(word, this, Role.LAST_YEAR)
        return found or (tuple(beside.rows(Role.LAST_YEAR, subject, word.names)) if this is None else ()), bool(
            found
        ) or bool(roles.ITEM.fullmatch(subject))
    this = word.figures[word.at - 1] if word.at and close(word) else None
    if this is None or this.role not in AMOUNTS or this.aside:
        return (), False
    return tabled(word, this, Role.LAST_YEAR), True


def close(word: Word) -> bool:
    """True where only 与上年 stands between the last figure and the word, in the same sentence:
    支出3万元，与上年持平.
    """
    one = word.figures[word.at - 1]
    for number in range(word.place - 1, max(-1, word.place - LONGEST), -1):
        token = word.tokens[number]
        if token.start == one.token.start:
            return True
        if token.sort == "number" or (token.sort == "delimiter" and token.text not in "，、（）"):
            return False
    return False


def current(word: Word, own: Figure | None = None) -> Figure | None:
    """The amount that is compared: the one that the clause names, else the last before it; None where that is another
    stretch of text.
    """
    asked = key_of(roles.subject(word.before))
    for one in reversed(word.figures[max(0, word.at - NEAR) : word.at]):
        if not one.is_amount or one.role not in AMOUNTS or one.aside:
            continue
        if not asked or same(key_of(one.label), asked):
            near = own is None or one.group == own.group or (asked and own.sentence - one.sentence <= 1)
            return one if near else None
    return None
