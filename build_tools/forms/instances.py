"""A rule with 每行, 每列 and 下级 → one instance per row and column, every name a list of cell addresses.

The same binding serves the proof at load time (on model rows) and the checks (on the rows of a real statement).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from build_tools.diagnostics import CellRef
from build_tools.forms.blocks import Block
from build_tools.forms.model import Identity, Selector
from build_tools.forms.resolve import LEVELS
from build_tools.formula import Name, Rule, leaves, replace_names

Refs = tuple[CellRef, ...]


@dataclass(frozen=True, slots=True)
class Row:
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


@dataclass(frozen=True, slots=True)
class Axes:
    """The rows and columns of one block as they stand in a statement; None for a table that is absent."""

    block: Block
    rows: tuple[Row, ...]


AxesOf = Callable[[Selector], "Axes | None"]


@dataclass(frozen=True, slots=True)
class Instance:
    """An identity at one row and column. `gives` = the left cell, where the identity may fill it."""

    identity: Identity
    rule: Rule[Refs]
    gives: CellRef | None

    @property
    def cells(self) -> Refs:
        """Every cell of both sides, the left side first, each once."""
        refs = [ref for side in (self.rule.left, self.rule.right) for names, _ in leaves(side) for ref in names]
        return tuple(dict.fromkeys(refs))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where 每行 and 每列 stand."""

    row: Row | None
    column: str | None


def localize(identity: Identity, table: str) -> Identity:
    """The identity for one instance of a repeated form: the form's own names mean that instance."""
    if identity.table == table:
        return identity

    def here(name: Selector, _: bool = False) -> Selector:
        return replace(name, table=table) if name.table == identity.table and not name.scope else name

    rule = Rule(identity.rule.relation, replace_names(identity.rule.left, here), replace_names(identity.rule.right, here))
    return replace(identity, rule=rule, table=table, gives=tuple(here(name) for name in identity.gives))


def instances(identity: Identity, axes_of: AxesOf) -> Iterator[Instance]:
    """Every instance of a rule. A table that is absent has none: where there are no cells there is nothing to check."""
    names = [name for side in (identity.rule.left, identity.rule.right) for name, _ in leaves(side)]
    if any(axes_of(name) is None for name in names if not name.scope):
        return
    for spot in spots(names, axes_of):
        yield instance_at(identity, spot, axes_of)


def instance_at(identity: Identity, spot: Spot, axes_of: AxesOf) -> Instance:
    """The instance of a rule at one row and column."""

    def cells(name: Selector, _: bool) -> Refs:
        return refs(name, spot, axes_of)

    rule = Rule(identity.rule.relation, replace_names(identity.rule.left, cells), replace_names(identity.rule.right, cells))
    left = list(leaves(rule.left))
    filled = {ref for given in identity.gives for ref in refs(given, spot, axes_of)}
    one = left[0][0][0] if len(left) == 1 and len(left[0][0]) == 1 and not left[0][1] else None
    return Instance(identity, rule, one if one in filled else None)


def spots(names: list[Selector], axes_of: AxesOf) -> Iterator[Spot]:
    """The rows and columns that a rule runs over, taken from the first name that says 每."""
    by_row = next((name for name in names if name.row[0] in ("each", "parents")), None)
    by_column = next((name for name in names if name.column[0] == "each"), None)
    rows: list[Row | None] = [None]
    columns: list[str | None] = [None]
    if by_row:
        axes = axes_of(by_row)
        parents = {row.parent for row in axes.rows} if axes else set()
        rows = [row for row in axes.rows if by_row.row[0] == "each" or (row.level > 0 and row.key in parents)] if axes else []
    if by_column:
        axes = axes_of(by_column)
        columns = [column.key for column in axes.block.alike] if axes else []
    for row in rows:
        for column in columns:
            yield Spot(row, column)


def refs(name: Selector, spot: Spot, axes_of: AxesOf) -> Refs:
    """The cells that a name stands for at one spot."""
    axes = axes_of(name)
    if axes is None:
        return ()
    rows = row_keys(name, spot, axes)
    columns = column_keys(name, spot, axes)
    return tuple(CellRef(name.table, name.block, row, column, name.scope) for row in rows for column in columns)


def row_keys(name: Selector, spot: Spot, axes: Axes) -> list[str]:
    """The rows of a name. A code that the statement does not have is no row: it contributes nothing."""
    how, what = name.row
    if how in ("each", "parents"):
        return [spot.row.key] if spot.row else []
    if how == "children":
        return [row.key for row in axes.rows if spot.row and row.parent == spot.row.key]
    if how == "level":
        return [row.key for row in axes.rows if row.level == LEVELS.index(what) + 1]
    if how == "code":
        return [row.key for row in axes.rows if row.code == what]
    if how == "group":
        return list((axes.block.groups or {})[what])
    if how == "under":
        return [row.key for row in axes.rows if not what or what in row.under]
    return [what]


def column_keys(name: Selector, spot: Spot, axes: Axes) -> list[str]:
    """The columns of a name."""
    how, what = name.column
    if how == "each":
        return [spot.column] if spot.column is not None else []
    if how == "group":
        return list((axes.block.groups or {})[what])
    return [what]


def bind_text(rule: Rule[Name], resolve: Callable[[Name], Selector]) -> Rule[Selector]:
    """The same rule with every name resolved."""
    return Rule(
        rule.relation,
        replace_names(rule.left, lambda name, _: resolve(name)),
        replace_names(rule.right, lambda name, _: resolve(name)),
    )
