"""Which field of a form asks for the reason of which figure: the law asks departments to explain how figures moved
(财预〔2016〕143号), and each region's form asks in fields of its own.

`reasons: {收入支出总体.原因: {figure: 收入支出决算总表.支出.总计.金额}}`; with `against`, the cell of what had been
planned, else last year's figure; `than` says in words what the form compares with where that is not the year before.
"""

from __future__ import annotations

from build_tools.diagnostics import CellRef
from build_tools.forms import reading as r
from build_tools.forms.model import Form, Reason, Selector
from build_tools.forms.proof import attempt
from build_tools.forms.resolve import Known, resolve
from build_tools.formula import FormulaError, parse_name
from build_tools.source import Node, Scalar

KEYS = ("figure", "against", "than")
# a figure is in one cell, or in that of the same row
ROWS = ("row", "each", "same", "twin")


def read_reasons(node: Node | None, form: Form, known: Known, findings: r.Findings) -> tuple[Reason, ...]:
    """The fields for reasons with their cells resolved; one whose block or column a variant took out is absent."""
    reasons = []
    for entry in r.entries(node, "reasons", findings):
        own = entry.key.place.file == form.place.file
        found = r.members(entry.value, "reasons 的一条", KEYS, ("figure",), findings, entry.value.place)
        field = _read_cell(entry.key, form, known, findings if own else [])
        figure = _read_cell(found.get("figure"), form, known, findings)
        against = _read_cell(found.get("against"), form, known, findings)
        if field and figure:
            reasons.append(Reason(field, figure, against, r.text(found, "than", findings)))
    return tuple(reasons)


def find_reason(form: Form, figure: CellRef, planned: bool = False) -> CellRef | None:
    """The field of a form that asks why a figure of any table is not last year's, or (`planned`) not what had been
    planned; None where the form does not ask.
    """
    for one in form.reasons:
        at, field = one.figure, one.field
        same = (at.table, at.block, at.column[1]) == (figure.table, figure.block, figure.column)
        if same and (at.row[0] != "row" or at.row[1] == figure.row) and (one.against is not None) == planned:
            row = field.row[1] if field.row[0] == "row" else figure.row
            return CellRef(form.key, field.block, row, field.column[1])
    return None


def _read_cell(node: Node | None, form: Form, known: Known, findings: r.Findings) -> Selector | None:
    """A cell, or that of every row."""

    def read(written: str) -> Selector:
        selector = resolve(parse_name(written), form, known)
        if selector.row[0] not in ROWS or selector.column[0] != "column" or selector.scope:
            raise FormulaError("这里要写本公开文件的一格，或每行、同行、同码的一栏")
        return selector

    return attempt(node, findings, read) if isinstance(node, Scalar) else None
