"""Words that compare what was spent with what was planned, with last year, or one item with another: 大于, 小于, 持平, 较预算减少, 高于上年.

Both sides are named by the words around; their figures are the last ones of those roles in the same paragraph, or stand in a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from build_tools.claims import beside, items, roles
from build_tools.claims.figures import Figure
from build_tools.claims.kinds import AGAINST_LAST, DIRECTION
from build_tools.claims.naming import AMOUNTS, Named, key_of, same
from build_tools.claims.weighing import TURNED, Direction, Pairs, Word
from build_tools.claims.words import Token

# tokens of a clause, and behind the word; figures that are looked back over
LONGEST, AHEAD, NEAR = 20, 6, 8
WAYS = {"more": "大于", "up": "大于", "less": "小于", "down": "小于", "same": "等于", "equal": "等于"}
# budget and last year at once
BOTH = "both"
CHANGES = ("增", "减", "增率", "减率")
Names = Mapping[str, list[Named]]


def directions(tokens: Sequence[Token], figures: Sequence[Figure], names: Names, year: int | None) -> Iterator[Direction]:
    """Every comparison in a paragraph; one that gives its own figure (减少5万元) is a change and not told here, but for 小于预算5万元."""
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
            word = Word(tokens, place, clause[-LONGEST:], [one for one in after if one.sort != "number"], figures, at, names, year)
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
        told = token.sort in ("up", "down") and any(one.role in CHANGES for one in word.figures[max(0, word.at - 2) : word.at])
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
    """A comparison with a figure behind it: 小于预算的5万元, 支出4万元小于预算5万元, 超出预算1万元, and 小于预算5万元, which may be either."""
    token = word.token
    other, way = compares(word)
    meaning = roles.compared(own.lead, roles.clause_of(own.lead))
    if not other:
        yield from items.compared(word, WAYS[token.sort], own)
        return
    if not way or not meaning:
        if own.role in ("预算", "上年") and other != BOTH:
            # 支出预算大于收入预算5万元
            yield Direction(token, WAYS[token.sort])
        return
    kind = AGAINST_LAST if other == "last" else DIRECTION
    if word.inline:
        yield Direction(token, way, ((own, word.inline) if word.inline.role == "预算" else (word.inline, own),), kind)
        return
    known = planned(word) if other == "budget" else beside_last(word)
    this = known[0][0] if known else current(word, own)
    if meaning == "than":
        yield Direction(token, way, ((this, own),) if this else (), kind)
        return
    role = "上年" if other == "last" else budget_of(word)
    yield Direction(token, way, known or tabled(word, this, role) or (() if this else tuple(beside.rows(role, roles.subject(word.before), word.names))), kind, own, this)


def tabled(word: Word, this: Figure | None, role: str) -> Pairs:
    """An amount and what a table has beside it in a role."""
    other = beside.meant(role, this, word.names) if this else None
    return ((this, other),) if this and other else ()


def budget_of(word: Word) -> str:
    """Which budget is meant: 年初预算, 全年预算, or whichever a table has."""
    named = "".join(one.text for one in (*word.before, *word.after) if one.sort == "budget")
    return "年初预算" if "年初" in named else "全年预算" if "全年" in named or "调整" in named else "预算"


def compares(word: Word) -> tuple[str, str]:
    """The other side (budget, last) and which way, seen from what was spent: 决算大于预算, 预算小于决算, 比预算增加, 与上年持平; '' for none."""
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
        last = one.sort == "year" and before in ("versus", *roles.COMPARING) and (year is None or int(one.text[:4]) == year - 1)
        found += ("budget", "actual") if one.sort == "both" else ("last",) if last else (one.sort,)
    return found


def way_of(left: Sequence[str], right: Sequence[str], word: Token, other: str) -> str:
    """Which way a word compares what stands before it with what stands behind it; '' where it compares neither with the other side."""
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


def planned(word: Word) -> Pairs:
    """What was spent and what was planned: the last of each, in the same stretch of one list."""
    past = [one for one in word.figures[max(0, word.at - NEAR) : word.at] if one.is_amount and not one.aside]
    budget = next((one for one in reversed(past) if one.role == "预算"), None)
    spent = next((one for one in reversed(past) if one.role == "决算"), None)
    if budget and spent is None:
        spent = next((one for one in reversed(past) if one.role == "数" and one.group == budget.group), None)
    if budget is None or spent is None or budget.parent != spent.parent or budget.group != spent.group or budget.either:
        return ()
    if sum(one.role == "预算" and one.value != budget.value for one in past if one.group == budget.group) or any(one.group > budget.group for one in past):
        return ()
    return ((spent, budget),)


def beside_last(word: Word) -> Pairs:
    """This year's amount and last year's, where they stand side by side."""
    past = [one for one in word.figures[max(0, word.at - NEAR) : word.at] if one.is_amount and not one.aside]
    near = [one for one in past if past[-1].sentence - one.sentence <= 1]
    last = [one for one in near if one.role == "上年"]
    if len(last) != 1 or last[0].either:
        return ()
    place = near.index(last[0])
    both = [one for one in (*near[max(0, place - 1) : place], *near[place + 1 : place + 2]) if one.role in AMOUNTS and one.parent == last[0].parent]
    what = roles.subject(word.before)[-2:]
    latest = next((one for one in reversed(near) if one.role in AMOUNTS), None)
    # another amount may stand between: 购置费0元，与上年持平
    if len(both) != 1 or (what not in both[0].label if what else both[0] is not latest):
        return ()
    return ((both[0], last[0]),)


def against_last(word: Word) -> tuple[Pairs, bool]:
    """Both sides of 与上年持平, last year's from the text or from a table; and whether an amount of money is meant at all."""
    found = beside_last(word)
    if found:
        return found, True
    subject = roles.subject(word.before)
    if subject:
        this = current(word)
        found = tabled(word, this, "上年")
        return found or (tuple(beside.rows("上年", subject, word.names)) if this is None else ()), bool(found) or bool(roles.ITEM.fullmatch(subject))
    this = word.figures[word.at - 1] if word.at and close(word) else None
    if this is None or this.role not in AMOUNTS or this.aside:
        return (), False
    return tabled(word, this, "上年"), True


def close(word: Word) -> bool:
    """True where only 与上年 stands between the last figure and the word, in the same sentence: 支出3万元，与上年持平."""
    one = word.figures[word.at - 1]
    for number in range(word.place - 1, max(-1, word.place - LONGEST), -1):
        token = word.tokens[number]
        if token.start == one.token.start:
            return True
        if token.sort == "number" or (token.sort == "delimiter" and token.text not in "，、（）"):
            return False
    return False


def current(word: Word, own: Figure | None = None) -> Figure | None:
    """The amount that is compared: the one that the clause names, else the last before it; None where that is another stretch of text."""
    asked = key_of(roles.subject(word.before))
    for one in reversed(word.figures[max(0, word.at - NEAR) : word.at]):
        if not one.is_amount or one.role not in AMOUNTS or one.aside:
            continue
        if not asked or same(key_of(one.label), asked):
            near = own is None or one.group == own.group or (asked and own.sentence - one.sentence <= 1)
            return one if near else None
    return None
