"""Findings as a Code Quality report of GitLab, which compares the reports of both sides of a merge request.

It tells old findings from new ones by their fingerprints alone. A fingerprint is made of the file, the code and the
message, not of the line, so that a line added above leaves the findings below what they were.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable

from build_tools.diagnostics.finding import Finding, Severity
from build_tools.diagnostics.text import visible

# 错误 holds a disclosure back; `blocker` would say more than that
SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.HINT: "info"}
LINE_NUMBER = re.compile(r"第 \d+ 行")


def render_gitlab(findings: Iterable[Finding], prefix: str = "") -> str:
    """The report; `prefix` leads from the root of the repository to the project's folder."""
    seen: Counter[str] = Counter()
    issues = []
    for finding in findings:
        said = "\0".join((prefix + finding.place.file, finding.code, LINE_NUMBER.sub("", finding.message)))
        seen[said] += 1
        issues.append(
            {
                "description": visible(finding.message + (f"（怎么改：{finding.hint}）" if finding.hint else "")),
                "check_name": visible(finding.code),
                # the same thing said twice in a file: the second has a fingerprint of its own
                "fingerprint": hashlib.sha256(f"{said}\0{seen[said]}".encode()).hexdigest(),
                "severity": SEVERITIES[finding.severity],
                "location": {"path": visible(prefix + finding.place.file), "lines": {"begin": finding.place.line}},
            }
        )
    return json.dumps(issues, ensure_ascii=False, indent=2)
