"""The figures of a form that no rule names: moving one of them changes no verdict, so that readers are told which they
are.

Worked out on the rows that `proof` uses, for all rules of a region's forms together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from build_tools.diagnostics import CellRef
from build_tools.forms.blocks import Axes, Block, Column, Row
from build_tools.forms.instances import Tables, instances
from build_tools.forms.model import Form, Selector
from build_tools.forms.proof import model_rows
from build_tools.forms.templates import Template

FIGURES = ("amount", "count", "percent", "score")
# names that are listed one by one; of more it is said how many there are
LISTED = 8


def unchecked(template: Template, beside: Iterable[Template]) -> dict[str, tuple[str, ...]]:
    """By the title of each form, what people call the figures that no rule of this template or of those `beside` it
    names; forms of which every figure is named are left out.
    """
    forms = template.forms
    model = {(form.key, block.key): Axes(block, model_rows(block)) for form in forms for block in form.blocks}
    named = {*_own(forms, model), *_from_elsewhere(template, beside, model)}
    found = {form.title: tuple(_names_in(form, model, named)) for form in forms}
    return {title: names for title, names in found.items() if names}


def _own(forms: Iterable[Form], model: dict[tuple[str, str], Axes]) -> Iterator[CellRef]:
    """The cells that the rules of these forms name in them."""

    def look(name: Selector) -> Tables | str:
        axes = model.get((name.table, name.block))
        return ((name.table, axes),) if axes and not name.scope else "在别的公开文件里"

    for form in forms:
        for identity in form.rules:
            for one in instances(identity, look):
                yield from one.cells


def _from_elsewhere(
    template: Template, beside: Iterable[Template], model: dict[tuple[str, str], Axes]
) -> Iterator[CellRef]:
    """The cells that rules name in another year's or another kind's disclosure, where that is one of this template."""
    rules = (identity for one in beside for form in one.forms for identity in form.rules)
    for name in (name for identity in rules for name in identity.names):
        axes = model.get((name.table, name.block))
        if axes is None or not name.scope or not name.scope.endswith(template.kind):
            continue
        rows = [row for row in axes.rows if name.row[0] != "row" or row.key == name.row[1]]
        columns = [one for one in axes.block.columns if name.column[0] != "column" or one.key == name.column[1]]
        yield from (CellRef(name.table, name.block, row.key, column.key) for row in rows for column in columns)


def _names_in(form: Form, model: dict[tuple[str, str], Axes], named: set[CellRef]) -> Iterator[str]:
    """What is left of a form, block by block."""
    for block in form.blocks:
        rows = model[form.key, block.key].rows
        for column in block.columns:
            if column.type not in FIGURES or column.private:
                continue
            left = [row for row in rows if CellRef(form.key, block.key, row.key, column.key) not in named]
            if left:
                yield _told(block, column, left, whole=len(left) == len(rows))


def _told(block: Block, column: Column, left: list[Row], whole: bool) -> str:
    """A column, or some rows of it."""
    where = f"{block.key}：" if block.key else ""
    if whole or block.kind not in ("lines", "coded"):
        return f"{where}{column.label}"
    labels = [row.label or row.key for row in left if not block.codes or block.fixed_row(row.key)]
    more = f"等 {len(labels)} 行" if len(labels) > LISTED else ""
    return f"{where}{'、'.join(labels[:LISTED])}{more}的{column.label}"
