"""What is gathered while one table is read, and the findings that every kind of block can make."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from build_tools.accounts.statement.cell import Cell, State
from build_tools.accounts.statement.codes import CodeNames
from build_tools.accounts.statement.model import instance_key
from build_tools.accounts.statement.names import normal
from build_tools.accounts.statement.scalars import amount_of, read_cell
from build_tools.diagnostics import CellRef, Finding, Place
from build_tools.fast import make
from build_tools.forms import Axes, Block, Column, Form, did_you_mean
from build_tools.source import Node, Scalar

MAX_ROWS = 2000


@dataclass(slots=True)
class Draft:
    """What is gathered while one table is read; thrown away afterwards."""

    form: Form
    names: CodeNames
    findings: list[Finding]
    instance: str = ""
    cells: dict[CellRef, Cell] = field(default_factory=dict)
    amounts: dict[CellRef, Decimal] = field(default_factory=dict)
    axes: dict[str, Axes] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """The key of the statement to be."""
        self.key = instance_key(self.form, self.instance)


def misplaced(place: Place, what: str, wanted: str) -> Finding:
    """Another shape than the form's."""
    return Finding("shape-unexpected", f"“{what}”应写成{wanted}", place, hint="对照示例检查缩进和“- ”")


def twice(key: Scalar, first: Scalar) -> Finding:
    """Two spellings of one row."""
    return Finding(
        "row-duplicate",
        f"“{key.text[:30]}”与第 {first.line} 行的“{first.text[:30]}”是同一行",
        key.place,
        hint="保留正确的一行，删去另一行",
    )


def unknown_row(key: Scalar, known: list[str], block: Block, draft: Draft) -> None:
    """A key that is no row of this block."""
    where = f"“{draft.form.title}”" + (f"的{block.key}栏" if block.key else "")
    draft.findings.append(
        Finding(
            "row-unknown", f"{where}没有“{key.text[:30]}”这一行", key.place, hint=did_you_mean(normal(key.text), known)
        )
    )
    draft.doubtful.add(block.key)


def put(node: Node, row: str, column: Column, block: Block, draft: Draft) -> None:
    """One value into its cell. What is plainly an amount, as nearly every cell of every table is, needs no
    closer look.
    """
    ref = make(CellRef, (draft.key, block.key, row, column.key, ""))
    if column.type == "amount" and type(node) is Scalar:
        text, _, file, line, at, length = node
        amount = amount_of(text)
        if amount is not None:
            draft.cells[ref] = make(
                Cell, (State.WRITTEN, make(Place, (file, line, at, length or 1)), amount, text, "", "")
            )
            draft.amounts[ref] = amount
            return
    cell = draft.cells[ref] = read_cell(node, column, draft.findings)
    if column.type == "amount" and cell.amount is not None:
        draft.amounts[ref] = cell.amount
