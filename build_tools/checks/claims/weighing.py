"""A comparison in words and the figures that it joins → an outcome, with the words that tell it.

Where several figures can be meant, all of them have to agree; where the figure behind the word can be the other side or
the difference, the one that fits decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from build_tools.checks.claims.figures import Figure
from build_tools.checks.claims.judging import CENT, differing, half_of, shown, signed
from build_tools.checks.claims.kinds import DIRECTION, EXCESS, Kind
from build_tools.checks.claims.model import Outcome
from build_tools.checks.claims.naming import Named
from build_tools.checks.claims.words import UNITS, Token

TURNED = {"大于": "小于", "小于": "大于", "等于": "等于"}
# 基本持平 may hide this part of the budget
NEARLY, ROUGH = Decimal("0.05"), ("基本持平", "大致相当")
Pairs = tuple[tuple[Figure, Figure], ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A word that compares, and what stands around it: its clause before it, what follows up to a figure, the figures
    of the paragraph.

    `at` of them stand before it; `names` are amounts by what they are called, of the text and of its tables; `year` is
    the document's.
    """

    tokens: Sequence[Token]
    place: int
    before: Sequence[Token]
    after: Sequence[Token]
    figures: Sequence[Figure]
    at: int
    names: Mapping[str, list[Named]]
    year: int | None

    @property
    def token(self) -> Token:
        """The word itself."""
        return self.tokens[self.place]

    @property
    def inline(self) -> Figure | None:
        """The amount that stands at once before it: 支出4万元小于预算5万元."""
        last = self.figures[self.at - 1] if self.at else None
        return last if last and last.is_amount and self.before and self.before[-1].sort == "number" else None


@dataclass(frozen=True, slots=True)
class Direction:
    """A comparison in words: the word, which way it puts the first side against the second, and the figures that they
    can be.

    `own` is a figure behind the word that is the second side or the difference, `this` the first side where only that
    is known.
    """

    token: Token
    way: str
    pairs: Pairs = ()
    kind: Kind = DIRECTION
    own: Figure | None = None
    this: Figure | None = None
    sides: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Weighed:
    """What became of it. `stated` and `computed` are what is written and what the figures bear out; `pair` are these
    figures.
    """

    outcome: Outcome
    kind: Kind
    stated: str = ""
    computed: str = ""
    pair: tuple[Figure, ...] = ()


def weigh(one: Direction) -> Weighed:
    """The outcome of a comparison; 未核对 where its figures were not found, cannot be read for certain, or do not
    agree.
    """
    figures = [figure for pair in one.pairs for figure in pair] + ([one.own] if one.own else [])
    if any(figure.unclear for figure in figures):
        return Weighed(Outcome.UNREAD, one.kind)
    if not one.pairs:
        return impossible(one)
    found = [weigh_pair(one, *pair) for pair in one.pairs]
    if one.own and (fitting := next((other for other in found if other.outcome is Outcome.PASSED), None)):
        return fitting
    agreed = len({other.outcome for other in found}) == 1
    return found[0] if agreed else Weighed(Outcome.UNREAD, one.kind)


def weigh_pair(one: Direction, left: Figure, right: Figure) -> Weighed:
    """The outcome for these two figures."""
    this, other = signed(left), signed(right)
    room = half_of(left, CENT) + half_of(right, CENT)
    real = "大于" if this > other else "小于" if this < other else "等于"
    own = abs(signed(one.own)) if one.own else other
    # 小于预算5万元, of a budget that is another: by so much; what fits neither way is wrong either way
    if one.own and abs(own - other) > 2 * room and abs(abs(this - other) - own) > 2 * room:
        computed = differing(one.own, abs(this - other) / UNITS[one.own.token.unit])
        return Weighed(Outcome.FAILED, EXCESS, shown(one.own, one.own.value), computed, (left, right))
    if real == one.way or (one.way == "等于" and one.token.text in ROUGH and abs(this - other) <= NEARLY * abs(other)):
        return Weighed(Outcome.PASSED, one.kind, one.way, real, (left, right))
    near = one.way == "等于" and abs(this - other) <= room
    return Weighed(Outcome.ROUNDING if near else Outcome.FAILED, one.kind, one.way, real, (left, right))


def impossible(one: Direction) -> Weighed:
    """支出100万元，大于预算120万元: more than 120 it is not, and 120 more than the budget neither."""
    if one.own and one.this and not one.this.unclear and one.way == "大于" and 0 <= signed(one.this) < signed(one.own):
        return replace(weigh_pair(replace(one, own=None), one.this, one.own), outcome=Outcome.FAILED)
    return Weighed(Outcome.UNREAD, one.kind)
