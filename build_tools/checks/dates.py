"""Dates that contradict each other: nothing is published before it was approved, reviewed and signed.

预算法第十四条 counts the days of publication from the approval; 政府信息公开条例第十七条 asks for the review before it.
"""

from __future__ import annotations

from build_tools.accounts.statement import as_date
from build_tools.checks.context import Context
from build_tools.diagnostics import Finding, Place, Severity
from build_tools.forms import Concept

REVIEWED = (Concept.REVIEW_DATE, Concept.SIGN_OFF_DATE)


def check_dates(context: Context) -> list[Finding]:
    """A warning for each date that comes after 公开日期 and must not; a date that cannot be read is told elsewhere."""
    disclosure, information = context.disclosure, context.disclosure.information
    published = as_date(disclosure.fact(Concept.PUBLICATION_DATE))
    if information is None or published is None:
        return []
    place = information.cell_of(Concept.PUBLICATION_DATE).place or Place(disclosure.file)
    name, hint, warning = information.name_of(Concept.PUBLICATION_DATE), "核对这两个日期", Severity.WARNING

    def told(concept: Concept) -> str:
        day = as_date(disclosure.fact(concept))
        return f"{name} {published} 早于{information.name_of(concept)} {day}" if day and published < day else ""

    findings = []
    if message := told(Concept.APPROVAL_DATE):
        findings.append(Finding("date-before-approval", message, place, warning, hint=hint, citation="预算法第十四条"))
    for message in filter(None, map(told, REVIEWED)):
        basis = "政府信息公开条例第十七条"
        findings.append(Finding("date-before-review", message, place, warning, hint=hint, citation=basis))
    return findings
