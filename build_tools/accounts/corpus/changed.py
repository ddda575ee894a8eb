"""What happened to a disclosure since it was first public: its editions, the figures that changed between them, and
whether it was taken back.

The values alone; `record` reads them from git. A disclosure carries them to the pages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from build_tools.diagnostics import Place


class Change(NamedTuple):
    """A figure that is another: table, block, row and column by their keys, both texts as printed ('' = not there).

    `follows` = nobody has written it, before or after: a total that follows from what was written. `why` and `approval`
    are those of the 更正 that names it.
    """

    table: str
    block: str
    row: str
    column: str
    old: str
    new: str
    follows: bool = False
    why: str = ""
    approval: str = ""


class Edition(NamedTuple):
    """A version that the public could read: its number from 1, its day, commit and contents in git ('' = not
    committed).
    """

    number: int
    day: str
    commit: str
    blob: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """The step from one edition to the next: which figures changed, and what staff say of it (date, what, why, by whose
    decision).
    """

    edition: Edition
    changes: tuple[Change, ...]
    said: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class History:
    """Of one disclosure: every edition, oldest first, and the steps between them. `partly` = git does not hold all."""

    editions: tuple[Edition, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A disclosure that was public and was taken back: when (as written), why, by whose decision."""

    date: str
    reason: str
    approval: str
    year: str = ""
    kind: str = ""
    place: Place = field(default=Place(""), compare=False)


UNCHANGED = History()
