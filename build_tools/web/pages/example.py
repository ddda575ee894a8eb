"""An identity with made-up figures: once so that it holds, once off by the least that rounding cannot explain.

For `mingzhang explain` and the pages of the rule book. The figures follow from the formula alone, so that no example
can disagree with its rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from build_tools.forms import Form, Identity, Selector
from build_tools.formula import Relation, Value, additive, evaluate, leaves
from build_tools.web.pages.formula_text import names, spelled

ONE, CENT, HALF, EXACT = Decimal(1), Decimal("0.01"), Decimal("0.005"), Decimal(0)
# tried in turn: figures as they look in accounts, the largest first, so that what is taken away leaves something; then
# some
# that divide exactly: a part before its whole, a change before the whole without it, a whole before its part
AMOUNTS, *ROUND = (
    tuple(map(Decimal, text.split()))
    for text in (
        "107.20 60.86 35.50 12.40 6.25 3.18 2.05 1.60 0.85",
        "20 100 80 50 10 5 4 2 1",
        "20 80 100 50 10 5 4 2 1",
        "100 80 40 20 10 5 4 2 1",
    )
)
COUNTS = tuple(map(Decimal, (10, 8, 6, 5, 4, 3, 2, 1)))
ADDENDS, MOST_STEPS, LARGEST = 2, 200, 10**9


@dataclass(frozen=True, slots=True)
class Made:
    """A name as the formula writes it, and the figures made up for it, as a table prints them: one, or in a sum
    several.
    """

    name: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """Figures for every name, in the order of the formula, and what both sides come to.

    `text` is the formula with the figures in place of the names.
    """

    figures: tuple[Made, ...]
    text: str
    left: Decimal
    right: Decimal

    @property
    def difference(self) -> Decimal:
        """Left minus right."""
        return self.left - self.right


@dataclass(frozen=True, slots=True)
class Example:
    """`passing` is 通过; `failing` differs from it in the last figure of the name `moved` alone and is 不符.

    `slack` is the difference that rounding would explain in `failing`: half of the last digit for every figure that is
    not 0.
    """

    relation: Relation
    passing: Case
    failing: Case
    moved: str
    slack: Decimal


def example_of(identity: Identity, forms: Iterable[Form] = ()) -> Example | None:
    """An example for one identity; None where none of the figures tried makes it hold.

    `forms` say which names are counts and scores: their figures are whole and know no rounding; without the forms every
    figure is an amount with two decimals. A pure function: the same identity and forms give the same example.
    """
    parts = parts_of(identity, forms)
    plain = additive(identity.rule.left) and additive(identity.rule.right)
    starts = [
        Trial(identity, filled(parts, seed, identity.rule.relation)) for seed in ((AMOUNTS, *ROUND) if plain else ROUND)
    ]
    # nought is an example only where nothing else is
    for least, start in product((CENT, EXACT), starts):
        for part, even in solutions(start, least):
            failing = next((one for one in moves(even, part) if one.excess > one.slack), None)
            if failing:
                passing = start if start.excess < 0 else even
                return Example(
                    identity.rule.relation, passing.told(True), failing.told(False), part.written, failing.slack
                )
    return None


@dataclass(frozen=True, slots=True)
class Part:
    """A name of the rule: as written, how many cells it stands for here, whether its figures are whole and exact."""

    name: Selector
    written: str
    cells: int
    whole: bool

    @property
    def step(self) -> Decimal:
        """The least by which its figures differ."""
        return ONE if self.whole else CENT

    def value(self, figure: Decimal) -> Value:
        """A figure of it in a calculation."""
        return Value(figure, True, EXACT if self.whole or not figure else HALF)


def parts_of(identity: Identity, forms: Iterable[Form]) -> tuple[Part, ...]:
    """The names of a rule, each once, in the order of its text."""
    tables = {form.key: form for form in forms}
    found: dict[Selector, Part] = {}
    every = [leaf for side in (identity.rule.left, identity.rule.right) for leaf in leaves(side)]
    for (name, summed), (written, _, _) in zip(every, names(identity.text), strict=True):
        found.setdefault(
            name,
            Part(name, written, ADDENDS if summed else 1, is_whole(name, tables.get(name.table.partition("#")[0]))),
        )
    return tuple(found.values())


def is_whole(name: Selector, form: Form | None) -> bool:
    """True for counts and scores."""
    block = form.block(name.block) if form else None
    if block is None:
        return False
    how, what = name.column
    keys = {"column": (what,), "group": (block.groups or {}).get(what, ())}.get(how) or tuple(
        column.key for column in block.alike
    )
    column = block.column(keys[0]) if keys else None
    return column is not None and column.type in ("count", "score")


@dataclass(frozen=True, slots=True)
class Trial:
    """A rule with figures for its names."""

    identity: Identity
    figures: Mapping[Part, tuple[Decimal, ...]]

    def having(self, part: Part, figure: Decimal) -> Trial:
        """The same with another last figure of one name."""
        return replace(self, figures={**self.figures, part: (*self.figures[part][:-1], figure)})

    @property
    def sides(self) -> tuple[Value, Value]:
        """What left and right come to."""
        values = {part.name: [part.value(figure) for figure in some] for part, some in self.figures.items()}
        rule = self.identity.rule
        return evaluate(rule.left, values.__getitem__), evaluate(rule.right, values.__getitem__)

    @property
    def difference(self) -> Decimal | None:
        """Left minus right; None where a side cannot be computed."""
        left, right = self.sides
        return None if left.amount is None or right.amount is None else left.amount - right.amount

    @property
    def excess(self) -> Decimal:
        """By how much the relation is missed; less than nothing where it holds with room to spare."""
        difference = self.difference
        if difference is None:
            return EXACT
        return {"==": abs(difference), "<=": difference, ">=": -difference}[self.identity.rule.relation]

    @property
    def slack(self) -> Decimal:
        """The difference that rounding explains, as the checks reckon it."""
        left, right = self.sides
        return max(left.slack, HALF if left.slack or right.slack else EXACT) + right.slack

    def told(self, holds: bool) -> Case:
        """As it is shown."""
        left, right = (side.amount or EXACT for side in self.sides)
        printed = {
            part: tuple(f"{figure.quantize(part.step):f}" for figure in some) for part, some in self.figures.items()
        }
        by_name = {part.written: some for part, some in printed.items()}
        shown = [by_name[written] for written, _, _ in names(self.identity.text)]
        return Case(
            tuple(Made(part.written, some) for part, some in printed.items()),
            spelled(self.identity.text, shown, holds),
            left,
            right,
        )


def filled(parts: tuple[Part, ...], seed: tuple[Decimal, ...], relation: Relation) -> dict[Part, tuple[Decimal, ...]]:
    """Figures for every name from the seed, over again where it is too short.

    The first name comes last: it is the total that the others make, or the smaller figure of a comparison.
    """
    given: dict[Part, tuple[Decimal, ...]] = {}
    used = {True: 0, False: 0}
    for part in parts if relation == ">=" else (*parts[1:], *parts[:1]):
        source, start = COUNTS if part.whole else seed, used[part.whole]
        given[part] = tuple(source[(start + number) % len(source)] for number in range(part.cells))
        used[part.whole] += part.cells
    return {part: given[part] for part in parts}


def solutions(start: Trial, least: Decimal) -> Iterator[tuple[Part, Trial]]:
    """Both sides made equal by the last figure of one name, no less than `least`; the names in the order of the
    formula.
    """
    for part in start.figures:
        # a straight line through two points; whether it was one is seen where it meets zero
        at_zero, at_one = start.having(part, EXACT).difference, start.having(part, ONE).difference
        if at_zero is None or at_one is None or at_zero == at_one:
            continue
        solution = at_zero / (at_zero - at_one)
        if least <= solution < LARGEST:
            even = start.having(part, solution.quantize(part.step) + 0)
            if even.difference == 0:
                yield part, even


def moves(even: Trial, part: Part) -> Iterator[Trial]:
    """The last figure of one name moved, step by step away from where it is."""
    figure = even.figures[part][-1]
    for number in range(1, MOST_STEPS):
        for moved in (figure + number * part.step, figure - number * part.step):
            if moved >= 0:
                yield even.having(part, moved)
