"""A statement: one form filled in, every cell with its state and its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from build_tools.accounts.statement.cell import OMITTED, Cell, State
from build_tools.accounts.statement.texts import Texts
from build_tools.diagnostics import CellRef, Place
from build_tools.fast import make
from build_tools.forms import Axes, Column, Concept, Form, Row, Spot, spots_together

# 无 and 不涉及: there is nothing, so nothing is missing from a sum. The other two: there may be something, unknown
# here.
NOTHING = ("无", "不涉及")
UNSAID = ("依法不公开", "未载明")
ABSENCES = NOTHING + UNSAID


def instance_key(form: Form, instance: str) -> str:
    """The key under which a filled-in form is known; a name of a rule in the form means the same instance."""
    return f"{form.key}#{instance}" if instance else form.key


@dataclass(frozen=True)
class Statement:
    """`axes` and `doubtful` by block key; `cells` holds what was written or derived, the rest is omitted.

    `places` tells where a row's key stands; `absence` is the word that stands for the whole table; `note` is the unit's
    own note under it, which stands at `noted`. `amounts` are those of money as they were written, for calculations that
    ask for nothing else.
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
        found = [
            (axes, row, column, self.at(key, row.key, column.key))
            for key, axes, columns in worded
            for row in axes.rows
            for column in columns
        ]
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
        found = (
            self.at(block.key, "", self.form.repeated).text
            for block in self.form.blocks
            if block.column(self.form.repeated)
        )
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

    def locate(self, *concepts: Concept, row: str = "") -> CellRef | None:
        """The address that concepts of one block name together (a row and a column, or a cell alone), in `row` where
        they leave it open; None where the form lacks one of them.
        """
        spots = spots_together(self.form.concepts, concepts)
        if not spots:
            return None
        rows, columns = ([spot.row for spot in spots if spot.row], [spot.column for spot in spots if spot.column])
        parts = (spots[0].block, rows[-1] if rows else row, columns[-1] if columns else "")
        return make(CellRef, (self.key, *parts, ""))

    def spot(self, concept: Concept) -> Spot | None:
        """Block, row and column of a concept, the first of several; None where the form lacks it."""
        return next(iter(self.form.concepts.get(concept, ())), None)

    def axes_of(self, concept: Concept) -> Axes | None:
        """Rows and columns of the block in which a concept stands."""
        spot = self.spot(concept)
        return self.axes.get(spot.block) if spot else None

    def name_of(self, concept: Concept) -> str:
        """What staff call it: the key of its column, else of its row or block; '' where the form lacks it."""
        return self.form.name_of(concept)

    def cell_in(self, block: str, row: str, concept: Concept) -> Cell:
        """The cell of a row in the column that a concept names in this block; OMITTED where the block lacks it."""
        column = self.form.column_of(concept, block)
        return self.at(block, row, column.key) if column else OMITTED

    def cell_of(self, *concepts: Concept, row: str = "") -> Cell:
        """The cell that concepts name; OMITTED where the form lacks it or staff wrote nothing."""
        ref = self.locate(*concepts, row=row)
        return self.cells.get(ref, OMITTED) if ref else OMITTED

    def text_of(self, *concepts: Concept, row: str = "") -> str:
        """What staff wrote there, '' where nothing is."""
        return self.cell_of(*concepts, row=row).text


def find_table(tables: Mapping[str, Statement], concept: Concept) -> Statement | None:
    """The table of a disclosure that has a concept (of a form that is filled in once); None where none does."""
    return next((one for one in tables.values() if concept in one.form.concepts and not one.instance), None)


def find_tables(tables: Mapping[str, Statement], concept: Concept) -> Iterator[Statement]:
    """Every instance of the forms that have a concept, in order."""
    return (one for one in tables.values() if concept in one.form.concepts)
