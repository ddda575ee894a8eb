"""A rule with 每行, 每列 and 下级 → one instance per row and column, every name a list of cell addresses.

The same binding serves the proof at load time (on model rows) and the checks (on the rows of a real statement).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from build_tools.diagnostics import CellRef
from build_tools.fast import make
from build_tools.forms.blocks import Axes, Row
from build_tools.forms.model import Identity, Selector
from build_tools.forms.resolve import LEVELS
from build_tools.formula import Name, Rule, Sum, replace_names

Refs = tuple[CellRef, ...]


# where a name looks: the tables it stands for (several for a repeated form), None for one that is filled in with 无;
# or, as text, why there is nothing to look at
Tables = tuple[tuple[str, "Axes | None"], ...]
Look = Callable[[Selector], "Tables | str"]


class Instance(NamedTuple):
    """An identity at one row and column. `names` are the cells of each of its names, in order; `cells` all of them,
    each once.

    `gives` = the left cell, where the identity may fill it. `missing` says which table or year is not there, so that
    the identity cannot be run. `total` is one cell held against others that are added and subtracted (against none,
    where a code has no row in the other table), as nearly all identities are; None for another shape, or where a table
    is missing.
    """

    identity: Identity
    names: tuple[Refs, ...]
    gives: CellRef | None
    missing: str
    cells: Refs
    total: tuple[CellRef, Refs, Refs] | None

    @property
    def rule(self) -> Rule[Refs]:
        """The rule with the cells in the place of its names."""
        said, names = self.identity.rule, iter(self.names)
        if not self.cells:
            return Rule(said.relation, Sum(()), Sum(()))
        return Rule(
            said.relation,
            replace_names(said.left, lambda *_: next(names)),
            replace_names(said.right, lambda *_: next(names)),
        )

    @property
    def left(self) -> tuple[Refs, ...]:
        """The cells of the names on the left side."""
        return self.names[: self.identity.width]

    @property
    def right(self) -> tuple[Refs, ...]:
        """The cells of the names on the right side."""
        return self.names[self.identity.width :]


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

    rule = Rule(
        identity.rule.relation, replace_names(identity.rule.left, here), replace_names(identity.rule.right, here)
    )
    return replace(identity, rule=rule, table=table, gives=tuple(here(name) for name in identity.gives))


def instances(identity: Identity, look: Look) -> tuple[Instance, ...]:
    """Every instance of a rule. None where nothing is filled in; where another table or year is not there, one without
    cells (of a rule that is silent about blanks, one for each row, with the cells that there are).
    """
    return bound(identity, tuple(look(name) for name in identity.names))


Place = tuple[str, str, str]


def place_of(name: Selector) -> Place:
    """What decides where a name looks: year and kind, table, block."""
    return name.scope, name.table, name.block


@lru_cache(maxsize=4096)
def rules_for(rules: tuple[Identity, ...], table: str, nature: str, filling: bool) -> tuple[Identity, ...]:
    """The identities of a table for a unit of this nature; with `filling` only those that may fill a blank."""
    wanted = [one for one in rules if (one.gives or not filling) and (not one.natures or nature in one.natures)]
    return tuple(localize(one, table) for one in wanted)


@lru_cache(maxsize=4096)
def places_of(rules: tuple[Identity, ...]) -> tuple[Selector, ...]:
    """One name for each place where these rules look."""
    return tuple({place_of(name): name for one in rules for name in one.names}.values())


@lru_cache(maxsize=4096)
def bound_together(rules: tuple[Identity, ...], looked: tuple[Tables | str, ...]) -> tuple[Instance, ...]:
    """Every instance of the rules of a table, where its `places_of` lead: most tables have been seen before in the same
    shape.
    """
    found = dict(zip(map(place_of, places_of(rules)), looked, strict=True))
    return tuple([one for rule in rules for one in bound(rule, tuple([found[place_of(name)] for name in rule.names]))])


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
        return (Instance(identity, ((),) * len(identity.names), None, missing, (), None),)
    if not any(there(found[name]) for name in (identity.names if identity.blanks == "zero" else identity.mine)):
        return ()
    return tuple(instance_at(identity, spot, found, missing) for spot in spots(identity.names, found))


def there(tables: Tables) -> bool:
    """True where any of the tables has rows."""
    return any(axes is not None for _, axes in tables)


def instance_at(identity: Identity, spot: Spot, found: Mapping[Selector, Tables], missing: str) -> Instance:
    """The instance of a rule at one row and column."""
    names = tuple([refs(name, spot, found[name]) for name in identity.names])
    cells = tuple(dict.fromkeys([ref for some in names for ref in some]))
    return Instance(
        identity,
        names,
        given(identity, names, spot, found),
        missing,
        cells,
        None if missing else total_of(identity, names),
    )


def total_of(identity: Identity, names: tuple[Refs, ...]) -> tuple[CellRef, Refs, Refs] | None:
    """One cell and what it is the total of."""
    left, right = identity.signs
    if left != (False,) or right is None or len(names[0]) != 1:
        return None
    if right == (False,):
        return names[0][0], names[1], ()
    added, subtracted = (
        tuple(ref for negative, some in zip(right, names[1:], strict=True) if negative is sign for ref in some)
        for sign in (False, True)
    )
    return (names[0][0], added, subtracted) if added or not subtracted else None


def given(identity: Identity, names: tuple[Refs, ...], spot: Spot, found: Mapping[Selector, Tables]) -> CellRef | None:
    """The left cell, where it stands alone and among those that the identity may fill."""
    if not identity.gives or not isinstance(identity.rule.left, Selector) or len(names[0]) != 1:
        return None
    one = names[0][0]
    may = (
        names[0] if name == identity.rule.left else refs(name, spot, found.get(name) or own(name, found))
        for name in identity.gives
    )
    return one if any(one in some for some in may) else None


def own(name: Selector, found: Mapping[Selector, Tables]) -> Tables:
    """The table of a name that stands under `gives` alone: the same block is on the rule's left side."""
    return next(
        (
            tables
            for other, tables in found.items()
            if (other.table, other.block, other.scope) == (name.table, name.block, name.scope)
        ),
        (),
    )


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
        if (
            name.row[0] == "each"
            or (name.row[0] == "classes" and len(row.code) == 3)
            or (row.level > 0 and row.key in parents)
        ):
            yield row


def refs(name: Selector, spot: Spot, tables: Tables) -> Refs:
    """The cells that a name stands for at one spot."""
    return tuple(
        [
            make(CellRef, (table, name.block, row, column, name.scope))
            for table, axes in tables
            if axes
            for row in row_keys(name, spot, axes)
            for column in column_keys(name, spot, axes)
        ]
    )


def row_keys(name: Selector, spot: Spot, axes: Axes) -> Sequence[str]:
    """The rows of a name. A code that the statement does not have is no row: it contributes nothing."""
    how, what = name.row
    if how == "row":
        return [what]
    if how in ("each", "parents", "classes"):
        return [spot.row.key] if spot.row else []
    if how == "children":
        return axes.children.get(spot.row.key, ()) if spot.row else ()
    if how == "same":
        return same_rows(spot.row, axes) if spot.row else ()
    if how == "twin":
        return [spot.row.key] if spot.row and spot.row.key in axes.labels else []
    if how == "level":
        return [row.key for row in axes.rows if row.level == LEVELS.index(what) + 1]
    if how == "code":
        return axes.by_code.get(what, ())
    if how == "group":
        return list((axes.block.groups or {})[what])
    return [row.key for row in axes.rows if not what or what in row.under]


def same_rows(row: Row, axes: Axes) -> Sequence[str]:
    """The rows with the same code; of a total the total."""
    return (
        axes.by_code.get(row.code, ())
        if row.code
        else [other.key for other in axes.rows if other.level == row.level == 0]
    )


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
