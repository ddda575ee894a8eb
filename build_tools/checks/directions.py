"""Words of direction beside the percentage that the printed document states (载明): 减少 173.35 万元, 增长 202.0%.

The rule that works the percentage out is silent about the amount of the other direction, so no verdict tells of the two.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.checks.changes import LESS, MORE
from build_tools.checks.context import Context
from build_tools.checks.figures import limited
from build_tools.checks.texts import Text, explained
from build_tools.corpus import Disclosure
from build_tools.diagnostics import CellRef, Finding, Place, Severity
from build_tools.forms import Axes, Row
from build_tools.statement import Cell, State, Statement

SAME = ("持平", "与上年相比")
# what is stated, the fields of the amount that it belongs to, those of the opposite, and the word that is then right
PAIRS = (("载明增长", MORE, LESS, "降低"), ("载明降低", LESS, MORE, "增长"))


def check_directions(context: Context) -> list[Finding]:
    """A stated percentage of one direction beside an amount of the other, or beside 持平, is a warning; one without its amount a hint."""
    return limited([
        finding for statement in context.disclosure.statements.values() for axes in statement.axes.values()
        for row in (axes.rows if any(axes.block.column(pair[0]) for pair in PAIRS) else ())
        for finding in of_row(statement, axes, row, context.disclosure)
    ])


def of_row(statement: Statement, axes: Axes, row: Row, disclosure: Disclosure) -> Iterator[Finding]:
    """What is stated in one row."""
    for key, own, other, right in PAIRS:
        cell = statement.at(axes.block.key, row.key, key)
        if not (cell.place and cell.amount and cell.amount > 0) or any(said(one) for _, one in found(statement, axes, row, own)):
            continue
        against = [(label, one) for label, one in found(statement, axes, row, (*other, *SAME)) if said(one)]
        quoted = Text(statement, CellRef(statement.key, axes.block.key, row.key, key), cell.text, cell.place, "text")
        if against and not explained((cell.text,), quoted, disclosure.remarks, ()):
            yield contrary(key, cell, *against[0], right, cell.place)
        elif not against and all(one.state in (State.OMITTED, State.BLANK) for _, one in found(statement, axes, row, (*own, *other, *SAME))):
            yield alone(key, cell, next((label for label, _ in found(statement, axes, row, own)), own[0]), cell.place)


def found(statement: Statement, axes: Axes, row: Row, keys: tuple[str, ...]) -> list[tuple[str, Cell]]:
    """The fields of these that the form has, with what they are called."""
    return [(column.label, statement.at(axes.block.key, row.key, key)) for key in keys if (column := axes.block.column(key))]


def said(cell: Cell) -> bool:
    """True for an amount that is not zero, and for a word such as 持平."""
    return cell.state in (State.WRITTEN, State.DERIVED) and (cell.amount != 0 if cell.amount is not None else bool(cell.text))


def contrary(key: str, cell: Cell, label: str, against: Cell, right: str, place: Place) -> Finding:
    """The percentage of one direction, the amount of the other."""
    word = key.removeprefix("载明")
    if against.amount is None:
        said_so, hint = f"填的是“{label}”", f"与上年不同的，改填金额；确实持平的，删去“{word}”"
    else:
        said_so, hint = f"“{label}”填 {against.amount:f}", f"核对方向：金额的方向对的，把“{word}”改为“{right}”；百分数对的，金额填到另一栏"
    return Finding(
        "stated-direction", f"载明写“{word} {cell.text}”，{said_so}，说的不是一个方向", place, Severity.WARNING, actual=cell.text,
        hint=f"{hint}；原文如此的，在“原文出入”里写明",
    )


def alone(key: str, cell: Cell, label: str, place: Place) -> Finding:
    """A percentage that cannot be checked, as its amount is missing."""
    return Finding(
        "stated-without-amount", f"载明写“{key.removeprefix('载明')} {cell.text}”，没有填“{label}”，不能核对", place, Severity.HINT, actual=cell.text,
        hint=f"在“{label}”里填金额；原文没有写金额的，填“未载明”",
    )
