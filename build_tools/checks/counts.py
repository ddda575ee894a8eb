"""Money for travel, visitors and cars without the number of groups, persons and cars that the form asks for beside it.

The 说明 is written from the figures; the counts are in no table, so only staff can give them.
"""

from __future__ import annotations

from build_tools.checks.context import Context
from build_tools.checks.figures import figure, place_of
from build_tools.diagnostics import CellRef, Finding, Severity
from build_tools.statement import State

EXPLANATION, WATCHED, BLOCK = "说明", "三公经费", "三公经费具体"
# row of the table of “三公”经费, and what 说明 must then say
WANTED = (
    ("因公出国境费", ("因公出国境团组", "因公出国境人次")),
    ("公务接待费", ("接待来访团组", "接待来宾人次")),
    ("公务用车购置费", ("更新公务用车",)),
    ("公务用车运行费", ("公务用车保有量",)),
)
CITATION = "财预〔2016〕143号：说明因公出国（境）团组数及人数、公务用车购置数及保有量、国内公务接待批次及人数"


def check_counts(context: Context) -> list[Finding]:
    """One hint for each count that is asked for by name and not given; none where the form has no such field."""
    disclosure = context.disclosure
    said = disclosure.statements.get(EXPLANATION)
    axes = said.axes.get(BLOCK) if said else None
    if said is None or axes is None or said.absence or BLOCK in said.doubtful:
        return []
    findings = []
    for row, counts in WANTED:
        spent = figure(disclosure.statements.get(WATCHED), "", row, "决算数")
        for key in counts if spent and spent.amount else ():
            column, ref = axes.block.column(key), CellRef(said.key, BLOCK, "", key)
            if spent and column and said.cell(ref).state in (State.OMITTED, State.BLANK):
                message = f"{WATCHED}的{spent.name}是 {spent.text}，没有填“{column.label}”"
                hint = f"在“{axes.block.heading[-1] if axes.block.heading else said.form.title}”里填数，一个也没有的填 0"
                findings.append(Finding("narrative-count-missing", message, place_of(said, ref), Severity.HINT, hint=hint, citation=CITATION))
    return findings
