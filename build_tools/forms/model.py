"""What a form is: blocks of rows and columns, how they are printed, and the identities that bind them.

Every value here comes from a YAML file in this folder (or in the district's own `forms/`); nothing about any one
table is written in Python. Words of the form stay Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from build_tools.diagnostics import Place, Severity
from build_tools.formula import Rule

Kind = Literal["fields", "lines", "coded", "records", "indicators"]
Type = Literal["amount", "count", "percent", "text", "prose", "date", "choice", "names", "term", "score", "target"]
Codes = Literal["", "functional", "economic"]
Style = Literal["sides", "rows", "sets", "transposed", "list"]
NUMERIC: tuple[Type, ...] = ("amount", "count", "score")
STATED = "载明"
TOP = ("{编号}", "部门：{部门}", "金额单位：{单位}")
DECIMALS: Mapping[str, int] = {"amount": 2, "count": 0}


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that is asked for: a column of a table, or a field.

    `head` holds the spanning headers above it. `stated` = a figure of the printed document that could be computed,
    kept beside the cell under 载明. `unit` is empty where the table's unit of amount holds. What is `private` (names and
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

    @property
    def data_key(self) -> str:
        """The key that staff write (under 载明 where `stated`)."""
        return self.key.removeprefix(STATED) if self.stated else self.key


@dataclass(frozen=True, slots=True)
class FixedRow:
    """A row that the form prints. `line` is its 行次; `code` its classification code where it stands for one."""

    key: str
    label: str
    place: Place
    line: int | None = None
    code: str = ""
    aliases: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    total: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A first-level indicator (产出指标) with its full marks (None where the form fixes none) and its second levels."""

    key: str
    label: str
    place: Place
    full: int | None = None
    under: tuple[FixedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a form. In `fields` the columns are the fields and there is one row; `total` names the root of a code tree.

    `groups` name runs of rows or columns for use in sums. `listed` are the codes that a `coded` block always prints;
    `flat` = its codes stand side by side under the total, without their parents. `ordinal` heads the numbers of records.
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

    def column(self, key: str) -> Column | None:
        """The column with this key."""
        return next((column for column in self.columns if column.key == key), None)

    def fixed_row(self, key: str) -> FixedRow | None:
        """The printed row with this key."""
        return next((row for row in self.rows if row.key == key), None)

    @property
    def alike(self) -> tuple[Column, ...]:
        """The columns that 每列 runs over: those of the same kind as the first, amounts and not the marks beside them."""
        return tuple(column for column in self.numeric if column.type == self.numeric[0].type)

    @property
    def numeric(self) -> tuple[Column, ...]:
        """Columns that hold figures of the table itself."""
        return tuple(column for column in self.columns if column.type in NUMERIC)


@dataclass(frozen=True, slots=True)
class Selector:
    """A resolved name: which cells, as (how, what) on both axes. `scope` is empty inside one disclosure.

    Rows: row, code, each (每行), parents (每级), children (下级), level (类/款/项), group, under (an indicator level, '' = all).
    Columns: column, each (每列), group.
    """

    table: str
    block: str
    row: tuple[str, str]
    column: tuple[str, str]
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """A rule of the form. `gives` fills what was left blank on the left side; `because` says why it is only a hint."""

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


@dataclass(frozen=True, slots=True)
class Layout:
    """How a form is printed, apart from the axes of its data.

    sides: blocks side by side with 行次, `lines` first and last 行次 of each; rows: code, name, columns;
    sets: code classes in column sets with `footers`; transposed: rows become columns; list: one block after the other.
    `numbered` = 行次 and 栏次 are printed; `headed` = the names of column sets are; `code_columns` cuts a code into its levels
    under `code_head`; `total_last` puts the total below its rows; `paired` prints the columns of a row side by side under it;
    `top` is what stands above the table, left, middle and right.
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
class Form:
    """One official table or section, for a span of years and a region (全国 = everywhere).

    `omitted` says whether a cell that staff left out is printed 0.00 (`zero`) or empty (`blank`). A `repeated` form is
    filled in once for each project, keyed by the project's address; `repeated` names the field that holds its name, and
    `measures` the figures that the project's own page shows.
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
    number: str = ""
    unit: str = ""
    region: str = "全国"
    years: tuple[int, int] = (1900, 2999)
    omitted: Literal["zero", "blank"] = "blank"
    notes: tuple[str, ...] = ()
    empty_note: str = ""
    repeated: str = ""
    measures: tuple[Measure, ...] = ()

    def block(self, key: str) -> Block | None:
        """The block with this key; a form with one block needs none."""
        return next((block for block in self.blocks if block.key == key), None)

    def serves(self, region: str, year: int) -> bool:
        """True where this form is used in that region and year."""
        return self.region in ("全国", region) and self.years[0] <= year <= self.years[1]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a disclosure: a heading and the forms under it."""

    slug: str
    heading: str
    tables: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """The ordered parts of one kind of disclosure, for a region and a span of years. `kind` is its Chinese name."""

    kind: str
    slug: str
    title: str
    sections: tuple[Section, ...]
    measures: tuple[Measure, ...]
    provenance: str
    place: Place
    region: str = "全国"
    years: tuple[int, int] = (1900, 2999)

    def serves(self, region: str, year: int) -> bool:
        """True where this template is used in that region and year."""
        return self.region in ("全国", region) and self.years[0] <= year <= self.years[1]

    @property
    def tables(self) -> tuple[str, ...]:
        """Every table key in official order."""
        return tuple(key for section in self.sections for key in section.tables)


@dataclass(frozen=True, slots=True)
class Forms:
    """Everything declared. Look-ups prefer what is declared for the region itself over 全国."""

    forms: tuple[Form, ...]
    templates: tuple[Template, ...]

    def form(self, key: str, region: str, year: int) -> Form | None:
        """The form with this key that serves the region and year."""
        fitting = [form for form in self.forms if form.key == key and form.serves(region, year)]
        return max(fitting, key=lambda form: form.region != "全国", default=None)

    def template(self, slug: str, region: str, year: int) -> Template | None:
        """The template of this kind (by file name) that serves the region and year."""
        fitting = [one for one in self.templates if one.slug == slug and one.serves(region, year)]
        return max(fitting, key=lambda one: one.region != "全国", default=None)
