"""Findings and verdicts for other programs: one JSON document, keys in a fixed order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

from build_tools.diagnostics.finding import Finding
from build_tools.diagnostics.verdict import Verdict

Record = dict[str, object]


def render_json(findings: Iterable[Finding], counts: Mapping[str, int], checked: Iterable[Record] | None = None) -> str:
    """`{"findings": […], "verdicts": {…}}`; amounts are strings, so that no reader makes floats of them.

    `checked` adds every verdict by itself, as `verdict_record` has it.
    """
    document: Record = {"findings": [as_record(finding) for finding in findings], "verdicts": dict(counts)}
    if checked is not None:
        document["checked"] = list(checked)
    return json.dumps(document, ensure_ascii=False, indent=2)


def as_record(finding: Finding) -> Record:
    """One finding as plain values; what does not apply is null."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "expected": finding.expected,
        "actual": finding.actual,
        "difference": plain(finding.difference),
        "hint": finding.hint,
        "citation": finding.citation,
        "also": list(finding.also),
        "paste": "\n".join(finding.paste) or None,
    }


def verdict_record(verdict: Verdict, file: str, formula: str) -> Record:
    """One verdict of a file as plain values; `left` and `right` are null where a side could not be computed."""
    return {
        "file": file,
        "table": verdict.table,
        "rule": verdict.rule,
        "formula": formula,
        "outcome": verdict.outcome.value,
        "left": plain(verdict.left),
        "right": plain(verdict.right),
        "difference": plain(verdict.difference),
        "slack": plain(verdict.slack),
        "severity": verdict.severity.value,
        "reason": verdict.reason or None,
        "cells": [ref._asdict() for ref in verdict.cells],
    }


def plain(amount: Decimal | None) -> str | None:
    """A figure as text, never in scientific notation."""
    return None if amount is None else f"{amount:f}"
