"""Tokens → figures that know what they are: a budget, what was spent, a change, a share; where they stand in a list.

A figure is read by the words between it and the figure before it. The last telling word decides; what stands in a
reason (“主要原因是…5万元”) is told apart, because it explains other figures and is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from build_tools.claims.words import UNITS, Token

STRONG = "。！？"
# lists inside lists
DEEPEST = 3
# figures that are looked back over for what a list takes apart
LISTED = 40
# words that may stand between “增加” and its figure
OBJECTS = re.compile(r"(?:[一-鿿]{0,10}(?:支出|收入|经费|预算|拨款|资金|决算))?")
COPULA = re.compile(r"[：，、（）；。]+")
QUALITY = re.compile(r"[“”‘’\"《》\[\]]|（[^（）]*）")


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount (`unit` 万元 …), a percent (%), or percentage points (点). `role` is what the words make of it.

    `label` is its name as written, `subject` the words that say what changed or is shared, `base` the words behind 占 or 比.
    `group` counts stretches between 。；and 其中, `parent` is the figure that it is listed under, by number.
    """

    number: int
    token: Token
    role: str
    label: str
    subject: str
    base: str
    sentence: int
    group: int
    parent: int | None
    aside: bool
    inline: bool
    year: int | None
    lead: tuple[Token, ...]

    @property
    def value(self) -> Decimal:
        """The figure in its own unit."""
        return self.token.value

    @property
    def is_amount(self) -> bool:
        """True for money."""
        return self.token.unit in UNITS

    def saying(self, *sorts: str) -> bool:
        """True where its words are of one of these classes."""
        return any(one.sort in sorts for one in self.lead)


def figures_of(tokens: Sequence[Token], year: int | None) -> list[Figure]:
    """Every amount and percentage of a paragraph, in order."""
    found: list[Figure] = []
    lead: list[Token] = []
    sentence = group = 0
    open_lists: list[int | None] = []
    aside = False
    for token in tokens:
        if token.sort != "number" or not token.unit:
            lead.append(token)
            if token.text in STRONG and token.sort == "delimiter":
                sentence, group, open_lists, aside = sentence + 1, group + 1, [], False
            elif token.text == "；":
                group, open_lists, aside = group + 1, open_lists[:1], False
            elif token.sort == "reason":
                aside = True
            elif token.sort == "which" and list_begins(lead):
                group, aside = group + 1, False
                open_lists = [*open_lists[-DEEPEST:], listed_under(found, lead, sentence)]
            continue
        found.append(figure(len(found), token, lead, (sentence, group), open_lists[-1] if open_lists else None, aside, year))
        lead = []
    return found


def list_begins(lead: Sequence[Token]) -> bool:
    """True where the word opens a list of its own; `包括` behind `其中` only goes on with it."""
    return not any(one.sort == "which" for one in lead[-3:-1])


def listed_under(found: Sequence[Figure], lead: Sequence[Token], sentence: int) -> int | None:
    """The amount that `其中` takes apart: the last before it that is no change; behind a full stop the last that is no item itself."""
    amounts = [one for one in found[-LISTED:] if one.is_amount and one.role in ("数", "决算", "预算")]
    if not amounts or sentence - amounts[-1].sentence > 1:
        return None
    if amounts[-1].sentence == sentence:
        return amounts[-1].number
    start = max((number for number, one in enumerate(lead) if one.text in STRONG), default=-1) + 1
    own = plain("".join(one.text for one in lead[start:] if one.sort not in ("which", "year", "fill")))
    if own:
        return next((one.number for one in reversed(amounts) if one.label and own.startswith(one.label)), None)
    return next((one.number for one in reversed(amounts) if one.parent is None and one.sentence == sentence - 1), None)


def figure(number: int, token: Token, lead: Sequence[Token], place: tuple[int, int], parent: int | None, aside: bool, year: int | None) -> Figure:
    """One figure with what its words make of it."""
    clause = clause_of(lead)
    role = of_amount(clause, lead, year) if token.unit in UNITS else of_percent(clause, lead, number)
    if about(clause):
        role = "约数"
    named = next((int(one.text[:4]) for one in reversed(lead) if one.sort == "year"), None)
    inline = bool(number) and not any(one.sort == "delimiter" for one in lead)
    return Figure(number, token, role, label(clause), subject(lead), base(clause), *place, parent, aside, inline, named, tuple(lead))


def clause_of(lead: Sequence[Token]) -> list[Token]:
    """The tokens behind the last delimiter; `、` inside a name such as 收、支 is none, and “：” after a name is skipped."""
    kept: list[Token] = []
    for one in reversed(lead):
        if one.sort == "delimiter" and one.text not in "、：" and kept:
            break
        if one.sort == "delimiter" and one.text == "、" and len(kept) > 1 and not kept[-1].text.startswith(("支", "决", "出")):
            break
        if one.sort == "which":
            break
        if one.sort != "delimiter" or one.text == "、":
            kept.append(one)
    return kept[::-1]


def telling(clause: Sequence[Token]) -> list[str]:
    """The classes of its words, without what only fills."""
    return [one.sort for one in clause if one.sort not in ("fill", "name", "delimiter", "number", "date")]


def ends_with(clause: Sequence[Token], *sorts: str) -> bool:
    """True where the last telling word is of these classes, with at most the name of what changed behind it."""
    rest = ""
    for one in reversed(clause):
        if one.sort in sorts:
            return bool(OBJECTS.fullmatch(rest))
        if one.sort == "fill":
            continue
        if one.sort not in ("text", "name", "budget", "actual"):
            return False
        rest = one.text + rest
    return False


def about(clause: Sequence[Token]) -> bool:
    """True for 约12万元 and ≥98%."""
    return any(one.sort == "about" for one in clause)


def of_amount(clause: Sequence[Token], lead: Sequence[Token], year: int | None) -> str:
    """What an amount is."""
    for role, sort in (("增", "up"), ("减", "down"), ("结余", "left")):
        if ends_with(clause, sort):
            return role
    sorts = telling(clause)
    if "opening" in sorts:
        return "年初"
    if "last" in sorts or any(one.sort == "year" and year and int(one.text[:4]) < year for one in clause):
        return "上年预算" if "budget" in sorts else "上年"
    if ends_with(clause, "total") and len(sorts) == 1:
        return "合计"
    last = next((one for one in reversed(sorts) if one in ("budget", "actual", "left")), "")
    return {"budget": "预算", "actual": "决算", "left": "结余"}.get(last, "数")


def of_percent(clause: Sequence[Token], lead: Sequence[Token], number: int) -> str:
    """What a percentage is; one that follows a figure at once belongs to the words before that figure (`内`)."""
    sorts = telling(clause)
    if number and sorts == ["share"] and lead[0].text == "的":
        return "内"
    if "share" in sorts:
        return "完成率" if "budget" in sorts and "total" not in sorts else "占比"
    if ends_with(clause, "up"):
        return "增率"
    if ends_with(clause, "down"):
        return "减率"
    if "done" in sorts or ("budget" in sorts and clause[-1].text == "的"):
        return "完成率" if "budget" in sorts or any("执行" in one.text or "预算" in one.text for one in clause if one.sort == "done") else "完成"
    if number and not sorts and all(one.sort == "fill" for one in lead) and lead:
        return "内"
    return "率"


def label(clause: Sequence[Token]) -> str:
    """The name that stands before an amount, without what only fills at its end."""
    kept = list(clause)
    while kept and kept[-1].sort == "fill":
        kept.pop()
    return plain("".join(one.text for one in kept if one.sort != "year"))


def plain(name: str) -> str:
    """A name without quotation marks and asides, so that it can be compared."""
    return COPULA.sub("", QUALITY.sub("", name))


def base(clause: Sequence[Token]) -> str:
    """What stands behind 占, or before 的 in 完成年初预算的."""
    for number, one in enumerate(clause):
        if one.sort in ("share", "done"):
            rest = list(clause[number + 1 :])
            while rest and rest[-1].sort in ("fill", "share"):
                rest.pop()
            return plain("".join(token.text for token in rest if token.sort != "year"))
    return ""


def subject(lead: Sequence[Token]) -> str:
    """What changed, where it is named: 与上年相比，收支总计增加… → 收支总计."""
    start = max((number + 1 for number, one in enumerate(lead) if one.sort == "delimiter" and one.text not in "、"), default=0)
    kept: list[str] = []
    target = False
    for one in lead[start:]:
        if one.sort == "versus":
            target = one.text not in ("相比", "对比", "相比较", "同比", "环比")
        elif one.sort in ("up", "down", "same", "share"):
            break
        elif not target and one.sort in ("text", "name", "budget", "actual", "opening", "left", "total", "delimiter"):
            kept.append(one.text)
    return plain("".join(kept)).removesuffix("的")
