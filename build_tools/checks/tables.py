"""The amounts of a disclosure by what people call them, in 万元: what its prose is held against.

A name is a row's or a column's. Beside a name and its amount stand the budget of the same row and last year's amount of
the same cell, so that a text that names the row and gives its amount says which ones it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import yaml

from build_tools.accounts.statement import Statement
from build_tools.accounts.statement.figures import unit_of_amount
from build_tools.amount import SCALE, STANDARD, convert, format_rounded
from build_tools.checks.claims import Page
from build_tools.checks.claims.naming import beside, key_of, total_of
from build_tools.checks.claims.role import Role
from build_tools.checks.claims.roles import plain
from build_tools.diagnostics import CellRef, Finding, Place, Severity
from build_tools.forms import Column

WORDS = yaml.load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
# what shorter names stand for is not certain enough to contradict an amount
LEAST, CENT = 3, Decimal("0.005")
# a name with more amounts than a row has in all tables stands for nothing
MANY, FEW = 40, 2
# a budget is called so by its column
BUDGETS = tuple((Role(role), re.compile(label)) for role, label in WORDS["budgets"].items())
# what lines and columns of totals are called, and what no total of accounts is
WHOLES, BUDGET = ("", *WORDS["wholes"]), re.compile("预算|上年")
Amount = tuple[tuple[str, ...], Decimal, CellRef, Column]


@dataclass(frozen=True)
class Tables:
    """The amounts of a disclosure by what they are called, in 万元, and the year."""

    year: int | None = None
    named: Mapping[str, frozenset[Decimal]] = field(default_factory=dict)


def tables_of(statements: Mapping[str, Statement], year: int, earlier: Mapping[str, Statement] | None = None) -> Tables:
    """Every amount under its names, with what stands beside it. `earlier` are the tables of the same kind of
    last year.
    """
    named: dict[str, set[Decimal]] = {}
    budgets: list[tuple[Role, str, Decimal]] = []
    for statement in statements.values():
        last = (earlier or {}).get(statement.key)
        known = {ref: amount for _, amount, ref, _ in amounts_of(last)} if last else {}
        for names, amount, ref, column in amounts_of(statement):
            whole = summed(statement, ref, column)
            if whole:
                for name in {whole, plain(whole)}:
                    named.setdefault(total_of(name), set()).add(amount)
            role = next((role for role, looks in BUDGETS if looks.match(column.label)), None)
            for name in names:
                named.setdefault(name, set()).add(amount)
                if role and name != key_of(column.label):
                    budgets.append((role, name, amount))
                elif ref in known:
                    named.setdefault(beside(Role.LAST_YEAR, name, amount), set()).add(known[ref])
    own = {name: tuple(named[name]) if len(named[name]) <= MANY else () for _, name, _ in budgets}
    for role, name, budget in dict.fromkeys(budgets):
        for amount in own[name]:
            named.setdefault(beside(role, name, amount), set()).add(budget)
    return Tables(year, {name: frozenset(some) for name, some in named.items()})


def amounts_of(statement: Statement) -> Iterator[Amount]:
    """Every amount of a table with the names of its row and of its column. What the document prints beside its tables
    (载明) is a claim itself.
    """
    labels = {
        (block, row.key): row.label
        for block, axes in statement.axes.items()
        if axes.block.kind != "records"
        for row in axes.rows
    }
    for ref, cell in statement.cells.items():
        axes = statement.axes.get(ref.block)
        column = axes.block.column(ref.column) if axes else None
        if column is None or column.type != "amount" or column.stated or cell.amount is None:
            continue
        unit = unit_of_amount(statement, column)
        if unit not in SCALE:
            continue
        row = key_of(labels.get((ref.block, ref.row), ""))
        # the line of totals of a table is called as the table is: 三公经费
        row = row or (key_of(statement.form.key) if axes and axes.block.kind != "fields" else "")
        names = (row, key_of(column.label))
        yield (
            tuple(dict.fromkeys(one for name in names for one in (name, plain(name)) if one)),
            convert(cell.amount, unit, STANDARD),
            ref,
            column,
        )


def summed(statement: Statement, ref: CellRef, column: Column) -> str:
    """The name of which an amount is the whole: a row's where the column is a total or the only one, a column's in the
    line of totals.
    """
    axes = statement.axes[ref.block]
    if axes.block.kind == "fields":
        return ""
    row = next((key_of(one.label) for one in axes.rows if one.key == ref.row), "")
    own = key_of(column.label)
    if row in WHOLES:
        return own if own not in WHOLES else ""
    return row if own in WHOLES and not BUDGET.search(column.label) else ""


def amounts(page: Page, tables: Tables, file: str) -> tuple[list[Finding], int]:
    """Amounts that the tables give otherwise, and how many they bear out."""
    found, agreed = [], 0
    for one in page.amounts:
        key = key_of(one.name)
        known = tables.named.get(key) if len(key) >= LEAST else None
        if not known:
            continue
        if any(abs(amount - one.amount) <= CENT for amount in known):
            agreed += 1
        else:
            nearest = min(known, key=lambda amount: abs(amount - one.amount))
            shown = "、".join(map(format_rounded, sorted(known))) if len(known) <= FEW else format_rounded(nearest)
            found.append(
                Finding(
                    "claim-amount",
                    f"原文写{one.name}{one.text}，表里是 {shown} 万元",
                    Place(file, one.line, one.column, one.length),
                    Severity.WARNING,
                    expected=shown,
                    actual=one.text,
                    hint="核对表和说明，改错的一处",
                )
            )
    return found, agreed
