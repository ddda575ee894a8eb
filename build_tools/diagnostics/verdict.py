"""A verdict: what became of one identity at one place in the tables.

Verdicts are what the public sees. They say no more than was checked: what was derived from an identity, or could
not be run, is counted apart and never as passed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from build_tools.diagnostics.finding import Severity


class Outcome(StrEnum):
    """In the order in which the summary line counts them. ROUNDING: a rounding difference, which explains itself."""

    PASSED = "通过"
    ROUNDING = "尾差"
    FAILED = "不符"
    DERIVED = "推算"
    NOT_RUN = "未执行"
    EXPLAINED = "已说明"

    # an enumeration's own hash is a function in Python, and there are millions of verdicts to be counted
    __hash__ = str.__hash__


OUTCOMES = tuple(Outcome)
# an enumeration's own value is a function in Python too
WORDS = tuple((one, one.value) for one in Outcome)


class CellRef(NamedTuple):
    """The address of a cell. `scope` is empty inside one disclosure, else e.g. `上年.部门决算`."""

    table: str
    block: str
    row: str
    column: str
    scope: str = ""


class Verdict(NamedTuple):
    """`left` and `right` are both sides in the unit of the table; None where a side could not be computed.

    `table` is the key of the filled-in table whose form holds the rule. `cells` names every cell of both sides, the
    left one first; none where another table or year is not there. `slack` is the difference that rounding explains.
    `reason` says why an identity was not run, or what staff say of a known difference.
    """

    rule: str
    table: str
    outcome: Outcome
    cells: tuple[CellRef, ...]
    left: Decimal | None = None
    right: Decimal | None = None
    slack: Decimal = Decimal(0)
    severity: Severity = Severity.ERROR
    reason: str = ""

    @property
    def difference(self) -> Decimal | None:
        """Left minus right, None where a side is missing."""
        return None if self.left is None or self.right is None else self.left - self.right


def count_outcomes(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """How many verdicts of each outcome, every outcome named, in the order of the summary line."""
    found = Counter([verdict.outcome for verdict in verdicts])
    return {word: found.get(outcome, 0) for outcome, word in WORDS}


def occurring(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """How many verdicts of each outcome that there is."""
    found: dict[Outcome, int] = {}
    for verdict in verdicts:
        found[verdict.outcome] = found.get(verdict.outcome, 0) + 1
    return {word: found[outcome] for outcome, word in WORDS if outcome in found}


def added(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Several counts as one."""
    total = count_outcomes(())
    for one in counts:
        for word, number in one.items():
            total[word] += number
    return total
