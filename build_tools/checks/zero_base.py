"""What the printed document states beside its tables (载明) as a percentage of nothing.

The rule that would judge it cannot be run, so that no verdict tells of it: 完成年初预算的100%, where the budget was
zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from build_tools.accounts.statement import Ledger, value_of
from build_tools.checks.context import Context
from build_tools.checks.figures import limited
from build_tools.checks.texts import Text, explained
from build_tools.diagnostics import CellRef, Finding, Outcome, Severity
from build_tools.forms import Instance
from build_tools.forms.instances import Refs
from build_tools.formula import Binary, Value, evaluate


def baseless_findings(baseless: Mapping[CellRef, Instance], context: Context) -> list[Finding]:
    """One warning for each percentage of nothing that the file itself does not tell of; 0% of nothing is harmless."""
    disclosure, findings = context.disclosure, []
    for ref, instance in baseless.items():
        statement, cell = disclosure.statements[ref.table], disclosure.statements[ref.table].cell(ref)
        if cell.place and not explained(
            (cell.text,), Text(statement, ref, cell.text, cell.place, "text"), disclosure.remarks, ()
        ):
            findings.append(
                Finding(
                    "claim-zero-base",
                    f"载明写{cell.text}，它的基数是零，不能算百分数",
                    cell.place,
                    Severity.WARNING,
                    actual=cell.text,
                    hint="核对照录的数；原文如此的，在“原文出入”里写明",
                    citation=instance.identity.citation,
                )
            )
    return limited(findings)


def find_baseless(context: Context) -> dict[CellRef, Instance]:
    """The cells that state a percentage of what the tables give as zero, each with its rule at this place."""
    statements, found = context.disclosure.statements, {}
    for instance, verdict in zip(context.instances, context.verdicts, strict=True):
        if verdict.outcome is not Outcome.NOT_RUN or not verdict.left or not verdict.cells or instance.missing:
            continue
        ref, right = verdict.cells[0], instance.rule.right
        axes = statements[ref.table].axes.get(ref.block) if ref.table in statements else None
        column = axes.block.column(ref.column) if axes else None
        if column and column.stated and isinstance(right, Binary) and right.op == "/":
            base = evaluate(right.right, partial(valued, home=verdict.table, tables=context.ledger))
            if base.known and base.amount == 0:
                found[ref] = instance
    return found


def valued(refs: Refs, home: str, tables: Ledger) -> list[Value]:
    """What the cells of a name contribute, in the unit of the table `home`."""
    return [value_of(ref, home, tables) for ref in refs]
