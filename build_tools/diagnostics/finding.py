"""A finding: where, what, what was expected, by how much it is off, what to do, on what basis.

Findings are for the person who wrote the file, so every one has a place and, wherever one exists, a way out.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """错误 blocks the disclosure, 警告 is published and shown, 提示 is for staff."""

    ERROR = "错误"
    WARNING = "警告"
    HINT = "提示"

    def __reduce_ex__(self, protocol: object) -> tuple[type[Severity], tuple[str]]:
        """By its class alone: some versions of Python keep a member of an enumeration as a call of `getattr`, which
        `build/reading` refuses.
        """
        return Severity, (self.value,)


class Place(NamedTuple):
    """A stretch of one line. `line` and `column` count from 1, columns and `length` in code points."""

    file: str
    line: int = 1
    column: int = 1
    length: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell. `message` stands alone; the other fields are for renderings that have room.

    `expected`, `actual` and `difference` are as they would be printed in the table, in the unit of the table.
    `also` names further identities that fail because of the same cell; `paste` are lines of YAML that the hint asks
    for, ready to be copied.
    """

    code: str
    message: str
    place: Place
    severity: Severity = Severity.ERROR
    expected: str | None = None
    actual: str | None = None
    difference: Decimal | None = None
    hint: str | None = None
    citation: str | None = None
    also: tuple[str, ...] = ()
    paste: tuple[str, ...] = ()

    @property
    def blocks(self) -> bool:
        """True where the disclosure is held back."""
        return self.severity is Severity.ERROR


def in_reading_order(findings: list[Finding]) -> list[Finding]:
    """The same findings, once each, by file, line and column."""
    return sorted(dict.fromkeys(findings), key=lambda f: (f.place, f.code, f.message))
