"""Findings as workflow commands of GitHub Actions, which shows them beside the changed lines of a pull request.

A command ends with its line and its properties with `::` and `,`, so those characters are written as %XX; nothing in a
file can then begin a command of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from build_tools.diagnostics.finding import Finding, Severity

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
PROPERTY = {**DATA, ":": "%3A", ",": "%2C"}


def render_github(findings: Iterable[Finding], prefix: str = "") -> str:
    """A command for every finding; `prefix` leads from the root of the repository to the project's folder."""
    return "\n".join(command(finding, prefix) for finding in findings)


def command(finding: Finding, prefix: str) -> str:
    """One finding. Columns count from 1, and `endColumn` is the first one behind the mark."""
    place = finding.place
    properties = {
        "file": f"{prefix}{place.file}",
        "line": str(place.line),
        "col": str(place.column),
        "endColumn": str(place.column + place.length),
        "title": f"{finding.severity} {finding.code}",
    }
    lines = [
        finding.message,
        f"怎么改：{finding.hint}" if finding.hint else "",
        *finding.paste,
        f"依据：{finding.citation}" if finding.citation else "",
    ]
    written = ",".join(f"{name}={escaped(value, PROPERTY)}" for name, value in properties.items())
    return f"::{COMMANDS[finding.severity]} {written}::{escaped(chr(10).join(filter(None, lines)), DATA)}"


def escaped(text: str, signs: dict[str, str]) -> str:
    """The text with these characters as %XX, and no other control character."""
    return "".join(signs.get(char, char if char.isprintable() else " ") for char in text)
