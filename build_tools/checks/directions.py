"""Words of direction beside the percentage that the printed document states (载明): 减少 173.35 万元, 增长 202.0%.

The rule that works the percentage out is silent about the amount of the other direction, so no verdict tells of the
two.
"""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.accounts.corpus import Disclosure
from build_tools.accounts.statement import Cell, State, Statement
from build_tools.checks.context import Context
from build_tools.checks.figures import limited
from build_tools.checks.texts import Text, explained
from build_tools.diagnostics import CellRef, Finding, Place, Severity
from build_tools.forms import Column, Concept, Row

# what is stated, the amount that it belongs to, that of the opposite, and what is then right to state
PAIRS = (
    (Concept.STATED_GROWTH, Concept.INCREASE, Concept.DECREASE, Concept.STATED_DECLINE),
    (Concept.STATED_DECLINE, Concept.DECREASE, Concept.INCREASE, Concept.STATED_GROWTH),
)


def check_directions(context: Context) -> list[Finding]:
    """A stated percentage of one direction beside an amount of the other, or beside 持平, is a warning; one without its
    amount a hint.
    """
    return limited(
        [
            finding
            for statement in context.disclosure.statements.values()
            for axes in statement.axes.values()
            for row in (axes.rows if any(statement.form.column_of(pair[0], axes.block.key) for pair in PAIRS) else ())
            for finding in of_row(statement, axes.block.key, row, context.disclosure)
        ]
    )


def of_row(statement: Statement, block: str, row: Row, disclosure: Disclosure) -> Iterator[Finding]:
    """What is stated in one row."""
    for concept, own, other, contrary in PAIRS:
        column, opposite = (statement.form.column_of(one, block) for one in (concept, contrary))
        cell = statement.cell_in(block, row.key, concept)
        mine = _fields(statement, block, row, own)
        if column is None or not (cell.place and cell.amount and cell.amount > 0) or any(said(one) for _, one in mine):
            continue
        others = _fields(statement, block, row, other, Concept.UNCHANGED)
        against = [(label, one) for label, one in others if said(one)]
        quoted = Text(statement, CellRef(statement.key, block, row.key, column.key), cell.text, cell.place, "text")
        if against and opposite and not explained((cell.text,), quoted, disclosure.remarks, ()):
            yield _contrary(column, cell, *against[0], opposite.data_key, cell.place)
        elif mine and not against and all(one.state in (State.OMITTED, State.BLANK) for _, one in (*mine, *others)):
            yield _alone(column, cell, mine[0][0], cell.place)


def _fields(statement: Statement, block: str, row: Row, *concepts: Concept) -> list[tuple[str, Cell]]:
    """The fields of these that the block has, with what they are called."""
    columns = [column for one in concepts if (column := statement.form.column_of(one, block))]
    return [(column.label, statement.at(block, row.key, column.key)) for column in columns]


def said(cell: Cell) -> bool:
    """True for an amount that is not zero, and for a word such as 持平."""
    return cell.state in (State.WRITTEN, State.DERIVED) and (
        cell.amount != 0 if cell.amount is not None else bool(cell.text)
    )


def _contrary(column: Column, cell: Cell, label: str, against: Cell, right: str, place: Place) -> Finding:
    """The percentage of one direction, the amount of the other."""
    word = column.data_key
    if against.amount is None:
        said_so, hint = f"填的是“{label}”", f"与上年不同的，改填金额；确实持平的，删去“{word}”"
    else:
        said_so, hint = (
            f"“{label}”填 {against.amount:f}",
            f"核对方向：金额的方向对的，把“{word}”改为“{right}”；百分数对的，金额填到另一栏",
        )
    return Finding(
        "stated-direction",
        f"载明写“{word} {cell.text}”，{said_so}，说的不是一个方向",
        place,
        Severity.WARNING,
        actual=cell.text,
        hint=f"{hint}；原文如此的，在“原文出入”里写明",
    )


def _alone(column: Column, cell: Cell, label: str, place: Place) -> Finding:
    """A percentage that cannot be checked, as its amount is missing."""
    return Finding(
        "stated-without-amount",
        f"载明写“{column.data_key} {cell.text}”，没有填“{label}”，不能核对",
        place,
        Severity.HINT,
        actual=cell.text,
        hint=f"在“{label}”里填金额；原文没有写金额的，填“未载明”",
    )
