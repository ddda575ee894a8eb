"""The words before a figure → what they make of it: its role, its name, what changed, what it is a share of.

The last telling word decides. All words stand in words.yaml; here is only how they combine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from build_tools.checks.claims.role import RATES, Role
from build_tools.checks.claims.words import NAMES, Token

# words that may stand between “增加” and its figure
OBJECTS = re.compile(r"(?:[一-鿿]{0,10}(?:支出|收入|经费|预算|拨款|资金|决算))?")
COPULA = re.compile(r"[：，、（）；。]+")
QUALITY = re.compile(r"[“”‘’\"《》\[\]]|（[^（）]*）")
RESULTS, ORIGIN = NAMES["came_to"], NAMES["came_from"]
# what can be compared with another of its sort, and what says that a comparison is no statement of fact
ITEM = re.compile("[一-鿿“”（）]{0,24}(?:支出|收入|经费|费|费用|拨款)")
COMPARING, NEVER_MORE, BY = ("more", "less", "equal"), ("未超", "不超", "没有超"), ("超", "超出")
BESIDE, EQUALS = NAMES["compared_with"], ("是", "为", "达", "达到")


def clause_of(lead: Sequence[Token]) -> list[Token]:
    """The tokens behind the last delimiter; `、` inside a name such as 收、支 is none, and “：” after a name is
    skipped.
    """
    kept: list[Token] = []
    for one in reversed(lead):
        if one.sort == "delimiter" and one.text not in "、：" and kept:
            break
        if (
            one.sort == "delimiter"
            and one.text == "、"
            and len(kept) > 1
            and not kept[-1].text.startswith(("支", "决", "出"))
        ):
            break
        if one.sort == "which" and not rates(lead):
            break
        if one.sort != "delimiter" or one.text == "、":
            kept.append(one)
    return kept[::-1]


def rates(lead: Sequence[Token]) -> bool:
    """True for 占比分别为: what follows are rates of what was listed, and no list."""
    return len(lead) > 1 and lead[-1].text.startswith("分别") and lead[-2].sort in ("share", "done", "up", "down")


def telling(clause: Sequence[Token]) -> list[str]:
    """The classes of its words, without what only fills."""
    return [one.sort for one in clause if one.sort not in ("fill", "name", "delimiter", "number", "date", "which")]


def ends_with(clause: Sequence[Token], *sorts: str) -> bool:
    """True where the last telling word is of these classes, with at most the name of what changed behind it."""
    rest = ""
    for one in reversed(clause):
        if one.sort in sorts:
            return bool(OBJECTS.fullmatch(rest))
        if one.sort in ("fill", "about"):
            # 增加到5万元 is what it came to, and no change
            if not rest and one.text in RESULTS:
                return False
            continue
        if one.sort not in ("text", "name", "budget", "actual"):
            return False
        rest = one.text + rest
    return False


def about(clause: Sequence[Token]) -> bool:
    """True for 约12万元 and ≥98%."""
    return any(one.sort in ("about", "aim") for one in clause)


def nearly(clause: Sequence[Token], role: Role) -> bool:
    """True for 增长近两成: a claim that no figure can prove; 力争增长两成 is none."""
    return role in RATES and not any(one.sort == "aim" for one in clause)


def compared(lead: Sequence[Token], clause: Sequence[Token]) -> str:
    """What a figure behind a comparison is: than (小于预算的5万元), by (超出预算5万元), either (小于预算5万元); ''
    behind none.

    Where both sides have their figures (支出4万元小于预算5万元) it is what the other is compared with.
    """
    at = next((number for number, one in reversed(list(enumerate(clause))) if one.sort in COMPARING), None)
    if at is None:
        return ""
    left, right = clause[:at], clause[at + 1 :]
    named = any(one.sort in ("budget", "last", "year") for one in right)
    if not named and not ITEM.fullmatch(label(right)):
        return ""
    if not left and all(one.sort != "delimiter" for one in lead):
        return "than"
    if right[-1].text == "的" or clause[at].text.startswith(NEVER_MORE):
        return "than"
    return "by" if clause[at].text in BY or (left and not named) else "either"


def of_amount(clause: Sequence[Token], year: int | None, newest: int | None) -> Role:
    """What an amount is. `year` is the document's, `newest` the last of the years that the sentence has named."""
    for role, sort in ((Role.INCREASE, "up"), (Role.DECREASE, "down"), (Role.BALANCE, "left")):
        if ends_with(clause, sort):
            return role
    sorts = telling(clause)
    if "opening" in sorts:
        return Role.OPENING
    if "last" in sorts or any(
        one.sort == "year" and earlier(clause, number, year, newest) for number, one in enumerate(clause)
    ):
        return Role.LAST_BUDGET if "budget" in sorts else Role.LAST_YEAR
    if clause and clause[-1].text.endswith(ORIGIN):
        # 由5万元增加到6万元
        return Role.LAST_YEAR
    if ends_with(clause, "total") and len(sorts) == 1:
        return Role.TOTAL
    last = next((one for one in reversed(sorts) if one in ("budget", "actual", "left")), "")
    return {"budget": Role.BUDGET, "actual": Role.ACTUAL, "left": Role.BALANCE}.get(last, Role.AMOUNT)


def earlier(clause: Sequence[Token], number: int, year: int | None, newest: int | None) -> bool:
    """True where a year is the one before: before that of the document or of the sentence, 由2022年的…增加到,
    比2022年的….
    """
    named = int(clause[number].text[:4])
    if year and named < year:
        return True
    if year is None and newest and named == newest - 1:
        return True
    before = clause[number - 1] if number else None
    compared = before is not None and (before.sort in ("versus", *COMPARING) or before.text.endswith(ORIGIN))
    return compared and not any(one.sort == "budget" for one in clause)


def of_percent(
    clause: Sequence[Token],
    lead: Sequence[Token],
    token: Token,
    number: int,
    year: int | None = None,
    newest: int | None = None,
) -> Role:
    """What a percentage is; one that follows a figure at once belongs to the words before that figure."""
    sorts = telling(clause)
    if token.text.startswith("翻"):
        return Role.GROWTH
    if number and sorts == ["share"] and lead[0].text == "的":
        return Role.INLINE
    past = "last" in sorts or any(
        one.sort == "year" and earlier(clause, number, year, newest) for number, one in enumerate(clause)
    )
    changed = ends_with(clause, "up", "down")
    if token.text.endswith("倍") and not changed and (past or "up" in sorts or "down" in sorts):
        # 是上年的2倍, and 增加到2倍, of which nobody can tell what it was
        return Role.MULTIPLE
    if past and not changed:
        return Role.LAST_RATE
    if token.text.endswith("倍") and item_compared(clause, lead, sorts):
        return Role.ITEM_MULTIPLE
    if "share" in sorts:
        return Role.COMPLETION if "budget" in sorts and "total" not in sorts else Role.SHARE
    if changed:
        return Role.GROWTH if ends_with(clause, "up") else Role.DECLINE
    if "done" in sorts or ("budget" in sorts and clause[-1].text == "的"):
        return Role.COMPLETION if budget_named(clause, sorts) else Role.DONE
    if number and not sorts and all(one.sort == "fill" for one in lead) and lead:
        return Role.INLINE
    return Role.RATE


def item_compared(clause: Sequence[Token], lead: Sequence[Token], sorts: Sequence[str]) -> bool:
    """True for 项目支出是基本支出的2倍."""
    plain = set(sorts) <= {"text", "actual", "total"} and any(one.text in EQUALS for one in clause)
    return plain and bool(lead) and lead[-1].text == "的"


def budget_named(clause: Sequence[Token], sorts: Sequence[str]) -> bool:
    """True where the words say that it is a budget that was completed."""
    return "budget" in sorts or any("执行" in one.text or "预算" in one.text for one in clause if one.sort == "done")


def label(clause: Sequence[Token]) -> str:
    """The name that stands before an amount, without what only fills at its end."""
    kept = list(clause)
    while kept and kept[-1].sort == "fill":
        kept.pop()
    while kept and kept[0].sort in COMPARING:
        kept.pop(0)
    return plain("".join(one.text for one in kept if one.sort != "year"))


def plain(name: str) -> str:
    """A name without quotation marks and asides, so that it can be compared."""
    return COPULA.sub("", QUALITY.sub("", name))


def base(clause: Sequence[Token]) -> str:
    """What stands behind 占, or before 的 in 完成年初预算的."""
    for number, one in enumerate(clause):
        if one.sort in ("share", "done"):
            rest = list(clause[number + 1 :])
            while rest and rest[-1].sort in ("fill", "share", "which"):
                rest.pop()
            return plain("".join(token.text for token in rest if token.sort != "year"))
    return ""


def subject(lead: Sequence[Token]) -> str:
    """What changed, where it is named: 与上年相比，收支总计增加… → 收支总计."""
    start = max(
        (number + 1 for number, one in enumerate(lead) if one.sort == "delimiter" and one.text not in "、"), default=0
    )
    kept: list[str] = []
    target = False
    for one in lead[start:]:
        if one.sort == "versus":
            target = one.text not in BESIDE
        elif one.sort in ("up", "down", "same", "share"):
            break
        elif not target and one.sort in ("text", "name", "budget", "actual", "opening", "left", "total", "delimiter"):
            kept.append(one.text)
    return plain("".join(kept)).removesuffix("的")


def is_base(lead: Sequence[Token]) -> bool:
    """True for 完成预算28万元的80%, 占本年支出合计90万元的98%, 比年初预算5万元减少: what a figure is held against, and
    no list takes apart.
    """
    sorts = [one.sort for one in clause_of(lead)]
    return "done" in sorts or "share" in sorts or ("versus" in sorts and "budget" in sorts)


def spent_on(clause: Sequence[Token]) -> bool:
    """True for 用于民生方面的支出5万元: an amount by its use, and no reason."""
    first = next((one.text for one in clause if one.sort not in ("year", "fill")), "")
    return first == "用于" and clause[-1].sort in ("text", "name") and clause[-1].text.endswith(NAMES["used_for"])
