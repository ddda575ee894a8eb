"""`{公式}` in a citation: the rule itself in 行次 and 栏次, as the instructions of a form say it.

27行＝（1＋2＋…＋8）行, 2栏＝（3＋4＋5）栏, （1＋29）行＝（59＋60）行3栏. It follows the rows and columns that are
printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from build_tools.forms import reading as r
from build_tools.forms.blocks import Block
from build_tools.forms.model import Form, Identity, Selector
from build_tools.formula import Term, leaves, signs

PLACEHOLDER = "{公式}"
RELATIONS = {"==": "＝", "<=": "≤", ">=": "≥"}
# up to so many numbers are listed; of more the first two and the last
LISTED = 6


class Unnumbered(Exception):
    """The rule says more than 行次 and 栏次 can."""


def cite_rules(form: Form, rules: tuple[Identity, ...], findings: r.Findings) -> tuple[Identity, ...]:
    """The identities with their citations in full."""
    return tuple(_cite(identity, form, findings) for identity in rules)


def _cite(identity: Identity, form: Form, findings: r.Findings) -> Identity:
    """One identity; a rule that cannot be said in numbers is a mistake."""
    if PLACEHOLDER not in identity.citation:
        return identity
    try:
        said = "，".join(_formulas(identity, form))
    except Unnumbered:
        r.wrong(
            findings,
            identity.place,
            f"规则 {identity.id} 的依据写了“{PLACEHOLDER}”，这条规则却不能用本表印出的行次、栏次表示",
            f"只有本表之内加减的规则可以写“{PLACEHOLDER}”；其他的用文字写明依据",
        )
        said = ""
    return replace(identity, citation=identity.citation.replace(PLACEHOLDER, said))


def _formulas(identity: Identity, form: Form) -> Iterator[str]:
    """The rule in numbers; in a transposed table once for each of its printed columns."""
    block = form.blocks[0]
    across = form.layout.style == "transposed" and any(name.column[0] == "each" for name in identity.names)
    for column in block.numeric if across else (None,):
        key = column.key if column else ""
        sides = (_side(side, form, key) for side in (identity.rule.left, identity.rule.right))
        yield RELATIONS[identity.rule.relation].join(sides)


def _side(side: Term[Selector], form: Form, column: str) -> str:
    """One side: its numbers vary either by row or by column."""
    negative = signs(side)
    names = [name for name, _ in leaves(side)]
    if negative is None or any(name.scope or name.table != form.key for name in names):
        raise Unnumbered
    cells = [
        (sign, row, col) for name, sign in zip(names, negative, strict=True) for row, col in _cells(name, form, column)
    ]
    rows, columns = {row for _, row, _ in cells}, {col for _, _, col in cells}
    if None not in rows and len(columns) == 1:
        (of,) = columns
        return f"{_added([(sign, row) for sign, row, _ in cells if row])}行{f'{of}栏' if of else ''}"
    if rows == {None} and None not in columns:
        return f"{_added([(sign, col) for sign, _, col in cells if col])}栏"
    raise Unnumbered


def _cells(name: Selector, form: Form, column: str) -> list[tuple[int | None, int | None]]:
    """行次 and 栏次 of what a name stands for; None for every row, every column, and the only column."""
    block = form.block(name.block)
    if block is None or not form.layout.numbered:
        raise Unnumbered
    if form.layout.style == "transposed":
        keys, across = _keys(name.row, block, "row"), column or name.column[1]
        return [(None, _transposed(form, key, across)) for key in keys]
    columns = _keys(name.column, block, "column")
    numbers = [None if one is None else _number(block, one) for one in columns]
    if len(block.numeric) == 1 and form.layout.style == "sides":
        numbers = [None]
    lines = [None if key is None else _line(block, key) for key in _keys(name.row, block, "row")]
    return [(line, number) for line in lines for number in numbers]


def _keys(part: tuple[str, str], block: Block, axis: str) -> Sequence[str | None]:
    """The keys of one part of a name; None for every one."""
    how, what = part
    if how == "each":
        return [None]
    if how == axis:
        return [what]
    if how == "group":
        return (block.groups or {})[what]
    raise Unnumbered


def _line(block: Block, key: str) -> int:
    """The 行次 of a row."""
    row = block.fixed_row(key)
    if row is None or row.line is None:
        raise Unnumbered
    return row.line


def _number(block: Block, key: str) -> int:
    """The 栏次 of a column."""
    column = block.column(key)
    if column is None or not column.number:
        raise Unnumbered
    return int(column.number)


def _transposed(form: Form, row: str | None, column: str) -> int:
    """The printed column of a row: those of the first column come first, unless they are printed in pairs."""
    block = form.blocks[0]
    rows, columns = [one.key for one in block.rows], [one.key for one in block.columns]
    if row not in rows or column not in columns:
        raise Unnumbered
    if form.layout.paired:
        return rows.index(row) * len(columns) + columns.index(column) + 1
    return columns.index(column) * len(rows) + rows.index(row) + 1


def _added(numbers: list[tuple[bool, int]]) -> str:
    """Numbers added and subtracted, in brackets where there are several; a long run in short."""
    if len(numbers) == 1 and not numbers[0][0]:
        return str(numbers[0][1])
    values = [value for _, value in numbers]
    plain = not any(sign for sign, _ in numbers)
    if plain and len(values) > LISTED and values == list(range(values[0], values[-1] + 1)):
        return f"（{values[0]}＋{values[1]}＋…＋{values[-1]}）"
    said = "".join(f"{'－' if sign else '＋'}{value}" for sign, value in numbers)
    return f"（{said.removeprefix('＋')}）"
