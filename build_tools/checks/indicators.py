"""The indicators of a performance table as the checks see them, and what is found about many of them told once.

Columns are known by what the form says they are (weight, score, reason) and by their type, so that every region's table
is checked without naming it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from build_tools.accounts.statement import Cell, Statement
from build_tools.accounts.statement.cell import OMITTED, State
from build_tools.accounts.statement.model import NOTHING
from build_tools.diagnostics import Finding, Place
from build_tools.forms import Axes, Concept, Row

MARKS = (Concept.WEIGHT, Concept.SCORE, Concept.DEVIATION_REASON)
DASHES = " \u3000-－—–─/／。"
# of one kind of slip in one table nobody needs more than a few examples; the rest are named
FEW, NAMED = 3, 5
# what is found about a row: what the row is called, and the finding
Told = Iterator[tuple[str, Finding]]


class Indicator(NamedTuple):
    """A third-level indicator; `level` and `second` are the keys of the levels above. Cells that the form does not have
    are omitted.
    """

    name: str
    level: str
    second: str
    target: Cell
    actual: Cell
    weight: Cell
    score: Cell
    reason: Cell


def indicators_of(statement: Statement, axes: Axes) -> tuple[Indicator, ...]:
    """Every indicator of a block, in written order. The first column of type target is the target, the second what was
    reached.
    """
    block = axes.block
    targets = [column.key for column in block.columns if column.type == "target"]

    def cell(row: str, column: str | None) -> Cell:
        return statement.at(block.key, row, column) if column else OMITTED

    marks = [statement.form.column_of(one, block.key) for one in MARKS]
    keys = [column.key if column else None for column in marks]

    return tuple(
        Indicator(
            quoted(row.label) or "没有名称的指标",
            row.under[0],
            row.under[1],
            cell(row.key, next(iter(targets), None)),
            cell(row.key, next(iter(targets[1:]), None)),
            *(cell(row.key, key) for key in keys),
        )
        for row in axes.rows
    )


def actual_of(statement: Statement, axes: Axes, row: Row) -> Cell:
    """What was reached: the second column of type target; omitted where the form has none."""
    targets = [column.key for column in axes.block.columns if column.type == "target"]
    return statement.at(axes.block.key, row.key, targets[1]) if len(targets) > 1 else OMITTED


def quoted(text: str) -> str:
    """A name or value as a message quotes it."""
    return text if len(text) <= 24 else text[:23] + "…"


def place(cell: Cell, statement: Statement) -> Place:
    """Where a cell is written, or else its table."""
    return cell.place or statement.place


def unexplained(reason: Cell) -> bool:
    """True where there is no reason: an empty column, 无, or a dash in its place."""
    return reason.state in (State.OMITTED, State.BLANK) or reason.text.strip(DASHES) in ("", *NOTHING)


def told_once(told: Iterable[tuple[str, Finding]]) -> list[Finding]:
    """The findings of one table; where more than `FEW` are of one kind, the first speaks for them and names the
    others.
    """
    kinds: dict[str, list[tuple[str, Finding]]] = {}
    for name, finding in told:
        kinds.setdefault(finding.code, []).append((name, finding))
    findings: list[Finding] = []
    for kind in kinds.values():
        if len(kind) <= FEW:
            findings += (finding for _, finding in kind)
            continue
        others = kind[1:]
        names = "、".join(f"“{name}”" for name, _ in others[:NAMED])
        message = f"{kind[0][1].message}；本表另有 {len(others)} 项同样：{names}{'等' if len(others) > NAMED else ''}"
        findings.append(replace(kind[0][1], message=message))
    return findings
