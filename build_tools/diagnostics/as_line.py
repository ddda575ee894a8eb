"""One line a finding, for editors and for grep: `file:line:column: 错误[code] message`, all of them and nothing else.

Editors open `file:line:column` when it is relative to the folder they stand in, so the caller says what stands before.
"""

from __future__ import annotations

from collections.abc import Iterable

from build_tools.diagnostics.finding import Finding
from build_tools.diagnostics.text import visible


def render_lines(findings: Iterable[Finding], prefix: str = "") -> str:
    """Every finding; `prefix` leads from the reader's folder to the project's, '' or with a slash at its end."""
    return "\n".join(render_line(finding, prefix) for finding in findings)


def render_line(finding: Finding, prefix: str = "") -> str:
    """One finding."""
    place = finding.place
    return visible(
        f"{prefix}{place.file}:{place.line}:{place.column}: {finding.severity}[{finding.code}] {finding.message}"
    )
