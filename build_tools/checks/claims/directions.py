"""Words that compare what was spent with what was planned, with last year, or one item with another: 大于, 小于, 持平,
较预算减少, 高于上年.

Both sides are named by the words around; `compared_figures` finds the figures that they mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from build_tools.checks.claims import beside, items, roles
from build_tools.checks.claims.compared_figures import against_last, beside_last, budget_of, current, planned, tabled
from build_tools.checks.claims.figures import Figure
from build_tools.checks.claims.kinds import AGAINST_LAST, DIRECTION
from build_tools.checks.claims.naming import Named
from build_tools.checks.claims.role import Role
from build_tools.checks.claims.weighing import TURNED, Direction, Word
from build_tools.checks.claims.words import Token

# tokens of a clause, and behind the word
LONGEST, AHEAD = 20, 6
WAYS = {"more": "大于", "up": "大于", "less": "小于", "down": "小于", "same": "等于", "equal": "等于"}
# budget and last year at once
BOTH = "both"
CHANGES = (Role.INCREASE, Role.DECREASE, Role.GROWTH, Role.DECLINE)
Names = Mapping[str, list[Named]]


def directions(
    tokens: Sequence[Token], figures: Sequence[Figure], names: Names, year: int | None
) -> Iterator[Direction]:
    """Every comparison in a paragraph; one that gives its own figure (减少5万元) is a change and not told here, but for
    小于预算5万元.
    """
    at, numbers = 0, {one.token.start: one.number for one in figures}
    clause: list[Token] = []
    for place, token in enumerate(tokens):
        at = numbers.get(token.start, at - 1) + 1
        if token.sort == "delimiter" and token.text in "，；。！？（":
            # 与上年相比，公务接待费持平
            clause = clause if token.text == "，" and clause and clause[-1].text in roles.BESIDE else []
            continue
        if token.sort in WAYS:
            after = behind(tokens, place)
            word = Word(
                tokens,
                place,
                clause[-LONGEST:],
                [one for one in after if one.sort != "number"],
                figures,
                at,
                names,
                year,
            )
            number = next((one for one in after if one.sort == "number"), None)
            own = figures[numbers[number.start]] if number and number.start in numbers else None
            if number is None and not followed(tokens[place + 1 : place + 8]):
                yield from compared(word)
            elif own and own.is_amount and token.sort in roles.COMPARING:
                yield from measured(word, own)
        clause.append(token)


def behind(tokens: Sequence[Token], place: int) -> list[Token]:
    """What stands behind a word, up to a figure and with it, to the end of the clause or to a reason."""
    here: list[Token] = []
    for one in tokens[place + 1 : place + AHEAD]:
        if one.sort in ("delimiter", "reason") or (one.sort == "versus" and one.text not in ("和", "与")):
            break
        here.append(one)
        if one.sort == "number":
            break
    return here


def followed(after: Sequence[Token]) -> bool:
    """True where a figure follows in the same clause."""
    for one in after:
        if one.sort == "delimiter":
            return False
        if one.sort == "number":
            return True
    return False


def compared(word: Word) -> Iterator[Direction]:
    """A comparison without a figure behind it: 决算大于预算, 与上年持平, 基本支出小于项目支出."""
    token = word.token
    other, way = compares(word)
    if other == "last" and way:
        pairs, meant = against_last(word)
        # that it was more or less is told by the change itself, where that is written
        told = token.sort in ("up", "down") and any(
            one.role in CHANGES for one in word.figures[max(0, word.at - 2) : word.at]
        )
        if pairs or (meant and not told):
            yield Direction(token, way, pairs, AGAINST_LAST)
    elif other == "budget" and way:
        found = planned(word) or tabled(word, current(word), budget_of(word))
        # without figures, 不超过预算 is an aim and 与预算一致 says how accounts are kept
        if found or any(one.sort in ("actual", "both") for one in (*word.before, *word.after)):
            yield Direction(token, way, found)
    elif not other:
        yield from items.compared(word, WAYS[token.sort], None)


def measured(word: Word, own: Figure) -> Iterator[Direction]:
    """A comparison with a figure behind it: 小于预算的5万元, 支出4万元小于预算5万元, 超出预算1万元, and 小于预算5万元,
    which may be either.
    """
    token = word.token
    other, way = compares(word)
    meaning = roles.compared(own.lead, roles.clause_of(own.lead))
    if not other:
        yield from items.compared(word, WAYS[token.sort], own)
        return
    if not way or not meaning:
        if own.role in (Role.BUDGET, Role.LAST_YEAR) and other != BOTH:
            # 支出预算大于收入预算5万元
            yield Direction(token, WAYS[token.sort])
        return
    kind = AGAINST_LAST if other == "last" else DIRECTION
    if word.inline:
        yield Direction(
            token, way, ((own, word.inline) if word.inline.role == Role.BUDGET else (word.inline, own),), kind
        )
        return
    known = planned(word) if other == "budget" else beside_last(word)
    this = known[0][0] if known else current(word, own)
    if meaning == "than":
        yield Direction(token, way, ((this, own),) if this else (), kind)
        return
    role = Role.LAST_YEAR if other == "last" else budget_of(word)
    yield Direction(
        token,
        way,
        known
        or tabled(word, this, role)
        or (() if this else tuple(beside.rows(role, roles.subject(word.before), word.names))),
        kind,
        own,
        this,
    )


def compares(word: Word) -> tuple[str, str]:
    """The other side (budget, last) and which way, seen from what was spent: 决算大于预算, 预算小于决算, 比预算增加,
    与上年持平; '' for none.
    """
    token = word.token
    left, right = sorts_of(word.before, word.year), sorts_of((token, *word.after), word.year)[1:]
    found = {"budget", "last"} & {*left, *right}
    if len(found) != 1:
        return (BOTH, "") if found else ("", "")
    other = found.pop()
    if token.sort in roles.COMPARING and other in left and other in right:
        # two budgets with each other
        return other, ""
    return other, "" if token.text == "超" and right[:1] != [other] else way_of(left, right, token, other)


def sorts_of(clause: Sequence[Token], year: int | None) -> list[str]:
    """The classes of its words; 预决算 is both sides at once, 与2019年 is last year in accounts of 2020."""
    found: list[str] = []
    for one in clause:
        before = found[-1] if found else ""
        last = (
            one.sort == "year"
            and before in ("versus", *roles.COMPARING)
            and (year is None or int(one.text[:4]) == year - 1)
        )
        found += ("budget", "actual") if one.sort == "both" else ("last",) if last else (one.sort,)
    return found


def way_of(left: Sequence[str], right: Sequence[str], word: Token, other: str) -> str:
    """Which way a word compares what stands before it with what stands behind it; '' where it compares neither with the
    other side.
    """
    target = left[left.index("versus") :] if "versus" in left else []
    if word.sort in roles.COMPARING:
        if other in right:
            return WAYS[word.sort]
        if "actual" in right and other in left:
            return TURNED[WAYS[word.sort]]
        return WAYS[word.sort] if other in target else ""
    if not target:
        return WAYS["same"] if word.sort == "same" and {"budget", "actual"} <= set(left) else ""
    if "reason" in target:
        return ""
    if other in target:
        return WAYS[word.sort]
    return TURNED[WAYS[word.sort]] if "actual" in target and other in left else ""
