"""Last year's figures beside this year's: the same table, row and column of the department's disclosure of the year
before.

Only where the public may see that disclosure. No percentage on a base of zero or less, and nothing where either year
says no figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from build_tools.accounts.corpus import Disclosure
from build_tools.accounts.statement import Statement
from build_tools.accounts.statement.figures import unit_of_amount
from build_tools.amount import CENTS, MINUS, convert, format_grouped, format_rounded, parse_figure, round_half_up
from build_tools.diagnostics import CellRef
from build_tools.fast import make
from build_tools.forms import DECIMALS, Axes, Column
from build_tools.web.pages.cells import View

STYLES = ("sides", "rows", "sets", "transposed")
COMPARED = ("amount", "count")
PLUS, SAME, NOT_THERE = "＋", "不变", "无此行"
HUNDRED = Decimal(100)


class Change(NamedTuple):
    """Last year's figure as printed; how far this year's is from it, '' where nothing can be said."""

    before: str
    change: str


@dataclass(frozen=True, slots=True)
class Before:
    """`url` leads from the root to last year's disclosure. `changes` by cell; `tables` are those that have any; `gone`
    are the rows of last year that a table does not have any more, with their first figure.
    """

    url: str = ""
    changes: Mapping[CellRef, Change] = field(default_factory=dict)
    tables: frozenset[str] = frozenset()
    gone: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def before(disclosure: Disclosure, view: View) -> Before:
    """What last year's disclosure of the same kind says of these cells; nothing where the view does not show one."""
    scope = f"上年.{disclosure.kind}"
    last = view.ledger.get(scope, {})
    changes: dict[CellRef, Change] = {}
    gone: dict[str, tuple[tuple[str, str], ...]] = {}
    for key, statement in disclosure.statements.items():
        other = last.get(key)
        if other is None or statement.absence or other.absence or statement.form.layout.style not in STYLES:
            continue
        found = dict(changes_of(statement, other))
        changes |= found
        gone |= {key: rows} if found and (rows := tuple(rows_gone(statement, other))) else {}
    return Before(view.urls.get(scope, ""), changes, frozenset(ref.table for ref in changes), gone)


def changes_of(statement: Statement, other: Statement) -> Iterator[tuple[CellRef, Change]]:
    """The cells of a table in which either year has a figure other than zero."""
    key = statement.key
    for block, axes in statement.axes.items():
        then = other.axes.get(block)
        rows = {row.key for row in then.rows} if then else set()
        for column in columns_of(axes):
            known = then is not None and then.block.column(column.key) is not None
            for row in axes.rows if known else ():
                ref = make(CellRef, (key, block, row.key, column.key, ""))
                now = amount_of(statement, ref)
                if row.key not in rows:
                    if now:
                        yield ref, Change(NOT_THERE, "")
                    continue
                was = amount_of(other, ref)
                if was is not None and (was or now):
                    was = convert(was, unit_of_amount(other, column), unit_of_amount(statement, column))
                    yield ref, make(Change, (spelled(was, column), "" if now is None else told(now, was, column)))


def rows_gone(statement: Statement, other: Statement) -> Iterator[tuple[str, str]]:
    """Rows by code that only last year's table has, by name, with their first figure other than zero."""
    for block, axes in other.axes.items():
        here = statement.axes.get(block)
        if axes.block.kind != "coded" or here is None:
            continue
        rows = {row.key for row in here.rows}
        for row in (one for one in axes.rows if one.key not in rows):
            found = (
                (column, amount_of(other, CellRef(other.key, block, row.key, column.key)))
                for column in columns_of(axes)
            )
            first = next(((column, amount) for column, amount in found if amount), None)
            if first:
                column, amount = first
                was = convert(amount, unit_of_amount(other, column), unit_of_amount(statement, column))
                yield f"{row.code} {row.label}（{column.label}）", spelled(was, column)


def columns_of(axes: Axes) -> list[Column]:
    """The columns that hold amounts or numbers; lists have no rows that stay the same over the years."""
    return (
        [column for column in axes.block.columns if column.type in COMPARED and not column.private]
        if axes.block.kind in ("lines", "coded")
        else []
    )


def amount_of(statement: Statement, ref: CellRef) -> Decimal | None:
    """The figure that a cell shows; None where it is blank or a word."""
    return parse_figure(statement.texts[ref])


def told(now: Decimal, was: Decimal, column: Column) -> str:
    """＋173.35（＋202.0%）."""
    difference = now - was
    if not difference:
        return SAME
    text = signed(difference, DECIMALS.get(column.type, 2))
    return f"{text}（{signed(difference / was * HUNDRED, 1)}%）" if was > 0 and now >= 0 else text


def signed(amount: Decimal, places: int) -> str:
    """With its sign and thousands separated."""
    return f"{PLUS if amount > 0 else MINUS}{abs(round_half_up(amount, places)):,f}"


def spelled(amount: Decimal, column: Column) -> str:
    """Last year's figure as a page prints it."""
    return format_grouped(format_rounded(amount, DECIMALS.get(column.type, CENTS)))
