"""A rule with 每行, 每列 and 下级 → one instance per row and column, every name a list of cell addresses.

The same binding serves the proof at load time (on model rows) and the checks (on the rows of a real statement).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from build_tools.diagnostics import CellRef
from build_tools.forms.blocks import Axes, Row
from build_tools.forms.model import Identity, Selector
from build_tools.forms.resolve import LEVELS
from build_tools.formula import Binary, Name, Number, Rule, Sum, Term, leaves, replace_names

Refs = tuple[CellRef, ...]
Terms = tuple[tuple[bool, CellRef], ...]


# where a name looks: the tables it stands for (several for a repeated form), None for one that is filled in with 无;
# or, as text, why there is nothing to look at
Tables = tuple[tuple[str, "Axes | None"], ...]
Look = Callable[[Selector], "Tables | str"]


@dataclass(frozen=True)
class Instance:
    """An identity at one row and column. `gives` = the left cell, where the identity may fill it.

    `missing` says which table or year is not there, so that the identity cannot be run.
    """

    identity: Identity
    rule: Rule[Refs]
    gives: CellRef | None
    missing: str = ""

    @cached_property
    def cells(self) -> Refs:
        """Every cell of both sides, the left side first, each once."""
        refs = [ref for side in (self.rule.left, self.rule.right) for names, _ in leaves(side) for ref in names]
        return tuple(dict.fromkeys(refs))

    @cached_property
    def sums(self) -> tuple[Terms | None, Terms | None]:
        """Each side as its cells with their signs; None for a side that does more than add and subtract."""
        left, right = terms(self.rule.left), terms(self.rule.right)
        return left, right


def terms(side: Term[Refs], negative: bool = False) -> Terms | None:
    """The cells that a side adds up, each with whether it is subtracted."""
    if isinstance(side, Binary):
        left = terms(side.left, negative) if side.op in ("+", "-") else None
        right = terms(side.right, negative is (side.op == "+")) if left is not None else None
        return None if left is None or right is None else (*left, *right)
    if isinstance(side, Number):
        return None
    return tuple((negative, ref) for ref in (side.of if isinstance(side, Sum) else side))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where 每行 and 每列 stand."""

    row: Row | None
    column: str | None


@lru_cache(maxsize=4096)
def localize(identity: Identity, table: str) -> Identity:
    """The identity for one instance of a repeated form: the form's own names mean that instance."""
    if identity.table == table:
        return identity

    def here(name: Selector, _: bool = False) -> Selector:
        return replace(name, table=table) if name.table == identity.table and not name.scope else name

    rule = Rule(identity.rule.relation, replace_names(identity.rule.left, here), replace_names(identity.rule.right, here))
    return replace(identity, rule=rule, table=table, gives=tuple(here(name) for name in identity.gives))


def instances(identity: Identity, look: Look) -> tuple[Instance, ...]:
    """Every instance of a rule. None where nothing is filled in; where another table or year is not there, one without cells
    (of a rule that is silent about blanks, one for each row, with the cells that there are).
    """
    return bound(identity, tuple(look(name) for name in identity.names))


@lru_cache(maxsize=8192)
def bound(identity: Identity, looked: tuple[Tables | str, ...]) -> tuple[Instance, ...]:
    """The instances, kept for tables of the same shape: what a rule means depends on rows and columns alone."""
    found: dict[Selector, Tables] = {}
    missing = ""
    for name, tables in zip(identity.names, looked, strict=True):
        if isinstance(tables, str) and name in identity.mine:
            return ()
        missing = missing or (tables if isinstance(tables, str) else "")
        found[name] = () if isinstance(tables, str) else tables
    if missing and not any(there(found[name]) for name in identity.mine):
        return ()
    if missing and identity.blanks != "silent":
        return (Instance(identity, Rule(identity.rule.relation, Sum(()), Sum(())), None, missing),)
    if not any(there(found[name]) for name in (identity.names if identity.blanks == "zero" else identity.mine)):
        return ()
    return tuple(replace(instance_at(identity, spot, found), missing=missing) for spot in spots(identity.names, found))


def there(tables: Tables) -> bool:
    """True where any of the tables has rows."""
    return any(axes is not None for _, axes in tables)


def instance_at(identity: Identity, spot: Spot, found: Mapping[Selector, Tables]) -> Instance:
    """The instance of a rule at one row and column."""

    def cells(name: Selector, _: bool) -> Refs:
        return refs(name, spot, found[name])

    rule = Rule(identity.rule.relation, replace_names(identity.rule.left, cells), replace_names(identity.rule.right, cells))
    if not identity.gives:
        return Instance(identity, rule, None)
    left = list(leaves(rule.left))
    filled = {ref for given in identity.gives for ref in refs(given, spot, found.get(given) or own(given, found))}
    one = left[0][0][0] if len(left) == 1 and len(left[0][0]) == 1 and not left[0][1] else None
    return Instance(identity, rule, one if one in filled else None)


def own(name: Selector, found: Mapping[Selector, Tables]) -> Tables:
    """The table of a name that stands under `gives` alone: the same block is on the rule's left side."""
    return next((tables for other, tables in found.items() if (other.table, other.block, other.scope) == (name.table, name.block, name.scope)), ())


def spots(names: tuple[Selector, ...], found: Mapping[Selector, Tables]) -> Iterator[Spot]:
    """The rows and columns that a rule runs over, taken from the first name that says 每."""
    by_row = next((name for name in names if name.row[0] in ("each", "parents", "classes")), None)
    by_column = next((name for name in names if name.column[0] == "each"), None)
    rows: list[Row | None] = [None]
    columns: list[str | None] = [None]
    if by_row:
        rows = [row for _, axes in found[by_row] if axes for row in running(by_row, axes)]
    if by_column:
        columns = [column.key for _, axes in found[by_column] if axes for column in axes.block.alike]
    for row in rows:
        for column in columns:
            yield Spot(row, column)


def running(name: Selector, axes: Axes) -> Iterator[Row]:
    """The rows that 每行, 每级 or 每类 runs over."""
    parents = {row.parent for row in axes.rows} if name.row[0] == "parents" else ()
    for row in axes.rows:
        if name.row[0] == "each" or (name.row[0] == "classes" and len(row.code) == 3) or (row.level > 0 and row.key in parents):
            yield row


def refs(name: Selector, spot: Spot, tables: Tables) -> Refs:
    """The cells that a name stands for at one spot."""
    return tuple(
        CellRef(table, name.block, row, column, name.scope)
        for table, axes in tables if axes for row in row_keys(name, spot, axes) for column in column_keys(name, spot, axes)
    )


def row_keys(name: Selector, spot: Spot, axes: Axes) -> list[str]:
    """The rows of a name. A code that the statement does not have is no row: it contributes nothing."""
    how, what = name.row
    if how == "row":
        return [what]
    if how in ("each", "parents", "classes"):
        return [spot.row.key] if spot.row else []
    if how == "children":
        return [row.key for row in axes.rows if spot.row and row.parent == spot.row.key]
    if how == "same":
        return [row.key for row in axes.rows if spot.row and (row.code == spot.row.code if spot.row.code else row.level == spot.row.level == 0)]
    if how == "twin":
        return [row.key for row in axes.rows if spot.row and row.key == spot.row.key]
    if how == "level":
        return [row.key for row in axes.rows if row.level == LEVELS.index(what) + 1]
    if how == "code":
        return [row.key for row in axes.rows if row.code == what]
    if how == "group":
        return list((axes.block.groups or {})[what])
    return [row.key for row in axes.rows if not what or what in row.under]


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
