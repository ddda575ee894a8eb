"""A table of a disclosure as CSV: every row with its district, department, year, kind, table and unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from build_tools.accounts.statement import State, Statement, printed_rows, read_target
from build_tools.diagnostics import CellRef
from build_tools.fast import make
from build_tools.forms import Axes, Block, Column, Form, Row
from build_tools.web.exports.csv_file import field, file_of, line_of

HEAD = "区划,部门,年度,公开类型,表,金额单位"
PROJECT = "项目代号,项目名称"
# the head of a file of rows, of a file of codes, of a file of cells
WIDE, CODED = "{before}项目,{columns},层级,系统计算", "{before}科目编码,科目名称,{columns},层级,系统计算"
LONG = "科目编码,项目,栏,内容,计量单位,系统计算"
# by the level of a row of codes
LEVEL_WORDS = "合计,类,款,项"
LEVELS = dict(enumerate(LEVEL_WORDS.split(",")))
# no operator, number and unit behind a line
UNREAD = ",,,"
# tables of different rows, of a department or two: one of two thousand rows takes two megabytes
SHAPES = 256
# blocks of lists, by the unit of their table
LISTS = 1024


class Wide(NamedTuple):
    """A row of a table as its file has it, but for the figures: the names before them, their cells, the level behind
    them.
    """

    names: str
    cells: tuple[CellRef, ...]
    level: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Who, when and what: the same on every row of a file."""

    district: str
    department: str
    year: int
    kind: str

    @property
    def words(self) -> tuple[str, ...]:
        """As the row says it."""
        return (self.district, self.department, str(self.year), self.kind)


def table_csv(statements: Sequence[Statement], origin: Origin) -> str:
    """The file of one table, or of all instances of a repeated form, with the project as a column.

    Values are those of the page; an empty table has its header row and nothing below it.
    """
    form, lines = statements[0].form, list[str]()
    fixed_head = f"{HEAD},{PROJECT}" if form.repeated else HEAD
    for statement in statements:
        head, *body = long_rows(statement) if form.layout.style == "list" else wide_rows(statement)
        lines = lines or [f"{fixed_head},{head}"]
        named = (statement.instance, statement.name) if form.repeated else ()
        fixed = line_of((*origin.words, form.title, statement.unit, *named))
        lines += [f"{fixed},{row}" for row in body]
    return file_of(lines)


def wide_rows(statement: Statement) -> Iterator[str]:
    """Header, then one line per row of the table; a cell that does not exist in a block is empty."""
    head, rows = wide_shape(statement.form, tuple(statement.axes.items()), statement.key)
    texts = statement.texts
    yield head
    for names, cells, level in rows:
        figures = ",".join([field(texts[ref]) for ref in cells])
        yield f"{names},{figures},{level},{derived(statement, cells) if statement.derives else ''}"


@lru_cache(maxsize=SHAPES)
def wide_shape(form: Form, blocks: tuple[tuple[str, Axes], ...], key: str) -> tuple[str, tuple[Wide, ...]]:
    """The header and the rows of all tables that have this shape."""
    several, coded = len(form.blocks) > 1, any(block.kind == "coded" for block in form.blocks)
    columns = list(dict.fromkeys(column.key for block in form.blocks for column in block.columns))
    numbered = several and form.layout.numbered
    lead = [*(["栏目"] if several else []), *(["行次"] if numbered else [])]
    rows = []
    for block_key, axes in blocks:
        lines = {fixed.key: "" if fixed.line is None else str(fixed.line) for fixed in axes.block.rows}
        for row in printed_rows(form, axes):
            names = [row.code, row.label] if axes.block.kind == "coded" else [full_label(row, axes.block)]
            where = [*([block_key] if several else []), *([lines.get(row.key, "")] if numbered else [])]
            cells = tuple(CellRef(key, block_key, row.key, column) for column in columns)
            rows.append(Wide(line_of((*where, *names)), cells, field(level(row, axes))))
    before = "".join(f"{one}," for one in lead)
    return (CODED if coded else WIDE).format(before=before, columns=line_of(columns)), tuple(rows)


def full_label(row: Row, block: Block) -> str:
    """A row's label with the heading it stands under, because in a file it stands alone."""
    fixed = block.fixed_row(row.key)
    return "：".join([*fixed.head, row.label]) if fixed else row.label


def long_rows(statement: Statement) -> Iterator[str]:
    """Header, then one line per cell: for sections that are lists of fields rather than one table."""
    levels = (
        ("一级指标", "二级指标") if any(axes.block.kind == "indicators" for axes in statement.axes.values()) else ()
    )
    read = ("读作：比较", "读作：数", "读作：单位") if levels else ()
    yield ",".join(("栏目", *levels, LONG, *read))
    key, texts, derives = statement.key, statement.texts, statement.derives
    for block_key, axes in statement.axes.items():
        columns = long_columns(axes.block, statement.unit)
        for row in axes.rows:
            lead = line_of((block_key, *([*row.under, "", ""][:2] if levels else ()), row.code, row.label))
            for column, name, unit in columns:
                ref = make(CellRef, (key, block_key, row.key, column.key, ""))
                if text := texts[ref]:
                    mark = "是" if derives and statement.cell(ref).state is State.DERIVED else ""
                    behind = f",{reading(text)}" if read and column.type == "target" else UNREAD if read else ""
                    yield f"{lead},{name},{field(text)},{unit},{mark}{behind}"


@lru_cache(maxsize=LISTS)
def long_columns(block: Block, unit: str) -> tuple[tuple[Column, str, str], ...]:
    """The columns of a block, their names and units as fields; `unit` is that of the table."""
    return tuple((column, field(column.key), field(column.unit_in(unit))) for column in block.columns)


def reading(text: str) -> str:
    """A target or actual value as operator, number and unit, three fields; empty where it cannot plainly be read."""
    target = read_target(text)
    return line_of((target.operator, f"{target.number:f}", target.unit)) if target else UNREAD[1:]


def level(row: Row, axes: Axes) -> str:
    """合计, 类, 款, 项; a reader who adds rows up needs to know which are sums."""
    if axes.block.kind == "coded" and row.level < 0:
        return LEVELS[0]
    return LEVELS.get(row.level, "")


def derived(statement: Statement, cells: Sequence[CellRef]) -> str:
    """The columns of a row that the system computed, in the order of its block, as a field."""
    found = {ref.column for ref in cells if statement.cell(ref).state is State.DERIVED}
    return field(
        "、".join(column.key for column in statement.axes[cells[0].block].block.columns if column.key in found)
    )
