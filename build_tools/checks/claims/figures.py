"""Tokens → figures that know what they are: a budget, what was spent, a change, a share; where they stand in a list.

A figure is read by the words between it and the figure before it (`roles`). What stands in a reason
(“主要原因是…5万元”) is told apart, because it explains other figures and is none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from build_tools.checks.claims import roles
from build_tools.checks.claims.role import Role
from build_tools.checks.claims.words import UNITS, UNPLANNED, Token

STRONG = "。！？"
# lists inside lists
DEEPEST = 3
# figures that are looked back over for what a list takes apart, tokens that are looked ahead for the end of 由…组成
LISTED, AHEAD = 40, 60
MADE_OF = ("组成", "构成")
# 支出100万元中，…
AMONG = ("中", "当中", "之中", "里")


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount (`unit` 万元 …), a percent (%), or percentage points (点). `role` is what the words make of it.

    `label` is its name as written, `subject` the words that say what changed or is shared, `base` the words behind 占
    or 比. `group` counts stretches between 。；and 其中, `parent` is the figure that it is listed under, by number;
    `bracket` counts the brackets behind figures, 0 outside. `either` = it may be a difference as well (小于预算5万元),
    `unclear` = it is only about, or cannot be read for certain: nothing is proved by it.
    """

    number: int
    token: Token
    role: Role
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
    bracket: int = 0
    either: bool = False
    unclear: bool = False

    @property
    def is_amount(self) -> bool:
        """True for money."""
        return self.token.unit in UNITS

    @property
    def value(self) -> Decimal:
        """The figure in its own unit."""
        return self.token.value

    def saying(self, *sorts: str) -> bool:
        """True where its words are of one of these classes."""
        return any(one.sort in sorts for one in self.lead)


@dataclass
class Stand:
    """Where reading has come to: the sentence, the stretch, the open lists (the figures they take apart), the newest
    year of the sentence.
    """

    sentence: int = 0
    group: int = 0
    lists: list[int | None] = field(default_factory=list)
    aside: bool = False
    year: int | None = None
    bracket: int = 0
    brackets: int = 0
    outside: list[int | None] = field(default_factory=list)

    def end(self) -> None:
        """A sentence is over."""
        self.sentence, self.group, self.lists, self.aside, self.year, self.bracket = (
            self.sentence + 1,
            self.group + 1,
            [],
            False,
            None,
            0,
        )

    def pause(self) -> None:
        """An item of a list is over; the outermost list, and one in a bracket, goes on."""
        self.group, self.lists, self.aside = (
            self.group + 1,
            self.lists[: len(self.outside) + 1 if self.bracket else 1],
            False,
        )

    def open(self, number: int | None) -> None:
        """A list begins that takes this figure apart."""
        self.group, self.aside, self.lists = self.group + 1, False, [*self.lists[-DEEPEST:], number]

    def bracketed(self, number: int) -> None:
        """A bracket behind a figure: what it lists are parts of that figure."""
        self.brackets, self.outside = self.brackets + 1, self.lists
        self.bracket, self.lists = self.brackets, [*self.lists[-DEEPEST:], number]

    def unbracketed(self) -> None:
        """The bracket is closed; what was open before it still is."""
        if self.bracket:
            self.bracket, self.lists, self.aside = 0, self.outside, False


def figures_of(tokens: Sequence[Token], year: int | None) -> list[Figure]:
    """Every amount and percentage of a paragraph, in order."""
    found: list[Figure] = []
    lead: list[Token] = []
    at = Stand()
    for place, token in enumerate(tokens):
        if token.sort == "number" and token.unit:
            found.append(figure(found, token, lead, at, year))
            at.year = max(at.year or 0, found[-1].year or 0) or None
            lead = []
            continue
        lead.append(token)
        last = found[-1] if found and len(lead) == 1 and found[-1].is_amount else None
        if token.sort == "delimiter":
            delimit(at, token.text, last)
        elif token.text in AMONG and last and tokens[place + 1 : place + 2] and tokens[place + 1].text in "，：":
            at.open(last.number)
        elif token.sort == "reason":
            at.aside = True
        elif (token.sort == "which" and list_begins(lead) and not roles.rates(lead)) or made_of(tokens, place):
            at.open(listed_under(found, lead, at.sentence))
    return found


def delimit(at: Stand, mark: str, last: Figure | None) -> None:
    """What a delimiter ends or begins; `last` is the amount that stands right before it."""
    if mark in STRONG:
        at.end()
    elif mark == "；":
        at.pause()
    elif mark == "（" and last and not at.bracket:
        at.bracketed(last.number)
    elif mark == "）":
        at.unbracketed()
    elif mark == "：" and last and last.role in (Role.AMOUNT, Role.ACTUAL) and last.parent is None:
        at.open(last.number)


def made_of(tokens: Sequence[Token], place: int) -> bool:
    """True for 由 in “，由…和…组成”."""
    if not (
        tokens[place].sort == "text"
        and tokens[place].text.startswith("由")
        and place
        and tokens[place - 1].text == "，"
    ):
        return False
    for one in tokens[place : place + AHEAD]:
        if one.sort == "delimiter" and one.text in "。；，":
            return False
        if one.sort == "text" and one.text.endswith(MADE_OF):
            return True
    return False


def list_begins(lead: Sequence[Token]) -> bool:
    """True where the word opens a list of its own; `包括` behind `其中` only goes on with it."""
    return not any(one.sort == "which" for one in lead[-3:-1])


def listed_under(found: Sequence[Figure], lead: Sequence[Token], sentence: int) -> int | None:
    """The amount that `其中` takes apart: the last before it that is no change; behind a full stop the last that is no
    item itself.
    """
    amounts = [
        one
        for one in found[-LISTED:]
        if one.is_amount and one.role in (Role.AMOUNT, Role.ACTUAL, Role.BUDGET) and not roles.is_base(one.lead)
    ]
    if not amounts or sentence - amounts[-1].sentence > 1:
        return None
    if amounts[-1].sentence == sentence:
        return amounts[-1].number
    start = max((number for number, one in enumerate(lead) if one.text in STRONG), default=-1) + 1
    own = roles.plain("".join(one.text for one in lead[start:] if one.sort not in ("which", "year", "fill")))
    if own:
        return next((one.number for one in reversed(amounts) if one.label and own.startswith(one.label)), None)
    return next((one.number for one in reversed(amounts) if one.parent is None and one.sentence == sentence - 1), None)


def figure(found: Sequence[Figure], token: Token, lead: Sequence[Token], at: Stand, year: int | None) -> Figure:
    """One figure with what its words make of it."""
    number, clause = len(found), roles.clause_of(lead)
    compared = roles.compared(lead, clause)
    role = (
        roles.of_amount(clause, year, at.year)
        if token.unit in UNITS
        else roles.of_percent(clause, lead, token, number, year, at.year)
    )
    about = roles.about(clause) and token.text not in UNPLANNED
    if token.text in UNPLANNED:
        role = Role.BUDGET
    elif about and not roles.nearly(clause, role):
        role = Role.APPROXIMATE
    elif compared == "by" or (
        compared == "either"
        and any(one.role == role != Role.AMOUNT and one.sentence == at.sentence for one in found[-LISTED:])
    ):
        role = Role.DIFFERENCE
    named = next((int(one.text[:4]) for one in reversed(lead) if one.sort == "year"), None)
    inline = bool(number) and not any(one.sort == "delimiter" for one in lead)
    label = token.text if token.text in UNPLANNED else roles.label(clause)
    at.aside = at.aside and not roles.spent_on(clause)
    parent = at.lists[-1] if at.lists else None
    return Figure(
        number,
        token,
        role,
        label,
        roles.subject(lead),
        roles.base(clause),
        at.sentence,
        at.group,
        parent,
        at.aside,
        inline,
        named,
        tuple(lead),
        at.bracket,
        compared == "either",
        token.unclear or about,
    )
