"""A narrative as a value: parts under the form's headings, sentences, and in them the figures with where they come
from.

The formulas that a figure may be computed by stand here, each by its name, so that anybody can work it out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from build_tools.amount import WIDE
from build_tools.diagnostics import CellRef

HEADED = "系统根据表内数据生成"
HUNDRED = Decimal(100)


def per_cent(part: Decimal, whole: Decimal) -> Decimal:
    """As many per cent, with all the digits that there is room for."""
    return WIDE.divide(WIDE.multiply(HUNDRED, part), whole)


def apart(one: Decimal, other: Decimal) -> Decimal:
    """The difference without its sign."""
    return WIDE.abs(WIDE.subtract(one, other))


# what becomes of the cells that a figure names, in their order; amounts of different tables are first brought to the
# unit of the first
FORMULAS: Mapping[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "cell": lambda of: of[0],
    "magnitude": lambda of: WIDE.abs(of[0]),
    "count": lambda of: Decimal(len(of)),
    # part, whole
    "share": lambda of: per_cent(of[0], of[1]),
    # what was spent, what had been planned
    "completion": lambda of: per_cent(of[0], of[1]),
    # this year, last year
    "difference": lambda of: apart(of[0], of[1]),
    "growth": lambda of: per_cent(apart(of[0], of[1]), of[1]),
    # this year, and by how much it is more (less) than last year
    "growth-by-increase": lambda of: per_cent(WIDE.abs(of[1]), WIDE.subtract(of[0], of[1])),
    "growth-by-decrease": lambda of: per_cent(WIDE.abs(of[1]), WIDE.add(of[0], of[1])),
}
PERCENTAGES = ("share", "completion", "growth", "growth-by-increase", "growth-by-decrease")


class Quoted(NamedTuple):
    """A figure as printed, without its unit (a percentage with its sign), and the cells it comes from by which formula.

    `name` instead of a formula: the text is what the row of the cell is called. `source` is what the table itself
    prints, with its unit, where that is not 万元.
    """

    text: str
    refs: tuple[CellRef, ...]
    formula: str = "cell"
    source: str = ""


Piece = str | Quoted


@dataclass(frozen=True, slots=True)
class Sentence:
    """One paragraph as it is printed."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Its words and figures."""
        return "".join([piece if isinstance(piece, str) else piece.text for piece in self.pieces])

    @property
    def quoted(self) -> Iterator[Quoted]:
        """Its figures."""
        return (piece for piece in self.pieces if isinstance(piece, Quoted))


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading of the form; `heading` is the path from the top one down."""

    heading: tuple[str, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Narrative:
    """A whole text, in the order of the form."""

    parts: tuple[Part, ...]

    @property
    def sentences(self) -> Iterator[Sentence]:
        """Every sentence, in order."""
        return (sentence for part in self.parts for sentence in part.sentences)

    @property
    def text(self) -> str:
        """The text as people copy it: each heading once, each paragraph on its own line."""
        lines: list[str] = []
        path: tuple[str, ...] = ()
        for part in self.parts:
            lines += [
                heading for depth, heading in enumerate(part.heading) if path[: depth + 1] != part.heading[: depth + 1]
            ]
            lines += [sentence.text for sentence in part.sentences]
            path = part.heading
        return "".join(f"{line}\n" for line in lines)
