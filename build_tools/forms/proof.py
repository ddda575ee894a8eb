"""What is proved of the forms before any data are read.

Ids are unique, names resolve, at most one rule gives a cell, and no cell is given by way of itself. The last two are
proved on a small model statement: every printed row, and for code trees two 类 with two 款 of two 项 each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar

from build_tools.diagnostics import CellRef, Finding
from build_tools.forms import reading as r
from build_tools.forms.instances import Axes, Instance, Row, bind_text, instances
from build_tools.forms.model import Block, Form, Identity, Selector
from build_tools.forms.read_form import RuleText
from build_tools.forms.resolve import Known, resolve
from build_tools.formula import FormulaError, leaves, parse_name, parse_rule
from build_tools.source import Scalar

R = TypeVar("R")


def bind_rules(form: Form, texts: Iterable[RuleText], known: Known, findings: r.Findings) -> tuple[Identity, ...]:
    """The identities of a form with every name resolved; each mistake at its place inside the rule's text."""
    bound = []
    for text in texts:
        rule = attempt(text.rule, findings, lambda written: bind_text(parse_rule(written), lambda name: resolve(name, form, known)))
        given = [attempt(one, findings, lambda written: resolve(parse_name(written), form, known)) for one in text.gives]
        gives = tuple(one for one in given if one is not None)
        if rule is None:
            continue
        identity = Identity(
            text.id, text.says, text.rule.text, rule, text.citation, text.rule.place, form.key, gives, text.severity, text.because,
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
        offset = error.column + (1 if scalar.style in ("'", '"') else 0)
        r.wrong(findings, replace(place, column=place.column + offset, length=max(1, place.length - offset)), f"公式“{scalar.text}”：{error}")
        return None


def check_single(identity: Identity, findings: r.Findings) -> None:
    """Outside a sum a name stands for one cell."""
    for side in (identity.rule.left, identity.rule.right):
        for name, summed in leaves(side):
            many = name.row[0] in ("group", "children", "level") or name.column[0] == "group"
            if many and not summed:
                r.wrong(findings, identity.place, f"规则 {identity.id} 里有一个名字代表多格，要放进 sum(…)")


def check_gives(identity: Identity, findings: r.Findings) -> None:
    """What a rule gives stands alone on its left side, in an equation."""
    left = identity.rule.left
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
                r.wrong(findings, identity.place, f"规则编号“{identity.id}”已经用过（{other.place.file}:{other.place.line}）")
            mine.add(identity.id)


def prove_gives(forms: Iterable[Form], findings: r.Findings) -> None:
    """At most one rule gives a cell, and giving never runs in a circle, for the forms of one template."""
    table = {form.key: form for form in forms}
    model = {(form.key, block.key): Axes(block, model_rows(block)) for form in table.values() for block in form.blocks}

    def axes_of(name: Selector) -> Axes | None:
        return model.get((name.table, name.block))

    given: dict[CellRef, Instance] = {}
    for form in table.values():
        for identity in form.rules:
            for instance in instances(identity, axes_of):
                if instance.gives is None:
                    continue
                other = given.setdefault(instance.gives, instance)
                if other is not instance:
                    r.wrong(findings, identity.place, f"{address(instance.gives)} 同时由 {other.identity.id} 和 {identity.id} 推算，只能由一条规则推算")
    try:
        TopologicalSorter({ref: one.cells[1:] for ref, one in given.items()}).prepare()
    except CycleError as error:
        circle = error.args[1]
        rule = given[circle[0]].identity if circle[0] in given else next(iter(given.values())).identity
        findings.append(Finding("form-mistake", f"推算转了圈：{' ← '.join(address(ref) for ref in circle)}", rule.place, hint="去掉其中一条规则的 gives"))


def model_rows(block: Block) -> tuple[Row, ...]:
    """Rows that exercise every rule of a block."""
    fixed = [Row(row.key, row.label, row.code, level=0 if row.total else -1) for row in block.rows]
    if block.kind != "coded":
        return tuple(fixed) or (Row("", ""),) if block.kind != "records" else (Row("1", "1"), Row("2", "2"))
    tree = []
    for top in ("201", "301", "302"):
        tree.append(Row(top, top, top, block.total, 1))
        if block.flat:
            continue
        for item in (f"{top}01", f"{top}02"):
            tree.append(Row(item, item, item, top, 2))
            if block.codes == "functional":
                tree += [Row(f"{item}{leaf}", leaf, f"{item}{leaf}", item, 3) for leaf in ("01", "02")]
    return (*fixed, *tree)


def address(ref: CellRef) -> str:
    """A cell's address for people."""
    return ".".join(part for part in (ref.scope, ref.table, ref.block, ref.row, ref.column) if part)
