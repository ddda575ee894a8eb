"""What a form is: blocks of rows and columns, how they are printed, and the identities that bind them.

Every value here comes from a YAML file in this folder (or in the district's own `forms/`); nothing about any one
table is written in Python. Words of the form stay Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from build_tools.diagnostics import Place, Severity
from build_tools.forms.blocks import TOP, Block, Column, Style
from build_tools.forms.concepts import Concept, Concepts
from build_tools.formula import Rule, leaves, signs

Blanks = Literal["", "zero", "silent"]


@dataclass(frozen=True, slots=True)
class Selector:
    """A resolved name: which cells, as (how, what) on both axes. `scope` is empty inside one disclosure.

    Rows: row, code, each (每行), classes (每类), parents (每级), children (下级), same (同码), twin (同行), level
    (类/款/项), group, under (an indicator level or the level of a list's ordinals, '' = all). Columns: column, each
    (每列), group.
    """

    table: str
    block: str
    row: tuple[str, str]
    column: tuple[str, str]
    scope: str = ""


# one object for each declaration, compared as such: instances are kept by it
@dataclass(frozen=True, eq=False)
class Identity:
    """A rule of the form. `gives` fills what was left blank on the left side; `because` says why it is only a hint.

    `blanks`: `zero` = what is blank counts as 0.00, so that a figure in one table cannot be missing in the other, and
    where both sides are blank nothing is said; `silent` = where the left side states nothing there is nothing to check;
    otherwise a blank side means that the identity could not be run. `natures` are the kinds of unit (性质) that it
    holds for; none = every unit.
    """

    id: str
    says: str
    text: str
    rule: Rule[Selector]
    citation: str
    place: Place
    table: str
    gives: tuple[Selector, ...] = ()
    severity: Severity = Severity.ERROR
    because: str = ""
    blanks: Blanks = ""
    natures: tuple[str, ...] = ()

    @cached_property
    def names(self) -> tuple[Selector, ...]:
        """Every name of both sides, in order."""
        return tuple(name for side in (self.rule.left, self.rule.right) for name, _ in leaves(side))

    @cached_property
    def width(self) -> int:
        """How many names stand on the left side."""
        return len(tuple(leaves(self.rule.left)))

    @cached_property
    def signs(self) -> tuple[tuple[bool, ...] | None, tuple[bool, ...] | None]:
        """For the names of each side whether they are subtracted; None for a side that does more than add and
        subtract.
        """
        return signs(self.rule.left), signs(self.rule.right)

    @cached_property
    def right(self) -> tuple[Selector, ...]:
        """The names of the right side."""
        return tuple(name for name, _ in leaves(self.rule.right))

    @cached_property
    def mine(self) -> tuple[Selector, ...]:
        """The names of the rule's own table, or, where it has none, of this disclosure."""
        inside = tuple(name for name in self.names if not name.scope)
        return tuple(name for name in inside if name.table == self.table) or inside


@dataclass(frozen=True, slots=True)
class Layout:
    """How a form is printed, apart from the axes of its data.

    sides: blocks side by side with 行次, `lines` first and last 行次 of each; rows: code, name, columns; sets: code
    classes in column sets with `footers`; transposed: rows become columns; list: one block after the other. `numbered`
    = 行次 and 栏次 are printed; `headed` = the names of column sets are; `code_columns` cuts a code into its levels
    under `code_head`; `total_last` puts the total below its rows; `paired` prints the columns of a row side by side
    under it; `top` is what stands above the table, left, middle and right.
    """

    style: Style
    lines: tuple[tuple[int, int], ...] = ()
    sets: tuple[tuple[str, ...], ...] = ()
    set_heads: tuple[tuple[str, int], ...] = ()
    footers: tuple[tuple[str, int], ...] = ()
    numbered: bool = True
    headed: bool = True
    titles: tuple[str, ...] = ()
    code_columns: tuple[str, ...] = ()
    code_head: str = ""
    total_last: bool = False
    paired: bool = False
    top: tuple[str, ...] = TOP


@dataclass(frozen=True, slots=True)
class Measure:
    """A key figure of a disclosure, for pages that show many: a label and the cell it comes from."""

    key: str
    label: str
    cell: Selector


@dataclass(frozen=True, slots=True)
class Reason:
    """A field that asks why a figure differs from another: the cell `against`, or last year's figure where that is
    None.

    `than` is what it is compared with, in words. Where the rows are left open all three stand in the same row.
    """

    field: Selector
    figure: Selector
    against: Selector | None = None
    than: str = ""


@dataclass(frozen=True)
class Form:
    """One official table or section. Where and when it is used stands in the templates that list its `variant`.

    `omitted` says whether a cell that staff left out is printed 0.00 (`zero`) or empty (`blank`). A `repeated` form is
    filled in once for each project, keyed by the project's address; `repeated` names the field that holds its name, and
    `measures` the figures that the project's own page shows. `grades` are the words of 等级 with the marks from which
    each holds, best first. `reasons` are its fields for reasons, each with the figures that it is asked for. `choices`
    are the other ways in which documents print the form (行式), each `chosen` by the names that a disclosure writes.
    """

    key: str
    slug: str
    title: str
    kind: str
    blocks: tuple[Block, ...]
    layout: Layout
    rules: tuple[Identity, ...]
    provenance: str
    place: Place
    variant: str = ""
    number: str = ""
    unit: str = ""
    omitted: Literal["zero", "blank"] = "blank"
    notes: tuple[str, ...] = ()
    empty_note: str = ""
    repeated: str = ""
    measures: tuple[Measure, ...] = ()
    grades: tuple[tuple[str, int], ...] = ()
    concepts: Concepts = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    choices: tuple[Form, ...] = ()
    chosen: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """Equal forms have these in common; what is worked out for a form is kept by it, and all fields would be asked
        at every table.
        """
        return hash((self.variant, self.number, self.chosen))

    @cached_property
    def private(self) -> frozenset[tuple[str, str]]:
        """Block and column of what is not public."""
        return frozenset((block.key, column.key) for block in self.blocks for column in block.columns if column.private)

    def block(self, key: str) -> Block | None:
        """The block with this key; a form with one block needs none."""
        return next((block for block in self.blocks if block.key == key), None)

    @cached_property
    def _columns_by_concept(self) -> Mapping[tuple[str, str], Column]:
        """Columns by concept and block."""
        blocks = {block.key: block for block in self.blocks}
        return {
            (name, spot.block): blocks[spot.block].by_key[spot.column]
            for name, spots in self.concepts.items()
            for spot in reversed(spots)
            if spot.column
        }

    def name_of(self, concept: Concept) -> str:
        """What staff call a concept: the key of its column, else of its row or block; '' where the form lacks it."""
        spot = next(iter(self.concepts.get(concept, ())), None)
        return spot.column or spot.row or spot.block or self.key if spot else ""

    def column_of(self, concept: Concept, block: str) -> Column | None:
        """The column that a concept names in this block, the first of several; None where the block lacks it."""
        return self._columns_by_concept.get((concept, block))

    def reasons_in(self, block: str) -> tuple[str, ...]:
        """The columns of a block that ask for a reason, by key."""
        return tuple(one.field.column[1] for one in self.reasons if one.field.block == block)

    def printed_as(self, names: tuple[str, ...]) -> Form | None:
        """The form as documents print it that say 行式 so; None where a name is none of this form's."""
        if not names:
            return self
        return next((one for one in self.choices if set(one.chosen) == set(names)), None)

    @property
    def choice_names(self) -> tuple[str, ...]:
        """The names that 行式 can say."""
        return tuple(dict.fromkeys(name for one in self.choices for name in one.chosen))
