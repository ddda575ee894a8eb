"""A text beside the tables of a disclosure: amounts that bear the name of a row or column, and what shares are taken of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from build_tools.claims import Page
from build_tools.claims.naming import key_of
from build_tools.corpus import read_department, read_project
from build_tools.diagnostics import Finding, Place, Severity
from build_tools.statement import Statement
from build_tools.statement.figures import SCALE

# what shorter names stand for is not certain enough to contradict an amount
LEAST, CENT = 3, Decimal("0.005")


class NoTables(Exception):
    """The disclosure could not be read; says why."""


@dataclass(frozen=True)
class Tables:
    """The amounts of a disclosure by what they are called, in 万元, and the year."""

    year: int | None = None
    named: Mapping[str, frozenset[Decimal]] = field(default_factory=dict)


def tables_of(root: Path, path: Path) -> Tables:
    """The amounts of one file of `data/`. Raises NoTables."""
    found = (root / path).resolve()
    parts = found.relative_to(root).parts if found.is_relative_to(root) else ()
    if len(parts) != 5 or parts[0] != "data" or not found.is_file():
        raise NoTables(f"--against 要写 data/ 里的一份公开文件，如 data/…/2020/final-accounts.yaml：{path}")
    project = read_project(root)
    district = next((one for one in project.districts if one.slug == parts[1]), None)
    department = read_department(root / "data" / parts[1] / parts[2], district, project) if district else None
    disclosure = next((one for one in department.disclosures if one.file == "/".join(parts)), None) if department else None
    if disclosure is None or not disclosure.statements:
        raise NoTables(f"这份文件读不出来，先运行 mingzhang check：{path}")
    named: dict[str, set[Decimal]] = {}
    for statement in disclosure.statements.values():
        for name, amount in amounts_of(statement):
            named.setdefault(name, set()).add(amount)
    return Tables(disclosure.year, {name: frozenset(some) for name, some in named.items()})


def amounts_of(statement: Statement) -> list[tuple[str, Decimal]]:
    """Every amount under the names of its row and of its column."""
    found = []
    for ref, cell in statement.cells.items():
        axes = statement.axes.get(ref.block)
        column = axes.block.column(ref.column) if axes else None
        if axes is None or column is None or column.type != "amount" or cell.amount is None or statement.unit not in SCALE:
            continue
        amount = cell.amount * SCALE[statement.unit] / SCALE["万元"]
        row = next((one.label for one in axes.rows if one.key == ref.row), "")
        found += [(key_of(name), amount) for name in {row, column.label} if key_of(name)]
    return found


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
            shown = "、".join(f"{amount:.2f}" for amount in sorted(known)[:3])
            found.append(
                Finding(
                    "claim-amount", f"原文写{one.name}{one.text}，表里是 {shown} 万元", Place(file, one.line, one.column, one.length), Severity.WARNING,
                    expected=shown, actual=one.text, hint="核对表和说明，改错的一处",
                )
            )
    return found, agreed
