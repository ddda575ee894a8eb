"""A statement: one form filled in, every cell with its state and its place in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from build_tools.diagnostics import CellRef, Place
from build_tools.forms import Axes, Column, Form, Row
from build_tools.statement.cell import OMITTED, Cell, State
from build_tools.statement.texts import Texts
from build_tools.tuples import make

# 无 and 不涉及: there is nothing, so nothing is missing from a sum. The other two: there may be something, unknown here.
NOTHING = ("无", "不涉及")
UNSAID = ("依法不公开", "未载明")
ABSENCES = NOTHING + UNSAID


def instance_key(form: Form, instance: str) -> str:
    """The key under which a filled-in form is known; a name of a rule in the form means the same instance."""
    return f"{form.key}#{instance}" if instance else form.key


@dataclass(frozen=True)
class Statement:
    """`axes` and `doubtful` by block key; `cells` holds what was written or derived, the rest is omitted.

    `places` tells where a row's key stands; `absence` is the word that stands for the whole table; `note` is the unit's own note under it,
    which stands at `noted`.
    `amounts` are those of money as they were written, for calculations that ask for nothing else.
    """

    form: Form
    unit: str
    axes: Mapping[str, Axes]
    cells: Mapping[CellRef, Cell]
    place: Place
    absence: str = ""
    note: str = ""
    doubtful: frozenset[str] = frozenset()
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    instance: str = ""
    amounts: Mapping[CellRef, Decimal] = field(default_factory=dict)
    noted: Place | None = None

    @cached_property
    def key(self) -> str:
        """The table's key; of a repeated form each instance has its own."""
        return instance_key(self.form, self.instance)

    @cached_property
    def words(self) -> tuple[tuple[Axes, Row, Column, Cell], ...]:
        """The cells in which texts or names were written, in printed order: read by every check of words."""
        worded = [(key, axes, axes.block.worded) for key, axes in self.axes.items() if axes.block.worded]
        found = [(axes, row, column, self.at(key, row.key, column.key)) for key, axes, columns in worded for row in axes.rows for column in columns]
        return tuple([one for one in found if one[3].place])

    @cached_property
    def texts(self) -> Texts:
        """What its cells say in print: page, file, certificate and last year ask for the same."""
        return Texts(self.axes, self.cells, bool(self.absence), self.form.omitted == "zero")

    @cached_property
    def derives(self) -> bool:
        """True where the system computed any of its figures."""
        return State.DERIVED in [cell.state for cell in self.cells.values()]

    @cached_property
    def absent(self) -> bool:
        """True where any cell holds a word of absence."""
        return State.ABSENT in [cell.state for cell in self.cells.values()]

    @cached_property
    def anchor(self) -> str:
        """Its address inside a page."""
        return f"{self.form.slug}-{self.instance}" if self.instance else self.form.slug

    @property
    def name(self) -> str:
        """What the instance of a repeated form is called, '' for a form that is filled in once."""
        if not self.instance:
            return ""
        found = (self.at(block.key, "", self.form.repeated).text for block in self.form.blocks if block.column(self.form.repeated))
        return next((text for text in found if text), self.instance)

    def column(self, ref: CellRef) -> Column | None:
        """The column of this address; None where the form has none."""
        axes = self.axes.get(ref[1])
        return axes.block.by_key.get(ref[3]) if axes else None

    def cell(self, ref: CellRef) -> Cell:
        """The cell at this address; OMITTED where staff wrote nothing."""
        return self.cells.get(ref, OMITTED)

    def at(self, block: str, row: str, column: str) -> Cell:
        """The cell at this block, row and column."""
        return self.cells.get(make(CellRef, (self.key, block, row, column, "")), OMITTED)
