"""Findings for a terminal: place, message, the file's own line with carets under it, way out, basis.

Chinese characters are two columns wide in a terminal, so the carets are placed by display width; the excerpt shows
no control character, so that a hostile file cannot drive the reader's terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from rich.cells import cell_len

from build_tools.diagnostics.finding import Finding, Place

LineOf = Callable[[str, int], str]
WINDOW = 90


def render_findings(findings: Iterable[Finding], line_of: LineOf) -> str:
    """All findings, a blank line between them. `line_of(file, line)` gives the text of a line, or ''."""
    return "\n\n".join(render_finding(finding, line_of) for finding in findings)


def render_finding(finding: Finding, line_of: LineOf) -> str:
    """One finding as a block of lines, without a final line break."""
    place = finding.place
    head = f"{visible(place.file)}:{place.line}:{place.column}: {finding.severity}[{finding.code}] {visible(finding.message)}"
    lines = [head, *excerpt(place, line_of(place.file, place.line))]
    pad = " " * len(str(place.line))
    if finding.also:
        lines.append(f"{pad} = 同一处还牵连：{'、'.join(finding.also)}")
    if finding.hint:
        lines.append(f"{pad} = 怎么改：{visible(finding.hint)}")
    if finding.citation:
        lines.append(f"{pad} = 依据：{visible(finding.citation)}")
    return "\n".join(lines)


def excerpt(place: Place, line: str) -> list[str]:
    """The line with carets under the place; a long line is cut around it; nothing where there is no line."""
    if not line.strip():
        return []
    start = place.column - 1
    first = max(0, start - WINDOW // 2)
    shown = visible(line[first : first + WINDOW])
    before = visible(line[first:start])
    marked = visible(line[start : start + max(1, place.length)])[: max(0, WINDOW - (start - first))]
    lead = "…" if first else ""
    number, pad = str(place.line), " " * len(str(place.line))
    carets = " " * (cell_len(before) + len(lead)) + "^" * max(1, cell_len(marked))
    return [f"{number} | {lead}{shown}", f"{pad} | {carets}"]


def summary(counts: Mapping[str, int], departments: int, disclosures: int) -> str:
    """The last line: what was checked, not more."""
    return f"{departments} 个部门 {disclosures} 份公开文件：" + "，".join(f"{name} {number}" for name, number in counts.items())


def visible(text: str) -> str:
    """Text without control or bidirectional characters, so that what is shown is what is there."""
    return "".join(char if char.isprintable() else " " for char in text)
