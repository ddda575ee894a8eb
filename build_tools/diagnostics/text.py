"""Findings for a terminal: file by file, each with its place, the file's own line with carets under it, way out, basis.

Chinese characters are two columns wide in a terminal, so excerpts are cut and carets placed by display width; nothing
shows a control character, so that a hostile file cannot drive the reader's terminal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from rich.cells import cell_len

from build_tools.diagnostics.finding import Finding, Place, Severity

LineOf = Callable[[str, int], str]
# columns of a terminal that is not known
WIDTH = 120
# nobody mends more at a sitting; errors are shown before warnings, and what is not shown is counted
MOST_OF_FILE, MOST = 20, 200
EVERYTHING = "全部列出：mingzhang check --format line"


def render_findings(findings: Sequence[Finding], line_of: LineOf, width: int = WIDTH) -> str:
    """Findings file by file, first the files with errors. `line_of(file, line)` gives the text of a line, or ''."""
    shown = worth_showing(findings)
    files: dict[str, list[tuple[Finding, bool]]] = {}
    for number, finding in enumerate(findings):
        files.setdefault(finding.place.file, []).append((finding, number in shown))
    blocks, unseen = [], []
    order = list(Severity)
    for file, found in sorted(
        files.items(), key=lambda one: min(order.index(finding.severity) for finding, _ in one[1])
    ):
        kept, rest = [one for one, seen in found if seen], [one for one, seen in found if not seen]
        if not kept:
            unseen.append(rest)
            continue
        blocks.append(f"{visible(file)}（{tally(one for one, _ in found)}）")
        blocks += [
            indented(block(one, line_of(file, one.place.line), where(one.place, line_of), width - 2)) for one in kept
        ]
        blocks += [f"  还有{tally(rest)}没有列出"] if rest else []
    if unseen:
        blocks.append(f"另有 {len(unseen)} 个文件的{tally(one for rest in unseen for one in rest)}没有列出")
    return "\n\n".join([*blocks, EVERYTHING] if len(shown) < len(findings) else blocks)


def worth_showing(findings: Sequence[Finding]) -> set[int]:
    """Which findings are shown, by their numbers: the gravest, some of each file and some in all."""
    order, of_file, shown = list(Severity), Counter[str](), set[int]()
    for number in sorted(range(len(findings)), key=lambda one: order.index(findings[one].severity)):
        file = findings[number].place.file
        if len(shown) < MOST and of_file[file] < MOST_OF_FILE:
            of_file[file] += 1
            shown.add(number)
    return shown


def render_finding(finding: Finding, line_of: LineOf, width: int = WIDTH) -> str:
    """One finding alone, its file named, as a block of lines without a final line break."""
    place = finding.place
    return "\n".join(
        block(finding, line_of(place.file, place.line), f"{visible(place.file)}:{place.line}:{place.column}: ", width)
    )


def block(finding: Finding, line: str, lead: str, width: int) -> list[str]:
    """The lines of one finding, the first after `lead`."""
    lines = [
        f"{lead}{finding.severity}[{visible(finding.code)}] {visible(finding.message)}",
        *excerpt(finding.place, line, width),
    ]
    pad = " " * len(str(finding.place.line))
    if finding.also:
        lines.append(f"{pad} = 同一处还牵连：{visible('、'.join(finding.also))}")
    if finding.hint:
        lines.append(f"{pad} = 怎么改：{visible(finding.hint)}")
    lines += [f"{pad}   | {visible(line)}" for line in finding.paste]
    if finding.citation:
        lines.append(f"{pad} = 依据：{visible(finding.citation)}")
    return lines


def where(place: Place, line_of: LineOf) -> str:
    """The place inside its file; nothing for a finding about the file as a whole, where there is no such line
    to show.
    """
    return f"第 {place.line} 行第 {place.column} 列：" if line_of(place.file, place.line).strip() else ""


def indented(lines: Iterable[str]) -> str:
    """The lines under the name of their file."""
    return "\n".join(f"  {line}" for line in lines)


def excerpt(place: Place, line: str, width: int) -> list[str]:
    """The line with carets under the place, cut around it where it is wider than the terminal; nothing where there is
    no line.
    """
    if not line.strip():
        return []
    number, pad, start = str(place.line), " " * len(str(place.line)), place.column - 1
    room = max(20, width - len(number) - 5)
    first, last = window(line, start, room)
    marked = visible(line[start : min(last, start + max(1, place.length))])
    lead, tail = "…" if first else "", "…" if last < len(line) else ""
    carets = " " * (cell_len(visible(line[first:start])) + len(lead)) + "^" * max(1, cell_len(marked))
    return [f"{number} | {lead}{visible(line[first:last])}{tail}", f"{pad} | {carets}"]


def window(line: str, start: int, room: int) -> tuple[int, int]:
    """From where to where a line is shown in so many columns: all of it, or what stands around `start`, more of it
    behind.
    """
    if len(line) <= room and cell_len(visible(line)) <= room:
        return 0, len(line)
    start = min(start, len(line))
    behind = fitting(line[start : start + room], room - room // 3)
    before = fitting(line[max(0, start - room) : start][::-1], room - cell_len(visible(line[start : start + behind])))
    first = start - before
    return first, first + fitting(line[first : first + room], room)


def fitting(text: str, room: int) -> int:
    """How many of its characters fit into so many columns."""
    used = 0
    for number, char in enumerate(text):
        used += cell_len(visible(char))
        if used > room:
            return number
    return len(text)


def tally(findings: Iterable[Finding]) -> str:
    """How many of each severity: 错误 2 处、提示 1 处."""
    counts = Counter(finding.severity for finding in findings)
    return "、".join(f"{severity} {counts[severity]} 处" for severity in Severity if counts[severity])


def overview(findings: Sequence[Finding]) -> str:
    """The first line: how many of each severity, in how many files."""
    return (
        f"{tally(findings)}，在 {len({finding.place.file for finding in findings})} 个文件里"
        if findings
        else "没有发现问题"
    )


def summary(counts: Mapping[str, int], departments: int, disclosures: int) -> str:
    """The last line: what was checked, not more."""
    return f"{departments} 个部门 {disclosures} 份公开文件：" + "，".join(
        f"{name} {number}" for name, number in counts.items()
    )


def visible(text: str) -> str:
    """Text without control or bidirectional characters, so that what is shown is what is there."""
    return "".join(char if char.isprintable() else " " for char in text)
