"""Findings and verdict counts for other programs: one JSON document, keys in a fixed order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from build_tools.diagnostics.finding import Finding


def render_json(findings: Iterable[Finding], counts: Mapping[str, int]) -> str:
    """`{"findings": […], "verdicts": {…}}`; amounts are strings, so that no reader makes floats of them."""
    document = {"findings": [as_record(finding) for finding in findings], "verdicts": dict(counts)}
    return json.dumps(document, ensure_ascii=False, indent=2)


def as_record(finding: Finding) -> dict[str, object]:
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
        "difference": None if finding.difference is None else f"{finding.difference:f}",
        "hint": finding.hint,
        "citation": finding.citation,
        "also": list(finding.also),
    }
