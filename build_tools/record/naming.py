"""What staff may call a figure in a 更正, and what readers are told: the names of its table, row and column."""

from __future__ import annotations

from collections.abc import Mapping

from build_tools.accounts.corpus import Change
from build_tools.accounts.statement import Statement, normal
from build_tools.forms import Form, Row

# names of the table, names of row and column
Names = tuple[frozenset[str], frozenset[str]]


def names_of(change: Change, tables: Mapping[str, Statement], forms: Mapping[str, Form]) -> Names:
    """By every name that the form or the file has for it. A row that is gone has no more than its key."""
    key, _, instance = change.table.partition("#")
    statement, form = tables.get(change.table), forms.get(key)
    table = {change.table, key, instance}
    parts = {change.block, change.row, change.column}
    if form:
        table |= {form.title, form.slug}
    if statement:
        table.add(statement.name)
        axes = statement.axes.get(change.block)
        column = axes.block.by_key.get(change.column) if axes else None
        row = row_of(change, statement)
        parts |= {column.label} if column else set()
        parts |= {row.label, row.code, f"{row.code}{row.label}"} if row else set()
    return frozenset(map(normal, filter(None, table))), frozenset(map(normal, filter(None, parts)))


def row_of(change: Change, statement: Statement | None) -> Row | None:
    """The row of a figure in a table that has it."""
    axes = statement.axes.get(change.block) if statement else None
    return next((one for one in axes.rows if one.key == change.row), None) if axes else None


def words_of(change: Change, tables: Mapping[str, Statement]) -> tuple[str, str, str]:
    """Table, row and column as a reader knows them; the row is '' for a field that stands alone."""
    statement = tables.get(change.table)
    axes = statement.axes.get(change.block) if statement else None
    column = axes.block.by_key.get(change.column) if axes else None
    row = row_of(change, statement)
    named = f"{row.code} {row.label}".strip() if row else change.row
    key, _, instance = change.table.partition("#")
    return (f"{key}（{instance}）" if instance else key), named, column.label if column else change.column
