"""What is proved of the forms before any data are read.

Ids are unique, names resolve and stand for cells, at most one rule gives a cell, and no cell is given by way of itself.
All but the first is proved on a small model statement: every printed row, and for code trees three 类 with 款 and 项.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

from build_tools.diagnostics import CellRef, Finding
from build_tools.forms import reading as r
from build_tools.forms.blocks import Axes, Block, Row
from build_tools.forms.instances import Instance, Tables, bind_text, instances
from build_tools.forms.model import Form, Identity, Selector
from build_tools.forms.read_rules import RuleText
from build_tools.forms.resolve import ORDINALS, Known, resolve
from build_tools.formula import FormulaError, leaves, parse_name, parse_rule
from build_tools.source import Scalar

R = TypeVar("R")


def bind_rules(form: Form, texts: Iterable[RuleText], known: Known, findings: r.Findings) -> tuple[Identity, ...]:
    """The identities of a form with every name resolved; each mistake at its place inside the rule's text."""
    bound = []
    for text in texts:
        rule = attempt(
            text.rule, findings, lambda written: bind_text(parse_rule(written), lambda name: resolve(name, form, known))
        )
        given = [
            attempt(one, findings, lambda written: resolve(parse_name(written), form, known)) for one in text.gives
        ]
        gives = tuple(one for one in given if one is not None)
        if rule is None:
            continue
        identity = Identity(
            text.id,
            text.says,
            text.rule.text,
            rule,
            text.citation,
            text.rule.place,
            form.key,
            gives,
            text.severity,
            text.because,
            text.blanks,
            text.natures,
        )
        check_single(identity, findings)
        check_gives(identity, findings)
        bound.append(identity)
    return tuple(bound)


def attempt(scalar: Scalar, findings: r.Findings, read: Callable[[str], R]) -> R | None:
    """Read a formula; a FormulaError becomes a finding where the formula stands."""
    try:
        return read(scalar.text)
    except FormulaError as error:
        place = scalar.place
        # the text begins behind its quotation mark, or, after | and >, on the next line
        offset = 0 if scalar.style in ("|", ">") else error.column + len(scalar.style)
        r.wrong(
            findings,
            place._replace(column=place.column + offset, length=max(1, place.length - offset)),
            f"公式“{scalar.text}”：{error}",
        )
        return None


def check_single(identity: Identity, findings: r.Findings) -> None:
    """Outside a sum a name stands for one cell, and the two sides say different things."""
    if identity.rule.left == identity.rule.right:
        r.wrong(findings, identity.place, f"规则 {identity.id} 的两边相同，什么也没有核对")
    for side in (identity.rule.left, identity.rule.right):
        for name, summed in leaves(side):
            many = name.row[0] in ("group", "children", "level", "under") or name.column[0] == "group"
            if many and not summed:
                r.wrong(findings, identity.place, f"规则 {identity.id} 里有一个名字代表多格，要放进 sum(…)")


def check_gives(identity: Identity, findings: r.Findings) -> None:
    """What a rule gives stands alone on its left side, in an equation, and is made of this disclosure's own figures."""
    left = identity.rule.left
    if identity.gives and any(name.scope for name, _ in leaves(identity.rule.right)):
        r.wrong(
            findings,
            identity.place,
            f"规则 {identity.id} 的 gives 不能由别的年度或公开文件推算",
            "去掉 gives：只核对，不推算",
        )
    for given in identity.gives:
        if identity.rule.relation != "==" or not isinstance(left, Selector):
            r.wrong(findings, identity.place, f"规则 {identity.id} 的 gives 必须单独写在等号左边")
        elif (left.table, left.block, left.row) != (given.table, given.block, given.row):
            r.wrong(findings, identity.place, f"规则 {identity.id} 的 gives 与等号左边不是同一行")
        elif left.column not in (given.column, ("each", "")):
            r.wrong(findings, identity.place, f"规则 {identity.id} 的 gives 与等号左边不是同一栏")


def prove_ids(forms: Iterable[Form], findings: r.Findings) -> None:
    """An id means one rule: a variant may restate the rule of its base, another table may not take the id."""
    owner: dict[str, Identity] = {}
    for form in forms:
        mine: set[str] = set()
        for identity in form.rules:
            other = owner.setdefault(identity.id, identity)
            if other.table != identity.table or identity.id in mine:
                r.wrong(
                    findings,
                    identity.place,
                    f"规则编号“{identity.id}”已经用过（{other.place.file}:{other.place.line}）",
                )
            mine.add(identity.id)


def prove_rules(forms: Iterable[Form], findings: r.Findings, about: str = "") -> None:
    """The rules of one template's forms on a model statement: every name stands for cells, and cells are given once and
    in order. With `about` only those that name this table.
    """
    forms = tuple(forms)
    model = {(form.key, block.key): Axes(block, model_rows(block)) for form in forms for block in form.blocks}

    def look(name: Selector) -> Tables | str:
        axes = model.get((name.table, name.block))
        return ((name.table, axes),) if axes else "在别的公开文件里"

    found = {
        identity: list(instances(identity, look))
        for form in forms
        for identity in form.rules
        if not about or any(name.table == about for name in identity.names)
    }
    for identity, each in found.items():
        prove_names(identity, each, model, findings)
    prove_gives([one for each in found.values() for one in each if one.gives is not None], findings)


def prove_names(
    identity: Identity, found: list[Instance], model: Mapping[tuple[str, str], Axes], findings: r.Findings
) -> None:
    """A name that stands for no cell would make its rule say nothing, in silence. A code need not be in every
    statement.
    """
    names = identity.names
    if any((name.table, name.block) not in model for name in names):
        return
    known = {
        key: ({row.key for row in axes.rows}, {column.key for column in axes.block.columns})
        for key, axes in model.items()
    }
    cells = [[refs for side in (one.rule.left, one.rule.right) for refs, _ in leaves(side)] for one in found]
    for index, name in enumerate(names):
        rows, columns = known[name.table, name.block]
        parts = (
            (part, axis)
            for refs in cells
            for ref in refs[index]
            for part, axis in ((ref.row, rows), (ref.column, columns))
        )
        stray = next((part for part, axis in parts if part not in axis), None)
        if stray is not None:
            r.wrong(
                findings,
                identity.place,
                f"规则 {identity.id}：“{name.block or name.table}”里没有“{stray}”",
                "每行、每列要用在行、栏相同的块上",
            )
        elif name.row[0] != "code" and not any(refs[index] for refs in cells):
            r.wrong(
                findings,
                identity.place,
                f"规则 {identity.id} 里有一个名字不代表任何一格",
                "下级要与每级同用；检查名字的层级",
            )


def prove_gives(given: Iterable[Instance], findings: r.Findings) -> None:
    """At most one rule gives a cell, and giving never runs in a circle."""
    by_cell: dict[CellRef, Instance] = {}
    for one in given:
        other = by_cell.setdefault(one.cells[0], one)
        if other is not one:
            r.wrong(
                findings,
                one.identity.place,
                f"{address(one.cells[0])} 同时由 {other.identity.id} 和 {one.identity.id} 推算，只能由一条规则推算",
            )
    try:
        TopologicalSorter(
            {ref: [cell for refs, _ in leaves(one.rule.right) for cell in refs] for ref, one in by_cell.items()}
        ).prepare()
    except CycleError as error:
        circle: list[CellRef] = error.args[1]
        message = f"推算转了圈：{' ← '.join(address(ref) for ref in circle)}"
        findings.append(
            Finding("form-mistake", message, by_cell[circle[0]].identity.place, hint="去掉其中一条规则的 gives")
        )


def model_rows(block: Block) -> tuple[Row, ...]:
    """Rows that exercise every rule of a block."""
    fixed = [Row(row.key, row.label, row.code, level=0 if row.total else -1) for row in block.rows]
    if block.kind == "records":
        return Row("1", "1", under=ORDINALS), Row("2", "2", under=ORDINALS)
    if block.kind == "indicators":
        return tuple(
            Row(f"{row.key}{n}", row.key, under=(level.key, row.key))
            for level in block.levels
            for row in level.under
            for n in (1, 2)
        )
    if block.kind != "coded":
        return tuple(fixed) or (Row("", ""),)
    tree = []
    for top in ("201", "301", "302"):
        tree.append(Row(top, top, top, block.total, 1))
        for item in (f"{top}01", f"{top}02"):
            tree.append(Row(item, item, item, block.total if block.flat else top, 2))
            if block.codes == "functional":
                tree += [
                    Row(f"{item}{leaf}", leaf, f"{item}{leaf}", block.total if block.flat else item, 3)
                    for leaf in ("01", "02")
                ]
    return (*fixed, *tree)


def address(ref: CellRef) -> str:
    """A cell's address for people."""
    return ".".join(part for part in (ref.scope, ref.table, ref.block, ref.row, ref.column) if part)
