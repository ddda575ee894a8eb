"""What flows through the reader: a claim with its possible readings, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from build_tools.checks.claims.figures import Figure
from build_tools.checks.claims.kinds import Kind


class Outcome(StrEnum):
    """In the order in which they are counted. 零基数: a percentage of nothing; 未核对: the figures it joins were not
    found for certain.
    """

    PASSED = "通过"
    ROUNDING = "尾差"
    FAILED = "不符"
    ZERO_BASE = "零基数"
    UNREAD = "未核对"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a claim: a kind and the figures for the names of its rule. Only a `sure` one can fail."""

    kind: Kind
    figures: Mapping[str, tuple[Figure, ...]]
    sure: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of a text. `kind` is its English key; `line` and `column` count from 1, `length` in characters of the
    text.

    `figures` are the figures of its clause as printed, `word` the word that says which way (增长, 减少, 大于),
    `sentence` the text around it.
    """

    kind: str
    line: int
    column: int
    length: int
    figures: tuple[str, ...]
    sentence: str
    word: str
    stated: Figure | None
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its outcome. `computed` is what it should say, `formula` how that is worked out, both as printed; ''
    where unread.
    """

    claim: Claim
    outcome: Outcome
    stated: str = ""
    computed: str = ""
    formula: str = ""
    reason: str = ""
    says: str = ""


def count(judged: Iterable[Judged]) -> dict[str, int]:
    """How many of each outcome, every outcome named."""
    counts = {outcome.value: 0 for outcome in Outcome}
    for one in judged:
        counts[one.outcome.value] += 1
    return counts
