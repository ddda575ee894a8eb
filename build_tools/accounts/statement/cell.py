"""A cell of a statement: its figure or words, and how it came by them."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from build_tools.diagnostics import Place


class State(Enum):
    """How a cell came by its content."""

    WRITTEN = "written"
    DERIVED = "derived"
    BLANK = "blank"
    OMITTED = "omitted"
    ABSENT = "absent"
    DOUBTFUL = "doubtful"


class Cell(NamedTuple):
    """`amount` in the unit of its table or field; `text` as written, or the word of absence.

    `rule` names the identity that derived it; `manner` is 摘要 or 原文 for prose.
    """

    state: State
    place: Place | None = None
    amount: Decimal | None = None
    text: str = ""
    rule: str = ""
    manner: str = ""


OMITTED = Cell(State.OMITTED)
