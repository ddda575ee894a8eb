"""The parts of a form's axes: columns, printed rows, indicator levels, and the block that holds them.

What is written here comes from a form's YAML; how it is printed stands in the form's layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from build_tools.diagnostics import Place

Kind = Literal["fields", "lines", "coded", "records", "indicators"]
Type = Literal[
    "amount",
    "count",
    "percent",
    "text",
    "prose",
    "date",
    "choice",
    "names",
    "term",
    "score",
    "target",
    "project",
    "ordinal",
]
# functional classification (功能分类) and economic classification (经济分类)
Codes = Literal["", "functional", "economic"]
Style = Literal["sides", "rows", "sets", "transposed", "list"]
WORDED: tuple[Type, ...] = ("text", "prose", "names")
NUMERIC: tuple[Type, ...] = ("amount", "count", "score")
STATED = "载明"
TOP = ("{编号}", "部门：{部门}", "金额单位：{单位}")
DECIMALS: Mapping[str, int] = {"amount": 2, "count": 0}


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that is asked for: a column of a table, or a field.

    `head` holds the spanning headers above it. `stated` = a figure of the printed document that could be computed, kept
    beside the cell under 载明. `unit` is empty where the table's unit of amount holds. What is `private` (names and
    telephones of staff) is never published, only that it was filled in; `blank` is printed where nothing was written.
    """

    key: str
    label: str
    type: Type
    place: Place
    unit: str = ""
    number: str = ""
    head: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    stated: bool = False
    private: bool = False
    blank: str = ""

    def unit_in(self, unit: str) -> str:
        """The unit of its figures in a table whose unit of amount is `unit`; '' for words and percentages."""
        return self.unit or (unit if self.type == "amount" else "")

    @property
    def data_key(self) -> str:
        """The key that staff write (under 载明 where `stated`)."""
        return self.key.removeprefix(STATED) if self.stated else self.key


@dataclass(frozen=True, slots=True)
class FixedRow:
    """A row that the form prints. `line` is its 行次 (counted, see `numbering`), `gap` how many lines are left empty
    above it; `code` its classification code where it stands for one.
    """

    key: str
    label: str
    place: Place
    line: int | None = None
    code: str = ""
    aliases: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    total: bool = False
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Level:
    """A first-level indicator (产出指标) with its full marks (None where the form fixes none) and its second levels."""

    key: str
    label: str
    place: Place
    full: int | None = None
    under: tuple[FixedRow, ...] = ()


# one object for each declaration, compared as such: its look-ups are made once, and what is worked out for it is kept
@dataclass(frozen=True, eq=False)
class Block:
    """One part of a form. In `fields` the columns are the fields and there is one row; `total` names the root of a code
    tree.

    `groups` name runs of rows or columns for use in sums. `listed` are the codes that a `coded` block always prints;
    `flat` = its codes stand side by side under the total, without their parents. `ordinal` heads the numbers of
    records. `wanted` are columns of which at least one must be filled in for its text to say anything.
    """

    key: str
    kind: Kind
    columns: tuple[Column, ...]
    place: Place
    heading: tuple[str, ...] = ()
    rows: tuple[FixedRow, ...] = ()
    groups: Mapping[str, tuple[str, ...]] | None = None
    codes: Codes = ""
    total: str = ""
    flat: bool = False
    listed: Mapping[str, str] | None = None
    levels: tuple[Level, ...] = ()
    exclusive: tuple[tuple[str, ...], ...] = ()
    note: str = ""
    ordinal: str = ""
    wanted: tuple[str, ...] = ()

    def column(self, key: str) -> Column | None:
        """The column with this key."""
        return self.by_key.get(key)

    def fixed_row(self, key: str) -> FixedRow | None:
        """The printed row with this key."""
        return self.printed_by_key.get(key)

    @cached_property
    def printed_by_key(self) -> Mapping[str, FixedRow]:
        """The printed rows by their keys."""
        return {row.key: row for row in reversed(self.rows)}

    @cached_property
    def by_key(self) -> Mapping[str, Column]:
        """The columns by their keys."""
        return {column.key: column for column in reversed(self.columns)}

    @cached_property
    def asked(self) -> tuple[Column, ...]:
        """The columns that staff fill in, without what a printed document states."""
        return tuple(column for column in self.columns if not column.stated)

    @cached_property
    def alike(self) -> tuple[Column, ...]:
        """The columns that 每列 runs over: those of the same kind as the first, amounts and not the marks
        beside them.
        """
        return tuple(column for column in self.numeric if column.type == self.numeric[0].type)

    @cached_property
    def numeric(self) -> tuple[Column, ...]:
        """Columns that hold figures of the table itself."""
        return tuple(column for column in self.columns if column.type in NUMERIC)

    @cached_property
    def worded(self) -> tuple[Column, ...]:
        """Columns of texts and of names."""
        return tuple(column for column in self.columns if column.type in WORDED)

    @cached_property
    def printed(self) -> tuple[Row, ...]:
        """The rows that the form prints, as they stand in every statement; the one row of named fields."""
        if self.kind == "fields":
            return (Row("", ""),)
        return tuple(Row(row.key, row.label, row.code, level=0 if row.total else -1) for row in self.rows)

    @cached_property
    def axes(self) -> Axes:
        """The axes of a block whose rows are the printed ones, in every statement."""
        return axes_for(self, self.printed)


class Row(NamedTuple):
    """A row of a statement. `level`: 0 total, 1 类, 2 款, 3 项, -1 a printed row outside the code tree.

    `parent` is the key of the row above in the code tree; `derived` = staff did not write the row. An indicator stands
    `under` its first and second level, by their keys.
    """

    key: str
    label: str
    code: str = ""
    parent: str = ""
    level: int = -1
    derived: bool = False
    under: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Axes:
    """The rows and columns of one block as they stand in a statement. Equal axes are one object (`axes_for`)."""

    block: Block
    rows: tuple[Row, ...]

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Rows as printed, by key."""
        return {row.key: row.label for row in self.rows}

    @cached_property
    def by_code(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of rows by their code."""
        return keys_by((row.code, row.key) for row in self.rows)

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """The keys of rows by that of the row above them."""
        return keys_by((row.parent, row.key) for row in self.rows)


def keys_by(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """What belongs to each first part, in order."""
    found: dict[str, list[str]] = {}
    for first, key in pairs:
        found.setdefault(first, []).append(key)
    return {first: tuple(keys) for first, keys in found.items()}


@lru_cache(maxsize=4096)
def axes_for(block: Block, rows: tuple[Row, ...]) -> Axes:
    """The axes with these rows: many years and departments have the same, and what is bound to them is worked
    out once.
    """
    return Axes(block, rows)
